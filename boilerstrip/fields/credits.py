"""The byline: the names of authors that the page shows near its headline."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.nearby import PROSE, is_headed, is_near, is_of_teaser, links, zone
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import squash
from boilerstrip.language.names import (
    clean_author,
    is_agency,
    is_role,
    is_team,
    looks_like_name,
    merge_names,
    split_authors,
)
from boilerstrip.language.vocabulary import any_of, lowered, words_for
from boilerstrip.readers.markup import inner_text, text_before, text_lines, texts_with, tokens
from boilerstrip.readers.statements import AUTHOR_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from boilerstrip.fields.candidate import Names
    from boilerstrip.readers.markup import Line
    from boilerstrip.readers.statements import Statements

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:authors?|by-?lines?|writers?|contributors?|autor(?:e|es)?|auteurs?)(?:$|"
    r"[\s_-])"
)
_NAME = re.compile(r"author-?_{0,2}name|by-?line-?_{0,2}name|(?:^|\s)fn(?:$|\s)")
_NO_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:bio|avatar|image|photo|pic|social|share|follow|comments?|count|date|time|"
    r"titles?|"
    r"role|jobs?|position|desc\w*|about|related|reviewers?|reviewed|email|twitter|more|box|"
    r"card)(?:$|[\s_-])"
)
_FEED = re.compile(r"/(?:feed|rss)/?$|\.(?:rss|atom|xml)$")
_NO_TAGS = frozenset({"meta", "img", "svg", "body", "html", "article", "input", "form", "style"})
_ACRONYM = re.compile(r"(?<!\w)[A-Z]{2,5}(?!\w).*[a-z]|[a-z].*(?<!\w)[A-Z]{2,5}(?!\w)")
_LONGEST = 120  # characters of a byline
_BOX = 250  # characters of a box that holds the bylines of one article
_SHORT = 40  # characters of a name
_EDGES = " \t.,:;|•·–—-()"
_PARTS = re.compile(r"\s[|•·–—-]\s|[|•·]")


# Before the names of those who wrote.
_BY = ("by", "written_by", "posted_by", "author_label", "author_noun", "text_label")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?i){any_of(*_BY)}")


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"(?i){any_of(*_BY)}(?:\s*:\s*|\s+)(?=\S)")


@cache
def _written() -> re.Pattern[str]:
    """A line that says who wrote the text."""
    return re.compile(
        rf"""(?imx) ^ \W* (?: {any_of("this_text_was")} \s )?
        {any_of("written_by", "author_label", "author_noun")} \s* :? \s+ ( \S .{{3,80}} ) $"""
    )


@cache
def _other(end: str = "") -> re.Pattern[str]:
    """What stands before the names of those who did something else; with ``end``, before it."""
    deeds, pictures = any_of("other_deeds"), any_of("pictures")
    return re.compile(rf"(?i)\b(?:{deeds}|{pictures}\w*)\s(?:{any_of('by')}|:){end}")


@cache
def _last_joint() -> re.Pattern[str]:
    """What joins a name to the next one, at its end."""
    return re.compile(rf"(?i)[\s,]+(?:{any_of('and')}|&)?\s*$")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?i),|{any_of('and')}|&|\+")


@cache
def _ends() -> tuple[str, ...]:
    """What a line ends with that goes on with another name."""
    return (",", "&", *(f" {word}" for word in words_for("and")))


@cache
def _reading() -> re.Pattern[str]:
    return re.compile(rf"(?i)\d+\s*-?\s*{any_of('minutes')}")


def marked_names(page: Statements, *, deep: bool) -> Iterator[Names]:
    """The authors that the markup names: microdata, ``rel=author``, a byline's link or class.

    Only links are read where ``deep`` doesn't ask for more. Of each kind the first element that
    gives a name counts, with those that stand beside it.
    """
    found: dict[str, tuple[HtmlElement, list[str]]] = {}
    others = (*page.described, *page.authors) if deep else ()
    for element in (*page.linking, *others):
        source = _kind(element)
        if not source or (source in found and not _beside(page, element, found[source][0])):
            continue
        if page.is_foreign(element) or _is_reviewer(page, element):
            continue
        if is_of_teaser(page, element):
            continue
        names = _named_in(element, source)
        if names and _contradicts(page, element, names):
            continue
        if names:
            found.setdefault(source, (element, []))[1].extend(names)
    for source in ("html:microdata", "html:rel-author", "html:author-link", "html:byline"):
        if source in found:
            yield Candidate(merge_names(found[source][1]), source)


def _kind(element: HtmlElement) -> str | None:
    """The source that the element is, if it is one."""
    if element.tag in _NO_TAGS or _FEED.search(element.get("href") or ""):
        return None
    if "author" in (element.get("itemprop") or "").lower().split():
        return None if _is_of_other(element) else "html:microdata"
    if (element.get("rel") or "").startswith("author"):
        return "html:rel-author"
    if element.tag == "a" and AUTHOR_PAGE.search(element.get("href") or ""):
        return "html:author-link"
    marks = tokens(element)
    if (_BYLINE.search(marks) or _NAME.search(marks)) and not _NO_BYLINE.search(marks):
        return "html:byline"
    return None


def _is_of_other(element: HtmlElement) -> bool:
    """Whether the microdata item that the element belongs to is an image, a comment or so."""
    for ancestor in element.iterancestors():
        if ancestor.get("itemscope") is not None:
            return bool(
                re.search(r"Image|Comment|Review|Video|Rating", ancestor.get("itemtype") or "")
            )
    return False


def _beside(page: Statements, element: HtmlElement, anchor: HtmlElement) -> bool:
    """Whether both stand in the same small box, or one behind the other."""
    before = element.getprevious()
    if before is not None and before is anchor and _follows(before.tail):
        return True
    above = anchor.getparent()
    for _ in range(5):
        if above is None or above.tag in {"body", "article", "main"}:
            return False
        if above in element.iterancestors():
            return len(page.opening(above)) <= _BOX
        above = above.getparent()
    return False


def _follows(between: str | None) -> bool:
    """Whether a text joins what stands before it to another name."""
    text = (between or "").strip()
    return not text or bool(_joint().fullmatch(text))


def _contradicts(page: Statements, element: HtmlElement, names: Sequence[str]) -> bool:
    """Whether the names stand away from the headline, and a line there names others."""
    if is_near(page, element):
        return False
    own = {squash(name) for name in page.once(_said_by)}
    return bool(own) and own.isdisjoint(map(squash, names))


def _is_reviewer(page: Statements, element: HtmlElement) -> bool:
    """Whether a small box around the element speaks of a reviewer and not of an author."""
    if _other(r"\s*$").search(text_before(element)):
        return True
    box = element
    for _ in range(3):
        line = page.opening(box)
        if len(line) > _SHORT * 2:
            return False
        if _other().search(line):
            return True
        box = box.getparent()
        if box is None:
            return False
    return False


def _named_in(element: HtmlElement, source: str) -> list[str]:
    """The names in a byline: its parts marked as names, or its lines that look like names."""
    parts = [
        part
        for part in element.iter()
        if isinstance(part.tag, str) and "name" in (part.get("itemprop") or "").split()
    ]
    if parts:
        # What is marked elsewhere in it is the name of another thing, such as the outlet.
        beside = (part for part in parts if part.getparent() is parts[0].getparent())
        texts = (part.get("content") or inner_text(part) for part in beside)
        return [name for text in texts for name in split_authors(_last_joint().sub("", text))]
    lines = _authors_lines(text_lines(element))
    if not lines or sum(map(len, lines)) > _LONGEST:
        return []
    apart = [name for line in lines for name in split_authors(line) if looks_like_name(name)]
    joined = [name for name in split_authors(" ".join(lines)) if looks_like_name(name)]
    if apart or joined:
        return apart or joined
    return _lone_name(lines) if source != "html:byline" or _NAME.search(tokens(element)) else []


def _authors_lines(lines: Sequence[str]) -> list[str]:
    """``lines`` up to the one that names a reviewer or an editor, without roles."""
    kept: list[str] = []
    for line in lines:
        if _other().search(line):
            break
        if not is_role(line):
            kept.append(line)
    return kept


def _lone_name(lines: Sequence[str]) -> list[str]:
    """The one name, of whatever shape, that is left when labels are dropped."""
    rest = [line for line in lines if not _label().fullmatch(line.rstrip(" :"))]
    name = clean_author(rest[0]) if len(rest) == 1 and len(rest[0]) <= _SHORT else None
    return [name] if name and not has_stop_word(name) else []


def has_stop_word(name: str) -> bool:
    """Whether ``name`` is a link's text like "View all posts"."""
    return bool(links().search(name))


