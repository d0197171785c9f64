"""The blocks of a very long document that the scorer need look at.

What the scorer sees of a block is its own words and what stands some dozens of blocks around it,
300 at most. In a run of hundreds of short blocks without one of prose among them (a list, a
table, a dump of labels) there is nothing more to see in the middle than near the ends, so what
stands there is judged as the list's beginning is. Only documents of tens of thousands of blocks are
cut so: no article is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.document import Block, Document, Element, Markup, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

# Documents of no more blocks are looked at as a whole. Of the pages in the corpora, the longest has
# a quarter of these.
MOST_BLOCKS = 20_000
# A block of more characters may be prose; so many blocks around one are looked at.
_PROSE = 80
_REACH = 300


def telling_blocks(document: Document) -> Numbers:
    """The numbers of the blocks near prose, or near either end of the document."""
    bounds = np.array([(block.start, block.end) for block in document.blocks])
    count = len(bounds)
    marks = np.flatnonzero(bounds[:, 1] - bounds[:, 0] > _PROSE)
    marks = np.concatenate(([0], marks, [count - 1]))
    changes = np.zeros(count + 1, np.int64)
    np.add.at(changes, np.maximum(marks - _REACH, 0), 1)
    np.add.at(changes, np.minimum(marks + _REACH + 1, count), -1)
    return np.flatnonzero(np.cumsum(changes[:-1]))


def spread(chosen: Numbers, values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """A value for each of ``count`` blocks: its own, or that of the last chosen one before it.

    >>> spread(np.array([0, 1, 4]), np.array([0.1, 0.2, 0.3], np.float32), 6).tolist()[2:4]
    [0.20000000298023224, 0.20000000298023224]
    """
    places = np.searchsorted(chosen, np.arange(count), "right") - 1
    return values[places]


def excerpt(document: Document, chosen: Numbers) -> Document:
    """A document of some of the blocks, with the elements that hold them."""
    texts: list[str] = []
    blocks: list[Block] = []
    copies: dict[Element, Element] = {}
    position = 0
    for number in chosen.tolist():
        block = document.blocks[number]
        texts.append(document.text[block.start : block.end])
        end = position + block.end - block.start
        markup = _markup(block.markup, copies, position, end)
        blocks.append(Block(position, end, markup, block.cut))
        position = end
    text = "".join(texts)
    if document.tree is None:
        return Document(text, tuple(blocks))
    elements = _numbered(list(copies.values()))
    return Document(text, tuple(blocks), Tree(elements, document.tree.facts))


def _markup(
    markup: Markup | None, copies: dict[Element, Element], start: int, end: int
) -> Markup | None:
    """The markup of a block that now stands elsewhere, in copies of its elements."""
    if markup is None:
        return None
    missing: list[Element] = []
    element = markup.element
    while element not in copies:
        missing.append(element)
        if element.parent is element:
            break
        element = element.parent
    for original in reversed(missing):
        above = None if original.parent is original else copies[original.parent]
        copies[original] = Element(original.tag, original.names, above, start)
    copy = copies[markup.element]
    for holder in (*copy.chain(), next(iter(copies.values()))):
        holder.end = end
    return Markup(copy, markup.link_density, markup.href)


def _numbered(elements: Sequence[Element]) -> tuple[Element, ...]:
    for number, element in enumerate(elements):
        element.number = number
    return tuple(elements)
