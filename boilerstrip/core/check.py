"""Whether compiled functions answer as their twins do: one small sample for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from boilerstrip.core import slow

if TYPE_CHECKING:
    from types import ModuleType

_CLOSE = 1e-5


def samples() -> dict[str, tuple[Any, ...]]:
    """What each function is tried with."""
    table = np.array([[0.0, 2.0, 1.0], [3.0, 1.0, 1.0]], np.float32)
    features, borders = np.array([[0], [1]], np.int32), np.array([[0.5], [2.0]], np.float32)
    leaves = np.array([[0.25, 0.5, -1.0, 4.0]], np.float32)
    return {"votes": (table, features, borders, leaves, 0.125)}


def agrees(compiled: ModuleType) -> bool:
    """Whether the module has every function, and each answers as its twin does."""
    return all(
        hasattr(compiled, name)
        and same(getattr(compiled, name)(*given), getattr(slow, name)(*given))
        for name, given in samples().items()
    )


def same(one: Any, other: Any) -> bool:
    """Whether two answers are the same: arrays of one kind, numbers to six digits or so.

    >>> same((np.ones(2), ["a"]), (np.array([1.0, 1 + 1e-7]), ["a"]))
    True
    >>> same(np.ones(2), np.ones(3)), same(["a"], ["b"])
    (False, False)
    """
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and (one.shape, one.dtype) == (other.shape, other.dtype)
            and np.allclose(one, other, _CLOSE, _CLOSE)
        )
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
