"""A sequence whose items are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class LazySequence(Sequence[T]):
    """What an iterable gives, each item asked of it when it is first asked for.

    Few callers want more than the first candidates or the nearest lines, and the later ones cost
    the most to find.

    >>> found = LazySequence(iter(["Rain", "Sun", "Snow"]))
    >>> bool(found), found[0], found[:2], len(found)
    (True, 'Rain', ('Rain', 'Sun'), 3)
    >>> LazySequence(())
    ()
    """

    def __init__(self, items: Iterable[T]) -> None:
        self._known: list[T] = []
        self._rest = iter(items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, int):
            self._reach(index + 1 if index >= 0 else None)
            return self._known[index]
        stop = index.stop if index.step is None and (index.start or 0) >= 0 else None
        self._reach(stop if stop is None or stop >= 0 else None)
        return tuple(self._known[index])

    def _reach(self, size: int | None) -> None:
        """Know the first ``size`` items, or all."""
        while size is None or len(self._known) < size:
            try:
                self._known.append(next(self._rest))
            except StopIteration:
                return

    def __len__(self) -> int:
        self._reach(None)
        return len(self._known)

    def __bool__(self) -> bool:
        self._reach(1)
        return bool(self._known)

    def __eq__(self, other: object) -> bool:
        return self[:] == (other[:] if isinstance(other, LazySequence) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self[:])
