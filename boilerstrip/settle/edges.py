"""What counts by what stands beside it: the last lines of a text, and lines next to claimed ones.

Rules of the foot are asked from the end upwards as long as each line is claimed; a bio that they
find may go on below. Rules of lines beside others are weak: they count next to a claimed line only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.language.vocabulary import lowered
from boilerstrip.settle.context import found_claim

if TYPE_CHECKING:
    from collections.abc import Container

    from boilerstrip.claim import Claim
    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Match
    from boilerstrip.settle.context import Context, LineClaim, LineClaims

# A bio goes on for no more lines below its first.
_BIO_LINES = 3


def claim_foot(context: Context, claims: LineClaims) -> dict[int, LineClaim]:
    """The claims with the last lines that rules of the foot know, and what goes on with a bio."""
    settled = dict(claims)
    below: list[int] = []
    for number in range(len(context.lines) - 1, -1, -1):
        line = context.lines[number]
        if number in claims:
            continue
        if line.protected or len(below) > _BIO_LINES:
            break
        foot = [match for match in line.matches if match.rule.where == "foot"]
        if not foot:
            below.append(number)
            continue
        held = context.claim_of(number, foot)
        if not all(_says_more(held.claim, line, context.lines[other]) for other in below):
            break
        settled[number] = held
        for other in below:
            settled[other] = found_claim(context.lines[other], "author_bio", "text:bio", {})
        below = []
    return settled


def _says_more(bio: Claim, line: Line, below: Line) -> bool:
    """Whether a line below the one that says who the author is says more of that one."""
    if bio.category != "author_bio":
        return False
    words = below.text.casefold().split()
    start, end = bio.groups.get("authors", (0, 0))
    names = line.source(start, end).casefold().split()
    first = words[0].strip(",'’")
    return below.prose and (first in lowered("pronouns") or first in (*names[:1], *names[-1:]))


def claim_beside(context: Context, claims: LineClaims) -> dict[int, LineClaim]:
    """The claims with the lines that rules know which count next to claimed lines only."""
    settled = dict(claims)
    waiting: dict[int, list[Match]] = {}
    for number, line in context.matched:
        beside = [match for match in line.matches if match.rule.where == "beside"]
        if beside and number not in claims:
            waiting[number] = beside
    for order in (list(waiting), list(reversed(waiting))):
        for number in order:
            if number not in settled and _has_neighbour(settled, number):
                settled[number] = context.claim_of(number, waiting[number])
    return settled


def _has_neighbour(claimed: Container[int], number: int) -> bool:
    return number - 1 in claimed or number + 1 in claimed
