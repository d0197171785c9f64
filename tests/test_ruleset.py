"""The strict loader: every way in which a rule file can be wrong has its own clear message."""

import time

import pytest

import boilerstrip
from boilerstrip.rules import match
from boilerstrip.rules.literals import needs
from boilerstrip.rules.ruleset import catalogue, check_ids, check_patterns, load_rules, parse_rules

GOOD = {
    "id": '"related/mine"',
    "category": '"related"',
    "why": '"A list of links."',
    "languages": '["en"]',
    "line": "'see our stories.*'",
    "removes": '["See our stories:", "See our stories of the week"]',
    "keeps": '["I see our stories in theirs.", "They see our stories as old."]',
}


def toml(without=(), **changes):
    record = {**GOOD, **changes}
    lines = [f"{key} = {value}" for key, value in record.items() if key not in without]
    return "\n".join(["[[rule]]", *lines])


def test_a_good_rule_is_read():
    (rule,) = parse_rules(toml(), "mine.toml")
    assert (rule.id, rule.extent, rule.where) == ("related/mine", "block", "anywhere")


def test_keys_above_the_first_rule_are_shared():
    text = 'category = "share"\nlanguages = ["de"]\n' + toml(without=("category", "languages"))
    (rule,) = parse_rules(text, "mine.toml")
    assert (rule.category, rule.languages) == ("share", ("de",))


def test_an_inline_rule_takes_its_own_span():
    (rule,) = parse_rules(toml(without=("line",), inline="'see our stories'"), "mine.toml")
    assert rule.extent == "span"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[[rule]\n", ["not valid TOML"]),
        ("", ["no rule in it", "[[rule]]"]),
        ('rule = "x"', ["no rule in it"]),
        ("rule = [1]", ["a rule in it is no table", "[[rule]]"]),
        ("rule = [[1]]", ["a rule in it is no table", "[[rule]]"]),
        ("rule = " + "[" * 5000, ["nested too deeply"]),
        (toml(line=f"'{'(' * 3000}a{')' * 3000}'"), ["'line' is nested too deeply"]),
        (toml(patern="'x'"), ["related/mine", "unknown key 'patern'", "Nearest: '"]),
        ('catgory = "share"\n' + toml(), ["unknown key 'catgory'", "Nearest: 'category'"]),
        (toml(without=("id",)), ["without id", "'id' is missing"]),
        (toml(without=("why",)), ["'why' is missing"]),
        (toml(why="3"), ["'why' must be a string"]),
        (toml(why='""'), ["'why' must be a string"]),
        (toml(removes='"x"'), ["'removes' must be a list"]),
        (toml(removes='["See our stories:"]'), ["'removes' needs at least two"]),
        (toml(keeps="[]"), ["'keeps' needs at least two"]),
        (toml(category='"relatd"'), ["category = 'relatd'", "Nearest: 'related'"]),
        (toml(where='"tale"'), ["where = 'tale'", "Nearest: 'tail'"]),
        (toml(extent='"to_end"'), ["extent = 'to_end'", "Nearest: 'to-end'"]),
        (toml(without=("line",)), ["it matches nothing", "'phrases'"]),
        (toml(line="'(see'"), ["'line' is not a valid pattern"]),
        (toml(line="'(?:see)*'"), ["'line' matches the empty string"]),
        (toml(line="'see (?P<titel>.+)'"), ["unknown group 'titel'", "Nearest: 'title'"]),
        (toml(inline="'see our .*'"), ["'inline' may match more than 400"]),
        (toml(inline="'[a-z]{3}'"), ["'inline' has no fixed text"]),
        (toml(phrases='["..."]'), ["the phrase '...' is empty"]),
    ],
)
def test_a_broken_rule_is_refused_with_its_place(text, parts):
    with pytest.raises(boilerstrip.RuleError) as raised:
        for rule in parse_rules(text, "mine.toml"):
            check_patterns(rule)
    message = str(raised.value)
    assert message.startswith("mine.toml: ")
    for part in parts:
        assert part in message


def test_an_id_is_used_once():
    rules = parse_rules(toml(), "a.toml") + parse_rules(toml(), "b.toml")
    with pytest.raises(boilerstrip.RuleError, match=r"b\.toml.*related/mine.*a\.toml"):
        check_ids(rules)


def test_an_id_that_a_rule_once_had_is_not_used_again():
    renamed = toml(id='"related/new"', was='["related/mine"]')
    rules = parse_rules(toml(), "a.toml") + parse_rules(renamed, "b.toml")
    with pytest.raises(boilerstrip.RuleError, match="is taken"):
        check_ids(rules)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(boilerstrip.RuleError, match=r"none\.toml: can't be read"):
        load_rules(tmp_path / "none.toml")


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "latin.toml").write_bytes("# é".encode("latin-1"))
    with pytest.raises(boilerstrip.RuleError, match="not UTF-8 at byte 2"):
        load_rules(tmp_path / "latin.toml")


def test_every_shipped_rule_is_valid_and_every_category_has_english_rules():
    for rule in catalogue():
        check_patterns(rule)
        assert rule.id.startswith(f"{rule.category.replace('_', '-')}/")
    english = {rule.category for rule in catalogue() if "en" in rule.languages}
    missing = {"body", "title", "comment", "duplicate", "other"}
    assert english >= set(boilerstrip.rules.ruleset.CATEGORIES) - missing


@pytest.mark.parametrize(
    ("key", "pattern", "text"),
    [
        ("inline", r"(?:a{1,9}){1,30}b!", "a" * 40 + "b !b!"),
        ("inline", r"(?:\w{1,10}\s?){1,25}: read on", "w" * 30 + ";: read on"),
        ("line", r"(?:\w{1,10}\s?){1,40}: read on", "w" * 40 + ";: read on"),
    ],
)
def test_a_pattern_that_runs_too_long_is_stopped_and_named(
    tmp_path, monkeypatch, key, pattern, text
):
    monkeypatch.setattr(match, "_SECONDS", 0.3)
    rules = tmp_path / "mine.toml"
    rules.write_text(toml(without={"line"} - {key}, **{key: f"'{pattern}'"}))
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(rules=[rules]))
    with pytest.raises(boilerstrip.RuleError, match="more than 0 seconds") as caught:
        cleaner.clean(text)
    assert "mine.toml" in str(caught.value)
    assert "'related/mine'" in str(caught.value)


def test_the_time_of_a_pattern_is_that_on_all_lines_of_one_document(tmp_path, monkeypatch):
    monkeypatch.setattr(match, "_SECONDS", 0.3)
    rules = tmp_path / "mine.toml"
    rules.write_text(toml(without=("line",), inline="'(?:a{1,9}){1,30}b!'"))
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(rules=[rules]))
    line = "a" * 16 + "b !b!"
    for _ in range(20):
        cleaner.clean(line)
    with pytest.raises(boilerstrip.RuleError, match="more than"):
        cleaner.clean("\n".join([line] * 4000))


def test_the_needs_of_many_alternatives_grow_with_their_number():
    def seconds(count):
        words = "|".join(f"{number:05}x" for number in range(count))
        start = time.process_time()
        needs(f"(?:{words})")
        return time.process_time() - start

    assert seconds(8000) < 9 * seconds(2000)
