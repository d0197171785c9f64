"""What a rule, a field or the scorer says of a span of the text."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(NamedTuple):
    """Who says what a span is; as a string it is the ``cause`` of a removal.

    ``name`` is the rule's id, the source of a field's value or the extractor's name. ``chance`` is
    the probability (0-1) of being body that the scorer gave, ``None`` where another speaks.

    >>> str(Cause("rule", "share/buttons")), str(Cause("scorer", chance=0.02))
    ('rule:share/buttons', 'scorer')
    """

    kind: Literal["rule", "metadata", "scorer", "extractor"]
    name: str = ""
    chance: float | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


class Claim(NamedTuple):
    """What is said of a span: ``text[start:end]`` is of this category, for this cause.

    ``groups`` are the spans of the metadata that the match named. ``matched`` is where the match
    ends, if the claim reaches further: over what stands under a heading.
    """

    category: str
    cause: Cause
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]] = MappingProxyType({})
    matched: int | None = None
