"""Gold data: pages and texts with what a person or a trusted parser says of them.

A gold file is JSON Lines, one page a line, plain or gzipped. All kinds go through one reader:

- **pages**: ``html`` (the page's file, relative to the gold file, plain or ``.gz``) or ``text``
  (the raw text), and where known ``body``, ``id``, ``url``, ``language``, ``kind``, ``title``,
  ``authors`` (a list, or one string), ``date`` (ISO 8601), ``outlet`` (or ``publisher``),
  ``author_bio``; ``with_`` and ``without``: snippets that must, and must not, stand in the body
- **labelled texts**: besides, ``removed`` (a list of ``{"text", "category"}``: all that is
  boilerplate, in order), ``traps`` (strings of the body that careless rules hit) and ``shape``
  (words, the first of which is the layout). A field that such a text gives as ``null`` is known
  not to stand in it
- **cases**: ``input`` and ``kind`` (``html`` or ``text``), ``expected_body_contains``,
  ``expected_body_excludes``, ``expected_fields``, ``note``

Other keys are ignored; ``null`` and ``NaN`` are no value.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zlib import crc32

from boilerstrip.errors import InputError
from boilerstrip.fields import declared as fields

if TYPE_CHECKING:
    from collections.abc import Mapping

GOLD_FILES = ("gold.jsonl", "texts.jsonl", "cases.jsonl")
"""The names of the gold file in a corpus's folder."""

FIELDS = tuple(item.name for item in fields.FIELDS if item.scored)
"""The metadata fields that gold may know."""


FOLDS = 5
"""Into how many parts sites are dealt, so that weights can be made that never saw one."""

_GOLD_KEYS = frozenset(("body", "with_", "without", "known", "publisher", *FIELDS))


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage of a labelled text that is boilerplate of a category."""

    text: str
    category: str


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page of a gold file. What the gold doesn't know is ``None``.

    ``corpus`` is the name of the folder that the gold file is in, ``markup`` the page itself where
    no file holds it, ``known`` the fields of which the gold knows what is right, be it nothing.
    ``removed`` is given for labelled texts alone.
    """

    id: str
    body: str | None
    corpus: str = ""
    html: Path | None = None
    markup: str | None = None
    text: str | None = None
    url: str | None = None
    language: str | None = None
    layout: str | None = None
    kind: str | None = None
    note: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    outlet: str | None = None
    author_bio: str | None = None
    known: frozenset[str] | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    removed: tuple[Segment, ...] | None = None
    traps: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The page's name among all corpora: ``corpus/id``."""
        return f"{self.corpus}/{self.id}"

    @property
    def site(self) -> str:
        """The registered domain of the page's address; its key where it has none.

        >>> GoldPage("1", "", url="https://news.example.co.uk/a").site
        'example.co.uk'
        """
        return registered_domain(self.url) if self.url else self.key

    def knows(self, field: str) -> bool:
        """Whether the gold knows what is right for the field."""
        return getattr(self, field) is not None if self.known is None else field in self.known

    @property
    def has_html(self) -> bool:
        """Whether the page can be handed over as HTML."""
        return self.html is not None or self.markup is not None

    def read(self) -> bytes:
        """The page's bytes as fetched.

        Raises:
            InputError: for a page without HTML, or whose file can't be read.

        """
        if self.markup is not None:
            return self.markup.encode()
        if self.html is None:
            raise InputError(f"page {self.id} gives only text: score it as text.")
        return _read(self.html)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The pages of a gold file, in order; ``digest`` is of the file and of all it names."""

    name: str
    pages: tuple[GoldPage, ...]
    digest: str

    @property
    def family(self) -> str:
        """What corpora of one source have in common: the first word of the name.

        >>> Corpus("fundus-news", (), "").family
        'fundus'
        """
        return family_of(self.name)

    @property
    def holds_articles(self) -> bool:
        """Whether it is of articles, not of pages of other kinds or of cases."""
        return all(page.kind is None for page in self.pages)


def family_of(corpus: str) -> str:
    """The family of the corpus with that name."""
    return corpus.partition("-")[0]


def load_corpus(path: str | Path) -> Corpus:
    """The corpus of a gold file, or of a folder that holds one.

    Raises:
        InputError: for a file that can't be read, and for a line that isn't a page; names both.

    """
    path = _gold_file(Path(path))
    raw = _read(path)
    try:
        lines = raw.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; gold is UTF-8.") from error
    pages: dict[str, GoldPage] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        page = _Line(path, number, line).page()
        if page.id in pages:
            raise InputError(f"{path}:{number}: id {page.id!r} stands on an earlier line too.")
        pages[page.id] = page
    if not pages:
        raise InputError(f"{path}: holds no page; expected JSON Lines, one page a line.")
    return Corpus(_name(path), tuple(pages.values()), _digest(raw, pages))


def find_corpora(folder: Path) -> dict[str, Path]:
    """The folders in ``folder`` that hold a gold file, by name.

    Raises:
        InputError: where there is none.

    """
    found = {
        gold.parent.name: gold.parent
        for name in GOLD_FILES
        for gold in sorted(folder.glob(f"*/{name}"))
    }
    if not found:
        raise InputError(f"{folder}: no */gold.jsonl in it; name the folder that holds corpora.")
    return dict(sorted(found.items()))


def evenly(pages: tuple[GoldPage, ...], limit: int) -> tuple[GoldPage, ...]:
    """At most ``limit`` of the pages, evenly spaced.

    >>> [page.id for page in evenly(tuple(GoldPage(str(i), "") for i in range(10)), 3)]
    ['0', '3', '6']
    """
    if limit >= len(pages):
        return pages
    return tuple(pages[step * len(pages) // limit] for step in range(limit))


def registered_domain(url: str) -> str:
    """The part of an address's host that one owner holds, by the usual lengths of its labels.

    >>> registered_domain("https://www.bbc.co.uk/news"), registered_domain("http://blog.kinra.de")
    ('bbc.co.uk', 'kinra.de')
    """
    parts = (urlsplit(url).hostname or "").split(".")
    national = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if national else -2 :])


def fold_of(site: str) -> int:
    """The number of the fold that a site's pages are in, whatever their corpus."""
    return crc32(("f" + site).encode()) % FOLDS


