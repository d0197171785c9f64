"""The metadata fields of an article, declared once: all that lists the fields reads them here.

A new field is a line of ``Metadata`` and a module of its name beside this one, which says where
its value is read from.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DAY = r"\d{4}(-\d\d(-\d\d)?)?"
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d)?"


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata field: its name, what it says, and how its value is written and shown.

    ``many`` is for a tuple of strings, ``pattern`` a regular expression for the string. A field
    that is ``part_of`` another is read from that one's value, and not shown beside it; ``scored``
    says whether gold data has it.
    """

    name: str
    about: str
    many: bool = False
    pattern: str | None = None
    part_of: str | None = None
    scored: bool = False


def _one(about: str, **more: Any) -> Any:
    """A field with one value, ``None`` where the source gives none; more is said as of a Field."""
    return field(default=None, metadata={"about": about, **more})


def _many(about: str, **more: Any) -> Any:
    """A field with any number of values."""
    return field(default=(), metadata={"about": about, "many": True, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source gives of each field, in the order of the columns of a record."""

    title: str | None = _one("The headline.", scored=True)
    authors: tuple[str, ...] = _many("Their names.", scored=True)
    author_bio: str | None = _one("What the page says of the author.", scored=True)
    outlet: str | None = _one("The publication's name.", scored=True)
    date: str | None = _one(
        "The day of publication: YYYY-MM-DD, or YYYY-MM or YYYY where the source says no more.",
        pattern=f"^{_DAY}$",
        scored=True,
    )
    published: str | None = _one(
        "The moment of publication, where the source gives a time of day: YYYY-MM-DDThh:mm or with"
        " seconds, and the offset from UTC where the source gives one.",
        pattern=f"^{_MOMENT}$",
        part_of="date",
    )
    modified: str | None = _one(
        "The day of the last change, or the moment where the source gives a time of day: written as"
        " `date` and `published` are.",
        pattern=f"^({_DAY}|{_MOMENT})$",
    )
    description: str | None = _one("The standfirst or summary.")
    language: str | None = _one("The language's code, as the page states it or as it is detected.")
    url: str | None = _one("The page's address.")


FIELDS = tuple(Field(item.name, **item.metadata) for item in fields(Metadata))
SHOWN = tuple(item for item in FIELDS if not item.part_of)


def told(
    values: Metadata, sources: Mapping[str, str]
) -> Iterator[tuple[str, list[str], str | None]]:
    """Name, values and source of each field that is shown, also of those without a value.

    >>> list(told(Metadata(title="Rain", authors=("A", "B")), {"title": "json-ld"}))[:2]
    [('title', ['Rain'], 'json-ld'), ('authors', ['A', 'B'], None)]
    """
    for item in SHOWN:
        value = getattr(values, item.name)
        each = list(value) if item.many else [value] if value else []
        yield item.name, each, sources.get(item.name)
