"""Which of the rules that match in a line count there, and whether they take it or a piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from boilerstrip.claim import Claim
from boilerstrip.settle.context import SECTIONS, TAIL_SHARE, Cut, category_at, cause_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.lines import Line
    from boilerstrip.rules.match import Match
    from boilerstrip.settle.context import Context, LineClaim, LineClaims

# Rules of these places wait for what the others claim.
_LATER = ("beside", "foot", "thread")
# An item of a list is no heading.
_BULLETS = ("- ", "* ", "• ", "– ")
# Up to here a byline may stand: the first lines of prose, or this share of the prose (of a page
# dump whose notices read as prose).
_HEAD_LINES = 2
_HEAD_SHARE = 0.2
# An inline match takes its whole line if that is no longer than this, else its own span.
_LINE_LIMIT = 600


class Rest(Protocol):
    """Gives what is left of a line that was cut, with the matches at the edge of the cut."""

    def __call__(self, start: int, end: int, *, at_end: bool) -> Line:
        """The line in a span, with the matches near its start, or near its end."""


def claim_lines(context: Context, rest: Rest) -> tuple[dict[int, LineClaim], dict[int, Cut]]:
    """The lines that rules take by themselves, and the lines of which they take pieces."""
    claims: dict[int, LineClaim] = {}
    cuts: dict[int, Cut] = {}
    for number, line in context.matched:
        standing = [match for match in line.matches if _stands(context, number, match)]
        whole = [match for match in standing if _takes_line(match, line)]
        if whole:
            claims[number] = context.claim_of(number, whole)
        elif standing:
            cuts[number] = _cut(context, rest, number, standing)
    return claims, cuts


def agree(context: Context, claims: LineClaims) -> dict[int, LineClaim]:
    """The claims, where several rules match of the one that agrees with the line before."""
    settled = dict(claims)
    for number, line in context.matched:
        held, before = settled.get(number), category_at(settled, number - 1)
        if held is None or before is None or held.claim.category == before:
            continue
        if held.joined or held.claim.cause.kind != "rule":
            continue
        for match in line.matches:
            rule = match.rule
            if rule.where != "thread" and rule.category == before and _takes_line(match, line):
                settled[number] = context.claim_of(number, [match])
                break
    return settled


def _stands(context: Context, number: int, match: Match) -> bool:
    """Whether a match counts where it stands."""
    where, prose = match.rule.where, context.prose
    if where in _LATER:
        return False
    if match.rule.extent in SECTIONS and context.lines[number].text.startswith(_BULLETS):
        return False
    if where == "head":
        if prose.lines_before(number) <= _HEAD_LINES:
            return True
        # Further down, a line that is only a date is a heading of the story's own.
        early = prose.share_before(number, match) <= _HEAD_SHARE
        return early and match.rule.category != "date"
    if where == "tail":
        return prose.share_before(number, match) >= TAIL_SHARE
    return True


def _takes_line(match: Match, line: Line) -> bool:
    if (match.start, match.end) == (line.start, line.end):
        return True
    return match.rule.extent != "span" and line.end - line.start <= _LINE_LIMIT


def _cut(context: Context, rest: Rest, number: int, matches: Sequence[Match]) -> Cut:
    """What the matches are of a line, and what lies bare behind and before it in a long one."""
    line = context.lines[number]
    pieces, running = _pieces(context, number, line, matches)
    found = list(pieces)
    bounds = [line.start]
    for piece in pieces:
        bounds += (piece.start, piece.end)
    bounds.append(line.end)
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if start > line.start:
            bared = _bared(context, rest, number, (start, end), at_end=False)
            found += bared
            start = bared[-1].end if bared else start
        if end < line.end:
            found += _bared(context, rest, number, (start, end), at_end=True)
    return Cut(sorted(found, key=lambda piece: piece.start), running)


def _bared(
    context: Context, rest: Rest, number: int, span: tuple[int, int], *, at_end: bool
) -> list[Claim]:
    """The pieces at one edge of a long rest of a line, each of which the one before laid bare.

    Another pass would find them, too, but only one or two, and it would read all of the rest.
    """
    found: list[Claim] = []
    start, end = span
    while end - start > _LINE_LIMIT:
        left = rest(start, end, at_end=at_end)
        standing = [
            match
            for match in left.matches
            if _stands(context, number, match)
            and not _takes_line(match, left)
            and not _runs_on(context, number, match)
        ]
        if left.protected or not standing:
            break
        pieces, _ = _pieces(context, number, left, standing)
        found += pieces
        if at_end:
            end = pieces[0].start
        else:
            start = pieces[-1].end
    return found


def _pieces(
    context: Context, number: int, line: Line, matches: Sequence[Match]
) -> tuple[list[Claim], bool]:
    """The pieces that matches cut out of a line, in order and apart; whether the last runs on."""
    taken, running = line.start, False
    pieces: list[Claim] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start < taken:
            continue
        running = _runs_on(context, number, match)
        end = line.end if running else match.end
        start = match.start - _signs(line, taken, match.start)
        end += _signs(line, end, line.end)
        matched = match.end if running else None
        claim = Claim(match.rule.category, cause_of(match), start, end, match.groups, matched)
        pieces.append(claim)
        taken = end
    return pieces, running


def _runs_on(context: Context, number: int, match: Match) -> bool:
    """Whether all that follows a match is of the list that it heads."""
    if match.rule.extent != "to-end" or cause_of(match) in context.resumed:
        return False
    return context.prose.share_before(number, match) >= TAIL_SHARE


def _signs(line: Line, start: int, end: int) -> int:
    """The length of a rest of a line that holds nothing but signs; 0 if it says something."""
    rest = line.text[start - line.start : end - line.start]
    if not rest.strip() or any(map(str.isalnum, rest)) or end - line.start > len(line.text):
        return 0
    return len(rest.rstrip()) if end == line.end else len(rest.lstrip())
