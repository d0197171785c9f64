"""Snippets: short texts that must, or must not, stand in the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.evaluation.measures import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


def count_kept(snippets: Sequence[str], body: str) -> tuple[int, int]:
    r"""How many of the snippets stand in the body, and how many there are.

    Case, punctuation and line breaks don't count; a snippet without a word is left out.

    >>> count_kept(["It rained", "It snowed", "!"], "“It RAINED”\nall day.")
    (1, 2)
    """
    folded = _padded(body)
    hits = [_padded(snippet) in folded for snippet in snippets if fold(snippet)]
    return sum(hits), len(hits)


def count_dropped(snippets: Sequence[str], body: str, gold: str) -> tuple[int, int]:
    r"""How many of the snippets were kept out of the body, and how many there are.

    A snippet such as "Home" can be a word of the article too: it is out when the body has it no
    more often than the gold body.

    >>> count_dropped(["Home", "Log in"], "Home\nShe went home.", gold="She went home.")
    (1, 2)
    """
    folded, folded_gold = _padded(body), _padded(gold)
    padded = [_padded(snippet) for snippet in snippets if fold(snippet)]
    return sum(folded.count(one) <= folded_gold.count(one) for one in padded), len(padded)


def _padded(text: str) -> str:
    return f" {fold(text)} "
