"""What the training makes of examples: models, trust in them, and the weights of errors."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("catboost")

from boilerstrip.judge import value_of_lines
from boilerstrip.judge.training import models
from boilerstrip.judge.training.examples import FOLDS, Example, apply_some_rules
from boilerstrip.judge.training.gold import tokens
from boilerstrip.judge.training.models import Part, Settings, balance, train_model
from boilerstrip.judge.training.nets import train_net
from boilerstrip.judge.training.trust import train_trust
from boilerstrip.judge.trust import Survey
from boilerstrip.readers.text import read_text

PROSE = [
    f"The council of town number {number} met on Monday evening to vote on the bridge, at last."
    for number in range(8)
]
MENU = ["Skip to content", "Boats", "Northern trains", "Our maps", "Sign in", "Towns", "Town plans"]


def example(number: int, kind: str) -> Example:
    lines = PROSE if kind == "gold" else [*MENU, *PROSE]
    document = read_text("\n".join(lines))
    words = [tokens(line) for line in lines]
    labels = np.array([float(line in PROSE) for line in lines])
    gold = tokens("\n".join(PROSE))
    made = Example("towns", f"{number}", f"site{number}", kind, document, words, gold, labels)
    made.final = np.where(labels > 0, 0.9, 0.2).astype(np.float32)
    return made


@pytest.fixture(scope="module")
def examples():
    made = [example(number, kind) for number in range(30) for kind in ("html_text", "gold")]
    apply_some_rules(made)
    return made


def test_rules_claim_blocks_of_the_examples(examples):
    assert any(each.claims.kinds.any() for each in examples[::2])
    assert not examples[1].claims.kinds.any()
    assert [line.text for line in examples[1].lines] == PROSE


def test_some_sites_see_only_a_part_of_the_rules():
    made = [example(number, "html_text") for number in range(60)]
    apply_some_rules(made)
    found = [len(each.firings) for each in made]
    assert min(found) < max(found)
    assert found.count(max(found)) > len(found) / 2


def test_trust_tells_pages_from_clean_articles(examples):
    trust, folds = train_trust(examples, 0.4)
    assert len(folds) == FOLDS
    doubts = []
    for each in examples[:2]:
        chances = value_of_lines(each.lines, each.starts, each.final)
        found = Survey.of(each.lines, chances, each.firings).features()
        row = np.array([[found[name]] for name in trust.names], np.float32)
        doubts.append(float(trust.chances(row)[0]))
    assert doubts[0] > 0.9
    assert doubts[1] < 0.1


def test_clean_articles_and_small_corpora_weigh_more():
    made = [example(number, kind) for number in range(4) for kind in ("html_text", "gold")]
    made[0].corpus = made[1].corpus = "small"
    balance(made, 2.0)
    assert [each.factor for each in made[:4]] == [2.0, 4.0, 1.0, 2.0]


def crossed(blocks=4_000):
    """A table whose label no single feature tells: the signs of the first two are the same."""
    table = np.random.default_rng(1).normal(0, 1, (4, blocks)).astype(np.float32)
    table[3] = 7
    return table, table[0] * table[1] > 0


def test_a_net_learns_what_no_feature_tells_alone():
    table, labels = crossed()
    net = train_net(table, labels, np.ones(len(labels)), epochs=150)
    assert ((net.logits(table) > 0) == labels).mean() > 0.9


def test_a_net_is_the_same_each_time_and_ignores_what_never_varies():
    table, labels = crossed()
    once, again = (train_net(table, labels, np.ones(len(labels)), epochs=2) for _ in range(2))
    assert (once.logits(table) == again.logits(table)).all()
    changed = table.copy()
    changed[3] = 0
    assert (once.logits(table) == once.logits(changed)).all()


def test_a_net_minds_errors_by_their_weight():
    table, labels = crossed()
    weights = np.where(labels, 1.0, 0.0)
    net = train_net(table, labels, weights, epochs=150)
    assert (net.logits(table) > 0).mean() > 0.95


def test_a_model_is_trained_on_all_sites_and_on_all_but_each_fold(examples, monkeypatch):
    forest = {"iterations": 5, "learning_rate": 0.3}
    settings = Settings(Part(forest, share=0.5, epochs=2), Part(forest), 3.0)
    monkeypatch.setitem(models._SETTINGS, "text", settings)
    model, folds = train_model(examples, "text")
    assert len(folds) == FOLDS
    for each in (model, *folds):
        assert each.first.net is not None
        assert each.first.share == 0.5
        assert each.second is not None
        assert each.second.net is None
    page = next(each for each in examples if each.kind == "html_text")
    assert len(page.final) == len(page.words)
