"""Where results go: a stream, a file, or a folder with one file for each document."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import stat
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from boilerstrip.batch.columns import to_json
from boilerstrip.batch.look import RECORDS, unpacked_name
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.schema import NAMES, empty_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from boilerstrip.article import Article
    from boilerstrip.batch.sources import Input, Task

SUFFIXES = {"text": ".txt", "markdown": ".md", "jsonl": ".jsonl"}
# What stands between two documents in one file.
_BETWEEN = {"text": "\n", "markdown": "\n---\n\n", "jsonl": ""}
_ROW = frozenset(NAMES)
# What is packed at once: the file is whole after each such piece.
_PACKED_AT_ONCE = 1 << 16
_LONGEST_NAME = 120
_BINARY: int = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
REPLACE_IT = "Add --overwrite to replace it, or choose another OUT."
_SURROGATE = re.compile("[\ud800-\udfff]")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


class OutputError(BoilerstripError):
    """A result that can't be written; later ones may still be."""


class Sink(Protocol):
    """Takes the rendered results, in order."""

    def write(self, task: Task, output: str, title: str | None = None) -> None:
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
) -> str:
    r"""The article in the format; ``given`` holds the other fields of its record.

    ``record`` is how much a row of JSON Lines says of what was removed: see ``schema.to_row``.

    >>> import boilerstrip
    >>> render("a.txt", boilerstrip.clean("It rained."), {}, "text")
    'It rained.\n'
    """
    if output_format == "jsonl":
        return to_line(article_row(name, article, given, record))
    if output_format == "markdown":
        return article.to_markdown()
    return article.body + "\n" if article.body else ""


def article_row(
    name: str, article: Article, given: Mapping[str, Any], record: str
) -> dict[str, Any]:
    """The columns of an article's row, and behind them the other columns of its record."""
    return {"input": name, "error": None, **to_row(article, record), **free_names(given)}


def error_row(name: str, problem: str, given: Mapping[str, Any]) -> str:
    """The row of JSON Lines of a document that could not be cleaned."""
    return to_line({"input": name, "error": problem, **empty_row(), **free_names(given)})


def free_names(given: Mapping[str, Any], row: frozenset[str] = _ROW) -> dict[str, Any]:
    """The fields of a record under names that a row does not use itself.

    >>> free_names({"id": 7, "title": "a", "input_title": "b"})
    {'id': 7, 'input_input_title': 'a', 'input_title': 'b'}
    """
    taken = {*row, *given}
    free: dict[str, Any] = {}
    for name, value in given.items():
        new = name
        while new in row or (new != name and new in taken):
            new = f"input_{new}"
        taken.add(new)
        free[new] = value
    return free


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

    def write(self, task: Task, output: str, title: str | None = None) -> None:  # noqa: ARG002
        """Write one document."""
        data = to_bytes(output)
        self._stream.write(self._between + data if self._started else data)
        self._stream.flush()
        self._started = True

    def close(self, *, complete: bool) -> None:
        """Leave the stream as it is: it was open before."""


class FileSink:
    """Writes one file.

    New JSON Lines grow row by row, packed ones some rows at a time. All else takes the file's place
    at the end, so that no half-written document ever has its name.

    Raises:
        OSError: if the file can't be written.

    """

    def __init__(self, path: Path, output_format: str) -> None:
        grows = output_format == "jsonl"
        self._file = _open(Path(os.path.realpath(path)), grows=grows)
        self._between = to_bytes(_BETWEEN[output_format])
        self._packed = path.suffix == ".gz"
        self._pending = b""
        self._started = False
        self._may_be_empty = grows

    def write(self, task: Task, output: str, title: str | None = None) -> None:  # noqa: ARG002
        """Write one document."""
        data = to_bytes(output)
        self._pending += self._between + data if self._started else data
        self._started = True
        if not self._packed or len(self._pending) >= _PACKED_AT_ONCE:
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
        # Each piece is a gzip file of its own, so that what is cut between two is whole.
        self._file.append(gzip.compress(data, mtime=0) if self._packed else data)


