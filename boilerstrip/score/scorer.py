"""The trained scorer: for each block of a document, how likely it is body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any, ClassVar

import numpy as np

from boilerstrip.claim import Cause
from boilerstrip.core import votes
from boilerstrip.core.slow import leaf_numbers
from boilerstrip.score import category
from boilerstrip.score.excerpt import MOST_BLOCKS, excerpt, spread, telling_blocks
from boilerstrip.score.features import Claims, Lexicon, describe, review
from boilerstrip.score.ngrams import STEP, Ngrams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from boilerstrip.document import Document

    Chances = NDArray[np.float32]

# A lexicon's weights are stored as whole numbers of this size.
WEIGHT_STEP = 0.05
_TABLES = ("short", "long", "names")
# A block of which so much stands in links is a menu or a link; short links in scripts without
# spaces have as many spaces between them as a third of their characters.
_LINK = 0.5


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted oblivious trees: all nodes of one level of a tree ask the same question.

    ``features`` and ``borders`` have a row a level, a column a tree: is the feature above the
    border? ``leaves`` has a row of 64 votes a tree; a question's answer is one bit of the leaf's
    number, the first level's the lowest.
    """

    names: tuple[str, ...]
    features: NDArray[np.int32]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def chances(self, table: Chances) -> Chances:
        """The probability (0-1) of each block; the table has a row for each of ``names``."""
        logits = votes(table, self.features, self.borders, self.leaves, self.bias)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def leaf_numbers(self, table: Chances) -> NDArray[np.uint8]:
        """In which leaf of each of the trees each block is: a row a tree."""
        return leaf_numbers(table, self.features, self.borders)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights for one kind of document: a lexicon, a first forest, maybe one that reviews.

    Of a page with markup, blocks whose chance is below ``threshold`` are not body. Of raw text the
    judge asks for less.
    """

    lexicon: Lexicon
    first: Forest
    second: Forest | None
    threshold: float

    def score(self, document: Document, claims: Claims | None) -> Chances:
        """The probability of each block of a document, which has some."""
        description = describe(document, self.lexicon, claims)
        chance = self.first.chances(description.rows(self.first.names))
        if self.second is None:
            return chance
        return self.second.chances(review(description, chance).rows(self.second.names))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights in use: one model for raw text, one for documents with markup.

    ``category`` names what is removed; without it, that is ``other`` where its markup is silent.
    """

    text: Model
    html: Model
    category: category.Categories | None = None
    cause: ClassVar[Cause] = Cause("scorer")

    def score(self, document: Document, claims: Claims | None = None) -> Chances:
        """The probability (0-1) that each block of the document is body.

        ``claims`` is what rules have on the blocks of a raw text.
        """
        if not document.blocks:
            return np.zeros(0, np.float32)
        if len(document.blocks) <= MOST_BLOCKS:
            return self._model(document).score(document, claims)
        chosen = telling_blocks(document)
        some = None if claims is None else claims.of(chosen)
        chances = self._model(document).score(excerpt(document, chosen), some)
        return spread(chosen, chances, len(document.blocks))

    def threshold(self, document: Document) -> float:
        """The probability (0-1) under which a block of a document with markup is not body.

        A page without a single link is all article: there is nothing to tell apart.
        """
        links = any(
            block.markup is not None and block.markup.link_density >= _LINK
            for block in document.blocks
        )
        return self.html.threshold if links else 0.0

    def _model(self, document: Document) -> Model:
        return self.text if document.tree is None else self.html

    def save(self, file: Path, made: Mapping[str, Any] | None = None) -> None:
        """Write the weights to a file that ``load`` reads; ``made`` says what they were made of."""
        arrays: dict[str, Any] = {}
        for kind in ("text", "html"):
            arrays |= _pack_model(kind, getattr(self, kind))
        if self.category is not None:
            arrays |= category.pack(self.category)
        if made is not None:
            arrays["made"] = _encoded(json.dumps(made, sort_keys=True))
        np.savez_compressed(file, **arrays)


def load(file: Path | IO[bytes]) -> Scorer:
    """The scorer of a weights file."""
    with np.load(file, allow_pickle=False) as arrays:
        names = category.unpack(arrays) if "category_names" in arrays else None
        return Scorer(_model_of("text", arrays), _model_of("html", arrays), names)


def read_making(file: Path | IO[bytes]) -> dict[str, Any]:
    """What a weights file says of what it was made of; nothing for one that doesn't say."""
    with np.load(file, allow_pickle=False) as arrays:
        found: dict[str, Any] = json.loads(_decoded(arrays["made"])) if "made" in arrays else {}
    return found


@cache
def shipped() -> Scorer:
    """The scorer with the package's own weights, read at the first call."""
    with (files("boilerstrip.score") / "weights.npz").open("rb") as file:
        return load(file)


def _pack_model(kind: str, model: Model) -> dict[str, Any]:
    arrays: dict[str, Any] = {f"{kind}_threshold": np.array(model.threshold)}
    for stage in ("first", "second"):
        forest: Forest | None = getattr(model, stage)
        if forest is not None:
            arrays |= _pack_forest(f"{kind}_{stage}_", forest)
    for name in _TABLES:
        arrays |= _pack_words(f"{kind}_{name}", getattr(model.lexicon, name))
    ngrams = model.lexicon.ngrams
    if ngrams is not None:
        arrays[f"{kind}_ngrams"] = np.round(ngrams.weights / STEP).astype(np.int8)
        arrays[f"{kind}_ngrams_bias"] = np.array(ngrams.bias)
    return arrays


def _pack_forest(label: str, forest: Forest) -> dict[str, Any]:
    return {
        label + "names": _encoded("\n".join(forest.names)),
        label + "features": forest.features.astype(np.int16),
        label + "borders": forest.borders,
        label + "leaves": forest.leaves.astype(np.float16),
        label + "bias": np.array(forest.bias),
    }


def _model_of(kind: str, arrays: Mapping[str, Any]) -> Model:
    reviewed = f"{kind}_second_bias" in arrays
    second = _forest(f"{kind}_second_", arrays) if reviewed else None
    threshold = float(arrays[f"{kind}_threshold"])
    ngrams = None
    if f"{kind}_ngrams" in arrays:
        weights = (arrays[f"{kind}_ngrams"] * STEP).astype(np.float32)
        ngrams = Ngrams(weights, float(arrays[f"{kind}_ngrams_bias"]))
    short, long, names = (_words(f"{kind}_{name}", arrays) for name in _TABLES)
    lexicon = Lexicon(short, long, names, ngrams)
    return Model(lexicon, _forest(f"{kind}_first_", arrays), second, threshold)


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
    words = _decoded(arrays[f"{name}_words"]).splitlines()
    weights = (arrays[f"{name}_weights"] * WEIGHT_STEP).tolist()
    return dict(zip(words, weights, strict=True))


def _encoded(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _decoded(data: NDArray[np.uint8]) -> str:
    return data.tobytes().decode()
