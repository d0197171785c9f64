"""The shape of lines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core.slow.around import totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]

# The bits of a character's classes, and of what else is counted: words that begin, and capitals
# that begin one.
_SPACE, _WORDS, _UPPER, _NUMERAL, _BROAD, _STOP, _COMMA, _QUOTE, _SIGN, _NEWLINE = range(10)
_OPENS, _CAPITAL = 10, 11
# Wide characters (Chinese, Japanese, Thai ...) count as this part of a word.
_WIDE_WORD = 0.5


def shape(text: str, starts: Counts, ends: Counts, classes: NDArray[np.uint16]) -> Floats:
    """What characters each line has, how it begins and how it ends: see ``shape.SHAPE``.

    ``classes`` has a bit for each class of a character, by its number: space, word, upper, digit,
    wide, stop, comma, quote, sign, newline. The last is that of all characters from there on.
    Words are at least 1, and estimated for scripts without spaces.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = classes.take(np.minimum(codes, len(classes) - 1))
    opens = bits >> _WORDS & 1
    opens[1:] &= ~opens[:-1]
    bits |= opens << _OPENS | (opens & bits >> _UPPER) << _CAPITAL
    counts = _counts(bits, starts, ends)
    wide = counts[_BROAD]
    chars = np.maximum(ends - starts - counts[_SPACE], 1)
    some = np.where(wide * 2 > chars, np.maximum(counts[_OPENS], wide * _WIDE_WORD), counts[_OPENS])
    words = np.maximum(some, 1).astype(np.float32)
    first, last, before_last = _edges(bits, starts, ends)
    found = (
        words,
        chars,
        chars / words,
        counts[_UPPER] / chars,
        counts[_CAPITAL] / words,
        counts[_NUMERAL] / chars,
        wide / chars,
        counts[_STOP],
        counts[_STOP] / words,
        counts[_COMMA],
        counts[_COMMA] / words,
        counts[_QUOTE] / words,
        counts[_SIGN] / chars,
        np.minimum(counts[_NEWLINE], 6),
        _has(last, _STOP) | (_has(last, _QUOTE) & _has(before_last, _STOP)),
        _has(last, _COMMA),
        _has(last, _WORDS),
        _has(first, _UPPER),
        _has(first, _NUMERAL),
        _has(first, _WORDS),
    )
    return np.array(found, np.float32)


def _has(classes: NDArray[np.uint16], bit: int) -> Flags:
    return np.asarray(classes >> bit & 1, np.bool_)


def _counts(bits: NDArray[np.uint16], starts: Counts, ends: Counts) -> list[Counts]:
    """How many characters of each class each span has.

    Several classes are counted in one number, each in bits of its own.
    """
    found: list[Counts] = []
    size = max(int((ends - starts).max()).bit_length(), 1)
    at_once = 63 // size
    for first in range(0, _CAPITAL + 1, at_once):
        total = totals(_packed(first, at_once, size).take(bits))
        sums = total.take(ends) - total.take(starts)
        places = range(min(at_once, _CAPITAL + 1 - first))
        found += [sums >> place * size & ((1 << size) - 1) for place in places]
    return found


@cache
def _packed(first: int, at_once: int, size: int) -> NDArray[np.int64]:
    """Numbers whose sum counts some classes, each in ``size`` bits, for all sets of classes."""
    sets = np.arange(1 << (_CAPITAL + 1), dtype=np.int64)
    found = np.zeros_like(sets)
    for place in range(min(at_once, _CAPITAL + 1 - first)):
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
