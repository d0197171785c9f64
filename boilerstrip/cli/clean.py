"""``boilerstrip clean``: the articles of files, folders or standard input."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

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
from boilerstrip.batch.sources import Input, find_inputs, read_tasks, size_of
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.rules.ruleset import BOILERPLATE, Rule, catalogue, load_rules
from boilerstrip.schema import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boilerstrip.batch.runner import Outcome
    from boilerstrip.batch.sources import Task

F = TypeVar("F", bound="Callable[..., Any]")
_FORMATS = {suffix: name for name, suffix in SUFFIXES.items()}


def cleaning_options(command: F) -> F:
    """The command with ``--keep``, ``--rules``, ``--language`` and ``--field``."""
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
                "--field",
                "text_field",
                default="text",
                show_default=True,
                metavar="NAME",
                help="The field of a JSON Lines record that holds its text or HTML.",
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
    text_field: str,
    record: str,
    jobs: int,
) -> None:
    """Write the articles of the INPUTs, without their boilerplate.

    INPUT is a file, a folder, or - for standard input, which is also read if there is no INPUT. A
    folder is searched to its end for .txt, .md, .html, .htm and .jsonl files, also packed as .gz;
    hidden files, links to folders and OUT itself are passed over. What a file of another name or
    standard input holds (text, HTML or JSON Lines) is told by its first characters.

    OUT is a folder if there is one of that name, if it ends in / or if it has no suffix. It gets
    one file for each input, at the input's path below the folder that was given. Any other OUT is
    one file with all results: in text they are a blank line apart, in Markdown a line ---, and in
    JSON Lines one row each.

    A row of JSON Lines has the fields of the article and "input": the file and, for a record of
    JSON Lines, its line. The record's other fields follow under their own names; where the row has
    that name already ("title", "url", ...) it is put behind "input_". A document that can't be
    cleaned gets a row with "input" and "error", and a line on standard error. Every row has every
    column; with the record, which may be compact, the document's text can be made of its row.

    \b
    Examples:
      boilerstrip clean page.html
      boilerstrip clean news/ -o cleaned/ --jobs 4
      boilerstrip clean news/ more.txt -o articles.jsonl
      boilerstrip clean crawl.jsonl.gz --field html -o articles.jsonl
      curl -s https://example.org/story | boilerstrip clean --format markdown
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    cleaner = make_cleaner(keep, rule_files, languages)
    found = find_inputs(_given(inputs), sys.stdin.buffer, os.path.realpath(out))
    is_folder = _is_folder(out)
    if is_folder and os.path.realpath(out) in map(os.path.realpath, inputs):
        raise click.UsageError(f"{out}: is an INPUT too. Choose another OUT, which may be in it.")
    chosen = output_format or _default_format(out, found, is_folder=is_folder)
    worker = Worker(cleaner, chosen, text_field, record)
    sink, found = _open_sink(out, chosen, found, is_folder=is_folder)
    if _clean_all(found, worker, jobs, sink, out):
        sys.exit(1)


def _given(inputs: tuple[str, ...]) -> tuple[str, ...]:
    if not inputs and sys.stdin.isatty():
        raise click.UsageError("Missing INPUT. Name files or folders, or pipe text in.")
    return inputs or ("-",)


def _is_folder(out: str) -> bool:
    if out == "-":
        return False
    path = Path(out)
    return path.is_dir() or (not path.exists() and (out.endswith(("/", os.sep)) or not path.suffix))


def _default_format(out: str, inputs: list[Input], *, is_folder: bool) -> str:
    if is_folder or (Path(out).exists() and not Path(out).is_file()):
        return "text"
    if out == "-":
        return "jsonl" if len(inputs) > 1 or inputs[0].kind == "jsonl" else "text"
    suffix = Path(out.removesuffix(".gz")).suffix
    if suffix not in _FORMATS:
        message = f"{out}: the format can't be told from {suffix!r}. Give --format, or end the name"
        raise click.UsageError(f"{message} in {', '.join(_FORMATS)}.")
    return _FORMATS[suffix]


def _open_sink(
    out: str, chosen: str, inputs: list[Input], *, is_folder: bool
) -> tuple[Sink, list[Input]]:
    """The sink, and the inputs whose results it takes."""
    if out == "-":
        return StreamSink(sys.stdout.buffer, chosen), inputs
    targets, notes = name_targets(inputs, Path(out), chosen) if is_folder else ({}, [])
    try:
        refuse_overwriting(targets.values() if is_folder else [Path(out)], inputs)
        if not is_folder:
            return FileSink(Path(out), chosen), inputs
        Path(out).mkdir(parents=True, exist_ok=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise _unwritable(out, error) from error
    for note in notes:
        click.echo(note, err=True)
    return FolderSink(targets, chosen), list(dict.fromkeys(inputs))


def _clean_all(inputs: list[Input], worker: Worker, jobs: int, sink: Sink, out: str) -> int:
    """How many documents failed."""
    failed = done = 0
    outcomes = run(read_tasks(inputs), worker, jobs)
    with _progress(inputs, visible=not (out == "-" and sys.stdout.isatty())) as (report, advance):
        try:
            for task, outcome in outcomes:
                if problem := _write(sink, task, outcome, out):
                    report(problem)
                    failed += 1
                done += 1
                advance(task.size)
        except KeyboardInterrupt:
            report(f"Interrupted after {done} documents; what is written of them is whole.")
            raise
        finally:
            outcomes.close()
            _close(sink, out)
    if failed:
        click.echo(f"{failed} of {done} documents failed.", err=True)
    return failed


def _write(sink: Sink, task: Task, outcome: Outcome, out: str) -> str | None:
    """What went wrong with the document, or with writing it."""
    try:
        if outcome.output is not None:
            sink.write(task.input, outcome.output)
    except OutputError as error:
        return str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(out, error) from error
    return outcome.problem and f"{task.payload.name}: {outcome.problem}"


def _close(sink: Sink, out: str) -> None:
    try:
        sink.close()
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: str, error: OSError) -> click.ClickException:
    problem = error.strerror or error
    return click.ClickException(f"{out}: can't be written: {problem}. Check the path and space.")


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
