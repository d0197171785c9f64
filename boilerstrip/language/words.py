"""Word lists that stand in the code as they read."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``.

    >>> sorted(word_set("by von por"))
    ['by', 'por', 'von']
    """
    return frozenset(text.split())
