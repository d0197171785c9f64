"""The category of what the scorer takes out: what its markup or its surroundings call it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.document import Block
from boilerstrip.judge.headline import find_headline_above, is_headline
from boilerstrip.judge.sequence import Firing
from boilerstrip.judge.shape import ends_sentence, fold_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boilerstrip.document import Document, Markup
    from boilerstrip.judge.sequence import Line
    from boilerstrip.metadata.candidate import Candidate

# Words in tags, class and id names, the most telling first.
_NAMES = {
    "cookie_consent": "cookie cookies consent gdpr onetrust",
    "newsletter": "newsletter newsletters subscribe signup optin",
    "paywall": "paywall piano premium regwall",
    "advertisement": "ad ads advert adverts advertisement sponsor sponsored promo taboola outbrain",
    "comment": "comment comments disqus respond replies",
    "share": "share sharing social follow",
    "author_bio": "bio authorbox",
    "byline": "byline author authors dateline",
    "media": "figcaption figure caption credit credits gallery video player photo image",
    "related": "related recommend recommended recommendations more popular trending latest teaser"
    " teasers",
    "copyright": "copyright legal",
    "navigation": "nav navigation menu breadcrumb breadcrumbs header footer tag tags topic topics"
    " toc pagination",
}
_RANKS = {word: rank for rank, words in enumerate(_NAMES.values()) for word in words.split()}
_CATEGORIES = tuple(_NAMES)
_PART = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# How many ancestors are asked, from the block outwards.
_NEAREST = 8
_MENU_WORDS = 4
# A line of more characters says more than who wrote the article.
_BYLINE = 120


class Namer:
    """Names what rules left and the scorer rejects, and the headline that it may have kept.

    ``stated`` is the metadata that the page's markup gives; ``titled`` says whether a headline has
    been found already.
    """

    def __init__(
        self, document: Document, stated: Mapping[str, Sequence[Candidate]], cause: str
    ) -> None:
        self._document = document
        self._cause = cause
        self._titles = {fold_words(str(value)) for value, _ in stated.get("title", ())}
        self._bios = {fold_words(str(value)) for value, _ in stated.get("author_bio", ())}
        authors = stated.get("authors", ())
        self._authors = [fold_words(name) for name in (authors[0].value if authors else ())]
        self.titled = bool(self._titles)

    def name(self, lines: Sequence[Line], rejected: set[int]) -> list[Firing]:
        """The rejected lines as firings; a line that repeats the headline joins ``rejected``."""
        first = next((n for n in range(len(lines)) if n not in rejected), len(lines))
        rejected.update(self._repeats(lines, first))
        above = [line.text for line in lines[:first]]
        headline = None if self.titled else find_headline_above(above)
        blocks = blocks_of(self._document, lines)
        return [
            self._firing(line, block, n == headline, n < first)
            for n, (line, block) in enumerate(zip(lines, blocks, strict=True))
            if n in rejected
        ]

    def _repeats(self, lines: Sequence[Line], first: int) -> Iterator[int]:
        """The first lines that stay, as long as they say a stated title."""
        for number in range(first, len(lines)):
            if fold_words(lines[number].text) not in self._titles:
                return
            yield number

    def _firing(self, line: Line, block: Block, headline: bool, above: bool) -> Firing:
        span = (line.start, line.end)
        plain = fold_words(line.text)
        if headline:
            return Firing("title", "metadata:title", *span, {"title": span})
        if plain in self._titles:
            return Firing("title", "metadata:title", *span)
        if plain in self._bios:
            return Firing("author_bio", "metadata:author_bio", *span)
        if len(plain) <= _BYLINE and any(name in plain for name in self._authors):
            return Firing("byline", "metadata:authors", *span)
        return Firing(category_of(line.text, block.markup, above_body=above), self._cause, *span)


def blocks_of(document: Document, lines: Sequence[Line]) -> Iterator[Block]:
    """The block in which each line stands."""
    blocks = iter(document.blocks)
    block = Block(0, 0)
    for line in lines:
        while block.end <= line.start:
            block = next(blocks)
        yield block


def category_of(text: str, markup: Markup | None, *, above_body: bool) -> str:
    """The best category known for a line that is not body, and that no rule claims.

    >>> category_of("World", None, above_body=True)
    'navigation'
    >>> category_of("It rained all day, and nobody came.", None, above_body=False)
    'other'
    """
    if markup is not None and (named := _from_markup(markup)):
        return named
    if len(text.split()) <= _MENU_WORDS and not ends_sentence(text):
        return "navigation"
    return "related" if is_headline(text) and not above_body else "other"


def _from_markup(markup: Markup) -> str | None:
    element = markup.element
    for _ in range(min(_NEAREST, element.depth)):
        rank = _rank(element.tag, element.names)
        if rank is not None:
            return _CATEGORIES[rank]
        element = element.parent
    return None


@lru_cache(maxsize=10_000)  # a page has far fewer kinds of elements than elements
def _rank(tag: str, names: str) -> int | None:
    words = [tag, *(part.lower() for part in _PART.findall(names))]
    return min((_RANKS[word] for word in words if word in _RANKS), default=None)
