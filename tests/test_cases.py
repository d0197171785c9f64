"""Small inputs after public reports: what the body must and must not hold, and the fields."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from conftest import SHARED

from boilerstrip.evaluation import boilerstrip_system, check_case, load_corpus

CASES = Path(os.environ.get("BOILERSTRIP_CASES", SHARED / "field-cases"))
# The cases that are known to fail; one that passes must leave this list.
KNOWN = Path(__file__).parent / "data" / "failing_cases.txt"
HERE = {case.id: case for case in load_corpus(CASES).pages} if CASES.is_dir() else {}


def failing() -> set[str]:
    return set(KNOWN.read_text(encoding="utf-8").split())


@cache
def system():
    return boilerstrip_system()


def marked(name: str):
    marks = [pytest.mark.xfail(strict=True, reason="known")] if name in failing() else []
    return pytest.param(name, marks=marks)


@pytest.mark.skipif(not HERE, reason="the cases are not here; BOILERSTRIP_CASES may name them")
@pytest.mark.parametrize("name", [marked(name) for name in HERE])
def test_case(name: str) -> None:
    assert check_case(system(), HERE[name]).wrong == ()


@pytest.mark.skipif(not HERE, reason="the cases are not here; BOILERSTRIP_CASES may name them")
def test_every_known_failure_is_a_case() -> None:
    assert failing() <= set(HERE)
