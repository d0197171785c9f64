"""One walk over a page's tree: the visible text in order, and what holds it.

The walk is there twice: compiled, in ``nodes.pyx``, which reads libxml2's nodes, and here, its
twin, for whatever else a tree may hold and where there is no compiler. A test holds both equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from boilerstrip.compiled import find_compiled
from boilerstrip.document import Block, Document, Element, Facts, Markup, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

Node = etree._Element

_INLINE, _BLOCK, _LINK, _BREAK, _CELL, _PRE, _RULE, _SKIP, _FACT, _MAYBE = range(10)
_NAMES: Final = {
    _BLOCK: "address article aside blockquote body button caption center dd details dir div"
    " dl dt fieldset figcaption figure footer foreignobject form frameset h1 h2 h3 h4 h5 h6 head"
    " header hgroup html legend li main menu nav ol p search section summary table tbody tfoot"
    " thead tr ul",
    _LINK: "a",
    _BREAK: "br",
    _CELL: "td th",
    _PRE: "pre listing plaintext xmp",
    _RULE: "hr",
    _SKIP: "applet area audio base basefont canvas col colgroup datalist embed frame iframe img"
    " input link meter noembed noframes object optgroup option param progress select source"
    " style svg textarea track video wbr",
    _FACT: "meta script title",
    _MAYBE: "dialog noscript template",
}
_KINDS: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_BLOCKS = (_BLOCK, _PRE, _MAYBE)
# Marks between chunks: white space to str.split, and never in a parsed text.
_LINE, _COLUMN = "\x1e", "\x1f"
# In the text of a block where an element begins or ends that is looked for: no character.
_SIGN = "\ufdd0"
_UNSEEN = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)")
# Attributes that name an element, and those that may hide it.
_NAMING = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component"))
_HIDING = frozenset(("aria-hidden", "hidden", "style"))
# aria-hidden on one of these is an open dialog's doing and says nothing of the text.
_NEVER_DECORATION = frozenset(("html", "body", "main", "article"))
# HTML that a drawing shows.
_IN_DRAWING = ("{*}foreignobject", "{*}foreignObject")
# A text of more characters is prose.
PROSE = 80


class Walked(NamedTuple):
    """What a walk has read.

    ``hidden`` are the elements that were left out because they don't show, ``prose`` the characters
    of long blocks that do. ``bounds`` are where the text of the wanted elements begins and ends.
    """

    document: Document
    hidden: Sequence[Node]
    prose: int
    deepest: int
    bounds: Sequence[tuple[Node, Sequence[int]]] = ()


def walk(root: Node, shown: frozenset[Node] = frozenset()) -> Walked:
    """What a walk over the tree reads; elements in ``shown`` are read though hidden."""
    if COMPILED is not None:
        read = COMPILED.walk(root, shown, _KINDS, _UNSEEN.search)
        if read is not None:
            return _of_rows(*read)
    return walk_plainly(root, shown)


def walk_plainly(
    root: Node, shown: frozenset[Node] = frozenset(), wanted: frozenset[Node] = frozenset()
) -> Walked:
    """The same in plain Python, with the bounds of the elements in ``wanted``."""
    draws = next(root.iter(*_IN_DRAWING), None) is not None
    if wanted:
        marking = (_MarkingDrawingWalk if draws else _MarkingWalk)(shown, wanted)
        marking.run(root)
        return marking.walked()._replace(bounds=marking.bounds)
    return (_DrawingWalk if draws else _Walk)(shown).run(root).walked()


def _of_rows(
    text: str,
    blocks: Sequence[tuple[int, int, float, str | None]],
    elements: Sequence[tuple[str, str, int, int, int]],
    facts: tuple[str, str, str, list[str]],
    *rest: Any,
) -> Walked:
    """What the compiled walk has read, from its rows of blocks and of the elements around them."""
    holders: list[Element] = []
    for number, (tag, names, parent, start, end) in enumerate(elements):
        element = Element(tag, names, holders[parent] if number else None, start)
        element.end, element.number = end, number
        holders.append(element)
    ends = [row[0] for row in blocks[1:]]
    ends.append(len(text))
    made = tuple(
        Block(start, end, Markup(holders[owner], density, href))
        for (start, owner, density, href), end in zip(blocks, ends, strict=False)
    )
    return Walked(Document(text, made, Tree(tuple(holders), Facts(*facts))), *rest)


def rows_of(walked: Walked) -> tuple[Any, ...]:
    """All that a walk has read, as values that can be compared."""
    document, tree = walked.document, walked.document.tree
    blocks = [(block.start, block.end, _row(block.markup)) for block in document.blocks]
    elements = [
        (one.number, one.tag, one.names, one.parent.number, one.depth, one.start, one.end)
        for one in (tree.elements if tree else ())
    ]
    return (document.text, blocks, elements, tree and tree.facts, *walked[1:])


def _row(markup: Markup | None) -> tuple[Any, ...]:
    return (markup.element.number, markup.link_density, markup.href) if markup else ()


class _Walk:
    """One pass over a tree that collects blocks; elements in ``shown`` are read though hidden."""

    def __init__(self, shown: frozenset[etree._Element] = frozenset()) -> None:
        self.shown = shown
        self.hidden: list[etree._Element] = []
        self.facts = Facts()
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.markups: list[Markup] = []
        self.position = self.prose = self.deepest = self.pre = 0
        self.link: Element | None = None
        self.target: str | None = None
        self.current = Element("", "", None, 0)
        self.elements = [self.current]
        self.clear()

    def clear(self) -> None:
        """Forget the chunks of the block being read."""
        self.chunks: list[str] = []
        self.owner: Element | None = None
        self.linked = 0
        self.href: str | None = None
        self.marked = self.broken = self.adjoins = False

    def run(self, root: etree._Element) -> _Walk:
        """The walk itself, done."""
        kinds = _KINDS.get
        unseen: etree._Element | None = None
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                tag = node.tag
                kind = kinds(tag)
                if kind is None:
                    tag, kind = _foreign(tag)
                names = self.names_of(node, tag, kind)
                if names is None:
                    walker.skip_subtree()
                    unseen = node
                    continue
                self.open(node, tag, names, kind)
                text = node.text
                if text:
                    self.add(text)
                continue
            if event == "end":
                if node is unseen:
                    unseen = None
                else:
                    self.close()
            text = node.tail
            if text and node is not root:
                self.add(text)
        self.flush()
        return self

    def walked(self) -> Walked:
        """What was read: each block goes on to the start of the next."""
        text = "\n".join(self.texts)
        ends = [*self.starts[1:], len(text)]
        blocks = tuple(map(Block, self.starts, ends, self.markups))
        document = Document(text, blocks, self.tree(len(text)))
        return Walked(document, self.hidden, self.prose, self.deepest)

    def tree(self, length: int) -> Tree:
        """The elements that hold blocks, numbered, and the facts."""
        self.elements[0].end = length
        holders = [element for element in self.elements if element.end > element.start]
        for number, element in enumerate(holders):
            element.number = number
        return Tree(tuple(holders or self.elements[:1]), self.facts)

    def names_of(self, node: etree._Element, tag: str, kind: int) -> str | None:
        """The element's names; ``None`` if it and all in it are left out."""
        if kind >= _SKIP and self.skips(node, tag, kind):
            return None
        names = ""
        attributes: Any = node.items()  # str in HTML
        for key, value in attributes:
            if key in _NAMING:
                names = f"{names} {value}" if names else value
            elif key in _HIDING and self.conceals(node, _hides(tag, key, value)):
                return None
        return names

    def skips(self, node: etree._Element, tag: str, kind: int) -> bool:
        """Whether the element is never shown, or only here and there; facts are noted."""
        if kind == _FACT:
            self.note(node, tag)
        if kind != _MAYBE:
            return True
        shown = {"dialog": "open", "template": "shadowrootmode"}.get(tag)
        return self.conceals(node, shown is None or node.get(shown) is None)

    def conceals(self, node: etree._Element, hidden: bool) -> bool:
        """``hidden``, unless this walk shows what is hidden; the element is remembered."""
        if not hidden or node in self.shown:
            return False
        self.hidden.append(node)
        return True

    def note(self, node: etree._Element, tag: str) -> None:
        """Keep a title, a description or a JSON-LD script for the facts."""
        facts = self.facts
        if tag == "script":
            if "ld+json" in (node.get("type") or "") and node.text:
                facts.scripts.append(node.text)
        elif tag == "title":
            facts.title = facts.title or " ".join((node.text or "").split())
        else:
            name = node.get("property") or node.get("name")
            if name == "og:title":
                facts.headline = node.get("content") or ""
            elif name == "og:description" or (name == "description" and not facts.description):
                facts.description = node.get("content") or ""

    def open(self, node: etree._Element, tag: str, names: str, kind: int) -> None:
        """Enter an element: a block-level one ends the block before it."""
        if kind == _BREAK:
            self.line_break()
        elif kind == _CELL:
            if self.chunks:
                self.mark(_COLUMN)
        elif kind == _LINK:
            self.enter_link(node)
        elif kind != _INLINE:
            if self.chunks:
                self.flush()
            if kind == _PRE:
                self.pre += 1
        self.current = element = Element(tag, names, self.current, self.position)
        self.elements.append(element)
        if kind == _LINK:
            self.link = element
        if element.depth > self.deepest:
            self.deepest = element.depth

    def close(self) -> None:
        """Leave the current element."""
        element = self.current
        kind = _KINDS.get(element.tag, _INLINE)
        if kind == _LINK:
            self.link = None
            self.adjoins = True
        elif kind in _BLOCKS:
            if self.chunks:
                self.flush()
            if kind == _PRE:
                self.pre -= 1
        element.end = self.position
        self.current = element.parent

    def enter_link(self, node: etree._Element) -> None:
        """Note a link's target; links that touch are words apart, as menus are styled."""
        if self.adjoins and self.chunks:
            self.chunks.append(" ")
        self.target = node.get("href")

    def line_break(self) -> None:
        """One ``br`` is a line's end, the second in a row a block's."""
        if self.broken and not self.pre:
            self.flush()
        elif self.chunks:
            self.mark("\n" if self.pre else _LINE)
            self.broken = True

    def mark(self, sign: str) -> None:
        """Put a line's or a cell's end between the chunks."""
        self.chunks.append(sign)
        self.marked = True

    def add(self, text: str) -> None:
        """Take a text node into the block being read."""
        if text.isspace():
            if self.chunks:
                self.chunks.append(text)
                self.adjoins = False
            return
        self.chunks.append(text)
        self.broken = self.adjoins = False
        if self.link is not None:
            self.linked += len(text)
            self.href = self.href or self.target
        if self.owner is not self.current:
            self.owner = _common(self.owner, self.current)

    def flush(self) -> None:
        """End the block being read; it is none if nothing of it shows."""
        owner = self.owner
        if owner is None:
            self.clear()
            return
        raw = "".join(self.chunks)
        if self.pre:
            text = _preformatted(raw)
        elif self.marked:
            text = _lines(raw)
        else:
            text = " ".join(raw.split())
        self.emit(text, owner, min(1.0, self.linked / len(raw)))
        self.clear()

    def emit(self, text: str, owner: Element, density: float) -> None:
        """Append one block; the line's end before it belongs to the block before."""
        if not text:
            return
        end = self.position + len(text)
        self.texts.append(text)
        self.starts.append(self.position)
        self.markups.append(Markup(owner, density, self.href))
        self.position = end + 1
        if len(text) > PROSE and density < 0.5:
            self.prose += len(text)
        while owner.end >= 0:
            owner.end = end + 1
            owner = owner.parent


