"""The pages that training makes of one page, and what of them is body."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from boilerstrip.evaluation.alignment import tokens
from boilerstrip.evaluation.gold import GoldPage
from boilerstrip.training.examples import read_page
from boilerstrip.training.pages import page_variants

BODY = [
    f"The council of town {n} met on Monday to vote on the old bridge at last. It took {n} hours."
    for n in range(9)
]
OTHER = [
    f"Ferry number {n} was late again because fog lay over the whole strait." for n in range(6)
]
MENU = ["Boats", "Northern trains", "Our maps", "Sign in", "Towns", "Town plans"]


def page(key: str = "1", lines: list[str] | None = None, title: str = "Old bridge") -> GoldPage:
    lines = BODY if lines is None else lines
    text = "".join(f"<p class='text'>{line}</p>" for line in lines)
    menu = "".join(f"<li><a href='/{line}'>{line}</a></li>" for line in MENU)
    markup = (
        f"<html><head><title>{title}</title></head><body><ul class='menu'>{menu}</ul>"
        f"<main><div class='story' id='s-1'><h1>{title}</h1><p class='by'>By Ada Moore</p>{text}"
        "</div></main><footer>© 2025 The Post</footer></body></html>"
    )
    return GoldPage(key, "\n".join(lines), corpus="towns", markup=markup, title=title)


@pytest.fixture(scope="module")
def made() -> dict[str, list[bytes]]:
    """The variants of many pages that are alike, by kind."""
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    other = page("other", OTHER, "Late ferries")
    for number in range(60):
        for variant in page_variants(page(str(number)), other):
            found[variant.kind].append(variant.html)
    return dict(found)


def text_of(html: bytes) -> str:
    return re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<head>.*?</head>", "", html.decode()))


def test_the_same_page_gives_the_same_variants():
    other = page("other", OTHER)
    assert list(page_variants(page(), other)) == list(page_variants(page(), other))


def test_pages_of_all_kinds_are_made(made):
    assert set(made) == {
        *("html-gold", "html-brief", "html-small", "html-terse"),
        *("html-unnamed", "html-grafted", "html-long"),
    }
    assert len(made["html-gold"]) == 60


def test_a_plain_page_holds_the_whole_body_and_a_brief_one_a_few_lines(made):
    assert all(line in text_of(html) for html in made["html-gold"] for line in BODY)
    counts = {sum(line in text_of(html) for line in BODY) for html in made["html-brief"]}
    assert counts >= {1, 2, 3}
    assert max(counts) < len(BODY)


def test_a_small_page_keeps_lines_that_follow_each_other_and_some_of_the_menu(made):
    menus = set()
    for html in made["html-small"]:
        text = text_of(html)
        numbers = [number for number, line in enumerate(BODY) if line in text]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        menus.add(sum(f"\n{line}\n" in text for line in MENU))
    assert {0, len(MENU)} <= menus


def test_a_page_without_names_has_no_class_that_it_had(made):
    assert not any(b"story" in html or b"menu" in html for html in made["html-unnamed"])
    assert all(BODY[0] in text_of(html) for html in made["html-unnamed"])


def test_another_article_below_is_no_body_and_more_sections_are():
    other = page("other", OTHER, "Late ferries")
    seen = set()
    for number in range(40):
        for example in read_page(page(str(number)), {}, other):
            if example.kind not in ("html-grafted", "html-long"):
                continue
            seen.add(example.kind)
            wanted = {tuple(tokens(line)) for line in OTHER}
            labels = [
                label
                for row, label in zip(example.words, example.labels, strict=True)
                if tuple(row) in wanted
            ]
            assert labels
            assert (min(labels) >= 0.5) == (example.kind == "html-long")
            assert (max(labels) >= 0.5) == (example.kind == "html-long")
            assert ("ferry" in example.gold) == (example.kind == "html-long")
    assert seen == {"html-grafted", "html-long"}


@pytest.mark.parametrize("markup", ["", "   ", "<html></html>", "<p>Else."])
def test_a_page_without_lines_of_its_body_makes_little(markup):
    bare = GoldPage("1", "\n".join(BODY), corpus="towns", markup=markup)
    plain = {"html-gold", "html-brief", "html-terse"}
    assert {variant.kind for variant in page_variants(bare, None)} <= plain


def test_a_terse_page_is_all_short_sentences_of_the_body(made):
    for variant in (one for number in range(9) for one in page_variants(page(str(number)), None)):
        if variant.kind == "html-terse":
            lines = variant.gold.split("\n")
            assert 3 <= len(lines) <= 14
            assert all(line.startswith("It took ") for line in lines)
            words = " ".join(text_of(variant.html).split())
            assert all(line in words for line in lines)
    assert len(made["html-terse"]) == 60
