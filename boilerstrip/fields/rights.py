"""The owner of the rights in a notice: "© 2024 The Ardal Post. All rights reserved.".

What such a notice says in words is masked with a letter for each kind, so that the patterns stay
small.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.outlet_name import (
    EDGE,
    NAME_PLAIN,
    QUOTED,
    WORD,
    YEARS,
    cased,
    has_outlet_word,
)
from boilerstrip.fields.wording import is_apart
from boilerstrip.language.vocabulary import any_of, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Span = tuple[int, int]

# So far behind a name the form of its company ends.
_FORM = 20
_FORMULA, _RIGHT, _MADE = "\ue000", "\ue001", "\ue002"


@cache
def rights_marks() -> dict[str, str]:
    """The phrases that notices are made of, each with its mark."""
    keys = {"rights_words": _RIGHT, "made_by": _MADE, "rights_reserved": _FORMULA}
    return {word: mark for key, mark in keys.items() for word in words_for(key)}


def mask(folded: str, lower: str, phrases: Iterable[str]) -> str:
    """The line with each of the phrases in it masked by as many marks."""
    for phrase in sorted(phrases, key=len, reverse=True):
        at = lower.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if is_apart(lower, at, end, phrase):
                mark = rights_marks()[phrase] * len(phrase)
                folded = folded[:at] + mark + folded[end:]
                lower = lower[:at] + mark + lower[end:]
            at = lower.find(phrase, end)
    return folded


# A line in which ``_SIGN`` matches holds one of these in lower case, or a word that is masked.
SIGNS = ("©", "(c)", "ⓒ", "℗", "copyr", "@")
_SIGN = regex.compile(
    rf"(?i)(?<!\p{{Latin}})©|\(c\)|ⓒ|℗|copyrights?(?=\W|ⓒ|$)|^@(?=\s?(?:19|20)\d\d)"
    rf"|^\W*{_RIGHT}+(?=[\s:]*(?:[©ⓒ@]|\(c\)|{YEARS}))|(?<!\p{{Latin}}){_RIGHT}+(?=\s*[©ⓒ(])"
)
# What stands before the sign in the credit of a picture, and not of a page.
_CREDIT = regex.compile(r"\S.*[(\[/:]\s*$|^.{60,}[^.!?|\s]\s*$")
_YEAR = regex.compile(rf"\s?{YEARS}\s")
_YEAR_ENDS = regex.compile(rf"(?:{YEARS}\s)?(?P<name>.*?)(?:\s{YEARS})?")
_STOP = rf"(?=\s*(?:$|&(?!\s?\p{{Lu}})|[|.,:;()\[\]<>©•·。、，،{_FORMULA}{_MADE}]|-\s|{YEARS}))"
_PIECE = r"(?:[^\s|.,:;()\[\]<>©•·\"«»/\ue000-\ue002-]|(?<=\S)[./-](?=\S))++"


@cache
def _filler() -> regex.Pattern[str]:
    """What stands between the sign and the owner's name; no sentence ends in it."""
    by, forms = any_of("rights_by"), any_of("company_forms")
    formula = rf"{_FORMULA}+(?:(?=\s*(?:$|[,:|©-]))|\s(?!\s*[.])(?:[לل]ـ?(?=\p{{Lo}}))?)"
    return regex.compile(
        rf"(?i)(?:\(c\)|[\s,.:;|©ⓒ℗@<\[({_RIGHT}-]|copyright|{YEARS}|{formula}"
        rf"|(?<!\w)(?:{by}(?!\w)|{forms}(?=\s)))*+"
    )


@cache
def _owner_behind() -> regex.Pattern[str]:
    """The owner behind the sign: all up to a mark where that is short, else what is in capitals."""
    whole = rf"(?P<name>(?=[\p{{Lu}}\p{{Lo}}\d]){_PIECE}(?:\s{_PIECE}){{0,3}}?){_STOP}"
    brand = rf"(?P<name>\p{{Ll}}[\p{{L}}\d.]+(?:\s{WORD}){{0,3}}){_STOP}"
    end = rf"(?=\s*(?:$|{EDGE}|\p{{Latin}}))"
    return regex.compile(
        rf"(?![{_FORMULA}{_MADE}])(?:{QUOTED}|{whole}|(?P<name>{cased()})|{brand}"
        rf"|(?P<name>{NAME_PLAIN}?){end})"
    )


@cache
def _owner_ahead() -> regex.Pattern[str]:
    name = (
        rf"(?<![\p{{L}}\d])(?P<name>{cased()}(?:\s\p{{Ll}}+)?)"
        rf"|(?<=^|{EDGE}|{EDGE}\s)(?P<name>{NAME_PLAIN})"
    )
    return regex.compile(rf"(?:{QUOTED}|{name})[\s,.:;|-]*(?:{YEARS}[\s,.:;|-]*)?$")


@cache
def _company() -> regex.Pattern[str]:
    """What makes a name a company's, and all behind it."""
    forms = any_of("company_forms", "company_words")
    return regex.compile(rf"(?i)[\s,]*(?<![\w.]){forms}(?!\w).*")


def owners(masked: str) -> Iterator[tuple[int, int, bool]]:
    """The span of the owner's name in a notice of rights, and whether it is only a company's."""
    sign = _SIGN.search(masked)
    formula = masked.find(_FORMULA)
    if sign is None and formula < 0:
        return
    if sign and _CREDIT.search(masked[: sign.start()]) and not _YEAR.match(masked, sign.end()):
        return
    match = _owner(masked, sign.span() if sign else None, formula)
    if match is None or "/" in match["name"] or masked[match.end() :].lstrip().startswith("/"):
        return
    start, end = match.span("name")
    years = _YEAR_ENDS.fullmatch(masked[start:end])
    start, end = (start + years.start("name"), start + years.end("name")) if years else (start, end)
    name = masked[start:end]
    short = without_company(name)
    form = _company().search(masked, start, end + _FORM)
    if short == name and form and start < form.start() <= end:  # "sp. z o.o." holds a stop
        short = masked[start : form.start()]
    start += name.find(short)
    company = short != name or (form is not None and form.start() <= end)
    yield start, start + len(short), company and not has_outlet_word(short)


def without_company(name: str) -> str:
    """The name without the form of a company before it, or behind it with what follows.

    >>> without_company("Ardal Post Ltd, Ardal"), without_company("PT Kabar Ardal")
    ('Ardal Post', 'Kabar Ardal')
    """
    name = _company_ahead().sub("", name)
    form = _company().search(name)
    return name[: form.start()] if form and form.start() else name


@cache
def _company_ahead() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)^{any_of('company_forms')}\s?(?=\S)(?!\.)(?<=\s|\p{{Lo}}|\p{{M}})")


def _owner(masked: str, sign: Span | None, formula: int) -> regex.Match[str] | None:
    """The match of the owner's name, before or behind the sign or the formula."""
    first, last = sign or (formula, formula)
    if 0 <= formula < first:
        between = masked[formula:first].lstrip(_FORMULA)
        if any(map(str.isalpha, between)):
            last = formula
        first = formula
    ahead = _owner_ahead().search(masked[:first])
    filler = _filler().match(masked, last)
    behind = _owner_behind().match(masked, filler.end() if filler else last)
    alone = ahead and not masked[: ahead.start()].strip(" <[(")
    return ahead if ahead and (alone or not sign or behind is None) else behind