class _File:
    """A file of which only what was appended whole counts."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self._whole = 0

    def append(self, data: bytes) -> None:
        done = 0
        while done < len(data):
            done += os.write(self._descriptor, data[done:] if done else data)
        self._whole += done

    def close(self, *, complete: bool) -> None:
        raise NotImplementedError


class _GrowingFile(_File):
    """A new file, or what is there and is no regular one, such as a device."""

    def __init__(self, path: Path, *, new: bool) -> None:
        self._new = new
        flags = os.O_WRONLY | (os.O_CREAT | os.O_EXCL if new else 0)
        super().__init__(path, os.open(path, flags | _BINARY, 0o666))

    def close(self, *, complete: bool) -> None:
        try:
            if self._new:
                os.ftruncate(self._descriptor, self._whole)
        finally:
            os.close(self._descriptor)
            if self._new and not (self._whole or complete):
                self._path.unlink(missing_ok=True)


class _Draft(_File):
    """What takes the place of a file at the end; without a name until then, where that can be.

    ``mode`` is that of the file, ``None`` if there is none yet.
    """

    def __init__(self, path: Path, mode: int | None) -> None:
        self._name: Path | None = None
        self._mode = mode
        super().__init__(path, self._open(path))

    def _open(self, path: Path) -> int:
        if hasattr(os, "O_TMPFILE"):
            with suppress(OSError):  # not every file system can
                return os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
        self._name = _draft_name(path)
        return os.open(self._name, _NEW, 0o666)

    def close(self, *, complete: bool) -> None:
        try:
            if complete:
                self._name_it()
        finally:
            os.close(self._descriptor)
        try:
            if complete and self._name:
                self._name.replace(self._path)
        finally:
            if self._name:
                self._name.unlink(missing_ok=True)

    def _name_it(self) -> None:
        if self._mode is not None:
            with suppress(OSError, AttributeError):
                os.fchmod(self._descriptor, stat.S_IMODE(self._mode))
        if self._name is not None:
            return
        draft = _draft_name(self._path)
        draft.unlink(missing_ok=True)
        target = self._path if self._mode is None else draft
        try:
            # With a folder's descriptor links are followed; for a whole path it is not used.
            source = f"/proc/self/fd/{self._descriptor}"
            os.link(source, target, src_dir_fd=self._descriptor)
        except FileExistsError:
            raise  # it was not there when this one was begun
        except OSError:
            self._copy(draft)
            target = draft
        if target == draft:
            self._name = draft

    def _copy(self, name: Path) -> None:
        """Give the content a name where the file itself can't have one."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with open(self._descriptor, "rb", closefd=False) as draft, name.open("wb") as copy:
            shutil.copyfileobj(draft, copy)


def _open(path: Path, *, grows: bool) -> _File:
    """The file at the path, to be written; its folder is made if there is none."""
    try:
        mode: int | None = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    try:
        return _create(path, mode, grows=grows)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _create(path, mode, grows=grows)


def _create(path: Path, mode: int | None, *, grows: bool) -> _File:
    if mode is None and grows:
        return _GrowingFile(path, new=True)
    if mode is not None and not stat.S_ISREG(mode):
        return _GrowingFile(path, new=False)
    return _Draft(path, mode)


def _draft_name(path: Path) -> Path:
    return path.with_name(f".boilerstrip-{os.getpid()}.part")


