"""Other articles on the page: what scrolls on below an article, each with a headline of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boilerstrip.claim import Cause, Claim
from boilerstrip.language.prose import fold_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Block, Document, Element
    from boilerstrip.lines import Line

ANOTHER = Cause("metadata", "html:another-article")

_HEADINGS = ("h1", "h2", "h3")
# Parts of a table that lays a page out look alike whatever they hold.
_TABLE = ("table", "tbody", "tr", "td")
# So many characters below its headline make an article, so many of a title can't be chance; and so
# much of a heading in links is a link.
_ARTICLE = 200
_TITLE = 15
_LINK = 0.8
_DIGITS = re.compile(r"\d+")


def other_articles(document: Document, title: str) -> list[tuple[int, int]]:
    """The spans of articles other than the one that the page is of, in order.

    One of the page's headings says its title, as ``title`` has it folded, and stands in a part of
    the page that holds an article. Where another heading of the same level stands in a part that
    looks the same, and links to a page of its own or heads an ``article``, that part is another
    article. Sections of one article have no such links, and headings below its own. It is rare: 6
    pages of 1,405 have such parts, without a word of their gold bodies.
    """
    if document.tree is None:
        return []
    of_element = _headings(document.tree.elements)
    headings = [
        (block, heading)
        for block in document.blocks
        if block.markup and (heading := of_element[block.markup.element.number]) is not None
    ]
    said = [pair for pair in headings if _says(document.content(pair[0]), title)]
    if not said or not title:
        return []
    found: dict[int, tuple[int, int]] = {}
    block, own = said[0]
    for other, heading in headings:
        if heading.tag != own.tag or _says(document.content(other), title):
            continue
        part, beside = _parts(own, heading)
        if (
            part.end - block.end >= _ARTICLE
            and _alike(part, beside)
            and _leads(other, block, beside)
        ):
            found[beside.start] = (beside.start, beside.end)
    return sorted(found.values())


def _says(heading: str, title: str) -> bool:
    """Whether a heading says the title, maybe with something before or after it."""
    words = fold_words(heading)
    return words == title or (len(title) >= _TITLE and title in words)


def _headings(elements: Sequence[Element]) -> list[Element | None]:
    """The heading that each element, of which parents come first, is or is in."""
    found: list[Element | None] = []
    for element in elements:
        above = found[element.parent.number] if found else None
        found.append(element if element.tag in _HEADINGS else above)
    return found


def _parts(one: Element, two: Element) -> tuple[Element, Element]:
    """The elements around each, side by side in the innermost element that holds both."""
    while one.depth > two.depth:
        one = one.parent
    while two.depth > one.depth:
        two = two.parent
    while one.parent is not two.parent:
        one, two = one.parent, two.parent
    return one, two


def _alike(one: Element, two: Element) -> bool:
    if one is two or one.tag != two.tag or one.tag in (*_HEADINGS, *_TABLE):
        return False
    return one.tag == "article" or _plain(one.names) == _plain(two.names)


def _plain(names: str) -> str:
    return _DIGITS.sub("", names)


def _leads(heading: Block, own: Block, part: Element) -> bool:
    """Whether a heading is that of an article, not of a section."""
    if part.tag == "article":
        return True
    if heading.markup is None or own.markup is None or heading.markup.link_density < _LINK:
        return False
    href = heading.markup.href or "#"
    return not href.startswith("#") and href != own.markup.href


def claim_articles(
    lines: Sequence[Line], spans: Sequence[tuple[int, int]]
) -> tuple[list[Claim], list[Line]]:
    """The lines in the spans as claims, and the others."""
    claims: list[Claim] = []
    left: list[Line] = []
    for line in lines:
        if not line.protected and any(start <= line.start < end for start, end in spans):
            claims.append(Claim("related", ANOTHER, line.start, line.end))
        else:
            left.append(line)
    return claims, left
