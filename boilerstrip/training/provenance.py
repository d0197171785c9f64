"""What weights were made of: corpora, rules, features, settings; and whether that still holds.

Features are told by what they do: fixed documents are described, and each feature's numbers are
hashed. So a change of a feature, or of the reader that cuts documents into blocks, is seen whatever
file it is in, and one that changes no number is none.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.lines.layout import read_pieces
from boilerstrip.readers.html import read_html
from boilerstrip.score.category import Clues, Piece
from boilerstrip.score.features import Claims, Lexicon, describe, review
from boilerstrip.score.ngrams import BITS, Ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from boilerstrip.document import Document
    from boilerstrip.evaluation.gold import Corpus
    from boilerstrip.training.settings import Plan

    Features = dict[str, dict[str, str]]

COMMAND = "python -m boilerstrip.training CORPORA --out boilerstrip/score/weights.npz"
_DIGITS = 2
_HASH = 8
# Words of the fixed documents and class tokens of theirs, so that the lexicon has something to say.
_LEXICON = Lexicon(
    short={"share": -2.0, "harbour": 1.0, "^read more": -3.0, "$comments": -1.5},
    long={"council": 1.5, "cookies": -2.5, "^the council": 2.0},
    names={"menu": -3.0, "article": 2.0, "body": 1.0, "footer": -2.0},
    ngrams=Ngrams(((np.arange(1 << BITS) % 41 - 20) / 10).astype(np.float32), -0.5),
)
_KINDS = 9
_NAMED = 4


def describe_making(corpora: Iterable[Corpus], plan: Plan, *, quick: bool) -> dict[str, Any]:
    """What weights are made of, for their file."""
    return {
        "corpora": {corpus.name: corpus.digest for corpus in corpora},
        "rules": rules_digest(),
        "features": features(),
        "settings": asdict(plan),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("catboost", "numpy", "scipy")},
        },
        "quick": quick,
    }


def stale_features(made: Mapping[str, Any]) -> list[str]:
    """The names of the features that aren't what they were when weights were made of ``made``."""
    then, now = made.get("features", {}), features()
    return [
        name
        for group in sorted(now.keys() | then.keys())
        for name in sorted(now.get(group, {}).keys() | then.get(group, {}).keys())
        if now.get(group, {}).get(name) != then.get(group, {}).get(name)
    ]


def complaint(made: Mapping[str, Any]) -> str | None:
    """What to do about weights that are older than the features; ``None`` if they aren't."""
    stale = stale_features(made)
    if not stale:
        return None
    names = ", ".join(map(repr, stale[:_NAMED]))
    more = f" and {len(stale) - _NAMED} more" if len(stale) > _NAMED else ""
    verb = "differs" if len(stale) == 1 else "differ"
    return f"weights are older than the features: {names}{more} {verb}; run {COMMAND}"


def rules_changed(made: Mapping[str, Any]) -> bool:
    """Whether a rule was added, taken away or changed since weights were made of ``made``.

    Rules change by the day and weights stand it: this is for information.
    """
    return bool(made.get("rules") != rules_digest())


@cache
def rules_digest() -> str:
    """The digest of the shipped rules' files."""
    total = hashlib.sha256()
    root = resources.files("boilerstrip.rules") / "catalog"
    for folder in sorted(root.iterdir(), key=lambda item: item.name):
        for file in sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else ():
            total.update(f"{folder.name}/{file.name}\0".encode() + file.read_bytes())
    return total.hexdigest()


def features() -> Features:
    """For each group of features the hash of each one's numbers on the fixed documents."""
    groups: dict[str, list[tuple[Sequence[str], np.ndarray[Any, Any]]]] = {}
    for document in _probes():
        kind = "text" if document.tree is None else "html"
        first = describe(document, _LEXICON, _claims(document) if kind == "text" else None)
        second = review(first, _chances(document))
        for name, found in ((kind, first), (f"{kind} again", second)):
            groups.setdefault(name, []).append((found.names, found.table))
        if kind == "text":
            groups.setdefault("category", []).append((("pieces",), _pieces(document)))
    return {name: _hashes(tables) for name, tables in groups.items()}


def _hashes(tables: Sequence[tuple[Sequence[str], np.ndarray[Any, Any]]]) -> dict[str, str]:
    totals: dict[str, Any] = {}
    for names, table in tables:
        for name, row in zip(names, table, strict=True):
            numbers = np.round(row.astype(np.float64), _DIGITS) + 0.0  # no -0.0
            totals.setdefault(name, hashlib.sha256()).update(json.dumps(numbers.tolist()).encode())
    return {name: total.hexdigest()[:_HASH] for name, total in totals.items()}


def _probes() -> Iterator[Document]:
    """The fixed documents, texts and pages."""
    folder = resources.files("boilerstrip.training") / "probes"
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        source = file.read_text("utf-8")
        is_page = file.name.endswith(".html")
        yield read_html(source).document if is_page else read_pieces(source)
    long = "Home\n" + "The council met on Monday evening to vote. " * 400 + "\nShare\n"
    yield read_pieces(long)


def _claims(document: Document) -> Claims:
    """Made-up claims, of every kind, so that what rules find has no part in this."""
    number = np.arange(len(document.blocks))
    kinds = np.where(number % 3 == 1, number // 3 % _KINDS, 0)
    return Claims(kinds, (number % 6 == 1) & (kinds > 0), int((kinds > 0).sum()))


def _chances(document: Document) -> np.ndarray[Any, np.dtype[np.float32]]:
    return (np.arange(len(document.blocks)) * 7 % 10 / 10).astype(np.float32)


def _pieces(document: Document) -> np.ndarray[Any, Any]:
    """The features of the document's pieces, of which every other one is body, as one row."""
    roles = ("body", None)
    pieces = [
        Piece(document.content(block), roles[number % 2], "related" if number % 3 else None)
        for number, block in enumerate(document.blocks)
    ]
    clues = Clues(pieces)
    found = [clues.features(n) for n in range(1, len(pieces), 2)]
    return np.concatenate([numbers + values for numbers, values in found])[None]
