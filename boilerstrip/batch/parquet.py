"""Parquet, read a few rows at a time.

What comes in as Parquet and goes out as Parquet keeps its other columns as they are, types and all:
they go by on the side, as Arrow, and no process that cleans sees them.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from boilerstrip.batch.columns import addresses_in, articles_in
from boilerstrip.batch.containers import Record
from boilerstrip.batch.tables import value_at
from boilerstrip.errors import InputError
from boilerstrip.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    import pyarrow.parquet as pq

    from boilerstrip.batch.columns import Fields

Table = TypeVar("Table", bound="pa.RecordBatch | pa.Table")
MAGIC = b"PAR1"
# So many rows are read at once, or about so many bytes, but one row at the least.
_ROWS_READ = 32
_BYTES_READ = 1 << 20
_BUFFER = 1 << 18
_PURPOSE = "Parquet"


class Rest(NamedTuple):
    """What of a row goes by on the side: a batch of the columns that nobody cleans, and its row.

    ``size`` is about how many bytes the row has there.
    """

    batch: pa.RecordBatch
    at: int
    size: int


def read_parquet(
    name: str, file: Any, fields: Fields, *, typed: bool
) -> Iterator[tuple[Record, Rest | None, float]]:
    """The rows of an open Parquet file, each with the share of the file that is read after it.

    Where ``typed``, a record has only the columns that may be cleaned, and the others beside it.

    Raises:
        InputError: if the file is broken, or ``pyarrow`` isn't installed.

    """
    number = 0
    with _told(), _open(file) as opened:
        schema = opened.schema_arrow
        total = max(opened.metadata.num_rows, 1)
        wanted = {*_needed(schema, fields)} if typed else {*schema.names}
        dropped = _dropped(schema, fields)
        for batch in _batches(opened):
            rows = _to_rows(batch.select([one for one in schema.names if one in wanted]))
            rest = _without(batch, dropped)
            size = rest.nbytes // batch.num_rows
            for at, columns in enumerate(rows):
                number += 1
                record = Record(
                    f"{name}:{number}", "row", columns=columns, number=number, typed=typed
                )
                yield record, Rest(rest, at, size) if typed else None, number / total


def rest_schema(files: Iterable[tuple[str, Any]], fields: Fields) -> pa.Schema:
    """The columns of all open Parquet files, each with its name, that go by on the side.

    Raises:
        InputError: if a column has types that don't go together, naming it and the file.

    """
    pyarrow = needed("pyarrow", "arrow", _PURPOSE)
    whole = pyarrow.schema([])
    for name, file in files:
        with _told(), _open(file) as opened:
            schema = opened.schema_arrow
        schema = _without(schema.empty_table(), _dropped(schema, fields)).schema
        schema = pyarrow.schema([_plain_field(one) for one in schema])
        try:
            whole = pyarrow.unify_schemas([whole, schema], promote_options="permissive")
        except pyarrow.ArrowException as error:
            message = f"{name}: its columns don't go with those before it: {error}."
            raise InputError(f"{message} Clean it to a file of its own.") from error
    return whole


def _plain_field(field: pa.Field) -> pa.Field:
    """The field, where it is a dictionary as what the dictionary holds, and nullable."""
    pyarrow = needed("pyarrow", "arrow", _PURPOSE)
    kind = field.type
    plain = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
    return pyarrow.field(field.name, plain)


def _open(file: Any) -> pq.ParquetFile:
    parquet = needed("pyarrow.parquet", "arrow", _PURPOSE)
    # Arrow copies what Python reads for it, so a file of this machine it reads by itself.
    source = file.name if isinstance(file, io.FileIO) else file
    opened: pq.ParquetFile = parquet.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False)
    return opened


def _batches(opened: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    """The rows, some at a time: fewer where they are wide."""
    for number in range(opened.num_row_groups):
        group = opened.metadata.row_group(number)
        width = group.total_byte_size // max(group.num_rows, 1)
        rows = min(_ROWS_READ, _BYTES_READ // max(width, 1))
        yield from opened.iter_batches(max(rows, 1), row_groups=[number])


@contextmanager
def _told() -> Iterator[None]:
    """Meanwhile an error of Arrow is an ``InputError``."""
    pyarrow = needed("pyarrow", "arrow", _PURPOSE)
    try:
        yield
    except (pyarrow.ArrowException, ValueError) as error:
        first = str(error).partition("\n")[0].rstrip(".")
        raise InputError(f"not valid Parquet: {first}. Fetch the file again.") from error


def _needed(schema: pa.Schema, fields: Fields) -> list[str]:
    """The columns that may hold the article or its address."""
    columns = dict.fromkeys(schema.names, "")
    paths = [*articles_in(columns, fields), *addresses_in(columns, fields)]
    return [path if path in columns else path.split(".")[0] for path in paths]


def _dropped(schema: pa.Schema, fields: Fields) -> set[str]:
    """The columns that what is cleaned comes from: those that are named, or the first that may."""
    types = needed("pyarrow", "arrow", _PURPOSE).types
    paths = articles_in(dict.fromkeys(schema.names, ""), fields)
    if fields.html or fields.text:
        return {*paths}
    textual = (types.is_string, types.is_large_string, types.is_string_view, types.is_binary,
               types.is_large_binary, types.is_dictionary)  # fmt: skip
    return {
        *[path for path in paths if any(is_it(schema.field(path).type) for is_it in textual)][:1]
    }


def _without(table: Table, paths: set[str]) -> Table:
    """The table without what stands at these names or dotted paths."""
    left: Table = table.select([one for one in table.schema.names if one not in paths])
    for path in sorted(paths.difference(table.schema.names)):
        name, _, below = path.partition(".")
        at = left.schema.get_field_index(name)
        if below and at >= 0:
            column = _without_field(left.column(at), below)
            left = left.set_column(at, left.schema.field(at).with_type(column.type), column)
    return left


def _without_field(column: Any, path: str) -> Any:
    """The column of objects without their field at the path; any other column as it is."""
    pyarrow = needed("pyarrow", "arrow", _PURPOSE)
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if not pyarrow.types.is_struct(kind):
        return column
    name, _, below = path.partition(".")
    fields, columns = [], []
    for field in kind:
        inner = column.field(field.name)
        if field.name == name and not below:
            continue
        if field.name == name:
            inner = _without_field(inner, below)
        fields.append(field.with_type(inner.type))
        columns.append(inner)
    if not fields:
        return pyarrow.nulls(len(column))
    return pyarrow.StructArray.from_arrays(columns, fields=fields, mask=column.is_null())


def _to_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows as Python has them; moments and the like, which it has not all of, as text."""
    compute = needed("pyarrow.compute", "arrow", _PURPOSE)
    types = needed("pyarrow", "arrow", _PURPOSE).types
    columns = {
        name: compute.cast(column, "string") if types.is_temporal(column.type) else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
    for at in range(batch.num_rows):
        yield {name: value_at(column, at) for name, column in columns.items()}
