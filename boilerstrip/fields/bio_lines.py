"""The bios among the lines of a text: by an author's name, or by the label above them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.author_box import LONGEST, bio_label, bio_menu
from boilerstrip.language.fold import fold_variants
from boilerstrip.language.names import CAPITALISED, places_of
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
_FEWEST_WORDS = 9
# A bio under its label is no shorter.
_SHORTEST_LABELLED = 20
_MARKS = "#*_ :\t"
_RIGHTS = regex.compile(r"(?i)©|\bcopyright\b")
# A name in a script without capitals, a comma or a stop behind it.
_PLAIN_NAME = regex.compile(r"\p{Lo}[\p{Lo}\p{M}・]{1,10}[,、。，：:(]")


@cache
def _before() -> regex.Pattern[str]:
    """What stands before the author's name: a label, and a title."""
    return regex.compile(rf"(?:(?i:{any_of('about_author')}):?\s)?{_TITLE}")


@cache
def _behind() -> regex.Pattern[str]:
    """What stands behind it."""
    return regex.compile(rf"{_ASIDE}\s{any_of('bio_verbs', 'bio_verbs_of_stories')}\b")


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
        bios = (number for number in long if _is_bio_of(lines, number, author))
        if (number := next(bios, None)) is not None:
            yield lines[number].text.strip("() ")


def find_labelled(lines: Sequence[HeadLine]) -> Iterator[str]:
    """The lines right under a label of a bio that begin with a name and go on.

    >>> from boilerstrip.fields.head import HeadLine
    >>> bio = "Ada Moore, born in Lund. Boats on weekends."
    >>> lines = [HeadLine(text, False, True) for text in ("About the author", bio, "Share")]
    >>> list(find_labelled(lines)) == [bio]
    True
    """
    under, first = False, True
    for line in lines:
        text = fold_variants(line.text)
        label = bio_label().match(text.lstrip(_MARKS)) if len(text) <= LONGEST else None
        rest = text.lstrip(_MARKS)[label.end() :] if label else text
        if label and not rest.strip(_MARKS):
            under, first = True, True
            continue
        start = len(text) - len(rest.lstrip(": ")) if label and rest.startswith(":") else 0
        under = (under or start > 0) and line.role != "comment" and _is_told(text[start:])
        under = under and (first or line.role == "author_bio" or bool(presents().match(text)))
        if under:
            first = False
            yield line.text[start:].strip()


def _is_told(text: str) -> bool:
    """Whether a text begins with a name and goes on about who that is."""
    if not _SHORTEST_LABELLED <= len(text) <= LONGEST or bio_menu().search(
        text[:_LONGEST_NAME_LINE]
    ):
        return False
    return bool(_named_first().match(text)) or bool(_PLAIN_NAME.match(text))


@cache
def _named_first() -> regex.Pattern[str]:
    name = rf"{CAPITALISED}(?:\s(?:(?:{any_of('name_particles')})\s)?{CAPITALISED}){{1,4}}"
    return regex.compile(
        rf"(?:{_TITLE}|\p{{Lu}}\p{{Ll}}{{0,2}}\.?\s){name}(?:\s?[(,]|\s-\s|\s(?=[\p{{Ll}}@]))|{name}(?:\s?[(,]|\s-\s|\s(?=\p{{Ll}}))"
    )


@cache
def presents() -> regex.Pattern[str]:
    """A full name, and what a bio says behind it."""
    name = rf"{CAPITALISED}(?:\s{CAPITALISED}){{1,4}}"
    return regex.compile(rf"{_before().pattern}{name}{_behind().pattern}")


def _may_be_bio(line: HeadLine) -> bool:
    spaces = line.text.count(" ")
    return spaces >= _FEWEST_WORDS and line.role != "comment" and len(line.text) <= LONGEST


def _is_bio_of(lines: Sequence[HeadLine], number: int, author: str) -> bool:
    text = lines[number].text.lstrip("( ")
    if _tells_of(text, author):
        return True
    first = author.split()[0]
    if first == author or not (text.startswith(first) or _self().match(text)):
        return False
    above = (lines[n].text for n in range(max(0, number - _ABOVE), number))
    named = any(author in text and len(text) <= _LONGEST_NAME_LINE for text in above)
    return named and (_tells_of(text, first) or _self().match(text) is not None)


def _is_short_for(author: str) -> bool:
    """Whether a word of the name is an abbreviation, as in those of companies and events."""
    return any(len(word) > 2 and word.isupper() for word in author.split())


def _tells_of(text: str, name: str) -> bool:
    """Whether a text begins with the name and says who that is."""
    return name in text[:_LONGEST_NAME_LINE] and any(
        _before().fullmatch(text, 0, at) and _behind().match(text, at + len(name))
        for at in places_of(name, text)
    )
