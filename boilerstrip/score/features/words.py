"""The words of blocks: what a lexicon of learned weights and the page itself say of them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import count, repeat
from math import nan
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Facts
    from boilerstrip.score.features.columns import Columns, Counts, Flags, Numbers
    from boilerstrip.score.ngrams import Ngrams

_WORD = re.compile(r"\w+")
_BREAK = "\0"
_WORD_OR_BREAK = re.compile(r"\w+|\0")
# The parts of a token, of more than one letter: in lower case, and with humps.
_WORDS = re.compile(r"[a-z]{2,}")
_HUMPS = re.compile(r"[A-Z][a-z]+|[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_TAG = re.compile(r"<[^>]*>")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*")', re.DOTALL)
# Lines up to this many words have a lexicon of their own, and whole lines are known up to this.
SHORT = 10
_WHOLE = 5
# Words of more letters say what a text is about.
_FUNCTION_LETTERS = 4
# An element's names beyond these say nothing more.
_MOST_NAMES = 12
_LONGEST = 60
# So many tokens are remembered; sites have some hundreds each.
_MOST_TOKENS = 50_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned log odds of being body: of words in short lines, in long ones, of class tokens."""

    short: Mapping[str, float] = field(default_factory=dict)
    long: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    ngrams: Ngrams | None = None
    _tokens: _TokenWeights = field(init=False, repr=False, compare=False)
    _numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _weights: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tokens", _TokenWeights(self.names))
        words = ("", *(self.long.keys() | self.short.keys()))
        tables = [[table.get(word, nan) for word in words] for table in (self.long, self.short)]
        object.__setattr__(self, "_numbers", {word: n for n, word in enumerate(words)})
        object.__setattr__(self, "_weights", np.array(tables))

    def word_weights(self, words: Sequence[str]) -> NDArray[np.float64]:
        """The weight of each word in a long line, and that in a short one; NaN for unknown ones."""
        numbers = np.fromiter(map(self._numbers.get, words, repeat(0)), np.intp, len(words))
        return self._weights[:, numbers]

    def name_weights(self, names: Iterable[str]) -> list[float]:
        """For each element's names the most telling weights, for body and against it, summed."""
        known = self._tokens
        if len(known) > _MOST_TOKENS:
            known.clear()
        weights = [[w for token in _tokens(name) for w in known[token]] for name in names]
        return [min(some) + max(some) if some else 0.0 for some in weights]


class _TokenWeights(dict[str, tuple[float, ...]]):
    """The lowest and the highest weight of each token's parts, none where none is known.

    They are looked up when the token is first met.
    """

    def __init__(self, table: Mapping[str, float]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, token: str) -> tuple[float, ...]:
        table = self._table
        weights = [table[part] for part in _parts(token) if part in table]
        found = self[token] = (min(weights), max(weights)) if weights else ()
        return found


def _tokens(names: str) -> list[str]:
    tokens = names.split(None, _MOST_NAMES)
    if len(names) <= _LONGEST:
        return tokens[:_MOST_NAMES]
    return [token for token in tokens[:_MOST_NAMES] if len(token) <= _LONGEST]


def name_tokens(names: str) -> list[str]:
    """Class and id tokens as the lexicon knows them: whole, and in parts; some may come twice.

    >>> name_tokens("article-body pageMain a")
    ['article-body', 'article', 'body', 'pagemain', 'page', 'main', 'a']
    """
    return [part for token in _tokens(names) for part in _parts(token)]


@lru_cache(maxsize=20_000)  # style sheets use few names, but all over
def _parts(token: str) -> tuple[str, ...]:
    lower = token.lower()
    parts = _WORDS if token == lower else _HUMPS
    return (lower, *[part.lower() for part in parts.findall(token)])


def line_keys(words: Sequence[str]) -> list[str]:
    """What the lexicon is asked besides single words: how a line begins, a short one whole.

    And how a short one ends. The most telling comes first.

    >>> line_keys(["posted", "in", "2019"])
    ['=posted in 0', '^posted in', '$0']
    """
    if not words:
        return []
    beginning = "^" + " ".join(words[:2])
    if len(words) > _WHOLE:
        return [beginning]
    if any(map(str.isdigit, words)):
        words = ["0" if word.isdigit() else word for word in words]
    return ["=" + " ".join(words), beginning, "$" + words[-1]]


