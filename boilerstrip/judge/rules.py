"""Rules applied to a document until nothing more is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.judge.match import FoldedText, Matcher
from boilerstrip.judge.sequence import Firing, Line, Pass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boilerstrip.document import Document


def apply_rules(document: Document, matcher: Matcher, language: str | None) -> list[Firing]:
    """The firings of all rules in the document, in order and apart.

    ``language`` decides between rules that match alike. What one pass takes away can show what the next one finds, so passes follow until one finds
    nothing. That is why cleaning what is clean changes nothing.
    """
    text = document.text
    folded = FoldedText(text)

    def lines_in(start: int, end: int) -> Iterator[Line]:
        for line in text[start:end].splitlines(keepends=True):
            left = start + len(line) - len(line.lstrip())
            right = start + len(line.rstrip())
            start += len(line)
            if left < right:
                yield Line(text, left, right, matcher.matches(folded, left, right))

    lines = [line for block in document.blocks for line in lines_in(block.start, block.end)]
    firings: list[Firing] = []
    while new := Pass(lines, language).fire():
        firings += new
        lines = [rest for old in _cut(lines, new) for rest in _as_lines(old, lines_in)]
    return sorted(firings, key=lambda firing: firing.start)


def _as_lines(
    rest: Line | tuple[int, int], lines_in: Callable[[int, int], Iterator[Line]]
) -> Iterator[Line]:
    if isinstance(rest, Line):
        yield rest
    else:
        yield from lines_in(*rest)


def _cut(lines: Sequence[Line], firings: Sequence[Firing]) -> Iterator[Line | tuple[int, int]]:
    """What the firings leave: lines untouched, and the spans left of lines that were cut."""
    waiting = iter(firings)
    firing = next(waiting, None)
    for line in lines:
        start = line.start
        while firing and firing.start < line.end:
            if start < firing.start:
                yield start, firing.start
            start = max(start, firing.end)
            if firing.end > line.end:
                break
            firing = next(waiting, None)
        if start == line.start:
            yield line
        elif start < line.end:
            yield start, line.end
