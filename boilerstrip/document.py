"""The document: one immutable string and the blocks it is cut into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


# Where str.splitlines ends a line; a line from its first to its last character that shows.
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\S(?:[^{LINE_ENDS}]*\S)?")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at either end; nothing of a long text is copied.

    >>> trim(" One. ", 0, 6)
    (1, 5)
    """
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""The spans of the lines in ``text[start:end]``, without white space around, no blank ones.

    >>> line_spans("One.\r\n \n Two.", 0, 13)
    [(0, 4), (9, 13)]
    """
    return [match.span() for match in _LINE.finditer(text, start, end)]


class Element:
    """An element of a page's tree, as far as judging needs it: a link in a chain to the root.

    ``names`` are its class and id attributes as written, white space between them; ``start`` and
    ``end`` are the offsets of its text in the document. The outermost element is its own parent.
    ``number`` is its place among the elements of its tree that hold blocks.
    """

    __slots__ = ("depth", "end", "names", "number", "parent", "start", "tag")

    def __init__(self, tag: str, names: str, parent: Element | None, start: int) -> None:
        self.tag = tag
        self.names = names
        self.parent: Element = self if parent is None else parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.start = start
        self.end = -1
        self.number = 0

    def chain(self) -> Iterator[Element]:
        """This element, its parent and so on, without the nameless one at the root."""
        element = self
        while element.parent is not element:
            yield element
            element = element.parent


@dataclass(slots=True)
class Facts:
    """What a page says of its article outside the visible text: witnesses for the scorer."""

    title: str = ""
    headline: str = ""
    description: str = ""
    scripts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's tree, as far as judging needs it: its facts, and the elements that hold blocks.

    ``elements`` stand in document order, parents before children, the nameless root first; each
    one's ``number`` is its place here.
    """

    elements: tuple[Element, ...]
    facts: Facts


@dataclass(slots=True)  # not frozen: a page has hundreds, and a frozen one takes thrice as long
class Markup:
    """What an HTML tree says of one block.

    ``element`` is the innermost element that holds the whole block; ``link_density`` is the share
    (0-1) of the block's characters that stand in links, ``href`` the target of its first link.
    """

    element: Element
    link_density: float = 0.0
    href: str | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The element names from the outermost ancestor to the block's own element."""
        return tuple(element.tag for element in self.element.chain())[::-1]

    @property
    def tokens(self) -> tuple[str, ...]:
        """The class and id tokens from the outermost ancestor to the block's own element."""
        names = [element.names for element in self.element.chain() if element.names]
        return tuple(" ".join(reversed(names)).split())


@dataclass(frozen=True, slots=True)
class Block:
    """A half-open span ``[start, end)`` of a document's text, in code points.

    Blocks tile the text: each ends where the next begins, so a line's terminator and the blank
    lines after it belong to that line's block. ``markup`` is ``None`` for raw text;
    ``cut`` says what stands before a piece of a line that was cut (see ``lines.layout``).
    """

    start: int
    end: int
    markup: Markup | None = None
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    r"""An immutable string with the blocks that tile it.

    All offsets in an article refer to ``text``. For raw text it is the input itself, unchanged;
    for HTML it is the page's visible text in document order, and ``tree`` what the markup says.
    ``known`` holds what its lines were read as, so that each is read once.

    >>> document = Document("One.\nTwo.", (Block(0, 5), Block(5, 9)))
    >>> [document.content(block) for block in document.blocks]
    ['One.', 'Two.']
    """

    text: str
    blocks: tuple[Block, ...]
    tree: Tree | None = None
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def content(self, block: Block) -> str:
        """The block's text without white space at either end."""
        return self.text[block.start : block.end].strip()

    def extent(self, block: Block) -> tuple[int, int]:
        """Where the block's content starts and ends; an empty span for a blank block."""
        return trim(self.text, block.start, block.end)
