"""A site's rules as who says what is body: what they call so, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.claim import Cause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Document
    from boilerstrip.score.category import Categories
    from boilerstrip.score.features import Claims
    from boilerstrip.settle.chooser import Chooser


class SiteChooser:
    """Calls body what stands in some spans of the text; ``inner`` names what doesn't."""

    def __init__(self, name: str, spans: Sequence[tuple[int, int]], inner: Chooser) -> None:
        self.cause = Cause("rule", name)
        self._spans = spans
        self._inner = inner

    @property
    def category(self) -> Categories | None:
        """The model of the scorer."""
        return self._inner.category

    def threshold(self, document: Document) -> float:
        """Any chance will do: there is no doubt."""
        del document
        return 0.5

    def score(self, document: Document, claims: Claims | None = None) -> list[float]:
        """1 for each block that begins in one of the spans, 0 for the others."""
        del claims
        spans = self._spans
        return [
            float(any(start <= block.start < end for start, end in spans))
            for block in document.blocks
        ]
