"""Prose in many boxes, of which the scorer keeps a part: the sections of a guide, or boxes."""

from __future__ import annotations

import pytest

from boilerstrip.claim import Cause
from boilerstrip.readers.html import read_html
from boilerstrip.rules.match import Matcher
from boilerstrip.settle import judge
from boilerstrip.settle.boxes import boxed_lines
from boilerstrip.settle.passes import Lines

FIRST = "Each of the four ferries was tried for a week, in rain and in sun, by two of our writers."
SECTION = "The crossing takes twenty minutes, and the coffee that they sell on board is worth it."
LAST = "Whichever you take, buy the ticket at the pier, because the machines on board are slow."
MORE = "Bicycles travel free outside the rush hours, as long as there is room on the lower deck."


def page(*inside: str) -> str:
    first, last = (f"<section class='c1'><p>{text}</p></section>" for text in (FIRST, LAST))
    return f"<nav><a href='/'>Home</a></nav><main>{first}{''.join(inside)}{last}</main>"


def rescued(markup: str, kept: tuple[str, ...] = (FIRST, LAST), chance: float = 0.1) -> list[str]:
    """The lines that stay, were all prose but some rejected with the same chance."""
    document = read_html(markup).document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    rejected = {number for number, line in enumerate(lines) if line.text not in kept}
    found = boxed_lines(document, lines, rejected, [chance] * len(lines))
    return [lines[number].text for number in sorted(found)]


@pytest.mark.parametrize(
    "section",
    [
        f"<section class='c2'><div><p>{SECTION}</p></div></section>",
        f"<div><div class='grid'><div class='col-6'>{SECTION}</div></div></div>",
        f"<center><font>{SECTION}</font></center>",
        f"<table><tr><td>{SECTION}</td></tr></table>",
        f"<ul class='picks'><li class='pick'><p>{SECTION}</p></li></ul>",
    ],
)
def test_sections_in_wrappers_stay_where_the_scorer_rejects_much(section):
    assert rescued(page(section)) == [SECTION]


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><p>{SECTION}</p></aside>",
        f"<div class='newsletter'><div><p>{SECTION}</p></div></div>",
        f"<div class='box related'><p>{SECTION}</p></div>",
        f"<form><p>{SECTION}</p></form>",
        f"<div><p><a href='/ferry'>{SECTION}</a></p></div>",
        f"<div><p>{SECTION}</p></div><div><p>{SECTION}</p></div>",
        "<div><p>Tickets and times</p></div>",
    ],
)
def test_boxes_links_and_what_is_said_twice_stay_out(box):
    assert rescued(page(box)) == []


def test_one_box_amid_a_page_that_the_scorer_knows_stays_out():
    story = tuple(f"{MORE[:-1]}, and day {number} was no exception." for number in range(8))
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    assert rescued(page(paragraphs, f"<div><p>{SECTION}</p></div>"), (FIRST, *story, LAST)) == []


def test_headings_lists_and_tables_among_such_sections_stay_too():
    section = (
        "<section><h3>The Elin</h3><span>Score</span>"
        f"<p>{SECTION}</p><ul><li>Warm</li><li><a href='/x'>Offers</a></li></ul>"
        "<table><tr><td>Price</td><td>9 euros</td></tr></table></section>"
    )
    assert rescued(page(section)) == ["The Elin", SECTION, "Warm", "Price\t9 euros"]
    assert rescued(page(section), chance=0.015) == []
    known = f"<div><p>{SECTION}</p></div><ul><li>Warm</li></ul>"
    story = tuple(f"{MORE[:-1]}, and day {number} was no exception." for number in range(8))
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    assert rescued(page(paragraphs, known), (FIRST, *story, LAST)) == []


def test_a_name_that_most_paragraphs_have_around_them_tells_of_no_box():
    def widget(text: str, name: str = "text") -> str:
        return f"<div class='{name} widget'><p>{text}</p></div>"

    inside = "".join(map(widget, (FIRST, SECTION, LAST))) + widget(MORE, "newsletter")
    assert rescued(f"<main>{inside}</main>") == [SECTION]
    inside = f"<p>{FIRST}</p>{widget(SECTION)}<p>{LAST}</p>"
    assert rescued(f"<main>{inside}</main>") == []


def test_sections_behind_the_last_paragraph_stay_if_they_are_in_the_same_element():
    section = f"<section><p>{SECTION}</p></section>"
    first = f"<section><p>{FIRST}</p></section>"
    assert rescued(f"<main>{first}<section><p>{LAST}</p></section>{section}</main>") == [SECTION]
    assert rescued(page() + section) == []
    assert rescued(f"<body>{first}<div><p>{LAST}</p></div>{section}</body>") == []
    assert rescued(f"<main>{section}{page()}</main>") == []


def test_a_name_that_tells_of_comments_tells_so_wherever_it_stands():
    boxes = "".join(f"<li class='comment'><p>{text}</p></li>" for text in (FIRST, SECTION, LAST))
    assert rescued(f"<ol>{boxes}</ol>") == []


def test_teasers_behind_the_last_paragraph_stay_out():
    def item(title: str) -> str:
        return f"<div class='item'><h3>{title}</h3><span>3 May</span><p>{SECTION}</p></div>"

    linked = item("<a href='/elin'>The Elin goes to sea again</a>")
    assert rescued(page().replace("</main>", f"<div>{linked}</div></main>")) == []
    plain = item("The Elin goes to sea again")
    assert SECTION in rescued(page().replace("</main>", f"<div>{plain}</div></main>"))
    assert SECTION in rescued(page(linked))


def test_what_is_surely_no_body_stays_out_and_behind_the_story_what_is_probably_none():
    section = f"<section><p>{SECTION}</p></section>"
    assert rescued(page(section), chance=0.03) == [SECTION]
    assert rescued(page(section), chance=0.01) == []
    behind = page().replace("</main>", section + "</main>")
    assert rescued(behind, chance=0.06) == [SECTION]
    assert rescued(behind, chance=0.03) == []


def test_a_page_of_which_no_paragraph_stays_has_no_story_to_go_on_with():
    assert rescued(page(f"<section><p>{SECTION}</p></section>"), ()) == []


def test_the_judge_asks_the_scorer_for_its_chances_and_keeps_such_sections():
    class Chooser:
        cause = Cause("scorer")
        category = None

        def threshold(self, document):
            return 0.3

        def score(self, document, claims=None):
            texts = [document.content(block) for block in document.blocks]
            return [{FIRST: 0.9, LAST: 0.8, SECTION: 0.2, MORE: 0.005}.get(t, 0.0) for t in texts]

    markup = page(f"<section><p>{SECTION}</p></section><section><p>{MORE}</p></section>")
    document = read_html(markup).document
    claims = judge(document, Matcher(()), "en", {}, Chooser())
    gone = [document.text[claim.start : claim.end] for claim in claims]
    assert SECTION not in gone
    assert MORE in gone
