"""Overlap of a body with its gold body, and the mean over pages with its interval.

The main measure is that of the public article-extraction benchmark: counted shingles of four
words, precision and recall averaged over the pages, F1 taken of the two means.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

SHINGLE = 4
"""How many words a shingle has."""

_RESAMPLES = 1000
_WORD = re.compile(r"\w+")
# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_UNIT = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")


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
    """A figure over pages with its 95 % interval; all ``None`` where no page has it."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Mean precision and mean recall over pages, and the F1 of these two means."""

    precision: float | None
    recall: float | None
    f1: Figure
    pages: int


def words(text: str) -> list[str]:
    """The runs of letters, digits and underscores in the text.

    >>> words("Don't panic: it's 42.")
    ['Don', 't', 'panic', 'it', 's', '42']
    """
    return _WORD.findall(text)


def units(text: str) -> list[str]:
    """The words of the text, parted at underscores too; in scripts without spaces, the characters.

    >>> units("東京は rain_fall")
    ['東', '京', 'は', 'rain', 'fall']
    """
    return _UNIT.findall(text)


def is_unspaced(text: str) -> bool:
    """Whether most of the text is in a script that puts no spaces between words.

    >>> is_unspaced("東京で雨が降った。"), is_unspaced("It rained in Tokyo (東京).")
    (True, False)
    """
    return 2 * len(_UNSPACED_CHARACTER.findall(text)) > len(units(text))


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
    return Score(
        precision=mean(precision for precision, _ in pairs),
        recall=mean(recall for _, recall in pairs),
        f1=bootstrap(pairs, _f1_of_means),
        pages=len(overlaps),
    )


def share(tallies: Sequence[tuple[int, int]]) -> Figure:
    """The share of all hits in all tries, each page giving a pair ``(hits, tries)``.

    >>> share([(1, 2), (2, 2)]).value
    0.75
    """
    return bootstrap([(hits, tries) for hits, tries in tallies if tries], _pooled)


def bootstrap(pages: Sequence[T], statistic: Callable[[Sequence[T]], float | None]) -> Figure:
    """The statistic over the pages, with the middle 95 % of it over resampled pages.

    The seed is fixed: the same pages give the same interval.
    """
    value = statistic(pages)
    if value is None:
        return Figure(None)
    source = random.Random(0)  # noqa: S311 - nothing secret
    drawn = (statistic(source.choices(pages, k=len(pages))) for _ in range(_RESAMPLES))
    ranked = sorted(one for one in drawn if one is not None)
    tail = len(ranked) // 40
    return Figure(value, ranked[tail], ranked[-1 - tail])


def _f1_of_means(pairs: Sequence[tuple[float | None, float | None]]) -> float | None:
    recall = mean(recall for _, recall in pairs)
    if recall is None:
        return None
    precision = mean(precision for precision, _ in pairs) or 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pooled(tallies: Sequence[tuple[int, int]]) -> float | None:
    tries = sum(tried for _, tried in tallies)
    return sum(hits for hits, _ in tallies) / tries if tries else None
