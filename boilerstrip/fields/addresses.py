"""Addresses that a page states."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


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
