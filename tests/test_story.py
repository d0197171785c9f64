"""What of a page with markup is its story by its place: parts of it, and other articles."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.language.prose import fold_words
from boilerstrip.readers.html import read_html
from boilerstrip.rules.match import Matcher
from boilerstrip.settle.articles import other_articles
from boilerstrip.settle.passes import Lines
from boilerstrip.settle.story import last_headings, parts_of_story
from boilerstrip.settle.teasers import claim_teasers

PARAGRAPHS = [
    "The council voted on Monday to rebuild the harbour bridge, ending a debate of nine years.",
    "Work will start in March and take three years, the mayor said after the vote.",
    "Ferry operators are less happy, as they expect to lose half of their commuters.",
]


def kept(inside: str, *, after: str = "", end: str = "", chance: float = 0.0) -> list[str]:
    """The lines that are part of the story, were all but its paragraphs rejected."""
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    markup = f"<nav>Home</nav><article>{one}{inside}{two}{three}{end}</article>{after}"
    document = read_html(markup).document
    reader = Lines(document, Matcher(()))
    lines = reader.of_blocks(document.blocks)
    rejected = {number for number, line in enumerate(lines) if line.text not in PARAGRAPHS}
    chances = [chance] * len(lines)
    return [
        lines[number].text for number in sorted(parts_of_story(document, lines, rejected, chances))
    ]


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
        "<ul class='facts'><li>The old bridge</li></ul>",
        "<table class='x7'><tr><td>The old bridge</td></tr></table>",
        "<div class='scroll'><table><tr><td>The old bridge</td></tr></table></div>",
        "<div class='text'><h3><b>The old bridge</b></h3></div>",
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
        "<div class='text'><h3><a href='/old'>The old bridge</a></h3></div>",
        "<ul class='social-share'><li>The old bridge</li></ul>",
        "<ul class='slides'><li><figure>The old bridge</figure></li></ul>",
        "<aside><ul><li>The old bridge</li></ul></aside>",
        "<table class='ad-slot'><tr><td>The old bridge</td></tr></table>",
        "<figure><figcaption>The old bridge</figcaption></figure>",
    ],
)
def test_boxes_links_and_labels_between_paragraphs_are_left_to_the_scorer(inside):
    assert kept(inside) == []


@pytest.mark.parametrize(
    "end",
    [
        "<ul><li>The old bridge</li></ul>",
        "<h3>Sights</h3><table class='x7'><tr><td>The old bridge</td></tr></table>",
    ],
)
def test_a_list_that_ends_the_story_stays_if_the_scorer_doubts_that_it_is_none(end):
    assert kept("", end=end, chance=0.2) == ["The old bridge"]
    assert kept("", end=end, chance=0.05) == []
    assert kept("", after=end, chance=0.2) == []


@pytest.mark.parametrize(
    "end",
    [
        "<ul class='share-bar'><li>The old bridge</li></ul>",
        "<ul><li><a href='/old'>The old bridge</a></li></ul>",
        "<aside><ul><li>The old bridge</li></ul></aside>",
        "<div>The old bridge</div>",
    ],
)
def test_what_may_be_no_list_of_the_author_does_not_end_the_story(end):
    assert kept("", end=end, chance=0.2) == []


def story(*parts: str, rejected: str) -> list[str]:
    """The lines that are part of a story, of those that hold the rejected words."""
    document = read_html(f"<nav>Home</nav><article>{''.join(parts)}</article>").document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    numbers = {number for number, line in enumerate(lines) if rejected in line.text}
    return [
        lines[number].text
        for number in sorted(parts_of_story(document, lines, numbers, [0.0] * len(lines)))
    ]


WRAPPED = [f"<section><div><p>{text}</p></div></section>" for text in PARAGRAPHS]


@pytest.mark.parametrize(
    "part", ["<section><div><h3>The old bridge</h3></div></section>", "<h2>The old bridge</h2>"]
)
def test_paragraphs_in_wrappers_of_their_own_stand_beside_each_other(part):
    assert story(WRAPPED[0], part, WRAPPED[1], rejected="The old") == ["The old bridge"]


def test_a_heading_in_a_box_of_more_is_left_to_the_scorer():
    box = "<section><div><h3>The old bridge</h3><p>Buy now</p></div></section>"
    assert story(WRAPPED[0], box, WRAPPED[1], rejected="The old") == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("<h4>The new bridge</h4>", ["The old bridge"]), ("<h3>The new bridge</h3>", [])],
)
def test_a_lower_heading_is_the_storys_where_others_like_it_stay(heading, expected):
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    found = story(one, heading, two, "<h4>The old bridge</h4>", three, rejected="The old")
    assert found == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("<p>These are on the market today:</p>", ["The old bridge map"]),
        ("<p>These are on the market today.</p>", []),
        ("<p>On sale:</p><p>These are on the market today.</p>", []),
    ],
)
def test_a_list_that_a_sentence_announces_is_the_storys_links_and_all(before, expected):
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    links = "<ul><li><a href='/map'>The old bridge map</a></li></ul>"
    assert story(one, before, links, two, three, rejected="The old") == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [(("The old bridge", "A lamp"), ["The old bridge"]), (("The old bridge",) * 3, [])],
)
def test_of_a_list_of_which_some_stays_all_stays(items, expected):
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    lines = "".join(f"<li>{item}</li>" for item in items)
    box = f"<div class='box'><p>Shop</p><ul class='shop-links'>{lines}</ul></div>"
    assert story(one, box, two, three, rejected="The old") == expected


def test_a_bare_link_in_a_list_that_stays_is_left_to_the_scorer():
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    items = "<li>A lamp</li><li><a href='/old'>The old bridge</a></li>"
    box = f"<div class='box'><p>Shop</p><ul class='shop-links'>{items}</ul></div>"
    assert story(one, box, two, three, rejected="The old") == []


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("<p>The old one closes.</p>", ["The old one closes."]),
        ("<p class='note'>The old one closes.</p>", []),
        ("<p><a href='/old'>The old one closes.</a></p>", []),
        ("<p>The old one</p>", []),
    ],
)
def test_a_plain_sentence_between_paragraphs_is_the_storys(part, expected):
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    assert story(one, part, two, three, rejected="The old") == expected


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
    assert parts_of_story(document, lines, set(range(len(lines))), [0.0] * len(lines)) == set()


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


LONG = [f"<p>{text} {text}</p>" for text in PARAGRAPHS]
ITEMS = [
    "Ferry captain praised for rescue of two swimmers",
    "Market hall traders go on strike over cold rooms",
    "Survey ship runs aground on the old sandbank",
]
SUMMARIES = [
    "The captain turned back at once when he saw the two of them wave from the buoy",
    "Fishmongers have stopped work after finding that the rooms were locked at night",
    "Pupils were brought ashore in rubber boats after their ship touched a bank",
]


def link_list(hrefs: str = "/news/{}", items: list[str] = ITEMS) -> str:
    links = (f"<li><a href='{hrefs.format(n)}'>{item}</a></li>" for n, item in enumerate(items))
    return f"<ul>{''.join(links)}</ul>"


def cards(end: str, *, heading: str = "h3", hrefs: str = "/news/{}") -> str:
    found = (
        f"<div><{heading}><a href='{hrefs.format(n)}'>{item}</a></{heading}>"
        f"<p>{text}{end}</p></div>"
        for n, (item, text) in enumerate(zip(ITEMS, SUMMARIES, strict=True))
    )
    return f"<section>{''.join(found)}</section>"


def claimed(markup: str) -> list[str]:
    document = read_html(f"<nav><a href='/'>Home</a></nav>{markup}").document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    claims, left = claim_teasers(document, lines)
    assert len(claims) + len(left) == len(lines)
    return [document.text[claim.start : claim.end].strip() for claim in claims]


@pytest.mark.parametrize("place", [1, 3])
def test_a_list_of_headlines_beside_paragraphs_is_one_of_teasers(place):
    parts = [*LONG[:place], "<h3>For you</h3>", link_list(), *LONG[place:]]
    assert claimed(f"<article>{''.join(parts)}</article>") == ["For you", *ITEMS]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The council's three reports are these:</p>" + link_list(),
        link_list("https://archive.example/{}"),
        link_list("#part-{}"),
        link_list(items=["Bridges", "Ferries", "Harbours"]),
        link_list(items=ITEMS[:2]),
        "<ul>" + "".join(f"<li>{item}</li>" for item in ITEMS) + "</ul>",
    ],
)
def test_a_list_that_is_announced_or_leads_elsewhere_is_no_teasers(inside):
    assert claimed(f"<article>{LONG[0]}{inside}{LONG[1]}</article>") == []


@pytest.mark.parametrize(
    "below", [cards("."), cards("..."), cards(" …", heading="div"), f"<div>{cards('.')}</div>"]
)
def test_headlines_with_summaries_below_the_article_are_teasers(below):
    found = claimed(f"<article>{''.join(LONG)}</article>{below}")
    assert [line for line in found if line in ITEMS] == ITEMS
    assert len(found) == 2 * len(ITEMS)


def test_summaries_that_break_off_are_teasers_in_any_part_of_their_own():
    assert len(claimed(f"<div><div>{''.join(LONG)}</div>{cards('...')}</div>")) == 2 * len(ITEMS)


@pytest.mark.parametrize(
    "page",
    [
        # A guide: linked headings with what it says of each.
        f"<div><div>{''.join(LONG)}</div>{cards('.')}</div>",
        f"<article>{''.join(LONG)}{cards('.')}</article>",
        f"<article>{''.join(LONG)}</article>{cards('...', hrefs='https://shop.example/{}')}",
        # No story before it: a front page.
        f"<main>{cards('...')}</main>",
        # Paragraphs that follow a linked heading in the story's own element.
        f"<article>{''.join(LONG)}<h3><a href='/a'>{ITEMS[0]}</a></h3>{LONG[1]}"
        f"<h3><a href='/b'>{ITEMS[1]}</a></h3>{LONG[2]}</article>",
    ],
)
def test_linked_headings_of_a_story_are_no_teasers(page):
    assert claimed(page) == []


def test_an_embedded_post_may_end_the_story_and_names_no_author():
    one, two, three = (f"<p>{text}</p>" for text in PARAGRAPHS)
    post = (
        "<blockquote class='twitter-tweet'><p>The last crossing of the old ferry.</p>"
        "&mdash; Lanmere Ferries (@lanmere) <a href='/p'>October 3, 2023</a></blockquote>"
    )
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(15))
    story = f"<article><h1>Boats</h1>{one}{two}{three}{post}</article>"
    article = boilerstrip.clean(f"<ul>{menu}</ul>{story}")
    assert "The last crossing of the old ferry." in article.body
    assert article.authors == ()
    aside = boilerstrip.clean(f"<ul>{menu}</ul><article>{one}{two}</article><aside>{post}</aside>")
    assert "The last crossing of the old ferry." not in aside.body


def test_a_quotation_beside_a_date_names_no_author():
    short = "<h1>Boats</h1><p>3 October 2023</p><blockquote>Anna Lind</blockquote><p>It sank.</p>"
    assert boilerstrip.clean(short).authors == ()
    assert boilerstrip.clean(short.replace("blockquote", "div")).authors == ("Anna Lind",)


def test_a_heading_at_the_end_that_heads_nothing_goes():
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(15))
    links = "".join(f"<li><a href='/{n}'>Plum cake {n}</a></li>" for n in range(3))
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    last = "The first cars are to cross in the spring of next year, if the money lasts."
    story = f"{text}<h3>Verdict</h3><p>{last}</p>"
    page = f"<ul>{menu}</ul><div>{story}</div><div><h4>Popular</h4><ul>{links}</ul></div>"
    body = boilerstrip.clean(page).body.split("\n")
    assert body == [*PARAGRAPHS, "Verdict", last]
    document = read_html(f"<h2>One</h2>{text}<h3>Popular</h3><p>Plum cake</p>").document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    assert last_headings(document, lines, {len(lines) - 1}) == {len(lines) - 2}
    assert last_headings(document, lines[:-1], set()) == {len(lines) - 2}
    assert last_headings(document, lines, set()) == set()


def test_headings_that_are_all_of_a_page_stay():
    document = read_html("<h2>One</h2><h2>Two</h2><p>Three</p>").document
    lines = Lines(document, Matcher(())).of_blocks(document.blocks)
    assert last_headings(document, lines, {2}) == set()
