"""``boilerstrip learn``: rules drafted from what recurs on the pages of a site."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.batch.naming import refuse_overwriting
from boilerstrip.batch.sinks import to_bytes
from boilerstrip.batch.sources import find_inputs, read_tasks
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.cli.inputs import default_jobs, given, stdin_bytes
from boilerstrip.cli.options import Asked, cleaning_options, make_cleaner
from boilerstrip.cli.place import refuse_addresses
from boilerstrip.cli.said import Said
from boilerstrip.cli.signals import ended_by_signals
from boilerstrip.errors import InputError
from boilerstrip.learn.draft import draft_rules, scoped, sound
from boilerstrip.learn.read import BY, Reader, read_corpus
from boilerstrip.learn.rule_file import to_toml
from boilerstrip.learn.store import Store

if TYPE_CHECKING:
    from boilerstrip.batch.runner import Outcome
    from boilerstrip.batch.sources import Task
    from boilerstrip.learn.draft import Draft

_CURE = {
    "host": "Name the field of their address with --url-field, or try --by folder.",
    "outlet": "Try --by host or --by folder.",
}


@click.command("learn")
@click.argument("inputs", metavar="CORPUS...", nargs=-1, required=True,
                type=click.Path(allow_dash=True))  # fmt: skip
@click.option(
    "--by",
    type=click.Choice(BY),
    default=BY[0],
    show_default=True,
    help="What makes documents those of one site: the host of their address, the outlet that they "
    "name, or the first folder below CORPUS.",
)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="FILE",
    default="-",
    type=click.Path(allow_dash=True, dir_okay=False),
    help="The rule file, or - for standard output (the default).",
)
@cleaning_options
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there already.")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Clean in this many processes; what comes out is the same. Default: as for clean.",
)
def learn_command(
    inputs: tuple[str, ...],
    by: str,
    out: str,
    asked: Asked,
    overwrite: bool,
    jobs: int | None,
) -> None:
    """Draft rules of what recurs on the pages of a site and stays in the bodies.

    CORPUS is what INPUT is to `boilerstrip clean`: files, folders, records. Its documents are
    cleaned, and lines that stand in many bodies of one site, below or above all that is a story's,
    become rules, with how often they were seen and examples of both sides. Lines that differ in
    numbers, dates, the story's title or its authors, or behind a label, become one. Documents with
    the same title count once; three of a site are the least.

    The file is for you to read and mend: what recurs may be a story's all the same. Nothing uses it
    but what gets it with --rules. The same corpus gives the same file.

    \b
    Examples:
      boilerstrip learn crawl.jsonl -o site-rules.toml
      boilerstrip learn mirror/ --by folder -o site-rules.toml
      boilerstrip rules check site-rules.toml
      boilerstrip clean crawl.jsonl --rules site-rules.toml -o clean.jsonl
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    refuse_addresses(out)
    if out != "-" and os.path.lexists(out) and not overwrite:
        raise click.UsageError(f"{out}: is there already. Add --overwrite, or choose another FILE.")
    fields = asked.fields
    cleaner = make_cleaner(asked)
    found = find_inputs(given(inputs), stdin_bytes())
    try:
        refuse_overwriting([] if out == "-" else [Path(out)], found, overwrite=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    said = Said()

    def tell(task: Task, outcome: Outcome) -> None:
        said.note(outcome.notes)
        if outcome.problem is not None:
            said.fail(task.record.name, outcome.problem)

    with ended_by_signals(), closing(Store()) as store:
        reader = Reader(cleaner, fields, by)
        jobs = jobs or default_jobs(found)
        without = read_corpus(read_tasks(found, fields), reader, store, jobs, by, tell)
        drafts = _sound([*draft_rules(store)], cleaner)
        _end(said, store, by, without, drafts)
    if drafts:
        _write(out, to_toml(scoped(draft, by) for draft in drafts))
    if said.failed:
        sys.exit(1)


def _end(said: Said, store: Store, by: str, without: int, drafts: list[Draft]) -> None:
    """Say what there was and what came of it."""
    sites = store.sites()
    stories = sum(number for _, number in sites)
    click.echo(
        f"{store.documents} documents of {len(sites)} sites ({stories} by their titles),"
        f" {said.failed} failed.",
        err=True,
    )
    if without:
        message = f"{without} documents without {by} were left out."
        click.echo(f"{message} {_CURE[by]}", err=True)
    count = len({draft.site for draft in drafts})
    some = f"{len(drafts)} rules for {count} sites drafted: read them before you use them."
    click.echo(some if drafts else "Nothing recurs enough: no file is written.", err=True)


def _sound(drafts: list[Draft], cleaner: Cleaner) -> list[Draft]:
    """The drafts whose examples come out with all of them, and the caller's own rules, at work."""
    options = cleaner.options
    rules = (*(draft.rule for draft in drafts), *options.rules)
    return [*sound(drafts, Cleaner(Options(rules, options.languages, options.keep)).clean)]


def _write(out: str, text: str) -> None:
    with click.open_file(out, "wb") as file:
        file.write(to_bytes(text))
