"""Text that a tool broke into lines of one width, as terminals and mails have it."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from boilerstrip.document import line_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The widths that tools wrap at lie between these.
_LEAST, _MOST = 40, 140
# So many lines, and such a share (0-1) of those that are at least half as long as the width, end
# because the next word would have gone beyond it.
_FEWEST = 4
_SHARE = 0.6
# A longer word is an address; with words that are longer on average, a line has no spaces between
# them. Neither tells a width.
_LONGEST_WORD = 30
_LONGEST_MEAN = 15
# Of lines that prose was broken into, no more begin with a capital: verse and headlines do.
_CAPITALS = 0.8
# List items and links, which some tools don't wrap, and addresses.
_UNBROKEN = re.compile(r"[*+•-] |\d+[.)] |.*\]\(|\S+$")
_QUOTED = re.compile(r"(?:> ?)*")
_WORD = re.compile(r"\S+")
_LINE_END = "\n"
_HYPHEN = "-"
# What ends a line for good: Markdown's mark for that, and a teaser that was cut off.
_HARD_BREAK = "  "
_CUT_OFF = ("…", "...")


class Turn(NamedTuple):
    """From one line to the next: the gap between the text of the two, and what fits the first.

    A tool that wraps at a width from ``length`` on and below ``reach`` had to break here: the line
    fits, the next word doesn't any more. ``tells`` is whether the words are such as prose has
    and the line is none that came before, ``glued`` whether no space belongs there.
    """

    start: int
    end: int
    length: int
    reach: int
    tells: bool
    glued: bool


def wrapped_turns(text: str) -> list[Turn]:
    r"""The turns of lines that wrapping made inside paragraphs; none where a text isn't wrapped.

    Greedy wrapping, which all common tools use, gives itself away: no line could have held the
    next one's first word.

    >>> import textwrap
    >>> story = " ".join(f"Ferry {n} left at {n} and was {n * n} minutes late." for n in range(9))
    >>> len(wrapped_turns(textwrap.fill(story, 60))), len(wrapped_turns("A line.\nAnother.\n" * 6))
    (6, 0)
    """
    spans = line_spans(text, 0, len(text))
    turns = list(_turns(text, spans))
    free = [end - start for start, end in spans if not _UNBROKEN.match(text, start, end)]
    width = _width([turn for turn in turns if turn.tells], free)
    found = [turn for turn in turns if _explains(width, turn)] if width else []
    capitals = sum(text[turn.end].isupper() for turn in found)
    return found if capitals <= _CAPITALS * len(found) else []


def _turns(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Turn]:
    """The turns between lines with no blank line between them, where a tool may have broken."""
    known: set[str] = set()
    column = spans[0][0] - 1 - text.rfind(_LINE_END, 0, spans[0][0]) if spans else 0
    for (start, end), (following, stop) in pairwise(spans):
        gap = text[end:following]
        length = column + end - start
        column = len(gap) - gap.rfind(_LINE_END) - 1
        broken = gap.startswith(_HARD_BREAK) or text.endswith(_CUT_OFF, start, end)
        if broken or gap.count(_LINE_END) != 1:
            continue
        if length > _MOST and text[end - 1] != _HYPHEN:
            continue  # no width explains it
        quoted = _QUOTED.match(text, following, stop)
        if quoted and text.startswith(quoted[0], start, end):
            following = quoted.end()
        word = _WORD.match(text, following, stop)
        size = len(word[0]) if word else 0
        spaced = length <= min(_MOST, _LONGEST_MEAN * text.count(" ", start, end))
        tells = spaced and size <= _LONGEST_WORD and text[start:end] not in known
        if tells:
            known.add(text[start:end])
        yield Turn(end, following, length, length + 1 + size, tells, glued=text[end - 1] == _HYPHEN)


def _explains(width: int, turn: Turn) -> bool:
    """Whether wrapping at the width makes the turn; addresses are broken behind hyphens."""
    if turn.length > width:
        return turn.glued
    return width < turn.reach


def _width(turns: Sequence[Turn], lengths: Sequence[int]) -> int | None:
    """The width that explains most turns, if few lines are beyond it or could have held more."""
    changes = [0] * (_MOST + _LONGEST_WORD + 3)
    for turn in turns:
        changes[turn.length] += 1
        changes[turn.reach] -= 1
    explained = list(accumulate(changes))
    width = max(range(_LEAST, _MOST + 1), key=explained.__getitem__)
    if explained[width] < _FEWEST:
        return None
    short = sum(width <= 2 * turn.length <= 2 * width for turn in turns)
    beyond = sum(length > width for length in lengths)
    return width if explained[width] >= _SHARE * (short + beyond) else None
