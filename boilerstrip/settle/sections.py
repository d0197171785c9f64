"""How far a section reaches under the heading that a rule knows: to prose, or to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.claim import Claim
from boilerstrip.language.prose import ends_sentence, glue_point
from boilerstrip.settle.context import SECTIONS, LineClaim, category_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.settle.context import Context, Cuts, LineClaims

# A list that is followed by more of the article holds no more items than this, and an item no
# more characters.
_MOST_ITEMS = 12
_LONGEST_ITEM = 250
# A line with a colon at its end that is longer than this is no title in a list.
_LONGEST_TITLE = 80
# The last line of a section that has no more words, and so much fewer than the items have, is
# rather the heading of what follows.
_HEADING_WORDS = 8
_HEADING_SHARE = 0.6
# What the unclaimed lines of a section are, where that is not the section's own category.
_CONTENT = {"comment_widget": "comment"}
# What a section takes even from rules that claim it: the dates and writers of its items.
_YIELDING = ("title", "byline", "date", "author_bio", "other")


def claim_sections(context: Context, claims: LineClaims, cuts: Cuts) -> dict[int, LineClaim]:
    """The claims with the lines of the sections that claimed lines and pieces head."""
    settled = dict(claims)
    headings = [(number, cut.pieces[-1], "to-end") for number, cut in cuts.items() if cut.running]
    headings += [
        (number, held.claim, held.extent)
        for number, held in claims.items()
        if held.extent in SECTIONS
    ]
    reached = 0
    for number, heading, extent in sorted(headings, key=lambda found: found[0]):
        if number >= reached:
            reached = _end(context, claims, heading, number + 1, extent)
            settled |= fill(context.lines, settled, heading, number + 1, reached)
    return settled


def fill(
    lines: Sequence[Line], claims: LineClaims, heading: Claim, first: int, last: int
) -> Mapping[int, LineClaim]:
    """The lines from ``first`` to before ``last`` that are claimed for the heading's cause."""
    content = _CONTENT.get(heading.category, heading.category)
    found: dict[int, LineClaim] = {}
    for number in range(first, last):
        line, category = lines[number], category_at(claims, number)
        if category is None and _has_own_place(line, content):
            continue
        if category is None or category in (content, *_YIELDING):
            before = found.get(number - 1) or claims.get(number - 1)
            same = (content, heading.cause)
            joined = before is not None and (before.claim.category, before.claim.cause) == same
            matched = None if line.listed else line.start
            claim = Claim(content, heading.cause, line.start, line.end, matched=matched)
            found[number] = LineClaim(claim, joined=joined)
    return found


def _has_own_place(line: Line, content: str) -> bool:
    """Whether a weak rule of a category that no section takes knows the line."""
    taken = (content, *_YIELDING)
    return any(m.rule.where == "beside" and m.rule.category not in taken for m in line.matches)


def _end(context: Context, claims: LineClaims, heading: Claim, first: int, extent: str) -> int:
    """The number of the line after the section that begins at ``first``."""
    lines, prose = context.lines, context.prose
    to_end = extent == "to-end" and prose.in_tail(first) and heading.cause not in context.resumed
    number = first
    while number < len(lines) and not _is_other_section(lines, claims, heading, number):
        if not to_end and number not in claims and _resumes(lines[number]):
            if not _is_item(context, claims, heading, number, first):
                break
        elif not to_end and number - first >= _MOST_ITEMS and not prose.in_tail(number):
            break
        number += 1
    if to_end or number == len(lines):
        return number
    return number - _gives_back(lines, claims, first, number)


def _is_other_section(
    lines: Sequence[Line], claims: LineClaims, heading: Claim, number: int
) -> bool:
    """Whether a rule keeps the line, or another one calls it the heading of a section."""
    if lines[number].protected:
        return True
    held = claims.get(number)
    if held is None or held.claim.cause == heading.cause:
        return False
    return held.extent in SECTIONS


def _resumes(line: Line) -> bool:
    """Whether the article goes on with the line: prose, or a sentence on what is to follow."""
    return line.prose or (line.text.endswith((":", "：")) and len(line.text) > _LONGEST_TITLE)


def _is_item(context: Context, claims: LineClaims, heading: Claim, number: int, first: int) -> bool:
    """Whether a line of prose is a teaser: glued to its title, or with a marker under it."""
    line = context.lines[number]
    if heading.category != "related" or len(line.text) > 2 * _LONGEST_ITEM:
        return False
    if glue_point(line.text) is not None:
        return True
    after = claims.get(number + 1)
    if after is not None and after.claim.category == heading.category:
        return after.extent == "block"
    in_tail = number > first and context.prose.in_tail(number)
    return in_tail and _is_summary(context.lines, claims, number)


def _is_summary(lines: Sequence[Line], claims: LineClaims, number: int) -> bool:
    """Whether a short line of prose stands under a title and above another, or none."""
    if len(lines[number].text) > _LONGEST_ITEM or lines[number - 1].prose or number - 1 in claims:
        return False
    return number + 1 == len(lines) or not lines[number + 1].prose


def _gives_back(lines: Sequence[Line], claims: LineClaims, first: int, end: int) -> int:
    """1 if the section's last line is rather the heading of the prose after it, else 0.

    A heading is short, and shorter than the titles in the list.
    """
    if end - first < 2 or end - 1 in claims or end in claims:
        return 0
    *items, last = (len(line.text.split()) for line in lines[first:end])
    if not _resumes(lines[end]) or ends_sentence(lines[end - 1].text):
        return 0
    return int(last <= _HEADING_WORDS and last < _HEADING_SHARE * sum(items) / len(items))
