"""What reading a source gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boilerstrip.document import Document


@dataclass(frozen=True, slots=True)
class Page:
    """A source as it was read: the document, and the lxml tree it came from, if it was HTML.

    The tree is ``None`` for a source without a single element, too. It belongs to the caller when
    the caller handed in a tree: read it, don't change it.
    """

    document: Document
    tree: Any | None = None
