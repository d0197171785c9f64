"""``python -m boilerstrip.training.categories CORPORA...``: the model that names what is removed.

It learns from the labelled passages of raw texts, and is put into weights files that are there. The
scorer has no part in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.document import line_spans
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.evaluation.gold import FOLDS, family_of
from boilerstrip.evaluation.labelled import fold_space, is_near, locate
from boilerstrip.language.detect import detect_language
from boilerstrip.readers.text import read_text
from boilerstrip.rules.ruleset import catalogue
from boilerstrip.score.category import (
    BITS,
    BODY,
    LIKE,
    Categories,
    Clues,
    Piece,
    pack,
)
from boilerstrip.settle.naming import Said, section_rules
from boilerstrip.settle.passes import Lines, apply_rules, in_order
from boilerstrip.training import provenance
from boilerstrip.training.corpora import deal, load_corpora
from boilerstrip.training.examples import PROCESSES, matcher_of
from boilerstrip.training.settings import FULL
from boilerstrip.training.train import name_of, name_without

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.evaluation.gold import Corpus, GoldPage

    Floats = NDArray[np.float64]

_METADATA = ("title", "author_bio")
# What a phrase or an example of a rule weighs beside a labelled passage. Without them 3 % fewer
# passages that are held out get their category.
_RULES = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A labelled text as pieces, with the right category of each removed one; its page's fold.

    ``given`` are the pieces as they are when the model is asked, with what rules have named.
    """

    key: str
    fold: int
    language: str
    pieces: tuple[Piece, ...]
    given: tuple[Piece, ...]
    share: float = 1.0

    @property
    def family(self) -> str:
        """What corpora of one source have in common."""
        return family_of(self.key.partition("/")[0])


def load_lessons(corpora: Iterable[Corpus]) -> list[Lesson]:
    """The labelled texts of the corpora."""
    corpora = list(corpora)
    folds = deal(page for corpus in corpora for page in corpus.pages)
    pages = [page for corpus in corpora for page in corpus.pages if page.removed]
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = pool.map(pieces_of, pages, chunksize=8)
        return [
            Lesson(page.key, folds[page.key], page.language or "", pieces, given)
            for page, (pieces, given) in zip(pages, found, strict=True)
        ]


def of_rules() -> list[Lesson]:
    """What the shipped rules' phrases and examples are called, and phrases of other languages.

    These have wording and no place.
    """
    names = {"title", "body", "other"}
    found = {
        text: LIKE.get(rule.category, rule.category)
        for rule in catalogue()
        if rule.category not in names
        for text in (*rule.phrases, *rule.removes)
    }
    wording = tomllib.loads((files("boilerstrip.training") / "wording.toml").read_text("utf-8"))
    found |= {text: category for category, texts in wording.items() for text in texts}
    return [
        Lesson("", -1, "", (Piece(text, category),), (), _RULES) for text, category in found.items()
    ]


