"""The pages of labelled corpora as examples: as HTML, as raw text of many kinds, as gold body."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from itertools import repeat
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from lxml.etree import LxmlError

from boilerstrip.evaluation.alignment import share_in_gold, tokens
from boilerstrip.evaluation.gold import evenly, family_of
from boilerstrip.evaluation.measures import overlap
from boilerstrip.evaluation.renderers import find_renderer
from boilerstrip.language.detect import detect_language
from boilerstrip.readers.html import read_html
from boilerstrip.readers.text import read_text
from boilerstrip.rules.match import Matcher
from boilerstrip.rules.ruleset import catalogue
from boilerstrip.score.features import Claims
from boilerstrip.settle.passes import Lines, apply_rules
from boilerstrip.training.corpora import deal
from boilerstrip.training.titles import Headlines, headlines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document
    from boilerstrip.evaluation.gold import Corpus, GoldPage
    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.lines import Line
    from boilerstrip.score.features import Description
    from boilerstrip.score.scorer import Chances

RENDERINGS = ("html_text", "bs4", "inscriptis")
EXTRACTIONS = ("trafilatura", "readability", "resiliparse")
PROCESSES = 2
_ALL = (*RENDERINGS, *EXTRACTIONS)
# What makes a rendering, whose version a cached one belongs to.
_DISTRIBUTIONS = {
    "html_text": "html-text",
    "bs4": "beautifulsoup4",
    "readability": "readability-lxml",
}
# A third of the sites is shown to a third of the rules.
_PARTS = 3
# Of these renderings, which resemble others, every second or fourth page is enough.
_EVERY = {"bs4": 2, "inscriptis": 4, "resiliparse": 2}


@dataclass(slots=True)
class Example:
    """One rendering of one page, with the share of each block that the gold body holds.

    ``teaches`` is false for pages whose gold is in doubt: they are scored, and teach nothing.
    ``final`` is each block's probability by models that never saw the page's fold.
    """

    corpus: str
    page: str
    site: str
    kind: str
    document: Document
    words: list[list[str]]
    gold: list[str]
    labels: np.ndarray[Any, Any]
    fold: int = 0
    teaches: bool = True
    factor: float = 1.0
    description: Description | None = None
    final: Chances = field(default_factory=lambda: np.zeros(0, np.float32))
    firings: Sequence[Claim] = ()
    lines: Sequence[Line] = ()

    @property
    def key(self) -> str:
        """The page's name among all corpora: ``corpus/id``."""
        return f"{self.corpus}/{self.page}"

    @property
    def family(self) -> str:
        """What corpora of one source have in common."""
        return family_of(self.corpus)

    @property
    def claims(self) -> Claims:
        """What rules have on the blocks."""
        return Claims.on(self.starts, self.firings)

    @property
    def starts(self) -> list[int]:
        """Where the blocks start."""
        return [block.start for block in self.document.blocks]

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

    def overlap(self, kept: Sequence[bool] | np.ndarray[Any, Any]) -> Overlap:
        """How the words of the kept blocks overlap with the gold body."""
        words = [word for row, stays in zip(self.words, kept, strict=True) if stays for word in row]
        return overlap(words, self.gold)

    def rebuilt(self) -> Overlap:
        """How the gold body overlaps with what its own blocks make of it."""
        return self.overlap(self.labels >= 0.5)


def in_text(example: Example) -> bool:
    """Whether the model for raw text learns from the example."""
    every = _EVERY.get(example.kind, 1)
    return example.kind != "html" and crc32(example.page.encode()) % every == 0


def load_examples(
    corpora: Sequence[Corpus],
    doubtful: Iterable[str] = (),
    cache: Path | None = None,
    limit: int | None = None,
) -> tuple[list[Example], list[Headlines]]:
    """Every page as HTML, as text in all renderings, and its gold body; and its headlines.

    The pages whose keys are ``doubtful`` don't teach. ``cache`` is a folder that keeps the
    renderings, ``limit`` the most pages of a corpus that are read.
    """
    folds = deal(page for corpus in corpora for page in corpus.pages)
    without = frozenset(doubtful)
    examples: list[Example] = []
    headlines: list[Headlines] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for corpus in corpora:
            chosen = evenly(corpus.pages, limit or len(corpus.pages))
            pages = [page for page in chosen if page.body is not None]
            texts = {kind: rendered(corpus, pages, kind, cache, pool) for kind in _ALL}
            own = [{kind: texts[kind].get(page.id, "") for kind in _ALL} for page in pages]
            for made, seen in pool.map(_read_page, pages, own, chunksize=4):
                examples += made
                headlines += [replace(each, fold=folds[each.key]) for each in seen]
            print(f"{corpus.name}: {len(pages)} pages read", file=sys.stderr, flush=True)
    for example in examples:
        example.fold = folds[example.key]
        example.teaches = example.teaches and example.key not in without
        example.words = [list(map(sys.intern, row)) for row in example.words]
        example.gold = list(map(sys.intern, example.gold))
    return examples, headlines


