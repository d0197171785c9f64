"""``boilerstrip clean``: the articles of files, folders or standard input."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import click

import boilerstrip
from boilerstrip.batch.columns import Fields
from boilerstrip.batch.journal import Journal
from boilerstrip.batch.naming import ROWS, SUFFIXES, name_targets, refuse_overwriting
from boilerstrip.batch.parquet_sink import ParquetSink
from boilerstrip.batch.remote import refuse_elsewhere
from boilerstrip.batch.runner import Worker
from boilerstrip.batch.sinks import FileSink, FolderSink, Sink, StreamSink
from boilerstrip.batch.sources import (
    DOCUMENTS,
    Input,
    beside,
    find_inputs,
    look_into,
    size_of,
)
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.cli.run import Run, report_summary, unwritable
from boilerstrip.cli.signals import ended_by_signals
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.extras import needed
from boilerstrip.readers.siterules import Site, notes_of
from boilerstrip.rules.ruleset import BOILERPLATE, catalogue, load_rules
from boilerstrip.schema import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

_FORMATS = {suffix: name for name, suffix in SUFFIXES.items()}
_PACKED = (".gz", ".zst")
_DRAFT = "boilerstrip.draft"
# So many lines that aren't understood are named.
_NOTES = 5
# Below so many bytes of input one process is done before others have begun.
_WORTH_PROCESSES = 1 << 20


def _note_draft(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    del parameter
    context.meta[_DRAFT] = value


def is_draft() -> bool:
    """Whether the command at work was called with ``--draft``."""
    return bool(click.get_current_context().meta.get(_DRAFT))


draft_option = click.option(
    "--draft",
    is_flag=True,
    expose_value=False,
    callback=_note_draft,
    help="Take rules of your own that have no near misses yet.",
)


def cleaning_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with ``--keep``, ``--rules``, ``--language`` and what names fields.

    It gets them as one value, ``asked``.
    """

    @wraps(command)
    def found(
        *values: Any,
        keep: tuple[str, ...],
        rule_files: tuple[str, ...],
        languages: tuple[str, ...],
        html_field: str | None,
        text_field: str | None,
        url_field: str | None,
        **others: Any,
    ) -> None:
        fields = Fields(text_field, html_field, url_field)
        command(*values, asked=Asked(keep, rule_files, languages, fields), **others)

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
                type=click.Path(exists=True),
                metavar="FILE",
                help="Your own rules, which beat the shipped ones: a TOML file, a file of site "
                "rules such as example.org.txt, or a folder of them; may be repeated.",
            ),
            draft_option,
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
        found = option(found)
    return found


class Asked(NamedTuple):
    """What the flags of ``cleaning_options`` ask for: of cleaning, and which fields to read."""

    keep: tuple[str, ...]
    rule_files: tuple[str, ...]
    languages: tuple[str, ...]
    fields: Fields


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


def make_cleaner(asked: Asked) -> Cleaner:
    """The cleaner that the flags ask for.

    Raises:
        click.BadParameter: if a rule file can't be used.

    """
    options = asked_options(asked)
    try:
        return Cleaner(options)
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


def asked_options(asked: Asked) -> Options:
    """The options that the flags ask for, with the rules of the files in them.

    Raises:
        click.BadParameter: if a rule file can't be used.

    """
    try:
        rules = [rule for file in asked.rule_files for rule in load_rules(file, draft=is_draft())]
        _say_notes(notes_of([rule for rule in rules if isinstance(rule, Site)]))
        return Options(tuple(rules), frozenset(asked.languages) or None, frozenset(asked.keep))
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


