"""The layout of raw text: how pieces are set apart, the line and the sentence each is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.order import shifted, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Block
    from boilerstrip.score.features.columns import Columns, Counts, Numbers, Values

_MOST = 40
_STEPS = (-3, -2, -1, 1, 2, 3)
_WIDTHS = (3, 8, 20)


def add_pieces(columns: Columns, blocks: Sequence[Block], words: Numbers, odds: Numbers) -> None:
    """Add how each block is set apart from others, and the ``odds`` of wording around it."""
    cuts = np.array([block.cut for block in blocks])
    line, segment = np.cumsum(cuts == 0) - 1, np.cumsum(cuts < 2) - 1
    after = np.zeros_like(cuts)
    after[:-1] = cuts[1:]
    sizes = np.bincount(line)
    found: dict[str, Values] = {
        "cut": cuts,
        "cut_after": after,
        "lines": min(line[-1] + 1, 200),
        "line_alone": (sizes == 1).mean(),
        "ngrams": odds,
    }
    weighed = odds * words
    position: Counts = np.arange(len(cuts))
    for name, group in (("line", line), ("segment", segment)):
        size = np.bincount(group)
        first = np.cumsum(size) - size
        own = position - first[group]
        of_group = size[group]
        whole = np.bincount(group, words)[group]
        found[f"{name}_pieces"] = np.minimum(of_group, _MOST)
        found[f"{name}_words"] = np.minimum(whole, 500)
        found[f"{name}_index"] = np.minimum(own, _MOST)
        found[f"{name}_left"] = np.minimum(of_group - own - 1, _MOST)
        found[f"{name}_ngrams"] = np.bincount(group, weighed)[group] / np.maximum(whole, 1)
    columns.add(found, found.values())
    some = np.minimum(words, 60)
    for step, row in zip(_STEPS, shifted(np.array([odds, some], np.float32), _STEPS), strict=True):
        columns.add((f"ngrams{step:+d}", f"size{step:+d}"), row)
    _add_means(columns, odds, some)


def _add_means(columns: Columns, odds: Numbers, words: Numbers) -> None:
    """Add the mean log odds of wording of some blocks before, after and around each."""
    rows: NDArray[np.float64] = np.array([odds * words, words], np.float64)
    for width, *around in windows(rows, _WIDTHS):
        for label, (summed, weight) in zip(("before", "after"), around, strict=True):
            columns.add((f"ngrams_{label}{width}",), [summed / np.maximum(weight, 1)])
    columns.add(("ngrams_text",), [rows[0].sum() / max(rows[1].sum(), 1)])
