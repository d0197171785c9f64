"""Where blocks stand in the page's tree, and what the elements around them hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core.slow import totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Block, Element
    from boilerstrip.score.features.columns import Columns, Counts, Mass, Numbers
    from boilerstrip.score.features.words import Lexicon

_GROUPS = {
    "nav": "nav menu",
    "header": "header",
    "footer": "footer",
    "aside": "aside",
    "figure": "figure figcaption picture caption",
    "form": "form label button fieldset",
    "list": "ul ol",
    "item": "li dd dt",
    "table": "table td th tr",
    "article": "article",
    "main": "main",
    "section": "section",
    "quote": "blockquote q",
    "link": "a",
    "address": "address time",
    "heading": "h1 h2 h3 h4 h5 h6",
    "paragraph": "p",
    "strong": "strong b em i",
    "small": "small",
    "pre": "pre code",
}
_GROUP_OF = {tag: 1 << bit for bit, tags in enumerate(_GROUPS.values()) for tag in tags.split()}
_BITS = np.arange(len(_GROUPS))[:, None]
_IN_GROUPS = tuple(f"in_{name}" for name in _GROUPS)
# Numbered so that what tends to be body comes first: trees cut this order.
_ORDER = (
    "p blockquote pre li h2 h3 h4 td tr em strong dd dt div span a h1 h5 h6 time label figcaption"
    " button"
)
_NUMBER_OF = {tag: number for number, tag in enumerate(_ORDER.split(), 1)}
_LEVELS = 4
# The smallest elements that hold these shares of the page's prose.
_MAINS = {"half": 0.5, "most": 0.85}
_SUMS = ("words", "share", "prose", "links", "blocks")


class Elements:
    """The elements that hold blocks, as arrays, parents before children."""

    def __init__(
        self,
        elements: Sequence[Element],
        blocks: Sequence[Block],
        starts: Counts,
        lexicon: Lexicon,
    ) -> None:
        count = len(elements)
        self.parent = np.fromiter([e.parent.number for e in elements], np.intp, count)
        self.depth = np.fromiter([e.depth for e in elements], np.intp, count)
        first = np.fromiter([e.start for e in elements], np.int64, count)
        last = np.fromiter([e.end for e in elements], np.int64, count)
        self.low, self.high = np.searchsorted(starts, [first, last])
        self.own = np.array([block.markup.element.number for block in blocks if block.markup])
        looks: dict[tuple[str, str], int] = {}
        self.look = np.fromiter(
            [looks.setdefault((e.tag, e.names), len(looks)) for e in elements], np.intp, count
        )
        tags, names = zip(*looks, strict=True)
        groups = np.array([_GROUP_OF.get(tag, 0) for tag in tags])
        weights = np.array(lexicon.name_weights(names), np.float32)
        self.tag = np.array([_NUMBER_OF.get(tag, 0) for tag in tags])[self.look]
        self.weight = weights[self.look]
        self.groups = self.along(groups[self.look], np.bitwise_or)
        self.worst = self.along(np.minimum(self.weight, 0), np.minimum)
        self.best = self.along(np.maximum(self.weight, 0), np.maximum)

    def along(self, values: NDArray[Any], joined: np.ufunc) -> NDArray[Any]:
        """What the values of each element and of all above it are, joined."""
        above = self.parent
        while above.any():  # each time twice as far up
            values = joined(values, values[above])
            above = above[above]
        return np.asarray(joined(values, values[above]))

    def highest(self, values: Numbers) -> Numbers:
        """The highest value of a block in each element; none is below 0."""
        found = np.zeros(len(self.parent))
        np.maximum.at(found, self.own, values)
        for depth in range(int(self.depth.max()), 0, -1):
            here = np.flatnonzero(self.depth == depth)
            np.maximum.at(found, self.parent[here], found[here])
        return found

    def add(self, columns: Columns, mass: Mass) -> None:
        """Add each block's place in the tree, and what the elements around it hold."""
        own, weight = self.own, self.weight
        columns.add(_IN_GROUPS, self.groups[own] >> _BITS & 1)
        columns.add(("tag", "depth"), [self.tag[own], self.depth[own]])
        names = ("name_own", "name_worst", "name_best")
        columns.add(names, [weight[own], self.worst[own], self.best[own]])
        sums = self._sums(mass)
        above = own
        for level in range(1, _LEVELS + 1):
            above = self.parent[above]
            columns.add([f"up{level}_{name}" for name in _SUMS], sums[:, above])
            columns.add((f"up{level}_name",), [weight[above]])
        for label, share in _MAINS.items():
            self._add_main(columns, label, self._main(sums[1], share), sums)
        self._add_kin(columns, mass)

    def _sums(self, mass: Mass) -> NDArray[np.float32]:
        """What each element holds: one row for each of ``_SUMS``."""
        total = totals(np.stack([mass.words, mass.prose, mass.linked], dtype=np.float64))
        inside = total[:, self.high] - total[:, self.low]
        some = np.maximum(inside[0], 1)
        share = inside[1] / mass.whole
        found = [some, share, inside[1] / some, inside[2] / some, self.high - self.low]
        return np.array(found, np.float32)

    def _main(self, shares: Numbers, least: float) -> int:
        """The deepest element that holds this share of the prose."""
        holders = np.flatnonzero(shares >= least * float(shares.max()))
        return int(holders[np.argmax(self.depth[holders])])

    def _add_main(self, columns: Columns, label: str, main: int, sums: Numbers) -> None:
        """Add where each block stands to the main element."""
        meetings, branches = self._meetings(main)
        own = self.own
        low, high = self.low[main], self.high[main]
        position = np.arange(len(own))
        found = {
            "inside": (position >= low) & (position < high),
            "before": np.maximum(low - position, 0),
            "after": np.maximum(position - high + 1, 0),
            "steps": self.depth[main] - meetings,
            "below": self.depth[own] - meetings,
            "name": self.weight[branches],
        }
        columns.add([f"{label}_{name}" for name in found], found.values())
        columns.add([f"{label}_branch_{name}" for name in _SUMS], sums[:, branches])

    def _meetings(self, main: int) -> tuple[Counts, Counts]:
        """Per block: the depth where its chain meets that of ``main``, and its branch there."""
        chain = np.zeros(len(self.parent), bool)
        chain[main] = chain[0] = True
        while main:
            main = int(self.parent[main])
            chain[main] = True
        number = np.arange(len(chain))
        branch = np.where(chain | chain[self.parent], number, self.parent)
        while (branch != branch[branch]).any():
            branch = branch[branch]
        branches = branch[self.own]
        meeting = np.where(chain[branches], branches, self.parent[branches])
        return self.depth[meeting], branches

    @cached_property
    def kin(self) -> Counts:
        """A number for each block; those of one number look the same, and so do their parents."""
        look = self.look[self.own] * len(self.parent) + self.look[self.parent[self.own]]
        return np.unique(look, return_inverse=True)[1]

    def circles(self) -> dict[str, Counts]:
        """The blocks of one parent, of one grandparent ..., and those that look the same."""
        above = self.parent[self.own]
        higher = self.parent[above]
        return {"kin": self.kin, "up1": above, "up2": higher, "up3": self.parent[higher]}

    def _add_kin(self, columns: Columns, mass: Mass) -> None:
        """Add how much prose, and how many links, elements of the same looks hold on this page."""
        kin = self.kin
        sums = (np.bincount(kin, row)[kin] for row in (mass.words, mass.prose, mass.linked))
        words, prose, linked = sums
        count = np.bincount(kin)[kin]
        found = {
            "kin_prose": prose / mass.whole,
            "kin_prose_rate": prose / words,
            "kin_links": linked / words,
            "kin_count": count,
            "kin_words": words / count,
        }
        columns.add(found, found.values())
