"""Whom a page names as its authors, and whom it only mentions. All pages here are made up."""

from __future__ import annotations

import json

import pytest

from boilerstrip import clean

TITLE = "Council votes to rebuild the harbour bridge"
TOLD = (
    "The council voted on Monday to rebuild the harbour bridge, which ends a debate that lasted"
    " for nine years and three mayors.",
    "Work will start in March and take three years, the mayor said. The old bridge stays open to"
    " cyclists until then, and to nobody else.",
    "Ferry operators are less happy. They expect to lose half of their commuters in the first"
    " year, and one of the two lines may close.",
)
DATE = "<div>May 3, 2024 7:31 AM</div>"
AUTHOR = "/author/tom-brandt"


def page(under: str = DATE, *, head: str = "", lead: str = "", foot: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in TOLD[bool(lead) :])
    return (
        f"<html lang='en'><head><title>{TITLE}</title>{head}</head><body>"
        f"<nav><a href='/news'>News</a><a href='/sport'>Sport</a></nav><main><article>"
        f"<h1>{TITLE}</h1>{under}{lead}{paragraphs}</article>{foot}</main></body></html>"
    )


@pytest.mark.parametrize(
    "opening",
    [
        "<a href='/v'>ST. ARDAL, NW (KARD)</a> &ndash; Amid the first thaw of the year, the ",
        "<strong>PORT MOORE</strong> - On Monday, to the surprise of nobody who was there, the ",
        "<b>New Ardal</b> (Reuters) — After a debate that lasted for nine years, the town's ",
        "<strong>Minister Axel Brandt:</strong> This is a good day for the harbour, and the ",
    ],
)
def test_what_opens_a_sentence_is_no_author(opening: str) -> None:
    assert clean(page(lead=f"<p>{opening}council voted to rebuild the bridge.</p>")).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<div><strong>Ines Calder</strong></div>",
        "<p>Ines Calder</p>",
        "<p><a href='/x'>Ines Calder</a> | 5 min read</p>",
    ],
)
def test_a_name_in_a_line_of_its_own_beside_a_date_is_the_author(line: str) -> None:
    assert clean(page(line + DATE)).authors == ("Ines Calder",)


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Key Insights</strong></p>",
        "<p><a href='/c'>Nonessential Thoughts</a>, Technology</p>",
        "<p>Rowing News</p>",
        # The text speaks of him.
        "<p>Tom Brandt</p><p>Brandt was re-elected last year.</p>",
    ],
)
def test_a_line_of_two_capitals_may_be_anything(line: str) -> None:
    assert clean(page(line + DATE)).authors == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("by INES CALDER, TOM BRANDT and EVA LIND", ("INES CALDER", "TOM BRANDT", "EVA LIND")),
        ("VON INES CALDER, TOM BRANDT UND EVA LIND", ("INES CALDER", "TOM BRANDT", "EVA LIND")),
        ("Par INÈS CALDER, TOM BRANDT ET EVA LIND", ("INÈS CALDER", "TOM BRANDT", "EVA LIND")),
        ("DI INES CALDER E TOM BRANDT", ("INES CALDER", "TOM BRANDT")),
        ("Por INÉS CALDER Y TOMÁS PEÑA", ("INÉS CALDER", "TOMÁS PEÑA")),
        ("By INES CALDER, RN, BSN, TOM BRANDT", ("INES CALDER", "TOM BRANDT")),
        # Degrees and posts behind a name in capitals, and a name with a joint inside.
        ("By INES CALDER, MD, and TOM BRANDT, PHD", ("INES CALDER", "TOM BRANDT")),
        ("By INES CALDER, FACP MBA", ("INES CALDER",)),
        ("By Ines Calder, SENIOR EDITOR", ("Ines Calder",)),
        ("Por JOSÉ ORTEGA Y GASSET", ("JOSÉ ORTEGA Y GASSET",)),
        ("By JOHN E SMITH", ("JOHN E SMITH",)),
        ("By INES CALDER, DAN BROWN", ("INES CALDER", "DAN BROWN")),
    ],
)
def test_names_in_capitals_are_parted_as_others_are(line: str, authors: tuple[str, ...]) -> None:
    assert clean(page(f"<p>{line}</p>{DATE}")).authors == authors
    label = "<span>By</span>" if line.lower().startswith("by") else ""
    assert clean(page(f"<div>{label}<span>{line}</span></div>{DATE}")).authors == authors


