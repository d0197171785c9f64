"""Where a run's output goes, in which format, and what is there of an earlier run."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerstrip.batch.journal import Journal
from boilerstrip.batch.naming import ROWS, SUFFIXES, name_targets, refuse_overwriting
from boilerstrip.batch.parquet_sink import ParquetSink
from boilerstrip.batch.remote import refuse_elsewhere
from boilerstrip.batch.sinks import FileSink, FolderSink, Sink, StreamSink
from boilerstrip.batch.sources import (
    DOCUMENTS,
    Input,
    look_into,
)
from boilerstrip.cli.run import unwritable
from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from boilerstrip.batch.columns import Fields

_FORMATS = {suffix: name for name, suffix in SUFFIXES.items()}
_PACKED = (".gz", ".zst")


def refuse_addresses(*outs: str | None) -> None:
    """Nothing, if all is to be written on this machine.

    Raises:
        click.UsageError: naming what isn't.

    """
    try:
        for out in outs:
            refuse_elsewhere(out)
    except InputError as error:
        raise click.UsageError(str(error)) from error


def is_folder_out(out: str) -> bool:
    """Whether what OUT names is a folder, or is to be one."""
    if out == "-":
        return False
    if os.path.lexists(out):
        return os.path.isdir(out)  # noqa: PTH112 - Path's raises for a name that is too long
    return out.endswith(("/", os.sep)) or not Path(out).suffix


def default_format(out: str, inputs: list[Input], fields: Fields, *, is_folder: bool) -> str:
    """The format where none is asked for: by OUT's suffix, or by what there is to read."""
    if is_folder or (os.path.exists(out) and not os.path.isfile(out)):  # noqa: PTH110, PTH113
        return "text"
    if out == "-":
        seen = look_into(inputs[0], fields)
        return "text" if len(inputs) == 1 and (not seen or _is_document(seen.kind)) else "jsonl"
    suffix = Path(_unpacked(out)).suffix
    if suffix not in _FORMATS:
        message = f"{out}: the format can't be told from {suffix!r}. Give --format, or end the name"
        raise click.UsageError(f"{message} in {', '.join(_FORMATS)}.")
    return _FORMATS[suffix]


def _is_document(kind: str) -> bool:
    return kind in (*DOCUMENTS, "refused", "passed")


def _unpacked(out: str) -> str:
    for suffix in _PACKED:
        out = out.removesuffix(suffix)
    return out


class Place:
    """Where a run's output goes, and what is there of an earlier one."""

    def __init__(
        self, out: str, output_format: str, *, is_folder: bool, resume: bool, overwrite: bool
    ) -> None:
        self.out = out
        self.path = Path(out)
        self.format = output_format
        self.is_folder = is_folder
        self.resume = resume
        self.overwrite = overwrite
        if resume and overwrite:
            raise click.UsageError(
                "--resume goes on with OUT and --overwrite replaces it. Choose one."
            )
        hidden = ".resume" if is_folder else f".{self.path.name}.resume"
        self._journal = self.path / hidden if is_folder else self.path.with_name(hidden)
        self._lasting = out != "-" and (is_folder or not self._is_special())
        if resume and not self._lasting:
            raise click.UsageError(f"{out}: can't be gone on with. Give --resume a file or folder.")

    def is_begun(self) -> bool:
        """Whether there is a run to go on with.

        Raises:
            click.UsageError: if there is one, and nothing is said of it.

        """
        if not self._lasting or not os.path.lexists(self._journal):
            return False
        if not (self.resume or self.overwrite):
            message = f"{self.out}: a run to it was cut short. Add --resume to go on with it,"
            raise click.UsageError(f"{message} or --overwrite to start anew.")
        return self.resume

    def is_done(self) -> bool:
        """Whether a run that is to be gone on with came to its end."""
        return self.resume and not self.is_begun() and self._is_there()

    def open_journal(self, head: Mapping[str, Any]) -> Journal | None:
        """The journal, ``None`` for what can't be gone on with."""
        rewritten = self._lasting and self.overwrite
        if rewritten:
            self._clear()
        growing = self.is_folder or self.format in ROWS or self.resume
        if not self._lasting or not growing or (rewritten and self._is_there()):
            return None
        return Journal(self._journal, head)

    def _is_there(self) -> bool:
        if not self.is_folder:
            return os.path.lexists(self.path)
        return self.path.is_dir() and any(self.path.iterdir())

    def _is_special(self) -> bool:
        return self.path.exists() and not self.path.is_file()

    def _clear(self) -> None:
        """Take away what an earlier run left to be gone on with."""
        self._journal.unlink(missing_ok=True)
        if self.is_folder:
            for parts in self.path.glob("**/.*.parquet.parts"):
                shutil.rmtree(parts, ignore_errors=True)
        else:
            self.path.with_name(f".{self.path.name}.part").unlink(missing_ok=True)
            parts = self.path.with_name(f".{self.path.name}.parts")
            shutil.rmtree(parts, ignore_errors=True)


def find_targets(
    place: Place, inputs: list[Input], *, dry_run: bool
) -> tuple[dict[Input, Path], list[Input]]:
    """The files of a folder that are known beforehand, and the inputs to be read."""
    out = place.out
    if out == "-":
        return {}, inputs
    folder = place.is_folder
    targets, notes = name_targets(inputs, Path(out), place.format) if folder else ({}, [])
    try:
        paths = targets.values() if folder else [Path(out)]
        replaced = place.overwrite or place.is_begun()
        refuse_overwriting(paths, inputs, overwrite=replaced)
        if folder and not dry_run:
            Path(out).mkdir(parents=True, exist_ok=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise unwritable(out, error) from error
    for note in notes:
        click.echo(note, err=True)
    return targets, list(dict.fromkeys(inputs)) if folder else inputs


def open_sink(
    place: Place,
    targets: Mapping[Input, Path],
    rest: pa.Schema | None,
    journal: Journal | None,
    *,
    loose: bool,
    apart: bool,
) -> Sink:
    """What takes the results, gone on with where the journal says so."""
    if place.out == "-":
        if sys.stdout is None:
            raise click.ClickException("standard output is closed. Open it, or give -o OUT.")
        return StreamSink(sys.stdout.buffer, place.format)
    keep = journal is not None

    def open_file(path: Path, at: Mapping[str, Any] | None) -> Sink:
        if place.format == "parquet":
            return ParquetSink(path, rest, loose=loose, keep=keep, at=at)
        return FileSink(path, place.format, keep=keep and not place.is_folder, at=at)

    begun = journal is not None and journal.begun
    if place.is_folder:
        at = journal.mark if journal is not None else None
        if begun and at is None:
            at = {"file": os.curdir, "inner": {}, "open": None}
        return FolderSink(place.path, targets, place.format, apart=apart,
                          overwrite=place.overwrite, open_file=open_file, at=at)  # fmt: skip
    nothing = {"size": 0, "begun": False, "parts": 0} if begun and place.path.exists() else None
    return open_file(place.path, journal.mark if journal is not None and journal.mark else nothing)
