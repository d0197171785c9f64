"""Where documents come from: files, folders and standard input, as one stream of tasks."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from boilerstrip.batch.columns import Fields
from boilerstrip.batch.containers import Record, read_records
from boilerstrip.batch.look import Look, look
from boilerstrip.batch.parquet import MAGIC, Rest, read_parquet, rest_schema
from boilerstrip.batch.remote import find_remote, is_remote, open_file
from boilerstrip.batch.unpack import BROKEN, Opened, opened, unpack
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

DOCUMENTS = ("text", "html")
HIDDEN = "hidden"
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input, that is to be read.

    ``name`` is what messages call it; ``relative`` is its path below the folder that was given,
    or its file name. ``found`` says that it was found in a folder. ``problem`` says what is wrong
    and ``passed`` why it isn't read, where that is known already. ``size`` is that of a file that
    lies elsewhere. ``stream`` is set where the content can be read only once.
    """

    name: str
    relative: str
    found: bool = False
    problem: str | None = None
    passed: str | None = None
    size: int | None = None
    stream: Opened | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """A record with the input that it comes from and its share of it, in bytes on the disk.

    ``rest`` is what of a row of Parquet goes by whoever cleans it.
    """

    input: Input
    record: Record
    size: int = 0
    rest: Rest | None = None


def find_inputs(
    names: Iterable[str], stdin: BinaryIO | None, outside: str | None = None
) -> list[Input]:
    """The inputs that ``names`` stand for, folders searched through, in order.

    ``-`` is ``stdin``. A pattern stands for the files that it fits, an address for what lies there.
    In a folder every regular file is an input; hidden files, links to folders,
    pipes, sockets and devices are passed over, and so is ``outside``, a path without links and all
    below it.
    """
    inputs: list[Input] = []
    for name in names:
        if name == "-":
            inputs.append(_standard_input(stdin))
        elif os.path.isdir(name):  # noqa: PTH112 - Path's raises for a name that is too long
            inputs += _in_folder(name, outside)
        elif is_remote(name):
            inputs += _elsewhere(name)
        elif has_magic(name) and not os.path.lexists(name):
            inputs += _fitting(name, outside)
        else:
            inputs.append(_file(name))
    return inputs


def _elsewhere(name: str) -> list[Input]:
    try:
        found = find_remote(name)
    except (BoilerstripError, OSError) as error:
        return [Input(name, name, problem=problem_of(error))]
    return [Input(one.address, one.relative, len(found) > 1, size=one.size) for one in found]


def _fitting(pattern: str, outside: str | None) -> Iterator[Input]:
    """The inputs that fit a pattern, their paths below the part of it that is no pattern."""
    parts = Path(pattern).parts
    root = Path(*parts[: next(at for at, part in enumerate(parts) if has_magic(part))])
    found = sorted(glob(pattern, recursive=True))  # noqa: PTH207 - absolute, too
    names = [one for one in found if os.path.realpath(one) != outside]
    files = [name for name in names if Path(name).is_file()]
    for name in files:
        yield replace(_file(name), relative=os.path.relpath(name, root), found=True)
    if not files:
        problem = "no file fits the pattern. Check it, and put it in quotes."
        yield Input(pattern, pattern, problem=problem)


def read_tasks(
    inputs: Iterable[Input], fields: Fields | None = None, *, typed: bool = False
) -> Iterator[Task]:
    """The documents of the inputs, in order, each read no earlier than it is asked for.

    ``fields`` are where their records have the article. Where ``typed``, the other columns of
    Parquet go by as they are.
    """
    fields = fields or Fields()
    for item in inputs:
        if item.problem or item.passed:
            yield Task(item, Record(item.name, problem=item.problem, passed=item.passed))
            continue
        done = 0
        number: int | None = None
        try:
            for record, position, rest in _records(item, fields, typed=typed):
                number = record.number
                yield Task(item, record, position - done, rest)
                done = position
        except (BoilerstripError, OSError, *BROKEN) as error:
            where = item.name if number is None else f"{item.name}, after record {number}"
            after = 0 if number is None else number + 1
            yield Task(item, Record(where, number=after, problem=problem_of(error)))


def look_into(item: Input, fields: Fields | None = None) -> Look | None:
    """What the input is; ``None`` if it can't be read."""
    if item.problem or item.passed:
        return None
    try:
        with _opened(item) as content:
            return look(content.head, item.name, (fields or Fields()).wanted)
    except (BoilerstripError, OSError, *BROKEN):
        return None


def size_of(item: Input) -> int:
    """The bytes that the input takes on the disk; 0 where there is no telling."""
    try:
        if item.stream is not None or item.size is not None:
            return item.size or 0
        return Path(item.name).stat().st_size
    except OSError:
        return 0


def read_document(record: Record) -> str | bytes:
    """What is to be cleaned of a record that is one document.

    Raises:
        OSError: if its file can't be read, and one of ``unpack.BROKEN`` if it can't be unpacked.

    """
    if record.payload is None:
        with opened(record.name) as content:
            data: str | bytes = content.stream.read()
    else:
        data = record.payload
    return data if record.kind == "html" or isinstance(data, str) else decode(data)


