"""The literal strings that any match of a pattern must contain: what the index searches for.

The idea is that of RE2's prefilter (``re2/prefilter.cc``): a text without any of the literals
can't match, so the pattern need not be run.
"""

from __future__ import annotations

import re
from itertools import accumulate
from math import fsum
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

import ahocorasick

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# The stdlib's parser doesn't know \p{...}; as any word or other character it needs no literal.
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
# As many alternatives are spelled out; beyond that, parts of the pattern have to do.
_MOST = 64
# A width of so many characters is none.
UNBOUNDED = 10_000
_EMPTY = frozenset([""])
# The bits that a character is worth: a common letter of Latin scripts, another, one of another
# script; and what a literal gains by standing so near to either end of a line. Of what was tried on
# news pages, this led to the fewest patterns being run.
_LETTERS = frozenset(" etaoinsrhldcu")
_COMMON, _RARE, _FOREIGN = 2.0, 3.0, 8.0
_NEAR = ((0, 4.5), (3, 3.0), (20, 1.0))
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

# Where a literal stands in a match: at most so many characters are before it, and after it.
Place = tuple[int, int]
Literals = dict[str, Place]


class _Strings(NamedTuple):
    """What is known of a part of a pattern.

    ``exact``: all strings that it can match, where they are few. ``required``: strings of which
    each match contains one, where some are known.
    """

    exact: frozenset[str] | None
    required: Literals | None


_UNKNOWN = _Strings(None, None)


class Needs(NamedTuple):
    """What a text needs for a pattern to match in it.

    ``literals``: lower-case strings of which every match contains at least one, at its place;
    ``None`` if there are none. ``width``: the longest match in characters; ``None`` if the pattern
    sets no bound.
    """

    literals: Literals | None
    width: int | None


def needs(pattern: str, *, whole: bool = False) -> Needs:
    """What a match of the pattern needs, worked out from its syntax tree.

    With ``whole`` it is to match a whole line, in which a literal near either end is a good one.

    >>> needs("(?:similar|related) news:?").literals
    {'related news': (0, 1), 'similar news': (0, 1)}
    >>> needs("via [a-z]{2,30}").width, needs("via .*").width
    (34, None)
    """
    tree = _parser.parse(_PROPERTY.sub(r"\\w", pattern), re.IGNORECASE)
    width = _width(tree)
    literals = _Finder(whole=whole).of_sequence(tree).required
    if literals is not None:
        literals = {
            text: (min(before, UNBOUNDED), min(after, UNBOUNDED))
            for text, (before, after) in sorted(literals.items())
        }
    return Needs(literals, None if width >= UNBOUNDED else width)


def _width(part: Any) -> int:
    return int(part.getwidth()[1])


