"""The language of a text: by a vote of its commonest words, or by py3langid's classifier.

A sentence in ten words holds four of its language's fifty commonest, and few of any other's. Where
they don't settle it (a menu, a short text, two languages that are written much alike, one without a
list) the classifier does, whose model takes most of a second to load.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from boilerstrip.language.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from boilerstrip.document import Document

# Characters that tell languages apart, the fewest letters that do, and a line's part to look at.
_SAMPLE = 600
_FEWEST_LETTERS = 20
_LINE = 300
# A vote counts if so many different words are the language's, so many more than of the next one and
# so many times as many, and such a share of all different words. On 5,498 samples of pages, dumps
# and articles in 45 languages it counts in 96 of 100, and differs from the classifier in four, all
# of them Chinese that the classifier calls Cantonese; at 1.5 times as many it errs on a Hindi page.
_LEAST, _MORE, _TIMES, _SHARE = 6, 4, 1.6, 0.1

# The languages that each word or character is common in.
_Lists: TypeAlias = "Mapping[str, tuple[str, ...]]"


def detect_language(document: Document) -> str | None:
    """The ISO 639-1 code of the language of the document's prose; ``None`` if there is too little.

    >>> from boilerstrip.readers.text import read_text
    >>> detect_language(read_text("The summit ended without a statement to the press on Monday."))
    'en'
    >>> detect_language(read_text("Hm.")) is None
    True
    """
    sample = "\n".join(_prose(document)) or document.text[:_SAMPLE]
    sample = sample.encode("utf-8", "ignore").decode()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    if voted := vote(sample):
        return voted
    from py3langid import classify

    return str(classify(sample)[0])


def vote(sample: str) -> str | None:
    """The language whose commonest words a text is full of; ``None`` where that is in doubt.

    >>> vote("She said that the bridge was not to be opened for at least a year.")
    'en'
    >>> vote("Warriors top Celtics 104-90") is None
    True
    """
    words, characters = _lists()
    said = set(sample.lower().split())
    found: Iterable[tuple[str, ...]] = map(words.__getitem__, words.keys() & said)
    if not sample.isascii():
        found = chain(found, map(characters.__getitem__, characters.keys() & set(sample)))
    counts = Counter(chain.from_iterable(found)).most_common(2)
    if not counts:
        return None
    language, most = counts[0]
    next_most = counts[1][1] if len(counts) > 1 else 0
    least = max(_LEAST, next_most + _MORE, next_most * _TIMES, len(said) * _SHARE)
    return language if most >= least else None


def is_function_word(word: str, language: str | None = None) -> bool:
    """Whether a word, in lower case, is one that holds the sentences of a language together.

    Where no language is given, or there is no list for it, one of any language will do.

    >>> is_function_word("the", "en"), is_function_word("der", "en"), is_function_word("der")
    (True, False, True)
    """
    codes = _lists()[0].get(word, ())
    return language in codes if language in _listed() else bool(codes)


@cache
def _listed() -> frozenset[str]:
    return frozenset(chain.from_iterable(_lists()[0].values()))


@cache
def _lists() -> tuple[_Lists, _Lists]:
    """The lists of words and of characters, turned round."""
    text = (files("boilerstrip.language") / "function_words.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    words = ((word, code) for code, text in tables["words"].items() for word in text.split())
    characters = ((char, code) for code, text in tables["characters"].items() for char in text)
    return _turned(words), _turned(characters)


def _turned(pairs: Iterable[tuple[str, str]]) -> _Lists:
    codes: dict[str, list[str]] = defaultdict(list)
    for text, code in pairs:
        codes[text].append(code)
    return {text: tuple(found) for text, found in codes.items()}


def _prose(document: Document) -> Iterator[str]:
    """Beginnings of lines of prose, until there are enough."""
    size = 0
    for block in document.blocks:
        line = document.text[block.start : min(block.end, block.start + _LINE)].strip()
        if is_prose(line):
            yield line
            size += len(line)
        if size >= _SAMPLE:
            return
