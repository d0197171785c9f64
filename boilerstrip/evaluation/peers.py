"""Other libraries to score beside boilerstrip, each as its documentation says to call it.

Each is imported when it is asked for: none is a dependency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from boilerstrip.errors import InputError
from boilerstrip.evaluation.systems import Extraction, System, find_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from boilerstrip.evaluation.systems import Extract, Form

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Peer:
    """A library, and how to make a system of it; ``build`` raises ``ImportError`` without it."""

    distribution: str
    takes: Form
    build: Callable[[], Extract]
    gives_metadata: bool = False
    describe: Callable[[], Extract] | None = None


def _trafilatura(**options: bool) -> Extract:
    extract = import_module("trafilatura").extract
    return lambda page, _url: extract(page, include_comments=False, **options)


def _trafilatura_metadata() -> Extract:
    extract_metadata = import_module("trafilatura").extract_metadata

    def describe(page: bytes | str, url: str | None) -> Extraction:
        found = extract_metadata(page, default_url=url)
        if found is None:
            return Extraction("")
        authors = tuple(found.author.split("; ")) if found.author else ()
        return Extraction(
            "", title=found.title, authors=authors, date=found.date, outlet=found.sitename
        )

    return describe


def _readability() -> Extract:
    document = import_module("readability").Document
    to_text = import_module("html_text").extract_text
    return lambda page, _url: to_text(document(page).summary())


def _resiliparse() -> Extract:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page, _url: extract(page, main_content=True, alt_texts=False)


def _justext() -> Extract:
    justext = import_module("justext")
    # The pages' languages aren't known: a stop word of any language counts.
    stop_words = frozenset(
        word for language in justext.get_stoplists() for word in justext.get_stoplist(language)
    )

    def extract(page: Any, _url: str | None) -> str:
        paragraphs = justext.justext(page, stop_words)
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def _newspaper() -> Extract:
    article_type = import_module("newspaper").Article

    def extract(page: Any, url: str | None) -> Extraction:
        # With images it would ask the network for each of them.
        article = article_type(url=url or "", fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return Extraction(
            article.text,
            title=article.title or None,
            authors=tuple(article.authors),
            date=_iso(article.publish_date),
            outlet=article.meta_site_name or None,
        )

    return extract


def _iso(date: Any) -> str | None:
    """The date as a string, where it is one date at all: some pages give a list."""
    return (
        date.isoformat() if isinstance(date, datetime) else date if isinstance(date, str) else None
    )


def _boilerpy() -> Extract:
    extractor = import_module("boilerpy3.extractors").ArticleExtractor(raise_on_failure=False)
    return lambda page, _url: extractor.get_content(page)


def _goose() -> Extract:
    goose = import_module("goose3").Goose({"enable_image_fetching": False})

    def extract(page: Any, _url: str | None) -> Extraction:
        article = goose.extract(raw_html=page)
        return Extraction(
            article.cleaned_text,
            title=article.title or None,
            # What a page's JSON-LD gives is passed on as it is, lists in lists too.
            authors=tuple(name for name in article.authors if isinstance(name, str)),
            date=_iso(article.publish_date),
            outlet=(article.opengraph or {}).get("site_name"),
        )

    return extract


def _datatrove() -> Extract:
    document = import_module("datatrove.data").Document
    # Its line rules alone: those for whole documents throw pages away instead of cleaning them.
    quality_filter = import_module("datatrove.pipeline.filters").C4QualityFilter(
        min_num_sentences=-1, filter_curly_bracket=False, filter_lorem_ipsum=False
    )

    def extract(text: Any, _url: str | None) -> str:
        page = document(text=text, id="page")
        quality_filter.filter(page)
        return str(page.text)

    return extract


PEERS: Mapping[str, Peer] = {
    "trafilatura": Peer(
        "trafilatura", "bytes", _trafilatura, gives_metadata=True, describe=_trafilatura_metadata
    ),
    "trafilatura-fast": Peer("trafilatura", "bytes", lambda: _trafilatura(fast=True)),
    "trafilatura-precision": Peer(
        "trafilatura", "bytes", lambda: _trafilatura(favor_precision=True)
    ),
    "readability": Peer("readability-lxml", "html", _readability),
    "resiliparse": Peer("resiliparse", "html", _resiliparse),
    "justext": Peer("justext", "html", _justext),
    "newspaper4k": Peer("newspaper4k", "html", _newspaper, gives_metadata=True),
    "boilerpy3": Peer("boilerpy3", "html", _boilerpy),
    "goose3": Peer("goose3", "html", _goose, gives_metadata=True),
    "datatrove-c4": Peer("datatrove", "text", _datatrove),
}
"""The peers by name: the last takes plain text, the others HTML."""


def find_peers(names: Iterable[str]) -> tuple[tuple[System, ...], dict[str, str]]:
    """The systems of that name, and for each peer that isn't installed why it is skipped.

    ``all`` stands for every peer.

    Raises:
        InputError: for a name that isn't known.

    """
    found: dict[str, System] = {}
    skipped: dict[str, str] = {}
    for name in _expand(names):
        peer = PEERS[name]
        try:
            found[name] = System(
                name,
                peer.build(),
                frozenset({peer.takes}),
                find_version(peer.distribution),
                peer.gives_metadata,
                peer.describe() if peer.describe else None,
            )
        except ImportError as error:
            skipped[name] = f"not installed ({error}): pip install 'boilerstrip[peers]'"
    return tuple(found.values()), skipped


def _expand(names: Iterable[str]) -> list[str]:
    wanted = [peer for name in names for peer in (PEERS if name == _ALL else [name])]
    for name in wanted:
        if name not in PEERS:
            raise InputError(f"no peer {name!r}; choose from: {', '.join([*PEERS, _ALL])}.")
    return list(dict.fromkeys(wanted))
