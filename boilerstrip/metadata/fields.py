"""The metadata fields of an article, each the first of its candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.metadata.candidate import Candidate
from boilerstrip.metadata.text import read_candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.judge.sequence import Firing
    from boilerstrip.readers import Page

# The metadata that a text gives is in its first lines, or in what was removed.
_FIRST_LINES = 3
_LINE_LIMIT = 1000


def read_fields(
    page: Page,
    firings: Sequence[Firing],
    body: Sequence[str],
    *,
    language: str | None,
    url: str | None,
) -> dict[str, Any]:
    """The values of the fields that the page gives, and under ``sources`` where each came from.

    What the caller says comes first, then what the markup says, then the text.
    """
    if page.tree is None:
        candidates: dict[str, tuple[Candidate, ...]] = {}
    else:
        from boilerstrip.metadata.html import read_metadata  # noqa: PLC0415

        candidates = read_metadata(page.tree, url)
    if "language" not in candidates and language:
        candidates["language"] = (Candidate(language, "text"),)
    if url:
        candidates["url"] = (Candidate(url, "caller"),)
    chosen = {name: values[0] for name, values in candidates.items() if values}
    first = [line[:_LINE_LIMIT] for line in body[:_FIRST_LINES]]
    of_text = read_candidates(page.document.text, firings, first, language)
    for name, values in of_text.items():
        if values:
            chosen.setdefault(name, values[0])
    sources = {name: candidate.source for name, candidate in chosen.items()}
    return {**{name: candidate.value for name, candidate in chosen.items()}, "sources": sources}