def printed_names(page: Statements, *, bold: bool, facts: bool) -> Iterator[Names]:
    """The authors that plain lines near the headline name behind a "By".

    Where these ask for it, also a name that is all of a paragraph in ``bold``, or one beside
    ``facts``: a date, a role, a reading time.
    """
    if names := page.once(_said_by):
        yield Candidate(names, "html:by")
        return
    names = _alone(page, facts=facts) if bold or facts else ()
    if names:
        yield Candidate(names, "html:line")


def _said_by(page: Statements) -> tuple[str, ...]:
    """The names behind a "By" in the first line near the headline that has some."""
    lines = [line for line in zone(page) if len(line.text) <= _LONGEST]
    found = (_behind_label(lines, position, line) for position, line in enumerate(lines))
    return next(filter(None, found), ())


def written_names(page: Statements) -> Names:
    """The authors whom a line anywhere on the page names: "Written by Ann Lee", "Author: Ann Lee".

    Where such lines name different authors, they speak of other articles too; and so does a name
    in a small box that another story's headline heads.
    """
    found = {}
    for line in _written().findall(page.text):
        name, _, rest = line.partition(",")
        names = split_authors(name if is_role(rest) else line)
        if names and all(map(looks_like_name, names)):
            found[frozenset(map(str.casefold, names))] = names
    names = found.popitem()[1] if len(found) == 1 else ()
    places = texts_with(page.tree, names[0]) if names else []
    teased = places and all(is_headed(page, place.getparent()) for place in places)
    return Candidate(() if teased else names, "html:written-by")


