"""The outlet: the publication's own name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.addresses import domain_label, host_of
from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.imprint import named_outlet
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import squash
from boilerstrip.language.prose import fold_words
from boilerstrip.language.vocabulary import any_of, lowered
from boilerstrip.readers.jsonld import text
from boilerstrip.readers.markup import inner_text
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from boilerstrip.fields.head import Head, HeadLine
    from boilerstrip.fields.text import Text
    from boilerstrip.readers.statements import Statements

_OF_APPS = ("meta:application-name", "meta:apple-", "meta:al:")
_DOMAIN = re.compile(r"(?i)(?:https?://|www\.)?[\w-]+(?:\.[a-z]{2,})+/?")
_FILE = re.compile(r"_|-\s*-|-\w+-|-\d|\.[a-z]{3,4}$")
_ACRONYM = 3  # letters up to which an address is a chance part of other words
_SLOGAN = 20  # letters that a name may have besides those of the address
_STROKE = regex.compile(r"\s*[|｜ㅣ»›·•]\s*|\s+[-–—:]+\s+|\s*：\s*|[-–—](?=\p{Hangul}+$)")
_RIGHTS = regex.compile(r"(?i)©|\(c\)|\bcopyright\b|℗|^@ (?:19|20)\d\d")
_WORD = regex.compile(r"\w+")
_SITE = regex.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?![\w.])")
_LONGEST_STATED = 60
_LONGEST = 40
_MOST_WORDS = 6
# So many lines say a name that no copyright line says, for it to count as the outlet's.
_FEWEST = 3
# So many lines above the headline may say in which section it stands.
_CRUMBS = 8
_LONGEST_LINE = 400
_SHARE = 0.5
# A text that has fewer lines above its prose has no menus.
_FEW_LINES = 12


@cache
def _owner() -> re.Pattern[str]:
    forms = any_of("company_forms", "company_words")
    return re.compile(rf"(?i)(?<![\w.]){forms}\.?(?![\w.])")


@cache
def _logo() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![^\W_]){any_of('home_page')}(?![^\W_])")


def ranked(page: Statements) -> list[Candidate[str]]:
    """The names that the page gives its publication: those that fit its address come first.

    What leads to the front page is only asked where no other source gives a real name.
    """
    label = squash(domain_label(page.url or page.canonical) or "")
    found = [name for read in _NAMES for name in read(page) if _is_name(name.value, page)]
    home = page.once(home_names) if all(map(_is_of_app, found)) else ()
    found += _title_pieces(page, label)
    if all(map(_is_address, found)):
        found += [name for name in _logos(page, label) if _is_name(name.value, page)]
    found = [*home, *found]
    return sorted(found, key=lambda name: -_trust(name, label))


def own_names(page: Statements) -> frozenset[str]:
    """The squashed names of the outlet, as a title may carry them at its ends."""
    named = (name.value for read in _NAMES for name in read(page))
    keys = {squash(name) for name in named if len(name) <= _LONGEST_STATED}
    address = page.url or page.canonical
    host = host_of(address).removeprefix("www.")  # many sites write their name so
    keys |= {squash(name) for name in (domain_label(address) or "", host)}
    return frozenset(key for key in keys if len(key) > 1)


def _site_names(page: Statements) -> Iterator[Candidate[str]]:
    return _contents(page, "og:site_name", "citation_journal_title")


def _publishers(page: Statements) -> Iterator[Candidate[str]]:
    for node in (*page.linked.articles[:1], *page.linked.works[:1]):
        publishers = node.get("publisher")
        for item in publishers if isinstance(publishers, list) else [publishers]:
            if name := text(page.linked.resolve(item)):
                yield Candidate(name, "json-ld")


def _app_names(page: Statements) -> Iterator[Candidate[str]]:
    return _contents(page, "application-name", "apple-mobile-web-app-title", "al:ios:app_name")


def _is_of_app(name: Candidate[str]) -> bool:
    """Whether a name is that of a program, which may be another than the publication's."""
    return name.source.startswith(_OF_APPS)


