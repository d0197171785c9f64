"""What can be scored: boilerstrip, a function, a command."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import metadata
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from boilerstrip.article import Article
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.errors import InputError
from boilerstrip.evaluation.gold import family_of, fold_of
from boilerstrip.fields.declared import FIELDS, Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.record import Removal

SITE_HELD_OUT = "boilerstrip, site held out"
CORPUS_HELD_OUT = "boilerstrip, corpus held out"

Form = Literal["bytes", "html", "text"]
"""What a system is handed: a page's bytes, the decoded page, or plain text."""


@dataclass(frozen=True, slots=True)
class Extraction(Metadata):
    """What a system made of a page."""

    body: str
    removed: tuple[Removal, ...] = ()


Answer: TypeAlias = Article | Extraction | str | None
"""What a system may return."""

Extract: TypeAlias = Callable[[bytes | str, str | None], Answer]
"""From a source and the page's address, where it is known, to an answer."""


@dataclass(frozen=True, slots=True)
class System:
    """Something to score.

    ``extract(source, url)`` returns the body, or an ``Extraction`` or ``Article`` with the metadata
    too; the metadata is scored where ``gives_metadata`` says so. ``describe``, where given, is a
    second call of the same kind that returns the metadata; its time isn't counted. ``for_page``,
    where given, says what to call instead of ``extract`` on a page of the gold.
    """

    name: str
    extract: Extract
    takes: frozenset[Form]
    version: str | None = None
    gives_metadata: bool = False
    describe: Extract | None = None
    for_page: Callable[[GoldPage], Extract] | None = None

    @property
    def takes_pages(self) -> bool:
        """Whether it takes HTML, in whichever form."""
        return bool(self.takes & {"bytes", "html"})


def boilerstrip_system(options: Options | None = None) -> System:
    """Boilerstrip itself, with its default options or others."""
    cleaner = Cleaner(options)
    return System(
        name="boilerstrip",
        extract=cleaner.clean,
        takes=frozenset({"bytes", "text"}),
        version=find_version("boilerstrip"),
        gives_metadata=True,
    )


def held_out_systems(folder: Path) -> tuple[System, System]:
    """Boilerstrip with weights that never saw the page's site, and that never saw its corpus.

    ``folder`` is what ``python -m boilerstrip.training --folds-out`` wrote. The shipped weights
    were trained on the pages of some corpora: on these, only held-out scores say how good they
    are, and those by corpus what to expect of sites that nobody has looked at. A page of a corpus
    that none of the weights were trained on is scored without its site, or with the shipped ones.

    Raises:
        InputError: for a folder without the weights of its folds.

    """
    folds = _Folds.read(folder)
    site = replace(boilerstrip_system(), name=SITE_HELD_OUT, for_page=folds.by_site)
    return site, replace(site, name=CORPUS_HELD_OUT, for_page=folds.by_corpus)


@dataclass(frozen=True, slots=True)
class _Folds:
    """Cleaners by the names of their weights, and which of them never saw what."""

    place: Path
    corpora: frozenset[str]
    site: Mapping[str, str]
    family: Mapping[str, str]
    cleaners: Mapping[str, Cleaner]
    shipped: Cleaner

    @classmethod
    def read(cls, folder: Path) -> _Folds:
        place = folder / "folds.json"
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
            site, family = dict(found["site"]), dict(found["corpus"])
            cleaners = {
                name: Cleaner(Options(weights=folder / f"{name}.npz"))
                for name in sorted({*site.values(), *family.values()})
            }
            corpora = frozenset(found["corpora"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{place}: no folds can be read from it: {error!r}.") from error
        return cls(place, corpora, site, family, cleaners, Cleaner())

    def by_site(self, page: GoldPage) -> Extract:
        name = self.site.get(page.key)
        if name is None and page.corpus not in self.corpora:
            # Another corpus may have taught this site.
            own = f"site-{fold_of(page.site)}" if page.url else ""
            return self.cleaners.get(own, self.shipped).clean
        if name is None:
            raise InputError(f"{self.place}: page {page.id} of {page.corpus} is in no fold.")
        return self.cleaners[name].clean

    def by_corpus(self, page: GoldPage) -> Extract:
        name = self.family.get(family_of(page.corpus))
        return (self.shipped if name is None else self.cleaners[name]).clean


def function_system(
    function: Callable[[Any], Answer],
    name: str | None = None,
    takes: Iterable[Form] = ("bytes",),
    *,
    gives_metadata: bool = False,
) -> System:
    """Any function of a source as a system.

    >>> upper = function_system(str.upper, takes={"text"})
    >>> upper.name, upper.extract("rain", None)
    ('upper', 'RAIN')
    """
    return System(
        name or str(getattr(function, "__name__", "function")),
        lambda source, _url: function(source),
        frozenset(takes),
        gives_metadata=gives_metadata,
    )


def command_system(command: str, takes: Iterable[Form] = ("bytes",)) -> System:
    """A shell command as a system: it reads the page on stdin and writes the body to stdout.

    >>> command_system("tr a-z A-Z").extract("rain", None)
    'RAIN'
    """

    def extract(source: bytes | str, _url: str | None) -> str:
        page = source if isinstance(source, bytes) else source.encode("utf-8", "replace")
        done = subprocess.run(  # noqa: S602 - the caller's own command line
            command, shell=True, input=page, capture_output=True, check=False
        )
        if done.returncode:
            complaint = done.stderr.decode("utf-8", "replace").strip()
            raise InputError(f"{command}: exit code {done.returncode}: {complaint}")
        return done.stdout.decode("utf-8", "replace")

    return System(command, extract, frozenset(takes))


def as_extraction(answer: Answer) -> Extraction:
    """A system's answer in one shape; ``None`` is an empty body.

    Raises:
        InputError: for an answer of another type.

    """
    if isinstance(answer, Extraction):
        return answer
    if isinstance(answer, Article):
        told = {item.name: getattr(answer, item.name) for item in FIELDS}
        told["date"] = answer.published or answer.date
        return Extraction(answer.body, answer.removed, **told)
    if answer is None or isinstance(answer, str):
        return Extraction(answer or "")
    kind = type(answer).__name__
    raise InputError(f"a system returned {kind}; expected a string, an Extraction or an Article.")


def find_version(distribution: str) -> str | None:
    """The installed version of a distribution; ``None`` where it isn't installed.

    >>> find_version("no-such-distribution") is None
    True
    """
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
