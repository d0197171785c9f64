"""Blocks to numbers: what the scorer sees of a document.

Nothing here knows a language: words count through their frequency in the page's own prose and
through a lexicon of learned weights, scripts without spaces through their characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.claims import Claims, add_claims
from boilerstrip.score.features.columns import Columns, Mass
from boilerstrip.score.features.description import Description
from boilerstrip.score.features.echoes import add_echoes
from boilerstrip.score.features.order import add_heading, add_mass, add_neighbours, add_windows
from boilerstrip.score.features.pieces import add_pieces
from boilerstrip.score.features.review import review
from boilerstrip.score.features.shape import add_shape
from boilerstrip.score.features.siblings import add_siblings
from boilerstrip.score.features.tree import Elements
from boilerstrip.score.features.words import (
    SHORT,
    Lexicon,
    Words,
    add_repeats,
    add_witnesses,
    add_words,
    line_keys,
    name_tokens,
)
from boilerstrip.score.ngrams import Numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Block, Document
    from boilerstrip.score.features.columns import Counts, Flags
    from boilerstrip.score.features.columns import Numbers as Values

__all__ = [
    "SHORT",
    "Claims",
    "Description",
    "Lexicon",
    "describe",
    "line_keys",
    "name_tokens",
    "review",
]

# A block of this many words that ends a sentence and isn't a link is prose.
_PROSE_WORDS = 10.0
_LINKED, _ALL_LINKED = 0.4, 0.97
# A block's words beyond these don't count when the page's are shared out: one that is longer than
# an article would leave next to nothing to the article. Of 800 pages no block holds so many, and of
# texts hardly any but those that stand on one line.
_HEAVIEST = 2000
# A line of no more words that ends no sentence may be a heading, where no tag tells.
_HEADING_WORDS = 8
_NEAR = ("words", "ends_stop", "lexicon_mean", "lexicon_line", "capitals")
_NEAR_IN_TREE = (*_NEAR, "density", "tag", "kin_prose")


def describe(document: Document, lexicon: Lexicon, claims: Claims | None = None) -> Description:
    """The features of a document's blocks; those with markup have others than raw text.

    ``document`` has at least one block; ``claims`` is what rules have on those of raw text.
    """
    columns = Columns(len(document.blocks))
    text = document.text
    lines = [text[block.start : block.end].strip() for block in document.blocks]
    starts = np.array([block.start for block in document.blocks], np.intp)
    ends = np.array([block.end for block in document.blocks], np.intp)
    size, stop = add_shape(columns, text, starts, ends)
    density = _densities(document.blocks)
    size = np.minimum(size, _HEAVIEST)
    mass = Mass(size, _prose(size, stop, density), density * size)
    words = Words(lines)
    circles: dict[str, Counts] = {}
    if document.tree is not None:
        elements = Elements(document.tree.elements, document.blocks, starts, lexicon)
        elements.add(columns, mass)
        circles = elements.circles()
        columns.add(("density",), [density])
        add_witnesses(columns, words, document.tree.facts)
        add_siblings(columns, elements, document.tree.elements, mass)
    add_words(columns, words, lexicon, mass.prose > 0)
    add_repeats(columns, lines)
    add_mass(columns, mass)
    _add_surroundings(columns, mass, in_tree=document.tree is not None)
    if document.tree is not None:
        return Description.of(columns, circles)
    if lexicon.ngrams is not None:
        odds = lexicon.ngrams.log_odds(lines, Numbers.of(document.known))
        add_pieces(columns, document.blocks, size, odds)
    add_claims(columns, claims or Claims.none(len(lines)), mass)
    add_echoes(columns, words, mass)
    return Description.of(columns, words=words)


def _densities(blocks: Sequence[Block]) -> Values:
    """The share of each block that stands in links; all of it where next to all does."""
    density = np.array(
        [block.markup.link_density if block.markup else 0.0 for block in blocks], np.float64
    )
    return np.where(density > _ALL_LINKED, 1, density)


def _prose(words: Values, stop: Flags, density: Values) -> Values:
    """The words of each block that is prose."""
    flowing = ((words >= _PROSE_WORDS) & stop) | (words >= 3 * _PROSE_WORDS)
    return np.where(flowing & (density < _LINKED), words, np.float32(0))


def _add_surroundings(columns: Columns, mass: Mass, *, in_tree: bool) -> None:
    """Add the neighbours' features, windows over them, and the heading above."""
    near = _NEAR_IN_TREE if in_tree else _NEAR
    add_neighbours(columns, near, columns.rows(near))
    lexical = columns.rows(("lexicon_mean", "lexicon_low", "lexicon_line"))
    summed = {"prose": mass.prose, "words": mass.words, "lexicon": lexical[0]}
    if in_tree:
        summed["linked"] = mass.linked
        heads = columns.rows(("in_heading",))[0] > 0
    else:
        heads = (mass.words <= _HEADING_WORDS) & (columns.rows(("ends_stop",))[0] == 0)
    add_windows(columns, summed)
    add_heading(columns, heads, lexical)
