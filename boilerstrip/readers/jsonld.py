"""Linked data: the JSON-LD objects of a page, also the broken ones that browsers still read."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from boilerstrip.language.fold import without_unseen
from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Node = dict[str, Any]

_ARTICLE = word_set(
    """
    newsarticle article blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle
    backgroundnewsarticle reviewnewsarticle askpublicnewsarticle liveblogposting scholarlyarticle
    medicalscholarlyarticle techarticle report socialmediaposting advertisercontentarticle
    satiricalarticle discussionforumposting blogpost news apireference
    """
)
_WORK = word_set(
    """
    webpage itempage medicalwebpage faqpage qapage aboutpage creativework review howto recipe
    podcastepisode videoobject learningresource course guide checkoutpage
    """
)
_KINDS = {
    **dict.fromkeys(("website", "newsmediaorganization"), "site"),
    **dict.fromkeys(_WORK, "work"),
    **dict.fromkeys(_ARTICLE, "article"),
}
# What hangs below these keys speaks of other pages, of comments or of the site.
_LISTED = word_set(
    """
    itemlistelement liveblogupdate comment comments mentions citation isrelatedto relatedlink
    review reviews sitenavigation acceptedanswer suggestedanswer potentialaction
    """
)
_FOREIGN = _LISTED | word_set(
    "haspart ispartof about breadcrumb hasdefinedterm isbasedon subjectof"
)
_MAX_DEPTH = 12
_MAX_SCRIPT = 2_000_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The objects of a page's JSON-LD, outermost first.

    ``articles`` are the ones that describe an article, ``works`` the ones that describe a page or
    another piece of work, ``sites`` a website or a medium; ``by_id`` finds an object by its
    ``@id``.
    """

    articles: tuple[Node, ...] = ()
    works: tuple[Node, ...] = ()
    sites: tuple[Node, ...] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """The object that ``value`` refers to with a lone ``@id``, otherwise ``value``.

        >>> data = LinkedData(by_id={"#ann": {"@id": "#ann", "name": "Ann Lee"}})
        >>> data.resolve({"@id": "#ann"})["name"]
        'Ann Lee'
        """
        if not isinstance(value, dict):
            return value
        known = self.by_id.get(str(value.get("@id", "")))
        return {**known, **value} if known else value


def read_linked_data(scripts: Iterable[str]) -> LinkedData:
    """The objects in ``scripts``, the texts of a page's ``application/ld+json`` elements.

    >>> data = read_linked_data(['{"@graph": [{"@type": "NewsArticle", "headline": "Rain"}]}'])
    >>> data.articles[0]["headline"]
    'Rain'
    """
    found: list[tuple[int, Node]] = []
    listed: list[tuple[Any, int, int]] = []
    for script in scripts:
        _collect(parse(script), 0, 0, found, listed)
    if not any(_kind(node) == "article" for _, node in found):
        for value, depth, rank in listed:  # it grows
            _collect(value, depth, rank, found, listed)
    found.sort(key=itemgetter(0))
    kinds: dict[str, list[Node]] = {"article": [], "work": [], "site": []}
    for _, node in found:
        if kind := _kind(node):
            kinds[kind].append(node)
    articles, works, sites = map(tuple, kinds.values())
    return LinkedData(articles, works, sites, _index(node for _, node in found))


def _kind(node: Node) -> str | None:
    given = node.get("@type")
    if isinstance(given, str):
        return _KINDS.get(_type_name(given))
    names = types(node)
    kinds = {_KINDS[name] for name in names if name in _KINDS}
    return min(kinds) if len(kinds) > 1 else kinds.pop() if kinds else None


def types(node: Node) -> frozenset[str]:
    """The object's types in lower case, without the vocabulary's address.

    >>> sorted(types({"@type": ["https://schema.org/NewsArticle", "Article"]}))
    ['article', 'newsarticle']
    """
    given = node.get("@type") or node.get("type")
    if isinstance(given, str):
        return frozenset((_type_name(given),))
    names = given if isinstance(given, list) else ()
    return frozenset(_type_name(name) for name in names if isinstance(name, str))


def _type_name(name: str) -> str:
    return re.split(r"[/:#]", name.strip())[-1].lower() if "/" in name else name.strip().lower()


def text(value: Any) -> str | None:
    """The plain text of a JSON-LD value, entities and tags resolved, or ``None``.

    >>> text("Barron&amp;#39;s"), text({"@value": " Rain "}), text(["Rain", "Sun"]), text(3)
    ("Barron's", 'Rain', 'Rain', None)
    """
    if isinstance(value, list):
        return next((found for found in map(text, value) if found), None)
    if isinstance(value, dict):
        return text(value.get("@value", value.get("name")))
    return clean(value) if isinstance(value, str) else None


