"""Tables of what stands apart: fragments, cases, and any figure by language, layout or kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol, TypeVar

from boilerstrip.evaluation.fragments import CUTS, FORMS
from boilerstrip.evaluation.report import (
    NONE,
    Table,
    form_of,
    show_percent_of,
    show_share_of,
)
from boilerstrip.evaluation.summary import summarise, summarise_fragments
from boilerstrip.language.detect import detect_language
from boilerstrip.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from boilerstrip.evaluation.cases import Verdict
    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.run import FragmentOutcome, Outcome, Run


class _OnPage(Protocol):
    @property
    def page(self) -> GoldPage: ...


_OutcomeT = TypeVar("_OutcomeT", bound=_OnPage)
# With one group there is nothing to compare; groups of fewer pages than this are put together.
_FEWEST = 2
_FEWEST_PAGES = 3
_OTHERS = "others"
_FORM_NAMES = {"text": "text", "p": "`<p>`", "article": "`<article>`"}


def build_group_tables(name: str, run: Run) -> list[Table]:
    """The body's figures by language, layout and kind of page, where there are several."""
    form = form_of(run.source)
    values = {
        "language": language_of,
        "layout": lambda page: page.layout,
        "kind": lambda page: page.kind,
    }
    return [
        table
        for group, value_of in values.items()
        for what, cell in _CELLS.items()
        if (
            table := _group_table(
                f"{what} by {group}: {name}, pages as {form}", run.outcomes, value_of, cell
            )
        )
    ]


def build_fragment_tables(
    name: str, outcomes: Mapping[str, Sequence[FragmentOutcome]]
) -> list[Table]:
    """Words lost and empty results of each system by form and cut, and by language."""
    systems = [system for system, found in outcomes.items() if found]
    if not systems:
        return []
    rows = [
        (_FORM_NAMES[form], cut, *_fragment_cells(outcomes, systems, form, cut))
        for form in FORMS
        for cut in CUTS
    ]
    heads = [f"{system}: {what}" for system in systems for what in ("words lost", "empty")]
    columns = ("handed over as", "paragraphs", "fragments", *heads)
    table = Table(f"Fragments: {name}, gold bodies handed back", columns, tuple(rows))
    by_language = _group_table(
        f"Fragments: {name}, words lost by language",
        outcomes,
        language_of,
        lambda found: show_percent_of(summarise_fragments(found).lost),
    )
    return [table, *([by_language] if by_language else [])]


def build_case_table(name: str, verdicts: Mapping[str, Sequence[Verdict]]) -> Table:
    """How many cases of each kind each system passed."""
    kinds = sorted({one.case.kind or NONE for found in verdicts.values() for one in found})

    def cell(found: Sequence[Verdict], kind: str) -> str:
        those = [one.passed for one in found if (one.case.kind or NONE) == kind]
        return f"{sum(those)} of {len(those)}"

    rows = tuple(
        (system, *(cell(found, kind) for kind in kinds)) for system, found in verdicts.items()
    )
    return Table(f"Cases: {name}, passed", ("system", *kinds), rows)


def language_of(page: GoldPage) -> str | None:
    """The page's language: as its gold says, or as its body tells."""
    if page.language is not None or page.body is None:
        return page.language
    return detect_language(read_text(page.body))


def _group_table(
    title: str,
    outcomes: Mapping[str, Sequence[_OutcomeT]],
    value_of: Callable[[GoldPage], str | None],
    cell: Callable[[Sequence[_OutcomeT]], str],
) -> Table | None:
    """A row a group, a column a system; ``None`` where there are no groups or no figures."""
    pages = {one.page for found in outcomes.values() for one in found}
    groups: dict[str, str] = _groups(pages, value_of)
    counts = Counter(groups.values())
    if len(counts) < _FEWEST:
        return None
    values = sorted(counts, key=lambda value: (value == _OTHERS, -counts[value], value))
    rows = []
    for value in values:
        those = [
            [one for one in found if groups.get(one.page.key) == value]
            for found in outcomes.values()
        ]
        rows.append((value, str(counts[value]), *map(cell, those)))
    if all(one == NONE for row in rows for one in row[2:]):
        return None
    return Table(title, ("", "pages", *outcomes), tuple(rows))


def _groups(
    pages: Iterable[GoldPage], value_of: Callable[[GoldPage], str | None]
) -> dict[str, str]:
    """The group of each page that is in one, by the page's key; small groups are put together."""
    groups: dict[str, str] = {}
    for page in pages:
        value = value_of(page)
        if value is not None:
            groups[page.key] = value
    counts = Counter(groups.values())
    return {
        key: value if counts[value] >= _FEWEST_PAGES else _OTHERS for key, value in groups.items()
    }


def _fragment_cells(
    outcomes: Mapping[str, Sequence[FragmentOutcome]], systems: Sequence[str], form: str, cut: str
) -> Iterator[str]:
    """The number of fragments, then for each system the words lost and the empty results."""
    found = {
        system: summarise_fragments(
            [one for one in outcomes[system] if one.form == form and one.cut == cut]
        )
        for system in systems
    }
    yield str(found[systems[0]].fragments)
    for one in found.values():
        yield show_percent_of(one.lost)
        yield show_percent_of(one.empty)


def _show_f1(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return NONE
    return show_share_of(summarise(outcomes).body.f1)


def _show_left(outcomes: Sequence[Outcome]) -> str:
    return show_percent_of(summarise(outcomes).left) if outcomes else NONE


def _show_missed(outcomes: Sequence[Outcome]) -> str:
    """Of labelled texts; elsewhere recall says it."""
    if not outcomes:
        return NONE
    summary = summarise(outcomes)
    return NONE if summary.left.value is None else show_percent_of(summary.missed)


_CELLS: Mapping[str, Callable[[Sequence[Outcome]], str]] = {
    "F1": _show_f1,
    "Boilerplate left": _show_left,
    "Body words lost": _show_missed,
}
