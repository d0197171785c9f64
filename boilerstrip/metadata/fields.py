"""The metadata fields of an article, each the first of its candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.metadata.candidate import Candidate
from boilerstrip.metadata.text import read_candidates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.document import Document
    from boilerstrip.judge.sequence import Firing

    Candidates = Mapping[str, Sequence[Candidate]]


def read_markup(tree: Any, url: str | None, text: str | None = None) -> Candidates:
    """The candidates that a page's markup states for each field; none without a tree.

    ``text`` is the page's visible text, where it is known already.
    """
    if tree is None:
        return {}
    from boilerstrip.metadata.html import read_metadata

    return read_metadata(tree, url, text)


def stated_language(stated: Candidates) -> str | None:
    """The language that the markup states."""
    return next((str(candidate.value) for candidate in stated.get("language", ())), None)


def read_fields(
    document: Document,
    firings: Sequence[Firing],
    stated: Candidates,
    language: str | None,
    url: str | None,
) -> dict[str, Any]:
    """The values of the fields that are given, and under ``sources`` where each came from.

    What the caller says comes first, then what the markup states, then what the text says.
    """
    chosen = {name: values[0] for name, values in stated.items() if values}
    if url:
        chosen["url"] = Candidate(url, "caller")
    if language:
        chosen.setdefault("language", Candidate(language, "text"))
    for name, values in read_candidates(document, firings, language).items():
        if values:
            chosen.setdefault(name, values[0])
    sources = {name: candidate.source for name, candidate in chosen.items()}
    return {**{name: candidate.value for name, candidate in chosen.items()}, "sources": sources}
