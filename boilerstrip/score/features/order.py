"""The order of blocks: where each stands among the page's words, and what stands around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import headed, places, shifted, windows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Flags, Mass, Numbers

_STEPS = (-2, -1, 1, 2)
_WIDTHS = (3, 10, 30)
# Prose that is more blocks off makes no difference.
_FAR = 20


PLACES = (
    "position",
    "blocks",
    "index",
    "left",
    "words_before",
    "prose_before",
    "prose_before_words",
    "prose_after_words",
    "prose_page",
    "prose_share",
    "since_prose",
    "until_prose",
)


def add_mass(columns: Columns, mass: Mass) -> None:
    """Add where each block stands among the page's words and prose."""
    columns.add(PLACES, places(mass.words, mass.prose, _FAR))


def add_neighbours(columns: Columns, names: Sequence[str], rows: NDArray[np.float32]) -> None:
    """Add the named features of the blocks that stand next to each; -1 beyond the ends."""
    near = shifted(rows, _STEPS)
    columns.add(_near(tuple(names), _STEPS), near.reshape(-1, near.shape[-1]))


@cache
def _near(names: tuple[str, ...], steps: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"{name}{step:+d}" for step in steps for name in names)


def add_windows(columns: Columns, summed: Mapping[str, Numbers]) -> None:
    """Add the sums over some blocks before and after each."""
    found = windows(np.array(list(summed.values()), np.float64), _WIDTHS)
    columns.add(_around(tuple(summed)), found.reshape(-1, found.shape[-1]))


@cache
def _around(names: tuple[str, ...]) -> tuple[str, ...]:
    sides = ("before", "after")
    return tuple(f"{name}_{side}{n}" for n in _WIDTHS for side in sides for name in names)


def add_heading(columns: Columns, heads: Flags, lexical: NDArray[np.float32]) -> None:
    """Add the weights of the last line before each block that could head it, and its distance."""
    columns.add(("head_mean", "head_low", "head_line", "head_distance"), headed(heads, lexical))