def home_names(page: Statements) -> tuple[Candidate[str], ...]:
    """The ends of the title element that the page links to its front page, too."""
    parts = _STROKE.split(page.title_element or "")
    ends = {squash(part): part.strip(" -–—|:") for part in (parts[0], parts[-1]) if len(parts) > 1}
    front = _front(page)
    said = (
        squash(inner_text(link))
        for link in page.links
        if link.get("href", "#").rstrip("/") in front
    )
    keys = (key for key in dict.fromkeys(said) if len(key) > 1 and key in ends)
    names = (Candidate(ends[key], "html:home-link") for key in keys)
    return tuple(name for name in names if _is_name(name.value, page))


def _front(page: Statements) -> frozenset[str]:
    """How links to the front page are written."""
    host = host_of(page.url or page.canonical)
    return frozenset(("", f"https://{host}", f"http://{host}", f"//{host}"))


def _sites(page: Statements) -> Iterator[Candidate[str]]:
    for node in page.linked.sites:
        if name := text(node.get("name")):
            yield Candidate(name, "json-ld")


def _contents(page: Statements, *keys: str) -> Iterator[Candidate[str]]:
    return (Candidate(value, f"meta:{key}") for key in keys for value in page.contents(key))


_NAMES = (_site_names, _publishers, _app_names, _sites)


def _is_name(value: str, page: Statements) -> bool:
    """Whether ``value`` can be a publication's name and isn't the page's title."""
    return (
        1 < len(value) <= _LONGEST_STATED
        and squash(value) not in lowered("site_words")
        and value[0] != "@"
        and "{" not in value
        and value != page.meta("og:title")
    )


def _title_pieces(page: Statements, label: str) -> Iterator[Candidate[str]]:
    """The ends and pieces of the title element that fit the address."""
    parts = _STROKE.split(page.title_element or "")
    for part in (parts[-1], parts[0], *parts[1:-1]) if len(parts) > 1 and label else ():
        if _fits(squash(part), label) and 1 < len(part) <= _LONGEST_STATED:
            yield Candidate(part.strip(), "html:title")


def _logos(page: Statements, label: str) -> Iterator[Candidate[str]]:
    """What the image that leads to the front page is called, if it fits the address."""
    front = _front(page)
    for link in page.links:
        if link.get("href", "#").rstrip("/") not in front:
            continue
        for image in link.iter("img"):
            name = _logo().sub(" ", image.get("alt") or image.get("title") or "").strip(" -–—|:")
            words = _STROKE.split(name)[0].split()
            fits = _fits(squash(name), label) or "".join(map(_initial, words)).casefold() == label
            if fits and not _FILE.search(name):
                yield Candidate(" ".join(words), "html:logo")
                return


def _fits(key: str, label: str) -> bool:
    """Whether a squashed name is that of the address, or holds it, but not by chance."""
    fits = key == label or (len(label) > _ACRONYM and label in key)
    return bool(label) and fits and len(key) <= len(label) + _SLOGAN


def _initial(word: str) -> str:
    return word[0] if word[0].isalpha() else ""


def _is_address(name: Candidate[str]) -> bool:
    return bool(_DOMAIN.fullmatch(name.value))


def _trust(name: Candidate[str], label: str) -> float:
    """How well a name serves: one that fits the address well, one that is an address badly."""
    key = squash(name.value)
    trust = 0.0
    if label and key == label:
        trust += 3
    elif label and len(label) > 2 and (label in key or (len(key) > 3 and key in label)):
        trust += 2
    bare = name.value == label and name.source != "html:title"
    if bare or _is_address(name):
        trust -= 1.5
    return trust - (2 if _owner().search(name.value) else 0)


# What the text says


