"""The words of languages: files that are read strictly, and lists that finders can rely on."""

import tomllib
from importlib.resources import files

import pytest
import regex

from boilerstrip.fields.byline import is_name
from boilerstrip.language.vocabulary import (
    VocabularyError,
    any_of,
    choice,
    holds_any,
    months,
    read_tables,
    words_for,
)

FILES = {
    file.name.removesuffix(".toml"): file.read_text("utf-8")
    for file in (files("boilerstrip.language") / "vocabulary").iterdir()
}
KEYS = tomllib.loads(FILES["keys"])
LANGUAGES = sorted(set(FILES) - {"keys"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_language_stand_in_order_under_keys_in_order(language):
    table = tomllib.loads(FILES[language])
    assert list(table) == [key for key in KEYS if key in table]
    lists = [words for key, words in table.items() if not key.startswith("months")]
    for words in [*lists, *table.get("months", ()), *table.get("months_local", ())]:
        assert words == sorted(words, key=lambda word: (word.casefold(), word))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_months_are_in_lower_case(language):
    for names in tomllib.loads(FILES[language]).get("months", ()):
        assert [name.casefold() for name in names] == names


@pytest.mark.parametrize("key", [key for key in KEYS if not key.startswith("months")])
def test_every_key_has_words(key):
    assert words_for(key)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('bye = ["by"]', "xx.toml: unknown key 'bye'. Nearest: 'by'."),
        ('by = ["by", "by"]', "xx.toml: 'by' holds 'by' twice"),
        ('by = "by"', "xx.toml: 'by' must be a list of words"),
        ("by = [1]", "xx.toml: 'by' must be a list of words"),
        ("by = []", "xx.toml: 'by' must hold words"),
        ('by = ["by "]', "xx.toml: 'by' must hold words, without spaces around them"),
        ("by = [", "xx.toml: not valid TOML"),
        ('months = [["jan"]]', "xx.toml: 'months' must be a list of twelve lists"),
        ("months = [" + "['jan']," * 12 + "]", "xx.toml: 'months' holds 'jan' twice"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_by_file_and_key(text, message):
    with pytest.raises(VocabularyError) as caught:
        read_tables({"keys": FILES["keys"], "xx": text})
    assert message in str(caught.value)


def test_a_month_that_is_another_languages_other_month_is_refused():
    text = "months = [['mai']," + "[]," * 11 + "]"
    with pytest.raises(VocabularyError, match=r"another month's in de\.toml.*'months_local'"):
        read_tables({"keys": FILES["keys"], "de": FILES["de"], "xx": text})


def test_a_month_that_means_another_in_one_language_is_that_languages_alone():
    assert months()[""]["listopad"] == 11
    assert months()["hr"]["listopad"] == 10


def test_a_word_with_a_star_stands_for_all_that_begin_with_it():
    pattern = regex.compile(f"(?x){choice(['minut*', 'one day'])}")
    assert pattern.fullmatch("minuty")
    assert pattern.fullmatch("one day")
    assert not pattern.fullmatch("oneday")


def test_the_longest_word_that_fits_is_the_one_found():
    assert regex.match(any_of("by", "written_by"), "written by Ada")[0] == "written by"


def test_no_word_that_joins_names_also_says_where_the_writer_is():
    assert not set(words_for("and", "with")) & set(words_for("place_of_name", "name_ends"))


@pytest.mark.parametrize("name", ["Per Hansen", "Su Wei", "Kai Moore", "Jo Lind", "Po Chen"])
def test_no_name_begins_with_a_word_that_no_name_begins_with(name):
    assert is_name(name)


def test_a_word_stands_under_one_label_of_dates_alone():
    assert not set(words_for("published")) & set(words_for("updated"))


@pytest.mark.parametrize("key", ["updated", "just_now", "minutes", "pictures", "reading_time"])
def test_a_text_holds_a_word_wherever_its_pattern_matches(key):
    pattern = regex.compile(f"(?i){any_of(key)}")
    for word in words_for(key):
        for form in (word, word.upper(), word.title(), word.replace(" ", "\u00a0")):
            text = f"So {form.removesuffix('*')} it is"
            assert holds_any(text, key) or not pattern.search(text), text
    assert not holds_any("It rained on 3 May in the hills", key)
