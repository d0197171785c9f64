"""What the boxes of themes say of an author, and what else they hold. All pages are made up."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from boilerstrip.fields.author_box import is_bio
from boilerstrip.fields.find import read_markup

STORY = (
    "<p>The council voted to rebuild the harbour bridge, which ends a debate that has lasted for"
    " nine years and three mayors.</p>"
) * 3
BIO = "Has covered the harbour for twenty years, and has yet to fall in. Also writes about bread."


def bio(box: str, under: str = "<p class='byline'>By Ines Calder</p>") -> str:
    html = f"<title>Bridge</title><article><h1>A bridge</h1>{under}{STORY}</article>{box}"
    found = read_markup(document_fromstring(f"<html><body>{html}")).get("author_bio", ())
    return str(found[0].value) if found else ""


@pytest.mark.parametrize(
    "box",
    [
        "<div class='author-bio'>{}</div>",
        "<div class='author-info'><h2 class='author-name'>Ines Calder</h2><p>{}</p></div>",
        "<section class='author-card'><h4 class='author-card-name'><a href='/author/ines'>Ines"
        " Calder</a></h4><p>{}</p></section>",
        "<div><div class='name'>Ines Calder</div><div class='user-bio'>{}</div></div>",
        "<div class='c-writer-bio'><a href='/contributors/i'>Ines Calder</a><p>{}</p></div>",
        "<div class='td-author-box'><div class='td-author-name'><a>Ines Calder</a></div>"
        "<div class='td-author-description'>{}</div></div>",
        "<aside class='author-profile'><h5>Ines Calder</h5><p>{}</p></aside>",
        "<div class='author-box'><div itemprop='description'>{}</div></div>",
    ],
)
def test_a_box_of_the_author_s_says_the_bio_without_the_name(box: str) -> None:
    assert bio(box.format(BIO)) == BIO


def test_a_year_may_follow_the_name() -> None:
    own = "Ines Calder 2012'den beri limanlar ve feribotlar üzerine yazan bir gazetecidir."
    assert bio(f"<div class='author-box'><h4>Ines Calder</h4><p>{own}</p></div>") == own


def test_a_title_before_the_name_is_no_part_of_it() -> None:
    own = "Dr. Ines Calder is a surgeon for ferries, and has been one for more than twenty years."
    box = f"<div class='author-info'><p>{own}</p></div>"
    assert bio(box, "<p class='byline'>By Dr. Ines Calder</p>") == own
    other = own.replace("Ines Calder", "Tom Brandt")
    assert bio(box.replace(own, other), "<p class='byline'>By Dr. Ines Calder</p>") == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ines Calder is a reporter who has covered the harbour for more than twenty years.", True),
        ("Ines Calder (she/her) has covered the harbour and its ferries for twenty years.", True),
        (
            "Ines Harbour Ferries Ltd. Company Register of the Town, Ardal Quay, No. 12, Ardal",
            False,
        ),
        (
            "Inessa Calder is a reporter who has covered the harbour for more than twenty years",
            False,
        ),
    ],
)
def test_who_signs_with_a_first_name_is_told_of_with_all_of_it(text: str, told: bool) -> None:
    assert is_bio(text, ["Ines"]) is told


@pytest.mark.parametrize(
    "box",
    [
        # Of another author, of a comment, of nobody.
        f"<div class='author-card'><h4>Tom Brandt</h4><p>{BIO}</p></div>",
        f"<div class='comment'><div class='user-info'><b>Ines Calder</b><p>{BIO}</p></div></div>",
        f"<div class='author-box'><h4>The Ardal Post</h4><p>{BIO}</p></div>",
        # A date, a quotation, another story, a newsletter.
        "<div class='author-box'><h4>Ines Calder</h4><p>May 3, 2024 at 7:31 in the morning, updated"
        " on Friday of that week.</p></div>",
        "<div class='author-box'><h4>Ines Calder</h4><p>“Nobody has ever written of ferries as she"
        " does, or of bread.” The Quay Weekly</p></div>",
        "<div class='author-box'><h4>Ines Calder</h4><p><a href='/x'>The market hall has opened its"
        " doors to the first fishmongers of the year.</a></p></div>",
        "<div class='author-box'><h4>Ines Calder</h4><p>Sign up to get her letter about harbours"
        " and ferries each Friday in your inbox.</p></div>",
    ],
)
def test_what_else_stands_in_such_a_box_is_no_bio(box: str) -> None:
    assert bio(box) == ""


def test_a_standfirst_beside_the_name_is_no_bio() -> None:
    under = f"<div class='author-info'><span>Ines Calder</span><p>{BIO}</p></div>"
    assert bio("", under) == ""


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (
            f"<div itemprop='author'><b>Ines Calder</b><p itemprop='description'>{BIO}</p></div>",
            BIO,
        ),
        (f"<div itemprop='publisher'><b>Post</b><p itemprop='description'>{BIO}</p></div>", ""),
        (f"<p itemprop='description'>{BIO}</p>", ""),
    ],
)
def test_microdata_describes_the_author(box: str, expected: str) -> None:
    assert bio(box) == expected