def pieces_of(page: GoldPage) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of a labelled text with their labels, and with what rules say of them."""
    text = page.text or ""
    document = read_text(text)
    reader = Lines(document, matcher_of(None))
    lines = reader.of_blocks(document.blocks)
    claims, _ = apply_rules(lines, reader, detect_language(document), of_text=True)
    said = Said(in_order(claims, text), text, section_rules())
    pieces, given = [], []
    for start, end, role in _labelled(page, text):
        own, section = said.of(start, end) if role != BODY else (BODY, None)
        pieces.append(Piece(text[start:end], role, section))
        given.append(Piece(text[start:end], own, section))
    return tuple(pieces), tuple(given)


def _labelled(page: GoldPage, text: str) -> list[tuple[int, int, str]]:
    """The spans of a labelled text, in order: its removed passages, and the lines of the rest."""
    removed = page.removed or ()
    passages = [
        (start, end, segment.category)
        for segment, (start, end) in zip(removed, locate(removed, text), strict=True)
        if start < end
    ]
    spans: list[tuple[int, int, str]] = []
    position = 0
    for start, end, category in [*sorted(passages), (len(text), len(text), "")]:
        for left, right in line_spans(text, position, max(position, start)):
            spans.append((left, right, _role_kept(text[left:right], page)))
        if position <= start < end:
            spans.append((start, end, category))
        position = max(position, end)
    return spans


def _role_kept(text: str, page: GoldPage) -> str:
    said = fold_space(text).strip("#* ")
    if page.title and said == fold_space(page.title):
        return "title"
    return "author_bio" if page.author_bio and said in fold_space(page.author_bio) else BODY


@dataclass(frozen=True, slots=True)
class _Chains:
    """The runs of removed pieces of some lessons, the longest first, as one table.

    ``features`` has a row for each piece, ``labels`` its category; ``steps`` are the rows of the
    first pieces of all runs, of their second pieces and so on.
    """

    features: Any
    turned: Any
    shares: Floats
    labels: NDArray[np.intp]
    steps: tuple[NDArray[np.intp], ...]


def chains_of(lessons: Sequence[Lesson], names: Sequence[str]) -> _Chains:
    """The runs of the lessons, of categories with these names."""
    from scipy.sparse import csr_matrix

    numbers: list[int] = []
    values: list[float] = []
    bounds, runs = [0], []
    labels: list[int] = []
    shares: list[float] = []
    for lesson in lessons:
        clues = Clues(lesson.pieces)
        for kept, run in groupby(enumerate(lesson.pieces), lambda pair: pair[1].role == BODY):
            if kept:
                continue
            rows = []
            for number, piece in run:
                found, weights = clues.features(number, placed=bool(lesson.given))
                numbers += found.tolist()
                values += weights.tolist()
                rows.append(len(labels))
                bounds.append(len(numbers))
                labels.append(names.index(str(piece.role)))
                shares.append(lesson.share)
            runs.append(rows)
    runs.sort(key=len, reverse=True)
    steps = tuple(np.array([run[n] for run in runs if len(run) > n]) for n in range(len(runs[0])))
    features = csr_matrix((values, numbers, bounds), shape=(len(labels), 1 << BITS))
    return _Chains(features, None, np.array(shares), np.array(labels), steps)


def fit(lessons: Sequence[Lesson], settings: Mapping[str, Any] = FULL.category) -> Categories:
    """The model under which the right categories are likeliest, its weights drawn a little to 0."""
    from scipy.optimize import minimize

    names = tuple(sorted({str(p.role) for each in lessons for p in each.pieces} - {BODY}))
    penalty = settings["penalty"]
    chains, size = chains_of(lessons, names), len(names)
    used = np.flatnonzero(np.asarray((chains.features != 0).sum(axis=0)).ravel())
    chains = replace(
        chains,
        features=chains.features[:, used],
        turned=chains.features[:, used].T.tocsr(),
    )

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, moves = point[: -size * size].reshape(-1, size), point[-size * size :]
        missed, wrong, wrong_moves = compare(chains, weights, moves.reshape(size, size))
        slope = np.concatenate([(chains.turned @ wrong).ravel(), wrong_moves.ravel()])
        return missed + penalty / 2 * float(point @ point), slope + penalty * point

    start = np.zeros(len(used) * size + size * size)
    limit = {"maxiter": settings["steps"]}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=limit).x
    weights, moves = np.zeros((1 << BITS, size)), found[-size * size :]
    weights[used] = found[: -size * size].reshape(-1, size)
    return Categories(
        names, weights.astype(np.float32), moves.reshape(size, size).astype(np.float32)
    ).rounded()


def compare(chains: _Chains, weights: Floats, moves: Floats) -> tuple[float, Floats, Floats]:
    """How unlikely the labels are (natural log), and how far each chance and move is off.

    The chances are those of the forward-backward algorithm, scaled at every step.
    """
    scores = np.asarray(chains.features @ weights)
    most = scores.max(axis=1, keepdims=True)
    powers, paths = np.exp(scores - most), np.exp(moves)
    forward, scale = np.zeros_like(powers), np.ones(len(powers))
    for number, rows in enumerate(chains.steps):
        found = powers[rows]
        if number:
            found = found * (forward[chains.steps[number - 1][: len(rows)]] @ paths)
        scale[rows] = found.sum(axis=1)
        forward[rows] = found / scale[rows, None]
    chances, backward = forward.copy(), np.ones_like(powers)
    off = np.zeros_like(moves)
    for before, rows in reversed(list(zip(chains.steps, chains.steps[1:], strict=False))):
        before = before[: len(rows)]
        ahead = powers[rows] * backward[rows] / scale[rows, None]
        backward[before] = ahead @ paths.T
        off += (forward[before] * chains.shares[rows, None]).T @ ahead
        chances[before] *= backward[before]
    off *= paths
    labels, shares = chains.labels, chains.shares
    right = shares @ scores[np.arange(len(labels)), labels]
    for before, rows in zip(chains.steps, chains.steps[1:], strict=False):
        pairs = labels[before[: len(rows)]], labels[rows]
        right += shares[rows] @ moves[pairs]
        np.subtract.at(off, pairs, shares[rows])
    missed = (shares * (np.log(scale) + most[:, 0])).sum() - right
    chances[np.arange(len(labels)), labels] -= 1
    return float(missed), chances * shares[:, None], off


def fit_all(
    lessons: Sequence[Lesson], settings: Mapping[str, Any] = FULL.category
) -> dict[str | None, Categories]:
    """The model of all lessons, by ``None``, and by name those without a fold or a family.

    Nothing but the rules' wording is left where one family has all labelled texts.
    """
    rules = of_rules()
    without: dict[str | None, list[Lesson]] = {None: list(lessons)}
    without |= {name_of(n): [each for each in lessons if each.fold != n] for n in range(FOLDS)}
    for family in {each.family for each in lessons}:
        without[name_without(family)] = [each for each in lessons if each.family != family]
    with ProcessPoolExecutor(PROCESSES) as pool:
        taught = [[*some, *rules] for some in without.values()]
        models = pool.map(fit, taught, repeat(settings))
        return dict(zip(without, models, strict=True))


def report(lessons: Iterable[Lesson], models: Mapping[str | None, Categories]) -> str:
    """How many labelled passages get their category held out by fold, as a table.

    ``alone``: all named by the model; ``asked``: those that no rule has named, with the others.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lesson in lessons:
        model = models[name_of(lesson.fold)]
        blank = [Piece(p.text, None if p.role != BODY else BODY) for p in lesson.pieces]
        gold = [str(piece.role) for piece in lesson.pieces if piece.role != BODY]
        own = [piece.role for piece in lesson.given if piece.role != BODY]
        asked = iter(model.name(lesson.given))
        for right, alone, known in zip(gold, model.name(blank), own, strict=True):
            given = known or next(asked)
            if right in _METADATA:
                continue
            for key in ("all", right, lesson.language):
                counts[key]["all"] += 1
                counts[key]["alone"] += alone == right
                counts[key]["near"] += is_near(right, alone)
                if known is None:
                    counts[key]["asked"] += 1
                    counts[key]["asked right"] += given == right
    rows = [
        f"{key}\t{each['all']}\t{_share(each['alone'], each['all'])}"
        f"\t{_share(each['near'], each['all'])}\t{_share(each['asked right'], each['asked'])}"
        for key, each in sorted(counts.items(), key=lambda item: -item[1]["all"])
    ]
    return "\n".join(["passages of\tall\talone\tor a neighbour\tof those no rule names", *rows])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def put(file: Path, model: Categories) -> None:
    """Put a model into a file of weights, in place of the one that it has."""
    with np.load(file, allow_pickle=False) as found:
        arrays: dict[str, Any] = {
            name: found[name] for name in found.files if not name.startswith("category_")
        }
    made = json.loads(arrays["made"].tobytes().decode()) if "made" in arrays else {}
    made["features"] = made.get("features", {}) | {"category": provenance.features()["category"]}
    made["settings"] = {**made.get("settings", {}), "category": dict(FULL.category)}
    arrays["made"] = np.frombuffer(json.dumps(made, sort_keys=True).encode(), np.uint8)
    np.savez_compressed(file, **(arrays | pack(model)))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when the model is in the files, 2 when it can't be made."""
    parser = argparse.ArgumentParser(
        prog="python -m boilerstrip.training.categories", description=__doc__
    )
    parser.add_argument("corpora", nargs="+", type=Path, help="corpora, or folders of corpora")
    parser.add_argument("--into", type=Path, help="the file of weights that gets the model")
    parser.add_argument("--folds-into", type=Path, help="folder of the weights of each fold")
    options = parser.parse_args(arguments)
    try:
        lessons = load_lessons(load_corpora(options.corpora))
        if options.folds_into:
            _check_folds(options.folds_into / "folds.json", lessons)
    except BoilerstripError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    models = fit_all(lessons)
    if options.into:
        put(options.into, models[None])
    for file in sorted(options.folds_into.glob("*.npz")) if options.folds_into else ():
        put(file, models.get(file.stem, models[None]))
    print(report(lessons, models))
    return 0


def _check_folds(file: Path, lessons: Iterable[Lesson]) -> None:
    """See that the weights in a folder know the texts in the same folds.

    Raises:
        InputError: for a folder of other folds.

    """
    try:
        known = json.loads(file.read_text(encoding="utf-8"))["site"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{file}: no folds can be read from it: {error!r}.") from error
    for lesson in lessons:
        if known.get(lesson.key) != name_of(lesson.fold):
            raise InputError(
                f"{file}: {lesson.key} is in another fold there: name the corpora that the weights "
                "were made of."
            )


if __name__ == "__main__":
    sys.exit(main())
