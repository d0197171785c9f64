"""The shape of a line: whether it reads as prose, as an item of a list, or as two glued pieces."""

from __future__ import annotations

import regex

# Sentence ends of the Latin, Arabic, Devanagari and CJK scripts, with what may close after them.
_SENTENCE_ENDS = tuple(".!?…。！？؟।۔")
_CLOSING = "\"'”’»)]」』）"
_SENTENCE_BREAK = regex.compile(r"""[.!?…]["'”’»)\]]*\s+\p{Lu}|[。！？]""")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")
# A lower-case letter, digit, bracket or closing quote, and right behind it a capitalised word. A
# single quote closes only behind a word: that of "l'Ukraine" is an article's.
_GLUE = regex.compile(
    r"""(?<=[\p{Ll}\d?!)]|[\p{L}\d.?!]["”]|(?:\p{L}{3}|[.?!])['’])(?=["“'‘]?\p{Lu}[\p{Ll}\s])"""
)
# First halves of names that are written with a capital inside: McDonald, YouTube, PayPal ...
_HALVES = regex.compile(
    r"\b(?:Mc|Mac|De|Di|Du|La|Le|Van|O'|D'|L'|[ie]|You|Tik|Whats|Linked|Pay|Fed|Git|Java|Face|Buzz"
    r"|Power|Soft|Deep|Master|Black|Exxon|Astra|Snap|Door|Air|Word)$"
)
_BETWEEN_WORDS = regex.compile(r"\W+")
# What ``\w`` takes of ASCII in lower case, and a space for all else.
_ASCII_WORDS = bytes(
    ord(char.lower() if char.isalnum() or char == "_" else " ") for char in map(chr, range(128))
).ljust(256)
# The same for all that a code page holds which most texts of Western Europe fit into.
_WESTERN = "cp1252"
_WESTERN_WORDS = bytes(
    number if regex.match(r"\w", bytes([number]).decode(_WESTERN, "replace")) else ord(" ")
    for number in range(256)
)
_PROSE_WORDS = 9
_PROSE_CJK = 35
# From this many words on, a text with a sentence break inside is prose however it ends.
_LONG_WORDS = 25


def is_prose(text: str) -> bool:
    """Whether the text reads as running sentences and not as a heading, a label or an item.

    >>> is_prose("The summit lasted four hours and ended without a statement to the press.")
    True
    >>> is_prose("Summit ends without a statement to the press")
    False
    """
    spaces = text.count(" ")
    if spaces < _PROSE_WORDS:
        if len(text) < _PROSE_CJK or text.isascii():
            return False
        return len(_CJK.findall(text)) >= _PROSE_CJK
    if ends_sentence(text):
        return True
    return spaces >= _LONG_WORDS and bool(_SENTENCE_BREAK.search(text))


def fold_words(text: str) -> str:
    """The text's words in one case, without what stands between them.

    >>> fold_words("Rain, rain – and MORE rain!")
    'rain rain and more rain'
    """
    if text.isascii():  # as most lines are, and a third of the work
        return b" ".join(text.encode().translate(_ASCII_WORDS).split()).decode()
    text = text.casefold()
    try:
        western = text.encode(_WESTERN)
    except UnicodeEncodeError:
        return " ".join(_BETWEEN_WORDS.split(text)).strip()
    return b" ".join(western.translate(_WESTERN_WORDS).split()).decode(_WESTERN)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does.

    >>> ends_sentence("It rained."), ends_sentence("Rain")
    (True, False)
    """
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def glue_point(text: str) -> int | None:
    """Where a title and its summary were put together without a space; ``None`` if nowhere.

    >>> title = "Summit ends early in Oslo"
    >>> glue_point(title + "The talks broke off after an hour on Monday.") == len(title)
    True
    >>> glue_point("Le ministre a dit que l’Ukraine occupe la région depuis un an.") is None
    True
    >>> glue_point("A film about McDonald's was shown on YouTube to a small crowd.") is None
    True
    """
    for match in _GLUE.finditer(text):
        left, right = text[: match.start()], text[match.start() :]
        if left.count(" ") >= 2 and right.count(" ") >= 3 and not _HALVES.search(left):
            return match.start()
    return None
