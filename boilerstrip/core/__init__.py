"""The hot loops of the scorer, behind a narrow border: strings and arrays in, arrays out.

Nothing here knows a rule, a category or a language. Each function is there twice: compiled, in
``fast.pyx`` and what it includes, and in plain Python and numpy, its twin in ``slow``, where the
files have the same names. The compiled ones are used where a compiler was found when the package
was built and where, at import, they answer as the twins do; ``BOILERSTRIP_CORE=python`` in the
environment asks for the twins. A test holds both equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.compiled import find_compiled
from boilerstrip.core import slow
from boilerstrip.core.check import agrees

_core: Any = find_compiled("boilerstrip.core.fast", lambda compiled: agrees(compiled, slow)) or slow
KIND = "plain Python" if _core is slow else "compiled"

if TYPE_CHECKING:
    from boilerstrip.core.slow import (
        alike,
        candidates,
        echoes,
        familiar,
        headed,
        known_around,
        lexical,
        marked,
        part_numbers,
        pieces,
        places,
        shape,
        shifted,
        stretches,
        surroundings,
        votes,
        windows,
        words,
    )
else:
    alike = _core.alike
    candidates = _core.candidates
    echoes = _core.echoes
    familiar = _core.familiar
    headed = _core.headed
    known_around = _core.known_around
    lexical = _core.lexical
    marked = _core.marked
    part_numbers = _core.part_numbers
    pieces = _core.pieces
    places = _core.places
    shape = _core.shape
    shifted = _core.shifted
    stretches = _core.stretches
    surroundings = _core.surroundings
    votes = _core.votes
    windows = _core.windows
    words = _core.words

__all__ = [
    "KIND",
    "alike",
    "candidates",
    "echoes",
    "familiar",
    "headed",
    "known_around",
    "lexical",
    "marked",
    "part_numbers",
    "pieces",
    "places",
    "shape",
    "shifted",
    "stretches",
    "surroundings",
    "votes",
    "windows",
    "words",
]
