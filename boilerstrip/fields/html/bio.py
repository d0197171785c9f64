"""The author's bio: the lines about the author at the head or foot of an article."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.html.jsonld import text, types
from boilerstrip.fields.html.markup import inner_text, lines_after, select, tokens
from boilerstrip.fields.html.outlet import squash
from boilerstrip.language.names import is_person, looks_like_name, split_authors
from boilerstrip.language.vocabulary import any_of, choice, lowered
from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any

    from lxml.html import HtmlElement

    from boilerstrip.fields.html.evidence import Evidence
    from boilerstrip.fields.html.markup import Line

_SHORTEST, _LONGEST = 45, 1500  # characters of a bio
_BOX = re.compile(
    r"(?:^|[\s_-])(?:(?:author|writer|contributor|byline|autor|auteur|post-author|user)s?[\s_-]*"
    r"(?:bio(?:graphy)?|box|info|about|desc(?:ription)?|card|profile|details?|text|blurb|summary|"
    r"content|block|widget|section|wrapper|container|footer|area|meta|data|copy|tooltip|item)?|"
    r"about-?(?:the-?)?(?:author|writer)s?|bio(?:graphy)?(?:[\s_-]*\w+)?)(?:$|[\s_-])"
)
_OPENING = re.compile(r"^\W*(?:(?:dr|prof)\.?\s)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。…]['\"’”)\]]*(?:\s|$)")
_PROSE = etree.XPath(
    "descendant::*[self::p or self::div or self::em or self::i][not(.//p) and not(.//div)]"
)
_HEADS = etree.XPath(
    "descendant::*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::strong"
    " or self::p or self::span or self::div][string-length(.) < 45][not(.//*)]"
)
_NAMING = etree.XPath("descendant::*[not(self::script or self::style)]/text()[contains(., $words)]")
_TITLES = ("", "dr", "prof")
_EDGES = " \t\"'“”‘’«»()[]*•·|:;,.–—-"
_FEW = 3  # authors whose bios are looked for in the text
_ASIDE = re.compile(r"(?:^|[\s_-])(?:comments?|related|recommend\w*|respond)(?:$|[\s_-])")
_ASIDE_SIGNS = ("comment", "related", "recommend", "respond")
_INLINE = word_set("a b strong em i span u small font mark")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?i){any_of('about_author')}")


@cache
def _label_start() -> re.Pattern[str]:
    return re.compile(rf"(?i)^{any_of('about_author')}\s*:?\s*")


@cache
def _first_person() -> re.Pattern[str]:
    """How an author begins who speaks of himself."""
    own = any_of("bio_openings", "my_name")
    return re.compile(rf"(?i)^{any_of('greetings')}\b.{{0,20}}\b{own}|^{any_of('bio_openings')}\s")


@cache
def _own_name() -> re.Pattern[str]:
    hello, own = any_of("greetings"), any_of("bio_openings")
    return re.compile(rf"(?i){hello}?\W*{own} ([\w.'’-]+?)(?=[.,!]?(?:\s|$))")


@cache
def _menu() -> re.Pattern[str]:
    """What says that a text where a bio may stand is none."""
    return re.compile(rf"(?i){any_of('bio_menu')}")


@cache
def _goes_on() -> re.Pattern[str]:
    """What follows a name with which a sentence on the person begins, and no list of names."""
    return re.compile(
        rf"(?!\s{any_of('and', 'with')}\s|,\s[A-Z]\w+\s[A-Z])\s*(?:[,(]|"
        r"(?:\s(?:[A-Z]{2,5},?\s)?)[^\W\dA-Z_])"
    )


@cache
def _signs() -> re.Pattern[str]:
    """What a page holds where an author speaks of himself."""
    return re.compile(rf"\n(?:{any_of('greetings')}[ ,!]|{any_of('bio_openings')}\s)")


def boxed_names(evidence: Evidence) -> tuple[str, ...]:
    """The name that heads the page's first author box with a bio."""
    for element in evidence.authors:
        if _BOX.search(tokens(element)):
            names = [name for name in _names_in(element) if squash(name) not in evidence.own_names]
            if names and _bio_in(element, names[:1], ()) and not _is_aside(element):
                return tuple(names[:1])
    return ()


class Bio(NamedTuple):
    """A bio and the source that it is."""

    value: str
    source: str


