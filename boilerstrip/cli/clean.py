"""``boilerstrip clean``: the articles of files, folders or standard input."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import boilerstrip
from boilerstrip.batch.naming import SUFFIXES
from boilerstrip.batch.runner import Worker
from boilerstrip.batch.sources import Input, beside, find_inputs, look_into, size_of
from boilerstrip.cli.inputs import default_jobs, given, listed, stdin_bytes
from boilerstrip.cli.options import Asked, cleaning_options, make_cleaner
from boilerstrip.cli.place import (
    Place,
    default_format,
    find_targets,
    is_folder_out,
    open_sink,
    refuse_addresses,
)
from boilerstrip.cli.run import Run, report_summary, unwritable
from boilerstrip.cli.signals import ended_by_signals
from boilerstrip.errors import InputError
from boilerstrip.extras import needed
from boilerstrip.schema import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boilerstrip.batch.columns import Fields
    from boilerstrip.cleaner import Cleaner


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
    help="Default: by OUT's suffix (.txt, .md, .jsonl, also with .gz or .zst; .parquet). On "
    "standard output jsonl if there are several inputs or records among them. Otherwise text.",
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
    "--resume",
    is_flag=True,
    help="Go on with a run to OUT that was cut short, even killed; begin one if there is none. "
    "What is written is not done again. For one file of text or Markdown give it from the start.",
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Clean in this many processes; the order of the results stays. Default: one for each "
    "core, but one alone for pipes and for less than 1 MiB.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="A document that takes longer fails.",
)
@click.option("--strict", is_flag=True, help="Stop at the first document that fails.")
@click.option(
    "--errors",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write a row of JSON Lines for each document that failed: input, place, error.",
)
@click.option(
    "--from-file",
    "lists",
    metavar="LIST",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="A file that names more INPUTs, one a line; may be repeated.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Only say what would be read, as what, and where it would go.",
)
@click.option("--summary", is_flag=True, help="Say at the end what was removed, and what is slow.")
@click.option(
    "--summary-json",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write all of that to a file.",
)
def clean_command(
    inputs: tuple[str, ...],
    out: str,
    output_format: str | None,
    asked: Asked,
    name_by: str | None,
    overwrite: bool,
    record: str,
    resume: bool,
    jobs: int | None,
    timeout: float | None,
    strict: bool,
    errors: str | None,
    lists: tuple[str, ...],
    dry_run: bool,
    summary: bool,
    summary_json: str | None,
) -> None:
    """Write the articles of the INPUTs, without their boilerplate.

    INPUT is a file, a folder, a pattern such as 'crawl/**/*.warc.gz', an address such as
    s3://bucket/pages.parquet, or - for standard input, which is also read if there is no INPUT. Of
    a folder every regular file is read, to its end; hidden files, links to folders, pipes, devices
    and OUT itself are passed over. What a file is is told by its content, and last by its name:
    HTML, text, Markdown; records in JSON Lines, JSON, CSV, TSV, WARC, each also packed by gzip,
    bzip2, xz or zstd; and Parquet.

    OUT is on this machine, and a folder if there is one of that name, if it ends in / or if it has
    no suffix. It gets one file for each document, at the input's path below the folder that was
    given; the file of a record is named by --name-by or by the record's number. In JSON Lines and
    Parquet the rows of an input are one file, unless there is --name-by. Any other OUT is one file
    with all results: in text they are a blank line apart, in Markdown a line ---, and otherwise one
    row each.

    A row has the fields of the article and "input": the file and, for a record, its
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
      boilerstrip clean 'crawl/*.warc.gz' -o articles.parquet --resume --summary
      boilerstrip clean pages.csv --html-field page --name-by id -o cleaned/
      curl -s https://example.org/story | boilerstrip clean --format markdown
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    refuse_addresses(out, errors, summary_json)
    fields = asked.fields
    cleaner = make_cleaner(asked)
    is_folder = is_folder_out(out)
    if name_by and not is_folder:
        raise click.UsageError("--name-by names the files of a folder. Give one with -o OUT/.")
    inputs = listed(inputs, lists)
    found = find_inputs(given(inputs), stdin_bytes(), os.path.realpath(out))
    if is_folder and os.path.realpath(out) in map(os.path.realpath, inputs):
        raise click.UsageError(f"{out}: is an INPUT too. Choose another OUT, which may be in it.")
    chosen = output_format or default_format(out, found, fields, is_folder=is_folder)
    _refuse_for_parquet(chosen, out, name_by)
    worker = Worker(cleaner, chosen, fields, name_by, record)
    place = Place(out, chosen, is_folder=is_folder, resume=resume, overwrite=overwrite)
    if place.is_done():
        click.echo(f"{out}: is there, and no run to it was cut short. Nothing to do.", err=True)
        return
    _refuse_errors(errors, place)
    with ended_by_signals():
        targets, found = find_targets(place, found, dry_run=dry_run)
        if dry_run:
            _say_what_would_be(found, fields, out, targets)
            return
        try:
            rest, loose = beside(found, fields) if chosen == "parquet" else (None, True)
            head = _head(cleaner, found, fields, name_by, record)
            journal = place.open_journal({"format": chosen, **head})
            sink = open_sink(place, targets, rest, journal, loose=loose, apart=bool(name_by))
            run = Run(found, fields, out, journal=journal, strict=strict,
                      errors=None if errors is None else Path(errors))  # fmt: skip
            failed = run.clean(worker, jobs or default_jobs(found), sink,
                               typed=chosen == "parquet", timeout=timeout)  # fmt: skip
        except InputError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(out, error) from error
        report_summary(run.summary, summary_json, said=summary)
        if failed:
            sys.exit(1)


