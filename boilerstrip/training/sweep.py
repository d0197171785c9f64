"""``python -m boilerstrip.training.sweep CORPORA... --folds FOLDER``: what each bar is worth.

The bars by which raw text is judged are guesses. Each is moved alone, the others as they are, and
a sample of pages judged by weights that never saw their corpus.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.evaluation.gold import evenly, family_of
from boilerstrip.evaluation.harm import measure_loss
from boilerstrip.evaluation.measures import mean, overlap, score, units
from boilerstrip.language.detect import detect_language
from boilerstrip.readers import read
from boilerstrip.score.scorer import load
from boilerstrip.settle import judge
from boilerstrip.settle.decide import BARS, Bars
from boilerstrip.training.corpora import load_corpora
from boilerstrip.training.examples import PROCESSES, matcher_of, rendered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.claim import Cause, Claim
    from boilerstrip.document import Document
    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.score.category import Categories
    from boilerstrip.score.features import Claims
    from boilerstrip.score.scorer import Scorer
    from boilerstrip.settle.chooser import Chances

_PAGES = 150
_TEXTS = 400
_DUMP, _EXTRACTION = "html_text", "trafilatura"
VALUES: dict[str, tuple[float, ...]] = {
    "threshold": (0.05, 0.08, 0.12, 0.16, 0.2, 0.3),
    "inside": (0.02, 0.06, 0.1, 0.2),
    "shortest": (0, 500, 1000),
    "dump": (5, 10, 20, 1000),
    "of_dump": (0.2, 0.35, 0.5),
    "stray": (0.0, 0.2, 0.35, 0.5),
    "sure": (0.0, 1.0, 2.0),
    "tentative": (2.0, 4.0, 8.0),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A raw text, its gold body, and the file of the weights that never saw its corpus."""

    corpus: str
    kind: str
    text: str
    gold: str
    weights: Path


@dataclass
class _Remembering:
    """A scorer that looks at each text once, however often it is judged."""

    scorer: Scorer
    known: dict[str, Chances] = field(default_factory=dict)

    @property
    def cause(self) -> Cause:
        return self.scorer.cause

    @property
    def category(self) -> Categories | None:
        return self.scorer.category

    def threshold(self, document: Document) -> float:
        return self.scorer.threshold(document)

    def score(self, document: Document, claims: Claims | None = None) -> Chances:
        if document.text not in self.known:
            self.known[document.text] = self.scorer.score(document, claims)
        return self.known[document.text]


def moves() -> list[tuple[str, float, Bars]]:
    """Every bar at every value, with the bars that this makes."""
    return [
        (name, value, replace(BARS, **{name: cast("Any", value)}))
        for name, values in VALUES.items()
        for value in values
    ]


