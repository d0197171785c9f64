"""Blocks to numbers: what the scorer sees of a document.

Nothing here knows a language: words count through their frequency in the page's own prose and
through a lexicon of learned weights, scripts without spaces through their characters.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from boilerstrip.document import Document, Element, Markup

    Numbers = NDArray[np.floating[Any]]
    Counts = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

_WORD = re.compile(r"\w+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_TAG = re.compile(r"<[^>]*>")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*")', re.DOTALL)

# Character classes, one bit each.
_CLASSES = ("space", "word", "upper", "digit", "wide", "stop", "comma", "quote", "sign", "newline")
_STOPS = ".!?…。！？؟।۔։።"
_COMMAS = ",;、，،؛；:：—–"
_QUOTES = "\"'”’»)]」』）“„«‘"
_SIGNS = "|©®™@#/\\<>»«›‹→←•·*+=_~{}[]✓▶►"
# A block of this many words that ends a sentence and isn't a link is prose; wide characters
# (Chinese, Japanese, Thai ...) count as this part of a word.
_PROSE_WORDS = 10.0
_WIDE_WORD = 0.5
# Lines up to this many words have a lexicon of their own.
SHORT = 10


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned log odds of being body: of words in short lines, in long ones, of class tokens."""

    short: Mapping[str, float] = field(default_factory=dict)
    long: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """What the scorer sees of a document: its columns, one number per block in each.

    ``circles`` are numberings of the blocks: those of one number belong together (one parent
    element, one look). Raw text has none.
    """

    columns: dict[str, Numbers]
    circles: dict[str, Counts] = field(default_factory=dict)


def side_by_side(columns: Mapping[str, Numbers], names: Sequence[str]) -> NDArray[np.float32]:
    """The named columns as a table, one row a block."""
    return np.stack([columns[name] for name in names], axis=1, dtype=np.float32, casting="unsafe")


def describe(document: Document, lexicon: Lexicon) -> Description:
    """The features of a document's blocks; those with markup have more of them.

    ``document`` has at least one block.
    """
    blocks = document.blocks
    markups = [block.markup for block in blocks if block.markup is not None]
    lines = [document.content(block) for block in blocks]
    words = [_WORD.findall(line.lower()) for line in lines]
    starts = np.array([block.start for block in blocks], np.int64)
    ends = np.array([block.end for block in blocks], np.int64)
    columns = _shape(document.text, starts, ends)
    base = _Base(columns)
    circles: dict[str, Counts] = {}
    if len(markups) == len(blocks):
        base.link(markups)
        tree = _Tree(markups, starts, base, lexicon)
        circles = tree.circles()
        columns |= tree.columns() | _witnesses(markups[0], words)
        columns |= _kin(circles["kin"], base)
        columns["density"] = base.density
    columns |= _vocabulary(lines, words, base, lexicon)
    columns |= _mass(base)
    columns |= _around(columns, base)
    return Description(columns, circles)


class _Base:
    """What many features build on: words and prose of each block, and how much links take."""

    def __init__(self, columns: Mapping[str, Numbers]) -> None:
        self.words = columns["words"]
        self.stop = columns["ends_stop"]
        self.density: Numbers = np.zeros(len(self.words), np.float32)
        self.prose = self._prose()

    def link(self, markups: Sequence[Markup]) -> None:
        """Take in what the tree says of links."""
        density = np.array([markup.link_density for markup in markups], np.float32)
        self.density = np.where(density > 0.97, 1, density).astype(np.float32)
        self.prose = self._prose()

    def _prose(self) -> Numbers:
        """The words of each block that is prose."""
        ends = (self.words >= _PROSE_WORDS) & (self.stop > 0)
        flowing = ends | (self.words >= 3 * _PROSE_WORDS)
        return np.where(flowing & (self.density < 0.4), self.words, 0).astype(np.float32)


# --- shape: characters ---------------------------------------------------------------------


