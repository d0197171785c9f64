"""What lines say again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core.slow.around import nearest, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]


def alike(ids: Counts, sizes: Counts, digits: Flags, most_words: int, most: int) -> Floats:
    """How many short lines begin with the word that each does, end so, begin and end so.

    Short are lines of up to ``most_words`` words, and of the last, all; ``most`` is the highest
    number. All numerals are one word.
    """
    size = len(digits)
    numbers = np.append(np.where(digits[ids], size, ids), size + 1)
    stops = np.cumsum(sizes)
    empty = sizes == 0
    first = numbers[np.where(empty, len(ids), stops - sizes)]
    last = numbers[np.where(empty, len(ids), stops - 1)]
    short = (sizes > 0) & (sizes <= most_words)
    _, both, counts = np.unique(first * (size + 2) + last, return_inverse=True, return_counts=True)
    found = (_again(first, short, most), _again(last, short, most), np.minimum(counts, most)[both])
    return np.array(found, np.float32)


def _again(values: Counts, chosen: Flags, most: int) -> Counts:
    """How many of the chosen have the value that each has; 0 for those not chosen."""
    counts = np.bincount(values[chosen], minlength=int(values.max()) + 1)
    return np.where(chosen, np.minimum(counts, most)[values], 0)


def echoes(
    each_line: Counts,
    each_id: Counts,
    longs: Flags,
    words: Floats,
    prose: Flags,
    least: float,
    most: int,
    far: int,
    far_prose: int,
    width: int,
) -> Floats:
    """What lines have of the first one's words, and of the next one's: see ``echoes.ECHOES``.

    A line with this ``least`` share of the first one's long words says it again.
    """
    lines = len(words)
    chosen = longs[each_id]
    line, word = each_line[chosen], each_id[chosen]
    opening = word[line == 0]
    member = np.zeros(len(longs), np.bool_)
    member[opening] = True
    shared = np.bincount(line[member[word]], minlength=lines)
    of_line = shared / np.maximum(np.bincount(line, minlength=lines), 1)
    marks = shared / max(len(opening), 1) >= least
    marks[0] = False
    rows = np.array([of_line * words, words], np.float64)
    ((back, on),) = windows(rows, (width,))
    near, around = back + on + rows
    since, until = nearest(marks[None], far)
    like = _likeness(each_line, each_id, lines, len(longs))
    since_prose, until_prose = nearest(prose[None], far_prose)
    found = np.empty((8, lines), np.float32)
    for row, values in enumerate(
        (
            since[0],
            until[0],
            min(int(marks.sum()), most),
            near / np.maximum(around, 1),
            like,
            np.concatenate(([0], like[:-1])),
            since_prose[0],
            until_prose[0],
        )
    ):
        found[row] = values
    return found


def _likeness(each_line: Counts, each_id: Counts, lines: int, size: int) -> NDArray[np.float64]:
    """The share of each line's words, or of the next one's if it has fewer, that both have."""
    kinds = np.bincount(each_line, minlength=lines)
    each = each_line * size + each_id
    shared = each_line[np.isin(each + size, each)]
    both = np.bincount(shared, minlength=lines)
    fewer = np.zeros_like(kinds)
    np.minimum(kinds[:-1], kinds[1:], out=fewer[:-1])
    return np.asarray(both / np.maximum(fewer, 1))
