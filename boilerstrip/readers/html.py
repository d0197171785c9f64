"""HTML to a Document: one parse, one walk, the visible text in order."""

from __future__ import annotations

import re
import threading
from functools import cached_property

from lxml import etree

from boilerstrip.document import Document
from boilerstrip.errors import InputError
from boilerstrip.readers.encoding import decode
from boilerstrip.readers.flatten import flattened
from boilerstrip.readers.page import Page
from boilerstrip.readers.walk import COMPILED, PROSE, Walked, walk, walk_plainly

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
# The parser drops elements deeper than 2048.
_DEEPEST = 2_000
# Hidden elements with this many characters of prose are read where more prose is hidden than shown.
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
    return read_utf8(to_utf8(source))


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


def read_utf8(utf8: bytes) -> Page:
    """The page of HTML in UTF-8."""
    tree = parse(utf8)
    if tree is None:
        return _EMPTY
    walked = walk(tree)
    if walked.deepest > _DEEPEST:
        return read_tree(flattened(utf8.decode("utf-8", "replace")))
    return _page(walked, tree)


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
    start = _find_end(utf8)
    if start < 0 or len(utf8) - start <= len(b"</html>\r\n"):
        return utf8
    return utf8[:start] + _END.sub(b"", utf8[start:])


def _find_end(utf8: bytes) -> int:
    """Where ``</html`` is first, or ``</HTML`` where that is not; -1 where neither is."""
    if COMPILED is not None:
        found: int = COMPILED.find_end(utf8)
        return found
    lower = utf8.find(b"</html")
    return utf8.find(b"</HTML") if lower < 0 else lower


def _without_crowds(utf8: bytes) -> bytes:
    """The page with no more attributes in a tag than the parser takes in its stride."""
    if COMPILED is not None and not COMPILED.is_crowded(utf8, _MOST_ATTRIBUTES):
        return utf8
    return _CROWDED.sub(rb"\1", utf8) if len(utf8) > 2 * _MOST_ATTRIBUTES else utf8


def read_tree(root: etree._Element) -> Page:
    """The page of a tree that was parsed before; the tree is only read."""
    return _page(walk(root), root)


def read_marked(
    root: etree._Element, wanted: frozenset[etree._Element]
) -> tuple[Page, dict[etree._Element, tuple[int, int]]]:
    """The page of a tree, and where in its text some of its elements stand, if they show."""
    walked = walk_plainly(root, wanted=wanted)
    shown = _hidden_prose(walked)
    if shown:
        walked = walk_plainly(root, shown, wanted)
    return Page(walked.document, root), {node: (start, end) for node, (start, end) in walked.bounds}


def _page(walked: Walked, root: etree._Element) -> Page:
    shown = _hidden_prose(walked)
    return Page((walk(root, shown) if shown else walked).document, root)


def _hidden_prose(walked: Walked) -> frozenset[etree._Element]:
    """The hidden elements that are to be read, where they hold more prose than what is shown.

    That is behind a paywall, or in accordions.
    """
    hidden = {node: _prose_in(node) for node in walked.hidden}
    if sum(hidden.values()) > walked.prose:
        return frozenset(node for node, prose in hidden.items() if prose >= _HIDDEN_PROSE)
    return frozenset()


def _prose_in(node: etree._Element) -> int:
    """The characters of long texts in an element that was left out."""
    texts = node.itertext("p", "div", "li", "td", "section", "span", "noscript", "template")
    return sum(len(text) for text in texts if len(text) > PROSE and not text.isspace())
