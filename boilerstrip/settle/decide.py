"""Which pieces of raw text go, by the chance of each of being body.

Where a line was cut tentatively, most cuts are wrong, so pieces between two sure cuts are decided
together: the likeliest row of body and boilerplate, if each change between the two costs something
(the Viterbi algorithm).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from boilerstrip.lines.layout import Cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a change costs, in nats, by the cut at which it happens; none where a line ends. A piece says
# no more for or against body than the most, and less if it has fewer characters than enough.
_COSTS = {Cut.LINE: 0.0, Cut.SURE: 1.0, Cut.TENTATIVE: 4.0}
_MOST = 5.0
_ENOUGH = 20


def decide(
    chances: Sequence[float], threshold: float, cuts: Sequence[int], sizes: Sequence[int]
) -> list[bool]:
    """Which pieces go: those whose chance (0-1) of being body is below the threshold.

    ``cuts`` stand before the pieces, ``sizes`` are their characters.

    >>> decide([0.9, 0.4, 0.9, 0.1], 0.5, [0, 2, 2, 0], [30] * 4)
    [False, False, False, True]
    """
    gone: list[bool] = []
    for first, last in _lines(cuts):
        if last - first == 1:
            gone.append(chances[first] < threshold)
            continue
        gains = [
            _clipped(_log_odds(chances[n]) - _log_odds(threshold)) * min(1.0, sizes[n] / _ENOUGH)
            for n in range(first, last)
        ]
        gone += _likeliest(gains, [_COSTS[Cut(cut)] for cut in cuts[first:last]])
    return gone


def _lines(cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first piece of each line, and the one after its last."""
    first = 0
    for number in range(1, len(cuts) + 1):
        if number == len(cuts) or cuts[number] == Cut.LINE:
            yield first, number
            first = number


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def _likeliest(gains: Sequence[float], costs: Sequence[float]) -> list[bool]:
    """Which pieces go in the likeliest row; a gain is what keeping one is worth, in nats."""
    kept, gone = gains[0], 0.0
    ways: list[tuple[bool, bool]] = []
    for gain, cost in zip(gains[1:], costs[1:], strict=True):
        from_gone = gone - cost > kept
        from_kept = kept - cost > gone
        ways.append((from_gone, from_kept))
        kept, gone = max(kept, gone - cost) + gain, max(gone, kept - cost)
    state = gone > kept
    found = [state]
    for from_gone, from_kept in reversed(ways):
        state = (not from_kept) if state else from_gone
        found.append(state)
    return found[::-1]
