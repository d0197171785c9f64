"""What trees say of the blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# So many trees are asked at once: their answers for a page stay in the processor's cache. And so
# many blocks, for the answers for a long document take memory.
_TREES = 128
_BLOCKS = 8_192


def votes(
    table: Floats, features: NDArray[np.int32], borders: Floats, leaves: Floats, bias: float
) -> Floats:
    """The sum of the trees' votes for each column of the table, and the bias.

    ``features`` and ``borders`` have a row a level, a column a tree: is the feature above the
    border? The answers are the bits of the number of a leaf, the first level's the lowest.
    """
    found = np.full(table.shape[1], bias, np.float32)
    for left in range(0, len(found), _BLOCKS):
        blocks = slice(left, left + _BLOCKS)
        for first in range(0, len(leaves), _TREES):
            trees = slice(first, first + _TREES)
            leaf = leaf_numbers(table[:, blocks], features[:, trees], borders[:, trees])
            starts = np.arange(0, leaves[trees].size, leaves.shape[1], dtype=np.int32)
            found[blocks] += leaves[trees].take(leaf + starts[:, None]).sum(axis=0)
    return found


def leaf_numbers(table: Floats, features: NDArray[np.int32], borders: Floats) -> NDArray[np.uint8]:
    """In which leaf of each tree each column of the table is: a row a tree."""
    answers = table.take(features, axis=0) > borders[:, :, None]
    lower: NDArray[np.uint8] = answers.view(np.uint8)[:-1]
    leaf: NDArray[np.uint8] = answers.view(np.uint8)[-1]
    for answer in lower[::-1]:
        leaf += leaf
        leaf |= answer
    return leaf
