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
from boilerstrip.settle import claims_of_rules, head_cuts, view_of
from boilerstrip.settle.passes import Lines, apply_rules
from boilerstrip.training.corpora import deal
from boilerstrip.training.ngrams import Wording
from boilerstrip.training.pages import page_variants
from boilerstrip.training.titles import Headlines, headlines_of
from boilerstrip.training.variants import WHOLE, Variant, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document
    from boilerstrip.evaluation.gold import Corpus, GoldPage
    from boilerstrip.evaluation.measures import Overlap
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
# A corpus of so many pages is shown in fewer variants. A piece of more words weighs no more.
_MANY = 400
_LONG = 60
_HALF = 0.5


@dataclass(slots=True)
class Example:
    """One rendering of one page, with the share of each block that the gold body holds.

    Blocks of raw text are its pieces. ``teaches`` is false for pages whose gold is in doubt: they
    are scored, and teach nothing. ``labelled`` tells raw texts with labels from pages. ``claims``
    is what rules have on raw text's blocks, ``wording`` what these are worded like. ``final`` is
    each block's probability by models that never saw the page's fold.
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
    claims: Claims | None = None
    wording: Wording | None = None
    labelled: bool = False

    @property
    def key(self) -> str:
        """The page's name among all corpora: ``corpus/id``."""
        return f"{self.corpus}/{self.page}"

    @property
    def family(self) -> str:
        """What corpora of one source have in common."""
        return family_of(self.corpus)

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

    @property
    def marked_up(self) -> bool:
        """Whether it is HTML."""
        return self.kind == "html" or self.kind.startswith("html-")

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole page or text as it is, and no variant of it."""
        return self.kind in ("html", "raw", *WHOLE)

    def weights(self) -> np.ndarray[Any, Any]:
        """What an error on each block costs; pages are all alike."""
        sizes = np.array([len(row) for row in self.words], float)
        if self.marked_up:
            weights = (np.minimum(sizes, 400) + 3) / max(100, len(self.gold))
            weights /= max(1.0, weights.sum() / 3)
        else:
            weights = np.sqrt(np.minimum(sizes, _LONG) + 2)
            weights /= np.sqrt(max(1.0, weights.sum()))
        weights[sizes == 0] = 0.0
        return np.asarray(weights * np.abs(self.labels - 0.5) * 2 * self.factor)

    def overlap(self, kept: Sequence[bool] | np.ndarray[Any, Any]) -> Overlap:
        """How the words of the kept blocks overlap with the gold body."""
        words = [word for row, stays in zip(self.words, kept, strict=True) if stays for word in row]
        return overlap(words, self.gold)

    def rebuilt(self) -> Overlap:
        """How the gold body overlaps with what its own blocks make of it."""
        return self.overlap(self.labels >= 0.5)


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
            of_many = repeat(len(pages) >= _MANY)
            others = [*pages[len(pages) // 2 :], *pages[: len(pages) // 2]]
            for made, seen in pool.map(_read_page, pages, own, others, of_many, chunksize=4):
                examples += made
                headlines += [replace(each, fold=folds[each.key]) for each in seen]
            print(f"{corpus.name}: {len(pages)} pages read", file=sys.stderr, flush=True)
    for example in examples:
        example.fold = folds[example.key]
        example.teaches = example.teaches and example.key not in without
        example.words = [list(map(sys.intern, row)) for row in example.words]
        example.gold = list(map(sys.intern, example.gold))
    return examples, headlines


def read_page(
    page: GoldPage,
    texts: Mapping[str, str],
    other: GoldPage | None = None,
    *,
    of_many: bool = False,
) -> list[Example]:
    """The examples that a page makes, with what rules find in those of raw text.

    Of one block of text there is nothing to learn. Of a page that is one of many, fewer texts are
    made. ``other`` is a page that lends its body where several articles are to stand on one.
    """
    gold = tokens(page.body or "")
    examples = []
    if page.has_html:
        examples.append(_of_html(page, "html", page.read(), gold))
        examples += [
            _of_html(page, found.kind, found.html, tokens(found.gold))
            for found in page_variants(page, other)
        ]
    examples += [
        _of_variant(page, variant, gold) for variant in variants(page, texts, of_many=of_many)
    ]
    return examples


def _of_html(page: GoldPage, kind: str, html: bytes, gold: list[str]) -> Example:
    """The example that a page with markup makes; of a variant the body is what is left of it."""
    document = read_html(html).document
    words = [tokens(document.content(block)) for block in document.blocks]
    labels = share_in_gold(words, gold)
    if kind != "html":
        own = [row for row, label in zip(words, labels, strict=True) if label >= _HALF]
        gold = [word for row in own for word in row]
    made = Example(page.corpus, page.id, page.site, kind, document, words, gold, labels)
    made.teaches = bool(gold)
    return made


def _of_variant(page: GoldPage, variant: Variant, gold: list[str]) -> Example:
    """The example that a text makes; a piece without words teaches nothing."""
    view, starts, claims = looked_at(variant.text, page.site)
    pieces = [view.content(block) for block in view.blocks]
    words = [tokens(piece) for piece in pieces]
    spans = [(start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True)]
    labels = np.array([variant.body[start:end].mean() for start, end in spans])
    made = Example(page.corpus, page.id, page.site, variant.kind, view, words, gold, labels)
    made.claims = Claims.on(starts, claims)
    made.wording = Wording.of(pieces)
    made.labelled = page.text is not None
    made.teaches = page.has_html or len(spans) > 1
    return made


def _read_page(
    page: GoldPage, texts: Mapping[str, str], other: GoldPage, of_many: bool
) -> tuple[list[Example], list[Headlines]]:
    """What ``read_page`` gives, and the page's headlines."""
    shown = {"raw": page.text} if page.text is not None else texts
    found = []
    for kind, text in shown.items():
        if kind in (*RENDERINGS, "raw") and text:
            document = read_text(text)
            found += headlines_of(page, kind, document, _rules_alone(document))
    return read_page(page, texts, other, of_many=of_many), found


def looked_at(text: str, site: str) -> tuple[Document, list[int], list[Claim]]:
    """A text in pieces, where each starts, and what rules claim, as when it is first looked at.

    On the pages of some sites only a part of the rules is tried: rules know the pages that they
    were written on, and the scorer must learn to do without them.
    """
    document = read_text(text)
    part = crc32(("t" + site).encode()) % (_PARTS * _PARTS)
    reader = Lines(document, matcher_of(part if part < _PARTS else None))
    lines = reader.of_blocks(document.blocks)
    view, starts = view_of(text, lines)
    heads, language = head_cuts(view, starts), detect_language(document)
    claims, _ = claims_of_rules(lines, reader, view, starts, heads, language)
    return view, starts, claims


def _rules_alone(document: Document) -> list[Claim]:
    """What the rules find, when the head of the article isn't looked for."""
    reader = Lines(document, matcher_of(None))
    lines = reader.of_blocks(document.blocks)
    return apply_rules(lines, reader, detect_language(document), of_text=False)[0]


@cache
def matcher_of(part: int | None) -> Matcher:
    """All shipped rules, or a third of them."""
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
