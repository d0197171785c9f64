"""What the surroundings of each line got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core.slow.around import nearest, shifted, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_HALF = 0.5


def surroundings(chance: Floats, words: Floats) -> Floats:
    """What a first look gave each line and those around it: see ``review.SURROUNDINGS``."""
    body = chance * words
    total = max(float(body.sum(dtype=np.float64)), 1.0)
    before = np.cumsum(body) - body
    since, until = nearest((chance >= _HALF)[None], 20)
    found: list[Any] = [
        chance,
        before / total,
        (total - before - body) / total,
        total - before - body,
        since[0],
        until[0],
        total,
        total / float(words.sum()),
        *shifted(chance[None], (-3, -2, -1, 1, 2, 3))[:, 0],
    ]
    for around in windows(np.array([body, words], np.float64), (2, 5, 15)):
        found += [of_body / np.maximum(of_words, 1) for of_body, of_words in around]
    table = np.empty((len(found), len(chance)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table


def stretches(chance: Floats, words: Floats, low: float, sure: float) -> Floats:
    """How much of the body is in the stretch that each line is in: see ``review.STRETCHES``.

    Lines below the chance ``low`` part stretches if one beside them is below it, too.
    """
    doubted = chance < np.float32(low)
    beside = np.ones((2, len(doubted)), np.bool_)
    beside[0, :-1], beside[1, 1:] = doubted[1:], doubted[:-1]
    breaks = doubted & (beside[0] | beside[1])
    changes = np.zeros_like(doubted)
    changes[1:] = breaks[1:] != breaks[:-1]
    stretch = np.cumsum(changes)
    body = chance * words
    mass, size = np.bincount(stretch, body), np.bincount(stretch, words)
    total = max(float(body.sum(dtype=np.float64)), 1.0)
    is_sure = chance >= np.float32(sure)
    surely = np.cumsum(np.where(is_sure, words, 0))
    since, until = nearest(is_sure[None], 100)
    found = (
        mass[stretch] / total,
        np.clip(stretch - mass.argmax(), -20, 20),
        size[stretch],
        (mass / size)[stretch],
        (np.cumsum(mass) - mass)[stretch] / total,
        since[0],
        until[0],
        surely / max(float(surely[-1]), 1.0),
    )
    return np.array(found, np.float32)
