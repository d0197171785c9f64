"""HTML through the whole road: bytes, trees and soup in, body, metadata and record out."""

import pickle

import lxml.html
import pytest
from bs4 import BeautifulSoup
from conftest import PARAGRAPHS

import boilerstrip

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bridge Will Be Rebuilt | The Ardal Post</title>
<meta property="og:site_name" content="The Ardal Post">
<meta property="article:published_time" content="2024-05-03T07:15:00+01:00"></head>
<body><nav class="menu"><a href="/">Home</a> <a href="/world">World</a> <a href="/arts">Arts</a>
</nav>
<article><h1>Bridge Will Be Rebuilt</h1><p class="byline">By <a rel="author">Ines Calder</a></p>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><div class="ad">Advertisement</div>
<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p><p>{PARAGRAPHS[4]}</p></article>
<aside class="related"><h2>Related Articles</h2><ul><li><a href="/a">Ferry fares rise again</a></li>
<li><a href="/b">Lime trees to be felled by Easter</a></li></ul></aside>
<footer>© 2024 The Ardal Post</footer></body></html>"""


@pytest.mark.parametrize(
    "source",
    [
        PAGE,
        PAGE.encode(),
        PAGE.encode("utf-16"),
        lxml.html.document_fromstring(PAGE),
        lxml.html.document_fromstring(PAGE).getroottree(),
        BeautifulSoup(PAGE, "lxml"),
    ],
    ids=["str", "utf-8", "utf-16", "element", "tree", "soup"],
)
def test_every_kind_of_source_gives_the_same_article(source):
    article = boilerstrip.clean(source)
    assert article.body.split("\n") == PARAGRAPHS
    assert article.title == "Bridge Will Be Rebuilt"
    assert article.authors == ("Ines Calder",)
    assert article.outlet == "The Ardal Post"
    assert article.date == "2024-05-03"
    assert article.published == "2024-05-03T07:15:00+01:00"
    assert article.language == "en"
    assert [item.title for item in article.related] == [
        "Ferry fares rise again",
        "Lime trees to be felled by Easter",
    ]


def test_related_items_come_with_their_addresses():
    (first, second) = boilerstrip.clean(PAGE, "https://ardalpost.example/news/bridge").related
    assert first == boilerstrip.Related("Ferry fares rise again", url="https://ardalpost.example/a")
    assert second.url == "https://ardalpost.example/b"
    assert boilerstrip.clean(PAGE).related[0].url == "/a"


def test_all_that_is_not_body_is_recorded():
    article = boilerstrip.clean(PAGE)
    document = article.document
    for removal in article.removed:
        assert document.text[removal.start : removal.end] == removal.text
    recorded = "".join(removal.text for removal in article.removed) + article.body
    assert sorted("".join(recorded.split())) == sorted("".join(document.text.split()))
    categories = {removal.category for removal in article.removed}
    assert {"title", "byline", "advertisement", "related", "copyright"} <= categories


def test_an_article_of_a_deep_page_can_be_sent():
    deep = "<div>" * 700 + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div>" * 700
    article = boilerstrip.clean(f"<html><body>{deep}</body></html>")
    assert article.body.split("\n") == PARAGRAPHS
    assert pickle.loads(pickle.dumps(article)) == article


def test_a_tree_is_not_modified():
    tree = lxml.html.document_fromstring(PAGE)
    before = lxml.html.tostring(tree)
    boilerstrip.clean(tree)
    boilerstrip.Cleaner(boilerstrip.Options(engine="trafilatura")).clean(tree)
    assert lxml.html.tostring(tree) == before


def test_trafilatura_as_the_engine_has_its_omissions_recorded():
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(engine="trafilatura"))
    article = cleaner.clean(PAGE.replace("</nav>", "</nav><nav><p>Walk the harbour</p></nav>"))
    assert article.body.split("\n") == PARAGRAPHS
    assert "extractor:trafilatura" in {removal.cause for removal in article.removed}
    assert article.title == "Bridge Will Be Rebuilt"


@pytest.mark.parametrize("source", [b"", b"<html></html>", "<!doctype html><p hidden>x</p>"])
def test_a_page_without_text_is_an_empty_article(source):
    assert boilerstrip.clean(source).body == ""


def test_text_that_mentions_tags_is_text():
    text = "Use <p> for a paragraph and <b>bold</b> for bold, the guide says, and mind the order."
    assert boilerstrip.clean(text).body == text


def test_a_page_that_begins_with_a_long_script_is_a_page():
    script = "<script>" + "let x = 1;\n" * 2_000 + "</script>"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert boilerstrip.clean(f"\n{script}{paragraphs}").body.split("\n") == PARAGRAPHS


def test_a_text_that_shows_a_script_stays_text():
    text = "\n".join(["<script> is an element of HTML.", *PARAGRAPHS])
    assert boilerstrip.clean(text).body == text
