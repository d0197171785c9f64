"""What a run found, as tables for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from boilerstrip.evaluation.gold import FIELDS, GoldPage
from boilerstrip.evaluation.run import AS_GIVEN, AS_IS
from boilerstrip.evaluation.summary import Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.evaluation.measures import Figure
    from boilerstrip.evaluation.run import Outcome, Run

NONE = "–"
"""What stands where there is no figure."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the names of the columns, and the rows; the first column is the system."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_markdown(self) -> str:
        """The table in Markdown, under its title in bold.

        >>> print(Table("Rain", ("system", "mm"), (("gauge", "4"),)).to_markdown())
        **Rain**
        <BLANKLINE>
        | system | mm |
        |:--|--:|
        | gauge | 4 |
        """
        rule = "|:--" + "|--:" * (len(self.columns) - 1) + "|"
        rows = [
            f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in self.rows
        ]
        heads = f"| {' | '.join(self.columns)} |"
        return "\n".join([f"**{self.title}**", "", heads, rule, *rows])

    def __str__(self) -> str:
        lines = (self.columns, *self.rows)
        widths = [max(len(line[at]) for line in lines) for at in range(len(self.columns))]
        return "\n".join([self.title, *(_align(line, widths) for line in lines)])


def _align(cells: tuple[str, ...], widths: list[int]) -> str:
    """The cells in columns: the first to the left, the others to the right.

    >>> _align(("gauge", "4"), [6, 3])
    'gauge     4'
    """
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])


def summarise_run(run: Run) -> dict[str, Summary]:
    """The summary of each system that saw a page."""
    return {name: summarise(outcomes) for name, outcomes in run.outcomes.items() if outcomes}


def build_tables(name: str, run: Run, summaries: dict[str, Summary]) -> list[Table]:
    """The tables of a run on the gold called ``name``; what no system has is left out."""
    if not summaries:
        return []
    pages = next(iter(summaries.values())).pages
    form = form_of(run.source)
    base = summaries[AS_IS].body.f1.value if AS_IS in summaries else None
    tables = [
        _table(f"Body: {name}, {pages} pages as {form}", _body_columns(base), summaries),
        _table(f"Labels: {name}, {pages} texts", _LABEL_COLUMNS, summaries),
        _table(f"Metadata: {name}, share right, pages as {form}", _FIELD_COLUMNS, summaries),
        _table(f"Harm: {name}, {pages} gold bodies cleaned", _HARM_COLUMNS, summaries),
    ]
    return list(filter(None, tables))


def describe_systems(run: Run) -> str:
    """One line that names the systems and their versions.

    Those without a version, such as a function, are left out.
    """
    versions = [f"{one.name} {one.version}" for one in run.systems if one.version]
    return ", ".join(versions)


def to_plain(run: Run, summaries: dict[str, Summary]) -> dict[str, Any]:
    """The run as plain values for JSON: the summary of each system, and each page's outcome."""
    return {
        "source": run.source,
        "versions": {system.name: system.version for system in run.systems},
        "skipped": run.skipped,
        "unread": run.unread,
        "systems": {
            name: {
                **asdict(summary),
                "by_page": [_plain_outcome(outcome) for outcome in run.outcomes[name]],
            }
            for name, summary in summaries.items()
        },
    }


def _plain_outcome(outcome: Outcome) -> dict[str, Any]:
    bare = replace(outcome, page=GoldPage(outcome.page.id, None))
    return {**asdict(bare), "page": outcome.page.id}


_Column: TypeAlias = tuple[str, Callable[[str, Summary], str]]


def _table(title: str, columns: Sequence[_Column], summaries: dict[str, Summary]) -> Table | None:
    """The columns in which any system has a figure, for the systems that have any."""
    cells = {
        system: [show(system, summary) for _, show in columns]
        for system, summary in summaries.items()
    }
    shown = [at for at in range(len(columns)) if any(row[at] != NONE for row in cells.values())]
    rows = tuple(
        (system, *(row[at] for at in shown))
        for system, row in cells.items()
        if any(cell != NONE for cell in row)
    )
    heads = ("system", *(columns[at][0] for at in shown))
    return Table(title, heads, rows) if rows else None


