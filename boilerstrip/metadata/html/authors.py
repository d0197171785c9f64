"""The authors: people, or the agency where the page names no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.metadata.candidate import Candidate
from boilerstrip.metadata.html.bio import boxed_names
from boilerstrip.metadata.html.byline import marked_names, printed_agency, printed_names
from boilerstrip.metadata.html.jsonld import text, types
from boilerstrip.metadata.html.outlet import squash
from boilerstrip.metadata.names import (
    clean_body,
    is_agency,
    is_person,
    looks_like_name,
    merge_names,
    split_authors,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from boilerstrip.metadata.html.evidence import Evidence
    from boilerstrip.metadata.html.jsonld import LinkedData, Node

_METAS = (
    "citation_author", "parsely-author", "author", "article:author", "article:author_name",
    "og:article:author", "og:author", "byl", "byline", "sailthru.author", "dc.creator",
    "dcterms.creator", "dc.creator.personalname", "cxenseparse:author", "rbauthors", "authors",
    "article.author", "bt:author", "creator", "author_name", "shareaholic:article_author_name",
)  # fmt: skip
_WRITTEN = frozenset(
    {"written by", "author", "by", "verfasst von", "escrito por", "écrit par", "par", "von"}
)
_DEEPEST = 5  # levels of objects in an author's name
_MANY = 8  # authors of one article beyond which a byline is a list of other articles' authors


def author_candidates(evidence: Evidence) -> tuple[Candidate, ...]:
    """The sets of authors that the sources give: first those that name people, then bodies."""
    own = evidence.own_names
    stated = list(_stated(evidence))
    people = list(_people(stated, own))
    marked = list(marked_names(evidence, deep=not any(not _is_account(item) for item in people)))
    shown = list(_people(marked, own))
    if not people and not shown:
        named = {squash(name) for names, _ in (*stated, *marked) for name in names}
        foreign = any(not _is_outlet(name, own) for name in named)
        shown = list(_people(printed_names(evidence, bold=not foreign, facts=not named), own))
    if not people and not shown:
        shown = list(_people([(boxed_names(evidence), "markup:author-box")], own))
    order = _settle(people, shown)
    bodies = [Candidate(names, source) for names, source in (*stated, *marked) if names]
    bodies.sort(key=lambda body: not any(map(is_agency, body.value)))
    if not order and (agency := printed_agency(evidence)):
        bodies.append(Candidate(agency, "markup:agency"))
    return _unique([*order, *bodies])


def _people(
    sources: Iterable[tuple[tuple[str, ...], str]], own: Collection[str]
) -> Iterator[Candidate]:
    """The candidates that name people, without the outlet and teams beside them.

    An agency that is named as an author together with people has its share in the text.
    """
    for names, source in sources:
        named = tuple(
            name
            for name in names
            if (is_person(name) or is_agency(name)) and not _is_outlet(squash(name), own)
        )
        if any(map(is_person, named)):
            yield Candidate(named, source)


def _is_outlet(key: str, own: Collection[str]) -> bool:
    return any(key == name or (len(name) > 4 and key.startswith(name)) for name in own)


def _settle(stated: list[Candidate], shown: list[Candidate]) -> list[Candidate]:
    """What is stated for machines before what is shown, unless that is plainly fuller.

    A shown byline goes first where it adds names to the stated ones, or where the stated ones
    are only accounts' names ("KatieS") and it has a person's.
    """
    stated = sorted(stated, key=_is_account)
    if stated:
        known = set(map(squash, stated[0].value))
        for candidate in shown:
            keys = set(map(squash, candidate.value))
            fuller = known < keys and len(keys) <= _MANY
            if fuller or (_is_account(stated[0]) and not _is_account(candidate)):
                return [candidate, *stated, *shown]
    return [*stated, *shown]


def _is_account(candidate: Candidate) -> bool:
    """Whether the candidate is one name in a single word of Latin letters."""
    name = candidate.value[0]
    return len(candidate.value) == 1 and " " not in name and name.isascii()


def _unique(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    unique: dict[frozenset[str], Candidate] = {}
    for candidate in candidates:
        unique.setdefault(frozenset(map(squash, candidate.value)), candidate)
    return tuple(unique.values())


def _stated(evidence: Evidence) -> Iterator[tuple[tuple[str, ...], str]]:
    """The authors that the page states for machines, most trusted source first."""
    for node in evidence.linked.articles[:1]:
        yield _linked_authors(evidence.linked, node), "json-ld"
    for key in _METAS:
        values = [value for value in evidence.metas.get(key, ()) if "//" not in value]
        if values:
            yield merge_names(name for value in values for name in _split(value)), f"meta:{key}"
    for number in ("1", "2"):
        label = evidence.meta(f"twitter:label{number}") or ""
        if label.lower().rstrip(": ") in _WRITTEN:
            names = _split(evidence.meta(f"twitter:data{number}") or "")
            yield names, f"meta:twitter:data{number}"
    for node in evidence.linked.works[:1]:
        yield _linked_authors(evidence.linked, node), "json-ld"


def _split(value: str) -> tuple[str, ...]:
    """The names in ``value``; a lone body's name stays whole ("Centre for Rain and Sun")."""
    body = clean_body(value)
    whole = body and not is_person(body) and not is_agency(body) and "," not in body
    if whole and body and not any(map(looks_like_name, split_authors(value))):
        return (body,)
    return split_authors(value)


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