def printed_agency(page: Statements) -> tuple[str, ...]:
    """The news agency that stands in a line of its own near the headline."""
    lines = (line.text.strip(" -–—|/()") for line in zone(page))
    return next(((line,) for line in lines if is_agency(line)), ())


def printed_team(page: Statements) -> tuple[str, ...]:
    """The team that stands behind a "By" near the headline: "By the Sketch Team"."""
    lines = [line.text for line in zone(page) if len(line.text) <= _SHORT]
    for line, following in pairwise([*lines, ""]):
        match = _labelled().match(line)
        name = line[match.end() :] if match else following if _label().fullmatch(line) else ""
        if is_team(name):
            return (name,)
    return ()


def _behind_label(lines: Sequence[Line], position: int, line: Line) -> tuple[str, ...]:
    if _label().fullmatch(line.text.rstrip(" :")):
        return _following([item.text for item in lines[position + 1 : position + 8]])
    match = _labelled().match(line.text)
    if not match or _is_headline(line):
        return ()
    names = split_authors(line.text[match.end() :])
    return names if names and all(map(looks_like_name, names)) else ()


def _is_headline(line: Line) -> bool:
    return line.distance == 0 and not line.above


def _following(lines: Sequence[str]) -> tuple[str, ...]:
    """The names in the lines behind a label, as long as joints or names follow each other."""
    names: list[str] = []
    joined = True
    for line in lines:
        if _joint().fullmatch(line):
            joined = True
            continue
        found = split_authors(line) if joined else ()
        if not found or not all(map(looks_like_name, found)):
            break
        names.extend(found)
        joined = line.endswith(_ends())
    return merge_names(names)


