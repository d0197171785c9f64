"""Markdown as crawlers save it: judged by what it shows, recorded where it stands."""

from __future__ import annotations

import time

import pytest

import boilerstrip
from boilerstrip.article import Related
from boilerstrip.readers import read
from boilerstrip.readers.markdown import is_markdown, markdown_unseen
from boilerstrip.readers.plain import read_plain

PAGE = """\
[Skip to content](#main)

[![Ardal Post](https://example.org/logo.png)](https://example.org/)

* [Home](https://example.org/)
* [World](https://example.org/world)

# The Harbour Bridge Will Be Rebuilt

By [Ines Calder](https://example.org/authors/ines-calder) | 3 May 2024

![The bridge at dawn, the ferry's crew in front](https://example.org/bridge.jpg "The bridge")

The council voted on **Monday** to rebuild the bridge after a debate of more than four hours.

Advertisement

Work will start in March, [the mayor said](https://example.org/mayor_(2024)), and take three years.

### Related articles

* [Ferry Fares Rise Again](/ferry)
* [
  Bus Lines Cut in Winter
  ](/bus)

[Share on Facebook](https://example.com/share?u=a b)
"""
BODY = """\
The council voted on **Monday** to rebuild the bridge after a debate of more than four hours.
Work will start in March, [the mayor said](https://example.org/mayor_(2024)), and take three years.\
"""


@pytest.fixture(scope="module")
def article():
    return boilerstrip.clean(PAGE, url="https://example.org/news/bridge")


def test_the_body_keeps_its_marks(article):
    assert article.body == BODY


def test_the_metadata_is_what_the_page_shows(article):
    assert article.title == "The Harbour Bridge Will Be Rebuilt"
    assert article.authors == ("Ines Calder",)
    assert article.date == "2024-05-03"


def test_a_removal_takes_the_marks_of_its_links_along(article):
    removed = {removal.text: removal.cause for removal in article.removed}
    assert removed["[Skip to content](#main)"] == "rule:navigation/skip-link"
    assert removed["* [World](https://example.org/world)"].startswith("rule:navigation/")
    assert "[Share on Facebook](https://example.com/share?u=a b)" in removed


def test_an_image_is_media(article):
    images = [removal.text for removal in article.removed if removal.category == "media"]
    assert images[0] == "[![Ardal Post](https://example.org/logo.png)](https://example.org/)"
    assert images[1].startswith("![The bridge at dawn, the ferry's crew in front](")


def test_related_items_come_with_their_addresses(article):
    assert article.related == (
        Related("Ferry Fares Rise Again", None, "https://example.org/ferry"),
        Related("Bus Lines Cut in Winter", None, "https://example.org/bus"),
    )


def test_the_record_rebuilds_the_source(article):
    document = article.document
    assert document.text == PAGE
    assert "".join(document.text[block.start : block.end] for block in document.blocks) == PAGE
    for removal in article.removed:
        assert PAGE[removal.start : removal.end] == removal.text
    ends = [removal.end for removal in article.removed]
    assert all(end <= later.start for end, later in zip(ends, article.removed[1:], strict=False))


def test_what_is_clean_stays(article):
    again = boilerstrip.clean(article.body)
    assert again.body == article.body
    assert not again.removed


def test_kept_categories_keep_their_images():
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(keep={"media"}))
    text = "It rained all day.\n![Rain](https://example.org/rain.jpg)\nIt stopped at night."
    assert cleaner.clean(text).body == text
    assert "![" not in boilerstrip.clean(text).body


def test_an_image_amid_a_sentence_goes_alone():
    text = "The ferry ![ferry](https://example.org/f.png) left the harbour at nine in the morning."
    article = boilerstrip.clean(text)
    assert [removal.text for removal in article.removed] == ["![ferry](https://example.org/f.png)"]


def test_an_image_with_links_in_its_text_is_one_image():
    image = "![\r\n[Share](https://example.com/share)![A bridge](https://example.org/b.jpg)](/a)"
    article = boilerstrip.clean(f"The bridge was closed on Monday.\n{image}")
    assert article.body == "The bridge was closed on Monday."
    assert [removal.text for removal in article.removed] == [image]
    # Without an end it is no image, and a link in it stays one.
    open_ended = "A! [Home](/) and ![ [a map](/a) of the story's places."
    assert boilerstrip.clean(open_ended).body == open_ended


def test_bytes_are_read_alike(article):
    assert boilerstrip.clean(PAGE.encode("utf-16")).body == article.body


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ('See [the map](https://example.org/map "Map").', "See the map."),
        ("[One](/a) [two](#b)", "One two"),
        ("[A [very] odd text](/a)", "A [very] odd text"),
        ("[\n\n### A card\n\nWith text.\n\n](/card)", "### A card\n\nWith text."),
        ("[![Alt](/a.png) Headline](/b)", "\n Headline"),
        ("Before[](#anchor) after", "Before\n after"),
        ("[](#anchor) Heading", "\n Heading"),
    ],
)
def test_what_markdown_shows(source: str, seen: str) -> None:
    assert read_plain(source).document.text == seen


@pytest.mark.parametrize(
    "text",
    [
        "The list items[0](x) is a call, and vec![1, 2] is not.",
        "He said [sic](and meant it) that it rained.",
        "As shown before [1], see (https://example.org/).",
        "Write `[text](https://example.org/)` for a link.",
        r"Not a link: \[text](https://example.org/).",
    ],
)
def test_what_only_looks_like_a_link_is_text(text: str) -> None:
    assert not is_markdown(text)
    assert read(text).origin is None
    assert boilerstrip.clean(text).body == text


def test_brackets_that_nothing_closes_take_no_time():
    links = "".join(f"* ![x](/{n}.png) [Ferry number {n}](/{n})\n" for n in range(300))
    text = f"7 [Two boats\n{links}\nThe council met on Monday evening to vote on the bridge."
    begun = time.process_time()
    assert markdown_unseen(text)
    assert time.process_time() - begun < 2
