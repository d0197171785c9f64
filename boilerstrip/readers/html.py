"""HTML to a Document: one parse, one walk, the visible text in order."""

from __future__ import annotations

import re
import threading
from functools import cached_property
from typing import Any, Final

from lxml import etree

from boilerstrip.document import Block, Document, Element, Facts, Markup, Tree
from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import decode
from boilerstrip.readers.flatten import flattened
from boilerstrip.readers.page import Page

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
_END = re.compile(rb"(?i)</html\s*>")
# The time that the parser takes for a tag grows with the square of its attributes: it gets no more
# than these, of which no page has a tenth. Nearly all tags are short and plain: they are passed
# over at once.
_MOST_ATTRIBUTES = 2_000
_ATTRIBUTE = (
    rb"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)"
)
_CROWDED = re.compile(
    rb"(<[A-Za-z](?!(?:[^>\"'=]*+=\"[^\"]*+\"){0,40}+[^>\"'=]{0,2000}+>)[^\s/>]*+"
    rb"%b{%d})%b++" % (_ATTRIBUTE, _MOST_ATTRIBUTES, _ATTRIBUTE)
)
# Attributes that name an element, and those that may hide it.
_NAMING = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component"))
_HIDING = frozenset(("aria-hidden", "hidden", "style"))
# aria-hidden on one of these is an open dialog's doing and says nothing of the text.
_NEVER_DECORATION = frozenset(("html", "body", "main", "article"))
# HTML that a drawing shows.
_IN_DRAWING = ("{*}foreignobject", "{*}foreignObject")
# The parser drops elements deeper than 2048.
_DEEPEST = 2_000
# A text of more characters is prose. Where a page hides more prose than it shows (behind a
# paywall, in accordions), hidden elements with this much of it are read too.
_PROSE = 80
_HIDDEN_PROSE = 400


def read_html(source: object) -> Page:
    """The page's visible text, one block per block-level element, beside its tree.

    ``source`` is ``str``, ``bytes``, an lxml element or tree, or a BeautifulSoup object; neither
    kind of tree is modified. Raises ``InputError`` for anything else.

    >>> page = read_html("<nav>Home</nav><p>Two <b>words</b>.<p hidden>Unseen.")
    >>> [page.document.content(block) for block in page.document.blocks]
    ['Home', 'Two words.']
    """
    if isinstance(source, etree._ElementTree):
        source = source.getroot()
        if source is None:
            return _EMPTY
    if isinstance(source, etree._Element):
        return read_tree(source)
    return _read_text(to_utf8(source))


_EMPTY = Page(Document("", ()))


def to_utf8(source: object) -> bytes:
    """The source's characters as UTF-8, lone surrogates replaced."""
    if isinstance(source, bytes | bytearray | memoryview):
        source = decode(bytes(source))
    if isinstance(source, str) or type(source).__module__.partition(".")[0] == "bs4":
        return str(source).encode("utf-8", "replace")
    message = (
        f"can't read HTML from {type(source).__name__}:"
        " pass str, bytes, an lxml element or tree, or a BeautifulSoup object"
    )
    raise InputError(message)


def _read_text(utf8: bytes) -> Page:
    tree = parse(utf8)
    if tree is None:
        return _EMPTY
    walk = _walk(tree)
    if walk.deepest > _DEEPEST:
        return read_tree(flattened(utf8.decode("utf-8", "replace")))
    return _page(walk, tree)


def parse(utf8: bytes) -> etree._Element | None:
    """The root of a page's tree, or ``None`` where there is nothing to parse."""
    try:
        return etree.fromstring(_without_crowds(_without_early_end(utf8)), _own.parser)
    except etree.XMLSyntaxError:
        return None


class _Own(threading.local):
    """What each thread has for itself: making a parser takes as long as parsing a small page."""

    @cached_property
    def parser(self) -> etree.HTMLParser:
        return etree.HTMLParser(
            huge_tree=True,
            encoding="utf-8",
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )


_own = _Own()


def _without_early_end(utf8: bytes) -> bytes:
    """The page without ``</html>`` amid it: the parser would drop all that follows."""
    start = utf8.find(b"</html")
    if start < 0:
        start = utf8.find(b"</HTML")
    if start < 0 or len(utf8) - start <= len(b"</html>\r\n"):
        return utf8
    return utf8[:start] + _END.sub(b"", utf8[start:])


def _without_crowds(utf8: bytes) -> bytes:
    """The page with no more attributes in a tag than the parser takes in its stride."""
    return _CROWDED.sub(rb"\1", utf8) if len(utf8) > 2 * _MOST_ATTRIBUTES else utf8


def read_tree(root: etree._Element) -> Page:
    """The page of a tree that was parsed before; the tree is only read."""
    return _page(_walk(root), root)


def read_marked(
    root: etree._Element, wanted: frozenset[etree._Element]
) -> tuple[Page, dict[etree._Element, tuple[int, int]]]:
    """The page of a tree, and where in its text some of its elements stand, if they show."""
    walk = _walk(root, wanted=wanted)
    shown = _hidden_prose(walk)
    if shown:
        walk = _walk(root, shown, wanted)
    found = walk.bounds if isinstance(walk, _MarkingWalk) else []
    return Page(walk.document(), root), {node: (start, end) for node, (start, end) in found}


def _walk(
    root: etree._Element,
    shown: frozenset[etree._Element] = frozenset(),
    wanted: frozenset[etree._Element] = frozenset(),
) -> _Walk:
    """A walk over the tree, done."""
    draws = next(root.iter(*_IN_DRAWING), None) is not None
    if wanted:
        return (_MarkingDrawingWalk if draws else _MarkingWalk)(shown, wanted).run(root)
    return (_DrawingWalk if draws else _Walk)(shown).run(root)


def _page(walk: _Walk, root: etree._Element) -> Page:
    shown = _hidden_prose(walk)
    return Page((_walk(root, shown) if shown else walk).document(), root)


def _hidden_prose(walk: _Walk) -> frozenset[etree._Element]:
    """The hidden elements that are to be read, where they hold more prose than what is shown."""
    hidden = {node: _prose_in(node) for node in walk.hidden}
    if sum(hidden.values()) > walk.prose:
        return frozenset(node for node, prose in hidden.items() if prose >= _HIDDEN_PROSE)
    return frozenset()


def _prose_in(node: etree._Element) -> int:
    """The characters of long texts in an element that was left out."""
    texts = node.itertext("p", "div", "li", "td", "section", "span", "noscript", "template")
    return sum(len(text) for text in texts if len(text) > _PROSE and not text.isspace())


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

    def document(self) -> Document:
        """What was read: each block goes on to the start of the next."""
        text = "\n".join(self.texts)
        ends = [*self.starts[1:], len(text)]
        blocks = tuple(map(Block, self.starts, ends, self.markups))
        return Document(text, blocks, self.tree(len(text)))

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
        if len(text) > _PROSE and density < 0.5:
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


def _foreign(tag: str) -> tuple[str, int]:
    """A tag that isn't in the table without its namespace, in lower case, and its kind."""
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
