"""What a row holds: its columns with their types, as a list, as a JSON Schema and for Arrow.

A row is what ``boilerstrip clean`` writes as a line of JSON Lines; ``Article.to_dict()`` gives the
same without ``input`` and ``error``. Every row has every column, whatever is empty: a single value
that the source doesn't give is null, a list is empty. ``python -m boilerstrip.schema`` prints the
JSON Schema.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from boilerstrip.extras import needed
from boilerstrip.fields.declared import FIELDS
from boilerstrip.record import merged
from boilerstrip.rules.ruleset import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from boilerstrip.article import Article

# Goes up by one whenever a column, its type or its meaning changes.
VERSION = 2
RECORDS = ("compact", "full", "none")
# Whole numbers count, others are probabilities.
_NUMBERS = {
    "int64": {"type": "integer", "minimum": 0},
    "float64": {"type": "number", "minimum": 0, "maximum": 1},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and how that is written.

    ``kind`` is ``string``, ``int64``, ``float64`` or ``record``, which has ``fields`` of its own;
    ``many`` makes it a list of these. ``null`` says whether the whole column may be null.
    ``pattern`` is a regular expression for its strings, ``among`` are all that there are.
    """

    name: str
    about: str
    kind: str = "string"
    many: bool = False
    null: bool = True
    fields: tuple[Column, ...] = ()
    pattern: str | None = None
    among: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The type in the notation of Arrow.

        >>> Column("authors", "Their names.", many=True).type
        'list<string>'
        """
        inner = ", ".join(f"{column.name}: {column.type}" for column in self.fields)
        kind = f"struct<{inner}>" if self.fields else self.kind
        return f"list<{kind}>" if self.many else kind

    def to_json_schema(self) -> dict[str, Any]:
        """The JSON Schema of the column's values.

        >>> Column("title", "The headline.").to_json_schema()
        {'type': ['string', 'null'], 'description': 'The headline.'}
        """
        schema = self._item()
        if self.many:
            schema = {"type": "array", "items": schema}
        if self.null:
            schema["type"] = [schema["type"], "null"]
        return {**schema, "description": self.about}

    def _item(self) -> dict[str, Any]:
        if self.fields:
            return _object(self.fields, closed=True)
        schema: dict[str, Any] = dict(_NUMBERS.get(self.kind, {"type": self.kind}))
        if self.pattern:
            schema["pattern"] = self.pattern
        if self.among:
            schema["enum"] = list(self.among)
        return schema


_RELATED = (
    Column("title", "The item's headline.", null=False),
    Column("summary", "What stands below it."),
    Column("url", "Where it links to."),
)
_REMOVAL = (
    Column("category", "What it is.", null=False, among=CATEGORIES[1:]),
    Column("cause", "Who says so: rule:ID, metadata:SOURCE, scorer or extractor:NAME.",
           null=False, pattern="^(rule|metadata|extractor):.|^scorer$"),
    Column("start", "Where it starts in the document, in code points.", "int64", null=False),
    Column("end", "Where it ends there; what stands at this place is no longer part of it.",
           "int64", null=False),
    Column("text", "What stands there.", null=False),
    Column("chance", "The scorer's probability (0-1) that it is body; of joined passages the"
           " highest; null for other causes.", "float64"),
)  # fmt: skip
_SOURCE = (
    Column("field", "The name of a column.", null=False),
    Column("source", "Where its value came from: json-ld, meta:NAME, html:h1, text:byline, rule:ID"
           " and others.", null=False),
)  # fmt: skip
# What an article holds, in order: the columns of ``Article.to_dict()``.
ARTICLE = (
    *(Column(item.name, item.about, many=item.many, null=not item.many, pattern=item.pattern)
      for item in FIELDS),
    Column("body", "The article, without boilerplate; null only beside an error."),
    Column("related", "The items of related-news lists.", "record", many=True, null=False,
           fields=_RELATED),
    Column("comments", "Readers' comments.", many=True, null=False),
    Column("removed", "All that is not body, in order, never overlapping; null where no record was"
           " asked for.", "record", many=True, fields=_REMOVAL),
    Column("spacing", "What stands in the document before the first line of the body, between its"
           " lines, and after the last, the removed passages left out; null without a record.",
           many=True),
    Column("document", "The text that the offsets refer to; null unless it was asked for."),
    Column("sources", "Where the value of each field came from.", "record", many=True, null=False,
           fields=_SOURCE),
)  # fmt: skip
# What a row of ``boilerstrip clean`` holds, in order. Columns of the input follow.
COLUMNS = (
    Column("input", "The file, and in a file of many documents which one.", null=False),
    Column("error", "Why the document could not be cleaned; null if it was."),
    *ARTICLE,
)
NAMES = tuple(column.name for column in COLUMNS)
# What a row holds where there are no files: all of that but ``input``.
RESULT = COLUMNS[1:]


def json_schema(columns: Iterable[Column] = COLUMNS) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a row of these columns; it may have further ones.

    >>> json_schema()["properties"]["title"]["type"]
    ['string', 'null']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:boilerstrip:row:{VERSION}",
        "title": "A row of boilerstrip",
        **_object(tuple(columns), closed=False),
    }


def _object(columns: tuple[Column, ...], *, closed: bool) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: column.to_json_schema() for column in columns},
        "required": [column.name for column in columns],
        **({"additionalProperties": False} if closed else {}),
    }


def arrow(columns: Iterable[Column] = COLUMNS) -> pa.Schema:
    """The schema of these columns for Arrow.

    Any value may be null there: engines that hand tables on differ in what they keep of a promise
    that it isn't, and tables that differ in it can't be joined.

    Raises:
        InputError: if ``pyarrow`` isn't installed.

    >>> arrow().field("authors").type
    ListType(list<item: string>)

    """
    pyarrow = needed("pyarrow", "arrow", "an Arrow schema")
    return pyarrow.schema([(column.name, _arrow_type(column)) for column in columns])


def _arrow_type(column: Column) -> pa.DataType:
    pyarrow = needed("pyarrow", "arrow", "an Arrow schema")
    kinds = {"string": pyarrow.string, "int64": pyarrow.int64, "float64": pyarrow.float64}
    if column.fields:
        kind = pyarrow.struct([(field.name, _arrow_type(field)) for field in column.fields])
    else:
        kind = kinds[column.kind]()
    return pyarrow.list_(kind) if column.many else kind


def to_row(article: Article, record: str = "compact") -> dict[str, Any]:
    """The article's columns, with as much of the record as ``record`` says.

    ``full`` has each removal by itself and the document's text. ``compact`` joins neighbours of one
    category and cause, and leaves the document to be made of the rest, by ``Article.from_dict`` or
    as ``docs/schema.md`` says. ``none`` says nothing of what was removed.

    >>> import boilerstrip
    >>> row = to_row(boilerstrip.clean("It rained."), "none")
    >>> row["body"], row["removed"], row["spacing"]
    ('It rained.', None, None)
    """
    if record == "compact":
        joined = tuple(merged(article.removed, article.document.text))
        article = replace(article, removed=joined)
    row = article.to_dict(document=record == "full")
    if record == "none":
        row["removed"] = row["spacing"] = None
    return row


def empty_row() -> dict[str, Any]:
    """The columns of an article where there is none: null, or an empty list.

    >>> empty_row()["body"], empty_row()["authors"]
    (None, [])
    """
    return {column.name: None if column.null else [] for column in ARTICLE}


if __name__ == "__main__":
    import json

    print(json.dumps(json_schema(), indent=2))
