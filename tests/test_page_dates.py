"""The day of a page's article, among the other days that it prints. All pages here are made up."""

from __future__ import annotations

import json

import pytest
from lxml.html import document_fromstring

from boilerstrip.fields.find import read_markup

URL = "https://www.ardalpost.example/news/bridge"
TITLE = "Council votes to rebuild the harbour bridge"
STORY = (
    "<p>The council voted to rebuild the harbour bridge, which ends a debate that has lasted for"
    " nine years and three mayors.</p>"
) * 4
DAY = "<div>3 May 2024</div>"


def day(under: str = "", *, head: str = "", top: str = "", foot: str = "") -> str | None:
    html = (
        f"<html lang='en'><head><title>{TITLE}</title>{head}</head><body>{top}<main><article>"
        f"<h1>{TITLE}</h1>{under}{STORY}</article>{foot}</main></body></html>"
    )
    found = read_markup(document_fromstring(html), URL).get("date", ())
    return str(found[0].value) if found else None


@pytest.mark.parametrize(
    "comments",
    [
        "<h3>Comments from our readers</h3><ul><li><h6>On May 19, 2024, at 10:07 PM, <b>harbourrat"
        "</b> wrote:</h6><p>Nine years!</p></li></ul>",
        "<div id='disqus'><div class='comment'><b>rat</b> <time datetime='2024-05-19T22:07'>May 19,"
        " 2024</time><p>Nine years!</p></div></div>",
        "<section><h2>Kommentare (2)</h2><b>ratte</b> am 19. Mai 2024 um 22:07 Uhr</section>",
        "<h4>1 commentaire</h4><ul><li><b>rat</b> le 19 mai 2024 à 22:07<p>Neuf ans!</p></li></ul>",
        "<div class='commentlist'><p>May 19, 2024 at 10:07 pm</p><p>Nine years!</p></div>",
    ],
)
def test_the_day_of_a_comment_is_not_the_article_s(comments: str) -> None:
    assert day(foot=comments) is None
    assert day(DAY, foot=comments) == "2024-05-03"


@pytest.mark.parametrize(
    "under",
    [
        "<p class='post-meta'>3 May 2024 | <a href='#comments'>5 comments</a></p>",
        "<div class='comments-link'>2 comments</div><div>3 May 2024</div>",
        "<aside class='post-meta'><time>3 May 2024</time></aside>",
    ],
)
def test_a_count_of_comments_beside_the_day_does_no_harm(under: str) -> None:
    assert day(under) == "2024-05-03"


@pytest.mark.parametrize(
    "top",
    [
        "<header><div class='today'>Friday, November 28, 2025</div><a href='/'>Home</a></header>",
        "<header><nav><a href='/'>Home</a></nav><p class='date'>28 November 2025</p></header>",
        "<header><h1><a href='/'>Ardal Post</a></h1><form></form><i>28 November 2025</i></header>",
        "<div class='topbar'><span>Fri, 28 Nov 2025</span><a>Log in</a></div>",
    ],
)
def test_today_s_date_in_the_site_s_head_is_not_the_article_s(top: str) -> None:
    assert day(top=top) is None
    assert day(DAY, top=top) == "2024-05-03"


def test_the_article_s_own_header_says_its_day() -> None:
    html = f"<article><header><p>3 May 2024</p><h1>{TITLE}</h1></header>{STORY}</article>"
    assert read_markup(document_fromstring(html), URL)["date"][0].value == "2024-05-03"
    above = f"<div class='meta'>3 May 2024</div><h1>{TITLE}</h1>{STORY}"
    assert read_markup(document_fromstring(above), URL)["date"][0].value == "2024-05-03"


@pytest.mark.parametrize(
    "teaser",
    [
        "<div><a href='/x'>Market Hall Opens Its Doors</a><span>19 May 2024</span></div>",
        "<div><h3><a href='/x'>Hall opens</a></h3><time datetime='2024-05-19'>May 19</time></div>",
        "<aside><p>19 May 2024</p><a href='/x'>Market hall opens</a></aside>",
    ],
)
def test_the_day_of_another_story_is_not_the_article_s(teaser: str) -> None:
    assert day(foot=teaser) is None
    assert day(DAY, foot=teaser) == "2024-05-03"
    own = "<div>Published 3 May 2024 in <a href='/news'>News</a></div>"
    assert day(foot=own) == "2024-05-03"


@pytest.mark.parametrize(
    ("headline", "value"),
    [
        (TITLE, "2023-01-02"),
        ("Harbour bridge: council votes", "2023-01-02"),
        ("Lake freezes early this year", "2024-05-03"),
        ("", "2023-01-02"),
    ],
)
def test_linked_data_of_another_article_says_nothing_of_this_one(headline: str, value: str) -> None:
    data = {"@type": "NewsArticle", "headline": headline, "datePublished": "2023-01-02"}
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    assert day(DAY, head=head) == value


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("1970-01-01T00:00:00Z", "2024-05-03"),
        ("1714723200", "2024-05-03T08:00:00+00:00"),
        ("1714723200000", "2024-05-03T08:00:00+00:00"),
        ("2023-01-02", "2023-01-02"),
    ],
)
def test_what_machines_count_is_read_and_what_was_never_set_is_not(
    content: str, value: str
) -> None:
    assert day(DAY, head=f"<meta name='pubdate' content='{content}'>") == value
