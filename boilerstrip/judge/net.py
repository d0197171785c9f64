"""A small neural network over the features of blocks, run with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Inputs further from the mean (in standard deviations) count as that far: a page unlike any that
# was learned from gets no wild answer.
MOST = 4.0
# A matrix product of no more multiplications is not worth threads to OpenBLAS, whose start costs
# more than the product itself. Blocks are taken in parts that stay below.
_MULTIPLICATIONS = 2**18


@dataclass(frozen=True, slots=True)
class Net:
    """A perceptron with one hidden layer, over the features' logarithms.

    ``scales`` is the size from which a feature counts by its logarithm; ``means`` and ``spreads``
    bring the logarithms to one measure; a feature of infinite spread is not looked at. ``weights``
    has a row a hidden unit, a column a feature.
    """

    scales: Floats
    means: Floats
    spreads: Floats
    weights: Floats
    offsets: Floats
    votes: Floats
    bias: float

    def inputs(self, table: Floats) -> Floats:
        """What the hidden units see of the blocks; the table has a row a feature."""
        logs = np.log1p(np.abs(table) / self.scales[:, None])
        np.copysign(logs, table, out=logs)
        logs -= self.means[:, None]
        logs /= self.spreads[:, None]
        return np.asarray(np.clip(logs, -MOST, MOST, out=logs))

    def logits(self, table: Floats) -> Floats:
        """The log odds of each block; the table has a row a feature."""
        inputs = self.inputs(table)
        found = np.empty(table.shape[1], np.float32)
        size = max(1, _MULTIPLICATIONS // self.weights.size)
        for first in range(0, len(found), size):
            part = slice(first, first + size)
            hidden = self.weights @ inputs[:, part] + self.offsets[:, None]
            found[part] = self.votes @ np.maximum(hidden, 0, out=hidden) + self.bias
        return found

    def pack(self, label: str) -> dict[str, Any]:
        """The arrays that ``unpack`` makes the net of, their names beginning with the label."""
        return {
            label + "inputs": np.stack([self.scales, self.means, self.spreads]),
            label + "weights": self.weights.astype(np.float16),
            label + "offsets": self.offsets,
            label + "votes": self.votes,
            label + "bias": np.array(self.bias),
        }

    @classmethod
    def unpack(cls, label: str, arrays: Mapping[str, Any]) -> Net:
        """The net that ``pack`` made these arrays of."""
        scales, means, spreads = arrays[label + "inputs"].astype(np.float32)
        return cls(
            scales,
            means,
            spreads,
            arrays[label + "weights"].astype(np.float32),
            arrays[label + "offsets"].astype(np.float32),
            arrays[label + "votes"].astype(np.float32),
            float(arrays[label + "bias"]),
        )
