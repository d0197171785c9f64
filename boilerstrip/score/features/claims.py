"""What rules took of a raw text, as features: which blocks, how much, and where it stood last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.claim import Claim
    from boilerstrip.score.features.columns import Columns, Mass

_FURNITURE, _SHARE, _COMMENT, _RELATED, _ADVERTISEMENT, _MEDIA, _HEAD, _BIO = range(1, 9)
_KINDS = {
    "share": _SHARE,
    "comment_widget": _COMMENT,
    "comment": _COMMENT,
    "related": _RELATED,
    "advertisement": _ADVERTISEMENT,
    "media": _MEDIA,
    "title": _HEAD,
    "byline": _HEAD,
    "date": _HEAD,
    "author_bio": _BIO,
}
# From so many blocks or words on, farther makes no difference.
_FAR_BLOCKS, _FAR_WORDS = 60, 2000
_MOST_OF_KIND, _MOST = 30, 60


@dataclass(frozen=True, slots=True)
class Claims:
    """For each block the number of the kind of claim that rules have on it, 0 for none.

    ``reached`` are the blocks beyond what matched, for their place alone; ``total`` counts claims.
    """

    kinds: NDArray[np.intp]
    reached: NDArray[np.bool_]
    total: int

    @classmethod
    def none(cls, blocks: int) -> Claims:
        """No claims on any of the blocks."""
        return cls(np.zeros(blocks, np.intp), np.zeros(blocks, np.bool_), 0)

    def of(self, chosen: NDArray[np.intp]) -> Claims:
        """The claims on some of the blocks, by their numbers."""
        return Claims(self.kinds[chosen], self.reached[chosen], self.total)

    @classmethod
    def on(cls, starts: Sequence[int], claims: Sequence[Claim]) -> Claims:
        """What is claimed of the blocks that start at ``starts``."""
        found = cls.none(len(starts))
        if len(starts):
            spans = [
                (claim.start, claim.end if claim.matched is None else claim.matched, claim.end)
                for claim in claims
            ]
            bounds = np.array(spans).reshape(-1, 3)
            firsts = np.maximum(np.searchsorted(starts, bounds[:, 0], "right") - 1, 0)
            matched = np.searchsorted(starts, bounds[:, 1], "left")
            stops = np.searchsorted(starts, bounds[:, 2], "left")
            for claim, first, after, stop in zip(claims, firsts, matched, stops, strict=True):
                found.kinds[first:stop] = _KINDS.get(claim.category, _FURNITURE)
                found.reached[after:stop] = True
        return replace(found, total=len(claims))


# What is told of each kind: the share of its claims that stand up to a block, how far off they are,
# and the words of prose since the last.
_BEFORE, _NEAR, _PROSE = 1, 2, 4
_WANTED = {
    _FURNITURE: _BEFORE,
    _SHARE: _NEAR,
    _COMMENT: _BEFORE | _NEAR | _PROSE,
    _RELATED: _BEFORE | _NEAR | _PROSE,
    _ADVERTISEMENT: 0,
    _MEDIA: 0,
    _HEAD: _BEFORE | _NEAR,
}
_NAMES = {
    _BEFORE: ("rule_before{}",),
    _NEAR: ("rule_since{}", "rule_until{}"),
    _PROSE: ("rule_prose_since{}",),
}
MARKED = (
    *("rule_words", "rule_since", "rule_until"),
    *(
        name.format(kind)
        for kind, wanted in _WANTED.items()
        for names in (("rule_n{}",), *(_NAMES[part] for part in _NAMES if wanted & part))
        for name in names
    ),
)


def add_claims(columns: Columns, claims: Claims, mass: Mass) -> None:
    """Add what rules claim of each block, how much of each kind, and how far off it stands."""
    own = ("rule_own", "rule_reached", "rule_total")
    columns.add(own, (claims.kinds, claims.reached, min(claims.total, _MOST)))
    found = marked(
        claims.kinds,
        mass.words,
        mass.prose,
        tuple(_WANTED.values()),
        _FAR_BLOCKS,
        _FAR_WORDS,
        _MOST_OF_KIND,
    )
    columns.add(MARKED, found)
