"""The model for HTML and the one for raw text, each trained on all pages and on all but a fold."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.judge.features import describe, review
from boilerstrip.judge.scorer import Model
from boilerstrip.judge.training.examples import FOLDS, RENDERINGS, in_text
from boilerstrip.judge.training.forests import fit
from boilerstrip.judge.training.gold import mean_f1, precision_recall
from boilerstrip.judge.training.lexicon import count_words, lexicon_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boilerstrip.judge.features import Description
    from boilerstrip.judge.scorer import Forest
    from boilerstrip.judge.training.examples import Example

# Thresholds whose F1 differs by no more are as good as each other.
_AS_GOOD = 0.0002


@dataclass(frozen=True, slots=True)
class Settings:
    """How one of the two models is trained.

    A page of a corpus that is ``n`` times smaller than the largest weighs ``n`` times as much, but
    at most ``balance`` times.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any] | None
    balance: float


# A text that is all body weighs so much more: to leave it alone is what matters most.
_GOLD = 2.0
# With the tree known, a second forest gained nothing on pages not trained on. Text has four times
# the rows, and learns faster.
_SETTINGS = {
    "html": Settings({"iterations": 600, "learning_rate": 0.07, "rsm": 0.2}, None, 3.0),
    "text": Settings(
        {"iterations": 250, "learning_rate": 0.12, "rsm": 0.3},
        {"iterations": 100, "learning_rate": 0.1, "rsm": 0.5},
        3.0,
    ),
}


def _fold_forests(
    examples: Sequence[Example],
    descriptions: Mapping[int, Description],
    settings: Mapping[str, Any],
) -> list[Forest]:
    """One forest per fold, each trained on the other folds."""
    forests = []
    for fold in range(FOLDS):
        chosen = [example for example in examples if example.fold != fold and example.sound]
        forests.append(fit([descriptions[id(each)] for each in chosen], chosen, settings))
        print(f"  fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return forests


def train_model(examples: Sequence[Example], kind: str) -> tuple[Model, list[Model]]:
    """The model of all folds, and one per fold trained without it.

    Leaves each example's probability, by the models that never saw its fold, in ``final``.
    """
    settings = _SETTINGS[kind]
    rates = count_words(examples, kind)
    lexicons = [lexicon_of(rates, fold) for fold in range(FOLDS)]
    usable = [each for each in examples if not each.empty and _is_for(each, kind)]
    for each in usable:
        each.description = describe(each.document, lexicons[each.fold], each.claims)
    print(f"{kind}: described", file=sys.stderr, flush=True)
    balance(usable, settings.balance)
    first, firsts = _stage(usable, {id(each): each.described for each in usable}, settings.first)
    second: Forest | None = None
    seconds: list[Forest | None] = [None] * FOLDS
    if settings.second is not None:
        reviews = {id(each): review(each.described, each.final) for each in usable}
        second, found = _stage(usable, reviews, settings.second)
        seconds = list(found)
    threshold = choose_threshold(usable)
    parts = zip(lexicons, firsts, seconds, strict=True)
    models = [Model(*found, threshold) for found in parts]
    return Model(lexicon_of(rates), first, second, threshold), models


def _is_for(example: Example, kind: str) -> bool:
    """Whether the model of this kind learns from the example."""
    return example.kind == "html" if kind == "html" else in_text(example)


def balance(examples: Sequence[Example], most: float) -> None:
    """Let pages of small corpora weigh more."""
    pages = Counter(example.corpus for example in examples)
    for example in examples:
        example.factor = min(most, max(pages.values()) / pages[example.corpus])
        if example.kind == "gold":
            example.factor *= _GOLD


def _stage(
    examples: Sequence[Example],
    descriptions: Mapping[int, Description],
    settings: Mapping[str, Any],
) -> tuple[Forest, list[Forest]]:
    """The forest of all folds, and one per fold; each example's ``final`` is by its fold's."""
    forests = _fold_forests(examples, descriptions, settings)
    for each in examples:
        each.final = forests[each.fold].chances(descriptions[id(each)].table)
    sound = [example for example in examples if example.sound]
    return fit([descriptions[id(each)] for each in sound], sound, settings), forests


def choose_threshold(examples: Sequence[Example]) -> float:
    """The threshold with the best F1 on whole pages, HTML or rendered.

    Of those that are as good, the middle one, which is the least a matter of these pages.
    """
    pages = [example for example in examples if example.kind in ("html", *RENDERINGS)]
    thresholds = [round(0.3 + 0.05 * step, 2) for step in range(8)]
    f1 = [float(np.mean([*scores_of(pages, threshold).values()])) for threshold in thresholds]
    good = [t for t, score in zip(thresholds, f1, strict=True) if score >= max(f1) - _AS_GOOD]
    return good[len(good) // 2]


def kept_words(example: Example, threshold: float) -> list[str]:
    """The words of the blocks that a model with this threshold keeps."""
    kept = example.final >= threshold
    return [word for row, stays in zip(example.words, kept, strict=True) if stays for word in row]


def scores_of(examples: Iterable[Example], threshold: float) -> dict[tuple[str, str], float]:
    """F1 by corpus and kind of source."""
    pairs: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for example in examples:
        pair = precision_recall(kept_words(example, threshold), example.gold)
        pairs[example.corpus, example.kind].append(pair)
    return {key: mean_f1(found) for key, found in pairs.items()}
