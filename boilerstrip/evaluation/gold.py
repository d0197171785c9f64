"""Gold data: pages with the body and the metadata that a person or a trusted parser gave them.

A gold file is JSON Lines, one page a line, plain or gzipped:

- ``html``: the page's file, relative to the gold file, plain or ``.gz``; or ``text``: the raw text
- ``body``: the gold body
- where known: ``id``, ``url``, ``title``, ``authors`` (a list, or one string), ``date`` (ISO 8601),
  ``outlet`` (or ``publisher``), ``author_bio``
- ``with_`` and ``without``: snippets that must, and must not, stand in the body

Other keys are ignored; ``null`` is the same as absent.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerstrip.errors import InputError


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page of a gold file. What the gold doesn't know is ``None``.

    ``corpus`` is the name of the folder that the gold file is in.
    """

    id: str
    body: str
    corpus: str = ""
    html: Path | None = None
    text: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    outlet: str | None = None
    author_bio: str | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def read(self) -> bytes:
        """The page's bytes as fetched.

        Raises:
            InputError: for a page without HTML, or whose file can't be read.

        """
        if self.html is None:
            raise InputError(f"page {self.id} gives only text: score it as text.")
        return _read(self.html)


def load_gold(path: str | Path) -> tuple[GoldPage, ...]:
    """The pages of a gold file, in order.

    Raises:
        InputError: for a file that can't be read, and for a line that isn't a page; names both.

    """
    path = Path(path)
    try:
        lines = _read(path).decode("utf-8").split("\n")
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
    return tuple(pages.values())


def evenly(pages: tuple[GoldPage, ...], limit: int) -> tuple[GoldPage, ...]:
    """At most ``limit`` of the pages, evenly spaced.

    >>> [page.id for page in evenly(tuple(GoldPage(str(i), "") for i in range(10)), 3)]
    ['0', '3', '6']
    """
    if limit >= len(pages):
        return pages
    return tuple(pages[step * len(pages) // limit] for step in range(limit))


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
        self.place = f"{path}:{number}"
        self.number = number
        try:
            self.row: Any = json.loads(line)
        except ValueError as error:
            raise self.error(f"not JSON: {error}") from error
        if not isinstance(self.row, dict):
            raise self.error("expected an object, one page a line")

    def error(self, what: str) -> InputError:
        return InputError(f"{self.place}: {what}.")

    def page(self) -> GoldPage:
        body = self.string("body")
        if body is None:
            raise self.error('"body" is missing: the gold body as a string')
        html, text = self.string("html"), self.string("text")
        if html is None and text is None:
            raise self.error('neither "html" (a file) nor "text" (the raw text) is given')
        return GoldPage(
            id=self.string("id") or f"line {self.number}",
            body=body,
            corpus=self.folder.absolute().name,
            html=None if html is None else self.file(html),
            text=text,
            url=self.string("url"),
            title=self.string("title"),
            authors=self.strings("authors"),
            date=self.string("date"),
            outlet=self.string("outlet") or self.string("publisher"),
            author_bio=self.string("author_bio"),
            with_=self.strings("with_") or (),
            without=self.strings("without") or (),
        )

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
