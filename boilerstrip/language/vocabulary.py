"""Words of languages, as data: one TOML file a language in ``vocabulary/``.

A finder asks for what a word is for ("by", "updated"), never for a language: a page may mix them,
and what language a text is in is known only after it was read. ``vocabulary/keys.toml`` says what
each key is for. A word with ``*`` at its end stands for all that begin with it. The files are read
when the first word is asked for.
"""

from __future__ import annotations

import difflib
import pickle
import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

import ahocorasick

from boilerstrip.errors import BoilerstripError
from boilerstrip.rules.prepared import prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    # What the file of a language gives for a key: words, or those of each month.
    Entry = tuple[str, ...] | tuple[tuple[str, ...], ...]

_KEYS = "keys"
_MONTHS = ("months", "months_local", "months_solar")
_TWELVE = 12
# Scripts in which no spaces part the words.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ACCENT = re.compile(r"[\u0300-\u036f]")


class VocabularyError(BoilerstripError):
    """A file of words that can't be used: names file, key and the next step."""


@cache
def words_for(*keys: str) -> tuple[str, ...]:
    """The words that all languages have for one of ``keys``, in order, each once.

    >>> "by" in words_for("by"), "von" in words_for("by"), "und" in words_for("by", "and")
    (True, True, True)
    """
    found = (table.get(key, ()) for table in _tables().values() for key in keys)
    return tuple(sorted({word for entry in found for word in entry if isinstance(word, str)}))


@cache
def lowered(*keys: str) -> frozenset[str]:
    """The words of ``words_for(*keys)`` in lower case, to ask whether one is among them.

    >>> "montag" in lowered("weekdays")
    True
    """
    return frozenset(word.casefold() for word in words_for(*keys))


def choice(found: Iterable[str]) -> str:
    r"""A pattern for any of the words, verbose or not; of those that fit the longest comes first.

    >>> choice(["by", "by *", "written by"])
    '(?:b(?:y\\s\\w*|y)|written\\sby)'
    """
    # Words of one first letter stand together, so that a place in a text is tried for few of them.
    ordered = sorted(set(found), key=lambda word: (word[0].casefold(), -len(word), word))
    letters = groupby(ordered, key=lambda word: word[0].casefold())
    return f"(?:{'|'.join(_of_letter(list(group)) for _, group in letters)})"


def any_of(*keys: str) -> str:
    """The pattern ``choice`` of the words for ``keys``."""
    return choice(words_for(*keys))


def spaced(*keys: str) -> str:
    """The pattern of those words for ``keys`` whose script parts words by spaces."""
    return choice(word for word in words_for(*keys) if not _UNSPACED.search(word))


def unspaced(*keys: str) -> str:
    """The pattern of those words for ``keys`` whose script doesn't part words."""
    return choice(word for word in words_for(*keys) if _UNSPACED.search(word))


def holds_any(text: str, *keys: str) -> bool:
    """Whether one of the words for ``keys`` stands anywhere in a text, in whatever case.

    Where none does, none of their patterns matches, and this takes a tenth of the time.

    >>> holds_any("Last UPDATED today", "updated"), holds_any("Rain today", "updated")
    (True, False)
    """
    return next(_automaton(*keys).iter(_folded(text)), None) is not None


@cache
def _automaton(*keys: str) -> ahocorasick.Automaton:
    found = ahocorasick.Automaton()
    for word in words_for(*keys):
        found.add_word(_folded(word.removesuffix("*")), None)
    found.make_automaton()
    return found


def _folded(text: str) -> str:
    """The text as patterns compare it that know no case: also with either Turkish letter i."""
    return " ".join(text.replace("İ", "i").replace("ı", "i").casefold().split())


@cache
def months() -> Mapping[str, Mapping[str, int]]:
    """The numbers of the months by their names: each language's own, and under "" all languages'.

    >>> months()[""]["mai"], months()[""]["listopad"], months()["hr"]["listopad"]
    (5, 11, 10)
    """
    shared: dict[str, int] = {}
    tables: dict[str, Mapping[str, int]] = {"": shared}
    for language, table in _tables().items():
        shared.update(_numbered(table.get("months", ())))
        if own := _numbered(table.get("months_local", ())):
            tables[language] = own
    for name, number in list(shared.items()):
        shared.setdefault(without_accents(name), number)
    return tables


