"""The language a text is written in, by py3langid's classifier."""

from __future__ import annotations

# Enough to tell languages apart, and the least that can.
_SAMPLE = 600
_FEWEST_LETTERS = 20


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; ``None`` for too short a text.

    >>> detect_language("The summit ended without a statement to the press on Monday.")
    'en'
    >>> detect_language("Hm.") is None
    True
    """
    sample = text[:_SAMPLE].encode("utf-8", "ignore").decode()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    from py3langid import classify

    return str(classify(sample)[0])
