"""Which words of a page its gold body holds, in the gold body's order.

The longest common subsequence of four-word runs (Hunt and Szymanski, 1977), then word by word in
the gaps between its links, then runs that the gold body has elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.evaluation.measures import SHINGLE, shingles, units

if TYPE_CHECKING:
    from collections.abc import Sequence

# A run of words that stands in more places of a page is looked up at the first of them; words
# before the first link are compared as far back as this; larger gaps are left alone. All three
# bound the time that a page of thousands of like lines takes, and none is reached on an article.
_PLACES = 200
_REACH = 400
_GAP = 4_000_000


def tokens(text: str) -> list[str]:
    """The words of the text in lower case; in scripts without spaces, the characters.

    >>> tokens("It rained. 東京")
    ['it', 'rained', '東', '京']
    """
    return units(text.lower())


def share_in_gold(rows: Sequence[Sequence[str]], gold: Sequence[str]) -> np.ndarray[Any, Any]:
    """For each row of words the share (0-1) that the gold body holds, in its order.

    >>> share_in_gold([["home"], ["it", "rained", "all"]], tokens("It rained all day."))
    array([0., 1.])
    """
    page = [word for row in rows for word in row]
    matched = _aligned(page, gold)
    shares, position = np.zeros(len(rows)), 0
    for number, row in enumerate(rows):
        if row:
            shares[number] = matched[position : position + len(row)].mean()
        position += len(row)
    return shares


def _aligned(page: Sequence[str], gold: Sequence[str]) -> np.ndarray[Any, Any]:
    """Which words of the page the gold body holds."""
    chain = _longest_chain(page, gold)
    matched, used = np.zeros(len(page), bool), np.zeros(len(gold), bool)
    for ours, theirs in chain:
        matched[ours : ours + SHINGLE] = True
        used[theirs : theirs + SHINGLE] = True
    _fill_gaps(page, gold, chain, matched, used)
    _match_displaced(page, gold, matched, used)
    return matched


def _longest_chain(page: Sequence[str], gold: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence of four-word runs (Hunt and Szymanski)."""
    wanted, places = set(_runs(gold)), defaultdict(list)
    for number, gram in enumerate(_runs(page)):
        if gram in wanted:
            places[gram].append(number)
    tails: list[int] = []
    links: list[Any] = []
    for theirs, gram in enumerate(_runs(gold)):
        for ours in reversed(places.get(gram, ())[:_PLACES]):
            rank = bisect_left(tails, ours)
            tails[rank : rank + 1] = [ours]
            links[rank : rank + 1] = [(ours, theirs, links[rank - 1] if rank else None)]
    chain = []
    link = links[-1] if links else None
    while link:
        chain.append((link[0], link[1]))
        link = link[2]
    return chain[::-1]


def _fill_gaps(
    page: Sequence[str],
    gold: Sequence[str],
    chain: Sequence[tuple[int, int]],
    matched: np.ndarray[Any, Any],
    used: np.ndarray[Any, Any],
) -> None:
    """Match single words between the links of the chain."""
    points = [(-SHINGLE, -SHINGLE), *chain, (len(page), len(gold))]
    for (ours, theirs), (our_end, their_end) in pairwise(points):
        start, first = ours + SHINGLE, theirs + SHINGLE
        if start == 0:
            start = max(0, our_end - _REACH)
        end = min(our_end, start + _REACH) if our_end == len(page) else our_end
        if end <= start or their_end <= first or (end - start) * (their_end - first) > _GAP:
            continue
        matcher = SequenceMatcher(None, page[start:end], gold[first:their_end], autojunk=False)
        for here, there, size in matcher.get_matching_blocks():
            matched[start + here : start + here + size] = True
            used[first + there : first + there + size] = True


def _match_displaced(
    page: Sequence[str],
    gold: Sequence[str],
    matched: np.ndarray[Any, Any],
    used: np.ndarray[Any, Any],
) -> None:
    """Match runs that gold has elsewhere than the page."""
    left = Counter(
        gram for number, gram in enumerate(_runs(gold)) if not used[number : number + SHINGLE].any()
    )
    for number, gram in enumerate(_runs(page) if left else []):
        if left[gram] > 0 and not matched[number : number + SHINGLE].any():
            matched[number : number + SHINGLE] = True
            left[gram] -= 1


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return shingles(words, SHINGLE)
