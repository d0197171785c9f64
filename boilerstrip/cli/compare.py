"""Two articles side by side: the lines that differ, or that differ in what they are taken for."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from boilerstrip.fields.declared import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.article import Article

    # A line and what it is taken for.
    Labelled = tuple[str, str]

BODY = "body"
_BETWEEN = " | "
_LEAST_WIDTH = 20


def differences(one: Article, other: Article, width: int) -> Iterator[str]:
    r"""The lines of two columns, ``width`` characters in all: what differs, the rest counted.

    >>> import boilerstrip
    >>> text = "It rained.\nAdvertisement\nIt stopped."
    >>> kept = boilerstrip.clean(text, keep={"advertisement"})
    >>> print("".join(differences(boilerstrip.clean(text), kept, 79)).rstrip())
    ... # doctest: +NORMALIZE_WHITESPACE
      1 line alike
    advertisement · rule:advertisement/lab | body
      Advertisement                        |   Advertisement
      1 line alike
    """
    column = max((width - len(_BETWEEN)) // 2, _LEAST_WIDTH)
    alike = 0
    for pair in _pairs(_labelled(one), _labelled(other)):
        if pair[0] == pair[1]:
            alike += 1
            continue
        yield from _alike(alike)
        alike = 0
        first, second = (side or ("", "") for side in pair)
        yield _row(first[1], second[1], column)
        yield _row(f"  {first[0]}", f"  {second[0]}", column)
    yield from _alike(alike)
    for field in FIELDS:
        left, right = (_shown(getattr(article, field.name)) for article in (one, other))
        if left != right:
            yield _row(f"{field.name}: {left}", f"{field.name}: {right}", column)


def _alike(count: int) -> Iterator[str]:
    if count:
        yield f"  {count} line{'' if count == 1 else 's'} alike\n"


def _row(left: str, right: str, column: int) -> str:
    return f"{left[:column]:<{column}}{_BETWEEN}{right[:column]}".rstrip() + "\n"


def _shown(value: object) -> str:
    many = value if isinstance(value, tuple) else (value,)
    return " ".join(", ".join(str(item) for item in many if item).split()) or "-"


def _labelled(article: Article) -> list[Labelled]:
    """The lines of a document, pieces of lines apart, each with what it is taken for."""
    text, position = article.document.text, 0
    found: list[Labelled] = []
    for removal in article.removed:
        found += _lines(text[position : removal.start], BODY)
        found += _lines(removal.text, f"{removal.category} · {removal.cause}")
        position = removal.end
    return found + _lines(text[position:], BODY)


def _lines(text: str, label: str) -> list[Labelled]:
    return [(line, label) for line in map(str.strip, text.splitlines()) if line]


def _pairs(
    ones: Sequence[Labelled], others: Sequence[Labelled]
) -> Iterator[tuple[Labelled | None, Labelled | None]]:
    """The lines of both, those that say the same in one pair."""
    left, right = ([line for line, _ in side] for side in (ones, others))
    match = SequenceMatcher(None, left, right, autojunk=False)
    for _, start, end, first, last in match.get_opcodes():
        yield from zip_longest(ones[start:end], others[first:last])
