"""The date of publication in a text: of the dates that it prints, the one that is its own.

A date line of the head beats one that rules call a date, that beats a date with a label elsewhere;
a date line around which the lines of the head stand beats a bare one. Dates that a story tells, or
that stand with comments and other articles, have neither. Last comes the date of a change.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.addresses import days_in_address
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.head import prose_start
from boilerstrip.fields.outlet import outlet_said
from boilerstrip.fields.outlet_lines import is_of_story
from boilerstrip.fields.stamp import find_stamp, is_moment, read_day, read_stamp
from boilerstrip.fields.text import MARKS, source_of
from boilerstrip.language.dates import find_date, next_date, parse_date, settle_order
from boilerstrip.language.figures import settle
from boilerstrip.language.names import CAPITALISED
from boilerstrip.language.prose import fold_words
from boilerstrip.language.vocabulary import any_of, spaced, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.claim import Claim
    from boilerstrip.fields.stamp import Stamp
    from boilerstrip.fields.text import Text

_DAY = len("2024-05-03")
_INTO_PROSE = 3  # lines of prose among which a date line still belongs to the head
_ABOVE = 12  # lines above the prose that are looked at
_BESIDE = 3  # lines from the headline within which a date needs no other evidence
_MOST_WORDS = 12  # of a date line that also says who wrote, and in which section
# Of so many different days above a text, none is known to be its own: they are of other articles.
_CROWD = 3
_NOT_OWN = ("comment", "copyright", "disclaimer")
# A text most of which is one line, that is longer than this, lost its line breaks.
_LONG_LINE = 600
_BEFORE, _BEHIND = 60, 30  # characters around a date in such a text that tell what it is
_MOST_DATES = 40
_LONGEST_LABELLED = 90  # characters of a line of prose that begins with a label and a date
_OPENING = 90  # characters at the beginning of a story in which its dateline stands


def in_head(text: Text) -> Iterator[Candidate[str]]:
    """The dates in the head of the article."""
    start = prose_start(text.lines) or 0
    for number, stamp in text.shape.stamps if text.shape else ():
        if (number <= start + _INTO_PROSE or stamp.labelled) and not stamp.updated:
            yield from _read(text, number, stamp)


def _read(text: Text, number: int, stamp: Stamp) -> Iterator[Candidate[str]]:
    if day := read_day(text.lines[number].text[stamp.start : stamp.end], _locale(text)):
        yield Candidate(day, "text:date-line")


def above_body(text: Text) -> Iterator[Candidate[str]]:
    """The date lines right above the prose, or at the headline there; labelled ones first."""
    found = [item for item in text.once(_above) if not item[2].updated]
    bare = {day for _, _, stamp, day in found if not stamp.labelled}
    for distance, _, stamp, day in found:
        if stamp.labelled or distance < _BESIDE or len({item[:_DAY] for item in bare}) < _CROWD:
            yield Candidate(day, "text:above-body")


def by_rule(text: Text) -> Iterator[Candidate[str]]:
    """What rules call the date, unless it is said to be of a change."""
    changes = {value for value, _ in changed(text)}
    for value, claim in text.named("date"):
        if value in changes:
            continue
        line = text.whole[claim.start : claim.end]
        stamp = read_stamp(line, _locale(text))
        own = line[stamp.start : stamp.end] if stamp and not stamp.updated else value
        if day := read_day(own, _locale(text)):
            yield Candidate(day, source_of(claim))


def below(text: Text) -> Iterator[Candidate[str]]:
    """The bare dates of the head's lines that stand far below where the prose begins."""
    for number, stamp in text.shape.stamps if text.shape else ():
        if not stamp.updated:
            yield from _read(text, number, stamp)


def in_title(text: Text) -> Iterator[Candidate[str]]:
    """The day that is a piece of the page's title: "Ferry aground | Ardal Post | 03.05.2024"."""
    pieces = _STROKE.split(text.lines[0].text) if text.lines else ()
    for piece in pieces[1:]:
        stamp = read_stamp(piece, _locale(text))
        day = read_day(piece, _locale(text)) if stamp and stamp.stands() else None
        if stamp and not stamp.updated and day and len(day) >= _DAY:
            yield Candidate(day, "text:title")


def beside_outlet(text: Text) -> Iterator[Candidate[str]]:
    """The day in a short line that names the outlet: "Ardal Post, 3 May 2024"."""
    outlet = text.once(outlet_said)
    for piece in text.pieces if outlet else ():
        own = piece.role != "comment" and len(piece.text) <= _LONGEST_LABELLED
        if not own or is_of_story(piece) or "©" in piece.text:
            continue
        place, _, behind = piece.text.partition(outlet)
        found = find_date(settle(behind), _locale(text)) if len(place) < len(piece.text) else None
        if found and len(found[2]) >= _DAY and found[0] <= _CLOSE:
            yield Candidate(found[2], "text:outlet-line")


