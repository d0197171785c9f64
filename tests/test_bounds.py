"""Hostile input: no document, however odd, costs an article its prose or takes time without end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
from conftest import PARAGRAPHS

import boilerstrip
from boilerstrip.claim import Cause
from boilerstrip.document import line_spans
from boilerstrip.fields import credits as author_credits
from boilerstrip.fields import date
from boilerstrip.readers import markup, read, statements
from boilerstrip.rules import match
from boilerstrip.rules.match import FoldedText, Matcher
from boilerstrip.rules.ruleset import INLINE_REACH
from boilerstrip.score.excerpt import excerpt, telling_blocks
from boilerstrip.score.features import describe
from boilerstrip.score.scorer import shipped
from boilerstrip.settle import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.document import Document
    from boilerstrip.score.features import Claims

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
    cause: ClassVar[Cause] = Cause("scorer")
    category: None = None

    def threshold(self, document: Document) -> float:
        del document
        return 0.5

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


def characters_read(monkeypatch: pytest.MonkeyPatch, source: str) -> int:
    """How many characters of lines and of their edges the rules are looked for in."""
    read = 0
    of_lines, of_edge = Matcher.matches, Matcher.at_edge

    def matches(self: Matcher, text: FoldedText, spans: Sequence[tuple[int, int]]) -> Any:
        nonlocal read
        read += sum(end - start for start, end in spans)
        return of_lines(self, text, spans)

    def at_edge(self: Matcher, text: FoldedText, start: int, end: int, *, at_end: bool) -> Any:
        nonlocal read
        read += min(end - start, INLINE_REACH)
        return of_edge(self, text, start, end, at_end=at_end)

    with monkeypatch.context() as patch:
        patch.setattr(Matcher, "matches", matches)
        patch.setattr(Matcher, "at_edge", at_edge)
        body = boilerstrip.clean(source).body
    assert body.split("\n") == PARAGRAPHS
    return read


@pytest.mark.parametrize(
    "marker",
    [
        "Subscribe to our newsletter",
        "Subscribe to our mailing list",
        "The post The Ferry appeared first on Harbour Weekly",
        "The post The Ferry appeared first on Harbour Weekly. Subscribe to our newsletter",
    ],
)
def test_glued_markers_are_read_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch, marker: str
) -> None:
    few, many = (
        characters_read(monkeypatch, "\n".join([PARAGRAPHS[0], marker * times, *PARAGRAPHS[1:]]))
        for times in (100, 1000)
    )
    assert many < 12 * few


SIMILAR = (
    "Similar News:You can also read news stories similar to this one that we have collected from"
    " other news sources."
)


@pytest.mark.parametrize("above", [1, 2])
@pytest.mark.parametrize("times", [1, 5, 10, 100])
def test_a_heading_of_similar_news_however_often_takes_no_prose(times: int, above: int) -> None:
    text = "\n\n".join([*PARAGRAPHS[:above], SIMILAR * times, *PARAGRAPHS[above:]])
    assert boilerstrip.clean(text).body.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("heading", [SIMILAR, "Similar News"])
def test_a_heading_of_similar_news_on_every_other_line_takes_no_prose(heading: str) -> None:
    text = "\n".join(line for paragraph in PARAGRAPHS for line in (heading, paragraph))
    assert boilerstrip.clean(text).body.split("\n") == PARAGRAPHS


def test_one_heading_of_similar_news_takes_the_list_below_it() -> None:
    items = [
        "Ferry fares rise for the third timeThe operator blames the price of diesel.",
        "Lime trees to be felled by EasterResidents have gathered names against it.",
    ]
    text = "\n".join([*PARAGRAPHS[:3], SIMILAR, *items])
    assert boilerstrip.clean(text).body.split("\n") == PARAGRAPHS[:3]


HEADED = "<html><body><h1>Storm closes the harbour</h1>"


def metadata_cost(monkeypatch: pytest.MonkeyPatch, page: str) -> int:
    """How many characters of elements' text are read for the metadata of a page."""
    read = 0

    def inner_text(element: Any) -> str:
        nonlocal read
        text = markup.inner_text(element)
        read += len(text)
        return text

    with monkeypatch.context() as patch:
        for module in (author_credits, date, statements):
            patch.setattr(module, "inner_text", inner_text)
        assert all(paragraph in boilerstrip.clean(page).body for paragraph in PARAGRAPHS)
    return read


@pytest.mark.parametrize(
    "element",
    [
        "<time>2024-05-03</time>",
        "<span class=author>Ada Moore</span>",
        "<a rel=author href=/author/ada>Ada Moore</a>",
        "<span itemprop=author>Ada Moore</span>",
    ],
)
def test_metadata_costs_no_more_than_its_elements(
    monkeypatch: pytest.MonkeyPatch, element: str
) -> None:
    few, many = (
        metadata_cost(monkeypatch, f"{HEADED}<div>{element * times}</div>{ARTICLE}")
        for times in (500, 2000)
    )
    assert many < 6 * few


def cpu_seconds(source: object) -> float:
    start = time.process_time()
    boilerstrip.clean(source)
    return time.process_time() - start


def test_empty_elements_are_not_searched_for_a_label_again_and_again() -> None:
    few, many = (
        min(
            cpu_seconds(f"{HEADED}<div>{'<i class=author></i>' * times}</div>{ARTICLE}")
            for _ in "12"
        )
        for times in (1500, 6000)
    )
    assert many < 9 * few


