"""What the caller gets: an ``Article`` with its body, its metadata and a record of what went."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from boilerstrip.document import Block, Document
from boilerstrip.errors import InputError
from boilerstrip.fields.declared import FIELDS, Metadata
from boilerstrip.readers.text import read_text
from boilerstrip.record import Removal, kept, pieces, replay, spacing

# So much of a title or a body is shown of an article on one line.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Related:
    """One item of a related-news list; ``summary`` and ``url`` are ``None`` where it gives none."""

    title: str
    summary: str | None = None
    url: str | None = None


class Sources(Mapping[str, str]):
    """A mapping that can only be read: where the value of each field came from.

    >>> sources = Sources({"title": "json-ld"})
    >>> sources["title"], sources == {"title": "json-ld"}
    ('json-ld', True)
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Article(Metadata):
    r"""A cleaned article.

    A field that the source doesn't give is ``None``, or empty where it holds several values;
    ``sources`` says for each given field where its value came from. ``date`` is ``YYYY-MM-DD``,
    or less where the source says less; ``published`` is the moment in ISO 8601 where the source
    gives a time of day, with the offset from UTC where it gives one. ``modified`` is the day or
    moment of the last change.

    Two articles are equal if they say the same of the same text; how that is cut into blocks
    doesn't count.

    >>> import boilerstrip
    >>> article = boilerstrip.clean("By Ada Moore\nIt rained all day.\nAdvertisement")
    >>> print(article)
    It rained all day. (18 characters of body, 2 passages removed)
    >>> removal = article.removed[1]
    >>> removal.category, removal.cause, removal.start, removal.end
    ('advertisement', 'rule:advertisement/label', 32, 45)
    """

    body: str
    document: Document
    roles: tuple[str, ...]
    removed: tuple[Removal, ...] = ()
    related: tuple[Related, ...] = ()
    comments: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=Sources)

    def __post_init__(self) -> None:
        if not isinstance(self.sources, Sources):
            object.__setattr__(self, "sources", Sources(self.sources))

    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if isinstance(other, Article) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        return (self.document.text, *(getattr(self, name) for name in _SAID))

    def __str__(self) -> str:
        shown = _shortened(self.title or self.body)
        counts = f"{len(self.body)} characters of body, {len(self.removed)} passages removed"
        return f"{shown} ({counts})" if shown else counts

    def __repr__(self) -> str:
        return f"<Article: {self}>"

    def _repr_html_(self) -> str:
        """The article as a notebook shows it: its fields, and its text with what was removed."""
        from boilerstrip.report.notebook import article_html  # not needed elsewhere

        return article_html(self)

    def to_dict(self, *, document: bool = False) -> dict[str, Any]:
        r"""The article as plain values: the columns of ``boilerstrip.schema``, in their order.

        ``document`` puts the document's text in, too. Without it that column is ``None``, and the
        text can still be made again, from ``body``, ``spacing`` and ``removed``.

        >>> import boilerstrip
        >>> values = boilerstrip.clean("It rained.\n\nAdvertisement").to_dict()
        >>> values["body"], values["spacing"], values["removed"][0]["start"]
        ('It rained.', ['', '\n\n'], 12)
        """
        said = [(item.name, getattr(self, item.name)) for item in FIELDS]
        return {
            **{name: list(value) if type(value) is tuple else value for name, value in said},
            "body": self.body,
            "related": [_values(item) for item in self.related],
            "comments": list(self.comments),
            "removed": [_values(removal) for removal in self.removed],
            "spacing": self._spacing(),
            "document": self.document.text if document else None,
            "sources": [{"field": name, "source": self.sources[name]} for name in self.sources],
        }

    def _spacing(self) -> list[str] | None:
        """What stands between the lines of the body, ``None`` if it isn't the document's."""
        try:
            return list(spacing(self.body, kept(self.document.text, self.removed)))
        except InputError:
            return None

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Article:
        r"""The article that ``to_dict()``, or a row that ``boilerstrip clean`` wrote, came from.

        Columns that an article doesn't have are passed over.

        Raises:
            InputError: if a column is missing, or if body and record don't make one text.

        >>> import boilerstrip
        >>> article = boilerstrip.clean("It rained.\n\nAdvertisement")
        >>> Article.from_dict(article.to_dict()) == article
        True

        """
        try:
            return cls._read(values)
        except (AttributeError, KeyError, TypeError) as error:
            what = f"no column {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(
                f"Article.from_dict: {what}. Pass what to_dict() gave, or a row of JSON Lines that"
                " holds an article."
            ) from error

    @classmethod
    def _read(cls, values: Mapping[str, Any]) -> Article:
        if values["body"] is None:
            raise InputError("Article.from_dict: the row holds an error and no article. Skip it.")
        if values["removed"] is None:
            raise InputError(
                "Article.from_dict: the row holds no record of what was removed. Write it with"
                " --record compact or full."
            )
        removed = tuple(Removal(**item) for item in values["removed"])
        text = values["document"]
        if text is None:
            text = replay(values["body"], values["spacing"], removed)
        parts = list(pieces(read_text(text), removed))
        told: dict[str, Any] = {
            item.name: tuple(values[item.name]) if item.many else values[item.name]
            for item in FIELDS
        }
        article = cls(
            document=Document(text, tuple(Block(start, end) for start, end, _ in parts)),
            roles=tuple(role for _, _, role in parts),
            removed=removed,
            related=tuple(Related(**item) for item in values["related"]),
            comments=tuple(values["comments"]),
            sources={item["field"]: item["source"] for item in values["sources"]},
            body=values["body"],
            **told,
        )
        article.rebuild()
        return article

    def rebuild(self) -> str:
        r"""The document's text, made of what is kept and what is removed, in order.

        Raises:
            InputError: if they don't make it, as after a change of the body.

        >>> import boilerstrip
        >>> text = "It rained.\n\nAdvertisement\n\nIt stopped.\n"
        >>> boilerstrip.clean(text).rebuild() == text
        True

        """
        text = self.document.text
        rebuilt = replay(self.body, spacing(self.body, kept(text, self.removed)), self.removed)
        if rebuilt != text:
            raise InputError(
                "kept and removed don't make the document's text: a removal holds another text"
                " than stands there. Take the article as clean() gave it."
            )
        return rebuilt

    def to_json(self, *, document: bool = False) -> str:
        """``to_dict()`` as one line of JSON; a lone surrogate in the source stays an escape.

        >>> import boilerstrip
        >>> boilerstrip.clean("It rained.").to_json()[:15]
        '{"title": null,'
        """
        values = self.to_dict(document=document)
        text = json.dumps(values, ensure_ascii=False)
        return text if _encodable(text) else json.dumps(values)

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


_SAID = tuple(item.name for item in fields(Article) if item.name not in ("document", "roles"))


def _values(item: Removal | Related) -> dict[str, Any]:
    """The item's fields; ``dataclasses.asdict``, which copies them, takes several times as long.

    >>> _values(Related("Rain"))
    {'title': 'Rain', 'summary': None, 'url': None}
    """
    return {name: getattr(item, name) for name in item.__slots__}


def _shortened(text: str) -> str:
    r"""The first words of a text on one line.

    >>> _shortened("It rained.\n\n" + "All day. " * 20)
    'It rained. All day. All day. All day. All day. All day. All…'
    """
    line = " ".join(text[: 10 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
