"""Options, callers' rules, precedence, threads and processes."""

import pickle
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SAMPLES, read_raw

import boilerstrip
from boilerstrip.cli import main

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


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"keep": {"ads"}}, "keep: 'ads' is no category. Choose from: advertisement, "),
        ({"keep": "media"}, "keep: 'media' is one value .* Pass them as in keep={\"media\"}"),
        ({"keep": ""}, "keep: '' is one value"),
        ({"keep": b"media"}, "keep: b'media' is one value"),
        ({"keep": None}, "keep: None is one value"),
        ({"keep": [5]}, "keep: can't take 5 of type int"),
        ({"languages": "en"}, "languages: 'en' is one value where several are meant"),
        ({"languages": {"xx"}}, "languages: 'xx' is no language with rules. Choose from: af, "),
        ({"languages": {"EN"}}, "languages: 'EN' is no language"),
        ({"rules": "mine.toml"}, 'rules: .* Pass them as in rules=\\["mine.toml"\\]'),
        ({"rules": Path("mine.toml")}, "rules: .* is one value"),
        ({"rules": [5]}, "rules: can't take 5 of type int"),
        ({"engine": "magic"}, "engine: 'magic' is none. Choose from: native, trafilatura"),
    ],
)
def test_options_that_can_not_be_are_refused_with_a_cure(values, problem):
    with pytest.raises(boilerstrip.InputError, match=f"Options: {problem}"):
        boilerstrip.Options(**values)


def test_options_take_any_iterable():
    made = boilerstrip.Options(iter(["x.toml"]), (code for code in ["en"]), {"media": 1}.keys())
    assert made == boilerstrip.Options(["x.toml"], {"en"}, ("media",))
    assert replace(made, keep=[]) == boilerstrip.Options(("x.toml",), ["en"])


def test_clean_takes_what_to_keep_and_the_callers_rules(rule_file):
    text = f"{PROSE}\nTicker 12: rain\nRead more »\n{PROSE}"
    article = boilerstrip.clean(text, keep=["navigation", "related"], rules=[rule_file])
    assert article.body == f"{PROSE}\nRead more »\n{PROSE}"
    assert boilerstrip.clean(text).body == f"{PROSE}\nTicker 12: rain\n{PROSE}"
    with pytest.raises(boilerstrip.InputError, match="keep: 'navigation' is one value"):
        boilerstrip.clean(text, keep="navigation")


def test_clean_reads_a_rule_file_as_it_is_now(rule_file):
    text = f"{PROSE}\nTicker 12: rain\nMeter 12: sun\n{PROSE}"
    assert "Ticker" not in boilerstrip.clean(text, rules=[rule_file]).body
    changed = RULES.replace("ticker", "meter").replace("Ticker", "Meter")
    rule_file.write_text(changed, encoding="utf-8")
    body = boilerstrip.clean(text, rules=[rule_file]).body
    assert "Ticker" in body
    assert "Meter" not in body


def test_the_engine_names_the_package_that_it_needs(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(boilerstrip.InputError, match="Run: pip install trafilatura"):
        boilerstrip.Cleaner(boilerstrip.Options(engine="trafilatura"))
    assert boilerstrip.Cleaner(boilerstrip.Options()).clean(PROSE).body == PROSE


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


def test_many_sources_are_cleaned_when_they_are_asked_for():
    asked = []

    def sources():
        for text in TEXTS[:3]:
            asked.append(text)
            yield text

    found = boilerstrip.Cleaner().clean_many(sources())
    assert asked == []
    assert next(found).document.text == TEXTS[0]
    assert asked == TEXTS[:1]
    assert [article.document.text for article in found] == TEXTS[1:3]


def test_many_sources_have_an_address_each():
    urls = iter(["https://a.example/", None])
    found = boilerstrip.Cleaner().clean_many([PROSE, PROSE], urls)
    assert [article.url for article in found] == ["https://a.example/", None]


@pytest.mark.parametrize(
    ("urls", "problem"), [([None], "only 1 urls"), ([None, None, None], "only 2 sources")]
)
def test_addresses_that_are_not_as_many_as_the_sources_are_refused(urls, problem):
    with pytest.raises(boilerstrip.InputError, match=problem):
        list(boilerstrip.Cleaner().clean_many([PROSE, PROSE], urls))


def test_a_source_that_fails_among_many_is_named_and_the_rest_go_on():
    found = boilerstrip.Cleaner().clean_many([PROSE, None, PROSE])
    assert next(found).body == PROSE
    with pytest.raises(boilerstrip.InputError, match=r"sources\[1\]: .* a missing value"):
        next(found)
    assert next(found).body == PROSE
    with pytest.raises(StopIteration):
        next(found)


def test_a_source_that_fails_gives_its_error_in_place():
    sources, urls = [PROSE, None, PROSE], [None, "https://a.example/", 5]
    first, *others = boilerstrip.Cleaner().clean_many(sources, urls, on_error="return")
    assert first.body == PROSE
    assert [type(error) for error in others] == [boilerstrip.InputError] * 2
    assert str(others[0]).startswith("sources[1]: the source is a missing value")
    assert str(others[1]).startswith("sources[2]: url: 5")


def test_an_error_that_is_not_of_the_source_is_raised(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("boilerstrip.cleaner.judge", broken)
    with pytest.raises(ZeroDivisionError):
        list(boilerstrip.Cleaner().clean_many([PROSE], on_error="return"))


@pytest.mark.parametrize("sources", [PROSE, b"text", Path("a.txt")])
def test_one_source_where_many_are_meant_is_refused(sources):
    with pytest.raises(boilerstrip.InputError, match=r"sources: one .* Put it in a list"):
        boilerstrip.Cleaner().clean_many(sources)


def test_other_ways_to_call_for_many_are_refused():
    with pytest.raises(boilerstrip.InputError, match=r"urls: one str .* Put it in a list"):
        boilerstrip.Cleaner().clean_many([PROSE], "https://a.example/")
    with pytest.raises(boilerstrip.InputError, match=r"'skip' is none\. Choose from: raise"):
        boilerstrip.Cleaner().clean_many([PROSE], on_error="skip")


def test_the_version_is_the_commands():
    done = CliRunner().invoke(main, ["--version"])
    assert boilerstrip.__version__ in done.stdout


def test_public_names():
    assert all(hasattr(boilerstrip, name) for name in boilerstrip.__all__)
