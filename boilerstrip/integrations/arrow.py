"""Arrow record batches, cleaned: the bridge to Spark, Ray, Hugging Face and others.

What comes out has the columns of ``schema.RESULT`` with the same types whatever the rows hold, and
behind them the batch's other columns, untouched. A row that can't be cleaned has an ``error``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from boilerstrip.batch.columns import Fields, take
from boilerstrip.batch.sinks import free_names
from boilerstrip.batch.sources import problem_of
from boilerstrip.batch.tables import to_batch
from boilerstrip.cleaner import Cleaner, shared_cleaner
from boilerstrip.errors import InputError
from boilerstrip.extras import needed
from boilerstrip.schema import RESULT, arrow, empty_row, to_row

if TYPE_CHECKING:
    import pyarrow as pa

Batch = TypeVar("Batch", bound="pa.RecordBatch | pa.Table")
_NAMES = frozenset(column.name for column in RESULT)


def clean_batch(
    batch: Batch,
    text: str | None = None,
    html: str | None = None,
    url: str | None = None,
    *,
    cleaner: Cleaner | None = None,
    record: str = "compact",
) -> Batch:
    """The articles of the rows of a batch or table, in order, and its other columns.

    ``text`` and ``html`` name the columns that hold a document, of which the result is made and
    which it doesn't have; with both, the text is taken of rows without HTML. ``url`` names that of
    the address. A column that has a name of a result's is put behind ``input_``. ``record`` is how
    much is told of what was removed: see ``schema.to_row``.

    Raises:
        InputError: if a column that was named isn't there, or ``pyarrow`` isn't installed.

    """
    pyarrow = needed("pyarrow", "arrow", "clean_batch()")
    named = [name for name in (html, text, url) if name is not None]
    if missing := [name for name in named if name not in batch.schema.names]:
        there = ", ".join(map(repr, batch.schema.names))
        raise InputError(f"no column {missing[0]!r}; there are: {there}.")
    if text is None and html is None:
        raise InputError("no column named that holds a document. Give text=... or html=...")
    cleaner, fields = cleaner or shared_cleaner(), Fields(text, html, url)
    columns = {name: batch.column(name) for name in named}
    rows = [_row(columns, at, fields, cleaner, record) for at in range(batch.num_rows)]
    cleaned = to_batch(rows, arrow(RESULT))
    others = {name: batch.column(name) for name in batch.schema.names if name not in (html, text)}
    free = free_names(others, _NAMES)
    kept = [batch.schema.field(old).with_name(new) for old, new in zip(others, free, strict=True)]
    schema = pyarrow.schema([*cleaned.schema, *kept])
    result: Batch = type(batch).from_arrays([*cleaned.columns, *free.values()], schema=schema)
    return result


def _row(
    columns: dict[str, Any], at: int, fields: Fields, cleaner: Cleaner, record: str
) -> dict[str, Any]:
    try:
        source, url, _ = take(
            {name: column[at].as_py() for name, column in columns.items()}, fields
        )
        return {"error": None, **to_row(cleaner.clean(source, url), record)}
    except Exception as error:  # noqa: BLE001 - one row must not end a job of millions
        return {"error": problem_of(error), **empty_row()}
