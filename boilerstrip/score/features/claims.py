"""What rules took of a raw text, as features: which blocks, how much, and where it stood last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core.slow import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.claim import Claim
    from boilerstrip.score.features.columns import Columns, Mass, Numbers, Values

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
# Of these kinds it is told how far off they stand.
_MARKED = (_SHARE, _COMMENT, _RELATED, _HEAD)


@dataclass(frozen=True, slots=True)
class Claims:
    """For each block the number of the kind of claim that rules have on it, 0 for none.

    ``reached`` are the blocks beyond what matched, for their place alone; ``total`` counts claims.
    """

    kinds: NDArray[np.int64]
    reached: NDArray[np.bool_]
    total: int

    @classmethod
    def none(cls, blocks: int) -> Claims:
        """No claims on any of the blocks."""
        return cls(np.zeros(blocks, np.int64), np.zeros(blocks, np.bool_), 0)

    def of(self, chosen: NDArray[np.int64]) -> Claims:
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


def add_claims(columns: Columns, claims: Claims, mass: Mass) -> None:
    """Add what rules claim of each block, how much of each kind, and how far off it stands."""
    any_kind = claims.kinds > 0
    of_kinds = claims.kinds == np.arange(_BIO)[:, None]
    before = of_kinds.cumsum(axis=1)
    marks = of_kinds.take((0, *_MARKED), axis=0)
    marks[0] = any_kind
    since, until = nearest(marks, _FAR_BLOCKS)
    found: dict[str, Values] = {
        "rule_own": claims.kinds,
        "rule_reached": claims.reached,
        "rule_total": min(claims.total, _MOST),
        "rule_words": mass.words[any_kind].sum() / mass.words.sum(),
        "rule_since": since[0],
        "rule_until": until[0],
    }
    for kind in range(_FURNITURE, _BIO):
        whole = int(before[kind, -1])
        found[f"rule_n{kind}"] = min(whole, _MOST_OF_KIND)
        if kind in (_FURNITURE, _COMMENT, _RELATED, _HEAD):
            found[f"rule_before{kind}"] = before[kind] / max(whole, 1)
        if kind in _MARKED:
            row = 1 + _MARKED.index(kind)
            found[f"rule_since{kind}"] = since[row]
            found[f"rule_until{kind}"] = until[row]
        if kind in (_COMMENT, _RELATED):
            found[f"rule_prose_since{kind}"] = _prose_since(of_kinds[kind], mass.prose)
    columns.add(found, found.values())


def _prose_since(marks: Numbers, prose: Numbers) -> Numbers:
    """How many words of prose stand between each block and the last mark; -1 before the first."""
    flow = np.cumsum(prose)
    last = np.maximum.accumulate(np.where(marks, flow, -1))
    return np.where(last < 0, -1, np.minimum(flow - last, _FAR_WORDS))