@cache
def solar_months() -> Mapping[str, Mapping[str, int]]:
    """The numbers of the months of the solar calendar of Iran, by language, by their names.

    >>> solar_months()["fa"]["مهر"]
    7
    """
    found = {code: table.get("months_solar", ()) for code, table in _tables().items()}
    return {code: _numbered(entry) for code, entry in found.items() if entry}


def without_accents(word: str) -> str:
    """The word without the accents of Latin and Greek letters.

    >>> without_accents("märz"), without_accents("μαΐου"), without_accents("जुलाई")
    ('marz', 'μαιου', 'जुलाई')
    """
    return "".join(char for char in unicodedata.normalize("NFD", word) if not _ACCENT.match(char))


def _numbered(entry: Entry) -> dict[str, int]:
    """The numbers of the months by their names, written as a settled text writes them."""
    pairs = ((name, number) for number, names in enumerate(entry, 1) for name in names)
    return {unicodedata.normalize("NFKC", name): number for name, number in pairs}


def read_tables(texts: Mapping[str, str]) -> dict[str, dict[str, Entry]]:
    """The words of each language by key, out of the texts of their files by language.

    Raises:
        VocabularyError: naming file and key, for a key that ``keys.toml`` doesn't have, a word
            that is there twice, and anything that is no list of words.

    """
    known = _parse(_KEYS, texts[_KEYS])
    tables = {
        language: _table(f"{language}.toml", _parse(language, text), known)
        for language, text in sorted(texts.items())
        if language != _KEYS
    }
    _check_months(tables)
    return tables


@cache
def _tables() -> Mapping[str, Mapping[str, Entry]]:
    texts = read_texts()
    packed = prepared().words.get(texts_key(texts))
    found: Mapping[str, Mapping[str, Entry]]
    found = pickle.loads(packed) if packed else read_tables(texts)  # noqa: S301 (of this package)
    return found


def read_texts() -> dict[str, str]:
    """The texts of the files by their names without the ending: the languages, and ``keys``."""
    folder = files("boilerstrip.language") / "vocabulary"
    toml = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): file.read_text("utf-8") for file in toml}


def texts_key(texts: Mapping[str, str]) -> bytes:
    """A digest of the texts of the files, under which what was made of them is kept."""
    return blake2b(repr(sorted(texts.items())).encode()).digest()


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{name}.toml: not valid TOML: {error}.") from error


def _table(name: str, table: dict[str, Any], known: Mapping[str, str]) -> dict[str, Entry]:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0)[0]
            raise VocabularyError(f"{name}: unknown key {key!r}. Nearest: {near!r}.")
    return {key: _entry(f"{name}: {key!r}", key, value) for key, value in table.items()}


def _entry(place: str, key: str, value: Any) -> Entry:
    if key not in _MONTHS:
        return _list(place, value)
    if not isinstance(value, list) or len(value) != _TWELVE:
        raise VocabularyError(f"{place} must be a list of twelve lists of words, one a month.")
    entry = tuple(_list(place, names, empty=True) for names in value)
    _check_once(place, chain.from_iterable(entry))
    return entry


def _list(place: str, value: Any, *, empty: bool = False) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise VocabularyError(f"{place} must be a list of words.")
    if not (value or empty) or not all(word and word == word.strip() for word in value):
        raise VocabularyError(f"{place} must hold words, without spaces around them.")
    _check_once(place, value)
    return tuple(value)


def _check_once(place: str, found: Iterable[str]) -> None:
    twice = [word for word, times in Counter(found).items() if times > 1]
    if twice:
        raise VocabularyError(f"{place} holds {twice[0]!r} twice. Take one away.")


def _check_months(tables: Mapping[str, Mapping[str, Entry]]) -> None:
    """Refuse a name that is one month's in one language and another's in another."""
    seen: dict[str, tuple[int, str]] = {}
    for language, table in tables.items():
        for name, number in _numbered(table.get("months", ())).items():
            other, where = seen.setdefault(name, (number, language))
            if other != number:
                message = f"{language}.toml: 'months': {name!r} is another month's in {where}.toml"
                raise VocabularyError(f"{message}. Put it under 'months_local'.")


def _of_letter(found: list[str]) -> str:
    """The pattern of words that begin with one letter, in whichever case."""
    if len({word[0] for word in found}) > 1 or len(found) == 1:
        return "|".join(map(_escape, found))
    return f"{re.escape(found[0][0])}(?:{'|'.join(_escape(word[1:]) for word in found)})"


def _escape(word: str) -> str:
    stem = word.removesuffix("*")
    pattern = re.escape(stem).replace("\\ ", r"\s")
    return pattern if stem == word else rf"{pattern}\w*"
