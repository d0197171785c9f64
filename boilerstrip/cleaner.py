"""The road from a source to an article: read, judge, compose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.compose import compose
from boilerstrip.errors import InputError
from boilerstrip.judge import judge
from boilerstrip.judge.extractor import TrafilaturaChooser
from boilerstrip.judge.match import Matcher
from boilerstrip.metadata.fields import read_fields, read_markup, stated_language
from boilerstrip.metadata.language import detect_language
from boilerstrip.readers import read
from boilerstrip.rules.ruleset import BOILERPLATE, Rule, catalogue, check_ids, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boilerstrip.article import Article
    from boilerstrip.judge import Chooser
    from boilerstrip.judge.scorer import Scorer
    from boilerstrip.readers import Page

ENGINES = ("native", "trafilatura")


@dataclass(frozen=True)
class Options:
    """How a ``Cleaner`` works.

    ``rules``: the caller's own, each a ``Rule`` or the path of a rule file; they beat the shipped
    ones. ``languages``: the ISO 639-1 codes of the shipped rules to use, ``None`` for all.
    ``keep``: categories that stay in the body, such as ``{"media"}``. ``engine``: who finds the
    body in HTML, ``"native"`` or ``"trafilatura"``. ``weights``: a file that
    ``python -m boilerstrip.training`` wrote, ``None`` for the shipped one.

    Raises:
        InputError: for a category in ``keep`` or an engine that does not exist.
        RuleError: for a rule file that can't be used.

    """

    rules: tuple[Rule | str | Path, ...] = ()
    languages: frozenset[str] | None = None
    keep: frozenset[str] = frozenset()
    engine: str = "native"
    weights: str | Path | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", tuple(self.rules))
        object.__setattr__(self, "keep", frozenset(self.keep))
        if self.languages is not None:
            object.__setattr__(self, "languages", frozenset(self.languages))
        if self.engine not in ENGINES:
            raise InputError(
                f"Options: engine: {self.engine!r} is none. Choose from: {', '.join(ENGINES)}."
            )
        for category in self.keep:
            if category not in BOILERPLATE:
                message = f"Options: keep: {category!r} is no category."
                raise InputError(f"{message} Choose from: {', '.join(BOILERPLATE)}.")


class Cleaner:
    r"""Cleans any number of sources with one set of options; safe to share between threads.

    >>> cleaner = Cleaner(Options(keep={"advertisement"}))
    >>> cleaner.clean("It rained.\nAdvertisement\nIt stopped.").body
    'It rained.\nAdvertisement\nIt stopped.'
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._matcher = Matcher(_chosen_rules(self.options))

    @cached_property
    def _scorer(self) -> Scorer:
        from boilerstrip.judge.scorer import load, shipped

        return load(Path(self.options.weights)) if self.options.weights else shipped()

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Options]]:
        return Cleaner, (self.options,)

    def clean(self, source: object, url: str | None = None) -> Article:
        """The article in ``source``; see ``boilerstrip.clean``."""
        page = read(source)
        stated = read_markup(page.tree, url, page.document.text)
        language = stated_language(stated) or detect_language(page.document)
        chooser = self._chooser(page)
        firings = judge(page.document, self._matcher, language, stated, chooser)
        fields = read_fields(page.document, firings, stated, language, url)
        return compose(page, firings, fields, keep=self.options.keep)

    def _chooser(self, page: Page) -> Chooser:
        if self.options.engine == "trafilatura" and page.tree is not None:
            return TrafilaturaChooser(page.tree)
        return self._scorer

    def clean_many(self, sources: Iterable[object]) -> Iterator[Article]:
        """The articles of ``sources``, in order, each made when it is asked for."""
        return map(self.clean, sources)


def clean(source: object, url: str | None = None) -> Article:
    r"""The article in ``source``: its body, its metadata and a record of all that was removed.

    >>> article = clean("The rain stopped.\nAdvertisement\nThe match began.")
    >>> article.body
    'The rain stopped.\nThe match began.'
    >>> [(removal.category, removal.text) for removal in article.removed]
    [('advertisement', 'Advertisement')]
    """
    return _default_cleaner().clean(source, url)


@cache
def _default_cleaner() -> Cleaner:
    return Cleaner()


def _chosen_rules(options: Options) -> tuple[Rule, ...]:
    callers = [
        rule
        for item in options.rules
        for rule in ((item,) if isinstance(item, Rule) else load_rules(item))
    ]
    shipped = [
        rule
        for rule in catalogue()
        if options.languages is None or options.languages.intersection(rule.languages)
    ]
    return check_ids([*callers, *shipped])
