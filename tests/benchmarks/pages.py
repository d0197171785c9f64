"""CPU time per page, body and metadata: python pages.py CORPUS

Compares boilerstrip with trafilatura (``bare_extraction`` with metadata) and resiliparse (the main
content, no metadata), each over all pages of a folder with gold.jsonl, round by round in turn. The
best round of each counts. Read the ratios: machines are noisy.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import trafilatura

import boilerstrip
from boilerstrip.evaluation.gold import load_corpus
from boilerstrip.evaluation.run import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3


def seconds(run: Callable[[bytes], object], pages: list[bytes]) -> float:
    start = time.process_time()
    for page in pages:
        run(page)
    return time.process_time() - start


def main(corpus: str) -> None:
    from resiliparse.extract.html2text import extract_plain_text  # of the extra "peers"

    pages = [
        raw
        for page in load_corpus(corpus).pages
        if isinstance(raw := read_source(page, None).raw, bytes)
    ]
    systems: dict[str, Callable[[bytes], object]] = {
        "boilerstrip": boilerstrip.Cleaner().clean,
        "trafilatura": lambda page: trafilatura.bare_extraction(page, with_metadata=True),
        "resiliparse": lambda page: extract_plain_text(
            page.decode("utf-8", "replace"), main_content=True
        ),
    }
    for run in systems.values():
        run(pages[0])
    best = dict.fromkeys(systems, float("inf"))
    for _ in range(ROUNDS):
        for name, run in systems.items():
            best[name] = min(best[name], seconds(run, pages))
    for name, spent in best.items():
        ratio = best["boilerstrip"] / spent
        print(
            f"{name:12} {1000 * spent / len(pages):7.1f} ms/page, boilerstrip takes {ratio:.2f} x"
        )


if __name__ == "__main__":
    main(sys.argv[1])
