"""The figures of one system over the pages of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerstrip.evaluation.fields import FIELDS
from boilerstrip.evaluation.measures import Figure, Score, score, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.evaluation.run import Outcome


@dataclass(frozen=True, slots=True)
class Summary:
    """What the tables show; shares are 0-1.

    ``characters`` covers the pages in a script without spaces. ``fields`` are the shares of right
    values, ``given`` the same of the pages where a value is given. ``lost`` is the share of words
    lost from clean bodies, ``untouched`` the share of clean bodies that lost none.
    """

    pages: int
    empty: int
    failures: int
    body: Score
    words: Score
    characters: Score
    kept: Figure
    dropped: Figure
    fields: dict[str, Figure]
    given: dict[str, Figure]
    names: Score
    lost: Figure
    untouched: Figure
    sentences_lost: int
    milliseconds: float
    megabytes_per_second: float


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures over the outcomes of one system; there must be at least one."""
    losses = [one.loss for one in outcomes if one.loss]
    seconds = sum(one.seconds for one in outcomes)
    size = sum(one.size for one in outcomes)
    return Summary(
        pages=len(outcomes),
        empty=sum(one.body.found == 0 for one in outcomes),
        failures=sum(one.failure is not None for one in outcomes),
        body=score([one.body for one in outcomes]),
        words=score([one.words for one in outcomes]),
        characters=score([one.characters for one in outcomes if one.characters]),
        kept=share([one.kept for one in outcomes]),
        dropped=share([one.dropped for one in outcomes]),
        fields={name: _field(name, outcomes) for name in FIELDS},
        given={
            name: _field(name, [one for one in outcomes if name in one.given]) for name in FIELDS
        },
        names=score([one.names for one in outcomes if one.names]),
        lost=share([(loss.lost, loss.words) for loss in losses]),
        untouched=share([(int(not loss.lost), 1) for loss in losses]),
        sentences_lost=sum(len(loss.sentences) for loss in losses),
        milliseconds=1000 * seconds / len(outcomes),
        megabytes_per_second=size / 1e6 / seconds if seconds else 0.0,
    )


def _field(name: str, outcomes: Sequence[Outcome]) -> Figure:
    return share([(int(one.fields[name]), 1) for one in outcomes if name in one.fields])
