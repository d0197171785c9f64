"""Learned weights of what pieces of text are worded like, in any language.

A piece is taken apart into words, pairs of words, beginnings and endings of words, how it begins
and ends, and the whole of a short one; in scripts without spaces, into runs of characters. Each
part is hashed to one of a fixed number of weights (the hashing trick, Weinberger et al., 2009), and
the weights are those of a logistic regression. So a word form that was never seen still says what
its beginning and its ending say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core import part_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BITS = 16
# Weights are stored as whole numbers of this size.
STEP = 0.08
# Of a longer piece, its first and its last characters are looked at.
_FIRST, _LAST = 100, 60
_WHOLE = 5
# Letters of a word's beginning and ending.
_EDGE = 4
_LONGEST_RUN = 3


def _looked_at(piece: str) -> str:
    if len(piece) > _FIRST + _LAST:
        return f"{piece[:_FIRST]} {piece[-_LAST:]}"
    return piece


class Numbers(dict[str, "NDArray[np.int64]"]):
    """The numbers of the weights of pieces' parts; each is below ``2 ** BITS``.

    A piece is taken apart once, however often it is asked for.
    """

    def learn(self, pieces: Iterable[str]) -> None:
        """Take those apart that aren't known, all at once: that is cheaper than one by one."""
        new = [piece for piece in dict.fromkeys(pieces) if piece not in self]
        found, sizes = part_numbers(list(map(_looked_at, new)), _WHOLE, _EDGE, _LONGEST_RUN)
        numbers = (found & ((1 << BITS) - 1)).astype(np.int64)
        end = 0
        for piece, size in zip(new, sizes.tolist(), strict=True):
            start, end = end, end + size
            self[piece] = numbers[start:end]

    @classmethod
    def of(cls, known: dict[Any, Any]) -> Numbers:
        """Those of the pieces of a document, of which so much is ``known``."""
        found: Numbers = known.setdefault(cls, cls())
        return found

    def __missing__(self, piece: str) -> NDArray[np.int64]:
        self.learn((piece,))
        return self[piece]


def numbers_of(piece: str) -> list[int]:
    """The numbers of the weights of a piece's parts; each is below ``2 ** BITS``."""
    found: list[int] = Numbers()[piece].tolist()
    return found


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Weights by number, and the log odds (natural) of a piece of which nothing is known."""

    weights: NDArray[np.float32]
    bias: float

    def log_odds(self, pieces: Sequence[str], known: Numbers | None = None) -> NDArray[np.float32]:
        """The log odds (natural) that each piece is body, by its wording alone.

        ``known`` are the pieces of the same document that were taken apart before.
        """
        known = Numbers() if known is None else known
        known.learn(pieces)
        rows = [known[piece] for piece in pieces]
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        line = np.repeat(np.arange(len(rows)), sizes)
        sums = np.bincount(line, self.weights[np.concatenate(rows)], len(rows))
        return np.asarray(sums / np.sqrt(np.maximum(sizes, 1)) + self.bias, np.float32)
