"""Overlap of a body with its gold body, and the mean over pages with its interval.

The main measure is that of the public article-extraction benchmark: counted shingles of four
words, precision and recall averaged over the pages, F1 taken of the two means. In scripts that put
no spaces between words each character counts as a word, here and in every other measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Sums = NDArray[np.float64]

SHINGLE = 4
"""How many words a shingle has."""

_RESAMPLES = 1000
# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
UNIT = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
"""A word, or a character of a script without spaces."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many items two collections share, and how many each holds."""

    common: int
    found: int
    gold: int

    @property
    def precision(self) -> float | None:
        """The share (0-1) of the found items that are right; ``None`` where nothing was found."""
        return self.common / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share (0-1) of the gold items that were found; ``None`` where there are none."""
        return self.common / self.gold if self.gold else None

    @property
    def f1(self) -> float:
        """Their harmonic mean, 0-1: 1 where both are empty, 0 where one is.

        >>> Overlap(common=1, found=2, gold=3).f1
        0.4
        """
        both = self.found + self.gold
        return 2 * self.common / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over pages with its 95 % interval and standard error, by the bootstrap.

    All are ``None`` where no page has it.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Mean precision and mean recall over pages, and the F1 of these two means."""

    precision: float | None
    recall: float | None
    f1: Figure
    pages: int


def units(text: str) -> list[str]:
    """The words of the text, parted at underscores; in scripts without spaces, the characters.

    >>> units("東京は rain_fall")
    ['東', '京', 'は', 'rain', 'fall']
    """
    return UNIT.findall(text)


def fold(text: str) -> str:
    """The units of the text in NFKC, case-folded, joined by spaces: punctuation is gone.

    >>> fold("“Ｒock ’n’ Roll”, she said…")
    'rock n roll she said'
    """
    return " ".join(units(unicodedata.normalize("NFKC", text).casefold()))


def shingles(items: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of ``size`` neighbours; a shorter text is one shingle, an empty one none.

    >>> shingles(["a", "b", "c"], 2)
    [('a', 'b'), ('b', 'c')]
    >>> shingles(["a"], 2), shingles([], 2)
    ([('a',)], [])
    """
    if len(items) <= size:
        return [tuple(items)] if items else []
    return list(zip(*(items[start:] for start in range(size)), strict=False))


def overlap(found: Sequence[str], gold: Sequence[str], size: int = SHINGLE) -> Overlap:
    """The overlap in shingles of ``size`` items; a shingle counts as often as it stands there.

    >>> overlap("a b c d e".split(), "a b c d f g".split())
    Overlap(common=1, found=2, gold=3)
    >>> overlap(["a", "a", "b"], ["a"], size=1)
    Overlap(common=1, found=3, gold=1)
    """
    first, second = Counter(shingles(found, size)), Counter(shingles(gold, size))
    return Overlap((first & second).total(), first.total(), second.total())


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are there; ``None`` where none is.

    >>> mean([1.0, None, 0.5]), mean([None])
    (0.75, None)
    """
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def score(overlaps: Sequence[Overlap]) -> Score:
    """The score over pages.

    A page where nothing was found has no precision and a recall of 0, as in the benchmark.

    >>> found = score([Overlap(1, 2, 4), Overlap(0, 0, 3)])
    >>> found.precision, found.recall, found.f1.value
    (0.5, 0.125, 0.2)
    """
    pairs = [(one.precision, one.recall) for one in overlaps]
    rows = [
        (precision or 0.0, precision is not None, recall or 0.0, recall is not None)
        for precision, recall in pairs
    ]
    return Score(
        precision=mean(precision for precision, _ in pairs),
        recall=mean(recall for _, recall in pairs),
        f1=bootstrap(rows, _f1_of_means),
        pages=len(overlaps),
    )


def share(tallies: Sequence[tuple[float, float]]) -> Figure:
    """The share of all hits in all tries, each page giving a pair ``(hits, tries)``.

    >>> share([(1, 2), (2, 2)]).value
    0.75
    """
    return bootstrap([(hits, tries) for hits, tries in tallies if tries], _ratio)


def bootstrap(pages: Sequence[Sequence[float]], statistic: Callable[[Sums], Sums]) -> Figure:
    """The statistic over the pages, with the middle 95 % of it over resampled pages.

    Each page gives a row of numbers. ``statistic`` takes their sums over pages, in the last axis,
    and gives a value, NaN where there is none. The seed is fixed: the same pages give the same
    interval.
    """
    if not pages:
        return Figure(None)
    rows = np.array(pages, float)
    value = float(statistic(rows.sum(axis=0)))
    if np.isnan(value):
        return Figure(None)
    count = len(rows)
    drawn = np.random.default_rng(0).multinomial(count, [1 / count] * count, _RESAMPLES)
    values = statistic(drawn @ rows)
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Figure(value, float(low), float(high), float(np.nanstd(values)))


def _f1_of_means(sums: Sums) -> Sums:
    """F1 of mean precision and mean recall, each given as a sum and a count."""
    precision = _ratio(sums[..., :2])
    recall = _ratio(sums[..., 2:])
    precision = np.where(np.isnan(precision), 0.0, precision)
    both = precision + recall
    safe = np.where(both == 0, 1.0, both)
    return np.asarray(np.where(both == 0, 0.0, 2 * precision * recall / safe))


def _ratio(sums: Sums) -> Sums:
    """The first sum over the second; NaN where that is 0."""
    hits, tries = sums[..., 0], sums[..., 1]
    return np.asarray(np.where(tries == 0, np.nan, hits / np.where(tries == 0, 1, tries)))
