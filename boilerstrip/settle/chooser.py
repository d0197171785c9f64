"""Who says which lines are body: the scorer, or another extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from boilerstrip.claim import Cause
    from boilerstrip.document import Document
    from boilerstrip.score.category import Categories
    from boilerstrip.score.features import Claims

Chances: TypeAlias = "NDArray[np.float32] | list[float]"


class Chooser(Protocol):
    """Who says which blocks are body.

    ``score`` gives each block's chance (0-1); blocks of a page with markup under ``threshold`` go,
    for ``cause``.
    """

    @property
    def cause(self) -> Cause:
        """What a removal gives as its cause."""

    @property
    def category(self) -> Categories | None:
        """What names the lines that go, if it can be said."""

    def threshold(self, document: Document) -> float:
        """The chance under which a block of a document with markup is not body."""

    def score(self, document: Document, claims: Claims | None = None) -> Chances:
        """Each block's chance (0-1) of being body; ``claims`` is what rules have on raw text's."""
