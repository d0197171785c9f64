"""Raw text as a document whose blocks are its lines."""

from __future__ import annotations

from operator import lt

from boilerstrip.document import Block, Document, line_spans, trim


def read_text(text: str) -> Document:
    r"""The text itself, one block a non-blank line.

    Lines end where ``str.splitlines`` ends them. Blank lines belong to the line before them, those
    at the very start to the first line.

    >>> document = read_text("\nOne.\r\n\r\nTwo.")
    >>> [document.text[block.start : block.end] for block in document.blocks]
    ['\nOne.\r\n\r\n', 'Two.']
    """
    if not text:
        return Document(text, ())
    spans = line_spans(text, 0, len(text))
    starts = [start for start, end in spans if lt(*trim(text, start, end))]
    bounds = [0, *starts[1:], len(text)]
    return Document(text, tuple(map(Block, bounds, bounds[1:])))
