"""CPU time by kind of input, beside two others: python kinds.py CORPUS ... [--documents N]

The kinds are pages (HTML), the bodies of their articles as text, what html_text leaves of each
page, and texts of a corpus without pages. Each document goes through boilerstrip and, in turns,
through trafilatura (``bare_extraction`` with metadata) where it is HTML, through the rule for lines
of C4 (Raffel et al., 2020) where it is text; the least of three counts. Read the ratios: machines
are noisy.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import trafilatura

import boilerstrip
from boilerstrip.evaluation.gold import evenly, load_corpus
from boilerstrip.evaluation.renderers import find_renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from boilerstrip.evaluation.gold import GoldPage

    Source = str | bytes

ROUNDS = 3
# Documents that are read before the clock runs: patterns are compiled when they are first needed.
_WARM = 5
_STOPS = (".", "?", "!", '"', "”")
_FEWEST_WORDS = 5
_BARRED = ("javascript", "lorem ipsum", "terms of use", "privacy policy", "cookie policy")


def c4_lines(text: str) -> str:
    """The lines that C4 keeps: those that end as sentences do, have words, and say no notice.

    >>> c4_lines("Home\\nThe rain has stopped at last.\\nRead our privacy policy and obey it.")
    'The rain has stopped at last.'
    """
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(
        line
        for line in lines
        if line.endswith(_STOPS)
        and len(line.split()) >= _FEWEST_WORDS
        and not any(words in line.lower() for words in _BARRED)
    )


def sources_of(pages: Iterable[GoldPage]) -> dict[str, list[Source]]:
    """The documents of each kind."""
    found: dict[str, list[Source]] = defaultdict(list)
    render = find_renderer("html_text")
    for page in pages:
        if not page.has_html:
            found["raw text"].append(page.text or "")
            continue
        found["HTML"].append(page.read())
        found["page dump"].append(render(page))
        if page.body:
            found["article"].append(page.body)
    return found


def least_seconds(runs: list[Callable[[Source], object]], source: Source) -> list[float]:
    """The least CPU time that each of the runs takes for a document."""
    least = [float("inf")] * len(runs)
    for _ in range(ROUNDS):
        for number, run in enumerate(runs):
            start = time.thread_time()
            run(source)
            least[number] = min(least[number], time.thread_time() - start)
    return least


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    parser.add_argument("--documents", type=int, default=60, help="of each corpus (60)")
    options = parser.parse_args()
    kinds: dict[str, list[Source]] = defaultdict(list)
    for corpus in options.corpora:
        for kind, some in sources_of(evenly(load_corpus(corpus).pages, options.documents)).items():
            kinds[kind] += some
    clean = boilerstrip.Cleaner().clean
    extract = lambda page: trafilatura.bare_extraction(page, with_metadata=True)  # noqa: E731
    print(f"{'kind':10} {'documents':>9} {'kB each':>8} {'ms each':>8} {'MB/s':>6}  beside")
    for kind, sources in kinds.items():
        name, other = ("trafilatura", extract) if kind == "HTML" else ("C4's rule", c4_lines)
        for source in sources[:_WARM]:
            clean(source)
            other(source)
        least = [least_seconds([clean, other], source) for source in sources]
        spent = [sum(column) for column in zip(*least, strict=True)]
        count = len(sources)
        size = sum(len(s if isinstance(s, bytes) else s.encode()) for s in sources) / 1e6
        print(
            f"{kind:10} {count:9} {1000 * size / count:8.1f} {1000 * spent[0] / count:8.2f}"
            f" {size / spent[0]:6.2f}  {spent[0] / spent[1]:.2f} x {name},"
            f" {1000 * spent[1] / count:.2f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main()
