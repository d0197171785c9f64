"""The weights of how pieces of text are worded: a logistic regression over hashed parts.

Pieces of all texts teach, and the phrases and examples of our own rules: so a label that no page of
the corpora shows, and what is worded like it, is known in every language that has rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.rules.ruleset import catalogue
from boilerstrip.score.ngrams import BITS, STEP, Ngrams, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

# How strongly weights are drawn to 0; a guess.
_PENALTY = 2e-6
# What one example of a rule weighs, in pieces of a text, and one phrase of many alike.
_EXAMPLE = 2.0
_PHRASE = 0.5


@dataclass(frozen=True, slots=True)
class Wording:
    """The parts of many pieces: ``sizes`` says how many each has, ``numbers`` are all in a row."""

    sizes: Numbers
    numbers: Numbers

    @classmethod
    def of(cls, pieces: Iterable[str]) -> Wording:
        """The parts of the pieces."""
        rows = [numbers_of(piece) for piece in pieces]
        sizes = np.fromiter(map(len, rows), np.int32, len(rows))
        return cls(sizes, np.array([n for row in rows for n in row], np.int32))

    @classmethod
    def joined(cls, parts: Sequence[Wording]) -> Wording:
        """The parts of the pieces of all."""
        sizes, numbers = zip(*((each.sizes, each.numbers) for each in parts), strict=True)
        return cls(np.concatenate(sizes), np.concatenate(numbers))


@dataclass(frozen=True, slots=True)
class Said:
    """A line that rules know: whether it is to be kept, and what it weighs in pieces of a text."""

    line: str
    kept: bool
    weight: float


def rule_examples() -> list[Said]:
    """The examples of the shipped rules, and their phrases."""
    found: list[Said] = []
    for rule in catalogue():
        for examples, keeps in ((rule.removes, False), (rule.keeps, True)):
            lines = (line for example in examples for line in example.splitlines())
            found += [Said(line, keeps, _EXAMPLE) for line in lines if line.strip()]
        found += [Said(phrase, False, _PHRASE) for phrase in rule.phrases]
    return found


def fit_ngrams(wording: Wording, labels: Numbers, weights: Numbers, steps: int) -> Ngrams:
    """The weights under which the labels (1 for body) of the pieces are likeliest.

    They are bettered so many times.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    said = rule_examples()
    mean = float(weights[weights > 0].mean())
    wording = Wording.joined([wording, Wording.of(each.line for each in said)])
    labels = np.concatenate([labels, [each.kept for each in said]]).astype(np.float64)
    weights = np.concatenate([weights, [each.weight * mean for each in said]])
    weights = weights / weights.sum()
    scale = np.repeat(1 / np.sqrt(np.maximum(wording.sizes, 1)), wording.sizes)
    starts = np.concatenate([[0], np.cumsum(wording.sizes)])
    table = csr_matrix((scale, wording.numbers, starts), shape=(len(wording.sizes), 1 << BITS))
    turned = table.T.tocsr()

    def loss(found: Numbers) -> tuple[float, Numbers]:
        odds = table @ found[:-1] + found[-1]
        cost = weights @ np.logaddexp(0, odds * (1 - 2 * labels))
        slope = weights * (1 / (1 + np.exp(-odds)) - labels)
        own = 2 * _PENALTY * found[:-1]
        return cost + found[:-1] @ own / 2, np.append(turned @ slope + own, slope.sum())

    start = np.zeros((1 << BITS) + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    whole = np.clip(np.round(found[:-1] / STEP), -127, 127)
    return Ngrams((whole * STEP).astype(np.float32), round(float(found[-1]), 4))
