"""The headline in raw text: the first lines, held to the evidence around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from boilerstrip.language.prose import ends_sentence, is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]

# "Headline - Outlet", "Headline | Section | Outlet", "Headline – Outlet.com".
_SUFFIX = regex.compile(
    r"""(?P<title>\S.{14,}?\S)
    (?:\s*[|»·]\s*|\s+[-–—]\s+|\s+::\s+)
    (?:[^|]{2,40}\s*\|\s*)?
    (?P<outlet>
        (?:The\s+)?(?-i:[\p{Lu}\d]|[\p{Lo}])[\p{L}\p{M}\d.'’&!+-]*
        (?:\s+(?:of|the|and|for|on|in|&|de|des|du|da|do|das|dos|la|le|les|el|los|las|y|e|et|und|di|del|
            della|van|het|der|die|das|am|
            (?-i:[\p{Lu}\d])[\p{L}\p{M}\d.'’&!+-]*)){0,4}
    )""",
    regex.VERBOSE,
)
_FEWEST_WORDS = 3
_MOST_WORDS = 32
_MOST_CHARACTERS = 250
_FEWEST_CJK = 8
_MENU_WORDS = 3
# An outlet's name in a suffix is short beside the headline before it.
_SUFFIX_WORDS = 5
# "Ada Moore", "Ada Moore and Ines Calder".
_NAME = r"(?:\p{Lu}[\p{L}\p{M}'’-]*\.?\s+){1,3}\p{Lu}[\p{L}\p{M}'’-]+"
_NAMES = regex.compile(rf"{_NAME}(?:(?:,|\s+(?:and|und|y|et|e|&))\s+{_NAME}){{0,4}}")
_DATED = regex.compile(r"\d{1,2}[.:/]\d{2}")
_BETWEEN_NAMES = regex.compile(r",\s+|\s+(?:and|und|y|et|e|&)\s+")
# What a bio says of its author, behind the name.
_BIO_VERB = regex.compile(
    r"\s+(?:is|was|has|covers|writes|teaches|edits|reports|works|lives|runs|leads|heads|joined|studies"
    r"|hosts|directs|holds|spent|serves|ist|arbeitet|schreibt|leitet|es|escribe|trabaja|est|écrit|é)\b"
)


def split_suffix(headline: str) -> tuple[Span, Span] | None:
    """The spans of a headline and of the outlet's name after it; ``None`` if there is no such.

    >>> line = "Storm Reaches the Coast – Barron’s"
    >>> title, outlet = split_suffix(line)
    >>> line[slice(*title)], line[slice(*outlet)]
    ('Storm Reaches the Coast', 'Barron’s')
    >>> split_suffix("Storm reaches the coast - and stays") is None
    True
    """
    match = _SUFFIX.fullmatch(headline.strip())
    if match is None or (ends_sentence(match["title"]) and not match["title"].endswith(("?", "!"))):
        return None
    offset = len(headline) - len(headline.lstrip())
    title, outlet = match.span("title"), match.span("outlet")
    if len(match["outlet"].split()) > max(_SUFFIX_WORDS, 1) or not is_headline(match["title"]):
        return None
    return (title[0] + offset, title[1] + offset), (outlet[0] + offset, outlet[1] + offset)


def is_headline(text: str) -> bool:
    """Whether a line has the shape of a headline.

    >>> is_headline("Storm Reaches the Coast"), is_headline("Menu"), is_headline("It rained today.")
    (True, False, False)
    """
    if not text or len(text) > _MOST_CHARACTERS or text[0] in "-•*[(" or text[-1] in ":;,":
        return False
    if ends_sentence(text) and text[-1] not in "?!…\"'”’»)":
        return False
    words = text.count(" ") + 1
    if words < _FEWEST_WORDS:
        return not text.isascii() and len(text) >= _FEWEST_CJK and not text[0].islower()
    return words <= _MOST_WORDS and not (is_prose(text) and words > _MOST_WORDS // 2)


def _says_enough(text: str) -> bool:
    """Whether a line has a headline's shape, and more words than a menu entry, and no date."""
    short = text.isascii() or " " in text
    enough = text.count(" ") >= _MENU_WORDS if short else len(text) >= _FEWEST_CJK
    return is_headline(text) and enough and not _DATED.search(text) and not _NAMES.fullmatch(text)


def find_headline_above(texts: Sequence[str]) -> int | None:
    """The number of the headline among the lines above a body, none of which is body.

    It is there twice, or right above the body, or first, as the page's title element.

    >>> find_headline_above(["Harbour Post", "World", "Storm reaches the coast at night"])
    2
    """
    said = [_headline_of(text) for text in texts]
    headlines = [n for n, text in enumerate(said) if _says_enough(text)]
    repeated = [number for number in headlines if said.count(said[number]) > 1]
    if repeated:
        return repeated[0]
    return next((number for number in (len(texts) - 1, 0) if number in headlines), None)


def _headline_of(text: str) -> str:
    title, _ = split_suffix(text) or ((0, len(text)), None)
    return text[slice(*title)].strip("# ").casefold()


def split_names(text: str) -> list[str]:
    """The names in a byline, in lower case.

    >>> split_names("Ada Moore and INES CALDER")
    ['ada moore', 'ines calder']
    """
    return [name.strip().casefold() for name in _BETWEEN_NAMES.split(text) if " " in name.strip()]


def starts_bio(text: str, name: str) -> bool:
    """Whether a text in lower case begins with the name and says who that is.

    >>> starts_bio("ada moore covers the coast.", "ada moore")
    True
    """
    return text.startswith(name) and bool(_BIO_VERB.match(text, len(name)))
