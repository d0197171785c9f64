"""The order of blocks: where each stands among the page's words, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Flags, Mass, Numbers

_STEPS = (-2, -1, 1, 2)
_WIDTHS = (3, 10, 30)


def add_mass(columns: Columns, mass: Mass) -> None:
    """Add where each block stands among the page's words and prose."""
    count, whole = len(mass.words), mass.whole
    before, flow = np.cumsum(mass.words), np.cumsum(mass.prose)
    position = np.arange(count)
    flows = mass.prose > 0
    found: dict[str, Numbers] = {
        "position": position / count,
        "blocks": np.full(count, count),
        "index": position,
        "left": count - position,
        "words_before": before / before[-1],
        "prose_before": flow / whole,
        "prose_before_words": flow,
        "prose_after_words": whole - flow,
        "prose_page": np.full(count, whole),
        "prose_share": np.full(count, whole / before[-1]),
        "since_prose": since(flows),
        "until_prose": since(flows[::-1])[::-1],
    }
    columns.add(found, list(found.values()))


def since(marks: Flags, most: int = 20) -> Numbers:
    """How many blocks ago the last mark was, at most ``most``; 0 on a mark."""
    position = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, position, -most))
    return np.minimum(position - last, most)


def add_neighbours(
    columns: Columns, names: Sequence[str], rows: NDArray[np.float32], steps: Sequence[int] = _STEPS
) -> None:
    """Add the named features of the blocks that stand next to each; -1 beyond the ends."""
    for step in steps:
        columns.add([f"{name}{step:+d}" for name in names], shifted(rows, step))


def shifted(rows: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """The values ``step`` blocks on; -1 beyond the ends."""
    found = np.full_like(rows, -1)
    if step > 0:
        found[:, :-step] = rows[:, step:]
    else:
        found[:, -step:] = rows[:, :step]
    return found


def add_windows(columns: Columns, summed: Mapping[str, Numbers]) -> None:
    """Add the sums over some blocks before and after each."""
    rows = np.stack(list(summed.values()), dtype=np.float64)
    for width in _WIDTHS:
        before, after = windows(rows, width)
        columns.add([f"{name}_before{width}" for name in summed], before)
        columns.add([f"{name}_after{width}" for name in summed], after)


def windows(rows: NDArray[np.float64], width: int) -> tuple[Numbers, Numbers]:
    """Sums over the ``width`` blocks before and after each."""
    count = rows.shape[-1]
    total = totals(rows)
    position = np.arange(count)
    before = total[..., :-1] - total[..., np.maximum(position - width, 0)]
    after = total[..., np.minimum(position + 1 + width, count)] - total[..., 1:]
    return before, after


def add_heading(columns: Columns, heads: Flags, lexical: NDArray[np.float32]) -> None:
    """Add the weights of the last line before each block that could head it, and its distance."""
    position = np.arange(len(heads))
    latest = np.maximum.accumulate(np.where(heads, position, -1))
    last = np.concatenate(([-1], latest[:-1]))
    known = last >= 0
    columns.add(("head_mean", "head_low", "head_line"), np.where(known, lexical[:, last], 0))
    columns.add(("head_distance",), [np.where(known, np.minimum(position - last, 50), 50)])
