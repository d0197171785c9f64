"""Addresses that a page states."""

from __future__ import annotations

from urllib.parse import urljoin


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
