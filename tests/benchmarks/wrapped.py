"""Text that was wrapped at a width, beside the same text with a line a paragraph:
python wrapped.py WIDTH GOLD.jsonl ...

For each gold file: the F1 against gold of the pages' text (html_text) as it is, of what is left of
it after cleaning, and of the same after wrapping; then on how many of the wrapped texts cleaning
twice differs from cleaning once. The scorer is the shipped one, which may know the pages: compare
the columns.
"""

from __future__ import annotations

import sys
import textwrap

import boilerstrip
from boilerstrip.evaluation.gold import load_corpus
from boilerstrip.evaluation.measures import overlap, score, units
from boilerstrip.evaluation.renderers import find_renderer


def wrap(text: str, width: int) -> str:
    lines = (
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )
    return "\n".join(lines)


def main(width: str, *gold_files: str) -> None:
    render = find_renderer("html_text")
    for gold in gold_files:
        rows, unstable = [], 0
        for page in load_corpus(gold).pages:
            text = render(page)
            wrapped = boilerstrip.clean(wrap(text, int(width))).body
            unstable += boilerstrip.clean(wrapped).body != wrapped
            rows.append((text, boilerstrip.clean(text).body, wrapped, page.body))
        f1 = [
            score([overlap(units(row[n]), units(row[3])) for row in rows]).f1.value
            for n in range(3)
        ]
        names = ("as it is", "cleaned", "wrapped and cleaned")
        figures = ", ".join(f"{name} {each:.4f}" for name, each in zip(names, f1, strict=True))
        print(f"{load_corpus(gold).name}: {figures}; unstable {unstable} of {len(rows)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
