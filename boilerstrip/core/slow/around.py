"""What stands around each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]


def totals(values: NDArray[Any]) -> NDArray[Any]:
    """Running totals along the last axis, with the 0 before the first: one more than values.

    >>> totals(np.array([[1, 2], [3, 4]])).tolist()
    [[0, 1, 3], [0, 3, 7]]
    """
    found = np.zeros((*values.shape[:-1], values.shape[-1] + 1), values.dtype)
    values.cumsum(axis=-1, out=found[..., 1:])
    return found


def windows(rows: NDArray[np.float64], widths: Sequence[int]) -> NDArray[np.float64]:
    """For each of ``widths`` lines the sums over so many before each, and after it."""
    total = totals(rows)
    lines = rows.shape[-1]
    position = np.arange(lines)
    found = np.empty((len(widths), 2, *rows.shape))
    for number, width in enumerate(widths):
        found[number, 0] = total[:, :-1] - total.take(np.maximum(position - width, 0), axis=1)
        ends = np.minimum(position + (1 + width), lines)
        found[number, 1] = total.take(ends, axis=1) - total[:, 1:]
    return found


def nearest(marks: Flags, most: Counts | int) -> tuple[Counts, Counts]:
    """For each row of marks, how many lines ago the last was, and how many on the next is.

    Both are 0 on a mark, and at most ``most``, a number or one a row.
    """
    position = np.arange(marks.shape[1])
    found = []
    for row in (marks, marks[:, ::-1]):
        last = np.maximum.accumulate(np.where(row, position, -most), axis=1)
        found.append(np.minimum(position - last, most))
    return found[0], found[1][:, ::-1]


def shifted(rows: Floats, steps: Sequence[int]) -> Floats:
    """The values so many lines on, for each of ``steps``; -1 beyond the ends."""
    reach, lines = max(map(abs, steps)), rows.shape[1]
    wide = np.full((len(rows), lines + 2 * reach), -1, np.float32)
    wide[:, reach : reach + lines] = rows
    return np.array([wide[:, reach + step : reach + step + lines] for step in steps])


def places(words: Floats, prose: Floats, far: int) -> Floats:
    """Where each line stands among the text's words and its prose: see ``order.PLACES``."""
    lines, whole = len(words), max(float(prose.sum()), 1.0)
    before, flow = np.cumsum(words), np.cumsum(prose)
    position = np.arange(lines)
    since, until = nearest((prose > 0)[None], far)
    found = np.empty((12, lines), np.float32)
    for row, values in enumerate(
        (
            position / lines,
            lines,
            position,
            lines - position,
            before / before[-1],
            flow / whole,
            flow,
            whole - flow,
            whole,
            whole / before[-1],
            since[0],
            until[0],
        )
    ):
        found[row] = values
    return found


def headed(heads: Flags, lexical: Floats) -> Floats:
    """The weights of the last line before each one that could head it, and how far off it is."""
    position = np.arange(len(heads))
    last = np.full(len(heads), -1)
    np.maximum.accumulate(np.where(heads, position, -1)[:-1], out=last[1:])
    known = last >= 0
    distance = np.where(known, np.minimum(position - last, 50), 50)
    return np.array([*np.where(known, lexical[:, last], 0), distance], np.float32)


def known_around(
    each_line: Counts, each_id: Counts, longs: Flags, marks: Flags, widths: Sequence[int]
) -> Floats:
    """The share of each line's long words that marked lines have before it, and after it.

    And, for each of ``widths`` lines, of its words and those of so many lines on from it, what
    stands before it; of its words and those of so many back, what stands after it.
    """
    lines = len(marks)
    chosen = longs[each_id]
    line, word = each_line[chosen], each_id[chosen]
    marked = marks[line]
    first, last = np.full(len(longs), lines), np.full(len(longs), -1)
    # Lines stand in order: of several values set at once the last one stays.
    first[word[marked][::-1]] = line[marked][::-1]
    last[word[marked]] = line[marked]
    before, after, whole = (
        np.bincount(those, minlength=lines)
        for those in (line[first[word] < line], line[last[word] > line], line)
    )
    found = [before / np.maximum(whole, 1), after / np.maximum(whole, 1)]
    for back, on in windows(np.array([before, after, whole], np.float64), widths):
        found.append((before + on[0]) / np.maximum(whole + on[2], 1))
        found.append((after + back[1]) / np.maximum(whole + back[2], 1))
    return np.array(found, np.float32)
