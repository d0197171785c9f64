"""What the training makes of examples: trust in the scorer, and the weights of errors."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("catboost")

from boilerstrip.judge import value_of_lines
from boilerstrip.judge.training.examples import FOLDS, Example, apply_some_rules
from boilerstrip.judge.training.gold import tokens
from boilerstrip.judge.training.models import balance
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
