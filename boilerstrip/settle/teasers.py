"""Teasers of other stories on a page, beside the story and below it, under no heading that tells.

A list beside the paragraphs of which every item is a headline that leads to the site's own pages is
one, if no sentence above it announces it; and what stands below the story and is made of headlines
with a summary each. It fails where a guide lists its own pages without a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from boilerstrip.claim import Cause, Claim
from boilerstrip.settle.naming import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.document import Document, Element, Markup
    from boilerstrip.lines import Line

TEASERS = Cause("metadata", "html:teasers")

_LISTS = ("ul", "ol")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
# A line is a link if so much of it is; of a list's item, before which a topic may stand, less.
_LINK = 0.8
_MOSTLY = 0.5
# A list of headlines has so many items, of so many words in the mean: of 390 pages of three corpora
# six have such a list beside paragraphs that the scorer keeps, none of it in their gold bodies.
_ITEMS = 3
_WORDS = 5
# A headline over a summary has so many words, a row of them so many headlines, a summary no more
# characters and, with what stands around it, no more lines.
_HEADLINE_WORDS = 3
_ROW = 2
_SUMMARY = 300
_LINES = 3
_BREAKS_OFF = ("...", "…", "[…]", "[...]")
_COLONS = (":", "：")


def claim_teasers(document: Document, lines: Sequence[Line]) -> tuple[list[Claim], list[Line]]:
    """The lines of teasers as claims, and the others."""
    taken = _Page(document, lines).teasers()
    claims = [
        Claim("related", TEASERS, line.start, line.end)
        for number, line in enumerate(lines)
        if number in taken and not line.protected
    ]
    return claims, [n for number, n in enumerate(lines) if number not in taken or n.protected]


class _Page:
    """The lines of a page with their markup."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self.document = document
        self.lines = lines
        self.markups = [block.markup for block in blocks_of(document, lines)]
        self.starts = [line.start for line in lines]

    def teasers(self) -> set[int]:
        """The numbers of the lines that are teasers."""
        found: set[int] = set()
        for element in self.elements(_LISTS):
            within = self.within(element)
            if self.is_list(element, within):
                found.update(within)
                found.update(self.heading_of(element, within[0]))
        return found | self.rows()

    def elements(self, tags: Sequence[str]) -> Iterator[Element]:
        """The elements of some tags that hold links."""
        seen: set[int] = set()
        for markup in self.markups:
            if markup is not None and markup.link_density >= _MOSTLY:
                for element in markup.element.chain():
                    if element.number in seen:
                        break
                    seen.add(element.number)
                    if element.tag in tags:
                        yield element

    def within(self, element: Element) -> range:
        """The lines in an element."""
        return range(bisect_left(self.starts, element.start), bisect_left(self.starts, element.end))

    @cached_property
    def beside(self) -> frozenset[int]:
        """The elements that hold paragraphs of plain prose."""
        return frozenset(
            markup.element.parent.number
            for line, markup in zip(self.lines, self.markups, strict=True)
            if line.prose and markup is not None and markup.link_density < _MOSTLY
        )

    @cached_property
    def host(self) -> str:
        """The host to which the links above the first paragraph lead by their full address."""
        first = next((line.start for line in self.lines if line.prose), 0)
        hosts = Counter(
            _host(block.markup.href)
            for block in self.document.blocks
            if block.start < first and block.markup and block.markup.href
        )
        return next((host for host, _ in hosts.most_common(1)), "")

    def leads(self, number: int, least: float) -> Markup | None:
        """The markup of a line that is a link to another page of the site."""
        markup = self.markups[number]
        if markup is None or markup.link_density < least or not markup.href:
            return None
        if markup.href.startswith(("#", "mailto:", "javascript:", "tel:")):
            return None
        return markup if _host(markup.href) in ("", self.host) else None

    def is_list(self, element: Element, within: range) -> bool:
        """Whether a list beside paragraphs is one of headlines that nothing announces."""
        if len(within) < _ITEMS or element.parent.number not in self.beside:
            return False
        before = self.lines[within[0] - 1].text.rstrip() if within[0] else ""
        if before.endswith(_COLONS) or not all(self.leads(n, _MOSTLY) for n in within):
            return False
        return sum(len(self.lines[n].text.split()) for n in within) >= _WORDS * len(within)

    def heading_of(self, element: Element, first: int) -> Iterator[int]:
        """The line before a list if it is a heading beside it."""
        markup = self.markups[first - 1] if first else None
        beside = markup is not None and markup.element.parent is element.parent
        if beside and markup is not None and markup.element.tag in _HEADINGS:
            yield first - 1

    def rows(self) -> set[int]:
        """The lines of headlines with summaries that stand below the story."""
        found: set[int] = set()
        number = 0
        while number < len(self.lines):
            groups = list(self.groups(number))
            if self.is_row(number, groups):
                found.update(range(number, groups[-1].stop))
            number = groups[-1].stop if groups else number + 1
        return found

    def groups(self, number: int) -> Iterator[range]:
        """From a line on: each headline that is a link, with the few lines under it."""
        while number < len(self.lines) and self.is_headline(number):
            stop = number + 1
            while stop < len(self.lines) and stop - number < _LINES and self.is_under(stop):
                stop += 1
            yield range(number, stop)
            number = stop

    def is_headline(self, number: int) -> bool:
        """Whether a line is all link, of some words, to another page of the site."""
        words = len(self.lines[number].text.split())
        return words >= _HEADLINE_WORDS and self.leads(number, _LINK) is not None

    def is_under(self, number: int) -> bool:
        """Whether a line may be a summary or a date under a headline."""
        markup, line = self.markups[number], self.lines[number]
        if markup is None or markup.link_density > 0 or len(line.text) > _SUMMARY:
            return False
        return not any(element.tag in _HEADINGS for element in markup.element.chain())

    def is_row(self, number: int, groups: Sequence[range]) -> bool:
        """Whether headlines with summaries are teasers: below the story, in a part of their own.

        The summaries break off, or the story ended with its ``article``.
        """
        told = [group for group in groups if any(self.lines[n].prose for n in group[1:])]
        if len(told) < _ROW or len(told) * 2 < len(groups):
            return False
        story = [
            n
            for n in range(number)
            if self.lines[n].prose and (markup := self.markups[n]) and not markup.link_density
        ]
        if len(story) < _ROW or self.size(story) < self.size(n for g in told for n in g):
            return False
        markups = [self.markups[n] for g in told for n in g]
        around = {m.element.parent.number for n in story if (m := self.markups[n])}
        if any(m is not None and m.element.parent.number in around for m in markups):
            return False
        broken = sum(
            any(self.lines[n].text.rstrip().endswith(_BREAKS_OFF) for n in group) for group in told
        )
        return broken * 2 >= len(told) or self.is_beyond(story, number)

    def size(self, numbers: Iterable[int]) -> int:
        """The characters of some lines."""
        return sum(self.lines[n].end - self.lines[n].start for n in numbers)

    def is_beyond(self, story: Sequence[int], number: int) -> bool:
        """Whether an ``article`` that holds all of the story ended before a line."""
        last, markup = self.markups[story[-1]], self.markups[number]
        if last is None or markup is None:
            return False
        for element in last.element.chain():
            if element.tag == "article" and element.end <= self.lines[number].start:
                return element.start <= self.lines[story[0]].start
        return False


def _host(href: str) -> str:
    """The host of a full address; empty for one within the site."""
    _, slashes, rest = href.partition("//")
    return rest.split("/", 1)[0].removeprefix("www.") if slashes else ""
