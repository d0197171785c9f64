"""The metadata fields of an article, each the first of its candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.text import read_candidates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.document import Document

    Candidates = Mapping[str, Sequence[Candidate]]


def read_markup(tree: Any, url: str | None, text: str | None = None) -> Candidates:
    """The candidates that a page's markup states for each field; none without a tree.

    ``text`` is the page's visible text, where it is known already.
    """
    if tree is None:
        return {}
    from boilerstrip.fields.html import read_metadata

    return read_metadata(tree, url, text)


def stated_language(stated: Candidates) -> str | None:
    """The language that the markup states."""
    return next((str(candidate.value) for candidate in stated.get("language", ())), None)


def read_fields(
    document: Document,
    firings: Sequence[Claim],
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
    for name, candidates in read_candidates(document, firings, language).items():
        if name not in chosen and (found := next(candidates, None)):
            chosen[name] = found
    sources = {name: candidate.source for name, candidate in chosen.items()}
    return {**{name: candidate.value for name, candidate in chosen.items()}, "sources": sources}
