"""Readers' comments that stand below an article without a heading, known by their marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from boilerstrip.claim import Claim
from boilerstrip.language.prose import fold_words
from boilerstrip.settle.context import cause_of
from boilerstrip.settle.sections import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.rules.match import FoldedText, Matcher
    from boilerstrip.rules.ruleset import Rule
    from boilerstrip.settle.context import Context, LineClaim, LineClaims

# Comments are a thread of at least so many marks, or of many where it begins before the tail; from
# each mark to the next, and to the end, there are no more lines than that.
_FEWEST_MARKS = 2
_MANY_MARKS = 6
_MARK_LINES = 30
_HOUR = re.compile(r"\d[:.h]\d\d")
# In a text that lost its breaks a button under comments stands so often, in the latter part of the
# text; so near behind it the time of the next comment is told, and so far behind it that one ends.
_FEWEST_BUTTONS = 3
_TIME = re.compile(r"\S+\s.{0,60}?\d", re.DOTALL)
_COMMENT = 3000
_STOP = re.compile(r"[.!?…。！？]+[\"”’'»)]*(?:\s+|$)")
_BUTTON = re.compile(r"[^\W\d_]+(?=\s|$)")
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


def find_replies(
    text: str, starts: Sequence[int], folded: FoldedText, matcher: Matcher
) -> tuple[Rule, int, int] | None:
    """The comments down to the last of the buttons under them, with their rule.

    Of the first comment that is the last sentence, if it begins with a time. The button is a word
    behind a sentence, of some at ``starts``, and a time stands behind it.
    """
    buttons: dict[str, list[int]] = {}
    for start in starts:
        found = _BUTTON.match(text, start)
        if 2 * start > len(text) and found:
            buttons.setdefault(found[0], []).append(start)
    for word, places in buttons.items():
        if len(places) < _FEWEST_BUTTONS:
            continue
        rule = matcher.phrase_at(folded, places[0], places[0] + len(word))
        if rule is None or rule.category != "comment_widget":
            continue
        near = all(other - one <= _COMMENT for one, other in pairwise(places))
        if near and all(_TIME.match(text, place) for place in places[:-1]):
            before = starts[bisect_left(starts, places[0]) - 1]
            stops = [match.end() for match in _STOP.finditer(text, before, places[0])][:-1]
            last = max(stops, default=before)
            first = last if _TIME.match(text, last) else places[0]
            return rule, first, places[-1] + len(word)
    return None
