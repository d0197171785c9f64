"""The pages of labelled corpora as examples: as HTML, as raw text of many kinds, as gold body."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
from lxml.etree import LxmlError

from boilerstrip.evaluation.renderers import find_renderer
from boilerstrip.judge.features import Claims
from boilerstrip.judge.match import Matcher
from boilerstrip.judge.rules import Lines, apply_rules
from boilerstrip.judge.training.gold import precision_recall, share_in_gold, tokens
from boilerstrip.metadata.language import detect_language
from boilerstrip.readers.html import read_html
from boilerstrip.readers.text import read_text
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from boilerstrip.document import Document
    from boilerstrip.judge.features import Description
    from boilerstrip.judge.scorer import Chances
    from boilerstrip.judge.sequence import Firing, Line

FOLDS = 5
RENDERINGS = ("html_text", "bs4", "inscriptis")
EXTRACTIONS = ("trafilatura", "readability", "resiliparse")
_ALL = (*RENDERINGS, *EXTRACTIONS)
# A page whose gold body can't be rebuilt from its own blocks to this precision and recall
# teaches nothing: its gold is doubtful or its text made by scripts.
_SOUND = 0.8
# A third of the sites is shown to a third of the rules.
_PARTS = 3
# Of these renderings, which resemble others, every second or fourth page is enough.
_EVERY = {"bs4": 2, "inscriptis": 4, "resiliparse": 2}


@dataclass(slots=True)
class Example:
    """One rendering of one page, with the share of each block that the gold body holds."""

    corpus: str
    page: str
    site: str
    kind: str
    document: Document
    words: list[list[str]]
    gold: list[str]
    labels: np.ndarray[Any, Any]
    sound: bool = True
    factor: float = 1.0
    description: Description | None = None
    final: Chances = field(default_factory=lambda: np.zeros(0, np.float32))
    firings: Sequence[Firing] = ()
    lines: Sequence[Line] = ()

    @property
    def claims(self) -> Claims:
        """What rules have on the blocks."""
        return Claims.on(self.starts, self.firings)

    @property
    def starts(self) -> list[int]:
        """Where the blocks start."""
        return [block.start for block in self.document.blocks]

    @property
    def fold(self) -> int:
        """The fold of the page's site."""
        return fold_of(self.site)

    @property
    def empty(self) -> bool:
        """Whether there is no block to judge."""
        return not self.document.blocks

    @property
    def described(self) -> Description:
        """The description, once made."""
        if self.description is None:
            message = "describe the example first"
            raise ValueError(message)
        return self.description

    def weights(self) -> np.ndarray[Any, Any]:
        """What an error on each block costs: its words' share of the body, pages all alike."""
        sizes = np.array([len(row) for row in self.words], float)
        weights = (np.minimum(sizes, 400) + 3) / max(100, len(self.gold))
        weights /= max(1.0, weights.sum() / 3)
        return np.asarray(weights * np.abs(self.labels - 0.5) * 2 * self.factor)


def fold_of(site: str) -> int:
    """The number of the fold that a site's pages are in."""
    return crc32(("f" + site).encode()) % FOLDS


def in_text(example: Example) -> bool:
    """Whether the model for raw text learns from the example."""
    every = _EVERY.get(example.kind, 1)
    return example.kind != "html" and crc32(example.page.encode()) % every == 0


def load_examples(corpora: Iterable[Path], renderings: Path | None) -> list[Example]:
    """Every page of the corpora as HTML, as text in all renderings, and its gold body."""
    examples: list[Example] = []
    for corpus in corpora:
        with (corpus / "gold.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        texts = {kind: _rendered(corpus, kind, rows, renderings) for kind in _ALL}
        for row in rows:
            examples += _page_examples(corpus, row, texts)
        apply_some_rules(examples)
        print(f"{corpus.name}: {len(rows)} pages read", file=sys.stderr)
    return examples


def apply_some_rules(examples: Iterable[Example]) -> None:
    """Take down what rules find in the raw texts, and the lines that they leave.

    On the pages of some sites only a part of the rules is tried: rules know the pages that they
    were written on, and the scorer must learn to do without them.
    """
    rules = catalogue()
    matchers = {
        part: Matcher(rule for rule in rules if crc32(rule.id.encode()) % _PARTS == part)
        for part in range(_PARTS)
    }
    whole = Matcher(rules)
    for example in examples:
        if example.kind != "html" and not example.lines:
            document = example.document
            part = crc32(("t" + example.site).encode()) % (_PARTS * _PARTS)
            reader = Lines(document, matchers.get(part, whole))
            lines = reader.of_blocks(document.blocks)
            found = apply_rules(lines, reader, detect_language(document), of_text=True)
            example.firings, example.lines = found


def _page_examples(
    corpus: Path, row: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]
) -> list[Example]:
    gold = tokens(row["body"])
    documents = {"html": read_html(_bytes(corpus, row)).document}
    documents |= {kind: read_text(texts[kind][row["id"]]) for kind in _ALL}
    documents["gold"] = read_text(row["body"])
    examples = []
    for kind, document in documents.items():
        words = [tokens(document.content(block)) for block in document.blocks]
        labels = np.ones(len(words)) if kind == "gold" else share_in_gold(words, gold)
        examples.append(
            Example(corpus.name, row["id"], site_of(row), kind, document, words, gold, labels)
        )
    chosen = [
        word
        for row, share in zip(examples[0].words, examples[0].labels, strict=True)
        if share >= 0.5
        for word in row
    ]
    sound = min(precision_recall(chosen, gold)) >= _SOUND
    for example in examples:
        example.sound = sound
    return examples


def site_of(row: Mapping[str, Any]) -> str:
    """The publisher, or the registered domain of the page's address."""
    if "publisher" in row:
        return str(row["publisher"])
    parts = (urlsplit(row["url"]).hostname or "").split(".")
    national = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if national else -2 :])


def _bytes(corpus: Path, row: Mapping[str, Any]) -> bytes:
    with gzip.open(corpus / row["html"]) as file:
        return file.read()


def _rendered(
    corpus: Path, kind: str, rows: Sequence[Mapping[str, Any]], folder: Path | None
) -> dict[str, str]:
    """The pages' texts as a renderer or extractor gives them, read from ``folder`` if there."""
    file = folder / f"{corpus.name}.{kind}.jsonl" if folder else None
    if file is not None and file.exists():
        with file.open(encoding="utf-8") as lines:
            return {row["id"]: row["text"] for row in map(json.loads, lines)}
    render = _renderer(kind)
    texts = {row["id"]: render(_bytes(corpus, row)) for row in rows}
    if file is not None:
        with file.open("w", encoding="utf-8") as lines:
            for page, text in texts.items():
                lines.write(json.dumps({"id": page, "text": text}) + "\n")
    return texts


def _renderer(kind: str) -> Callable[[bytes], str]:
    """What turns a page's bytes into text; a page that it fails on gives none."""
    render = find_renderer(kind)

    def text_of(page: bytes) -> str:
        try:
            return render(page)
        except (ValueError, LxmlError):
            return ""

    return text_of
