"""Metadata that the text itself gives: what rules named in it, and what its first lines say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from boilerstrip.judge.headline import is_headline
from boilerstrip.judge.shape import is_prose
from boilerstrip.metadata.candidate import Candidate
from boilerstrip.metadata.dates import parse_date
from boilerstrip.metadata.names import split_authors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.document import Document
    from boilerstrip.judge.sequence import Firing

# "..., writes Jane Doe." at the end of a standfirst.
_WRITES = regex.compile(
    r"""(?:,|[-–—])\s+(?:writes|argues|schreibt|escribe|écrit)\s+
    (?P<authors>(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){1,3}\p{Lu}[\p{L}\p{M}'’-]+)\s*[.!]?""",
    regex.VERBOSE,
)
_MARKS = "#*_ \t"
_STANDFIRST_LINES = 2
# As many lines of the body are looked at, and so much of each.
_FIRST_LINES = 3
_LINE_LIMIT = 1000
# Where a value of one field may come from, the most telling category first.
_TRUST = {
    "title": ("title", "source_footer"),
    "authors": ("byline", "author_bio", "comment_widget", "source_footer"),
    "bio": ("author_bio",),
    "outlet": ("title", "byline", "source_footer", "disclaimer", "copyright"),
    "date": ("date", "byline", "source_footer"),
    "description": ("title", "byline"),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """What the metadata of one text is read from."""

    text: str
    firings: Sequence[Firing]
    body: Sequence[str]


def read_candidates(
    document: Document, firings: Sequence[Firing], language: str | None
) -> dict[str, tuple[Candidate, ...]]:
    """Each field's candidates, most trusted first.

    >>> from boilerstrip.readers.text import read_text
    >>> document = read_text("Rain, rain and more rain, writes Ada Moore.")
    >>> read_candidates(document, [], "en")["authors"]
    (Candidate(value=('Ada Moore',), source='text:standfirst'),)
    """
    found = _Found(document.text, firings, _first_lines(document, firings))
    fields = {
        "title": _titles(found),
        "authors": _authors(found),
        "author_bio": _bios(found),
        "outlet": (Candidate(value, cause) for value, cause in _named(found, "outlet")),
        "date": _dates(found, language),
        "description": _descriptions(found),
    }
    return {name: tuple(candidates) for name, candidates in fields.items()}


def _first_lines(document: Document, firings: Sequence[Firing]) -> list[str]:
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
    firings = [f for f in found.firings if group in f.groups and f.category in order]
    for firing in sorted(firings, key=lambda f: order.index(f.category)):
        start, end = firing.groups[group]
        value = found.text[start:end].strip(_MARKS)
        if value:
            yield value, firing.cause


def _titles(found: _Found) -> Iterator[Candidate]:
    for value, cause in _named(found, "title"):
        yield Candidate(value, cause)
    if len(found.body) > 1 and _leads(found.body):
        yield Candidate(found.body[0], "text:first-line")


def _leads(body: Sequence[str]) -> bool:
    """Whether the first line is a headline over an article, and not its first heading or list."""
    return is_headline(body[0]) and not is_prose(body[0]) and is_prose(body[1])


def _authors(found: _Found) -> Iterator[Candidate]:
    for value, cause in _named(found, "authors"):
        if names := split_authors(value):
            yield Candidate(tuple(_natural_case(name, found.text) for name in names), cause)
    for line in found.body[:_STANDFIRST_LINES]:
        if match := _WRITES.search(line):
            yield Candidate((match["authors"],), "text:standfirst")


def _bios(found: _Found) -> Iterator[Candidate]:
    firings = [f for f in found.firings if f.category == "author_bio"]
    values = [value for firing in firings if (value := _bio(found.text, firing))]
    if values:
        yield Candidate("\n".join(dict.fromkeys(values)), firings[0].cause)


def _bio(text: str, firing: Firing) -> str | None:
    """The bio in a removed passage, without the heading over it; ``None`` for a bare heading."""
    if "bio" in firing.groups:
        start, end = firing.groups["bio"]
        return text[start:end].strip()
    lines = text[firing.start : firing.end].splitlines()
    bio = "\n".join(line.strip() for line in lines if is_prose(line.strip()))
    return bio or None


def _dates(found: _Found, language: str | None) -> Iterator[Candidate]:
    for value, cause in _named(found, "date"):
        if date := parse_date(value, language):
            yield Candidate(date, cause)


def _descriptions(found: _Found) -> Iterator[Candidate]:
    for value, cause in _named(found, "description"):
        yield Candidate(value, cause)
    for line in found.body[:_STANDFIRST_LINES]:
        if (match := _WRITES.search(line)) and match.end() == len(line):
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
