"""The layout of raw text: how pieces are set apart, the line and the sentence each is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import totals
from boilerstrip.score.features.order import shifted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Block
    from boilerstrip.score.features.columns import Columns, Counts, Numbers

_MOST = 40
_STEPS = (-3, -2, -1, 1, 2, 3)
_WIDTHS = (3, 8, 20)


def add_pieces(columns: Columns, blocks: Sequence[Block], words: Numbers, odds: Numbers) -> None:
    """Add how each block is set apart from others, and the ``odds`` of wording around it."""
    cuts = np.array([block.cut for block in blocks])
    line, segment = np.cumsum(cuts == 0) - 1, np.cumsum(cuts < 2) - 1
    found: dict[str, Numbers] = {
        "cut": cuts,
        "cut_after": np.append(cuts[1:], 0),
        "lines": np.full(len(cuts), min(line[-1] + 1, 200)),
        "line_alone": np.full(len(cuts), (np.bincount(line) == 1).mean()),
        "ngrams": odds,
    }
    for name, group in (("line", line), ("segment", segment)):
        size = np.bincount(group)
        first = np.cumsum(size) - size
        own = np.arange(len(cuts)) - first[group]
        whole = np.bincount(group, words)[group]
        found |= {
            f"{name}_pieces": np.minimum(size[group], _MOST),
            f"{name}_words": np.minimum(whole, 500),
            f"{name}_index": np.minimum(own, _MOST),
            f"{name}_left": np.minimum(size[group] - own - 1, _MOST),
            f"{name}_ngrams": np.bincount(group, odds * words)[group] / np.maximum(whole, 1),
        }
    columns.add(found, list(found.values()))
    near = np.stack([odds, np.minimum(words, 60)]).astype(np.float32)
    for step in _STEPS:
        columns.add((f"ngrams{step:+d}", f"size{step:+d}"), shifted(near, step))
    _add_means(columns, odds, np.minimum(words, 60))


def _add_means(columns: Columns, odds: Numbers, words: Numbers) -> None:
    """Add the mean log odds of wording of some blocks before, after and around each."""
    rows: NDArray[np.float64] = np.stack([odds * words, words]).astype(np.float64)
    total = totals(rows)
    count = len(odds)
    position: Counts = np.arange(count)
    for width in _WIDTHS:
        low = total[:, np.maximum(position - width, 0)]
        high = total[:, np.minimum(position + 1 + width, count)]
        for label, (up, down) in {
            "before": (total[:, :-1], low),
            "after": (high, total[:, 1:]),
        }.items():
            summed, weight = up - down
            columns.add((f"ngrams_{label}{width}",), [summed / np.maximum(weight, 1)])
    columns.add(("ngrams_text",), [np.full(count, rows[0].sum() / max(rows[1].sum(), 1))])
