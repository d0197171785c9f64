"""The words of blocks: what a lexicon of learned weights and the page itself say of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from itertools import repeat
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core import familiar, lexical, slow, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Facts
    from boilerstrip.score.features.columns import Columns, Counts, Flags, Numbers
    from boilerstrip.score.ngrams import Ngrams

_WORD = re.compile(r"\w+")
_BREAK = "\0"
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
_LONGEST_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned log odds of being body: of words in short lines, in long ones, of class tokens."""

    short: dict[str, float] = field(default_factory=dict)
    long: dict[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    ngrams: Ngrams | None = None
    _tokens: _TokenWeights = field(init=False, repr=False, compare=False)
    _named: _NameWeights = field(init=False, repr=False, compare=False)
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)
    _weights: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tokens", _TokenWeights(self.names))
        object.__setattr__(self, "_named", _NameWeights(self._tokens))
        words = ("", *(self.long.keys() | self.short.keys()))
        tables = [[table.get(word, nan) for word in words] for table in (self.long, self.short)]
        object.__setattr__(self, "_numbers", {word: n for n, word in enumerate(words)})
        object.__setattr__(self, "_weights", np.array(tables))

    def weigh(self, words: Words) -> NDArray[np.float32]:
        """Mean, lowest and highest weight of the words of each line, and that of the line."""
        return lexical(
            words.vocabulary,
            words.ids,
            words.sizes,
            self._numbers,
            self._weights,
            self.short,
            self.long,
            SHORT,
            _WHOLE,
        )

    def name_weights(self, names: Iterable[str]) -> list[float]:
        """For each element's names the most telling weights, for body and against it, summed."""
        for known in (self._named, self._tokens):
            if len(known) > _MOST_TOKENS:
                known.clear()
        return [self._named[each] for each in names]


class _NameWeights(dict[str, float]):
    """The weights of names by their tokens', worked out when they are first met."""

    def __init__(self, tokens: _TokenWeights) -> None:
        super().__init__()
        self._weights = tokens

    def __missing__(self, names: str) -> float:
        weights = [weight for token in _tokens(names) for weight in self._weights[token]]
        found = min(weights) + max(weights) if weights else 0.0
        if len(names) <= _LONGEST_REMEMBERED:
            self[names] = found
        return found


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
    return slow.line_keys(words, _WHOLE)


class Words:
    """The words of each block as numbers: see ``core.slow.words``."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.count = len(lines)
        text = _BREAK.join(lines).lower()
        if text.count(_BREAK) >= self.count:
            text = _BREAK.join(line.replace(_BREAK, " ") for line in lines).lower()
        read = words(text)
        self.vocabulary, self.ids, self.sizes = read[:3]
        self.each_line, self.each_id, lengths, self.digits = read[3:]
        self.longs: Flags = lengths > _FUNCTION_LETTERS

    @cached_property
    def _number(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.vocabulary)}

    @cached_property
    def _kinds(self) -> Counts:
        """How many different words each block has."""
        return np.bincount(self.each_line, minlength=self.count)

    def overlap(self, words: Iterable[str]) -> Numbers:
        """The share of each block's words that ``words`` has, times the share of these it has."""
        others = set(words)
        member = np.zeros(len(self.vocabulary), bool)
        member[[self._number[word] for word in others if word in self._number]] = True
        hits = np.bincount(self.each_line[member[self.each_id]], minlength=self.count)
        share: Numbers = hits**2 / (np.maximum(self._kinds, 1) * max(len(others), 1))
        return share

    def told(self, bodies: Iterable[str]) -> Numbers:
        """The share (0-1) of each block's runs of three words that ``bodies`` have too.

        -1 where they have none.
        """
        # What no block says is one word, and has no run in common with any.
        size = len(self.vocabulary) + 1
        theirs = (_WORD.findall(body.lower()) for body in bodies)
        numbers = (map(self._number.get, words, repeat(size - 1)) for words in theirs)
        runs = [_runs(np.fromiter(each, np.int64), size) for each in numbers]
        if not sum(map(len, runs)):
            return np.full(self.count, -1.0)
        of_word = np.repeat(np.arange(self.count), self.sizes)
        whole = of_word[:-2] == of_word[2:]
        line = of_word[:-2][whole]
        heard = np.isin(_runs(self.ids, size)[whole], np.concatenate(runs))
        number: Counts = np.bincount(line, minlength=self.count)
        return np.bincount(line[heard], minlength=self.count) / np.maximum(number, 1)


def _runs(ids: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """One number for each run of three words."""
    return (ids[:-2] * size + ids[1:-1]) * size + ids[2:]


def add_words(columns: Columns, words: Words, lexicon: Lexicon, prose: Flags) -> None:
    """Add what the lexicon and the page's own prose say of the blocks' words."""
    names = ("lexicon_mean", "lexicon_low", "lexicon_high", "lexicon_line")
    columns.add(names, lexicon.weigh(words))
    found = familiar(words.ids, words.sizes, words.each_line, words.each_id, words.longs, prose)
    columns.add(("topic", "function", "opening"), found)


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
