"""The outlet: the publication's own name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.html.jsonld import text
from boilerstrip.language.vocabulary import any_of, lowered
from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.fields.html.evidence import Evidence

_SECOND_LEVEL = word_set("ac co com edu gob gov go ne net or org info asn id web nom")
_DOMAIN = re.compile(r"(?i)(?:https?://|www\.)?[\w-]+(?:\.[a-z]{2,})+/?")
_TAIL = re.compile(r"\s+[|–—•·»›*-]\s+|\s*[|｜ㅣ»›]\s*")
_FILE = re.compile(r"_|-\s*-|-\w+-|-\d|\.[a-z]{3,4}$")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 60
_ACRONYM = 3  # letters up to which an address is a chance part of other words
_SLOGAN = 20  # letters that a name may have besides those of the address


@cache
def _company() -> re.Pattern[str]:
    forms = any_of("company_forms", "company_words")
    return re.compile(rf"(?i)(?<![\w.]){forms}\.?(?![\w.])")


@cache
def _logo() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![^\W_]){any_of('home_page')}(?![^\W_])")


class Name(NamedTuple):
    """A name that the page gives its publication, and the name of the source."""

    value: str
    source: str


def outlet_candidates(evidence: Evidence) -> tuple[Candidate, ...]:
    """The names of the publication, most trusted first."""
    label = squash(domain_label(evidence.url or evidence.canonical) or "")
    found = [name for name in evidence.named if _is_name(name.value, evidence)]
    found += _title_tails(evidence, label)
    if all(map(_is_address, found)):
        found += [name for name in _logos(evidence, label) if _is_name(name.value, evidence)]
    found.sort(key=lambda name: -_trust(name, label))
    unique: dict[str, Name] = {}
    for name in found:
        unique.setdefault(squash(name.value), name)
    return tuple(Candidate(name.value, name.source) for name in unique.values())


def outlet_keys(evidence: Evidence) -> frozenset[str]:
    """The squashed names that a title may carry at its ends."""
    keys = {squash(name.value) for name in evidence.named if len(name.value) <= _LONGEST}
    address = evidence.url or evidence.canonical
    host = (_host(address) or "").removeprefix("www.")  # many sites write their name so
    keys |= {squash(name) for name in (domain_label(address) or "", host)}
    return frozenset(key for key in keys if len(key) > 1)


def domain_label(url: str | None) -> str | None:
    """The part of the address that names the site.

    >>> domain_label("https://www.bbc.co.uk/news"), domain_label("https://blog.example.com.au")
    ('bbc', 'example')
    >>> domain_label(None)
    """
    host = _host(url)
    if not host or re.fullmatch(r"[\d.]+|.*:.*", host):
        return None
    labels = host.removeprefix("www.").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else None


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def squash(name: str) -> str:
    """``name`` as bare letters and digits, for comparing.

    >>> squash("DER STANDARD.at")
    'derstandardat'
    """
    return _NO_WORD.sub("", name.casefold())


def named(evidence: Evidence) -> Iterator[Name]:
    """Each name that the page gives its publication, most trusted first."""
    for key in ("og:site_name", "citation_journal_title"):
        for value in evidence.contents(key):
            yield Name(value, f"meta:{key}")
    for node in (*evidence.linked.articles[:1], *evidence.linked.works[:1]):
        publishers = node.get("publisher")
        for item in publishers if isinstance(publishers, list) else [publishers]:
            if name := text(evidence.linked.resolve(item)):
                yield Name(name, "json-ld")
    for key in ("application-name", "apple-mobile-web-app-title", "al:ios:app_name"):
        for value in evidence.contents(key):
            yield Name(value, f"meta:{key}")
    for node in evidence.linked.sites:
        if name := text(node.get("name")):
            yield Name(name, "json-ld")


def _is_name(value: str, evidence: Evidence) -> bool:
    """Whether ``value`` can be a publication's name and isn't the page's title."""
    return (
        1 < len(value) <= _LONGEST
        and squash(value) not in lowered("site_words")
        and value[0] != "@"
        and "{" not in value
        and value != evidence.meta("og:title")
    )


def _title_tails(evidence: Evidence, label: str) -> Iterator[Name]:
    """The ends and pieces of the title element that fit the address."""
    parts = _TAIL.split(evidence.title_element or "")
    for part in (parts[-1], parts[0], *parts[1:-1]) if len(parts) > 1 and label else ():
        key = squash(part)
        if _fits(key, label) and 1 < len(part) <= _LONGEST:
            yield Name(part.strip(), "title")


def _logos(evidence: Evidence, label: str) -> Iterator[Name]:
    """What the image that leads to the front page is called, if it fits the address."""
    host = _host(evidence.url or evidence.canonical)
    front = {"", f"https://{host}", f"http://{host}", f"//{host}"}
    for link in evidence.links:
        if link.get("href", "#").rstrip("/") not in front:
            continue
        for image in link.iter("img"):
            name = _logo().sub(" ", image.get("alt") or image.get("title") or "").strip(" -–—|:")
            words = _TAIL.split(name)[0].split()
            fits = _fits(squash(name), label) or "".join(map(_initial, words)).casefold() == label
            if fits and not _FILE.search(name):
                yield Name(" ".join(words), "markup:logo")
                return


def _fits(key: str, label: str) -> bool:
    """Whether a squashed name is that of the address, or holds it, but not by chance."""
    fits = key == label or (len(label) > _ACRONYM and label in key)
    return bool(label) and fits and len(key) <= len(label) + _SLOGAN


def _initial(word: str) -> str:
    return word[0] if word[0].isalpha() else ""


def _is_address(name: Name) -> bool:
    return bool(_DOMAIN.fullmatch(name.value))


def _trust(name: Name, label: str) -> float:
    """How well a name serves: one that fits the address well, one that is an address badly."""
    key = squash(name.value)
    trust = 0.0
    if label and key == label:
        trust += 3
    elif label and len(label) > 2 and (label in key or (len(key) > 3 and key in label)):
        trust += 2
    bare = name.value == label and name.source != "title"
    if bare or _is_address(name):
        trust -= 1.5
    return trust - (2 if _company().search(name.value) else 0)
