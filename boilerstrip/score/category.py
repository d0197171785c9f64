"""What a removed piece of text is called: a trained model of its wording, place and neighbours.

It is a conditional random field in a chain (Lafferty et al., 2001): a multinomial logistic
regression over hashed parts of each piece's wording and over clues to its place, and a weight for
each category after each other one in a run of removed pieces. So a list of headlines below "Similar
news" is related to its end, and a menu is navigation, whatever its entries say. Pieces that rules
have named keep their names, and speak for those beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import chain, compress, groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np

from boilerstrip.language.prose import ends_sentence
from boilerstrip.score.ngrams import Numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Table = NDArray[np.float32]
    # What words the clues, and what it is given.
    Group = tuple[Any, ...]

BODY = "body"
BITS = 15
_MASK = (1 << BITS) - 1
# What a piece's wording and each clue to its place weigh in training: of 1,384 passages held out,
# .778 get their category so, .764 with more for the place, .760 with more for the wording.
_WORDING, _PLACE = 1.5, 0.3
# Of a longer run of removed pieces, those in the middle are what the last one before them is.
_RUN = 300
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d[.:/年]\d")
_URL = re.compile(r"https?:|www\.|\.(?:com|org|net)\b", re.IGNORECASE)
_EDGES = (1, 2, 3, 5, 8, 12, 20, 40)
_LENGTHS = (4, 8, 13, 20, 30, 45, 70, 110, 180, 300)
# What a chain knows under another name: what comments say and what is around them stand together.
LIKE = {"date": "byline", "comment": "comment_widget"}


class Piece(NamedTuple):
    """A piece of a document; ``role`` is ``body``, a category, or ``None`` if unknown.

    ``section`` is the category of the rule that took it along with a heading above it, if one did.
    """

    text: str
    role: str | None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """Weights in use: a row for each hashed part of a piece and a column for each category.

    ``moves`` has what speaks for each category (column) right after each other one (row).
    """

    names: tuple[str, ...]
    weights: Table
    moves: Table

    def name(self, pieces: Sequence[Piece], known: Numbers | None = None) -> list[str]:
        """The categories of the pieces whose role isn't known, in order.

        ``known`` are the pieces of the same document that were taken apart before.
        """
        names: list[str] = []
        clues = Clues(pieces, known)
        for removed, run in groupby(range(len(pieces)), lambda n: pieces[n].role != BODY):
            numbers = list(run)
            if removed and any(pieces[n].role is None for n in numbers):
                names += self._name_run(pieces, numbers, clues)
        return names

    def rounded(self) -> Categories:
        """The model as it will be in a file: each weight one of 255 steps."""
        return unpack(pack(self))

    def _name_run(self, pieces: Sequence[Piece], run: list[int], clues: Clues) -> list[str]:
        """The categories of the unknown pieces of a run of removed ones, given by its numbers."""
        chosen = [*run[:_RUN], *run[max(_RUN, len(run) - _RUN) :]]
        best = [self.names[n] for n in likeliest(self._scores(pieces, chosen, clues), self.moves)]
        best[_RUN:_RUN] = best[_RUN - 1 : _RUN] * (len(run) - len(best))
        return [name for n, name in zip(run, best, strict=True) if pieces[n].role is None]

    @property
    def _never(self) -> list[int]:
        """The columns of what no piece is called by its own looks: the headline has its search."""
        return [n for n, name in enumerate(self.names) if name == "title"]

    def _scores(self, pieces: Sequence[Piece], numbers: Sequence[int], clues: Clues) -> Table:
        """What speaks for each category of some pieces: for a known one, nothing for the others."""
        scores = np.full((len(numbers), len(self.names)), -np.inf, np.float32)
        columns = {name: column for column, name in enumerate(self.names)}
        unknown = [pieces[number].role is None for number in numbers]
        for row, number in zip(scores, numbers, strict=True):
            role = pieces[number].role
            if role is not None:
                column = columns.get(LIKE.get(role, role))
                row[slice(None) if column is None else column] = 0
        if any(unknown):
            scores[unknown] = self._sums([clues.parts(n) for n in compress(numbers, unknown)])
        return scores

    def _sums(self, parts: Sequence[tuple[NDArray[np.int64], Sequence[int]]]) -> Table:
        """What the numbered parts of each piece say, those of its wording and of its place."""
        wordings = [words for words, _ in parts]
        sizes = np.array([len(words) for words in wordings])
        firsts = np.cumsum([0, *(len(places) for _, places in parts[:-1])])
        places = np.fromiter(chain.from_iterable(places for _, places in parts), np.intp)
        placed = np.add.reduceat(self.weights.take(places, axis=0), firsts)
        sums = np.asarray(_PLACE * placed, np.float32)
        said = np.flatnonzero(sizes)
        if len(said):
            words = self.weights.take(np.concatenate(wordings), axis=0)
            starts = (np.cumsum(sizes) - sizes)[said]
            shares = (_WORDING / np.sqrt(sizes[said])).astype(np.float32)
            sums[said] += shares[:, None] * np.add.reduceat(words, starts)
        sums[:, self._never] = -np.inf
        return sums


def likeliest(scores: Table, moves: Table) -> list[int]:
    """The likeliest sequence of columns (Viterbi), by each row's scores and each move's."""
    best, back, columns = scores[0], [], np.arange(scores.shape[1])
    for row in scores[1:]:
        paths = best[:, None] + moves
        steps = paths.argmax(axis=0)
        back.append(steps)
        best = paths[steps, columns] + row
    found = [int(best.argmax())]
    for step in reversed(back):
        found.append(int(step[found[-1]]))
    return found[::-1]


class Clues:
    """What the shape and the place of each removed piece of a document say."""

    def __init__(self, pieces: Sequence[Piece], known: Numbers | None = None) -> None:
        self._pieces = pieces
        self._known = Numbers() if known is None else known
        self._known.learn(piece.text for piece in pieces if piece.role is None)
        self._places = _Hashes()
        self._shapes: dict[str, tuple[str, ...]] = {}
        kept = [number for number, piece in enumerate(pieces) if piece.role == BODY]
        self._kept = kept
        self._first, self._last = (kept[0], kept[-1]) if kept else (len(pieces), len(pieces))
        self._counts = Counter(piece.text for piece in pieces)

    def features(self, number: int, *, placed: bool = True) -> tuple[NDArray[np.int64], Table]:
        """The numbers of a piece's features, and the value of each: its wording's, its place's."""
        words, places = self.parts(number)
        numbers = np.array(places if placed else [], int)
        values = np.full(len(words) + len(numbers), _PLACE, np.float32)
        values[: len(words)] = _WORDING / np.sqrt(max(1, len(words)))
        return np.concatenate((words, numbers)), values

    def parts(self, number: int) -> tuple[NDArray[np.int64], list[int]]:
        """The numbers of the parts of a piece's wording, and those of the clues to its place."""
        words = self._known[self._pieces[number].text] & _MASK
        groups = map(self._places.__getitem__, self._groups(number))
        return words, list(chain.from_iterable(groups))

    def _groups(self, number: int) -> list[Group]:
        """The clues to one piece in groups, most of which many pieces have in common."""
        piece, place = self._pieces[number], self._place(number)
        length = _bucket(len(piece.text), _LENGTHS)
        first, last = self._run(number)
        return [
            (_placed, place, _bucket(self._distance(number), _EDGES)),
            (_sized, place, length),
            (_counted, "from start", _bucket(number, _EDGES)),
            (_counted, "from end", _bucket(len(self._pieces) - 1 - number, _EDGES)),
            (_looking, place, length, self._shape(piece.text)),
            self._beside("before", number - 1),
            self._beside("after", number + 1),
            (_counted, "run", _bucket(last - first + 1, _EDGES)),
            (_counted, "run first", _bucket(number - first, _EDGES)),
            (_counted, "run last", _bucket(last - number, _EDGES)),
            (_known, self._counts[piece.text] > 1, piece.section),
        ]

    def _place(self, number: int) -> str:
        if number < self._first:
            return "above"
        return "below" if number > self._last else "between"

    def _run(self, number: int) -> tuple[int, int]:
        """The first and the last number of the removed pieces around one."""
        after = bisect_left(self._kept, number)
        first = self._kept[after - 1] + 1 if after else 0
        last = self._kept[after] - 1 if after < len(self._kept) else len(self._pieces) - 1
        return first, last

    def _distance(self, number: int) -> int:
        """The number of pieces to the body's nearer end."""
        return min(abs(self._first - number), abs(number - self._last))

    def _beside(self, side: str, number: int) -> Group:
        if not 0 <= number < len(self._pieces):
            return _counted, side, "none"
        piece = self._pieces[number]
        kept = piece.role == BODY
        return _seen, side, kept, _bucket(len(piece.text), _LENGTHS), self._shape(piece.text)

    def _shape(self, text: str) -> tuple[str, ...]:
        """What the characters of a piece say, which is asked for its neighbours, too."""
        if text not in self._shapes:
            self._shapes[text] = tuple(_shape(text))
        return self._shapes[text]


