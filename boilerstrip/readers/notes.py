"""The elements of a page that its fields may look for, found in one pass over its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from boilerstrip.readers.markup import described

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

_TAGS: Final = ("html", "title", "meta", "link", "script", "h1", "h2", "time")
# What the class of an element holds that is of an author or a date, and an address of an author's
# page: most elements hold neither.
AUTHOR_SIGNS: Final = (
    "author", "byline", "by-line", "writer", "contribut", "auteur", "autor", "bio",
)  # fmt: skip
DATE_SIGNS: Final = ("date", "publish", "posted", "time")
AUTHOR_PAGES: Final = ("/aut", "/writer", "/contrib")
_SIGNS: Final = AUTHOR_SIGNS + DATE_SIGNS


class Notes(NamedTuple):
    """Elements of a page, each sort in order.

    ``tagged`` has a list for each tag; ``classed`` are those whose class holds a sign of an author
    or a date, ``described`` those with a microdata property, ``leading`` the links that may be to
    an author.
    """

    tagged: Mapping[str, Sequence[HtmlElement]]
    classed: Sequence[HtmlElement]
    described: Sequence[HtmlElement]
    leading: Sequence[HtmlElement]


def take_notes(tree: Any) -> Notes:
    """The notes on a page's tree."""
    from boilerstrip.readers.walk import COMPILED  # lxml is slow to import, and texts need none

    if COMPILED is not None and (found := COMPILED.find(tree, _TAGS, _SIGNS, AUTHOR_PAGES)):
        tagged, *rest = found
        return Notes(dict(zip(_TAGS, tagged, strict=True)), *rest)
    return take_notes_plainly(tree)


def take_notes_plainly(tree: Any) -> Notes:
    """The same in plain Python, where the compiled pass meets something odd or isn't there."""
    tagged: dict[str, list[HtmlElement]] = {tag: [] for tag in _TAGS}
    for element in tree.iter(*_TAGS):
        tagged[element.tag].append(element)
    pairs = [(element, names) for element in tree.iter("*") if (names := element.get("class"))]
    text = "\0".join([names for _, names in pairs]).lower()
    classes = text.split("\0")
    signs = [sign for sign in _SIGNS if sign in text]
    hits = {n for sign in signs for n, names in enumerate(classes) if sign in names}
    classed = [pairs[n][0] for n in sorted(hits)]
    return Notes(tagged, classed, described(tree), list(filter(_may_lead, tree.iter("a"))))


def _may_lead(link: HtmlElement) -> bool:
    """Whether a link may be to an author."""
    if (link.get("rel") or "").startswith("author"):
        return True
    return _has_any(AUTHOR_PAGES, link.get("href") or "")


def _has_any(parts: Sequence[str], text: str) -> bool:
    return any(part in text for part in parts)