class Words:
    """The words of each block as numbers: ``ids`` of all in order, ``line`` the block of each."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.count = len(lines)
        self._number = defaultdict[str, int](count().__next__)
        text = _BREAK.join(lines).lower()
        if text.count(_BREAK) >= self.count:
            text = _BREAK.join(line.replace(_BREAK, " ") for line in lines).lower()
        self._tokens = _WORD_OR_BREAK.findall(text)
        ids = self._numbers(self._tokens)
        breaks = ids == self._number[_BREAK]
        self.ids = ids[~breaks]
        self.line: Counts = np.cumsum(breaks)[~breaks]
        self.sizes: Counts = np.bincount(self.line, minlength=self.count)
        self._ends: list[int] = [*np.flatnonzero(breaks).tolist(), len(ids)]
        self.vocabulary = list(self._number)
        self.long = np.fromiter(map(len, self.vocabulary), np.int32) > _FUNCTION_LETTERS
        each = np.sort(self.line * len(self.vocabulary) + self.ids)
        each = each[np.diff(each, prepend=-1) > 0]
        # Every word of a block once.
        self.each_line, self.each_id = np.divmod(each, len(self.vocabulary))
        self.kinds: Counts = np.bincount(self.each_line, minlength=self.count)

    def _numbers(self, words: Sequence[str]) -> NDArray[np.int64]:
        return np.fromiter(map(self._number.__getitem__, words), np.int64, len(words))

    def rows(self) -> Iterable[list[str]]:
        """The words of each block."""
        start = 0
        for end in self._ends:
            yield self._tokens[start:end]
            start = end + 1

    def add_lexical(self, columns: Columns, lexicon: Lexicon) -> None:
        """Add mean, lowest and highest weight of the words, and that of the line's beginning."""
        short = self.sizes <= SHORT
        tables = lexicon.word_weights(self.vocabulary)
        weights = tables[short[self.line].astype(np.intp), self.ids]
        known = ~np.isnan(weights)
        line, weights = self.line[known], weights[known]
        number: Counts = np.bincount(line, minlength=self.count)
        own = self._line_weights(lexicon)
        mean = np.bincount(line, weights, self.count) / np.maximum(number, 1)
        low, high = np.minimum(own, 0), np.maximum(own, 0)
        some = np.flatnonzero(number)
        if len(some):
            firsts = np.searchsorted(line, some)
            low[some] = np.minimum.reduceat(weights, firsts)
            high[some] = np.maximum.reduceat(weights, firsts)
        names = ("lexicon_mean", "lexicon_low", "lexicon_high", "lexicon_line")
        columns.add(names, [np.where(number, mean, own), low, high, own])

    def _line_weights(self, lexicon: Lexicon) -> NDArray[np.float64]:
        return np.fromiter([_line_weight(row, lexicon) for row in self.rows()], np.float64)

    def add_familiar(self, columns: Columns, prose: Flags) -> None:
        """Add two shares (0-1) of each block's words: on topic, and among the page's commonest.

        On topic are the long ones that other prose of the page has too.
        """
        size = len(self.vocabulary)
        spread = np.bincount(self.each_id[prose[self.each_line]], minlength=size)
        common = spread >= max(3.0, 0.3 * float(prose.sum()))
        known = np.stack([self.long & (spread > 0), self.long & (spread > 1)])
        shared = known[prose[self.line].astype(np.intp), self.ids]
        of_long = self._share(shared, self._share_of(self.long))
        columns.add(("topic", "function"), [of_long, self._share(common[self.ids], self.sizes)])

    def _share_of(self, chosen: Flags) -> Counts:
        return np.bincount(self.line[chosen[self.ids]], minlength=self.count)

    def _share(self, flags: Flags, whole: Counts) -> Numbers:
        return np.bincount(self.line[flags], minlength=self.count) / np.maximum(whole, 1)

    def overlap(self, words: Iterable[str]) -> Numbers:
        """The share of each block's words that ``words`` has, times the share of these it has."""
        others = set(words)
        member = np.zeros(len(self.vocabulary), bool)
        member[[self._number[word] for word in others if word in self._number]] = True
        hits = np.bincount(self.each_line[member[self.each_id]], minlength=self.count)
        share: Numbers = hits**2 / (np.maximum(self.kinds, 1) * max(len(others), 1))
        return share

    def edges(self) -> tuple[Counts, Counts]:
        """The numbers of each block's first and last word; all numerals are one word."""
        size = len(self.vocabulary)
        digits = np.fromiter(map(str.isdigit, self.vocabulary), bool, size)
        ids = np.append(np.where(digits[self.ids], size, self.ids), size + 1)
        stops = np.cumsum(self.sizes)
        empty = self.sizes == 0
        first = np.where(empty, len(ids) - 1, stops - self.sizes)
        return ids[first], ids[np.where(empty, len(ids) - 1, stops - 1)]

    def likeness(self) -> Numbers:
        """The share of each block's words, or of the next one's if it has fewer, that both have."""
        size = len(self.vocabulary)
        each = self.each_line * size + self.each_id
        # Both are in order, so what comes next in the one is where the other would stand.
        place = np.searchsorted(each, each + size)
        place[place == len(each)] = 0
        shared = self.each_line[each[place] == each + size]
        both: Counts = np.bincount(shared, minlength=self.count)
        fewer = np.zeros_like(self.kinds)
        np.minimum(self.kinds[:-1], self.kinds[1:], out=fewer[:-1])
        likeness: Numbers = both / np.maximum(fewer, 1)
        return likeness

    def known(self, marks: Flags) -> tuple[Counts, Counts, Counts]:
        """How many of each block's long words a marked block has before it; after it; how many.

        Each word of a block counts once.
        """
        chosen = self.long[self.each_id]
        line, word = self.each_line[chosen], self.each_id[chosen]
        marked = marks[line]
        first = np.full(len(self.vocabulary), self.count)
        last = np.full(len(self.vocabulary), -1)
        # Blocks stand in order: of several values set at once the last one stays.
        first[word[marked][::-1]] = line[marked][::-1]
        last[word[marked]] = line[marked]
        before, after, whole = (
            np.bincount(lines, minlength=self.count)
            for lines in (line[first[word] < line], line[last[word] > line], line)
        )
        return before, after, whole

    def opening_shares(self) -> tuple[Numbers, Numbers]:
        """The share of each block's long words that the first block has, and of its that it has."""
        chosen = self.long[self.each_id]
        line, word = self.each_line[chosen], self.each_id[chosen]
        opening = word[line == 0]
        member = np.zeros(len(self.vocabulary), bool)
        member[opening] = True
        shared: Counts = np.bincount(line[member[word]], minlength=self.count)
        own: Counts = np.bincount(line, minlength=self.count)
        return shared / np.maximum(own, 1), shared / max(len(opening), 1)

    def opening(self) -> list[str]:
        """The words of the first block."""
        return self._tokens[: self._ends[0]]

    def told(self, bodies: Iterable[str]) -> Numbers:
        """The share (0-1) of each block's runs of three words that ``bodies`` have too.

        -1 where they have none.
        """
        theirs = [self._numbers(_WORD.findall(body.lower())) for body in bodies]
        size = len(self._number)
        runs = [_runs(ids, size) for ids in theirs]
        if not sum(map(len, runs)):
            return np.full(self.count, -1.0)
        whole = self.line[:-2] == self.line[2:]
        line = self.line[:-2][whole]
        heard = np.isin(_runs(self.ids, size)[whole], np.concatenate(runs))
        number: Counts = np.bincount(line, minlength=self.count)
        return np.bincount(line[heard], minlength=self.count) / np.maximum(number, 1)


