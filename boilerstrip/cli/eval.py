"""``boilerstrip eval``: precision, recall, harm and cost on gold data."""

from __future__ import annotations

import json
import logging
import platform
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.errors import BoilerstripError
from boilerstrip.evaluation.cases import check_case
from boilerstrip.evaluation.gold import evenly, load_corpus
from boilerstrip.evaluation.groups import (
    build_case_table,
    build_fragment_tables,
    build_group_tables,
)
from boilerstrip.evaluation.peers import PEERS, find_peers
from boilerstrip.evaluation.renderers import RENDERERS
from boilerstrip.evaluation.report import build_tables, describe_systems, summarise_run, to_plain
from boilerstrip.evaluation.run import evaluate, evaluate_fragments
from boilerstrip.evaluation.systems import boilerstrip_system, command_system, held_out_systems
from boilerstrip.evaluation.worst import explain_harm, explain_worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boilerstrip.evaluation.cases import Verdict
    from boilerstrip.evaluation.gold import Corpus, GoldPage
    from boilerstrip.evaluation.report import Table
    from boilerstrip.evaluation.run import FragmentOutcome, Run
    from boilerstrip.evaluation.summary import Summary
    from boilerstrip.evaluation.systems import Form, System

_OUT = click.Path(dir_okay=False, path_type=Path)
_GOLD = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class _Result:
    """One corpus: its run, or its fragments, or its cases."""

    corpus: Corpus
    run: Run | None = None
    summaries: dict[str, Summary] = field(default_factory=dict)
    fragments: dict[str, list[FragmentOutcome]] = field(default_factory=dict)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)

    def tables(self) -> list[Table]:
        """The tables of the corpus."""
        name = self.corpus.name
        if self.verdicts:
            return [build_case_table(name, self.verdicts)]
        if self.run is None:
            return build_fragment_tables(name, self.fragments)
        return [*build_tables(name, self.run, self.summaries), *build_group_tables(name, self.run)]

    def plain(self) -> dict[str, object]:
        """All figures as plain values."""
        head: dict[str, object] = {"gold": self.corpus.name, "digest": self.corpus.digest}
        if self.verdicts:
            return head | {
                "cases": {
                    system: {one.case.id: one.wrong for one in found}
                    for system, found in self.verdicts.items()
                }
            }
        if self.run is None:
            tables = build_fragment_tables(self.corpus.name, self.fragments)
            return head | {"tables": [asdict(table) for table in tables]}
        return head | to_plain(self.run, self.summaries)


@click.command("eval")
@click.argument("golds", metavar="GOLD...", nargs=-1, required=True, type=_GOLD)
@click.option(
    "--as",
    "as_",
    type=click.Choice(["html", "text", "fragments"]),
    help="How pages are handed over. Default: html where each page names its HTML, else text. "
    "fragments: the gold bodies, whole and cut short, as text and as small pages.",
)
@click.option(
    "--renderer",
    type=click.Choice(list(RENDERERS)),
    default="html_text",
    show_default=True,
    help="With --as text: what makes text of HTML. trafilatura, readability and resiliparse are "
    "rough extractors; partial-N leaves N % of the boilerplate lines in, the nearest first.",
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
    help="Score boilerstrip too with weights that never saw a page's site, and that never saw "
    "its corpus: what the trainer's --folds-out wrote.",
)
@click.option("--limit", type=click.IntRange(1), help="Score this many pages, evenly spaced.")
@click.option(
    "--worst", type=click.IntRange(1), metavar="N", help="Show what went wrong on N pages."
)
@click.option("--json", "json_file", type=_OUT, help="Write all figures, page by page too.")
@click.option("--markdown", "markdown_file", type=_OUT, help="Write the tables as Markdown.")
def eval_command(
    golds: tuple[Path, ...],
    as_: str | None,
    renderer: str,
    peers: tuple[str, ...],
    commands: tuple[str, ...],
    folds: Path | None,
    limit: int | None,
    worst: int | None,
    json_file: Path | None,
    markdown_file: Path | None,
) -> None:
    """Score boilerstrip on gold data: JSON Lines, one page a line, or the folder that holds it.

    Each line has "body" and either "html" (a file, relative to GOLD, plain or .gz) or "text";
    where known also "id", "url", "language", "title", "authors", "date", "outlet", "author_bio",
    and "with_" and "without", the snippets that must and must not stand in the body.

    Labelled raw texts have "removed" besides, a list of {"text", "category"}, and "traps", strings
    of the body that look like boilerplate. Cases have "input", "kind" (html or text),
    "expected_body_contains", "expected_body_excludes" and "expected_fields".
    """
    logging.getLogger().addHandler(logging.NullHandler())  # what peers say of pages isn't our news
    try:
        others, missing = find_peers(peers)
        for name, reason in missing.items():
            click.echo(f"{name} skipped: {reason}", err=True)
        own = [*held_out_systems(folds)] if folds else []
        own += [] if commands else [boilerstrip_system()]
        how = _How(as_, renderer, limit, commands, (*own, *others))
        results = [_score(load_corpus(gold), how) for gold in golds]
    except BoilerstripError as error:
        raise click.ClickException(str(error)) from error
    for result in results:
        click.echo(f"{result.corpus.name}: SHA-256 {result.corpus.digest}\n")
        for table in result.tables():
            click.echo(f"{table}\n")
        _show_failed_cases(result)
        if worst and result.run is not None:
            _show_worst(result.run, worst)
    if json_file:
        _write(json_file, json.dumps(_plain(results), ensure_ascii=False, indent=1) + "\n")
    if markdown_file:
        _write(markdown_file, _markdown(results))


