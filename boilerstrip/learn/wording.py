"""What a line says apart from what varies in it: numbers, months, the story's title and authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boilerstrip.language.dates import is_month
from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.language.names import is_agency, looks_like_name
from boilerstrip.rules.ruleset import phrase_key

if TYPE_CHECKING:
    from collections.abc import Iterable

# What stands in a wording for what varies, and the pattern for each. No text holds these: they are
# control characters that have no other use.
NUMBER, MONTH, TITLE, AUTHOR, REST = "\x01", "\x02", "\x03", "\x04", "\x05"
_PATTERNS = {
    NUMBER: r"\d{1,12}",
    MONTH: r"\p{L}{3,14}\.?",
    TITLE: ".{1,300}",
    AUTHOR: ".{1,80}",
    REST: ".{1,300}",
}
_MARKS = "".join(_PATTERNS)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
# A word beside a number, where months stand.
_BESIDE_NUMBER = re.compile(
    rf"(?<=[{NUMBER}] )[^\W\d_]{{3,14}}\.?|[^\W\d_]{{3,14}}\.?(?= [{NUMBER}])"
)
_LABEL = re.compile(rf"([^:{_MARKS}]{{6,60}}): (?=\S+ \S+ \S)")
_PARTS = re.compile(r"[()\[\]/|,:;-]+")
# A shorter title or name may be an ordinary word.
_LEAST_TITLE, _LEAST_NAME = 12, 6


def wording(text: str, title: str | None = None, authors: Iterable[str] = ()) -> str:
    r"""What the line says, folded, with marks for what varies; empty if that is all it says.

    >>> wording("»  Last updated: 3 May 2024, 10:45")
    'last updated: \x01 \x02 \x01, \x01:\x01'
    >>> wording("Get news about Rain in Hull today", "Rain in Hull"), wording("10:45")
    ('get news about \x03 today', '')
    """
    key = phrase_key(text.translate(_NO_MARKS))
    for mark, least, names in (
        (TITLE, _LEAST_TITLE, (title or "",)),
        (AUTHOR, _LEAST_NAME, authors),
    ):
        for name in map(phrase_key, names):
            if len(name) >= least:
                key = key.replace(name, mark)
    key = _BESIDE_NUMBER.sub(_month, _NUMBER.sub(NUMBER, key))
    return key if _WORD.search(key) else ""


def label(key: str) -> str:
    r"""The wording of all lines that begin with the label that this one has, empty if it has none.

    >>> label("read also: rain in hull"), label("hull: rain and wind"), label("it rained")
    ('read also: \x05', '', '')
    """
    found = _LABEL.match(key)
    if found is None or (" " not in found[1] and found[1].upper() != found[1]):
        return ""
    return f"{found[1]}: {REST}"


def varies(key: str) -> bool:
    """Whether lines of this wording may differ."""
    return any(mark in key for mark in _MARKS)


def has(key: str, mark: str) -> bool:
    """Whether the wording has a mark for this in it."""
    return mark in key


def words_in(key: str) -> list[str]:
    """The words of a wording."""
    return _WORD.findall(key)


def pattern(key: str) -> str:
    r"""A rule's pattern for all lines of a wording.

    >>> pattern("last updated: \x01 \x02")
    '\\W{0,9}last updated: \\d{1,12} \\p{L}{3,14}\\.?\\W{0,9}'
    """
    parts = re.split(f"([{_MARKS}])", key)
    middle = "".join(_PATTERNS.get(part) or _escaped(part) for part in parts)
    return rf"\W{{0,9}}{middle}\W{{0,9}}"


def is_credit(text: str) -> bool:
    """Whether the line is nothing but a name, or has an agency's: a byline, a dateline, a source.

    >>> is_credit("HULL, England (AP) -"), is_credit("Ann Lee"), is_credit("Read More")
    (True, True, False)
    """
    parts = [part.strip() for part in _PARTS.split(fold_variants(text))]
    return looks_like_name(text.strip()) or any(is_agency(part) for part in parts if part)


def words_of(text: str) -> frozenset[str]:
    """The words of a line, in one case."""
    return frozenset(_WORD.findall(fold_case(fold_variants(text))))


def _month(found: re.Match[str]) -> str:
    return MONTH if is_month(found[0]) else found[0]


def _escaped(text: str) -> str:
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)


_NO_MARKS = {ord(mark): " " for mark in _MARKS}
