"""Metadata that the text itself gives: what rules named in it, and what its first lines say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.bio import find_bios
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.head import Head, HeadLine, find_head
from boilerstrip.fields.headline import is_headline
from boilerstrip.fields.outlet import find_outlet, has_menus, is_company, is_known
from boilerstrip.fields.stamp import find_stamp, read_day
from boilerstrip.language.dates import parse_date
from boilerstrip.language.names import merge_names, split_authors
from boilerstrip.language.prose import is_prose
from boilerstrip.language.vocabulary import any_of
from boilerstrip.settle.sequence import is_of_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document

# The end of a sentence, and not of an abbreviation ("Inc.", "U.S.") or an address.
_FULL_STOP = regex.compile(r"(?<=\p{L}{4})\.$")
_MARKS = "#*_ \t"
_STANDFIRST_LINES = 2
# As many lines of the body are looked at, and so much of each.
_FIRST_LINES = 3
_LINE_LIMIT = 1000
# The head of the article is looked for in so many lines; menus above it are none of it.
_HEAD_LINES = 4000
_ABOVE_HEADLINE = 6
# Where a value of one field may come from, the most telling category first.
_TRUST = {
    "title": ("title", "source_footer"),
    "authors": ("byline", "author_bio", "comment_widget", "source_footer"),
    "bio": ("author_bio",),
    "outlet": ("title", "byline", "source_footer", "disclaimer", "copyright"),
    "date": ("date", "byline", "source_footer"),
    "description": ("title", "byline"),
}


@cache
def _writes() -> regex.Pattern[str]:
    """The end of a standfirst that names the author: "..., writes Jane Doe."."""
    return regex.compile(
        rf"""(?x) (?:,|[-–—])\s+{any_of("says")}\s+
        (?P<authors>(?:\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*\s+){{1,3}}\p{{Lu}}[\p{{L}}\p{{M}}'’-]+)\s*[.!]?"""
    )


@cache
def _helped() -> regex.Pattern[str]:
    """Those who helped are no authors."""
    return regex.compile(rf"(?i)\b{any_of('helped')}\b")


@dataclass(frozen=True)
class _Found:
    """What the metadata of one text is read from."""

    document: Document
    firings: Sequence[Claim]
    language: str | None

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    @cached_property
    def body(self) -> Sequence[str]:
        """The first lines of the body."""
        return _first_lines(self.document, self.firings)

    @cached_property
    def seen(self) -> tuple[Sequence[HeadLine], Sequence[int]]:
        """The lines in which the head of the article is looked for, and where each starts."""
        return head_lines(self.document, self.firings)

    @property
    def lines(self) -> Sequence[HeadLine]:
        """The lines in which the head of the article is looked for."""
        return self.seen[0]

    @cached_property
    def head(self) -> Head | None:
        """The head of the article, if there is proof of its headline."""
        return self.shape if self.shape and self.shape.proof else None

    @cached_property
    def shape(self) -> Head | None:
        """The head of the article, as far as the shape of its lines tells."""
        return find_head(self.lines, self.language)

    @cached_property
    def first(self) -> int:
        """Where the head of the article begins in the text."""
        if self.head is None:
            return 0
        return self.seen[1][max(0, self.head.titles[0][0] - _ABOVE_HEADLINE)]


def read_candidates(
    document: Document, firings: Sequence[Claim], language: str | None
) -> dict[str, Iterator[Candidate]]:
    """Each field's candidates, most trusted first; what is not asked for is not looked for.

    >>> from boilerstrip.readers.text import read_text
    >>> document = read_text("Rain, rain and more rain, writes Ada Moore.")
    >>> next(read_candidates(document, [], "en")["authors"])
    Candidate(value=('Ada Moore',), source='text:standfirst')
    """
    found = _Found(document, firings, language)
    return {
        "title": _titles(found),
        "authors": _authors(found),
        "author_bio": _bios(found),
        "outlet": _outlets(found),
        "date": _dates(found),
        "description": _descriptions(found),
    }


def head_lines(document: Document, firings: Sequence[Claim]) -> tuple[list[HeadLine], list[int]]:
    """The lines as the search for the head of the article sees them, and where each starts."""
    lines: list[HeadLine] = []
    starts: list[int] = []
    waiting = iter(firings)
    firing = next(waiting, None)
    for block in document.blocks[:_HEAD_LINES]:
        start, end = document.extent(block)
        while firing and firing.end <= start:
            firing = next(waiting, None)
        if start == end:
            continue
        over = firing if firing and firing.start <= start else None
        text = document.text[start : min(end, start + _LINE_LIMIT)]
        free = is_of_head(over) or not (over and over.cause.startswith("rule:"))
        lines.append(HeadLine(text, is_prose(text), free, over.category if over else None))
        starts.append(start)
    return lines, starts


def _first_lines(document: Document, firings: Sequence[Claim]) -> list[str]:
    """The first lines of the body: what no firing covers."""
    lines: list[str] = []
    waiting = iter(firings)
    firing = next(waiting, None)
    for block in document.blocks:
        start, end = document.extent(block)
        while firing and firing.end <= start:
            firing = next(waiting, None)
        if start < end and not (firing and firing.start <= start):
            lines.append(document.text[start : min(end, start + _LINE_LIMIT)])
        if len(lines) == _FIRST_LINES:
            break
    return lines


def _named(found: _Found, group: str) -> Iterator[tuple[str, str]]:
    """The values that rules gave this group, with the rules' causes, most telling first."""
    order = _TRUST[group]
    firings = [
        firing
        for firing in found.firings
        if group in firing.groups
        and firing.category in order
        and firing.start >= found.first
        and not (group == "authors" and _helped().search(found.text, firing.start, firing.end))
    ]
    for firing in sorted(firings, key=lambda f: order.index(f.category)):
        start, end = firing.groups[group]
        value = found.text[start:end].strip(_MARKS)
        if value:
            yield value, firing.cause


def _titles(found: _Found) -> Iterator[Candidate]:
    for value, cause in _named(found, "title"):
        if cause.startswith("rule:"):
            yield Candidate(value, cause)
    if found.shape and found.shape.sure:
        yield Candidate(_headline(found, found.shape), "metadata:title")
    if len(found.body) > 1 and _leads(found.body):
        yield Candidate(found.body[0], "text:first-line")


def _headline(found: _Found, head: Head) -> str:
    number, span = head.title
    return found.lines[number].text[slice(*span)].strip(_MARKS)


def _leads(body: Sequence[str]) -> bool:
    """Whether the first line is a headline over an article, and not its first heading or list."""
    return is_headline(body[0]) and not is_prose(body[0]) and is_prose(body[1])


def _authors(found: _Found) -> Iterator[Candidate]:
    if found.shape and (names := [name for _, names in found.shape.bylines for name in names]):
        yield Candidate(_settled(names, found.text), "metadata:authors")
    for value, cause in _named(found, "authors"):
        if names := list(split_authors(value)):
            yield Candidate(_settled(names, found.text), cause)
    for line in found.body[:_STANDFIRST_LINES]:
        if match := _writes().search(line):
            yield Candidate((match["authors"],), "text:standfirst")


def _settled(names: Sequence[str], text: str) -> tuple[str, ...]:
    return merge_names(_natural_case(name, text) for name in names)


def _bios(found: _Found) -> Iterator[Candidate]:
    firings = [f for f in found.firings if f.category == "author_bio"]
    values = [value for firing in firings if (value := _bio(found.text, firing))]
    if values:
        yield Candidate("\n".join(dict.fromkeys(values)), firings[0].cause)
    # Markup says where a bio is; only without it the text is searched for one.
    authors = next(_authors(found), None) if found.document.tree is None else None
    if authors and (bios := list(find_bios(found.lines, authors.value))):
        yield Candidate("\n".join(bios), "metadata:author_bio")


def _bio(text: str, firing: Claim) -> str | None:
    """The bio in a removed passage, without the heading over it; ``None`` for a bare heading."""
    if "bio" in firing.groups:
        start, end = firing.groups["bio"]
        return text[start:end].strip()
    lines = text[firing.start : firing.end].splitlines()
    bio = "\n".join(line.strip() for line in lines if is_prose(line.strip()))
    return bio or None


def _dates(found: _Found) -> Iterator[Candidate]:
    """The dates of publication; that of a change often lies years after it."""
    changes = set(_changes(found))
    for number, stamp in found.shape.stamps if found.shape else ():
        text = found.lines[number].text[stamp.start : stamp.end]
        if not stamp.updated and (date := read_day(text, found.language)):
            yield Candidate(date, "metadata:date")
    for value, cause in _named(found, "date"):
        if value not in changes and (date := parse_date(value, found.language)):
            yield Candidate(date, cause)


def _changes(found: _Found) -> Iterator[str]:
    """The dates that are said to be of a change."""
    for firing in found.firings:
        if "date" in firing.groups:
            stamp = find_stamp(found.text[firing.start : firing.end], found.language)
            if stamp and stamp.updated:
                start, end = firing.groups["date"]
                yield found.text[start:end].strip(_MARKS)


def _outlets(found: _Found) -> Iterator[Candidate]:
    if found.shape and found.shape.sure and (outlet := find_outlet(found.lines, found.shape)):
        yield Candidate(outlet, "metadata:outlet")
    for value, cause in _named(found, "outlet"):
        company = cause.startswith("rule:copyright") and is_company(value)
        if company or cause.startswith("metadata"):
            continue
        # On a page, the source that is named may be that of a picture, or the owner a company.
        if not has_menus(found.lines) or is_known(value, found.lines):
            yield Candidate(_FULL_STOP.sub("", value), cause)


def _descriptions(found: _Found) -> Iterator[Candidate]:
    for value, cause in _named(found, "description"):
        yield Candidate(value, cause)
    for line in found.body[:_STANDFIRST_LINES]:
        if (match := _writes().search(line)) and match.end() == len(line):
            yield Candidate(line, "text:standfirst")
    if found.body and _is_between(found, found.body[0]):
        yield Candidate(found.body[0], "text:standfirst")


def _is_between(found: _Found, line: str) -> bool:
    """Whether a line stands alone between the headline and the byline or date."""
    after = [f.start for f in found.firings if f.category in ("byline", "date")]
    before = [
        f.end for f in found.firings if f.category == "title" and f.end < max(after, default=0)
    ]
    start = max(before, default=len(found.text))
    return any(found.text[start:end].strip() == line for end in after if end > start)


def _natural_case(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, if it does.

    >>> _natural_case("ADA MOORE", "By ADA MOORE. Ada Moore is a reporter.")
    'Ada Moore'
    """
    if not name.isupper():
        return name
    spellings = regex.findall(regex.escape(name), text, regex.IGNORECASE)
    return next((spelling for spelling in spellings if not spelling.isupper()), name)
