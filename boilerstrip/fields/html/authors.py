"""The authors: people, or the agency where the page names no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.html.bio import boxed_names
from boilerstrip.fields.html.byline import (
    marked_names,
    printed_agency,
    printed_names,
    printed_team,
    written_names,
)
from boilerstrip.fields.html.jsonld import text, types
from boilerstrip.fields.html.markup import inner_text
from boilerstrip.fields.html.outlet import squash
from boilerstrip.fields.lazy import LazySequence
from boilerstrip.language.names import (
    clean_body,
    is_agency,
    is_person,
    looks_like_name,
    merge_names,
    split_authors,
)
from boilerstrip.language.vocabulary import lowered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from boilerstrip.fields.html.evidence import Evidence
    from boilerstrip.fields.html.jsonld import LinkedData, Node

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
_MANY = 8  # authors of one article beyond which a byline is a list of other articles' authors


def author_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The sets of authors that the sources give: first those that name people, then bodies."""
    seen: set[frozenset[str]] = set()
    for candidate in _candidates(evidence):
        key = frozenset(map(squash, candidate.value))
        if key not in seen:
            seen.add(key)
            yield candidate


def _candidates(evidence: Evidence) -> Iterator[Candidate]:
    own = evidence.own_names
    stated = LazySequence(_stated(evidence))
    people = LazySequence(_people(stated, own))
    best = next((item for item in people if not _is_account(item)), None)
    if best and not _links_others(evidence, best):
        yield best
    marked = list(marked_names(evidence, deep=best is None))
    shown = list(_people(marked, own)) or ([] if people else _printed(evidence, stated, marked))
    best = best or (people[0] if people else None)
    fuller = next((item for item in shown if best is None or _is_fuller(item, best)), None)
    yield from (item for item in (fuller, best) if item)
    yield from sorted(people, key=_is_account)
    yield from shown
    bodies = [body for body in (*stated, *marked) if body.value]
    bodies.sort(key=lambda body: not any(map(is_agency, body.value)))
    yield from bodies
    if not people and not shown:
        for read, source in ((printed_agency, "markup:agency"), (printed_team, "markup:by")):
            if names := read(evidence):
                yield Candidate(names, source)


def _links_others(evidence: Evidence, best: Candidate) -> bool:
    """Whether the page links to the page of an author whom ``best`` doesn't name.

    Beside linked data, links count only if they say that they are an author's: what others add
    to it are editors and reviewers.
    """
    known = {"", *map(squash, best.value)}
    links = evidence.own_links if best.source == "json-ld" else evidence.linking
    return any(squash(inner_text(link)) not in known for link in links)


def _printed(
    evidence: Evidence, stated: Iterable[Candidate], marked: Iterable[Candidate]
) -> list[Candidate]:
    """The people that plain lines near the headline or an author's box name."""
    own = evidence.own_names
    named = {squash(name) for names, _ in (*stated, *marked) for name in names}
    foreign = any(not _is_outlet(name, own) for name in named)
    lines = printed_names(evidence, bold=not foreign, facts=not named)
    boxed = Candidate(boxed_names(evidence), "markup:author-box")
    return list(_people(lines, own)) or list(_people([written_names(evidence), boxed], own))


def _people(sources: Iterable[Candidate], own: Collection[str]) -> Iterator[Candidate]:
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


def _is_fuller(shown: Candidate, stated: Candidate) -> bool:
    """Whether a shown byline is plainly fuller than what is stated for machines.

    It is where it adds names to the stated ones, or where the stated ones are only accounts' names
    ("KatieS") and it has a person's.
    """
    known, keys = set(map(squash, stated.value)), set(map(squash, shown.value))
    more = known < keys and len(keys) <= _MANY
    return more or (_is_account(stated) and not _is_account(shown))


def _is_account(candidate: Candidate) -> bool:
    """Whether the candidate is one name in a single word of Latin letters."""
    name = candidate.value[0]
    return len(candidate.value) == 1 and " " not in name and name.isascii()


def _stated(evidence: Evidence) -> Iterator[Candidate]:
    """The authors that the page states for machines, most trusted source first."""
    for node in evidence.linked.articles[:1]:
        yield Candidate(_linked_authors(evidence.linked, node), "json-ld")
    for key in _METAS:
        values = [value for value in evidence.contents(key) if "//" not in value]
        if values:
            names = merge_names(name for value in values for name in _split(value))
            yield Candidate(names, f"meta:{key}")
    for number in ("1", "2"):
        label = evidence.meta(f"twitter:label{number}") or ""
        if label.lower().rstrip(": ") in lowered(*_BY):
            names = _split(evidence.meta(f"twitter:data{number}") or "")
            yield Candidate(names, f"meta:twitter:data{number}")
    for node in evidence.linked.works[:1]:
        yield Candidate(_linked_authors(evidence.linked, node), "json-ld")


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
    name = value.get("name") if isinstance(value, dict) else value
    if isinstance(name, (list, dict)):
        yield from _names(linked, name, depth + 1)
    elif isinstance(name, str) and (plain := text(name)) and "//" not in plain:
        body = clean_body(plain) if isinstance(value, dict) and _is_body(value) else None
        yield from [body] if body and not is_person(body) else _split(plain)


def _is_body(node: Node) -> bool:
    return any("organization" in kind for kind in types(node))
