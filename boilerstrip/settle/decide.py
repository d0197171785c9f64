"""Which pieces of raw text go, by the chance of each of being body.

Where a line was cut tentatively, most cuts are wrong, so pieces between two sure cuts are decided
together: the likeliest row of body and boilerplate, if each change between the two costs something
(the Viterbi algorithm).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from boilerstrip.lines.layout import Cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from boilerstrip.claim import Claim

# A piece says no more for or against body than this, in nats, and less if it has fewer characters.
_MOST = 5.0
_ENOUGH = 20
# A paragraph of the story has so many characters, and is likelier body than this. What is longer
# costs a reader most if it goes wrongly, whatever stands around it. Of 153 raw texts, held out,
# that costs no F1, and a sample on one line keeps its last third.
_PARAGRAPH = 80
_LIKELY = 0.6
_LONG = 200
# So many lines in a row may have been left over among what goes, none of more characters: labels
# of forms, counts, entries of menus.
_LABEL = 24
_STRAYS = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """How far the scorer is believed in raw text.

    A line goes that the scorer gives a smaller chance of being body (0-1) than ``threshold``; one
    that stands between paragraphs of the story, or is as long as one, than ``inside``. Of a text of
    fewer characters than ``shortest``, some four sentences, the scorer knows too little: both are
    the lower the shorter it is. In a line that was cut, a change between body and boilerplate costs
    ``sure`` nats where the cut is sure, and ``tentative`` nats where it isn't.
    A text in which rules find ``dump`` pieces of page furniture is a page that was dumped: there
    the scorer is believed as far as ``of_dump`` says, inside the story and outside.
    ``python -m boilerstrip.training.sweep`` shows what each is worth, and the model card what it
    printed.
    """

    threshold: float = 0.12
    inside: float = 0.06
    shortest: int = 500
    dump: int = 10
    of_dump: float = 0.35
    stray: float = 0.35
    sure: float = 1.0
    tentative: float = 4.0


BARS = Bars()
# What pages have, and hardly an article: of gold bodies 99 % have none of it, of dumps nine in ten
# have eight pieces or more.
_FURNITURE = ("navigation", "cookie_consent", "copyright", "app_promo", "share")


def bars_for(claims: Iterable[Claim], bars: Bars) -> Bars:
    """How far the scorer is believed in a text of which rules claim this.

    >>> from boilerstrip.claim import Cause, Claim
    >>> share = Claim("share", Cause("rule", "share/button"), 0, 5)
    >>> bars_for([share] * 10, BARS).threshold, bars_for([share] * 9, BARS) == BARS
    (0.35, True)
    """
    if sum(claim.category in _FURNITURE for claim in claims) < bars.dump:
        return bars
    return replace(bars, threshold=bars.of_dump, inside=bars.of_dump)


def decide(
    chances: Sequence[float], cuts: Sequence[int], sizes: Sequence[int], bars: Bars = BARS
) -> list[bool]:
    """Which pieces go, by the chance (0-1) of each of being body.

    ``cuts`` stand before the pieces, ``sizes`` are their characters. The story's paragraphs are the
    lines of some length that are likelier body than not.

    >>> decide([0.9, 0.1, 0.9, 0.1], [0, 2, 2, 0], [150] * 4)
    [False, False, False, True]
    """
    costs = {Cut.LINE: 0.0, Cut.SURE: bars.sure, Cut.TENTATIVE: bars.tentative}
    lines = list(_lines(cuts))
    share = min(1.0, sum(sizes) / max(1, bars.shortest))
    story = [number for number, span in enumerate(lines) if _is_paragraph(span, chances, sizes)]
    gone: list[bool] = []
    for number, (first, last) in enumerate(lines):
        inside = bool(story) and story[0] < number < story[-1]
        inside |= sum(sizes[first:last]) >= _LONG
        bar = share * (bars.inside if inside else bars.threshold)
        if last - first == 1:
            gone.append(chances[first] < bar)
            continue
        least = _log_odds(bar)
        gains = [
            _clipped(_log_odds(chances[n]) - least) * min(1.0, sizes[n] / _ENOUGH)
            for n in range(first, last)
        ]
        gone += _likeliest(gains, [costs[Cut(cut)] for cut in cuts[first:last]])
    return gone


def find_strays(
    gone: Sequence[bool],
    is_told: Callable[[int], bool],
    chances: Sequence[float],
    cuts: Sequence[int],
    sizes: Sequence[int],
    bar: float = BARS.stray,
) -> list[int]:
    """The pieces of the few lines below the story that stand between lines that go.

    ``gone`` says which pieces go already, and ``is_told`` of a piece whether it ends a sentence.

    >>> chances, sizes = [0.9, 0, 0.2, 0], [150, 9, 9, 9]
    >>> find_strays([False, True, False, True], lambda _: False, chances, [0] * 4, sizes)
    [2]
    """
    lines = list(_lines(cuts))
    story = [n for n, span in enumerate(lines) if _is_paragraph(span, chances, sizes)]
    below = range(story[-1] + 1 if story else len(lines), len(lines))
    found: list[int] = []
    for goes, run in groupby(below, lambda number: all(gone[slice(*lines[number])])):
        spans = [lines[number] for number in run]
        few = not goes and spans[0] != lines[below[0]] and len(spans) <= _STRAYS
        if few and not any(_stays(span, is_told, chances, sizes, bar) for span in spans):
            found += [n for first, last in spans for n in range(first, last) if not gone[n]]
    return found


def _stays(
    span: tuple[int, int],
    is_told: Callable[[int], bool],
    chances: Sequence[float],
    sizes: Sequence[int],
    bar: float,
) -> bool:
    """Whether a line is likely enough, a sentence, or longer than a label."""
    first, last = span
    return max(chances[first:last]) >= bar or sum(sizes[first:last]) > _LABEL or is_told(last - 1)


def _is_paragraph(span: tuple[int, int], chances: Sequence[float], sizes: Sequence[int]) -> bool:
    """Whether a line is a paragraph of the story: of some length, and likelier body than not."""
    first, last = span
    return sum(sizes[first:last]) >= _PARAGRAPH and max(chances[first:last]) >= _LIKELY


def _lines(cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first piece of each line, and the one after its last."""
    first = 0
    for number in range(1, len(cuts) + 1):
        if number == len(cuts) or cuts[number] == Cut.LINE:
            yield first, number
            first = number


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def _clipped(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def _likeliest(gains: Sequence[float], costs: Sequence[float]) -> list[bool]:
    """Which pieces go in the likeliest row; a gain is what keeping one is worth, in nats."""
    kept, gone = gains[0], 0.0
    ways: list[tuple[bool, bool]] = []
    for gain, cost in zip(gains[1:], costs[1:], strict=True):
        from_gone = gone - cost > kept
        from_kept = kept - cost > gone
        ways.append((from_gone, from_kept))
        kept, gone = max(kept, gone - cost) + gain, max(gone, kept - cost)
    state = gone > kept
    found = [state]
    for from_gone, from_kept in reversed(ways):
        state = (not from_kept) if state else from_gone
        found.append(state)
    return found[::-1]