def by_own_rule(found: Text) -> Iterator[Candidate[str]]:
    """What a rule of the caller's names so; the shipped ones only know lines that may name it."""
    for claim in found.claims:
        span = claim.groups.get("outlet")
        own = span and claim.cause.kind == "rule" and claim.cause.name not in _shipped()
        if span and own and (name := found.whole[slice(*span)].strip()):
            yield Candidate(name, str(claim.cause))


@cache
def _shipped() -> frozenset[str]:
    """The ids of the shipped rules."""
    return frozenset(rule.id for rule in catalogue())


def by_lines(found: Text) -> Iterator[Candidate[str]]:
    """The name in the page's title, or that notices, invitations and the like say together."""
    if name := found.once(_by_lines):
        yield name


def outlet_said(found: Text) -> str:
    """The name that the lines of the text give its outlet; empty where they give none."""
    name = found.once(_by_lines)
    return name.value if name else ""


def _by_lines(found: Text) -> Candidate[str] | None:
    """The name in the title, unless the others say one that is worth more, or the address's own."""
    shape = found.shape
    title = find_outlet(found.lines, shape) if shape and shape.sure else None
    named = named_outlet(found, of_page=has_menus(found.lines))
    if title and not (named and named.beats(title.value)):
        return title
    return Candidate(named.form, f"text:{named.kind}") if named else None


def find_outlet(lines: Sequence[HeadLine], head: Head) -> Candidate[str] | None:
    """The outlet's name in the page's title, where the page says it again; else ``None``.

    Over an article without menus the title needs no more.
    """
    number, spans = head.titles[0]
    pieces = list(_pieces(lines[0].text, lines[number].text if number else None))
    crumbs = {squash(line.text) for line in lines[max(1, number - _CRUMBS) : number]}
    for name in pieces:
        if _is_owner(name, lines):
            return Candidate(name, "text:copyright")
    for name in pieces:
        if _is_familiar(name, lines):
            return Candidate(name, "text:echo")
        if number and _is_rest(name, lines, head, crumbs):
            return Candidate(name, "text:suffix")
    barred = lines[0].text.rpartition("|")[2].strip()
    if number and barred in pieces and _agree(lines[0].text, lines[number].text):
        return Candidate(barred, "text:suffix")
    named = spans.get("outlet")
    if named and not has_menus(lines):
        return Candidate(lines[number].text[slice(*named)], "text:suffix")
    return None


def has_menus(lines: Sequence[HeadLine]) -> bool:
    """Whether so many lines stand above the first prose that there are a page's menus.

    >>> from boilerstrip.fields.head import HeadLine
    >>> has_menus([HeadLine("Home", False, True)] * 20 + [HeadLine("It rained.", True, True)])
    True
    """
    return next((n for n, line in enumerate(lines) if line.prose), 0) >= _FEW_LINES


def _is_rest(name: str, lines: Sequence[HeadLine], head: Head, crumbs: Collection[str]) -> bool:
    """Whether the title is the headline as printed with this behind it, and it is no section."""
    title, printed = squash(lines[0].text), squash(lines[head.titles[0][0]].text)
    return title.startswith(printed) and squash(name) not in crumbs


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
    key = squash(name)
    near = [line.text for line in lines[1:] if len(line.text) <= _LONGEST_LINE]
    near = [text for text in near if key in squash(text)]
    rights = any(map(_RIGHTS.search, near))
    return bool(key) and (
        rights or any(key in squash(s) for t in near for s in _SITE.findall(t.casefold()))
    )


def _is_familiar(name: str, lines: Sequence[HeadLine]) -> bool:
    """Whether the page says the name in other lines, too."""
    near = (line.text for line in lines[1:] if len(line.text) <= _LONGEST_LINE)
    return sum(name in text and text != name for text in near) >= _FEWEST


# Where the outlet's name is read from, most trusted first.
STATED = (ranked,)
SAID = (by_own_rule, by_lines)
