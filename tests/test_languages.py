"""What is known of a language, tried on lines and texts in it: a file a language in data/languages.

``byline`` holds a line and the names in it, ``date`` a line with its day and whether it is that of
a change, ``moment`` lines that say how long ago or how long to read, ``role`` lines that name a
post, ``text`` a text with what ``clean`` gives for it. ``not_byline`` and ``not_moment`` hold lines
that only look like those, and ``story`` texts that stay as they are.
"""

import tomllib
from pathlib import Path

import pytest

import boilerstrip
from boilerstrip.fields.byline import read_byline
from boilerstrip.fields.stamp import find_stamp, is_moment, read_day
from boilerstrip.language.names import is_role

FOLDER = Path(__file__).with_name("data") / "languages"
FILES = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml")}
KEYS = {"byline", "date", "moment", "role", "text", "not_byline", "not_moment", "story"}


def each(key):
    cases = [(language, case) for language, table in FILES.items() for case in table.get(key, ())]
    ids = [f"{language}-{number}" for number, (language, _) in enumerate(cases)]
    return pytest.mark.parametrize(("language", "case"), cases, ids=ids)


@pytest.mark.parametrize("language", FILES)
def test_a_file_holds_cases_and_near_misses(language):
    assert FILES[language].keys() <= KEYS
    assert FILES[language]["byline"]
    assert FILES[language]["not_byline"]


@each("byline")
def test_a_byline_gives_its_names(language, case):
    byline = read_byline(case["line"])
    assert byline is not None
    assert byline.labelled
    assert list(byline.names) == case["names"]


@each("not_byline")
def test_a_line_of_a_story_is_no_byline(language, case):
    byline = read_byline(case)
    assert byline is None or not byline.labelled


@each("date")
def test_a_date_line_gives_its_day(language, case):
    stamp = find_stamp(case["line"], language)
    assert stamp is not None
    assert stamp.labelled
    assert stamp.updated == case.get("updated", False)
    assert read_day(case["line"][stamp.start : stamp.end], language) == case["date"]


@each("moment")
def test_a_line_says_how_long(language, case):
    assert is_moment(case)


@each("not_moment")
def test_a_line_of_a_story_does_not_say_how_long(language, case):
    assert not is_moment(case)


@each("role")
def test_a_line_names_a_post(language, case):
    assert is_role(case)


@each("story")
def test_a_story_stays_as_it_is(language, case):
    article = boilerstrip.clean(case)
    assert article.body == case
    assert not article.removed


@each("text")
def test_a_text_gives_its_article(language, case):
    article = boilerstrip.clean(case["text"])
    assert article.body == case["body"].rstrip("\n")
    for field in ("title", "authors", "author_bio", "outlet", "date"):
        if field in case:
            value = getattr(article, field)
            assert (list(value) if field == "authors" else value) == case[field]
    if "categories" in case:
        assert [removal.category for removal in article.removed] == case["categories"]