@cache
def _bits() -> NDArray[np.uint16]:
    """The classes of each code point of the basic plane; higher ones are taken for words."""
    characters = [chr(code) for code in range(0x10000)]
    table = np.zeros(0x10000, np.uint16)
    for bit, test in enumerate((str.isspace, str.isalnum, str.isupper, str.isdigit)):
        table |= np.fromiter(map(test, characters), np.uint16, 0x10000) << bit
    for first, last in ((0x0E00, 0x0E80), (0x2E80, 0xA4D0), (0xF900, 0xFB00)):
        table[first:last] |= 1 << _CLASSES.index("wide")
    for members, name in (
        (_STOPS, "stop"),
        (_COMMAS, "comma"),
        (_QUOTES, "quote"),
        (_SIGNS, "sign"),
        ("\n", "newline"),
    ):
        for character in members:
            table[ord(character)] |= 1 << _CLASSES.index(name)
    table[0xFFFF] = 1 << _CLASSES.index("word")
    return table


def _shape(text: str, starts: Counts, ends: Counts) -> dict[str, Numbers]:
    """What characters a block has, how it begins and how it ends."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = _bits()[np.minimum(codes, 0xFFFF)]
    counts = {name: _between((bits >> bit) & 1, starts, ends) for bit, name in enumerate(_CLASSES)}
    is_word = (bits >> 1) & 1
    opening = is_word.copy()
    opening[1:] &= 1 - is_word[:-1]
    wide = counts["wide"]
    chars = np.maximum(ends - starts - counts["space"], 1)
    words = _between(opening, starts, ends)
    words = np.where(wide * 2 > chars, np.maximum(words, wide * _WIDE_WORD), words)
    words = np.maximum(words, 1)
    first, last, before_last = _edges(bits, starts, ends)
    columns = {
        "words": words,
        "chars": chars,
        "word_length": chars / words,
        "upper": counts["upper"] / chars,
        "capitals": _between(opening & (bits >> 2), starts, ends) / words,
        "digits": counts["digit"] / chars,
        "wide": wide / chars,
        "stops": counts["stop"],
        "stop_rate": counts["stop"] / words,
        "commas": counts["comma"],
        "comma_rate": counts["comma"] / words,
        "quotes": counts["quote"] / words,
        "signs": counts["sign"] / chars,
        "newlines": np.minimum(counts["newline"], 6),
        "ends_stop": _has(last, "stop") | (_has(last, "quote") & _has(before_last, "stop")),
        "ends_comma": _has(last, "comma"),
        "ends_word": _has(last, "word"),
        "starts_upper": _has(first, "upper"),
        "starts_digit": _has(first, "digit"),
        "starts_word": _has(first, "word"),
    }
    return {name: values.astype(np.float32) for name, values in columns.items()}


def _has(classes: NDArray[np.uint16], name: str) -> Flags:
    return np.asarray((classes >> _CLASSES.index(name)) & 1, np.bool_)


def _between(values: Counts, starts: Counts, ends: Counts) -> Numbers:
    """The sum of the values of each span."""
    total = np.zeros(len(values) + 1, np.int32)
    np.cumsum(values, out=total[1:])
    return (total[ends] - total[starts]).astype(np.float32)


def _edges(
    bits: NDArray[np.uint16], starts: Counts, ends: Counts
) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16]]:
    """The classes of each span's first, last and last but one visible character."""
    visible = np.flatnonzero((bits & 1) == 0)
    if not len(visible):
        none = np.zeros(len(starts), np.uint16)
        return none, none, none
    seen = bits[visible]
    first = np.minimum(np.searchsorted(visible, starts), len(visible) - 1)
    last = np.searchsorted(visible, ends) - 1
    return seen[first], seen[np.maximum(last, 0)], seen[np.maximum(last - 1, 0)]


# --- vocabulary ----------------------------------------------------------------------------