def _body_columns(base: float | None) -> tuple[_Column, ...]:
    """The columns of the body table; ``base`` is the F1 of the text as it is."""
    return (
        ("precision", lambda _, one: show_share(one.body.precision)),
        ("recall", lambda _, one: show_share(one.body.recall)),
        ("F1", lambda _, one: show_share(one.body.f1.value)),
        ("95 % interval", lambda _, one: show_interval(one.body.f1)),
        ("gain", lambda system, one: _gain(system, one, base)),
        ("word F1", lambda _, one: show_share(one.words.f1.value)),
        ("snippets kept", lambda _, one: show_share(one.kept.value)),
        ("snippets dropped", lambda _, one: show_share(one.dropped.value)),
        ("empty", lambda _, one: _count(one.empty)),
        ("failed", lambda _, one: _count(one.failures)),
        ("ms/page", lambda system, one: _cost(system, one.milliseconds)),
        ("MB/s", lambda system, one: _cost(system, one.megabytes_per_second)),
    )


def _field_column(name: str) -> _Column:
    return name.replace("_", " "), lambda _, one: show_share_of(one.right[name])


def _given_column(name: str) -> _Column:
    return f"{name.replace('_', ' ')}: precision", lambda _, one: show_share_of(one.given[name])


_FIELD_COLUMNS: tuple[_Column, ...] = (
    *(column(name) for name in FIELDS for column in (_field_column, _given_column)),
    ("names: precision", lambda _, one: show_share(one.names.precision)),
    ("names: recall", lambda _, one: show_share(one.names.recall)),
)

_HARM_COLUMNS: tuple[_Column, ...] = (
    ("words lost", lambda _, one: show_percent(one.harm.value)),
    ("95 % interval", lambda _, one: show_percent_interval(one.harm)),
    ("sentences lost", lambda _, one: NONE if one.harm.value is None else str(one.sentences_lost)),
    ("untouched", lambda _, one: show_share(one.untouched.value)),
)


_LABEL_COLUMNS: tuple[_Column, ...] = (
    ("F1", lambda _, one: NONE if one.left.value is None else show_share_of(one.body.f1)),
    ("boilerplate left", lambda _, one: show_percent_of(one.left)),
    (
        "body words lost",
        lambda _, one: NONE if one.left.value is None else show_percent_of(one.missed),
    ),
    ("traps kept", lambda _, one: show_share_of(one.traps)),
    ("category right", lambda _, one: show_share_of(one.categories)),
    ("or a neighbour's", lambda _, one: show_share_of(one.near)),
)


def form_of(source: str) -> str:
    """How a run handed its pages over, in words."""
    if source == "html":
        return "HTML"
    return "raw text" if source == AS_GIVEN else f"text ({source})"


def show_share_of(figure: Figure) -> str:
    """A share (0-1) with its interval."""
    if figure.value is None:
        return NONE
    return f"{show_share(figure.value)} ({show_interval(figure)})"


def show_percent_of(figure: Figure) -> str:
    """A share (0-1) in per cent, with its interval."""
    if figure.value is None:
        return NONE
    return f"{show_percent(figure.value)} ({show_percent_interval(figure)})"


def show_share(value: float | None) -> str:
    """A share (0-1) to four places."""
    return NONE if value is None else f"{value:.4f}"


def show_percent(value: float | None) -> str:
    """A share (0-1) in per cent."""
    return NONE if value is None else f"{100 * value:.2f} %"


def show_interval(figure: Figure) -> str:
    """A figure's 95 % interval, in shares (0-1)."""
    if figure.low is None or figure.high is None:
        return NONE
    return f"{figure.low:.3f}–{figure.high:.3f}"


def show_percent_interval(figure: Figure) -> str:
    """A figure's 95 % interval, in per cent."""
    if figure.low is None or figure.high is None:
        return NONE
    return f"{100 * figure.low:.2f}–{100 * figure.high:.2f} %"


def _gain(system: str, summary: Summary, base: float | None) -> str:
    value = summary.body.f1.value
    if base is None or value is None or system == AS_IS:
        return NONE
    return f"{value - base:+.4f}"


def _count(number: int) -> str:
    return str(number) if number else NONE


def _cost(system: str, value: float) -> str:
    return NONE if system == AS_IS else f"{value:.1f}"
