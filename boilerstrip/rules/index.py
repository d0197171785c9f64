"""One index over all patterns' literals: one pass over the text finds the few candidates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import ahocorasick

from boilerstrip.rules.digest import known_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The automaton copies the string it searches at four bytes a character: it gets small ones.
_PIECE = 1 << 20


class Index:
    r"""Says which of a list of patterns can match where.

    A pattern that the index doesn't name for a span is guaranteed not to match in it.

    >>> index = Index(["source link", r"\d+ shares"])
    >>> list(index.candidates("12 shares", 0, 9))
    [(1, 2, 9)]
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._unfiltered: list[int] = []
        users: dict[str, list[int]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            literals = known_needs(pattern).literals
            if literals is None:
                self._unfiltered.append(number)
            for literal in literals or ():
                users[literal].append(number)
        self._overlap = max(map(len, users), default=1) - 1
        self._automaton = ahocorasick.Automaton()
        for literal, numbers in users.items():
            self._automaton.add_word(literal, (len(literal), tuple(numbers)))
        self._automaton.make_automaton()

    def candidates(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Each ``(pattern number, literal start, literal end)`` within ``folded[start:end]``.

        ``folded`` has its variants and case folded. A pattern without literals is named for the
        whole span. One literal may be named twice.
        """
        for number in self._unfiltered:
            yield number, start, end
        if not self._automaton:
            return
        for left in range(start, end, _PIECE):
            piece = folded[left : min(left + _PIECE + self._overlap, end)]
            for final, (length, numbers) in self._automaton.iter(piece):
                stop = left + final + 1
                for number in numbers:
                    yield number, stop - length, stop