TEASERS = (
    f"<section><h2>Most popular</h2><div><a href='/m'>Market Hall Opens</a>"
    f"<a class='author' href='{AUTHOR}'>Tom Brandt</a></div></section>",
    f"<div><h3><a href='/m'>Hall opens</a></h3><a rel='author' href='{AUTHOR}'>Tom Brandt</a>"
    "<p>Fish and bread.</p></div>",
    "<div><a href='/m'>Der See ist zugefroren</a> von <a href='/autor/tom'>Tom Brandt</a></div>",
    "<div><a href='/m'><h4>Le lac</h4><span class='author-name'>Tom Brandt</span></a></div>",
)


@pytest.mark.parametrize("teaser", TEASERS)
def test_the_author_of_another_story_is_none_of_this_one(teaser: str) -> None:
    assert clean(page(foot=teaser)).authors == ()
    assert clean(page(f"<p>By Ines Calder</p>{DATE}", foot=teaser)).authors == ("Ines Calder",)
    linked = "<span class='author-meta'>By</span> <a class='author-link'>Ines Calder</a>"
    assert clean(page(linked, foot=teaser)).authors == ("Ines Calder",)


@pytest.mark.parametrize(
    "foot",
    [
        f"<div>Written by <a href='{AUTHOR}'>Tom Brandt</a></div>",
        f"<footer class='entry-footer'><a href='{AUTHOR}'>Tom Brandt</a>"
        "<a rel='tag' href='/t'>Bridges and other roads</a></footer>",
        f"<div><a rel='author' href='{AUTHOR}'>Tom Brandt</a>"
        "<a href='https://social.example/share'>Share it with friends</a></div>",
    ],
)
def test_the_article_s_own_foot_names_its_author(foot: str) -> None:
    html = page("", foot=foot)
    assert clean(html, url="https://www.ardalpost.example/bridge").authors == ("Tom Brandt",)


@pytest.mark.parametrize(
    "deed",
    [
        "Edited by Tom Brandt.",
        "(Editing by Tom Brandt and Eva Lind)",
        "Translated by Tom Brandt",
        "Fact-checked by Tom Brandt.",
        "Editado por Tom Brandt.",
        "Édité par Tom Brandt",
    ],
)
def test_who_did_something_else_is_no_author(deed: str) -> None:
    assert clean("\n\n".join([*TOLD, deed])).authors == ()
    assert clean(page(foot=f"<p>{deed}</p>")).authors == ()


def test_who_reported_is_the_author_and_who_edited_is_none() -> None:
    text = "\n\n".join([*TOLD, "(Reporting by Ines Calder; Editing by Tom Brandt)"])
    assert clean(text).authors == ("Ines Calder",)


@pytest.mark.parametrize(
    "line",
    [
        "<div class='byline'><a href='/author/i'>Ines Calder</a>"
        "<a href='/author/i/feed'>RSS Feed</a></div>",
        "<div class='byline'><a href='/author/i/'>More from Ines Calder</a></div>",
        "<div class='byline'><a href='/author/i/'>Follow Ines Calder</a></div>",
        "<div class='author'><a href='/author/i'>Ines Calder</a><a href='/f'>Follow</a></div>",
        "<div class='author'><a href='/autor/i'>Ines Calder</a><a href='/f'>Folgen</a></div>",
    ],
)
def test_buttons_and_feeds_are_no_authors(line: str) -> None:
    assert clean(page(line + DATE)).authors == ("Ines Calder",)


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("ines@ardal.example (Ines Calder)", ("Ines Calder",)),
        ("Ines Calder Staff Writer", ("Ines Calder",)),
        ("Ines Calder | Ardal Bureau", ("Ines Calder",)),
        ("Ines CALDER, Inès Calder, Calder Ines", ("Inès Calder",)),
        ("Ines Calder Follow", ("Ines Calder",)),
        ("Super User", ()),
        ("Redacción", ()),
        # A lone post ends the names of teams, and what is in brackets alone is no name.
        ("Luxury Travel Expert", ("Luxury Travel Expert",)),
        ("Ines Calder, (Image: Skystock)", ("Ines Calder",)),
        ("Ana María Rey, Ana María López", ("Ana María Rey", "Ana María López")),
    ],
)
def test_a_stated_author_is_a_name(stated: str, authors: tuple[str, ...]) -> None:
    assert clean(page(head=f"<meta name='author' content='{stated}'>")).authors == authors


