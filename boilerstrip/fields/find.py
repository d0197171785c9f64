"""The metadata fields of an article, each the first that its sources give.

A field's module, which is called like the field, lists its sources, most trusted first: ``STATED``
are those in a page's markup, each a function of its ``Statements``, and ``SAID`` those in the
text, each a function of the ``Text``. What a page states beats what its text says.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.declared import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document

    Found = Candidate[Any]
    Source = Callable[[Any], Iterator[Found]]
    Candidates = Mapping[str, Sequence[Found]]

# Fields all of whose stated values count: what repeats one of them in the text is no body.
_REPEATED = ("title", "author_bio")


def read_markup(tree: Any, url: str | None = None, text: str | None = None) -> Candidates:
    """What a page's markup gives for each field, most trusted first; nothing without a tree.

    ``text`` is the page's visible text, where it is known already.

    >>> from lxml.html import document_fromstring
    >>> read_markup(document_fromstring("<title>Rain stops</title>"))
    {'title': (Candidate(value='Rain stops', source='html:title'),)}
    """
    if tree is None:
        return {}
    from boilerstrip.readers.statements import read_statements

    page = read_statements(tree, url, text)
    found = {
        name: tuple(islice(_candidates(sources, page), None if name in _REPEATED else 1))
        for name, sources in _sources("STATED").items()
    }
    return {name: values for name, values in found.items() if values}


def first_value(stated: Candidates, field: str) -> str:
    """The value of a field that the markup states; empty if it states none."""
    return next((str(candidate.value) for candidate in stated.get(field, ())), "")


def stated_language(stated: Candidates) -> str | None:
    """The language that the markup states."""
    return first_value(stated, "language") or None


def read_fields(
    document: Document,
    claims: Sequence[Claim],
    stated: Candidates,
    language: str | None,
    url: str | None,
) -> dict[str, Any]:
    """The values of the fields that are given, and under ``sources`` where each came from.

    What the caller says comes first, then what the markup states, then what the text says.
    """
    from boilerstrip.fields.text import Text

    chosen: dict[str, Found] = {name: values[0] for name, values in stated.items()}
    if url:
        chosen["url"] = Candidate(url, "caller")
    if language:
        chosen.setdefault("language", Candidate(language, "text"))
    text = Text(document, claims, language, url)
    for name, sources in _sources("SAID").items():
        if name not in chosen and (found := next(_candidates(sources, text), None)):
            chosen[name] = found
    values = {name: candidate.value for name, candidate in chosen.items()}
    return {**values, "sources": {name: candidate.source for name, candidate in chosen.items()}}


def _candidates(sources: Sequence[Source], given: object) -> Iterator[Found]:
    """What the sources give, each value once."""
    seen = set()
    for source in sources:
        for candidate in source(given):
            if candidate.value not in seen:
                seen.add(candidate.value)
                yield candidate


@cache
def _sources(kind: str) -> Mapping[str, Sequence[Source]]:
    """The sources of each field."""
    names = [item.name for item in FIELDS if item.part_of is None]
    return {name: getattr(import_module(f"boilerstrip.fields.{name}"), kind) for name in names}