def bio_candidates(evidence: Evidence, authors: Sequence[str]) -> tuple[Candidate, ...]:
    """What the page says of its authors; of several, each on a line of its own.

    ``authors`` are the article's, as far as they are known.
    """
    people = [
        name for name in authors if is_person(name) and squash(name) not in evidence.own_names
    ]
    found: dict[str, list[str]] = {}
    for bio in _all(evidence, people):
        values = found.setdefault(bio.source, [])
        if not any(bio.value in value or value in bio.value for value in values):
            values.append(bio.value)
    return tuple(Candidate("\n".join(values), source) for source, values in found.items())


def _all(evidence: Evidence, people: Sequence[str]) -> Iterator[Bio]:
    if not people or _speaks_of(evidence.text, people):
        boxes = list(_boxes(evidence, people))
        yield from boxes or _paragraphs(evidence, people)
    yield from _stated(evidence)


def _speaks_of(text: str, people: Sequence[str]) -> bool:
    """Whether the page can hold a bio of ``people`` at all: a cheap look at its bare text."""
    if _signs().search(f"\n{text}") or _labels_in(text):
        return True
    names = {part for name in people for part in (name, name.split()[0], name.split()[-1])}
    return any(_begins(text, name, names) for name in names)


def _labels_in(text: str) -> list[str]:
    """The labels of a bio that ``text`` holds, as it spells them."""
    folded = text.casefold()
    found = [label for label in lowered("about_author") if label in folded]
    return (
        sorted({match[0] for match in re.finditer(choice(found), text, re.IGNORECASE)})
        if found
        else []
    )


def _begins(text: str, name: str, names: Collection[str]) -> bool:
    """Whether some line of ``text`` begins with ``name``, or a label and it, and goes on."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _goes_on().match(text, end):
            before = _label_start().sub("", text[text.rfind("\n", 0, start) + 1 : start])
            before = before.strip(_EDGES).casefold()
            if before in _TITLES or any(before == other.casefold() for other in names):
                return True
        start = text.find(name, end)
    return False


def _paragraphs(evidence: Evidence, people: Sequence[str]) -> Iterator[Bio]:
    """The paragraphs that begin with an author's name, or stand under "About the author"."""
    labels = _labels_in(evidence.text)
    for name in [name for name in people if name.isprintable()][:_FEW]:
        words = [name] if _begins(evidence.text, name, ()) else []
        met = f"m {name.split()[0]}"
        words += [met] if met in evidence.text else []
        value = _first_told(evidence, [*words, *labels], name)
        if value:
            yield Bio(value, "markup:bio")


def _first_told(evidence: Evidence, words: Sequence[str], name: str) -> str | None:
    """The bio in or under the first text with one of ``words`` that holds or heads one."""
    for word in words:
        for node in cast("list[etree._ElementUnicodeResult]", _NAMING(evidence.tree, words=word)):
            element = node.getparent()
            if element is None or _is_aside(element):
                continue
            if _label().fullmatch(node.strip(" :\n\t")):
                value = _under_label(element, [name])
            else:
                value = _introduction(_paragraph(element, is_tail=node.is_tail), [name])
            if value:
                return value
    return None


def _paragraph(element: HtmlElement, *, is_tail: bool = False) -> str:
    """The text of the block that a text stands in."""
    if is_tail and element.getparent() is not None:
        element = element.getparent()
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()
    return inner_text(element)


def _introduction(paragraph: str, people: Sequence[str]) -> str | None:
    """``paragraph`` without a label, if it begins with an author's full name and goes on."""
    paragraph = _label_start().sub("", paragraph)
    if not _SHORTEST <= len(paragraph) <= _LONGEST or _menu().search(paragraph[:80]):
        return None
    if not _SENTENCE.search(paragraph):
        return None
    start = _OPENING.match(paragraph)
    rest = paragraph[start.end() if start else 0 :]
    for name in people:
        if " " in name and rest.startswith(name) and _goes_on().match(rest[len(name) :]):
            return paragraph.strip("()")
        own = _own_name().match(paragraph)
        if own and own[1].casefold() == name.split()[0].casefold():
            return paragraph
    return None


def _under_label(element: HtmlElement, people: Sequence[str]) -> str | None:
    """The paragraph of some length that follows a label, near enough to belong to it."""
    lines = list(islice(lines_after(element), 12))
    for line in lines[1:]:
        paragraph = _paragraph(line.element) if not line.is_tail else line.text
        if _SHORTEST + 15 <= len(paragraph) <= _LONGEST and not _menu().search(paragraph[:80]):
            told = is_bio(paragraph, [*people, *_names_before(lines, line)])
            return paragraph if told else None
    return None


