"""Where documents come from: files, folders and standard input, as one stream of tasks."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

KINDS = {".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
# The start of a content with its byte order mark, and without the zero bytes of UTF-16.
_RECORD = re.compile(rb'[\xff\xfe\xef\xbb\xbf\s]*\{\s*"')
_HTML = re.compile(rb"(?i)[\xff\xfe\xef\xbb\xbf\s]*<(?:!doctype html|\?xml|!--|html|head|body)\b")
_WIDE_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Random bytes read as text have about 10 % control characters, text has next to none.
_BINARY_SHARE = 0.05
_STRAY = 4
_BINARY_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or standard input, that is to be read.

    ``name`` is what messages call it; ``relative`` is its path below the folder that was given,
    or its file name. ``kind`` is ``text``, ``html`` or ``jsonl``. ``problem`` says what is wrong
    where that is known already. ``stream`` is set where the content can be read only once.
    """

    name: str
    relative: str
    kind: str = "text"
    problem: str | None = None
    stream: io.BufferedReader | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Payload:
    """One document on its way to whoever cleans it.

    ``kind`` is ``text``, ``html`` or ``record`` (a line of JSON Lines). ``data`` is its content,
    ``None`` if that is still to be read from the file called ``name``.
    """

    name: str
    kind: str = "text"
    data: bytes | str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A payload with the input that it comes from and its share of it, in bytes on the disk."""

    input: Input
    payload: Payload
    size: int = 0


def find_inputs(names: Iterable[str], stdin: BinaryIO, outside: str | None = None) -> list[Input]:
    """The inputs that ``names`` stand for, folders searched through, in order.

    ``-`` is ``stdin``. In a folder, hidden files, other suffixes than ``KINDS`` (also with
    ``.gz``) and links to folders are passed over, and so is ``outside``, a path without links
    and all below it.
    """
    inputs: list[Input] = []
    for name in names:
        if name == "-":
            stream = _buffered(stdin)
            inputs.append(Input("-", "stdin", _kind_by_content(stream), stream=stream))
        elif Path(name).is_dir():
            inputs += _in_folder(name, outside)
        else:
            inputs.append(_file(name))
    return inputs


def read_tasks(inputs: Iterable[Input]) -> Iterator[Task]:
    """The documents of the inputs, in order, each read no earlier than it is asked for."""
    for item in inputs:
        if item.problem is not None:
            yield Task(item, Payload(item.name, problem=item.problem))
        elif item.kind == "jsonl":
            yield from _records(item)
        elif item.stream is not None:
            yield Task(item, _whole(item, item.stream))
        else:
            yield Task(item, Payload(item.name, item.kind), size_of(item))


def size_of(item: Input) -> int:
    """The bytes that the input takes on the disk; 0 where there is no telling."""
    try:
        return 0 if item.stream is not None else Path(item.name).stat().st_size
    except OSError:
        return 0


def read_fields(payload: Payload) -> dict[str, Any]:
    """The fields of a record; none for a document of another kind.

    Raises:
        InputError: if the line is not a JSON object.

    """
    if payload.kind != "record":
        return {}
    try:
        line = payload.data or b""
        record = json.loads(line if isinstance(line, str) else line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start + 1} of the line. Save the file as UTF-8."
        raise InputError(message) from error
    except ValueError as error:
        message = f"not valid JSON: {error}. Write one JSON object a line."
        raise InputError(message) from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object. Write one JSON object a line.")
    return record


def take_source(payload: Payload, fields: dict[str, Any], text_field: str) -> str | bytes:
    """What is to be cleaned; of a record, the field of that name, which is taken out of it.

    Raises:
        InputError: if the record has no such text, or the file holds something else than text.
        OSError: if the file can't be read.

    """
    if payload.problem is not None:
        raise InputError(payload.problem)
    if payload.kind == "record":
        return _take_text(fields, text_field)
    data = _read_file(payload.name) if payload.data is None else payload.data
    if payload.kind == "html" or isinstance(data, str):
        return data
    text = decode(data)
    sample = text[:_BINARY_SAMPLE]
    if len(_CONTROL.findall(sample)) > _STRAY + _BINARY_SHARE * len(sample):
        raise InputError("binary data, not text. Give text, HTML or JSON Lines.")
    return text


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
        case gzip.BadGzipFile() | zlib.error():
            return f"not valid gzip data: {error}. Fetch it again, or drop .gz from its name."
        case EOFError():
            return "the gzip data end too early. Fetch the file again."
        case OSError():
            return f"can't be read: {error.strerror or error}. Check the file and its permissions."
        case MemoryError():
            return "needs more memory than there is. Split it, or use fewer --jobs."
        case RecursionError():
            return "nested too deeply. Cut it into shorter documents."
    return f"unexpected {type(error).__name__}: {error}. Please report it, with this document."


def kind_by_name(name: str) -> str | None:
    """The kind of document that the file's suffix tells, ``None`` if it tells none.

    >>> kind_by_name("news/A.HTML.gz"), kind_by_name("photo.png")
    ('html', None)
    """
    return KINDS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _kind_by_content(stream: io.BufferedReader) -> str:
    head = stream.peek()[:4096].replace(b"\0", b"")
    if _RECORD.match(head):
        return "jsonl"
    return "html" if _HTML.match(head) else "text"


def _file(name: str) -> Input:
    relative = Path(name).name
    if kind := kind_by_name(name):
        return Input(name, relative, kind)
    try:
        if Path(name).exists() and not Path(name).is_file():
            stream = Path(name).open("rb")  # noqa: SIM115 - a pipe can't be opened again
            return Input(name, relative, _kind_by_content(stream), stream=stream)
        with _open(name) as (stream, _):
            return Input(name, relative, _kind_by_content(stream))
    except (OSError, EOFError, zlib.error) as error:
        return Input(name, relative, problem=problem_of(error))


def _in_folder(root: str, outside: str | None) -> Iterator[Input]:
    problems: list[OSError] = []
    real = os.path.realpath(root)
    empty = True
    for parent, folders, files in os.walk(root, onerror=problems.append):
        below = os.path.relpath(parent, root)

        def wanted(name: str, below: str = below) -> bool:
            path = os.path.normpath(os.path.join(real, below, name))  # noqa: PTH118 - str is faster
            return not name.startswith(".") and path != outside

        folders[:] = sorted(filter(wanted, folders))
        for file in sorted(filter(wanted, files)):
            if kind := kind_by_name(file):
                path, relative = Path(parent, file), Path(below, file)
                yield Input(str(path), str(relative), kind)
                empty = False
    for error in problems:
        name = str(error.filename)
        yield Input(name, name, problem=problem_of(error))
    if empty and not problems:
        suffixes = ", ".join(KINDS)
        yield Input(root, root, problem=f"no file to clean in it. Suffixes that count: {suffixes}.")


@contextmanager
def _open(name: str) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """The file's content, unpacked, and a function that says how far on the disk it is read."""
    with Path(name).open("rb") as raw:
        position = raw.tell if raw.seekable() else _nowhere
        if not name.lower().endswith(".gz"):
            yield raw, position
            return
        with gzip.GzipFile(fileobj=raw) as packed:
            yield _buffered(packed), position


