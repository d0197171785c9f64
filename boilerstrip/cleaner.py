"""The road from a source to an article: read, judge, compose."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import repeat, starmap, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast, overload

from boilerstrip.claim import Cause
from boilerstrip.compose import compose
from boilerstrip.errors import BoilerstripError, InputError
from boilerstrip.fields.addresses import host_of
from boilerstrip.fields.find import first_value, read_fields, read_markup, stated_language
from boilerstrip.language.detect import detect_language
from boilerstrip.readers import read
from boilerstrip.readers.siterules import Site, Sites
from boilerstrip.readers.source import unwrap
from boilerstrip.rules.match import Matcher
from boilerstrip.rules.ruleset import BOILERPLATE, Off, Own, Rule, catalogue, check_ids, load_rules
from boilerstrip.score.extractor import TrafilaturaChooser
from boilerstrip.settle import judge
from boilerstrip.settle.naming import claims_on
from boilerstrip.settle.site import SiteChooser

if TYPE_CHECKING:
    from boilerstrip.article import Article
    from boilerstrip.claim import Claim
    from boilerstrip.fields.find import Candidates
    from boilerstrip.readers import Page
    from boilerstrip.readers.site import Marks
    from boilerstrip.readers.source import Source
    from boilerstrip.score.scorer import Scorer
    from boilerstrip.settle.chooser import Chooser

ENGINES = ("native", "trafilatura")
# A rule of the caller's, what else a file of rules may hold, or the path of one.
Rules: TypeAlias = Iterable["Own | str | os.PathLike[str]"]
# So many sets of options have their cleaner kept between calls of clean().
_CLEANERS = 8
_GONE = object()


@dataclass(frozen=True, init=False)
class Options:
    """How a ``Cleaner`` works.

    ``rules``: the caller's own, each a ``Rule`` or the path of a rule file; they beat the shipped
    ones. ``languages``: the ISO 639-1 codes of the shipped rules to use, ``None`` for all.
    ``keep``: categories that stay in the body, such as ``{"media"}``. ``engine``: who finds the
    body in HTML, ``"native"`` or ``"trafilatura"``. ``weights``: a file that
    ``python -m boilerstrip.training`` wrote, ``None`` for the shipped one.

    Raises:
        InputError: for a category in ``keep``, a language or an engine that does not exist, and
            for a single string where several values are meant.

    >>> Options(keep=["media"], languages={"en"}).keep
    frozenset({'media'})

    """

    rules: tuple[Own | str | os.PathLike[str], ...]
    languages: frozenset[str] | None
    keep: frozenset[str]
    engine: str
    weights: str | os.PathLike[str] | None

    def __init__(
        self,
        rules: Rules = (),
        languages: Iterable[str] | None = None,
        keep: Iterable[str] = (),
        engine: str = "native",
        weights: str | os.PathLike[str] | None = None,
    ) -> None:
        values = {
            "rules": _several("rules", rules, (Rule, Off, Site, str, os.PathLike), '["mine.toml"]'),
            "languages": None
            if languages is None
            else _names("languages", languages, _languages(), '{"en"}', "language with rules"),
            "keep": _names("keep", keep, BOILERPLATE, '{"media"}', "category"),
            "engine": engine,
            "weights": weights,
        }
        if engine not in ENGINES:
            raise InputError(
                f"Options: engine: {engine!r} is none. Choose from: {', '.join(ENGINES)}."
            )
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _several(
    name: str, values: object, kinds: tuple[type, ...], example: str
) -> tuple[Own | str | os.PathLike[str], ...]:
    """The values, if they are several and each is one of the kinds."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        message = f"Options: {name}: {values!r} is one value where several are meant."
        raise InputError(f"{message} Pass them as in {name}={example}.")
    found = tuple(values)
    for value in found:
        if not isinstance(value, kinds):
            message = f"Options: {name}: can't take {value!r} of type {type(value).__name__}."
            raise InputError(f"{message} Pass them as in {name}={example}.")
    return found


def _names(
    name: str, values: Iterable[str], known: Sequence[str], example: str, what: str
) -> frozenset[str]:
    """The values, if they are several and each is known."""
    found = cast("tuple[str, ...]", _several(name, values, (str,), example))
    for value in found:
        if value not in known:
            message = f"Options: {name}: {value!r} is no {what}."
            raise InputError(f"{message} Choose from: {', '.join(known)}.")
    return frozenset(found)


