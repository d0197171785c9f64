"""The trained scorer: for each block of a document, how likely it is body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, ClassVar

import numpy as np

from boilerstrip.judge.features import Lexicon, describe, review

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from boilerstrip.document import Document
    from boilerstrip.judge.features import Description

    Chances = NDArray[np.float32]

# A lexicon's weights are stored as whole numbers of this size.
WEIGHT_STEP = 0.05
_DEPTH = 6
_LEAVES = 1 << _DEPTH
# So many trees are asked at once: their answers for a page stay in the processor's cache.
_TREES = 64


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted oblivious trees: all nodes of one level of a tree ask the same question.

    ``features`` and ``borders`` hold six questions a tree, ``leaves`` 64 values a tree.
    """

    names: tuple[str, ...]
    features: NDArray[np.int32]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def chances(self, table: Chances) -> Chances:
        """The probability (0-1) of each block; one row of the table for each of ``names``."""
        logits = np.full(table.shape[1], self.bias, np.float32)
        for start in range(0, len(self.leaves), _TREES):
            logits += self._votes(table, start, min(start + _TREES, len(self.leaves)))
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def _votes(self, table: Chances, first: int, last: int) -> Chances:
        """The sum of what the trees from ``first`` to ``last`` give each block."""
        asked = slice(first * _DEPTH, last * _DEPTH)
        asked_of = table[self.features[asked]] > self.borders[asked, None]
        answers = asked_of.reshape(last - first, _DEPTH, -1)
        leaf = answers[:, 0].astype(np.intp)
        for level in range(1, _DEPTH):
            leaf |= answers[:, level].astype(np.intp) << level
        leaf += (np.arange(first, last) * _LEAVES)[:, None]
        return np.asarray(self.leaves.ravel().take(leaf).sum(axis=0))


@dataclass(frozen=True, slots=True)
class Model:
    """The weights for one kind of document: a first forest, and maybe one that reviews.

    Blocks whose chance is below ``threshold`` are not body.
    """

    first: Forest
    second: Forest | None
    threshold: float

    def score(self, description: Description) -> Chances:
        """The probability of each block of a described document."""
        chance = self.first.chances(description.rows(self.first.names))
        if self.second is None:
            return chance
        return self.second.chances(review(description, chance).rows(self.second.names))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights in use: one model for raw text, one for documents with markup."""

    lexicon: Lexicon
    text: Model
    html: Model
    cause: ClassVar[str] = "scorer"

    def score(self, document: Document) -> Chances:
        """The probability (0-1) that each block of the document is body."""
        if not document.blocks:
            return np.zeros(0, np.float32)
        return self._model(document).score(describe(document, self.lexicon))

    def threshold(self, document: Document) -> float:
        """The probability (0-1) under which a block of the document is not body."""
        return self._model(document).threshold if document.blocks else 0.0

    def _model(self, document: Document) -> Model:
        return self.text if document.tree is None else self.html

    def save(self, file: Path) -> None:
        """Write the weights to a file that ``load`` reads."""
        arrays: dict[str, Any] = {}
        for kind in ("text", "html"):
            arrays |= _pack_model(kind, getattr(self, kind))
        for name in ("short", "long", "names"):
            arrays |= _pack_words(name, getattr(self.lexicon, name))
        np.savez_compressed(file, **arrays)


def load(file: Path | IO[bytes]) -> Scorer:
    """The scorer of a weights file."""
    with np.load(file, allow_pickle=False) as arrays:
        lexicon = Lexicon(*(_words(name, arrays) for name in ("short", "long", "names")))
        return Scorer(lexicon, _model_of("text", arrays), _model_of("html", arrays))


@cache
def shipped() -> Scorer:
    """The scorer with the package's own weights, read at the first call."""
    with (files("boilerstrip.judge") / "weights.npz").open("rb") as file:
        return load(file)


def _pack_model(kind: str, model: Model) -> dict[str, Any]:
    arrays: dict[str, Any] = {f"{kind}_threshold": np.array(model.threshold)}
    for stage in ("first", "second"):
        forest: Forest | None = getattr(model, stage)
        if forest is None:
            continue
        label = f"{kind}_{stage}_"
        arrays[label + "names"] = _encoded("\n".join(forest.names))
        arrays[label + "features"] = forest.features.astype(np.int16)
        arrays[label + "borders"] = forest.borders
        arrays[label + "leaves"] = forest.leaves.astype(np.float16)
        arrays[label + "bias"] = np.array(forest.bias)
    return arrays


def _model_of(kind: str, arrays: Mapping[str, Any]) -> Model:
    reviewed = f"{kind}_second_bias" in arrays
    second = _forest(f"{kind}_second_", arrays) if reviewed else None
    threshold = float(arrays[f"{kind}_threshold"])
    return Model(_forest(f"{kind}_first_", arrays), second, threshold)


def _forest(label: str, arrays: Mapping[str, Any]) -> Forest:
    return Forest(
        tuple(_decoded(arrays[label + "names"]).split("\n")),
        arrays[label + "features"].astype(np.int32),
        arrays[label + "borders"].astype(np.float32),
        arrays[label + "leaves"].astype(np.float32),
        float(arrays[label + "bias"]),
    )


def _pack_words(name: str, weights: Mapping[str, float]) -> dict[str, Any]:
    words = sorted(weights)
    steps = [round(weights[word] / WEIGHT_STEP) for word in words]
    return {
        f"{name}_words": _encoded("\n".join(words)),
        f"{name}_weights": np.clip(steps, -127, 127).astype(np.int8),
    }


def _words(name: str, arrays: Mapping[str, Any]) -> dict[str, float]:
    words = _decoded(arrays[f"{name}_words"]).split("\n")
    weights = (arrays[f"{name}_weights"] * WEIGHT_STEP).tolist()
    return dict(zip(words, weights, strict=True))


def _encoded(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _decoded(data: NDArray[np.uint8]) -> str:
    return data.tobytes().decode()
