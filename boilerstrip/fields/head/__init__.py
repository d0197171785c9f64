"""The head of an article in raw text: headline, byline and date line, by the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import regex

from boilerstrip.fields.head.authors import AuthorSearch
from boilerstrip.fields.head.lines import HeadLine, Lines, prose_start
from boilerstrip.fields.head.title import TitleSearch
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.fields.stamp import Stamp

    Span = tuple[int, int]

__all__ = ["MOST_LINES", "Head", "HeadLine", "find_head", "is_of_head", "prose_start"]

# More lines of a text are not looked at.
MOST_LINES = 4000
# So far around the headline, and among so many lines of prose, the byline and the date stand.
_ABOVE_HEADLINE = 4
_UNDER_HEADLINE = 40
_PROSE_LINES = 4
# What lines of the head of an article may be claimed to be.
_OF_HEAD = ("title", "byline", "date", "author_bio")


@dataclass(frozen=True, slots=True)
class Head:
    """What was found: numbers of lines, and spans in their texts.

    ``title`` is where the headline's text is taken from; ``titles`` are the lines that say it, as
    printed first, with the spans of the title and of the outlet's name in them. ``sure`` says
    that it may be given as the headline, ``proof`` that more than its shape speaks for it.
    ``bylines`` are the lines that name the authors, with the names; ``stamps`` the lines with the
    date, the best first.
    """

    title: tuple[int, Span]
    titles: tuple[tuple[int, dict[str, Span]], ...]
    sure: bool
    proof: str | None
    bylines: tuple[tuple[int, tuple[str, ...]], ...]
    byline_source: str
    stamps: tuple[tuple[int, Stamp], ...]


def find_head(
    lines: Sequence[HeadLine],
    language: str | None,
    known: dict[Any, Any] | None = None,
    *,
    proven: bool = False,
) -> Head | None:
    """The head of the article in a text's lines; ``None`` where nothing has a headline's shape.

    With ``proven``, also ``None`` where there is no proof of the headline. ``known`` is what lines
    of the text were read as before; what is read now joins it.
    """
    lines = lines[:MOST_LINES]
    start = prose_start(lines)
    if start is None:
        return None
    seen = Lines(lines, start, language, known)
    search = TitleSearch(seen)
    if proven and not search.is_provable():
        return None
    found = search.find()
    if found is None:
        return None
    headline, surety = found
    proof = search.proof(headline)
    if proven and not proof:
        return None
    prose = range(start, _end(seen, start))
    around = range(max(0, headline - _ABOVE_HEADLINE), _end(seen, headline))
    byline_source, bylines = AuthorSearch(seen, headline, search.says_title).find(around, prose)
    return Head(
        search.title(headline),
        tuple(search.lines(headline)),
        search.is_sure(headline, surety),
        proof,
        bylines,
        byline_source,
        tuple(_stamps(seen, headline, around)),
    )


def _end(lines: Lines, first: int) -> int:
    """The number of the line after those that still belong to the head."""
    prose = 0
    last = min(len(lines), first + _UNDER_HEADLINE)
    for number in range(first, last):
        prose += lines[number].prose and number > first
        if prose == _PROSE_LINES:
            return number
    return last


def _stamps(lines: Lines, headline: int, around: range) -> Iterator[tuple[int, Stamp]]:
    stamps = [
        (number, stamp)
        for number in around
        if lines.is_own(number, headline)
        and number != 0
        and (stamp := lines.stamp(number))
        and not _wrote().search(lines[number].text)
    ]

    def rank(item: tuple[int, Stamp]) -> tuple[bool, bool, bool, int]:
        number, stamp = item
        return stamp.updated, not stamp.labelled, number < headline, abs(number - headline)

    yield from sorted(stamps, key=rank)


@cache
def _wrote() -> regex.Pattern[str]:
    """What stands before the time of a comment: "Ada Moore says:"."""
    return regex.compile(rf"(?i)(?<!\p{{L}}){any_of('wrote')}\s?[:：]")


def is_of_head(claim: Claim | None) -> bool:
    """Whether a line is unclaimed, or claimed for what the head of an article consists of."""
    return claim is None or claim.category in _OF_HEAD