class _Finder:
    """Finds the literals of the parts of a pattern; ``whole`` as of ``needs``."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def of_sequence(self, items: Any) -> _Strings:
        ends = [0, *accumulate(_width(items[n : n + 1]) for n in range(len(items)))]
        found: list[Literals] = []
        current, first, exact = _EMPTY, 0, True
        for number, (op, argument) in enumerate(items):
            part = self._of_item(op, argument)
            if part.exact is not None and len(part.exact) * len(current) <= _MOST:
                current = frozenset(left + right for left in current for right in part.exact)
                continue
            around = (ends[number], ends[-1] - ends[number + 1])
            found += [_placed(current, (ends[first], ends[-1] - ends[number]))]
            found += [_moved(part.required or {}, around)]
            current, exact = part.exact or _EMPTY, False
            first = number if part.exact else number + 1
        found.append(_placed(current, (ends[first], 0)))
        required = max(filter(_useful, found), key=self._rarity, default=None)
        return _Strings(current if exact else None, required and _reduced(required))

    def _of_item(self, op: Any, argument: Any) -> _Strings:
        if op is ops.LITERAL:
            return _exact([chr(argument).lower()])
        if op is ops.AT:
            return _exact([""])
        if op is ops.IN:
            return _of_class(argument)
        if op is ops.SUBPATTERN:
            return self.of_sequence(argument[-1])
        if op is ops.ATOMIC_GROUP:
            return self.of_sequence(argument)
        if op is ops.BRANCH:
            return _of_branches([self.of_sequence(branch) for branch in argument[1]])
        if op in _REPEATS:
            return self._of_repeat(*argument)
        if op in (ops.ASSERT, ops.ASSERT_NOT):
            return _exact([""])
        return _UNKNOWN

    def _of_repeat(self, least: int, most: int, items: Any) -> _Strings:
        inner = self.of_sequence(items)
        if (least, most) == (1, 1):
            return inner
        if (least, most) == (0, 1) and inner.exact is not None:
            return _exact(inner.exact | _EMPTY)
        if not least or inner.required is None:
            return _UNKNOWN
        return _Strings(None, _moved(inner.required, (0, _width(items) * (most - 1))))

    def _rarity(self, literals: Literals) -> float:
        """How seldom a text holds one of the literals: longer is rarer, and so is fewer."""
        return -fsum(2 ** -self._weight(*item) for item in literals.items())

    def _weight(self, text: str, place: Place) -> float:
        """How rare a literal is, in bits; near a line's end it is found out of place elsewhere."""
        weight = sum(map(_bits, text))
        near = (gain for most, gain in _NEAR if min(place) <= most)
        return weight + (next(near, 0.0) if self._whole else 0.0)


def _bits(char: str) -> float:
    if char > "\u02ff":
        return _FOREIGN
    return _COMMON if char in _LETTERS else _RARE


def _exact(strings: Any) -> _Strings:
    exact = frozenset(strings)
    return _Strings(exact, _placed(exact, (0, 0)) if _useful(exact) else None)


def _of_class(members: Any) -> _Strings:
    if all(op is ops.LITERAL for op, _ in members):
        return _exact(chr(character).lower() for _, character in members)
    return _UNKNOWN


def _of_branches(branches: list[_Strings]) -> _Strings:
    exact = [branch.exact for branch in branches if branch.exact is not None]
    required = [branch.required for branch in branches if branch.required is not None]
    return _Strings(
        frozenset().union(*exact) if len(exact) == len(branches) else None,
        _joined(required) if len(required) == len(branches) else None,
    )


def _placed(strings: frozenset[str], place: Place) -> Literals:
    return dict.fromkeys(strings, place)


def _moved(literals: Literals, around: Place) -> Literals:
    """The literals of a part in their places in a whole with so much around the part."""
    return {
        text: (before + around[0], after + around[1]) for text, (before, after) in literals.items()
    }


def _joined(parts: Iterable[Literals]) -> Literals:
    """The literals of all parts, each with the widest of its places."""
    joined: Literals = {}
    for part in parts:
        for text, place in part.items():
            before, after = joined.get(text, (0, 0))
            joined[text] = max(before, place[0]), max(after, place[1])
    return joined


def _useful(strings: Collection[str]) -> bool:
    """Whether there are some, and each holds something to search for: no pure white space."""
    return bool(strings) and all(map(str.strip, strings))


def _reduced(literals: Literals) -> Literals:
    """Without strings that contain another one of them, which is found in their place."""
    automaton = ahocorasick.Automaton()
    for text in literals:
        automaton.add_word(text, text)
    automaton.make_automaton()
    within = {text: sorted({short for _, short in automaton.iter(text)}) for text in literals}
    kept = {text for text, found in within.items() if found == [text]}
    moved: list[Literals] = [{text: literals[text]} for text in sorted(kept)]
    for text, place in literals.items():
        short = next(short for short in within[text] if short in kept)
        left = text.index(short)
        moved.append(_moved({short: place}, (left, len(text) - left - len(short))))
    return _joined(moved)