def read_page(page: GoldPage, texts: Mapping[str, str]) -> list[Example]:
    """The examples that a page makes, with what rules find in those of raw text.

    A labelled text makes two: itself and its gold body. Of one block there is nothing to learn.
    """
    body = page.body or ""
    gold = tokens(body)
    documents: dict[str, Document] = {}
    if page.has_html:
        documents["html"] = read_html(page.read()).document
        documents |= {kind: read_text(text) for kind, text in texts.items()}
    else:
        documents["raw"] = read_text(page.text or "")
    documents["gold"] = read_text(body)
    examples = []
    for kind, document in documents.items():
        words = [tokens(document.content(block)) for block in document.blocks]
        labels = np.ones(len(words)) if kind == "gold" else share_in_gold(words, gold)
        made = Example(page.corpus, page.id, page.site, kind, document, words, gold, labels)
        made.teaches = page.has_html or len(words) > 1
        examples.append(made)
    apply_some_rules(examples)
    return examples


def _read_page(page: GoldPage, texts: Mapping[str, str]) -> tuple[list[Example], list[Headlines]]:
    """What ``read_page`` gives, fit to be sent to another process, and the page's headlines."""
    examples = read_page(page, texts)
    found = [
        headlines
        for each in examples
        if each.kind in (*RENDERINGS, "raw")
        for headlines in headlines_of(page, each.kind, each.document, _rules_alone(each.document))
    ]
    for example in examples:
        example.firings = [firing._replace(groups={}) for firing in example.firings]
        for line in example.lines:
            line.matches = ()
    return examples, found


def apply_some_rules(examples: Iterable[Example]) -> None:
    """Take down what rules find in the raw texts, and the lines that they leave.

    On the pages of some sites only a part of the rules is tried: rules know the pages that they
    were written on, and the scorer must learn to do without them.
    """
    for example in examples:
        if example.kind != "html" and not example.lines:
            document = example.document
            part = crc32(("t" + example.site).encode()) % (_PARTS * _PARTS)
            reader = Lines(document, _matcher(part if part < _PARTS else None))
            lines = reader.of_blocks(document.blocks)
            found = apply_rules(lines, reader, detect_language(document), of_text=True)
            example.firings, example.lines = found


def _rules_alone(document: Document) -> list[Claim]:
    """What the rules find, when the head of the article isn't looked for."""
    reader = Lines(document, _matcher(None))
    lines = reader.of_blocks(document.blocks)
    return apply_rules(lines, reader, detect_language(document), of_text=False)[0]


@cache
def _matcher(part: int | None) -> Matcher:
    """All rules, or a third of them."""
    rules = catalogue()
    if part is None:
        return Matcher(rules)
    return Matcher(rule for rule in rules if crc32(rule.id.encode()) % _PARTS == part)


def rendered(
    corpus: Corpus,
    pages: Sequence[GoldPage],
    kind: str,
    folder: Path | None,
    pool: ProcessPoolExecutor,
) -> dict[str, str]:
    """The texts that a renderer or extractor makes of the pages, read from ``folder`` if there."""
    pages = [page for page in pages if page.has_html]
    if not pages:
        return {}
    file = None
    if folder is not None:
        made = f"{kind}-{version(_DISTRIBUTIONS.get(kind, kind))}"
        file = folder / f"{corpus.name}.{corpus.digest[:12]}.{made}.jsonl"
        if file.exists():
            with file.open(encoding="utf-8") as lines:
                return {row["id"]: row["text"] for row in map(json.loads, lines)}
    found = pool.map(_render, repeat(kind), pages, chunksize=4)
    texts = {page.id: text for page, text in zip(pages, found, strict=True)}
    if file is not None and len(pages) == len(corpus.pages):
        file.parent.mkdir(parents=True, exist_ok=True)
        rows = [json.dumps({"id": page, "text": text}) + "\n" for page, text in texts.items()]
        file.write_text("".join(rows), encoding="utf-8")
    return texts


def _render(kind: str, page: GoldPage) -> str:
    """The text that a renderer makes of a page; none where it fails on it."""
    try:
        return find_renderer(kind)(page)
    except (ValueError, LxmlError):
        return ""
