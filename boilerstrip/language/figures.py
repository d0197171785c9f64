"""Figures of any script and years of other eras, as the plain ones that dates are read from."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from boilerstrip.language.vocabulary import choice, words_for

_JOINED = re.compile(r"(?<=[./\s-](?:19|20)\d\d)(?=\d{1,2}:\d\d)|(?<=\d[./]\d\d)(?=\d\d:\d\d)")
_OTHER_FIGURE = re.compile(r"(?![0-9])\d")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def settle(text: str) -> str:
    """The text as dates are read from it: in plain figures, of the common era, spaces single.

    >>> settle("١٤ مايو ٢٠٢٤"), settle("令和6年5月3日"), settle("二〇二四年十二月三日")
    ('14 مايو 2024', '2024年5月3日', '2024年12月3日')
    >>> settle("28.09.1912:44")
    '28.09.19 12:44'
    """
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
        text = _OTHER_FIGURE.sub(lambda match: str(unicodedata.decimal(match[0])), text)
        if "年" in text:
            text = _han_date().sub(_from_han, text)
            text = _era().sub(_from_era, text)
    return _JOINED.sub(" ", " ".join(text.split()))


@cache
def _eras() -> dict[str, int]:
    """The year before the first of each era, by its name."""
    return {name: int(year) for name, year in map(str.split, words_for("eras"))}


@cache
def _era() -> re.Pattern[str]:
    return re.compile(rf"(?P<era>{choice(_eras())})\s?(?P<year>\d{{1,3}}|元)\s?年")


def _from_era(match: re.Match[str]) -> str:
    year = 1 if match["year"] == "元" else int(match["year"])
    return f"{_eras()[match['era']] + year}年"


@cache
def _han_date() -> re.Pattern[str]:
    figure = "[〇零一二三四五六七八九十廿]"
    return re.compile(rf"({figure}{{4}})年({figure}{{1,3}})月(?:({figure}{{1,3}})日)?")


def _from_han(match: re.Match[str]) -> str:
    year = "".join(str(int(unicodedata.numeric(char, 0))) for char in match[1])
    day = f"{_han_number(match[3])}日" if match[3] else ""
    return f"{year}年{_han_number(match[2])}月{day}"


def _han_number(figures: str) -> int:
    """The number below a hundred that Chinese figures write.

    >>> _han_number("五"), _han_number("十二"), _han_number("三十一"), _han_number("廿一")
    (5, 12, 31, 21)
    """
    number = 0
    for char in figures:
        value = int(unicodedata.numeric(char, 0))
        number = max(number, 1) * value if value == 10 else number + value
    return number
