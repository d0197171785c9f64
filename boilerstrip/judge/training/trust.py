"""The forest that tells texts to clean from clean articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.judge import value_of_lines
from boilerstrip.judge.training.examples import FOLDS
from boilerstrip.judge.training.forests import export_forest, train_forest
from boilerstrip.judge.training.gold import tokens
from boilerstrip.judge.trust import Survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.judge.scorer import Forest
    from boilerstrip.judge.training.examples import Example

_TRUST = {"iterations": 60, "learning_rate": 0.15, "depth": 4}
# A clean article that would lose all its words weighs so much more than one that loses none.
_HARM = 100.0


def train_trust(examples: Sequence[Example], threshold: float) -> tuple[Forest, list[Forest]]:
    """The forest that tells texts to clean from clean articles, and one per fold without it.

    A text is one to clean if it is better without the lines below the threshold; it weighs what
    that changes. A gold body is none, and weighs what it would lose.
    """
    usable = [each for each in examples if each.lines and len(each.final)]
    rows, labels, weights, folds = [], [], [], []
    for each in usable:
        chances = np.array(value_of_lines(each.lines, each.starts, each.final))
        rows.append(Survey.of(each.lines, chances.tolist(), each.firings).features())
        gain = _gain(each, chances < threshold)
        clean = each.kind == "gold"
        labels.append(not clean and gain > 0)
        weights.append(1 - _HARM * gain if clean else 0.02 + 10 * abs(gain))
        folds.append(each.fold)
    table = np.array([list(row.values()) for row in rows], np.float32)
    names = tuple(rows[0])

    def forest(chosen: np.ndarray[Any, Any]) -> Forest:
        parts = (table[chosen], np.array(labels)[chosen], np.array(weights)[chosen])
        return export_forest(train_forest(*parts, _TRUST), names)

    number = np.array(folds)
    return forest(number >= 0), [forest(number != fold) for fold in range(FOLDS)]


def _gain(example: Example, low: np.ndarray[Any, Any]) -> float:
    """The F1 that a text gains without some of its lines, by their words and labels.

    For a gold body, less the share (0-1) of its words that it loses.
    """
    words = np.array([len(tokens(line.text)) for line in example.lines])
    labels = np.array(value_of_lines(example.lines, example.starts, example.labels)) >= 0.5
    if example.kind == "gold":
        return -float(words[low].sum()) / max(1, len(example.gold))

    def f1(kept: np.ndarray[Any, Any]) -> float:
        right = float(words[kept & labels].sum())
        return 2 * right / max(1.0, float(words[kept].sum()) + len(example.gold))

    return f1(~low) - f1(np.ones(len(low), bool))
