"""``boilerstrip eval``: precision, recall, harm and cost on gold data."""

from __future__ import annotations

import json
import logging
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.errors import BoilerstripError
from boilerstrip.evaluation.gold import evenly, load_gold
from boilerstrip.evaluation.peers import PEERS, find_peers
from boilerstrip.evaluation.renderers import RENDERERS
from boilerstrip.evaluation.report import build_tables, describe_systems, summarise_run, to_plain
from boilerstrip.evaluation.run import evaluate
from boilerstrip.evaluation.systems import boilerstrip_system, command_system, held_out_system
from boilerstrip.evaluation.worst import explain_harm, explain_worst

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.report import Table
    from boilerstrip.evaluation.run import As, Run
    from boilerstrip.evaluation.summary import Summary
    from boilerstrip.evaluation.systems import Form, System

_OUT = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Result:
    """One gold file's run."""

    gold: Path
    pages: tuple[GoldPage, ...]
    run: Run
    summaries: dict[str, Summary]

    @property
    def name(self) -> str:
        """What the tables call it: a ``gold.jsonl`` goes by its folder."""
        return self.gold.absolute().parent.name if self.gold.stem == "gold" else self.gold.name

    def tables(self) -> list[Table]:
        """The tables of the run."""
        return build_tables(self.name, self.run, self.summaries)


@click.command("eval")
@click.argument("golds", metavar="GOLD...", nargs=-1, required=True, type=_OUT)
@click.option(
    "--as",
    "as_",
    type=click.Choice(["html", "text"]),
    help="How pages are handed over. Default: html where each page names its HTML, else text.",
)
@click.option(
    "--renderer",
    type=click.Choice(list(RENDERERS)),
    default="html_text",
    show_default=True,
    help="With --as text: what makes text of HTML. The last three are rough extractors.",
)
@click.option(
    "--peer",
    "peers",
    multiple=True,
    type=click.Choice([*PEERS, "all"]),
    help="Score this library too, taking turns. Can be repeated.",
)
@click.option(
    "--command",
    "commands",
    multiple=True,
    metavar="CMD",
    help="Score a shell command, page on stdin, body on stdout, instead of boilerstrip.",
)
@click.option(
    "--folds",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Score boilerstrip too with weights that never saw a page's site: what the trainer's "
    "--folds-out wrote.",
)
@click.option("--limit", type=click.IntRange(1), help="Score this many pages, evenly spaced.")
@click.option(
    "--worst", type=click.IntRange(1), metavar="N", help="Show what went wrong on N pages."
)
@click.option("--json", "json_file", type=_OUT, help="Write all figures, page by page too.")
@click.option("--markdown", "markdown_file", type=_OUT, help="Write the tables as Markdown.")
def eval_command(
    golds: tuple[Path, ...],
    as_: As | None,
    renderer: str,
    peers: tuple[str, ...],
    commands: tuple[str, ...],
    folds: Path | None,
    limit: int | None,
    worst: int | None,
    json_file: Path | None,
    markdown_file: Path | None,
) -> None:
    """Score boilerstrip on gold data: JSON Lines, one page a line.

    Each line has "body" and either "html" (a file, relative to GOLD, plain or .gz) or "text";
    where known also "id", "url", "title", "authors", "date", "outlet", "author_bio", and
    "with_" and "without", the snippets that must and must not stand in the body.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # what peers say of pages isn't our news
    try:
        others, missing = find_peers(peers)
        own = [held_out_system(folds)] if folds else []
        own += [] if commands else [boilerstrip_system()]
        scored = (*own, *others)
        results = [_score(gold, as_, renderer, limit, commands, scored, missing) for gold in golds]
    except BoilerstripError as error:
        raise click.ClickException(str(error)) from error
    for result in results:
        for table in result.tables():
            click.echo(f"{table}\n")
        if worst:
            _show_worst(result, worst)
    if json_file:
        _write(json_file, json.dumps(_plain(results), ensure_ascii=False, indent=1) + "\n")
    if markdown_file:
        _write(markdown_file, _markdown(results))


def _score(
    gold: Path,
    as_: As | None,
    renderer: str,
    limit: int | None,
    commands: Sequence[str],
    systems: Sequence[System],
    missing: Mapping[str, str],
) -> _Result:
    pages = load_gold(gold)
    pages = evenly(pages, limit) if limit else pages
    form: As = as_ or ("html" if all(page.html for page in pages) else "text")
    takes: Form = "text" if form == "text" else "bytes"
    called = [command_system(command, [takes]) for command in commands]
    with click.progressbar(pages, label=str(gold), file=sys.stderr) as bar:
        run = evaluate(bar, [*called, *systems], form, renderer)
    for name, reason in {**missing, **run.skipped}.items():
        click.echo(f"{name} skipped: {reason}", err=True)
    for page, reason in run.unread.items():
        click.echo(f"{gold}: page {page} left out, {run.source} failed: {reason}", err=True)
    for name, outcomes in run.outcomes.items():
        failed = [one for one in outcomes if one.failure]
        for one in failed[:1]:
            count = f"{name} failed on {len(failed)} of {len(outcomes)} pages"
            click.echo(f"{gold}: {count}, first on {one.page}: {one.failure}", err=True)
    return _Result(gold, pages, run, summarise_run(run))


def _show_worst(result: _Result, count: int) -> None:
    """The worst pages of the first system: a command, boilerstrip held out, or boilerstrip."""
    system = result.run.systems[0]
    click.echo(f"Worst pages of {system.name}: - wrongly removed [cause], + wrongly kept\n")
    for report in explain_worst(result.pages, result.run, system, count):
        click.echo(f"{report}\n")
    harmed = explain_harm(result.pages, result.run, system, count)
    if harmed:
        click.echo(f"Gold bodies that {system.name} harms most\n")
    for report in harmed:
        click.echo(f"{report}\n")


def _plain(results: Sequence[_Result]) -> dict[str, object]:
    return {
        "date": _today(),
        "python": platform.python_version(),
        "runs": [{"gold": str(one.gold), **to_plain(one.run, one.summaries)} for one in results],
    }


def _markdown(results: Sequence[_Result]) -> str:
    versions = dict.fromkeys(describe_systems(one.run) for one in results)
    head = f"{_today()}, Python {platform.python_version()}. {' '.join(versions)}"
    tables = [table.to_markdown() for one in results for table in one.tables()]
    return "\n\n".join([head, *tables]) + "\n"


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: can't be written: {error.strerror}.") from error
