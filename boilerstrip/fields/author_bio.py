"""The author's bio: what is said of the author at the head or foot of an article."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from boilerstrip.fields.author_box import (
    LONGEST,
    OPENING,
    SHORTEST,
    bio_label,
    bio_menu,
    boxed_bios,
    goes_on,
    is_aside,
    is_bio,
    label_start,
)
from boilerstrip.fields.authors import authors_said, authors_stated
from boilerstrip.fields.bio_foot import bios_at_foot
from boilerstrip.fields.bio_lines import find_bios, find_labelled, presents
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.outlet import outlet_said, own_names
from boilerstrip.fields.text import source_of
from boilerstrip.language.fold import squash
from boilerstrip.language.names import (
    is_person,
    looks_like_name,
    split_authors,
)
from boilerstrip.language.prose import is_prose
from boilerstrip.language.vocabulary import any_of
from boilerstrip.language.words import word_set
from boilerstrip.readers import jsonld
from boilerstrip.readers.markup import inner_text, lines_after, texts_with

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from boilerstrip.claim import Claim
    from boilerstrip.fields.text import Text
    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.statements import Statements

_SENTENCE = re.compile(r"[.!?。…]['\"’”)\]]*(?:\s|$)")
_EDGES = " \t\"'“”‘’«»()[]*•·|:;,.–—-"
_FEW = 3  # authors whose bios are looked for in the text
_INLINE = word_set("a b strong em i span u small font mark")
_TITLES = ("", "dr", "prof")


@cache
def _own_name() -> re.Pattern[str]:
    hello, own = any_of("greetings"), any_of("bio_openings")
    return re.compile(rf"(?i){hello}?\W*{own} ([\w.'’-]+?)(?=[.,!]?(?:\s|$))")


@cache
def _signs() -> re.Pattern[str]:
    """What a page holds where an author speaks of himself."""
    return re.compile(rf"\n(?:{any_of('greetings')}[ ,!]|{any_of('bio_openings')}\s)")


@cache
def _label_line() -> re.Pattern[str]:
    return re.compile(rf"(?im)^\W*({any_of('about_author')})(?!\w)")


def boxed(page: Statements) -> Iterator[Candidate[str]]:
    """What the author boxes of the page say of the authors."""
    if bios := page.once(_boxed):
        yield Candidate(_joined(bios), "html:author-box")


def described(page: Statements) -> Iterator[Candidate[str]]:
    """What microdata calls the description of the author."""
    texts = (
        inner_text(element)
        for element in page.described
        if "description" in (element.get("itemprop") or "").split()
        and any("author" in (a.get("itemprop") or "").split() for a in element.iterancestors())
    )
    if bios := [text for text in texts if SHORTEST <= len(text) <= LONGEST]:
        yield Candidate(_joined(bios), "html:itemprop")


def introduced(page: Statements) -> Iterator[Candidate[str]]:
    """The paragraphs that begin with an author's name, or stand under "About the author"."""
    unknown = page.once(_may_tell) and not page.once(_boxed)
    if unknown and (bios := list(_paragraphs(page, page.once(_people)))):
        yield Candidate(_joined(bios), "html:bio")


def linked(page: Statements) -> Iterator[Candidate[str]]:
    """The descriptions of the authors in the JSON-LD."""
    if bios := list(_linked(page)):
        yield Candidate(_joined(bios), "json-ld")


def removed(text: Text) -> Iterator[Candidate[str]]:
    """What rules, or the lines around it, call a bio."""
    claims = [
        claim
        for claim in text.claims
        if claim.category == "author_bio" and claim.cause.kind != "scorer"  # that only guesses
    ]
    if values := [value for claim in claims if (value := _bio_in(text.whole, claim))]:
        yield Candidate("\n".join(dict.fromkeys(values)), source_of(claims[0]))


def told(text: Text) -> Iterator[Candidate[str]]:
    """The lines that say of an author who that is; markup says itself where a bio is."""
    authors = () if text.document.tree else text.once(authors_said)
    if authors and (bios := list(find_bios(text.lines, authors))):
        yield Candidate("\n".join(bios), "text:bio")


def labelled(text: Text) -> Iterator[Candidate[str]]:
    """What stands under "About the author" and begins with a name, a line for each."""
    if not text.document.tree and (bios := list(find_labelled(text.lines))):
        yield Candidate("\n".join(bios), "text:bio-label")


def taken(text: Text) -> Iterator[Candidate[str]]:
    """The lines that were taken for bios, and say so: a name, and who that is."""
    if not text.document.tree:
        lines = [line.text.strip("() ") for line in text.lines if line.role == "author_bio"]
        if bios := [line for line in lines if len(line) <= LONGEST and presents().match(line)]:
            yield Candidate("\n".join(dict.fromkeys(bios)), "text:bio")


def signed(text: Text) -> Iterator[Candidate[str]]:
    """The lines below the story that begin with a name from its head, in any language."""
    if not text.document.tree:
        titles, outlet = _titles(text), text.once(outlet_said)
        if bios := list(bios_at_foot(text.pieces, text.once(authors_said), titles, outlet)):
            yield Candidate("\n".join(bios), "text:bio")


