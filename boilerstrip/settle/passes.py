"""Rules applied to the lines of a document until nothing more is found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from boilerstrip.document import LINE_ENDS, line_spans, trim
from boilerstrip.language.prose import ends_sentence, is_prose
from boilerstrip.lines import Line
from boilerstrip.rules.match import FoldedText, Matcher
from boilerstrip.settle.labels import label_borders
from boilerstrip.settle.sequence import settle_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.document import Block, Document

    Span = tuple[int, int]


class Lines:
    """The lines of a document as rules see them, read from any part of its text."""

    def __init__(self, document: Document, matcher: Matcher) -> None:
        self._text = document.text
        self.known = document.known
        self._folded = FoldedText(document.text)
        self._matcher = matcher

    def of_blocks(self, blocks: Iterable[Block]) -> list[Line]:
        """The lines in the blocks, without the white space around them."""
        return self.of_spans([s for b in blocks for s in line_spans(self._text, b.start, b.end)])

    def cut(self, lines: Sequence[Line], places: Sequence[int]) -> list[Line]:
        """The lines, those cut in which one of the places lies; the places are in order.

        Sentences that follow each other are prose if they are together.
        """
        found: list[Line] = []
        for line in lines:
            first = bisect_right(places, line.start)
            last = bisect_left(places, line.end, first)
            if first == last:
                found.append(line)
                continue
            bounds = [line.start, *places[first:last], line.end]
            spans = [trim(self._text, *pair) for pair in pairwise(bounds)]
            pieces = self.of_spans([(start, end) for start, end in spans if start < end])
            self._mark_prose(pieces)
            found += pieces
        return found

    def _mark_prose(self, pieces: Sequence[Line]) -> None:
        for is_sentence, group in groupby(pieces, lambda piece: ends_sentence(piece.text)):
            run = list(group)
            if is_sentence and is_prose(self._text[run[0].start : run[-1].end]):
                for piece in run:
                    piece.prose = True

    def cut_labels(
        self, lines: Sequence[Line], starts: Sequence[int], language: str | None
    ) -> list[Line]:
        """The lines, cut where labels that rules know stand in them.

        Their pieces start at ``starts``.
        """
        places: list[int] = []
        doubted: set[int] = set()
        ends: set[int] = set()
        lists: list[Span] = []
        prose = [number for number, line in enumerate(lines) if line.prose]
        for number, line in enumerate(lines):
            outer = not prose or not prose[0] < number < prose[-1]
            above = bool(prose) and number <= prose[0]
            borders = label_borders(
                line, starts, self._folded, self._matcher, language, outer=outer, above=above
            )
            places += borders.places
            if borders.doubted:
                doubted.add(line.start)
            if borders.listed:
                lists.append(borders.listed)
                if ends_sentence(line.text):
                    ends.add(line.end)
        found = self.cut(lines, places)
        for line in found:
            if line.start in doubted:
                line.matches = [match for match in line.matches if not match.rule.line]
            # With the sentence at the end of a list the story goes on.
            line.prose |= line.end in ends
            line.listed = any(first < line.start and line.end <= last for first, last in lists)
        return found

    def of_spans(self, spans: Sequence[Span]) -> list[Line]:
        """The lines that some spans, in order and apart, are."""
        found = self._matcher.matches(self._folded, spans)
        return [
            Line(self._text, start, end, matches)
            for (start, end), matches in zip(spans, found, strict=True)
        ]

    def shortened(self, claim: Claim, spans: Iterable[Span]) -> list[Claim]:
        """The claim without some spans, in order and apart, within it."""
        found: list[Claim] = []
        start = claim.start
        for first, last in (*spans, (claim.end, claim.end)):
            if first >= start:
                found += _trimmed(claim, start, first, self._text)
                start = last
        return found

    def joined(self, pieces: Sequence[Line]) -> list[Line]:
        """The pieces in order, as lines: those between which nothing is missing are one again."""
        spans: list[Span] = []
        for piece in pieces:
            between = self._text[spans[-1][1] : piece.start] if spans else "\n"
            if between.strip() or any(end in LINE_ENDS for end in between):
                spans.append((piece.start, piece.end))
            else:
                spans[-1] = spans[-1][0], piece.end
        known = {(piece.start, piece.end): piece for piece in pieces}
        read = iter(self.of_spans([span for span in spans if span not in known]))
        return [known.get(span) or next(read) for span in spans]

    def rest(self, start: int, end: int, *, at_end: bool) -> Line:
        """What is left of a line that was cut, with the matches near its start, or near its end."""
        start, end = trim(self._text, start, end)
        matches = self._matcher.at_edge(self._folded, start, end, at_end=at_end)
        return Line(self._text, start, end, matches)

    def without(self, lines: Iterable[Line], claims: Sequence[Claim]) -> list[Line]:
        """What the claims, in order and apart, leave of the lines."""
        left: list[Line] = []
        waiting = iter(claims)
        claim = next(waiting, None)
        for line in lines:
            if claim is None or claim.start >= line.end:
                left.append(line)
                continue
            start = line.start
            while claim and claim.start < line.end:
                left += self._within(start, claim.start)
                start = max(start, claim.end)
                if claim.end > line.end:
                    break
                claim = next(waiting, None)
            left += self._within(start, line.end)
        return left

    def _within(self, start: int, end: int) -> list[Line]:
        return self.of_spans(line_spans(self._text, start, end)) if start < end else []


def apply_rules(
    lines: list[Line], reader: Lines, language: str | None, *, of_text: bool
) -> tuple[list[Claim], list[Line]]:
    """The claims of all rules on the lines, and the lines that are left.

    ``language`` decides between rules that match alike. In raw text the head of the article is
    looked for, too; markup states what it says. What one pass takes away can show what the
    next one finds, so passes follow until one finds nothing. That is why cleaning what is clean
    changes nothing.
    """
    claims: list[Claim] = []
    known = reader.known if of_text else None
    while new := settle_claims(lines, reader.rest, language, known):
        claims += new
        lines = reader.without(lines, new)
    return claims, lines


def in_order(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims in order and apart: one that was found around another is cut in two.

    >>> from boilerstrip.claim import Cause, Claim
    >>> outer = Claim("related", Cause("rule", "a"), 0, 9)
    >>> inner = Claim("share", Cause("rule", "b"), 3, 5)
    >>> [(f.cause.name, f.start, f.end) for f in in_order([inner, outer], "abcdefghi")]
    [('a', 0, 3), ('b', 3, 5), ('a', 5, 9)]
    """
    pending = sorted(claims, key=lambda claim: (claim.start, -claim.end), reverse=True)
    apart: list[Claim] = []
    while pending:
        claim = pending.pop()
        if pending and pending[-1].start < claim.end:
            inner = pending.pop()
            pending += [*_trimmed(claim, inner.end, claim.end, text), inner]
            pending += _trimmed(claim, claim.start, inner.start, text)
            pending.sort(key=lambda claim: (claim.start, -claim.end), reverse=True)
        else:
            apart.append(claim)
    return apart


def _trimmed(claim: Claim, start: int, end: int, text: str) -> list[Claim]:
    piece = text[start:end]
    if not piece.strip():
        return []
    end = start + len(piece.rstrip())
    return [claim._replace(start=start + len(piece) - len(piece.lstrip()), end=end)]
