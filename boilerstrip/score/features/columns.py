"""The table that features fill: one row a feature, one column a block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[Any]  # of any kind: what becomes a column is cast
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]
    Values = Numbers | float


@dataclass(frozen=True)
class Mass:
    """The words of each block: all of them, those of prose, and those in links."""

    words: Numbers
    prose: Numbers
    linked: Numbers

    @cached_property
    def whole(self) -> float:
        """The prose of the page, at least 1."""
        return max(float(self.prose.sum()), 1.0)


# Rows that a table has room for at first: text has 160 features, a page 181.
_ROOM = 192


class Columns:
    """Named features of ``count`` blocks, in the order in which they were added."""

    def __init__(self, count: int) -> None:
        self._table = np.empty((_ROOM, count), np.float32)
        self._numbers: dict[str, int] = {}

    def add(self, names: Collection[str], rows: NDArray[Any] | Iterable[Values]) -> None:
        """Take one row of numbers for each name; a single number is that of all blocks."""
        number, stop = len(self._numbers), len(self._numbers) + len(names)
        while stop > len(self._table):
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
        self._numbers.update(zip(names, range(number, stop), strict=True))
        if isinstance(rows, np.ndarray):
            self._table[number:stop] = rows
            return
        for place, row in zip(range(number, stop), rows, strict=True):
            self._table[place] = row

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """What was added under these names, one row each."""
        return self._table[[self._numbers[name] for name in names]]

    def table(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The names, and the numbers with one row a name."""
        return tuple(self._numbers), self._table[: len(self._numbers)]
