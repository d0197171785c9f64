"""Raw text as a document whose blocks are its lines."""

from __future__ import annotations

from boilerstrip.document import Block, Document


def read_text(text: str) -> Document:
    r"""The text itself, one block a non-blank line.

    Lines end where ``str.splitlines`` ends them. Blank lines belong to the line before them, those
    at the very start to the first line.

    >>> document = read_text("\nOne.\r\n\r\nTwo.")
    >>> [document.text[block.start : block.end] for block in document.blocks]
    ['\nOne.\r\n\r\n', 'Two.']
    """
    starts: list[int] = []
    position = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            starts.append(position)
        position += len(line)
    if not text:
        return Document(text, ())
    bounds = [0, *starts[1:], len(text)]
    return Document(text, tuple(map(Block, bounds, bounds[1:])))
