"""What of a page with markup is its story by its place: parts of it, and other articles."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.language.prose import fold_words
from boilerstrip.readers.html import read_html
from boilerstrip.rules.match import Matcher
from boilerstrip.settle.articles import other_articles
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


# Other articles on the page


def article(heading: str, tag: str = "article", level: str = "h1", names: str = "") -> str:
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return f"<{tag}{names}><{level}>{heading}</{level}>{text}</{tag}>"


def others(*parts: str, title: str = "Old bridge to be rebuilt") -> list[str]:
    """The headings of the articles that are found beside the one of that title."""
    document = read_html(f"<nav>Home</nav><main>{''.join(parts)}</main>").document
    found = other_articles(document, fold_words(title))
    return [document.text[start:end].split("\n")[0] for start, end in found]


OWN = article("Old bridge to be rebuilt")
LINKED = "<a href='/ferries'>Ferries late</a>"


@pytest.mark.parametrize(
    "parts",
    [
        (OWN, article("Ferries late")),
        (article("Ferries late"), OWN),
        (OWN.replace("rebuilt", "rebuilt (video)"), article("Ferries late", names=" class='more'")),
        (OWN.replace("article", "div"), article(LINKED, "div")),
        (
            OWN.replace("<article", "<div id='post-17' class='post'").replace("article>", "div>"),
            article(LINKED, "div", names=" id='post-18' class='post'"),
        ),
        (f"<div>{OWN}</div>", f"<div>{article(LINKED, 'section')}</div>"),
    ],
)
def test_an_article_that_looks_like_the_one_of_the_title_is_another(parts):
    assert others(*parts) == ["Ferries late"]


@pytest.mark.parametrize(
    "parts",
    [
        (OWN, article("Ferries late", level="h2")),
        (OWN, article("Ferries late", tag="section")),
        (OWN.replace("article", "section"), article("The ferries", tag="section")),
        (OWN.replace("article", "div"), article("<a href='#ferries'>The ferries</a>", "div")),
        (OWN.replace("article", "div"), article(LINKED, "div", names=" class='box'")),
        (OWN, article("Old bridge to be rebuilt: what happens next")),
        ("<article><h1>Old bridge to be rebuilt</h1></article>", article("Ferries late")),
        (OWN.replace("article", "td"), article(LINKED, "td")),
        (article("Ferries late"), article("Market opens")),
        (OWN, "<h1>Ferries late</h1>"),
    ],
)
def test_sections_and_parts_of_another_kind_are_no_other_articles(parts):
    assert others(*parts) == []


def test_without_a_title_there_is_no_other_article():
    assert others(OWN, article("Ferries late"), title="") == []


def test_other_articles_go_with_their_cause():
    markup = f"<title>Old bridge to be rebuilt</title>{OWN}{article('Ferries late')}"
    found = boilerstrip.clean(markup)
    assert found.body.split("\n") == PARAGRAPHS
    gone = [one for one in found.removed if one.text.startswith("Ferries late")]
    assert [(one.category, one.cause) for one in gone] == [
        ("related", "metadata:html:another-article")
    ]