def test_attributes_in_any_number_are_read() -> None:
    attributes = " ".join(f"a{number}='<{number}>'" for number in range(100_000))
    page = f"<html><body><p class=x {attributes}>{PARAGRAPHS[0]}</p>{ARTICLE}"
    assert cpu_seconds(page) < 5
    assert boilerstrip.clean(page).body.split("\n") == [PARAGRAPHS[0], *PARAGRAPHS]


def test_a_tag_with_few_attributes_is_parsed_as_it_is() -> None:
    attributes = " ".join(f'data-{number}="x > y"' for number in range(1500))
    page = f"<body><p {attributes} hidden>Unseen</p><p>{PARAGRAPHS[0]}</p>" + ARTICLE
    assert boilerstrip.clean(page).body.split("\n") == [PARAGRAPHS[0], *PARAGRAPHS]


@pytest.mark.parametrize(
    "odd",
    [
        *("<o:p>x</o:p>", "<a=b>", "<b&&c>", "<x,y>", "<e\x01f>", "<é>", "<a²>", "<![foo[x"),
        *("<![CDATA[x]]>", "<![if !IE]>", "<!foo", "<?php x", "<!DOCTYPE [", "<a :x='1' 2=3>"),
    ],
)
def test_odd_names_in_a_deep_page_raise_nothing(odd: str) -> None:
    page = f"<html><body>{odd}{'<div>' * 2001}{ARTICLE}"
    body = boilerstrip.clean(page).body
    assert all(paragraph in body for paragraph in PARAGRAPHS)


def test_html_in_a_drawing_is_read_and_nothing_else_of_it() -> None:
    drawing = (
        "<svg><title>Map</title><style>p {}</style><text>North</text><g>quay<foreignObject><div>"
        f"{ARTICLE}<svg><text>South</text></svg></div></foreignObject></g><path/></svg>"
    )
    page = f"<html><head><title>Harbour</title></head><body>{drawing}<p>They agreed.</p>"
    article = boilerstrip.clean(page)
    assert article.document.text.split("\n") == [*PARAGRAPHS, "They agreed."]
    assert all(paragraph in article.body for paragraph in PARAGRAPHS)


def test_drawings_in_drawings_end() -> None:
    page = f"<html><body>{'<svg><foreignObject>' * 900}{ARTICLE}"
    assert boilerstrip.clean(page).body.split("\n") == PARAGRAPHS


def test_the_middle_of_a_long_list_is_judged_as_its_beginning() -> None:
    items = "".join(f"<li>Ferry {number}</li>" for number in range(30_000))
    page = f"<html><body><ul>{items}</ul><article>{ARTICLE}</article>"
    document = read(page).document
    chosen = telling_blocks(document)
    assert len(chosen) < 2000
    assert chosen[0] == 0
    assert chosen[-1] == len(document.blocks) - 1
    some = excerpt(document, chosen)
    assert [some.content(block) for block in some.blocks] == [
        document.content(document.blocks[number]) for number in chosen
    ]
    for number, block in zip(chosen, some.blocks, strict=True):
        assert block.markup.tags == document.blocks[number].markup.tags
    assert [element.number for element in some.tree.elements] == [*range(len(some.tree.elements))]
    chances = shipped().score(document)
    assert len(chances) == len(document.blocks)
    assert set(chances[1000:20_000].tolist()) == {float(chances[300])}


def test_an_excerpt_of_all_blocks_is_described_as_the_document() -> None:
    links = "".join(f"<li class=menu><a href=/{n}>Boat {n}</a></li>" for n in range(40))
    page = f"<nav><ul>{links}</ul></nav><main class=story>{ARTICLE}</main><footer>Imprint</footer>"
    document = read(f"<html><body>{page}").document
    whole = excerpt(document, np.arange(len(document.blocks)))
    lexicon = shipped().html.lexicon
    assert np.array_equal(describe(whole, lexicon).table, describe(document, lexicon).table)


@pytest.mark.parametrize(
    "unit", ["<p>x</p>", "<div>x", "<h2>Harbour</h2>", "Advertisement\n", "Share on Facebook\n"]
)
def test_short_blocks_in_any_number_cost_no_prose_and_rebuild(unit: str) -> None:
    start = "<html><body>" if unit.startswith("<") else "\n".join(PARAGRAPHS) + "\n"
    end = ARTICLE if unit.startswith("<") else "\n".join(PARAGRAPHS)
    article = boilerstrip.clean(start + unit * 25_000 + end)
    assert all(paragraph in article.body for paragraph in PARAGRAPHS)
    text = article.document.text
    blocks = article.document.blocks
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(text[item.start : item.end] == item.text for item in article.removed)


def test_lines_that_come_again_are_matched_once_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [*MARKERS, "By Ada Moore, 3 May 2024", " Read more » ", "© 2024 Daily News"]
    text = "\n".join([*PARAGRAPHS, *lines * 40])
    spans = line_spans(text, 0, len(text))
    matcher = boilerstrip.Cleaner()._matcher
    expected = matcher.matches(FoldedText(text), spans)
    monkeypatch.setattr(match, "_MANY_LINES", 50)
    assert characters_matched(monkeypatch, matcher, text, spans) < len(text) / 4
    assert matcher.matches(FoldedText(text), spans) == expected


def characters_matched(
    monkeypatch: pytest.MonkeyPatch, matcher: Matcher, text: str, spans: Sequence[tuple[int, int]]
) -> int:
    read = 0
    of_all = Matcher._of_all

    def counting(self: Matcher, text: FoldedText, spans: Sequence[tuple[int, int]]) -> Any:
        nonlocal read
        read += sum(end - start for start, end in spans)
        return of_all(self, text, spans)

    with monkeypatch.context() as patch:
        patch.setattr(Matcher, "_of_all", counting)
        matcher.matches(FoldedText(text), spans)
    return read
