"""The head of an article in raw text: headline, byline and date line, by the evidence."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import regex

from boilerstrip.fields.head.authors import AuthorSearch, names_nobody
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


class Head:
    """The head of the article in a text's lines; each part is looked for when it is asked for.

    Most texts that are clean have none, and what tells so is cheaper than what tells which it is.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._search = TitleSearch(lines)

    @property
    def is_provable(self) -> bool:
        """Whether there may be proof of a headline."""
        return self._search.is_provable

    @property
    def _is_bare(self) -> bool:
        """Whether the text begins with its story, and nothing proves that a line is a headline."""
        return not self._lines.start and not self.is_provable

    @cached_property
    def _found(self) -> tuple[int, float] | None:
        """The number of the headline, and how sure it is."""
        return self._search.find()

    @cached_property
    def title(self) -> tuple[int, Span] | None:
        """The line from which the headline's text is taken, and the span in it.

        ``None`` where no line has a headline's shape.
        """
        return self._search.title(self._found[0]) if self._found else None

    @cached_property
    def titles(self) -> tuple[tuple[int, dict[str, Span]], ...]:
        """The lines that say the headline, as printed first.

        Each comes with the spans of the title and of the outlet's name in it.
        """
        return tuple(self._search.lines(self._found[0])) if self._found else ()

    @cached_property
    def proof(self) -> str | None:
        """What proves the headline, if more than its shape speaks for it."""
        if self._is_bare or not self._found:
            return None
        return self._search.proof(self._found[0])

    @cached_property
    def sure(self) -> bool:
        """Whether it may be given as the headline."""
        if self._is_bare or not self._found:
            return False
        return self._search.is_sure(*self._found, self.proof)

    @cached_property
    def _around(self) -> range:
        """The lines around the headline among which those of the head are."""
        headline = self._found[0] if self._found else 0
        return range(max(0, headline - _ABOVE_HEADLINE), _end(self._lines, headline))

    @cached_property
    def _authors(self) -> tuple[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        lines = self._lines
        if names_nobody(lines) or not self._found:
            return "", ()
        search = AuthorSearch(lines, self._found[0], self._search.says_title)
        return search.find(self._around, range(lines.start, _end(lines, lines.start)))

    @property
    def bylines(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The lines that name the authors, with the names."""
        return self._authors[1]

    @property
    def byline_source(self) -> str:
        """What the authors are known by."""
        return self._authors[0]

    @cached_property
    def stamps(self) -> tuple[tuple[int, Stamp], ...]:
        """The lines with the date, the best first."""
        if _is_undated(self._lines) or not self._found:
            return ()
        return tuple(_stamps(self._lines, self._found[0], self._around))


def find_head(
    lines: Sequence[HeadLine],
    language: str | None,
    known: dict[Any, Any] | None = None,
    *,
    proven: bool = False,
) -> Head | None:
    """The head of the article in a text's lines; ``None`` where there is no line.

    With ``proven``, also ``None`` where there is no proof of the headline. ``known`` is what lines
    of the text were read as before; what is read now joins it.
    """
    lines = lines[:MOST_LINES]
    start = prose_start(lines)
    head = None if start is None else Head(Lines(lines, start, language, known))
    unproven = proven and head and not (head.is_provable and head.proof)
    return None if unproven else head


def _end(lines: Lines, first: int) -> int:
    """The number of the line after those that still belong to the head."""
    prose = 0
    last = min(len(lines), first + _UNDER_HEADLINE)
    for number in range(first, last):
        prose += lines[number].prose and number > first
        if prose == _PROSE_LINES:
            return number
    return last


def _is_undated(lines: Lines) -> bool:
    """Whether a text begins with its story, and no line of it says when."""
    return not lines.start and not any(map(lines.stamp, range(len(lines))))


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
