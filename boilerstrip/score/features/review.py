"""Features that build on a first probability of each block: what its surroundings got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.columns import Columns
from boilerstrip.score.features.description import Description
from boilerstrip.score.features.echoes import add_topic
from boilerstrip.score.features.order import add_neighbours, nearest, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Numbers, Values

_STEPS = (-3, -2, -1, 1, 2, 3)
_WIDTHS = (2, 5, 15)
_KEPT = frozenset(
    (
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
)
# What a rule's claims tell is worth a second look, too.
_KEPT_PREFIX = "rule_"
# A block below this chance breaks a stretch of body if one next to it is below, too; from the
# higher one on, the first look was sure.
_BREAK, _SURE = 0.3, 0.85
_FAR, _FAR_LIKELY = 100, 20
_NINE_IN_TEN, _HALF = 0.9, 0.5
_MOST_STRETCHES = 20


def review(description: Description, chance: NDArray[np.float32]) -> Description:
    """The description of a second look, after a first one gave each block a chance."""
    columns = Columns(len(chance))
    words = np.minimum(description.row("words"), 200)
    body = chance * words
    likely = chance >= 0.5
    total = max(float(body.sum()), 1.0)
    before = np.cumsum(body) - body
    since, until = nearest(likely[None], _FAR_LIKELY)
    found: dict[str, Values] = {
        "chance": chance,
        "share_before": before / total,
        "share_after": (total - before - body) / total,
        "body_after": total - before - body,
        "since_likely": since[0],
        "until_likely": until[0],
        "total": total,
        "page": total / float(words.sum()),
    }
    columns.add(found, found.values())
    add_neighbours(columns, ("chance",), chance[None], _STEPS)
    rows = np.array([body, words], np.float64)
    for width, *around in windows(rows, _WIDTHS):
        for label, (of_body, of_words) in zip(("before", "after"), around, strict=True):
            columns.add((f"body_{label}{width}",), [of_body / np.maximum(of_words, 1)])
    for name, circle in description.circles.items():
        inside = np.bincount(circle, body)[circle]
        columns.add((f"{name}_chance",), [inside / np.bincount(circle, words)[circle]])
        columns.add((f"{name}_body",), [inside / total])
    if description.words is not None:
        add_topic(columns, description.words, likely)
        _add_stretches(columns, chance, words)
    columns.add(*description.some(_kept))
    return Description.of(columns)


def _kept(name: str) -> bool:
    return name in _KEPT or name.startswith(_KEPT_PREFIX)


def _add_stretches(columns: Columns, chance: Numbers, words: Numbers) -> None:
    """Add how much of the body is in the stretch that a block is in, and where the surest stand."""
    low = chance < _BREAK
    beside = np.ones((2, len(low)), bool)
    beside[0, :-1], beside[1, 1:] = low[1:], low[:-1]
    breaks = low & (beside[0] | beside[1])
    changes = np.zeros_like(low)
    changes[1:] = breaks[1:] != breaks[:-1]
    stretch = np.cumsum(changes)
    body = chance * words
    mass, size = np.bincount(stretch, body), np.bincount(stretch, words)
    total = max(float(body.sum()), 1.0)
    sure = chance >= _SURE
    sure_words = np.cumsum(np.where(sure, words, 0))
    since, until = nearest(sure[None], _FAR)
    found: dict[str, Values] = {
        "stretch_mass": mass[stretch] / total,
        "stretch_rank": np.clip(stretch - mass.argmax(), -_MOST_STRETCHES, _MOST_STRETCHES),
        "stretch_words": size[stretch],
        "stretch_chance": (mass / size)[stretch],
        "stretch_before": (np.cumsum(mass) - mass)[stretch] / total,
        "since_sure": since[0],
        "until_sure": until[0],
        "sure_before": sure_words / max(float(sure_words[-1]), 1.0),
        "surest": _surest(chance),
    }
    columns.add(found, found.values())


def _surest(chance: NDArray[np.float32]) -> float:
    """What nine in ten of the chances are below, to the bit what ``np.percentile`` gives.

    >>> chance = (np.arange(37) * 7 % 10 / 9).astype(np.float32)
    >>> [bool(_surest(chance[:n]) == np.percentile(chance[:n], 90)) for n in (1, 2, 12, 37)]
    [True, True, True, True]
    """
    place = (len(chance) - 1) * _NINE_IN_TEN
    lower = int(place)
    low, high = np.sort(chance)[[lower, min(lower + 1, len(chance) - 1)]]
    part, apart = place - lower, high - low
    return float(high - apart * (1 - part) if part >= _HALF else low + apart * part)