def line_keys(words: Sequence[str]) -> list[str]:
    """What the lexicon is asked besides single words: how a line begins, and a short one whole.

    >>> line_keys(["posted", "in", "2019"])
    ['^posted in', '=posted in 0']
    """
    if not words:
        return []
    keys = ["^" + " ".join(words[:2])]
    if len(words) <= 5:
        keys.append("=" + " ".join("0" if word.isdigit() else word for word in words))
    return keys


def _vocabulary(
    lines: Sequence[str], words: Sequence[Sequence[str]], base: _Base, lexicon: Lexicon
) -> dict[str, Numbers]:
    table = np.array([_lexical(row, lexicon) for row in words], np.float32)
    repeats = Counter(lines)
    first = {line: number for number, line in reversed(list(enumerate(lines)))}
    again = [first[line] < number for number, line in enumerate(lines)]
    opening = set(words[0])
    shared = _familiar(words, base)
    return {
        "lexicon_mean": table[:, 0],
        "lexicon_low": table[:, 1],
        "lexicon_high": table[:, 2],
        "lexicon_line": table[:, 3],
        "topic": shared[:, 0],
        "function": shared[:, 1],
        "repeats": np.array([min(repeats[line], 5) for line in lines], np.float32),
        "again": np.array(again, np.float32),
        "opening": np.array([_overlap(row, opening) for row in words], np.float32),
    }


def _lexical(words: Sequence[str], lexicon: Lexicon) -> tuple[float, float, float, float]:
    """Mean, lowest and highest weight of the words, and that of the line's beginning."""
    table = lexicon.short if len(words) <= SHORT else lexicon.long
    known = [weight for word in words if (weight := table.get(word)) is not None]
    line = 0.0
    for key in line_keys(words):
        line = table.get(key, line)
    if not known:
        return line, min(line, 0.0), max(line, 0.0), line
    return sum(known) / len(known), min(known), max(known), line


def _familiar(words: Sequence[Sequence[str]], base: _Base) -> NDArray[np.float32]:
    """Two shares (0-1) of each block's words: those on topic, those among the page's commonest.

    On topic are the long ones that other prose of the page has too.
    """
    prose = (base.prose > 0).tolist()
    spread = Counter(
        word for row, flows in zip(words, prose, strict=True) if flows for word in set(row)
    )
    often = max(3.0, 0.3 * sum(prose))
    common = {word for word, count in spread.items() if count >= often}
    once = {word for word, count in spread.items() if len(word) > 4}
    twice = {word for word, count in spread.items() if len(word) > 4 and count > 1}
    table = np.zeros((len(words), 2), np.float32)
    for number, (row, flows) in enumerate(zip(words, prose, strict=True)):
        if not row:
            continue
        known = twice if flows else once
        long = [word for word in row if len(word) > 4]
        if long:
            table[number, 0] = sum(map(known.__contains__, long)) / len(long)
        table[number, 1] = sum(map(common.__contains__, row)) / len(row)
    return table


def _overlap(words: Sequence[str], other: set[str]) -> float:
    """The share of the words that ``other`` has, times the share of ``other`` that they are."""
    if other.isdisjoint(words):
        return 0.0
    own = set(words)
    return len(other & own) ** 2 / (len(own) * len(other))


# --- the page's own word for it ------------------------------------------------------------


def _witnesses(markup: Markup, words: Sequence[Sequence[str]]) -> dict[str, Numbers]:
    """How close each block is to the page's title and description, and to its JSON-LD's body."""
    facts = markup.facts
    title, headline, standfirst = (
        set(_WORD.findall(text.lower()))
        for text in (facts.title, facts.headline, facts.description)
    )
    told = _told(facts.scripts)
    names = [max(_overlap(row, title), _overlap(row, headline)) for row in words]
    return {
        "is_title": np.array(names, np.float32),
        "is_description": np.array([_overlap(row, standfirst) for row in words], np.float32),
        "told": np.array([_share_told(row, told) for row in words], np.float32),
    }


