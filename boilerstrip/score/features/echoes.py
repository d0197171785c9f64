"""What blocks of a raw text say again: each other's words, the headline's, what stood before.

Where no tag tells an article from the one after it, from its comments and from lists of links, this
does: another article shares few words with what stands above it, and an item begins and ends as the
items around it do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.score.features.order import nearest, windows

if TYPE_CHECKING:
    from boilerstrip.score.features.columns import Columns, Flags, Mass, Numbers, Values
    from boilerstrip.score.features.words import Words

# A block of no more words may be an item of a list.
_ITEM = 12
_MOST_AGAIN = 20
_WIDTHS = (4, 12)
# A block that has this share of the first block's words says the headline again.
_ECHO = 0.5
_MOST_ECHOES = 10
_FAR_ECHO, _FAR_PROSE = 200, 300


def add_echoes(columns: Columns, words: Words, mass: Mass) -> None:
    """Add what each block says again."""
    prose = mass.prose > 0
    found = _items(words) | _known(words, prose, "seen", _WIDTHS) | _headline(words, mass)
    like = words.likeness()
    found["like_next"] = like
    found["like_prev"] = np.concatenate(([0], like[:-1]))
    since, until = nearest(prose[None], _FAR_PROSE)
    found["since_prose_far"] = since[0]
    found["until_prose_far"] = until[0]
    columns.add(found, found.values())


def add_topic(columns: Columns, words: Words, likely: Flags) -> None:
    """Add how much of what each block says likely body says elsewhere, before it and after it."""
    found = _known(words, likely, "topic", (3, 10, 30))
    columns.add(found, found.values())


def _items(words: Words) -> dict[str, Values]:
    """How many short blocks begin with the same word, how many end so, how many do both."""
    first, last = words.edges()
    short = (words.sizes > 0) & (words.sizes <= _ITEM)
    size = len(words.vocabulary) + 2
    _, both, counts = np.unique(first * size + last, return_inverse=True, return_counts=True)
    return {
        "first_again": _again(first, short),
        "last_again": _again(last, short),
        "sig_again": np.minimum(counts, _MOST_AGAIN)[both],
    }


def _again(values: Numbers, chosen: Flags) -> Numbers:
    """How many of the chosen have the value that each has; 0 for those not chosen."""
    counts = np.bincount(values[chosen], minlength=int(values.max()) + 1)
    return np.where(chosen, np.minimum(counts, _MOST_AGAIN)[values], 0)


def _known(words: Words, marks: Flags, label: str, widths: tuple[int, ...]) -> dict[str, Values]:
    """The share of each block's long words that marked blocks have before it, and after it.

    And of those of some blocks on from it, and some back to it.
    """
    before, after, whole = words.known(marks)
    found: dict[str, Values] = {
        f"{label}_before": before / np.maximum(whole, 1),
        f"{label}_after": after / np.maximum(whole, 1),
    }
    rows = np.array([before, after, whole], np.float64)
    for width, back, on in windows(rows, widths):
        found[f"{label}_before_after{width}"] = (before + on[0]) / np.maximum(whole + on[2], 1)
        found[f"{label}_after_before{width}"] = (after + back[1]) / np.maximum(whole + back[2], 1)
    return found


def _headline(words: Words, mass: Mass) -> dict[str, Values]:
    """How far off the headline is said again, how often, and how near its words are."""
    of_line, of_opening = words.opening_shares()
    echoes = of_opening >= _ECHO
    echoes[0] = False
    rows = np.array([of_line * mass.words, mass.words], np.float64)
    ((_, back, on),) = windows(rows, _WIDTHS[-1:])
    near, around = back + on + rows
    since, until = nearest(echoes[None], _FAR_ECHO)
    return {
        "echo_since": since[0],
        "echo_until": until[0],
        "echo_n": min(echoes.sum(), _MOST_ECHOES),
        "title_near": near / np.maximum(around, 1),
    }
