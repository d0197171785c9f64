"""Addresses that a page states."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from boilerstrip.language.words import word_set

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
