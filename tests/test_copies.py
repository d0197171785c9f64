"""A paragraph that a text holds twice goes once; what is short, or only alike, stays."""

from __future__ import annotations

import pytest

import boilerstrip

STORY = [
    "The dredger left the basin at noon, and by four the first trawlers were back at their berths.",
    "Nobody on the quay had expected them before the autumn, and nobody had swept the steps.",
    "The harbour master counted nineteen boats, two more than he had berths for, and lit his pipe.",
    "He would not say which two had to go, for one of them was his brother's and one his own.",
]


def removed(text: str) -> list[str]:
    return [one.text for one in boilerstrip.clean(text).removed if one.category == "duplicate"]


def test_a_text_given_twice_is_kept_once() -> None:
    text = "\n".join([*STORY, *STORY])
    article = boilerstrip.clean(text)
    assert article.body.split("\n") == STORY
    assert article.rebuild() == text
    assert {one.cause for one in article.removed} == {"rule:duplicate/again"}


def test_a_heading_between_copies_goes_with_them() -> None:
    once = [*STORY[:2], "Nineteen boats", *STORY[2:]]
    assert boilerstrip.clean("\n".join([*once, *once])).body.split("\n") == once


@pytest.mark.parametrize("end", ["…", " [...]", " […]", "..."])
def test_an_excerpt_goes_and_its_paragraph_stays(end: str) -> None:
    excerpt = STORY[0][:80].rpartition(" ")[0] + end
    text = "\n".join([excerpt, *STORY])
    assert removed(text) == [excerpt]


def test_an_excerpt_in_a_script_without_spaces_goes() -> None:
    first = "渔船在中午离开了港口，到四点钟第一批拖网渔船已经回到了泊位，码头上没有人想到会这么快。"
    text = "\n".join([first, first + "港务长数了十九艘船，比泊位多两艘，然后点燃了烟斗。", *STORY])
    assert removed(text) == [first]


@pytest.mark.parametrize(
    "line",
    [
        "And the tide came in again.",  # a refrain
        "Nineteen boats",  # a heading
        "Trawlers 19 - 2",  # a result
        "It was noon; nobody swept.",
    ],
)
def test_short_lines_may_come_again(line: str) -> None:
    assert removed("\n".join([STORY[0], line, STORY[1], line, STORY[2], line, STORY[3]])) == []


def test_a_single_paragraph_may_come_again() -> None:
    assert removed("\n".join([*STORY, STORY[1]])) == []


def test_paragraphs_that_are_only_alike_stay() -> None:
    other = STORY[0].replace("four", "five")
    assert removed("\n".join([*STORY, other])) == []


def test_copies_that_begin_with_a_hundred_dots_are_copies() -> None:
    dotted = [f"{'. ' * 70}{line}" for line in STORY]
    assert removed("\n".join([*dotted, *dotted])) == dotted
