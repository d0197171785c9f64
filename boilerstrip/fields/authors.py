"""The authors: people, or the agency where the page names no person."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from boilerstrip.fields.author_box import boxed_names
from boilerstrip.fields.bio_lines import find_labelled
from boilerstrip.fields.byline import is_name, names_others, read_byline
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.credits import (
    marked_names,
    printed_agency,
    printed_names,
    printed_team,
    written_names,
)
from boilerstrip.fields.head import run_on
from boilerstrip.fields.outlet import outlet_said, own_names
from boilerstrip.fields.outlet_name import has_outlet_word
from boilerstrip.fields.text import source_of
from boilerstrip.language.fold import squash
from boilerstrip.language.names import (
    CAPITALISED,
    clean_body,
    is_agency,
    is_person,
    looks_like_name,
    merge_names,
    split_authors,
)
from boilerstrip.language.vocabulary import any_of, lowered
from boilerstrip.readers.jsonld import text as plain_text
from boilerstrip.readers.jsonld import types
from boilerstrip.readers.markup import inner_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from boilerstrip.fields.candidate import Names
    from boilerstrip.fields.text import Text
    from boilerstrip.readers.jsonld import LinkedData, Node
    from boilerstrip.readers.statements import Statements

_METAS = (
    "citation_author", "citation_authors", "parsely-author", "author", "article:author",
    "article:author_name", "og:article:author", "og:author", "byl", "byline", "sailthru.author",
    "dc.creator", "dcterms.creator", "dc.creator.personalname", "cxenseparse:author", "rbauthors",
    "authors", "article.author", "bt:author", "creator", "author_name",
    "shareaholic:article_author_name",
)  # fmt: skip
# Labels of the author on a card for social networks.
_BY = ("by", "written_by", "posted_by", "author_label", "author_noun")
_DEEPEST = 5  # levels of objects in an author's name
_HEAD = 1_000  # lines of a page in which a byline is looked for
_LONGEST_LINE = 120  # characters of a line that says who did what
_PAPER_WORDS = 3  # words of an outlet's name, which a person's seldom has
_MANY = 8  # authors of one article beyond which a byline is a list of other articles' authors


@cache
def writes() -> regex.Pattern[str]:
    """The end of a standfirst that names the author: "..., writes Jane Doe."."""
    return regex.compile(
        rf"""(?x) (?:,|[-–—])\s+{any_of("says")}\s+
        (?P<authors>(?:\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*\s+){{1,3}}\p{{Lu}}[\p{{L}}\p{{M}}'’-]+)\s*[.!]?"""
    )


@cache
def _helped() -> regex.Pattern[str]:
    """Those who helped are no authors."""
    return regex.compile(rf"(?i)\b{any_of('helped')}\b")


@cache
def _bio_of() -> regex.Pattern[str]:
    """A name, and what a bio says behind it; behind a label of the bio anything."""
    name = rf"{CAPITALISED}(?:\s{CAPITALISED}){{1,3}}"
    says = rf"(?:,.{{2,60}},)?\s{any_of('bio_verbs', 'bio_verbs_of_stories')}\b"
    return regex.compile(
        rf"(?:(?i:{any_of('about_author')})\W+(?P<author>{name})(?=\s\p{{Ll}}|[,:(\n])"
        rf"|(?P<author>{name}){says})"
    )


@cache
def _bio_name() -> regex.Pattern[str]:
    """The name with which a bio begins that goes on in small letters or behind a stop."""
    name = rf"{CAPITALISED}(?:\s(?:{any_of('name_particles')}\s)?{CAPITALISED}){{1,3}}"
    return regex.compile(rf"(?P<author>{name})(?=\s\p{{Ll}}|\s?[,(]|\s[-–—]\s)")


class _Shown(NamedTuple):
    """What the sources give: ``stated`` and ``marked`` with bodies, ``people`` and ``shown`` none.

    ``best`` is the stated set of people that is trusted most.
    """

    stated: list[Names]
    people: list[Names]
    marked: list[Names]
    shown: list[Names]
    best: Names | None


def certain(page: Statements) -> Iterator[Names]:
    """The people stated for machines, unless the page links to other authors' pages."""
    best = page.once(_stated_best)
    if best and not _is_account(best) and not _links_others(page, best):
        yield best


def fuller(page: Statements) -> Iterator[Names]:
    """The people that the page shows, where it shows plainly more than it states."""
    found = page.once(_read)
    yield from (item for item in found.shown if found.best is None or _is_fuller(item, found.best))


def stated(page: Statements) -> Iterator[Names]:
    """The people stated for machines, accounts' names last."""
    found = page.once(_read)
    yield from [found.best] if found.best else []
    yield from sorted(found.people, key=_is_account)


def shown(page: Statements) -> Iterator[Names]:
    """The people that the markup or lines near the headline show."""
    yield from page.once(_read).shown


def bodies(page: Statements) -> Iterator[Names]:
    """What is stated or marked as an author and is no person: agencies first."""
    found = page.once(_read)
    named = [item for item in (*found.stated, *found.marked) if item.value]
    yield from sorted(named, key=lambda item: not any(map(is_agency, item.value)))


def agency(page: Statements) -> Iterator[Names]:
    """The agency, or the team behind a "By", in a line near the headline, where no person is."""
    found = page.once(_read)
    if not found.people and not found.shown:
        for read, source in ((printed_agency, "html:agency"), (printed_team, "html:by")):
            if names := read(page):
                yield Candidate(names, source)


def in_head(text: Text) -> Iterator[Names]:
    """The names in the bylines in the head of the article."""
    head = text.article
    bylines = head.bylines if head else ()
    if text.document.tree is not None:
        # Markup says which bare name is an author's; what is left are menus and captions.
        bylines = _labelled(text, bylines)
    names = [name for _, names in bylines for name in names]
    if text.is_broken and not all(
        run_on.is_whole_name(text.told, name, text.small) for name in names
    ):
        return
    if head and names:
        yield Candidate(_own(names, text), head.byline_source)


def by_rule(text: Text) -> Iterator[Names]:
    """The names in what a rule calls the authors; those who helped or edited are none."""
    for value, claim in text.named("authors"):
        before = text.whole[claim.start : claim.groups["authors"][0]].strip("([* ")
        if names_others(before) or _helped().search(text.whole, claim.start, claim.end):
            continue
        if names := list(split_authors(value)):
            yield Candidate(_own(names, text), source_of(claim))


def in_standfirst(text: Text) -> Iterator[Names]:
    """The name at the end of a standfirst: "..., writes Ada Moore."."""
    for line in text.standfirst:
        if match := writes().search(line):
            yield Candidate((match["authors"],), "text:standfirst")


def in_bio(text: Text) -> Iterator[Names]:
    """The names with which the bios below or above the article begin: "Ada Moore is a reporter"."""
    bios = (claim for claim in text.claims if claim.category == "author_bio")
    found = [_bio_of().match(text.whole[claim.start : claim.end].strip()) for claim in bios]
    names = [match["author"] for match in found if match and is_name(match["author"])]
    if names:
        yield Candidate(_settled(names, text.whole), "text:bio")


def in_labelled_bio(text: Text) -> Iterator[Names]:
    """The names with which the lines under "About the author" begin, whatever they go on with."""
    if not text.document.tree:
        found = map(_bio_name().match, find_labelled(text.lines))
        names = [match["author"] for match in found if match and is_name(match["author"])]
        if names:
            yield Candidate(_settled(names, text.whole), "text:bio-label")


# Where the authors are read from, most trusted first: people before bodies.
STATED = (certain, fuller, stated, shown, bodies, agency)
SAID = (in_head, by_rule, in_standfirst, in_bio, in_labelled_bio)


def authors_stated(page: Statements) -> tuple[str, ...]:
    """The authors that a page's markup gives; none if it gives none."""
    found = (item.value for source in STATED for item in source(page))
    return next(found, ())


def authors_said(text: Text) -> tuple[str, ...]:
    """The authors that a text gives; none if it gives none."""
    found = (item.value for source in SAID for item in source(text))
    return next(found, ())


def _own(names: Sequence[str], text: Text) -> tuple[str, ...]:
    """The names as the text writes them elsewhere, without the outlet's beside them."""
    settled = _settled(names, text.whole)
    outlet = _without_article(outlet_said(text)) if any(" " in name for name in settled) else ""
    first, *others = settled
    people = [first, *(name for name in others if not (_same(name, outlet) or _is_paper(name)))]
    return merge_names(_without_outlet(name, outlet) if outlet else name for name in people)


def _same(name: str, outlet: str) -> bool:
    return bool(outlet) and squash(_without_article(name)) == squash(outlet)


def _without_article(name: str) -> str:
    article, _, rest = name.partition(" ")
    return rest if rest and article.casefold() in lowered("outlet_openings") else name


def _without_outlet(name: str, outlet: str) -> str:
    """A name without the outlet's, where that stands right before or behind it.

    >>> _without_outlet("Ada Moore The Harbour Post", "Harbour Post")
    'Ada Moore'
    >>> _without_outlet("Harbour Post Ada Moore", "Harbour Post")
    'Ada Moore'
    >>> _without_outlet("Harbour Post", "Harbour Post")
    'Harbour Post'
    """
    words = name.split()
    for cut in range(1, len(words)):
        for rest, end in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            if _same(" ".join(end), outlet) and is_name(" ".join(rest)):
                return " ".join(rest)
    return name


def _is_paper(name: str) -> bool:
    """Whether a name behind others has so many words, and is called, as outlets are.

    >>> _is_paper("North Ardal Sentinel"), _is_paper("Ada Post"), _is_paper("The Post")
    (True, False, True)
    """
    words = name.split()
    whole = len(words) >= _PAPER_WORDS or words[0].casefold() in lowered("outlet_openings")
    return whole and has_outlet_word(words[-1]) and not is_agency(name)


def _settled(names: Sequence[str], text: str) -> tuple[str, ...]:
    return merge_names(_natural_case(name, text) for name in names)


def _labelled(
    text: Text, bylines: tuple[tuple[int, tuple[str, ...]], ...]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """These lines, if the first is a label or names behind one, and the story is below them.

    What stands below the story is marked up as the article's, or is another's.
    """
    first = read_byline(text.lines[bylines[0][0]].text) if bylines else None
    if bylines and not any(line.prose for line in text.lines[bylines[0][0] + 1 :]):
        return ()
    return bylines if first and first.labelled else ()


def _natural_case(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, if it does.

    >>> _natural_case("ADA MOORE", "By ADA MOORE. Ada Moore is a reporter.")
    'Ada Moore'
    """
    if not name.isupper():
        return name
    spellings = regex.findall(regex.escape(name), text, regex.IGNORECASE)
    return next((spelling for spelling in spellings if not spelling.isupper()), name)


def _stated_people(page: Statements) -> list[Names]:
    return list(_people(page.once(_all_stated), page.once(own_names)))


def _stated_best(page: Statements) -> Names | None:
    """The first stated set of people that is no account's name; else the first."""
    people = page.once(_stated_people)
    best = next((item for item in people if not _is_account(item)), next(iter(people), None))
    return _without_helpers(page, best) if best and len(best.value) > 1 else best


def _without_helpers(page: Statements, stated: Names) -> Names:
    """The stated authors without those whom the page's first mention says to have helped.

    Linked data may call all authors who had a hand in it: "Contributions from Bo Lind".
    """
    lines = page.text.split("\n", _HEAD)[:_HEAD]
    own = tuple(name for name in stated.value if not _is_helper(name, stated.value, lines))
    return Candidate(own or stated.value, stated.source)


def _is_helper(name: str, names: Collection[str], lines: Sequence[str]) -> bool:
    """Whether the first short line with a name, or the one before it, says that it helped."""
    for number, line in enumerate(lines):
        before, found, _ = line.partition(name)
        if found and len(line) <= _LONGEST_LINE:
            for other in names:
                before = before.replace(other, "")
            before = before.strip(" ,;&|")
            return names_others(before or (lines[number - 1] if number else ""))
    return False


def _read(page: Statements) -> _Shown:
    stated, people = page.once(_all_stated), page.once(_stated_people)
    best = page.once(_stated_best)
    marked = list(marked_names(page, deep=best is None or _is_account(best)))
    shown = list(_people(marked, page.once(own_names)))
    if not shown and not people:
        shown = _printed(page, stated, marked)
    return _Shown(stated, people, marked, shown, best)


def _links_others(page: Statements, best: Names) -> bool:
    """Whether the page links to the page of an author whom ``best`` doesn't name.

    Beside linked data, links count only if they say that they are an author's: what others add
    to it are editors and reviewers.
    """
    known = {"", *map(squash, best.value)}
    links = page.own_links if best.source == "json-ld" else page.linking
    return any(squash(inner_text(link)) not in known for link in links)


def _printed(page: Statements, stated: Iterable[Names], marked: Iterable[Names]) -> list[Names]:
    """The people that plain lines near the headline or an author's box name."""
    own = page.once(own_names)
    named = {squash(name) for names, _ in (*stated, *marked) for name in names}
    foreign = any(not _is_outlet(name, own) for name in named)
    lines = printed_names(page, bold=not foreign, facts=not named)
    boxed = Candidate(boxed_names(page), "html:author-box")
    return list(_people(lines, own)) or list(_people([written_names(page), boxed], own))


def _people(sources: Iterable[Names], own: Collection[str]) -> Iterator[Names]:
    """The candidates that name people, without the outlet and teams beside them.

    An agency that is named as an author together with people has its share in the text.
    """
    for names, source in sources:
        people = {name for name in names if is_person(name)}
        named = tuple(
            name
            for name in names
            if (name in people or is_agency(name)) and not _is_outlet(squash(name), own)
        )
        if not people.isdisjoint(named):
            yield Candidate(named, source)


def _is_outlet(key: str, own: Collection[str]) -> bool:
    return any(key == name or (len(name) > 4 and key.startswith(name)) for name in own)


def _is_fuller(shown: Names, stated: Names) -> bool:
    """Whether a shown byline is plainly fuller than what is stated for machines.

    It is where it adds names to the stated ones, or where the stated ones are only accounts' names
    ("KatieS") and it has a person's.
    """
    known, keys = set(map(squash, stated.value)), set(map(squash, shown.value))
    more = known < keys and len(keys) <= _MANY
    return more or (_is_account(stated) and not _is_account(shown))


def _is_account(candidate: Names) -> bool:
    """Whether the candidate is one name in a single word of Latin letters, or "Site Admin"."""
    name = candidate.value[0]
    words = name.casefold().split()
    if len(candidate.value) > 1 or not words:
        return False
    return (len(words) == 1 and name.isascii()) or words[-1] in lowered("no_names")


def _all_stated(page: Statements) -> list[Names]:
    return list(_stated(page))


def _stated(page: Statements) -> Iterator[Names]:
    """The authors that the page states for machines, most trusted source first."""
    for node in page.linked.articles[:1]:
        yield Candidate(_linked_authors(page.linked, node), "json-ld")
    for key in _METAS:
        values = [value for value in page.contents(key) if "//" not in value]
        if values:
            names = merge_names(name for value in values for name in _split(value))
            yield Candidate(names, f"meta:{key}")
    for number in ("1", "2"):
        label = page.meta(f"twitter:label{number}") or ""
        if label.lower().rstrip(": ") in lowered(*_BY):
            names = _split(page.meta(f"twitter:data{number}") or "")
            yield Candidate(names, f"meta:twitter:data{number}")
    for node in page.linked.works[:1]:
        yield Candidate(_linked_authors(page.linked, node), "json-ld")


def _split(value: str) -> tuple[str, ...]:
    """The names in ``value``; a lone body's name stays whole ("Centre for Rain and Sun")."""
    names = split_authors(value)
    if names == (value,):
        return names
    body = clean_body(value)
    whole = body and not is_person(body) and not is_agency(body) and "," not in body
    return (body,) if whole and body and not any(map(looks_like_name, names)) else names


def _linked_authors(linked: LinkedData, node: Node) -> tuple[str, ...]:
    """The names under an object's ``author`` or ``creator``."""
    for key in ("author", "authors", "creator"):
        names = merge_names(_names(linked, node.get(key)))
        if names:
            return names
    return ()


def _names(linked: LinkedData, value: Any, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _names(linked, item, depth + 1)
        return
    value = linked.resolve(value)
    name = _name_of(value) if isinstance(value, dict) else value
    if isinstance(name, (list, dict)):
        yield from _names(linked, name, depth + 1)
    elif isinstance(name, str) and (plain := plain_text(name)) and "//" not in plain:
        body = clean_body(plain) if isinstance(value, dict) and _is_body(value) else None
        yield from [body] if body and not is_person(body) else _split(plain)


def _name_of(node: Node) -> Any:
    """The name of a person or body: whole, or put together of its parts."""
    parts = [plain_text(node.get(key)) for key in ("givenName", "familyName")]
    return node.get("name") or " ".join(filter(None, parts)) or None


def _is_body(node: Node) -> bool:
    return any("organization" in kind for kind in types(node))
