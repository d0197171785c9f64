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

# Of so many lines of boilerplate that a text has, all teach.
_MOST_OTHERS = 100


def fit(
    descriptions: Sequence[Description],
    examples: Sequence[Example],
    settings: Mapping[str, Any],
) -> Forest:
    """The forest that tells body from the rest in the described examples."""
    lessons = [_lesson(example) for example in examples]
    labels = np.concatenate(
        [e.labels[rows] for e, (rows, _) in zip(examples, lessons, strict=True)]
    )
    weights = np.concatenate([weights for _, weights in lessons])
    tables = zip(descriptions, lessons, strict=True)
    table = np.concatenate([each.table[:, rows] for each, (rows, _) in tables], axis=1).T
    return export_forest(
        train_forest(table, labels >= 0.5, weights, settings), descriptions[0].names
    )


def _lesson(example: Example) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The numbers of the blocks that teach, and their weights.

    Of the boilerplate of a dump, or of a variant of a page, some lines stand for all.
    """
    weights = example.weights()
    rows = np.flatnonzero(weights > 0)
    if example.kind == "html":
        return rows, weights[rows]
    others = rows[example.labels[rows] < 0.5]
    if len(others) > _MOST_OTHERS:
        chosen = others[np.linspace(0, len(others) - 1, _MOST_OTHERS).astype(int)]
        weights[chosen] *= len(others) / _MOST_OTHERS
        rows = np.sort(np.concatenate([rows[example.labels[rows] >= 0.5], chosen]))
    return rows, weights[rows]


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
