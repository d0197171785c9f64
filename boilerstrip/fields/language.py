"""The language that a page states, as a code of two letters where there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boilerstrip.fields.candidate import Candidate
from boilerstrip.readers.jsonld import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.readers.statements import Statements

_LANGUAGE = re.compile(r"(?i)([a-z]{2,3})(?:[-_][a-z0-9]+)*")
_METAS = ("content-language", "og:locale", "dc.language", "language", "dcterms.language")


def marked(page: Statements) -> Iterator[Candidate[str]]:
    """The language of the ``html`` element."""
    return _code(page.language, "html:lang")


def linked(page: Statements) -> Iterator[Candidate[str]]:
    """The language in the article's JSON-LD."""
    for node in page.linked.articles[:1]:
        yield from _code(text(node.get("inLanguage")), "json-ld")


def in_metas(page: Statements) -> Iterator[Candidate[str]]:
    """The language that ``meta`` elements give."""
    for name in _METAS:
        yield from _code(page.meta(name), f"meta:{name}")


# Where the language is read from, most trusted first; a page that states none has it detected.
STATED = (marked, linked, in_metas)
SAID = ()


def _code(value: str | None, source: str) -> Iterator[Candidate[str]]:
    if match := _LANGUAGE.fullmatch((value or "").strip()):
        yield Candidate(match[1].lower(), source)
