"""Readers' comments that stand below an article without a heading, known by their marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boilerstrip.claim import Claim
from boilerstrip.language.prose import fold_words
from boilerstrip.settle.context import cause_of
from boilerstrip.settle.sections import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.settle.context import Context, LineClaim, LineClaims

# Comments are a thread of at least so many marks, or of many where it begins before the tail; from
# each mark to the next, and to the end, there are no more lines than that.
_FEWEST_MARKS = 2
_MANY_MARKS = 6
_MARK_LINES = 30
_HOUR = re.compile(r"\d[:.h]\d\d")
# A dialogue has no more speakers than this.
_MOST_SPEAKERS = 3


def claim_thread(context: Context, claims: LineClaims) -> dict[int, LineClaim]:
    """The claims with readers' comments under an article, from their first mark on."""
    marks = {
        number: found
        for number, line in context.matched
        if (found := [match for match in line.matches if match.rule.where == "thread"])
    }
    first, last = _find_thread(context.lines, sorted(marks), context.prose.in_tail)
    if first >= last:
        return dict(claims)
    line, match = context.lines[first], marks[first][0]
    heading = Claim(match.rule.category, cause_of(match), line.start, line.end, match.groups)
    return {**claims, **fill(context.lines, claims, heading, first, last)}


def _find_thread(
    lines: Sequence[Line], marks: Sequence[int], in_tail: Callable[[int], bool]
) -> tuple[int, int]:
    """The first line of the thread, and the one after its last; the same if there is none.

    ``marks`` are the numbers, in order, of the lines that rules call a comment's; ``in_tail`` says
    whether a line stands in the latter part of the prose.
    """
    if not marks:
        return 0, 0
    start = len(marks) - 1
    while start and marks[start] - marks[start - 1] <= _MARK_LINES:
        start -= 1
    first, last = marks[start], marks[-1]
    fewest = _FEWEST_MARKS if in_tail(first) else _MANY_MARKS
    if len(marks) - start < fewest or not any(line.prose for line in lines[:first]):
        return 0, 0
    if _are_speakers([lines[number].text for number in marks[start:]]):
        return 0, 0
    return first, len(lines) if len(lines) - last <= _MARK_LINES else last + 1


def _are_speakers(marks: Sequence[str]) -> bool:
    """Whether the marks may be the lines of a dialogue: "Ada says", "Bo says".

    Where more than a few speak, or the hour is told, they are readers.
    """
    if any(map(_HOUR.search, marks)):
        return False
    spoken = [fold_words(mark).split() for mark in marks]
    alike = all(len(words) > 1 for words in spoken) and len({words[-1] for words in spoken}) == 1
    return alike and len({*map(tuple, spoken)}) <= _MOST_SPEAKERS
