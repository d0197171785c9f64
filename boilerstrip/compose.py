"""The article made of a document and what the judge found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boilerstrip.article import Article, Related, Removal
from boilerstrip.document import Block, Document
from boilerstrip.metadata.addresses import full_address
from boilerstrip.metadata.related import comment_texts, related_items

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from boilerstrip.judge.sequence import Firing

# So much of a block stands in links if it is one.
_LINK = 0.9
_FEWEST_WORDS = 3


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
    pieces = list(_pieces(document, removed))
    kept = [document.text[start:end].strip() for start, end, role in pieces if role == "body"]
    return Article(
        body="\n".join(filter(None, kept)),
        document=Document(document.text, tuple(Block(start, end) for start, end, _ in pieces)),
        roles=tuple(role for _, _, role in pieces),
        removed=removed,
        related=tuple(_related(document, removed, fields.get("url"))),
        comments=tuple(comment_texts([r.text for r in removed if r.category == "comment"])),
        **fields,
    )


def _pieces(document: Document, removed: Sequence[Removal]) -> Iterator[tuple[int, int, str]]:
    """The blocks, cut where a removal starts or ends inside one: start, end and role of each."""
    waiting = iter(removed)
    removal = next(waiting, None)
    for block in document.blocks:
        position = block.start
        if removal and removal.start < block.end:
            first, last = document.extent(block)
            while removal and removal.start < last:
                if removal.start > max(first, position):
                    yield position, removal.start, "body"
                    position = removal.start
                end = removal.end if removal.end < last else block.end
                yield position, end, removal.category
                position = end
                if removal.end > last:
                    break
                removal = next(waiting, None)
        if position < block.end:
            yield position, block.end, "body"


def _related(document: Document, removed: Sequence[Removal], base: str | None) -> Iterator[Related]:
    """What the related-news passages list; from HTML with the addresses that it links to."""
    starts = [block.start for block in document.blocks]
    for removal in removed:
        if removal.category != "related":
            continue
        first, last = (bisect_right(starts, at) for at in (removal.start, removal.end - 1))
        links = dict(_links(document, document.blocks[first - 1 : last]))
        by_rule = removal.cause.startswith("rule:")
        for item in related_items(removal.text) if by_rule else map(Related, links):
            href = next((href for text, href in links.items() if text.startswith(item.title)), None)
            yield replace(item, url=full_address(base, href))


def _links(document: Document, blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The text and the address of each block that is one link, and long enough for a title."""
    for block in blocks:
        if block.markup and block.markup.href and block.markup.link_density > _LINK:
            text = document.content(block)
            if len(text.split()) >= _FEWEST_WORDS:
                yield text, block.markup.href
