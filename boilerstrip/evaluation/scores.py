"""``python -m boilerstrip.evaluation.scores CORPORA``: every measure, as one page of tables.

All figures of boilerstrip are held out: by weights that never saw the page's site, and by weights
that never saw its corpus. Peers are scored in the same run, on the same pages. Two processes share
the work, so times are to be read as ratios within one table.
"""

from __future__ import annotations

import platform
import time
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from boilerstrip.errors import BoilerstripError
from boilerstrip.evaluation.cases import check_case
from boilerstrip.evaluation.gold import evenly, find_corpora, load_corpus
from boilerstrip.evaluation.groups import (
    build_case_table,
    build_fragment_tables,
    build_group_tables,
)
from boilerstrip.evaluation.measures import Figure
from boilerstrip.evaluation.peers import PEERS, find_peers
from boilerstrip.evaluation.renderers import RENDERERS
from boilerstrip.evaluation.report import (
    NONE,
    Table,
    build_tables,
    show_share_of,
    summarise_run,
)
from boilerstrip.evaluation.run import AS_IS, evaluate, evaluate_fragments
from boilerstrip.evaluation.summary import summarise, summarise_fragments
from boilerstrip.evaluation.systems import (
    CORPUS_HELD_OUT,
    SITE_HELD_OUT,
    find_version,
    held_out_systems,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from boilerstrip.evaluation.gold import Corpus
    from boilerstrip.evaluation.systems import System

How = Literal["html", "text", "fragments", "cases"]

_EXTRACTORS = ("trafilatura", "readability", "resiliparse")
_TEXT_PEERS = ("datatrove-c4",)
# Renderings besides html_text, whose tables show all: of these F1 alone is shown.
_MORE = tuple(name for name in RENDERERS if name != "html_text")
# Of how many pages a corpus these renderings are scored, and the bodies cut to fragments, of which
# each gives up to twelve. More would take hours and move no figure out of its interval.
_RENDERED = 60
_FRAGMENTED = 60
_HELD_OUT = (SITE_HELD_OUT, CORPUS_HELD_OUT)


@dataclass(frozen=True, slots=True)
class Job:
    """One corpus, handed over in one way."""

    corpus: Path
    how: How
    renderer: str = "html_text"


@dataclass(frozen=True, slots=True)
class Done:
    """What a job found: tables, and for the overview figures by name and system."""

    corpus: str
    digest: str
    holds_articles: bool = True
    tables: list[Table] = field(default_factory=list)
    figures: dict[str, dict[str, Figure]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def plan(corpora: Iterable[Path], limit: int | None = None) -> list[Job]:
    """All jobs on the corpora, the largest corpus first."""
    jobs: list[tuple[int, Job]] = []
    for folder in corpora:
        corpus = load_corpus(folder)
        size = len(_limited(corpus, limit).pages)
        jobs += [(-size, job) for job in _jobs_of(folder, corpus)]
    return [job for _, job in sorted(jobs, key=lambda pair: pair[0])]


def _limited(corpus: Corpus, limit: int | None) -> Corpus:
    """The corpus with so many of its pages; raw texts are few and short, and all are scored."""
    if not limit or not all(page.has_html for page in corpus.pages):
        return corpus
    return type(corpus)(corpus.name, evenly(corpus.pages, limit), corpus.digest)


def _jobs_of(folder: Path, corpus: Corpus) -> Iterator[Job]:
    pages = corpus.pages
    if any(page.with_ and page.body is None for page in pages):
        yield Job(folder, "cases")
        return
    bodies = all(page.body is not None for page in pages)
    if all(page.has_html for page in pages):
        yield Job(folder, "html")
        if bodies and corpus.holds_articles:
            yield from (Job(folder, "text", name) for name in _MORE)
    yield Job(folder, "text")
    if bodies:
        yield Job(folder, "fragments")


def perform(job: Job, folds: Path, limit: int | None) -> Done:
    """The tables and figures of a job."""
    begun = time.monotonic()
    done = _perform(job, folds, limit)
    return replace(done, seconds=time.monotonic() - begun)


def _perform(job: Job, folds: Path, limit: int | None) -> Done:
    corpus = load_corpus(job.corpus)
    systems = _systems(folds)
    if job.how == "cases":
        return _cases(corpus, systems[1])
    corpus = _limited(corpus, limit)
    if job.how == "fragments":
        return _fragments(corpus, systems)
    return _bodies(corpus, systems, job)


@lru_cache(maxsize=1)
def _systems(folds: Path) -> tuple[System, System]:
    return held_out_systems(folds)


def _bodies(corpus: Corpus, systems: tuple[System, System], job: Job) -> Done:
    as_html = job.how == "html"
    peers, missing = find_peers(_EXTRACTORS if as_html else _TEXT_PEERS)
    whole = as_html or job.renderer == "html_text"
    run = evaluate(
        corpus.pages if whole else evenly(corpus.pages, _RENDERED),
        (*systems, *peers),
        "html" if as_html else "text",
        job.renderer,
        harm=job.renderer == "html_text" and not as_html,
    )
    summaries = summarise_run(run)
    label = run.source
    figures = {
        f"{label}: F1": {name: one.body.f1 for name, one in summaries.items()},
        f"{label}: date": {name: one.right["date"] for name, one in summaries.items()},
        f"{label}: title": {name: one.right["title"] for name, one in summaries.items()},
        **({} if as_html or not whole else {"harm": {n: one.harm for n, one in summaries.items()}}),
    }
    layouts = {page.layout for page in corpus.pages if page.layout}
    for kind in ("oneline", "lines") if layouts else ():
        for name, outcomes in run.outcomes.items():
            some = [
                one for one in outcomes if (one.page.layout == "oneline") == (kind == "oneline")
            ]
            if some:
                summary = summarise(some)
                figures.setdefault(f"layout {kind}: F1", {})[name] = summary.body.f1
                figures.setdefault(f"layout {kind}: left", {})[name] = summary.left
    tables = [*build_tables(corpus.name, run, summaries), *build_group_tables(corpus.name, run)]
    notes = [f"{name} skipped: {reason}" for name, reason in missing.items()]
    notes += [f"{run.source} failed on page {page}" for page in run.unread]
    return Done(
        corpus.name, corpus.digest, corpus.holds_articles, tables if whole else [], figures, notes
    )


def _fragments(corpus: Corpus, systems: Sequence[System]) -> Done:
    outcomes = evaluate_fragments(evenly(corpus.pages, _FRAGMENTED), systems)
    figures: dict[str, dict[str, Figure]] = {}
    for name, found in outcomes.items():
        whole = summarise_fragments([one for one in found if (one.form, one.cut) == ("p", "whole")])
        first = summarise_fragments([one for one in found if (one.form, one.cut) == ("p", "first")])
        figures.setdefault("fragments: lost", {})[name] = whole.lost
        figures.setdefault("fragments: empty", {})[name] = first.empty
    tables = build_fragment_tables(corpus.name, outcomes)
    return Done(corpus.name, corpus.digest, corpus.holds_articles, tables, figures)


def _cases(corpus: Corpus, system: System) -> Done:
    verdicts = {system.name: [check_case(system, case) for case in corpus.pages]}
    table = build_case_table(corpus.name, verdicts)
    rows = tuple(
        (one.case.id, one.case.kind or NONE, "; ".join(one.wrong))
        for one in verdicts[system.name]
        if not one.passed
    )
    failed = Table(f"Cases: {corpus.name}, what is wrong", ("case", "kind", "wrong"), rows)
    return Done(corpus.name, corpus.digest, holds_articles=False, tables=[table, failed])


# The page


def write_page(done: Sequence[Done], command: str) -> str:
    """The tables as one page of Markdown."""
    digests = dict(sorted({one.corpus: one.digest for one in done}.items()))
    lines = [
        "# Scores",
        f"Made on {datetime.now(UTC).date().isoformat()} by `{command}`. {_versions()}.",
        _ABOUT,
        "## Overview",
        overview(done).to_markdown(),
        _ABOUT_OVERVIEW,
        "## Bodies, all renderings",
        _ABOUT_RENDERINGS,
        *(table.to_markdown() for table in _rendering_tables(done)),
    ]
    for name in digests:
        own = [one for one in done if one.corpus == name]
        lines.append(f"## {name}")
        lines.append(f"SHA-256 of the gold and its pages: `{digests[name]}`.")
        lines += [table.to_markdown() for one in own for table in one.tables]
        notes = sorted({note for one in own for note in one.notes})
        lines += ["Left out: " + "; ".join(notes) + "."] if notes else []
    return "\n\n".join(lines) + "\n"


_ABOUT = """\
F1 is that of four-word runs against the gold body: mean precision, mean recall, and F1 of the two;
in Chinese, Japanese and Thai each character counts as a word. **Site held out** is boilerstrip with
weights that never saw the page's site, **corpus held out** with weights that never saw any page of
that corpus or of its sites: the second says what to expect of sites that nobody has looked at. A
corpus that was never trained on (`daniel-press`, `dated-pages`) is scored with the shipped weights,
or those without the page's site. Rules, and the code that finds
metadata, were written while looking at some pages of `fundus-news` and `wcxb-dev-articles`, so
these two flatter all the same. In brackets stand 95 % intervals by the bootstrap over pages. A
metadata field's precision is the share that is right of the values given."""

_ABOUT_OVERVIEW = """\
More is better in the rows of F1 and of fields, less in those that name a share. datatrove-c4 is the
line rule of the C4 corpus; "as it is" is the same text with nothing taken out."""

_ABOUT_RENDERINGS = """\
The page's text as scrapers leave it; with `--limit`, of at most so many pages a corpus of pages,
evenly spaced; besides html_text, of at most 60 pages a corpus, evenly spaced.
`partial-N`: all of the article and N % of the other lines, the nearest first.
`trafilatura`, `readability`, `resiliparse`: what these take for the article."""


def _versions() -> str:
    names = [
        "boilerstrip",
        *dict.fromkeys(PEERS[one].distribution for one in (*_EXTRACTORS, *_TEXT_PEERS)),
    ]
    return ", ".join(
        [f"Python {platform.python_version()}", *(f"{n} {find_version(n)}" for n in names)]
    )


def _rendering_tables(done: Sequence[Done]) -> Iterator[Table]:
    """For each corpus of pages, a row a rendering."""
    columns = ("rendering", AS_IS, *_TEXT_PEERS, *_HELD_OUT)
    for name in sorted({one.corpus for one in done}):
        figures = _figures(done, name)
        rows = tuple(
            (
                renderer,
                *(
                    show_share_of(figures[f"{renderer}: F1"].get(system, Figure(None)))
                    for system in columns[1:]
                ),
            )
            for renderer in RENDERERS
            if f"{renderer}: F1" in figures
        )
        if len(rows) > 1:
            yield Table(f"F1 by rendering: {name}", columns, rows)


def _figures(done: Iterable[Done], corpus: str) -> Mapping[str, dict[str, Figure]]:
    return {
        key: value for one in done if one.corpus == corpus for key, value in one.figures.items()
    }


def overview(done: Sequence[Done]) -> Table:
    """A row a measure, a column a corpus of articles: site held out / corpus held out / peer."""
    names = sorted({one.corpus for one in done if one.holds_articles})
    rows = []
    for measure, figure, peer in _OVERVIEW:
        cells = [_cell(_figures(done, name).get(figure, {}), peer) for name in names]
        if any(cell != NONE for cell in cells):
            rows.append((f"{measure} ({peer})" if peer else measure, *cells))
    return Table("Site held out / corpus held out / (peer)", ("measure", *names), tuple(rows))


def _cell(figures: Mapping[str, Figure], peer: str | None) -> str:
    systems = (*_HELD_OUT, peer) if peer else _HELD_OUT
    values = [figures[system].value if system in figures else None for system in systems]
    if values[0] is None:
        return NONE
    return " / ".join(NONE if value is None else f"{value:.3f}" for value in values)


_OVERVIEW: tuple[tuple[str, str, str | None], ...] = (
    ("F1 from HTML", "html: F1", "trafilatura"),
    ("F1 from a page dump", "html_text: F1", "datatrove-c4"),
    ("F1 from a page on one line", "oneline: F1", "datatrove-c4"),
    ("F1 from a glued page", "glued: F1", "datatrove-c4"),
    ("F1 where 5 % of the boilerplate is left", "partial-5: F1", AS_IS),
    ("F1 on trafilatura's output", "trafilatura: F1", AS_IS),
    ("F1 from labelled raw text with lines", "layout lines: F1", "datatrove-c4"),
    ("F1 from labelled raw text on one line", "layout oneline: F1", "datatrove-c4"),
    ("share of boilerplate left in raw text with lines", "layout lines: left", "datatrove-c4"),
    ("share of boilerplate left in raw text on one line", "layout oneline: left", "datatrove-c4"),
    ("share of clean words lost, as text", "harm", "datatrove-c4"),
    ("share of clean words lost, as bare `<p>`", "fragments: lost", None),
    ("share of first paragraphs as `<p>` that come back empty", "fragments: empty", None),
    ("title from HTML right", "html: title", "trafilatura"),
    ("date from HTML right", "html: date", "trafilatura"),
)


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--folds",
    default="tests/folds",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The weights that never saw a site or a corpus, as the trainer writes them.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), default="docs/scores.md")
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option(
    "--limit", type=click.IntRange(1), help="Score this many pages of each corpus of pages."
)
def main(
    corpora: tuple[Path, ...], folds: Path, output: Path, jobs: int, limit: int | None
) -> None:
    """Write every measure on CORPORA to a page: folders of corpora, or of one corpus."""
    try:
        folders = [folder for one in corpora for folder in _folders(one)]
        planned = plan(folders, limit)
        with ProcessPoolExecutor(jobs) as pool:
            waiting: list[Future[Done]] = [
                pool.submit(perform, job, folds, limit) for job in planned
            ]
            names = dict(zip(waiting, planned, strict=True))
            for number, future in enumerate(as_completed(waiting), 1):
                job = names[future]
                what = job.renderer if job.how == "text" else job.how
                click.echo(
                    f"{number} of {len(waiting)}: {job.corpus.name}, {what}, "
                    f"{future.result().seconds:.0f} s",
                    err=True,
                )
        done = [future.result() for future in waiting]
    except BoilerstripError as error:
        raise click.ClickException(str(error)) from error
    places = " ".join(one.name for one in corpora)
    some = f" --limit {limit}" if limit else ""
    output.write_text(write_page(done, f"python -m boilerstrip.evaluation.scores {places}{some}"))
    click.echo(f"{output}: {sum(len(one.tables) for one in done)} tables")


def _folders(place: Path) -> list[Path]:
    """The corpora in the folder, or the folder if it is one."""
    try:
        return list(find_corpora(place).values())
    except BoilerstripError:
        return [place]


if __name__ == "__main__":
    main()
