"""``python -m boilerstrip.training.check CORPORA...``: the pages whose gold is in doubt.

A page teaches something only if its gold body can be rebuilt from its own blocks: where text is
made by scripts, is cut up by other elements, or where the gold holds what the page doesn't show,
every label would be a guess. The list is kept in ``left_out.tsv``. What a person wrote there as the
reason stays, and a page whose reason begins with ``by hand:`` stays in any case.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.errors import BoilerstripError
from boilerstrip.training.corpora import COLUMNS, LEFT_OUT, LeftOut, left_out, load_corpora
from boilerstrip.training.examples import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.training.examples import Example

_BY_HAND = "by hand:"
# As the corpora's own description draws the line.
_LEAST = 0.8


def is_sound(rebuilt: Overlap) -> bool:
    """Whether a gold body is rebuilt well enough to learn from.

    >>> from boilerstrip.evaluation.measures import Overlap
    >>> is_sound(Overlap(common=8, found=9, gold=10)), is_sound(Overlap(7, 7, 10))
    (True, False)
    """
    return (rebuilt.precision or 0.0) >= _LEAST and (rebuilt.recall or 0.0) >= _LEAST


def find_doubtful(examples: Iterable[Example], known: Mapping[str, LeftOut]) -> list[LeftOut]:
    """The pages whose gold can't be rebuilt, by name; reasons that are known are kept."""
    found = []
    for each in examples:
        if not each.teaches:
            continue
        rebuilt = each.rebuilt()
        old = known.get(each.key)
        if is_sound(rebuilt) and not (old and old.reason.startswith(_BY_HAND)):
            continue
        precision, recall = rebuilt.precision or 0.0, rebuilt.recall or 0.0
        reason = old.reason if old else _reason(each, precision, recall)
        found.append(LeftOut(each.corpus, each.page, precision, recall, reason))
    return sorted(found, key=lambda page: page.key)


def _reason(example: Example, precision: float, recall: float) -> str:
    """What the figures say, until somebody has looked."""
    if example.empty:
        return "no text in the page"
    words = {word for row in example.words for word in row}
    shown = sum(word in words for word in example.gold) / max(1, len(example.gold))
    if shown < _LEAST:
        return f"the page shows {shown:.0%} of the gold's words"
    if example.kind == "raw":
        return "its lines hold the article and boilerplate together"
    if precision < _LEAST <= recall:
        return "the gold holds less than the page's blocks"
    return "the gold holds more than the page's blocks, or in other words or another order"


def as_table(pages: Iterable[LeftOut]) -> str:
    """The text of the file that keeps the list."""
    rows = [
        (page.corpus, page.id, f"{page.precision:.3f}", f"{page.recall:.3f}", page.reason)
        for page in pages
    ]
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when the list is written, 2 when it can't be made."""
    parser = argparse.ArgumentParser(
        prog="python -m boilerstrip.training.check", description=__doc__
    )
    parser.add_argument("corpora", nargs="+", type=Path, help="corpora, or folders of corpora")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(LEFT_OUT))
    options = parser.parse_args(arguments)
    try:
        corpora = load_corpora(options.corpora)
        pages = [page for corpus in corpora for page in corpus.pages if page.body]
        found = find_doubtful((read_page(page, {})[0] for page in pages), left_out())
    except BoilerstripError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    options.out.write_text(as_table(found), encoding="utf-8")
    print(f"{options.out}: {len(found)} pages left out", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
