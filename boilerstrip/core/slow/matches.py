"""What was found in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def candidates(
    hits: Iterable[tuple[int, Sequence[tuple[int, int, int, int, bool, bool]]]],
    folded: str,
    plain: str,
    spans: Sequence[tuple[int, int]],
    leading: str,
    trailing: str,
    longest: int,
) -> list[tuple[int, int, int, int]]:
    """The hits that are where they may be in their lines: line, number, start and end of each.

    ``hits`` are, in order, where something ends, and for each number whose it may be: how long it
    is, how many characters of its line stand before it and after it at most, and whether those
    beside it are of no word. The characters ``leading`` and ``trailing`` at the edges of a line of
    up to ``longest`` characters count for nothing.
    """
    found = []
    number, start, end, inner, outer = -1, 0, -1, 0, 0
    for stop, uses in hits:
        while stop > end:
            number += 1
            start, end = inner, outer = spans[number]
            if stop <= end and end - start <= longest:
                line = plain[start:end]
                inner, outer = end - len(line.lstrip(leading)), start + len(line.rstrip(trailing))
        for pattern, length, before, after, free_left, free_right in uses:
            left = stop - length
            if left < start or left - inner > before or outer - stop > after:
                continue
            if free_left and left > start and _is_of_word(folded[left - 1]):
                continue
            if free_right and stop < end and _is_of_word(folded[stop]):
                continue
            found.append((number, pattern, left, stop))
    return found


def _is_of_word(character: str) -> bool:
    return character.isalpha() or character.isdecimal() or character == "_"
