"""The core in plain Python and numpy: the twin of ``fast.pyx``, function by function."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import chain, count, pairwise, repeat
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Counts = NDArray[np.intp]
    Flags = NDArray[np.bool_]

# So many trees are asked at once: their answers for a page stay in the processor's cache. And so
# many blocks, for the answers for a long document take memory.
_TREES = 128
_BLOCKS = 8_192
_WORD = re.compile(r"\w+")
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
# The bits of a character's classes, and of what else is counted: words that begin, and capitals
# that begin one.
_SPACE, _WORDS, _UPPER, _NUMERAL, _BROAD, _STOP, _COMMA, _QUOTE, _SIGN, _NEWLINE = range(10)
_OPENS, _CAPITAL = 10, 11
# Wide characters (Chinese, Japanese, Thai ...) count as this part of a word.
_WIDE_WORD = 0.5
_TENTATIVE = 2
_MOST_CUT = 40
_HALF = 0.5


def votes(
    table: Floats, features: NDArray[np.int32], borders: Floats, leaves: Floats, bias: float
) -> Floats:
    """The sum of the trees' votes for each column of the table, and the bias.

    ``features`` and ``borders`` have a row a level, a column a tree: is the feature above the
    border? The answers are the bits of the number of a leaf, the first level's the lowest.
    """
    found = np.full(table.shape[1], bias, np.float32)
    for left in range(0, len(found), _BLOCKS):
        blocks = slice(left, left + _BLOCKS)
        for first in range(0, len(leaves), _TREES):
            trees = slice(first, first + _TREES)
            leaf = leaf_numbers(table[:, blocks], features[:, trees], borders[:, trees])
            starts = np.arange(0, leaves[trees].size, leaves.shape[1], dtype=np.int32)
            found[blocks] += leaves[trees].take(leaf + starts[:, None]).sum(axis=0)
    return found


def leaf_numbers(table: Floats, features: NDArray[np.int32], borders: Floats) -> NDArray[np.uint8]:
    """In which leaf of each tree each column of the table is: a row a tree."""
    answers = table.take(features, axis=0) > borders[:, :, None]
    lower: NDArray[np.uint8] = answers.view(np.uint8)[:-1]
    leaf: NDArray[np.uint8] = answers.view(np.uint8)[-1]
    for answer in lower[::-1]:
        leaf += leaf
        leaf |= answer
    return leaf


# Hashed parts of pieces of text


def part_numbers(
    pieces: Sequence[str], whole: int, edge: int, longest: int
) -> tuple[NDArray[np.uint32], Counts]:
    """The CRC-32 of the parts of each piece, each part once; and how many parts each piece has.

    See ``parts_of``.
    """
    rows = [dict.fromkeys(parts_of(piece, whole, edge, longest)) for piece in pieces]
    # No part holds a line's end: each is made of words.
    parts = "\n".join(chain.from_iterable(rows)).encode("utf-8", "replace").split(b"\n")
    sizes = np.fromiter(map(len, rows), np.intp, len(rows))
    if not sizes.any():
        parts = []
    return np.fromiter(map(crc32, parts), np.uint32, len(parts)), sizes


def parts_of(piece: str, whole: int, edge: int, longest: int) -> list[str]:
    """Words, pairs of words, beginnings and endings of a piece of text and of its words.

    Pieces of up to ``whole`` words are a part as a whole, beginnings and endings of words have
    ``edge`` letters, and in scripts without spaces all runs of up to ``longest`` letters are parts.

    >>> parts_of("Read more: 2", 5, 4, 3)[:6]
    ['read', 'more', ':', '0', '^read', '$0']
    """
    piece = piece.lower()
    words = ["0" if word.isdigit() else word for word in _WORD_OR_SIGN.findall(piece)]
    if not words:
        return []
    parts = [*words, "^" + words[0], "$" + words[-1]]
    parts += [f"{one} {two}" for one, two in pairwise(words)]
    if len(words) > 1:
        parts.append(f"^{words[0]} {words[1]}")
    if len(words) <= whole:
        parts.append("=" + " ".join(words))
    for word in words:
        if len(word) > edge:
            parts += word[:edge] + ">", "<" + word[-edge:]
    if _WIDE.search(piece):
        parts += _runs("".join(words), range(1, longest + 1))
    return parts


def _runs(text: str, sizes: Sequence[int]) -> list[str]:
    runs = [text[n : n + size] for size in sizes for n in range(len(text) - size + 1)]
    return [*runs, *("^" + text[:size] for size in sizes), *("$" + text[-size:] for size in sizes)]


# Words


def words(
    text: str,
) -> tuple[list[str], Counts, Counts, Counts, Counts, Counts, Flags]:
    r"""The words of a text whose lines have ``\0`` between them, as numbers.

    The different words; the number of each word of the text; how many each line has; the lines and
    the numbers of each line's different words, sorted; the length of each different word, and
    whether it is a numeral.

    >>> [list(map(str, each)) for each in words("so and so\0and 7")[:3]]
    [['so', 'and', '7'], ['0', '1', '0', '1', '2'], ['3', '2']]
    """
    number = defaultdict[str, int](count().__next__)
    rows = [_WORD.findall(line) for line in text.split("\0")]
    tokens = list(chain.from_iterable(rows))
    ids = np.fromiter(map(number.__getitem__, tokens), np.intp, len(tokens))
    sizes = np.fromiter(map(len, rows), np.intp, len(rows))
    vocabulary = list(number)
    many = max(len(vocabulary), 1)
    each = np.sort(np.repeat(np.arange(len(rows)), sizes) * many + ids)
    each = each[np.diff(each, prepend=-1) > 0]
    each_line, each_id = np.divmod(each, many)
    lengths = np.fromiter(map(len, vocabulary), np.intp, len(vocabulary))
    digits = np.fromiter(map(str.isdigit, vocabulary), np.bool_, len(vocabulary))
    return vocabulary, ids, sizes, each_line, each_id, lengths, digits


def lexical(
    vocabulary: list[str],
    ids: Counts,
    sizes: Counts,
    numbers: dict[str, int],
    weights: NDArray[np.float64],
    shorts: dict[str, float],
    longs: dict[str, float],
    most_short: int,
    whole: int,
) -> Floats:
    """The mean, the lowest and the highest weight of each line's words, and that of the line.

    ``numbers`` has the column of ``weights`` for each word, 0 for others; its rows are for longer
    lines and for those of up to ``most_short`` words, NaN where a word has none. The weight of a
    line is that of the most telling of its keys (see ``line_keys``) in the table for its length.
    """
    lines = len(sizes)
    columns = np.fromiter(map(numbers.get, vocabulary, repeat(0)), np.intp, len(vocabulary))
    of_line = np.repeat(np.arange(lines), sizes)
    short = sizes <= most_short
    found = weights[:, columns][short[of_line].astype(np.intp), ids]
    known = ~np.isnan(found)
    line, found = of_line[known], found[known]
    number = np.bincount(line, minlength=lines)
    rows = (vocabulary_of(vocabulary, row) for row in np.split(ids, np.cumsum(sizes)[:-1]))
    tables = (shorts if each else longs for each in short)
    own = np.fromiter(map(_line_weight, rows, tables, repeat(whole)), np.float64, lines)
    mean = np.bincount(line, found, lines) / np.maximum(number, 1)
    low, high = np.minimum(own, 0), np.maximum(own, 0)
    some = np.flatnonzero(number)
    if len(some):
        firsts = np.searchsorted(line, some)
        low[some] = np.minimum.reduceat(found, firsts)
        high[some] = np.maximum.reduceat(found, firsts)
    return np.array([np.where(number, mean, own), low, high, own], np.float32)


def vocabulary_of(vocabulary: list[str], ids: Counts) -> list[str]:
    """The words of these numbers."""
    return [vocabulary[number] for number in ids.tolist()]


def _line_weight(words: Sequence[str], table: Mapping[str, float], whole: int) -> float:
    return next((table[key] for key in line_keys(words, whole) if key in table), 0.0)


def line_keys(words: Sequence[str], whole: int) -> list[str]:
    """How a line begins; of one of up to ``whole`` words, how it ends, and the whole of it.

    The most telling comes first.

    >>> line_keys(["posted", "in", "2019"], 5)
    ['=posted in 0', '^posted in', '$0']
    """
    if not words:
        return []
    beginning = "^" + " ".join(words[:2])
    if len(words) > whole:
        return [beginning]
    if any(map(str.isdigit, words)):
        words = ["0" if word.isdigit() else word for word in words]
    return ["=" + " ".join(words), beginning, "$" + words[-1]]


def familiar(
    ids: Counts, sizes: Counts, each_line: Counts, each_id: Counts, longs: Flags, prose: Flags
) -> Floats:
    """Three shares (0-1) of each line's words.

    Of the long ones, those that other prose of the text has too; of all, the text's commonest; and
    those that the first line has, times the share of these that the line has.
    """
    lines, size = len(sizes), len(longs)
    line = np.repeat(np.arange(lines), sizes)
    spread = np.bincount(each_id[prose[each_line]], minlength=size)
    common = spread >= max(3.0, 0.3 * float(prose.sum()))
    known = np.stack([longs & (spread > 0), longs & (spread > 1)])
    shared = known[prose[line].astype(np.intp), ids]
    opening = np.zeros(size, np.bool_)
    opening[each_id[each_line == 0]] = True
    hits, kinds, of_long = (
        np.bincount(those, minlength=lines)
        for those in (each_line[opening[each_id]], each_line, line[longs[ids]])
    )
    found = (
        np.bincount(line[shared], minlength=lines) / np.maximum(of_long, 1),
        np.bincount(line[common[ids]], minlength=lines) / np.maximum(sizes, 1),
        hits**2 / (np.maximum(kinds, 1) * max(int(opening.sum()), 1)),
    )
    return np.array(found, np.float32)


# What stands around


def totals(values: NDArray[Any]) -> NDArray[Any]:
    """Running totals along the last axis, with the 0 before the first: one more than values.

    >>> totals(np.array([[1, 2], [3, 4]])).tolist()
    [[0, 1, 3], [0, 3, 7]]
    """
    found = np.zeros((*values.shape[:-1], values.shape[-1] + 1), values.dtype)
    values.cumsum(axis=-1, out=found[..., 1:])
    return found


def windows(rows: NDArray[np.float64], widths: Sequence[int]) -> NDArray[np.float64]:
    """For each of ``widths`` lines the sums over so many before each, and after it."""
    total = totals(rows)
    lines = rows.shape[-1]
    position = np.arange(lines)
    found = np.empty((len(widths), 2, *rows.shape))
    for number, width in enumerate(widths):
        found[number, 0] = total[:, :-1] - total.take(np.maximum(position - width, 0), axis=1)
        ends = np.minimum(position + (1 + width), lines)
        found[number, 1] = total.take(ends, axis=1) - total[:, 1:]
    return found


def nearest(marks: Flags, most: Counts | int) -> tuple[Counts, Counts]:
    """For each row of marks, how many lines ago the last was, and how many on the next is.

    Both are 0 on a mark, and at most ``most``, a number or one a row.
    """
    position = np.arange(marks.shape[1])
    found = []
    for row in (marks, marks[:, ::-1]):
        last = np.maximum.accumulate(np.where(row, position, -most), axis=1)
        found.append(np.minimum(position - last, most))
    return found[0], found[1][:, ::-1]


def shifted(rows: Floats, steps: Sequence[int]) -> Floats:
    """The values so many lines on, for each of ``steps``; -1 beyond the ends."""
    reach, lines = max(map(abs, steps)), rows.shape[1]
    wide = np.full((len(rows), lines + 2 * reach), -1, np.float32)
    wide[:, reach : reach + lines] = rows
    return np.array([wide[:, reach + step : reach + step + lines] for step in steps])


def places(words: Floats, prose: Floats, far: int) -> Floats:
    """Where each line stands among the text's words and its prose: see ``order.PLACES``."""
    lines, whole = len(words), max(float(prose.sum()), 1.0)
    before, flow = np.cumsum(words), np.cumsum(prose)
    position = np.arange(lines)
    since, until = nearest((prose > 0)[None], far)
    found = np.empty((12, lines), np.float32)
    for row, values in enumerate(
        (
            position / lines,
            lines,
            position,
            lines - position,
            before / before[-1],
            flow / whole,
            flow,
            whole - flow,
            whole,
            whole / before[-1],
            since[0],
            until[0],
        )
    ):
        found[row] = values
    return found


