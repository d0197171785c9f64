"""Streams that can be looked into before they are read, and what they are packed with."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from boilerstrip.batch.look import ENOUGH, HEAD
from boilerstrip.batch.remote import open_file
from boilerstrip.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKERS = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\0"), "xz"),
    (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), "zstd"),
)
_DEEPEST = 4
# Dumps that were packed with --long need a window of up to 2 GiB.
_LONGEST_WINDOW = 31
# What a stream raises whose packed data are broken or cut short, beside OSError.
BROKEN = (EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError)


class Opened(NamedTuple):
    """A file that is open: its content, its beginning, and how far on the disk it is read."""

    stream: io.BufferedReader
    head: bytes
    position: Callable[[], int]


@contextmanager
def opened(path: str) -> Iterator[Opened]:
    """The file's content, unpacked.

    Raises:
        OSError: if it can't be read, and one of ``BROKEN`` if it can't be unpacked.

    """
    with open_file(path) as raw:
        position = raw.tell if raw.seekable() else _nowhere
        with unpack(raw, position) as content:
            yield content


@contextmanager
def unpack(
    stream: BinaryIO | io.RawIOBase, position: Callable[[], int] | None = None
) -> Iterator[Opened]:
    """The stream's content, unpacked as often as it is packed.

    Raises:
        InputError: if it is packed more than four times.
        OSError: if it can't be read, and one of ``BROKEN`` if it can't be unpacked.

    """
    headed = _Headed(stream)
    for _ in range(_DEEPEST):
        packer = next((name for magic, name in _PACKERS if magic.match(headed.head)), None)
        if packer is None:
            buffered = io.BufferedReader(cast("Any", headed), HEAD)
            yield Opened(buffered, headed.head, position or _nowhere)
            return
        headed = _Headed(_unpacker(packer, headed))
    raise InputError("packed within packed, again and again. Unpack it first.")


def _unpacker(packer: str, stream: _Headed) -> BinaryIO:
    source = cast("Any", io.BufferedReader(cast("Any", stream), HEAD))
    if packer == "gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=source))
    if packer == "bzip2":
        return cast("BinaryIO", bz2.BZ2File(source))
    if packer == "xz":
        return cast("BinaryIO", lzma.LZMAFile(source))
    options = {int(zstd.DecompressionParameter.window_log_max): _LONGEST_WINDOW}
    return cast("BinaryIO", zstd.ZstdFile(source, options=options))


def _nowhere() -> int:
    return 0


class _Headed(io.RawIOBase):
    """A stream whose first bytes are at hand before it is read."""

    def __init__(self, stream: BinaryIO | io.RawIOBase) -> None:
        self._read1: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._stream = stream
        # What was raised behind the head, to be raised again when that is read.
        self._error: Exception | None = None
        self.head = self._begin()
        self._left = self.head

    def _begin(self) -> bytes:
        head = b""
        try:
            while len(head) < ENOUGH and (part := self._read1(HEAD - len(head))):
                head += part
        except (OSError, *BROKEN) as error:
            if not head:
                raise
            self._error = error
        return head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        part, self._left = self._left[: len(view)], self._left[len(view) :]
        if not part:
            self._fail()
            part = self._read1(len(view)) or b""
        view[: len(part)] = part
        return len(part)

    def readall(self) -> bytes:
        self._fail()
        left, self._left = self._left, b""
        return left + (self._stream.read() or b"")

    def _fail(self) -> None:
        if self._error is not None:
            raise self._error
