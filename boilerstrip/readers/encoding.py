"""From the bytes of a page to its characters, whatever the page declares."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?i)<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)"""
)
_HEAD = 16_384
# What browsers read under a label: each is a superset of the encoding that the label names.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
# What Japanese in ASCII bytes is switched on with; such a text is valid UTF-8, too.
_ESCAPE = b"\x1b"
_SWITCHES = (b"\x1b$B", b"\x1b$@")
# UTF-8 with at most this share of broken characters among its non-ASCII ones is still UTF-8.
_BROKEN = 0.3
# With fewer non-ASCII bytes detection is a lottery.
_TELLING = 12


class Decoded(NamedTuple):
    """The text of some bytes, and as ``utf8`` the same in UTF-8, where it is at hand."""

    text: str
    utf8: bytes | None = None


def decode(source: bytes) -> str:
    """The text of a page's bytes; what no encoding explains becomes U+FFFD.

    In order of trust: a byte order mark, the zeros of UTF-16 and UTF-32, the switches of
    ISO-2022-JP, bytes that are valid UTF-8, the declared encoding where
    it fits the bytes, UTF-8 with a few broken characters, detection.

    >>> decode('<meta charset="utf-8">Zürich'.encode("cp1252"))
    '<meta charset="utf-8">Zürich'
    """
    return decode_bytes(source).text


def decode_bytes(source: bytes) -> Decoded:
    """The same, with the bytes in UTF-8 if they were that."""
    for bom, encoding in _BOMS:
        if source.startswith(bom):
            return Decoded(source[len(bom) :].decode(encoding, "replace"))
    # No encoding begins with four zeros: they are what stood on the disk before the file.
    source = source[len(source) - len(source.lstrip(b"\0")) & ~3 :]
    wide = _wide(source)
    if wide is not None:
        return Decoded(source.decode(wide, "replace"))
    source = source.lstrip(b"\0")
    if _ESCAPE in source and any(switch in source for switch in _SWITCHES):
        try:
            return Decoded(source.decode("iso2022_jp_ext"))
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(source.decode("utf-8"), source)
    except UnicodeDecodeError:
        return Decoded(_legacy(source))


def _legacy(source: bytes) -> str:
    declared = declared_encoding(source)
    if declared is not None and declared != "utf-8":
        try:
            return source.decode(declared)
        except UnicodeDecodeError:
            pass
    lenient = source.decode("utf-8", "replace")
    if _mostly_sound(lenient):
        return lenient
    return source.decode(_guessed(source), "replace")


def declared_encoding(source: bytes) -> str | None:
    """The Python name of the encoding that the page's head declares, as browsers read it."""
    found = _DECLARED.search(source[:_HEAD])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    # A declaration that could be read as ASCII can't have been UTF-16.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _WIDER.get(name, name)


def _wide(source: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark.

    Of four bytes, two are zero in UTF-32 (next to always); of two, one in UTF-16, in Latin text.
    """
    head = source[:400]
    if head.count(0) * 3 < len(head) or not any(head):
        return None
    zeros = [head[place::4].count(0) * 4 >= 3 * (len(head) // 4) for place in range(4)]
    if zeros == [False, zeros[1], True, True]:
        return "utf-32-le"
    if zeros == [True, True, zeros[2], False]:
        return "utf-32-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even and odd and min(even, odd) * 2 > max(even, odd):
        return None
    return "utf-16-le" if odd >= even else "utf-16-be"


def _mostly_sound(text: str) -> bool:
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    return broken <= _BROKEN * sound


def _guessed(source: bytes) -> str:
    """The encoding that the detector names; Western where there is too little to tell by."""
    import charset_normalizer

    # Markup is ASCII: it only dilutes what the detector looks for.
    sample = re.sub(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>", b" ", source[:400_000])
    if sum(byte > 127 for byte in sample) < _TELLING:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample).best()
    if best is None:
        return "cp1252"
    name = codecs.lookup(best.encoding).name
    return _WIDER.get(name, name)
