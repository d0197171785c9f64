"""Rows of a table, cleaned: what every engine's bridge is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.batch.columns import NAME_IT, take
from boilerstrip.batch.sources import problem_of
from boilerstrip.cleaner import shared_cleaner
from boilerstrip.errors import InputError
from boilerstrip.schema import empty_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boilerstrip.batch.columns import Fields
    from boilerstrip.cleaner import Cleaner

_GIVE = "Give text or HTML."


def named(fields: Fields, columns: Iterable[str]) -> list[str]:
    """The columns that ``fields`` name, of those that there are.

    Raises:
        InputError: if one is not there, or if none holds a document.

    """
    there = list(map(str, columns))
    names = [name for name in (fields.html, fields.text, fields.url) if name is not None]
    if fields.text is None and fields.html is None:
        raise InputError("no column named that holds a document. Give text=... or html=...")
    for name in names:
        if name not in there:
            raise InputError(f"no column {name!r}; there are: {', '.join(map(repr, there))}.")
    return names


def clean_row(
    values: dict[str, Any], fields: Fields, cleaner: Cleaner | None = None, record: str = "compact"
) -> dict[str, Any]:
    """The columns of ``schema.RESULT`` for a row; what goes wrong is its ``error``.

    >>> from boilerstrip.batch.columns import Fields
    >>> clean_row({"t": "It rained."}, Fields(text="t"))["body"]
    'It rained.'
    >>> clean_row({"t": None}, Fields(text="t"))["error"]
    "the field 't' is no text but null. Give text or HTML."
    """
    try:
        source, url, _ = take(dict(values), fields)
    except Exception as error:  # noqa: BLE001 - as below
        return {"error": problem_of(error).replace(NAME_IT, _GIVE), **empty_row()}
    return result_of(source, url, cleaner or shared_cleaner(), record)


def result_of(source: Any, url: str | None, cleaner: Cleaner, record: str) -> dict[str, Any]:
    """The columns of ``schema.RESULT`` for a source; what goes wrong is its ``error``."""
    try:
        return {"error": None, **to_row(cleaner.clean(source, url), record)}
    except Exception as error:  # noqa: BLE001 - one row must not end a job of millions
        return {"error": problem_of(error), **empty_row()}


def kind_of(row: dict[str, Any]) -> str:
    """What became of a row's document: ``cleaned``, ``empty`` or ``failed``."""
    return "failed" if row["error"] else "cleaned" if row["body"] else "empty"
