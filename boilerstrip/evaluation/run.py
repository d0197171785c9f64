"""One run: systems over the pages of a gold file, taking turns page by page."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from boilerstrip.errors import InputError
from boilerstrip.evaluation.fields import compare_fields, compare_names
from boilerstrip.evaluation.fragments import cut_fragments
from boilerstrip.evaluation.harm import Loss, measure_loss
from boilerstrip.evaluation.labelled import Marks, mark
from boilerstrip.evaluation.measures import Overlap, overlap, units
from boilerstrip.evaluation.renderers import find_renderer, shown
from boilerstrip.evaluation.snippets import count_dropped, count_kept
from boilerstrip.evaluation.systems import Extraction, System, as_extraction
from boilerstrip.readers.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from boilerstrip.evaluation.fragments import Form
    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.systems import Answer, Extract

As = Literal["html", "text"]
"""How pages are handed over: as HTML, or as plain text."""

AS_IS = "as it is"
"""The name under which text that nobody cleaned is scored."""

AS_GIVEN = "as given"
"""The source of a run on raw texts, which nobody rendered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one system did on one page.

    ``right`` says for each field that the gold has a value for whether it is right, ``given`` the
    same for each field that the system gave. ``loss`` is what it took from the gold body, ``marks``
    is there for labelled texts; ``seconds`` are CPU time, ``size`` the bytes handed over,
    ``failure`` what the system raised.
    """

    page: GoldPage
    body: Overlap
    words: Overlap
    kept: tuple[int, int]
    dropped: tuple[int, int]
    right: dict[str, bool]
    given: dict[str, bool]
    names: Overlap | None
    seconds: float
    size: int
    failure: str | None = None
    loss: Loss | None = None
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class FragmentOutcome:
    """What one system took from one fragment of a page's gold body."""

    page: GoldPage
    form: Form
    cut: str
    loss: Loss
    is_empty: bool
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: for each system, the outcomes on the pages, in order.

    ``unread`` are the pages that the renderer failed on; no system is scored on them.
    """

    source: str
    systems: tuple[System, ...]
    outcomes: dict[str, list[Outcome]]
    skipped: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a system made of a page, in how much CPU time, and what it raised if it did."""

    extraction: Extraction
    seconds: float
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it is handed over."""

    page: GoldPage
    raw: bytes | str

    @property
    def size(self) -> int:
        """In bytes."""
        raw = self.raw
        return len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "replace"))


def evaluate(
    pages: Iterable[GoldPage],
    systems: Sequence[System],
    as_: As = "html",
    renderer: str = "html_text",
    *,
    harm: bool = True,
) -> Run:
    """The outcomes of the systems on the pages.

    As text, pages that give only HTML are rendered first, and the text as it is becomes a system
    too. The systems take turns on each page, another one first each time. A system that takes
    plain text also gets the gold body to clean, if ``harm`` is asked for.

    Raises:
        InputError: for a renderer that isn't there, two systems of one name, or no system that
            takes the pages.

    """
    fitting, skipped = _fitting(systems, as_)
    render = find_renderer(renderer) if as_ == "text" else None
    run = Run(renderer if render else "html", fitting, {one.name: [] for one in fitting}, skipped)
    for turn, source in enumerate(_sources(pages, render, run.unread)):
        if turn == 0:
            _warm_up(fitting, source)
        first = turn % len(fitting)
        for system in (*fitting[first:], *fitting[:first]):
            run.outcomes[system.name].append(_examine(system, source, run.source, harm=harm))
    if render and all(one.page.text is not None for one in run.outcomes[fitting[0].name]):
        return replace(run, source=AS_GIVEN)
    return run


def read_source(page: GoldPage, render: Callable[[GoldPage], str] | None) -> Source:
    """The page as bytes, or as text where ``render`` is given."""
    if render is None:
        return Source(page, page.read())
    return Source(page, render(page) if page.text is None else page.text)


def evaluate_fragments(
    pages: Iterable[GoldPage], systems: Sequence[System]
) -> dict[str, list[FragmentOutcome]]:
    """For each system that takes HTML and text, what it took from the pages' gold bodies.

    Raises:
        InputError: for two systems of one name.

    """
    check_names(systems)
    fitting = [one for one in systems if one.takes_pages and "text" in one.takes]
    outcomes: dict[str, list[FragmentOutcome]] = {system.name: [] for system in fitting}
    for page in pages:
        for fragment in cut_fragments(page):
            raw = fragment.source if fragment.form == "text" else fragment.source.encode()
            for system in fitting:
                done = attempt(system, Source(page, raw))
                body = done.extraction.body
                outcomes[system.name].append(
                    FragmentOutcome(
                        page=page,
                        form=fragment.form,
                        cut=fragment.cut,
                        loss=measure_loss(body, fragment.text),
                        is_empty=not body.strip(),
                        failure=done.failure,
                    )
                )
    return outcomes


def check_names(systems: Sequence[System]) -> None:
    """Nothing, if no two systems have one name.

    Raises:
        InputError: if two have.

    """
    if len({system.name for system in systems}) < len(systems):
        raise InputError("two systems have the same name; give each its own.")


def _fitting(systems: Sequence[System], as_: As) -> tuple[tuple[System, ...], dict[str, str]]:
    check_names(systems)
    skipped: dict[str, str] = {}
    fitting: list[System] = []
    for system in systems:
        if system.takes_pages if as_ == "html" else "text" in system.takes:
            fitting.append(system)
        else:
            skipped[system.name] = f"does not take pages as {as_}"
    if not fitting:
        raise InputError(f"none of {', '.join(skipped)} takes pages as {as_}.")
    if as_ == "text":
        fitting.append(System(AS_IS, lambda text, _url: str(text), frozenset({"text"})))
    return tuple(fitting), skipped


def _sources(
    pages: Iterable[GoldPage], render: Callable[[GoldPage], str] | None, unread: dict[str, str]
) -> Iterator[Source]:
    """The pages as they are handed over; a page that the renderer fails on goes to ``unread``."""
    for page in pages:
        try:
            source = read_source(page, render)
        except InputError:
            raise
        except Exception as error:  # noqa: BLE001 - another library's, and it is reported
            unread[page.id] = f"{type(error).__name__}: {error}"
        else:
            yield source


def _warm_up(systems: Sequence[System], source: Source) -> None:
    """Let each system load what it loads on first use, so that no page pays for it."""
    for system in systems:
        attempt(system, source)


def attempt(system: System, source: Source) -> Attempt:
    """What the system makes of the page, with its metadata where it gives any.

    Raises:
        InputError: where the system returns something that is no answer.

    """
    extract = system.for_page(source.page) if system.for_page else system.extract
    start = _cpu_seconds()
    answer, failure = _ask(extract, system, source)
    seconds = _cpu_seconds() - start
    found = as_extraction(answer)
    if system.describe is None or failure:
        return Attempt(found, seconds, failure)
    answer, failure = _ask(system.describe, system, source)
    described = replace(as_extraction(answer), body=found.body, removed=found.removed)
    return Attempt(described, seconds, failure)


def _ask(function: Extract, system: System, source: Source) -> tuple[Answer, str | None]:
    raw = source.raw
    try:
        if isinstance(raw, bytes) and "bytes" not in system.takes:
            raw = decode(raw)
        return function(raw, source.page.url), None
    except Exception as error:  # noqa: BLE001 - whatever a scored system raises is its result
        return None, f"{type(error).__name__}: {error}"


def _cpu_seconds() -> float:
    """CPU time of this process and of the commands it has run."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _examine(system: System, source: Source, renderer: str, *, harm: bool) -> Outcome:
    page = source.page
    done = attempt(system, source)
    cleaned = _clean_gold(system, page) if harm else None
    found = done.extraction
    body, gold = shown(found.body, renderer), page.body or ""
    metadata = system.gives_metadata
    right, given = compare_fields(found, page) if metadata else ({}, {})
    named = metadata and page.authors is not None
    return Outcome(
        page=page,
        body=overlap(units(body), units(gold)),
        words=overlap(units(body), units(gold), size=1),
        kept=count_kept(page.with_, body),
        dropped=count_dropped(page.without, body, gold),
        right=right,
        given=given,
        names=compare_names(found.authors, page.authors or ()) if named else None,
        seconds=done.seconds,
        size=source.size,
        failure=done.failure or (cleaned.failure if cleaned else None),
        loss=measure_loss(cleaned.extraction.body, gold) if cleaned else None,
        marks=None if page.removed is None else mark(found, page),
    )


def _clean_gold(system: System, page: GoldPage) -> Attempt | None:
    """What the system makes of the gold body; ``None`` where it doesn't take plain text."""
    if "text" not in system.takes or system.name == AS_IS or page.body is None:
        return None
    return attempt(system, Source(page, page.body))
