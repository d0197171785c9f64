"""The literal strings that any match of a pattern must contain: what the index searches for.

The idea is that of RE2's prefilter (``re2/prefilter.cc``): a text without any of the literals
can't match, so the pattern need not be run.
"""

from __future__ import annotations

import re
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

# The stdlib's parser doesn't know \p{...}; as any word or other character it needs no literal.
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
# As many alternatives are spelled out; beyond that, parts of the pattern have to do.
_MOST = 64
_UNBOUNDED = 10_000
_EMPTY = frozenset([""])
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


class _Strings(NamedTuple):
    """What is known of a part of a pattern.

    ``exact``: all strings that it can match, where they are few. ``required``: strings of which
    each match contains one, where some are known.
    """

    exact: frozenset[str] | None
    required: frozenset[str] | None


_UNKNOWN = _Strings(None, None)


class Needs(NamedTuple):
    """What a text needs for a pattern to match in it.

    ``literals``: lower-case strings of which every match contains at least one; ``None`` if there
    are none. ``width``: the longest match in characters; ``None`` if the pattern sets no bound.
    """

    literals: frozenset[str] | None
    width: int | None


def needs(pattern: str) -> Needs:
    """What a match of the pattern needs, worked out from its syntax tree.

    >>> sorted(needs("(?:similar|related) news:?").literals)
    ['related news', 'similar news']
    >>> needs("via [a-z]{2,30}").width, needs("via .*").width
    (34, None)
    """
    tree = _parser.parse(_PROPERTY.sub(r"\\w", pattern), re.IGNORECASE)
    width = tree.getwidth()[1]
    return Needs(_of_sequence(tree).required, None if width >= _UNBOUNDED else int(width))


def _of_sequence(items: Any) -> _Strings:
    found: list[frozenset[str]] = []
    current, whole = _EMPTY, True
    for op, argument in items:
        part = _of_item(op, argument)
        if part.exact is not None and len(part.exact) * len(current) <= _MOST:
            current = frozenset(left + right for left in current for right in part.exact)
            continue
        found += [current, part.required or _EMPTY]
        current, whole = part.exact or _EMPTY, False
    required = max(
        (strings for strings in [*found, current] if _useful(strings)), key=_rarity, default=None
    )
    return _Strings(current if whole else None, _reduced(required))


def _of_item(op: Any, argument: Any) -> _Strings:
    if op is ops.LITERAL:
        return _exact([chr(argument).lower()])
    if op is ops.AT:
        return _exact([""])
    if op is ops.IN:
        return _of_class(argument)
    if op is ops.SUBPATTERN:
        return _of_sequence(argument[-1])
    if op is ops.ATOMIC_GROUP:
        return _of_sequence(argument)
    if op is ops.BRANCH:
        return _of_branches([_of_sequence(branch) for branch in argument[1]])
    if op in _REPEATS:
        return _of_repeat(*argument)
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return _exact([""])
    return _UNKNOWN


def _exact(strings: Any) -> _Strings:
    exact = frozenset(strings)
    return _Strings(exact, exact if _useful(exact) else None)


def _of_class(members: Any) -> _Strings:
    if all(op is ops.LITERAL for op, _ in members):
        return _exact(chr(character).lower() for _, character in members)
    return _UNKNOWN


def _of_repeat(least: int, most: int, items: Any) -> _Strings:
    inner = _of_sequence(items)
    if (least, most) == (1, 1):
        return inner
    if (least, most) == (0, 1) and inner.exact is not None:
        return _exact(inner.exact | _EMPTY)
    return _Strings(None, inner.required if least else None)


def _of_branches(branches: list[_Strings]) -> _Strings:
    exact: frozenset[str] | None = frozenset()
    required: frozenset[str] | None = frozenset()
    for branch in branches:
        exact = None if exact is None or branch.exact is None else exact | branch.exact
        known = branch.required
        required = None if required is None or known is None else required | known
    return _Strings(exact, required)


def _useful(strings: frozenset[str]) -> bool:
    """Whether each holds something to search for: no pure white space."""
    return all(map(str.strip, strings))


def _reduced(strings: frozenset[str] | None) -> frozenset[str] | None:
    """Without strings that contain another one of them, which is found in their place."""
    if strings is None:
        return None
    return frozenset(
        text for text in strings if not any(other != text and other in text for other in strings)
    )


def _rarity(literals: frozenset[str]) -> tuple[int, int]:
    """Longer is rarer: the shortest literal counts, CJK ones double; then fewer is better."""
    shortest = min(len(text) * (1 if text.isascii() else 2) for text in literals)
    return min(shortest, 8), -len(literals)