def problem_of(error: Exception) -> str:
    """What went wrong and what to do next, without the name of the document.

    >>> problem_of(FileNotFoundError(2, "No such file or directory"))
    'no such file. Check the path.'
    """
    match error:
        case BoilerstripError():
            return str(error)
        case FileNotFoundError():
            return "no such file. Check the path."
        case EOFError():
            return "the packed data end too early. Fetch the file again."
        case OSError(errno=None):
            return f"the packed data are broken: {error}. Fetch the file again."
        case OSError():
            return f"can't be read: {error.strerror or error}. Check the file and its permissions."
        case MemoryError():
            return "needs more memory than there is. Split it, or use fewer --jobs."
        case RecursionError():
            return "nested too deeply. Cut it into shorter documents."
    if isinstance(error, BROKEN):
        return f"the packed data are broken: {error}. Fetch the file again."
    return f"unexpected {type(error).__name__}: {error}. Please report it, with this document."


def beside(inputs: Iterable[Input], fields: Fields) -> tuple[pa.Schema | None, bool]:
    """The columns of Parquet that go by who cleans, and whether there are inputs of other kinds.

    Raises:
        InputError: if they don't go together.

    """
    seen = [(item, look_into(item, fields)) for item in inputs]
    tables = [item for item, look in seen if look is not None and look.kind == "parquet"]
    others = any(look is not None and look.kind != "parquet" for _, look in seen)
    if not tables:
        return None, others
    with ExitStack() as opened_files:
        files = ((item.name, opened_files.enter_context(_seekable(item))) for item in tables)
        return rest_schema(files, fields), others


@contextmanager
def _seekable(item: Input) -> Iterator[BinaryIO]:
    """The file of an input that is Parquet.

    Raises:
        InputError: if it can't be read from its end.

    """
    if item.stream is not None:
        raise InputError("Parquet can't be read from a pipe. Save it to a file, and name that.")
    with open_file(item.name) as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise InputError("Parquet that is packed can't be read. Unpack it first.")
        yield file


def _rows(item: Input, fields: Fields, *, typed: bool) -> Iterator[tuple[Record, int, Rest | None]]:
    """The rows of an input that is Parquet."""
    with _seekable(item) as file:
        for record, rest, share in read_parquet(item.name, file, fields, typed=typed):
            yield record, int(share * size_of(item)), rest


def _records(
    item: Input, fields: Fields, *, typed: bool
) -> Iterator[tuple[Record, int, Rest | None]]:
    """The records of the input, and how far on the disk it is read after each."""
    with _opened(item) as content:
        seen = look(content.head, item.name, fields.wanted)
        if seen.kind == "refused" or (seen.kind == "passed" and not item.found):
            raise InputError(f"{seen.detail}, which can't be read. {seen.cure}")
        if seen.kind == "passed":
            yield Record(item.name, passed=seen.detail), size_of(item), None
        elif seen.kind == "parquet":
            yield from _rows(item, fields, typed=typed)
        elif seen.kind not in DOCUMENTS:
            for record in read_records(item.name, content, seen):
                yield record, content.position(), None
        elif item.stream is not None:
            yield Record(item.name, seen.kind, content.stream.read()), 0, None
        else:
            yield Record(item.name, seen.kind), size_of(item), None


@contextmanager
def _opened(item: Input) -> Iterator[Opened]:
    if item.stream is not None:
        yield item.stream
    else:
        with opened(item.name) as content:
            yield content


def _standard_input(stdin: BinaryIO | None) -> Input:
    if stdin is None:
        return Input("-", "stdin", problem="standard input is closed. Name a file, or pipe it in.")
    return _once("-", "stdin", stdin)


def _once(name: str, relative: str, stream: BinaryIO) -> Input:
    """An input that can be read only once; its stream stays open."""
    try:
        content = ExitStack().enter_context(unpack(stream))
    except (BoilerstripError, OSError, *BROKEN) as error:
        return Input(name, relative, problem=problem_of(error))
    return Input(name, relative, stream=content)


def _file(name: str) -> Input:
    relative = Path(name).name
    try:
        if not stat.S_ISREG(Path(name).stat().st_mode):
            stream = Path(name).open("rb", buffering=0)  # noqa: SIM115 - can't be opened again
            return _once(name, relative, stream)
    except (OSError, ValueError) as error:
        problem = problem_of(error) if isinstance(error, OSError) else f"{error}. Check the path."
        return Input(name, relative, problem=problem)
    return Input(name, relative)


def _in_folder(root: str, outside: str | None) -> Iterator[Input]:
    problems: list[OSError] = []
    real = os.path.realpath(root)
    empty = True
    for parent, folders, files in os.walk(root, onerror=problems.append):
        below = os.path.relpath(parent, root)

        def is_outside(name: str, below: str = below) -> bool:
            return os.path.normpath(os.path.join(real, below, name)) == outside  # noqa: PTH118

        for name in sorted(folders):
            path = os.path.join(parent, name)  # noqa: PTH118 - str is faster
            if name.startswith("."):
                yield Input(path, path, passed=HIDDEN)
            elif os.path.islink(path):  # noqa: PTH114
                yield Input(path, path, passed="a link to a folder")
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not is_outside(n))
        for file in sorted(files):
            if not is_outside(file):
                item = _entry(parent, below, file)
                empty = empty and item.passed is not None
                yield item
    for error in problems:
        name = str(error.filename)
        yield Input(name, name, problem=problem_of(error))
    if empty and not problems:
        yield Input(root, root, problem="no file to clean in it. Check the path.")


def _entry(parent: str, below: str, file: str) -> Input:
    path = os.path.join(parent, file)  # noqa: PTH118 - str is faster
    relative = os.path.normpath(os.path.join(below, file))  # noqa: PTH118
    if file.startswith("."):
        return Input(path, relative, passed=HIDDEN)
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        return Input(path, relative, problem=problem_of(error))
    passed = next((what for is_such, what in _SPECIAL if is_such(mode)), None)
    return Input(path, relative, found=True, passed=passed)
