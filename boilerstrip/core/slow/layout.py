"""The layout of raw text."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core.slow.around import shifted, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]

_TENTATIVE = 2
_MOST_CUT = 40


def pieces(cuts: Counts, words: Floats, odds: Floats) -> Floats:
    """How each piece of a text is set apart, and the odds around it: see ``pieces.PIECES``.

    ``cuts`` says what stands before each piece: 0 for a line's end, 1 for a sure cut, 2 for a
    tentative one; ``odds`` are of its wording.
    """
    line, segment = np.cumsum(cuts == 0) - 1, np.cumsum(cuts < _TENTATIVE) - 1
    after = np.zeros_like(cuts)
    after[:-1] = cuts[1:]
    alone = (np.bincount(line) == 1).mean()
    found: list[Any] = [cuts, after, min(line[-1] + 1, 200), alone, odds]
    weighed = odds * words
    position = np.arange(len(cuts))
    for group in (line, segment):
        size = np.bincount(group)
        own = position - (np.cumsum(size) - size)[group]
        whole = np.bincount(group, words)[group]
        found += [
            np.minimum(size[group], _MOST_CUT),
            np.minimum(whole, 500),
            np.minimum(own, _MOST_CUT),
            np.minimum(size[group] - own - 1, _MOST_CUT),
            np.bincount(group, weighed)[group] / np.maximum(whole, 1),
        ]
    some = np.minimum(words, 60)
    found += chain.from_iterable(shifted(np.array([odds, some]), (-3, -2, -1, 1, 2, 3)))
    rows = np.array([odds * some, some], np.float64)
    for around in windows(rows, (3, 8, 20)):
        found += [summed / np.maximum(weight, 1) for summed, weight in around]
    found.append(rows[0].sum() / max(rows[1].sum(), 1))
    table = np.empty((len(found), len(cuts)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table