def _told(scripts: Sequence[str]) -> set[tuple[str, ...]]:
    """The three-word sequences of the article body that the page's JSON-LD tells."""
    found: set[tuple[str, ...]] = set()
    for script in scripts:
        if "articleBody" in script:
            for match in _ARTICLE_BODY.finditer(script):
                found.update(_triples(_WORD.findall(_plain(match[1]).lower())))
    return found


def _plain(literal: str) -> str:
    try:
        text = str(json.loads(literal, strict=False))
    except ValueError:
        return ""
    return _TAG.sub(" ", unescape(text))


def _triples(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False))


def _share_told(words: Sequence[str], told: set[tuple[str, ...]]) -> float:
    """The share (0-1) of the block that JSON-LD tells too; -1 where it tells nothing."""
    if not told:
        return -1.0
    own = _triples(words)
    return sum(map(told.__contains__, own)) / len(own) if own else 0.0


# --- the tree ------------------------------------------------------------------------------

_GROUPS = {
    "nav": "nav menu",
    "header": "header",
    "footer": "footer",
    "aside": "aside",
    "figure": "figure figcaption picture caption",
    "form": "form label button fieldset",
    "list": "ul ol",
    "item": "li dd dt",
    "table": "table td th tr",
    "article": "article",
    "main": "main",
    "section": "section",
    "quote": "blockquote q",
    "link": "a",
    "address": "address time",
    "heading": "h1 h2 h3 h4 h5 h6",
    "paragraph": "p",
    "strong": "strong b em i",
    "small": "small",
    "pre": "pre code",
}
_GROUP_OF = {tag: 1 << bit for bit, tags in enumerate(_GROUPS.values()) for tag in tags.split()}
# Numbered so that what tends to be body comes first: trees cut this order.
_ORDER = (
    "p blockquote pre li h2 h3 h4 td tr em strong dd dt div span a h1 h5 h6 time label figcaption"
    " button"
)
_NUMBER_OF = {tag: number for number, tag in enumerate(_ORDER.split(), 1)}


def name_tokens(names: str) -> set[str]:
    """Class and id tokens as the lexicon knows them: whole, and in parts.

    >>> sorted(name_tokens("article-body pageMain"))
    ['article', 'article-body', 'body', 'main', 'page', 'pagemain']
    """
    tokens = names.split()
    if len(tokens) > 12 or len(names) > 60:
        tokens = [token for token in tokens[:12] if len(token) <= 60]
        names = " ".join(tokens)
    parts = {part.lower() for part in _PART.findall(names) if len(part) > 1}
    parts.update(names.lower().split())
    return parts


def _name_weight(names: str, lexicon: Lexicon) -> float:
    """The sum of the most telling weights among an element's names, for body and against it."""
    table = lexicon.names
    known = [weight for token in name_tokens(names) if (weight := table.get(token)) is not None]
    return min(known) + max(known) if known else 0.0


