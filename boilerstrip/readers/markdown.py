"""Markdown, the form in which many crawlers save pages: what it shows a reader."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from boilerstrip.document import Block, Document, trim
from boilerstrip.readers.page import Cut, Mark, Origin, Page
from boilerstrip.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# An address has one of these signs; its brackets come in pairs. It may hold spaces, as tools leave
# them in, and a title follow it.
_TARGET = r"""(?P<href>(?=[^\s()]*[/.:#])(?:[^()\n"]|\([^()\n]*\))+)(?:"[^"\n]*"\s*)?"""
# A link's text can go over lines, as the cards of teasers do, and hold images.
_LINK = re.compile(
    r"(?<![\\!`])\[(?P<text>(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^()\n]*\))?){0,2000}?)\]"
    rf"\({_TARGET}\)",
    re.DOTALL,
)
_IMAGE = re.compile(rf"(?<![\\#`])!\[[^\[\]]{{0,2000}}\]\({_TARGET}\)")
_TURN = "]("
_LINE = "\n"


def is_markdown(text: str) -> bool:
    """Whether a text has links or images as Markdown writes them.

    >>> is_markdown("See [the map](https://example.org/map)."), is_markdown("f[0](x) is [1].")
    (True, False)
    """
    return _TURN in text and (_LINK.search(text) or _IMAGE.search(text)) is not None


def read_markdown(text: str) -> Page:
    r"""The text that Markdown shows: the words of links and images without the addresses.

    Other marks stay, since they say something of the line: that it is a heading, or an item.

    >>> page = read_markdown("* [Home](/)\n\nIt [rained](https://example.org/rain) all day.")
    >>> page.document.text
    '* Home\n\nIt rained all day.'
    >>> page.source.text[slice(*page.span(2, 6))]
    '[Home](/)'
    """
    pieces: list[str] = []
    cuts: list[Cut] = []
    links: list[tuple[int, int, str]] = []
    opened: list[int] = []
    position = left_out = 0
    for start, end, mark, href in _marks(text):
        if start < position:
            continue
        place = start - left_out
        if mark is Mark.OPENS:
            opened.append(place)
        elif mark is Mark.CLOSES and opened:
            links.append((opened.pop(), place, href))
        pieces.append(text[position:start])
        cuts.append(Cut(start, end, place, mark))
        left_out += end - start
        position = end
    seen = "".join([*pieces, text[position:]])
    apart = [cut.place for cut in cuts if cut.mark in (Mark.IMAGE, Mark.ANCHOR)]
    document = Document(seen, tuple(_parted(read_text(seen), apart)))
    return Page(document, None, Origin(read_text(text), cuts, links))


def _parted(document: Document, places: Sequence[int]) -> Iterator[Block]:
    """The document's blocks, cut at those places that have text of the block on both sides."""
    waiting = deque(places)
    for block in document.blocks:
        start = block.start
        while waiting and waiting[0] < block.end:
            place = waiting.popleft()
            before, behind = document.text[start:place], document.text[place : block.end]
            if before.strip() and behind.strip():
                yield Block(start, place)
                start = place
        yield Block(start, block.end)


def _marks(text: str) -> list[tuple[int, int, Mark, str]]:
    """The spans of what isn't shown, in order, with the addresses."""
    found: list[tuple[int, int, Mark, str]] = []
    left = text
    while empty := list(_empty(left)):  # a link around one that shows nothing shows nothing
        found += empty
        left = _without(left, empty)
    for link in _LINK.finditer(left):
        start, end = trim(text, *link.span("text"))
        found.append((link.start(), start, Mark.OPENS, ""))
        found.append((end, link.end(), Mark.CLOSES, link["href"].strip(" <>")))
    return sorted(found, key=lambda mark: (mark[0], -mark[1]))


def _without(text: str, marks: Iterable[tuple[int, int, Mark, str]]) -> str:
    """The text with line ends in place of the marks, of the same length."""
    pieces: list[str] = []
    position = 0
    for start, end, *_ in sorted(marks):
        if start >= position:
            pieces += text[position:start], _LINE * (end - start)
            position = end
    return "".join([*pieces, text[position:]])


def _empty(text: str) -> Iterator[tuple[int, int, Mark, str]]:
    """The images, and the links without text or with nothing but images."""
    for image in _IMAGE.finditer(text):
        yield *image.span(), Mark.IMAGE, ""
    for link in _LINK.finditer(text):
        if not _IMAGE.sub("", link["text"]).strip():
            yield *link.span(), Mark.IMAGE if link["text"].strip() else Mark.ANCHOR, ""
