"""All that is trained: the shipped weights, and those that never saw a fold or a corpus.

Two kinds of folds. By **site**: five, in which a page's site is in one, whatever its corpus. By
**corpus**: one for each family of corpora, trained without any page of that family and without any
page of its sites. The second says how good weights are on pages of another kind and source.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import defaultdict
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError
from boilerstrip.evaluation.gold import FOLDS
from boilerstrip.evaluation.measures import score
from boilerstrip.score.scorer import Model, Scorer
from boilerstrip.training.examples import PROCESSES
from boilerstrip.training.models import Trained, is_for, train_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.score.category import Categories
    from boilerstrip.training.examples import Example
    from boilerstrip.training.settings import Plan

# A model without a corpus is trained by fewer parts, of which only the probabilities are used.
_PARTS = 2
KINDS = ("html", "text")
Group = tuple[str, str]
"""A corpus, and a source of its pages."""


@dataclass(frozen=True, slots=True)
class Lot:
    """One model with its parts, and how its held-out pages score by it alone."""

    trained: Trained
    f1: Mapping[Group, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """The scorer of all pages, those by site and those by corpus, and the table of scores."""

    shipped: Scorer
    by_site: dict[str, Scorer]
    by_corpus: dict[str, Scorer]
    table: str

    def with_categories(self, models: Mapping[str | None, Categories]) -> Weights:
        """These with models that name what is removed, given as ``categories.fit_all`` does."""
        own = models[None]

        def put(scorer: Scorer, name: str) -> Scorer:
            return replace(scorer, category=models.get(name, own))

        return replace(
            self,
            shipped=replace(self.shipped, category=own),
            by_site={name: put(one, name) for name, one in self.by_site.items()},
            by_corpus={each: put(one, name_without(each)) for each, one in self.by_corpus.items()},
        )

    def held_out(self) -> dict[str, Scorer]:
        """All but the shipped one, by name."""
        return self.by_site | {name_without(each): one for each, one in self.by_corpus.items()}


def name_of(fold: int) -> str:
    """What the weights without a fold are called.

    >>> name_of(0)
    'site-0'
    """
    return f"site-{fold}"


def name_without(family: str) -> str:
    """What the weights without a family of corpora are called.

    >>> name_without("wcxb")
    'without-wcxb'
    """
    return f"without-{family}"


def without(examples: Iterable[Example], family: str) -> list[Example]:
    """The examples that are neither of the family nor of a site that has pages in it."""
    examples = list(examples)
    sites = {each.site for each in examples if each.family == family}
    return [each for each in examples if each.family != family and each.site not in sites]


_shared: list[Example] = []


def _share(examples: list[Example]) -> None:
    """Give a new process the examples of the one that it is forked from."""
    _shared[:] = examples


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one kind: the shipped one, and those held out, by name."""

    shipped: Model
    held_out: Mapping[str, Model]


def train(examples: list[Example], plan: Plan, kept: Mapping[str, Models] | None = None) -> Weights:
    """All weights that the examples make, two models at a time.

    ``kept`` holds models that are there already, by their kind: these aren't trained.

    Raises:
        InputError: where without one family no page, or no page of HTML, is left to learn from.

    """
    families = sorted({each.family for each in examples})
    for family in families:
        left = without(examples, family)
        for kind in KINDS:
            if not any(each.teaches and is_for(each, kind) for each in left):
                raise InputError(
                    f"without {family!r} there is no {kind} to train on: name corpora of two "
                    "sources at least that have pages of HTML."
                )
    models = dict(kept or {})
    kinds = [kind for kind in reversed(KINDS) if kind not in models]
    jobs: list[tuple[str, str | None]] = [(kind, None) for kind in kinds]
    jobs += [
        (kind, family)
        for family in families
        for kind in kinds
        if any(each.family == family and is_for(each, kind) for each in examples)
    ]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        PROCESSES, mp_context=fork, initializer=_share, initargs=(examples,)
    ) as pool:
        waiting: dict[tuple[str, str | None], Future[Lot]] = {
            job: pool.submit(_train_one, *job, plan) for job in jobs
        }
        lots = {job: future.result() for job, future in waiting.items()}
    models |= {kind: _models(kind, lots, families) for kind in kinds}
    text, html = models["text"], models["html"]
    scorers = {
        name: Scorer(model, html.held_out[name]) for name, model in sorted(text.held_out.items())
    }
    names = {family: name_without(family) for family in families}
    by_corpus = {family: scorers.pop(name) for family, name in names.items()}
    whole = Scorer(text.shipped, html.shipped)
    return Weights(whole, scorers, by_corpus, _table(examples, lots))


def _models(
    kind: str, lots: Mapping[tuple[str, str | None], Lot], families: Iterable[str]
) -> Models:
    """The models of one kind; a family that has no page of it leaves the model as it is."""
    whole = lots[kind, None]
    held_out = {name_of(n): part for n, part in enumerate(whole.trained.parts)}
    for family in families:
        held_out[name_without(family)] = lots.get((kind, family), whole).trained.model
    return Models(whole.trained.model, held_out)


def _train_one(kind: str, family: str | None, plan: Plan) -> Lot:
    """One model, of all examples or of those that have nothing to do with a family."""
    examples = _shared if family is None else without(_shared, family)
    parts = FOLDS if family is None else _PARTS
    settings = plan.html if kind == "html" else plan.text
    trained = train_model(examples, kind, settings, parts)
    print(f"\n{kind} without {family or 'each fold'}: trained", file=sys.stderr, flush=True)
    return Lot(trained, _f1_held_out(kind, family, trained))


def _f1_held_out(kind: str, family: str | None, trained: Trained) -> dict[Group, float]:
    """F1 by corpus and source of the pages that a model, or its parts, never saw."""
    found: defaultdict[Group, list[Overlap]] = defaultdict(list)
    for each in _shared:
        if not (each.is_whole and is_for(each, kind)):
            continue
        if family is None:
            least = trained.parts[each.fold].threshold if trained.parts else 0.0
            found[each.corpus, each.kind].append(each.overlap(each.final >= least))
        elif each.family == family:
            found[each.corpus, each.kind].append(_scored(each, trained.model))
    return {group: score(overlaps).f1.value or 0.0 for group, overlaps in found.items()}


def _scored(example: Example, model: Model) -> Overlap:
    if example.empty:
        return example.overlap([])
    claims = None if example.marked_up else example.claims
    return example.overlap(model.score(example.document, claims) >= model.threshold)


def _table(examples: Iterable[Example], lots: Mapping[tuple[str, str | None], Lot]) -> str:
    """The scores as a table: F1 of each source as it is, and by the scorer alone, held out.

    What ``clean`` makes of a source is another matter: there rules go first, and have a say in how
    far the scorer is believed.
    """
    as_is: defaultdict[Group, list[Overlap]] = defaultdict(list)
    for each in examples:
        if each.is_whole:
            as_is[each.corpus, each.kind].append(each.overlap([True] * len(each.words)))
    f1: defaultdict[bool, dict[Group, float]] = defaultdict(dict)
    for (_, family), lot in lots.items():
        f1[family is None] |= lot.f1
    lines = ["corpus\tsource\tpages\tas it is\theld out by site\theld out by corpus"]
    for group, overlaps in sorted(as_is.items()):
        if group not in f1[True]:
            continue
        values = (score(overlaps).f1.value or 0.0, f1[True][group], f1[False][group])
        figures = [f"{value:.4f}" for value in values]
        lines.append("\t".join([*group, str(len(overlaps)), *figures]))
    return "\n".join(lines)