def in_address(text: Text) -> Iterator[Candidate[str]]:
    """The day in the address of the page: the caller's, or one at either end of the text."""
    ends = [line.text for line in (*text.lines[:_ENDS], *text.lines[-_ENDS:])]
    own = [line for line in ends if _ADDRESS.fullmatch(line.strip("<>[]() "))]
    for address in (text.url, *own):
        for said in days_in_address(address or ""):
            if day := parse_date(said):
                yield Candidate(day, "url")


def in_opening(text: Text) -> Iterator[Candidate[str]]:
    """The day in the dateline with which the story begins: "HULL, May 3, 2024 --"."""
    for line in text.body[:2]:
        opening = settle(line[:_OPENING])
        found = find_date(opening, _locale(text))
        if found and len(found[2]) >= _DAY:
            place, behind = opening[: found[0]], opening[found[1] :]
            if _PLACE.fullmatch(place) and _DASH.match(behind):
                yield Candidate(found[2], "text:dateline")


def in_one_line(text: Text) -> Iterator[Candidate[str]]:
    """The first date in a text without line breaks around which a date line's words stand."""
    longest = max(map(len, text.whole.split("\n")), default=0)
    if longest < _LONG_LINE or 2 * longest < len(text.whole):
        return
    whole = settle(text.whole)
    end = 0
    for _ in range(_MOST_DATES):
        found = next_date(whole, end, _locale(text))
        if not found:
            return
        first, last = end + found[0], end + found[1]
        before, behind = whole[max(0, first - _BEFORE) : first], whole[last : last + _BEHIND]
        if _wrote().search(before):
            return
        if len(found[2]) >= _DAY and _is_stamp(before, found[2], behind):
            yield Candidate(found[2], "text:glued")
            return
        end = last


def _is_stamp(before: str, day: str, behind: str) -> bool:
    """Whether what stands around a date says that it is that of a publication."""
    if _change().search(before) or before.endswith(_QUOTES):
        return False
    if _publication().search(before) or _by().search(before):
        return True
    if not before.strip() and _CAPITAL.match(behind):
        return True
    if "T" in day or is_moment(behind.lstrip(_EDGE)):
        return True
    glued = before[-1:].isalpha() or (behind[:1].isalpha() and before[-1:] != "(")
    return glued or bool(before.rstrip().endswith(_MARKS) or behind.lstrip().startswith(_MARKS))


def labelled(text: Text) -> Iterator[Candidate[str]]:
    """The day that a label anywhere calls that of publication, where all name the same."""
    return _only(text, updated=False, source="text:label")


def lone(text: Text) -> Iterator[Candidate[str]]:
    """The moment on a line of its own, where no other line is a date."""
    read = ((line, read_stamp(line.text, _locale(text))) for line in text.lines if not line.prose)
    stamps = [(line, stamp) for line, stamp in read if stamp and stamp.stands()]
    days = [read_day(line.text[stamp.start : stamp.end], _locale(text)) for line, stamp in stamps]
    if len(stamps) == 1 and days[0] and "T" in days[0] and not stamps[0][1].updated:
        yield Candidate(days[0], "text:lone")


def updated(text: Text) -> Iterator[Candidate[str]]:
    """The moment of a change, where the text says no other.

    News prints the time, and changes on its first day; what is kept up to date for years says the
    day alone.
    """
    return (item for item in _updates(text) if "T" in item.value)


def _updates(text: Text) -> Iterator[Candidate[str]]:
    for number, stamp in text.shape.stamps if text.shape else ():
        if stamp.updated and (day := read_day(text.lines[number].text, _locale(text))):
            yield Candidate(day, "text:updated")
    yield from (Candidate(day, "text:updated") for _, _, _, day in text.once(_above))
    for value, _ in changed(text):
        if day := read_day(value, _locale(text)):
            yield Candidate(day, "text:updated")
    yield from _only(text, updated=True, source="text:updated")


def changed(text: Text) -> Iterator[tuple[str, Claim]]:
    """The dates of lines that are said to be of a change, with their claims."""
    for claim in text.claims:
        if "date" in claim.groups:
            stamp = find_stamp(text.whole[claim.start : claim.end], text.language)
            if stamp and stamp.updated:
                start, end = claim.groups["date"]
                yield text.whole[start:end].strip(MARKS), claim


