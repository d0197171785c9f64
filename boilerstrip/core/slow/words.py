"""Words as numbers, and what weights say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain, count, repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]

_WORD = re.compile(r"\w+")


def words(
    text: str,
) -> tuple[list[str], Counts, Counts, Counts, Counts, Counts, Flags]:
    r"""The words of a text whose lines have ``\0`` between them, as numbers.

    The different words; the number of each word of the text; how many each line has; the lines and
    the numbers of each line's different words, sorted; the length of each different word, and
    whether it is a numeral.

    >>> [list(map(str, each)) for each in words("so and so\0and 7")[:3]]
    [['so', 'and', '7'], ['0', '1', '0', '1', '2'], ['3', '2']]
    """
    number = defaultdict[str, int](count().__next__)
    rows = [_WORD.findall(line) for line in text.split("\0")]
    tokens = list(chain.from_iterable(rows))
    ids = np.fromiter(map(number.__getitem__, tokens), np.intp, len(tokens))
    sizes = np.fromiter(map(len, rows), np.intp, len(rows))
    vocabulary = list(number)
    many = max(len(vocabulary), 1)
    each = np.sort(np.repeat(np.arange(len(rows)), sizes) * many + ids)
    each = each[np.diff(each, prepend=-1) > 0]
    each_line, each_id = np.divmod(each, many)
    lengths = np.fromiter(map(len, vocabulary), np.intp, len(vocabulary))
    digits = np.fromiter(map(str.isdigit, vocabulary), np.bool_, len(vocabulary))
    return vocabulary, ids, sizes, each_line, each_id, lengths, digits


def lexical(
    vocabulary: list[str],
    ids: Counts,
    sizes: Counts,
    numbers: dict[str, int],
    weights: NDArray[np.float64],
    shorts: dict[str, float],
    longs: dict[str, float],
    most_short: int,
    whole: int,
) -> Floats:
    """The mean, the lowest and the highest weight of each line's words, and that of the line.

    ``numbers`` has the column of ``weights`` for each word, 0 for others; its rows are for longer
    lines and for those of up to ``most_short`` words, NaN where a word has none. The weight of a
    line is that of the most telling of its keys (see ``line_keys``) in the table for its length.
    """
    lines = len(sizes)
    columns = np.fromiter(map(numbers.get, vocabulary, repeat(0)), np.intp, len(vocabulary))
    of_line = np.repeat(np.arange(lines), sizes)
    short = sizes <= most_short
    found = weights[:, columns][short[of_line].astype(np.intp), ids]
    known = ~np.isnan(found)
    line, found = of_line[known], found[known]
    number = np.bincount(line, minlength=lines)
    rows = (vocabulary_of(vocabulary, row) for row in np.split(ids, np.cumsum(sizes)[:-1]))
    tables = (shorts if each else longs for each in short)
    own = np.fromiter(map(_line_weight, rows, tables, repeat(whole)), np.float64, lines)
    mean = np.bincount(line, found, lines) / np.maximum(number, 1)
    low, high = np.minimum(own, 0), np.maximum(own, 0)
    some = np.flatnonzero(number)
    if len(some):
        firsts = np.searchsorted(line, some)
        low[some] = np.minimum.reduceat(found, firsts)
        high[some] = np.maximum.reduceat(found, firsts)
    return np.array([np.where(number, mean, own), low, high, own], np.float32)


def vocabulary_of(vocabulary: list[str], ids: Counts) -> list[str]:
    """The words of these numbers."""
    return [vocabulary[number] for number in ids.tolist()]


def _line_weight(words: Sequence[str], table: Mapping[str, float], whole: int) -> float:
    return next((table[key] for key in line_keys(words, whole) if key in table), 0.0)


def line_keys(words: Sequence[str], whole: int) -> list[str]:
    """How a line begins; of one of up to ``whole`` words, how it ends, and the whole of it.

    The most telling comes first.

    >>> line_keys(["posted", "in", "2019"], 5)
    ['=posted in 0', '^posted in', '$0']
    """
    if not words:
        return []
    beginning = "^" + " ".join(words[:2])
    if len(words) > whole:
        return [beginning]
    if any(map(str.isdigit, words)):
        words = ["0" if word.isdigit() else word for word in words]
    return ["=" + " ".join(words), beginning, "$" + words[-1]]


def familiar(
    ids: Counts, sizes: Counts, each_line: Counts, each_id: Counts, longs: Flags, prose: Flags
) -> Floats:
    """Three shares (0-1) of each line's words.

    Of the long ones, those that other prose of the text has too; of all, the text's commonest; and
    those that the first line has, times the share of these that the line has.
    """
    lines, size = len(sizes), len(longs)
    line = np.repeat(np.arange(lines), sizes)
    spread = np.bincount(each_id[prose[each_line]], minlength=size)
    common = spread >= max(3.0, 0.3 * float(prose.sum()))
    known = np.stack([longs & (spread > 0), longs & (spread > 1)])
    shared = known[prose[line].astype(np.intp), ids]
    opening = np.zeros(size, np.bool_)
    opening[each_id[each_line == 0]] = True
    hits, kinds, of_long = (
        np.bincount(those, minlength=lines)
        for those in (each_line[opening[each_id]], each_line, line[longs[ids]])
    )
    found = (
        np.bincount(line[shared], minlength=lines) / np.maximum(of_long, 1),
        np.bincount(line[common[ids]], minlength=lines) / np.maximum(sizes, 1),
        hits**2 / (np.maximum(kinds, 1) * max(int(opening.sum()), 1)),
    )
    return np.array(found, np.float32)
