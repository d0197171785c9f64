"""The literal strings that any match of a pattern must contain: what the index searches for.

The idea is that of RE2's prefilter (``re2/prefilter.cc``): a text without any of the literals
can't match, so the pattern need not be run.
"""

from __future__ import annotations

import re
from itertools import accumulate, chain, product
from math import fsum
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

import ahocorasick

from boilerstrip.language.fold import fold_figures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# The stdlib's parser doesn't know \p{...}; as any word or other character it needs no literal.
PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
# As many alternatives are spelled out; beyond that, parts of the pattern have to do.
_MOST = 128
# Of what is repeated so many are searched for in a row.
_ROW = 3
# A width of so many characters is none.
UNBOUNDED = 10_000
_EMPTY = frozenset([""])
# The bits that a character is worth: any figure, a common letter of Latin scripts, another, one of
# another script; and what a literal gains by standing so near to either end of a line. Of what was
# tried on news pages, this led to the fewest patterns being run.
_LETTERS = frozenset(" etaoinsrhldcu")
_FIGURE, _COMMON, _RARE, _FOREIGN = 1.0, 2.0, 3.0, 8.0
_NEAR = ((0, 4.5), (3, 3.0), (20, 1.0))
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_MARKS = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)

# What can be said of the character beside a part of a pattern: nothing, that it is none of a word
# unless there is none in the whole of which the part is one, that it is none of a word.
_UNKNOWN_EDGE, _EDGE, _BOUND = range(3)


class Place(NamedTuple):
    """Where a literal stands in a match: at most so many characters are before it, and after it.

    ``left`` and ``right`` say what is known of the characters beside it; of a pattern's literals,
    0 for nothing, 2 where it begins or ends with a letter or digit that has none beside it.
    """

    before: int
    after: int
    left: int = _UNKNOWN_EDGE
    right: int = _UNKNOWN_EDGE


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

    ``literals``: lower-case strings, each figure a nought, of which every match contains at least
    one, at its place; ``None`` if there are none. ``width``: the longest match in characters;
    ``None`` if the pattern sets no bound.
    """

    literals: Literals | None
    width: int | None


def needs(pattern: str, *, whole: bool = False) -> Needs:
    r"""What a match of the pattern needs, worked out from its syntax tree.

    With ``whole`` it is to match a whole line, in which a literal near either end is a good one.

    >>> needs(r"(?:similar|related) news\b.{0,9}").literals["related news"]
    Place(before=0, after=9, left=0, right=2)
    >>> needs("via [a-z]{2,30}").width, needs("via .*").width
    (34, None)
    """
    tree = _parser.parse(PROPERTY.sub(r"\\w", pattern), re.IGNORECASE)
    width = _width(tree)
    literals = _Finder(whole=whole).of_sequence(tree).required
    if literals is not None:
        literals = {text: _settled(text, place) for text, place in sorted(literals.items())}
    return Needs(literals, None if width >= UNBOUNDED else width)


def _width(part: Any) -> int:
    return int(part.getwidth()[1])


class _Finder:
    """Finds the literals of the parts of a pattern; ``whole`` as of ``needs``."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def of_sequence(self, items: Any) -> _Strings:
        ends = [0, *accumulate(_width(items[n : n + 1]) for n in range(len(items)))]
        lefts, rights = _edges(items), _edges(items[::-1], at_end=False)[::-1]

        def place_of(first: int, last: int) -> Place:
            """Where the items from ``first`` to before ``last`` stand."""
            before, after = ends[first], ends[-1] - ends[last]
            while first < last and items[first][0] in _MARKS:
                first += 1
            while first < last and items[last - 1][0] in _MARKS:
                last -= 1
            return Place(before, after, lefts[first], rights[last])

        found: list[Literals] = []
        current, first, exact = _EMPTY, 0, True
        for number, (op, argument) in enumerate(items):
            part = self._of_item(op, argument)
            if part.exact is not None and len(part.exact) * len(current) <= _MOST:
                current = frozenset(left + right for left in current for right in part.exact)
                continue
            found += [_placed(current, place_of(first, number))]
            around = Place(
                ends[number], ends[-1] - ends[number + 1], lefts[number], rights[number + 1]
            )
            found += [_moved(part.required or {}, around)]
            current, exact = part.exact or _EMPTY, False
            first = number if part.exact else number + 1
        found.append(_placed(current, place_of(first, len(items))))
        required = max(filter(_useful, found), key=self._rarity, default=None)
        return _Strings(current if exact else None, required and _reduced(required))

    def _of_item(self, op: Any, argument: Any) -> _Strings:
        if op is ops.LITERAL:
            return _exact([_folded(argument)])
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
        if inner.exact is not None and (found := _repeated(inner.exact, least, most)):
            return _exact(found)
        if not least or inner.required is None:
            return _UNKNOWN
        times, required = 1, inner.required
        first = min(least, _ROW)
        if inner.exact is not None and (rows := _repeated(inner.exact, first, first)):
            times, required = first, _placed(rows, Place(0, 0, _EDGE, _EDGE))
        right = _EDGE if most == times else _UNKNOWN_EDGE
        around = Place(0, _width(items) * (most - times), _EDGE, right)
        return _Strings(None, _moved(required, around))

    def _rarity(self, literals: Literals) -> float:
        """How seldom a text holds one of the literals: longer is rarer, and so is fewer."""
        return -fsum(2 ** -self._weight(*item) for item in literals.items())

    def _weight(self, text: str, place: Place) -> float:
        """How rare a literal is, in bits; near a line's end it is found out of place elsewhere."""
        weight = sum(map(_bits, text))
        near = (gain for most, gain in _NEAR if min(place.before, place.after) <= most)
        return weight + (next(near, 0.0) if self._whole else 0.0)


