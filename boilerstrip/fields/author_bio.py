"""The author's bio: what is said of the author at the head or foot of an article."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import regex

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
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.outlet import outlet_said, own_names
from boilerstrip.fields.text import source_of
from boilerstrip.language.fold import fold_variants, squash
from boilerstrip.language.names import (
    CAPITALISED,
    is_person,
    looks_like_name,
    places_of,
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
    from boilerstrip.fields.head import HeadLine
    from boilerstrip.fields.text import Text
    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.statements import Statements

_SENTENCE = re.compile(r"[.!?。…]['\"’”)\]]*(?:\s|$)")
_EDGES = " \t\"'“”‘’«»()[]*•·|:;,.–—-"
_FEW = 3  # authors whose bios are looked for in the text
_INLINE = word_set("a b strong em i span u small font mark")
_TITLES = ("", "dr", "prof")
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx)\.?\s)?"
# "Ada Moore", "Ada Moore, PhD,", "Ada Moore (@adamoore)", "Ada Moore, Editor, Boats,".
_ASIDE = r"(?:\s?\([^)]{1,60}\)|,\s[^.!?]{1,80},|,\sas\s[^.!?]{1,80},)?"
# So many lines above a bio may hold the name, and a post below it.
_ABOVE = 3
_LONGEST_NAME_LINE = 80
_FEWEST_WORDS = 9
# A bio under its label is no shorter.
_SHORTEST_LABELLED = 20
_MARKS = "#*_ :\t"
_RIGHTS = regex.compile(r"(?i)©|\bcopyright\b")


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


@cache
def _before() -> regex.Pattern[str]:
    """What stands before the author's name: a label, and a title."""
    return regex.compile(rf"(?:(?i:{any_of('about_author')}):?\s)?{_TITLE}")


@cache
def _behind() -> regex.Pattern[str]:
    """What stands behind it."""
    return regex.compile(rf"{_ASIDE}\s{any_of('bio_verbs', 'bio_verbs_of_stories')}\b")


@cache
def _self() -> regex.Pattern[str]:
    """How an author speaks of himself: "Hi, I'm Ada", "Ich bin eine Reporterin"."""
    am = any_of("bio_openings")
    return regex.compile(
        rf"(?:{any_of('greetings')}\b.{{0,40}}?\s{am}\s|{am}\s{any_of('articles')}\s)"
    )


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
        if bios := [line for line in lines if len(line) <= LONGEST and _presents().match(line)]:
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


def find_bios(lines: Sequence[HeadLine], authors: Sequence[str]) -> Iterator[str]:
    """The bios of the authors, in their order; for each the first line that is one.

    >>> from boilerstrip.fields.head import HeadLine
    >>> bio = "Ada has written about boats, tides and harbours for the Harbour Post since 2004."
    >>> lines = [HeadLine(text, text == bio, True) for text in ("Ferry aground", "Ada Moore", bio)]
    >>> list(find_bios(lines, ["Ada Moore"])) == [bio]
    True
    >>> list(find_bios(lines, ["Bo Lind"]))
    []
    """
    long = [number for number, line in enumerate(lines) if _may_be_bio(line)]
    owners = [line.text for line in lines if _RIGHTS.search(line.text)]
    for author in authors:
        # What an outlet says of itself, in whose name it writes, is no bio.
        if _is_short_for(author) or any(author in text for text in (lines[0].text, *owners)):
            continue
        bios = (number for number in long if _is_bio_of(lines, number, author))
        if (number := next(bios, None)) is not None:
            yield lines[number].text.strip("() ")


def find_labelled(lines: Sequence[HeadLine]) -> Iterator[str]:
    """The lines right under a label of a bio that begin with a name and go on.

    >>> from boilerstrip.fields.head import HeadLine
    >>> bio = "Ada Moore, born in Lund. Boats on weekends."
    >>> lines = [HeadLine(text, False, True) for text in ("About the author", bio, "Share")]
    >>> list(find_labelled(lines)) == [bio]
    True
    """
    under, first = False, True
    for line in lines:
        text = fold_variants(line.text)
        label = bio_label().match(text.lstrip(_MARKS)) if len(text) <= LONGEST else None
        rest = text.lstrip(_MARKS)[label.end() :] if label else text
        if label and not rest.strip(_MARKS):
            under, first = True, True
            continue
        start = len(text) - len(rest.lstrip(": ")) if label and rest.startswith(":") else 0
        under = (under or start > 0) and line.role != "comment" and _is_told(text[start:])
        under = under and (first or line.role == "author_bio" or bool(_presents().match(text)))
        if under:
            first = False
            yield line.text[start:].strip()


def _is_told(text: str) -> bool:
    """Whether a text begins with a name and goes on about who that is."""
    if not _SHORTEST_LABELLED <= len(text) <= LONGEST or bio_menu().search(
        text[:_LONGEST_NAME_LINE]
    ):
        return False
    return bool(_named_first().match(text)) or bool(_PLAIN_NAME.match(text))


@cache
def _named_first() -> regex.Pattern[str]:
    name = rf"{CAPITALISED}(?:\s(?:(?:{any_of('name_particles')})\s)?{CAPITALISED}){{1,4}}"
    return regex.compile(
        rf"(?:{_TITLE}|\p{{Lu}}\p{{Ll}}{{0,2}}\.?\s){name}(?:\s?[(,]|\s-\s|\s(?=[\p{{Ll}}@]))|{name}(?:\s?[(,]|\s-\s|\s(?=\p{{Ll}}))"
    )


@cache
def _presents() -> regex.Pattern[str]:
    """A full name, and what a bio says behind it."""
    name = rf"{CAPITALISED}(?:\s{CAPITALISED}){{1,4}}"
    return regex.compile(rf"{_before().pattern}{name}{_behind().pattern}")


# A name in a script without capitals, a comma or a stop behind it.
_PLAIN_NAME = regex.compile(r"\p{Lo}[\p{Lo}\p{M}・]{1,10}[,、。，：:(]")


def _may_be_bio(line: HeadLine) -> bool:
    spaces = line.text.count(" ")
    return spaces >= _FEWEST_WORDS and line.role != "comment" and len(line.text) <= LONGEST


def _is_bio_of(lines: Sequence[HeadLine], number: int, author: str) -> bool:
    text = lines[number].text.lstrip("( ")
    if _tells_of(text, author):
        return True
    first = author.split()[0]
    if first == author or not (text.startswith(first) or _self().match(text)):
        return False
    above = (lines[n].text for n in range(max(0, number - _ABOVE), number))
    named = any(author in text and len(text) <= _LONGEST_NAME_LINE for text in above)
    return named and (_tells_of(text, first) or _self().match(text) is not None)


def _is_short_for(author: str) -> bool:
    """Whether a word of the name is an abbreviation, as in those of companies and events."""
    return any(len(word) > 2 and word.isupper() for word in author.split())


def _tells_of(text: str, name: str) -> bool:
    """Whether a text begins with the name and says who that is."""
    return name in text[:_LONGEST_NAME_LINE] and any(
        _before().fullmatch(text, 0, at) and _behind().match(text, at + len(name))
        for at in places_of(name, text)
    )
