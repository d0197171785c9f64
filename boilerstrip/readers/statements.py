"""What a page's markup states of the article, read from its tree once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from boilerstrip.language.dates import settle_order
from boilerstrip.readers.jsonld import LinkedData, clean, read_linked_data
from boilerstrip.readers.markup import (
    inner_text,
    lines_after,
    lines_before,
    text_lines,
    tokens,
)
from boilerstrip.readers.notes import AUTHOR_SIGNS, DATE_SIGNS, take_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.notes import Notes

T = TypeVar("T")


@dataclass(frozen=True)
class Statements:
    """What a page says of itself.

    ``metas`` maps the lower-case ``name``, ``property`` or ``itemprop`` of a ``meta`` element to
    its contents in order, as they stand there. What is seldom needed is read when it is first asked
    for.
    """

    tree: HtmlElement
    notes: Notes
    url: str | None = None
    linked: LinkedData = field(default_factory=LinkedData)
    metas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language: str | None = None
    title_element: str | None = None
    canonical: str = ""
    headings: Sequence[HtmlElement] = ()
    subheadings: Sequence[HtmlElement] = ()
    times: Sequence[HtmlElement] = ()
    given_text: str | None = None
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)
    _openings: dict[HtmlElement, str] = field(default_factory=dict, init=False, repr=False)
    _foreign: dict[HtmlElement, bool] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def links(self) -> list[HtmlElement]:
        """All links."""
        return list(self.tree.iter("a"))

    @cached_property
    def own_links(self) -> list[HtmlElement]:
        """The links that say that they are to an author."""
        pairs = ((link, link.get("rel")) for link in self.notes.leading)
        return [link for link, relation in pairs if relation and relation.startswith("author")]

    @cached_property
    def linking(self) -> list[HtmlElement]:
        """The links to an author's page, in order."""
        own = set(self.own_links)
        return [
            link
            for link in self.notes.leading
            if link in own or AUTHOR_PAGE.search(link.get("href") or "")
        ]

    @property
    def described(self) -> Sequence[HtmlElement]:
        """The elements with a microdata property."""
        return self.notes.described

    def _of_class(self, signs: Sequence[str], pattern: re.Pattern[str]) -> list[HtmlElement]:
        """The elements whose class the pattern finds; what it finds holds one of the signs."""
        pairs = ((element, (element.get("class") or "").lower()) for element in self.notes.classed)
        return [
            element
            for element, names in pairs
            if any(sign in names for sign in signs) and pattern.search(names)
        ]

    @cached_property
    def authors(self) -> list[HtmlElement]:
        """The elements that a class may call an author's."""
        return self._of_class(AUTHOR_SIGNS, _AUTHOR_CLASS)

    @cached_property
    def text(self) -> str:
        """The page's text, a line for each block; where it has to be made, for each piece."""
        return self.given_text if self.given_text is not None else "\n".join(text_lines(self.tree))

    @cached_property
    def dated(self) -> list[HtmlElement]:
        """The elements that a class calls a date."""
        return self._of_class(DATE_SIGNS, DATE_CLASS)

    def once(self, read: Callable[[Statements], T]) -> T:
        """What ``read`` makes of the page; it is called the first time that it is asked for."""
        if read not in self._known:
            self._known[read] = read(self)
        known: T = self._known[read]
        return known

    @cached_property
    def after(self) -> tuple[Line, ...]:
        """The first lines of text in and after the headline."""
        heading = self._headline
        return () if heading is None else tuple(islice(lines_after(heading), _AFTER))

    @cached_property
    def before(self) -> tuple[Line, ...]:
        """The last lines of text before the headline, the nearest first."""
        heading = self._headline
        return () if heading is None else tuple(islice(lines_before(heading), _BEFORE))

    @cached_property
    def frame(self) -> frozenset[HtmlElement]:
        """The elements that hold the headline: what stands in them isn't another article's."""
        return frozenset(() if self._headline is None else self._headline.iterancestors())

    def opening(self, element: HtmlElement) -> str:
        """The first 300 characters of the element's text on one line, without scripts.

        What holds many elements is asked for each of them, and read once.
        """
        if element not in self._openings:
            self._openings[element] = inner_text(element)[:_OPENING]
        return self._openings[element]

    def is_foreign(self, element: HtmlElement) -> bool:
        """Whether the element stands in a comment, a list of other articles or the page's edge.

        From what holds the headline on nothing is foreign.
        """
        passed: list[HtmlElement] = []
        foreign = False
        for ancestor in element.iterancestors():
            if ancestor in self.frame or ancestor.tag == "body":
                break
            if ancestor in self._foreign:
                foreign = self._foreign[ancestor]
                break
            passed.append(ancestor)
            if self._is_edge(ancestor):
                foreign = True
                break
        self._foreign.update(dict.fromkeys(passed, foreign))
        return foreign

    def _is_edge(self, element: HtmlElement) -> bool:
        """Whether what stands in the element isn't of the article."""
        if element.tag == "aside" and _OWN_ASIDE.search(tokens(element)):
            return False
        if element.tag in {"aside", "nav"} or _FOREIGN.search(tokens(element)):
            return True
        if element.tag == "footer":
            return not _OWN_FOOTER.search(tokens(element))
        return element.tag == "li" and len(self.opening(element)) > _ITEM

    @cached_property
    def _headline(self) -> HtmlElement | None:
        """The heading that says what the page's title says, an ``h1`` if one does.

        Of several the longest: the name of the site can be a heading and stand in the title, too.
        """
        stated = [title for title in (self.meta("og:title"), self.title_element) if title]
        titles = [_words(title) for title in stated]
        alike = [heading for heading in self.headings if _is_alike(heading, titles, _ALIKE)]
        if alike:
            return max(alike, key=lambda heading: len(inner_text(heading)))
        same = (heading for heading in self.subheadings if _is_alike(heading, titles, _SAME))
        first = next(same, None)
        if first is not None:
            return first
        return next(iter((*self.headings, *self.subheadings)), None)

    @cached_property
    def locale(self) -> str | None:
        """The language with its country, as far as the page, its address or its dates tell."""
        language = (self.language or "").lower().replace("_", "-")
        stated = (self.meta("og:locale") or "").lower().replace("_", "-")
        if "-" not in language and stated.startswith(language or "?") and "-" in stated:
            return stated
        if language == "en" and _BRITISH.search(self.url or ""):
            return "en-gb"
        return settle_order(self.text, language or stated or None)

    @cached_property
    def site(self) -> str:
        """The host of the page's address without "www."; empty where none is known."""
        parts = (self.url or self.canonical).split("/", 3)
        return parts[2].removeprefix("www.") if len(parts) > 2 else ""

    def meta(self, *names: str) -> str | None:
        """The first content that one of ``names`` has, in the order of ``names``."""
        for name in names:
            for content in self.metas.get(name, ()):
                if plain := clean(content):
                    return plain
        return None

    def contents(self, name: str) -> Iterator[str]:
        """The contents of the ``meta`` elements called ``name``, as plain text."""
        return filter(None, map(clean, self.metas.get(name, ())))


