"""The lexicon: how likely body is that has a word, counted by sites and not by pages."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from boilerstrip.score.features import SHORT, Lexicon, line_keys, name_tokens
from boilerstrip.score.scorer import WEIGHT_STEP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from boilerstrip.training.examples import Example

# The sources whose lines each model's lexicon counts. For text, one rendering that joins inline
# elements, one that splits them and texts as they are; for HTML its own alone, which is worth 0.5
# points of F1.
_COUNTED = {"html": ("html",), "text": ("html", "html_text", "bs4", "raw")}
# In how many sites a word must have been seen to get a weight, and how strongly few sites are
# drawn to even odds.
_LEAST_SITES = {"short": 5, "long": 8, "names": 4}
_PRIOR = 3.0
_Rates = dict[str, dict[str, dict[str, float]]]


def count_words(examples: Iterable[Example], model: str) -> _Rates:
    """Per table, site and word: the share of the blocks with the word that are body."""
    sums: dict[str, Any] = {
        table: defaultdict(lambda: defaultdict(lambda: [0.0, 0.0])) for table in _LEAST_SITES
    }
    for example in examples:
        if not example.teaches or example.kind not in _COUNTED[model]:
            continue
        if model == "html":
            _count_names(example, sums["names"][example.site])
        for row, share in zip(example.words, example.labels, strict=True):
            table = sums["short" if len(row) <= SHORT else "long"][example.site]
            for word in {*row, *line_keys(row)}:
                if len(word) <= 40:
                    table[word][0] += share
                    table[word][1] += 1
    return {
        table: {
            site: {word: body / total for word, (body, total) in words.items()}
            for site, words in sites.items()
        }
        for table, sites in sums.items()
    }


def _count_names(example: Example, table: Any) -> None:
    elements: dict[int, list[Any]] = {}
    for block, share, row in zip(
        example.document.blocks, example.labels, example.words, strict=True
    ):
        for element in block.markup.element.chain() if block.markup else ():
            if element.names:
                entry = elements.setdefault(id(element), [element.names, 0, 0])
                entry[1] += len(row) * (share >= 0.5)
                entry[2] += len(row)
    for names, body, total in elements.values():
        for part in set(name_tokens(names)) if total else ():
            table[part][0] += body / total
            table[part][1] += 1


def lexicon_of(rates: _Rates, without: Collection[str] = ()) -> Lexicon:
    """The lexicon of all sites but some."""
    short, long, names = (_weights(rates[table], table, without) for table in _LEAST_SITES)
    return Lexicon(short, long, names)


def _weights(
    sites: Mapping[str, Mapping[str, float]], table: str, without: Collection[str]
) -> dict[str, float]:
    number: Counter[str] = Counter()
    body: defaultdict[str, float] = defaultdict(float)
    for site in sorted(sites):
        if site not in without:
            for word, rate in sites[site].items():
                number[word] += 1
                body[word] += rate
    weights = {}
    for word in sorted(number):
        if number[word] >= _LEAST_SITES[table]:
            rate = (body[word] + _PRIOR / 2) / (number[word] + _PRIOR)
            weights[word] = round(math.log(rate / (1 - rate)) / WEIGHT_STEP) * WEIGHT_STEP
    return weights
