"""Raw text as a document whose blocks are its lines."""

from __future__ import annotations

from boilerstrip.document import LINE_ENDS, Block, Document, line_spans


def read_text(text: str) -> Document:
    r"""The text itself, one block a non-blank line.

    Lines end where ``str.splitlines`` ends them. Blank lines belong to the line before them, those
    at the very start to the first line.

    >>> document = read_text("\nOne.\r\n\r\n  Two.")
    >>> [document.text[block.start : block.end] for block in document.blocks]
    ['\nOne.\r\n\r\n', '  Two.']
    """
    if not text:
        return Document(text, ())
    starts = [_line_start(text, start) for start, _ in line_spans(text, 0, len(text))]
    bounds = [0, *starts[1:], len(text)]
    return Document(text, tuple(map(Block, bounds, bounds[1:])))


def _line_start(text: str, position: int) -> int:
    while position and text[position - 1] not in LINE_ENDS:
        position -= 1
    return position