class _Tree:
    """The elements that hold the blocks, as arrays: parents before children."""

    def __init__(
        self, markups: Sequence[Markup], starts: Counts, base: _Base, lexicon: Lexicon
    ) -> None:
        self.base = base
        self.elements, self.own, self.parents = _elements(markups)
        self.parent: Counts = np.array(self.parents, np.int64)
        self.depth = np.array([element.depth for element in self.elements], np.int64)
        first = np.array([element.start for element in self.elements], np.int64)
        ends = [element.end if element.end >= 0 else sys.maxsize for element in self.elements]
        self.low = np.searchsorted(starts, first)
        self.high = np.maximum(np.searchsorted(starts, np.array(ends, np.int64)), self.low)
        self.groups: Counts
        self.weigh(lexicon)

    def weigh(self, lexicon: Lexicon) -> None:
        """Give each element its tag groups, its name's weight, and the extremes on the way up."""
        known = {"": 0.0}
        groups, own, worst, best = [0], [0.0], [0.0], [0.0]
        for element, above in zip(self.elements[1:], self.parents[1:], strict=True):
            names = element.names
            if names not in known:
                known[names] = _name_weight(names, lexicon)
            weight = known[names]
            low, high = worst[above], best[above]
            groups.append(groups[above] | _GROUP_OF.get(element.tag, 0))
            own.append(weight)
            worst.append(min(low, weight))
            best.append(max(high, weight))
        self.groups = np.array(groups, np.int64)
        self.name = np.array(own, np.float32)
        self.worst = np.array(worst, np.float32)
        self.best = np.array(best, np.float32)

    def total(self, values: Numbers) -> Numbers:
        """The sum of the blocks' values within each element."""
        sums = np.zeros(len(values) + 1, np.float64)
        np.cumsum(values, out=sums[1:])
        return sums[self.high] - sums[self.low]

    def columns(self) -> dict[str, Numbers]:
        """Features of each block's place in the tree."""
        own = self.own
        stats = _Stats(self)
        bits = self.groups[own]
        columns: dict[str, Numbers] = {
            "in_" + name: ((bits >> bit) & 1).astype(np.float32) for bit, name in enumerate(_GROUPS)
        }
        tags = [_NUMBER_OF.get(self.elements[number].tag, 0) for number in own.tolist()]
        columns["tag"] = np.array(tags, np.float32)
        columns["depth"] = self.depth[own].astype(np.float32)
        columns["name_own"] = self.name[own]
        columns["name_worst"] = self.worst[own]
        columns["name_best"] = self.best[own]
        above = own
        for level in range(1, 5):
            above = self.parent[above]
            columns |= stats.of(above, f"up{level}")
            columns[f"up{level}_name"] = self.name[above]
        return columns | self._main(stats, 0.5, "half") | self._main(stats, 0.85, "most")

    def _main(self, stats: _Stats, share: float, label: str) -> dict[str, Numbers]:
        """Where each block stands to the smallest element that holds ``share`` of the prose."""
        holders = np.flatnonzero(stats.prose >= share * max(float(stats.prose.max()), 1))
        main = int(holders[np.argmax(self.depth[holders])]) if len(holders) else 0
        meeting, branch = self._meetings(main)
        own = self.own
        low, high = self.low[main], self.high[main]
        position = np.arange(len(own))
        return {
            f"{label}_inside": ((position >= low) & (position < high)).astype(np.float32),
            f"{label}_before": np.maximum(low - position, 0).astype(np.float32),
            f"{label}_after": np.maximum(position - high + 1, 0).astype(np.float32),
            f"{label}_steps": (self.depth[main] - meeting[own]).astype(np.float32),
            f"{label}_below": (self.depth[own] - meeting[own]).astype(np.float32),
            f"{label}_name": self.name[branch[own]],
            **stats.of(branch[own], f"{label}_branch"),
        }

    def _meetings(self, main: int) -> tuple[Counts, Counts]:
        """Per element: the depth where its chain meets that of ``main``, and its branch there."""
        line = {main}
        while self.parents[main] != main:
            main = self.parents[main]
            line.add(main)
        depths = self.depth.tolist()
        meeting: list[int] = []
        branch: list[int] = []
        for number, above in enumerate(self.parents):
            if number in line:
                meeting.append(depths[number])
                branch.append(number)
            else:
                meeting.append(meeting[above])
                branch.append(number if above in line else branch[above])
        return np.array(meeting, np.int64), np.array(branch, np.int64)

    def circles(self) -> dict[str, Counts]:
        """The blocks of one parent, of one grandparent ..., and those that look the same."""
        numbers: dict[object, int] = {}
        looks = [_look(self.elements[number]) for number in self.own.tolist()]
        kin = np.array([numbers.setdefault(look, len(numbers)) for look in looks], np.int64)
        above = self.parent[self.own]
        higher = self.parent[above]
        return {"kin": kin, "up1": above, "up2": higher, "up3": self.parent[higher]}


