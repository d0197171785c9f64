"""The judge gives every line its role, with a cause: rules first, then the scorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from boilerstrip.judge.naming import Namer
from boilerstrip.judge.rules import Lines, apply_rules, in_order
from boilerstrip.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from boilerstrip.document import Document
    from boilerstrip.judge.match import Matcher
    from boilerstrip.judge.sequence import Firing, Line
    from boilerstrip.metadata.candidate import Candidate

    Chances = NDArray[np.float32] | list[float]


class Chooser(Protocol):
    """Who says which blocks are body.

    ``score`` gives each block's chance (0-1); blocks under ``threshold`` go, for ``cause``.
    """

    @property
    def cause(self) -> str:
        """What a removal gives as its cause."""

    def threshold(self, document: Document) -> float:
        """The chance under which a block of the document is not body."""

    def score(self, document: Document) -> Chances:
        """Each block's chance (0-1) of being body."""


# A text without markup that is shorter than some four sentences, or longer than a book, is taken
# as it is: there the scorer has nothing to go by.
_SCORED_LENGTHS = range(500, 2_000_000)
# Furniture of a page: the more of it the rules find in a text, the surer it is a whole page that
# was dumped, and the more the scorer is believed, fully from ten pieces on. Of gold bodies 99 %
# have none, reposted articles a few, of page dumps nine in ten have eight or more.
_FURNITURE = ("navigation", "cookie_consent", "copyright", "app_promo", "share")
_BELIEF = 0.03
_DUMP = 10
# A short line between two paragraphs is a heading of theirs unless the scorer is sure.
_LONE = 0.1
_OF_ARTICLES = ("title", "byline", "date", "author_bio")


def judge(
    document: Document,
    matcher: Matcher,
    language: str | None,
    stated: Mapping[str, Sequence[Candidate]],
    chooser: Chooser,
) -> list[Firing]:
    """What is not body in the document, in order and apart.

    Rules speak first. Of the lines that they leave, those that the chooser doesn't call body go;
    ``stated`` is the metadata by which some are known. With raw text, what is left is looked at
    again until rules find nothing more: so cleaning what is clean changes nothing.
    """
    reader = Lines(document, matcher)
    lines = reader.of_blocks(document.blocks)
    of_text = document.tree is None
    firings: list[Firing] = []
    namer = Namer(document, stated, chooser.cause)
    view, starts = document, [block.start for block in document.blocks]
    while True:
        new, lines = apply_rules(lines, reader, language, of_text=of_text)
        least = min(chooser.threshold(document), _belief(new, lines) if of_text else 1.0)
        chances = _chances(lines, starts, chooser.score(view)) if least else [1.0] * len(lines)
        rejected = _rejected(lines, list(chances), least, lone=of_text)
        namer.titled |= any(firing.category == "title" for firing in new)
        firings += [*new, *namer.name(lines, rejected)]
        if not (new and of_text):
            return in_order(firings, document.text)
        lines = [line for number, line in enumerate(lines) if number not in rejected]
        view = read_text("\n".join(document.text[line.start : line.end] for line in lines))
        starts = [line.start for line in lines]


def _belief(firings: Sequence[Firing], lines: Sequence[Line]) -> float:
    """Up to which chance of being body a line of raw text goes: 0 where rules found nothing."""
    found = [firing.category for firing in firings if firing.category not in _OF_ARTICLES]
    size = sum(line.end - line.start for line in lines)
    if not found or size not in _SCORED_LENGTHS:
        return 0.0
    furniture = sum(category in _FURNITURE for category in found)
    return 1.0 if furniture >= _DUMP else _BELIEF * (1 + furniture)


def _rejected(
    lines: Sequence[Line], chances: Sequence[float], least: float, *, lone: bool
) -> set[int]:
    """The numbers of the lines whose chance is too small, and that no rule protects.

    With ``lone``, a short line that stands alone between two paragraphs gets another chance.
    """
    low = [
        chance < least and not line.protected for chance, line in zip(chances, lines, strict=True)
    ]
    return {
        number
        for number, rejected in enumerate(low)
        if rejected and not (lone and chances[number] >= _LONE and _is_lone(lines, low, number))
    }


def _is_lone(lines: Sequence[Line], low: Sequence[bool], number: int) -> bool:
    if lines[number].prose or not 0 < number < len(lines) - 1:
        return False
    return all(lines[n].prose and not low[n] for n in (number - 1, number + 1))


def _chances(lines: Sequence[Line], starts: Sequence[int], chances: Chances) -> Iterator[float]:
    """Each line's chance of being body: that of the block, of those at ``starts``, it is in."""
    block = 0
    for line in lines:
        while block + 1 < len(starts) and starts[block + 1] <= line.start:
            block += 1
        yield float(chances[block])
