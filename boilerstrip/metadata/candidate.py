"""A candidate: one value that a source gives for a metadata field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, overload


class Candidate(NamedTuple):
    """A value, and the name of the source that gives it.

    The value is a string, or a tuple of names for the field ``authors``. Sources are named after
    where they were read: ``json-ld``, ``meta:og:title``, ``h1``, ``time``, ``markup:byline``.

    >>> Candidate("Rain stops", "h1").source
    'h1'
    """

    value: str | tuple[str, ...]
    source: str


class LazyCandidates(Sequence[Candidate]):
    """Candidates in order, each looked for when it is first asked for.

    Few callers ask for more than the first, and the later a source the more it costs to read.

    >>> found = LazyCandidates(Candidate(value, "h1") for value in ("Rain", "Sun"))
    >>> bool(found), found[0].value, len(found)
    (True, 'Rain', 2)
    >>> LazyCandidates(())
    ()
    """

    def __init__(self, found: Iterable[Candidate]) -> None:
        self._known: list[Candidate] = []
        self._rest = iter(found)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        while not isinstance(index, int) or index < 0 or index >= len(self._known):
            found = next(self._rest, None)
            if found is None:
                break
            self._known.append(found)
        return self._known[index] if isinstance(index, int) else tuple(self._known[index])

    def __len__(self) -> int:
        return len(self[:])

    def __bool__(self) -> bool:
        return bool(self._known) or any(True for _ in self)

    def __eq__(self, other: object) -> bool:
        return self[:] == other[:] if isinstance(other, LazyCandidates) else self[:] == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self[:])
