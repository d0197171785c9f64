"""Score floors: the figures that boilerstrip reached on gold data and must not fall below.

``python -m boilerstrip.evaluation.floors CORPORA`` compares; with ``--update`` it raises the
floors to what was measured, and lowers one only with ``--allow-regression``.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.evaluation.gold import load_gold
from boilerstrip.evaluation.run import evaluate
from boilerstrip.evaluation.summary import summarise
from boilerstrip.evaluation.systems import boilerstrip_system

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boilerstrip.evaluation.run import As
    from boilerstrip.evaluation.summary import Summary
    from boilerstrip.evaluation.systems import System

TOLERANCE = 0.0005
"""How far a figure may lie below its floor: another machine's arithmetic is no regression."""

Floors = dict[str, dict[str, float]]
"""For each corpus its figures, by names such as ``html/f1``; more is better in all."""


def find_corpora(folder: Path) -> dict[str, Path]:
    """The gold files in the folders of ``folder``, by the folder's name.

    Raises:
        InputError: where there is none.

    """
    found = {gold.parent.name: gold for gold in sorted(folder.glob("*/gold.jsonl"))}
    if not found:
        raise InputError(f"{folder}: no */gold.jsonl in it; name the folder that holds corpora.")
    return found


def digest(gold: Path) -> str:
    """The SHA-256 of a gold file and of the pages it names."""
    total = hashlib.sha256(gold.read_bytes())
    for page in load_gold(gold):
        if page.html is not None:
            total.update(page.html.read_bytes())
    return total.hexdigest()


def measure(gold: Path, system: System | None = None) -> dict[str, float]:
    """The figures of boilerstrip, or another system, on a gold file."""
    system = system or boilerstrip_system()
    pages = load_gold(gold)
    forms: tuple[As, ...] = ("html", "text")
    figures: dict[str, float | None] = {}
    for form in forms:
        summary = summarise(evaluate(pages, [system], form).outcomes[system.name])
        figures |= {f"{form}/{name}": value for name, value in _figures(summary).items()}
        lost = summary.lost.value
        figures["clean text/words kept"] = None if lost is None else 1 - lost
    return {name: round(value, 4) for name, value in figures.items() if value is not None}


def _figures(summary: Summary) -> dict[str, float | None]:
    return {
        "f1": summary.body.f1.value,
        "word f1": summary.words.f1.value,
        "character f1": summary.characters.f1.value,
        "snippets kept": summary.kept.value,
        "snippets dropped": summary.dropped.value,
        "names: precision": summary.names.precision,
        "names: recall": summary.names.recall,
        **{name: figure.value for name, figure in summary.fields.items()},
    }


def find_regressions(measured: Mapping[str, float], pinned: Mapping[str, float]) -> list[str]:
    """A line for each figure that fell below its floor, or is no longer measured.

    >>> find_regressions({"html/f1": 0.9}, {"html/f1": 0.95, "text/f1": 0.8})
    ['html/f1: 0.9000, floor 0.9500', 'text/f1: not measured, floor 0.8000']
    """
    lines = []
    for name, floor in pinned.items():
        value = measured.get(name)
        if value is None:
            lines.append(f"{name}: not measured, floor {floor:.4f}")
        elif value < floor - TOLERANCE:
            lines.append(f"{name}: {value:.4f}, floor {floor:.4f}")
    return lines


def raise_floors(
    measured: Mapping[str, float], pinned: Mapping[str, float], *, allow_regression: bool = False
) -> dict[str, float]:
    """The new floors: what was measured, and never less than before unless that is allowed.

    >>> raise_floors({"html/f1": 0.96}, {"html/f1": 0.95})
    {'html/f1': 0.96}

    Raises:
        BoilerstripError: for a figure below its floor.

    """
    if allow_regression:
        return dict(measured)
    if fallen := find_regressions(measured, pinned):
        raise BoilerstripError("below the floor: " + "; ".join(fallen))
    return {name: max(value, pinned.get(name, value)) for name, value in measured.items()}


def read_floors(path: Path) -> tuple[dict[str, str], Floors]:
    """The digest and the floors of each corpus; empty where the file isn't there yet."""
    if not path.exists():
        return {}, {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return stored["digests"], stored["floors"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a file of floors: {error!r}.") from error


def write_floors(path: Path, digests: Mapping[str, str], floors: Floors) -> None:
    """Store what ``read_floors`` reads."""
    stored = {"digests": digests, "floors": floors}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def check_corpus(name: str, gold: Path, path: Path) -> list[str]:
    """What is below its floor on one corpus; empty where all is well.

    Raises:
        InputError: where the floors of that corpus are missing, or pinned on other pages.

    """
    digests, floors = read_floors(path)
    if name not in floors:
        raise InputError(f"{path}: no floors for {name}; pin them with --update.")
    if digests.get(name) != digest(gold):
        raise InputError(f"{gold}: not the pages that {path} was pinned on; pin anew: --update.")
    return find_regressions(measure(gold), floors[name])


def update(corpora: Path, path: Path, *, allow_regression: bool = False) -> Floors:
    """The floors after raising them to what is measured now, for all corpora; also stored.

    Raises:
        BoilerstripError: for a figure below its floor, unless that is allowed; nothing is stored.

    """
    digests, floors = read_floors(path)
    for name, gold in find_corpora(corpora).items():
        measured = measure(gold)
        try:
            floors[name] = raise_floors(
                measured, floors.get(name, {}), allow_regression=allow_regression
            )
        except BoilerstripError as error:
            message = f"{name} {error}. To accept this, add --allow-regression."
            raise BoilerstripError(message) from error
        digests[name] = digest(gold)
    write_floors(path, digests, floors)
    return floors


@click.command()
@click.argument("corpora", envvar="BOILERSTRIP_CORPORA", type=click.Path(path_type=Path))
@click.option(
    "--file",
    "path",
    default="tests/floors.json",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the floors are stored.",
)
@click.option(
    "--update", "wants_update", is_flag=True, help="Raise the floors to what is measured."
)
@click.option("--allow-regression", is_flag=True, help="With --update: lower floors too.")
def main(corpora: Path, path: Path, *, wants_update: bool, allow_regression: bool) -> None:
    """Compare boilerstrip's figures on CORPORA (folders with a gold.jsonl) with their floors."""
    try:
        if wants_update:
            floors = update(corpora, path, allow_regression=allow_regression)
            click.echo(f"{path}: {sum(map(len, floors.values()))} floors")
            return
        fallen = [
            f"{name} {line}"
            for name, gold in find_corpora(corpora).items()
            for line in check_corpus(name, gold, path)
        ]
    except BoilerstripError as error:
        raise click.ClickException(str(error)) from error
    if fallen:
        raise click.ClickException("below the floor:\n" + "\n".join(fallen))
    click.echo("no figure is below its floor")


if __name__ == "__main__":
    main()