class _Hashes(dict["Group", list[int]]):
    """The numbers of the weights of each group of clues."""

    def __missing__(self, group: Group) -> list[int]:
        words, *given = group
        found = self[group] = [crc32(clue.encode()) & _MASK for clue in words(*given)]
        return found


def _placed(place: str, distance: int) -> list[str]:
    return ["@", f"@{place}", f"@{place} {distance}"]


def _sized(place: str, length: int) -> list[str]:
    return [f"@{place} long {length}"]


def _counted(what: str, count: int | str) -> list[str]:
    return [f"@{what} {count}"]


def _looking(place: str, length: int, shape: Sequence[str]) -> list[str]:
    looks = (f"@{each}" for each in shape)
    return [f"@long {length}", *looks, *(f"@{place} {each}" for each in shape)]


def _seen(side: str, kept: bool, length: int, shape: Sequence[str]) -> list[str]:
    """The clues of the piece on one side."""
    role = f"@{side} {'kept' if kept else 'removed'}"
    return [role, f"@{side} long {length}", *(f"@{side} {each}" for each in shape)]


def _known(copied: bool, section: str | None) -> list[str]:
    return [*(["@copy"] if copied else []), *([f"@in {section}"] if section else [])]


def _shape(text: str) -> list[str]:
    found = [mark for mark in "©@|»›→·#*[:" if mark in text]
    if any(map(str.isdigit, text)):
        found.append("digit")
        if _DATE.search(text):
            found.append("date")
    if _URL.search(text):
        found.append("url")
    if ends_sentence(text):
        found.append("stop")
    if text.endswith("?"):
        found.append("question")
    if text.endswith((":", "：")):
        found.append("colon")
    if text.isupper():
        found.append("upper")
    if not any(map(str.isalpha, text)):
        found.append("no letter")
    words = text.split()
    if 1 < len(words) <= 4 and all(word[:1].isupper() for word in words):
        found.append("capitals")
    return found


def _bucket(value: int, borders: Sequence[int]) -> int:
    return bisect_left(borders, value)


def pack(model: Categories) -> dict[str, NDArray[Any]]:
    """The arrays of a model, for a file."""
    step = max(float(np.abs(model.weights).max()) / 127, 1e-9)
    return {
        "category_names": np.array(model.names),
        "category_step": np.array(step, np.float32),
        "category_weights": np.round(model.weights / step).astype(np.int8),
        "category_moves": model.moves.astype(np.float16),
    }


def unpack(arrays: Mapping[str, Any]) -> Categories:
    """The model of the arrays."""
    return Categories(
        tuple(map(str, arrays["category_names"])),
        arrays["category_weights"].astype(np.float32) * float(arrays["category_step"]),
        arrays["category_moves"].astype(np.float32),
    )
