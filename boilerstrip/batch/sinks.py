"""Where results go: a stream, a file, or a folder with one file for each input."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.schema import NAMES, empty_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from boilerstrip.article import Article
    from boilerstrip.batch.sources import Input

SUFFIXES = {"text": ".txt", "markdown": ".md", "jsonl": ".jsonl"}
# What stands between two documents in one file.
_BETWEEN = {"text": "\n", "markdown": "\n---\n\n", "jsonl": ""}
_ROW = frozenset(NAMES)


class OutputError(BoilerstripError):
    """A result that can't be written; later ones may still be."""


class Sink(Protocol):
    """Takes the rendered results, in order."""

    def write(self, item: Input, output: str) -> None:
        """Write one document of the input.

        Raises:
            OutputError: if this one can't be written.
            OSError: if nothing more can be written.

        """

    def close(self) -> None:
        """Finish what was written; to be called whatever happened."""


def render(
    name: str,
    article: Article,
    given: Mapping[str, Any],
    output_format: str,
    record: str = "compact",
) -> str:
    r"""The article in the format; ``given`` holds the other fields of its record.

    ``record`` is how much a row of JSON Lines says of what was removed: see ``schema.to_row``.

    >>> import boilerstrip
    >>> render("a.txt", boilerstrip.clean("It rained."), {}, "text")
    'It rained.\n'
    """
    if output_format == "jsonl":
        row = {"input": name, "error": None, **to_row(article, record)}
        return to_line({**row, **free_names(given)})
    if output_format == "markdown":
        return article.to_markdown()
    return article.body + "\n" if article.body else ""


def error_row(name: str, problem: str, given: Mapping[str, Any]) -> str:
    """The row of JSON Lines of a document that could not be cleaned."""
    return to_line({"input": name, "error": problem, **empty_row(), **free_names(given)})


def free_names(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record under names that a row does not use itself.

    >>> free_names({"id": 7, "title": "a", "input_title": "b"})
    {'id': 7, 'input_input_title': 'a', 'input_title': 'b'}
    """
    taken = {*_ROW, *given}
    free: dict[str, Any] = {}
    for name, value in given.items():
        new = name
        while new in _ROW or (new != name and new in taken):
            new = f"input_{new}"
        taken.add(new)
        free[new] = value
    return free


def to_line(row: Mapping[str, Any]) -> str:
    r"""The row as a line of JSON; where it has a lone surrogate, all but ASCII is escaped.

    >>> to_line({"word": "é"}), to_line({"word": "\ud800"})
    ('{"word": "é"}\n', '{"word": "\\ud800"}\n')
    """
    line = json.dumps(row, ensure_ascii=False) + "\n"
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(row) + "\n"
    return line


class StreamSink:
    """Writes to an open stream, each document at once; a lone surrogate becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, output_format: str) -> None:
        self._stream = stream
        self._between = _BETWEEN[output_format]
        self.written = 0

    def write(self, item: Input, output: str) -> None:  # noqa: ARG002 - one stream for all inputs
        """Write one document."""
        text = self._between + output if self.written else output
        self.written += 1
        self._stream.write(to_bytes(text))
        self._stream.flush()

    def close(self) -> None:
        """Leave the stream as it is: it was open before."""


class FileSink:
    """Writes one file.

    JSON Lines grow row by row. Other formats are written beside and take the file's place at the
    end, so that no half-written document ever has its name; if none was written, it stays.
    """

    def __init__(self, path: Path, output_format: str) -> None:
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        direct = output_format == "jsonl" or (path.exists() and not path.is_file())
        self._path = path
        self._draft = None if direct else path.with_name(f".boilerstrip-{os.getpid()}.part")
        self._stream = _create(self._draft or path, packed=path.suffix == ".gz")
        self._sink = StreamSink(self._stream, output_format)

    def write(self, item: Input, output: str) -> None:
        """Write one document."""
        self._sink.write(item, output)

    def close(self) -> None:
        """Finish the file."""
        try:
            self._stream.close()
            if self._draft and self._sink.written:
                if self._path.exists():
                    shutil.copymode(self._path, self._draft)
                self._draft.replace(self._path)
        finally:
            if self._draft:
                self._draft.unlink(missing_ok=True)


class FolderSink:
    """Writes one file for each input, at the path that ``targets`` has for it."""

    def __init__(self, targets: Mapping[Input, Path], output_format: str) -> None:
        self._targets = targets
        self._format = output_format
        self._input: Input | None = None
        self._file: FileSink | None = None

    def write(self, item: Input, output: str) -> None:
        """Write one document of the input to the input's file; one that has none is passed over."""
        if item not in self._targets:
            return
        try:
            if item != self._input:
                self.close()
        finally:
            self._append(item, output)

    def _append(self, item: Input, output: str) -> None:
        try:
            if self._file is None:
                self._input, self._file = item, FileSink(self._targets[item], self._format)
            self._file.write(item, output)
        except OSError as error:
            raise _output_error(self._targets[item], error) from error

    def close(self) -> None:
        """Finish the last file."""
        file, self._file = self._file, None
        if file is not None and self._input is not None:
            try:
                file.close()
            except OSError as error:
                raise _output_error(self._targets[self._input], error) from error


def name_targets(
    inputs: Iterable[Input], folder: Path, output_format: str
) -> tuple[dict[Input, Path], list[str]]:
    """The file in ``folder`` for each input, and a note for each that had to give way to another.

    ``a/b.html`` goes to ``a/b.txt``; a second input that would go there goes to ``a/b.html.txt``
    or, if that is taken too, to ``a/b-2.txt``.
    """
    suffix = SUFFIXES[output_format]
    targets: dict[Input, Path] = {}
    owners: dict[str, Input] = {}
    notes: list[str] = []
    for item in inputs:
        if item in targets or item.problem is not None:
            continue
        path = next(p for p in _candidates(item, suffix) if os.path.normcase(p) not in owners)
        wanted = next(_candidates(item, suffix))
        if path != wanted:
            owner = owners[os.path.normcase(wanted)].name
            notes.append(f"{item.name}: goes to {folder / path}, as {owner} has {folder / wanted}.")
        targets[item] = folder / path
        owners[os.path.normcase(path)] = item
    return targets, notes


def _candidates(item: Input, suffix: str) -> Iterator[Path]:
    given = Path(item.relative.removesuffix(".gz") or item.relative)
    yield given.with_suffix(suffix)
    yield given.with_name(given.name + suffix)
    for number in count(2):
        yield given.with_name(f"{given.stem}-{number}{suffix}")


def refuse_overwriting(targets: Iterable[Path], inputs: Iterable[Input]) -> None:
    """Nothing, if no target is one of the inputs.

    Raises:
        InputError: naming the first target that is.

    """
    read = {identity for item in inputs if (identity := _identity(Path(item.name)))}
    for target in targets:
        if _identity(target) in read:
            raise InputError(f"{target}: is an input and would be overwritten. Choose another OUT.")


def to_bytes(text: str) -> bytes:
    """The text in UTF-8; lone surrogates, which UTF-8 does not have, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if path.is_file() else None


def _create(path: Path, *, packed: bool) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "wb")) if packed else path.open("wb")


def _output_error(target: Path, error: OSError) -> OutputError:
    message = f"can't be written: {error.strerror or error}. Check the folder and its space."
    return OutputError(f"{target}: {message}")
