"""What is worked out of the catalogue when a wheel is built is what would be worked out later."""

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import ahocorasick
import pytest
import regex

import boilerstrip
from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.language.vocabulary import read_tables, read_texts, texts_key
from boilerstrip.rules import index as index_module
from boilerstrip.rules import prepared as module
from boilerstrip.rules.index import Index, index_key
from boilerstrip.rules.literals import needs
from boilerstrip.rules.match import patterns_of
from boilerstrip.rules.prepare import write_prepared
from boilerstrip.rules.ruleset import parse_catalogue, phrase_key

PACKAGE = Path(boilerstrip.__file__).parent
TEXT = "The council met on Monday evening to vote on the new bridge.\nAdvertisement\nIt was late."


def copy_package(folder):
    """The package as a checkout has it, with nothing prepared."""
    leave = shutil.ignore_patterns("__pycache__", f"{module.FILE}*")
    return Path(shutil.copytree(PACKAGE, folder / "boilerstrip", ignore=leave))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A copy of the rules with the prepared file in it, and what a process reads of it."""
    folder = copy_package(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_package", lambda: folder)
        module.prepared.cache_clear()
        write_prepared(folder / "rules" / module.FILE)
        module.prepared.cache_clear()
        module.prepared_literals.cache_clear()
        yield folder, module.prepared()
    module.prepared.cache_clear()
    module.prepared_literals.cache_clear()


def test_the_rules_are_those_of_the_files(made):
    assert made[1].rules == parse_catalogue()


def test_the_literals_and_keys_are_those_worked_out(made):
    _, found = made
    patterns = {(rule.line, True) for rule in found.rules if rule.line}
    patterns |= {(rule.inline, False) for rule in found.rules if rule.inline}
    assert pickle.loads(found.literals) == {
        (pattern, whole): needs(pattern, whole=whole).literals for pattern, whole in patterns
    }
    assert found.keys == {text: phrase_key(text) for rule in found.rules for text in rule.phrases}


def test_the_patterns_match_as_if_they_were_compiled_now(made):
    _, found = made
    examples = [(r, p) for r in found.rules for p in (r.line, r.inline) if p]
    assert set(found.compiled) == {pattern for _, pattern in examples}
    for rule, pattern in examples:
        loaded = module.compiled_pattern(pattern)
        now = regex.compile(pattern, regex.IGNORECASE | regex.VERSION0)
        assert (loaded.pattern, loaded.flags) == (now.pattern, now.flags)
        for text in map(fold_variants, (*rule.removes, *rule.keeps)):
            each = [[m.span() for m in one.finditer(text)] for one in (loaded, now)]
            assert each[0] == each[1], (rule.id, text)


def test_the_index_finds_what_one_that_is_worked_out_now_finds(made, monkeypatch):
    _, found = made
    patterns = [(pattern, whole) for _, pattern, whole in patterns_of(found.rules)]
    assert set(found.indexed) == {index_key(patterns)}
    loaded = Index(patterns)
    monkeypatch.setattr(index_module, "index_key", lambda _: b"")
    now = Index(patterns)
    assert loaded.unfiltered == now.unfiltered
    for rule in found.rules[::10]:
        text = fold_case(fold_variants("\n".join((*rule.removes, *rule.keeps))))
        assert list(loaded.hits(text, 0, len(text))) == list(now.hits(text, 0, len(text)))


def test_an_index_that_another_build_of_the_automaton_wrote_is_not_used(
    made, monkeypatch, tmp_path
):
    patterns = [(pattern, whole) for _, pattern, whole in patterns_of(made[1].rules)]
    other = tmp_path / "ahocorasick.so"
    other.write_bytes(Path(ahocorasick.__file__).read_bytes() + b"\0")
    monkeypatch.setattr(ahocorasick, "__file__", str(other))
    assert index_key(patterns) not in made[1].indexed


def test_the_words_are_those_of_the_files_and_of_no_others(made):
    texts = read_texts()
    assert pickle.loads(made[1].words[texts_key(texts)]) == read_tables(texts)
    assert texts_key({**texts, "en": texts["en"] + "\n"}) not in made[1].words


def test_patterns_of_another_release_of_regex_are_not_used(made, monkeypatch):
    pattern = next(iter(made[1].compiled))
    assert module.compiled_pattern(pattern) is not None
    monkeypatch.setattr(regex, "__version__", "1.0")
    assert module.compiled_pattern(pattern) is None


@pytest.mark.parametrize("changed", ["rules/catalog/en/share.toml", "rules/literals.py"])
def test_nothing_counts_as_prepared_once_its_sources_have_changed(made, changed):
    folder, _ = made
    before = (folder / changed).read_bytes()
    module.prepared.cache_clear()
    assert module.prepared().rules
    try:
        (folder / changed).write_bytes(before + b"# changed\n")
        module.prepared.cache_clear()
        assert module.prepared() == module.Prepared((), {}, b"", {}, {}, "", {})
    finally:
        (folder / changed).write_bytes(before)
        module.prepared.cache_clear()


def test_a_run_prepares_nothing_and_finds_the_same_without(tmp_path):
    root = copy_package(tmp_path)
    files = sorted(root.rglob("*"))
    program = "import sys, boilerstrip; print(boilerstrip.clean(sys.argv[1]).removed)"
    run = subprocess.run(
        [sys.executable, "-B", "-c", program, TEXT],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"{boilerstrip.clean(TEXT).removed}\n"
    assert sorted(root.rglob("*")) == files
