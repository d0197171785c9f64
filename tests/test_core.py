"""The compiled core and its twin answer alike, and either can be had."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerstrip.core import KIND, slow
from boilerstrip.core.check import agrees, same, samples

try:
    fast = import_module("boilerstrip.core.fast")
except ImportError:
    fast = None
compiled = pytest.mark.skipif(fast is None, reason="the core was not compiled: no compiler")


@compiled
@pytest.mark.parametrize("name", samples())
def test_each_function_answers_its_sample_as_its_twin(name):
    arguments = samples()[name]
    assert same(getattr(fast, name)(*arguments), getattr(slow, name)(*arguments))


@compiled
@settings(deadline=None)
@given(st.integers(0, 9), st.integers(0, 300), st.integers(0, 2**32 - 1))
def test_trees_vote_alike(blocks, trees, seed):
    rng = np.random.default_rng(seed)
    table = rng.integers(-3, 3, (5, blocks)).astype(np.float32)
    features = rng.integers(0, 5, (6, trees)).astype(np.int32)
    borders = rng.integers(-3, 3, (6, trees)).astype(np.float32)
    leaves = rng.normal(0, 1, (trees, 64)).astype(np.float32)
    arguments = (table, features, borders, leaves, 0.5)
    assert np.allclose(fast.votes(*arguments), slow.votes(*arguments), atol=1e-4)


def test_what_answers_otherwise_is_not_used():
    names = {name: getattr(slow, name) for name in samples()}
    assert agrees(SimpleNamespace(**names))
    for name in names:
        others = {**names, name: lambda *_: np.zeros(1, np.float32)}
        assert not agrees(SimpleNamespace(**others))
        del others[name]
        assert not agrees(SimpleNamespace(**others))


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
