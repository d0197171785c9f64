"""Why the scorer takes a line for boilerplate: the strongest evidence against it, in words.

A line is compared with the lines of the same document that the scorer takes for body. The
difference of the votes is shared out among the features that the forest asked: to each, how much
the vote changes as its answers become the line's own, on average over all orders in which they may
(Shapley values). What features of one kind tell is added up, and the kinds that speak most against
the line are put in words. Nothing of this runs in ``clean()``: a ``Listener`` notes what the scorer
was asked, and reasons are worked out for what is looked at.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from math import comb, isclose
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from boilerstrip.score.excerpt import MOST_BLOCKS
from boilerstrip.score.features import Claims, describe, review
from boilerstrip.score.wording import Seen, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from boilerstrip.claim import Cause
    from boilerstrip.document import Document
    from boilerstrip.score.category import Categories
    from boilerstrip.score.scorer import Forest, Model, Scorer
    from boilerstrip.score.wording import Wording

    Numbers = NDArray[np.float32]

# So many pieces of evidence are named, and none that weighs less than this share of all against.
_MOST = 3
_LEAST_SHARE = 0.05
# A line is compared with so many that are likelier body than this, or fewer.
_COMPARED, _LIKELY = 48, 0.5
# Removals say their chance with four decimals.
_ROUNDED = 1e-4
_WORD = re.compile(r"\w+")


def contributions(forest: Forest, values: Numbers, others: Numbers) -> dict[str, float]:
    """How much each feature adds to the vote for a block, compared with other blocks.

    ``values`` has a number for each of the forest's names, ``others`` a column a block. The sum is
    the vote for the block less the mean of the votes for the others.
    """
    levels, trees = forest.features.shape
    leaf = forest.leaf_numbers(values[:, None])
    differing = forest.leaf_numbers(others) ^ leaf  # bits: the answers that another gives not so
    masks = np.arange(1 << levels)
    places = (np.arange(trees)[:, None] << levels) + differing
    shares = np.bincount(places.ravel(), minlength=trees << levels).reshape(trees, -1)
    own = np.take_along_axis(forest.leaves, masks ^ leaf, axis=1)
    # For each set of answers the mean vote if these are the others' and all else is the block's.
    votes = np.einsum("tm,tsm->ts", shares / others.shape[1], own[:, masks[:, None] & masks])
    found: Counter[str] = Counter()
    for level, features in enumerate(forest.features):
        without = masks[masks >> level & 1 == 0]
        gains = (votes[:, without] - votes[:, without | 1 << level]) @ _orders(levels, without)
        added = np.bincount(features, gains, len(forest.names))
        found.update(dict(zip(forest.names, added.tolist(), strict=True)))
    return dict(found)


def _orders(levels: int, sets: NDArray[np.int_]) -> NDArray[np.float64]:
    """The share of all orders of the answers in which one comes right before those of each set."""
    sizes = [number.bit_count() for number in sets.tolist()]
    return np.array([1 / (levels * comb(levels - 1, size)) for size in sizes])


@dataclass(frozen=True)
class _View:
    """What the scorer was asked of: a document, the rules' claims on it, and what it answered."""

    document: Document
    claims: Claims | None
    model: Model
    chances: list[float]
    given: set[int] = field(default_factory=set)  # blocks of which the reasons were asked

    @cached_property
    def looks(self) -> list[tuple[Forest, Numbers]]:
        """Each forest with the values of its features, one row a feature: the last one decides."""
        description = describe(self.document, self.model.lexicon, self.claims)
        first, second = self.model.first, self.model.second
        table = description.rows(first.names)
        if second is None:
            return [(first, table)]
        reviewed = review(description, first.chances(table))
        return [(first, table), (second, reviewed.rows(second.names))]

    def reasons(self, number: int) -> tuple[str, ...]:
        """What speaks most against a block, the strongest first."""
        if len(self.document.blocks) > MOST_BLOCKS:
            return ()  # of so long a document the scorer saw an excerpt
        values: dict[str, float] = {}
        for forest, table in self.looks:
            values |= zip(forest.names, table[:, number].tolist(), strict=True)
        seen = Seen(self.document, number, values, self.model.lexicon)
        return tuple(_worded(self._shares(number), seen))

    @cached_property
    def _body(self) -> NDArray[np.intp]:
        """Some of the blocks that are likely body; the likeliest where none is."""
        found = np.flatnonzero(np.array(self.chances) >= _LIKELY)
        if not len(found):
            return np.array([np.argmax(self.chances)])
        return found[:: -(-len(found) // _COMPARED)]

    def _shares(self, number: int) -> dict[str, float]:
        """What each feature adds to the vote for a block.

        What the first look's chance adds to the second is shared out among the first's features.
        """
        found: dict[str, float] = {}
        for forest, table in self.looks:
            latest = contributions(forest, table[:, number], table[:, self._body])
            through, before = latest.pop("chance", 0.0), sum(found.values())
            scale = through / before if through * before > 0 else 0.0
            found = {name: share * scale for name, share in found.items()}
            for name, share in latest.items():
                found[name] = found.get(name, 0.0) + share
        return found


def _worded(shares: Mapping[str, float], seen: Seen) -> Iterator[str]:
    """The strongest kinds of evidence against a block, each by its strongest feature."""
    kinds: dict[Wording | str, dict[str, float]] = defaultdict(dict)
    for name, share in shares.items():
        kinds[wording(name) or name][name] = share
    sums = {kind: sum(each.values()) for kind, each in kinds.items()}
    against = sum(share for share in sums.values() if share < 0)
    for kind in sorted(sums, key=sums.__getitem__)[:_MOST]:
        if sums[kind] < 0 and sums[kind] <= _LEAST_SHARE * against:
            strongest = min(kinds[kind], key=kinds[kind].__getitem__)
            yield seen.words(strongest)


class Reason(NamedTuple):
    """The chance (0-1) that a passage is body, and the evidence against it, strongest first."""

    chance: float
    evidence: tuple[str, ...]


class Listener:
    """A scorer that notes what it is asked, so that it can say why it answered so.

    It is for one document.
    """

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._views: list[_View] = []

    @property
    def cause(self) -> Cause:
        """The scorer's."""
        return self._scorer.cause

    @property
    def category(self) -> Categories | None:
        """The scorer's."""
        return self._scorer.category

    def threshold(self, document: Document) -> float:
        """The scorer's."""
        return self._scorer.threshold(document)

    def score(self, document: Document, claims: Claims | None = None) -> Numbers:
        """The scorer's chances."""
        chances = self._scorer.score(document, claims)
        model = self._scorer.text if document.tree is None else self._scorer.html
        self._views.append(_View(document, claims, model, chances.tolist()))
        return chances

    def reason(self, text: str, chance: float) -> Reason:
        """Why the scorer gave a passage so low a chance; to be asked in the passages' order.

        No evidence is given where the passage was not asked of, as one that was put together.
        """
        words = set(_WORD.findall(text))
        for view in self._views:
            number = _find(view, words, chance)
            if number is not None:
                view.given.add(number)
                return Reason(chance, view.reasons(number))
        return Reason(chance, ())


def _find(view: _View, words: set[str], chance: float) -> int | None:
    """The first block, of which no reason was asked yet, of these words and this chance.

    A block may hold more, as a paragraph of which a rule took a piece, or less, as a link in
    Markdown does that the passage shows with its address.
    """
    for number, block in enumerate(view.document.blocks):
        if number in view.given or not isclose(view.chances[number], chance, abs_tol=_ROUNDED):
            continue
        found = set(_WORD.findall(view.document.content(block)))
        if words <= found or found <= words:
            return number
    return None
