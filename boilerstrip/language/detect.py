"""The language a text is written in, by py3langid's classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.language.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.document import Document

# Characters that tell languages apart, the fewest letters that do, and a line's part to look at.
_SAMPLE = 600
_FEWEST_LETTERS = 20
_LINE = 300


def detect_language(document: Document) -> str | None:
    """The ISO 639-1 code of the language of the document's prose; ``None`` if there is too little.

    >>> from boilerstrip.readers.text import read_text
    >>> detect_language(read_text("The summit ended without a statement to the press on Monday."))
    'en'
    >>> detect_language(read_text("Hm.")) is None
    True
    """
    sample = "\n".join(_prose(document)) or document.text[:_SAMPLE]
    sample = sample.encode("utf-8", "ignore").decode()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    from py3langid import classify

    return str(classify(sample)[0])


def _prose(document: Document) -> Iterator[str]:
    """Beginnings of lines of prose, until there are enough."""
    size = 0
    for block in document.blocks:
        line = document.text[block.start : min(block.end, block.start + _LINE)].strip()
        if is_prose(line):
            yield line
            size += len(line)
        if size >= _SAMPLE:
            return
