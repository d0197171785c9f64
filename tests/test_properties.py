"""What holds for every text: nothing vanishes, offsets are true, clean stays clean."""

import json
import pickle

import pytest
from conftest import SAMPLES, read_raw
from hypothesis import given
from hypothesis import strategies as st

import boilerstrip
from boilerstrip.evaluation import find_corpora, load_corpus
from boilerstrip.schema import to_row

TEXTS = [read_raw(path) for path in sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])]
PIECES = [
    "Advertisement – Scroll to Continue",
    "Similar News:You can also read news stories similar to this one that we have collected.",
    "Read more »",
    "By Ada Moore",
    "Storm Reaches the Coast – The Harbour Post",
    "Source link",
    "3 Comments",
    "About the author: Ada Moore is a reporter at the Harbour Post.",
    "The council met on Monday evening to vote on the new bridge across the river, after all.",
    "Leave a Reply",
    "İstanbul ſ \u200b\ufeff",
    "\ud800",
    "\r\n",
    "\u2028",
    "\x1c",
    "   ",
]
MARKDOWN = [
    *(
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](/a)",
        "](#b)",
        "**",
        "* ",
        "# ",
        "\\",
        "`",
        "\n",
        "\n\n",
        " ",
    ),
    "[Home](/)",
    "![A bridge](https://example.org/bridge.jpg)",
    "[](#top)",
    "[![Logo](/logo.png)](/)",
    "[Share on Facebook](https://example.com/share)",
]
anything = st.text(st.characters(), max_size=200)
mixtures = st.lists(st.one_of(st.sampled_from(PIECES), anything), max_size=12).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", " ", ""]).map(lambda glue: glue.join(parts))
)


def check_everything(text):
    article = boilerstrip.clean(text)
    document = article.document
    assert document.text == text
    assert "".join(text[block.start : block.end] for block in document.blocks) == text
    assert len(article.roles) == len(document.blocks)
    end = 0
    for removal in article.removed:
        assert end <= removal.start < removal.end
        assert removal.text == text[removal.start : removal.end]
        assert removal.cause
        assert removal.text == removal.text.strip()
        end = removal.end
    bounds = [0, *(offset for r in article.removed for offset in (r.start, r.end)), len(text)]
    kept = "".join(text[start:stop] for start, stop in zip(bounds[::2], bounds[1::2], strict=True))
    assert "".join(article.body.split()) == "".join(kept.split())
    blocks = zip(document.blocks, article.roles, strict=True)
    body = [document.content(block) for block, role in blocks if role == "body"]
    lines = [line.lstrip(" \t") for block in body for line in block.split("\n")]
    assert article.body == "\n".join(filter(None, lines))
    check_record(article)
    assert boilerstrip.clean(article.body).body == article.body


def check_record(article):
    assert article.rebuild() == article.document.text
    assert boilerstrip.Article.from_dict(article.to_dict()) == article
    row = json.loads(json.dumps(to_row(article)))
    assert boilerstrip.Article.from_dict(row).rebuild() == article.document.text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_samples_rebuild_and_stay_clean(text):
    check_everything(text)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_samples_on_one_line_rebuild_and_stay_clean(text):
    check_everything(" ".join(text.split()))


@given(anything)
def test_arbitrary_text_rebuilds_and_stays_clean(text):
    check_everything(text)


@given(mixtures)
def test_mixed_boilerplate_rebuilds_and_stays_clean(text):
    check_everything(text)


@given(st.lists(st.sampled_from([*MARKDOWN, *PIECES]), max_size=15).map("".join))
def test_broken_markdown_rebuilds_and_stays_clean(text):
    check_everything(text)


@given(mixtures)
def test_an_article_can_be_written_and_sent(text):
    article = boilerstrip.clean(text)
    assert json.loads(article.to_json()) == article.to_dict()
    assert pickle.loads(pickle.dumps(article)) == article


def test_seeds_rebuild_and_stay_clean(seeds):
    for path in seeds.glob("*.txt"):
        check_everything(read_raw(path))


def test_gold_bodies_of_the_corpora_rebuild_and_stay_clean(corpora):
    for folder in find_corpora(corpora).values():
        bodies = [page.body for page in load_corpus(folder).pages if page.body is not None]
        for body in bodies[::8]:
            check_everything(body)
