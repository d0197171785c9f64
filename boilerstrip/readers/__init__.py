"""Readers turn any source into a document; they know nothing of boilerplate."""

from __future__ import annotations

import re

from boilerstrip.readers.page import Page
from boilerstrip.readers.plain import read_plain

# What a page begins with, and the closing tags of which a text about HTML has few.
_OPENING = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(
    r"</(?:p|div|span|a|li|ul|h[1-6]|article|section|main|table|td|tr|body|blockquote)\s*>",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"[\s\ufeff]*<(?:p|div|article|section|main|h[1-6]|ul|ol|table|header|figure|blockquote)[\s>]",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"[\s\ufeff]*(?:<!--.*?-->\s*)*<(?:base|link|meta|noscript|script|style|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEW = 3

__all__ = ["Page", "is_html", "read"]


def read(source: object) -> Page:
    r"""The document in ``source``: text, or HTML as str, bytes, lxml tree or BeautifulSoup object.

    A ``str`` or ``bytes`` is HTML if it begins as a page or a part of one does, or if it has
    closing tags throughout.

    Raises:
        InputError: for a source of another type. What else a caller may hand in, ``unwrap`` of
            ``readers.source`` turns into one of these.

    >>> read("Use <p> for a paragraph.").document.text
    'Use <p> for a paragraph.'
    >>> read("<p>One.</p><p>Two.</p>").document.text
    'One.\nTwo.'

    """
    if isinstance(source, str):
        return _read_html(source) if is_html(source) else read_plain(source)
    if isinstance(source, bytes | bytearray | memoryview):
        return _read_bytes(bytes(source))
    return _read_html(source)


def is_html(text: str) -> bool:
    """Whether a string is HTML rather than text in which tags are mentioned.

    >>> is_html("<!DOCTYPE html><title>Rain</title>"), is_html("5 < 6 and <b>bold</b>")
    (True, False)
    """
    if _OPENING.match(text):
        return True
    if _BLOCK.match(text) and _CLOSING.search(text):
        return True
    closing = sum(1 for _ in _CLOSING.finditer(text))
    return closing > _FEW and (closing * 400 > len(text) or _HEAD.match(text) is not None)


def _read_bytes(source: bytes) -> Page:
    from boilerstrip.readers.encoding import decode_bytes

    text, utf8 = decode_bytes(source)
    if not is_html(text):
        return read_plain(text)
    if utf8 is None:
        return _read_html(text)
    from boilerstrip.readers.html import read_utf8

    return read_utf8(utf8)


def _read_html(source: object) -> Page:
    from boilerstrip.readers.html import read_html

    return read_html(source)