_BRITISH = re.compile(r"^https?://[^/]+\.(?:uk|au|nz|ie|in|za|ng|ke|sg|my)(?:/|$)")
_WORD = re.compile(r"\w+")
_ALIKE, _SAME = 0.6, 0.95  # shares of common words from which a heading is the title
_SHORT = 8  # characters below which a heading says too little to be known by
_OPENING = 300  # more than any question to an element's beginning needs
_FOREIGN = re.compile(
    r"(?:^|\s)(?:sidebar|related|recommend|comment|footer|popular|most-?read|nav|menu|teaser|card)"
)
_OWN_ASIDE = re.compile(r"(?:^|[\s_-])(?:meta|byline)(?:$|[\s_-])")
_OWN_FOOTER = re.compile(r"post|entry|article|meta")
_AFTER, _BEFORE = 40, 15  # lines around the headline that are read
_ITEM = 100  # characters of a list item that holds more than a date and a name
DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date|dateline|publish(?:ed)?|posted|time)(?:$|[\s_-])")
_AUTHOR_CLASS = re.compile(r"(?i)author|by-?line|writer|contribut|auteur|autor(?!e?-?play)|\bbio")
AUTHOR_PAGE = re.compile(r"/(?:authors?|writers?|autor(?:en|es)?|auteurs?|contributors?)/[^/?#]+")
_META_KEYS = frozenset({"property", "name", "itemprop", "http-equiv"})


def _is_alike(heading: HtmlElement, titles: Sequence[set[str]], least: float) -> bool:
    """Whether the heading shares at least the share ``least`` (0-1) of its words with a title."""
    line = inner_text(heading)
    if len(line) <= _SHORT:
        return False
    words = _words(line)
    return any(len(words & title) >= least * (len(words) or 1) for title in titles)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def read_statements(tree: HtmlElement, url: str | None, text: str | None = None) -> Statements:
    """What one page states; the tree is only read."""
    notes = take_notes(tree)
    found = notes.tagged
    return Statements(
        tree=tree,
        notes=notes,
        url=url,
        linked=read_linked_data(_scripts(found["script"])),
        metas=_metas(found["meta"]),
        canonical=_canonical(found["link"]),
        language=_language(found["html"]),
        title_element=_title_element(found["title"]),
        headings=found["h1"],
        subheadings=found["h2"],
        times=found["time"],
        given_text=text,
    )


def _scripts(elements: Iterable[HtmlElement]) -> list[str]:
    typed = ((element, element.get("type")) for element in elements)
    kept = (element for element, kind in typed if kind and "ld+json" in kind.lower())
    return [text for element in kept if (text := element.text) and "{" in text]


def _metas(elements: Iterable[HtmlElement]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in elements:
        content = element.get("content")
        if content:
            for name in {value.lower() for key, value in element.items() if key in _META_KEYS}:
                found.setdefault(name.strip(), []).append(content)
    return found


def _canonical(elements: Iterable[HtmlElement]) -> str:
    """The address that the page calls its own; empty where there is none."""
    for element in elements:
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip()
    return ""


def _language(elements: Iterable[HtmlElement]) -> str | None:
    for element in elements:
        value = element.get("lang") or element.get("xml:lang")
        if value and value.strip():
            return str(value.strip())
    return None


def _title_element(elements: Iterable[HtmlElement]) -> str | None:
    for element in elements:
        parent = element.getparent()
        if parent is not None and parent.tag == "svg":
            continue
        value = clean("".join(element.itertext()))
        if value:
            return value
    return None
