"""Features that build on a first probability of each block: what its surroundings got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.judge.features.columns import Columns
from boilerstrip.judge.features.description import Description
from boilerstrip.judge.features.order import add_neighbours, since, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = (-3, -2, -1, 1, 2, 3)
_WIDTHS = (2, 5, 15)
_KEPT = (
    "words",
    "ends_stop",
    "lexicon_mean",
    "lexicon_line",
    "topic",
    "position",
    "capitals",
    "density",
    "tag",
    "half_inside",
    "half_steps",
    "name_own",
    "name_worst",
    "is_title",
    "told",
    "kin_prose",
    "prose_share",
    "blocks",
)


def review(description: Description, chance: NDArray[np.float32]) -> Description:
    """The description of a second look, after a first one gave each block a chance."""
    columns = Columns()
    words = np.minimum(description.row("words"), 200)
    body = chance * words
    likely = chance >= 0.5
    total = max(float(body.sum()), 1.0)
    before = np.cumsum(body) - body
    found = {
        "chance": chance,
        "share_before": before / total,
        "share_after": (total - before - body) / total,
        "body_after": total - before - body,
        "since_likely": since(likely),
        "until_likely": since(likely[::-1])[::-1],
        "total": np.full(len(chance), total),
        "page": np.full(len(chance), total / float(words.sum())),
    }
    columns.add(found, list(found.values()))
    add_neighbours(columns, ("chance",), chance[None], _STEPS)
    rows = np.stack([body, words], dtype=np.float64)
    for width in _WIDTHS:
        for label, (of_body, of_words) in zip(
            ("before", "after"), windows(rows, width), strict=True
        ):
            columns.add((f"body_{label}{width}",), [of_body / np.maximum(of_words, 1)])
    for name, circle in description.circles.items():
        inside = np.bincount(circle, body)[circle]
        columns.add((f"{name}_chance",), [inside / np.bincount(circle, words)[circle]])
        columns.add((f"{name}_body",), [inside / total])
    kept = [name for name in _KEPT if name in description.names]
    columns.add(kept, description.rows(kept))
    return Description.of(columns)
