"""The fast path through the index against its slow twin: every pattern on every line."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from conftest import SAMPLES, read_raw
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip.document import line_spans
from boilerstrip.evaluation import find_corpora, load_corpus
from boilerstrip.language.fold import fold_case, fold_figures, fold_variants
from boilerstrip.rules import literals as literals_module
from boilerstrip.rules import match as match_module
from boilerstrip.rules.index import Index
from boilerstrip.rules.literals import is_of_word, needs
from boilerstrip.rules.match import FoldedText, LineSearch, Matcher
from boilerstrip.rules.ruleset import catalogue, compile_pattern

MATCHER = Matcher(catalogue())


class SlowTwin(Matcher):
    """Tries every pattern on every line, inline ones from each match to the line's end."""

    def _search(self, text, spans, within, found):
        del within
        for span, of_line in zip(spans, found, strict=True):
            for number, (_, _, whole) in enumerate(self._patterns):
                line = LineSearch(text, *span)
                while found_there := self._try(number, line, line.rest(number)):
                    of_line += found_there
                    if whole:
                        break


SLOW = SlowTwin(catalogue())


def matches(matcher, text):
    spans = line_spans(text, 0, len(text))
    found = matcher.matches(FoldedText(text), spans)
    return [sorted((m.rule.id, m.start, m.end) for m in of_line) for of_line in found]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_index_finds_what_the_slow_twin_finds(path):
    text = read_raw(path)
    assert matches(MATCHER, text) == matches(SLOW, text)


def test_index_finds_what_the_slow_twin_finds_in_the_corpora(corpora):
    for folder in find_corpora(corpora).values():
        for page in load_corpus(folder).pages[::100]:
            assert matches(MATCHER, page.body or "") == matches(SLOW, page.body or "")


@pytest.mark.parametrize(
    "line", ["12 shares", "١٢ shares", "१२ shares", "１２ shares", "²² shares"]
)
def test_figures_of_any_script_are_found_as_the_pattern_finds_them(line):
    rule = replace(catalogue()[0], line=r"\d+ shares", inline=None, phrases=())
    found = matches(Matcher([rule]), line)
    assert found == matches(SlowTwin([rule]), line)
    assert bool(found[0]) == line[0].isdecimal()


@given(st.text())
def test_folding_keeps_every_offset(text):
    plain = fold_variants(text)
    assert len(plain) == len(fold_case(plain)) == len(fold_figures(text)) == len(text)


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
        (r"(?:a|\D) b?", None),
        (r"\d{4}-[0-3]\d|[12]0[\d.]%", {"0000-00", "000%", "00.%"}),
        (r"-{3,80}|(?:_ ){2,9}x", {"---", "_ _ x"}),
        (r" ?", None),
        (r"\d*", None),
    ],
)
def test_required_literals(pattern, literals):
    found = needs(pattern).literals
    assert (found and set(found)) == literals


@given(st.sampled_from([rule for rule in catalogue() if rule.line or rule.inline]), st.data())
def test_every_match_of_a_shipped_pattern_contains_one_of_its_literals(rule, data):
    for pattern in filter(None, (rule.line, rule.inline)):
        examples = [example for example in rule.removes if compile_pattern(pattern).search(example)]
        literals = needs(pattern).literals
        for example in examples:
            folded = fold_figures(fold_case(fold_variants(example)))
            assert any(literal in folded for literal in literals)


def test_every_line_that_a_shipped_pattern_matches_has_a_literal_at_its_place():
    for rule in (rule for rule in catalogue() if rule.line):
        literals = needs(rule.line, whole=True).literals
        for line in (line.strip() for example in rule.removes for line in example.splitlines()):
            plain = fold_variants(line)
            if compile_pattern(rule.line).fullmatch(plain):
                assert any(
                    hit.start() <= before and len(plain) - hit.end() <= after
                    for literal, (before, after, _, _) in literals.items()
                    for hit in re.finditer(re.escape(literal), fold_figures(fold_case(plain)))
                ), (rule.id, line)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"source link", {"source link": (0, 0)}),
        (r"via .{1,9}", {"via ": (0, 9)}),
        (r"(?:seen |read )?via .*", {"via ": (5, 10_000)}),
        (r".{2,4}(?:shares|likes)!?", {"shares": (4, 1), "likes": (4, 1)}),
        (r"(?:ab.?){2,3}", {"ab": (0, 7)}),
        (r"(?:ab){2,300} .", {"abab": (0, 598)}),
        (r"more|no more \d", {"more": (3, 2)}),
    ],
)
def test_where_in_a_match_a_literal_stands(pattern, literals):
    found = needs(pattern, whole=True).literals
    assert {text: (place.before, place.after) for text, place in found.items()} == literals


