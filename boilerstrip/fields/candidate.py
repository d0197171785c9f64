"""A candidate: one value that a source gives for a metadata field."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """A value, and the name of the source that gives it.

    The value is a string, or a tuple of names for the field ``authors``. Sources are named after
    where they were read: ``json-ld``, ``meta:og:title``, ``h1``, ``time``, ``markup:byline``.

    >>> Candidate("Rain stops", "h1").source
    'h1'
    """

    value: str | tuple[str, ...]
    source: str
