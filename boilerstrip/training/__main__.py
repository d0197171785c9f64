"""``python -m boilerstrip.training CORPORA...``: the shipped weights, from labelled pages.

A corpus is a folder that ``boilerstrip eval`` can score, or a folder of such folders. The same
corpora, rules and features give the same file. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.fields.head.title import shipped_weights
from boilerstrip.score.scorer import load, read_making
from boilerstrip.training import categories, titles
from boilerstrip.training.check import is_sound
from boilerstrip.training.corpora import deal, left_out, load_corpora
from boilerstrip.training.examples import load_examples
from boilerstrip.training.provenance import describe_making
from boilerstrip.training.settings import FULL, QUICK
from boilerstrip.training.train import KINDS, Models, Weights, name_of, name_without, train

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from boilerstrip.evaluation.gold import Corpus
    from boilerstrip.training.examples import Example


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when the weights are written, 2 when they can't be made."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except BoilerstripError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m boilerstrip.training", description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, help="corpora, or folders of corpora")
    parser.add_argument("--out", type=Path, required=True, help="the file of the weights")
    parser.add_argument("--folds-out", type=Path, help="folder for the weights of each fold")
    parser.add_argument("--cache", type=Path, help="folder that keeps the pages' renderings")
    parser.add_argument(
        "--keep",
        choices=KINDS,
        help="keep what the files have for it, if it would be the same, and train for the other",
    )
    parser.add_argument("--quick", action="store_true", help="to try things, never to ship")
    return parser


def _run(options: argparse.Namespace) -> None:
    plan = QUICK if options.quick else FULL
    corpora = load_corpora(options.corpora)
    made = describe_making(corpora, plan, quick=options.quick)
    kept = _kept(options, made) if options.keep else {}
    examples, headlines = load_examples(corpora, left_out(), options.cache, plan.limit)
    _warn_of_unsound(examples)
    if headlines:
        _write_titles(options.out.with_name("title.json"), headlines)
    lessons = categories.load_lessons(corpora)
    models = categories.fit_all(lessons, plan.category)
    weights = train(examples, plan, kept).with_categories(models)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    weights.shipped.save(options.out, made)
    if options.folds_out:
        _write_folds(options.folds_out, weights, corpora, made)
    print(weights.table)
    print(categories.report(lessons, models))
    if headlines:
        print(titles.report(headlines))


def _kept(options: argparse.Namespace, made: dict[str, Any]) -> dict[str, Models]:
    """The models of one kind in the files that are to be written.

    Those for text may have been made with other rules, and ``made`` says so then.

    Raises:
        InputError: where there are none, or training would make others.

    """
    kind = str(options.keep)
    if options.folds_out is None or not options.out.is_file():
        raise InputError(
            f"--keep {kind}: needs --out and --folds-out with the files of an earlier run."
        )
    before = read_making(options.out)
    groups = (kind, f"{kind} again")
    for what, one, two in (
        ("corpora", before.get("corpora"), made["corpora"]),
        ("features", _of(before.get("features", {}), groups), _of(made["features"], groups)),
        ("settings", before.get("settings", {}).get(kind), made["settings"][kind]),
    ):
        if one != two:
            message = f"--keep {kind}: {options.out} was made of other {what}: train without it."
            raise InputError(message)
    if kind == "text":
        made["rules"] = before["rules"]
    held_out = {file.stem: load(file) for file in options.folds_out.glob("*.npz")}
    models = {name: getattr(scorer, kind) for name, scorer in held_out.items()}
    return {kind: Models(getattr(load(options.out), kind), models)}


def _of(features: Mapping[str, Any], groups: Sequence[str]) -> list[Any]:
    return [features.get(group) for group in groups]


def _warn_of_unsound(examples: Sequence[Example]) -> None:
    """Say how many pages teach that the check would leave out."""
    pages = [each for each in examples if each.kind in ("html", "raw") and each.teaches]
    missed = [each.key for each in pages if not is_sound(each.rebuilt())]
    if missed:
        some = ", ".join(missed[:5])
        print(
            f"{len(missed)} pages have gold that their own blocks can't rebuild ({some} ...), and "
            "teach all the same: run python -m boilerstrip.training.check",
            file=sys.stderr,
        )


def _write_titles(file: Path, headlines: Sequence[titles.Headlines]) -> None:
    """Write the weights of the headline search, and say if they aren't those in use.

    What rules claim of a text follows from them a little: models are trained with those in use.
    """
    fitted = titles.fit(headlines)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(titles.as_json(fitted), encoding="utf-8")
    if fitted != shipped_weights():
        print(
            f"{file}: other than what the headline search uses now, and what the models are being "
            "trained with: copy it to boilerstrip/fields/head/title.json and train again",
            file=sys.stderr,
        )


def _write_folds(
    folder: Path, weights: Weights, corpora: Sequence[Corpus], made: Mapping[str, Any]
) -> None:
    """Write the held-out weights, and ``folds.json``, which says who never saw what."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, scorer in weights.held_out().items():
        scorer.save(folder / f"{name}.npz", {**made, "held_out": name})
    folds = deal(page for corpus in corpora for page in corpus.pages)
    found = {
        "corpora": made["corpora"],
        "site": {page: name_of(fold) for page, fold in folds.items()},
        "corpus": {family: name_without(family) for family in weights.by_corpus},
    }
    (folder / "folds.json").write_text(json.dumps(found, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main())
