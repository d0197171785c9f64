"""The page's address: the one it was fetched by, else the one it states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from boilerstrip.fields.addresses import full_address
from boilerstrip.fields.candidate import Candidate
from boilerstrip.readers.jsonld import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.readers.statements import Statements


def canonical(page: Statements) -> Iterator[Candidate[str]]:
    """The address that a ``link`` calls canonical."""
    return _whole(page, page.canonical, "html:canonical")


def shared(page: Statements) -> Iterator[Candidate[str]]:
    """The address under which the page is to be shared."""
    return _whole(page, page.meta("og:url"), "meta:og:url")


def linked(page: Statements) -> Iterator[Candidate[str]]:
    """The address in the article's JSON-LD."""
    for node in page.linked.articles[:1]:
        for key in ("url", "mainEntityOfPage"):
            yield from _whole(page, _address(node.get(key)), "json-ld")


def fetched(page: Statements) -> Iterator[Candidate[str]]:
    """The address that the caller gave."""
    if page.url:
        yield Candidate(page.url, "caller")


# Where the address is read from, most trusted first; what the caller says comes before all.
STATED = (canonical, shared, linked, fetched)
SAID = ()


def _whole(page: Statements, value: str | None, source: str) -> Iterator[Candidate[str]]:
    address = full_address(page.url, value) or ""
    if _is_article_address(address, page.url):
        yield Candidate(address, source)


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