class FolderSink:
    """Writes one file for each document, at the path that ``targets`` has for its input.

    A record of a file of many gets a file of its own, by its title or the file's name and the
    record's number; except in JSON Lines, where the rows of one input are one file, unless
    ``apart``. Files that were there before are replaced only to ``overwrite``.
    """

    def __init__(
        self,
        folder: Path,
        targets: Mapping[Input, Path],
        output_format: str,
        *,
        apart: bool = False,
        overwrite: bool = False,
    ) -> None:
        self._folder = folder
        self._targets = targets
        self._taken = {os.path.normcase(path) for path in targets.values()}
        self._format = output_format
        self._together = output_format == "jsonl" and not apart
        self._overwrite = overwrite
        self._input: Input | None = None
        self._path = folder
        self._file: FileSink | None = None

    def write(self, task: Task, output: str, title: str | None = None) -> None:
        """Write one document; to the file of the last one, if that is to hold both."""
        try:
            if self._file is None or not self._together or task.input != self._input:
                self.close(complete=True)
        finally:
            self._append(task, output, title)
        if not self._together:
            self.close(complete=True)

    def close(self, *, complete: bool) -> None:
        """Finish the last file."""
        file, self._file = self._file, None
        if file is not None:
            try:
                file.close(complete=complete)
            except OSError as error:
                raise _output_error(self._path, error) from error

    def _append(self, task: Task, output: str, title: str | None) -> None:
        try:
            if self._file is None:
                self._input, self._path = task.input, self._choose(task, title)
                self._file = FileSink(self._path, self._format)
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
            wanted = _candidates(item, suffix) if whole else _numbered(item, number, title, suffix)
            path = next(
                self._folder / one
                for one in wanted
                if os.path.normcase(self._folder / one) not in self._taken
            )
            self._taken.add(os.path.normcase(path))
        if path.exists() and not self._overwrite:
            raise OutputError(f"{path}: is there already. {REPLACE_IT}")
        return path


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
        if item in targets or item.problem or item.passed:
            continue
        if output_format != "jsonl" and _suffix(item.relative) in RECORDS:
            continue  # each record gets a file of its own
        path = next(p for p in _candidates(item, suffix) if os.path.normcase(p) not in owners)
        wanted = next(_candidates(item, suffix))
        if path != wanted:
            owner = owners[os.path.normcase(wanted)].name
            notes.append(f"{item.name}: goes to {folder / path}, as {owner} has {folder / wanted}.")
        targets[item] = folder / path
        owners[os.path.normcase(path)] = item
    return targets, notes


def safe_name(title: str) -> str:
    """The title as the name of a file on any system; empty if nothing of it can be.

    >>> safe_name("https://example.org/a?id=7"), safe_name("../.."), safe_name("nul")
    ('https-example.org-a-id-7', '', '_nul')
    """
    name = re.sub(r"[^\w.-]+|\.{2,}", "-", title).strip("-.")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f"_{name}" if _RESERVED.match(name) else name


def _numbered(item: Input, number: int, title: str | None, suffix: str) -> Iterator[Path]:
    """The paths that a record's file may have, below the folder; the best one first."""
    given = Path(unpacked_name(item.relative))
    name = safe_name(title or "")
    numbered = f"{given.stem}-{number:06}"
    names = chain([name or numbered], (f"{name or numbered}-{n}" for n in count(2)))
    return (given.with_name(one + suffix) for one in names)


def _candidates(item: Input, suffix: str) -> Iterator[Path]:
    given = Path(unpacked_name(item.relative))
    yield given.with_suffix(suffix)
    yield given.with_name(given.name + suffix)
    for number in count(2):
        yield given.with_name(f"{given.stem}-{number}{suffix}")


def _suffix(name: str) -> str:
    return Path(unpacked_name(name)).suffix.lower()


def refuse_overwriting(
    targets: Iterable[Path], inputs: Iterable[Input], *, overwrite: bool = False
) -> None:
    """Nothing, if no target is one of the inputs, nor a file unless that is to be replaced.

    Raises:
        InputError: naming the first target that is.

    """
    read = {identity for item in inputs if (identity := _identity(Path(item.name)))}
    for target in targets:
        if (identity := _identity(target)) is None:
            continue
        if identity in read:
            raise InputError(f"{target}: is an input and would be overwritten. Choose another OUT.")
        if not overwrite:
            raise InputError(f"{target}: is there already. {REPLACE_IT}")


def to_bytes(text: str) -> bytes:
    """The text in UTF-8; lone surrogates, which UTF-8 does not have, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a regular file from all others; ``None`` if there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _output_error(target: Path, error: OSError) -> OutputError:
    message = f"can't be written: {error.strerror or error}. Check the folder and its space."
    return OutputError(f"{target}: {message}")
