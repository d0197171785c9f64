"""Hostile input: no document, however odd, costs an article its prose or takes time without end."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest
from conftest import PARAGRAPHS

import boilerstrip
from boilerstrip.judge import judge
from boilerstrip.readers import read

if TYPE_CHECKING:
    from boilerstrip.document import Document
    from boilerstrip.judge.features import Claims
    from boilerstrip.judge.trust import Survey

ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MARKERS = [
    *("Subscribe to our newsletter", "Advertisement", "Read more", "Share on Facebook"),
    *("Similar News", "Sign in", "Accept all cookies", "© 2024 Daily News", "Tweet"),
    *("Follow us on Twitter", "Download our app", "Privacy Policy", "Terms of Service"),
    *("Related articles", "Leave a comment"),
]


@pytest.mark.parametrize("tag", ["h1", "p", "time", "div"])
@pytest.mark.parametrize("times", [5000, 20_000])
def test_one_long_block_does_not_empty_a_page(tag: str, times: int) -> None:
    page = f"<html><body><article><{tag}>{'long heading ' * times}</{tag}>{ARTICLE}"
    body = boilerstrip.clean(page).body
    assert all(paragraph in body for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("times", [40, 80, 1000])
def test_markers_in_any_number_do_not_empty_a_text(times: int, seed: int) -> None:
    markers = [MARKERS[number % len(MARKERS)] for number in range(times)]
    Random(seed).shuffle(markers)
    body = boilerstrip.clean("\n\n".join([PARAGRAPHS[0], *markers, *PARAGRAPHS[1:]])).body
    assert any(paragraph in body for paragraph in PARAGRAPHS)


@dataclass(frozen=True)
class Scorer:
    """Gives prose one chance of being body and all else another."""

    prose: float
    other: float
    cause: str = "scorer"

    def threshold(self, document: Document) -> float:
        del document
        return 0.5

    def doubt(self, survey: Survey) -> float:
        del survey
        return 1.0

    def score(self, document: Document, claims: Claims | None = None) -> list[float]:
        del claims
        lines = map(document.content, document.blocks)
        return [self.prose if line.endswith(".") else self.other for line in lines]


def body_by(scorer: Scorer, source: str) -> list[str]:
    document = read(source).document
    rules = boilerstrip.Cleaner()._matcher
    removed = {firing.start for firing in judge(document, rules, "en", {}, scorer)}
    blocks = [block for block in document.blocks if document.extent(block)[0] not in removed]
    return [document.content(block) for block in blocks if document.content(block)]


AMONG_LABELS = "Tweet\nHarbour\n" + "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("source", [f"<h1>Harbour</h1>{ARTICLE}", AMONG_LABELS])
@pytest.mark.parametrize("chance", [0.3, 0.001])
def test_all_prose_is_not_rejected_where_nothing_better_stays(source: str, chance: float) -> None:
    assert body_by(Scorer(chance, 0.9), source) == ["Harbour", *PARAGRAPHS]
    assert body_by(Scorer(chance, 0.0), source) == PARAGRAPHS


def test_prose_is_rejected_where_a_list_says_more() -> None:
    items = [f"Number {n} of the list of boats" for n in range(200)]
    page = "".join(f"<li>{item}</li>" for item in items) + f"<p>{PARAGRAPHS[0]}</p>"
    assert body_by(Scorer(0.3, 0.9), f"<ul>{page}") == items


def test_prose_of_which_there_is_no_doubt_is_rejected() -> None:
    assert body_by(Scorer(0.0, 0.0), f"<h1>Harbour</h1>{ARTICLE}") == []
