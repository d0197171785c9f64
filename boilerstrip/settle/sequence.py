"""What single lines can't say: which match counts where, and where a section ends.

Each step takes the claims so far and returns new ones. Their order matters: what a rule takes by
itself goes before what a section takes, and what is weak waits for what the others claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.settle.context import Context
from boilerstrip.settle.edges import claim_beside, claim_foot
from boilerstrip.settle.head import claim_bio, claim_head
from boilerstrip.settle.precedence import agree, claim_lines
from boilerstrip.settle.sections import claim_sections
from boilerstrip.settle.thread import claim_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.claim import Claim
    from boilerstrip.lines import Line
    from boilerstrip.settle.context import Cuts, LineClaims
    from boilerstrip.settle.precedence import Rest


def settle_claims(
    lines: Sequence[Line], rest: Rest, language: str | None, known: dict[Any, Any] | None
) -> list[Claim]:
    """What of the lines is claimed after one look at them, in order and apart.

    In raw text the head of the article is looked for, too: ``known`` is what its lines were read
    as before, ``None`` for a page with markup.
    """
    context = Context.of(lines, language)
    claims, cuts = claim_lines(context, rest)
    claims = claim_sections(context, claims, cuts)
    claims = claim_thread(context, claims)
    claims = claim_foot(context, claims)
    claims = claim_beside(context, claims)
    claims, authors = (claims, []) if known is None else claim_head(context, claims, known)
    claims = claim_bio(context, claims, authors)
    claims = agree(context, claims)
    return _in_order(claims, cuts)


def _in_order(claims: LineClaims, cuts: Cuts) -> list[Claim]:
    """All claims in order; neighbouring lines that one heading took are one claim."""
    ordered: list[Claim] = []
    for number in sorted(claims.keys() | cuts.keys()):
        held = claims.get(number)
        if held is None:
            ordered += cuts[number].pieces
        elif held.joined:
            last = ordered[-1]
            matched = last.matched
            if matched is None and held.claim.matched is not None:
                matched = last.end
            ordered[-1] = last._replace(end=held.claim.end, matched=matched)
        else:
            ordered.append(held.claim)
    return ordered
