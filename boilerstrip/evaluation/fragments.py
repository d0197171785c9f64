"""Fragments: gold bodies handed back, whole and cut short, as text and as small pages.

A fragment is all article: whatever a system takes from it is harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.evaluation.gold import GoldPage

Form = Literal["text", "p", "article"]
"""Plain text, bare ``<p>`` elements, or these in an ``<article>`` under the headline."""

FORMS: tuple[Form, ...] = ("text", "p", "article")
CUTS: dict[str, int | None] = {"whole": None, "first": 1, "first two": 2, "first three": 3}
"""How many paragraphs a fragment has, by the names that tables use."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a gold body as it is handed over: ``text`` is what must come back."""

    form: Form
    cut: str
    text: str
    source: str


def cut_fragments(page: GoldPage) -> Iterator[Fragment]:
    r"""The fragments of the page's gold body in every form; a cut that is the whole is left out.

    >>> from boilerstrip.evaluation import GoldPage
    >>> page = GoldPage("1", "It rained.\nIt stopped.", title="Rain")
    >>> [fragment.source for fragment in cut_fragments(page) if fragment.form == "article"]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['<article><h1>Rain</h1><p>It rained.</p>\n<p>It stopped.</p></article>',
     '<article><h1>Rain</h1><p>It rained.</p></article>']
    """
    paragraphs = [line for line in (page.body or "").split("\n") if line.strip()]
    for cut, count in CUTS.items():
        if paragraphs and (count is None or count < len(paragraphs)):
            for form in FORMS:
                text = "\n".join(paragraphs[:count])
                yield Fragment(form, cut, text, _source(form, paragraphs[:count], page.title))


def _source(form: Form, paragraphs: list[str], title: str | None) -> str:
    if form == "text":
        return "\n".join(paragraphs)
    marked = "\n".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs)
    if form == "p":
        return marked
    heading = f"<h1>{escape(title, quote=False)}</h1>" if title else ""
    return f"<article>{heading}{marked}</article>"
