"""When a metadata field counts as right."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from boilerstrip.evaluation.measures import Overlap, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.systems import Extraction

FIELDS = ("title", "authors", "date", "outlet", "author_bio")
"""The fields that are compared, in the order of the tables."""

_BETWEEN_NAMES = re.compile(r"[,;&]|\s+and\s+")


def compare_fields(found: Extraction, page: GoldPage) -> dict[str, bool]:
    """For each field that the gold gives, whether the extraction has it right."""
    verdicts: dict[str, bool] = {}
    if page.title is not None:
        verdicts["title"] = same_text(found.title, page.title)
    if page.authors is not None:
        verdicts["authors"] = names(found.authors) == names(page.authors)
    if page.date is not None:
        verdicts["date"] = same_day(found.date, page.date)
    if page.outlet is not None:
        verdicts["outlet"] = same_outlet(found.outlet, page.outlet)
    if page.author_bio is not None:
        verdicts["author_bio"] = same_text(found.author_bio, page.author_bio)
    return verdicts


def given_fields(found: Extraction) -> tuple[str, ...]:
    """The fields for which the extraction gives a value, right or wrong."""
    return tuple(name for name in FIELDS if getattr(found, name))


def same_text(found: str | None, gold: str) -> bool:
    """Whether both are the same but for case, punctuation and compatibility characters.

    >>> same_text("Rain, at last!", "“Rain at last”"), same_text(None, "Rain")
    (True, False)
    """
    return found is not None and fold(found) == fold(gold)


def names(values: Iterable[str]) -> frozenset[str]:
    """The folded names; a value can hold several, parted by a comma, semicolon, & or "and".

    >>> sorted(names(["Ada Moss, Bo Lind and Cy Ode"]))
    ['ada moss', 'bo lind', 'cy ode']
    """
    parts = (part for value in values for part in _BETWEEN_NAMES.split(value))
    return frozenset(filter(None, map(fold, parts)))


def compare_names(found: Iterable[str], gold: Iterable[str]) -> Overlap:
    """The overlap of two sets of names.

    >>> compare_names(["Ada Moss"], ["ada moss & Bo Lind"])
    Overlap(common=1, found=1, gold=2)
    """
    first, second = names(found), names(gold)
    return Overlap(len(first & second), len(first), len(second))


def same_day(found: str | None, gold: str) -> bool:
    """Whether both ISO dates name the same day, or the same moment in two time zones.

    Where the gold knows only the month or the year, that is what is compared.

    >>> same_day("2025-11-03T09:10:00Z", "2025-11-03"), same_day("2025-11-03", "2025-11")
    (True, True)
    >>> same_day("2025-11-03T23:30:00Z", "2025-11-04 00:30:00+01:00")
    True
    >>> same_day("2025-11-03", "2025-11-04"), same_day("yesterday", "2025-11-04")
    (False, False)
    """
    if not found:
        return False
    day = gold[:10]
    if found[: len(day)] == day:
        return True
    first, second = _moment(found), _moment(gold)
    return first is not None and first == second


def _moment(date: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def same_outlet(found: str | None, gold: str) -> bool:
    """Whether one name is the other or holds it, spaces and punctuation aside.

    >>> same_outlet("The Island Post, Ferry Town", "IslandPost"), same_outlet("", "IslandPost")
    (True, False)
    """
    first, second = (fold(name or "").replace(" ", "") for name in (found, gold))
    return bool(first and second) and (first in second or second in first)
