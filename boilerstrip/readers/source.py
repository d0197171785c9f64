"""What a caller may hand in, and what of it is to be read.

A string is its own content: one that is nothing but an address or the name of a file was meant for
a function that fetches or opens, and is refused rather than returned as an article. Responses are
known by what they have, so that no HTTP library is imported.
"""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import declared_encoding

# No address or path is longer; a text of one line mostly is.
_LONGEST = 2_000
# Characters of addresses: Latin ones, as a text in Chinese may follow its address without a space.
_ADDRESS = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*://|www\.)[!-~À-ɏ]+")
_PAGE_PATH = re.compile(r"(?i)(?=.*[/\\])[!-;=?-~À-ɏ]+\.(?:html?|xhtml|txt|md|pdf|jsonl?|csv)")
_HOLDS_MANY = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
# The first bytes of what is neither text nor HTML.
_BINARY = {
    b"%PDF-": "a PDF",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a zip archive",
    b"PAR1": "a Parquet file",
    b"WARC/1.": "a WARC file",
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "zstandard data",
    b"\xfd7zXZ\x00": "xz data",
}
_CHARSET = re.compile(r"""(?i)\bcharset\s*=\s*["']?([\w:.-]+)""")
_NO_TEXT = re.compile(r"(?i)\s*(?:(?:image|audio|video|font)/|application/(?:pdf|zip|json)\b)")
# Encodings whose bytes may pass for ASCII or UTF-8, so that only a declaration tells.
_DISGUISED = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
_MISSING = ("NAType", "NaTType")
_NEXT = (
    "Pass text, or HTML as str, bytes, an lxml element or a BeautifulSoup object, a pathlib.Path,"
    " or the response of requests, httpx or Scrapy."
)


class Element(Protocol):
    """An element of lxml."""

    def getroottree(self) -> Any:
        """The tree that it is in."""


class Tree(Protocol):
    """A tree of lxml."""

    @property
    def docinfo(self) -> Any:
        """What its first lines say."""


class Soup(Protocol):
    """A BeautifulSoup object, or a tag of one."""

    @property
    def decode_contents(self) -> Any:
        """What gives its HTML."""


class Response(Protocol):
    """A response of requests, httpx or Scrapy; it has its bytes in ``content`` or ``body``."""

    @property
    def url(self) -> Any:
        """The address that it came from."""

    @property
    def headers(self) -> Any:
        """What the server said of it."""


Source: TypeAlias = (
    str | bytes | bytearray | memoryview | os.PathLike[str] | Element | Tree | Soup | Response
)


def unwrap(source: object) -> tuple[object, str | None]:
    """What is to be read of a source, and the address it came from, if it says so.

    Raises:
        InputError: for a source that can't be read, or that is the address or the path of one.

    >>> unwrap("It rained.")
    ('It rained.', None)
    >>> unwrap("https://example.org/rain")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    boilerstrip.errors.InputError: 'https://example.org/rain' is an address, and nothing is ...

    """
    if isinstance(source, str):
        _refuse_address(source)
        return source, None
    if isinstance(source, bytes | bytearray | memoryview):
        return _checked(bytes(source), "the source"), None
    if isinstance(source, os.PathLike):
        return _read_file(Path(os.fsdecode(source))), None
    if type(source).__module__.partition(".")[0] in ("lxml", "bs4"):
        return source, None
    if _is_missing(source):
        kind = type(source).__name__
        raise InputError(
            f"the source is a missing value: {source} ({kind}). Drop it, or pass '' in its place."
        )
    content = _content(source)
    if content is None:
        raise InputError(f"clean() can't read a source of type {type(source).__name__}. {_NEXT}")
    return _read_response(source, content)


def _is_missing(source: object) -> bool:
    is_nan = isinstance(source, float) and source != source
    return source is None or is_nan or type(source).__name__ in _MISSING


def _refuse_address(text: str) -> None:
    """Nothing, if the text isn't one line that is an address, or a path of a file, and no more."""
    if len(text) > _LONGEST or "\n" in text or "\r" in text:
        return
    line = text.strip()
    shown = line if len(line) <= 80 else f"{line[:79]}…"
    if _ADDRESS.fullmatch(line):
        raise InputError(
            f"{shown!r} is an address, and nothing is fetched. Fetch it, and pass the response, or"
            " its content and url=..."
        )
    if line and (os.path.isfile(line) or _PAGE_PATH.fullmatch(line)):  # noqa: PTH113 - never raises
        raise InputError(
            f"{shown!r} is the path of a file. Pass pathlib.Path({shown!r}) to have the file read;"
            " if it is the text itself, end it with a line break."
        )


def _read_file(path: Path) -> bytes:
    if path.suffix.lower() in _HOLDS_MANY:
        raise InputError(
            f"{path}: holds many documents, to judge by its name. Pass them one by one, or run"
            f" boilerstrip clean {path}"
        )
    try:
        return _checked(path.read_bytes(), str(path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file. Check the path.") from error
    except IsADirectoryError as error:
        message = f"{path}: a folder. Pass its files one by one, or run boilerstrip clean {path}"
        raise InputError(message) from error
    except OSError as error:
        message = f"{path}: can't be read: {error.strerror}. Check the file and its permissions."
        raise InputError(message) from error


def _checked(content: bytes, name: str) -> bytes:
    """The content, if it doesn't begin as a file that is no text."""
    for start, kind in _BINARY.items():
        if content.startswith(start):
            raise InputError(f"{name}: is {kind}, neither text nor HTML. Unpack or convert it.")
    return content


def _content(source: object) -> bytes | None:
    """The bytes of a response, ``None`` if the source isn't one."""
    try:
        if not (hasattr(source, "url") and hasattr(source, "headers")):
            return None
        contents = (getattr(source, name, None) for name in ("content", "body"))
        return next((content for content in contents if isinstance(content, bytes)), None)
    except RuntimeError as error:  # of httpx: a stream that wasn't read
        message = f"the response can't be read: {error} Call its read() first."
        raise InputError(message) from error


def _read_response(source: Any, content: bytes) -> tuple[bytes | str, str | None]:
    address = str(source.url) or None
    stated = _content_type(source.headers)
    name = address or "the response"
    if _NO_TEXT.match(stated):
        message = f"{name}: is {stated.partition(';')[0].strip()}, neither text nor HTML."
        raise InputError(f"{message} Pass over it.")
    return _decoded(_checked(content, name), stated), address


def _content_type(headers: Any) -> str:
    value = headers.get("Content-Type") or headers.get("content-type") or ""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _decoded(content: bytes, stated: str) -> bytes | str:
    """The text of a response in the encoding that its head states, if that can be; or its bytes.

    Bytes that are UTF-8 are that, whatever is stated: servers state one encoding for all pages.
    """
    found = _CHARSET.search(stated)
    encoding = _known(found[1]) if found else None
    if encoding is None or content.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff")):
        return content
    try:
        if not encoding.startswith(_DISGUISED):
            content.decode("utf-8")
            return content
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content


def _known(label: str) -> str | None:
    """The Python name of an encoding, as browsers read its label; ``None`` for an unknown one."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name.startswith(_DISGUISED):
        return name
    return declared_encoding(b'<meta charset="%s">' % label.encode("ascii", "ignore"))
