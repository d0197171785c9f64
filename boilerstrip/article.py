"""What the caller gets: an ``Article`` with its body, its metadata and a record of what went."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boilerstrip.document import Document


@dataclass(frozen=True, slots=True)
class Removal:
    """One passage that is not body, and why.

    ``start`` and ``end`` are half-open code-point offsets into ``article.document.text``, and
    ``text`` is exactly what stands there. ``cause`` is ``rule:<id>``, ``metadata:<field>``,
    ``scorer`` or ``extractor:<name>``.
    """

    category: str
    cause: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """One item of a related-news list; ``summary`` and ``url`` are ``None`` where it gives none."""

    title: str
    summary: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    A field that the source doesn't give is ``None``, or empty where it holds several values;
    ``sources`` says for each given field where its value came from.
    """

    body: str
    document: Document = field(repr=False)
    roles: tuple[str, ...] = field(repr=False)
    removed: tuple[Removal, ...] = field(default=(), repr=False)
    title: str | None = None
    authors: tuple[str, ...] = ()
    author_bio: str | None = None
    outlet: str | None = None
    date: str | None = None
    description: str | None = None
    language: str | None = None
    url: str | None = None
    related: tuple[Related, ...] = ()
    comments: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The article as plain values, without the document it was cut from.

        >>> import boilerstrip
        >>> sorted(boilerstrip.clean("It rained.").to_dict())[:4]
        ['author_bio', 'authors', 'body', 'comments']
        """
        return {
            "title": self.title,
            "authors": list(self.authors),
            "author_bio": self.author_bio,
            "outlet": self.outlet,
            "date": self.date,
            "description": self.description,
            "language": self.language,
            "url": self.url,
            "body": self.body,
            "related": [asdict(item) for item in self.related],
            "comments": list(self.comments),
            "removed": [asdict(removal) for removal in self.removed],
            "sources": dict(self.sources),
        }

    def to_json(self) -> str:
        """``to_dict()`` as one line of JSON; a lone surrogate in the source stays an escape.

        >>> import boilerstrip
        >>> boilerstrip.clean("It rained.").to_json()[:15]
        '{"title": null,'
        """
        text = json.dumps(self.to_dict(), ensure_ascii=False)
        return text if _encodable(text) else json.dumps(self.to_dict())

    def to_markdown(self) -> str:
        r"""The article as Markdown: the title, a line of author, outlet and date, the body.

        >>> import boilerstrip
        >>> boilerstrip.clean("It rained.\nIt stopped.").to_markdown()
        'It rained.\n\nIt stopped.\n'
        """
        facts = [", ".join(self.authors), self.outlet or "", self.date or ""]
        byline = " · ".join(fact for fact in facts if fact)
        parts = [
            f"# {self.title}" if self.title else "",
            f"*{byline}*" if byline else "",
            *self.body.split("\n"),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
