"""The boxes that speak of an author, at the head or foot of an article."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from boilerstrip.fields.nearby import is_near
from boilerstrip.fields.outlet import own_names
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import squash
from boilerstrip.language.names import looks_like_name, split_authors
from boilerstrip.language.vocabulary import any_of
from boilerstrip.readers.markup import inner_text, paragraphs_in, short_lines_in, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from boilerstrip.readers.statements import Statements

SHORTEST, LONGEST = 45, 1500  # characters of a bio
_BOX = re.compile(
    r"(?:^|[\s_-])(?:(?:author|writer|contributor|byline|autor|auteur|post-author|user)s?[\s_-]*"
    r"(?:bio(?:graphy)?|box|info|about|desc(?:ription)?|card|profile|details?|text|blurb|summary|"
    r"content|block|widget|section|wrapper|container|footer|area|meta|data|copy|tooltip|item)?|"
    r"about-?(?:the-?)?(?:author|writer)s?|bio(?:graphy)?(?:[\s_-]*\w+)?)(?:$|[\s_-])"
)
_SURNAME = re.compile(r"(?:\s[^\W\d_][\w.’'-]+){1,2}?(?=\s?[,(]|\s[^\W\dA-Z_])")
OPENING = re.compile(r"^\W*(?:(?:dr|prof)\.?\s)?", re.IGNORECASE)
_BIO = re.compile(r"(?:^|[\s_-]|author|user)(?:bio(?:graphy)?|desc(?:ription)?)(?:$|[\s_-])")
_SENTENCE = re.compile(r"\S+(?:\s\S+){5,}[.!?。…]['\"’”)\]]*(?:\s|$)")
_QUOTES = "\"'“”„«»‘’"
_SMALL = 900  # characters of a box that speaks of one author
_ASIDE = re.compile(r"(?:^|[\s_-])(?:comments?|related|recommend\w*|respond)(?:$|[\s_-])")
_ASIDE_SIGNS = ("comment", "related", "recommend", "respond")


@cache
def bio_label() -> re.Pattern[str]:
    """A heading over an author's bio."""
    return re.compile(rf"(?i){any_of('about_author')}")


@cache
def label_start() -> re.Pattern[str]:
    """Such a heading, before the bio in one line."""
    return re.compile(rf"(?i)^{any_of('about_author')}\s*:?\s*")


@cache
def _first_person() -> re.Pattern[str]:
    """How an author begins who speaks of himself."""
    own = any_of("bio_openings", "my_name")
    return re.compile(rf"(?i)^{any_of('greetings')}\b.{{0,20}}\b{own}|^{any_of('bio_openings')}\s")


@cache
def bio_menu() -> re.Pattern[str]:
    """What says that a text where a bio may stand is none."""
    return re.compile(rf"(?i){any_of('bio_menu')}")


@cache
def goes_on() -> re.Pattern[str]:
    """What follows a name with which a sentence on the person begins, and no list of names."""
    return re.compile(
        rf"(?!\s{any_of('and', 'with')}\s|,\s[A-Z]\w+\s[A-Z])\s*(?:[,(]|"
        r"(?:\s(?:[A-Z]{2,5},?\s)?)[^\W\dA-Z_]|\s(?:19|20)\d\d['’]\w)"
    )


def boxed_names(page: Statements) -> tuple[str, ...]:
    """The name that heads the page's first author box with a bio."""
    for element in page.authors:
        if _BOX.search(tokens(element)):
            names = [
                name for name in _names_in(element) if squash(name) not in page.once(own_names)
            ]
            if names and _bio_in(element, names[:1], ()) and not is_aside(element):
                return tuple(names[:1])
    return ()


def boxed_bios(page: Statements, authors: Sequence[str]) -> Iterator[str]:
    """The bios in the author boxes of the page."""
    seen: set[HtmlElement] = set()
    for element in page.authors:
        if not seen.isdisjoint(element.iterancestors()):
            continue
        if not _BOX.search(tokens(element)):
            continue
        value = _bio_in(element, authors, page.once(own_names))
        value = value or _nameless_bio(page, element, authors)
        if value and not is_aside(element):
            seen.add(element)
            yield value


