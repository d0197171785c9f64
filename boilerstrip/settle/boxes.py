"""Lines of a story that stands in many boxes, of which the scorer gives most up.

Guides and reviews put each section into a box of its own, and the scorer, which knows what boxes
hold as a rule, calls a few paragraphs body and lets the others go. On such a page all that says
something in the element around the paragraphs that stay, from the first of them on, is the story's.
Where the scorer keeps nearly all prose there, it knows the page, and what it rejects is a box
indeed. It fails where a row of promotions stands amid a short story, and where readers' comments
stand among its paragraphs without a name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from boilerstrip.settle.naming import blocks_of
from boilerstrip.settle.story import APART, FURNITURE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from boilerstrip.document import Document, Element
    from boilerstrip.lines import Line

# What an author writes has no more links than this. Prose with a smaller chance tells of no doubt,
# amid the paragraphs that stay and behind the last of them, where comments and notes stand; nor
# does anything stay with it that has a smaller one.
_LINKED = 0.3
_AMID = 0.02
_BEHIND = 0.05
_LEAST = 0.01
# So much (0-1) of the prose is rejected where the scorer doesn't know a page. Of 392 pages of three
# corpora, scored by weights that never saw the corpus, 42 gain by that and 3 lose; with two
# thirds of it 8 more gain and 4 more lose. Of 828 others 52 gain and 6 lose. Half or twice the
# chances above move the mean by less than .001.
_SHARE = 0.15
# One of these names around so many of the paragraphs that stay tells of no box: page builders call
# all that they place a widget.
_USUAL = 0.5
_VAGUE = re.compile(r"buttons?|gallery|links?|meta|more|slide\w*|tabs?|toc|widget")
# What an author writes stands in one of these, a few elements up.
_TAGS = frozenset(
    ("h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "p", "dd", "dt", "pre", "code", "table")
)
_NEAR = 4
# A whole page is around anything.
_PAGE = ("html", "body", "")


def boxed_lines(
    document: Document,
    lines: Sequence[Line],
    rejected: Collection[int],
    chances: Sequence[float],
) -> set[int]:
    """The rejected lines that stand as the paragraphs do that stay, where they are many.

    They are in no box whose name tells what it is, and no other line says the same. Behind the last
    paragraph are no teasers among them.
    """
    boxes = _Boxes(document, lines, rejected)
    if not boxes.kept:
        return set()
    last = boxes.kept[-1]
    doubted = [
        number
        for number in boxes.reach
        if number in boxes.prose
        and number in rejected
        and chances[number] >= (_AMID if number < last else _BEHIND)
    ]
    if not boxes.are_many(doubted):
        return set()
    found = {
        number
        for number in doubted
        if boxes.is_plain(number) and not (number > last and boxes.is_teaser(number))
    }
    if not boxes.are_many(found):
        return set()
    others = range(boxes.kept[0], max(last, *found))
    found.update(
        number
        for number in others
        if number in rejected
        and number not in found
        and chances[number] >= _LEAST
        and boxes.is_written(number)
        and boxes.is_plain(number)
    )
    return found


class _Boxes:
    """The lines of a page with the elements that they stand in, and which paragraphs stay."""

    def __init__(
        self, document: Document, lines: Sequence[Line], rejected: Collection[int]
    ) -> None:
        self.lines = lines
        # Of lines that are mostly links nothing is asked.
        self.elements: list[Element | None] = [
            block.markup.element
            if block.markup is not None and block.markup.link_density <= _LINKED
            else None
            for block in blocks_of(document, lines)
        ]
        self.prose = {
            number: element
            for number, element in enumerate(self.elements)
            if element is not None and lines[number].prose
        }
        self.kept = [number for number in self.prose if number not in rejected]
        self.known: dict[int, bool] = {}

    @cached_property
    def around(self) -> Element:
        """The innermost element around all paragraphs that stay."""
        element = self.prose[self.kept[0]]
        end = max(self.prose[number].end for number in self.kept)
        while element.end < end and element.parent is not element:
            element = element.parent
        return element

    @cached_property
    def reach(self) -> range:
        """The lines from the first paragraph on in the element around all."""
        first, last = self.kept[0], self.kept[-1]
        if self.around.tag not in _PAGE:
            while last + 1 < len(self.lines) and self.lines[last + 1].start < self.around.end:
                last += 1
        return range(first + 1, last + 1)

    @cached_property
    def times(self) -> Counter[str]:
        """How often each line is said."""
        return Counter(line.text for line in self.lines)

    @cached_property
    def usual(self) -> frozenset[str]:
        """The vague names of boxes that stand around many of the paragraphs that stay."""
        counts = Counter(
            name
            for number in self.kept
            for name in {
                name for element in self.path(self.prose[number]) for name in _names(element)
            }
        )
        return frozenset(
            n
            for n, count in counts.items()
            if count >= _USUAL * len(self.kept) and _VAGUE.fullmatch(n)
        )

    def path(self, element: Element) -> Iterator[Element]:
        """An element and those above it, up to the one around all paragraphs."""
        return takewhile(lambda each: each is not self.around, element.chain())

    def are_many(self, some: Iterable[int]) -> bool:
        """Whether lines say so much, beside the paragraphs that stay, that it tells of a doubt."""
        size, stays = (
            sum(self.lines[n].end - self.lines[n].start for n in each) for each in (some, self.kept)
        )
        return size > 0 and size >= _SHARE * (size + stays)

    def is_plain(self, number: int) -> bool:
        """Whether a line is said once, and in no box by its tag or name."""
        element = self.elements[number]
        if element is None or self.times[self.lines[number].text] > 1:
            return False
        path = list(self.path(element))
        plain = True
        for each in reversed(path):
            known = self.known.get(each.number)
            if known is None:
                known = plain and each.tag not in APART and self.usual.issuperset(_names(each))
                self.known[each.number] = known
            plain = known
        return plain

    def is_teaser(self, number: int) -> bool:
        """Whether a line of prose has a link above it in its box, which leads to more of it."""
        element = self.elements[number]
        if element is None:
            return False
        for box in islice(self.path(element), _NEAR):
            first = number
            while first and self.lines[first - 1].start >= box.start:
                first -= 1
            if any(self.elements[n] is None for n in range(first, number)):
                return not any(first <= n and self.lines[n].start < box.end for n in self.kept)
        return False

    def is_written(self, number: int) -> bool:
        """Whether a line stands in an element that authors write."""
        element = self.elements[number]
        return element is not None and any(
            each.tag in _TAGS for each in islice(element.chain(), _NEAR)
        )


def _names(element: Element) -> Iterator[str]:
    """The names of boxes that an element has."""
    return (match[0].strip(" -_").lower() for match in FURNITURE.finditer(element.names))