def clean(value: str) -> str | None:
    r"""``value`` with entities resolved, tags dropped and white space settled; ``None`` if empty.

    >>> clean(" Rain &amp;amp; <b>sun</b>\n"), clean("a < b"), clean(" ")
    ('Rain & sun', 'a < b', None)
    """
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]*>", " ", value)
    return " ".join(without_unseen(value).split()) or None


def parse(script: str) -> list[Any]:
    r"""The JSON values in ``script``; broken JSON is mended where that takes no guessing.

    >>> parse('<!-- {"a": "x\ty",} -->')
    [{'a': 'x\ty'}]
    >>> parse('{"a": 1}{"b": 2};')
    [{'a': 1}, {'b': 2}]
    >>> parse("no JSON at all")
    []
    """
    source = script[:_MAX_SCRIPT].strip().lstrip("\ufeff")
    for mend in (str, _mend, html.unescape, _mend_entities):
        values = _decode_all(mend(source))
        if values is not None:
            return values
    return _salvage(source)


_DECODER = json.JSONDecoder(strict=False)


def _decode_all(source: str) -> list[Any] | None:
    """Each JSON value of ``source``, one after the other; ``None`` where one can't be read."""
    values: list[Any] = []
    position = _skip(source, 0)
    while position < len(source):
        try:
            value, position = _DECODER.raw_decode(source, position)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        position = _skip(source, position)
    return values


def _skip(source: str, position: int) -> int:
    while position < len(source) and source[position] in " \t\r\n;,\ufeff":
        position += 1
    return position


_WRAPPER = re.compile(r"^(?:\s|<!--|-->|//|/\*.*?\*/|<!\[CDATA\[)+|(?:\s|-->|//|/\*.*?\*/|\]\]>)+$")
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*)(?="[^"\n]*"\s*:)')


def _mend(source: str) -> str:
    """``source`` without comment wrappers, trailing commas and escapes that JSON doesn't know."""
    source = _WRAPPER.sub("", source)
    source = _ESCAPE.sub("", source)
    source = _MISSING_COMMA.sub(r"\1,\2", source)
    return _COMMA.sub(lambda match: match[1] or "", source)


def _mend_entities(source: str) -> str:
    return _mend(html.unescape(source))


_STRING = r'"{key}"\s*:\s*"((?:[^"\\]|\\.)*)"'


def _salvage(source: str) -> list[Any]:
    """What a beyond-repair article object still says plainly: its headline and dates."""
    kind = re.search(r'"@type"\s*:\s*\[?\s*"(\w*Article|BlogPosting)"', source)
    if not kind:
        return []
    node: Node = {"@type": kind[1]}
    for key in ("headline", "datePublished", "dateModified"):
        match = re.search(_STRING.format(key=key), source)
        if match:
            node[key] = _unquote(match[1])
    author = re.search(
        r'"author"\s*:\s*\[?\s*\{\s*(?:"@type"\s*:\s*"Person"\s*,\s*)?'
        + _STRING.format(key="name"),
        source,
    )
    if author:
        node["author"] = _unquote(author[1])
    return [node]


def _unquote(escaped: str) -> str:
    try:
        return str(json.loads(f'"{escaped}"', strict=False))
    except ValueError:
        return escaped


def _collect(
    value: Any,
    depth: int,
    rank: int,
    found: list[tuple[int, Node]],
    listed: list[tuple[Any, int, int]],
) -> None:
    """Add each object inside ``value`` with its rank: its depth, more if it is of another page.

    What lists other pages is put off: it goes to ``listed``.
    """
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                _collect(item, depth, rank, found, listed)
        return
    if "@type" in value or "@id" in value or "type" in value:
        found.append((depth + rank, value))
    for key, item in value.items():
        if isinstance(item, (dict, list)):
            name = key.lower()
            inner = depth if key == "@graph" else depth + 1
            if name in _LISTED:
                listed.append((item, inner, rank + 100))
            else:
                _collect(item, inner, rank + 100 if name in _FOREIGN else rank, found, listed)


def _index(nodes: Iterable[Node]) -> dict[str, Node]:
    """The fullest object for each ``@id``."""
    found: dict[str, Node] = {}
    for node in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(found.get(key, {"@id": key})):
            found[key] = node
    return found
