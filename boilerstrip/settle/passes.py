"""Rules applied to the lines of a document until nothing more is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.document import line_spans, trim
from boilerstrip.lines import Line
from boilerstrip.rules.match import FoldedText, Matcher
from boilerstrip.settle.sequence import Pass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.document import Block, Document

    Span = tuple[int, int]


class Lines:
    """The lines of a document as rules see them, read from any part of its text."""

    def __init__(self, document: Document, matcher: Matcher) -> None:
        self._text = document.text
        self._known = document.known
        self._folded = FoldedText(document.text)
        self._matcher = matcher

    def of_blocks(self, blocks: Iterable[Block]) -> list[Line]:
        """The lines in the blocks, without the white space around them."""
        return self._read([s for b in blocks for s in line_spans(self._text, b.start, b.end)])

    def _read(self, spans: Sequence[Span]) -> list[Line]:
        found = self._matcher.matches(self._folded, spans)
        return [
            Line(self._text, start, end, matches, self._known)
            for (start, end), matches in zip(spans, found, strict=True)
        ]

    def rest(self, start: int, end: int, *, at_end: bool) -> Line:
        """What is left of a line that was cut, with the matches near its start, or near its end."""
        start, end = trim(self._text, start, end)
        matches = self._matcher.at_edge(self._folded, start, end, at_end=at_end)
        return Line(self._text, start, end, matches, self._known)

    def without(self, lines: Iterable[Line], firings: Sequence[Claim]) -> list[Line]:
        """What the firings, in order and apart, leave of the lines."""
        left: list[Line] = []
        waiting = iter(firings)
        firing = next(waiting, None)
        for line in lines:
            if firing is None or firing.start >= line.end:
                left.append(line)
                continue
            start = line.start
            while firing and firing.start < line.end:
                left += self._within(start, firing.start)
                start = max(start, firing.end)
                if firing.end > line.end:
                    break
                firing = next(waiting, None)
            left += self._within(start, line.end)
        return left

    def _within(self, start: int, end: int) -> list[Line]:
        return self._read(line_spans(self._text, start, end)) if start < end else []


def apply_rules(
    lines: list[Line], reader: Lines, language: str | None, *, of_text: bool
) -> tuple[list[Claim], list[Line]]:
    """The firings of all rules in the lines, and the lines that are left.

    ``language`` decides between rules that match alike. In raw text the head of the article is
    looked for, too; markup states what it says. What one pass takes away can show what the
    next one finds, so passes follow until one finds nothing. That is why cleaning what is clean
    changes nothing.
    """
    firings: list[Claim] = []
    while new := Pass(lines, reader.rest, language, of_text=of_text).fire():
        firings += new
        lines = reader.without(lines, new)
    return firings, lines


def in_order(firings: Iterable[Claim], text: str) -> list[Claim]:
    """The firings in order and apart: one that was found around another is cut in two.

    >>> from boilerstrip.claim import Claim
    >>> outer, inner = Claim("related", "rule:a", 0, 9), Claim("share", "rule:b", 3, 5)
    >>> [(f.cause, f.start, f.end) for f in in_order([inner, outer], "abcdefghi")]
    [('rule:a', 0, 3), ('rule:b', 3, 5), ('rule:a', 5, 9)]
    """
    pending = sorted(firings, key=lambda firing: (firing.start, -firing.end), reverse=True)
    apart: list[Claim] = []
    while pending:
        firing = pending.pop()
        if pending and pending[-1].start < firing.end:
            inner = pending.pop()
            pending += [*_trimmed(firing, inner.end, firing.end, text), inner]
            pending += _trimmed(firing, firing.start, inner.start, text)
            pending.sort(key=lambda firing: (firing.start, -firing.end), reverse=True)
        else:
            apart.append(firing)
    return apart


def _trimmed(firing: Claim, start: int, end: int, text: str) -> list[Claim]:
    piece = text[start:end]
    if not piece.strip():
        return []
    end = start + len(piece.rstrip())
    return [firing._replace(start=start + len(piece) - len(piece.lstrip()), end=end)]
