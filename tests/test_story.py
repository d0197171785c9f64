"""What stands between the paragraphs of a page's story, against what a scorer says of it."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.readers.html import read_html
from boilerstrip.rules.match import Matcher
from boilerstrip.settle.passes import Lines
from boilerstrip.settle.story import parts_of_story

PARAGRAPHS = [
    "The council voted on Monday to rebuild the harbour bridge, ending a debate of nine years.",
    "Work will start in March and take three years, the mayor said after the vote.",
    "Ferry operators are less happy, as they expect to lose half of their commuters.",
]


def kept(inside: str, *, after: str = "") -> list[str]:
    """The lines that are part of the story, were all but its paragraphs rejected."""
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    markup = f"<nav>Home</nav><article>{one}{inside}{two}{three}</article>{after}"
    document = read_html(markup).document
    reader = Lines(document, Matcher(()))
    lines = reader.of_blocks(document.blocks)
    rejected = {number for number, line in enumerate(lines) if line.text not in PARAGRAPHS}
    return [lines[number].text for number in sorted(parts_of_story(document, lines, rejected))]


@pytest.mark.parametrize(
    "inside",
    [
        "<h2>The old bridge</h2>",
        "<h3 class='headline'>The old bridge</h3>",
        "<table><tr><td>The old bridge</td></tr></table>",
        "<blockquote><p>The old bridge</p></blockquote>",
        "<blockquote class='wp-block-quote'>The old bridge</blockquote>",
        "<ul><li>The old bridge</li></ul>",
        "<ul class='wp-block-list'><li>The old bridge</li></ul>",
        "<pre><code>The old bridge</code></pre>",
        "<blockquote class='twitter-tweet'><p>The old bridge</p></blockquote>",
        "<div class='embed'><blockquote class='tiktok-embed'>The old bridge</blockquote></div>",
    ],
)
def test_what_an_author_puts_between_paragraphs_is_the_story(inside):
    assert kept(inside) == ["The old bridge"]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The old bridge</p>",
        "<div>The old bridge</div>",
        "<h4>The old bridge</h4>",
        "<ul class='share-bar'><li>The old bridge</li></ul>",
        "<ul><li><a href='/old'>The old bridge</a></li></ul>",
        "<div class='teaser'><h3>The old bridge</h3></div>",
        "<aside><ul><li>The old bridge</li></ul></aside>",
        "<table class='ad-slot'><tr><td>The old bridge</td></tr></table>",
        "<figure><figcaption>The old bridge</figcaption></figure>",
    ],
)
def test_boxes_links_and_labels_between_paragraphs_are_left_to_the_scorer(inside):
    assert kept(inside) == []


@pytest.mark.parametrize(
    "after",
    [
        "<h2>The old bridge</h2>",
        "<table><tr><td>The old bridge</td></tr></table>",
        "<aside><blockquote class='twitter-tweet'>The old bridge</blockquote></aside>",
    ],
)
def test_what_follows_the_last_paragraph_is_left_to_the_scorer(after):
    assert kept("", after=after) == []


def test_a_page_without_paragraphs_that_stay_has_no_story():
    document = read_html("<h2>One</h2><ul><li>Two</li></ul><h2>Three</h2>").document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    assert parts_of_story(document, lines, set(range(len(lines)))) == set()


def test_an_embedded_post_stays_without_what_its_frame_says():
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    post = (
        "<blockquote class='instagram-media'><a href='/p'>View this post on Instagram</a>"
        "<p>The last crossing of the old ferry, in the rain.</p></blockquote>"
    )
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(15))
    article = boilerstrip.clean(f"<ul>{menu}</ul><article>{one}{post}{two}{three}</article>")
    assert "The last crossing of the old ferry, in the rain." in article.body
    assert "View this post" not in article.body
