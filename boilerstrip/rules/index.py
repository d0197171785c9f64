"""One index over all patterns' literals: one pass over the text finds the few candidates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick

from boilerstrip.language.fold import fold_figures
from boilerstrip.rules.literals import needs
from boilerstrip.rules.prepared import prepared

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


class Index:
    r"""Says which of a list of patterns can match where.

    Each pattern comes with whether it is to match whole lines. A match of a pattern that is not
    ``unfiltered`` is guaranteed to contain a literal that the index finds, at the place it gives.

    >>> index = Index([("source link", False), (r"\d+ shares", True)])
    >>> [(stop, [use.pattern for use in uses]) for stop, uses in index.hits("12 shares", 0, 9)]
    [(9, [1])]
    """

    def __init__(self, patterns: Sequence[tuple[str, bool]]) -> None:
        self.unfiltered: list[int] = []
        users: dict[str, list[Use]] = defaultdict(list)
        for number, (pattern, whole) in enumerate(patterns):
            literals = _literals(pattern, whole=whole)
            if literals is None:
                self.unfiltered.append(number)
            for literal, place in (literals or {}).items():
                before, after, left, right = place
                if not whole:
                    before = after = _ANYWHERE
                users[literal].append(
                    Use(number, len(literal), before, after, bool(left), bool(right))
                )
        self._overlap = max(map(len, users), default=1) - 1
        self._automaton = ahocorasick.Automaton()
        for literal, uses in users.items():
            self._automaton.add_word(literal, tuple(uses))
        self._automaton.make_automaton()

    def hits(self, folded: str, start: int, end: int) -> Iterator[tuple[int, tuple[Use, ...]]]:
        """The literals within ``folded[start:end]``: where each ends, and whose it is.

        ``folded`` has its variants and case folded.
        """
        if not self._automaton:
            return
        seen = 0  # what an earlier piece found of this one
        for left in range(start, end, _PIECE):
            piece = folded[left : min(left + _PIECE + self._overlap, end)]
            for last, uses in self._automaton.iter(fold_figures(piece)):
                if last >= seen:
                    yield left + last + 1, uses
            seen = self._overlap


def _literals(pattern: str, *, whole: bool) -> Literals | None:
    known = prepared().literals
    key = pattern, whole
    return known[key] if key in known else needs(pattern, whole=whole).literals