def _bio_in(box: HtmlElement, people: Sequence[str], own: Collection[str]) -> str | None:
    """The paragraph of a box that speaks of a person, with those that follow it."""
    whole = inner_text(box)
    if not SHORTEST <= len(whole) <= LONGEST * 2:
        return None
    names = people or [name for name in _names_in(box) if squash(name) not in own]
    pieces = [_unheaded(inner_text(piece), names) for piece in paragraphs_in(box)]
    pieces = pieces or [_unheaded(whole, names)]
    for position, piece in enumerate(pieces):
        if is_bio(piece, names):
            rest = [
                p for p in pieces[position + 1 :] if len(p) > SHORTEST and not bio_menu().search(p)
            ]
            return "\n".join(dict.fromkeys([piece, *rest]))
    return None


def _nameless_bio(page: Statements, box: HtmlElement, authors: Sequence[str]) -> str | None:
    """The first prose of a box that a class or the author's name over it calls the bio.

    "Covers harbours since 2012." names nobody, so the box must: it holds an author's name and no
    other, or calls itself a bio. What stands right below the headline may be a standfirst.
    """
    if box in page.frame or not authors or not SHORTEST <= len(inner_text(box)) <= _SMALL:
        return None
    pieces = [piece for piece in paragraphs_in(box) or [box] if _is_described(piece)]
    if not pieces:
        return None
    near = (box, *islice(box.iterancestors(), 2))
    around = [item for item in near if item not in page.frame and len(inner_text(item)) <= _SMALL]
    names = {squash(name) for name in _names_in(around[-1])}
    own = {squash(name) for name in authors}
    if names - own:
        return None
    for piece in pieces:
        text = inner_text(piece)
        if _is_called_bio(piece) or _is_called_bio(box):
            # What names nobody and gives an address is the outlet's.
            return text if names or "@" not in text else None
        before = inner_text(around[-1]).partition(text)[0]
        if any(name in before for name in authors) and not is_near(page, piece):
            return text
    return None


def _is_called_bio(element: HtmlElement) -> bool:
    return bool(_BIO.search(tokens(element))) or "description" in (element.get("itemprop") or "")


def _is_described(element: HtmlElement) -> bool:
    """Whether an element says in a sentence what a bio may say, and is no link or list."""
    text = inner_text(element)
    if not SHORTEST <= len(text) <= LONGEST or bio_menu().search(text[:80]):
        return False
    if text[0] in _QUOTES or "{{" in text:
        return False
    linked = sum(len(inner_text(link)) for link in element.iter("a"))
    return bool(_SENTENCE.search(text)) and linked <= len(text) / 2 and not parse_date(text[:60])


def _unheaded(paragraph: str, names: Sequence[str]) -> str:
    """``paragraph`` without a label or a name that stand before the first sentence."""
    paragraph = label_start().sub("", paragraph)
    for name in names:
        rest = paragraph.removeprefix(name).lstrip(" :,–-")
        if rest != paragraph and (rest.startswith(name.split()[0]) or _first_person().match(rest)):
            return rest
    return paragraph


def is_aside(element: HtmlElement) -> bool:
    """Whether the element stands among comments or other articles."""
    around = element.iterancestors("div", "ul", "ol", "li", "section", "aside")
    marks = "\n".join(map(tokens, around))
    return any(sign in marks for sign in _ASIDE_SIGNS) and bool(_ASIDE.search(marks))


def _names_in(box: HtmlElement) -> list[str]:
    lines = [inner_text(line) for line in short_lines_in(box)]
    lines = [line for line in lines if " " in line or not line.isascii()]
    return [name for line in lines for name in split_authors(line) if looks_like_name(name)]


def is_bio(paragraph: str, authors: Sequence[str]) -> bool:
    """Whether ``paragraph`` begins by saying of one of ``authors`` who they are.

    >>> is_bio("Ann Lee is a reporter who covers rivers and the people beside them.", ["Ann Lee"])
    True
    >>> is_bio("Ann Lee, the mayor, said that the river would be clean by May.", ["Bo Ray"])
    False
    """
    if not SHORTEST <= len(paragraph) <= LONGEST or bio_menu().search(paragraph[:80]):
        return False
    if _first_person().match(paragraph):
        return True
    head = OPENING.match(paragraph)
    rest = paragraph[head.end() if head else 0 :]
    for author in authors:
        author = OPENING.sub("", author) or author
        for name in (author, author.split()[0], author.split()[-1]):
            if not rest.casefold().startswith(name.casefold()):
                continue
            behind = rest[len(name) :]
            # Who signs with the first name alone is told of with all of it.
            surname = _SURNAME.match(behind) if name == author and " " not in name else None
            if goes_on().match(behind, surname.end() if surname else 0):
                return True
    return False
