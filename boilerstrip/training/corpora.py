"""The corpora that are trained on, and the folds that their pages are in."""

from __future__ import annotations

import csv
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from boilerstrip.errors import InputError
from boilerstrip.evaluation.gold import (
    FOLDS,
    GOLD_FILES,
    Corpus,
    find_corpora,
    fold_of,
    load_corpus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from boilerstrip.evaluation.gold import GoldPage

LEFT_OUT = "left_out.tsv"
COLUMNS = ("corpus", "id", "precision", "recall", "reason")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that teaches nothing, how well its blocks rebuild its gold body (0-1), and why."""

    corpus: str
    id: str
    precision: float
    recall: float
    reason: str

    @property
    def key(self) -> str:
        """The page's name among all corpora: ``corpus/id``."""
        return f"{self.corpus}/{self.id}"


def load_corpora(paths: Iterable[Path]) -> list[Corpus]:
    """The corpora of folders, each of which holds a gold file or several corpora.

    Of a folder of corpora those are passed over that nothing is to be learned from.

    Raises:
        InputError: for a corpus that is named itself and that nothing is to be learned from.

    """
    found: list[Corpus] = []
    for path in paths:
        if path.is_file() or any((path / name).is_file() for name in GOLD_FILES):
            if reason := refusal(path.resolve().name if path.is_dir() else path.name):
                raise InputError(f"{path}: not to be trained on: {reason}. Leave it out.")
            found.append(load_corpus(path))
            continue
        for name, folder in find_corpora(path).items():
            if reason := refusal(name):
                print(f"{name}: passed over: {reason}", file=sys.stderr)
            else:
                found.append(load_corpus(folder))
    return found


def refusal(name: str) -> str | None:
    """Why nothing is to be learned from the corpus of that name; ``None`` if it may teach.

    >>> refusal("naeb-news") is None, refusal("daniel-press") is None
    (True, False)
    """
    row = _known().get(name, {"train": True})
    return None if row["train"] else str(row["why"])


@cache
def _known() -> Mapping[str, Any]:
    file = files("boilerstrip.training") / "corpora.toml"
    return tomllib.loads(file.read_text("utf-8"))


def left_out() -> dict[str, LeftOut]:
    """The pages of the corpora that teach nothing, by their keys."""
    text = (files("boilerstrip.training") / LEFT_OUT).read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    pages = [
        LeftOut(
            row["corpus"], row["id"], float(row["precision"]), float(row["recall"]), row["reason"]
        )
        for row in rows
    ]
    return {page.key: page for page in pages}


def deal(pages: Iterable[GoldPage]) -> dict[str, int]:
    """The fold of each page, by its key: that of its site; texts without one are dealt out.

    Those are dealt in the order of their layouts and languages, so that every fold gets some of
    each.
    """
    pages = list(pages)
    texts = sorted(
        (page for page in pages if page.site == page.key),
        key=lambda page: (page.layout or "", page.language or "", page.key),
    )
    folds = {page.key: number % FOLDS for number, page in enumerate(texts)}
    return {page.key: folds.get(page.key, fold_of(page.site)) for page in pages}
