"""``python -m boilerstrip.judge.train CORPUS ...``: the shipped weights, from labelled pages.

A corpus is a folder with ``gold.jsonl`` (one page a line: ``id``, ``html``, ``body``, and ``url``
or ``publisher``) and the pages' bytes as ``.html.gz`` files. Needs the extra ``train``. Pages are
split into folds by site, so that no site is in two; every feature and every probability that a
later step is trained on comes from folds that the page is not in.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.judge.scorer import Scorer
from boilerstrip.judge.training.examples import in_text, load_examples
from boilerstrip.judge.training.gold import mean_f1, precision_recall
from boilerstrip.judge.training.models import scores_of, train_model
from boilerstrip.judge.training.trust import train_trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boilerstrip.judge.training.examples import Example


def train(examples: Sequence[Example]) -> tuple[Scorer, list[Scorer]]:
    """The scorer trained on all examples, and one per fold that never saw it."""
    html, htmls = train_model(examples, "html")
    text, texts = train_model(examples, "text")
    trust, trusts = train_trust([each for each in examples if in_text(each)], text.threshold)
    folds = [Scorer(*found) for found in zip(texts, htmls, trusts, strict=True)]
    return Scorer(text, html, trust), folds


def report(examples: Sequence[Example], scorer: Scorer) -> str:
    """The cross-validated scores as a table: F1 of each source as it is, and by the scorer alone.

    What ``clean`` makes of a source is another matter: there rules go first, and have a say in how
    far the scorer is believed.
    """
    lines = ["corpus\tkind\tpages\tF1 as it is\tF1 scored"]
    groups: defaultdict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        if example.kind != "gold":
            groups[example.corpus, example.kind].append(example)
    for (corpus, kind), found in sorted(groups.items()):
        threshold = (scorer.html if kind == "html" else scorer.text).threshold
        before = mean_f1(
            [
                precision_recall([word for row in each.words for word in row], each.gold)
                for each in found
            ]
        )
        after = scores_of(found, threshold)[corpus, kind]
        lines.append(f"{corpus}\t{kind}\t{len(found)}\t{before:.4f}\t{after:.4f}")
    return "\n".join(lines)


def main() -> None:
    """Train, write the weights, and report if asked."""
    parser = argparse.ArgumentParser(prog="python -m boilerstrip.judge.train", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, help="folders with gold.jsonl")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.npz"))
    parser.add_argument("--renderings", type=Path, help="folder that keeps the pages' texts")
    parser.add_argument("--cross-validate", action="store_true", help="print scores by fold")
    parser.add_argument("--folds-out", type=Path, help="folder for the weights of each fold")
    options = parser.parse_args()
    examples = load_examples(options.corpora, options.renderings)
    scorer, folds = train(examples)
    scorer.save(options.out)
    if options.folds_out:
        _save_folds(options.folds_out, folds, examples)
    if options.cross_validate:
        judged = [each for each in examples if each.kind == "html" or in_text(each)]
        print(report(judged, scorer))


def _save_folds(folder: Path, folds: Sequence[Scorer], examples: Iterable[Example]) -> None:
    """Write ``fold0.npz`` ... and ``folds.json``, which maps ``corpus/page`` to its fold."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, scorer in enumerate(folds):
        scorer.save(folder / f"fold{number}.npz")
    pages = {f"{example.corpus}/{example.page}": example.fold for example in examples}
    (folder / "folds.json").write_text(json.dumps(pages, indent=0, sort_keys=True))


if __name__ == "__main__":
    main()
