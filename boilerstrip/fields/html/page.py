"""The page's own facts: its address, its language and its description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from boilerstrip.fields.addresses import full_address
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.html.jsonld import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boilerstrip.fields.html.evidence import Evidence

_LANGUAGE = re.compile(r"(?i)([a-z]{2,3})(?:[-_][a-z0-9]+)*")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "language", "dcterms.language")
_SHORTEST = 20  # characters of a description that says something
_DESCRIPTIONS = (
    "og:description", "description", "twitter:description", "dc.description",
    "dcterms.description", "sailthru.description", "parsely-description",
)  # fmt: skip


def url_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The page's addresses: the canonical one, others it states, the one it was fetched by."""
    return _unique(pair for pair in _urls(evidence) if pair[0])


def _urls(evidence: Evidence) -> Iterator[tuple[str, str]]:
    for value, source in _stated_urls(evidence):
        address = full_address(evidence.url, value) or ""
        if _is_article_address(address, evidence.url):
            yield address, source
    if evidence.url:
        yield evidence.url, "source"


def _stated_urls(evidence: Evidence) -> Iterator[tuple[str | None, str]]:
    yield evidence.canonical, "link:canonical"
    yield evidence.meta("og:url"), "meta:og:url"
    for node in evidence.linked.articles[:1]:
        for key in ("url", "mainEntityOfPage"):
            yield _address(node.get(key)), "json-ld"


def _address(value: Any) -> str | None:
    return _address(value.get("@id")) if isinstance(value, dict) else text(value)


def _is_article_address(address: str, fetched: str | None) -> bool:
    """Whether ``address`` is a full one and not just the front page of a deeper page."""
    try:
        parts = urlsplit(address)
        deep = bool(urlsplit(fetched or "").path.strip("/"))
    except ValueError:
        return False
    full = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return full and not (deep and not parts.path.strip("/") and not parts.query)


def language_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The language's code, two letters where there are such."""
    return _unique(
        (match[1].lower(), source)
        for value, source in _languages(evidence)
        if (match := _LANGUAGE.fullmatch((value or "").strip()))
    )


def _languages(evidence: Evidence) -> Iterator[tuple[str | None, str]]:
    yield evidence.language, "html:lang"
    for node in evidence.linked.articles[:1]:
        yield text(node.get("inLanguage")), "json-ld"
    for name in _LANGUAGES:
        yield evidence.meta(name), f"meta:{name}"


def description_candidates(evidence: Evidence) -> tuple[Candidate, ...]:
    """The standfirst that the page states; what only repeats the title is none."""
    stated = [(evidence.meta(name), f"meta:{name}") for name in _DESCRIPTIONS]
    for node in evidence.linked.articles[:1]:
        stated.insert(0, (text(node.get("description")), "json-ld"))
    titles = {evidence.meta("og:title"), evidence.title_element}
    kept = [
        (value, source)
        for value, source in stated
        if value and len(value) >= _SHORTEST and value not in titles
    ]
    kept.sort(key=lambda pair: pair[0].endswith(("...", "…", "[…]", "[...]")))
    return tuple(_unique(kept))


def _unique(pairs: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    """A candidate for each value, with the first source that gives it."""
    seen: set[str] = set()
    for value, source in pairs:
        if value not in seen:
            seen.add(value)
            yield Candidate(value, source)
