"""The category of what is taken out: what a rule, its markup or its wording and place call it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import regex

from boilerstrip.claim import Cause, Claim
from boilerstrip.document import Block, line_spans
from boilerstrip.fields.headline import find_headline_above, is_signed
from boilerstrip.language.prose import fold_words
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from boilerstrip.document import Document, Markup
    from boilerstrip.fields.candidate import Candidate
    from boilerstrip.lines import Line
    from boilerstrip.settle.chooser import Chooser

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
# What nothing has named yet, and what stays unnamed where there is no model that could.
UNNAMED = "other"
# What stands above the headline of a text that lost its breaks.
ABOVE_HEADLINE = Cause("metadata", "text:above-headline")
# A longer line below a heading is one of its items, a headline or a teaser, and no label of a menu.
_LABEL = 24
# So much of a piece is looked at.
_LOOK = 4000
# No page has so many lines above its body.
_MOST_ABOVE = 5_000
# A line of more characters says more than who wrote the article.
_BYLINE = 120
# So exactly a chance is told: a line that is all but surely no body has 0.
_DECIMALS = 4


class Namer:
    """Names what rules left and the scorer rejects, and the headline that it may have kept.

    ``stated`` is the metadata that the page's markup gives, ``headline`` the first title of it,
    folded; ``titled`` says whether a headline has been found already.
    """

    def __init__(
        self, document: Document, stated: Mapping[str, Sequence[Candidate[Any]]], cause: Cause
    ) -> None:
        self._document = document
        self._cause = cause
        titles = stated.get("title", ())
        self._titles = _folded(titles)
        self.headline = fold_words(titles[0].value) if titles else ""
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
        headline, proof = (None, "") if self.titled else _find_headline(lines[:first])
        blocks = blocks_of(self._document, lines)
        # Lines that say the same in the same place are named once: a list may have any number.
        named: dict[tuple[object, ...], tuple[str, Cause]] = {}
        claims: list[Claim] = []
        for number, (line, block) in enumerate(zip(lines, blocks, strict=True)):
            if number not in rejected:
                continue
            span = (line.start, line.end)
            if number == headline:
                cause = Cause("metadata", proof)
                claims.append(Claim("title", cause, *span, {"title": span}))
                continue
            text, place = line.text, _place(block.markup)
            name = named.get((text, place))
            if name is None:
                name = self._name_of(text, block.markup)
                named[text, place] = name
            category, cause = name
            if cause.kind == "scorer":
                cause = cause._replace(chance=round(chances[number], _DECIMALS))
            claims.append(Claim(category, cause, *span))
        return claims

    def _repeats(self, lines: Sequence[Line], first: int) -> Iterator[int]:
        """Of the lines that stay above the first prose, those that say a stated title."""
        for number in range(first, len(lines)):
            if fold_words(lines[number].text) in self._titles:
                yield number
            elif lines[number].prose:
                return

    def _name_of(self, text: str, markup: Markup | None) -> tuple[str, Cause]:
        """The category and the cause of a rejected line."""
        plain = fold_words(text)
        if plain in self._titles:
            return "title", Cause("metadata", self._titles[plain])
        if plain in self._bios:
            return "author_bio", Cause("metadata", self._bios[plain])
        if len(plain) <= _BYLINE and any(name in plain for name in self._authors):
            return "byline", Cause("metadata", self._byline)
        return (markup and _from_markup(markup)) or UNNAMED, self._cause


def _folded(candidates: Sequence[Candidate[str]]) -> dict[str, str]:
    """The values, folded, each with the first source that gives it."""
    return {fold_words(value): source for value, source in reversed(candidates)}


def _find_headline(lines: Sequence[Line]) -> tuple[int | None, str]:
    """The number of the headline among the lines above the body, and what proves it.

    The last ones are looked at.
    """
    skipped = max(len(lines) - _MOST_ABOVE, 0)
    texts = [line.text for line in lines[skipped:]]
    found = find_headline_above(texts)
    if found is None:
        return None, ""
    return skipped + found, "text:above-byline" if is_signed(texts, found) else "text:above-body"


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


def claims_on(document: Document, spans: Sequence[tuple[int, int]], cause: Cause) -> list[Claim]:
    """The claims of a cause on some spans of a page, in order and apart, named by its markup."""
    starts = [block.start for block in document.blocks]
    found = []
    for start, end in spans:
        markup = document.blocks[bisect_right(starts, start) - 1].markup
        category = (markup and _from_markup(markup)) or UNNAMED
        found.append(Claim(category, cause, start, end))
    return found


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


def name_claims(document: Document, claims: Sequence[Claim], chooser: Chooser) -> list[Claim]:
    """The claims, in order and apart, with the names that the chooser's model gives.

    It names what only the scorer or its place rejects, and in raw text the short lines that a
    shipped rule took along with a heading: they are of its section, or begin the next one.
    """
    text, model = document.text, chooser.category
    said = Said(claims, text, section_rules() if document.tree is None else {})
    asked = (chooser.cause[:2], ABOVE_HEADLINE[:2])
    unnamed = [claim.category == UNNAMED and claim.cause[:2] in asked for claim in claims]
    if model is None or not (any(unnamed) or said.sections):
        return list(claims)
    from boilerstrip.score.category import BODY, LIKE, Piece  # numpy is slow to import
    from boilerstrip.score.ngrams import Numbers

    pieces: list[Piece] = []
    places: list[tuple[int, int, int]] = []
    position = 0
    for number, (claim, unknown) in enumerate(zip(claims, unnamed, strict=True)):
        kept = line_spans(text, position, claim.start)
        pieces += (Piece(text[start:end], BODY) for start, end in kept)
        position = claim.end
        for start, end in said.lines_of(claim):
            role, section = (None, None) if unknown else said.of_line(number, start)
            if section and end - start > _LABEL:
                role = section
            pieces.append(Piece(text[start : min(end, start + _LOOK)], role, section))
            places.append((number, start, end))
    pieces += (Piece(text[start:end], BODY) for start, end in line_spans(text, position, len(text)))
    names = iter(model.name(pieces, Numbers.of(document.known)))
    found: list[tuple[int, Claim]] = []
    removed = (piece for piece in pieces if piece.role != BODY)
    for piece, (number, start, end) in zip(removed, places, strict=True):
        claim = claims[number]
        category = piece.role or next(names)
        if LIKE.get(claim.category) == category:
            category = claim.category
        if found and found[-1][0] == number and found[-1][1].category == category:
            found[-1] = number, found[-1][1]._replace(end=end)
        else:
            again = bool(found) and found[-1][0] == number
            groups: Mapping[str, tuple[int, int]] = {} if again else claim.groups
            found.append((number, Claim(category, claim.cause, start, end, groups)))
    return [claim for _, claim in found]


def join_claims(claims: Sequence[Claim], tentative: Collection[int], text: str) -> list[Claim]:
    """The claims, those as one between which a line was cut in vain.

    That is where a tentative cut, at an offset of ``tentative``, parts two pieces that the scorer
    rejects and its model calls alike. Of their chances the higher one holds.

    >>> scorer = Cause("scorer", chance=0.1)
    >>> one, two = Claim("share", scorer, 0, 8), Claim("share", scorer._replace(chance=0.2), 9, 13)
    >>> [(c.end, c.cause.chance) for c in join_claims([one, two], {9}, "Share on X, Y")]
    [(13, 0.2)]
    """
    joined: list[Claim] = []
    for claim in claims:
        last = joined[-1] if joined else None
        if (
            last is not None
            and claim.start in tentative
            and last.category == claim.category
            and last.cause.kind == claim.cause.kind == "scorer"
            and not text[last.end : claim.start].strip()
        ):
            likelier = max(last.cause, claim.cause, key=lambda cause: cause.chance or 0.0)
            joined[-1] = last._replace(end=claim.end, cause=likelier)
        else:
            joined.append(claim)
    return joined


class Said:
    """What claims on a raw text, in order and apart, say of spans of it.

    ``sections`` says whether a rule took lines along with a heading.
    """

    def __init__(self, claims: Sequence[Claim], text: str, rules: Mapping[str, str]) -> None:
        self._claims = claims
        self._text = text
        self._ends = [claim.end for claim in claims]
        self._rules = rules
        self._firsts = _trusted(claims, text, rules)
        bounds = zip(self._firsts, self._ends, strict=True)
        self.sections = any(first < end for first, end in bounds)

    def lines_of(self, claim: Claim) -> list[tuple[int, int]]:
        """The spans that are named one by one: the lines of a section."""
        if self._rules and str(claim.cause) in self._rules:
            return line_spans(self._text, claim.start, claim.end)
        return [(claim.start, claim.end)]

    def of_line(self, number: int, start: int) -> tuple[str | None, str | None]:
        """The category of a line of a claim; or ``None``, and that of its section."""
        category = self._claims[number].category
        return (category, None) if start < self._firsts[number] else (None, category)

    def of(self, start: int, end: int) -> tuple[str | None, str | None]:
        """The same of the claim that has more than half of a span."""
        for number in range(bisect_right(self._ends, start), len(self._claims)):
            claim = self._claims[number]
            if claim.start >= end:
                break
            if 2 * (min(end, claim.end) - max(start, claim.start)) > end - start:
                return self.of_line(number, max(start, claim.start))
        return None, None


def _trusted(claims: Sequence[Claim], text: str, rules: Mapping[str, str]) -> list[int]:
    """Up to where what each claim says is sure: to the end of its heading, or to its own."""
    if not rules:
        return [claim.end for claim in claims]
    found: list[int] = []
    seen: set[str] = set()
    position = 0
    for claim in claims:
        if text[position : claim.start].strip():
            seen.clear()
        cause = str(claim.cause)
        heads = rules.get(cause)
        if heads is None:
            found.append(claim.end)
        elif cause in seen or claim.category != heads:
            found.append(claim.start)
        else:
            found.append(line_spans(text, claim.start, claim.end)[0][1])
        seen.add(cause)
        position = claim.end
    return found


@cache
def section_rules() -> Mapping[str, str]:
    """The causes of the shipped rules that take along what stands below, with their categories.

    The passages about authors are not among them: the field is read from them as they are.
    """
    return {
        f"rule:{rule.id}": rule.category
        for rule in catalogue()
        if (rule.extent in ("section", "to-end") or rule.where == "thread")
        and rule.category != "author_bio"
    }
