"""Readers of what holds many documents: each yields its records one by one.

A reader takes an open stream and yields ``Record``s in order, each no earlier than it is asked
for. A record that can't be read is one with a ``problem``; where the rest can't be read either, the
reader raises.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from boilerstrip.batch.look import HEAD, WIDE_BOMS, is_binary
from boilerstrip.batch.warc import Response, read_response, read_warc, unpack_body
from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import declared_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from boilerstrip.batch.look import Look
    from boilerstrip.batch.unpack import Opened
    from boilerstrip.batch.warc import WarcRecord

# A cell or a value of JSON that is longer is taken for a quote that was never closed.
_LONGEST = 1 << 28
_BREAK = re.compile(rb'["\[\]{},]')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_UNDECODED = re.compile("[\udc80-\udcff]")
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_OF_PAGES = ("response", "resource", "conversion", "revisit")


@dataclass(frozen=True, slots=True)
class Record:
    """One document on its way to whoever cleans it, with what came along.

    ``kind`` says what ``payload`` is: ``text`` or ``html``, the document itself (``None`` if it is
    still to be read from the file called ``name``); ``json``, a JSON object that holds it; or
    ``row``, where ``columns`` hold it. ``columns`` are passed through. ``number`` tells the records
    of one file apart and is 0 for a file that is one document. ``typed`` says that the columns are
    those to be cleaned, and that others go by on the side. ``problem`` says why it can't be
    cleaned, ``passed`` why it need not be.
    """

    name: str
    kind: str = "text"
    payload: bytes | str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    problem: str | None = None
    passed: str | None = None
    typed: bool = False


def read_records(name: str, content: Opened, look: Look) -> Iterator[Record]:
    """The records of the file called ``name``, which is what ``look`` says.

    Raises:
        InputError: if the file is broken so that its rest can't be read.
        OSError: if it can't be read, and one of ``unpack.BROKEN`` if it can't be unpacked.

    """
    readers: dict[str, Callable[[str, Opened, Look], Iterator[Record]]] = {
        "jsonl": _lines,
        "json": _values,
        "csv": _rows,
        "warc": _responses,
    }
    return readers[look.kind](name, content, look)


def _lines(name: str, content: Opened, _: Look) -> Iterator[Record]:
    wide = _wide(content)
    lines: Iterable[bytes | str] = content.stream
    if wide is not None:
        lines = io.TextIOWrapper(content.stream, wide, errors="replace", newline="\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Record(f"{name}:{number}", "json", line, number=number)


def _wide(content: Opened) -> str | None:
    return next((code for bom, code in WIDE_BOMS.items() if content.head.startswith(bom)), None)


def _values(name: str, content: Opened, _: Look) -> Iterator[Record]:
    for number, value in enumerate(split_values(_chunks(content)), 1):
        yield Record(f"{name}:{number}", "json", value, number=number)


def _chunks(content: Opened) -> Callable[[int], bytes]:
    """A function that reads about so many bytes of UTF-8."""
    wide = _wide(content)
    if wide is None:
        return content.stream.read
    text = io.TextIOWrapper(content.stream, wide, errors="replace", newline="")
    return lambda size: text.read(size).encode("utf-8", "surrogatepass")


def split_values(read: Callable[[int], bytes]) -> Iterator[bytes]:
    r"""The objects that follow each other, or the elements of an array; each as it is written.

    Raises:
        InputError: if the array does not end, or one value is longer than 256 MiB.

    >>> import io
    >>> list(split_values(io.BytesIO(b'[{"a": "]"}, 2]').read))
    [b'{"a": "]"}', b'2']
    >>> list(split_values(io.BytesIO(b'{"a": 1}\n{"b":\n2}').read))
    [b'{"a": 1}', b'{"b":\n2}']

    """
    buffer = read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    within = buffer.startswith(b"[")
    position = int(within)
    start, depth = position, 0
    while True:
        mark = _BREAK.search(buffer, position)
        end = position if mark is None else mark.end()
        string = _STRING.match(buffer, end - 1) if mark is not None and mark[0] == b'"' else None
        if mark is None or (mark[0] == b'"' and string is None):
            # The string or value at hand goes on: read as much again.
            position = len(buffer) - start if mark is None else mark.start() - start
            buffer, start = buffer[start:], 0
            if len(buffer) > _LONGEST:
                raise InputError("a value of more than 256 MiB, or a quote that isn't closed.")
            if not (more := read(max(HEAD, len(buffer)))):
                break
            buffer += more
            continue
        position = end if string is None else string.end()
        depth += (mark[0] in b"[{") - (mark[0] in b"]}")
        ended = depth < 0 or (within and depth == 0 and mark[0] == b",")
        if ended or (not within and depth == 0 and mark[0] in b"]}"):
            value = buffer[start : position - ended].strip()
            if value:
                yield value
            start = position
            if depth < 0:
                within, depth = False, 0
    if rest := buffer[start:].strip():
        yield rest
    if within:
        raise InputError("the JSON ends before its array does. Fetch the file again.")


def _rows(name: str, content: Opened, look: Look) -> Iterator[Record]:
    csv.field_size_limit(_LONGEST)
    encoding = _wide(content) or "utf-8-sig"
    text = io.TextIOWrapper(content.stream, encoding, errors="surrogateescape", newline="")
    reader = csv.reader(text, delimiter=look.detail, strict=True)
    header: list[str] | None = None
    more = True
    while more:
        number = reader.line_num + 1
        record = Record(f"{name}:{number}", "row", number=number)
        try:
            row = next(reader, None)
        except csv.Error as error:
            problem = f"not valid CSV: {error}. Quote cells that hold quotes or line ends."
            yield Record(record.name, "row", number=number, problem=problem)
            continue
        more = row is not None
        if row and header is None:
            header = _unique(row)
        elif row and header:
            yield _row(record, header, row)


def _row(record: Record, header: list[str], row: list[str]) -> Record:
    if len(row) != len(header):
        problem = f"{len(row)} cells where the header has {len(header)}. Quote cells with commas."
    elif any(_UNDECODED.search(cell) for cell in row):
        problem = "not UTF-8. Save the file as UTF-8."
    else:
        columns = dict(zip(header, row, strict=True))
        return Record(record.name, "row", columns=columns, number=record.number)
    return Record(record.name, "row", number=record.number, problem=problem)


def _unique(names: list[str]) -> list[str]:
    """The names of the columns, each once.

    >>> _unique(["id", "", "id", "id_2"])
    ['id', 'column_2', 'id_3', 'id_2']
    """
    unique: list[str] = []
    for number, name in enumerate(names, 1):
        new = name.strip() or f"column_{number}"
        unique.append(f"{new}_{number}" if new in unique else new)
    return unique


def _responses(name: str, content: Opened, _: Look) -> Iterator[Record]:
    for number, found in enumerate(read_warc(cast("BinaryIO", content.stream)), 1):
        record = Record(f"{name}:{number}", number=number)
        if found.problem is not None:
            yield replace(record, problem=found.problem)
        elif found.headers.get("warc-type") in _OF_PAGES:
            yield _page(record, found)


def _page(record: Record, found: WarcRecord) -> Record:
    """The page of a WARC record."""
    head = found.headers
    kind = head.get("warc-type")
    if kind == "revisit":
        return replace(record, passed="a page that was fetched before")
    is_response = kind == "response"
    http = read_response(found.block) if is_response else Response(None, {})
    stated = (http.headers if is_response else head).get("content-type", "")
    mime = stated.partition(";")[0].strip().lower()
    if http.status is not None and not http.status.startswith("2"):
        return replace(record, passed=f"HTTP status {http.status}")
    if mime and mime not in _PAGES:
        return replace(record, passed="neither HTML nor text")
    columns = {
        "url": head.get("warc-target-uri", "").strip("<>") or None,
        "warc_date": head.get("warc-date"),
        "warc_record_id": head.get("warc-record-id"),
    }
    record = replace(record, columns=columns)
    data = http.start + found.block.read()
    try:
        data = unpack_body(data, http.headers)
    except InputError as error:
        return replace(record, problem=str(error))
    if is_binary(data[:HEAD]):
        coding = http.headers.get("content-encoding")
        packed = f" packed as {coding}" if coding else ""
        return replace(record, problem=f"binary data{packed}, not a page. Give HTML or text.")
    kind = "text" if mime == "text/plain" else "html"
    return replace(record, kind=kind, payload=_decoded(data, stated))


def _decoded(data: bytes, stated: str) -> bytes | str:
    """The page in the encoding that its HTTP header states, where it says so and that fits."""
    label = re.search(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)", stated)
    encoding = label and declared_encoding(f'<meta charset="{label[1]}">'.encode())
    try:
        data.decode()
    except UnicodeDecodeError:
        try:
            return data.decode(encoding) if encoding else data
        except UnicodeDecodeError:
            return data
    return data
