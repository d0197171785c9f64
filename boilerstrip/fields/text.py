"""What the text of a document says, for the fields to be found in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from boilerstrip.document import trim
from boilerstrip.fields.head import Head, HeadLine, find_head, is_of_head, run_on
from boilerstrip.language.prose import is_prose
from boilerstrip.lines.layout import Cut, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from boilerstrip.claim import Cause, Claim
    from boilerstrip.document import Block, Document

    Span = tuple[int, int]

# What Markdown puts around a headline.
MARKS = "#*_ \t"
_STANDFIRST_LINES = 2
# As many lines of the body are looked at, and so much of each.
_FIRST_LINES = 3
_LINE_LIMIT = 1000
# The head of the article is looked for in so many lines; menus above it are none of it.
_HEAD_LINES = 4000
_ABOVE_HEADLINE = 6
# A line lost its breaks if it has so many characters and this share of all (see lines.layout).
_BROKEN = 400
_BROKEN_SHARE = 0.6
# Which removed lines may say a field's value, the most telling category first.
_TRUST = {
    "title": ("title", "source_footer"),
    "authors": ("byline", "author_bio", "comment_widget", "source_footer"),
    "bio": ("author_bio",),
    "date": ("date", "byline", "source_footer"),
    "description": ("title", "byline"),
}
# A line that is longer is cut into its sentences.
_LONGEST_PIECE = 400
_SENTENCE = re.compile(r"\s(?:(?<=[.!?…]\s)|(?<=[.!?…]['\"”»)]\s))\s*|(?<=[。！？])")
T = TypeVar("T")


@dataclass(frozen=True)
class Text:
    """What the text of one document says, and what its lines were claimed to be."""

    document: Document
    claims: Sequence[Claim]
    language: str | None
    url: str | None = None
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def whole(self) -> str:
        """The text of the document."""
        return self.document.text

    def once(self, read: Callable[[Text], T]) -> T:
        """What ``read`` makes of the text; it is called the first time that it is asked for."""
        if read not in self._known:
            self._known[read] = read(self)
        known: T = self._known[read]
        return known

    def named(self, group: str) -> Iterator[tuple[str, Claim]]:
        """The values that claims give this group, with the claims, most telling first."""
        order = _TRUST[group]
        claims = [
            claim
            for claim in self.claims
            if group in claim.groups and claim.category in order and claim.start >= self.first
        ]
        for claim in sorted(claims, key=lambda claim: order.index(claim.category)):
            start, end = claim.groups[group]
            if value := self.whole[start:end].strip(MARKS):
                yield value, claim

    @cached_property
    def body(self) -> Sequence[str]:
        """The first lines of the body."""
        return _first_lines(self.document, self.claims)

    @property
    def standfirst(self) -> Sequence[str]:
        """The lines of the body among which a standfirst may be."""
        return self.body[:_STANDFIRST_LINES]

    @cached_property
    def seen(self) -> tuple[Sequence[HeadLine], Sequence[int]]:
        """The lines in which the head of the article is looked for, and where each starts."""
        return head_lines(self.document, self.claims)

    @property
    def lines(self) -> Sequence[HeadLine]:
        """The lines in which the head of the article is looked for."""
        return self.seen[0]

    @cached_property
    def pieces(self) -> Sequence[HeadLine]:
        """All lines, long ones cut into sentences, each with what it was claimed to be."""
        return list(_sentences(self.whole, self.claims))

    @cached_property
    def head(self) -> Head | None:
        """The head of the article, if there is proof of its headline."""
        return self.shape if self.shape and self.shape.proof else None

    @cached_property
    def is_broken(self) -> bool:
        """Whether the text lost the breaks between its lines."""
        return _is_broken(self.document, list(_extents(self.document, self.document.blocks)))

    @cached_property
    def small(self) -> Collection[str]:
        """The words that the text writes in lower case."""
        return run_on.small_words(self.told)

    @property
    def told(self) -> str:
        """So much of the text as tells where lines of its head began."""
        return self.whole[: run_on.TELLING]

    @cached_property
    def shape(self) -> Head | None:
        """The head of the article, as far as the shape of its lines tells."""
        return find_head(self.lines, self.language, self.document.known)

    @cached_property
    def parted(self) -> tuple[Sequence[HeadLine], Sequence[int]]:
        """The same as ``seen``; of a text that lost its breaks, the lines that it had."""
        if not self.is_broken:
            return self.seen
        return head_lines(self.document, self.claims, parted=True)

    @cached_property
    def article(self) -> Head | None:
        """The head of the article in the ``parted`` lines."""
        if not self.is_broken:
            return self.shape
        return find_head(self.parted[0], self.language, self.document.known)

    @property
    def story(self) -> Sequence[str]:
        """The first lines of the body among the ``parted`` ones."""
        if not self.is_broken:
            return self.body
        return [line.text for line in self.parted[0] if line.role is None][:_FIRST_LINES]

    @cached_property
    def first(self) -> int:
        """Where the head of the article begins in the text."""
        if self.head is None:
            return 0
        return self.seen[1][max(0, self.head.titles[0][0] - _ABOVE_HEADLINE)]


def source_of(claim: Claim) -> str:
    """The source of a value that the lines of a claim say: a rule, or what found them.

    >>> from boilerstrip.claim import Cause, Claim
    >>> source_of(Claim("date", Cause("metadata", "text:date-line"), 0, 5))
    'text:date-line'
    """
    return claim.cause.name if claim.cause.kind == "metadata" else str(claim.cause)


def head_lines(
    document: Document, claims: Sequence[Claim], *, parted: bool = False
) -> tuple[list[HeadLine], list[int]]:
    """The lines as the search for the head of the article sees them, and where each starts.

    With ``parted``, a text that lost the breaks between its lines is cut where they were.
    """
    lines: list[HeadLine] = []
    starts: list[int] = []
    spans: Iterable[Span] = _extents(document, document.blocks[:_HEAD_LINES])
    if parted:
        spans = _pieces(document.text, list(spans), claims)
    lists: set[Cause] = set()
    told = False
    for start, end, over in _lines(spans, claims):
        text = document.text[start:end]
        prose = is_prose(text)
        told |= prose and over is None
        # A list of other articles above the story may have taken the head of the article with it.
        listed = False
        if over is not None and over.category == "related":
            listed = over.start < start or over.cause in lists
            lists.add(over.cause)
        free = is_of_head(over) or not (over and over.cause.kind == "rule") or (listed and not told)
        lines.append(HeadLine(text, prose, free, over.category if over else None))
        starts.append(start)
    return lines, starts


def _first_lines(document: Document, claims: Sequence[Claim]) -> list[str]:
    """The first lines of the body: what no claim covers."""
    lines = _lines(_extents(document, document.blocks), claims)
    body = (document.text[start:end] for start, end, over in lines if over is None)
    return list(islice(body, _FIRST_LINES))


def _extents(document: Document, blocks: Iterable[Block]) -> Iterator[Span]:
    """Where the blocks that hold something start and end."""
    extents = map(document.extent, blocks)
    return ((start, end) for start, end in extents if start < end)


def _pieces(text: str, spans: Sequence[Span], claims: Iterable[Claim]) -> list[Span]:
    """The pieces of lines that lost their breaks, cut where claims start and end, too."""
    laid = {start for start, _, cut in lay_out(text, spans) if cut != Cut.TENTATIVE}
    laid |= run_on.head_cuts(text, spans[0][0], spans[-1][1], laid)
    edges = (edge for claim in claims for edge in (claim.start, claim.end))
    cuts = sorted({*laid, *edges, *(end for _, end in spans)})
    pieces = (trim(text, start, end) for start, end in pairwise([0, *cuts]))
    return [(start, end) for start, end in pieces if start < end]


def _is_broken(document: Document, lines: Sequence[Span]) -> bool:
    """Whether most of a raw text is one long line."""
    longest = max((end - start for start, end in lines), default=0)
    if document.tree is not None or longest < _BROKEN:
        return False
    return longest >= _BROKEN_SHARE * sum(end - start for start, end in lines)


def _lines(
    spans: Iterable[Span], claims: Iterable[Claim]
) -> Iterator[tuple[int, int, Claim | None]]:
    """Where lines start and end, and the claim that covers each's start.

    Of a long one the end of what is looked at.
    """
    waiting = iter(claims)
    claim = next(waiting, None)
    for start, end in spans:
        while claim and claim.end <= start:
            claim = next(waiting, None)
        over = claim if claim and claim.start <= start else None
        yield start, min(end, start + _LINE_LIMIT), over


def _sentences(text: str, claims: Iterable[Claim]) -> Iterator[HeadLine]:
    """The lines of a text, long ones cut into sentences, each with the category of its claim."""
    end = 0
    for claim in claims:
        yield from _cut(text[end : claim.start], None)
        yield from _cut(text[claim.start : claim.end], claim.category)
        end = claim.end
    yield from _cut(text[end:], None)


def _cut(text: str, role: str | None) -> Iterator[HeadLine]:
    for line in text.splitlines():
        pieces = [line] if len(line) <= _LONGEST_PIECE else _SENTENCE.split(line)
        for piece in filter(None, map(str.strip, pieces)):
            yield HeadLine(piece, is_prose(piece), role is None, role)
