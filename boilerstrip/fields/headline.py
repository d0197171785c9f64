"""The headline in raw text: the first lines, held to the evidence around them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.stamp import find_stamp
from boilerstrip.language.prose import ends_sentence, is_prose
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

_FEWEST_WORDS = 3
_MOST_WORDS = 32
_MOST_CHARACTERS = 250
_FEWEST_CJK = 8
_MENU_WORDS = 3
# A headline of which almost all words have capitals has no more than so many.
_MENU_ENTRIES = 17
_MENU_CAPITALS = 0.9
# So many lines from the headline, at most, the byline or the date stands.
_NEAR = 2
# Scripts in which few spaces part the words.
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Khmer}\p{Lao}\p{Myanmar}]")
# An outlet's name in a suffix is short beside the headline before it.
_SUFFIX_WORDS = 5
_NAME = r"(?:\p{Lu}[\p{L}\p{M}'’-]*\.?\s+){1,3}\p{Lu}[\p{L}\p{M}'’-]+"
# The name of a series before a headline, as Korean papers print it.
_SERIES = regex.compile(r"\[[^\[\]_]{1,20}\]\s*+(?=[^\s(\[])")
_DATED = regex.compile(r"\d{1,2}[.:/]\d{2}")
# What stands between a headline and the outlet's name; prose rarely has any of it.
_STROKE = regex.compile(r"[|»·]|\s[-–—:]")


@cache
def _suffix() -> regex.Pattern[str]:
    """A headline with the outlet's name: "Headline - Outlet", "Headline | Section | Outlet"."""
    word = r"(?:\p{Lu}|\d)[\p{L}\p{M}\d.'’&!+-]*"
    first = r"(?:[\p{Lu}\d]|\p{Lo})[\p{L}\p{M}\d.'’&!+-]*"
    return regex.compile(
        rf"""(?x) (?P<title>\S.{{14,}}?\S) (?:\s*[|»·]\s*|\s+[-–—]\s+|\s+::\s+)
        (?:[^|]{{2,40}}\s*\|\s*)?
        (?P<outlet> (?:{any_of("outlet_openings")}\s+)? {first}
        (?:\s+(?:{any_of("outlet_particles")}|&|{word})){{0,4}} )"""
    )


@cache
def _names() -> regex.Pattern[str]:
    """Nothing but names: "Ada Moore", "Ada Moore and Ines Calder"."""
    return regex.compile(rf"{_NAME}(?:(?:,|\s+{_joint()})\s+{_NAME}){{0,4}}")


@cache
def _between_names() -> regex.Pattern[str]:
    return regex.compile(rf",\s+|\s+{_joint()}\s+")


def _joint() -> str:
    return rf"(?:{any_of('and')}|&)"


@cache
def _bio_verb() -> regex.Pattern[str]:
    """What a bio says of its author, behind the name."""
    return regex.compile(rf"\s+{any_of('bio_verbs', 'bio_verbs_of_stories')}\b")


def split_suffix(headline: str) -> tuple[Span, Span] | None:
    """The spans of a headline and of the outlet's name after it; ``None`` if there is no such.

    >>> line = "Storm Reaches the Coast – Barron’s"
    >>> title, outlet = split_suffix(line)
    >>> line[slice(*title)], line[slice(*outlet)]
    ('Storm Reaches the Coast', 'Barron’s')
    >>> split_suffix("Storm reaches the coast - and stays") is None
    True
    """
    match = _suffix().fullmatch(headline.strip()) if _STROKE.search(headline) else None
    if match is None or (ends_sentence(match["title"]) and not match["title"].endswith(("?", "!"))):
        return None
    offset = len(headline) - len(headline.lstrip())
    title, outlet = match.span("title"), match.span("outlet")
    if len(match["outlet"].split()) > _SUFFIX_WORDS or not is_headline(match["title"]):
        return None
    return (title[0] + offset, title[1] + offset), (outlet[0] + offset, outlet[1] + offset)


