"""Plain text as a page: what it shows a reader, where it is Markdown or was wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.document import Document
from boilerstrip.readers.markdown import is_markdown, markdown_unseen
from boilerstrip.readers.page import Cut, Mark, Origin, Page, Unseen
from boilerstrip.readers.references import referring_marks
from boilerstrip.readers.text import read_text
from boilerstrip.readers.wrapped import wrapped_turns

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_plain(text: str) -> Page:
    r"""The text as a reader sees it, a block each line; a paragraph that was wrapped is one line.

    Of Markdown the words of links are seen, without the addresses, and no images.

    >>> page = read_plain("* [Home](/)\n\nIt [rained](https://example.org/rain) all day.")
    >>> page.document.text
    '* Home\n\nIt rained all day.'
    >>> page.source.text[slice(*page.span(2, 6))]
    '[Home](/)'
    """
    flowing, unseen = _unwrapped(text)
    if is_markdown(flowing):
        unseen += markdown_unseen(flowing)
    unseen += referring_marks(flowing)
    if not unseen and flowing == text:
        return Page(read_text(text))
    return _page(Document(text, read_text(flowing).blocks), flowing, unseen)


def _unwrapped(text: str) -> tuple[str, list[Unseen]]:
    """The text with spaces for the line ends of wrapping, and what isn't to be seen of these."""
    pieces: list[str] = []
    unseen: list[Unseen] = []
    position = 0
    for turn in wrapped_turns(text):
        pieces += text[position : turn.start], " " * (turn.end - turn.start)
        position = turn.end
        first = turn.start if turn.glued else turn.start + 1
        if first < turn.end:
            unseen.append(Unseen(first, turn.end, Mark.SPACE))
    return "".join([*pieces, text[position:]]) if pieces else text, unseen


def _page(source: Document, text: str, unseen: Sequence[Unseen]) -> Page:
    """The page of a source whose text, as long as the source's, has pieces that aren't seen.

    For a piece that stood by itself, and not in a line's words, a line ends.
    """
    pieces: list[str] = []
    cuts: list[Cut] = []
    links: list[tuple[int, int, str]] = []
    opened: list[int] = []
    position = left_out = 0
    for start, end, mark, href in sorted(unseen, key=lambda piece: (piece.start, -piece.end)):
        if start < position:
            continue
        place = start - left_out
        pieces.append(text[position:start])
        if mark is Mark.OPENS:
            opened.append(place)
        elif mark is Mark.CLOSES and opened:
            links.append((opened.pop(), place, href))
        elif mark in (Mark.IMAGE, Mark.ANCHOR):
            pieces.append("\n")
            place += 1
        cuts.append(Cut(start, end, place, mark))
        left_out = end - place
        position = end
    document = read_text("".join([*pieces, text[position:]]))
    return Page(document, None, Origin(source, cuts, links))
