"""The page's own facts: its address, its language and its description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from boilerstrip.metadata.candidate import Candidate
from boilerstrip.metadata.html.jsonld import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boilerstrip.metadata.html.evidence import Evidence

_LANGUAGE = re.compile(r"(?i)([a-z]{2,3})(?:[-_][a-z0-9]+)*")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "language", "dcterms.language")
_SHORTEST = 20  # characters of a description that says something
_DESCRIPTIONS = (
    "og:description", "description", "twitter:description", "dc.description",
    "dcterms.description", "sailthru.description", "parsely-description",
)  # fmt: skip


def url_candidates(evidence: Evidence) -> tuple[Candidate, ...]:
    """The page's addresses: the canonical one, others it states, the one it was fetched by."""
    return _unique(pair for pair in _urls(evidence) if pair[0])


def _urls(evidence: Evidence) -> Iterator[tuple[str, str]]:
    stated = [(evidence.links.get("canonical"), "link:canonical")]
    stated.append((evidence.meta("og:url"), "meta:og:url"))
    for node in evidence.linked.articles[:1]:
        stated += [(_address(node.get(key)), "json-ld") for key in ("url", "mainEntityOfPage")]
    for value, source in stated:
        address = _join(evidence.url, value)
        if _is_article_address(address, evidence.url):
            yield address, source
    if evidence.url:
        yield evidence.url, "source"


def _join(base: str | None, value: str | None) -> str:
    try:
        return urljoin(base or "", value) if value else ""
    except ValueError:
        return ""


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


def language_candidates(evidence: Evidence) -> tuple[Candidate, ...]:
    """The language's code, two letters where there are such."""
    stated = [(evidence.language, "html:lang")]
    articles = evidence.linked.articles[:1]
    stated += [(text(node.get("inLanguage")), "json-ld") for node in articles]
    stated += [(evidence.meta(name), f"meta:{name}") for name in _LANGUAGES]
    found = []
    for value, source in stated:
        match = _LANGUAGE.fullmatch((value or "").strip())
        if match:
            found.append((match[1].lower(), source))
    return _unique(found)


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
    return _unique(kept)


def _unique(pairs: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    """A candidate for each value, with the first source that gives it."""
    unique: dict[str, Candidate] = {}
    for value, source in pairs:
        unique.setdefault(value, Candidate(value, source))
    return tuple(unique.values())
