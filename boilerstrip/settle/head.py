"""The lines of a raw text that say its metadata, by the evidence around them, and no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.fields.head import MOST_LINES, HeadLine, find_head, is_of_head
from boilerstrip.fields.headline import split_names, starts_bio
from boilerstrip.settle.context import found_claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.settle.context import Context, LineClaim, LineClaims


def claim_head(
    context: Context, claims: LineClaims, known: dict[Any, Any]
) -> tuple[dict[int, LineClaim], list[str]]:
    """The claims with the headline and its repeats, byline and date line; the authors' names.

    ``known`` is what lines of the text were read as before; what is read now joins it.
    """
    settled = dict(claims)
    head = find_head(_as_seen(context.lines, claims), context.language, known, proven=True)
    if head is None or head.proof is None:
        return settled, []
    titled = any(held.claim.category == "title" for held in claims.values())
    found = [] if titled else [(n, "title", head.proof, spans) for n, spans in head.titles]
    found += [(number, "byline", head.byline_source, {}) for number, _ in head.bylines]
    found += [
        (number, "date", "text:date-line", {"date": (stamp.start, stamp.end)})
        for number, stamp in head.stamps
    ]
    for number, category, source, spans in found:
        if number not in settled:
            settled[number] = found_claim(context.lines[number], category, source, spans)
    return settled, [name for _, names in head.bylines for name in names]


def _as_seen(lines: Sequence[Line], claims: LineClaims) -> list[HeadLine]:
    """The first lines as the search for the head of the article sees them."""
    seen = []
    for number, line in enumerate(lines[:MOST_LINES]):
        held = claims.get(number)
        if held is None:
            seen.append(HeadLine(line.text, line.prose, not line.protected))
            continue
        free = not line.protected and is_of_head(held.claim)
        seen.append(HeadLine(line.text, line.prose, free, held.claim.category))
    return seen


def claim_bio(context: Context, claims: LineClaims, authors: Sequence[str]) -> dict[int, LineClaim]:
    """The claims with the last line that is left, if it says of an author who he is.

    ``authors`` are named in the head; others are those that rules find in bylines.
    """
    settled, lines = dict(claims), context.lines
    number = next((n for n in range(len(lines) - 1, -1, -1) if n not in claims), None)
    if number is None or lines[number].protected or not lines[number].prose:
        return settled
    text = lines[number].text.casefold()
    names = (*map(str.casefold, authors), *_names(lines, claims))
    if any(starts_bio(text, name) for name in names):
        settled[number] = found_claim(lines[number], "author_bio", "text:bio", {"bio": None})
    return settled


def _names(lines: Sequence[Line], claims: LineClaims) -> Iterator[str]:
    """The names in the bylines that rules claim."""
    for number, held in claims.items():
        if held.claim.category == "byline" and "authors" in held.claim.groups:
            line = lines[number]
            start, end = held.claim.groups["authors"]
            yield from split_names(line.text[start - line.start : end - line.start])
