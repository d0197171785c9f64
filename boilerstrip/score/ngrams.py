"""Learned weights of what pieces of text are worded like, in any language.

A piece is taken apart into words, pairs of words, beginnings and endings of words, how it begins
and ends, and the whole of a short one; in scripts without spaces, into runs of characters. Each
part is hashed to one of a fixed number of weights (the hashing trick, Weinberger et al., 2009), and
the weights are those of a logistic regression. So a word form that was never seen still says what
its beginning and its ending say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

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
_RUNS = (1, 2, 3)
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def parts_of(piece: str) -> list[str]:
    """The parts of a piece that have weights.

    >>> parts_of("Read more: 2")[:6]
    ['read', 'more', ':', '0', '^read', '$0']
    """
    if len(piece) > _FIRST + _LAST:
        piece = f"{piece[:_FIRST]} {piece[-_LAST:]}"
    piece = piece.lower()
    words = ["0" if word.isdigit() else word for word in _WORD.findall(piece)]
    if not words:
        return []
    parts = [*words, "^" + words[0], "$" + words[-1]]
    parts += [f"{one} {two}" for one, two in pairwise(words)]
    if len(words) > 1:
        parts.append(f"^{words[0]} {words[1]}")
    if len(words) <= _WHOLE:
        parts.append("=" + " ".join(words))
    for word in words:
        if len(word) > _EDGE:
            parts += word[:_EDGE] + ">", "<" + word[-_EDGE:]
    if _WIDE.search(piece):
        parts += _runs("".join(words))
    return parts


def _runs(text: str) -> list[str]:
    runs = [text[n : n + size] for size in _RUNS for n in range(len(text) - size + 1)]
    return [*runs, *("^" + text[:size] for size in _RUNS), *("$" + text[-size:] for size in _RUNS)]


class Numbers(dict[str, "NDArray[np.int64]"]):
    """The numbers of the weights of pieces' parts; each is below ``2 ** BITS``.

    A piece is taken apart once, however often it is asked for.
    """

    def learn(self, pieces: Iterable[str]) -> None:
        """Take those apart that aren't known, all at once: that is cheaper than one by one."""
        new = [piece for piece in dict.fromkeys(pieces) if piece not in self]
        rows = [list(dict.fromkeys(parts_of(piece))) for piece in new]
        # No part holds a line's end: each is made of words.
        parts = "\n".join(chain.from_iterable(rows)).encode("utf-8", "replace").split(b"\n")
        sizes = list(map(len, rows))
        if not any(sizes):
            parts = []
        numbers = np.fromiter(map(crc32, parts), np.int64, len(parts)) & ((1 << BITS) - 1)
        end = 0
        for piece, size in zip(new, sizes, strict=True):
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
