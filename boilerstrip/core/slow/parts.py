"""Hashed parts of pieces of text."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Counts = NDArray[np.intp]

_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def part_numbers(
    pieces: Sequence[str], whole: int, edge: int, longest: int
) -> tuple[NDArray[np.uint32], Counts]:
    """The CRC-32 of the parts of each piece, each part once; and how many parts each piece has.

    See ``parts_of``.
    """
    rows = [dict.fromkeys(parts_of(piece, whole, edge, longest)) for piece in pieces]
    # No part holds a line's end: each is made of words.
    parts = "\n".join(chain.from_iterable(rows)).encode("utf-8", "replace").split(b"\n")
    sizes = np.fromiter(map(len, rows), np.intp, len(rows))
    if not sizes.any():
        parts = []
    return np.fromiter(map(crc32, parts), np.uint32, len(parts)), sizes


def parts_of(piece: str, whole: int, edge: int, longest: int) -> list[str]:
    """Words, pairs of words, beginnings and endings of a piece of text and of its words.

    Pieces of up to ``whole`` words are a part as a whole, beginnings and endings of words have
    ``edge`` letters, and in scripts without spaces all runs of up to ``longest`` letters are parts.

    >>> parts_of("Read more: 2", 5, 4, 3)[:6]
    ['read', 'more', ':', '0', '^read', '$0']
    """
    piece = piece.lower()
    words = ["0" if word.isdigit() else word for word in _WORD_OR_SIGN.findall(piece)]
    if not words:
        return []
    parts = [*words, "^" + words[0], "$" + words[-1]]
    parts += [f"{one} {two}" for one, two in pairwise(words)]
    if len(words) > 1:
        parts.append(f"^{words[0]} {words[1]}")
    if len(words) <= whole:
        parts.append("=" + " ".join(words))
    for word in words:
        if len(word) > edge:
            parts += word[:edge] + ">", "<" + word[-edge:]
    if _WIDE.search(piece):
        parts += _runs("".join(words), range(1, longest + 1))
    return parts


def _runs(text: str, sizes: Sequence[int]) -> list[str]:
    runs = [text[n : n + size] for size in sizes for n in range(len(text) - size + 1)]
    return [*runs, *("^" + text[:size] for size in sizes), *("$" + text[-size:] for size in sizes)]
