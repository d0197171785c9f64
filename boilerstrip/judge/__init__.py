"""The judge gives every line its role, with a cause: rules first, then the scorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.document import Block, Document
from boilerstrip.judge.naming import Namer, blocks_of
from boilerstrip.judge.rules import Lines, apply_rules, in_order
from boilerstrip.judge.sequence import is_protected
from boilerstrip.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from boilerstrip.judge.match import Matcher
    from boilerstrip.judge.sequence import Firing, Line
    from boilerstrip.metadata.candidate import Candidate

    # Says of each block of a document whether it is body.
    Chooser = Callable[[Document], Sequence[bool]]

# A text without markup that is shorter than some four sentences, or longer than a book, is taken
# as it is: there the scorer has nothing to go by.
_SCORED_LENGTHS = range(500, 2_000_000)


def judge(
    document: Document,
    matcher: Matcher,
    language: str | None,
    stated: Mapping[str, Sequence[Candidate]],
    choose: Chooser,
    cause: str,
) -> list[Firing]:
    """What is not body in the document, in order and apart.

    Rules speak first. Of the lines that they leave, those that ``choose`` doesn't call body go for
    the given cause; ``stated`` is the metadata by which some are known. With raw text, what is left
    is looked at again until nothing more goes: so cleaning what is clean changes nothing.
    """
    reader = Lines(document, matcher)
    lines = [line for block in document.blocks for line in reader.within(block.start, block.end)]
    of_text = all(block.markup is None for block in document.blocks[:1])
    firings: list[Firing] = []
    namer = Namer(document, stated, cause)
    while True:
        new, lines = apply_rules(lines, reader, language)
        known = not of_text or sum(line.end - line.start for line in lines) in _SCORED_LENGTHS
        kept = choose(_rest(document, lines)) if known else [True] * len(lines)
        rejected = {
            number
            for number, line in enumerate(lines)
            if not kept[number] and not is_protected(line)
        }
        namer.titled |= any(firing.category == "title" for firing in new)
        new += namer.name(lines, rejected)
        firings += new
        if not (new and of_text):
            return in_order(firings, document.text)
        lines = [line for number, line in enumerate(lines) if number not in rejected]


def left_by_rules(document: Document, matcher: Matcher, language: str | None) -> Document:
    """What the rules leave of a document: what the scorer is trained on, and is asked about."""
    reader = Lines(document, matcher)
    lines = [line for block in document.blocks for line in reader.within(block.start, block.end)]
    return _rest(document, apply_rules(lines, reader, language)[1])


def _rest(document: Document, lines: Sequence[Line]) -> Document:
    """The lines that are left as a document of their own, with their blocks' markup."""
    if all(block.markup is None for block in document.blocks[:1]):
        return read_text("\n".join(document.text[line.start : line.end] for line in lines))
    blocks = blocks_of(document, lines)
    return Document(
        document.text,
        tuple(
            Block(line.start, line.end, block.markup)
            for line, block in zip(lines, blocks, strict=True)
        ),
    )
