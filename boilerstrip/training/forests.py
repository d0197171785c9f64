"""Forests of boosted oblivious trees, trained by CatBoost."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.score.scorer import Forest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.score.features import Description
    from boilerstrip.training.examples import Example


def fit(
    descriptions: Sequence[Description],
    examples: Sequence[Example],
    settings: Mapping[str, Any],
) -> Forest:
    """The forest that tells body from the rest in the described examples."""
    labels = np.concatenate([example.labels for example in examples]) >= 0.5
    weights = np.concatenate([example.weights() for example in examples])
    table = np.concatenate([each.table for each in descriptions], axis=1).T
    return export_forest(train_forest(table, labels, weights, settings), descriptions[0].names)


def train_forest(
    table: np.ndarray[Any, Any],
    labels: np.ndarray[Any, Any],
    weights: np.ndarray[Any, Any],
    settings: Mapping[str, Any],
) -> Any:
    """The model by CatBoost that tells the rows of the table whose label is true."""
    from catboost import CatBoostClassifier, Pool

    model = CatBoostClassifier(
        **{"depth": 6, **settings},
        border_count=48,
        l2_leaf_reg=5,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        # A second thread gains nothing on these tables; a second model beside it does.
        thread_count=1,
        random_seed=1,
        verbose=False,
        allow_writing_files=False,
    )
    return model.fit(Pool(table, labels.astype(int), weight=weights / weights.mean()))


def export_forest(model: Any, names: Sequence[str]) -> Forest:
    """The forest that a model by CatBoost holds, rounded as it will be in a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        found = json.loads(file.read_text())
    trees = found["oblivious_trees"]
    features = np.zeros((6, len(trees)), np.int32)
    borders = np.full((6, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 64), np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            features[level, number] = split["float_feature_index"]
            borders[level, number] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    leaves = leaves.astype(np.float16).astype(np.float32)
    scale, (bias,) = found["scale_and_bias"]
    return Forest(tuple(names), features, borders, leaves * scale, float(bias))
