"""What is marked, and how far each line is from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core.slow.around import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]


def marked(
    kinds: Counts,
    words: Floats,
    prose: Floats,
    wanted: Sequence[int],
    far: int,
    far_words: int,
    most: int,
) -> Floats:
    """Where lines that are marked stand, of any kind and of each: see ``claims.MARKED``.

    Of any kind: their share of all words, how far back the last is, how far on the next is. Of
    each, from 1 on, its number, and what is ``wanted`` of it, as bits: 1 for the share that stands
    up to each line, 2 for how far off they are, 4 for the words of prose since the last.
    """
    any_kind = kinds > 0
    since, until = nearest(any_kind[None], far)
    found: list[Any] = [words[any_kind].sum() / words.sum(), since[0], until[0]]
    flow = np.cumsum(prose)
    for kind, parts in enumerate(wanted, 1):
        marks = kinds == kind
        before = marks.cumsum()
        found.append(min(int(before[-1]), most))
        if parts & 1:
            found.append(before / max(int(before[-1]), 1))
        if parts & 2:
            since, until = nearest(marks[None], far)
            found += [since[0], until[0]]
        if parts & 4:
            last = np.maximum.accumulate(np.where(marks, flow, -1))
            found.append(np.where(last < 0, -1, np.minimum(flow - last, far_words)))
    table = np.empty((len(found), len(kinds)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table
