"""The fields that a caller's site rules find in a page: they beat what the page states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.fields.candidate import Candidate
from boilerstrip.language.dates import parse_date
from boilerstrip.language.names import split_authors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.fields.find import Candidates


def with_site(
    stated: Candidates, found: Mapping[str, Sequence[str]], source: str, language: str | None
) -> Candidates:
    """What is stated, before it what was found for ``title``, ``author`` and ``date``.

    >>> with_site({}, {"author": ["By Ann Lee"], "date": ["3 May 2024"]}, "rule:site/a", "en")
    ... # doctest: +NORMALIZE_WHITESPACE
    {'authors': (Candidate(value=('Ann Lee',), source='rule:site/a'),),
     'date': (Candidate(value='2024-05-03', source='rule:site/a'),)}
    """
    names = dict.fromkeys(name for text in found.get("author", ()) for name in split_authors(text))
    dates = (parse_date(text, language) for text in found.get("date", ()))
    values: dict[str, Any] = {
        "title": next(iter(found.get("title", ())), None),
        "authors": tuple(names),
        "date": next(filter(None, dates), None),
    }
    own = {key: Candidate(value, source) for key, value in values.items() if value}
    first = {key: (value, *stated.get(key, ())) for key, value in own.items()}
    return {**stated, **first}
