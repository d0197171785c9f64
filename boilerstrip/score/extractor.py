"""Another extractor's choice of content, aligned to our blocks so that its omissions are seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from boilerstrip.claim import Cause

if TYPE_CHECKING:
    from boilerstrip.document import Document
    from boilerstrip.score.category import Categories
    from boilerstrip.score.features import Claims

_WORD = re.compile(r"\w+")
_LENGTH = 4
# A block is in the extract if at least this share of its runs of four words is.
_SHARE = 0.5


class TrafilaturaChooser:
    """Calls body what trafilatura's extract of the page holds."""

    cause = Cause("extractor", "trafilatura")

    def __init__(self, tree: Any) -> None:
        self._extract = _extract_with_trafilatura(tree)

    @property
    def category(self) -> Categories | None:
        """The model of the shipped scorer: the extractor doesn't say what it leaves out."""
        from boilerstrip.score.scorer import shipped

        return shipped().category

    def threshold(self, document: Document) -> float:
        """Any chance will do: there is no doubt."""
        del document
        return 0.5

    def score(self, document: Document, claims: Claims | None = None) -> list[float]:
        """1 for each block that the extract holds, 0 for the others."""
        del claims
        return [float(held) for held in held_by(document, self._extract)]


def _extract_with_trafilatura(tree: Any) -> str:
    """The text that trafilatura makes of a page, empty if nothing; the tree is not modified."""
    import trafilatura  # slow to import, and only this engine needs it
    from lxml.etree import tostring

    page = tostring(tree, encoding="unicode", method="html")
    return trafilatura.extract(page, include_comments=False) or ""


def held_by(document: Document, extract: str) -> list[bool]:
    r"""Whether the extract holds each block of the document.

    >>> from boilerstrip.readers.text import read_text
    >>> held_by(read_text("Home\nIt rained all day in Oslo."), "It rained all day\nin Oslo.")
    [False, True]
    """
    words = _words(extract)
    runs = {tuple(words[start : start + _LENGTH]) for start in range(len(words))}
    lines = {tuple(_words(line)) for line in extract.splitlines()}
    return [_is_in(_words(document.content(block)), runs, lines) for block in document.blocks]


def _is_in(words: list[str], runs: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    if len(words) < _LENGTH:
        return tuple(words) in lines
    own = [tuple(words[start : start + _LENGTH]) for start in range(len(words) - _LENGTH + 1)]
    return sum(run in runs for run in own) >= _SHARE * len(own)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