def _languages() -> list[str]:
    """The languages that there are rules for."""
    return sorted({code for rule in catalogue() for code in rule.languages})


class _Aimed(NamedTuple):
    """A page that was read, with all that says which rules are for it."""

    page: Page
    stated: Candidates
    language: str | None
    url: str | None
    host: str
    site: Site | None
    marks: Marks | None


class Cleaner:
    r"""Cleans any number of sources with one set of options; safe to share between threads.

    >>> cleaner = Cleaner(Options(keep={"advertisement"}))
    >>> cleaner.clean("It rained.\nAdvertisement\nIt stopped.").body
    'It rained.\nAdvertisement\nIt stopped.'
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        if self.options.engine == "trafilatura" and find_spec("trafilatura") is None:
            raise InputError(
                "engine='trafilatura' needs the package trafilatura, which isn't installed."
                " Run: pip install trafilatura"
            )
        own = _callers_rules(self.options)
        self._rules = choose_rules(own, self.options.languages)
        self._sites = Sites(item for item in own if isinstance(item, Site))

    # Not made before it is used: a process that has others clean doesn't need it.
    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(*self._rules)

    @cached_property
    def _scorer(self) -> Scorer:
        from boilerstrip.score.scorer import load, shipped

        return load(Path(self.options.weights)) if self.options.weights else shipped()

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Options]]:
        return Cleaner, (self.options,)

    def clean(self, source: Source, url: str | None = None) -> Article:
        """The article in ``source``; see ``boilerstrip.clean``.

        >>> Cleaner().clean("<p>It rained.</p>", url="https://example.org/rain").url
        'https://example.org/rain'
        """
        if url is not None and not isinstance(url, str):
            raise InputError(f"url: {url!r} is of type {type(url).__name__}. Pass a str, or None.")
        content, address = unwrap(source)
        page = read(content)
        url = url or address
        stated = read_markup(page.tree, url, page.document.text)
        language = stated_language(stated) or detect_language(page.document)
        host = host_of(url or first_value(stated, "url"))
        marks = None
        site = self._sites.of(host) if self._sites and page.tree is not None else None
        if site:
            from boilerstrip.fields.site import with_site  # these are slow to import
            from boilerstrip.readers.site import mark_page

            page, marks = mark_page(page, site)
            stated = with_site(stated, marks.fields, f"rule:{site.cause}", language)
        aimed = _Aimed(page, stated, language, url, host, site, marks)
        outlet = first_value(stated, "outlet")
        claims, fields = self._judge(aimed, outlet)
        if self._matcher.asks_outlet and not outlet and fields.get("outlet"):
            claims, fields = self._judge(aimed, fields["outlet"])
        return compose(page, claims, fields, keep=self.options.keep)

    def _judge(self, aimed: _Aimed, outlet: str) -> tuple[list[Claim], dict[str, Any]]:
        """What is not body in the page, and its fields, by the rules for its host and outlet."""
        page, stated, language, url, host, site, marks = aimed
        chooser = self._chooser(page)
        taken: list[Claim] = []
        if site and marks:
            taken = claims_on(page.document, marks.stripped, Cause("rule", site.cause))
            if marks.bodies:
                chooser = SiteChooser(site.cause, marks.bodies, chooser)
        matcher = self._matcher.at(host, outlet)
        claims = judge(page.document, matcher, language, stated, chooser, taken=taken)
        return claims, read_fields(page.document, claims, stated, language, url)

    def _chooser(self, page: Page) -> Chooser:
        if self.options.engine == "trafilatura" and page.tree is not None:
            return TrafilaturaChooser(page.tree)
        return self._scorer

    @overload
    def clean_many(
        self,
        sources: Iterable[Source],
        urls: Iterable[str | None] | None = None,
        on_error: Literal["raise"] = "raise",
    ) -> Iterator[Article]: ...
    @overload
    def clean_many(
        self,
        sources: Iterable[Source],
        urls: Iterable[str | None] | None = None,
        *,
        on_error: Literal["return"],
    ) -> Iterator[Article | BoilerstripError]: ...
    def clean_many(
        self,
        sources: Iterable[Source],
        urls: Iterable[str | None] | None = None,
        on_error: Literal["raise", "return"] = "raise",
    ) -> Iterator[Article | BoilerstripError]:
        """The articles of ``sources``, in order, each made when it is asked for.

        ``urls`` gives the address of each. Where a source can't be read, ``on_error="raise"``
        raises its error, after which the next source may be asked for; ``"return"`` gives the
        error in the article's place.

        >>> found = Cleaner().clean_many(["It rained.", None], on_error="return")
        >>> [type(item).__name__ for item in found]
        ['Article', 'InputError']
        """
        if on_error not in ("raise", "return"):
            message = f"clean_many: on_error: {on_error!r} is none."
            raise InputError(f"{message} Choose from: raise, return.")
        for name, values in (("sources", sources), ("urls", urls)):
            if isinstance(values, str | bytes | bytearray | memoryview | os.PathLike):
                message = f"clean_many: {name}: one {type(values).__name__} where several are meant"
                raise InputError(f"{message}. Put it in a list.")
        pairs = zip(sources, repeat(None)) if urls is None else _pairs(sources, urls)
        clean_one = self._clean_numbered if on_error == "raise" else self._attempt
        return starmap(clean_one, enumerate(pairs))

    def _clean_numbered(self, number: int, pair: tuple[Source, str | None]) -> Article:
        try:
            return self.clean(*pair)
        except InputError as error:
            raise InputError(f"sources[{number}]: {error}") from error

    def _attempt(self, number: int, pair: tuple[Source, str | None]) -> Article | BoilerstripError:
        try:
            return self._clean_numbered(number, pair)
        except BoilerstripError as error:
            return error


def _pairs(
    sources: Iterable[Source], urls: Iterable[str | None]
) -> Iterator[tuple[Source, str | None]]:
    """Each source with its address."""
    for number, (source, url) in enumerate(zip_longest(sources, urls, fillvalue=_GONE)):
        if source is _GONE or url is _GONE:
            fewer = "sources" if source is _GONE else "urls"
            message = f"clean_many: there are only {number} {fewer}."
            raise InputError(f"{message} Give an address, or None, for each source.")
        yield source, url  # type: ignore[misc]


def clean(
    source: Source, url: str | None = None, keep: Iterable[str] = (), rules: Rules = ()
) -> Article:
    r"""The article in ``source``: its body, its metadata and a record of all that was removed.

    Args:
        source: Text, or HTML as ``str`` or ``bytes``, an lxml element or tree, a BeautifulSoup
            object, the response of requests, httpx or Scrapy, or a ``pathlib.Path``, which is
            read. A string is never taken for the name or address of something.
        url: The page's address: the article has it, and links of related items are completed by
            it. A response brings its own.
        keep: Categories that stay in the body, such as ``{"media"}``.
        rules: The caller's own rules, or the paths of files of them; they beat the shipped ones.

    Raises:
        InputError: for a source that can't be read.
        RuleError: for a rule file that can't be used.

    >>> article = clean("The rain stopped.\nAdvertisement\nThe match began.")
    >>> article.body
    'The rain stopped.\nThe match began.'
    >>> [(removal.category, removal.text) for removal in article.removed]
    [('advertisement', 'Advertisement')]
    >>> clean("The rain stopped.\nAdvertisement", keep={"advertisement"}).removed
    ()

    """
    options = Options(rules=rules, keep=keep)
    return _cleaner(Options(rules=_callers_rules(options), keep=options.keep)).clean(source, url)


@lru_cache(_CLEANERS)
def _cleaner(options: Options) -> Cleaner:
    """The cleaner of options that name no file, so that they alone say what it does."""
    return Cleaner(options)


def shared_cleaner() -> Cleaner:
    """The cleaner of ``clean()`` where it is given no options."""
    return _cleaner(Options())


def _callers_rules(options: Options) -> list[Own]:
    """The caller's rules, those of files read anew."""
    return [
        rule
        for item in options.rules
        for rule in ((item,) if isinstance(item, Own) else load_rules(Path(item)))
    ]


def choose_rules(
    own: Iterable[Own], languages: frozenset[str] | None
) -> tuple[tuple[Rule, ...], list[Off]]:
    """The caller's rules and the shipped ones of some languages, or all; and what is off where.

    Raises:
        RuleError: if two have one id.

    """
    own = list(own)
    off = [item for item in own if isinstance(item, Off)]
    always = {name for one in off if not (one.sites or one.outlets) for name in one.ids}
    shipped = [
        rule
        for rule in catalogue()
        if rule.id not in always and (languages is None or languages.intersection(rule.languages))
    ]
    rules = check_ids([*(item for item in own if isinstance(item, Rule)), *shipped])
    return rules, [one for one in off if one.sites or one.outlets]
