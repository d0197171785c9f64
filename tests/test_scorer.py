"""The scorer: shapes, determinism, what it keeps, and what it leaves alone."""

from __future__ import annotations

import pickle
from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest

from boilerstrip.document import Document
from boilerstrip.readers.html import read_html
from boilerstrip.readers.text import read_text
from boilerstrip.rules.match import Matcher
from boilerstrip.rules.ruleset import catalogue
from boilerstrip.score import scorer
from boilerstrip.score.features import Claims, Lexicon, describe, name_tokens, review
from boilerstrip.settle.passes import Lines, apply_rules

PARAGRAPHS = [
    "The harbour of the old town was closed on Tuesday after a storm had torn three boats from"
    " their moorings, the coast guard said.",
    "Nobody was hurt. A spokeswoman said that the crews had left the boats on Monday evening,"
    " when the first warnings were sent out.",
    "“We were lucky,” said the owner of the smallest of the boats, who has fished here for"
    " forty years. “It could have been much worse.”",
    "The town expects the harbour to open again by the end of the week, once divers have searched"
    " the basin for wreckage and the cranes have been checked.",
    "Insurers put the damage at two million kroner, a sum that the mayor called a first guess.",
]
MENU = ["Home", "News", "Sport", "Weather", "Subscribe", "Sign in"]
FOOT = ["Related articles", "Privacy policy", "Terms of use", "Contact us", "© 2025 The Daily"]
PAGE_TEXT = "\n".join([*MENU, *PARAGRAPHS, *FOOT])
PAGE_HTML = (
    "<nav class='menu'><ul>" + "".join(f"<li><a href='/{m}'>{m}</a>" for m in MENU) + "</ul></nav>"
    "<main><article class='article-body'>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article></main><footer class='site-footer'>"
    + "".join(f"<p><a href='/f'>{f}</a></p>" for f in FOOT)
    + "</footer>"
)

SCORER = scorer.shipped()


def claims_on(document: Document) -> Claims:
    """What the rules take of a raw text: the scorer has learned from texts that they went over."""
    starts = [block.start for block in document.blocks]
    if document.tree is not None:
        return Claims.none(len(starts))
    reader = Lines(document, Matcher(catalogue()))
    firings, _ = apply_rules(reader.of_blocks(document.blocks), reader, "en", of_text=True)
    return Claims.on(starts, firings)


def kept(document: Document) -> list[str]:
    claims = claims_on(document)
    chances = SCORER.score(document, claims)
    least = SCORER.threshold(document)
    return [
        document.content(block)
        for block, chance, kind in zip(document.blocks, chances, claims.kinds, strict=True)
        if chance >= least and not kind
    ]


@pytest.mark.parametrize("document", [read_text(PAGE_TEXT), read_html(PAGE_HTML).document])
def test_the_article_stays_and_the_menus_go(document: Document) -> None:
    assert kept(document) == PARAGRAPHS


@pytest.mark.parametrize("document", [read_text(PAGE_TEXT), read_html(PAGE_HTML).document])
def test_scores_are_probabilities_one_a_block(document: Document) -> None:
    chances = SCORER.score(document)
    assert chances.shape == (len(document.blocks),)
    assert chances.dtype == np.float32
    assert ((chances >= 0) & (chances <= 1)).all()


@pytest.mark.parametrize(
    "document",
    [Document("", ()), read_text(""), read_html("").document],
)
def test_an_empty_document_has_no_scores(document: Document) -> None:
    assert SCORER.score(document).shape == (0,)


@pytest.mark.parametrize(
    "text", ["x", "…", "\n \n", "\ud800", "a\n" * 2_000, "東京は雨。", "1" * 99]
)
def test_odd_documents_have_finite_scores(text: str) -> None:
    document = read_text(text)
    assert np.isfinite(SCORER.score(document)).all()


@pytest.mark.parametrize("source", ["<p>x", "<a href=/>y</a>", "<div>" * 300 + "deep", "text"])
def test_odd_pages_have_finite_scores(source: str) -> None:
    assert np.isfinite(SCORER.score(read_html(source).document)).all()


def test_the_same_document_scores_the_same() -> None:
    once = SCORER.score(read_html(PAGE_HTML).document)
    SCORER.score(read_text(PAGE_TEXT))
    again = scorer.load(BytesIO((files("boilerstrip.score") / "weights.npz").read_bytes()))
    assert (once == again.score(read_html(PAGE_HTML).document)).all()


def test_weights_are_small_and_hold_no_objects() -> None:
    data = (files("boilerstrip.score") / "weights.npz").read_bytes()
    assert len(data) <= 1_000_000
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays)


