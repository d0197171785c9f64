"""Parquet, written a row group at a time.

The other columns of rows that came in as Parquet keep their types. Fields of JSON, CSV and WARC
have none; the first row group that is written tells them, and what doesn't fit later, or is a list
or an object, goes into one column as JSON.
"""

from __future__ import annotations

import base64
import os
import shutil
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from boilerstrip.batch.columns import free_names, to_json
from boilerstrip.batch.tables import to_batch
from boilerstrip.errors import InputError
from boilerstrip.extras import needed
from boilerstrip.schema import COLUMNS, NAMES, arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa
    import pyarrow.parquet as pq

    from boilerstrip.batch.parquet import Rest
    from boilerstrip.batch.sinks import Output
    from boilerstrip.batch.sources import Task

# The column for fields of records that have no column of their own, as JSON.
OTHER = "other_fields"
# So many rows make a row group, or so many characters.
ROW_GROUP = 1000
_CHARACTERS = 1 << 23
_GREATEST = 1 << 63
_PURPOSE = "Parquet"


class ParquetSink:
    """Writes one Parquet file, a row group at a time.

    Each row group is first a part of its own in a hidden folder beside the file; at the end they
    are joined, and the file takes its place at once. ``rest`` are the columns that come in on the
    side; ``loose`` says that there may be others. With ``keep`` the parts stay where the run is cut
    short, and ``at``, where such a one got to, goes on with them.
    """

    def __init__(
        self,
        path: Path,
        rest: pa.Schema | None = None,
        *,
        loose: bool = True,
        keep: bool = False,
        at: Mapping[str, Any] | None = None,
    ) -> None:
        self._pa = needed("pyarrow", "arrow", _PURPOSE)
        self._parquet = needed("pyarrow.parquet", "arrow", _PURPOSE)
        self._path = path
        self._keep = keep
        self._rest = rest if rest is not None else self._pa.schema([])
        self._loose = loose
        self._rows: list[Mapping[str, Any]] = []
        self._beside: list[Rest | None] = []
        self._characters = 0
        self._schema: pa.Schema | None = None
        end = "parts" if keep else f"{os.getpid()}.parts"
        self._folder = path.with_name(f".{path.name}.{end}")
        self._parts = 0
        if at is not None:
            self._go_on(at["parts"])
        else:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)

    def turn(self, task: Task) -> None:
        """Nothing: all goes there."""

    def write(self, task: Task, output: Output, title: str | None = None) -> None:  # noqa: ARG002
        """Take one row, and what of it came in on the side."""
        row = cast("Mapping[str, Any]", output)
        self._rows.append(row)
        self._beside.append(task.rest)
        self._characters += _weight(row, task.rest)
        if len(self._rows) >= ROW_GROUP or self._characters >= _CHARACTERS:
            self._flush()

    def mark(self) -> dict[str, Any] | None:
        """How far the file is on the disk, ``None`` while a row is not."""
        return None if self._rows else {"parts": self._parts}

    def close(self, *, complete: bool) -> None:
        """Join the parts, or leave them, if they are to be kept."""
        try:
            if self._rows and (complete or self._keep):
                self._flush()
            if complete:
                self._join()
        finally:
            if complete or not self._keep or not self._parts:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _part(self, number: int) -> Path:
        return self._folder / f"{number:08}.parquet"

    def _go_on(self, parts: int) -> None:
        """Have the parts that a run was sure of, and no others."""
        if self._path.exists():  # they were joined, but nobody was told
            self._folder.mkdir(exist_ok=True)
            joined = self._parquet.ParquetFile(self._path)
            self._schema = self._schema_in(joined)
            for number in range(parts):
                self._save(joined.read_row_group(number), number)
            self._path.unlink()
        there = sorted(self._folder.glob("*")) if self._folder.exists() else []
        for path in there:
            if path not in {self._part(number) for number in range(parts)}:
                path.unlink()
        if any(not self._part(number).exists() for number in range(parts)):
            message = f"{self._folder}: parts are missing, so the run can't be continued."
            raise InputError(f"{message} Add --overwrite instead of --resume to start anew.")
        self._parts = parts
        if parts:
            self._schema = self._schema_in(self._parquet.ParquetFile(self._part(0)))

    def _flush(self) -> None:
        self._schema = self._schema or self._tell_schema()
        self._save(self._table(self._schema), self._parts)
        self._parts += 1
        self._rows, self._beside, self._characters = [], [], 0

    def _save(self, table: pa.Table, number: int) -> None:
        draft = self._folder / "draft"
        self._write(draft, [table])
        draft.replace(self._part(number))

    def _join(self) -> None:
        self._schema = self._schema or self._tell_schema()
        draft = self._folder / "draft"
        self._write(draft, map(self._read, range(self._parts)))
        with suppress(OSError):
            draft.chmod(self._path.stat().st_mode & 0o7777)
        draft.replace(self._path)

    def _write(self, path: Path, tables: Iterable[pa.Table]) -> None:
        """Write the tables, each as a row group."""
        with self._parquet.ParquetWriter(path, self._schema, compression="zstd") as writer:
            for table in tables:
                writer.write_table(table, row_group_size=max(table.num_rows, 1))

    def _read(self, number: int) -> pa.Table:
        with self._parquet.ParquetFile(self._part(number)) as part:
            return part.read(use_threads=False)  # each thread would hold memory of its own

    def _schema_in(self, file: pq.ParquetFile) -> pa.Schema:
        """The schema that the file was written with: what is read has other names in its lists."""
        stored = base64.b64decode(file.metadata.metadata[b"ARROW:schema"])
        return self._pa.ipc.read_schema(self._pa.py_buffer(stored))

    def _tell_schema(self) -> pa.Schema:
        """The columns of a row, of what comes in on the side, and of the fields at hand."""
        beside = _under_free_names(self._rest, self._pa)
        if not self._loose:
            return self._pa.schema([*arrow(COLUMNS), *beside])
        kinds: dict[str, str] = {}
        for row in self._rows:
            for name, value in row.items():
                if name not in NAMES and (kind := _kind(value)):
                    known = kinds.setdefault(name, kind)
                    kinds[name] = "float64" if {known, kind} == {"int64", "float64"} else known
        new = {name: kind for name, kind in kinds.items() if name not in {*beside.names, OTHER}}
        types = {"string": self._pa.string(), "int64": self._pa.int64(),
                 "float64": self._pa.float64(), "bool": self._pa.bool_()}  # fmt: skip
        found = [(name, types[kind]) for name, kind in new.items()]
        return self._pa.schema([*arrow(COLUMNS), *beside, *found, (OTHER, self._pa.string())])

    def _table(self, schema: pa.Schema) -> pa.Table:
        names = [*NAMES]
        rows = [{name: row[name] for name in names} for row in self._rows]
        columns = dict(zip(names, to_batch(rows, arrow(COLUMNS)).columns, strict=True))
        beside = self._beside_table()
        columns.update(zip(beside.schema.names, beside.columns, strict=True))
        loose = self._pa.schema([field for field in schema if field.name not in columns])
        fields = [_fields_of(row, loose) for row in self._rows]
        columns.update(zip(loose.names, to_batch(fields, loose).columns, strict=True))
        return self._pa.table([columns[name] for name in schema.names], schema=schema)

    def _beside_table(self) -> pa.Table:
        """What came in on the side, a row each; nulls where nothing did."""
        whole = _under_free_names(self._rest, self._pa)
        names = dict(zip(self._rest.names, whole.names, strict=True))
        pieces = [self._pa.table([[]] * len(whole), names=whole.names).cast(whole)]
        for _, run in groupby(self._beside, lambda one: None if one is None else id(one.batch)):
            several = list(run)
            piece = _slice(several, names, self._pa)
            missing = [one for one in whole if one.name not in piece.schema.names]
            for field in missing:
                piece = piece.append_column(field, self._pa.nulls(len(several), field.type))
            pieces.append(piece.select(whole.names).cast(whole))
        return self._pa.concat_tables(pieces)


