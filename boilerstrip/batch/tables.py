"""Rows as Arrow has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.extras import needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa


def to_batch(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    r"""The rows as a batch of this schema; lone surrogates, which Arrow can't hold, are U+FFFD.

    >>> from boilerstrip.schema import COLUMNS, arrow
    >>> to_batch([{"input": "\ud800"}], arrow(COLUMNS[:1])).to_pylist()
    [{'input': '\ufffd'}]
    """
    make = needed("pyarrow", "arrow", "Arrow").RecordBatch.from_pylist
    try:
        return make(rows, schema=schema)
    except UnicodeEncodeError:
        return make([_encodable(row) for row in rows], schema=schema)


def value_at(column: pa.Array | pa.ChunkedArray, at: int) -> Any:
    """The value in a row as Python has it; bytes, where it should be text and isn't UTF-8."""
    try:
        return column[at].as_py()
    except UnicodeDecodeError:
        return bytes(column[at].as_buffer())


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {name: _encodable(item) for name, item in value.items()}
    return [_encodable(item) for item in value] if isinstance(value, list) else value