def test_a_scorer_goes_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(scorer.shipped()))
    document = read_text(PAGE_TEXT)
    assert (copy.score(document) == SCORER.score(document)).all()


def test_saved_weights_load_the_same(tmp_path) -> None:
    file = tmp_path / "weights.npz"
    scorer.shipped().save(file)
    document = read_html(PAGE_HTML).document
    assert (scorer.load(file).score(document) == SCORER.score(document)).all()


@pytest.mark.parametrize("document", [read_text(PAGE_TEXT), read_html(PAGE_HTML).document])
def test_every_column_has_a_finite_number_per_block(document: Document) -> None:
    first = describe(document, Lexicon())
    second = review(first, np.full(len(document.blocks), 0.5, np.float32))
    for description in (first, second):
        assert description.table.shape == (len(description.names), len(document.blocks))
        assert np.isfinite(description.table).all()


def test_columns_do_not_depend_on_the_page() -> None:
    short = describe(read_html("<p>x").document, Lexicon())
    long = describe(read_html(PAGE_HTML).document, Lexicon())
    assert short.names == long.names


def test_a_forest_agrees_with_its_slow_twin() -> None:
    forest = scorer.shipped().html.first
    rng = np.random.default_rng(1)
    table = rng.normal(0, 3, (len(forest.names), 20)).astype(np.float32)
    assert np.allclose(forest.chances(table), _slowly(forest, table.T), atol=1e-5)


def _slowly(forest: scorer.Forest, table: np.ndarray) -> list[float]:
    found = []
    for row in table:
        total = forest.bias
        for tree, leaves in enumerate(forest.leaves):
            questions = zip(forest.features[:, tree], forest.borders[:, tree], strict=True)
            answers = [row[feature] > border for feature, border in questions]
            total += leaves[sum(1 << level for level, yes in enumerate(answers) if yes)]
        found.append(1 / (1 + np.exp(-total)))
    return found


def test_links_and_shape_are_seen() -> None:
    description = describe(read_html(PAGE_HTML).document, Lexicon())
    assert description.row("density")[0] == 1
    assert description.row("in_nav")[0] == 1
    assert description.row("half_inside").tolist() == [0.0] * 6 + [1.0] * 5 + [0.0] * 5
    assert description.row("ends_stop")[6:11].tolist() == [1.0] * 5


def test_name_tokens_are_whole_and_in_parts() -> None:
    assert name_tokens("wp-block_Quote") == ["wp-block_quote", "wp", "block", "quote"]
    assert name_tokens("x" * 61) == []


def parts_of(*articles: str, title: str = "Old bridge to close") -> dict[str, list[float]]:
    markup = f"<title>{title}</title><nav>Home</nav><div>{''.join(articles)}</div>"
    description = describe(read_html(markup).document, Lexicon())
    names = ("part_number", "part_count", "part_title_lag", "part_share")
    return {name.removeprefix("part_"): description.row(name).tolist() for name in names}


def article(heading: str, paragraphs: int = 2, tag: str = "article") -> str:
    story = "<p>The council of the town met on Monday evening to vote on the bridge at last.</p>"
    return f"<{tag}><h2>{heading}</h2>{story * paragraphs}</{tag}>"


def test_articles_of_a_page_are_counted_and_compared_with_its_title() -> None:
    found = parts_of(
        article("Old bridge to close", 4), article("Ferries late", tag="article"), "<p>More</p>"
    )
    assert found["number"] == [0] + [0] * 5 + [1] * 3 + [0]
    assert found["count"] == [0] + [2] * 8 + [0]
    assert found["title_lag"] == pytest.approx([0] + [0] * 5 + [1] * 3 + [0])
    assert found["share"] == pytest.approx([1] + [1] * 5 + [0.5] * 3 + [1])


def test_a_page_of_one_article_has_no_parts() -> None:
    plain = "<aside><h2>More</h2><p>Boats</p></aside>"
    for articles in ((article("Old bridge to close"),), (article("Bridge", tag="div"), plain)):
        found = parts_of(*articles)
        assert set(found["number"]) == set(found["count"]) == set(found["title_lag"]) == {0}
        assert set(found["share"]) == {1}


def test_siblings_that_look_otherwise_are_no_parts() -> None:
    other = article("Ferries late", tag="div").replace("<div>", "<div class='box'>")
    assert set(parts_of(article("Old bridge", tag="div"), other)["count"]) == {0}
    numbered = [article("Bridge", tag="div").replace("<div>", f"<div id='p{n}'>") for n in range(3)]
    assert max(parts_of(*numbered)["number"]) == 2