@dataclass(frozen=True, slots=True)
class _How:
    """What of the command line says how a corpus is scored."""

    as_: str | None
    renderer: str
    limit: int | None
    commands: tuple[str, ...]
    systems: tuple[System, ...]

    def systems_for(self, takes: Form) -> tuple[System, ...]:
        """The systems, and the commands, which take what is handed over."""
        return (*(command_system(command, [takes]) for command in self.commands), *self.systems)


def _score(corpus: Corpus, how: _How) -> _Result:
    pages = evenly(corpus.pages, how.limit) if how.limit else corpus.pages
    with click.progressbar(pages, label=corpus.name, file=sys.stderr) as bar:
        if all(page.body is None and page.with_ + page.without for page in pages):
            return _check_cases(corpus, bar, how)
        if how.as_ == "fragments":
            systems = how.systems_for("text")
            return _Result(corpus, fragments=evaluate_fragments(bar, systems))
        as_html = how.as_ == "html" or (how.as_ is None and all(one.has_html for one in pages))
        if as_html:
            run = evaluate(bar, how.systems_for("bytes"), "html")
        else:
            run = evaluate(bar, how.systems_for("text"), "text", how.renderer)
    _tell_failures(corpus.name, run)
    return _Result(corpus, run, summarise_run(run))


def _check_cases(corpus: Corpus, cases: Iterable[GoldPage], how: _How) -> _Result:
    """The cases, each in its own form, by the systems that take both forms."""
    systems = [one for one in how.systems if one.takes_pages and "text" in one.takes]
    verdicts: dict[str, list[Verdict]] = {system.name: [] for system in systems}
    for case in cases:
        for system in systems:
            verdicts[system.name].append(check_case(system, case))
    return _Result(corpus, verdicts=verdicts)


def _tell_failures(name: str, run: Run) -> None:
    for system, reason in run.skipped.items():
        click.echo(f"{system} skipped: {reason}", err=True)
    for page, reason in run.unread.items():
        click.echo(f"{name}: page {page} left out, {run.source} failed: {reason}", err=True)
    for system, outcomes in run.outcomes.items():
        failed = [one for one in outcomes if one.failure]
        for one in failed[:1]:
            count = f"{system} failed on {len(failed)} of {len(outcomes)} pages"
            click.echo(f"{name}: {count}, first on {one.page.id}: {one.failure}", err=True)


def _show_failed_cases(result: _Result) -> None:
    for system, found in result.verdicts.items():
        for one in found:
            if not one.passed:
                click.echo(f"{system}: {one.case.id}: {one.case.note or ''}")
                click.echo("".join(f"  {what}\n" for what in one.wrong))


def _show_worst(run: Run, count: int) -> None:
    """The worst pages of the first system: a command, boilerstrip held out, or boilerstrip."""
    system = run.systems[0]
    click.echo(f"Worst pages of {system.name}: - wrongly removed [cause], + wrongly kept\n")
    for report in explain_worst(run, system, count):
        click.echo(f"{report}\n")
    harmed = explain_harm(run, system, count)
    if harmed:
        click.echo(f"Gold bodies that {system.name} harms most\n")
    for report in harmed:
        click.echo(f"{report}\n")


def _plain(results: Sequence[_Result]) -> dict[str, object]:
    return {
        "date": _today(),
        "python": platform.python_version(),
        "runs": [one.plain() for one in results],
    }


def _markdown(results: Sequence[_Result]) -> str:
    versions = dict.fromkeys(describe_systems(one.run) for one in results if one.run)
    head = f"{_today()}, Python {platform.python_version()}. {' '.join(versions)}"
    digests = [f"{one.corpus.name}: SHA-256 `{one.corpus.digest}`" for one in results]
    tables = [table.to_markdown() for one in results for table in one.tables()]
    return "\n\n".join([head, *digests, *tables]) + "\n"


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: can't be written: {error.strerror}.") from error
