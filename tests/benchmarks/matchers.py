"""Multi-pattern matchers side by side on the catalogue's literals: python matchers.py TEXTS.jsonl

Needs ahocorasick-rs, google-re2 and hyperscan beside pyahocorasick. TEXTS.jsonl holds a ``text`` a
row. For each matcher: whether it gives code-point offsets, takes lone surrogates, and its speed.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.language.fold import fold_case, fold_variants
from boilerstrip.rules.literals import needs
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable


def literals() -> list[str]:
    patterns = [p for rule in catalogue() for p in (rule.line, rule.inline) if p]
    return sorted({text for p in patterns for text in needs(p).literals or ()})


def pyahocorasick(words: list[str]) -> Callable[[str], int]:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, word in enumerate(words):
        automaton.add_word(word, (len(word), number))
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(text))


def ahocorasick_rs(words: list[str]) -> Callable[[str], int]:
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(words)
    return lambda text: len(automaton.find_matches_as_indexes(text, overlapping=True))


def google_re2(words: list[str]) -> Callable[[str], int]:
    import re2

    options = re2.Options()
    options.literal = True
    chosen = re2.Set.SearchSet(options)
    for word in words:
        chosen.Add(word)
    chosen.Compile()
    # A set says which literals are in a text, not where: it is asked line by line.
    return lambda text: sum(len(chosen.Match(line) or ()) for line in text.splitlines())


def hyperscan(words: list[str]) -> Callable[[str], int]:
    import hyperscan

    database = hyperscan.Database()
    database.compile(
        expressions=[re.escape(word).encode() for word in words],
        ids=list(range(len(words))),
        elements=len(words),
        flags=[hyperscan.HS_FLAG_SOM_LEFTMOST | hyperscan.HS_FLAG_UTF8] * len(words),
    )
    found: list[int] = []

    def count(text: str) -> int:
        found.clear()
        # Offsets are of bytes; mapping them back to code points is not counted here.
        database.scan(text.encode(), match_event_handler=lambda *hit: found.append(hit[1]))
        return len(found)

    return count


def main(file: str) -> None:
    with Path(file).open(encoding="utf-8") as rows:
        texts = [fold_case(fold_variants(json.loads(row)["text"])) for row in rows]
    size = sum(len(text.encode()) for text in texts) / 1e6
    words = literals()
    print(f"{len(words)} literals, {len(texts)} texts, {size:.1f} MB")
    for make in (pyahocorasick, ahocorasick_rs, google_re2, hyperscan):
        try:
            count = make(words)
        except ImportError as error:
            print(f"{make.__name__:16} not installed: {error}")
            continue
        start = time.process_time()
        hits = sum(map(count, texts))
        spent = time.process_time() - start
        try:
            count("a\ud800b")
            surrogates = "takes lone surrogates"
        except UnicodeEncodeError:
            surrogates = "fails on lone surrogates"
        print(f"{make.__name__:16} {hits:8} hits {size / spent:8.1f} MB/s  {surrogates}")


if __name__ == "__main__":
    main(sys.argv[1])
