"""CPU time per MB of text: python speed.py TEXTS.jsonl

Compares boilerstrip, boilerstrip with its catalogue tripled by synthetic rules, and datatrove's
C4QualityFilter (where ``datatrove`` and ``spacy`` are installed), text by text in turn. TEXTS.jsonl
holds a ``text`` a row. Read the ratios: machines are noisy.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import boilerstrip
from boilerstrip.rules.ruleset import Rule, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable


def synthetic_rules(texts: list[str]) -> list[Rule]:
    """Two rules for each shipped one, of the same kind, from pairs of words of the texts."""
    chance = random.Random(0)
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})

    def pair() -> str:
        return " ".join(chance.sample(words, 2))

    def rule(number: int, like: Rule) -> Rule:
        return Rule(
            id=f"other/synthetic-{number}",
            category="other",
            why="Only for measuring.",
            languages=("en",),
            removes=(),
            keeps=(),
            phrases=tuple(pair() for _ in like.phrases),
            line=like.line and f"{pair()}:? .{{1,80}}",
            inline=like.inline and f"{pair()} [a-z]{{1,20}}",
        )

    return [rule(number, like) for number, like in enumerate(catalogue() * 2)]


def c4() -> Callable[[str], object] | None:
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError as error:
        print(f"C4QualityFilter is not installed: {error}")
        return None
    quality_filter = C4QualityFilter()
    return lambda text: quality_filter.filter(Document(text=text, id=""))


def main(file: str) -> None:
    with Path(file).open(encoding="utf-8") as rows:
        texts = [text for row in rows if (text := json.loads(row)["text"])]
    tripled = boilerstrip.Cleaner(boilerstrip.Options(rules=synthetic_rules(texts)))
    systems = {
        "boilerstrip": boilerstrip.Cleaner().clean,
        "boilerstrip, 3 x rules": tripled.clean,
        "C4QualityFilter": c4(),
    }
    spent = {name: 0.0 for name, run in systems.items() if run}
    for repeat in range(3):
        for text in texts:
            for name, run in systems.items():
                if run:
                    start = time.process_time()
                    run(text)
                    if repeat:  # the first round warms up
                        spent[name] += time.process_time() - start
    size = 2 * sum(len(text.encode()) for text in texts) / 1e6
    base = spent["boilerstrip"]
    for name, seconds in spent.items():
        print(f"{name:24} {1000 * seconds / size:8.1f} ms/MB {seconds / base:6.2f} x boilerstrip")


if __name__ == "__main__":
    main(sys.argv[1])
