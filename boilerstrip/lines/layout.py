"""Where a line of text is cut into the pieces that are judged.

A line of a text with line breaks is one piece, but for a label that is glued to its end. A line
that holds most of a text has lost the breaks that stood in it: it is cut where sentences end, where
two words were put together without a space, at separators, and, tentatively, wherever something new
could begin. Of tentative cuts most are wrong; what decides is how the pieces on both sides score.
So is each long line of a text in which one holds sentences beside a menu: there each line is a part
of a page that lost its breaks.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from boilerstrip.document import LINE_ENDS, Block, Document, line_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Span = tuple[int, int]

# A line lost its breaks if it has this share (0-1) of the text's characters and is no shorter, or
# if no paragraph is so long.
_SHARE = 0.6
_SHORTEST = 60
_LONGEST_PARAGRAPH = 3000
# A line that holds a menu and so many sentences lacks breaks if lines are so long in the mean.
_LONG = 150
_SENTENCES = 2
# A label at the end of a paragraph has no more characters.
_LONGEST_LABEL = 90

_CLOSING = r"""["”’'»)\]］」』）]"""
_OPENING = r"""["“„«‘'(¿¡\[「『（《【]"""
# An initial or a title with its stop: "M.", "Mr.".
_INITIAL = r"\b(?:\p{Lu}\p{Ll}{0,2}|Prof)\."
# The end of a sentence: a stop, and a word that begins one. Initials and numerals before a stop
# ("J. Smith", "14. Mai") end none. Scripts of East Asia need no space.
_SENTENCE = (
    r"(?:(?:(?<=[\p{L}\p{M}\p{N}%€$£)\]\"”’'»]{2})[.!?…؟۔।]|[!?…؟۔।])"
    rf"(?<!{_INITIAL})(?<!\s\d{{1,2}}\.)"
    rf"{_CLOSING}*\s+(?={_OPENING}?[\p{{Lu}}\p{{Lo}}\p{{N}}])"
    rf"|[。！？]{_CLOSING}*\s*(?=\S))"
)
# Two words put together: the first ends as words do, the second begins as sentences and labels do,
# or is of a label in capitals, which is longer than the tail of a name ("macOS", "100GB"), or has
# another one behind it. No stop of these scripts stands within a word. Names are written so, too.
_GLUE = (
    r"(?:(?<=[\p{L}\p{N}][\p{Ll}\p{N}]|[.!?…:;%)\]”»’\"])"
    r"(?<!\b(?:Mc|Mac|De|Di|Du|La|Le|Van|[ie]|You|Tik|Whats|Linked|Pay|Git|Ph))"
    r"(?=[“«„¿¡]?\p{Lu}[\p{Ll}\p{M}])"
    r"|(?<=\p{Ll}(?:\p{Ll}|[.!?…]))(?=\p{Lu}{5}|\p{Lu}{2,4}\s\p{Lu}{2})|(?<=\d\d)(?=\p{Lu}{5})"
    r"|(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll}{2})|(?<=\p{Lu}{5})(?=\p{Lu}\p{Ll}\s)"
    r"|(?<=\p{Hangul}[.!?])(?=\p{Hangul})|(?<=[\p{L}\p{M}][।۔؟])(?=\p{L}))"
    r"(?<!(?:://|www\.)\S{0,200})"
)
_WIDE = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_SEPARATOR = (
    r"(?:\s+[|•·»›▶►→←◀★☆✓✔▪■●◆⋮¦]+\s+|\s*\|\s*|\s{2,}|\t"
    rf"|(?<={_WIDE})\s+(?={_WIDE}))"
)
_SURE = regex.compile(f"(?P<stop>{_SENTENCE})|(?P<glue>{_GLUE})|(?P<mark>{_SEPARATOR})")
# Before a capital, a numeral or a quotation, behind a colon or comma; where letters have no case,
# before every word.
_TENTATIVE = regex.compile(
    r"\s+(?=[\p{Lu}\p{N}“«„¿¡\[(#@+←→\p{So}]|[\p{Lo}])|(?<=[:,;–—])\s+|\s+(?=[-–—]\s)"
)
# A menu: words of which each has a capital, and no sign behind it; short ones in scripts of East
# Asia. No sentence has so many in a row.
_MENU = regex.compile(
    rf"(?:(?<!\S)[\p{{Lu}}\p{{N}}$€£][^\s.,;:!?…()\"“”„«»]*\s+){{8}}|(?:(?<!\S){_WIDE}{{1,8}}\s+){{8}}"
)
_STOP = regex.compile(_SENTENCE)
# A label has no stop in it.
_STOPS = ".!?…؟۔।。！？"
_END_LABEL = regex.compile(
    rf"(?:[{_STOPS}]{_CLOSING}*)(?<!{_INITIAL})(?:\s+|(?=\p{{Lu}}\p{{Ll}}))"
    rf"(?=[^{_STOPS}]{{2,90}}$)"
)


class Cut(IntEnum):
    """What stands between a piece and the one before it."""

    LINE = 0
    SURE = 1
    TENTATIVE = 2


class Piece(NamedTuple):
    """A span that is judged, without white space around it, and the cut before it."""

    start: int
    end: int
    cut: Cut


def lay_out(text: str, lines: Sequence[Span]) -> list[Piece]:
    """The pieces of the lines, which are spans of the text, in order.

    >>> text = "Home News Share this articleThe council met on Monday. It rained.Read more"
    >>> print(*(text[start:end] for start, end, _ in lay_out(text, [(0, len(text))])), sep="|")
    Home|News|Share this article|The council met on|Monday.|It rained.|Read more
    """
    least = _shortest_broken(text, lines)
    pieces: list[Piece] = []
    for start, end in lines:
        cuts = list(_cuts(text, start, end, least))
        pieces += _trimmed(text, start, end, cuts) if cuts else [Piece(start, end, Cut.LINE)]
    return pieces


def _shortest_broken(text: str, lines: Sequence[Span]) -> float:
    """The fewest characters of a line of the text that lost its breaks."""
    whole = sum(end - start for start, end in lines)
    if whole >= _LONG * len(lines) and any(_holds_menu(text, *line) for line in lines):
        return _SHORTEST
    return min(_LONGEST_PARAGRAPH + 1, max(_SHORTEST, _SHARE * whole))


def _holds_menu(text: str, start: int, end: int) -> bool:
    """Whether a long line holds sentences, and a menu beside them."""
    if end - start < _LONG or not _MENU.search(text, start, end):
        return False
    return sum(1 for _ in islice(_STOP.finditer(text, start, end), _SENTENCES)) == _SENTENCES


def _cuts(text: str, start: int, end: int, least: float) -> Iterator[tuple[int, Cut]]:
    if end - start >= least:
        yield from _all_cuts(text, start, end)
    elif text[end - 1] not in _STOPS:
        label = _END_LABEL.search(text, max(start, end - 2 * _LONGEST_LABEL), end)
        if label:
            yield label.end(), Cut.SURE


def _all_cuts(text: str, start: int, end: int) -> Iterator[tuple[int, Cut]]:
    """The places where a line that lost its breaks is cut."""
    position = start
    for match in _SURE.finditer(text, start, end):
        if match.end() > position:
            yield from _tentative(text, position, match.start())
            position = match.end()
            yield position, Cut.SURE
    yield from _tentative(text, position, end)


def _tentative(text: str, start: int, end: int) -> Iterator[tuple[int, Cut]]:
    for match in _TENTATIVE.finditer(text, start, end):
        yield match.end(), Cut.TENTATIVE


def _trimmed(text: str, start: int, end: int, cuts: Iterable[tuple[int, Cut]]) -> Iterator[Piece]:
    """The pieces that cuts make of a line, those that hold something."""
    before = Cut.LINE
    for place, cut in (*cuts, (end, Cut.LINE)):
        piece = text[start:place]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield Piece(left, right, before)
            before = cut
        else:
            before = min(before, cut)
        start = place


def read_pieces(text: str, known: dict[Any, Any] | None = None) -> Document:
    r"""The text itself, one block for each piece of its lines; none where it is blank.

    ``known`` is what lines of the document that it is of were read as before.

    >>> [block.cut for block in read_pieces("It rained.\n\nSunday was dry.").blocks]
    [0, 0]
    """
    pieces = lay_out(text, line_spans(text, 0, len(text)))
    starts = [0, *(_opening(text, piece) for piece in pieces[1:])]
    ends = [*starts[1:], len(text)]
    return Document(
        text,
        tuple(
            Block(start, end, cut=int(piece.cut))
            for piece, start, end in zip(pieces, starts, ends, strict=False)
        ),
        known={} if known is None else known,
    )


def _opening(text: str, piece: Piece) -> int:
    """Where the block of a piece starts: at its line's start, or at the piece itself."""
    position = piece.start
    while not piece.cut and position and text[position - 1] not in LINE_ENDS:
        position -= 1
    return position
