"""``boilerstrip clean``: the articles of files, folders or standard input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from boilerstrip.batch.columns import Fields
from boilerstrip.batch.runner import Worker, run
from boilerstrip.batch.sinks import (
    SUFFIXES,
    FileSink,
    FolderSink,
    OutputError,
    Sink,
    StreamSink,
    name_targets,
    refuse_overwriting,
)
from boilerstrip.batch.sources import (
    DOCUMENTS,
    HIDDEN,
    Input,
    find_inputs,
    look_into,
    read_tasks,
    size_of,
)
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.cli.signals import ended_by_signals
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.rules.ruleset import BOILERPLATE, Rule, catalogue, load_rules
from boilerstrip.schema import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boilerstrip.batch.runner import Outcome
    from boilerstrip.batch.sources import Task

F = TypeVar("F", bound="Callable[..., Any]")
_FORMATS = {suffix: name for name, suffix in SUFFIXES.items()}
# So many records that fail alike at the start are no accident.
_ALIKE = 20
_INTERRUPTED = (
    "Interrupted. What was there before stays, and of a new file in JSON Lines the whole rows."
)
# How many of what was passed over for one reason are named.
_NAMED = 3


def cleaning_options(command: F) -> F:
    """The command with ``--keep``, ``--rules``, ``--language`` and what names fields."""
    for option in reversed(
        (
            click.option(
                "--keep",
                multiple=True,
                type=click.Choice(BOILERPLATE),
                metavar="CATEGORY",
                help="Leave this category in the body; may be repeated. "
                f"One of: {', '.join(BOILERPLATE)}.",
            ),
            click.option(
                "--rules",
                "rule_files",
                multiple=True,
                type=click.Path(exists=True, dir_okay=False),
                metavar="FILE",
                help="A TOML file of your own rules, which beat the shipped ones; may be repeated.",
            ),
            click.option(
                "--language",
                "languages",
                multiple=True,
                metavar="CODE",
                callback=known_languages,
                help="Use the shipped rules of this language (en, de, ...) only; may be repeated. "
                "Default: all.",
            ),
            click.option(
                "--html-field",
                metavar="PATH",
                help="The field of a record that holds HTML; page.html is the html of a page. "
                "Default: the first of html, raw_html, content, text, body, raw_content.",
            ),
            click.option(
                "--text-field",
                metavar="PATH",
                help="The field that holds text, or HTML if it looks like it; where both are "
                "given, for records without HTML.",
            ),
            click.option(
                "--url-field",
                metavar="PATH",
                help="The field that holds the address. Default: the first of url, link, "
                "source_url.",
            ),
        )
    ):
        command = option(command)
    return command


def known_languages(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The language codes, if there are rules for each.

    Raises:
        click.BadParameter: naming the codes that there are.

    """
    if not value:
        return value
    known = {code for rule in catalogue() for code in rule.languages}
    for code in value:
        if code not in known:
            message = f"no rules for {code!r}. Choose from: {', '.join(sorted(known))}."
            raise click.BadParameter(message, context, parameter)
    return value


def make_cleaner(
    keep: tuple[str, ...], rule_files: tuple[str, ...], languages: tuple[str, ...]
) -> Cleaner:
    """The cleaner that the flags ask for, the rules of the files in its options.

    Raises:
        click.BadParameter: if a rule file can't be used.

    """
    try:
        rules: list[Rule] = [rule for file in rule_files for rule in load_rules(file)]
        options = Options(tuple(rules), frozenset(languages) or None, frozenset(keep))
        return Cleaner(options)
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