def _say_notes(notes: Sequence[str]) -> None:
    """Say which lines of site rules aren't understood, or the first of many."""
    for note in notes[:_NOTES]:
        click.echo(note, err=True)
    if len(notes) > _NOTES:
        more = len(notes) - _NOTES
        click.echo(f"and {more} more lines: boilerstrip rules check names all.", err=True)


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
    is_folder = _is_folder(out)
    if name_by and not is_folder:
        raise click.UsageError("--name-by names the files of a folder. Give one with -o OUT/.")
    inputs = _listed(inputs, lists)
    found = find_inputs(given(inputs), stdin_bytes(), os.path.realpath(out))
    if is_folder and os.path.realpath(out) in map(os.path.realpath, inputs):
        raise click.UsageError(f"{out}: is an INPUT too. Choose another OUT, which may be in it.")
    chosen = output_format or _default_format(out, found, fields, is_folder=is_folder)
    _refuse_for_parquet(chosen, out, name_by)
    worker = Worker(cleaner, chosen, fields, name_by, record)
    place = _Place(out, chosen, is_folder=is_folder, resume=resume, overwrite=overwrite)
    if place.is_done():
        click.echo(f"{out}: is there, and no run to it was cut short. Nothing to do.", err=True)
        return
    _refuse_errors(errors, place)
    with ended_by_signals():
        targets, found = _find_targets(place, found, dry_run=dry_run)
        if dry_run:
            _say_what_would_be(found, fields, out, targets)
            return
        try:
            rest, loose = beside(found, fields) if chosen == "parquet" else (None, True)
            head = _head(cleaner, found, fields, name_by, record)
            journal = place.open_journal({"format": chosen, **head})
            sink = _open_sink(place, targets, rest, journal, loose=loose, apart=bool(name_by))
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


def refuse_addresses(*outs: str | None) -> None:
    """Nothing, if all is to be written on this machine.

    Raises:
        click.UsageError: naming what isn't.

    """
    try:
        for out in outs:
            refuse_elsewhere(out)
    except InputError as error:
        raise click.UsageError(str(error)) from error


def stdin_bytes() -> BinaryIO | None:
    """Standard input, ``None`` if it is closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def given(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs; standard input if there are none, unless that is a terminal."""
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
        seen = look_into(inputs[0], fields)
        return "text" if len(inputs) == 1 and (not seen or _is_document(seen.kind)) else "jsonl"
    suffix = Path(_unpacked(out)).suffix
    if suffix not in _FORMATS:
        message = f"{out}: the format can't be told from {suffix!r}. Give --format, or end the name"
        raise click.UsageError(f"{message} in {', '.join(_FORMATS)}.")
    return _FORMATS[suffix]


def _is_document(kind: str) -> bool:
    return kind in (*DOCUMENTS, "refused", "passed")


def _unpacked(out: str) -> str:
    for suffix in _PACKED:
        out = out.removesuffix(suffix)
    return out


