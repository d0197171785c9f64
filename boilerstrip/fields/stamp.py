"""Date lines at the head of an article: which of a line's dates is that of publication."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from boilerstrip.language.dates import is_month, parse_date
from boilerstrip.language.figures import settle
from boilerstrip.language.vocabulary import any_of, holds_any, lowered, spaced, unspaced

_SHORT_YEAR = regex.compile(r"(?<![\d.,:/])(\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?)(\d\d)(?![\d.:/])")
_FIGURES = regex.compile(r"\d{4}|[./]\s*\d\d")
_WORD = regex.compile(r"[\p{L}\p{M}]{3,}")
# What the words are for of which one stands in whatever says when without a figure, or more.
_MOMENT = ("updated", "published", "ago", "ago_before", "just_now", "minutes", "reading_time")
_LONGEST = 160
_MOST_WORDS = 4
_MOST_LABELLED = 9


@cache
def _label() -> regex.Pattern[str]:
    """What stands before a date: that of a change, or that of publication."""
    return regex.compile(
        rf"""(?ix) (?<![\p{{L}}]) (?: (?P<updated> {any_of("updated")} ) | {any_of("published")} )
        (?![\p{{Latin}}\p{{Cyrillic}}])"""
    )


@cache
def _ago() -> regex.Pattern[str]:
    """How long ago: "5 hours ago", "vor 3 Stunden", "il y a 2 jours", "just now"."""
    span = rf"(?: \d+ | {any_of('one')} ) \s? {spaced('time_units')}"
    return regex.compile(
        rf"""(?ix) (?<!\w) (?: {span} \s+ {spaced("ago")}
        | {any_of("ago_before")} \s+ {span} | {any_of("just_now")} ) (?!\w)
        | \d+ \s? {unspaced("time_units")} \s? {unspaced("ago")}"""
    )


@cache
def _reading() -> regex.Pattern[str]:
    """How long it takes to read: "4 min read", "Lesezeit"."""
    return regex.compile(
        rf"""(?ix) (?<!\w) \d+ [\s-]* {any_of("minutes")} | {any_of("reading_time")} \b"""
    )


class Stamp(NamedTuple):
    """Where in a line the date stands, whether it is that of a change, and how much else is said.

    ``words`` counts the words that belong to no date; ``changes`` is where the days of changes
    stand.
    """

    start: int
    end: int
    updated: bool
    labelled: bool
    words: int
    changes: tuple[tuple[int, int], ...] = ()

    def stands(self, spare: int = 0) -> bool:
        """Whether the line says little besides, but for ``spare`` words that are a byline's."""
        return self.words <= spare + (_MOST_LABELLED if self.labelled else _MOST_WORDS)


def find_stamp(line: str, language: str | None) -> Stamp | None:
    """The date of publication in a line that says little else, or the date of a change.

    >>> line = "Updated: 4 May 2024, 9:00 | Published: 3 May 2024, 14:05"
    >>> stamp = find_stamp(line, "en")
    >>> line[stamp.start : stamp.end], stamp.updated
    ('Published: 3 May 2024, 14:05', False)
    >>> find_stamp("5 hours ago", "en") is None
    True
    """
    stamp = read_stamp(line, language)
    return stamp if stamp and stamp.stands() else None


def read_stamp(line: str, language: str | None) -> Stamp | None:
    """The date of publication in a short line, or the date of a change, whatever else it says."""
    if len(line) > _LONGEST or not _may_name_day(line):
        return None
    labels = list(_label().finditer(line))
    bounds = [0, *(match.start() for match in labels), len(line)]
    kinds = [False, *(match["updated"] is not None for match in labels)]
    found = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        value = read_day(line[start:end], language)
        if value:
            found.append((kinds[number], number == 0, start, end))
    if not found:
        return None
    updated, bare, start, end = min(found)
    words = sum(
        not is_month(word) and _label().fullmatch(word) is None for word in _WORD.findall(line)
    )
    changes = tuple((first, last) for change, _, first, last in found if change)
    return Stamp(start, end, updated, not bare, words, changes)


def may_say_change(line: str) -> bool:
    """Whether ``read_stamp`` may find the day of a change in a line.

    >>> may_say_change("Updated: 4 May 2024"), may_say_change("4 May 2024")
    (True, False)
    """
    return len(line) <= _LONGEST and _may_name_day(line) and holds_any(line, "updated")


def _may_name_day(line: str) -> bool:
    """Whether a line has what any day in it has: a year, perhaps in two figures.

    >>> _may_name_day("3 May 2024"), _may_name_day("15.10.24"), _may_name_day("9 out of 10")
    (True, True, False)
    """
    if line.isascii():
        return _FIGURES.search(line) is not None
    return any(map(str.isdigit, line)) and _FIGURES.search(settle(line)) is not None


def read_day(text: str, language: str | None) -> str | None:
    """The first date in a text that names a day, its year perhaps in two figures.

    >>> read_day("15.10.24 23:35", "no"), read_day("May 2024", "en")
    ('2024-10-15T23:35', None)
    """
    value = parse_date(_SHORT_YEAR.sub(r"\g<1>20\2", settle(text)), language)
    return value if value and len(value) >= len("2024-10-15") else None


def is_moment(line: str) -> bool:
    """Whether a short line says how long ago something was, or how long it takes to read.

    >>> is_moment("5 hours ago"), is_moment("4 min read"), is_moment("4 goals")
    (True, True, False)
    """
    if len(line) > 60 or not holds_any(line, *_MOMENT):
        return False
    return bool(_ago().search(line) or _reading().search(line))


def cut_moment(line: str) -> int | None:
    """Where a line begins to say when; ``None`` if it doesn't.

    >>> line = "Ada Moore 5 hours ago"
    >>> line[: cut_moment(line)]
    'Ada Moore '
    """
    patterns = (_ago(), _reading(), _label()) if holds_any(line, *_MOMENT) else ()
    starts = [match.start() for pattern in patterns if (match := pattern.search(line))]
    if match := _DIGIT.search(line):
        start = match.start()
        words = list(_WORD_END.finditer(line, 0, start))
        # The names of the month and the weekday before the figure.
        for word in reversed(words[-3:]):
            if line[word.end() : start].strip(" .,") or not (
                is_month(word[0]) or word[0].casefold() in lowered("on_day", "weekdays")
            ):
                break
            start = word.start()
        starts.append(start)
    return min(starts, default=None)


_DIGIT = regex.compile(r"\d")
_WORD_END = regex.compile(r"[\p{L}\p{M}]+")
