"""Addresses that a page states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=/|\.s?html?|_|$)"
    r"|/((?:19|20)\d\d)/([1-9]|1[0-2])/([1-9]|[12]\d|3[01])(?=/)"
)
_COMPACT_DATE = re.compile(
    r"(?<=[/_-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
_ARCHIVE = re.compile(r"^.*/web/\d{4,14}\w*/(?=https?:)")
_SLUG_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=/)")
_SECOND_LEVEL = word_set("ac co com edu gob gov go ne net or org info asn id web nom")


def full_address(base: str | None, address: str | None) -> str | None:
    """The address as seen from ``base``, as it stands where there is none; ``None`` if broken.

    >>> full_address("https://example.org/news/1", "/ferries")
    'https://example.org/ferries'
    >>> full_address(None, "/ferries")
    '/ferries'
    """
    try:
        return urljoin(base or "", address.strip()) if address else None
    except ValueError:
        return None


def host_of(address: str | None) -> str:
    """The host in an address; empty where there is none.

    >>> host_of("https://News.Example.org:8080/1"), host_of("/ferries")
    ('news.example.org', '')
    """
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def domain_label(url: str | None) -> str | None:
    """The part of the address that names the site.

    >>> domain_label("https://www.bbc.co.uk/news"), domain_label("https://blog.example.com.au")
    ('bbc', 'example')
    >>> domain_label(None)
    """
    host = host_of(url)
    if not host or re.fullmatch(r"[\d.]+|.*:.*", host):
        return None
    labels = host.removeprefix("www.").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else None


def days_in_address(address: str) -> Iterator[str]:
    """The days that an address has in its path, as text that a date is read from.

    >>> list(days_in_address("https://example.org/2024/05/03/ferries"))
    ['2024-05-03']
    """
    address = _ARCHIVE.sub("", address)
    path = re.split("[?#]", address)[0]
    for pattern, text in ((_PATH_DATE, path), (_COMPACT_DATE, path), (_SLUG_DATE, address)):
        if match := pattern.search(text):
            year, month, day = filter(None, match.groups())
            yield f"{year}-{month:0>2}-{day:0>2}"
    if match := _NAMED_PATH_DATE.search(address):
        yield f"{match[3]} {match[2]} {match[1]}"