def is_headline(text: str) -> bool:
    """Whether a line has the shape of a headline.

    >>> is_headline("Storm Reaches the Coast"), is_headline("Menu"), is_headline("It rained today.")
    (True, False, False)
    """
    if not text or len(text) > _MOST_CHARACTERS or text[0] in "-•*[(" or text[-1] in ":;,":
        return bool(_SERIES.match(text)) and is_headline(_SERIES.sub("", text))
    if ends_sentence(text) and text[-1] not in "?!…\"'”’»)":
        return False
    words = text.count(" ") + 1
    if words < _FEWEST_WORDS:
        said = bool(UNSPACED.search(text)) or (words > 1 and not text.isascii())
        return said and len(text) >= _FEWEST_CJK and not text[0].islower()
    return words <= _MOST_WORDS and not (is_prose(text) and words > _MOST_WORDS // 2)


def _says_enough(text: str) -> bool:
    """Whether a line has a headline's shape, and more words than a menu entry, and no date."""
    short = text.isascii() or " " in text
    enough = text.count(" ") >= _MENU_WORDS if short else len(text) >= _FEWEST_CJK
    if not is_headline(text) or not enough or is_menu(text):
        return False
    return not _DATED.search(text) and not _names().fullmatch(text)


def is_menu(text: str) -> bool:
    """Whether a line has so many capitalised words in a row as menus have, and no headline.

    >>> is_menu("Home News World Sport Culture Weather Podcasts Videos Contact Privacy Terms Jobs"
    ...         " Press Shop Games Login Help")
    True
    """
    words = text.split()
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= _MENU_ENTRIES and capitals >= _MENU_CAPITALS * len(words)


def find_headline_above(texts: Sequence[str]) -> int | None:
    """The number of the headline among the lines above a body, none of which is body.

    It is there twice, or beside the byline or the date, or right above the body, or first, as the
    page's title element.

    >>> find_headline_above(["Harbour Post", "World", "Storm reaches the coast at night"])
    2
    >>> find_headline_above(["Storm reaches the coast at night", "3 May 2024", "Bigger type now"])
    0
    """
    said = [_headline_of(text) for text in texts]
    headlines = [n for n, text in enumerate(said) if _says_enough(text)]
    repeated = [number for number in headlines if said.count(said[number]) > 1]
    if repeated:
        return repeated[0]
    signed = (number for number in reversed(headlines) if is_signed(texts, number))
    return next(signed, next((n for n in (len(texts) - 1, 0) if n in headlines), None))


def is_signed(texts: Sequence[str], number: int) -> bool:
    """Whether a line stands beside one that says when the article was written, or by whom.

    >>> is_signed(["Storm reaches the coast", "By Ada Moore", "Bigger type"], 0)
    True
    """
    if read_byline(texts[number]) is not None:
        return False
    below = texts[number + 1 : number + 1 + _NEAR]
    return any(map(_signs, (*below, *texts[max(0, number - _NEAR) : number])))


def _signs(text: str) -> bool:
    byline = read_byline(text)
    labelled = byline is not None and byline.labelled and bool(byline.names)
    return labelled or find_stamp(text, None) is not None


def _headline_of(text: str) -> str:
    title, _ = split_suffix(text) or ((0, len(text)), None)
    return text[slice(*title)].strip("# ").casefold()


def split_names(text: str) -> list[str]:
    """The names in a byline, in lower case.

    >>> split_names("Ada Moore and INES CALDER")
    ['ada moore', 'ines calder']
    """
    return [name.strip().casefold() for name in _between_names().split(text) if " " in name.strip()]


def starts_bio(text: str, name: str) -> bool:
    """Whether a text in lower case begins with the name and says who that is.

    >>> starts_bio("ada moore covers the coast.", "ada moore")
    True
    """
    return text.startswith(name) and bool(_bio_verb().match(text, len(name)))