def _names_before(lines: Sequence[Line], end: Line) -> list[str]:
    before = [line.text for line in lines[: lines.index(end)]]
    return [name for text in before for name in split_authors(text) if looks_like_name(name)]


def _stated(evidence: Evidence) -> Iterator[Bio]:
    """The descriptions of the authors in the JSON-LD."""
    for node in evidence.linked.articles[:1]:
        about = {text(node.get("description")), evidence.meta("description", "og:description")}
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            person = evidence.linked.resolve(author)
            value = _description(person)
            own = isinstance(person, dict) and squash(text(person) or "") in evidence.own_names
            if value and value not in about and not own:
                yield Bio(value, "json-ld")


def _description(person: Any) -> str | None:
    if not isinstance(person, dict):
        return None
    if any("organization" in kind for kind in types(person)):
        return None
    value = text(person.get("description")) or text(person.get("disambiguatingDescription"))
    if not value or not _SHORTEST <= len(value) <= _LONGEST or _menu().search(value[:80]):
        return None
    return value


def _boxes(evidence: Evidence, authors: Sequence[str]) -> Iterator[Bio]:
    """The bios in the author boxes of the page."""
    seen: set[HtmlElement] = set()
    for element in evidence.authors:
        if not seen.isdisjoint(element.iterancestors()):
            continue
        if not _BOX.search(tokens(element)):
            continue
        value = _bio_in(element, authors, evidence.own_names)
        if value and not _is_aside(element):
            seen.add(element)
            yield Bio(value, "markup:author-box")


def _bio_in(box: HtmlElement, people: Sequence[str], own: Collection[str]) -> str | None:
    """The paragraph of a box that speaks of a person, with those that follow it."""
    whole = inner_text(box)
    if not _SHORTEST <= len(whole) <= _LONGEST * 2:
        return None
    names = people or [name for name in _names_in(box) if squash(name) not in own]
    pieces = [_unheaded(inner_text(piece), names) for piece in select(_PROSE, box)]
    pieces = pieces or [_unheaded(whole, names)]
    for position, piece in enumerate(pieces):
        if is_bio(piece, names):
            rest = [
                p for p in pieces[position + 1 :] if len(p) > _SHORTEST and not _menu().search(p)
            ]
            return "\n".join(dict.fromkeys([piece, *rest]))
    return None


def _unheaded(paragraph: str, names: Sequence[str]) -> str:
    """``paragraph`` without a label or a name that stand before the first sentence."""
    paragraph = _label_start().sub("", paragraph)
    for name in names:
        rest = paragraph.removeprefix(name).lstrip(" :,–-")
        if rest != paragraph and (rest.startswith(name.split()[0]) or _first_person().match(rest)):
            return rest
    return paragraph


def _is_aside(element: HtmlElement) -> bool:
    """Whether the element stands among comments or other articles."""
    around = element.iterancestors("div", "ul", "ol", "li", "section", "aside")
    marks = "\n".join(map(tokens, around))
    return any(sign in marks for sign in _ASIDE_SIGNS) and bool(_ASIDE.search(marks))


def _names_in(box: HtmlElement) -> list[str]:
    lines = [inner_text(line) for line in select(_HEADS, box)]
    return [name for line in lines for name in split_authors(line) if looks_like_name(name)]


def is_bio(paragraph: str, authors: Sequence[str]) -> bool:
    """Whether ``paragraph`` begins by saying of one of ``authors`` who they are.

    >>> is_bio("Ann Lee is a reporter who covers rivers and the people beside them.", ["Ann Lee"])
    True
    >>> is_bio("Ann Lee, the mayor, said that the river would be clean by May.", ["Bo Ray"])
    False
    """
    if not _SHORTEST <= len(paragraph) <= _LONGEST or _menu().search(paragraph[:80]):
        return False
    if _first_person().match(paragraph):
        return True
    head = _OPENING.match(paragraph)
    rest = paragraph[head.end() if head else 0 :]
    for author in authors:
        for name in (author, author.split()[0], author.split()[-1]):
            if rest.casefold().startswith(name.casefold()) and _goes_on().match(rest[len(name) :]):
                return True
    return False