def _alone(page: Statements, *, facts: bool) -> tuple[str, ...]:
    """The names in a line of their own, next to a date, a role or a reading time.

    Above the first paragraph it may be in bold instead.
    """
    lines = list(zone(page))
    is_fact = cache(lambda position: _is_fact(lines[position].text))
    told = False
    for position, line in enumerate(lines):
        told = len(line.text) > PROSE or (told and not line.above)
        head, stroke, rest = line.text.partition(" | ")
        if _is_headline(line) or len(head) > _SHORT * 2 or not _may_name(head):
            continue
        names = split_authors(head)
        if not names or not all(map(looks_like_name, names)) or _ACRONYM.search(head):
            continue
        if names[0].split()[0].casefold() in lowered("stopwords"):
            continue
        if (line.above and _is_in_menu(line.element)) or _is_quoted(line.element):
            continue
        around = range(max(0, position - 2), min(len(lines), position + 3))
        beside = any(is_fact(other) for other in around if lines[other] != line)
        bold = not told and _is_bold(line)
        if not (bold or (facts and (beside or _is_fact(stroke + rest)))):
            continue
        if _stands_alone(page, line.text) and not any(_is_spoken_of(page, name) for name in names):
            return names
    return ()


def _stands_alone(page: Statements, text: str) -> bool:
    """Whether a line of the page is this text, or holds nothing but facts besides.

    What opens a sentence is a place or a person in the story: "PORT MOORE - The ferry ...".
    """
    for line in page.text.split("\n"):
        before, found, behind = line.partition(text)
        if not found or len(before) + len(behind) > _SHORT * 2:
            continue
        rest = [part for part in _PARTS.split(f"{before} | {behind}") if part.strip(_EDGES)]
        if not rest or any(map(_is_fact, rest)):
            return True
    return False


def _is_spoken_of(page: Statements, name: str) -> bool:
    """Whether the page writes a word of the name in small letters, or the last without the first.

    That tells "Ann Lee", who wrote, from "Real Estate" and from those that the story is about.
    """
    words = name.split()
    if any(word.casefold() in page.once(_small_words) for word in words):
        return True
    last = re.findall(rf"(?<!\w){re.escape(words[-1])}(?!\w)", page.text)
    return len(last) > page.text.count(name)


def _is_in_menu(element: HtmlElement) -> bool:
    """Whether the element is a link in a list, as they stand above a headline."""
    around = [element, *islice(element.iterancestors(), 4)]
    return element.tag == "a" and any(outer.tag in {"li", "nav"} for outer in around)


def _is_quoted(element: HtmlElement) -> bool:
    """Whether a line stands in a quotation, or in an embedded post, which name their own author."""
    return any(outer.tag == "blockquote" for outer in (element, *element.iterancestors()))


def _may_name(line: str) -> bool:
    """Whether a line has the capitals of a full name, or is short and in a script without any."""
    if line.isascii() or line != line.swapcase():
        return sum(map(str.isupper, line)) > 1
    return len(line) <= _SHORT


def _is_fact(text: str) -> bool:
    """Whether a line is a date, a reading time or a role, as they stand beside an author."""
    if not text or len(text) > _SHORT:
        return False
    return bool(_reading().search(text) or is_role(text) or parse_date(text))


def _is_bold(line: Line) -> bool:
    """Whether the line is all of a paragraph in bold."""
    parent = line.element.getparent()
    bold = not line.is_tail and line.element.tag in {"strong", "b"} and parent is not None
    return bold and parent.tag == "p" and inner_text(parent) == line.text


def _small_words(page: Statements) -> frozenset[str]:
    """The words that the page writes in small letters."""
    return frozenset(word for word in re.findall(r"\w+", page.text) if word.islower())