class _Stats:
    """Sums over each element's blocks."""

    def __init__(self, tree: _Tree) -> None:
        base = tree.base
        self.words = tree.total(base.words)
        self.prose = tree.total(base.prose)
        self.links = tree.total(base.density * base.words)
        self.blocks = tree.high - tree.low
        self.whole = max(float(base.prose.sum()), 1.0)

    def of(self, numbers: Counts, label: str) -> dict[str, Numbers]:
        """The sums of the elements with these numbers as columns."""
        words = np.maximum(self.words[numbers], 1)
        prose = self.prose[numbers]
        return {
            f"{label}_words": words,
            f"{label}_share": prose / self.whole,
            f"{label}_prose": prose / words,
            f"{label}_links": self.links[numbers] / words,
            f"{label}_blocks": self.blocks[numbers].astype(np.float32),
        }


def _elements(markups: Sequence[Markup]) -> tuple[list[Element], Counts, list[int]]:
    """All elements that hold blocks, parents first; each block's own; each element's parent."""
    elements: list[Element] = []
    parents: list[int] = []
    numbers: dict[int, int] = {}
    own = []
    for markup in markups:
        element = markup.element
        fresh = []
        while id(element) not in numbers:
            fresh.append(element)
            if element.parent is element:
                break
            element = element.parent
        for member in reversed(fresh):
            number = numbers[id(member)] = len(elements)
            elements.append(member)
            parents.append(numbers.get(id(member.parent), number))
        own.append(numbers[id(markup.element)])
    return elements, np.array(own, np.int64), parents


def _look(element: Element) -> tuple[str, str, str, str]:
    above = element.parent
    return element.tag, element.names, above.tag, above.names


def _kin(kin: Counts, base: _Base) -> dict[str, Numbers]:
    """How much prose, and how many links, elements of the same looks hold on this page."""
    prose, words = np.bincount(kin, base.prose)[kin], np.bincount(kin, base.words)[kin]
    links, count = np.bincount(kin, base.density * base.words)[kin], np.bincount(kin)[kin]
    return {
        "kin_prose": prose / max(float(base.prose.sum()), 1.0),
        "kin_prose_rate": prose / words,
        "kin_links": links / words,
        "kin_count": count.astype(np.float32),
        "kin_words": words / count,
    }


# --- order ---------------------------------------------------------------------------------


def _mass(base: _Base) -> dict[str, Numbers]:
    """Where each block stands among the page's words and prose."""
    count = len(base.words)
    words, prose = np.cumsum(base.words), np.cumsum(base.prose)
    whole = max(float(prose[-1]), 1.0)
    position = np.arange(count)
    return {
        "position": position / count,
        "blocks": np.full(count, count, np.float32),
        "index": position.astype(np.float32),
        "left": (count - position).astype(np.float32),
        "words_before": words / words[-1],
        "prose_before": prose / whole,
        "prose_before_words": prose,
        "prose_after_words": whole - prose,
        "prose_page": np.full(count, whole, np.float32),
        "prose_share": np.full(count, whole / words[-1], np.float32),
        "since_prose": _since(base.prose > 0),
        "until_prose": _since((base.prose > 0)[::-1])[::-1],
    }


def _since(marks: Flags) -> Numbers:
    """How many blocks ago the last mark was, at most 20; 0 on a mark."""
    position = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, position, -100))
    return np.minimum(position - last, 20).astype(np.float32)


_NEAR = (
    "words",
    "ends_stop",
    "lexicon_mean",
    "lexicon_line",
    "capitals",
    "density",
    "tag",
    "kin_prose",
)


