"""What the gold body says of a page's words: which of them it holds, and how good a choice is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_GRAM = 4


def tokens(text: str) -> list[str]:
    """The words that scores count."""
    return _WORD.findall(text.lower())


def grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All runs of four words; a shorter text is one run."""
    if len(words) < _GRAM:
        return [tuple(words)] if words else []
    return list(zip(*(words[start:] for start in range(_GRAM)), strict=False))


def precision_recall(kept: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of the kept words' counted four-word runs."""
    ours, theirs = Counter(grams(kept)), Counter(grams(gold))
    both = sum((ours & theirs).values())
    return both / max(1, sum(ours.values())), both / max(1, sum(theirs.values()))


def mean_f1(pairs: Sequence[tuple[float, float]]) -> float:
    """F1 of mean precision and mean recall."""
    precision, recall = np.mean(pairs, axis=0)
    return float(2 * precision * recall / max(precision + recall, 1e-9))


def share_in_gold(rows: Sequence[Sequence[str]], gold: Sequence[str]) -> np.ndarray[Any, Any]:
    """For each row of words the share (0-1) that the gold body holds, in its order."""
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
        matched[ours : ours + _GRAM] = True
        used[theirs : theirs + _GRAM] = True
    _fill_gaps(page, gold, chain, matched, used)
    _match_displaced(page, gold, matched, used)
    return matched


def _longest_chain(page: Sequence[str], gold: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence of four-word runs (Hunt and Szymanski)."""
    wanted, places = set(grams(gold)), defaultdict(list)
    for number, gram in enumerate(grams(page)):
        if gram in wanted:
            places[gram].append(number)
    tails: list[int] = []
    links: list[Any] = []
    for theirs, gram in enumerate(grams(gold)):
        for ours in reversed(places.get(gram, ())[:200]):
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
    points = [(-_GRAM, -_GRAM), *chain, (len(page), len(gold))]
    for (ours, theirs), (our_end, their_end) in pairwise(points):
        start, first = ours + _GRAM, theirs + _GRAM
        if start == 0:
            start = max(0, our_end - 400)
        end = min(our_end, start + 400) if our_end == len(page) else our_end
        if end <= start or their_end <= first or (end - start) * (their_end - first) > 4_000_000:
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
        gram for number, gram in enumerate(grams(gold)) if not used[number : number + _GRAM].any()
    )
    for number, gram in enumerate(grams(page) if left else []):
        if left[gram] > 0 and not matched[number : number + _GRAM].any():
            matched[number : number + _GRAM] = True
            left[gram] -= 1
