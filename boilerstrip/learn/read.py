"""The documents of a corpus, cleaned: of each its site and the lines of its body."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from boilerstrip.batch.runner import Outcome, Worker, clean_record, read_columns, run
from boilerstrip.batch.sinks import to_bytes
from boilerstrip.batch.sources import problem_of
from boilerstrip.learn.store import Line, Store
from boilerstrip.learn.wording import label, wording
from boilerstrip.rules.ruleset import is_host, phrase_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from boilerstrip.article import Article
    from boilerstrip.batch.columns import Fields
    from boilerstrip.batch.containers import Record
    from boilerstrip.batch.sources import Input, Task
    from boilerstrip.cleaner import Cleaner

BY = ("host", "outlet", "folder")
# A longer line is a story's paragraph; of a passage of so many characters no site has many.
_LONGEST = 600


class Reader(Worker):
    """Turns records into what the store keeps of them; goes to other processes."""

    def __init__(self, cleaner: Cleaner, fields: Fields, by: str) -> None:
        super().__init__(cleaner, "text", fields)
        self._by = by

    def __call__(self, record: Record) -> Outcome:
        """The site, the story, the language and the lines of a document."""
        if record.passed is not None:
            return Outcome(None, passed=record.passed)
        try:
            columns = read_columns(record)
            article, notes = clean_record(record, columns, self._cleaner, self._fields)
            return Outcome(self._row(article), notes=notes)
        except Exception as error:  # noqa: BLE001 - one document must not end a run of millions
            return Outcome(None, problem_of(error))

    def _row(self, article: Article) -> dict[str, Any]:
        site = {"host": _host(article.url), "outlet": article.outlet}.get(self._by)
        story = phrase_key(article.title or "") or article.body
        return {
            "site": site,
            "story": _digest(story).hex()[:16],
            "language": article.language,
            "lines": [*_lines(article)],
        }


def read_corpus(
    tasks: Iterable[Task], reader: Reader, store: Store, jobs: int, by: str,
    tell: Callable[[Task, Outcome], None],
) -> int:  # fmt: skip
    """Put the documents of the tasks into the store; how many have no site.

    ``tell`` gets each task with its outcome.
    """
    without = 0
    for task, outcome in run(tasks, reader, jobs):
        tell(task, outcome)
        if not isinstance(outcome.output, dict):
            continue
        row = outcome.output
        site = folder_of(task.input) if by == "folder" else row["site"]
        if site is None:
            without += 1
        else:
            store.add(task.record.name, site, row["story"], row["language"], row["lines"])
    return without


def folder_of(item: Input) -> str:
    """The first folder below the one that was given, or the one that the file is in.

    >>> from boilerstrip.batch.sources import Input
    >>> folder_of(Input("crawl/a.example/x/1.html", "a.example/x/1.html"))
    'a.example'
    """
    below = Path(item.relative).parent.parts
    return below[0] if below else Path(item.name).absolute().parent.name


def _digest(text: str) -> bytes:
    return hashlib.sha256(to_bytes(text)).digest()


def _host(url: str | None) -> str | None:
    """The host of an address, as rules have it.

    >>> _host("https://www.a.example/x"), _host("https://[x"), _host("file:///x"), _host(None)
    ('a.example', None, None, None)
    """
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return host if is_host(host) else None


def _lines(article: Article) -> Iterable[Line]:
    for text in article.body.split("\n"):
        line = to_bytes(text.strip()).decode()
        if not line:
            continue
        if len(line) > _LONGEST:
            # Told apart, but no rule is made of it.
            yield Line(str(int.from_bytes(_digest(line)[:8])), "", "")
            continue
        key = wording(line, article.title, article.authors)
        yield Line(key, label(key), line)
