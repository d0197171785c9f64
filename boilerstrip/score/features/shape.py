"""The shape of blocks: what characters they have, how they begin and how they end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from boilerstrip.score.features.columns import Columns, Counts, Flags, Numbers

# Character classes, one bit each, in the order that the core knows.
_CLASSES = ("space", "word", "upper", "digit", "wide", "stop", "comma", "quote", "sign", "newline")
_BIT = {name: bit for bit, name in enumerate(_CLASSES)}
_STOPS = ".!?…。！？؟।۔։።"
_COMMAS = ",;、，،؛；:：—–"
_QUOTES = "\"'”’»)]」』）“„«‘"
_SIGNS = "|©®™@#/\\<>»«›‹→←•·*+=_~{}[]✓▶►"


@cache
def _bits() -> NDArray[np.uint16]:
    """The classes of each code point of the basic plane; higher ones are taken for words."""
    characters = np.arange(0x10000, dtype=np.uint32).view("U1")
    tests = (np.char.isspace, np.char.isalnum, np.char.isupper, np.char.isdigit)
    table = np.zeros(0x10000, np.uint16)
    for bit, test in enumerate(tests):
        table |= test(characters).astype(np.uint16) << bit
    for first, last in ((0x0E00, 0x0E80), (0x2E80, 0xA4D0), (0xF900, 0xFB00)):
        table[first:last] |= 1 << _BIT["wide"]
    for members, name in (
        (_STOPS, "stop"),
        (_COMMAS, "comma"),
        (_QUOTES, "quote"),
        (_SIGNS, "sign"),
        ("\n", "newline"),
    ):
        for character in members:
            table[ord(character)] |= 1 << _BIT[name]
    table[0xFFFF] = 1 << _BIT["word"]
    return table


SHAPE = (
    "words",
    "chars",
    "word_length",
    "upper",
    "capitals",
    "digits",
    "wide",
    "stops",
    "stop_rate",
    "commas",
    "comma_rate",
    "quotes",
    "signs",
    "newlines",
    "ends_stop",
    "ends_comma",
    "ends_word",
    "starts_upper",
    "starts_digit",
    "starts_word",
)


def add_shape(columns: Columns, text: str, starts: Counts, ends: Counts) -> tuple[Numbers, Flags]:
    """Add the shape; the words of each block and whether it ends a sentence come back.

    Words are at least 1; those of scripts without spaces are estimated.
    """
    rows = shape(text, starts, ends, _bits())
    columns.add(SHAPE, rows)
    return rows[SHAPE.index("words")], rows[SHAPE.index("ends_stop")] > 0