@pytest.mark.parametrize(
    ("pattern", "bounds"),
    [
        (r".{1,9} (?:via|by) .{1,9}", {" via ": "", " by ": ""}),  # spaces that any text has beside
        (r".{1,9}\b(?:ap|afp)\b.{1,9}", {"ap": "lr", "afp": "lr"}),
        (r".{1,9}(?:, | - |)(?:ap|afp).{1,9}", {"ap": "", "afp": ""}),  # the middle may be missing
        (r".{1,9}[,|/]+(?:ap|afp)\s+.{1,9}", {"ap": "lr", "afp": "lr"}),
        (r".{1,9}[,|/x]+(?:ap|afp)\s*.{1,9}", {"ap": "", "afp": ""}),
        (r"\W(?:\w{4}|ap)(?:\.|\d)\b", {".": "", "0": "r"}),
        (r"\W\d{1,4}(?:pm|,)", {"0pm": "", "0,": ""}),
        (r".{1,9}(?:\W|x\W)(?:ap|\bafp)", {"ap": "l", "afp": "l"}),
        (r".{1,9}\b[.]?-ap", {"-ap": ""}),  # a mark's word bound is a letter beside it
        (r".{1,9}(?:\bwrap|\bban)s\b", {"wraps": "lr", "bans": "lr"}),
        (r".{1,9}(?:\bwraps|\baps)", {"aps": ""}),
        (r".{1,9}(?:\b,aps|\baps)", {"aps": "l"}),
    ],
)
def test_which_letters_and_digits_have_none_beside_them(pattern, bounds):
    found = needs(pattern, whole=True).literals
    known = found and {
        text: "l" * bool(place.left) + "r" * bool(place.right) for text, place in found.items()
    }
    assert known == bounds


def test_what_bounds_a_word_for_the_index_does_so_for_patterns():
    every = map(chr, range(sys.maxunicode + 1))
    assert all(regex.match(r"\w", char) for char in every if is_of_word(char))


def test_a_literal_within_a_word_is_no_candidate():
    rule = replace(catalogue()[0], line=r".{1,60}[ (]ap\b.{0,60}", inline=None, phrases=())
    matcher = Matcher([rule])
    tried = []
    matcher._try = lambda number, line, literal: tried.append(literal) or []
    for line in ("He had the map in his hand.", "He drew maps (apes too)", "It rained (AP)"):
        matcher.matches(FoldedText(line), [(0, len(line))])
    assert tried == [(10, 13)]


def test_a_text_in_pieces_gives_every_literal_once(monkeypatch):
    monkeypatch.setattr("boilerstrip.rules.index._PIECE", 5)
    index = Index([("rain", False), ("in a", False), ("a", False)])
    text = "rain in a rain"
    found = [(stop, use.pattern) for stop, uses in index.hits(text, 0, 14) for use in uses]
    assert found == [(2, 2), (4, 0), (9, 1), (9, 2), (12, 2), (14, 0)]


def test_lines_match_alike_however_many_are_searched_at_once(monkeypatch):
    lines = [
        "Advertisement",
        "It rained all day.",
        "Share this article",
        "By Ada Moore, 3 May 2024",
    ]
    text = FoldedText("\n\n".join(lines * 3))
    spans = line_spans(text.plain, 0, len(text.plain))
    found = MATCHER.matches(text, spans)
    monkeypatch.setattr(match_module, "_AT_ONCE", 5)
    assert MATCHER.matches(text, spans) == found
    assert found[-1]


def test_a_literal_at_a_wrong_place_is_no_candidate():
    text = FoldedText("Prices rose, and this time everyone shares the same bill.")
    rule = replace(catalogue()[0], line=r"\d+ shares", inline=None, phrases=())
    matcher = Matcher([rule])
    matcher._try = None  # would be called
    assert matcher.matches(text, line_spans(text.plain, 0, len(text.plain))) == [[]]


def test_maximum_width_of_an_unbounded_pattern_is_none():
    assert needs("via .+").width is None
    assert needs("via .{1,9}").width == 13


# The parser of the standard library's ``re`` is not public: these trees are what is asked of it.
# They were the same on the versions of Python that pyproject.toml names.
HOLD_FOR = ["3.11", "3.12", "3.13"]
TREES = {
    "a": "[(LITERAL, 97)]",
    "[ab]": "[(IN, [(LITERAL, 97), (LITERAL, 98)])]",
    r"[\s\W]": "[(IN, [(CATEGORY, CATEGORY_SPACE), (CATEGORY, CATEGORY_NOT_WORD)])]",
    "ab|c": "[(BRANCH, (None, [[(LITERAL, 97), (LITERAL, 98)], [(LITERAL, 99)]]))]",
    "(?:ab)+": "[(MAX_REPEAT, (1, MAXREPEAT, [(LITERAL, 97), (LITERAL, 98)]))]",
    "a*?": "[(MIN_REPEAT, (0, MAXREPEAT, [(LITERAL, 97)]))]",
    "a{2,3}+": "[(POSSESSIVE_REPEAT, (2, 3, [(LITERAL, 97)]))]",
    "(?>a)": "[(ATOMIC_GROUP, [(LITERAL, 97)])]",
    "(x)": "[(SUBPATTERN, (1, 0, 0, [(LITERAL, 120)]))]",
    r"(?=a)(?<!b)\b": "[(ASSERT, (1, [(LITERAL, 97)])), (ASSERT_NOT, (-1, [(LITERAL, 98)])), "
    "(AT, AT_BOUNDARY)]",
}


@pytest.mark.parametrize("pattern", TREES)
def test_patterns_are_parsed_as_their_literals_are_looked_for(pattern):
    tree = literals_module._parser.parse(pattern, re.IGNORECASE)
    assert str(tree.data) == TREES[pattern]
    assert tree.getwidth()[1] >= 0


def test_the_parser_was_looked_at_on_each_version_of_python_that_is_named():
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")
    assert re.findall(r"Python :: (3\.\d+)", text) == HOLD_FOR