def _gold_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in GOLD_FILES:
        if (path / name).is_file():
            return path / name
    raise InputError(f"{path}: none of {', '.join(GOLD_FILES)} in it; name a gold file.")


def _name(path: Path) -> str:
    """What tables call the corpus: a gold file of the usual name goes by its folder."""
    path = path.absolute()
    return path.parent.name if path.name in GOLD_FILES else path.name


def _digest(raw: bytes, pages: Mapping[str, GoldPage]) -> str:
    total = hashlib.sha256(raw)
    for page in pages.values():
        if page.html is not None:
            total.update(page.html.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file.") from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: can't be read: {error}.") from error


class _Line:
    """One line of a gold file, with the place that its errors name."""

    def __init__(self, path: Path, number: int, line: str) -> None:
        self.folder = path.parent
        self.corpus = _name(path)
        self.place = f"{path}:{number}"
        self.number = number
        try:
            row: Any = json.loads(line, parse_constant=lambda _: None)  # NaN is no value
        except ValueError as error:
            raise self.error(f"not JSON: {error}") from error
        if not isinstance(row, dict):
            raise self.error("expected an object, one page a line")
        self.row = self.of_case(row) if "input" in row else row

    def error(self, what: str) -> InputError:
        return InputError(f"{self.place}: {what}.")

    def of_case(self, row: dict[str, Any]) -> dict[str, Any]:
        """A case as the row of a page."""
        kind, fields = row.get("kind"), row.get("expected_fields") or {}
        if kind not in ("html", "text"):
            raise self.error('"kind" of a case is "html" or "text"')
        return {
            "id": row.get("id"),
            "note": row.get("note"),
            "kind": kind,
            "markup" if kind == "html" else "text": row["input"],
            "with_": row.get("expected_body_contains"),
            "without": row.get("expected_body_excludes"),
            "known": list(fields),
            **fields,
        }

    def page(self) -> GoldPage:
        html, text, markup = self.string("html"), self.string("text"), self.string("markup")
        if html is None and text is None and markup is None:
            raise self.error('neither "html" (a file) nor "text" (the raw text) is given')
        removed = self.removed()
        labelled = removed is not None
        shape, authors = self.strings("shape") or (), self.strings("authors")
        page = GoldPage(
            id=self.string("id") or f"line {self.number}",
            body=self.string("body"),
            corpus=self.corpus,
            html=None if html is None else self.file(html),
            markup=markup,
            text=text,
            url=self.string("url"),
            language=self.string("language"),
            layout=shape[0] if shape else None,
            kind=self.string("kind"),
            note=self.string("note"),
            title=self.string("title"),
            authors=authors or None if labelled else authors,
            date=self.string("date"),
            outlet=self.string("outlet") or self.string("publisher"),
            author_bio=self.string("author_bio"),
            known=self.known(labelled=labelled),
            with_=self.strings("with_") or (),
            without=self.strings("without") or (),
            removed=removed,
            traps=self.strings("traps") or (),
        )
        if not _GOLD_KEYS & self.row.keys():
            raise self.error('"body" is missing: the gold body as a string')
        return page

    def known(self, *, labelled: bool) -> frozenset[str] | None:
        """The fields that the row knows, where it says so."""
        if labelled:
            return frozenset(FIELDS)
        known = self.strings("known")
        return None if known is None else frozenset(known)

    def removed(self) -> tuple[Segment, ...] | None:
        value = self.row.get("removed")
        if value is None:
            return None
        try:
            return tuple(Segment(str(one["text"]), str(one["category"])) for one in value)
        except (TypeError, KeyError) as error:
            raise self.error('"removed" is no list of {"text", "category"}') from error

    def string(self, key: str) -> str | None:
        value = self.row.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self.error(f'"{key}" is {type(value).__name__}, expected a string')

    def strings(self, key: str) -> tuple[str, ...] | None:
        value = self.row.get(key)
        if value is None:
            return None
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(item, str) for item in values):
            return tuple(values)
        raise self.error(f'"{key}" is no string and no list of strings')

    def file(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            raise self.error(f'"html" names {path}, which is no file')
        return path
