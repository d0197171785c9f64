"""The evidence: what a page says of itself, read from its tree once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from boilerstrip.metadata.html.jsonld import LinkedData, clean, read_linked_data
from boilerstrip.metadata.html.markup import Line, inner_text, lines_near, select
from boilerstrip.metadata.html.outlet import outlet_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement


@dataclass(frozen=True)
class Evidence:
    """What a page says of itself.

    ``metas`` maps the lower-case ``name``, ``property`` or ``itemprop`` of a ``meta`` element to
    its contents in order; ``links`` maps a ``rel`` of the head to its addresses. What is seldom
    needed is read when it is first asked for.
    """

    tree: HtmlElement
    url: str | None = None
    linked: LinkedData = field(default_factory=LinkedData)
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    title_element: str | None = None
    headings: tuple[HtmlElement, ...] = ()
    subheadings: tuple[HtmlElement, ...] = ()
    times: tuple[HtmlElement, ...] = ()

    @cached_property
    def linking(self) -> list[HtmlElement]:
        """The links to an author's page."""
        return [element for element in select(_LINKED, self.tree) if _is_author_link(element)]

    @cached_property
    def described(self) -> list[HtmlElement]:
        """The elements with a microdata property."""
        return select(_DESCRIBED, self.tree)

    @cached_property
    def authors(self) -> list[HtmlElement]:
        """The elements that a class may call an author's."""
        found = select(_AUTHORS, self.tree)
        return [element for element in found if _AUTHOR_CLASS.search(element.get("class") or "")]

    @cached_property
    def text(self) -> str:
        """All text of the page but that of its scripts."""
        return inner_text(self.tree)

    @cached_property
    def dated(self) -> list[HtmlElement]:
        """The elements that a class may call a date."""
        return select(_DATED, self.tree)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The squashed names of the outlet, as they stand at the ends of titles."""
        return outlet_keys(self)

    @cached_property
    def nearby(self) -> tuple[Line, ...]:
        """The lines of text before and after the headline."""
        return lines_near(self._headline(), 60, 15) if self.headings or self.subheadings else ()

    @cached_property
    def close(self) -> tuple[Line, ...]:
        """The few lines of text right before and after the headline."""
        return lines_near(self._headline(), 8, 4) if self.headings or self.subheadings else ()

    @cached_property
    def frame(self) -> frozenset[HtmlElement]:
        """The elements that hold the headline: what stands in them isn't another article's."""
        if not (self.headings or self.subheadings):
            return frozenset()
        return frozenset(self._headline().iterancestors())

    def _headline(self) -> HtmlElement:
        """The heading that says what the page's title says, an ``h1`` if one does."""
        titles = [title for title in (self.meta("og:title"), self.title_element) if title]
        for headings, least in ((self.headings, _ALIKE), (self.subheadings, _SAME)):
            for heading in headings:
                line = inner_text(heading)
                if len(line) > _SHORT and any(_share(line, title) >= least for title in titles):
                    return heading
        return (*self.headings, *self.subheadings)[0]

    @cached_property
    def locale(self) -> str | None:
        """The language with its country, as far as the page or its address tells."""
        language = (self.language or "").lower().replace("_", "-")
        stated = (self.meta("og:locale") or "").lower().replace("_", "-")
        if "-" not in language and stated.startswith(language or "?"):
            return stated
        if language == "en" and _BRITISH.search(self.url or ""):
            return "en-gb"
        return language or stated or None

    def meta(self, *names: str) -> str | None:
        """The first content that one of ``names`` has, in the order of ``names``."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


_BRITISH = re.compile(r"^https?://[^/]+\.(?:uk|au|nz|ie|in|za|ng|ke|sg|my)(?:/|$)")
_ALIKE, _SAME = 0.6, 0.95  # shares of common words from which a heading is the title
_SHORT = 8  # characters below which a heading says too little to be known by
_LINKED = etree.XPath(
    "descendant::a[starts-with(@rel, 'author') or contains(@href, '/author')"
    " or contains(@href, '/writer') or contains(@href, '/aut') or contains(@href, '/contrib')]"
)
_DESCRIBED = etree.XPath("descendant::*/@itemprop/..")
_AUTHORS = etree.XPath(
    "descendant::*/@class[contains(., 'uthor') or contains(., 'yline') or contains(., 'riter')"
    " or contains(., 'ontribut') or contains(., 'bio') or contains(., 'Bio')"
    " or contains(., 'auteur')]/.."
)
_DATED = etree.XPath(
    "descendant::*/@class[contains(., 'ate') or contains(., 'ublish') or contains(., 'osted')"
    " or contains(., 'ime')]/.."
)
_AUTHOR_CLASS = re.compile(r"(?i)author|by-?line|writer|contribut|auteur|autor(?!e?-?play)|\bbio")
AUTHOR_PAGE = re.compile(r"/(?:authors?|writers?|autor(?:en|es)?|auteurs?|contributors?)/[^/?#]+")
_TAGS = ("html", "title", "meta", "link", "script", "h1", "h2", "time")


def _share(heading: str, title: str) -> float:
    """The share (0-1) of the heading's words that the title has too."""
    words, known = (set(re.findall(r"\w+", text.casefold())) for text in (heading, title))
    return len(words & known) / (len(words) or 1)


def read_evidence(tree: HtmlElement, url: str | None) -> Evidence:
    """The evidence of one page; the tree is only read."""
    by_tag: dict[str, list[HtmlElement]] = {tag: [] for tag in _TAGS}
    for element in tree.iter(*_TAGS):
        by_tag[element.tag].append(element)
    return Evidence(
        tree=tree,
        url=url,
        linked=read_linked_data(_scripts(by_tag["script"])),
        metas=_metas(by_tag["meta"]),
        links=_links(by_tag["link"]),
        language=_language(by_tag["html"]),
        title_element=_title_element(by_tag["title"]),
        headings=tuple(by_tag["h1"]),
        subheadings=tuple(by_tag["h2"]),
        times=tuple(by_tag["time"]),
    )


def _is_author_link(element: HtmlElement) -> bool:
    if (element.get("rel") or "").startswith("author"):
        return True
    return bool(AUTHOR_PAGE.search(element.get("href") or ""))


def _scripts(elements: Sequence[HtmlElement]) -> list[str]:
    kept = (element for element in elements if "ld+json" in (element.get("type") or "").lower())
    return [text for element in kept if (text := element.text) and "{" in text]


def _metas(elements: Sequence[HtmlElement]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in elements:
        content = clean(element.get("content") or "")
        if not content:
            continue
        names = (element.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        for name in {name.strip().lower() for name in names if name}:
            found[name] = (*found.get(name, ()), content)
    return found


def _links(elements: Sequence[HtmlElement]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        for rel in (element.get("rel") or "").lower().split():
            found.setdefault(rel, (element.get("href") or "").strip())
    return found


def _language(elements: Sequence[HtmlElement]) -> str | None:
    for element in elements:
        value = element.get("lang") or element.get("xml:lang")
        if value and value.strip():
            return str(value.strip())
    return None


def _title_element(elements: Sequence[HtmlElement]) -> str | None:
    for element in elements:
        parent = element.getparent()
        if parent is not None and parent.tag == "svg":
            continue
        value = clean("".join(element.itertext()))
        if value:
            return value
    return None