def _around(columns: Mapping[str, Numbers], base: _Base) -> dict[str, Numbers]:
    """The neighbours' features, and windows over them."""
    found: dict[str, Numbers] = {}
    for name in _NEAR:
        if name in columns:
            found |= {f"{name}{step:+d}": _shift(columns[name], step) for step in (-2, -1, 1, 2)}
    summed = {"prose": base.prose, "words": base.words, "lexicon": columns["lexicon_mean"]}
    if "density" in columns:
        summed["linked"] = base.density * base.words
    for label, values in summed.items():
        for width in (3, 10, 30):
            before, after = _windows(values, width)
            found[f"{label}_before{width}"] = before
            found[f"{label}_after{width}"] = after
    return found | _heading(columns)


def _shift(values: Numbers, step: int) -> Numbers:
    """The value ``step`` blocks on; -1 beyond the ends."""
    shifted = np.full(len(values), -1, np.float32)
    if step > 0:
        shifted[:-step] = values[step:]
    else:
        shifted[-step:] = values[:step]
    return shifted


def _windows(values: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """Sums over the ``width`` blocks before and after each."""
    count = len(values)
    total = np.zeros(count + 1, np.float64)
    np.cumsum(values, out=total[1:])
    position = np.arange(count)
    before = total[position] - total[np.maximum(position - width, 0)]
    after = total[np.minimum(position + 1 + width, count)] - total[position + 1]
    return before, after


def _heading(columns: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """The last short line before each block that could head it, and how far up it is."""
    tags = columns.get("in_heading")
    heads = tags > 0 if tags is not None else (columns["words"] <= 8) & (columns["ends_stop"] == 0)
    position = np.arange(len(heads))
    latest = np.maximum.accumulate(np.where(heads, position, -1))
    last = np.concatenate(([-1], latest[:-1]))
    known = last >= 0
    found: dict[str, Numbers] = {
        f"head_{name}": np.where(known, columns[f"lexicon_{name}"][last], 0)
        for name in ("line", "mean", "low")
    }
    found["head_distance"] = np.where(known, np.minimum(position - last, 50), 50)
    return found


# --- the second look -----------------------------------------------------------------------

_KEPT = (
    "words",
    "ends_stop",
    "lexicon_mean",
    "lexicon_line",
    "topic",
    "position",
    "capitals",
    "density",
    "tag",
    "half_inside",
    "half_steps",
    "name_own",
    "name_worst",
    "is_title",
    "told",
    "kin_prose",
    "prose_share",
    "blocks",
)


def review(description: Description, chance: Numbers) -> dict[str, Numbers]:
    """Features that build on a first probability of each block: what its surroundings got."""
    columns = description.columns
    words = np.minimum(columns["words"], 200)
    body = chance * words
    likely = chance >= 0.5
    total = max(float(body.sum()), 1.0)
    before = np.cumsum(body) - body
    found: dict[str, Numbers] = {
        "chance": chance,
        "share_before": before / total,
        "share_after": (total - before - body) / total,
        "body_after": total - before - body,
        "since_likely": _since(likely),
        "until_likely": _since(likely[::-1])[::-1],
        "total": np.full(len(chance), total),
        "page": np.full(len(chance), total / float(words.sum())),
    }
    found |= {f"chance{step:+d}": _shift(chance, step) for step in (-3, -2, -1, 1, 2, 3)}
    for width in (2, 5, 15):
        of_body, of_words = _windows(body, width), _windows(words, width)
        found[f"body_before{width}"] = of_body[0] / np.maximum(of_words[0], 1)
        found[f"body_after{width}"] = of_body[1] / np.maximum(of_words[1], 1)
    for name, circle in description.circles.items():
        inside = np.bincount(circle, body)[circle]
        found[f"{name}_chance"] = inside / np.bincount(circle, words)[circle]
        found[f"{name}_body"] = inside / total
    return found | {name: columns[name] for name in _KEPT if name in columns}