@click.command("clean")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    default="-",
    type=click.Path(allow_dash=True),
    help="A file, a folder, or - for standard output (the default).",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(SUFFIXES)),
    help="Default: by OUT's suffix (.txt, .md, .jsonl, also with .gz). On standard output jsonl "
    "if there are several inputs or JSON Lines among them. Otherwise text.",
)
@cleaning_options
@click.option(
    "--record",
    type=click.Choice(RECORDS),
    default=RECORDS[0],
    show_default=True,
    help="How much a row of JSON Lines says of what was removed. compact: all of it, neighbours of "
    "one category and cause joined. full: each removal by itself, and the document's text. none: "
    "nothing.",
)
@click.option(
    "--name-by",
    metavar="PATH",
    help="In a folder, name the file of a record by this field of it, made safe. Default: by its "
    "number.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace what is there already. The old file stays until the new one is whole.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Clean in this many processes; the order of the results stays.",
)
def clean_command(
    inputs: tuple[str, ...],
    out: str,
    output_format: str | None,
    keep: tuple[str, ...],
    rule_files: tuple[str, ...],
    languages: tuple[str, ...],
    html_field: str | None,
    text_field: str | None,
    url_field: str | None,
    name_by: str | None,
    overwrite: bool,
    record: str,
    jobs: int,
) -> None:
    """Write the articles of the INPUTs, without their boilerplate.

    INPUT is a file, a folder, or - for standard input, which is also read if there is no INPUT. Of
    a folder every regular file is read, to its end; hidden files, links to folders, pipes, devices
    and OUT itself are passed over. What a file is is told by its content, and last by its name:
    HTML, text, Markdown; records in JSON Lines, JSON, CSV, TSV, WARC; each also packed by gzip,
    bzip2, xz or zstd.

    OUT is a folder if there is one of that name, if it ends in / or if it has no suffix. It gets
    one file for each document, at the input's path below the folder that was given; the file of a
    record is named by --name-by or by the record's number. In JSON Lines the rows of an input are
    one file, unless there is --name-by. Any other OUT is one file with all results: in text they
    are a blank line apart, in Markdown a line ---, and in JSON Lines one row each.

    A row of JSON Lines has the fields of the article and "input": the file and, for a record, its
    line or number. The record's other fields follow under their own names; where the row has that
    name already ("title", "url", ...) it is put behind "input_". A document that can't be cleaned
    gets a row with "input" and "error", and a line on standard error, where at the end the
    documents are counted. Every row has every column; with the record, which may be compact, the
    document's text can be made of its row.

    \b
    Examples:
      boilerstrip clean page.html
      boilerstrip clean news/ -o cleaned/ --jobs 4
      boilerstrip clean news/ more.txt -o articles.jsonl
      boilerstrip clean crawl.warc.gz -o articles.jsonl
      boilerstrip clean pages.csv --html-field page --name-by id -o cleaned/
      curl -s https://example.org/story | boilerstrip clean --format markdown
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    fields = Fields(text_field, html_field, url_field)
    cleaner = make_cleaner(keep, rule_files, languages)
    is_folder = _is_folder(out)
    if name_by and not is_folder:
        raise click.UsageError("--name-by names the files of a folder. Give one with -o OUT/.")
    found = find_inputs(_given(inputs), stdin_bytes(), os.path.realpath(out))
    if is_folder and os.path.realpath(out) in map(os.path.realpath, inputs):
        raise click.UsageError(f"{out}: is an INPUT too. Choose another OUT, which may be in it.")
    chosen = output_format or _default_format(out, found, fields, is_folder=is_folder)
    worker = Worker(cleaner, chosen, fields, name_by, record)
    with ended_by_signals():
        targets, found = _find_targets(out, chosen, found, is_folder=is_folder, overwrite=overwrite)
        if is_folder:
            apart = name_by is not None
            sink: Sink = FolderSink(Path(out), targets, chosen, apart=apart, overwrite=overwrite)
        else:
            sink = _open_sink(out, chosen)
        if _Run(found, fields, out).clean(worker, jobs, sink):
            sys.exit(1)


def stdin_bytes() -> BinaryIO | None:
    """Standard input, ``None`` if it is closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def _given(inputs: tuple[str, ...]) -> tuple[str, ...]:
    if not inputs and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("Missing INPUT. Name files or folders, or pipe text in.")
    return inputs or ("-",)


def _is_folder(out: str) -> bool:
    if out == "-":
        return False
    if os.path.lexists(out):
        return os.path.isdir(out)  # noqa: PTH112 - Path's raises for a name that is too long
    return out.endswith(("/", os.sep)) or not Path(out).suffix


def _default_format(out: str, inputs: list[Input], fields: Fields, *, is_folder: bool) -> str:
    if is_folder or (os.path.exists(out) and not os.path.isfile(out)):  # noqa: PTH110, PTH113
        return "text"
    if out == "-":
        seen = look_into(inputs[0], fields.wanted)
        return "text" if len(inputs) == 1 and (not seen or _is_document(seen.kind)) else "jsonl"
    suffix = Path(out.removesuffix(".gz")).suffix
    if suffix not in _FORMATS:
        message = f"{out}: the format can't be told from {suffix!r}. Give --format, or end the name"
        raise click.UsageError(f"{message} in {', '.join(_FORMATS)}.")
    return _FORMATS[suffix]


def _is_document(kind: str) -> bool:
    return kind in (*DOCUMENTS, "refused", "passed")


