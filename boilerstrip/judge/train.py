"""``python -m boilerstrip.judge.train CORPUS ...``: the shipped weights, from labelled pages.

A corpus is a folder with ``gold.jsonl`` (one page a line: ``id``, ``html``, ``body``, and ``url``
or ``publisher``) and the pages' bytes as ``.html.gz`` files. Needs the extra ``train``. Pages are
split into folds by site, so that no site is in two; every feature and every probability that a
later step is trained on comes from folds that the page is not in.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
from lxml.etree import LxmlError

from boilerstrip.evaluation.renderers import find_renderer
from boilerstrip.judge import value_of_lines
from boilerstrip.judge.features import (
    SHORT,
    Claims,
    Lexicon,
    describe,
    line_keys,
    name_tokens,
    review,
)
from boilerstrip.judge.match import Matcher
from boilerstrip.judge.rules import Lines, apply_rules
from boilerstrip.judge.scorer import WEIGHT_STEP, Forest, Model, Scorer
from boilerstrip.judge.trust import Survey
from boilerstrip.metadata.language import detect_language
from boilerstrip.readers.html import read_html
from boilerstrip.readers.text import read_text
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from boilerstrip.document import Document
    from boilerstrip.judge.features import Description
    from boilerstrip.judge.scorer import Chances
    from boilerstrip.judge.sequence import Firing, Line

FOLDS = 5
RENDERINGS = ("html_text", "bs4", "inscriptis")
EXTRACTIONS = ("trafilatura", "readability", "resiliparse")
# The sources whose lines each model's lexicon counts. For text, one rendering that joins inline
# elements and one that splits them; for HTML its own alone, which is worth 0.5 points of F1.
_COUNTED = {"html": ("html",), "text": ("html", "html_text", "bs4")}
# In how many sites a word must have been seen to get a weight, and how strongly few sites are
# drawn to even odds.
_LEAST_SITES = {"short": 5, "long": 8, "names": 4}
_PRIOR = 3.0
_WORD = re.compile(r"\w+")
_GRAM = 4
# Thresholds whose F1 differs by no more are as good as each other.
_AS_GOOD = 0.0002
# A page whose gold body can't be rebuilt from its own blocks to this precision and recall
# teaches nothing: its gold is doubtful or its text made by scripts.
_SOUND = 0.8


@dataclass(frozen=True, slots=True)
class Settings:
    """How one of the two models is trained.

    A page of a corpus that is ``n`` times smaller than the largest weighs ``n`` times as much, but
    at most ``balance`` times.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any] | None
    balance: float


# A text that is all body weighs so much more: to leave it alone is what matters most.
_GOLD = 2.0
# With the tree known, a second forest gained nothing on pages not trained on. Text has four times
# the rows, and learns faster.
_SETTINGS = {
    "html": Settings({"iterations": 600, "learning_rate": 0.07, "rsm": 0.2}, None, 3.0),
    "text": Settings(
        {"iterations": 250, "learning_rate": 0.12, "rsm": 0.3},
        {"iterations": 100, "learning_rate": 0.1, "rsm": 0.5},
        3.0,
    ),
}
_TRUST = {"iterations": 60, "learning_rate": 0.15, "depth": 4}
# A clean article that would lose all its words weighs so much more than one that loses none.
_HARM = 100.0
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


# --- gold ----------------------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    """The words that scores count."""
    return _WORD.findall(text.lower())


def grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All runs of four words; a shorter text is one run."""
    if len(words) < _GRAM:
        return [tuple(words)] if words else []
    return list(zip(*(words[start:] for start in range(_GRAM)), strict=False))


def precision_recall(kept: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of the kept words' counted four-word runs."""
    ours, theirs = Counter(grams(kept)), Counter(grams(gold))
    both = sum((ours & theirs).values())
    return both / max(1, sum(ours.values())), both / max(1, sum(theirs.values()))


def mean_f1(pairs: Sequence[tuple[float, float]]) -> float:
    """F1 of mean precision and mean recall."""
    precision, recall = np.mean(pairs, axis=0)
    return float(2 * precision * recall / max(precision + recall, 1e-9))


def share_in_gold(rows: Sequence[Sequence[str]], gold: Sequence[str]) -> np.ndarray[Any, Any]:
    """For each row of words the share (0-1) that the gold body holds, in its order."""
    page = [word for row in rows for word in row]
    matched = _aligned(page, gold)
    shares, position = np.zeros(len(rows)), 0
    for number, row in enumerate(rows):
        if row:
            shares[number] = matched[position : position + len(row)].mean()
        position += len(row)
    return shares


