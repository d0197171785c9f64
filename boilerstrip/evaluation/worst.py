"""The worst pages of a run, and on each what was wrongly removed and what wrongly kept.

Both come from the measure itself: a passage is a run of words that no shared shingle covers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boilerstrip.evaluation.measures import SHINGLE, UNIT, overlap, shingles, units
from boilerstrip.evaluation.renderers import find_renderer, shown
from boilerstrip.evaluation.run import AS_GIVEN, Source, attempt, read_source

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from boilerstrip.evaluation.gold import GoldPage
    from boilerstrip.evaluation.measures import Overlap
    from boilerstrip.evaluation.run import Run
    from boilerstrip.evaluation.systems import System
    from boilerstrip.record import Removal

_SHOWN = 240
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words in one line that only one of two texts has.

    ``cause`` is that of the removal it is in; ``None`` where it is in none.
    """

    text: str
    words: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class PageReport:
    """What is wrong with a body: ``removed`` stands only in the gold, ``kept`` only in the body."""

    page: GoldPage
    overlap: Overlap
    removed: tuple[Passage, ...]
    kept: tuple[Passage, ...]
    failure: str | None = None

    def __str__(self) -> str:
        removed, kept = (sum(one.words for one in side) for side in (self.removed, self.kept))
        where = self.page.url or self.page.html
        lines = [
            f"{self.page.id}: F1 {self.overlap.f1:.4f}",
            *([f"  {where}"] if where else []),
            f"  {removed} words wrongly removed, {kept} wrongly kept",
            *([f"  ! {self.failure}"] if self.failure else []),
            *_list(self.removed, lambda one: f"  - [{one.cause or 'in no removal'}] "),
            *_list(self.kept, lambda _: "  + "),
        ]
        return "\n".join(lines)


def explain_worst(run: Run, system: System, count: int) -> list[PageReport]:
    """The reports on the ``count`` pages where the system's body has the lowest F1, worst first."""
    judged = [one for one in run.outcomes[system.name] if one.page.body is not None]
    ranked = sorted(judged, key=lambda one: one.body.f1)[:count]
    is_rendered = run.source not in ("html", AS_GIVEN)
    render = find_renderer(run.source if is_rendered else "bs4") if run.source != "html" else None
    sources = [read_source(one.page, render) for one in ranked]
    return [explain_page(system, source, run.source) for source in sources]


def explain_harm(run: Run, system: System, count: int) -> list[PageReport]:
    """The reports on the ``count`` gold bodies that lose the greatest share of their words.

    Those that lose none are left out.
    """
    harmed = [
        (one.loss.lost / one.loss.words, one.page)
        for one in run.outcomes[system.name]
        if one.loss and one.loss.lost
    ]
    ranked = [page for _, page in sorted(harmed, key=lambda pair: -pair[0])[:count]]
    return [explain_page(system, Source(page, page.body or "")) for page in ranked]


def explain_page(system: System, source: Source, renderer: str = "text") -> PageReport:
    """What the system wrongly removes from the page, and why, and what it wrongly keeps."""
    done = attempt(system, source)
    body, gold = shown(done.extraction.body, renderer), source.page.body or ""
    missing = find_unmatched(gold, body)
    return PageReport(
        page=source.page,
        overlap=overlap(units(body), units(gold)),
        removed=tuple(_with_cause(passage, done.extraction.removed) for passage in missing),
        kept=tuple(find_unmatched(body, gold)),
        failure=done.failure,
    )


def find_unmatched(text: str, other: str) -> list[Passage]:
    """The passages of ``text`` whose words are in no shingle that ``other`` has too, in order.

    A passage ends with its line.

    >>> find_unmatched("It rained all day. Share this! Then the sun came out.",
    ...                "It rained all day. Then the sun came out.")
    [Passage(text='Share this', words=2, cause=None)]
    """
    found = list(UNIT.finditer(text))
    available = Counter(shingles(units(other), SHINGLE))
    covered = bytearray(len(found))
    for start, shingle in enumerate(shingles([word[0] for word in found], SHINGLE)):
        if available[shingle]:
            available[shingle] -= 1
            covered[start : start + len(shingle)] = b"\1" * len(shingle)
    runs: list[list[re.Match[str]]] = []
    last = None
    for word, is_covered in zip(found, covered, strict=True):
        if not is_covered:
            if last is None or "\n" in text[last.end() : word.start()]:
                runs.append([])
            runs[-1].append(word)
        last = None if is_covered else word
    return [Passage(text[run[0].start() : run[-1].end()], len(run)) for run in runs]


def _with_cause(passage: Passage, removals: Sequence[Removal]) -> Passage:
    """The passage with the cause of the removal that shares most of its words."""
    wanted = units(passage.text)
    size = min(SHINGLE, len(wanted))
    shared = [(overlap(wanted, units(one.text), size).common, one.cause) for one in removals]
    common, cause = max(shared, default=(0, ""), key=lambda pair: pair[0])
    return replace(passage, cause=cause if common else None)


def _list(passages: tuple[Passage, ...], mark: Callable[[Passage], str]) -> Iterator[str]:
    """A line for each of the longest passages, in order, and one that counts the others."""
    ranked = sorted(range(len(passages)), key=lambda at: -passages[at].words)
    for at in sorted(ranked[:_LISTED]):
        yield mark(passages[at]) + _shorten(passages[at])
    if rest := ranked[_LISTED:]:
        total = sum(passages[at].words for at in rest)
        yield f"    … and {len(rest)} shorter passages, {total} words"


def _shorten(passage: Passage) -> str:
    text = " ".join(passage.text.split())
    rest = len(text) - _SHOWN
    return f"{text[:_SHOWN]}… ({rest} more characters)" if rest > 0 else text
