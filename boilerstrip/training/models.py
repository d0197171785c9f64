"""The model for HTML and the one for raw text, each trained on all pages and on all but a part.

Everything that a later step learns from comes from models that never saw the page: each page's
words are weighed by a lexicon without its part of the sites, the second forest and the threshold
see the probabilities of a first forest without it. The first forests of the other parts did see the
part, so a trace of it is left in the probabilities that its own second forest learned from; in a
model without a corpus there is none, for it is trained as if that corpus didn't exist.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.evaluation.measures import score
from boilerstrip.score.features import describe, review
from boilerstrip.score.scorer import Model
from boilerstrip.training.forests import fit
from boilerstrip.training.lexicon import count_words, lexicon_of
from boilerstrip.training.ngrams import Wording, fit_ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.score.features import Description
    from boilerstrip.score.ngrams import Ngrams
    from boilerstrip.score.scorer import Forest
    from boilerstrip.training.examples import Example
    from boilerstrip.training.settings import Settings

# Thresholds whose F1 differs by no more are as good as each other.
_AS_GOOD = 0.0002
# Thresholds that are tried. On pages of kinds that were learned from, higher ones do as well; of
# kinds that weren't they lose much: of guides and lists, by a scorer of news alone, F1 falls from
# .919 at .35 to .907 at .5. What is in doubt stays.
_THRESHOLDS = [0.2, 0.25, 0.3, 0.35]
# A text that is all body weighs so much more: to leave it alone is what matters most.
_GOLD = 2.0
# A page that was made of another weighs so much as the page.
_MADE = 0.15


@dataclass(frozen=True, slots=True)
class Trained:
    """A model of all examples, and one a part of them that never saw that part's sites."""

    model: Model
    parts: list[Model]


def train_model(examples: Sequence[Example], kind: str, settings: Settings, parts: int) -> Trained:
    """The model of one kind, ``html`` or ``text``, by folds dealt into some parts.

    Leaves each example's probability, by the models that never saw its part, in ``final``.
    """
    rates = count_words(examples, kind)
    sites: defaultdict[int, set[str]] = defaultdict(set)
    for each in examples:
        sites[each.fold % parts].add(each.site)
    usable = [each for each in examples if not each.empty and is_for(each, kind)]
    balance(usable, settings.balance, settings.labelled)
    whole, *lexicons = [
        replace(lexicon_of(rates, without), ngrams=ngrams)
        for without, ngrams in zip(
            [(), *(sites[part] for part in range(parts))],
            _ngrams(usable, parts, settings.wording) if kind == "text" else [None] * (parts + 1),
            strict=True,
        )
    ]
    for each in usable:
        each.description = describe(each.document, lexicons[each.fold % parts], each.claims)
    tables = {id(each): each.described for each in usable}
    first, firsts = _stage(usable, tables, settings.first, parts)
    second: Forest | None = None
    seconds: list[Forest | None] = [None] * parts
    if settings.second is not None:
        reviews = {id(each): review(each.described, each.final) for each in usable}
        second, found = _stage(usable, reviews, settings.second, parts)
        seconds = list(found)
    for each in usable:
        each.description = None
    thresholds = choose_thresholds(usable, parts)
    found_parts = zip(lexicons, firsts, seconds, thresholds[1:], strict=True)
    models = [Model(*each) for each in found_parts]
    return Trained(Model(whole, first, second, thresholds[0]), models)


def _ngrams(examples: Sequence[Example], parts: int, steps: int) -> list[Ngrams]:
    """The weights of wording by all examples, and by those outside of each part."""
    teaching = [each for each in examples if each.teaches and each.wording is not None]
    found = []
    for part in (None, *range(parts)):
        chosen = [each for each in teaching if part is None or each.fold % parts != part]
        wording = Wording.joined([each.wording for each in chosen if each.wording is not None])
        labels = np.concatenate([each.labels for each in chosen]) >= 0.5
        weights = np.concatenate([each.weights() for each in chosen])
        found.append(fit_ngrams(wording, labels, weights, steps))
        print("w", end="", file=sys.stderr, flush=True)
    return found


def is_for(example: Example, kind: str) -> bool:
    """Whether the model of this kind learns from the example."""
    return example.marked_up == (kind == "html")


def balance(examples: Sequence[Example], most: float, labelled: float) -> None:
    """Let pages of small corpora weigh more: of one n times smaller, n times, up to ``most``.

    Labelled texts, and gold bodies, weigh ``labelled`` times as much and ``_GOLD`` times, and pages
    made of others ``_MADE`` times.
    """
    pages = {corpus: len(found) for corpus, found in _pages(examples).items()}
    for example in examples:
        example.factor = min(most, max(pages.values()) / pages[example.corpus])
        if example.kind.startswith("gold"):
            example.factor *= _GOLD
        if example.kind.startswith("html-"):
            example.factor *= _MADE
        if example.labelled:
            example.factor *= labelled


def _pages(examples: Iterable[Example]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in examples:
        found[each.corpus].add(each.page)
    return found


def _stage(
    examples: Sequence[Example],
    descriptions: Mapping[int, Description],
    settings: Mapping[str, Any],
    parts: int,
) -> tuple[Forest, list[Forest]]:
    """The forest of all examples, and one a part; each example's ``final`` is by its part's."""
    teaching = [each for each in examples if each.teaches]
    forests = []
    for part in range(parts):
        chosen = [each for each in teaching if each.fold % parts != part]
        forests.append(fit([descriptions[id(each)] for each in chosen], chosen, settings))
        print(".", end="", file=sys.stderr, flush=True)
    for each in examples:
        each.final = forests[each.fold % parts].chances(descriptions[id(each)].table)
    return fit([descriptions[id(each)] for each in teaching], teaching, settings), forests


def choose_thresholds(examples: Sequence[Example], parts: int) -> list[float]:
    """The threshold by all whole pages, and by those outside of each part."""
    pages = [each for each in examples if each.is_whole]
    tried = [_overlaps(each) for each in pages]
    found = []
    for part in (None, *range(parts)):
        chosen = [
            (each, row)
            for each, row in zip(pages, tried, strict=True)
            if part is None or each.fold % parts != part
        ]
        found.append(choose_threshold(chosen))
    return found


def choose_threshold(pages: Iterable[tuple[Example, Sequence[Overlap]]]) -> float:
    """The threshold with the best mean F1 over corpora and sources, given each page's overlaps.

    Of those that are as good, the middle one, which is the least a matter of these pages.
    """
    groups: defaultdict[tuple[str, str], list[Sequence[Overlap]]] = defaultdict(list)
    for each, row in pages:
        groups[each.corpus, each.kind].append(row)
    f1 = [
        float(np.mean([score([row[n] for row in rows]).f1.value or 0 for rows in groups.values()]))
        for n in range(len(_THRESHOLDS))
    ]
    good = [t for t, value in zip(_THRESHOLDS, f1, strict=True) if value >= max(f1) - _AS_GOOD]
    return good[len(good) // 2]


def _overlaps(example: Example) -> list[Overlap]:
    """The overlap of what stays with gold, at every threshold."""
    known: dict[bytes, Overlap] = {}
    found = []
    for threshold in _THRESHOLDS:
        kept = example.final >= threshold
        key = kept.tobytes()
        if key not in known:
            known[key] = example.overlap(kept)
        found.append(known[key])
    return found