def _weight(row: Mapping[str, Any], rest: Rest | None) -> int:
    """About how many characters a row has."""
    characters = sum(len(value) for value in row.values() if isinstance(value, str))
    characters += sum(len(one["text"]) for one in row["removed"] or ())
    return characters + (rest.size if rest is not None else 0)


def _under_free_names(schema: pa.Schema, pyarrow: Any) -> pa.Schema:
    free = free_names(dict.fromkeys(schema.names))
    return pyarrow.schema([f.with_name(new) for f, new in zip(schema, free, strict=True)])


def _slice(several: Sequence[Rest | None], names: Mapping[str, str], pyarrow: Any) -> pa.Table:
    first = several[0]
    if first is None:
        # A table without columns has no rows: one is made, and left out again later.
        return pyarrow.table({"": pyarrow.nulls(len(several))})
    rows = [one.at for one in several if one is not None]
    batch = first.batch.take(pyarrow.array(rows))
    table = pyarrow.table(batch.columns, names=[names[name] for name in batch.schema.names])
    return table if table.num_columns else pyarrow.table({"": pyarrow.nulls(len(several))})


def _fields_of(row: Mapping[str, Any], schema: pa.Schema) -> dict[str, Any]:
    """The other fields of a row, each in its column, and those that don't fit one as JSON."""
    fitting: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for name, value in row.items():
        if name in NAMES or value is None:
            continue
        column = str(schema.field(name).type) if name in schema.names and name != OTHER else None
        kind = "double" if column == "double" and _is_exact(value) else _kind(value)
        fits = kind is not None and column == kind.replace("float64", "double")
        (fitting if fits else left)[name] = value
    return {**fitting, **({OTHER: to_json(left)} if left else {})}


def _kind(value: object) -> str | None:
    """The type of a column that holds the value, ``None`` if it is of no such type."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int64" if -_GREATEST <= value < _GREATEST else None
    if isinstance(value, float):
        return "float64"
    return "string" if isinstance(value, str) else None


def _is_exact(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and int(float(value)) == value