def _aligned(page: Sequence[str], gold: Sequence[str]) -> np.ndarray[Any, Any]:
    """Which words of the page the gold body holds."""
    chain = _longest_chain(page, gold)
    matched, used = np.zeros(len(page), bool), np.zeros(len(gold), bool)
    for ours, theirs in chain:
        matched[ours : ours + _GRAM] = True
        used[theirs : theirs + _GRAM] = True
    _fill_gaps(page, gold, chain, matched, used)
    _match_displaced(page, gold, matched, used)
    return matched


def _longest_chain(page: Sequence[str], gold: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence of four-word runs (Hunt and Szymanski)."""
    wanted, places = set(grams(gold)), defaultdict(list)
    for number, gram in enumerate(grams(page)):
        if gram in wanted:
            places[gram].append(number)
    tails: list[int] = []
    links: list[Any] = []
    for theirs, gram in enumerate(grams(gold)):
        for ours in reversed(places.get(gram, ())[:200]):
            rank = bisect_left(tails, ours)
            tails[rank : rank + 1] = [ours]
            links[rank : rank + 1] = [(ours, theirs, links[rank - 1] if rank else None)]
    chain = []
    link = links[-1] if links else None
    while link:
        chain.append((link[0], link[1]))
        link = link[2]
    return chain[::-1]


def _fill_gaps(
    page: Sequence[str],
    gold: Sequence[str],
    chain: Sequence[tuple[int, int]],
    matched: np.ndarray[Any, Any],
    used: np.ndarray[Any, Any],
) -> None:
    """Match single words between the links of the chain."""
    points = [(-_GRAM, -_GRAM), *chain, (len(page), len(gold))]
    for (ours, theirs), (our_end, their_end) in pairwise(points):
        start, first = ours + _GRAM, theirs + _GRAM
        if start == 0:
            start = max(0, our_end - 400)
        end = min(our_end, start + 400) if our_end == len(page) else our_end
        if end <= start or their_end <= first or (end - start) * (their_end - first) > 4_000_000:
            continue
        matcher = SequenceMatcher(None, page[start:end], gold[first:their_end], autojunk=False)
        for here, there, size in matcher.get_matching_blocks():
            matched[start + here : start + here + size] = True
            used[first + there : first + there + size] = True


def _match_displaced(
    page: Sequence[str],
    gold: Sequence[str],
    matched: np.ndarray[Any, Any],
    used: np.ndarray[Any, Any],
) -> None:
    """Match runs that gold has elsewhere than the page."""
    left = Counter(
        gram for number, gram in enumerate(grams(gold)) if not used[number : number + _GRAM].any()
    )
    for number, gram in enumerate(grams(page) if left else []):
        if left[gram] > 0 and not matched[number : number + _GRAM].any():
            matched[number : number + _GRAM] = True
            left[gram] -= 1


# --- examples ------------------------------------------------------------------------------


def load_examples(corpora: Iterable[Path], renderings: Path | None) -> list[Example]:
    """Every page of the corpora as HTML, as text in all renderings, and its gold body."""
    examples: list[Example] = []
    for corpus in corpora:
        with (corpus / "gold.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        texts = {kind: _rendered(corpus, kind, rows, renderings) for kind in _ALL}
        for row in rows:
            examples += _page_examples(corpus, row, texts)
        _apply_rules(examples)
        print(f"{corpus.name}: {len(rows)} pages read", file=sys.stderr)
    return examples


def _apply_rules(examples: Iterable[Example]) -> None:
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


_ALL = (*RENDERINGS, *EXTRACTIONS)


# --- the lexicon ---------------------------------------------------------------------------

_Rates = dict[str, dict[str, dict[str, float]]]


def count_words(examples: Iterable[Example], model: str) -> _Rates:
    """Per table, site and word: the share of the blocks with the word that are body."""
    sums: dict[str, Any] = {
        table: defaultdict(lambda: defaultdict(lambda: [0.0, 0.0])) for table in _LEAST_SITES
    }
    for example in examples:
        if not example.sound or example.kind not in _COUNTED[model]:
            continue
        if model == "html":
            _count_names(example, sums["names"][example.site])
        for row, share in zip(example.words, example.labels, strict=True):
            table = sums["short" if len(row) <= SHORT else "long"][example.site]
            for word in {*row, *line_keys(row)}:
                if len(word) <= 40:
                    table[word][0] += share
                    table[word][1] += 1
    return {
        table: {
            site: {word: body / total for word, (body, total) in words.items()}
            for site, words in sites.items()
        }
        for table, sites in sums.items()
    }


def _count_names(example: Example, table: Any) -> None:
    elements: dict[int, list[Any]] = {}
    for block, share, row in zip(
        example.document.blocks, example.labels, example.words, strict=True
    ):
        for element in block.markup.element.chain() if block.markup else ():
            if element.names:
                entry = elements.setdefault(id(element), [element.names, 0, 0])
                entry[1] += len(row) * (share >= 0.5)
                entry[2] += len(row)
    for names, body, total in elements.values():
        for part in set(name_tokens(names)) if total else ():
            table[part][0] += body / total
            table[part][1] += 1


def lexicon_of(rates: _Rates, without: int | None = None) -> Lexicon:
    """The lexicon of all sites, or of those outside one fold."""
    return Lexicon(**{table: _weights(rates[table], table, without) for table in _LEAST_SITES})


def _weights(
    sites: Mapping[str, Mapping[str, float]], table: str, without: int | None
) -> dict[str, float]:
    number: Counter[str] = Counter()
    body: defaultdict[str, float] = defaultdict(float)
    for site in sorted(sites):
        if fold_of(site) != without:
            for word, rate in sites[site].items():
                number[word] += 1
                body[word] += rate
    weights = {}
    for word in sorted(number):
        if number[word] >= _LEAST_SITES[table]:
            rate = (body[word] + _PRIOR / 2) / (number[word] + _PRIOR)
            weights[word] = round(math.log(rate / (1 - rate)) / WEIGHT_STEP) * WEIGHT_STEP
    return weights


# --- forests -------------------------------------------------------------------------------


def fit(
    descriptions: Sequence[Description],
    examples: Sequence[Example],
    settings: Mapping[str, Any],
) -> Forest:
    """The forest that tells body from the rest in the described examples."""
    labels = np.concatenate([example.labels for example in examples]) >= 0.5
    weights = np.concatenate([example.weights() for example in examples])
    table = np.concatenate([each.table for each in descriptions], axis=1).T
    return _exported(_trained(table, labels, weights, settings), descriptions[0].names)


def _trained(
    table: np.ndarray[Any, Any],
    labels: np.ndarray[Any, Any],
    weights: np.ndarray[Any, Any],
    settings: Mapping[str, Any],
) -> Any:
    from catboost import CatBoostClassifier, Pool

    model = CatBoostClassifier(
        **{"depth": 6, **settings},
        border_count=48,
        l2_leaf_reg=5,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        thread_count=2,
        random_seed=1,
        verbose=False,
        allow_writing_files=False,
    )
    return model.fit(Pool(table, labels.astype(int), weight=weights / weights.mean()))


def _exported(model: Any, names: Sequence[str]) -> Forest:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        found = json.loads(file.read_text())
    trees = found["oblivious_trees"]
    features = np.zeros((6, len(trees)), np.int32)
    borders = np.full((6, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 64), np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            features[level, number] = split["float_feature_index"]
            borders[level, number] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    leaves = leaves.astype(np.float16).astype(np.float32)
    scale, (bias,) = found["scale_and_bias"]
    return Forest(tuple(names), features, borders, leaves * scale, float(bias))


def _fold_forests(
    examples: Sequence[Example],
    descriptions: Mapping[int, Description],
    settings: Mapping[str, Any],
) -> list[Forest]:
    """One forest per fold, each trained on the other folds."""
    forests = []
    for fold in range(FOLDS):
        chosen = [example for example in examples if example.fold != fold and example.sound]
        forests.append(fit([descriptions[id(each)] for each in chosen], chosen, settings))
        print(f"  fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return forests


def train_model(examples: Sequence[Example], kind: str) -> tuple[Model, list[Model]]:
    """The model of all folds, and one per fold trained without it.

    Leaves each example's probability, by the models that never saw its fold, in ``final``.
    """
    settings = _SETTINGS[kind]
    rates = count_words(examples, kind)
    lexicons = [lexicon_of(rates, fold) for fold in range(FOLDS)]
    usable = [each for each in examples if not each.empty and _is_for(each, kind)]
    for each in usable:
        each.description = describe(each.document, lexicons[each.fold], each.claims)
    print(f"{kind}: described", file=sys.stderr, flush=True)
    _balance(usable, settings.balance)
    first, firsts = _stage(usable, {id(each): each.described for each in usable}, settings.first)
    second: Forest | None = None
    seconds: list[Forest | None] = [None] * FOLDS
    if settings.second is not None:
        reviews = {id(each): review(each.described, each.final) for each in usable}
        second, found = _stage(usable, reviews, settings.second)
        seconds = list(found)
    threshold = choose_threshold(usable)
    parts = zip(lexicons, firsts, seconds, strict=True)
    models = [Model(*found, threshold) for found in parts]
    return Model(lexicon_of(rates), first, second, threshold), models


def _is_for(example: Example, kind: str) -> bool:
    """Whether the model of this kind learns from the example."""
    return example.kind == "html" if kind == "html" else _in_text(example)


def _balance(examples: Sequence[Example], most: float) -> None:
    """Let pages of small corpora weigh more."""
    pages = Counter(example.corpus for example in examples)
    for example in examples:
        example.factor = min(most, max(pages.values()) / pages[example.corpus])
        if example.kind == "gold":
            example.factor *= _GOLD


def _stage(
    examples: Sequence[Example],
    descriptions: Mapping[int, Description],
    settings: Mapping[str, Any],
) -> tuple[Forest, list[Forest]]:
    """The forest of all folds, and one per fold; each example's ``final`` is by its fold's."""
    forests = _fold_forests(examples, descriptions, settings)
    for each in examples:
        each.final = forests[each.fold].chances(descriptions[id(each)].table)
    sound = [example for example in examples if example.sound]
    return fit([descriptions[id(each)] for each in sound], sound, settings), forests


# --- trust ---------------------------------------------------------------------------------


def train_trust(examples: Sequence[Example], threshold: float) -> tuple[Forest, list[Forest]]:
    """The forest that tells texts to clean from clean articles, and one per fold without it.

    A text is one to clean if it is better without the lines below the threshold; it weighs what
    that changes. A gold body is none, and weighs what it would lose.
    """
    usable = [each for each in examples if each.lines and len(each.final)]
    rows, labels, weights, folds = [], [], [], []
    for each in usable:
        chances = np.array(value_of_lines(each.lines, each.starts, each.final))
        rows.append(Survey.of(each.lines, chances.tolist(), each.firings).features())
        gain = _gain(each, chances < threshold)
        clean = each.kind == "gold"
        labels.append(not clean and gain > 0)
        weights.append(1 - _HARM * gain if clean else 0.02 + 10 * abs(gain))
        folds.append(each.fold)
    table = np.array([list(row.values()) for row in rows], np.float32)
    names = tuple(rows[0])

    def forest(chosen: np.ndarray[Any, Any]) -> Forest:
        return _exported(
            _trained(table[chosen], np.array(labels)[chosen], np.array(weights)[chosen], _TRUST),
            names,
        )

    number = np.array(folds)
    return forest(number >= 0), [forest(number != fold) for fold in range(FOLDS)]


def _gain(example: Example, low: np.ndarray[Any, Any]) -> float:
    """The F1 that a text gains without some of its lines, by their words and labels.

    For a gold body, less the share (0-1) of its words that it loses.
    """
    words = np.array([len(tokens(line.text)) for line in example.lines])
    labels = np.array(value_of_lines(example.lines, example.starts, example.labels)) >= 0.5
    if example.kind == "gold":
        return -float(words[low].sum()) / max(1, len(example.gold))

    def f1(kept: np.ndarray[Any, Any]) -> float:
        right = float(words[kept & labels].sum())
        return 2 * right / max(1.0, float(words[kept].sum()) + len(example.gold))

    return f1(~low) - f1(np.ones(len(low), bool))


# --- thresholds ----------------------------------------------------------------------------


def choose_threshold(examples: Sequence[Example]) -> float:
    """The threshold with the best F1 on whole pages, HTML or rendered.

    Of those that are as good, the lowest: what is in doubt stays.
    """
    pages = [example for example in examples if example.kind in ("html", *RENDERINGS)]
    thresholds = [round(0.3 + 0.05 * step, 2) for step in range(8)]
    f1 = [float(np.mean([*scores_of(pages, threshold).values()])) for threshold in thresholds]
    return next(t for t, score in zip(thresholds, f1, strict=True) if score >= max(f1) - _AS_GOOD)


def kept_words(example: Example, threshold: float) -> list[str]:
    """The words of the blocks that a model with this threshold keeps."""
    kept = example.final >= threshold
    return [word for row, stays in zip(example.words, kept, strict=True) if stays for word in row]


def scores_of(examples: Iterable[Example], threshold: float) -> dict[tuple[str, str], float]:
    """F1 by corpus and kind of source."""
    pairs: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for example in examples:
        pair = precision_recall(kept_words(example, threshold), example.gold)
        pairs[example.corpus, example.kind].append(pair)
    return {key: mean_f1(found) for key, found in pairs.items()}


# --- the command ---------------------------------------------------------------------------


def train(examples: Sequence[Example]) -> tuple[Scorer, list[Scorer]]:
    """The scorer trained on all examples, and one per fold that never saw it."""
    html, htmls = train_model(examples, "html")
    text, texts = train_model(examples, "text")
    trust, trusts = train_trust([each for each in examples if _in_text(each)], text.threshold)
    folds = [Scorer(*found) for found in zip(texts, htmls, trusts, strict=True)]
    return Scorer(text, html, trust), folds


def _in_text(example: Example) -> bool:
    every = _EVERY.get(example.kind, 1)
    return example.kind != "html" and crc32(example.page.encode()) % every == 0


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
        judged = [each for each in examples if each.kind == "html" or _in_text(each)]
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