def body_of(text: str, claims: Sequence[Claim]) -> str:
    """What the claims, in order and apart, leave of a text.

    >>> from boilerstrip.claim import Cause, Claim
    >>> body_of("It rained. Share", [Claim("share", Cause("rule", "a"), 11, 16)])
    'It rained. '
    """
    ends = [0, *(claim.end for claim in claims)]
    starts = [*(claim.start for claim in claims), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def bodies(text: Text, bars: Sequence[Bars]) -> list[str]:
    """The body of a text by each of the bars."""
    page = read(text.text)
    language = detect_language(page.document)
    scorer = _Remembering(_load(text.weights))
    return [
        body_of(
            page.document.text, judge(page.document, matcher_of(None), language, {}, scorer, one)
        )
        for one in bars
    ]


def _measure(text: Text, bars: Sequence[Bars]) -> list[tuple[Overlap, int, int]]:
    """By each of the bars: the overlap with gold, the words of the gold body, and those lost."""
    gold, found = units(text.gold), []
    known: dict[str, tuple[Overlap, int, int]] = {}
    for body in bodies(text, bars):
        if body not in known:
            loss = measure_loss(body, text.gold)
            known[body] = (overlap(units(body), gold), loss.words, loss.lost)
        found.append(known[body])
    return found


@cache
def _load(file: Path) -> Scorer:
    return load(file)


def load_sample(paths: Sequence[Path], folds: Path, renderings: Path | None) -> list[Text]:
    """Some texts of each corpus: dumps, extractions, gold bodies, labelled texts.

    Raises:
        InputError: where the folder holds no weights without a corpus.

    """
    place = folds / "folds.json"
    try:
        names = dict(json.loads(place.read_text("utf-8"))["corpus"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{place}: no folds can be read from it: {error!r}.") from error
    found: list[Text] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for corpus in load_corpora(paths):
            family = family_of(corpus.name)
            if family not in names:
                raise InputError(f"{place}: no weights without {family}; train with {corpus.name}.")
            file = folds / f"{names[family]}.npz"
            labelled = corpus.pages[0].removed is not None
            pages = [
                page for page in evenly(corpus.pages, _TEXTS if labelled else _PAGES) if page.body
            ]
            sources = {
                "gold": {page.id: page.body or "" for page in pages},
                "gold on one line": {
                    page.id: " ".join((page.body or "").split()) for page in pages
                },
            }
            if labelled:
                sources["raw"] = {page.id: page.text or "" for page in pages}
            else:
                for kind in (_DUMP, _EXTRACTION):
                    sources[kind] = rendered(corpus, pages, kind, renderings, pool)
            found += [
                Text(corpus.name, kind, texts.get(page.id, ""), page.body or "", file)
                for kind, texts in sources.items()
                for page in pages
            ]
    return found


def sweep(texts: Sequence[Text]) -> str:
    """The table: a row a value, and what every measure is with it."""
    moved = moves()
    bars = [one for _, _, one in moved]
    with ProcessPoolExecutor(PROCESSES) as pool:
        rows = list(pool.map(_measure, texts, repeat(bars), chunksize=4))
    lines = ["| bar | value | dumps, F1 | extractions, gain | gold, words lost | on one line |"]
    lines[0] += " raw texts, F1 | raw texts, words lost |"
    lines.append("|---|---|---|---|---|---|---|---|")
    as_is = _f1(texts, [overlap(units(text.text), units(text.gold)) for text in texts], _EXTRACTION)
    for number, (name, value, _) in enumerate(moved):
        overlaps = [row[number][0] for row in rows]
        lost = {
            kind: _share(
                [row[number] for text, row in zip(texts, rows, strict=True) if text.kind == kind]
            )
            for kind in ("gold", "gold on one line", "raw")
        }
        figures = [
            f"{_f1(texts, overlaps, _DUMP):.4f}",
            f"{_f1(texts, overlaps, _EXTRACTION) - as_is:+.4f}",
            f"{lost['gold']:.3%}",
            f"{lost['gold on one line']:.3%}",
            f"{_f1(texts, overlaps, 'raw'):.4f}",
            f"{lost['raw']:.3%}",
        ]
        mark = "**" if value == getattr(BARS, name) else ""
        lines.append(f"| `{name}` | {mark}{value:g}{mark} | {' | '.join(figures)} |")
    return "\n".join(lines)


def _share(rows: Sequence[tuple[Overlap, int, int]]) -> float:
    """The share (0-1) of the gold bodies' words that are lost."""
    return sum(lost for *_, lost in rows) / max(1, sum(words for _, words, _ in rows))


def _f1(texts: Sequence[Text], overlaps: Sequence[Overlap], kind: str) -> float:
    """The mean F1 over corpora of the texts of one kind; 0 where there is none."""
    groups: defaultdict[str, list[Overlap]] = defaultdict(list)
    for text, one in zip(texts, overlaps, strict=True):
        if text.kind == kind:
            groups[text.corpus].append(one)
    return mean(score(group).f1.value for group in groups.values()) or 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when the table is printed, 2 when it can't be made."""
    parser = argparse.ArgumentParser(
        prog="python -m boilerstrip.training.sweep", description=__doc__
    )
    parser.add_argument("corpora", nargs="+", type=Path, help="corpora, or folders of corpora")
    parser.add_argument("--folds", type=Path, required=True, help="what --folds-out wrote")
    parser.add_argument("--cache", type=Path, help="folder that keeps the pages' renderings")
    options = parser.parse_args(arguments)
    try:
        print(sweep(load_sample(options.corpora, options.folds, options.cache)))
    except BoilerstripError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
