"""Bios of the authors in raw text: the lines that say of one of them who that is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.fields.head import HeadLine

_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx)\.?\s)?"
# "Ada Moore", "Ada Moore, PhD,", "Ada Moore (@adamoore)", "Ada Moore, Editor, Boats,".
_ASIDE = r"(?:\s?\([^)]{1,60}\)|,\s[^.!?]{1,80},|,\sas\s[^.!?]{1,80},)?"
# So many lines above a bio may hold the name, and a post below it.
_ABOVE = 3
_LONGEST_NAME_LINE = 80
_LONGEST = 1500
_FEWEST_WORDS = 9
_RIGHTS = regex.compile(r"(?i)©|\bcopyright\b")


@cache
def _before() -> str:
    """The pattern of what stands before the author's name: a label, and a title."""
    return rf"(?:(?i:{any_of('about_author')}):?\s)?{_TITLE}"


@cache
def _behind() -> str:
    """The pattern of what stands behind it."""
    return rf"{_ASIDE}\s{any_of('bio_verbs', 'bio_verbs_of_stories')}\b"


@cache
def _self() -> regex.Pattern[str]:
    """How an author speaks of himself: "Hi, I'm Ada", "Ich bin eine Reporterin"."""
    am = any_of("bio_openings")
    return regex.compile(
        rf"(?:{any_of('greetings')}\b.{{0,40}}?\s{am}\s|{am}\s{any_of('articles')}\s)"
    )


def find_bios(lines: Sequence[HeadLine], authors: Sequence[str]) -> Iterator[str]:
    """The bios of the authors, in their order; for each the first line that is one.

    >>> from boilerstrip.fields.head import HeadLine
    >>> bio = "Ada has written about boats, tides and harbours for the Harbour Post since 2004."
    >>> lines = [HeadLine(text, text == bio, True) for text in ("Ferry aground", "Ada Moore", bio)]
    >>> list(find_bios(lines, ["Ada Moore"])) == [bio]
    True
    >>> list(find_bios(lines, ["Bo Lind"]))
    []
    """
    long = [number for number, line in enumerate(lines) if _may_be_bio(line)]
    owners = [line.text for line in lines if _RIGHTS.search(line.text)]
    for author in authors:
        # What an outlet says of itself, in whose name it writes, is no bio.
        if _is_short_for(author) or any(author in text for text in (lines[0].text, *owners)):
            continue
        bios = (number for number in long if _is_bio(lines, number, author))
        if (number := next(bios, None)) is not None:
            yield lines[number].text.strip("() ")


def _may_be_bio(line: HeadLine) -> bool:
    spaces = line.text.count(" ")
    return spaces >= _FEWEST_WORDS and line.role != "comment" and len(line.text) <= _LONGEST


def _is_bio(lines: Sequence[HeadLine], number: int, author: str) -> bool:
    text = lines[number].text.lstrip("( ")
    if _speaks_of(text, author):
        return True
    first = author.split()[0]
    if first == author or not (text.startswith(first) or _self().match(text)):
        return False
    above = (lines[n].text for n in range(max(0, number - _ABOVE), number))
    named = any(author in text and len(text) <= _LONGEST_NAME_LINE for text in above)
    return named and (_speaks_of(text, first) or _self().match(text) is not None)


def _is_short_for(author: str) -> bool:
    """Whether a word of the name is an abbreviation, as in those of companies and events."""
    return any(len(word) > 2 and word.isupper() for word in author.split())


def _speaks_of(text: str, name: str) -> bool:
    """Whether a text begins with the name and says who that is."""
    return name in text[:_LONGEST_NAME_LINE] and bool(
        regex.match(rf"{_before()}{regex.escape(name)}{_behind()}", text)
    )
