"""The article made of a document and what the judge found in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from boilerstrip.article import Article, Related
from boilerstrip.claim import Cause
from boilerstrip.document import Block, Document
from boilerstrip.fields.addresses import full_address
from boilerstrip.fields.related import comment_texts, related_items
from boilerstrip.readers.page import Mark
from boilerstrip.record import Removal, pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.readers.page import Page

    _Piece = tuple[str, Cause, int, int]

# So much of a block stands in links if it is one.
_LINK = 0.9
_FEWEST_SPACES = 2
# What stands before the lines of a paragraph that was wrapped; its first line has lost it, too.
_INDENT = re.compile(r"(?<=\n)[ \t]+")
# What images and links without text are.
_MARKS = {
    Mark.IMAGE: ("media", Cause("rule", "media/markdown-image")),
    Mark.ANCHOR: ("navigation", Cause("rule", "navigation/markdown-anchor")),
}


def compose(
    page: Page, claims: Sequence[Claim], fields: Mapping[str, Any], *, keep: Collection[str]
) -> Article:
    """The article: what fired becomes a removal, unless its category is in ``keep``."""
    out = [claim for claim in claims if claim.category not in keep]
    text = page.source.text
    found = [(f.category, f.cause, *page.span(f.start, f.end)) for f in out]
    found += [mark for mark in _left_out(page, found) if mark[0] not in keep]
    removed = tuple(
        Removal(category, str(cause), start, end, text[start:end], cause.chance)
        for category, cause, start, end in sorted(found, key=lambda piece: piece[2])
    )
    parts = list(pieces(page.source, removed))
    kept = [text[start:end].strip() for start, end, role in parts if role == "body"]
    if page.origin:
        kept = [_INDENT.sub("", piece) for piece in kept]
    seen = page.document.text
    comments = [seen[claim.start : claim.end] for claim in out if claim.category == "comment"]
    return Article(
        body="\n".join(filter(None, kept)),
        document=Document(text, tuple(Block(start, end) for start, end, _ in parts)),
        roles=tuple(role for _, _, role in parts),
        removed=removed,
        related=tuple(_related(page, out, fields.get("url"))),
        comments=tuple(comment_texts(comments)),
        **_dated(fields),
    )


def _dated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with the day alone in ``date``, and the moment, where one is known, beside it.

    >>> _dated({"date": "2024-05-03T14:30-05:00", "sources": {"date": "json-ld"}})["date"]
    '2024-05-03'
    """
    moment = fields.get("date") or ""
    day, is_moment, _ = moment.partition("T")
    if not is_moment:
        return dict(fields)
    sources = {**fields["sources"], "published": fields["sources"]["date"]}
    return {**fields, "date": day, "published": moment, "sources": sources}


def _left_out(page: Page, found: Sequence[_Piece]) -> Iterator[_Piece]:
    """What the document leaves out of its source and isn't in a piece that was found."""
    waiting = iter(found)
    piece = next(waiting, None)
    for cut in page.origin.cuts if page.origin else ():
        while piece and piece[3] <= cut.start:
            piece = next(waiting, None)
        if cut.mark in _MARKS and not (piece and piece[2] <= cut.start):
            yield *_MARKS[cut.mark], cut.start, cut.end


def _related(page: Page, claims: Sequence[Claim], base: str | None) -> Iterator[Related]:
    """What the related-news passages list, with the addresses that it links to."""
    related = [claim for claim in claims if claim.category == "related"]
    links = _links(page)
    link = next(links, None)
    for claim in related:
        linked: dict[str, str] = {}
        while link and link[0] < claim.end:
            if link[0] >= claim.start:
                linked[link[1]] = link[2]
            link = next(links, None)
        passage = page.document.text[claim.start : claim.end]
        by_rule = claim.cause.kind == "rule"
        for item in related_items(passage) if by_rule else map(Related, linked):
            href = next((href for text, href in linked.items() if item.title in text), None)
            yield Related(item.title, item.summary, full_address(base, href)) if href else item


def _links(page: Page) -> Iterator[tuple[int, str, str]]:
    """The links that are long enough for a title: where each starts, its text and its target."""
    document = page.document
    for start, end, href in page.origin.links if page.origin else _linked_blocks(document):
        text = document.text[start:end].strip()
        if text.count(" ") >= _FEWEST_SPACES:
            yield start, text, href


def _linked_blocks(document: Document) -> Iterator[tuple[int, int, str]]:
    """The blocks that are one link."""
    for block in document.blocks:
        markup = block.markup
        if markup and markup.href and markup.link_density > _LINK:
            yield block.start, block.end, markup.href