def test_a_person_s_name_in_parts_is_put_together() -> None:
    person = {"@type": "Person", "givenName": "Ines", "familyName": "Calder"}
    data = {"@type": "NewsArticle", "headline": TITLE, "author": person}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    assert clean(page(head=script)).authors == ("Ines Calder",)


def test_authors_side_by_side_in_microdata_are_all_named() -> None:
    names = "<b itemprop='author'>Ines Calder</b>, <b itemprop='author'>Tom Brandt</b>"
    assert clean(page(names)).authors == ("Ines Calder", "Tom Brandt")
    apart = f"<b itemprop='author'>Ines Calder</b> in conversation with <b>Tom Brandt</b>{DATE}"
    assert clean(page(apart)).authors == ("Ines Calder",)


def stated(*names: str) -> str:
    people = [{"@type": "Person", "name": name} for name in names]
    node = {"@type": "NewsArticle", "headline": TITLE, "author": people}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    "line",
    [
        "<div>By Ines Calder</div><div>Contributions from</div><div>Tom Brandt</div>",
        "<div>By Ines Calder</div><div><i>Edited by</i> <a>Tom Brandt</a></div>",
        "<div>Von Ines Calder</div><div>Fotos: Tom Brandt</div>",
    ],
)
def test_stated_authors_who_only_helped_are_none(line: str) -> None:
    assert clean(page(line, head=stated("Ines Calder", "Tom Brandt"))).authors == ("Ines Calder",)


@pytest.mark.parametrize(
    "line",
    [
        "<div>By Ines Calder</div><div>Tom Brandt</div>",
        "<div>By Ines Calder and Tom Brandt</div>",
        "<div>Ines Calder, Tom Brandt</div><div>Edited by Mia Olsen</div>",
        "",
    ],
)
def test_stated_authors_of_whom_nothing_else_is_said_stay(line: str) -> None:
    found = clean(page(line, head=stated("Ines Calder", "Tom Brandt"))).authors
    assert found == ("Ines Calder", "Tom Brandt")


def test_one_stated_author_stays_whatever_is_said() -> None:
    line = "<div>Edited by Ines Calder</div>"
    assert clean(page(line, head=stated("Ines Calder"))).authors == ("Ines Calder",)


@pytest.mark.parametrize("account", ["Site Admin", "NOC Administrator"])
def test_the_page_s_author_goes_before_an_account(account: str) -> None:
    head = f"<meta name='author' content='{account}'>"
    byline = f"<p><a rel='author' href='{AUTHOR}'>Tom Brandt</a></p>"
    assert clean(page(byline, head=head)).authors == ("Tom Brandt",)


WRITTEN = (
    "<div class='wp-block-post-author'><p class='wp-block-post-author__byline'>Written by</p>"
    "<p class='wp-block-post-author__name'>Tom Brandt</p></div>"
)


def test_an_author_s_block_below_the_story_names_its_author_and_in_a_card_another_s() -> None:
    next_story = "<h3><a href='/old'>Ferry captain praised for rescue</a></h3>"
    assert clean(page("", foot=f"<div>{WRITTEN}{next_story}</div>")).authors == ("Tom Brandt",)
    assert clean(page("", foot=f"<div>{next_story}{WRITTEN}</div>")).authors == ()
    cards = "".join(f"<li>{next_story}{WRITTEN.replace('Tom', name)}</li>" for name in ("Bo", "Al"))
    assert clean(page("", foot=f"<ul>{cards}</ul>")).authors == ()
