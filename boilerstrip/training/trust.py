"""The forest that tells texts to clean from clean articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.evaluation.alignment import tokens
from boilerstrip.score.trust import Survey
from boilerstrip.settle import value_of_lines
from boilerstrip.training.forests import export_forest, train_forest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.score.scorer import Forest
    from boilerstrip.training.examples import Example

# A clean article that would lose all its words weighs so much more than one that loses none.
_HARM = 100.0


def train_trust(
    examples: Sequence[Example],
    threshold: float,
    thresholds: Sequence[float],
    settings: Mapping[str, Any],
) -> tuple[Forest, list[Forest]]:
    """The forest that tells texts to clean from clean articles, and one a part without it.

    There is a threshold for the whole and one a part. A text is one to clean if it is better
    without the lines below the threshold; it weighs what that changes. A gold body is none, and
    weighs what it would lose.
    """
    usable = [each for each in examples if each.teaches and each.lines and len(each.final)]
    chances = [np.array(value_of_lines(each.lines, each.starts, each.final)) for each in usable]
    rows = [
        Survey.of(each.lines, given.tolist(), each.firings).features()
        for each, given in zip(usable, chances, strict=True)
    ]
    table = np.array([list(row.values()) for row in rows], np.float32)
    names = tuple(rows[0])
    part = np.array([each.fold % len(thresholds) for each in usable])

    def forest(least: float, chosen: np.ndarray[Any, Any]) -> Forest:
        lessons = [_lesson(each, low < least) for each, low in zip(usable, chances, strict=True)]
        labels, weights = map(np.array, zip(*lessons, strict=True))
        parts = (table[chosen], labels[chosen], weights[chosen])
        return export_forest(train_forest(*parts, settings), names)

    whole = forest(threshold, part >= 0)
    return whole, [forest(least, part != number) for number, least in enumerate(thresholds)]


def _lesson(example: Example, low: np.ndarray[Any, Any]) -> tuple[bool, float]:
    """Whether a text is one to clean, and what it weighs."""
    gain = _gain(example, low)
    if example.kind == "gold":
        return False, 1 - _HARM * gain
    return gain > 0, 0.02 + 10 * abs(gain)


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
