"""What a rule, a field or the scorer says of a span of the text."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Claim(NamedTuple):
    """What is said of a span: ``text[start:end]`` is of this category, for this cause.

    ``groups`` are the spans of the metadata that the match named.
    """

    category: str
    cause: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]] = MappingProxyType({})
