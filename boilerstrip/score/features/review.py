"""Features that build on a first probability of each block: what its surroundings got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import stretches, surroundings
from boilerstrip.score.features.columns import Columns
from boilerstrip.score.features.description import Description
from boilerstrip.score.features.echoes import add_topic

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURROUNDINGS = (
    "chance",
    "share_before",
    "share_after",
    "body_after",
    "since_likely",
    "until_likely",
    "total",
    "page",
    *(f"chance{step:+d}" for step in (-3, -2, -1, 1, 2, 3)),
    *(f"body_{side}{width}" for width in (2, 5, 15) for side in ("before", "after")),
)
STRETCHES = (
    "stretch_mass",
    "stretch_rank",
    "stretch_words",
    "stretch_chance",
    "stretch_before",
    "since_sure",
    "until_sure",
    "sure_before",
)
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
_LIKELY = 0.5
_NINE_IN_TEN, _HALF = 0.9, 0.5


def review(description: Description, chance: NDArray[np.float32]) -> Description:
    """The description of a second look, after a first one gave each block a chance."""
    columns = Columns(len(chance))
    words = np.minimum(description.row("words"), 200)
    found = surroundings(chance, words)
    columns.add(SURROUNDINGS, found)
    total = found[SURROUNDINGS.index("total"), 0]
    body = chance * words
    for name, circle in description.circles.items():
        inside = np.bincount(circle, body)[circle]
        columns.add((f"{name}_chance",), [inside / np.bincount(circle, words)[circle]])
        columns.add((f"{name}_body",), [inside / total])
    if description.words is not None:
        add_topic(columns, description.words, chance >= _LIKELY)
        columns.add(STRETCHES, stretches(chance, words, _BREAK, _SURE))
        columns.add(("surest",), [_surest(chance)])
    columns.add(*description.some(_kept))
    return Description.of(columns)


def _kept(name: str) -> bool:
    return name in _KEPT or name.startswith(_KEPT_PREFIX)


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
