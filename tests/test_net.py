"""The net beside the forest: what it gives, what it ignores, and that it survives a file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from boilerstrip.judge import scorer
from boilerstrip.judge.net import Net
from boilerstrip.judge.scorer import Look
from boilerstrip.readers.html import read_html

PAGE = "<nav><a href=/a>Home</a></nav><p>The harbour was closed on Tuesday, the town said.</p>"


def net_of(features: int, units: int = 5, seed: int = 1) -> Net:
    rng = np.random.default_rng(seed)

    def numbers(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, shape).astype(np.float16).astype(np.float32)

    ones = np.ones(features, np.float32)
    return Net(ones, ones * 0, ones, numbers(units, features), numbers(units), numbers(units), 0.25)


def table_of(features: int, blocks: int) -> np.ndarray:
    return np.random.default_rng(2).normal(0, 9, (features, blocks)).astype(np.float32)


@pytest.mark.parametrize("blocks", [1, 7, 3_000])
def test_a_net_agrees_with_its_slow_twin(blocks: int) -> None:
    net, table = net_of(30, units=64), table_of(30, blocks)
    assert np.allclose(net.logits(table), _slowly(net, table.T), atol=1e-4)


def _slowly(net: Net, rows: np.ndarray) -> list[float]:
    found = []
    for row in rows:
        logs = np.sign(row) * np.log(1 + abs(row) / net.scales)
        inputs = np.clip((logs - net.means) / net.spreads, -4, 4)
        hidden = [
            max(0.0, float(unit @ inputs + offset))
            for unit, offset in zip(net.weights, net.offsets, strict=True)
        ]
        found.append(float(np.dot(net.votes, hidden)) + net.bias)
    return found


def test_a_feature_of_infinite_spread_is_not_looked_at() -> None:
    net, table = net_of(3), table_of(3, 4)
    blind = replace(net, spreads=np.array([1, np.inf, 1], np.float32))
    changed = table.copy()
    changed[1] += 100
    assert (blind.logits(table) == blind.logits(changed)).all()
    assert (net.logits(table) != net.logits(changed)).any()


def test_a_number_out_of_all_measure_counts_as_a_large_one() -> None:
    net = net_of(2)
    large, huge = np.full((2, 1), 1e4, np.float32), np.full((2, 1), 1e30, np.float32)
    assert net.logits(large) == net.logits(huge)


def test_the_share_of_the_net_lies_between_forest_and_net() -> None:
    forest = scorer.shipped().html.first.forest
    net, table = net_of(len(forest.names)), table_of(len(forest.names), 9)
    assert (Look(forest).chances(table) == forest.chances(table)).all()
    half = Look(forest, net, 0.5).chances(table)
    mean = (forest.logits(table) + net.logits(table)) / 2
    assert np.allclose(half, 1 / (1 + np.exp(-mean)), atol=1e-5)


def test_saved_weights_with_a_net_load_the_same(tmp_path) -> None:
    shipped = scorer.shipped()
    first = shipped.html.first.forest
    look = Look(first, net_of(len(first.names)), 0.4)
    made = replace(shipped, html=replace(shipped.html, first=look))
    made.save(tmp_path / "weights.npz")
    loaded = scorer.load(tmp_path / "weights.npz")
    document = read_html(PAGE).document
    assert loaded.html.first.share == 0.4
    assert (loaded.score(document) == made.score(document)).all()
    assert loaded.text.second is not None


def test_weights_without_a_net_are_the_forest_alone(tmp_path) -> None:
    shipped = scorer.shipped()
    bare = replace(shipped, html=replace(shipped.html, first=Look(shipped.html.first.forest)))
    bare.save(tmp_path / "weights.npz")
    assert scorer.load(tmp_path / "weights.npz").html.first.net is None