def headed(heads: Flags, lexical: Floats) -> Floats:
    """The weights of the last line before each one that could head it, and how far off it is."""
    position = np.arange(len(heads))
    last = np.full(len(heads), -1)
    np.maximum.accumulate(np.where(heads, position, -1)[:-1], out=last[1:])
    known = last >= 0
    distance = np.where(known, np.minimum(position - last, 50), 50)
    return np.array([*np.where(known, lexical[:, last], 0), distance], np.float32)


# The shape of lines


def shape(text: str, starts: Counts, ends: Counts, classes: NDArray[np.uint16]) -> Floats:
    """What characters each line has, how it begins and how it ends: see ``shape.SHAPE``.

    ``classes`` has a bit for each class of a character, by its number: space, word, upper, digit,
    wide, stop, comma, quote, sign, newline. The last is that of all characters from there on.
    Words are at least 1, and estimated for scripts without spaces.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = classes.take(np.minimum(codes, len(classes) - 1))
    opens = bits >> _WORDS & 1
    opens[1:] &= ~opens[:-1]
    bits |= opens << _OPENS | (opens & bits >> _UPPER) << _CAPITAL
    counts = _counts(bits, starts, ends)
    wide = counts[_BROAD]
    chars = np.maximum(ends - starts - counts[_SPACE], 1)
    some = np.where(wide * 2 > chars, np.maximum(counts[_OPENS], wide * _WIDE_WORD), counts[_OPENS])
    words = np.maximum(some, 1).astype(np.float32)
    first, last, before_last = _edges(bits, starts, ends)
    found = (
        words,
        chars,
        chars / words,
        counts[_UPPER] / chars,
        counts[_CAPITAL] / words,
        counts[_NUMERAL] / chars,
        wide / chars,
        counts[_STOP],
        counts[_STOP] / words,
        counts[_COMMA],
        counts[_COMMA] / words,
        counts[_QUOTE] / words,
        counts[_SIGN] / chars,
        np.minimum(counts[_NEWLINE], 6),
        _has(last, _STOP) | (_has(last, _QUOTE) & _has(before_last, _STOP)),
        _has(last, _COMMA),
        _has(last, _WORDS),
        _has(first, _UPPER),
        _has(first, _NUMERAL),
        _has(first, _WORDS),
    )
    return np.array(found, np.float32)


def _has(classes: NDArray[np.uint16], bit: int) -> Flags:
    return np.asarray(classes >> bit & 1, np.bool_)


def _counts(bits: NDArray[np.uint16], starts: Counts, ends: Counts) -> list[Counts]:
    """How many characters of each class each span has.

    Several classes are counted in one number, each in bits of its own.
    """
    found: list[Counts] = []
    size = max(int((ends - starts).max()).bit_length(), 1)
    at_once = 63 // size
    for first in range(0, _CAPITAL + 1, at_once):
        total = totals(_packed(first, at_once, size).take(bits))
        sums = total.take(ends) - total.take(starts)
        places = range(min(at_once, _CAPITAL + 1 - first))
        found += [sums >> place * size & ((1 << size) - 1) for place in places]
    return found


@cache
def _packed(first: int, at_once: int, size: int) -> NDArray[np.int64]:
    """Numbers whose sum counts some classes, each in ``size`` bits, for all sets of classes."""
    sets = np.arange(1 << (_CAPITAL + 1), dtype=np.int64)
    found = np.zeros_like(sets)
    for place in range(min(at_once, _CAPITAL + 1 - first)):
        found |= (sets >> first + place & 1) << place * size
    return found


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


# What lines say again


def known_around(
    each_line: Counts, each_id: Counts, longs: Flags, marks: Flags, widths: Sequence[int]
) -> Floats:
    """The share of each line's long words that marked lines have before it, and after it.

    And, for each of ``widths`` lines, of its words and those of so many lines on from it, what
    stands before it; of its words and those of so many back, what stands after it.
    """
    lines = len(marks)
    chosen = longs[each_id]
    line, word = each_line[chosen], each_id[chosen]
    marked = marks[line]
    first, last = np.full(len(longs), lines), np.full(len(longs), -1)
    # Lines stand in order: of several values set at once the last one stays.
    first[word[marked][::-1]] = line[marked][::-1]
    last[word[marked]] = line[marked]
    before, after, whole = (
        np.bincount(those, minlength=lines)
        for those in (line[first[word] < line], line[last[word] > line], line)
    )
    found = [before / np.maximum(whole, 1), after / np.maximum(whole, 1)]
    for back, on in windows(np.array([before, after, whole], np.float64), widths):
        found.append((before + on[0]) / np.maximum(whole + on[2], 1))
        found.append((after + back[1]) / np.maximum(whole + back[2], 1))
    return np.array(found, np.float32)


def alike(ids: Counts, sizes: Counts, digits: Flags, most_words: int, most: int) -> Floats:
    """How many short lines begin with the word that each does, end so, begin and end so.

    Short are lines of up to ``most_words`` words, and of the last, all; ``most`` is the highest
    number. All numerals are one word.
    """
    size = len(digits)
    numbers = np.append(np.where(digits[ids], size, ids), size + 1)
    stops = np.cumsum(sizes)
    empty = sizes == 0
    first = numbers[np.where(empty, len(ids), stops - sizes)]
    last = numbers[np.where(empty, len(ids), stops - 1)]
    short = (sizes > 0) & (sizes <= most_words)
    _, both, counts = np.unique(first * (size + 2) + last, return_inverse=True, return_counts=True)
    found = (_again(first, short, most), _again(last, short, most), np.minimum(counts, most)[both])
    return np.array(found, np.float32)


def _again(values: Counts, chosen: Flags, most: int) -> Counts:
    """How many of the chosen have the value that each has; 0 for those not chosen."""
    counts = np.bincount(values[chosen], minlength=int(values.max()) + 1)
    return np.where(chosen, np.minimum(counts, most)[values], 0)


def echoes(
    each_line: Counts,
    each_id: Counts,
    longs: Flags,
    words: Floats,
    prose: Flags,
    least: float,
    most: int,
    far: int,
    far_prose: int,
    width: int,
) -> Floats:
    """What lines have of the first one's words, and of the next one's: see ``echoes.ECHOES``.

    A line with this ``least`` share of the first one's long words says it again.
    """
    lines = len(words)
    chosen = longs[each_id]
    line, word = each_line[chosen], each_id[chosen]
    opening = word[line == 0]
    member = np.zeros(len(longs), np.bool_)
    member[opening] = True
    shared = np.bincount(line[member[word]], minlength=lines)
    of_line = shared / np.maximum(np.bincount(line, minlength=lines), 1)
    marks = shared / max(len(opening), 1) >= least
    marks[0] = False
    rows = np.array([of_line * words, words], np.float64)
    ((back, on),) = windows(rows, (width,))
    near, around = back + on + rows
    since, until = nearest(marks[None], far)
    like = _likeness(each_line, each_id, lines, len(longs))
    since_prose, until_prose = nearest(prose[None], far_prose)
    found = np.empty((8, lines), np.float32)
    for row, values in enumerate(
        (
            since[0],
            until[0],
            min(int(marks.sum()), most),
            near / np.maximum(around, 1),
            like,
            np.concatenate(([0], like[:-1])),
            since_prose[0],
            until_prose[0],
        )
    ):
        found[row] = values
    return found


def _likeness(each_line: Counts, each_id: Counts, lines: int, size: int) -> NDArray[np.float64]:
    """The share of each line's words, or of the next one's if it has fewer, that both have."""
    kinds = np.bincount(each_line, minlength=lines)
    each = each_line * size + each_id
    shared = each_line[np.isin(each + size, each)]
    both = np.bincount(shared, minlength=lines)
    fewer = np.zeros_like(kinds)
    np.minimum(kinds[:-1], kinds[1:], out=fewer[:-1])
    return np.asarray(both / np.maximum(fewer, 1))


# The layout of raw text


def pieces(cuts: Counts, words: Floats, odds: Floats) -> Floats:
    """How each piece of a text is set apart, and the odds around it: see ``pieces.PIECES``.

    ``cuts`` says what stands before each piece: 0 for a line's end, 1 for a sure cut, 2 for a
    tentative one; ``odds`` are of its wording.
    """
    line, segment = np.cumsum(cuts == 0) - 1, np.cumsum(cuts < _TENTATIVE) - 1
    after = np.zeros_like(cuts)
    after[:-1] = cuts[1:]
    alone = (np.bincount(line) == 1).mean()
    found: list[Any] = [cuts, after, min(line[-1] + 1, 200), alone, odds]
    weighed = odds * words
    position = np.arange(len(cuts))
    for group in (line, segment):
        size = np.bincount(group)
        own = position - (np.cumsum(size) - size)[group]
        whole = np.bincount(group, words)[group]
        found += [
            np.minimum(size[group], _MOST_CUT),
            np.minimum(whole, 500),
            np.minimum(own, _MOST_CUT),
            np.minimum(size[group] - own - 1, _MOST_CUT),
            np.bincount(group, weighed)[group] / np.maximum(whole, 1),
        ]
    some = np.minimum(words, 60)
    found += chain.from_iterable(shifted(np.array([odds, some]), (-3, -2, -1, 1, 2, 3)))
    rows = np.array([odds * some, some], np.float64)
    for around in windows(rows, (3, 8, 20)):
        found += [summed / np.maximum(weight, 1) for summed, weight in around]
    found.append(rows[0].sum() / max(rows[1].sum(), 1))
    table = np.empty((len(found), len(cuts)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table


# What surroundings got


def surroundings(chance: Floats, words: Floats) -> Floats:
    """What a first look gave each line and those around it: see ``review.SURROUNDINGS``."""
    body = chance * words
    total = max(float(body.sum(dtype=np.float64)), 1.0)
    before = np.cumsum(body) - body
    since, until = nearest((chance >= _HALF)[None], 20)
    found: list[Any] = [
        chance,
        before / total,
        (total - before - body) / total,
        total - before - body,
        since[0],
        until[0],
        total,
        total / float(words.sum()),
        *shifted(chance[None], (-3, -2, -1, 1, 2, 3))[:, 0],
    ]
    for around in windows(np.array([body, words], np.float64), (2, 5, 15)):
        found += [of_body / np.maximum(of_words, 1) for of_body, of_words in around]
    table = np.empty((len(found), len(chance)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table


def stretches(chance: Floats, words: Floats, low: float, sure: float) -> Floats:
    """How much of the body is in the stretch that each line is in: see ``review.STRETCHES``.

    Lines below the chance ``low`` part stretches if one beside them is below it, too.
    """
    doubted = chance < np.float32(low)
    beside = np.ones((2, len(doubted)), np.bool_)
    beside[0, :-1], beside[1, 1:] = doubted[1:], doubted[:-1]
    breaks = doubted & (beside[0] | beside[1])
    changes = np.zeros_like(doubted)
    changes[1:] = breaks[1:] != breaks[:-1]
    stretch = np.cumsum(changes)
    body = chance * words
    mass, size = np.bincount(stretch, body), np.bincount(stretch, words)
    total = max(float(body.sum(dtype=np.float64)), 1.0)
    is_sure = chance >= np.float32(sure)
    surely = np.cumsum(np.where(is_sure, words, 0))
    since, until = nearest(is_sure[None], 100)
    found = (
        mass[stretch] / total,
        np.clip(stretch - mass.argmax(), -20, 20),
        size[stretch],
        (mass / size)[stretch],
        (np.cumsum(mass) - mass)[stretch] / total,
        since[0],
        until[0],
        surely / max(float(surely[-1]), 1.0),
    )
    return np.array(found, np.float32)


# What is marked


def marked(
    kinds: Counts,
    words: Floats,
    prose: Floats,
    wanted: Sequence[int],
    far: int,
    far_words: int,
    most: int,
) -> Floats:
    """Where lines that are marked stand, of any kind and of each: see ``claims.MARKED``.

    Of any kind: their share of all words, how far back the last is, how far on the next is. Of
    each, from 1 on, its number, and what is ``wanted`` of it, as bits: 1 for the share that stands
    up to each line, 2 for how far off they are, 4 for the words of prose since the last.
    """
    any_kind = kinds > 0
    since, until = nearest(any_kind[None], far)
    found: list[Any] = [words[any_kind].sum() / words.sum(), since[0], until[0]]
    flow = np.cumsum(prose)
    for kind, parts in enumerate(wanted, 1):
        marks = kinds == kind
        before = marks.cumsum()
        found.append(min(int(before[-1]), most))
        if parts & 1:
            found.append(before / max(int(before[-1]), 1))
        if parts & 2:
            since, until = nearest(marks[None], far)
            found += [since[0], until[0]]
        if parts & 4:
            last = np.maximum.accumulate(np.where(marks, flow, -1))
            found.append(np.where(last < 0, -1, np.minimum(flow - last, far_words)))
    table = np.empty((len(found), len(kinds)), np.float32)
    for row, values in enumerate(found):
        table[row] = values
    return table


# What was found in lines


def candidates(
    hits: Iterable[tuple[int, Sequence[tuple[int, int, int, int, bool, bool]]]],
    folded: str,
    plain: str,
    spans: Sequence[tuple[int, int]],
    leading: str,
    trailing: str,
    longest: int,
) -> list[tuple[int, int, int, int]]:
    """The hits that are where they may be in their lines: line, number, start and end of each.

    ``hits`` are, in order, where something ends, and for each number whose it may be: how long it
    is, how many characters of its line stand before it and after it at most, and whether those
    beside it are of no word. The characters ``leading`` and ``trailing`` at the edges of a line of
    up to ``longest`` characters count for nothing.
    """
    found = []
    number, start, end, inner, outer = -1, 0, -1, 0, 0
    for stop, uses in hits:
        while stop > end:
            number += 1
            start, end = inner, outer = spans[number]
            if stop <= end and end - start <= longest:
                line = plain[start:end]
                inner, outer = end - len(line.lstrip(leading)), start + len(line.rstrip(trailing))
        for pattern, length, before, after, free_left, free_right in uses:
            left = stop - length
            if left < start or left - inner > before or outer - stop > after:
                continue
            if free_left and left > start and _is_of_word(folded[left - 1]):
                continue
            if free_right and stop < end and _is_of_word(folded[stop]):
                continue
            found.append((number, pattern, left, stop))
    return found


def _is_of_word(character: str) -> bool:
    return character.isalpha() or character.isdecimal() or character == "_"
