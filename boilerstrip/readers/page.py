"""What reading a source gives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Document


class Mark(Enum):
    """What a document leaves out of its source."""

    OPENS = auto()  # goes with what follows it
    CLOSES = auto()  # goes with what stands before it
    IMAGE = auto()
    ANCHOR = auto()  # a link that shows nothing
    SPACE = auto()  # more of it where there is some already


class Unseen(NamedTuple):
    """A piece of the source that isn't to be seen; ``href`` is the target of a link that closes."""

    start: int
    end: int
    mark: Mark
    href: str = ""


class Cut(NamedTuple):
    """A piece of the source that a document leaves out.

    ``place`` is the offset in the document where what follows the piece starts.
    """

    start: int
    end: int
    place: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the text of a document comes from, if it isn't its source's own.

    ``cuts`` are what it leaves out, in order; ``links`` the spans of the text that are links, with
    their targets.
    """

    source: Document
    cuts: Sequence[Cut]
    links: Sequence[tuple[int, int, str]]

    def span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, which isn't empty, stands in the source, with its own cuts."""
        before = bisect_right(self.cuts, start, key=_place)
        after = bisect_left(self.cuts, end, key=_place)
        first, last = start + self._left_out(before), end + self._left_out(after)
        while before and not text[self.cuts[before - 1].place : start].strip():
            before -= 1
            if self.cuts[before].mark is Mark.CLOSES:
                break
            if self.cuts[before].mark is Mark.OPENS:
                first = self.cuts[before].start
        while after < len(self.cuts) and not text[end : self.cuts[after].place].strip():
            if self.cuts[after].mark is Mark.OPENS:
                break
            if self.cuts[after].mark is Mark.CLOSES:
                last = self.cuts[after].end
            after += 1
        return first, last

    def _left_out(self, number: int) -> int:
        """How much the first cuts leave out."""
        return self.cuts[number - 1].end - self.cuts[number - 1].place if number else 0


def _place(cut: Cut) -> int:
    return cut.place


@dataclass(frozen=True, slots=True)
class Page:
    """A source as it was read: the document, and the lxml tree it came from, if it was HTML.

    The tree is ``None`` for a source without a single element, too. It belongs to the caller when
    the caller handed in a tree: read it, don't change it. ``origin`` is ``None`` where the
    document's text is the source, or was made from HTML.
    """

    document: Document
    tree: Any | None = None
    origin: Origin | None = None

    @property
    def source(self) -> Document:
        """The document that the caller's offsets refer to."""
        return self.origin.source if self.origin else self.document

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the document stands in ``source``."""
        return self.origin.span(self.document.text, start, end) if self.origin else (start, end)
