"""Where results go: a stream, a file, or a folder with one file for each document."""

from __future__ import annotations

import gzip
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeAlias

from boilerstrip.batch.columns import free_names, to_json
from boilerstrip.batch.files import File, GrowingFile, Part, open_output
from boilerstrip.batch.naming import REPLACE_IT, ROWS, SUFFIXES, candidates, numbered
from boilerstrip.errors import BoilerstripError
from boilerstrip.schema import empty_row, to_row

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from boilerstrip.article import Article
    from boilerstrip.batch.sources import Input, Task

# What stands between two documents in one file.
_BETWEEN = {"text": "\n", "markdown": "\n---\n\n", "jsonl": ""}
_PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstd.compress,
}
# What is packed at once: the file is whole after each such piece.
_PACKED_AT_ONCE = 1 << 16
_SURROGATE = re.compile("[\ud800-\udfff]")


# A document as it is to be written: text, or for Parquet a row.
Output: TypeAlias = str | Mapping[str, Any]
# What opens a file of a folder, with its mark if it is gone on with.
OpenFile: TypeAlias = "Callable[[Path, Mapping[str, Any] | None], Sink]"


class OutputError(BoilerstripError):
    """A result that can't be written; later ones may still be."""


class Sink(Protocol):
    """Takes the rendered results, in order."""

    def turn(self, task: Task) -> None:
        """Finish what the task's document does not go to; to be called of each before ``write``."""

    def mark(self) -> dict[str, Any] | None:
        """Where what is written ends, ``None`` while some of it may be lost."""

    def write(self, task: Task, output: Output, title: str | None = None) -> None:
        """Write one document; ``title`` is what its record calls itself.

        Raises:
            OutputError: if this one can't be written.
            OSError: if nothing more can be written.

        """

    def close(self, *, complete: bool) -> None:
        """Finish what was written; to be called whatever happened.

        What is not ``complete`` leaves a file that was there before as it was, and of a new one
        the rows of JSON Lines that are whole.
        """


def render(
    name: str,
    article: Article,
    given: Mapping[str, Any],
    output_format: str,
    record: str = "compact",
) -> Output:
    r"""The article in the format; ``given`` holds the other fields of its record.

    ``record`` is how much a row of JSON Lines says of what was removed: see ``schema.to_row``.

    >>> import boilerstrip
    >>> render("a.txt", boilerstrip.clean("It rained."), {}, "text")
    'It rained.\n'
    """
    if output_format in ROWS:
        row = article_row(name, article, given, record)
        return to_line(row) if output_format == "jsonl" else row
    if output_format == "markdown":
        return article.to_markdown()
    return article.body + "\n" if article.body else ""


def article_row(
    name: str, article: Article, given: Mapping[str, Any], record: str
) -> dict[str, Any]:
    """The columns of an article's row, and behind them the other columns of its record."""
    return {"input": name, "error": None, **to_row(article, record), **free_names(given)}


def error_row(name: str, problem: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a document that could not be cleaned."""
    return {"input": name, "error": problem, **empty_row(), **free_names(given)}


def to_line(row: Mapping[str, Any]) -> str:
    r"""The row as a line of JSON; a lone surrogate, which UTF-8 does not have, is escaped.

    >>> to_line({"word": "é"}), to_line({"word": "\ud800"})
    ('{"word": "é"}\n', '{"word": "\\ud800"}\n')
    """
    line = to_json(row) + "\n"
    try:
        line.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line


class StreamSink:
    """Writes to an open stream, each document at once; a lone surrogate becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, output_format: str) -> None:
        self._stream = stream
        self._between = to_bytes(_BETWEEN[output_format])
        self._started = False

    def turn(self, task: Task) -> None:
        """Nothing: all goes there."""

    def mark(self) -> dict[str, Any] | None:
        """Nothing: what is gone is gone."""
        return None

    def write(self, task: Task, output: Output, title: str | None = None) -> None:  # noqa: ARG002
        """Write one document."""
        data = to_bytes(str(output))
        self._stream.write(self._between + data if self._started else data)
        self._stream.flush()
        self._started = True

    def close(self, *, complete: bool) -> None:
        """Leave the stream as it is: it was open before."""


class FileSink:
    """Writes one file.

    New JSON Lines grow row by row, packed ones some rows at a time. All else takes the file's place
    at the end, so that no half-written document ever has its name. With ``keep`` what is there of
    a new one stays where the run is cut short, and ``at``, a mark, goes on with it.

    Raises:
        OSError: if the file can't be written.

    """

    def __init__(
        self,
        path: Path,
        output_format: str,
        *,
        keep: bool = False,
        at: Mapping[str, Any] | None = None,
    ) -> None:
        grows = output_format == "jsonl"
        real = Path(os.path.realpath(path))
        size = at["size"] if at is not None else None
        if keep and not grows:
            self._file: File = Part(real, size or 0)
        elif size is not None:
            self._file = GrowingFile(real, new=True, size=size)
        else:
            self._file = open_output(real, grows=grows)
        self._between = to_bytes(_BETWEEN[output_format])
        self._pack = _PACK.get(path.suffix)
        self._pending = b""
        self._started = at is not None and at["begun"]
        self._may_be_empty = grows

    def turn(self, task: Task) -> None:
        """Nothing: all goes there."""

    def mark(self) -> dict[str, Any] | None:
        """How many bytes are on the disk, ``None`` while a document is not."""
        return None if self._pending else {"size": self._file.whole, "begun": self._started}

    def write(self, task: Task, output: Output, title: str | None = None) -> None:  # noqa: ARG002
        """Write one document."""
        data = to_bytes(str(output))
        self._pending += self._between + data if self._started else data
        self._started = True
        if not self._pack or len(self._pending) >= _PACKED_AT_ONCE:
            self._flush()

    def close(self, *, complete: bool) -> None:
        """Finish the file, or leave what was there before."""
        done = False
        try:
            if self._pending:
                self._flush()
            done = complete and (self._started or self._may_be_empty)
        finally:
            self._file.close(complete=done)

    def _flush(self) -> None:
        data, self._pending = self._pending, b""
        # Each piece is a packed file of its own, so that what is cut between two is whole.
        self._file.append(self._pack(data) if self._pack else data)


