"""Metadata from HTML: ordered candidates for each field, each with the name of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.fields.html.authors import author_candidates
from boilerstrip.fields.html.bio import bio_candidates
from boilerstrip.fields.html.dates import date_candidates
from boilerstrip.fields.html.evidence import read_evidence
from boilerstrip.fields.html.outlet import outlet_candidates
from boilerstrip.fields.html.page import (
    description_candidates,
    language_candidates,
    url_candidates,
)
from boilerstrip.fields.html.title import title_candidates
from boilerstrip.fields.lazy import LazySequence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from boilerstrip.fields.candidate import Candidate

__all__ = ["read_metadata"]


def read_metadata(
    tree: HtmlElement, url: str | None = None, text: str | None = None
) -> dict[str, Sequence[Candidate]]:
    """The candidates for each metadata field that the page gives, most trusted first.

    ``text`` is the page's visible text, a line for each block; it is made where it isn't given.
    The tree is read while candidates are asked for: it mustn't be changed before.

    >>> from lxml.html import document_fromstring
    >>> fields = read_metadata(document_fromstring("<title>Rain stops</title>"), None)
    >>> fields["title"]
    (Candidate(value='Rain stops', source='title'),)
    """
    evidence = read_evidence(tree, url, text)
    authors = LazySequence(author_candidates(evidence))
    fields: dict[str, Sequence[Candidate]] = {
        "title": title_candidates(evidence),
        "authors": authors,
        "author_bio": bio_candidates(evidence, authors[0].value if authors else ()),
        "date": LazySequence(date_candidates(evidence)),
        "outlet": outlet_candidates(evidence),
        "description": description_candidates(evidence),
        "language": LazySequence(language_candidates(evidence)),
        "url": LazySequence(url_candidates(evidence)),
    }
    return {name: candidates for name, candidates in fields.items() if candidates}
