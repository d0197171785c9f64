"""The record: what isn't body, and how it and the body make the document again.

A body is the document without its removals, each line bare of the white space around it. So the
document comes back from the body's lines, what stood between them (``spacing``) and the removals,
each put in where it started; nothing else is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.document import Document


@dataclass(frozen=True, slots=True)
class Removal:
    """One passage that is not body, and why.

    ``start`` and ``end`` are half-open code-point offsets into ``article.document.text``, and
    ``text`` is exactly what stands there. ``cause`` is ``rule:<id>``, ``metadata:<source>``,
    ``scorer`` or ``extractor:<name>``. ``chance`` is the probability (0-1) of being body that the
    scorer gave the passage, ``None`` where another is the cause.
    """

    category: str
    cause: str
    start: int
    end: int
    text: str
    chance: float | None = None


def kept(text: str, removed: Iterable[Removal]) -> str:
    """What is left of the document's text without the removals, white space and all."""
    pieces: list[str] = []
    position = 0
    for removal in removed:
        pieces.append(text[position : removal.start])
        position = removal.end
    return "".join([*pieces, text[position:]])


def spacing(body: str, left: str) -> tuple[str, ...]:
    r"""What stands in ``left`` before the body's first line, between its lines, and at the end.

    Raises:
        InputError: if ``left`` is not the body with other white space.

    >>> spacing("One.\nTwo.", "\nOne.\r\n\r\nTwo.\n")
    ('\n', '\r\n\r\n', '\n')

    """
    spaces: list[str] = []
    position = 0
    for number, line in enumerate(body.split("\n"), 1):
        start = left.find(line, position)
        if start < 0 or left[position:start].strip():
            raise InputError(
                f"the body is not what the document keeps: line {number} of it stands elsewhere"
                " there. Take the article as clean() gave it."
            )
        spaces.append(left[position:start])
        position = start + len(line)
    if left[position:].strip():
        raise InputError(
            "the body is not what the document keeps: it ends too early. Take the article as"
            " clean() gave it."
        )
    return (*spaces, left[position:])


def replay(body: str, spaces: Sequence[str], removed: Iterable[Removal]) -> str:
    r"""The document's text, from the body, its spacing and the removals.

    Raises:
        InputError: if they don't belong together.

    >>> replay("One.\nTwo.", ["", "\r\n\r\n", ""], [])
    'One.\r\n\r\nTwo.'

    """
    lines = body.split("\n")
    if len(spaces) != len(lines) + 1:
        raise InputError(
            f"spacing: {len(spaces)} items for a body of {len(lines)} lines, which needs"
            f" {len(lines) + 1}. Take both from one row."
        )
    left = spaces[0] + "".join(map("".join, zip(lines, spaces[1:], strict=True)))
    pieces: list[str] = []
    position = length = 0  # in what is left, and of the text so far
    for number, removal in enumerate(removed):
        size = removal.start - length
        fits = 0 <= size <= len(left) - position
        if not fits or removal.end - removal.start != len(removal.text):
            raise InputError(
                f"removed[{number}]: start {removal.start}, end {removal.end} don't fit the text"
                " around them. Take the removals as they are in the row, in order."
            )
        pieces += (left[position : position + size], removal.text)
        position += size
        length = removal.end
    return "".join([*pieces, left[position:]])


def merged(removed: Iterable[Removal], text: str) -> Iterator[Removal]:
    """The removals, those of one category and cause as one where only white space is between.

    Its chance is the highest of theirs.

    >>> removed = [Removal("navigation", "scorer", 0, 4, "Home", 0.02),
    ...            Removal("navigation", "scorer", 5, 9, "News", 0.11)]
    >>> [(one.text, one.chance) for one in merged(removed, "Home News")]
    [('Home News', 0.11)]
    """
    run: list[Removal] = []
    for removal in removed:
        if run and not _adjoins(run[-1], removal, text):
            yield _one(run, text)
            run = []
        run.append(removal)
    if run:
        yield _one(run, text)


def _adjoins(one: Removal, other: Removal, text: str) -> bool:
    same = (one.category, one.cause) == (other.category, other.cause)
    return same and not text[one.end : other.start].strip()


def _one(run: Sequence[Removal], text: str) -> Removal:
    start, end = run[0].start, run[-1].end
    if len(run) == 1:
        return run[0]
    chance = max((one.chance for one in run if one.chance is not None), default=None)
    return replace(run[0], end=end, text=text[start:end], chance=chance)


def pieces(document: Document, removed: Iterable[Removal]) -> Iterator[tuple[int, int, str]]:
    """The blocks, cut where a removal starts or ends inside one: start, end and role of each."""
    waiting = iter(removed)
    removal = next(waiting, None)
    for block in document.blocks:
        position = block.start
        if removal and removal.start < block.end:
            first, last = document.extent(block)
            while removal and removal.start < last:
                if removal.start > max(first, position):
                    yield position, removal.start, "body"
                    position = removal.start
                end = removal.end if removal.end < last else block.end
                yield position, end, removal.category
                position = end
                if removal.end > last:
                    break
                removal = next(waiting, None)
        if position < block.end:
            yield position, block.end, "body"
