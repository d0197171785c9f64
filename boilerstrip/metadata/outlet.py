"""The outlet's name in raw text: behind the headline in the page's title, if more speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from boilerstrip.metadata.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.judge.head import Head, HeadLine

_STROKE = regex.compile(r"\s*[|｜ㅣ»›·•]\s*|\s+[-–—:]+\s+|\s*：\s*|[-–—](?=\p{Hangul}+$)")
_RIGHTS = regex.compile(r"(?i)©|\(c\)|\bcopyright\b|℗|^@ (?:19|20)\d\d")
_WORD = regex.compile(r"\w+")
_SITE = regex.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?![\w.])")
_LONGEST = 40
_MOST_WORDS = 6
# So many lines say a name that no copyright line says, for it to count as the outlet's.
_FEWEST = 3
# A text that has fewer lines above its prose has no menus.
_FEW_LINES = 12


def find_outlet(lines: Sequence[HeadLine], head: Head) -> str | None:
    """The outlet's name in the page's title, where the page says it again; else ``None``.

    Over an article without menus the title needs no more.
    """
    number, spans = head.titles[0]
    for name in _pieces(lines[0].text, lines[number].text if number else None):
        if _is_confirmed(name, lines):
            return name
    prose = next((n for n, line in enumerate(lines) if line.prose), 0)
    named = spans.get("outlet")
    return lines[number].text[slice(*named)] if named and prose < _FEW_LINES else None


def _pieces(title: str, headline: str | None) -> Iterator[str]:
    """The pieces of a title behind the headline, the last first."""
    pieces = [piece.strip() for piece in _STROKE.split(title)]
    said = _key(headline or "")
    for piece in reversed(pieces[1:]):
        short = 1 < len(piece) <= _LONGEST and len(piece.split()) <= _MOST_WORDS
        if short and not parse_date(piece) and _key(piece) not in said:
            yield piece


def _is_confirmed(name: str, lines: Sequence[HeadLine]) -> bool:
    key = _key(name)
    if not key:
        return False
    again = 0
    for line in lines[1:]:
        if len(line.text) > 400:
            continue
        if _RIGHTS.search(line.text) and key in _key(line.text):
            return True
        if any(key in _key(site) for site in _SITE.findall(line.text.casefold())):
            return True
        again += name in line.text and line.text != name
    return again >= _FEWEST


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
