"""The fast path through the index against its slow twin: every pattern on every line."""

import json

import pytest
from conftest import SAMPLES, read_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerstrip.judge.match import FoldedText, Matcher
from boilerstrip.readers.text import read_text
from boilerstrip.rules.fold import fold_case, fold_variants
from boilerstrip.rules.index import Index
from boilerstrip.rules.literals import maximum_width, required_literals
from boilerstrip.rules.ruleset import catalogue, compile_pattern

MATCHER = Matcher(catalogue())


class EveryPattern(Index):
    """The slow twin: names every pattern at every place where one could start."""

    def candidates(self, folded, start, end):
        for number in range(self.size):
            yield from ((number, place, place + 1) for place in range(start, end, self.step))

    step = 200


def slow_twin():
    matcher = Matcher(catalogue())
    index = EveryPattern([])
    index.size = len(matcher._patterns)
    matcher._index = index
    return matcher


SLOW = slow_twin()


def matches(matcher, text):
    folded = FoldedText(text)
    document = read_text(text)
    return [
        sorted((m.rule.id, m.start, m.end) for m in matcher.matches(folded, *document.extent(b)))
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
    assert required_literals(pattern) == (None if literals is None else frozenset(literals))


@settings(max_examples=200)
@given(st.sampled_from([rule for rule in catalogue() if rule.line or rule.inline]), st.data())
def test_every_match_of_a_shipped_pattern_contains_one_of_its_literals(rule, data):
    for pattern in filter(None, (rule.line, rule.inline)):
        examples = [example for example in rule.removes if compile_pattern(pattern).search(example)]
        for example in examples:
            folded = fold_case(fold_variants(example))
            assert any(literal in folded for literal in required_literals(pattern))


def test_maximum_width_of_an_unbounded_pattern_is_none():
    assert maximum_width("via .+") is None
    assert maximum_width("via .{1,9}") == 13
