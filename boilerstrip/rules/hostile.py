"""Whether a pattern takes too long on some text: proved on texts that are made from it.

A pattern that repeats what can be read in several ways tries them all where the rest doesn't fit.
So each repeat is given what it repeats, over and over, after what stands before it, and then
something that doesn't fit. The texts are guesses, and a pattern that is slow in another way is
overlooked; but where one is called slow, there is the text on which it was.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import thread_time
from typing import TYPE_CHECKING, Any, NamedTuple

from boilerstrip.rules.literals import PROPERTY
from boilerstrip.rules.ruleset import INLINE_REACH, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

# A line on which a pattern takes longer is slow: a page has hundreds, and a caller's pattern is
# stopped after two seconds a page.
_SLOW, _STOPPED = 0.2, 1.0
# For so long a pattern is tried in all.
_ENOUGH = 5.0
# The lengths of the texts. Whole-line patterns aren't tried on longer ones.
_LENGTHS = (30, 60, 300, 2_000)
# So many texts are tried: patterns with more repeats are lists of words.
_MOST = 400
# What a repeat that is no more often than this repeats is bounded enough.
_FEW = 4
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
# What a character of a class is if it may: what others may be, too.
_COMMON = "a1 -.:A,/"
# What fits nothing. What stands behind a repeat comes with it: ``regex`` looks for that first.
_MISFIT = "\x01"
_LEAST_REPEATED, _MOST_WAYS = 40, 4


class Slow(NamedTuple):
    """A text on which a pattern is slow, and for how many seconds; it was stopped then."""

    text: str
    seconds: float


def find_slow(pattern: str, *, whole: bool) -> Slow | None:
    """The first text found on which the pattern takes too long; it is valid.

    ``whole`` says whether it is to match whole lines.

    >>> find_slow("see our (?:other )?stories.{0,80}", whole=True)
    >>> find_slow(r"(?:a{1,9}){1,30}b!", whole=True).text[:9]
    'aaaaaaaaa'
    """
    compiled = compile_pattern(pattern)
    longest = _LENGTHS[-1] if whole else 2 * INLINE_REACH
    spent = 0.0
    for text in _hostile_texts(pattern, longest):
        seconds = _seconds(compiled, text, whole=whole)
        if seconds > _SLOW:
            return Slow(text, seconds)
        spent += seconds
        if spent > _ENOUGH:
            break
    return None


def _hostile_texts(pattern: str, longest: int) -> Iterator[str]:
    for before, repeated, after in islice(_attacks(pattern), _MOST):
        ends = (f"{_MISFIT}{after}", f"{after}{_MISFIT}", after[:-1])
        for end in dict.fromkeys(ends):
            for length in _LENGTHS:
                times = max(1, (min(length, longest) - len(before)) // len(repeated))
                yield f"{before}{repeated * times}{end}"


def _seconds(compiled: regex.Pattern[str], text: str, *, whole: bool) -> float:
    """How long the pattern takes on a text, at most until it is stopped."""
    began = thread_time()
    with suppress(TimeoutError):
        (compiled.fullmatch if whole else compiled.search)(text, timeout=_STOPPED)
    return thread_time() - began


def _attacks(pattern: str) -> Iterator[tuple[str, str, str]]:
    """For each repeat what stands before it, what it repeats, and what stands behind it."""
    tree = _parser.parse(PROPERTY.sub(r"\\w", pattern), re.IGNORECASE)
    for before, repeated, after in _within(list(tree), "", ""):
        if repeated:
            yield before, repeated, after


def _within(items: list[Any], before: str, after: str) -> Iterator[tuple[str, str, str]]:
    for number, (op, value) in enumerate(items):
        left = before + _sample(items[:number])
        right = _sample(items[number + 1 :]) + after
        if op in _REPEATS and value[1] > _FEW:
            for way in dict.fromkeys(_ways(list(value[2]))):
                yield left, way, right
        for part in _parts(op, value):
            yield from _within(part, left, right)


def _parts(op: Any, value: Any) -> list[list[Any]]:
    """The sequences within a part of a pattern."""
    if op in _REPEATS:
        return [list(value[2])]
    if op is ops.SUBPATTERN:
        return [list(value[-1])]
    if op is ops.BRANCH:
        return [list(branch) for branch in value[1]]
    return [list(value)] if op is ops.ATOMIC_GROUP else []


def _ways(items: list[Any]) -> Iterator[str]:
    """Some texts that a sequence matches."""
    yield _sample(items)
    yield _sample(items, least=1)
    for number, (op, value) in enumerate(items):
        for part in _parts(op, value)[:_MOST_WAYS]:
            yield _sample(items[:number]) + _sample(part, least=1) + _sample(items[number + 1 :])


def _sample(items: list[Any], least: int = 0) -> str:
    """A short text that a sequence matches, with ``least`` of what may be left out."""
    return "".join(_sample_of(op, value, least) for op, value in items)


def _sample_of(op: Any, value: Any, least: int) -> str:
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return next(char for char in _COMMON if char != chr(value))
    if op is ops.ANY:
        return _COMMON[0]
    if op is ops.IN:
        return _member(value)
    if op in _REPEATS:
        times = int(min(max(value[0], min(least, value[1])), _LEAST_REPEATED))
        return _sample(list(value[2]), least) * times
    parts = _parts(op, value)
    return _sample(parts[0], least) if parts else ""


def _member(items: list[Any]) -> str:
    """A character of a class, a common one if it has one."""
    negated = bool(items) and items[0][0] is ops.NEGATE
    for char in _COMMON:
        if any(_has(op, value, char) for op, value in items) != negated:
            return char
    for op, value in items:
        if op in (ops.LITERAL, ops.RANGE):
            return chr(value if op is ops.LITERAL else value[0])
    return ""


def _has(op: Any, value: Any, char: str) -> bool:
    """Whether a character is of a part of a class."""
    if op is ops.LITERAL:
        return char == chr(value).lower()
    if op is ops.RANGE:
        first, last = value
        return any(first <= ord(form) <= last for form in (char, char.upper()))
    if op is not ops.CATEGORY:
        return False
    name = str(value).rpartition("_")[2].lower()
    kinds = {"digit": char.isdigit(), "space": char.isspace(), "word": char.isalnum()}
    return kinds.get(name, False) != ("_NOT_" in str(value))
