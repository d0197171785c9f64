"""What the steps that settle the rules' claims share: the lines, their prose, a line's claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from boilerstrip.claim import Cause, Claim

if TYPE_CHECKING:
    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Match

# How far a rule reaches that heads a section.
SECTIONS = ("section", "to-end")
# From the middle of the prose on, a list may run to the end.
TAIL_SHARE = 0.5
# A line that is a title for its place alone, above a byline or a body, may be a standfirst.
_BY_PLACE = ("text:above-byline", "text:above-body")


class LineClaim(NamedTuple):
    """What a whole line is claimed as.

    ``extent`` is how far the rule reaches that claimed it; ``joined`` says whether the line goes
    on with the section of the line before.
    """

    claim: Claim
    extent: str = ""
    joined: bool = False


class Cut(NamedTuple):
    """The pieces that are claimed of a line; the last one may be ``running`` to the text's end."""

    pieces: Sequence[Claim]
    running: bool = False


# By the number of the line.
LineClaims: TypeAlias = Mapping[int, LineClaim]
Cuts: TypeAlias = Mapping[int, Cut]


class Prose:
    """How much prose stands before each place in the lines.

    The headings of lists of other news don't count: however often such a heading is repeated, the
    article doesn't get longer.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.headings = {
            number: spans
            for number, line in enumerate(lines)
            if line.matches and (spans := _heading_spans(line))
        }
        sizes = [line.end - line.start if line.prose else 0 for line in lines]
        for number in self.headings:
            sizes[number] = self._within(number, lines[number].end)
        self._before = [0, *accumulate(sizes)]
        self._lines_before = [0, *accumulate(line.prose for line in lines)]

    def lines_before(self, number: int) -> int:
        """The number of lines of prose before a line."""
        return self._lines_before[number]

    def share_before(self, number: int, match: Match) -> float:
        """The share (0-1) of the characters of prose before a match in a line; .5 without prose."""
        total = self._before[-1]
        if not total:
            return 0.5
        return (self._before[number] + self._within(number, match.start)) / total

    def in_tail(self, number: int) -> bool:
        """Whether a line stands in the latter part of the prose."""
        return self._before[min(number, len(self._lines))] >= TAIL_SHARE * self._before[-1]

    def _within(self, number: int, stop: int) -> int:
        """The characters of prose in a line before ``stop``, without the headings in it."""
        line = self._lines[number]
        if not line.prose:
            return 0
        starts, totals = self.headings.get(number, ((), (0,)))
        return stop - line.start - totals[bisect_left(starts, stop)]


def _heading_spans(line: Line) -> tuple[list[int], list[int]] | None:
    """Where headings of lists of other news start in a line; the characters up to each, and all."""
    found = sorted((match.start, match.end) for match in line.matches if heads_list(match))
    starts, totals, reached = [], [0], line.start
    for start, end in found:
        if end > reached:
            starts.append(start)
            totals.append(totals[-1] + end - max(start, reached))
            reached = end
    return (starts, totals) if starts else None


def heads_list(match: Match) -> bool:
    """Whether the list of other news that ends a text is headed so.

    Other last sections are headed more than once: in a thread, each comment is.
    """
    return match.rule.extent == "to-end" and match.rule.category == "related"


@dataclass(frozen=True, slots=True)
class Context:
    """The lines that are looked at, with what several steps ask of them.

    ``matched`` are the numbered lines on which rules have a say; most have none. ``resumed`` are
    the causes of lists after whose heading the article goes on.
    """

    lines: Sequence[Line]
    matched: Sequence[tuple[int, Line]]
    prose: Prose
    resumed: frozenset[Cause]
    language: str | None

    @classmethod
    def of(cls, lines: Sequence[Line], language: str | None) -> Context:
        """The context of the lines of a text in this language."""
        matched = [
            (number, line)
            for number, line in enumerate(lines)
            if line.matches and not line.protected
        ]
        prose = Prose(lines)
        return cls(lines, matched, prose, _find_resumed(lines, prose), language)

    def claim_of(self, number: int, matches: Sequence[Match]) -> LineClaim:
        """The claim on a whole line of the match that goes first.

        Callers' rules go first; then the longest match, the earliest, that of the text's language.
        The id is a last resort: it makes the order the same every time.
        """
        match = matches[0] if len(matches) == 1 else max(matches, key=self._precedence)
        line, rule = self.lines[number], match.rule
        claim = Claim(rule.category, cause_of(match), line.start, line.end, match.groups)
        return LineClaim(claim, rule.extent)

    def _precedence(self, match: Match) -> tuple[bool, int, int, bool, str]:
        rule, length = match.rule, match.end - match.start
        native = self.language in rule.languages
        return (rule.callers, length, -match.start, native, rule.id)


def _find_resumed(lines: Sequence[Line], prose: Prose) -> frozenset[Cause]:
    """The causes of lists of other news that have a heading between prose, before the tail.

    Where such a heading recurs, it is a label that the text is strewn with, and no list.
    """
    return frozenset(
        cause_of(match)
        for number in prose.headings
        for match in lines[number].matches
        if heads_list(match) and 0 < prose.share_before(number, match) < TAIL_SHARE
    )


def cause_of(match: Match) -> Cause:
    """The rule that matched."""
    return Cause("rule", match.rule.id)


def category_at(claims: LineClaims, number: int) -> str | None:
    """The category that a line is claimed as; ``None`` for none, and beyond the ends."""
    return claims[number].claim.category if number in claims else None


def found_claim(
    line: Line, category: str, source: str, groups: Mapping[str, tuple[int, int] | None]
) -> LineClaim:
    """The claim on a line that says a field's value, known by ``source``.

    ``groups`` are spans in its text, ``None`` for all of it.
    """
    spans = {
        name: (line.start + span[0], line.start + span[1]) if span else (line.start, line.end)
        for name, span in groups.items()
    }
    matched = line.start if source in _BY_PLACE else None
    return LineClaim(
        Claim(category, Cause("metadata", source), line.start, line.end, spans, matched)
    )
