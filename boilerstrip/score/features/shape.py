"""The shape of blocks: what characters they have, how they begin and how they end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Counts, Flags, Numbers

# Character classes, one bit each.
_CLASSES = ("space", "word", "upper", "digit", "wide", "stop", "comma", "quote", "sign", "newline")
_BIT = {name: bit for bit, name in enumerate(_CLASSES)}
# What else is counted: characters that begin a word, and capitals that do.
_COUNTED = (*_CLASSES, "opens", "capital")
_OPENS, _CAPITAL = len(_CLASSES), len(_CLASSES) + 1
_STOPS = ".!?…。！？؟।۔։።"
_COMMAS = ",;、，،؛；:：—–"
_QUOTES = "\"'”’»)]」』）“„«‘"
_SIGNS = "|©®™@#/\\<>»«›‹→←•·*+=_~{}[]✓▶►"
# Wide characters (Chinese, Japanese, Thai ...) count as this part of a word.
_WIDE_WORD = 0.5


@cache
def _bits() -> NDArray[np.uint16]:
    """The classes of each code point of the basic plane; higher ones are taken for words."""
    characters = [chr(code) for code in range(0x10000)]
    table = np.zeros(0x10000, np.uint16)
    for bit, test in enumerate((str.isspace, str.isalnum, str.isupper, str.isdigit)):
        table |= np.fromiter(map(test, characters), np.uint16, 0x10000) << bit
    for first, last in ((0x0E00, 0x0E80), (0x2E80, 0xA4D0), (0xF900, 0xFB00)):
        table[first:last] |= 1 << _BIT["wide"]
    for members, name in (
        (_STOPS, "stop"),
        (_COMMAS, "comma"),
        (_QUOTES, "quote"),
        (_SIGNS, "sign"),
        ("\n", "newline"),
    ):
        for character in members:
            table[ord(character)] |= 1 << _BIT[name]
    table[0xFFFF] = 1 << _BIT["word"]
    return table


def add_shape(columns: Columns, text: str, starts: Counts, ends: Counts) -> tuple[Numbers, Flags]:
    """Add the shape; the words of each block and whether it ends a sentence come back.

    Words are at least 1; those of scripts without spaces are estimated.
    """
    if text.isascii():
        bits = _bits().take(np.frombuffer(text.encode(), np.uint8))
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        bits = _bits().take(np.minimum(codes, 0xFFFF))
    opens = bits >> _BIT["word"] & 1
    opens[1:] &= ~opens[:-1]
    bits |= opens << _OPENS | (opens & bits >> _BIT["upper"]) << _CAPITAL
    counts = _counts(bits, starts, ends)
    wide = counts["wide"]
    chars = np.maximum(ends - starts - counts["space"], 1)
    words = counts["opens"]
    words = np.where(wide * 2 > chars, np.maximum(words, wide * _WIDE_WORD), words)
    words = np.maximum(words, 1).astype(np.float32)
    first, last, before_last = _edges(bits, starts, ends)
    stop = _has(last, "stop") | (_has(last, "quote") & _has(before_last, "stop"))
    found = {
        "words": words,
        "chars": chars,
        "word_length": chars / words,
        "upper": counts["upper"] / chars,
        "capitals": counts["capital"] / words,
        "digits": counts["digit"] / chars,
        "wide": wide / chars,
        "stops": counts["stop"],
        "stop_rate": counts["stop"] / words,
        "commas": counts["comma"],
        "comma_rate": counts["comma"] / words,
        "quotes": counts["quote"] / words,
        "signs": counts["sign"] / chars,
        "newlines": np.minimum(counts["newline"], 6),
        "ends_stop": stop,
        "ends_comma": _has(last, "comma"),
        "ends_word": _has(last, "word"),
        "starts_upper": _has(first, "upper"),
        "starts_digit": _has(first, "digit"),
        "starts_word": _has(first, "word"),
    }
    columns.add(found, found.values())
    return words, stop


def _has(classes: NDArray[np.uint16], name: str) -> Flags:
    return np.asarray(classes >> _BIT[name] & 1, np.bool_)


def _counts(bits: NDArray[np.uint16], starts: Counts, ends: Counts) -> dict[str, Counts]:
    """How many characters of each class each span has.

    Several classes are counted in one number, each in bits of its own.
    """
    found = {}
    size = max(int((ends - starts).max()).bit_length(), 1)
    at_once = 63 // size
    for first in range(0, len(_COUNTED), at_once):
        some = _COUNTED[first : first + at_once]
        packed = _packed(first, at_once, size).take(bits)
        total = totals(packed)
        sums = total.take(ends) - total.take(starts)
        for place, name in enumerate(some):
            found[name] = sums >> place * size & ((1 << size) - 1)
    return found


@cache
def _packed(first: int, count: int, size: int) -> NDArray[np.int64]:
    """Numbers whose sum counts some classes, each in ``size`` bits, for all sets of classes."""
    sets = np.arange(1 << len(_COUNTED), dtype=np.int64)
    places = range(min(count, len(_COUNTED) - first))
    found = np.zeros_like(sets)
    for place in places:
        found |= (sets >> first + place & 1) << place * size
    return found


def _edges(
    bits: NDArray[np.uint16], starts: Counts, ends: Counts
) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16]]:
    """The classes of each span's first, last and last but one visible character."""
    visible = np.flatnonzero((bits & 1) == 0)
    if not len(visible):
        none = np.zeros(len(starts), np.uint16)
        return none, none, none
    seen = bits[visible]
    first = np.minimum(np.searchsorted(visible, starts), len(visible) - 1)
    last = np.searchsorted(visible, ends) - 1
    return seen[first], seen[np.maximum(last, 0)], seen[np.maximum(last - 1, 0)]
