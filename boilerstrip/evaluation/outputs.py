"""All that ``clean`` gives for a set of corpora, written down so that two versions can be compared.

A change that only moves code must leave every body, field and removal as it was. So: write the
outputs before and after, and compare the two files.

    python -m boilerstrip.evaluation.outputs write CORPORA -o before.jsonl
    python -m boilerstrip.evaluation.outputs compare before.jsonl after.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boilerstrip
from boilerstrip.errors import BoilerstripError
from boilerstrip.evaluation.gold import evenly, find_corpora, load_corpus
from boilerstrip.evaluation.renderers import find_renderer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.evaluation.gold import GoldPage

    Row = dict[str, Any]

# Forms of a page: its HTML, and texts that scrapers leave of it.
_FORMS = ("html", "html_text", "bs4", "trafilatura", "oneline")
# A difference shows so many characters of either side.
_SHOWN = 160


def outputs_of(page: GoldPage, forms: Iterable[str] = _FORMS) -> Iterator[Row]:
    """The record of each form of the page, with the page's name and the form's."""
    for form in forms if page.has_html else ("text",):
        if form == "html":
            source: str | bytes = page.read()
        elif form == "text":
            source = page.text or ""
        else:
            source = find_renderer(form)(page)
        record: Row
        try:
            record = boilerstrip.clean(source).to_dict()
        except BoilerstripError as error:
            record = {"error": str(error)}
        yield {"page": f"{page.corpus}/{page.id}", "form": form} | record


def differences(before: Iterable[Row], after: Iterable[Row]) -> Iterator[str]:
    """A line for each key of a record that is not the same on both sides."""
    later = {(row["page"], row["form"]): row for row in after}
    for row in before:
        name = (row["page"], row["form"])
        other = later.pop(name, None)
        if other is None:
            yield f"{' '.join(name)}: is gone"
            continue
        for key in sorted({*row, *other}):
            if row.get(key) != other.get(key):
                yield f"{' '.join(name)}: {key}\n{_shown(row.get(key), other.get(key))}"
    yield from (f"{' '.join(name)}: is new" for name in later)


def _shown(one: object, two: object) -> str:
    """Both values from a little before the place where they part."""
    left, right = (json.dumps(each, ensure_ascii=False) for each in (one, two))
    pairs = enumerate(zip(left, right, strict=False))
    parting = next((n for n, (a, b) in pairs if a != b), min(len(left), len(right)))
    start = max(0, parting - _SHOWN // 4)
    return "\n".join(
        f"  {sign} {text[start : start + _SHOWN]}"
        for sign, text in zip("-+", (left, right), strict=True)
    )


def _rows(page: GoldPage, forms: Sequence[str]) -> list[Row]:
    return list(outputs_of(page, forms))


def _write(args: argparse.Namespace) -> None:
    with ProcessPoolExecutor(args.jobs) as pool, args.output.open("w", encoding="utf-8") as file:
        for folder in find_corpora(args.corpora).values():
            pages = load_corpus(folder).pages
            pages = evenly(pages, args.pages or len(pages))
            for rows in pool.map(_rows, pages, repeat(args.forms), chunksize=4):
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _compare(args: argparse.Namespace) -> int:
    sides = []
    for file in (args.before, args.after):
        with file.open(encoding="utf-8") as lines:
            sides.append([json.loads(line) for line in lines])
    found = list(differences(*sides))
    print("\n".join(found))
    print(f"{len(found)} differences in {len(sides[0])} outputs")
    return min(1, len(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare outputs; 1 where they differ."""
    parser = argparse.ArgumentParser(
        "python -m boilerstrip.evaluation.outputs", description=__doc__
    )
    commands = parser.add_subparsers(required=True)
    write = commands.add_parser("write", help="write the record of every page")
    write.add_argument("corpora", type=Path, help="folder of corpora")
    write.add_argument("-o", "--output", type=Path, required=True)
    write.add_argument("--pages", type=int, help="so many of each corpus, evenly chosen")
    write.add_argument("--forms", nargs="+", default=_FORMS, choices=_FORMS)
    write.add_argument("-j", "--jobs", type=int, default=1)
    write.set_defaults(run=_write)
    compare = commands.add_parser("compare", help="show where two written files differ")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.set_defaults(run=_compare)
    args = parser.parse_args(arguments)
    return args.run(args) or 0


if __name__ == "__main__":
    sys.exit(main())
