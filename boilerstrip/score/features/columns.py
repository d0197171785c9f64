"""The table that features fill: one row a feature, one column a block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[Any]  # of any kind: what becomes a column is cast
    Counts = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]


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


class Columns:
    """Named features of a document's blocks, in the order in which they were added."""

    def __init__(self) -> None:
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._groups: list[NDArray[np.float32]] = []

    def add(self, names: Iterable[str], rows: NDArray[Any] | Sequence[NDArray[Any]]) -> None:
        """Take one row of numbers for each name."""
        group = np.asarray(rows, np.float32)
        self._rows.update(zip(names, group, strict=True))
        self._groups.append(group)

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """What was added under these names, one row each."""
        return np.stack([self._rows[name] for name in names])

    def table(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The names, and the numbers with one row a name."""
        return tuple(self._rows), np.concatenate(self._groups)


def totals(values: NDArray[Any]) -> NDArray[Any]:
    """Running totals along the last axis, with the 0 before the first: one more than values.

    >>> totals(np.array([[1, 2], [3, 4]])).tolist()
    [[0, 1, 3], [0, 3, 7]]
    """
    found = np.zeros((*values.shape[:-1], values.shape[-1] + 1), values.dtype)
    np.cumsum(values, axis=-1, out=found[..., 1:])
    return found