class FolderSink:
    """Writes one file for each document, at the path that ``targets`` has for its input.

    A record of a file of many gets a file of its own, by its title or the file's name and the
    record's number; except in JSON Lines and Parquet, where the rows of one input are one file,
    unless ``apart``. Files that were there before are replaced only to ``overwrite``. ``open_file``
    opens one; with ``at``, the mark of a run that was cut short, that is gone on with.
    """

    def __init__(
        self,
        folder: Path,
        targets: Mapping[Input, Path],
        output_format: str,
        *,
        apart: bool = False,
        overwrite: bool = False,
        open_file: OpenFile | None = None,
        at: Mapping[str, Any] | None = None,
    ) -> None:
        self._folder = folder
        self._targets = targets
        self._taken = {os.path.normcase(path) for path in targets.values()}
        self._format = output_format
        self._together = output_format in ROWS and not apart
        self._overwrite = overwrite
        self._open_file = open_file or (lambda path, at: FileSink(path, output_format, at=at))
        self._input: tuple[str, str] | None = None
        self._path = folder
        self._file: Sink | None = None
        self._unfinished: dict[str, Any] | None = None
        # The first document after a mark may have been written, and that not been noted.
        self._again = 0 if at is None else 2
        if at is not None and at["open"] is not None:
            self._path, self._input = folder / at["file"], (at["open"][0], at["open"][1])
            self._file = self._open_file(self._path, at["inner"])

    def take(self, mark: Mapping[str, Any]) -> None:
        """Know of a file that a run wrote before."""
        self._taken.add(os.path.normcase(self._folder / mark["file"]))

    def turn(self, task: Task) -> None:
        """Finish the file that is open, if the task's document does not go there."""
        self._again = max(self._again - 1, 0)
        if self._file is not None and _key(task.input) != self._input:
            self.close(complete=True)

    def mark(self) -> dict[str, Any] | None:
        """Which file was written last, and how far, ``None`` while a document is not on the disk.

        A file that is closed is there as a whole, unless it was closed incomplete.
        """
        if self._unfinished is not None:
            return self._unfinished
        inner = self._file.mark() if self._file is not None else {}
        if inner is None:
            return None
        name = os.path.relpath(self._path, self._folder)
        return {"file": name, "inner": inner, "open": self._input if self._file else None}

    def write(self, task: Task, output: Output, title: str | None = None) -> None:
        """Write one document; to the file of the last one, if that is to hold both."""
        if self._file is not None and (not self._together or _key(task.input) != self._input):
            self.close(complete=True)
        self._append(task, output, title)
        if not self._together:
            self.close(complete=True)

    def close(self, *, complete: bool) -> None:
        """Finish the last file."""
        file = self._file
        if file is not None:
            try:
                file.close(complete=complete)
                self._unfinished = None if complete else self.mark()
            except OSError as error:
                raise _output_error(self._path, error) from error
            finally:
                self._file = None

    def _append(self, task: Task, output: Output, title: str | None) -> None:
        try:
            if self._file is None:
                self._input, self._path = _key(task.input), self._choose(task, title)
                self._file = self._open_file(self._path, None)
            self._file.write(task, output)
        except OSError as error:
            file, self._file = self._file, None
            if file is not None:
                with suppress(OSError):
                    file.close(complete=False)
            raise _output_error(self._path, error) from error

    def _choose(self, task: Task, title: str | None) -> Path:
        item, number = task.input, task.record.number
        whole = number == 0 or self._together
        if whole and item in self._targets:
            path = self._targets[item]
        else:
            suffix = SUFFIXES[self._format]
            wanted = candidates(item, suffix) if whole else numbered(item, number, title, suffix)
            path = next(
                self._folder / one
                for one in wanted
                if os.path.normcase(self._folder / one) not in self._taken
            )
            self._taken.add(os.path.normcase(path))
        if self._again and path.exists():
            path.unlink()
        if path.exists() and not self._overwrite:
            raise OutputError(f"{path}: is there already. {REPLACE_IT}")
        return path


def _key(item: Input) -> tuple[str, str]:
    return item.name, item.relative


def to_bytes(text: str) -> bytes:
    """The text in UTF-8; lone surrogates, which UTF-8 does not have, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _output_error(target: Path, error: OSError) -> OutputError:
    message = f"can't be written: {error.strerror or error}. Check the folder and its space."
    return OutputError(f"{target}: {message}")