def _find_targets(
    out: str, chosen: str, inputs: list[Input], *, is_folder: bool, overwrite: bool
) -> tuple[dict[Input, Path], list[Input]]:
    """The files of a folder that are known beforehand, and the inputs to be read."""
    if out == "-":
        return {}, inputs
    targets, notes = name_targets(inputs, Path(out), chosen) if is_folder else ({}, [])
    try:
        paths = targets.values() if is_folder else [Path(out)]
        refuse_overwriting(paths, inputs, overwrite=overwrite)
        if is_folder:
            Path(out).mkdir(parents=True, exist_ok=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise _unwritable(out, error) from error
    for note in notes:
        click.echo(note, err=True)
    return targets, list(dict.fromkeys(inputs)) if is_folder else inputs


def _open_sink(out: str, chosen: str) -> Sink:
    if out == "-":
        if sys.stdout is None:
            raise click.ClickException("standard output is closed. Open it, or give -o OUT.")
        return StreamSink(sys.stdout.buffer, chosen)
    try:
        return FileSink(Path(out), chosen)
    except OSError as error:
        raise _unwritable(out, error) from error


class _Run:
    """What is told of a run while it goes on, and counted for its end."""

    def __init__(self, inputs: list[Input], fields: Fields, out: str) -> None:
        self._inputs = inputs
        self._fields = fields
        self._out = out
        self._count: Counter[str] = Counter()
        self._passed: Counter[str] = Counter()
        self._notes: set[str] = set()
        # What failed alike from the start, until it is known whether all does.
        self._alike: list[tuple[Task, Outcome]] | None = []

    def clean(self, worker: Worker, jobs: int, sink: Sink) -> bool:
        """Whether any document failed."""
        outcomes = run(read_tasks(self._inputs, self._fields.wanted), worker, jobs)
        visible = not (self._out == "-" and sys.stdout.isatty())
        complete = False
        with _progress(self._inputs, visible=visible) as (self._report, advance):
            try:
                for task, outcome in outcomes:
                    if outcome.passed is not None:
                        self._pass_over(task, outcome.passed)
                    elif not self._hold_back(task, outcome):
                        self._settle(sink)
                        self._finish(task, outcome, sink)
                    elif len(self._alike or ()) == _ALIKE:
                        self._give_up(outcome)
                        break
                    advance(task.size)
                else:
                    self._settle(sink)
                complete = self._alike is None
            except KeyboardInterrupt:
                self._report(_INTERRUPTED)
                raise
            except BrokenPipeError:
                self._report("The output was closed before its end.")
                raise
            finally:
                try:
                    self._close(sink, complete=complete)
                finally:
                    outcomes.close()
        return self._count["failed"] > 0

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
        self._count["failed"] += _ALIKE
        self._report(f"The first {_ALIKE} records all failed: {outcome.problem}")
        self._report("Stopped, nothing is written.")

    def _finish(self, task: Task, outcome: Outcome, sink: Sink) -> None:
        for note in outcome.notes:
            if note not in self._notes:
                self._notes.add(note)
                self._report(note)
        if problem := _write(sink, task, outcome, self._out):
            self._report(problem)
            self._count["failed"] += 1
        else:
            self._count["empty" if outcome.empty else "cleaned"] += 1

    def _pass_over(self, task: Task, reason: str) -> None:
        self._count["skipped"] += 1
        self._passed[reason] += 1
        if reason != HIDDEN and self._passed[reason] <= _NAMED:
            self._report(f"{task.record.name}: skipped, {reason}.")

    def _close(self, sink: Sink, *, complete: bool) -> None:
        try:
            sink.close(complete=complete)
        except OutputError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise _unwritable(self._out, error) from error
        finally:
            self._report(self._summary())

    def _summary(self) -> str:
        parts = [f"{self._count['cleaned']} cleaned"]
        for what in ("empty", "skipped", "failed"):
            if number := self._count[what]:
                parts.append(f"{number} {what}")
            if what == "skipped" and self._passed:
                reasons = (f"{count} {why}" for why, count in self._passed.most_common())
                parts[-1] += f" ({', '.join(reasons)})"
        return f"{', '.join(parts)}."


def _write(sink: Sink, task: Task, outcome: Outcome, out: str) -> str | None:
    """What went wrong with the document, or with writing it."""
    try:
        if outcome.output is not None:
            sink.write(task, outcome.output, outcome.title)
    except OutputError as error:
        return str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(out, error) from error
    return outcome.problem and f"{task.record.name}: {outcome.problem}"


def _unwritable(out: str, error: OSError) -> click.ClickException:
    problem = error.strerror or error
    where = "standard output" if out == "-" else out
    return click.ClickException(f"{where}: can't be written: {problem}. Check the path and space.")


@contextmanager
def _progress(
    inputs: list[Input], *, visible: bool
) -> Iterator[tuple[Callable[[str], None], Callable[[int], None]]]:
    """How to report a problem and how to advance the bar, which only a terminal shows."""
    if not (visible and sys.stderr.isatty()):
        yield (lambda message: click.echo(message, err=True)), (lambda _: None)
        return
    from rich import progress  # slow to import, and not needed in pipes
    from rich.console import Console

    console = Console(stderr=True)
    columns = (
        progress.TextColumn("{task.fields[count]} documents"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as bar:
        total = sum(map(size_of, inputs)) or None
        bar_id = bar.add_task("", total=total, count=0)
        count = 0

        def advance(size: int) -> None:
            nonlocal count
            count += 1
            bar.update(bar_id, advance=size, count=count)

        yield (
            lambda message: console.print(message, markup=False, highlight=False, soft_wrap=True),
            advance,
        )
