"""The shape of blocks: what characters they have, how they begin and how they end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.score.features.columns import totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Counts, Flags, Numbers

# Character classes, one bit each.
_CLASSES = ("space", "word", "upper", "digit", "wide", "stop", "comma", "quote", "sign", "newline")
_BIT = {name: bit for bit, name in enumerate(_CLASSES)}
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
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = _bits()[np.minimum(codes, 0xFFFF)]
    counts = {name: _between(bits >> bit & 1, starts, ends) for name, bit in _BIT.items()}
    is_word = bits >> _BIT["word"] & 1
    opening = is_word.copy()
    opening[1:] &= 1 - is_word[:-1]
    wide = counts["wide"]
    chars = np.maximum(ends - starts - counts["space"], 1)
    words = _between(opening, starts, ends)
    words = np.where(wide * 2 > chars, np.maximum(words, wide * _WIDE_WORD), words)
    words = np.maximum(words, 1).astype(np.float32)
    first, last, before_last = _edges(bits, starts, ends)
    stop = _has(last, "stop") | (_has(last, "quote") & _has(before_last, "stop"))
    found = {
        "words": words,
        "chars": chars,
        "word_length": chars / words,
        "upper": counts["upper"] / chars,
        "capitals": _between(opening & bits >> _BIT["upper"], starts, ends) / words,
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
    columns.add(found, list(found.values()))
    return words, stop


def _has(classes: NDArray[np.uint16], name: str) -> Flags:
    return np.asarray(classes >> _BIT[name] & 1, np.bool_)


def _between(values: NDArray[Any], starts: Counts, ends: Counts) -> Counts:
    """The sum of the values of each span."""
    total = totals(values.astype(np.int32))
    return np.asarray(total[ends] - total[starts])


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