class _DrawingWalk(_Walk):
    """A walk over a page whose drawings show HTML: that is read, and nothing else of them."""

    def __init__(self, shown: frozenset[etree._Element] = frozenset()) -> None:
        super().__init__(shown)
        # For each open element: whether it is of a drawing, and no HTML in it.
        self.drawn = [False]

    def names_of(self, node: etree._Element, tag: str, kind: int) -> str | None:
        """As of any walk; what holds no HTML is left out of a drawing."""
        if tag == "svg" or (self.drawn[-1] and tag != "foreignobject"):
            if next(node.iter(*_IN_DRAWING), None) is None:
                return None
            kind = _INLINE
        return super().names_of(node, tag, kind)

    def open(self, node: etree._Element, tag: str, names: str, kind: int) -> None:
        """Enter an element, and with it a drawing, or the HTML in one."""
        self.drawn.append(tag == "svg" or (self.drawn[-1] and tag != "foreignobject"))
        super().open(node, tag, names, kind)

    def close(self) -> None:
        """Leave the current element."""
        self.drawn.pop()
        super().close()

    def add(self, text: str) -> None:
        """Take a text node, if it isn't a drawing's own."""
        if not self.drawn[-1]:
            super().add(text)


class _MarkingWalk(_Walk):
    """A walk that notes where the text of some elements begins and ends.

    Amid a block that is by a sign in its text, which is taken out again.
    """

    def __init__(
        self, shown: frozenset[etree._Element] = frozenset(), wanted: frozenset[Any] = frozenset()
    ) -> None:
        super().__init__(shown)
        self.wanted = wanted
        self.bounds: list[tuple[etree._Element, list[int]]] = []  # of each wanted element
        self.within: list[tuple[etree._Element, list[int]] | None] = []  # for each open element
        self.waiting: list[list[int]] = []  # whose place the signs so far will tell

    def open(self, node: etree._Element, tag: str, names: str, kind: int) -> None:
        """Enter an element, and note where it begins."""
        super().open(node, tag, names, kind)
        bounds: list[int] | None = [] if node in self.wanted else None
        self.within.append(None if bounds is None else (node, bounds))
        if bounds is not None:
            self.sign(bounds)

    def close(self) -> None:
        """Leave the current element, and note where it ends."""
        super().close()
        marked = self.within.pop()
        if marked is not None:
            self.sign(marked[1])
            self.bounds.append(marked)

    def sign(self, bounds: list[int]) -> None:
        """Note this place: at once between blocks, by a sign amid one."""
        if self.chunks:
            self.chunks.append(_SIGN)
            self.waiting.append(bounds)
        else:
            bounds.append(self.position)

    def add(self, text: str) -> None:
        """Take a text node, in which no sign may be."""
        super().add(text.replace(_SIGN, "\ufffd"))

    def flush(self) -> None:
        """End the block being read; signs in what shows nothing are where the next block begins."""
        super().flush()
        for bounds in self.waiting:
            bounds.append(self.position)
        self.waiting.clear()

    def emit(self, text: str, owner: Element, density: float) -> None:
        """Append one block without its signs, whose places are noted."""
        first, *rest = text.split(_SIGN)
        whole = first
        places = []
        for piece in rest:
            places.append(len(whole))
            doubled = piece[:1].isspace() and (not whole or whole[-1].isspace())
            whole += piece[1:] if doubled else piece
        lead = len(whole) - len(whole.lstrip())
        whole = whole.strip()
        waiting, self.waiting = self.waiting, []
        for place, bounds in zip(places, waiting, strict=True):
            bounds.append(self.position + min(max(place - lead, 0), len(whole)))
        super().emit(whole, owner, density)


