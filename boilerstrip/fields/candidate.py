"""A candidate: one value that a source gives for a metadata field."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T", str, tuple[str, ...], covariant=True)


class Candidate(NamedTuple, Generic[T]):
    """A value, and the name of the source that gives it.

    The value is a string, or a tuple of names for the field ``authors``. Sources are named after
    where they were read: ``json-ld``, ``meta:og:title``, ``html:h1``, ``text:byline``.

    >>> Candidate("Rain stops", "html:h1").source
    'html:h1'
    """

    value: T
    source: str


Names = Candidate[tuple[str, ...]]
"""A candidate of the field ``authors``."""
