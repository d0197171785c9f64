"""The order of blocks: where each stands among the page's words, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Flags, Mass, Numbers, Values

_STEPS = (-2, -1, 1, 2)
_WIDTHS = (3, 10, 30)
# Prose that is more blocks off makes no difference.
_FAR = 20


def add_mass(columns: Columns, mass: Mass) -> None:
    """Add where each block stands among the page's words and prose."""
    count, whole = len(mass.words), mass.whole
    before, flow = np.cumsum(mass.words), np.cumsum(mass.prose)
    position = np.arange(count)
    since, until = nearest((mass.prose > 0)[None], _FAR)
    found: dict[str, Values] = {
        "position": position / count,
        "blocks": count,
        "index": position,
        "left": count - position,
        "words_before": before / before[-1],
        "prose_before": flow / whole,
        "prose_before_words": flow,
        "prose_after_words": whole - flow,
        "prose_page": whole,
        "prose_share": whole / before[-1],
        "since_prose": since[0],
        "until_prose": until[0],
    }
    columns.add(found, found.values())


def nearest(marks: Flags, most: Numbers | int) -> tuple[Numbers, Numbers]:
    """For each row of marks, how many blocks ago the last was, and how many on the next is.

    Both are 0 on a mark, and at most ``most``, a number or one a row.
    """
    position = np.arange(marks.shape[1])
    found = []
    for row in (marks, marks[:, ::-1]):
        last = np.maximum.accumulate(np.where(row, position, -most), axis=1)
        found.append(np.minimum(position - last, most))
    return found[0], found[1][:, ::-1]


def add_neighbours(
    columns: Columns, names: Sequence[str], rows: NDArray[np.float32], steps: Sequence[int] = _STEPS
) -> None:
    """Add the named features of the blocks that stand next to each; -1 beyond the ends."""
    for step, row in zip(steps, shifted(rows, steps), strict=True):
        columns.add([f"{name}{step:+d}" for name in names], row)


def shifted(rows: NDArray[np.float32], steps: Sequence[int]) -> Iterator[NDArray[np.float32]]:
    """The values each of ``steps`` blocks on; -1 beyond the ends."""
    reach, count = max(map(abs, steps)), rows.shape[1]
    wide = np.full((len(rows), count + 2 * reach), -1, np.float32)
    wide[:, reach : reach + count] = rows
    for step in steps:
        yield wide[:, reach + step : reach + step + count]


def add_windows(columns: Columns, summed: Mapping[str, Numbers]) -> None:
    """Add the sums over some blocks before and after each."""
    rows = np.array(list(summed.values()), np.float64)
    for width, before, after in windows(rows, _WIDTHS):
        columns.add([f"{name}_before{width}" for name in summed], before)
        columns.add([f"{name}_after{width}" for name in summed], after)


def windows(
    rows: NDArray[np.float64], widths: Sequence[int]
) -> Iterator[tuple[int, Numbers, Numbers]]:
    """For each of ``widths`` blocks the sums over so many before and after each."""
    count = rows.shape[-1]
    total = totals(rows)
    position = np.arange(count)
    for width in widths:
        before = total[:, :-1] - total.take(np.maximum(position - width, 0), axis=1)
        after = total.take(np.minimum(position + (1 + width), count), axis=1) - total[:, 1:]
        yield width, before, after


def add_heading(columns: Columns, heads: Flags, lexical: NDArray[np.float32]) -> None:
    """Add the weights of the last line before each block that could head it, and its distance."""
    position = np.arange(len(heads))
    last = np.full(len(heads), -1)
    np.maximum.accumulate(np.where(heads, position, -1)[:-1], out=last[1:])
    known = last >= 0
    columns.add(("head_mean", "head_low", "head_line"), np.where(known, lexical[:, last], 0))
    columns.add(("head_distance",), [np.where(known, np.minimum(position - last, 50), 50)])