def _listed(inputs: tuple[str, ...], lists: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs, and those that the lists name."""
    names = [*inputs]
    for path in lists:
        with click.open_file(path, encoding="utf-8") as file:
            names += [name for line in file if (name := line.rstrip("\r\n"))]
    if lists and not names:
        raise click.UsageError(f"{', '.join(lists)}: names no input. Write one a line.")
    return tuple(names)


def _refuse_errors(errors: str | None, place: _Place) -> None:
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


def default_jobs(inputs: list[Input]) -> int:
    """How many processes are worth their start."""
    if any(item.stream is not None for item in inputs):
        return 1
    if sum(map(size_of, inputs)) < _WORTH_PROCESSES:
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class _Place:
    """Where a run's output goes, and what is there of an earlier one."""

    def __init__(
        self, out: str, output_format: str, *, is_folder: bool, resume: bool, overwrite: bool
    ) -> None:
        self.out = out
        self.path = Path(out)
        self.format = output_format
        self.is_folder = is_folder
        self.resume = resume
        self.overwrite = overwrite
        if resume and overwrite:
            raise click.UsageError(
                "--resume goes on with OUT and --overwrite replaces it. Choose one."
            )
        hidden = ".resume" if is_folder else f".{self.path.name}.resume"
        self._journal = self.path / hidden if is_folder else self.path.with_name(hidden)
        self._lasting = out != "-" and (is_folder or not self._is_special())
        if resume and not self._lasting:
            raise click.UsageError(f"{out}: can't be gone on with. Give --resume a file or folder.")

    def is_begun(self) -> bool:
        """Whether there is a run to go on with.

        Raises:
            click.UsageError: if there is one, and nothing is said of it.

        """
        if not self._lasting or not os.path.lexists(self._journal):
            return False
        if not (self.resume or self.overwrite):
            message = f"{self.out}: a run to it was cut short. Add --resume to go on with it,"
            raise click.UsageError(f"{message} or --overwrite to start anew.")
        return self.resume

    def is_done(self) -> bool:
        """Whether a run that is to be gone on with came to its end."""
        return self.resume and not self.is_begun() and self._is_there()

    def open_journal(self, head: Mapping[str, Any]) -> Journal | None:
        """The journal, ``None`` for what can't be gone on with."""
        rewritten = self._lasting and self.overwrite
        if rewritten:
            self._clear()
        growing = self.is_folder or self.format in ROWS or self.resume
        if not self._lasting or not growing or (rewritten and self._is_there()):
            return None
        return Journal(self._journal, head)

    def _is_there(self) -> bool:
        if not self.is_folder:
            return os.path.lexists(self.path)
        return self.path.is_dir() and any(self.path.iterdir())

    def _is_special(self) -> bool:
        return self.path.exists() and not self.path.is_file()

    def _clear(self) -> None:
        """Take away what an earlier run left to be gone on with."""
        self._journal.unlink(missing_ok=True)
        if self.is_folder:
            for parts in self.path.glob("**/.*.parquet.parts"):
                shutil.rmtree(parts, ignore_errors=True)
        else:
            self.path.with_name(f".{self.path.name}.part").unlink(missing_ok=True)
            parts = self.path.with_name(f".{self.path.name}.parts")
            shutil.rmtree(parts, ignore_errors=True)


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


def _find_targets(
    place: _Place, inputs: list[Input], *, dry_run: bool
) -> tuple[dict[Input, Path], list[Input]]:
    """The files of a folder that are known beforehand, and the inputs to be read."""
    out = place.out
    if out == "-":
        return {}, inputs
    folder = place.is_folder
    targets, notes = name_targets(inputs, Path(out), place.format) if folder else ({}, [])
    try:
        paths = targets.values() if folder else [Path(out)]
        replaced = place.overwrite or place.is_begun()
        refuse_overwriting(paths, inputs, overwrite=replaced)
        if folder and not dry_run:
            Path(out).mkdir(parents=True, exist_ok=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise unwritable(out, error) from error
    for note in notes:
        click.echo(note, err=True)
    return targets, list(dict.fromkeys(inputs)) if folder else inputs


def _open_sink(
    place: _Place,
    targets: Mapping[Input, Path],
    rest: pa.Schema | None,
    journal: Journal | None,
    *,
    loose: bool,
    apart: bool,
) -> Sink:
    if place.out == "-":
        if sys.stdout is None:
            raise click.ClickException("standard output is closed. Open it, or give -o OUT.")
        return StreamSink(sys.stdout.buffer, place.format)
    keep = journal is not None

    def open_file(path: Path, at: Mapping[str, Any] | None) -> Sink:
        if place.format == "parquet":
            return ParquetSink(path, rest, loose=loose, keep=keep, at=at)
        return FileSink(path, place.format, keep=keep and not place.is_folder, at=at)

    begun = journal is not None and journal.begun
    if place.is_folder:
        at = journal.mark if journal is not None else None
        if begun and at is None:
            at = {"file": os.curdir, "inner": {}, "open": None}
        return FolderSink(place.path, targets, place.format, apart=apart,
                          overwrite=place.overwrite, open_file=open_file, at=at)  # fmt: skip
    nothing = {"size": 0, "begun": False, "parts": 0} if begun and place.path.exists() else None
    return open_file(place.path, journal.mark if journal is not None and journal.mark else nothing)


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
