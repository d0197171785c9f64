"""What cleans documents for the page, and what writes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from boilerstrip.batch.runner import Outcome, Worker
from boilerstrip.report.page import head, holder, packed, tail
from boilerstrip.report.values import about_cause, content, overview_row, reasons_of
from boilerstrip.rules.ruleset import Rule, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boilerstrip.article import Article
    from boilerstrip.batch.columns import Fields
    from boilerstrip.batch.containers import Record
    from boilerstrip.batch.sinks import Output, Sink
    from boilerstrip.batch.sources import Task
    from boilerstrip.cleaner import Cleaner


class ReportWorker(Worker):
    """Turns records into what the page says of them; goes to other processes."""

    def __init__(self, cleaner: Cleaner, fields: Fields) -> None:
        super().__init__(cleaner, "report", fields)

    @cached_property
    def _whys(self) -> dict[str, str]:
        own = [rule for rule in self._cleaner.options.rules if isinstance(rule, Rule)]
        return reasons_of([*catalogue(), *own])

    def render(self, record: Record, article: Article, columns: dict[str, Any]) -> Output:
        """The document's row in the overview, the reasons it refers to, and all of it, packed."""
        del columns
        row = overview_row(record.name, article)
        causes = {cause for _, cause, _ in row["parts"]}
        return {
            "row": row,
            "whys": {cause: about_cause(cause, self._whys) for cause in causes},
            "packed": packed(content(article, self._whys)),
        }

    def failure(self, record: Record, problem: str, columns: dict[str, Any]) -> Outcome:
        """The outcome for a document that could not be cleaned."""
        del columns
        return Outcome({"failed": {"name": record.name, "problem": problem}}, problem)


class ReportSink:
    """Writes the page to another sink, the documents as they come.

    ``about`` is what the page says of how it was made.
    """

    def __init__(self, sink: Sink, about: Mapping[str, Any]) -> None:
        self._sink = sink
        self._about = about
        self._rows: list[Any] = []
        self._causes: dict[tuple[str, str], int] = {}
        self._failed: list[Any] = []
        self._whys: dict[str, str] = {}
        self._task: Task | None = None

    def turn(self, task: Task) -> None:
        """Nothing: all goes to one page."""

    def mark(self) -> dict[str, Any] | None:
        """Nothing: a page without its end can't be gone on with."""
        return None

    def write(self, task: Task, output: Output, title: str | None = None) -> None:  # noqa: ARG002
        """Write one document, or note that it failed."""
        assert not isinstance(output, str)  # noqa: S101 - it comes from a ReportWorker
        if self._task is None:
            self._sink.write(task, head())
        self._task = task
        if "failed" in output:
            self._failed.append(output["failed"])
            return
        self._sink.write(task, holder(output["packed"]))
        self._rows.append({**output["row"], "parts": self._numbered(output["row"]["parts"])})
        self._whys.update(output["whys"])

    def close(self, *, complete: bool) -> None:
        """Write the page's end; what is not complete leaves an old page as it was."""
        try:
            if complete and self._task is not None:
                self._sink.write(self._task, tail(self._overview()))
        finally:
            self._sink.close(complete=complete)

    def _numbered(self, parts: list[list[Any]]) -> list[list[int]]:
        """The parts of a row, with the number of what took them out."""
        return [
            [self._causes.setdefault((category, cause), len(self._causes)), characters]
            for category, cause, characters in parts
        ]

    def _overview(self) -> dict[str, Any]:
        return {
            **self._about,
            "documents": self._rows,
            "causes": list(self._causes),
            "failed": self._failed,
            "whys": dict(sorted(self._whys.items())),
        }
