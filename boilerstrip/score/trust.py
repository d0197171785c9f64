"""How surely a raw text is more than a clean article, so that the scorer is believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from boilerstrip.claim import Claim
    from boilerstrip.lines import Line

# Furniture of a page: the more of it the rules find in a text, the surer it is a whole page that
# was dumped. Of gold bodies 99 % have none, reposted articles a few, of page dumps nine in ten have
# eight or more.
_FURNITURE = ("navigation", "cookie_consent", "copyright", "app_promo", "share")
_OF_ARTICLES = ("title", "byline", "date", "author_bio")
# A line that is less likely than this would go; than these, surely.
_LOW, _SURE, _SUREST, _HIGH = 0.4, 0.1, 0.02, 0.9
# More characters of a line count no more; each line counts a little.
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Survey:
    """What a raw text looks like after the rules: its lines, their chances and what rules took.

    ``sizes`` are the lines' characters, ``chances`` what the scorer gives them, ``found`` counts
    what rules took that isn't metadata, ``furniture`` what only pages have, ``firings`` all.
    """

    sizes: NDArray[np.int64]
    prose: NDArray[np.bool_]
    chances: NDArray[np.float32]
    found: int
    furniture: int
    firings: int

    @classmethod
    def of(
        cls, lines: Sequence[Line], chances: Sequence[float], firings: Sequence[Claim]
    ) -> Survey:
        """The survey of lines that rules left, with what they took."""
        found = [firing.category for firing in firings if firing.category not in _OF_ARTICLES]
        return cls(
            np.array([line.end - line.start for line in lines], np.int64),
            np.array([line.prose for line in lines], bool),
            np.array(chances, np.float32),
            len(found),
            sum(category in _FURNITURE for category in found),
            len(firings),
        )

    def features(self) -> dict[str, float]:
        """The numbers that tell a clean article from a page, by name; there is a line."""
        chances, low = self.chances, self.chances < _LOW
        sizes = np.minimum(self.sizes, _LONGEST) + 1.0
        outside = low & _outside(~low)
        sure, surest = (chances < _SURE).sum(), (chances < _SUREST).sum()
        middle, upper = np.percentile(chances, [50, 90])
        whole, count = sizes.sum(), len(chances)
        return {
            "rejected": sizes[low].sum() / whole,
            "rejected_lines": low.mean(),
            "surety": 1 - chances[low].mean() if low.any() else 0.0,
            "low": np.log1p(low.sum()),
            "sure": np.log1p(sure),
            "sure_share": sure / count,
            "surest": np.log1p(surest),
            "outside": sizes[outside].sum() / whole,
            "outside_lines": np.log1p(outside.sum()),
            "found": np.log1p(self.found),
            "furniture": np.log1p(self.furniture),
            "firings": np.log1p(self.firings),
            "firing_rate": self.firings / count,
            "prose": sizes[self.prose].sum() / whole,
            "prose_lines": self.prose.mean(),
            "lines": np.log1p(count),
            "size": np.log1p(whole),
            "least": chances.min(),
            "middle": middle,
            "upper": upper,
            "mean": np.average(chances, weights=sizes),
            "high": (chances > _HIGH).mean(),
            "rejected_prose": np.log1p(sizes[low & self.prose].sum()),
        }


def _outside(likely: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which lines stand before the first likely one, or after the last."""
    after = np.maximum.accumulate(likely)
    before = np.maximum.accumulate(likely[::-1])[::-1]
    return np.asarray(~(after & before))