def _bits(char: str) -> float:
    if char > "\u02ff":
        return _FOREIGN
    if char == "0":
        return _FIGURE
    return _COMMON if char in _LETTERS else _RARE


def _exact(strings: Any) -> _Strings:
    exact = frozenset(strings)
    place = Place(0, 0, _EDGE, _EDGE)
    return _Strings(exact, _placed(exact, place) if _useful(exact) else None)


def _repeated(strings: frozenset[str], least: int, most: int) -> frozenset[str] | None:
    """All rows of at least and at most so many of the strings, where they are few."""
    if most > _MOST or sum(len(strings) ** times for times in range(least, most + 1)) > _MOST:
        return None
    rows = (product(strings, repeat=times) for times in range(least, most + 1))
    return frozenset("".join(row) for row in chain.from_iterable(rows))


def _of_class(members: Any) -> _Strings:
    found = [_of_member(*member) for member in members]
    return _UNKNOWN if None in found else _exact(found)


def _of_member(op: Any, argument: Any) -> str | None:
    """What a member of a class matches; ``None`` if it is more than one character, or figures."""
    if op is ops.LITERAL:
        return _folded(argument)
    figures = op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT
    if op is ops.RANGE:
        figures = argument[0] >= ord("0") and argument[1] <= ord("9")
    return "0" if figures else None


def _folded(code: int) -> str:
    return fold_figures(chr(code).lower())


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
    return {text: _outer(place, around) for text, place in literals.items()}


def _outer(place: Place, around: Place) -> Place:
    before, after, left, right = place
    return Place(
        before + around.before,
        after + around.after,
        around.left if left == _EDGE else left,
        around.right if right == _EDGE else right,
    )


def _joined(parts: Iterable[Literals]) -> Literals:
    """The literals of all parts, each with the widest of its places."""
    joined: Literals = {}
    for part in parts:
        for text, place in part.items():
            joined[text] = _wider(joined.get(text, place), place)
    return joined


def _wider(one: Place, other: Place) -> Place:
    """The place of what stands at either."""
    widest = map(max, one[:2], other[:2])
    return Place(*widest, *map(min, one[2:], other[2:]))


def _settled(text: str, place: Place) -> Place:
    """The place as a matcher needs it: what is beside letters and digits, or nothing known."""
    before, after, left, right = place
    return Place(
        min(before, UNBOUNDED),
        min(after, UNBOUNDED),
        _BOUND if left == _BOUND and is_of_word(text[0]) else _UNKNOWN_EDGE,
        _BOUND if right == _BOUND and is_of_word(text[-1]) else _UNKNOWN_EDGE,
    )


def is_of_word(char: str) -> bool:
    r"""Whether a character is of a word; the ``\w`` of patterns takes marks and more beside.

    >>> [is_of_word(char) for char in "ä5_-²"]
    [True, True, True, False, False]
    """
    return char.isalpha() or char.isdecimal() or char == "_"


def _edges(items: Any, *, at_end: bool = True) -> list[int]:
    """What is known of the character before each of some items, and behind the last one.

    The items may be in reverse order, from the right: then their beginnings are their last.
    """
    known = [_EDGE]
    for op, argument in items:
        own = _edge(op, argument, at_end=at_end)
        known.append(known[-1] if own == _EDGE else own)
    return known


def _edge(op: Any, argument: Any, *, at_end: bool) -> int:
    """What is known of an item's last character, or of its first; ``_EDGE`` if it may have none."""
    if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return _last_edge(argument[-1] if op is ops.SUBPATTERN else argument, at_end=at_end)
    if op is ops.BRANCH:
        return min(_last_edge(branch, at_end=at_end) for branch in argument[1])
    if op in _REPEATS:
        least, _, items = argument
        inner = _last_edge(items, at_end=at_end)
        return inner if least else min(inner, _EDGE)
    if op in _MARKS:
        return _BOUND if argument is ops.AT_BOUNDARY else _EDGE
    members = [(op, argument)] if op is ops.LITERAL else argument if op is ops.IN else []
    return _BOUND if members and all(_is_bare(*member) for member in members) else _UNKNOWN_EDGE


def _last_edge(items: Any, *, at_end: bool) -> int:
    return _edges(items if at_end else items[::-1], at_end=at_end)[-1]


def _is_bare(op: Any, argument: Any) -> bool:
    """Whether a member of a class is no character of a word."""
    if op is ops.LITERAL:
        return not is_of_word(chr(argument))
    return op is ops.CATEGORY and argument in (ops.CATEGORY_SPACE, ops.CATEGORY_NOT_WORD)


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
        moved.append({short: _within(place, text, short)})
    return _joined(moved)


def _within(place: Place, text: str, short: str) -> Place:
    """The place of a string that is part of a literal, by the literal's."""
    start = text.index(short)
    end = start + len(short)
    return Place(
        place.before + start,
        place.after + len(text) - end,
        place.left if not start else _beside(text[start - 1]),
        place.right if end == len(text) else _beside(text[end]),
    )


def _beside(char: str) -> int:
    return _UNKNOWN_EDGE if is_of_word(char) else _BOUND
