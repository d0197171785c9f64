"""When a metadata field counts as right."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from boilerstrip.evaluation.gold import FIELDS
from boilerstrip.evaluation.measures import Overlap, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.systems import Extraction

_BETWEEN_NAMES = re.compile(r"[,;&]|\s+and\s+")


def compare_fields(found: Extraction, page: GoldPage) -> tuple[dict[str, bool], dict[str, bool]]:
    """For each field, whether it is right: where the gold has a value, and where one is given.

    Fields that the gold doesn't know are in neither. Where the gold knows that there is nothing,
    a value that is given is wrong.

    >>> from boilerstrip.evaluation import Extraction, GoldPage
    >>> page = GoldPage("1", "", title="Rain", known=frozenset({"title", "date"}))
    >>> compare_fields(Extraction("", title="Sun", date="2025-11-03"), page)
    ({'title': False}, {'title': False, 'date': False})
    """
    right = {name: _is_right(name, found, page) for name in FIELDS if page.knows(name)}
    told = {name: value for name, value in right.items() if getattr(page, name) is not None}
    given = {name: value for name, value in right.items() if getattr(found, name)}
    return told, given


def _is_right(name: str, found: Extraction, page: GoldPage) -> bool:
    value, gold = getattr(found, name), getattr(page, name)
    if not gold:
        return not value
    if name == "authors":
        return names(value) == names(gold)
    same = {"date": same_day, "outlet": same_outlet}.get(name, same_text)
    return same(value, gold)


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