# Where the day of publication is read from, most trusted first.
SOURCES = (
    *(in_head, in_title, above_body, by_rule, below, in_one_line, in_opening),
    *(labelled, lone, beside_outlet, in_address, updated),
)


def _only(text: Text, *, updated: bool, source: str) -> Iterator[Candidate[str]]:
    days = {day[:_DAY]: day for stamp, day in text.once(_labelled) if stamp.updated == updated}
    if len(days) == 1:
        yield Candidate(days.popitem()[1], source)


def _labelled(text: Text) -> list[tuple[Stamp, str]]:
    """The lines that begin with a label of a date, and their days."""
    found = []
    for line in text.lines:
        if line.role in _NOT_OWN or (line.prose and len(line.text) > _LONGEST_LABELLED):
            continue
        stamp = read_stamp(line.text, _locale(text))
        if stamp is None or not stamp.labelled or line.text[: stamp.start].strip(_EDGE):
            continue
        if day := read_day(line.text[stamp.start : stamp.end], _locale(text)):
            found.append((stamp, day))
    return found


def _locale(text: Text) -> str | None:
    """The text's language, with a country where its dates in figures tell one."""
    return text.once(_read_locale)


def _read_locale(text: Text) -> str | None:
    return settle_order(text.whole, text.language)


def _above(text: Text) -> list[tuple[int, int, Stamp, str]]:
    """The date lines above the prose: how far from headline or prose, number, stamp and day.

    Those with a label come first, then the nearest.
    """
    lines = text.lines
    start = prose_start(lines)
    if start is None:
        return []
    window = range(max(0, start - _ABOVE), min(len(lines), start + _INTO_PROSE))
    found = []
    for number in window:
        line = lines[number]
        stamp = None if line.role in _NOT_OWN else read_stamp(line.text, _locale(text))
        if stamp is None or (line.prose and not stamp.labelled) or stamp.words > _MOST_WORDS:
            continue
        if day := read_day(line.text[stamp.start : stamp.end], _locale(text)):
            found.append((number, stamp, day))
    headline = _headline(text, window) if found else None
    anchor = start if headline is None else headline
    above = ((abs(number - anchor), number, stamp, day) for number, stamp, day in found)
    return sorted(above, key=lambda item: (not item[2].labelled, item[0]))


def _headline(text: Text, window: range) -> int | None:
    """The number of the line among these that says the headline again."""
    if text.shape is None or text.shape.title is None:
        return None
    number, (start, end) = text.shape.title
    title = fold_words(text.lines[number].text[start:end])
    return next((n for n in window if fold_words(text.lines[n].text) == title), None)


_EDGE = " \t,.:;|•·*_-–—/()[]>#"
_QUOTES = ('"', "'", "=")  # before what machines read
_CAPITAL = regex.compile(r"\s+\p{Lu}")
_STROKE = re.compile(r"\s+[|–—-]\s+")
_ADDRESS = re.compile(r"https?://\S+")
_ENDS = 2  # lines at the ends of a text that may be its address
_CLOSE = 6  # characters between an outlet's name and the day
_MARKS = ("|", "·", "•", "—", "–")
_PLACE = regex.compile(rf"(?:\(?{CAPITALISED}[\s,/(]*){{0,6}}")
_DASH = regex.compile(r"\s*(?:\([^)]{1,40}\)\s*|/[^/]{1,40}/\s*)?(?:[-–—:]|\))")


@cache
def _publication() -> regex.Pattern[str]:
    """What ends with the label of a date of publication."""
    return _ends_with("published")


@cache
def _change() -> regex.Pattern[str]:
    """What ends with the label of a date of a change."""
    return _ends_with("updated")


def _ends_with(key: str) -> regex.Pattern[str]:
    on = rf"(?:{any_of('on_day', 'at_time', 'before_day')}\s+)?(?:{any_of('weekdays')}\W+)?"
    return regex.compile(
        rf"(?i)(?:(?<!\p{{L}}){spaced(key)}(?!\p{{L}})|{unspaced(key)})\W{{0,3}}{on}$"
    )


@cache
def _by() -> regex.Pattern[str]:
    """What ends with a byline."""
    name = r"(?:\s\p{Lu}[\p{L}\p{M}\d.'’-]*){1,4}"
    return regex.compile(
        rf"(?<!\p{{L}})(?i:{any_of('by')}){name}\W{{0,3}}(?i:{any_of('on_day', 'before_day')}\s)?$"
    )


@cache
def _wrote() -> regex.Pattern[str]:
    """What ends with who wrote a comment."""
    return regex.compile(rf"(?i)(?<!\p{{L}}){any_of('wrote')}\W{{0,3}}$")
