"""The core in plain Python and numpy: the twin of ``fast.pyx``, function by function."""

from boilerstrip.core.slow.again import alike, echoes
from boilerstrip.core.slow.around import (
    headed,
    known_around,
    nearest,
    places,
    shifted,
    totals,
    windows,
)
from boilerstrip.core.slow.chances import stretches, surroundings
from boilerstrip.core.slow.forests import leaf_numbers, votes
from boilerstrip.core.slow.layout import pieces
from boilerstrip.core.slow.marks import marked
from boilerstrip.core.slow.matches import candidates
from boilerstrip.core.slow.parts import part_numbers, parts_of
from boilerstrip.core.slow.shape import shape
from boilerstrip.core.slow.words import familiar, lexical, line_keys, vocabulary_of, words

__all__ = [
    "alike",
    "candidates",
    "echoes",
    "familiar",
    "headed",
    "known_around",
    "leaf_numbers",
    "lexical",
    "line_keys",
    "marked",
    "nearest",
    "part_numbers",
    "parts_of",
    "pieces",
    "places",
    "shape",
    "shifted",
    "stretches",
    "surroundings",
    "totals",
    "vocabulary_of",
    "votes",
    "windows",
    "words",
]
