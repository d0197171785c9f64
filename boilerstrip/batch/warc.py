"""Records of a WARC, with the HTTP responses in them unpacked.

Libraries for WARC take one that is cut short for one that ends, and some a broken record for the
last one. Here both are told, so that no page is missed unseen.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VERSION = re.compile(rb"WARC/\d+\.\d+\r?\n")
_STATUS = re.compile(rb"HTTP/\S+\s+(\d{3})\b")
_CHUNK = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_LINE = 1 << 16
_PIECE = 1 << 18
_LENGTH = "content-length"


class Block:
    """The content of a record: so many bytes of the stream, of which none is read twice."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self) -> bytes:
        """What is left of it.

        Raises:
            InputError: if the stream ends before.

        """
        return self._counted(self._stream.read(self._left), self._left)

    def readline(self) -> bytes:
        """Its next line, or 64 KiB of it."""
        size = min(_LINE, self._left)
        line = self._stream.readline(size)
        return self._counted(line, 1 if size else 0)

    def skip(self) -> None:
        """Pass over what is left of it."""
        while self._left:
            self._counted(self._stream.read(min(_PIECE, self._left)), 1)

    def _counted(self, data: bytes, least: int) -> bytes:
        if len(data) < least:
            raise InputError("the WARC ends within a record. Fetch the file again.")
        self._left -= len(data)
        return data


class WarcRecord(NamedTuple):
    """A record: its headers, their names in small letters, and its content.

    ``problem`` says what is wrong where bytes are no record.
    """

    headers: Mapping[str, str]
    block: Block
    problem: str | None = None


class Response(NamedTuple):
    """What a server sent; ``status`` is ``None`` where it isn't HTTP."""

    status: str | None
    headers: Mapping[str, str]
    start: bytes = b""


def read_warc(stream: BinaryIO) -> Iterator[WarcRecord]:
    """The records of a WARC, each to be read before the next is asked for.

    Raises:
        InputError: if the WARC ends within a record.

    """
    line = b"\n"
    while line := _next_line(stream, line):
        if _VERSION.fullmatch(line):
            headers = _headers(Block(stream, 1 << 62))
            length = headers.get(_LENGTH, "")
            if length.isdecimal():
                block = Block(stream, int(length))
                yield WarcRecord(headers, block)
                block.skip()
                line = b"\n"
                continue
            problem = f"its Content-Length is {length!r}, not a number. Fetch the file again."
        else:
            problem = "bytes between two records that are none. Fetch the file again."
        yield WarcRecord({}, Block(stream, 0), problem)
        while (line := stream.readline(_LINE)) and not _VERSION.fullmatch(line):
            pass


def read_response(block: Block) -> Response:
    """The status and the headers of an HTTP response, which the block goes on behind."""
    first = block.readline()
    status = _STATUS.match(first)
    if status is None:
        return Response(None, {}, first)
    return Response(status[1].decode(), _headers(block))


def unpack_body(body: bytes, headers: Mapping[str, str]) -> bytes:
    """The content of a response with these headers, without what it is packed with.

    Raises:
        InputError: if it is packed and ends too early.

    """
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _without_chunks(body)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        if coding.strip() in ("gzip", "x-gzip", "deflate"):
            body = _inflated(body)
    return body


def _next_line(stream: BinaryIO, line: bytes) -> bytes:
    """The line, or the next that isn't blank."""
    while line and not line.strip():
        line = stream.readline(_LINE)
    return line


def _headers(block: Block) -> dict[str, str]:
    headers: dict[str, str] = {}
    name = ""
    while (line := block.readline()).strip():
        if line[:1] in b" \t" and name:
            headers[name] += " " + line.strip().decode("utf-8", "replace")
            continue
        key, _, value = line.decode("utf-8", "replace").partition(":")
        name = key.strip().lower()
        headers.setdefault(name, value.strip())
    return headers


def _without_chunks(body: bytes) -> bytes:
    """The body put together; as it is, if it was put together before it was saved."""
    parts: list[bytes] = []
    position = 0
    while size := _CHUNK.match(body, position):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length
    return body if not parts else b"".join(parts)


def _inflated(body: bytes) -> bytes:
    """The body unpacked; as it is, if it was unpacked before it was saved."""
    for form in (47, -15):  # gzip or zlib by their headers, or neither
        unpacker = zlib.decompressobj(form)
        try:
            data = unpacker.decompress(body)
        except zlib.error:
            continue
        if not unpacker.eof and body:
            raise InputError("its packed content ends too early. Fetch the page again.")
        return data
    return body
