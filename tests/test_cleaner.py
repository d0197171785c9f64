"""Options, callers' rules, precedence, threads and processes."""

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from conftest import SAMPLES, read_raw

import boilerstrip

TEXTS = [read_raw(path) for path in sorted(SAMPLES.glob("*.txt"))[:6]]
PROSE = "The council met on Monday evening to vote on the new bridge across the river, at last."
RULES = """
[[rule]]
id = "other/ticker"
category = "other"
why = "Our own ticker line."
languages = ["en"]
line = 'ticker \\d+.*'
removes = ["Ticker 12: rain", "ticker 3"]
keeps = ["The ticker 3 of us saw.", "A ticker 12 feet long."]

[[rule]]
id = "body/ads-column"
category = "body"
why = "Our column is called Advertisement."
languages = ["en"]
phrases = ["Advertisement"]
removes = ["Advertisement", "ADVERTISEMENT"]
keeps = ["An advertisement", "Advertisements are dear."]
"""


@pytest.fixture
def rule_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def test_callers_rules_remove_and_keep(rule_file):
    text = f"{PROSE}\nTicker 12: rain\nAdvertisement\n{PROSE}"
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(rules=[rule_file]))
    article = cleaner.clean(text)
    assert article.body == f"{PROSE}\nAdvertisement\n{PROSE}"
    assert [removal.cause for removal in article.removed] == ["rule:other/ticker"]


def test_a_kept_category_stays_in_the_body():
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(keep={"advertisement"}))
    assert cleaner.clean(f"{PROSE}\nAdvertisement").body == f"{PROSE}\nAdvertisement"


def test_an_unknown_category_to_keep_is_refused():
    with pytest.raises(boilerstrip.InputError, match="'ads' is no category"):
        boilerstrip.Options(keep={"ads"})


def test_languages_choose_the_shipped_rules():
    german = boilerstrip.Cleaner(boilerstrip.Options(languages={"de"}))
    assert german.clean(f"{PROSE}\nAdvertisement").removed == ()
    assert german.clean(f"{PROSE}\nAnzeige").removed[0].category == "advertisement"


def test_options_are_frozen_hashable_and_picklable():
    options = boilerstrip.Options(rules=["x.toml"], keep=["media"], languages=["en"])
    assert pickle.loads(pickle.dumps(options)) == options
    assert hash(options) == hash(boilerstrip.Options(("x.toml",), {"en"}, {"media"}))
    with pytest.raises(AttributeError):
        options.keep = frozenset()


def test_a_cleaner_gives_the_same_in_threads_and_processes():
    cleaner = boilerstrip.Cleaner()
    expected = [article.to_dict() for article in cleaner.clean_many(TEXTS)]
    with ThreadPoolExecutor(4) as threads:
        assert [a.to_dict() for a in threads.map(cleaner.clean, TEXTS)] == expected
    with ProcessPoolExecutor(2) as processes:
        assert [a.to_dict() for a in processes.map(cleaner.clean, TEXTS)] == expected


def test_order_does_not_matter():
    cleaner = boilerstrip.Cleaner()
    forth = [cleaner.clean(text) for text in TEXTS]
    back = [cleaner.clean(text) for text in reversed(TEXTS)]
    assert forth == back[::-1]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "?", "\x00"])
def test_a_hopeless_source_is_an_article_and_no_error(text):
    article = boilerstrip.clean(text)
    assert article.removed == ()
    assert article.body == text.strip()
    assert (article.title, article.authors, article.date) == (None, (), None)


@pytest.mark.parametrize("source", [None, 3, ["text"], object()])
def test_a_source_of_another_type_is_refused(source):
    with pytest.raises(boilerstrip.InputError, match=type(source).__name__):
        boilerstrip.clean(source)


def test_public_names():
    assert all(hasattr(boilerstrip, name) for name in boilerstrip.__all__)
