"""The outlet's name in raw text: behind the headline in the page's title, if more speaks for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.byline import read_byline
from boilerstrip.language.dates import parse_date
from boilerstrip.language.prose import fold_words
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from boilerstrip.fields.head import Head, HeadLine

_STROKE = regex.compile(r"\s*[|｜ㅣ»›·•]\s*|\s+[-–—:]+\s+|\s*：\s*|[-–—](?=\p{Hangul}+$)")
_RIGHTS = regex.compile(r"(?i)©|\(c\)|\bcopyright\b|℗|^@ (?:19|20)\d\d")
_WORD = regex.compile(r"\w+")
_SITE = regex.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?![\w.])")
_LONGEST = 40
_MOST_WORDS = 6
# So many lines say a name that no copyright line says, for it to count as the outlet's.
_FEWEST = 3
# So many lines above the headline may say in which section it stands.
_CRUMBS = 8
_LONGEST_NOTICE = 200
_LONGEST_LINE = 400
_SHARE = 0.5
_OWNER_WORDS = 4
_PARTS = regex.compile(r"[|,;•·:]|\.\s|\s[-–—]\s|©|\(c\)|\b(?:19|20)\d\d\b|(?i:copyright)")
# A text that has fewer lines above its prose has no menus.
_FEW_LINES = 12


@cache
def _reserved() -> regex.Pattern[str]:
    """What a notice of rights says behind the owner's name."""
    return regex.compile(rf"(?i)\b{any_of('rights')}\b.*|\b{any_of('rights_by')}\b")


@cache
def _company() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\w.]){any_of('company_forms')}(?!\w)\.?")


def find_outlet(lines: Sequence[HeadLine], head: Head) -> str | None:
    """The outlet's name in the page's title, where the page says it again; else ``None``.

    Over an article without menus the title needs no more.
    """
    number, spans = head.titles[0]
    pieces = list(_pieces(lines[0].text, lines[number].text if number else None))
    crumbs = {_key(line.text) for line in lines[max(1, number - _CRUMBS) : number]}
    for name in pieces:
        if _is_owner(name, lines):
            return name
    for name in pieces:
        if _is_familiar(name, lines) or (number and _is_rest(name, lines, head, crumbs)):
            return name
    barred = lines[0].text.rpartition("|")[2].strip()
    if number and barred in pieces and _agree(lines[0].text, lines[number].text):
        return barred
    named = spans.get("outlet")
    if named and not has_menus(lines):
        return lines[number].text[slice(*named)]
    return next((name for name in _owners(lines) if is_known(name, lines)), None)


def has_menus(lines: Sequence[HeadLine]) -> bool:
    """Whether so many lines stand above the first prose that there are a page's menus.

    >>> from boilerstrip.fields.head import HeadLine
    >>> has_menus([HeadLine("Home", False, True)] * 20 + [HeadLine("It rained.", True, True)])
    True
    """
    return next((n for n, line in enumerate(lines) if line.prose), 0) >= _FEW_LINES


def _is_rest(name: str, lines: Sequence[HeadLine], head: Head, crumbs: Collection[str]) -> bool:
    """Whether the title is the headline as printed with this behind it, and it is no section."""
    title, printed = _key(lines[0].text), _key(lines[head.titles[0][0]].text)
    return title.startswith(printed) and _key(name) not in crumbs


def _owners(lines: Sequence[HeadLine]) -> Iterator[str]:
    """The names in the copyright lines of the page's foot, without what makes them companies."""
    for line in reversed(lines):
        if len(line.text) <= _LONGEST_NOTICE and (match := _RIGHTS.search(line.text)):
            for piece in _PARTS.split(line.text[match.end() :]):
                name = _company().sub(" ", _reserved().sub("", piece)).strip(' .,-–()«»"')
                if 1 < len(name) <= _LONGEST and len(name.split()) <= _OWNER_WORDS:
                    yield name


def is_known(name: str, lines: Sequence[HeadLine]) -> bool:
    """Whether the page uses an owner's name in other lines, too: it is what readers call it.

    >>> from boilerstrip.fields.head import HeadLine
    >>> texts = ["Ferry aground", "Harbour Post Shop", "My Harbour Post", "About Harbour Post"]
    >>> is_known("Harbour Post", [HeadLine(text, False, True) for text in texts])
    True
    """
    others = (line.text for line in lines[1:] if not _RIGHTS.search(line.text))
    return name[0].isalpha() and sum(name in text for text in others) >= _FEWEST


def is_company(name: str) -> bool:
    """Whether a name is that of the company that owns an outlet.

    >>> is_company("Harbour Verlag GmbH & Co. KG"), is_company("Harbour Post")
    (True, False)
    """
    return bool(_company().search(name))


def _pieces(title: str, headline: str | None) -> Iterator[str]:
    """The pieces of a title behind the headline, the last first."""
    pieces = [piece.strip() for piece in _STROKE.split(title)]
    said = f" {fold_words(headline or '')} "
    for piece in reversed(pieces[1:]):
        short = 1 < len(piece) <= _LONGEST and len(piece.split()) <= _MOST_WORDS
        byline = read_byline(piece)
        if (
            short
            and not (byline and byline.labelled)
            and not parse_date(piece)
            and f" {fold_words(piece)} " not in said
        ):
            yield piece


def _agree(title: str, headline: str) -> bool:
    """Whether a page's title says most of what its headline says."""
    said, printed = set(_WORD.findall(title.casefold())), set(_WORD.findall(headline.casefold()))
    return len(said & printed) >= _SHARE * len(printed)


def _is_owner(name: str, lines: Sequence[HeadLine]) -> bool:
    """Whether a copyright line or the address of a site says the name."""
    key = _key(name)
    near = [line.text for line in lines[1:] if len(line.text) <= _LONGEST_LINE]
    rights = any(key in _key(text) for text in near if _RIGHTS.search(text))
    return bool(key) and (
        rights or any(key in _key(s) for t in near for s in _SITE.findall(t.casefold()))
    )


def _is_familiar(name: str, lines: Sequence[HeadLine]) -> bool:
    """Whether the page says the name in other lines, too."""
    near = (line.text for line in lines[1:] if len(line.text) <= _LONGEST_LINE)
    return sum(name in text and text != name for text in near) >= _FEWEST


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
