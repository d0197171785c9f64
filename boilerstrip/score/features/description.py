"""What the scorer sees of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Counts
    from boilerstrip.score.features.words import Words


@dataclass(frozen=True, slots=True)
class Description:
    """Features of a document's blocks: ``table`` has a row for each name, a column a block.

    ``circles`` are numberings of the blocks: those of one number belong together (one parent
    element, one look). Raw text has none, but ``words``: where each word stands.
    """

    names: tuple[str, ...]
    table: NDArray[np.float32]
    circles: Mapping[str, Counts] = field(default_factory=dict)
    words: Words | None = None

    @classmethod
    def of(
        cls,
        columns: Columns,
        circles: Mapping[str, Counts] | None = None,
        words: Words | None = None,
    ) -> Description:
        """The description that the columns make."""
        return cls(*columns.table(), circles or {}, words)

    def row(self, name: str) -> NDArray[np.float32]:
        """The feature of this name, one number a block."""
        found: NDArray[np.float32] = self.table[self.names.index(name)]
        return found

    def some(self, chosen: Callable[[str], bool]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The names that are chosen, and their features, one row each."""
        names, numbers = _chosen(self.names, chosen)
        return names, self.table[list(numbers)]

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """The features of these names, one row each."""
        if names == self.names:
            return self.table
        found: NDArray[np.float32] = self.table[list(map(self.names.index, names))]
        return found


@lru_cache(8)  # the names of a kind of document are always the same
def _chosen(
    names: tuple[str, ...], chosen: Callable[[str], bool]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names that are chosen, and their numbers."""
    numbers = tuple(number for number, name in enumerate(names) if chosen(name))
    return tuple(names[number] for number in numbers), numbers
