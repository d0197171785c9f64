"""The weights of the headline search: a softmax over the lines of a page that may be its headline.

What speaks for a line is a handful of numbers; their weights are those under which the lines that
say the gold title are likeliest, drawn a little to zero. Where several lines say it, their
probabilities are added up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.evaluation.fields import same_text
from boilerstrip.evaluation.gold import FOLDS, family_of
from boilerstrip.fields.head.lines import Lines, prose_start
from boilerstrip.fields.head.title import TitleSearch, shipped_weights
from boilerstrip.fields.text import head_lines
from boilerstrip.language.detect import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document
    from boilerstrip.evaluation.gold import GoldPage

    Weights = Mapping[str, float]

# How strongly weights are drawn to 0. Of 3,645 headlines, 3,136 of them among the lines looked at,
# it finds 2,693 held out by site; 0.3 and 3 find as many. Letting small corpora weigh more finds 8
# more, and takes a standfirst under a headline for one.
_PENALTY = 1.0
_STEPS = 100
_DIGITS = 2
_MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Headlines:
    """The lines of a text that may be its headline: what speaks for each, and which are right."""

    key: str
    kind: str
    site: str
    names: tuple[str, ...]
    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    fold: int = 0

    @property
    def corpus(self) -> str:
        """The corpus that the text is of."""
        return self.key.partition("/")[0]

    @property
    def family(self) -> str:
        """What corpora of one source have in common."""
        return family_of(self.corpus)

    def finds(self, weights: Weights) -> bool:
        """Whether the likeliest line is right."""
        if not len(self.right):
            return False
        scores = self.evidence @ [weights[name] for name in self.names]
        return bool(self.right[int(scores.argmax())])


def headlines_of(
    page: GoldPage, kind: str, document: Document, claims: Sequence[Claim]
) -> list[Headlines]:
    """The headlines of a text of a page, ``claims`` taken; none where its title isn't known."""
    lines, _ = head_lines(document, claims)
    start = prose_start(lines[:_MOST_LINES])
    if not page.title or start is None:
        return []
    seen = Lines(lines[:_MOST_LINES], start, detect_language(document))
    search = TitleSearch(seen)
    found = search.evidence()
    titles = {number: search.title(number) for number in found}
    right = [same_text(seen[line].text[slice(*span)], page.title) for line, span in titles.values()]
    names = tuple(next(iter(found.values()), {}))
    table = np.array([list(evidence.values()) for evidence in found.values()], float)
    return [Headlines(page.key, kind, page.site, names, table, np.array(right, bool))]


def fit(headlines: Iterable[Headlines]) -> dict[str, float]:
    """The weights under which the right lines are likeliest, every page counting alike.

    Each step is Newton's for the convex part of what is minimised, so it never overshoots far.
    """
    usable = [each for each in headlines if each.right.any()]
    rows = np.concatenate([each.evidence for each in usable])
    right = np.concatenate([each.right for each in usable])
    sizes = [len(each.right) for each in usable]
    group = np.repeat(np.arange(len(usable)), sizes)
    pages = [each.key for each in usable]
    _, page, number = np.unique(pages, return_inverse=True, return_counts=True)
    share = 1.0 / number[page]
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        scores = rows @ weights
        every = _chances(scores, group, np.ones(len(rows), bool))
        chosen = _chances(scores, group, right)
        means = _sums(rows * every[:, None], group, len(usable))
        gradient = _PENALTY * weights - (share[group] * (chosen - every)) @ rows
        spread = (rows * (share[group] * every)[:, None]).T @ rows
        spread += _PENALTY * np.eye(len(weights)) - (means * share[:, None]).T @ means
        step = np.linalg.solve(spread, gradient)
        weights -= step
        if np.abs(step).max() < 10**-6:
            break
    return {
        name: round(float(weight), _DIGITS)
        for name, weight in zip(usable[0].names, weights, strict=True)
    }


def _chances(
    scores: NDArray[np.float64], group: NDArray[np.int64], of: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The softmax of the scores in each group, over those of its rows that count."""
    most = np.full(group[-1] + 1, -np.inf)
    np.maximum.at(most, group[of], scores[of])
    powers = np.where(of, np.exp(np.minimum(scores - most[group], 0)), 0)
    return np.asarray(powers / np.bincount(group, powers)[group])


def _sums(rows: NDArray[np.float64], group: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    found = np.zeros((number, rows.shape[1]))
    np.add.at(found, group, rows)
    return found


def report(headlines: Sequence[Headlines]) -> str:
    """How many headlines are found, as a table: with all pages fitted, and held out both ways."""
    fitted = fit(headlines)
    by_fold = {n: fit(each for each in headlines if each.fold != n) for n in range(FOLDS)}
    families = sorted({each.family for each in headlines})
    by_family = {name: _without(headlines, name) for name in families}
    lines = ["corpus\tkind\ttexts\tamong candidates\tshipped\tfitted\tby site\tby corpus"]
    for corpus, kind in sorted({(each.corpus, each.kind) for each in headlines}):
        found = [each for each in headlines if (each.corpus, each.kind) == (corpus, kind)]
        counts: list[Any] = [
            sum(bool(each.right.any()) for each in found),
            sum(each.finds(shipped_weights()) for each in found),
            sum(each.finds(fitted) for each in found),
            sum(each.finds(by_fold[each.fold]) for each in found),
            sum(each.finds(by_family[each.family]) for each in found),
        ]
        lines.append("\t".join(map(str, [corpus, kind, len(found), *counts])))
    return "\n".join(lines)


def _without(headlines: Sequence[Headlines], family: str) -> Weights:
    """The weights of pages that are not of a family, nor of its sites."""
    sites = {each.site for each in headlines if each.family == family}
    return fit(each for each in headlines if each.family != family and each.site not in sites)


def as_json(weights: Weights) -> str:
    """The text of the file that keeps the weights."""
    rows = [f"{json.dumps(name)}: {weight}" for name, weight in weights.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"
