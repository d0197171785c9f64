"""Score floors: what boilerstrip reached on gold data, held out, and must not fall below.

``python -m boilerstrip.evaluation.floors CORPORA`` compares; with ``--update`` it raises the floors
that were clearly passed, and ``--lower CORPUS FIGURE --reason WHY`` lowers that one.

All figures are by weights that never saw the page's site ("site/...") or its corpus
("corpus/..."), on articles alone, so that a model which learns the corpora by heart gains nothing.
A figure may lie below its floor by a quarter of its standard error, which the bootstrap tells:
training with another seed moves a score about as far.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.evaluation.gold import FIELDS, evenly, find_corpora, load_corpus
from boilerstrip.evaluation.run import evaluate, evaluate_fragments
from boilerstrip.evaluation.summary import summarise, summarise_fragments
from boilerstrip.evaluation.systems import held_out_systems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.evaluation.gold import Corpus
    from boilerstrip.evaluation.measures import Figure
    from boilerstrip.evaluation.run import As
    from boilerstrip.evaluation.summary import Summary
    from boilerstrip.evaluation.systems import System

_ERRORS = 0.25
# Another machine's arithmetic is no regression.
_LEAST = 0.0005
# How many pages of a corpus are measured, evenly spaced, and of how many the bodies are cut to
# fragments, each of which gives up to twelve: all of it takes some minutes.
_PAGES = 250
_FRAGMENTED = 60

Measured = dict[str, tuple[float, float]]
"""Figures by names such as ``site/html/F1``, more is better in all: value and tolerance."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure must reach, but for the tolerance; ``lowered`` says why it once was higher."""

    value: float
    tolerance: float
    lowered: tuple[str, ...] = ()


Floors = dict[str, dict[str, Floor]]
"""The floors of each corpus, by figure."""


def measure(corpus: Corpus, systems: Sequence[System]) -> Measured:
    """The figures of boilerstrip, held out in both ways, on a corpus."""
    found: dict[str, Figure] = {}
    pages = evenly(corpus.pages, _PAGES)
    forms: tuple[tuple[As, str], ...] = (("html", "html"), ("text", "text"))
    for form, label in forms:
        if form == "text" or all(page.has_html for page in pages):
            run = evaluate(pages, systems, form)
            for system in systems:
                summary = summarise(run.outcomes[system.name])
                held = _held(system)
                found |= {f"{held}/{label}/{name}": one for name, one in _figures(summary).items()}
                found[f"{held}/clean text/words kept"] = _rest(summary.harm)
    for name, outcomes in evaluate_fragments(evenly(pages, _FRAGMENTED), systems).items():
        fragments = summarise_fragments([one for one in outcomes if one.form != "text"])
        held = _held(next(one for one in systems if one.name == name))
        found[f"{held}/fragments as HTML/words kept"] = _rest(fragments.lost)
        found[f"{held}/fragments as HTML/not empty"] = _rest(fragments.empty)
    return {name: _rounded(one) for name, one in found.items() if one.value is not None}


def _held(system: System) -> str:
    return "site" if "site" in system.name else "corpus"


def _figures(summary: Summary) -> dict[str, Figure]:
    return {
        "F1": summary.body.f1,
        "snippets kept": summary.kept,
        "snippets dropped": summary.dropped,
        "boilerplate removed": _rest(summary.left),
        "traps": summary.traps,
        "category": summary.categories,
        **{name: summary.right[name] for name in FIELDS},
        **{f"{name}: precision": summary.given[name] for name in FIELDS},
    }


def _rest(share: Figure) -> Figure:
    """One less the share."""
    return share if share.value is None else replace(share, value=1 - share.value)


def _rounded(figure: Figure) -> tuple[float, float]:
    tolerance = max(_LEAST, _ERRORS * (figure.error or 0.0))
    return round(figure.value or 0.0, 4), round(tolerance, 4)


def find_regressions(measured: Measured, floors: Mapping[str, Floor]) -> list[str]:
    """A line for each figure that fell below its floor, or is no longer measured.

    >>> floors = {"site/html/F1": Floor(0.95, 0.002), "site/text/F1": Floor(0.8, 0.002)}
    >>> find_regressions({"site/html/F1": (0.9475, 0.002)}, floors)
    ... # doctest: +NORMALIZE_WHITESPACE
    ['site/html/F1: 0.9475, floor 0.9500 less 0.0020',
     'site/text/F1: not measured, floor 0.8000']
    """
    lines = []
    for name, floor in floors.items():
        if name not in measured:
            lines.append(f"{name}: not measured, floor {floor.value:.4f}")
        elif round(floor.value - floor.tolerance - measured[name][0], 6) > 0:
            allowed = f"{floor.value:.4f} less {floor.tolerance:.4f}"
            lines.append(f"{name}: {measured[name][0]:.4f}, floor {allowed}")
    return lines