def _titles(text: Text) -> Iterator[str]:
    """The lines that say the headline; it is looked for when they are asked for."""
    for number, _ in text.shape.titles if text.shape else ():
        yield text.lines[number].text


# Where the bio is read from, most trusted first.
STATED = (boxed, described, introduced, linked)
SAID = (labelled, removed, told, taken, signed)


def _joined(bios: Iterable[str]) -> str:
    """The bios, a line for each, those left out that another holds."""
    kept: list[str] = []
    for bio in bios:
        if not any(bio in other or other in bio for other in kept):
            kept.append(bio)
    return "\n".join(kept)


def _people(page: Statements) -> list[str]:
    """The authors who are people, as far as the page states them."""
    names = (name for name in page.once(authors_stated) if is_person(name))
    return [name for name in names if squash(name) not in page.once(own_names)]


def _boxed(page: Statements) -> list[str]:
    return list(boxed_bios(page, page.once(_people)))


def _may_tell(page: Statements) -> bool:
    """Whether the page's text can hold a bio of its authors: a cheap look at it as it stands."""
    people = page.once(_people)
    return not people or _speaks_of(page.text, people)


def _speaks_of(text: str, people: Sequence[str]) -> bool:
    """Whether the page can hold a bio of ``people`` at all: a cheap look at its bare text."""
    if _signs().search(f"\n{text}") or _labels_in(text):
        return True
    names = {part for name in people for part in (name, name.split()[0], name.split()[-1])}
    return any(_begins(text, name, names) for name in names)


def _labels_in(text: str) -> list[str]:
    """The labels of a bio that lines of ``text`` begin with, as they are printed."""
    return list(dict.fromkeys(_label_line().findall(text)))


def _begins(text: str, name: str, names: Collection[str]) -> bool:
    """Whether some line of ``text`` begins with ``name``, or a label and it, and goes on."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if goes_on().match(text, end):
            before = label_start().sub("", text[text.rfind("\n", 0, start) + 1 : start])
            before = before.strip(_EDGES).casefold()
            if before in _TITLES or any(before == other.casefold() for other in names):
                return True
        start = text.find(name, end)
    return False


def _paragraphs(page: Statements, people: Sequence[str]) -> Iterator[str]:
    labels = _labels_in(page.text)
    for name in [name for name in people if name.isprintable()][:_FEW]:
        words = [name] if _begins(page.text, name, ()) else []
        met = f"m {name.split()[0]}"
        words += [met] if met in page.text else []
        value = _first_told(page, [*words, *labels], name)
        if value:
            yield value


def _first_told(page: Statements, words: Sequence[str], name: str) -> str | None:
    """The bio in or under the first text with one of ``words`` that holds or heads one."""
    for word in words:
        for node in texts_with(page.tree, word):
            element = node.getparent()
            if element is None or is_aside(element):
                continue
            if bio_label().fullmatch(node.strip(" :\n\t")):
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
    paragraph = label_start().sub("", paragraph)
    if not SHORTEST <= len(paragraph) <= LONGEST or bio_menu().search(paragraph[:80]):
        return None
    if not _SENTENCE.search(paragraph):
        return None
    start = OPENING.match(paragraph)
    rest = paragraph[start.end() if start else 0 :]
    for name in people:
        if " " in name and rest.startswith(name) and goes_on().match(rest[len(name) :]):
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
        if SHORTEST + 15 <= len(paragraph) <= LONGEST and not bio_menu().search(paragraph[:80]):
            told = is_bio(paragraph, [*people, *_names_before(lines, line)])
            return paragraph if told else None
    return None


def _names_before(lines: Sequence[Line], end: Line) -> list[str]:
    before = [line.text for line in lines[: lines.index(end)]]
    return [name for text in before for name in split_authors(text) if looks_like_name(name)]


def _linked(page: Statements) -> Iterator[str]:
    for node in page.linked.articles[:1]:
        about = {jsonld.text(node.get("description")), page.meta("description", "og:description")}
        authors = node.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            person = page.linked.resolve(author)
            value = _description(person)
            own = isinstance(person, dict) and squash(jsonld.text(person) or "") in page.once(
                own_names
            )
            if value and value not in about and not own:
                yield value


def _description(person: Any) -> str | None:
    if not isinstance(person, dict):
        return None
    if any("organization" in kind for kind in jsonld.types(person)):
        return None
    value = jsonld.text(person.get("description")) or jsonld.text(
        person.get("disambiguatingDescription")
    )
    if not value or not SHORTEST <= len(value) <= LONGEST or bio_menu().search(value[:80]):
        return None
    return value


def _bio_in(text: str, claim: Claim) -> str | None:
    """The bio in a removed passage, without the heading over it; ``None`` for a bare heading."""
    if "bio" in claim.groups:
        start, end = claim.groups["bio"]
        return text[start:end].strip()
    lines = text[claim.start : claim.end].splitlines()
    bio = "\n".join(line.strip() for line in lines if is_prose(line.strip()))
    return bio or None