@contextmanager
def _opened(item: Input) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    if item.stream is not None:
        yield item.stream, _nowhere
    else:
        with _open(item.name) as opened:
            yield opened


def _buffered(stream: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    return io.BufferedReader(cast("Any", stream))


def _nowhere() -> int:
    return 0


def _records(item: Input) -> Iterator[Task]:
    number, done = 0, 0
    try:
        with _opened(item) as (stream, position):
            for number, line in enumerate(_lines(stream), 1):
                if line.strip():
                    size = position() - done
                    done += size
                    yield Task(item, Payload(f"{item.name}:{number}", "record", line), size)
    except (OSError, EOFError, zlib.error) as error:
        where = f"{item.name}:{number + 1}" if number else item.name
        yield Task(item, Payload(where, problem=problem_of(error)))


def _lines(stream: io.BufferedReader) -> Iterator[bytes | str]:
    head = stream.peek()[:4]
    for bom, encoding in _WIDE_BOMS.items():
        if head.startswith(bom):
            text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
            yield from text
            text.detach()  # the stream is another's to close
            return
    yield from stream


def _whole(item: Input, stream: io.BufferedReader) -> Payload:
    try:
        return Payload(item.name, item.kind, stream.read())
    except OSError as error:
        return Payload(item.name, problem=problem_of(error))


def _read_file(name: str) -> bytes:
    with _open(name) as (stream, _):
        return stream.read()


def _take_text(fields: dict[str, Any], name: str) -> str:
    if name not in fields:
        names = ", ".join(map(repr, fields)) or "none"
        message = f"no field {name!r}; there are: {names}. Name the text's field with --field."
        raise InputError(message)
    text = fields.pop(name)
    if not isinstance(text, str):
        kind = "null" if text is None else type(text).__name__
        raise InputError(f"the field {name!r} is no text but {kind}. Name another with --field.")
    return text
