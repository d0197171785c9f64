"""The compiled core and its twin answer alike, and either can be had."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import SAMPLES, read_raw
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip import core
from boilerstrip.core import KIND, slow
from boilerstrip.core.check import agrees, calls, same
from boilerstrip.evaluation.gold import evenly, load_corpus

try:
    fast = import_module("boilerstrip.core.fast")
except ImportError:
    fast = None
compiled = pytest.mark.skipif(fast is None, reason="the core was not compiled: no compiler")


# What tells the kinds of characters apart: numerals that are no decimals, letters that grow when
# they become small, signs that join words, marks, surrogates, scripts without spaces.
LETTERS = (
    "aAbZz09_ .,:;!?'\"|-²½٣Ⅷİßςéñ東京のไทย한\u0301\u200b\u2028\ud800\U0001f600\U00010400\n\t\0"
)
WORDS = st.sampled_from(["The", "the", "harbour", "2019", "closed", "Read more", "東京", "a"])
LINES = st.lists(
    st.text(LETTERS, max_size=30) | st.lists(WORDS, max_size=14).map(" ".join),
    min_size=1,
    max_size=12,
)


def differing(lines, turn=7):
    """The names of the functions that answer otherwise than their twins."""
    return [
        name
        for name, arguments in calls(lines, turn).items()
        if not same(getattr(fast, name)(*arguments), getattr(slow, name)(*arguments))
    ]


@compiled
@given(LINES, st.integers(0, 40))
def test_both_cores_answer_alike(lines, turn):
    assert differing(lines, turn) == []


@compiled
@given(st.text(max_size=200), st.integers(0, 40))
def test_both_cores_answer_alike_of_any_text(text, turn):
    assert differing(text.split(" "), turn) == []


@compiled
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_both_cores_answer_alike_of_samples(name):
    assert differing(read_raw(SAMPLES / name).split("\n")) == []


@compiled
def test_both_cores_answer_alike_of_real_texts(corpora):
    folders = [folder for folder in sorted(corpora.iterdir()) if folder.is_dir()]
    for folder in folders:
        for page in evenly(load_corpus(folder).pages, 12):
            text = page.body or page.text or ""
            assert differing(text.split("\n")) == [], (folder.name, page.id)


@compiled
@given(st.integers(1, 40), st.integers(0, 300), st.integers(0, 2**32 - 1))
def test_trees_vote_alike(blocks, trees, seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(-3, 3, (5, blocks)).astype(np.float32)
    features = rng.integers(0, 5, (6, trees)).astype(np.int32)
    borders = rng.integers(-3, 3, (6, trees)).astype(np.float32)
    leaves = rng.normal(0, 1, (trees, 64)).astype(np.float32)
    arguments = (table, features, borders, leaves, 0.5)
    assert np.allclose(fast.votes(*arguments), slow.votes(*arguments), atol=1e-4)


def test_a_sample_asks_every_function():
    assert {*calls(["One"]), "KIND"} == {*core.__all__}


def test_what_answers_otherwise_is_not_used():
    names = {name: getattr(slow, name) for name in calls(["One"])}
    assert agrees(SimpleNamespace(**names), slow)
    for name in names:
        others = {**names, name: lambda *_: np.zeros(1, np.float32)}
        assert not agrees(SimpleNamespace(**others), slow)
        del others[name]
        assert not agrees(SimpleNamespace(**others), slow)


def test_the_twin_can_be_asked_for():
    program = "from boilerstrip.core import KIND; print(KIND)"
    for asked, kind in (("python", "plain Python"), ("", "compiled" if fast else "plain Python")):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "BOILERSTRIP_CORE": asked},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout == f"{kind}\n"
    if os.environ.get("BOILERSTRIP_CORE") != "python":
        assert kind == KIND
