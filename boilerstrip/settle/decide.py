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

# What a change costs, in nats, at a tentative cut. A piece says no more for or against body than
# this, and less if it has fewer characters than the last.
_CHANGE = 2.0
_MOST = 5.0
_ENOUGH = 20


def decide(chances: Sequence[float], bars: Sequence[float], cuts: Sequence[int], sizes: Sequence[int]) -> list[bool]:
    """Which pieces go: ``chances`` (0-1) are those of being body, ``bars`` what each must reach.

    ``cuts`` stand before the pieces, ``sizes`` are their characters.

    >>> decide([0.9, 0.4, 0.9, 0.1], [0.5] * 4, [0, 2, 2, 1], [30] * 4)
    [False, False, False, True]
    """
    gone: list[bool] = []
    for first, last in _segments(cuts):
        if last - first == 1:
            gone.append(chances[first] < bars[first])
        else:
            gains = [
                _clipped(_log_odds(chances[n]) - _log_odds(bars[n])) * min(1.0, sizes[n] / _ENOUGH)
                for n in range(first, last)
            ]
            gone += _likeliest(gains)
    return gone


def _segments(cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = 0
    for number in range(1, len(cuts) + 1):
        if number == len(cuts) or cuts[number] != Cut.TENTATIVE:
            yield first, number
            first = number


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def _likeliest(gains: Sequence[float]) -> list[bool]:
    """Which pieces go in the likeliest row; a gain is what keeping one is worth, in nats."""
    kept, gone = gains[0], 0.0
    ways: list[tuple[bool, bool]] = []
    for gain in gains[1:]:
        from_gone = gone - _CHANGE > kept
        from_kept = kept - _CHANGE > gone
        ways.append((from_gone, from_kept))
        kept, gone = max(kept, gone - _CHANGE) + gain, max(gone, kept - _CHANGE)
    state = gone > kept
    found = [state]
    for from_gone, from_kept in reversed(ways):
        state = (not from_kept) if state else from_gone
        found.append(state)
    return found[::-1]
