"""One index over all patterns' literals: one pass over the text finds the few candidates."""

from __future__ import annotations

import pickle
from array import array
from collections import defaultdict
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick

from boilerstrip.language.fold import fold_figures
from boilerstrip.rules.literals import needs
from boilerstrip.rules.prepared import prepared, prepared_literals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.rules.literals import Literals

# The automaton copies the string it searches at four bytes a character: it gets small ones.
_PIECE = 1 << 20
# More than any text has.
_ANYWHERE = 1 << 60


class Use(NamedTuple):
    """A literal of a pattern: a match has at most so many characters before and after it.

    ``left`` and ``right`` say that the characters beside it are of no word.
    """

    pattern: int
    length: int
    before: int
    after: int
    left: bool
    right: bool


class Parts(NamedTuple):
    """What an index is made of, as a file holds it.

    ``automaton`` finds the number of a literal, that has so many uses as ``sizes`` says; ``uses``
    are the fields of all of them. A match of a pattern that is ``unfiltered`` needs no literal.
    """

    automaton: ahocorasick.Automaton
    sizes: list[int]
    uses: array[int]
    unfiltered: list[int]
    longest: int


class Index:
    r"""Says which of a list of patterns can match where.

    Each pattern comes with whether it is to match whole lines. A match of a pattern that is not
    ``unfiltered`` is guaranteed to contain a literal that the index finds, at the place it gives.

    >>> index = Index([("source link", False), (r"\d+ shares", True)])
    >>> [(stop, [use.pattern for use in uses]) for stop, uses in index.hits("12 shares", 0, 9)]
    [(9, [1])]
    """

    def __init__(self, patterns: Sequence[tuple[str, bool]]) -> None:
        packed = prepared().indexed.get(index_key(patterns))
        if packed is None:
            made = work_out([(_literals(pattern, whole=w), w) for pattern, w in patterns])
        else:
            made = pickle.loads(packed)  # noqa: S301 (of this package, as its code)
        self.unfiltered = made.unfiltered
        self._uses: dict[int, tuple[Use, ...]] = {}  # those that were asked for
        self._fields = made.uses
        self._bounds = [0, *accumulate(len(Use._fields) * size for size in made.sizes)]
        self._overlap = made.longest - 1
        self._automaton = made.automaton

    def hits(self, folded: str, start: int, end: int) -> Iterator[tuple[int, tuple[Use, ...]]]:
        """The literals within ``folded[start:end]``: where each ends, and whose it is.

        ``folded`` has its variants and case folded.
        """
        if not self._fields:
            return
        seen = 0  # what an earlier piece found of this one
        for left in range(start, end, _PIECE):
            piece = folded[left : min(left + _PIECE + self._overlap, end)]
            for last, number in self._automaton.iter(fold_figures(piece)):
                if last >= seen:
                    yield left + last + 1, self._uses.get(number) or self._uses_of(number)
            seen = self._overlap

    def _uses_of(self, number: int) -> tuple[Use, ...]:
        """The uses of a literal; few of them are asked for in all the texts of a process."""
        fields = iter(self._fields[self._bounds[number] : self._bounds[number + 1]])
        found = tuple(map(Use._make, zip(*[fields] * len(Use._fields), strict=True)))
        self._uses[number] = found
        return found


def work_out(patterns: Sequence[tuple[Literals | None, bool]]) -> Parts:
    """The index over patterns of which these are the literals, each with whether it is for lines.

    A pattern of which there are none, ``None``, is unfiltered.
    """
    unfiltered: list[int] = []
    users: dict[str, list[Use]] = defaultdict(list)
    for number, (literals, whole) in enumerate(patterns):
        if literals is None:
            unfiltered.append(number)
        for literal, (before, after, left, right) in (literals or {}).items():
            reach = (before, after) if whole else (_ANYWHERE, _ANYWHERE)
            users[literal].append(Use(number, len(literal), *reach, bool(left), bool(right)))
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, literal in enumerate(users):
        automaton.add_word(literal, number)
    automaton.make_automaton()
    rows = array("q", (value for uses in users.values() for use in uses for value in use))
    longest = max(map(len, users), default=1)
    return Parts(automaton, list(map(len, users.values())), rows, unfiltered, longest)


def index_key(patterns: Sequence[tuple[str, bool]]) -> bytes:
    """A digest of patterns and of the code that reads an automaton: other code reads it wrongly."""
    found = blake2b(Path(ahocorasick.__file__).read_bytes())
    found.update(repr(patterns).encode())
    return found.digest()


def _literals(pattern: str, *, whole: bool) -> Literals | None:
    known = prepared_literals()
    key = pattern, whole
    return known[key] if key in known else needs(pattern, whole=whole).literals
