"""``boilerstrip report``: one page that shows what was removed from documents, and why."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import boilerstrip
from boilerstrip.batch.naming import refuse_overwriting
from boilerstrip.batch.sinks import FileSink, StreamSink
from boilerstrip.batch.sources import find_inputs
from boilerstrip.cli.inputs import default_jobs, given, stdin_bytes
from boilerstrip.cli.options import Asked, cleaning_options, make_cleaner
from boilerstrip.cli.place import refuse_addresses
from boilerstrip.cli.run import Run, unwritable
from boilerstrip.cli.signals import ended_by_signals
from boilerstrip.errors import InputError
from boilerstrip.report.run import ReportSink, ReportWorker

if TYPE_CHECKING:
    from boilerstrip.batch.sinks import Sink
    from boilerstrip.batch.sources import Input


@click.command("report")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    default="-",
    type=click.Path(allow_dash=True, dir_okay=False),
    help="The file for the page, or - for standard output (the default).",
)
@cleaning_options
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace what is there already. The old page stays until the new one is whole.",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Clean in this many processes; the page is the same. Default: one for each core, but one "
    "alone for pipes and for less than 1 MiB.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="A document that takes longer fails.",
)
def report_command(
    inputs: tuple[str, ...],
    out: str,
    asked: Asked,
    overwrite: bool,
    jobs: int | None,
    timeout: float | None,
) -> None:
    """Write one page of HTML that shows what is removed from the INPUTs, and why.

    It lists the documents, those first that lose the largest share of their text, with what is
    removed by category, by cause and by outlet, which fields are missing, which bodies are empty
    and what failed. Of each document it shows the text, what was removed folded in its place, the
    cause and the reason beside it, and the metadata with their sources. It can be filtered and
    searched, opens in any browser of 2023 or later, and asks the network for nothing.

    INPUT is a file, a folder, a pattern, an address or - for standard input, as for
    `boilerstrip clean`. OUT is one file, packed if it ends in .gz or .zst. Holding all documents,
    it takes some 10 KB for each page of news; of very many show a sample.

    \b
    Examples:
      boilerstrip report page.html -o report.html
      boilerstrip report news/ -o report.html --rules mine.toml --overwrite
      boilerstrip report pages.csv --html-field page -o report.html
      head -n 500 crawl.jsonl | boilerstrip report > report.html
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    fields = asked.fields
    cleaner = make_cleaner(asked)
    if out == "-" and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("A page is nothing for a terminal. Give -o report.html.")
    refuse_addresses(out)
    found = find_inputs(given(inputs), stdin_bytes(), os.path.realpath(out))
    about = {
        "version": boilerstrip.__version__,
        "keep": sorted(asked.keep),
        "rules": [Path(file).name for file in asked.rule_files],
        "languages": sorted(asked.languages),
    }
    with ended_by_signals():
        try:
            sink = ReportSink(_open(out, found, overwrite=overwrite), about)
            failed = Run(found, fields, out).clean(
                ReportWorker(cleaner, fields), jobs or default_jobs(found), sink, timeout=timeout
            )
        except InputError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(out, error) from error
    if failed:
        sys.exit(1)


def _open(out: str, found: list[Input], *, overwrite: bool) -> Sink:
    """What the page is written to.

    Raises:
        click.UsageError: if that is an input, or there already and not to be replaced.

    """
    if out != "-":
        try:
            refuse_overwriting([Path(out)], found, overwrite=overwrite)
        except InputError as error:
            raise click.UsageError(str(error)) from error
        return FileSink(Path(out), "text")
    if sys.stdout is None:
        raise click.ClickException("standard output is closed. Open it, or give -o OUT.")
    return StreamSink(sys.stdout.buffer, "text")
