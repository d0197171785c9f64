"""The fast path through the index against its slow twin: every pattern on every line."""

import json
from dataclasses import replace

import pytest
from conftest import SAMPLES, read_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerstrip.judge.match import FoldedText, Match, Matcher
from boilerstrip.readers.text import read_text
from boilerstrip.rules.fold import fold_case, fold_variants
from boilerstrip.rules.index import Index
from boilerstrip.rules.literals import needs
from boilerstrip.rules.ruleset import catalogue, compile_pattern

MATCHER = Matcher(catalogue())


class EveryPattern(Index):
    """Names every pattern for every line, as if nothing were known of its literals."""

    def __init__(self, size):
        self.size = size

    def candidates(self, folded, start, end):
        for number in range(self.size):
            for place in range(start, end):
                yield number, place, place + 1


class SlowTwin(Matcher):
    """Tries every pattern on every line, inline ones from each match to the line's end."""

    def __init__(self, rules):
        super().__init__(rules)
        self._index = EveryPattern(len(self._patterns))

    def _inline_match(self, plain, number, line, literal):
        found = super()._inline_match(plain, number, line, line)
        return found or Match(NOTHING, *line)


NOTHING = replace(catalogue()[0], id="none")
SLOW = SlowTwin(catalogue())


def matches(matcher, text):
    folded = FoldedText(text)
    document = read_text(text)
    return [
        sorted(
            (m.rule.id, m.start, m.end)
            for m in matcher.matches(folded, *document.extent(b))
            if m.rule.id != "none"
        )
        for b in document.blocks
    ]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_index_finds_what_the_slow_twin_finds(path):
    text = read_raw(path)
    assert matches(MATCHER, text) == matches(SLOW, text)


def test_index_finds_what_the_slow_twin_finds_in_the_corpora(corpora):
    for file in sorted(corpora.glob("*/gold.jsonl")):
        with file.open(encoding="utf-8") as rows:
            for row in list(rows)[::100]:
                text = json.loads(row)["body"]
                assert matches(MATCHER, text) == matches(SLOW, text)


@given(st.text())
def test_folding_keeps_every_offset(text):
    plain = fold_variants(text)
    assert len(plain) == len(fold_case(plain)) == len(text)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"source link", {"source link"}),
        (r"(?:read|see) also", {"read also", "see also"}),
        (r"advert(?:isement|orial)", {"advertisement", "advertorial"}),
        (r"comments?", {"comment"}),
        (r"don['’]?t miss", {"don't miss", "don’t miss", "dont miss"}),
        (r"(?=now)read on", {"read on"}),
        (r"(?:more)+ news", {" news"}),
        (r"\p{Lu}\w+ reports", {" reports"}),
        (r"(?:Anzeige|Werbung)", {"anzeige", "werbung"}),
        (r"(?:a|\d) b?", None),
        (r" ?", None),
        (r"\d*", None),
    ],
)
def test_required_literals(pattern, literals):
    assert needs(pattern).literals == (None if literals is None else frozenset(literals))


@settings(max_examples=200)
@given(st.sampled_from([rule for rule in catalogue() if rule.line or rule.inline]), st.data())
def test_every_match_of_a_shipped_pattern_contains_one_of_its_literals(rule, data):
    for pattern in filter(None, (rule.line, rule.inline)):
        examples = [example for example in rule.removes if compile_pattern(pattern).search(example)]
        for example in examples:
            folded = fold_case(fold_variants(example))
            assert any(literal in folded for literal in needs(pattern).literals)


def test_maximum_width_of_an_unbounded_pattern_is_none():
    assert needs("via .+").width is None
    assert needs("via .{1,9}").width == 13
