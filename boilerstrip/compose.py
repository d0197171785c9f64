"""The article made of a document and what the judge found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.article import Article, Related, Removal
from boilerstrip.metadata.related import comment_texts, related_items

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boilerstrip.document import Document
    from boilerstrip.judge.sequence import Firing


def compose(
    document: Document,
    firings: Sequence[Firing],
    fields: Mapping[str, Any],
    *,
    keep: Collection[str],
) -> Article:
    """The article: what fired becomes a removal, unless its category is in ``keep``."""
    removed = tuple(
        Removal(f.category, f.cause, f.start, f.end, document.text[f.start : f.end])
        for f in firings
        if f.category not in keep
    )
    document = document.cut(_cuts(document, removed)).without_markup()
    roles = tuple(_roles(document, removed))
    kept = [
        content
        for block, role in zip(document.blocks, roles, strict=True)
        if role == "body" and (content := document.content(block))
    ]
    return Article(
        body="\n".join(kept),
        document=document,
        roles=roles,
        removed=removed,
        related=_related(removed),
        comments=tuple(comment_texts([r.text for r in removed if r.category == "comment"])),
        **fields,
    )


def _cuts(document: Document, removed: Sequence[Removal]) -> Iterator[int]:
    """The offsets at which a removal starts or ends inside a block's content."""
    waiting = iter(removed)
    removal = next(waiting, None)
    for block in document.blocks:
        start, end = document.extent(block)
        while removal and removal.start < end:
            if start < removal.start:
                yield removal.start
            if start < removal.end < end:
                yield removal.end
            if removal.end > end:
                break
            removal = next(waiting, None)


def _roles(document: Document, removed: Sequence[Removal]) -> Iterator[str]:
    waiting = iter(removed)
    removal = next(waiting, None)
    for block in document.blocks:
        start, _ = document.extent(block)
        while removal and removal.end <= start:
            removal = next(waiting, None)
        yield removal.category if removal and removal.start <= start else "body"


def _related(removed: Sequence[Removal]) -> tuple[Related, ...]:
    passages = [removal.text for removal in removed if removal.category == "related"]
    return tuple(item for passage in passages for item in related_items(passage))
