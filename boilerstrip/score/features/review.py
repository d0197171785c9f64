"""Features that build on a first probability of each block: what its surroundings got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import Columns
from boilerstrip.score.features.description import Description
from boilerstrip.score.features.echoes import add_topic
from boilerstrip.score.features.order import add_neighbours, since, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Numbers

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
    "seen_before",
    "seen_after",
    "seen_before_after12",
    "seen_after_before12",
    "echo_since",
    "echo_until",
    "first_again",
    "last_again",
    "sig_again",
    "like_next",
    "like_prev",
)
# What a rule's claims tell is worth a second look, too.
_KEPT_PREFIX = "rule_"
# A block below this chance breaks a stretch of body if one next to it is below, too; from the
# higher one on, the first look was sure.
_BREAK, _SURE = 0.3, 0.85
_FAR = 100
_MOST_STRETCHES = 20


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
    if description.words is not None:
        add_topic(columns, description.words, likely)
        _add_stretches(columns, chance, words)
    kept = [name for name in description.names if name in _KEPT or name.startswith(_KEPT_PREFIX)]
    columns.add(kept, description.rows(kept))
    return Description.of(columns)


def _add_stretches(columns: Columns, chance: Numbers, words: Numbers) -> None:
    """Add how much of the body is in the stretch that a block is in, and where the surest stand."""
    low = chance < _BREAK
    beside = np.append(low[1:], True) | np.insert(low[:-1], 0, True)
    breaks = low & beside
    stretch = np.cumsum(np.diff(breaks, prepend=breaks[:1]))
    body = chance * words
    mass, size = np.bincount(stretch, body), np.bincount(stretch, words)
    total = max(float(body.sum()), 1.0)
    sure = chance >= _SURE
    sure_words = np.cumsum(np.where(sure, words, 0))
    found = {
        "stretch_mass": mass[stretch] / total,
        "stretch_rank": np.clip(stretch - mass.argmax(), -_MOST_STRETCHES, _MOST_STRETCHES),
        "stretch_words": size[stretch],
        "stretch_chance": (mass / size)[stretch],
        "stretch_before": (np.cumsum(mass) - mass)[stretch] / total,
        "since_sure": since(sure, _FAR),
        "until_sure": since(sure[::-1], _FAR)[::-1],
        "sure_before": sure_words / max(float(sure_words[-1]), 1.0),
        "surest": np.full(len(chance), np.percentile(chance, 90)),
    }
    columns.add(found, list(found.values()))
