"""Arrow record batches, cleaned: the bridge to Spark, Ray, Hugging Face and others.

What comes out has the columns of ``schema.RESULT`` with the same types whatever the rows hold, and
behind them the batch's other columns, untouched. A row that can't be cleaned has an ``error``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from boilerstrip.batch.columns import Fields, free_names
from boilerstrip.batch.rows import clean_row, named
from boilerstrip.batch.tables import to_batch, value_at
from boilerstrip.extras import needed
from boilerstrip.schema import RESULT, arrow

if TYPE_CHECKING:
    import pyarrow as pa

    from boilerstrip.cleaner import Cleaner

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
    fields = Fields(text, html, url)
    how = fields, cleaner, record
    columns = {name: batch.column(name) for name in named(fields, batch.schema.names)}
    rows = [
        clean_row({name: value_at(one, at) for name, one in columns.items()}, *how)
        for at in range(batch.num_rows)
    ]
    cleaned = to_batch(rows, arrow(RESULT))
    others = {name: batch.column(name) for name in batch.schema.names if name not in (html, text)}
    free = free_names(others, _NAMES)
    kept = [batch.schema.field(old).with_name(new) for old, new in zip(others, free, strict=True)]
    schema = pyarrow.schema([*cleaned.schema, *kept])
    result: Batch = type(batch).from_arrays([*cleaned.columns, *free.values()], schema=schema)
    return result
