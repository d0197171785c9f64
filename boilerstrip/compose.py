"""The article made of a document and what the judge found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.article import Article, Related, Removal
from boilerstrip.document import Block, Document
from boilerstrip.metadata.addresses import full_address
from boilerstrip.metadata.related import comment_texts, related_items

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boilerstrip.document import Markup
    from boilerstrip.judge.sequence import Firing

# So much of a block stands in links if it is one.
_LINK = 0.9
_FEWEST_SPACES = 2


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
    related = [removal for removal in removed if removal.category == "related"]
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for removal in related:
        links: dict[str, str] = {}
        while block and block.start < removal.end:
            if block.start >= removal.start and block.markup and block.markup.href:
                links |= _link(document.content(block), block.markup)
            block = next(blocks, None)
        by_rule = removal.cause.startswith("rule:")
        for item in related_items(removal.text) if by_rule else map(Related, links):
            href = next((href for text, href in links.items() if text.startswith(item.title)), None)
            yield Related(item.title, item.summary, full_address(base, href)) if href else item


def _link(text: str, markup: Markup) -> dict[str, str]:
    """The address of a block that is one link, and long enough for a title."""
    if markup.href is None or markup.link_density <= _LINK or text.count(" ") < _FEWEST_SPACES:
        return {}
    return {text: markup.href}
