"""What a site's rules find in a page: its XPaths are run here, and become spans of the text.

An XPath is a stranger's program. libxml2 bounds how deep it nests, but not how long it runs, and
can't be stopped; so what would look at the page anew for each element of a large one is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from boilerstrip.errors import RuleError
from boilerstrip.readers.html import read_marked
from boilerstrip.readers.markup import inner_text
from boilerstrip.readers.siterules import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.readers.page import Page
    from boilerstrip.readers.siterules import Site, SiteLine

    Span = tuple[int, int]

_LONGEST = 2_000
# An XPath that would take more seconds by this reckoning is refused. An element that is looked at
# in brackets costs so much, one that another step comes upon again so much: measured.
_MOST_SECONDS = 5.0
_LOOK, _JOIN = 2e-8, 1e-6
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_TOKEN = re.compile(r"\[|\]|(?P<far>(?:following|preceding)::)|(?P<side>-sibling::)|//")
# Before a step these say that it starts from the page's root.
_FRESH = re.compile(r"(?:^|[\[(,|=<>+*]|\b(?:and|or|not|div|mod))\s*$")


class Marks(NamedTuple):
    """What a site's rules say of a page: spans of its text, and the values of fields."""

    stripped: Sequence[Span]
    bodies: Sequence[Span]
    fields: Mapping[str, Sequence[str]]


def mark_page(page: Page, site: Site) -> tuple[Page, Marks]:
    """The page, read anew, with what the site's rules say of it.

    Raises:
        RuleError: naming file and line, for an XPath that can't be run.

    """
    tree: Any = page.tree
    run = _Runner(tree, site)
    stripped = [node for line in site.lines for node in run.stripped(line)]
    bodies = next(filter(None, map(run.elements, site.of("body"))), [])
    fields = {key: run.texts(site.of(key)) for key in FIELDS}
    if not (stripped or bodies):
        return page, Marks((), (), fields)
    read, spans = read_marked(tree, frozenset((*stripped, *bodies)))
    found = [[spans[node] for node in nodes if node in spans] for nodes in (stripped, bodies)]
    return read, Marks(_joined(found[0]), _joined(found[1]), fields)


def check_site(site: Site) -> list[str]:
    """What is wrong with the XPaths of a site's file, each with its line."""
    problems = []
    for line in site.lines:
        try:
            _compiled(_path(line))
        except etree.XPathError as error:
            problems.append(f"line {line.number}: {line.key!r} is no valid XPath: {error}.")
    return problems


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order and apart, none empty."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


class _Runner:
    """Runs the XPaths of a site on one page."""

    def __init__(self, tree: Any, site: Site) -> None:
        self._tree = tree
        self._site = site
        self._size: _Size | None = None

    def stripped(self, line: SiteLine) -> list[Any]:
        """The elements that a line takes out."""
        return self.elements(line) if line.key in ("strip", "strip_id_or_class") else []

    def elements(self, line: SiteLine) -> list[Any]:
        """The elements that a line finds."""
        found = self._run(line)
        many = found if isinstance(found, list) else []
        return [node for node in many if isinstance(node, etree._Element)]

    def texts(self, lines: Sequence[SiteLine]) -> list[str]:
        """The texts, each on one line, of the first of the lines that finds any."""
        for line in lines:
            result = self._run(line)
            found = []
            for item in result if isinstance(result, list) else [result]:
                text = inner_text(item) if isinstance(item, etree._Element) else item
                if isinstance(text, str) and text.strip():
                    found.append(" ".join(text.split()))
            if found:
                return found
        return []

    def _run(self, line: SiteLine) -> Any:
        path = _path(line)
        place = f"{self._site.origin}: line {line.number}: {line.key!r}"
        self._refuse_slow(path, place)
        try:
            return _compiled(path)(self._tree)
        except etree.XPathError as error:
            message = f"{place} can't be run: {error}. Mend the XPath, or take the line out."
            raise RuleError(message) from error

    def _refuse_slow(self, path: str, place: str) -> None:
        if len(path) > _LONGEST:
            message = f"{place} is longer than {_LONGEST} characters. Cut it in several lines."
            raise RuleError(message)
        steps = _steps(path)
        if not steps:
            return
        self._size = self._size or _size(self._tree)
        if _seconds(steps, self._size) > _MOST_SECONDS:
            raise RuleError(
                f"{place} would take too long on a page of {self._size.elements} elements. Look for"
                " fewer things at once: take '//', 'preceding::' and 'following::' out of it."
            )


class _Size(NamedTuple):
    """How many elements a page has, how deep they are on average, the most in one."""

    elements: int
    depth: float
    children: int


def _size(tree: Any) -> _Size:
    count = total = depth = most = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        total += depth
        most = max(most, len(node))
    return _Size(count, total / max(count, 1), most)


def _steps(path: str) -> list[tuple[int, str]]:
    """The steps that lead far, each with how deep it is in brackets, but for the first."""
    bare = _STRING.sub("''", path)
    found: list[tuple[int, str]] = []
    depth = 0
    for token in _TOKEN.finditer(bare):
        if token[0] in "[]":
            depth += 1 if token[0] == "[" else -1
        elif token[0] == "//":
            fresh = _FRESH.search(bare[: token.start()]) is not None
            if depth or not fresh:
                found.append((depth, "all" if fresh else "below"))
        else:
            found.append((depth, token.lastgroup or ""))
    return found


def _seconds(steps: Sequence[tuple[int, str]], size: _Size) -> float:
    """How long an XPath with these steps may take; a reckoning on the safe side."""
    reach = {"all": size.elements, "far": size.elements, "side": size.children, "below": size.depth}
    joins = {kind: size.elements * count for kind, count in reach.items()}
    joins["side"] = size.children**2 / 2
    outside = sum(joins[kind] for depth, kind in steps if not depth)
    looks = 1.0
    for depth in {depth for depth, _ in steps if depth}:
        kinds = [kind for at, kind in steps if at == depth]
        for kind in kinds if {"all", "far"} & set(kinds) else set(kinds):
            looks *= max(reach[kind], 1.0)
    inside = looks * _LOOK if looks > 1 else 0.0
    return outside * _JOIN + size.elements * inside


def _path(line: SiteLine) -> str:
    if line.key != "strip_id_or_class":
        return line.value
    name = re.sub(r"[\"']", "", line.value)
    return (
        f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        f" or contains(concat(' ', normalize-space(@id), ' '), ' {name} ')]"
    )


@lru_cache(maxsize=1_000)
def _compiled(path: str) -> Any:
    return etree.XPath(path, smart_strings=False)
