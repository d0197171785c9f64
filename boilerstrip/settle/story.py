"""What the story of a page with markup holds by its place, whatever the scorer makes of it.

An author's own table, list, quotation or heading stands between the paragraphs, beside them in the
tree. How often what the scorer rejects there is body after all was counted on 390 pages of three
corpora, scored by weights that never saw the corpus; the counts stand at the conditions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from boilerstrip.language.prose import ends_sentence
from boilerstrip.settle.naming import blocks_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from boilerstrip.document import Document, Element, Markup
    from boilerstrip.lines import Line

    Span = tuple[int, int]

_HEADINGS = ("h2", "h3")
_LOWER_HEADINGS = ("h4", "h5", "h6")
_LISTS = ("table", "dl", "ul", "ol", "pre")
# What is in one of these is no part of the text around it.
APART = frozenset(("aside", "button", "figcaption", "figure", "footer", "form", "label", "nav"))
# Names that say no more than the element does: those of a common editor's own blocks.
_BLOCK = "wp-block-"
# Names of what a template puts into a story, in any theme.
FURNITURE = re.compile(
    r"(?i)(?:^|[\s_-])(?:ads?|advert\w*|affiliate|author|banner|breadcrumbs?|byline|buttons?|"
    r"captions?|comments?|cookies?|cta|follow|gallery|links?|login|menu|meta|more|nav\w*|"
    r"newsletter|pagination|paywall|player|popular|promo\w*|read-?also|recirc\w*|recommend\w*|"
    r"related|shar\w+|sidebar|slide\w*|social|sponsor\w*|subscri\w+|tabs?|tags?|teasers?|toc|"
    r"toolbar|trending|widget)(?:$|[\s_-])"
)
_LINKED = 0.3
# A list of which the scorer keeps so much is kept whole: 69 of 73 lines on 24 pages. Of a table one
# line is enough: 88 of 88 on 5 pages.
_KEPT = 0.3
# A line of such a list that is a link and no more ("Read the full review") is no reason to.
_LINK = 0.8
_COLONS = (":", "：")
# Behind the last paragraph a list counts if of some line the scorer doubts that it is no body. With
# weights that never saw the corpus 18 of 1,220 pages gain by that, and 3 lose.
_DOUBT = 0.1
# The classes of embedded posts as the networks hand them out. A post is part of the story; what its
# frame says ("View this post on ...") is not, and rules know it.
_POSTS = frozenset(
    [
        "twitter-tweet",
        "twitter-video",
        "bluesky-embed",
        "fb-post",
        "instagram-media",
        "mastodon-embed",
        "reddit-card",
        "reddit-embed-bq",
        "text-post-media",
        "tiktok-embed",
    ]
)


def parts_of_story(
    document: Document, lines: Sequence[Line], rejected: Collection[int], chances: Sequence[float]
) -> set[int]:
    """The rejected lines that stand between the story's paragraphs as parts of it, or end it.

    Paragraphs are lines of prose that stay; between them is what lies in document order after the
    first and before the last of those in one element. A list or an embedded post may end a story.
    """
    story = _Story(document, lines, rejected, chances)
    if not story.spans:
        return set()
    first, last = story.bounds
    posts = range(story.unwrapped[0] + 1, story.unwrapped[1])
    return {
        number
        for number in rejected
        if first < number
        and (markup := story.markups[number]) is not None
        and (
            story.holds(number, markup, last)
            or ((post := story.post(markup.element)) and (number in posts or story.ends_with(post)))
        )
    }


def last_headings(document: Document, lines: Sequence[Line], rejected: Collection[int]) -> set[int]:
    """The headings with which the body would end, and that head nothing but what goes."""
    blocks = list(blocks_of(document, lines))
    kept = [number for number in range(len(lines)) if number not in rejected]
    ends = list(
        takewhile(
            lambda number: _is_heading(blocks[number].markup) and not lines[number].protected,
            reversed(kept),
        )
    )
    nothing_else = len(ends) == len(kept)
    if nothing_else or lines[kept[-1]].end >= len(document.text.rstrip()):
        return set()
    return set(ends)


def _is_heading(markup: Markup | None) -> bool:
    tags = (each.tag for each in markup.element.chain()) if markup is not None else ()
    return any(tag in (*_HEADINGS, *_LOWER_HEADINGS) for tag in tags)


class _Story:
    """The lines of a page, and between which of them the paragraphs of each element stand."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[Line],
        rejected: Collection[int],
        chances: Sequence[float],
    ) -> None:
        blocks = list(blocks_of(document, lines))
        self.elements = document.tree.elements if document.tree else ()
        self.blocks = blocks
        self.chances = chances
        self.markups = [block.markup for block in blocks]
        self.lines = lines
        self.rejected = rejected
        self.starts = [line.start for line in lines]
        self.kept_lists: dict[int, bool] = {}

    @cached_property
    def spans(self) -> dict[int, Span]:
        """For each element that holds paragraphs, by its number: the first and the last.

        A paragraph may stand in wrappers of its own.
        """
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, (line, markup) in enumerate(zip(self.lines, self.markups, strict=True)):
            if line.prose and markup is not None and number not in self.rejected:
                element = markup.element
                found[element.parent.number].append(number)
                outer = _outermost(element)
                if outer is not element:
                    found[outer.parent.number].append(number)
        return {key: (each[0], each[-1]) for key, each in found.items() if len(each) > 1}

    @cached_property
    def beside(self) -> frozenset[int]:
        """The elements that hold paragraphs, or wrappers around one."""
        own = [
            markup.element
            for number, markup in enumerate(self.markups)
            if markup is not None and self.lines[number].prose and number not in self.rejected
        ]
        return frozenset(
            each.parent.number for element in own for each in (element, _outermost(element))
        )

    @cached_property
    def unwrapped(self) -> Span:
        """The first and the last paragraph of those that stand beside others without a wrapper."""
        parents: defaultdict[int, list[int]] = defaultdict(list)
        for number, (line, markup) in enumerate(zip(self.lines, self.markups, strict=True)):
            if line.prose and markup is not None and number not in self.rejected:
                parents[markup.element.parent.number].append(number)
        beside = [each for each in parents.values() if len(each) > 1]
        return (
            min((each[0] for each in beside), default=0),
            max((each[-1] for each in beside), default=0),
        )

    @cached_property
    def bounds(self) -> Span:
        """The first and the last paragraph of all."""
        return min(a for a, _ in self.spans.values()), max(b for _, b in self.spans.values())

    @cached_property
    def headings(self) -> frozenset[tuple[int, str]]:
        """The lower headings that stay, each as the element that it stands in, and its tag."""
        kept = (
            markup.element
            for number, markup in enumerate(self.markups)
            if markup is not None and number not in self.rejected
        )
        return frozenset((each.parent.number, each.tag) for each in kept)

    def holds(self, number: int, markup: Markup, last: int) -> bool:
        """Whether a line is part of the story by where it stands."""
        for element in markup.element.chain():
            if element.tag in APART:
                return False
            if element.tag in _LISTS and self.is_led(element):
                return True
            if number > last:
                if element.tag in _LISTS and self.is_end(element):
                    return not _is_apart(element)
                continue
            if element.tag in _LISTS and markup.link_density < _LINK and self.is_kept(element):
                return not _is_apart(element)
            if self.is_between(number, element) and self.is_part(number, element, markup):
                return True
            outer = _outermost(element)
            if outer is not element and self.is_between(number, outer) and self.is_wrapped(element):
                return True
        return False

    def post(self, element: Element) -> Element | None:
        """The embedded post that an element stands in, if it does."""
        if not self.posts:
            return None
        return next((each for each in element.chain() if each.number in self.posts), None)

    @cached_property
    def posts(self) -> frozenset[int]:
        """The numbers of the elements that are embedded posts."""
        return frozenset(
            each.number
            for each in self.elements
            if each.names and not _POSTS.isdisjoint(each.names.split())
        )

    def ends_with(self, post: Element) -> bool:
        """Whether a paragraph that stays stands beside an embedded post."""
        return post.parent.number in self.beside and not _is_apart(post)

    def is_between(self, number: int, element: Element) -> bool:
        """Whether paragraphs stand before and behind the line beside the element."""
        first, last = self.spans.get(element.parent.number, (number, number))
        return first < number < last

    def is_part(self, number: int, element: Element, markup: Markup) -> bool:
        """Whether an element between paragraphs is the author's.

        Headings of the upper levels: 23 of 28 lines; lower ones like others that stay: 7 of 7.
        Lists without links: 392 of 413 on 24 pages. Plain sentences without: 36 of 38 on 11 pages.
        """
        if element.tag in _HEADINGS:
            return True
        if element.tag in _LOWER_HEADINGS:
            return (element.parent.number, element.tag) in self.headings
        if element.tag in _LISTS:
            plain = _is_plain(element) and markup.link_density <= _LINKED
            own = not FURNITURE.search(element.names) and self.linked(element) <= _LINKED
            return plain or own
        if element.tag == "blockquote":
            return _is_plain(element) and markup.link_density <= _LINKED
        if element.tag == "p":
            text = self.lines[number].text.rstrip()
            told = ends_sentence(text) or text.endswith(_COLONS)
            return told and not element.names and markup.link_density <= _LINKED
        return False

    def is_wrapped(self, element: Element) -> bool:
        """Whether an element alone in wrappers between paragraphs is the author's.

        Headings without links: 7 of 8 lines; plain tables: 43 of 51.
        """
        if element.tag not in (*_HEADINGS, "table"):
            return False
        wrappers = element.chain()
        furniture = any(
            FURNITURE.search(each.names) for each in _until(wrappers, _outermost(element))
        )
        plain = element.tag in _HEADINGS or _is_plain(element)
        return plain and not furniture and self.linked(element) <= _LINKED

    def is_led(self, element: Element) -> bool:
        """Whether the line beside an element, right before it, stays and ends in a colon.

        Of 258 lines in such lists, many of links, 4 are no body; behind the last paragraph of 10
        without links, 2.
        """
        before = bisect_left(self.starts, element.start) - 1
        markup = self.markups[before] if before >= 0 else None
        if markup is None or before in self.rejected or not self.is_text_beside(markup, element):
            return False
        if not self.lines[before].text.rstrip().endswith(_COLONS):
            return False
        return before < self.bounds[1] or self.linked(element) <= _LINKED

    def is_text_beside(self, markup: Markup, element: Element) -> bool:
        """Whether a block is a sibling of an element, and no box of its own."""
        beside = any(each.parent is element.parent for each in markup.element.chain())
        return beside and not FURNITURE.search(element.names)

    def is_kept(self, element: Element) -> bool:
        """Whether the scorer keeps so much of a list that all of it is the story's."""
        found = self.kept_lists.get(element.number)
        if found is None:
            inner = self.within(element)
            kept = sum(number not in self.rejected for number in inner)
            least = 1 if element.tag == "table" else max(1, _KEPT * len(inner))
            found = self.kept_lists[element.number] = kept >= least
        return found

    def is_end(self, element: Element) -> bool:
        """Whether a list behind the last paragraph, beside paragraphs, is the author's."""
        if element.parent.number not in self.beside or FURNITURE.search(element.names):
            return False
        doubt = max((self.chances[number] for number in self.within(element)), default=0.0)
        return doubt >= _DOUBT and self.linked(element) <= _LINKED

    def linked(self, element: Element) -> float:
        """The share of an element's characters that stand in links."""
        sizes = linked = 0.0
        for number in self.within(element):
            size = self.lines[number].end - self.lines[number].start
            markup = self.markups[number]
            sizes += size
            linked += size * (markup.link_density if markup is not None else 0.0)
        return linked / max(1.0, sizes)

    def within(self, element: Element) -> range:
        """The lines in an element."""
        return range(bisect_left(self.starts, element.start), bisect_left(self.starts, element.end))


def _outermost(element: Element) -> Element:
    """The outermost element that holds no more text than this one."""
    start, end = element.start, element.end
    while element.parent.parent is not element.parent and (
        element.parent.start >= start and element.parent.end <= end
    ):
        element = element.parent
    return element


def _until(chain: Iterator[Element], last: Element) -> Iterator[Element]:
    for element in chain:
        yield element
        if element is last:
            return


def _is_apart(element: Element) -> bool:
    """Whether an element is or is in one that is no part of the text around it."""
    return any(each.tag in APART for each in element.chain())


def _is_plain(element: Element) -> bool:
    return all(name.startswith(_BLOCK) for name in element.names.split())
