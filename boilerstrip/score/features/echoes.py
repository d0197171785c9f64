"""What blocks of a raw text say again: each other's words, the headline's, what stood before.

Where no tag tells an article from the one after it, from its comments and from lists of links, this
does: another article shares few words with what stands above it, and an item begins and ends as the
items around it do.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from boilerstrip.core import alike, echoes, known_around

if TYPE_CHECKING:
    from boilerstrip.score.features.columns import Columns, Flags, Mass
    from boilerstrip.score.features.words import Words

# A block of no more words may be an item of a list.
_ITEM = 12
_MOST_AGAIN = 20
_WIDTHS = (4, 12)
# A block that has this share of the first block's words says the headline again.
_ECHO = 0.5
_MOST_ECHOES = 10
_FAR_ECHO, _FAR_PROSE = 200, 300


ALIKE = ("first_again", "last_again", "sig_again")
ECHOES = (
    "echo_since",
    "echo_until",
    "echo_n",
    "title_near",
    "like_next",
    "like_prev",
    "since_prose_far",
    "until_prose_far",
)


def add_echoes(columns: Columns, words: Words, mass: Mass) -> None:
    """Add what each block says again."""
    prose = mass.prose > 0
    columns.add(ALIKE, alike(words.ids, words.sizes, words.digits, _ITEM, _MOST_AGAIN))
    _add_known(columns, words, prose, "seen", _WIDTHS)
    found = echoes(
        words.each_line,
        words.each_id,
        words.longs,
        mass.words,
        prose,
        _ECHO,
        _MOST_ECHOES,
        _FAR_ECHO,
        _FAR_PROSE,
        _WIDTHS[-1],
    )
    columns.add(ECHOES, found)


def add_topic(columns: Columns, words: Words, likely: Flags) -> None:
    """Add how much of what each block says likely body says elsewhere, before it and after it."""
    _add_known(columns, words, likely, "topic", (3, 10, 30))


def _add_known(
    columns: Columns, words: Words, marks: Flags, label: str, widths: tuple[int, ...]
) -> None:
    """Add the share of each block's long words that marked blocks have before it, and after it.

    And of those of some blocks on from it, and some back to it.
    """
    found = known_around(words.each_line, words.each_id, words.longs, marks, widths)
    columns.add(_known_names(label, widths), found)


@cache
def _known_names(label: str, widths: tuple[int, ...]) -> tuple[str, ...]:
    ways = ("before_after", "after_before")
    around = (f"{label}_{way}{width}" for width in widths for way in ways)
    return (f"{label}_before", f"{label}_after", *around)
