"""Dates: what a text says of a day and time, as ISO 8601 and no more precise than the text."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from boilerstrip.language.figures import settle
from boilerstrip.language.vocabulary import (
    any_of,
    choice,
    lowered,
    months,
    solar_months,
    without_accents,
)
from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFSETS = {
    "z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "cet": "+01:00", "cest": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "bst": "+01:00", "est": "-05:00", "edt": "-04:00",
    "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "kst": "+09:00", "msk": "+03:00",
    "wib": "+07:00", "sast": "+02:00",
}  # fmt: skip
# What each reader of dates looks for, in whatever figures.
_YEAR = re.compile(r"\d{4}")
# Characters in which the next date is looked for first; and more than any date has.
_NEAR, _LONGEST = 500, 200
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en_us", "en_ph", "fil"})
_EARLIEST, _LATEST = 1900, 2100
_BUDDHIST = 543  # years that the Thai calendar is ahead
# Languages whose dates in figures begin with the year: one that doesn't may be in either order.
_YEAR_FIRST = frozenset({"zh", "ja", "ko"})
# The zones of a time of day beside a date that has the month first.
_ELSEWHERE = ("bst", "cet", "cest", "gmt+", "aest", "aedt", "nzst", "nzdt", "sast")
_AMERICAN = word_set("et est edt ct cst cdt mt mst mdt pt pst pdt")

_PLAIN = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?:[T ](?P<h>[01]\d|2[0-3]):(?P<m>[0-5]\d)"
    r"(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mo>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<s>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
# Vowel signs and accents that stand on their own, which are no letters to ``re``.
_SIGNS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0970\u0981-\u0983\u09bc-\u09cd"
    "\u09d7\u0a81-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3c-\u0c56\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_LETTER = rf"(?:[^\W\d_]|[{_SIGNS}])"
# A word, or letters that stand for one with a stop behind each.
_WORD = rf"(?:(?:{_LETTER}{{1,3}}\.){{2}}|{_LETTER}+(?:['’]{_LETTER}+)*)"
_DAY_DASH = re.compile(
    r"(?xi) (?<![\d.,:/-]) (?P<d> \d{1,2} ) [-/\s] (?P<name> [^\W\d_]{3,9} ) [-/\s] "
    r"(?P<y> \d{4} ) (?!\d)"
)


@cache
def _time_pattern() -> str:
    half = any_of("before_noon", "after_noon")
    return rf"""(?:
      (?: (?P<part> {half} ) \s? )?
      (?P<h> [01]?\d | 2[0-3] ) (?: [:.] | \s?[h時时시点點]\s? ) (?P<m> [0-5]\d ) (?![\d.]\d)
      (?: : (?P<s> [0-5]\d ) (?: [.,]\d+ )? )?
      \s* (?P<half> [ap]\.?\s?m\b\.? | {half} (?!{_LETTER}) )?
      \s* (?: {any_of("oclock")} \s* )? \(? (?P<zone> [+-]\d\d:?\d\d (?!\d)
                       | (?:Z|[ECMP]T|[A-Z]{{3,4}})\b
                       (?: \s? [+-]\d{{1,2}}(?::?\d\d)? (?!\d) )? )?
    )"""


@cache
def _gap() -> str:
    """The pattern of what stands between a day and its time."""
    at = rf"(?: \b{any_of('at_time')}(?!{_LETTER})\.?\s* )?"
    return rf"(?: [,،\s|·•–—@-]* {at} (?: \([^)]{{1,6}}\)\s* )? )"


def _time_behind() -> str:
    return f"{_gap()} {_time_pattern()}"


@cache
def _time_before() -> re.Pattern[str]:
    on = any_of("on_day")
    return re.compile(rf"(?xi) (?<![\d:.]) {_time_pattern()} \)? [,\s|·•–—-]* (?: \b{on}\s+ )? $")


@cache
def _iso() -> re.Pattern[str]:
    return re.compile(
        rf"""(?xi) (?<![\d.,/-])
        (?P<y> \d{{4}} ) (?:
            (?P<sep> \s?[-/.]\s? ) (?P<mo> \d{{1,2}} ) (?: (?P=sep) (?P<d> \d{{1,2}} ) )? (?![\d-])
          | \s?[年년] \s* (?P<mo2> \d{{1,2}} ) \s?[月월] (?: \s* (?P<d2> \d{{1,2}} ) \s?[日일] )?
        )
        (?: \.? (?: T | \s* (?:\([^)]{{1,4}}\))? {_gap()} ) {_time_pattern()} )?"""
    )


@cache
def _numeric() -> re.Pattern[str]:
    return re.compile(
        rf"""(?xi) (?<![\d.,/-]) (?P<a> \d{{1,2}} ) (?P<sep> \s?[./-]\s? | \s\|\s )
        (?P<b> \d{{1,2}} ) (?P=sep) (?P<y> (?:19|20|25)\d\d ) (?![.:]?\d)
        (?: \.? {_time_behind()} )?"""
    )


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """The dates that name their month: with the day first, the month first, the year first."""
    ordinal, of = any_of("ordinals"), any_of("of_year")
    long = choice(name for name in months()[""] if " " in name)
    name = rf"(?P<name> {long} | {_WORD} )"
    day_month = rf"""(?xi) (?<![\d.,:]) (?P<d> \d{{1,2}} ) (?: \. | {ordinal} )? ,? \s*
    (?: {any_of("of_month")} \s+ )? {name} (?: \s?/\s?{_WORD} )?
    (?: \.|,|\s+{of} )* [\s,-]*
    (?P<y> \d{{4}} ) (?!\d)
    (?: (?: \s?{any_of("year_marks")}\.? )? \.? {_time_behind()} )?"""
    numbered = rf"""(?xi) (?<![\d.,:]) (?P<d> \d{{1,2}} ) \s+ {any_of("month_before_number")} \s+
    (?P<mo> \d{{1,2}} ) (?: ,|\s+{of} )* \s+ (?P<y> \d{{4}} ) (?!\d) (?: {_time_behind()} )?"""
    month_day = rf"""(?xi) (?<!{_LETTER}) (?P<name> {_WORD} ) \.? \s* (?P<d> \d{{1,2}} )
    (?: \. | {ordinal} )? (?: \s*,\s* | \s+ ) (?P<y> \d{{4}} ) (?![\d:])
    (?: {_time_behind()} )?"""
    year_day_month = rf"""(?xi) (?<!\d) (?P<y> (?:19|20)\d\d ) \.? \s+ {any_of("year_marks")} \s+
    (?P<d> \d{{1,2}} ) \. \s? (?P<name> {_WORD} ) (?: {_time_behind()} )?"""
    year_month_day = rf"""(?xi) (?<!\d) (?P<y> (?:19|20)\d\d ) \.?,? \s+
    (?: {any_of("month_marks")}\s+ )? (?P<name> {_WORD} ) \.? \s+ (?P<d> \d{{1,2}} ) (?!\d) \.?
    (?: \s?{any_of("day_marks")} )? (?: {_time_behind()} )?"""
    month_year = rf"""(?xi) (?<![\w] ) (?<!\d\s) (?<!\d[.,]\s) (?P<name> {_WORD} ) \.?,? \s+
    (?: {of} \s+ )? (?P<y> \d{{4}} ) (?!\d)"""
    patterns = (day_month, numbered, month_day, year_day_month, year_month_day, month_year)
    return (*map(re.compile, patterns), _DAY_DASH)


def parse_date(text: str, language: str | None = None) -> str | None:
    """The first date in ``text`` as ISO 8601, as precise as the text; ``None`` if there is none.

    ``language`` settles dates like 03/04/2024: English without its country leaves them open.

    >>> parse_date("Published May 3, 2024 at 2:30 pm EST"), parse_date("3. Mai 2024, 14.30 Uhr")
    ('2024-05-03T14:30-05:00', '2024-05-03T14:30')
    >>> parse_date("03/04/2024", "de"), parse_date("03/04/2024", "en"), parse_date("28/04/2024")
    ('2024-04-03', None, '2024-04-28')
    >>> parse_date("2024年5月3日 14:30"), parse_date("mayo de 2024"), parse_date("In 2024")
    ('2024-05-03T14:30', '2024-05', None)
    """
    if plain := _PLAIN.fullmatch(text):
        return _read_plain(plain)
    if not any(char.isdigit() for char in text):
        return None
    found = find_date(settle(text), language)
    return found[2] if found else None


def find_date(text: str, language: str | None = None) -> tuple[int, int, str] | None:
    """Where the first date in a settled text starts and ends, with its time, and its ISO form.

    >>> find_date("Hull, 3 May 2024: rain", "en")
    (6, 16, '2024-05-03')
    """
    if not _YEAR.search(text):  # as in most texts with figures
        return None
    tongue = (language or "").lower()
    found = [hit for reader in _READERS if (hit := reader(text, tongue))]
    if not found:
        return None
    start, length, value = min(found, key=lambda hit: hit[:2])
    end = start - length
    before = _time_before().search(text[:start]) if len(value) == len("2024-05-03") else None
    if before:
        return before.start(), end, value + _time(before.groupdict())
    return start, end, value


def next_date(text: str, start: int, language: str | None) -> tuple[int, int, str] | None:
    """As ``find_date`` of what follows ``start``, but looking no further than it takes.

    >>> next_date("3 May 2024 and May 5, 2024", 10, "en")
    (5, 16, '2024-05-05')
    """
    size = _NEAR
    while True:
        found = find_date(text[start : start + size], language)
        if start + size >= len(text) or (found and found[1] <= size - _LONGEST):
            return found
        size *= 4


def settle_order(text: str, language: str | None) -> str | None:
    """The language of a text, with a country where its dates in figures tell their order.

    They tell it where a figure is too high for a month, or where the text also names the month of
    one that could be of two.

    >>> settle_order("03/05/2024 and 28/05/2024", "en"), settle_order("03/05/2024", "en")
    ('en-gb', 'en')
    >>> settle_order("12/11/2023: he said on Monday (Dec. 11) ...", "en")
    'en-us'
    """
    tongue = (language or "").lower()
    if not (is_open(tongue) and _MONTH_INSIDE.search(text) and _SLASHED.search(text)):
        return language
    pairs = [(int(match[1]), int(match[2])) for match in _SLASHED.finditer(text)]
    day_first = {pair for pair in pairs if pair[0] > 12 >= pair[1]}
    month_first = {pair for pair in pairs if pair[1] > 12 >= pair[0]}
    if not (day_first or month_first):
        named = set(_named_days(text))
        day_first = {pair for pair in pairs if pair in named}
        month_first = {pair for pair in pairs if pair[::-1] in named}
    if bool(day_first) == bool(month_first):
        return language
    return "en-gb" if day_first else "en-us"


# What each date in figures has in its middle, and little else does.
_MONTH_INSIDE = re.compile(r"[/-]\d{1,2}[/-]")
_SLASHED = re.compile(
    r"(?<![\d.,/-])(\d{1,2})[/-](\d{1,2})[/-](?:(?:19|20)\d\d|\d\d)(?![\d/-])", re.ASCII
)
_NAMED_DAY = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,9})\.? (\d{1,2})(?!\d)|(?<![\d.,:/])(\d{1,2})\w{0,2} ([^\W\d_]{3,9})"
)


def _named_days(text: str) -> Iterator[tuple[int, int]]:
    """The day and month of each date in a text that names its month."""
    for match in _NAMED_DAY.finditer(text):
        month = _month(match[1] or match[4], "")
        if month:
            yield int(match[2] or match[3]), month


def _read_plain(match: re.Match[str]) -> str | None:
    """The date in a text that is nothing but one in ISO form, as machines write it."""
    hit = _hit(match, int(match["y"]), int(match["mo"]), int(match["d"]))
    return hit[2] if hit else None


def is_month(word: str) -> bool:
    """Whether ``word`` is a month's name, or short for one, in any language.

    >>> is_month("Mai"), is_month("okt."), is_month("Moore")
    (True, True, False)
    """
    return _month(word, "") is not None or any(word in names for names in solar_months().values())


def _read_iso(text: str, language: str) -> tuple[int, int, str] | None:
    for match in _iso().finditer(text):
        month, day = match["mo"] or match["mo2"], match["d"] or match["d2"]
        if match["mo"] and not day and match["sep"] != "-":
            continue
        year, solar = int(match["y"]), language.partition("-")[0] in solar_months()
        if solar and day and year in _SOLAR_YEARS:
            hit = _solar_hit(match, year, int(month), int(day))
        else:
            hit = _hit(match, year, int(month), int(day) if day else None)
        if hit:
            return hit
    return None


def _read_compact(text: str, _language: str) -> tuple[int, int, str] | None:
    match = _COMPACT.search(text)
    return _hit(match, int(match["y"]), int(match["mo"]), int(match["d"])) if match else None


def _read_numeric(text: str, language: str) -> tuple[int, int, str] | None:
    for match in _numeric().finditer(text):
        first, second = int(match["a"]), int(match["b"])
        month_first = language in _MONTH_FIRST
        if first > 12 or second > 12:
            month_first = second > 12
        elif "." not in match["sep"] and first != second and is_open(language):
            zone = (match["zone"] or "").lower()
            month_first = zone in _AMERICAN
            if not month_first and not zone.startswith(_ELSEWHERE):
                continue
        day, month = (second, first) if month_first else (first, second)
        if hit := _hit(match, int(match["y"]), month, day):
            return hit
    return None


_DAY_FIRST = word_set(
    "en-gb en-au en-nz en-in en-ie en-za en-ng en-ke en_gb en_au en_nz en_in en_ie en_za"
)


def is_open(language: str) -> bool:
    """Whether a date like 03/04/2024 may be of March or of April in the language.

    >>> is_open("en"), is_open("zh"), is_open("en-gb"), is_open("de")
    (True, True, False, False)
    """
    settled = language in _MONTH_FIRST or language in _DAY_FIRST
    return not settled and (not language or re.split("[-_]", language)[0] in {"en", *_YEAR_FIRST})


def _read_named(pattern: re.Pattern[str], text: str, language: str) -> tuple[int, int, str] | None:
    for match in pattern.finditer(text):
        groups = match.groupdict()
        day, year = int(groups["d"]) if groups.get("d") else None, int(match["y"])
        hit = None
        if "name" not in groups:
            hit = _hit(match, year, int(match["mo"]), day)
        elif day and year in _SOLAR_YEARS:
            hit = _solar_hit(match, year, _solar_month(match["name"]), day)
        elif month := _month(match["name"], language) or (
            day and _month(_tail(match["name"]), language)
        ):
            hit = _hit(match, year, month, day)
        if hit:
            return hit
    return None


def _tail(word: str) -> str:
    """What stands behind a word that lost the space behind it, from its last capital on.

    >>> _tail("PublishedMay"), _tail("May"), _tail("MAY")
    ('May', '', '')
    """
    capitals = [n for n in range(1, len(word)) if word[n].isupper() and word[n - 1].islower()]
    return word[capitals[-1] :] if capitals else ""


def _read_names(text: str, language: str) -> tuple[int, int, str] | None:
    if not any(char.isalpha() for char in text):
        return None
    found = [hit for pattern in _named() if (hit := _read_named(pattern, text, language))]
    return min(found, key=lambda hit: hit[:2]) if found else None


_READERS = (_read_iso, _read_compact, _read_numeric, _read_names)


def _hit(
    match: re.Match[str], year: int, month: int, day: int | None
) -> tuple[int, int, str] | None:
    """Where the date stands (start, less its length) and its ISO form, if there is such a day."""
    if year > _LATEST and year - _BUDDHIST in range(_EARLIEST, _LATEST):
        year -= _BUDDHIST
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    if not _EARLIEST <= year < _LATEST:
        return None
    if day is None:
        return match.start(), match.start() - match.end(), f"{year:04}-{month:02}"
    value = f"{year:04}-{month:02}-{day:02}{_time(match.groupdict())}"
    return match.start(), match.start() - match.end(), value


_SOLAR_YEARS = range(1300, 1500)
# What makes a count of solar days the ordinal of ``datetime``: 1 Farvardin 1403 is 20 March 2024.
_SOLAR_EPOCH = -356_033


def _solar_hit(
    match: re.Match[str], year: int, month: int, day: int
) -> tuple[int, int, str] | None:
    """As ``_hit``, for a day of the solar calendar of Iran."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    number = _solar_ordinal(year, month, day)
    if number >= _solar_ordinal(year + 1, 1, 1):
        return None
    found = date.fromordinal(number)
    return _hit(match, found.year, found.month, found.day)


