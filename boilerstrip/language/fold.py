"""Typographic variants folded one character for one, so that offsets never move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_WORD = re.compile(r"[\W_]+")
# The same of ASCII, and its letters in one case.
_NO_WORDS = bytes(number for number in range(128) if not chr(number).isalnum())
_LOWER = bytes(range(256)).lower()
# Where in Unicode all figures stand but those of ASCII.
_OTHERS = re.compile("[^\x00-\u065f\u2000-\ua61f]")
_FIGURE = re.compile(r"\d")
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_VARIANTS = {
    "'": "‘’‚‛ʼ´`′",
    '"': "“”„‟″",
    "-": "‐‑‒–—―−﹘－",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u202f\u205f\u2060\u3000\ufeff",
    ":": "：",
    "(": "（",
    ")": "）",
    "|": "｜∣",
    # The two letters whose case mapping is irregular: with them gone, str.lower() keeps lengths
    # and agrees with the IGNORECASE of the regex module.
    "I": "İ",
    "s": "ſ",
}
_PAIRS = [(variant, plain) for plain, variants in _VARIANTS.items() for variant in variants]


def fold_variants(text: str) -> str:
    """The text with curly quotes, dashes, odd spaces and full-width signs made plain.

    The result has the length of the text, so an offset means the same in both.

    >>> fold_variants("Barron’s – Scroll")
    "Barron's - Scroll"
    """
    if text.isascii():
        return text.replace("\t", " ").replace("`", "'")
    for variant, plain in _PAIRS:
        text = text.replace(variant, plain)
    return text


def fold_lines(lines: Iterable[str]) -> list[str]:
    """Each of the lines, as of ``fold_variants``, all in one go; none of them holds a line feed.

    >>> fold_lines(["Barron’s", "", "A – B"]), fold_lines([])
    (["Barron's", '', 'A - B'], [])
    """
    lines = list(lines)
    return fold_variants("\n".join(lines)).split("\n") if lines else []


def fold_case(plain: str) -> str:
    """The folded text in lower case, of the same length.

    >>> fold_case(fold_variants("İstanbul"))
    'istanbul'
    """
    return plain.lower()


def fold_figures(text: str) -> str:
    """The text with a nought for every figure, of the same length.

    >>> fold_figures("28 May 2024"), fold_figures("٢٨")
    ('00 May 0000', '00')
    """
    for figure in "123456789":
        text = text.replace(figure, "0")
    return _FIGURE.sub("0", text) if not text.isascii() and _OTHERS.search(text) else text


def without_unseen(text: str) -> str:
    r"""The text without signs that nobody sees: soft hyphens, marks of width none and direction.

    The joiners stay that Persian words and emoji are made of.

    >>> without_unseen("har\N{SOFT HYPHEN}bour")
    'harbour'
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


def squash(text: str) -> str:
    """The text as bare letters and digits without case, for comparing.

    >>> squash("DER STANDARD.at")
    'derstandardat'
    """
    if text.isascii():  # as most names are, and a fifth of the work
        return text.encode().translate(_LOWER, _NO_WORDS).decode()
    return _NO_WORD.sub("", text.casefold())