def raise_floors(measured: Measured, floors: Mapping[str, Floor]) -> dict[str, Floor]:
    """The floors with those raised that were passed by more than the tolerance, and new ones.

    >>> raise_floors({"site/html/F1": (0.96, 0.002)}, {"site/html/F1": Floor(0.95, 0.002)})
    {'site/html/F1': Floor(value=0.96, tolerance=0.002, lowered=())}
    """
    new = dict(floors)
    for name, (value, tolerance) in measured.items():
        old = floors.get(name)
        if old is None or value > old.value + old.tolerance:
            new[name] = Floor(value, tolerance, old.lowered if old else ())
    return new


def lower_floor(
    measured: Measured, floors: Mapping[str, Floor], name: str, reason: str
) -> dict[str, Floor]:
    """The floors with one lowered to what is measured; the reason stays with it.

    Raises:
        InputError: for a figure that has no floor, is not below it, or a reason of no words.

    """
    if name not in floors or name not in measured:
        known = ", ".join(sorted(floors)) or "none"
        raise InputError(f"no floor {name!r} to lower; there are: {known}.")
    old, (value, tolerance) = floors[name], measured[name]
    if value >= old.value:
        raise InputError(f"{name} is {value:.4f}, not below its floor {old.value:.4f}.")
    if not reason.strip():
        raise InputError("a floor is lowered for a reason: give it with --reason.")
    day = datetime.now(UTC).date().isoformat()
    entry = f"{day}: {old.value:.4f} to {value:.4f}. {reason.strip()}"
    return {**floors, name: Floor(value, tolerance, (*old.lowered, entry))}


def read_floors(path: Path) -> tuple[dict[str, str], Floors]:
    """The digest and the floors of each corpus; empty where the file isn't there yet."""
    if not path.exists():
        return {}, {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        floors = {
            corpus: {name: _floor_of(one) for name, one in found.items()}
            for corpus, found in stored["floors"].items()
        }
        return dict(stored["digests"]), floors
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a file of floors: {error!r}.") from error


def _floor_of(stored: dict[str, Any]) -> Floor:
    return Floor(stored["value"], stored["tolerance"], tuple(stored.get("lowered", ())))


def write_floors(path: Path, digests: Mapping[str, str], floors: Floors) -> None:
    """Store what ``read_floors`` reads."""
    stored = {
        "digests": digests,
        "floors": {
            corpus: {
                name: {key: value for key, value in asdict(floor).items() if value != ()}
                for name, floor in sorted(found.items())
            }
            for corpus, found in sorted(floors.items())
        },
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def check_corpus(corpus: Corpus, systems: Sequence[System], path: Path) -> list[str]:
    """What is below its floor on one corpus; empty where all is well.

    Raises:
        InputError: where the floors of that corpus are missing, or pinned on other pages.

    """
    digests, floors = read_floors(path)
    if corpus.name not in floors:
        raise InputError(f"{path}: no floors for {corpus.name}; pin them with --update.")
    if digests.get(corpus.name) != corpus.digest:
        message = f"{corpus.name}: not the pages that {path} was pinned on"
        raise InputError(f"{message}; remove its floors there and pin anew with --update.")
    return find_regressions(measure(corpus, systems), floors[corpus.name])


@click.command()
@click.argument("corpora", envvar="BOILERSTRIP_CORPORA", type=click.Path(path_type=Path))
@click.option(
    "--folds",
    default="tests/folds",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The weights that never saw a site or a corpus, as the trainer writes them.",
)
@click.option(
    "--file",
    "path",
    default="tests/floors.json",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the floors are stored.",
)
@click.option("--update", "wants_update", is_flag=True, help="Raise floors that were passed.")
@click.option(
    "--lower", nargs=2, metavar="CORPUS FIGURE", help="Lower this floor to what is measured now."
)
@click.option("--reason", default="", help="With --lower: why. It is kept in the file.")
def main(
    corpora: Path,
    folds: Path,
    path: Path,
    *,
    wants_update: bool,
    lower: tuple[str, str] | None,
    reason: str,
) -> None:
    """Compare held-out figures on CORPORA (a folder of corpora) with their floors."""
    try:
        systems = held_out_systems(folds)
        digests, floors = read_floors(path)
        found = find_corpora(corpora)
        names = [lower[0]] if lower else list(found) if wants_update else list(floors)
        fallen: list[str] = []
        for name in names:
            if name not in found:
                raise InputError(f"{corpora}: the corpus {name} is not in it.")
            corpus = load_corpus(found[name])
            if not corpus.holds_articles:
                continue
            measured = measure(corpus, systems)
            old = floors.get(name, {})
            if lower:
                floors[name] = lower_floor(measured, old, lower[1], reason)
            elif wants_update:
                floors[name] = raise_floors(measured, old)
            if not lower:
                fallen += [f"{name} {line}" for line in find_regressions(measured, floors[name])]
            digests[name] = corpus.digest
    except BoilerstripError as error:
        raise click.ClickException(str(error)) from error
    if fallen:
        raise click.ClickException("below the floor:\n" + "\n".join(fallen))
    if wants_update or lower:
        write_floors(path, digests, floors)
        click.echo(f"{path}: {sum(map(len, floors.values()))} floors")
    else:
        click.echo("no figure is below its floor")


if __name__ == "__main__":
    main()