def _solar_ordinal(year: int, month: int, day: int) -> int:
    """The number of the day of the solar calendar; eight leap years lie in 33 years.

    >>> date.fromordinal(_solar_ordinal(1403, 1, 1)), date.fromordinal(_solar_ordinal(1403, 12, 30))
    (datetime.date(2024, 3, 20), datetime.date(2025, 3, 20))
    """
    cycles, rest = divmod(year + 1595, 33)
    days = 31 * (month - 1) if month < 7 else 30 * (month - 1) + 6
    return 365 * (year + 1595) + 8 * cycles + (rest + 3) // 4 + days + day + _SOLAR_EPOCH


def _time(groups: dict[str, str | None]) -> str:
    """The time of day in ISO form with its offset, or nothing."""
    hour, minute, second = groups.get("h"), groups.get("m"), groups.get("s")
    if not hour or not minute:
        return ""
    number = int(hour)
    half = _half(groups.get("part") or groups.get("half") or "")
    if half and number > 12:
        half = ""
    if half:
        number = number % 12 + (12 if half == "p" else 0)
    seconds = f":{second}" if second else ""
    return f"T{number:02}:{minute}{seconds}{_offset(groups.get('zone'))}"


def _half(word: str) -> str:
    """Whether a word calls the time one before noon, "a", or after it, "p"."""
    word = word.casefold()
    if word in lowered("before_noon"):
        return "a"
    return "p" if word in lowered("after_noon") else word[:1]


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    signed = re.search(r"([+-])(\d{1,2})(?::?(\d\d))?$", zone)
    if signed:
        return f"{signed[1]}{int(signed[2]):02}:{signed[3] or '00'}"
    return _OFFSETS.get(zone.lower(), "")


def _solar_month(name: str) -> int:
    """The number of the month of Iran's calendar; zero where there is none of this name."""
    return next((names[name] for names in solar_months().values() if name in names), 0)


def _month(name: str, language: str) -> int | None:
    """The number of the month called ``name``, in any language or in ``language`` first."""
    tables = months()
    key = name.casefold().replace(".", "")
    own, shared = tables.get(language[:2], {}), tables[""]
    return own.get(key) or shared.get(key) or shared.get(without_accents(key))
