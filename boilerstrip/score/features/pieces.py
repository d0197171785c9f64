"""The layout of raw text: how pieces are set apart, the line and the sentence each is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Block
    from boilerstrip.score.features.columns import Columns, Numbers

PIECES = (
    *("cut", "cut_after", "lines", "line_alone", "ngrams"),
    *(
        f"{group}_{what}"
        for group in ("line", "segment")
        for what in ("pieces", "words", "index", "left", "ngrams")
    ),
    *(f"{what}{step:+d}" for step in (-3, -2, -1, 1, 2, 3) for what in ("ngrams", "size")),
    *(f"ngrams_{side}{width}" for width in (3, 8, 20) for side in ("before", "after")),
    "ngrams_text",
)


def add_pieces(columns: Columns, blocks: Sequence[Block], words: Numbers, odds: Numbers) -> None:
    """Add how each block is set apart from others, and the ``odds`` of wording around it."""
    cuts = np.array([block.cut for block in blocks], np.intp)
    columns.add(PIECES, pieces(cuts, words, odds))
