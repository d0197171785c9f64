"""A Spark DataFrame, cleaned where its partitions are: the way past one machine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from boilerstrip.batch.columns import Fields, free_names
from boilerstrip.batch.rows import named
from boilerstrip.integrations.arrow import clean_batch
from boilerstrip.schema import RESULT, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame

    from boilerstrip.cleaner import Cleaner

_KINDS = {"string": "STRING", "int64": "BIGINT", "float64": "DOUBLE"}
_NAMES = frozenset(column.name for column in RESULT)


def ddl(columns: Iterable[Column] = RESULT) -> str:
    """The columns in Spark's notation.

    >>> ddl(RESULT[:3])
    '`error` STRING, `title` STRING, `authors` ARRAY<STRING>'
    """
    return ", ".join(f"`{column.name}` {_type(column)}" for column in columns)


def _type(column: Column) -> str:
    inner = ", ".join(f"`{one.name}`: {_type(one)}" for one in column.fields)
    kind = f"STRUCT<{inner}>" if column.fields else _KINDS[column.kind]
    return f"ARRAY<{kind}>" if column.many else kind


def clean_frame(
    frame: DataFrame,
    text: str | None = None,
    html: str | None = None,
    url: str | None = None,
    *,
    cleaner: Cleaner | None = None,
    record: str = "compact",
) -> DataFrame:
    """The articles of a frame's rows beside its other columns, as ``clean_batch`` gives them."""
    named(Fields(text, html, url), frame.columns)
    kept = {one.name: one.dataType.simpleString() for one in frame.schema}
    others = free_names({n: kind for n, kind in kept.items() if n not in (text, html)}, _NAMES)
    schema = ", ".join([ddl(), *(f"`{name}` {kind}" for name, kind in others.items())])
    clean = partial(clean_batch, text=text, html=html, url=url, cleaner=cleaner, record=record)
    return frame.mapInArrow(partial(_each, clean), schema)


def _each(clean: partial[Any], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return map(clean, batches)
