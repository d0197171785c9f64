"""Marker lines left after cleaning, and whether clean stays clean:
python leftovers.py PHRASES.md GOLD.jsonl ...

PHRASES.md lists marker phrases by language, ``- **en** `= Read more` 194 · ...``; those with ``=``
are whole lines. For each extractor and gold file: the share of pages that hold such an English line
outside the gold body, before and after cleaning, and the pages on which cleaning twice differs from
cleaning once, or kept and removed text do not rebuild the source.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import boilerstrip
from boilerstrip.evaluation.gold import load_corpus
from boilerstrip.evaluation.renderers import find_renderer
from boilerstrip.rules.ruleset import phrase_key


def read_phrases(file: Path) -> set[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    english = " ".join(line for line in lines if line.startswith("- **en**"))
    keys = {phrase_key(phrase) for phrase in re.findall(r"`= (.*?)`", english)}
    return keys - {""}


def marked(text: str, phrases: set[str]) -> set[str]:
    return {phrase_key(line) for line in text.splitlines()} & phrases


def is_sound(text: str, article: boilerstrip.Article) -> bool:
    """Whether nothing vanished and cleaning again changes nothing."""
    kept, position = [], 0
    for removal in article.removed:
        kept.append(text[position : removal.start])
        position = removal.end
    kept.append(text[position:])
    rebuilt = "".join("".join(kept).split()) == "".join(article.body.split())
    return rebuilt and boilerstrip.clean(article.body).body == article.body


def main(phrase_file: str, *gold_files: str) -> None:
    phrases = read_phrases(Path(phrase_file))
    for name in ("trafilatura", "readability", "resiliparse"):
        render = find_renderer(name)
        for gold in map(Path, gold_files):
            before = after = unsound = failed = 0
            pages = load_corpus(gold).pages
            for page in pages:
                try:
                    text = render(page)
                except ValueError:
                    failed += 1
                    continue
                own = marked(page.body, phrases)
                article = boilerstrip.clean(text)
                before += bool(marked(text, phrases) - own)
                after += bool(marked(article.body, phrases) - own)
                unsound += not is_sound(text, article)
            print(
                f"{gold.parent.name:20} {name:12} {len(pages)} pages ({failed} failed):"
                f" marked before {before}, after {after}; not stable or not rebuilt {unsound}"
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
