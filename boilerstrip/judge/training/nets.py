"""Small neural networks, trained with numpy.

By Adam (Kingma and Ba 2015), with dropout (Srivastava and others 2014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.judge.net import Net

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Array = np.ndarray[Any, Any]

HIDDEN = 64
# So many nets, each begun from other numbers, make one: their mean is steadier than any of them.
NETS = 2
_BATCH = 1024
_RATE, _WARM = 2e-3, 200
_DECAY = 1e-3
_MOMENTUM, _SQUARES = 0.9, 0.999
# The share of the inputs and of the hidden units that a step goes without.
_DROP, _DROP_HIDDEN = 0.2, 0.3
# Every so many-th row is enough to measure the features by.
_SAMPLE = 7


def train_net(table: Array, labels: Array, weights: Array, epochs: int) -> Net:
    """The net that tells the columns of the table (a row a feature) whose label is true.

    The numbers are rounded as they will be in a file.
    """
    scaled = _measure(table)
    inputs = np.ascontiguousarray(scaled.inputs(table).T)
    nets = [_learn(inputs, labels, weights, epochs, seed) for seed in range(1, NETS + 1)]
    entry, offsets, votes, biases = zip(*nets, strict=True)
    return Net(
        scaled.scales,
        scaled.means,
        scaled.spreads,
        np.concatenate(entry, axis=1).T.astype(np.float16).astype(np.float32),
        np.concatenate(offsets),
        np.asarray(np.concatenate(votes) / NETS, np.float32),
        float(np.mean(biases)),
    )


def _measure(table: Array) -> Net:
    """A net without units that knows how large the features are and how far they vary."""
    sample = table[:, ::_SAMPLE]
    sizes = [row[row > 0] for row in np.abs(sample)]
    scales = np.array([np.median(row) if len(row) else 1 for row in sizes], np.float32)
    nothing = np.zeros(0, np.float32)
    logs = np.copysign(np.log1p(np.abs(sample) / scales[:, None]), sample)
    spreads = logs.std(axis=1)
    spreads[spreads < 1e-6] = np.inf
    entry = np.zeros((0, len(table)), np.float32)
    return Net(scales, logs.mean(axis=1), spreads, entry, nothing, nothing, 0.0)


def _learn(
    inputs: Array, labels: Array, weights: Array, epochs: int, seed: int
) -> tuple[Array, ...]:
    """The weights, offsets, votes and bias of one net."""
    rng = np.random.default_rng(seed)
    count = inputs.shape[1]
    entry = rng.standard_normal((count, HIDDEN)) / np.sqrt(count)
    votes = rng.standard_normal(HIDDEN) / np.sqrt(HIDDEN)
    parts = [entry, np.zeros(HIDDEN), votes, np.zeros(1)]
    parts = [part.astype(np.float32) for part in parts]
    descent = _Adam(parts, max(1, epochs * (len(inputs) // _BATCH)))
    for rows, costs in _batches(weights, descent.steps, rng):
        descent.step(_slopes(parts, inputs[rows], labels[rows], costs, rng))
    return (*parts[:3], parts[3][0])


def _batches(weights: Array, steps: int, rng: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Rows and what an error on each costs: heavy rows are drawn more often, and cost less then."""
    share = weights / weights.mean()
    often = np.sqrt(share + 1e-4)
    often /= often.sum()
    costs = (share / often / len(share) / _BATCH).astype(np.float32)
    ends = np.cumsum(often)
    for _ in range(steps):
        rows = np.minimum(np.searchsorted(ends, rng.random(_BATCH)), len(share) - 1)
        yield rows, costs[rows]


def _slopes(
    parts: Sequence[Array],
    inputs: Array,
    labels: Array,
    costs: Array,
    rng: np.random.Generator,
) -> list[Array]:
    """How the loss of some rows changes with each number of the net, some of it left out."""
    entry, offsets, votes, bias = parts
    seen = inputs * _mask(inputs.shape, _DROP, rng)
    before = seen @ entry + offsets
    mask = _mask(before.shape, _DROP_HIDDEN, rng)
    hidden = np.maximum(before, 0) * mask
    error = (1 / (1 + np.exp(-(hidden @ votes + bias))) - labels) * costs
    back = np.outer(error, votes) * mask * (before > 0)
    return [seen.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(keepdims=True)]


def _mask(shape: tuple[int, ...], share: float, rng: np.random.Generator) -> Array:
    """Zeros for the share, and for the rest what keeps the sum the same."""
    return (rng.random(shape, np.float32) >= share) * np.float32(1 / (1 - share))


class _Adam:
    """Steps down the slope, the longer the steadier the slope was; they end in a cosine."""

    def __init__(self, parts: Sequence[Array], steps: int) -> None:
        self.steps = steps
        self._parts = parts
        self._mean = [np.zeros_like(part) for part in parts]
        self._square = [np.zeros_like(part) for part in parts]
        self._taken = 0

    def step(self, slopes: Sequence[Array]) -> None:
        """Change the numbers in place."""
        self._taken += 1
        time = self._taken
        rate = _RATE * min(1, time / _WARM) * (1 + np.cos(np.pi * time / self.steps)) / 2
        of_mean, of_square = 1 - _MOMENTUM**time, 1 - _SQUARES**time
        for part, slope, mean, square in zip(
            self._parts, slopes, self._mean, self._square, strict=True
        ):
            mean += np.float32(1 - _MOMENTUM) * (slope - mean)
            square += np.float32(1 - _SQUARES) * (slope * slope - square)
            deviation = np.sqrt(square / np.float32(of_square)) + np.float32(1e-7)
            part -= np.float32(rate / of_mean) * mean / deviation
            if part.ndim > 1:
                part *= np.float32(1 - rate * _DECAY)
