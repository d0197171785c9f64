"""A run of ``boilerstrip clean``: what is done with each outcome, and told and counted of it."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from boilerstrip.batch.columns import to_json
from boilerstrip.batch.runner import run
from boilerstrip.batch.sinks import FolderSink, OutputError
from boilerstrip.batch.sources import HIDDEN, read_tasks, size_of
from boilerstrip.batch.tally import Summary
from boilerstrip.cli.progress import progress
from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from boilerstrip.batch.columns import Fields
    from boilerstrip.batch.journal import Journal
    from boilerstrip.batch.runner import Outcome, Worker
    from boilerstrip.batch.sinks import Sink
    from boilerstrip.batch.sources import Input, Task

# So many records that fail alike at the start are no accident.
_ALIKE = 20
# How many of what was passed over for one reason are named.
_NAMED = 3
_INTERRUPTED = (
    "Interrupted. What was there before stays, and of a new file in JSON Lines the whole rows."
)
_GO_ON = "The same command with --resume goes on from there."


class Run:
    """What is told of a run while it goes on, and counted for its end.

    ``journal`` notes what is done, ``errors`` is a file for what failed; ``strict`` stops at the
    first failure.
    """

    def __init__(
        self,
        inputs: list[Input],
        fields: Fields,
        out: str,
        *,
        journal: Journal | None = None,
        errors: Path | None = None,
        strict: bool = False,
    ) -> None:
        self.summary = Summary()
        self._inputs = inputs
        self._fields = fields
        self._out = out
        self._journal = journal
        self._errors_path = errors
        self._strict = strict
        self._notes: set[str] = set()
        self._said = False
        # What failed alike from the start, until it is known whether all does.
        self._alike: list[tuple[Task, Outcome]] | None = None if strict else []
        self._report: Callable[[str], None] = click.echo

    def clean(
        self, worker: Worker, jobs: int, sink: Sink, *, typed: bool = False,
        timeout: float | None = None,
    ) -> bool:  # fmt: skip
        """Whether any document failed."""
        visible = not (self._out == "-" and sys.stdout.isatty())
        total = sum(map(size_of, self._inputs))
        complete = False
        with ExitStack() as stack:
            self._errors = stack.enter_context(self._errors_path.open("w", encoding="utf-8")) \
                if self._errors_path else None  # fmt: skip
            self._report, self._advance = stack.enter_context(
                progress(total, self.summary, visible=visible)
            )
            tasks = self._left(read_tasks(self._inputs, self._fields, typed=typed), sink)
            outcomes = run(tasks, worker, jobs, timeout)
            try:
                complete = self._finish_all(outcomes, sink)
            except KeyboardInterrupt:
                self._report(_INTERRUPTED if self._journal is None else f"{_INTERRUPTED} {_GO_ON}")
                self._said = True
                raise
            except BrokenPipeError:
                self._report("The output was closed before its end.")
                raise
            finally:
                try:
                    self._close(sink, complete=complete)
                finally:
                    outcomes.close()
        return self.summary.documents["failed"] > 0

    def _finish_all(self, outcomes: Iterator[tuple[Task, Outcome]], sink: Sink) -> bool:
        """Whether there was nothing to stop for."""
        for task, outcome in outcomes:
            if outcome.passed is not None:
                self._pass_over(task, outcome.passed)
            elif not self._hold_back(task, outcome):
                self._settle(sink)
                problem = self._finish(task, outcome, sink)
                if problem and self._strict:
                    self._report("Stopped at the first failure, as --strict says.")
                    return False
            elif len(self._alike or ()) == _ALIKE:
                self._give_up(outcome)
                return False
            self._advance(task.size)
        self._settle(sink)
        return True

    def _left(self, tasks: Iterator[Task], sink: Sink) -> Iterator[Task]:
        """The tasks that aren't done yet; what is known of the others is counted."""
        if self._journal is None or not self._journal.count:
            yield from tasks
            return
        self._alike = None
        done = self._journal.done()
        self._report(f"{self._journal.count} documents are done already.")
        entry = next(done, None)
        for task in tasks:
            if entry is None:
                yield task
            elif task.record.passed is not None:
                self._pass_over(task, task.record.passed)
            else:
                self._recall(task, entry, sink)
                entry = next(done, None)

    def _recall(self, task: Task, entry: dict[str, Any], sink: Sink) -> None:
        if entry["input"] != task.record.name:
            raise InputError(
                f"{task.record.name}: the run to be continued had {entry['input']} here. Add"
                " --overwrite instead of --resume to start anew."
            )
        if isinstance(sink, FolderSink) and "mark" in entry:
            sink.take(entry["mark"])
        self._count(task, entry["error"], entry["tally"])
        self._advance(task.size)

    def _hold_back(self, task: Task, outcome: Outcome) -> bool:
        """Whether the outcome is a failure like all before it, of a record like them."""
        if self._alike is None or outcome.problem is None or task.record.number == 0:
            return False
        if self._alike and self._alike[0][1].problem != outcome.problem:
            return False
        self._alike.append((task, outcome))
        return True

    def _settle(self, sink: Sink) -> None:
        """Write what was held back: not all fails."""
        held, self._alike = self._alike, None
        for task, outcome in held or ():
            self._finish(task, outcome, sink)

    def _give_up(self, outcome: Outcome) -> None:
        for task, held in self._alike or ():
            self._count(task, held.problem, None)
        self._report(f"The first {_ALIKE} records all failed: {outcome.problem}")
        self._report("Stopped, nothing is written.")

    def _finish(self, task: Task, outcome: Outcome, sink: Sink) -> str | None:
        """What went wrong with the document, or with writing it."""
        for note in outcome.notes:
            if note not in self._notes:
                self._notes.add(note)
                self._report(note)
        if outcome.problem and self._strict:
            # It isn't noted, so that a run that goes on tries it again.
            self._count(task, outcome.problem, None)
            self._report(f"{task.record.name}: {outcome.problem}")
            return outcome.problem
        problem, said = self._write(sink, task, outcome)
        if said:
            self._report(said)
        self._count(task, problem, outcome.tally)
        if self._journal is not None:
            name = task.record.name
            self._journal.note({"input": name, "error": problem, "tally": outcome.tally})
            self._journal.commit(sink.mark())
        return problem

    def _write(self, sink: Sink, task: Task, outcome: Outcome) -> tuple[str | None, str | None]:
        """What went wrong, and how that is told."""
        try:
            sink.turn(task)
            if self._journal is not None:
                self._journal.commit(sink.mark())
            if outcome.output is not None:
                sink.write(task, outcome.output, outcome.title)
        except OutputError as error:
            return str(error), str(error)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(self._out, error) from error
        problem = outcome.problem
        return problem, problem and f"{task.record.name}: {problem}"

    def _count(self, task: Task, problem: str | None, tally: dict[str, Any] | None) -> None:
        self.summary.add(task.record.name, tally, failed=problem is not None)
        if problem is not None and self._errors is not None:
            place = task.record.number or None
            row = {"input": task.input.name, "place": place, "error": problem}
            self._errors.write(to_json(row) + "\n")
            self._errors.flush()

    def _pass_over(self, task: Task, reason: str) -> None:
        if self.summary.skip(reason) <= _NAMED and reason != HIDDEN:
            self._report(f"{task.record.name}: skipped, {reason}.")

    def _close(self, sink: Sink, *, complete: bool) -> None:
        try:
            sink.close(complete=complete)
            if self._journal is not None:
                self._journal.commit(sink.mark())
        except OutputError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise unwritable(self._out, error) from error
        finally:
            if self._journal is not None:
                if self._journal.count and not complete and not self._said:
                    self._report(_GO_ON)
                self._journal.close(complete=complete)
            self._report(self.summary.line())


def report_summary(summary: Summary, path: str | None, *, said: bool) -> None:
    """Say the most of the summary, where that is wanted, and write all of it to a file."""
    for line in summary.lines() if said else ():
        click.echo(line, err=True)
    if path is None:
        return
    text = json.dumps(summary.to_dict(), indent=2, ensure_ascii=False) + "\n"
    try:
        with click.open_file(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(out: str, error: OSError) -> click.ClickException:
    """What is told of an output that can't be written."""
    problem = error.strerror or error
    where = "standard output" if out == "-" else out
    return click.ClickException(f"{where}: can't be written: {problem}. Check the path and space.")
