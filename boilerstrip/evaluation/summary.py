"""The figures of one system over the pages of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerstrip.evaluation.gold import FIELDS
from boilerstrip.evaluation.measures import Figure, Score, score, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.evaluation.run import FragmentOutcome, Outcome


@dataclass(frozen=True, slots=True)
class Summary:
    """What the tables show; shares are 0-1.

    ``missed`` is the share of the gold body's words that the body lacks. ``right`` are the shares
    of right values where the gold has one, ``given`` the same where the system gives one. ``harm``
    is the share of words lost from clean bodies, ``untouched`` that of clean bodies that lost none.
    ``left``, ``traps``, ``categories`` and ``near`` are those of ``labelled.Marks``.
    """

    pages: int
    empty: int
    failures: int
    body: Score
    words: Score
    missed: Figure
    kept: Figure
    dropped: Figure
    right: dict[str, Figure]
    given: dict[str, Figure]
    names: Score
    harm: Figure
    untouched: Figure
    sentences_lost: int
    left: Figure
    traps: Figure
    categories: Figure
    near: Figure
    milliseconds: float
    megabytes_per_second: float


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures over the outcomes of one system; there must be at least one."""
    judged = [one for one in outcomes if one.page.body is not None]
    losses = [one.loss for one in outcomes if one.loss]
    marks = [one.marks for one in outcomes if one.marks]
    seconds = sum(one.seconds for one in outcomes)
    size = sum(one.size for one in outcomes)
    return Summary(
        pages=len(outcomes),
        empty=sum(one.body.found == 0 for one in outcomes),
        failures=sum(one.failure is not None for one in outcomes),
        body=score([one.body for one in judged]),
        words=score([one.words for one in judged]),
        missed=share([(one.words.gold - one.words.common, one.words.gold) for one in judged]),
        kept=share([one.kept for one in outcomes]),
        dropped=share([one.dropped for one in outcomes]),
        right={name: _field([one.right for one in outcomes], name) for name in FIELDS},
        given={name: _field([one.given for one in outcomes], name) for name in FIELDS},
        names=score([one.names for one in outcomes if one.names]),
        harm=share([(loss.lost, loss.words) for loss in losses]),
        untouched=share([(int(not loss.lost), 1) for loss in losses]),
        sentences_lost=sum(len(loss.sentences) for loss in losses),
        left=share([one.left for one in marks]),
        traps=share([one.traps for one in marks]),
        categories=share([one.categories for one in marks]),
        near=share([one.near for one in marks]),
        milliseconds=1000 * seconds / len(outcomes),
        megabytes_per_second=size / 1e6 / seconds if seconds else 0.0,
    )


def _field(verdicts: Sequence[dict[str, bool]], name: str) -> Figure:
    return share([(int(one[name]), 1) for one in verdicts if name in one])


@dataclass(frozen=True, slots=True)
class FragmentSummary:
    """Over fragments of one form and cut: the share (0-1) of words lost, and empty results."""

    fragments: int
    lost: Figure
    empty: Figure
    failures: int


def summarise_fragments(outcomes: Sequence[FragmentOutcome]) -> FragmentSummary:
    """The figures over some fragments."""
    return FragmentSummary(
        fragments=len(outcomes),
        lost=share([(one.loss.lost, one.loss.words) for one in outcomes]),
        empty=share([(int(one.is_empty), 1) for one in outcomes]),
        failures=sum(one.failure is not None for one in outcomes),
    )
