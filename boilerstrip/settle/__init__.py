"""The judge gives every line its role, with a cause: rules first, then the scorer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from boilerstrip.readers.text import read_text
from boilerstrip.settle.naming import Namer
from boilerstrip.settle.passes import Lines, apply_rules, in_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document
    from boilerstrip.fields.candidate import Candidate
    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Matcher
    from boilerstrip.score.features import Claims
    from boilerstrip.score.trust import Survey

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

    def score(self, document: Document, claims: Claims | None = None) -> Chances:
        """Each block's chance (0-1) of being body; ``claims`` is what rules have on raw text's."""

    def doubt(self, survey: Survey) -> float:
        """The chance (0-1) that a raw text is no clean article."""


@dataclass(frozen=True, slots=True)
class Bars:
    """How far the scorer is believed in raw text; all are guesses.

    ``python -m boilerstrip.training.sweep`` shows what each is worth, and the model card what it
    printed. Chances and doubts are 0-1.

    A text without markup in which rules find nothing at all is an article. One of fewer characters
    than ``shortest``, some four sentences, or of more than ``longest``, a book, gives the scorer
    nothing to go by. Of a text in which rules find something, a line goes that the scorer gives
    less than ``belief``; less than ``doubting_belief`` as soon as ``doubt`` is reached that the
    text is a clean article. With ``dump`` pieces of page furniture, or with ``sure_doubt``, the
    scorer's own threshold holds. Of the very first line, where extractors leave the headline, more
    is believed, ``belief_at_top``, unless it is prose; where there is a headline above it, less,
    for it is the standfirst. A short line between two paragraphs is a heading of theirs unless the
    scorer gives it less than ``lone``.
    """

    shortest: int = 500
    longest: int = 2_000_000
    belief: float = 0.04
    doubting_belief: float = 0.08
    doubt: float = 0.7
    sure_doubt: float = 0.99
    dump: int = 10
    belief_at_top: float = 0.3
    lone: float = 0.1


BARS = Bars()


def judge(
    document: Document,
    matcher: Matcher,
    language: str | None,
    stated: Mapping[str, Sequence[Candidate[Any]]],
    chooser: Chooser,
    bars: Bars = BARS,
) -> list[Claim]:
    """What is not body in the document, in order and apart.

    Rules speak first. Of the lines that they leave, those that the chooser doesn't call body go;
    ``stated`` is the metadata by which some are known. With raw text, what is left is looked at
    again until nothing more is found: so cleaning what is clean changes nothing.
    """
    reader = Lines(document, matcher)
    lines = reader.of_blocks(document.blocks)
    of_text = document.tree is None
    firings: list[Claim] = []
    namer = Namer(document, stated, chooser.cause)
    view, starts = document, [block.start for block in document.blocks]
    while True:
        new, lines = apply_rules(lines, reader, language, of_text=of_text)
        if of_text:
            least, chances = _look(lines, starts, new, view, chooser, bars)
        else:
            least = [chooser.threshold(view)] * len(lines)
            chances = value_of_lines(lines, starts, chooser.score(view))
        rejected = _rejected(lines, chances, least, bars.lone if of_text else None)
        rejected -= _last_prose(lines, chances, rejected, bars)
        namer.titled |= any(firing.category == "title" for firing in new)
        found = [*new, *namer.name(lines, rejected)]
        firings += found
        if not (found and of_text):
            return in_order(firings, document.text)
        lines = [line for number, line in enumerate(lines) if number not in rejected]
        view = read_text("\n".join(document.text[line.start : line.end] for line in lines))
        starts = [line.start for line in lines]


def _look(
    lines: Sequence[Line],
    starts: Sequence[int],
    firings: Sequence[Claim],
    view: Document,
    chooser: Chooser,
    bars: Bars,
) -> tuple[list[float], list[float]]:
    """Up to which chance of being body each line of raw text goes, and the chance of each.

    ``lines`` are what the firings left of the view, whose blocks start at ``starts``.
    """
    length = sum(line.end - line.start for line in lines)
    if not firings or not bars.shortest <= length < bars.longest:
        return [0.0] * len(lines), [1.0] * len(lines)
    from boilerstrip.score.features import Claims  # numpy is slow to import
    from boilerstrip.score.trust import Survey

    chances = value_of_lines(lines, starts, chooser.score(view, Claims.on(starts, firings)))
    survey = Survey.of(lines, chances, firings)
    doubt, most = chooser.doubt(survey), chooser.threshold(view)
    if survey.furniture >= bars.dump or doubt >= bars.sure_doubt:
        return [most] * len(lines), chances
    doubted = doubt >= bars.doubt
    belief = bars.doubting_belief if doubted else bars.belief if survey.found else 0.0
    least = [min(most, belief)] * len(lines)
    if any(firing.category == "title" for firing in firings):
        least[0] = min(least[0], bars.belief)
    elif not lines[0].prose:
        least[0] = min(most, bars.belief_at_top)
    return least, chances


def _rejected(
    lines: Sequence[Line], chances: Sequence[float], least: Sequence[float], lone: float | None
) -> set[int]:
    """The numbers of the lines whose chance is below their bar, and that no rule protects.

    With ``lone``, a short line that stands alone between two paragraphs goes only below that.
    """
    low = [
        chance < bar and not line.protected
        for chance, bar, line in zip(chances, least, lines, strict=True)
    ]

    def stays(number: int) -> bool:
        return lone is not None and chances[number] >= lone and _is_lone(lines, low, number)

    return {number for number, rejected in enumerate(low) if rejected and not stays(number)}


def _last_prose(
    lines: Sequence[Line], chances: Sequence[float], rejected: Collection[int], bars: Bars
) -> set[int]:
    """The rejected prose that stays, because no other would and what would is no better.

    That is what the scorer doesn't reject even where it is doubted most, or what is near the
    likeliest; and the longest line, if it may be an article on one line. Where the lines that stay
    anyway say more than these, the document is a list, and has no need of them.
    """
    if any(line.prose and n not in rejected for n, line in enumerate(lines)):
        return set()
    sizes = [line.end - line.start for line in lines]
    prose = [number for number in rejected if lines[number].prose]
    best = max((chances[number] for number in prose), default=0.0)
    if not best:
        return set()
    saved = {number for number in prose if chances[number] >= min(bars.belief, best / 2)}
    longest = max(prose, key=sizes.__getitem__)
    if sizes[longest] >= bars.shortest:
        saved.add(longest)
    kept = sum(size for number, size in enumerate(sizes) if number not in rejected)
    return saved if sum(sizes[number] for number in saved) > kept else set()


def _is_lone(lines: Sequence[Line], low: Sequence[bool], number: int) -> bool:
    if lines[number].prose or not 0 < number < len(lines) - 1:
        return False
    return all(lines[n].prose and not low[n] for n in (number - 1, number + 1))


def value_of_lines(lines: Sequence[Line], starts: Sequence[int], values: Chances) -> list[float]:
    """For each line the value of the block, of those at ``starts``, that it is in."""
    each = list(map(float, values))
    block, last = 0, len(starts) - 1
    found = []
    for line in lines:
        while block < last and starts[block + 1] <= line.start:
            block += 1
        found.append(each[block])
    return found
