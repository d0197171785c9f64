"""The category of what the scorer takes out: what its markup or its surroundings call it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex

from boilerstrip.claim import Cause, Claim
from boilerstrip.document import Block
from boilerstrip.fields.headline import find_headline_above, is_headline
from boilerstrip.language.prose import ends_sentence, fold_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boilerstrip.document import Document, Markup
    from boilerstrip.fields.candidate import Candidate
    from boilerstrip.lines import Line

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
# No page has so many lines above its body.
_MOST_ABOVE = 5_000
# A line of more characters says more than who wrote the article.
_BYLINE = 120
# So exactly a chance is told: a line that is all but surely no body has 0.
_DECIMALS = 4


class Namer:
    """Names what rules left and the scorer rejects, and the headline that it may have kept.

    ``stated`` is the metadata that the page's markup gives; ``titled`` says whether a headline has
    been found already.
    """

    def __init__(
        self, document: Document, stated: Mapping[str, Sequence[Candidate[Any]]], cause: Cause
    ) -> None:
        self._document = document
        self._cause = cause
        self._titles = _folded(stated.get("title", ()))
        self._bios = _folded(stated.get("author_bio", ()))
        authors = stated.get("authors", ())
        self._authors = [fold_words(name) for name in (authors[0].value if authors else ())]
        self._byline = authors[0].source if authors else ""
        self.titled = bool(self._titles)

    def name(
        self, lines: Sequence[Line], rejected: set[int], chances: Sequence[float]
    ) -> list[Claim]:
        """The rejected lines as claims; a line that repeats the headline joins ``rejected``.

        ``chances`` are those of all lines.
        """
        first = next((n for n in range(len(lines)) if n not in rejected), len(lines))
        rejected.update(self._repeats(lines, first))
        headline = None if self.titled else _find_headline(lines[:first])
        blocks = blocks_of(self._document, lines)
        # Lines that say the same in the same place are named once: a list may have any number.
        named: dict[tuple[object, ...], tuple[str, Cause]] = {}
        claims: list[Claim] = []
        for number, (line, block) in enumerate(zip(lines, blocks, strict=True)):
            if number not in rejected:
                continue
            span = (line.start, line.end)
            if number == headline:
                cause = Cause("metadata", "text:above-body")
                claims.append(Claim("title", cause, *span, {"title": span}))
                continue
            text, above, place = line.text, number < first, _place(block.markup)
            name = named.get((text, above, place))
            if name is None:
                name = self._name_of(text, block.markup, above)
                named[text, above, place] = name
            category, cause = name
            if cause.kind == "scorer":
                cause = cause._replace(chance=round(chances[number], _DECIMALS))
            claims.append(Claim(category, cause, *span))
        return claims

    def _repeats(self, lines: Sequence[Line], first: int) -> Iterator[int]:
        """The first lines that stay, as long as they say a stated title."""
        for number in range(first, len(lines)):
            if fold_words(lines[number].text) not in self._titles:
                return
            yield number

    def _name_of(self, text: str, markup: Markup | None, above: bool) -> tuple[str, Cause]:
        """The category and the cause of a rejected line."""
        plain = fold_words(text)
        if plain in self._titles:
            return "title", Cause("metadata", self._titles[plain])
        if plain in self._bios:
            return "author_bio", Cause("metadata", self._bios[plain])
        if len(plain) <= _BYLINE and any(name in plain for name in self._authors):
            return "byline", Cause("metadata", self._byline)
        return category_of(text, markup, above_body=above), self._cause


def _folded(candidates: Sequence[Candidate[str]]) -> dict[str, str]:
    """The values, folded, each with the first source that gives it."""
    return {fold_words(value): source for value, source in reversed(candidates)}


def _find_headline(lines: Sequence[Line]) -> int | None:
    """The number of the headline among the lines above the body; the last ones are looked at."""
    skipped = max(len(lines) - _MOST_ABOVE, 0)
    found = find_headline_above([line.text for line in lines[skipped:]])
    return None if found is None else skipped + found


def _place(markup: Markup | None) -> object:
    """What two blocks have in common that stand in elements of one look, side by side."""
    if markup is None:
        return None
    element = markup.element
    return element.tag, element.names, element.parent


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
