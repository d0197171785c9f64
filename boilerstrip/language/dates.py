"""Dates: what a text says of a day and time, as ISO 8601 and no more precise than the text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from boilerstrip.language.vocabulary import any_of, months
from boilerstrip.language.words import word_set

_OFFSETS = {
    "z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "cet": "+01:00", "cest": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "bst": "+01:00", "est": "-05:00", "edt": "-04:00",
    "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "kst": "+09:00", "msk": "+03:00",
    "wib": "+07:00", "sast": "+02:00",
}  # fmt: skip
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en_us", "en_ph", "fil"})
_ENGLISH = frozenset({"en", ""})
_EARLIEST, _LATEST = 1900, 2100
_BUDDHIST = 543  # years that the Thai calendar is ahead

_PLAIN = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?:[T ](?P<h>[01]\d|2[0-3]):(?P<m>[0-5]\d)"
    r"(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mo>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<s>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_WORD = r"[^\W\d_]+(?:[̀-ͯ'’][^\W\d_]+)*"
_DAY_DASH = re.compile(
    r"(?xi) (?<![\d.,:/-]) (?P<d> \d{1,2} ) [-/\s] (?P<name> [^\W\d_]{3,9} ) [-/\s] "
    r"(?P<y> \d{4} ) (?!\d)"
)


@cache
def _time_pattern() -> str:
    return rf"""(?:
      (?P<h> [01]?\d | 2[0-3] ) (?: [:.h時시点] | \s?시\s? ) (?P<m> [0-5]\d ) (?![\d.]\d)
      (?: : (?P<s> [0-5]\d ) (?: [.,]\d+ )? )?
      \s* (?P<half> [ap]\.?m\b\.? )?
      \s* (?: {any_of("oclock")} \s* )? \(? (?P<zone> [+-]\d\d:?\d\d (?!\d) | (?:Z|[A-Z]{{3,4}})\b
                       (?: \s? [+-]\d{{1,2}}(?::?\d\d)? (?!\d) )? )?
    )"""


@cache
def _gap() -> str:
    """The pattern of what stands between a day and its time."""
    at = rf"(?: \b{any_of('at_time')}\b\.?\s* )?"
    return rf"(?: [,\s|·•–—@-]* {at} (?: \([^)]{{1,6}}\)\s* )? )"


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
        rf"""(?xi) (?<![\d.,/-]) (?P<a> \d{{1,2}} ) (?P<sep> \s?[./-]\s? ) (?P<b> \d{{1,2}} )
        (?P=sep) (?P<y> (?:19|20)\d\d ) (?!\.?\d) (?: {_time_behind()} )?"""
    )


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """The dates that name their month: with the day first, the month first, the year first."""
    ordinal, of = any_of("ordinals"), any_of("of_year")
    day_month = rf"""(?xi) (?<![\d.,:]) (?P<d> \d{{1,2}} ) (?: \. | {ordinal} )? ,? \s*
    (?: {any_of("of_month")} \s+ )? (?P<name> {_WORD} ) (?: \.|,|\s+{of} )* [\s,-]*
    (?P<y> \d{{4}} ) (?!\d) (?: (?: \s?{any_of("year_marks")}\.? )? {_time_behind()} )?"""
    month_day = rf"""(?xi) (?<![^\W\d_]) (?P<name> {_WORD} ) \.? \s* (?P<d> \d{{1,2}} )
    (?: \. | {ordinal} )? (?: \s*,\s* | \s+ ) (?P<y> \d{{4}} ) (?![\d:])
    (?: {_time_behind()} )?"""
    year_month_day = rf"""(?xi) (?<!\d) (?P<y> (?:19|20)\d\d ) \.?,? \s+
    (?: {any_of("month_marks")}\s+ )? (?P<name> {_WORD} ) \.? \s+ (?P<d> \d{{1,2}} ) (?!\d) \.?
    (?: \s?{any_of("day_marks")} )? (?: {_time_behind()} )?"""
    month_year = rf"""(?xi) (?<![\w] ) (?<!\d\s) (?<!\d[.,]\s) (?P<name> {_WORD} ) \.?,? \s+
    (?: {of} \s+ )? (?P<y> \d{{4}} ) (?!\d)"""
    first, second, third, last = map(re.compile, (day_month, month_day, year_month_day, month_year))
    return first, second, third, _DAY_DASH, last


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
    text = _settle(text)
    tongue = (language or "").lower()
    found = [hit for reader in _READERS if (hit := reader(text, tongue))]
    if not found:
        return None
    start, _, value = min(found, key=lambda hit: hit[:2])
    before = _time_before().search(text[:start]) if len(value) == len("2024-05-03") else None
    return value + _time(before.groupdict()) if before else value


def _read_plain(match: re.Match[str]) -> str | None:
    """The date in a text that is nothing but one in ISO form, as machines write it."""
    hit = _hit(match, int(match["y"]), int(match["mo"]), int(match["d"]))
    return hit[2] if hit else None


def is_month(word: str) -> bool:
    """Whether ``word`` is a month's name, or short for one, in any language.

    >>> is_month("Mai"), is_month("okt."), is_month("Moore")
    (True, True, False)
    """
    return _month(word, "") is not None


def _settle(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def _read_iso(text: str, _language: str) -> tuple[int, int, str] | None:
    for match in _iso().finditer(text):
        month, day = match["mo"] or match["mo2"], match["d"] or match["d2"]
        if match["mo"] and not day and match["sep"] != "-":
            continue
        hit = _hit(match, int(match["y"]), int(month), int(day) if day else None)
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
        elif "." not in match["sep"] and language.startswith("en") and language not in _DAY_FIRST:
            if not month_first and first != second:
                continue
        elif not language and "." not in match["sep"] and first != second:
            continue
        day, month = (second, first) if month_first else (first, second)
        if hit := _hit(match, int(match["y"]), month, day):
            return hit
    return None


_DAY_FIRST = word_set(
    "en-gb en-au en-nz en-in en-ie en-za en-ng en-ke en_gb en_au en_nz en_in en_ie en_za"
)


def _read_named(pattern: re.Pattern[str], text: str, language: str) -> tuple[int, int, str] | None:
    for match in pattern.finditer(text):
        month = _month(match["name"], language)
        if month:
            groups = match.groupdict()
            day = int(groups["d"]) if groups.get("d") else None
            if hit := _hit(match, int(match["y"]), month, day):
                return hit
    return None


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


def _time(groups: dict[str, str | None]) -> str:
    """The time of day in ISO form with its offset, or nothing."""
    hour, minute, second = groups.get("h"), groups.get("m"), groups.get("s")
    if not hour or not minute:
        return ""
    number = int(hour)
    half = (groups.get("half") or "")[:1].lower()
    if half and number > 12:
        half = ""
    if half:
        number = number % 12 + (12 if half == "p" else 0)
    seconds = f":{second}" if second else ""
    return f"T{number:02}:{minute}{seconds}{_offset(groups.get('zone'))}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    signed = re.search(r"([+-])(\d{1,2})(?::?(\d\d))?$", zone)
    if signed:
        return f"{signed[1]}{int(signed[2]):02}:{signed[3] or '00'}"
    return _OFFSETS.get(zone.lower(), "")


def _month(name: str, language: str) -> int | None:
    """The number of the month called ``name``, in any language or in ``language`` first."""
    tables = months()
    key = name.casefold().strip(".")
    return tables.get(language[:2], {}).get(key) or tables[""].get(key)