def _line_weight(words: Sequence[str], lexicon: Lexicon) -> float:
    """The weight of the most telling key that the lexicon knows of a line."""
    table = lexicon.short if len(words) <= SHORT else lexicon.long
    for key in line_keys(words):
        if key in table:
            return table[key]
    return 0.0


def _runs(ids: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """One number for each run of three words."""
    return (ids[:-2] * size + ids[1:-1]) * size + ids[2:]


def add_words(columns: Columns, words: Words, lexicon: Lexicon, prose: Flags) -> None:
    """Add what the lexicon and the page's own prose say of the blocks' words."""
    words.add_lexical(columns, lexicon)
    words.add_familiar(columns, prose)
    columns.add(("opening",), [words.overlap(words.opening())])


def add_repeats(columns: Columns, lines: Sequence[str]) -> None:
    """Add how often a block stands on the page, and whether it stood there before."""
    number = Counter(lines)
    seen: set[str] = set()
    again = []
    for line in lines:
        again.append(line in seen)
        seen.add(line)
    columns.add(("repeats", "again"), np.array([[min(number[line], 5) for line in lines], again]))


def add_witnesses(columns: Columns, words: Words, facts: Facts) -> None:
    """Add how close each block is to the page's title and description, and to its JSON-LD."""
    title, headline, standfirst = (
        words.overlap(_WORD.findall(text.lower()))
        for text in (facts.title, facts.headline, facts.description)
    )
    told = words.told(_article_bodies(facts.scripts))
    names = ("is_title", "is_description", "told")
    columns.add(names, [np.maximum(title, headline), standfirst, told])


def _article_bodies(scripts: Iterable[str]) -> list[str]:
    """The article bodies that the page's JSON-LD tells, without markup."""
    telling = (script for script in scripts if "articleBody" in script)
    return [_plain(match[1]) for script in telling for match in _ARTICLE_BODY.finditer(script)]


def _plain(literal: str) -> str:
    try:
        text = str(json.loads(literal, strict=False))
    except ValueError:
        return ""
    return _TAG.sub(" ", unescape(text))
