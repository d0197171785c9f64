"""The names of outlets: how they are written, what can be one, and which of two are the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

import regex

from boilerstrip.language.fold import squash
from boilerstrip.language.names import is_agency
from boilerstrip.language.vocabulary import any_of, lowered, words_for

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_NAME = 40
# So many letters that are part of a longer name may be so by chance.
_SHORTEST_PIECE = 3
WORD = r"(?:\p{Ll}{1,4}')?[\p{Lu}\p{Lt}\d][\p{L}\p{M}\d]*+(?:['&!+./-]++[\p{L}\p{M}\d]++)*+[!+]?"
# A word of a script that has no capitals.
_PLAIN = r"[\p{Lo}\p{Lm}\p{N}][\p{Lo}\p{Lm}\p{M}\p{N}\p{Latin}\u200c\u200d'・-]*"
EDGE = r"[|.,:;!?()\[\]<>{}/·•。、，؛،۔।「」『』《》〈〉«»\"*_#&©ⓒ-]"
YEARS = r"(?<!\d)\d{4}(?!\d)(?:\s?[-/,]\s?\d{2,4}(?!\d)|\s?-\s?(?-i:\p{Ll}){3,8}(?!\w))*+"
QUOTED = r"[\"«「『《‹](?P<name>[^\"»」』》›\n]{2,40})[\"»」』》›]"
ADDRESS = regex.compile(r"(?:https?://)?(?:www\.)?(?P<label>[\w-]+)(?:\.\p{L}{2,7}){1,2}/?")
# Where two words of a page were put together without a space; a name has one such place at most.
_GLUED = regex.compile(r"(?<=\p{Ll}{3})\p{Lu}\p{Ll}{2}")
_WORDS = regex.compile(r"[\w'’-]+")
UNSPACED = regex.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_JOINED = regex.compile(r"[\p{Hebrew}\p{Arabic}]$")
EDGES = " \t\"'«».,:;|-–—()[]*_#<>&"


def is_outlet_name(name: str, *, owner: bool = False) -> bool:
    """Whether an outlet can be called so: no agency, no platform, no menu's word.

    The ``owner`` of rights may be called by words that elsewhere are a menu's.

    >>> is_outlet_name("The Ardal Post"), is_outlet_name("Facebook"), is_outlet_name("Sign In")
    (True, False, False)
    >>> is_outlet_name("UK Edition"), is_outlet_name("PressRoom"), is_outlet_name("NewsHelpTerms")
    (False, True, False)
    """
    key = squash(name)
    words = words_of(name)
    if len(name) > LONGEST_NAME or len(key) < 2 or key[:4].isdigit() or key.isdigit():
        return False
    if key in _platforms() or is_agency(name):
        return False
    if len(_GLUED.findall(name)) > 1:
        return False
    if owner and len(words) > 1 and has_outlet_word(name):
        return True
    if not lowered("editions").isdisjoint(words):
        return False
    return not all(word in common_words() or word.isdigit() for word in words)


@cache
def _platforms() -> frozenset[str]:
    return frozenset(map(squash, words_for("platforms")))


@cache
def common_words() -> frozenset[str]:
    """The words that alone are no name: those of menus, and of what outlets say of themselves."""
    keys = ("outlet_origin", "outlet_source", "outlet_own", "outlet_near")
    own = (part for text in words_for(*keys) for part in words_of(text))
    words = lowered(
        *("no_name_words", "stopwords", "sections", "site_words", "articles", "outlet_particles"),
        *("roles", "weekdays", "kinds", "platforms", "desks", "groups", "menu_words"),
        *("rights_words", "pictures", "months"),
    )
    return words.union(own)


def has_outlet_word(name: str) -> bool:
    """Whether a word of the name is one that outlets are called by, or ends with one.

    >>> has_outlet_word("The Ardal Post"), has_outlet_word("港新聞"), has_outlet_word("Ada Moore")
    (True, True, False)
    """
    words = words_of(name)
    known, ends = _outlet_words()
    return any(word in known or word.endswith(ends) for word in words)


@cache
def _outlet_words() -> tuple[frozenset[str], tuple[str, ...]]:
    words = lowered("outlet_words")
    ends = [word for word in words if len(word) > 4 or UNSPACED.search(word)]
    return words, tuple(ends)


def words_of(name: str) -> list[str]:
    """The words of a name, in lower case."""
    found: list[str] = _WORDS.findall(name.casefold())
    return found


def is_mark(name: str) -> bool:
    """Whether a name is an address, or initials."""
    return bool(ADDRESS.fullmatch(name)) or (name.isupper() and " " not in name)


def is_short_for(name: str, whole: str) -> bool:
    """Whether a name is another, or a shorter form of it."""
    key, full = bare(ADDRESS.sub(r"\g<label>", name)), bare(whole)
    if key == full or (len(key) > _SHORTEST_PIECE and key in full):
        return True
    small = lowered("articles", "outlet_particles", "outlet_openings")
    if name.isupper() and len(key) > 1:
        words = words_of(whole)
        if key in ("".join(word[0] for word in some) for some in (words, _without(words, small))):
            return True
    pieces = _without(words_of(name), small)
    return len(pieces) > 1 and set(pieces) <= set(words_of(whole))


def _without(words: Sequence[str], those: frozenset[str]) -> list[str]:
    """The words without ``those``."""
    return [word for word in words if word not in those]


def bare(name: str) -> str:
    """The letters of the name as an address has them."""
    key = squash(name)
    return key if key.isascii() else "".join(filter(str.isalnum, normalize("NFKD", key)))


def stands_in(name: str, text: str) -> bool:
    """Whether the name stands in the text as a word; in some scripts it may begin one.

    In Hebrew and Arabic small words stand before it as one letter.
    """
    at = text.find(name)
    before = text[max(0, at - 2) : at]
    if _JOINED.search(before):
        return not before[:-1].isalpha()
    return not before[-1:].isalpha() or bool(UNSPACED.search(name))


@cache
def cased() -> str:
    """The pattern of a name in capitals: "The Ardal Post", "Het Nieuws van de Dag"."""
    small = rf"(?:(?:{any_of('outlet_particles')}|[&+])\s)"
    return rf"{WORD}(?:\s{small}{{0,2}}{WORD}){{0,5}}"


NAME_PLAIN = rf"(?=[^|.,]{{2}}){_PLAIN}(?:\s(?:&\s)?{_PLAIN}){{0,3}}"


@cache
def whole_name() -> regex.Pattern[str]:
    """A line that is nothing but a name."""
    return regex.compile(rf"{cased()}|{NAME_PLAIN}")


@cache
def loose_name() -> regex.Pattern[str]:
    """A name of which the first word alone may be in capitals: "Harbour lantern"."""
    return regex.compile(rf"{cased()}|{WORD}(?:\s[\p{{L}}\p{{M}}\d'&-]+){{1,3}}|{NAME_PLAIN}")