class _MarkingDrawingWalk(_MarkingWalk, _DrawingWalk):
    """The same over a page whose drawings show HTML."""


def _hides(tag: str, key: str, value: str) -> bool:
    """Whether an attribute hides its element."""
    if key == "hidden":
        return value != "until-found"
    if key == "aria-hidden":
        return value == "true" and tag not in _NEVER_DECORATION
    return tag != "body" and _UNSEEN.search(value) is not None


def _foreign(tag: object) -> tuple[str, int]:
    """A tag that isn't in the table without its namespace, in lower case, and its kind."""
    if not isinstance(tag, str):  # a reference to an entity: that is its text
        return "", _INLINE
    name = tag.rpartition("}")[2].lower()
    return name, _KINDS.get(name, _INLINE)


def _common(first: Element | None, second: Element) -> Element:
    """The innermost element that holds both."""
    if first is None:
        return second
    while first is not second:
        if first.depth >= second.depth:
            first = first.parent
        else:
            second = second.parent
    return first


def _preformatted(raw: str) -> str:
    """The lines as they stand, without blank ones around them."""
    lines = raw.replace("\r\n", "\n").split("\n")
    kept = [line.rstrip() for line in lines]
    return "\n".join(kept).strip("\n")


def _lines(raw: str) -> str:
    """Lines and cells, each with its white space collapsed, and empty ones at the ends gone."""
    lines = (
        "\t".join(" ".join(cell.split()) for cell in line.split(_COLUMN)).rstrip("\t")
        for line in raw.split(_LINE)
    )
    return "\n".join(line for line in lines if line)


# What nearly all of the compiled walk's ways are taken on.
_SAMPLE = """\
<html lang=en><head><title> Rain  stops </title><meta name=description content="It did.">
<script type="application/ld+json">{"a": 1}</script><meta property=og:title content=Rain></head>
<body class="post story" id=top><nav><a href="/a">Home</a><a>News</a></nav> tail <!-- no --> text
<p hidden>Unseen.<p style="display: NONE">Nor this.<div class=x role=main>Él <b>dijo</b>\u00a0 東京
<br>two<br><br>three<table><tr><td>1<td>2<td></table><svg><path></svg></div><hr><pre> a
  b
</pre><noscript><p>None</p></noscript><dialog open>Open<span>s</span></dialog><o:p>Word</o:p>
"""


def _agrees(compiled: ModuleType) -> bool:
    """Whether the compiled walk reads a sample as its twin does."""
    root = etree.fromstring(_SAMPLE, etree.HTMLParser())
    read = compiled.walk(root, frozenset(), _KINDS, _UNSEEN.search)
    return read is not None and rows_of(_of_rows(*read)) == rows_of(walk_plainly(root))


COMPILED = find_compiled("boilerstrip.readers.nodes", _agrees)
KIND = "plain Python" if COMPILED is None else "compiled"
