"""Whether compiled functions answer as their twins do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core.slow import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_CLOSE = 1e-5
_SAMPLE = ("Read more: 2", "The café closed at 10. Nobody knew why.", "東京の雨。", "", "So 2 more")


def calls(lines: Sequence[str], turn: int = 7) -> dict[str, tuple[Any, ...]]:
    """What each function is asked of some lines; ``turn`` makes up what isn't theirs."""
    count = len(lines)
    text = "".join(f"{line}\n" for line in lines)
    ends = np.cumsum([len(line) + 1 for line in lines])
    starts = np.concatenate(([0], ends[:-1]))
    classes = (np.arange(300) * 37 % 1021).astype(np.uint16)
    read = words("\0".join(line.replace("\0", " ") for line in lines).lower())
    vocabulary, ids, sizes, each_line, each_id, lengths, digits = read
    longs, half = lengths > 3, len(vocabulary) // 2
    numbers = {word: number for number, word in enumerate(vocabulary[:half], 1)}
    weights = np.array([np.arange(half + 1.0), np.arange(half + 1.0) * turn % 5 - 2])
    weights[:, 0] = np.nan
    keys = {f"^{word}": 0.5 for word in vocabulary[::2]}
    chance = (np.arange(count) * turn % 11 / 10).astype(np.float32)
    counted = np.maximum(sizes, 1).astype(np.float32)
    marks = np.arange(count) * turn % 3 == 1
    prose = np.where(marks, counted, np.float32(0))
    rows = np.array([chance, counted, prose])
    features = (np.arange(12) * turn % 3).astype(np.int32).reshape(6, 2)
    leaves = (np.arange(128) * turn % 13 / 8).astype(np.float32).reshape(2, 64)
    cuts = np.arange(count) * turn % 3
    cuts[:1] = 0
    spans = [(start, end - 1) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    stops = range(2, int(ends[-1]), 3)
    hits = [
        (stop, ((stop, 2, stop % 7, 9, True, stop % 2 > 0), (1, 1, 99, 99, False, True)))
        for stop in stops
        if text[stop - 1] != "\n"
    ]
    return {
        "votes": (rows, features, leaves[:, :6].T.copy(), leaves, 0.125),
        "part_numbers": (list(lines), 5, 4, 3),
        "words": ("\0".join(line.replace("\0", " ") for line in lines).lower(),),
        "lexical": (vocabulary, ids, sizes, numbers, weights, keys, {}, 10, 5),
        "familiar": (ids, sizes, each_line, each_id, longs, marks),
        "windows": (rows.astype(np.float64), (1, 3)),
        "shifted": (rows, (-2, 1)),
        "places": (counted, prose, 4),
        "headed": (marks, rows),
        "shape": (text, starts, ends, classes),
        "known_around": (each_line, each_id, longs, marks, (1, 3)),
        "alike": (ids, sizes, digits, 6, 3),
        "echoes": (each_line, each_id, longs, counted, marks, 0.5, 3, 4, 5, 2),
        "pieces": (cuts, counted, chance - 1),
        "surroundings": (chance, counted),
        "candidates": (hits, text.lower(), text, spans, " *", " |", 40),
        "marked": (cuts, counted, prose, (7, 0, 2), 4, 9, 2),
        "stretches": (chance, counted, 0.3, 0.85),
    }


def agrees(compiled: ModuleType, twin: ModuleType) -> bool:
    """Whether the module has every function, and each answers a sample as the twin's does."""
    return all(
        hasattr(compiled, name)
        and same(getattr(compiled, name)(*given), getattr(twin, name)(*given))
        for name, given in calls(_SAMPLE).items()
    )


def same(one: Any, other: Any) -> bool:
    """Whether two answers are the same, arrays of one kind, to six digits or so.

    >>> same((np.ones(2), ["a"]), (np.array([1.0, 1 + 1e-7]), ["a"]))
    True
    >>> same(np.ones(2), np.ones(3)), same(np.ones(2), np.ones(2, np.float32)), same(["a"], ["b"])
    (False, False, False)
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        alike = (one.shape, one.dtype) == (other.shape, other.dtype)
        return alike and np.allclose(one, other, _CLOSE, _CLOSE)
    return type(one) is type(other) and bool(one == other)
