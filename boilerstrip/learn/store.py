"""The lines of all bodies, on the disk: counted there, so that memory stays flat.

The store is a temporary database that nobody else sees, and that is gone with the process.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE document (number INTEGER PRIMARY KEY, name, site, story, language);
CREATE TABLE line (document, at, wording, label, text, PRIMARY KEY (document, at)) WITHOUT ROWID;
"""
# Of each story of a site only one document counts: a page that was fetched twice proves nothing.
_CHOOSE = """
CREATE TABLE chosen AS
    SELECT site, story, MIN(number) AS number FROM document GROUP BY site, story;
CREATE INDEX of_site ON chosen (site, story);
CREATE TABLE recurring AS
    SELECT site, said, COUNT(*) AS documents FROM (
        SELECT DISTINCT site, number, wording AS said FROM chosen JOIN line ON document = number
        UNION
        SELECT DISTINCT site, number, label FROM chosen JOIN line ON document = number
    ) WHERE said <> '' GROUP BY site, said HAVING COUNT(*) > 1;
CREATE INDEX recurring_of_site ON recurring (site);
"""
_LINES = """
SELECT number, name, language, wording, label, text
FROM chosen JOIN document USING (number) JOIN line ON document = number
WHERE chosen.site = ? ORDER BY chosen.story, at
"""


class Line(NamedTuple):
    """A line of a body: its wording, that of its label, and itself."""

    wording: str
    label: str
    text: str


class Document(NamedTuple):
    """What is known of a document: the name of its record, its language, the lines of its body."""

    name: str
    language: str | None
    lines: Sequence[Line]


class Store:
    """Takes the documents of a corpus, and gives those of each site, with what recurs there."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.executescript(_TABLES)
        self.documents = 0

    def add(self, name: str, site: str, story: str, language: str | None,
            lines: Sequence[Line]) -> None:  # fmt: skip
        """Take a document; ``story`` is the same for those that tell the same."""
        number = self.documents
        self.documents += 1
        self._base.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?)", (number, name, site, story, language)
        )
        self._base.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?)",
            ((number, at, *line) for at, line in enumerate(lines)),
        )

    def count(self) -> None:
        """Find what recurs in the stories of a site; to be called once, after all."""
        self._base.executescript(_CHOOSE)

    def sites(self) -> list[tuple[str, int]]:
        """The sites, each with the number of its stories, in order."""
        query = "SELECT site, COUNT(*) FROM chosen GROUP BY site ORDER BY site"
        return list(self._base.execute(query))

    def recurring(self, site: str, least: int = 2) -> set[str]:
        """The wordings and labels that at least so many stories of a site have."""
        query = "SELECT said FROM recurring WHERE site = ? AND documents >= ?"
        return {said for (said,) in self._base.execute(query, (site, least))}

    def of_site(self, site: str) -> Iterator[Document]:
        """One document of each story of a site, in an order that doesn't change."""
        rows = self._base.execute(_LINES, (site,))
        for (_, name, language), lines in groupby(rows, itemgetter(0, 1, 2)):
            yield Document(name, language, [Line(*line[3:]) for line in lines])

    def close(self) -> None:
        """Let go of it."""
        self._base.close()