def _refuse_errors(errors: str | None, place: Place) -> None:
    """Nothing, if the file for what fails is new or may be replaced."""
    if errors is None or place.overwrite or place.is_begun():
        return
    if os.path.lexists(errors):
        raise click.UsageError(f"{errors}: is there already. Add --overwrite, or choose another.")


def _refuse_for_parquet(chosen: str, out: str, name_by: str | None) -> None:
    if chosen != "parquet":
        return
    if out == "-":
        raise click.UsageError("Parquet can't go to standard output. Give -o OUT.parquet.")
    if name_by:
        raise click.UsageError("--name-by gives each record a file, Parquet each input. Leave one.")
    try:
        needed("pyarrow", "arrow", "Parquet")
    except InputError as error:
        raise click.UsageError(str(error)) from error


def _head(
    cleaner: Cleaner, inputs: list[Input], fields: Fields, name_by: str | None, record: str
) -> dict[str, Any]:
    """What two runs must have in common for one to go on with the other."""
    options = cleaner.options
    rules = hashlib.sha256(repr(options.rules).encode()).hexdigest()
    names = hashlib.sha256()
    for item in inputs:
        names.update(f"{item.name}\0{size_of(item)}\n".encode("utf-8", "surrogatepass"))
    return {
        "boilerstrip": boilerstrip.__version__,
        "record": record,
        "fields": [fields.text, fields.html, fields.url, name_by],
        "keep": sorted(options.keep),
        "languages": sorted(options.languages or ()),
        "rules": rules,
        "inputs": names.hexdigest(),
    }


def _say_what_would_be(
    inputs: list[Input], fields: Fields, out: str, targets: Mapping[Input, Path]
) -> None:
    """Say what each input would be read as, and where it would go."""
    for item in inputs:
        seen = look_into(item, fields)
        reason = item.problem or item.passed
        if reason is None and seen is not None and seen.kind in ("refused", "passed"):
            reason = f"{seen.kind}, {seen.detail}"
        kind = reason or (seen.kind if seen is not None else "can't be read")
        target = f" -> {targets.get(item, out)}" if reason is None and seen is not None else ""
        click.echo(f"{item.name}: {kind}{target}")
