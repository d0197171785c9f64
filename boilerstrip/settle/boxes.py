"""Paragraphs of a story that stands in many boxes, of which the scorer gives most up.

Guides and reviews put each section into a box of its own, and the scorer, which knows what boxes
hold as a rule, calls a few paragraphs body and lets the others go. On such a page all prose between
the first and the last paragraph that stays is the story's. Where the scorer keeps nearly all prose
there, it knows the page, and what it rejects is a box indeed. It fails where a row of promotions
stands amid a short story.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from boilerstrip.settle.naming import blocks_of
from boilerstrip.settle.story import APART, FURNITURE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from boilerstrip.document import Document, Element
    from boilerstrip.lines import Line

# A paragraph has no more links, and what the scorer is this sure of is none.
_LINKED = 0.3
_LEAST = 0.02
# So much (0-1) of the prose is rejected where the scorer doesn't know a page. Of 392 pages of three
# corpora, scored by weights that never saw the corpus, 24 gain by it and one loses; with a third of
# this share 37 gain and 7 lose, with none 45 and 16.
_SHARE = 0.15


def boxed_paragraphs(
    document: Document,
    lines: Sequence[Line],
    rejected: Collection[int],
    chances: Sequence[float],
) -> set[int]:
    """The rejected lines of prose between paragraphs that stay, where they are many.

    Each stands in the element around all paragraphs that stay, in no box whose name tells what it
    is, and no other line says the same.
    """
    prose = {
        number: block.markup.element
        for number, (line, block) in enumerate(zip(lines, blocks_of(document, lines), strict=True))
        if line.prose and block.markup is not None and block.markup.link_density <= _LINKED
    }
    kept = [number for number in prose if number not in rejected]
    doubted = [
        number
        for number in prose
        if number in rejected and kept and kept[0] < number < kept[-1] and chances[number] >= _LEAST
    ]
    if not doubted or not _is_much(doubted, kept, lines):
        return set()
    around = _around(prose[kept[0]], max(prose[number].end for number in kept))
    times = Counter(line.text for line in lines)
    known: dict[int, bool] = {}
    found = {
        number
        for number in doubted
        if times[lines[number].text] == 1 and _is_plain(prose[number], around, known)
    }
    return found if _is_much(found, kept, lines) else set()


def _is_much(some: Iterable[int], kept: Iterable[int], lines: Sequence[Line]) -> bool:
    """Whether some lines say a share of what they and the kept ones say that tells of a doubt."""
    size, stays = (sum(lines[n].end - lines[n].start for n in each) for each in (some, kept))
    return size >= _SHARE * (size + stays)


def _around(element: Element, end: int) -> Element:
    """The innermost element around one that reaches as far as ``end``."""
    while element.end < end and element.parent is not element:
        element = element.parent
    return element


def _is_plain(element: Element, around: Element, known: dict[int, bool]) -> bool:
    """Whether nothing from an element up to the one around all is a box by its tag or name."""
    path = []
    for each in element.chain():
        if each is around or each.number in known:
            break
        path.append(each)
    plain = known.get(path[-1].parent.number, True) if path else known.get(element.number, True)
    for each in reversed(path):
        plain = plain and each.tag not in APART and not FURNITURE.search(each.names)
        known[each.number] = plain
    return plain
