"""The tree: the few questions that the fields ask of it."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_TEXTS = "descendant-or-self::*[not(self::script or self::style or self::noscript)]/text()"
_DESCRIBED = "descendant::*/@itemprop/.."
_PROSE = "descendant::*[self::p or self::div or self::em or self::i][not(.//p) and not(.//div)]"
_HEADS = (
    "descendant::*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::strong"
    " or self::p or self::span or self::div or self::a][string-length(.) < 45][not(.//*)]"
)
_NAMING = "descendant::*[not(self::script or self::style)]/text()[contains(., $words)]"

_UNREAD = frozenset({"script", "style", "noscript"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "textarea"})
_UNSEEN = _SILENT | {"head"}
# What stands on lines of its own inside a heading.
_LINES = frozenset({"br", "div", "p", "h2", "h3", "h4", "li", "ul", "ol", "section", "header"})
_SHORT_WORD = 3  # letters up to which what goes on behind it may be the same word: "McLee"
_FAR = 300  # nodes without text, from which on what stands before isn't next to an element


class Line(NamedTuple):
    """A line of text near the headline: how many lines away, above it or not, and its element."""

    distance: int
    above: bool
    text: str
    element: HtmlElement
    is_tail: bool

    def label(self) -> str:
        """The end of what stands right before the line, where a label would be."""
        before = self.element if self.is_tail else self.element.getprevious()
        if before is None:
            parent = self.element.getparent()
            return ((parent.text if parent is not None else "") or "")[-40:]
        return inner_text(before)[-40:] if isinstance(before.tag, str) else ""


def lines_after(heading: HtmlElement) -> Iterator[Line]:
    """The lines of text inside and after the heading."""
    return _lines(_forward(heading), above=False)


def lines_before(heading: HtmlElement) -> Iterator[Line]:
    """The lines of text before the heading, the nearest first."""
    return _lines(_backward(heading), above=True)


def _lines(texts: Iterator[_Text], *, above: bool) -> Iterator[Line]:
    for distance, (text, element, is_tail) in enumerate(texts):
        yield Line(distance, above, " ".join(text.split()), element, is_tail)


def text_before(element: HtmlElement) -> str:
    """The piece of text that comes last before the element, if it is near."""
    return next((text for text, _, _ in _backward(element, _FAR)), "").strip()


_Text = tuple[str, "HtmlElement", bool]


def _forward(start: HtmlElement) -> Iterator[_Text]:
    """The texts of ``start`` and of all that follows, in order."""
    node, inside = start, True
    while node is not None:
        if inside and node.tag not in _UNSEEN and isinstance(node.tag, str):
            text = node.text
            if text and not text.isspace():
                yield text, node, False
            if len(node):
                node = node[0]
                continue
        text = node.tail
        if text and not text.isspace():
            yield text, node, True
        following = node.getnext()
        inside = following is not None
        node = following if inside else node.getparent()


def _backward(start: HtmlElement, most: int | None = None) -> Iterator[_Text]:
    """The texts of what precedes ``start``, of the last ``most`` nodes, the nearest first."""
    node, inside = start, False
    for _ in count() if most is None else range(most):
        if node is None:
            return
        previous = node[-1] if inside and len(node) else None if inside else node.getprevious()
        if previous is not None:
            node = previous
            text = node.tail
            if text and not text.isspace():
                yield text, node, True
            inside = node.tag not in _UNSEEN and isinstance(node.tag, str)
            continue
        if not inside:
            node = node.getparent()
        text = None if node is None or node.tag in _SILENT else node.text
        if text and not text.isspace():
            yield text, node, False
        inside = False


def inner_text(element: HtmlElement) -> str:
    """The element's text on one line, without scripts.

    >>> from lxml.html import fromstring
    >>> inner_text(fromstring("<h1> Rain <b>stops</b><script>x()</script></h1>"))
    'Rain stops'
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if not len(element):
        return "" if tag in _UNREAD else " ".join((element.text or "").split())
    return " ".join("".join(_pieces(element)).split())


def parted_text(element: HtmlElement) -> str:
    """The element's text on one line, parted where its pieces are lines or labels of their own.

    >>> from lxml.html import fromstring
    >>> parted_text(fromstring("<h1><i>Culture</i>Rain<br>stops <b>Mc</b>Lee</h1>"))
    'Culture Rain stops McLee'
    """
    if not len(element):
        return inner_text(element)
    from lxml import etree

    parts: list[str] = [""]
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if node is not element and node.tag in _LINES:
            parts.append("\n")
        piece = node.text if event == "start" else node.tail if node is not element else None
        if piece and not (event == "start" and node.tag in _UNREAD):
            if _is_label(parts[-1], piece):
                parts.append(" ")
            while parts[-1] == "\n" and piece[0] in ":;,.!?":
                parts.pop()
            parts.append(piece)
    return " ".join("".join(parts).split())


def _is_label(before: str, piece: str) -> bool:
    """Whether a piece of text begins anew behind a word: "Culture" before "Rain"."""
    word = before.rsplit(None, 1)[-1] if before.strip() and not before[-1].isspace() else ""
    return len(word) > _SHORT_WORD and word[-1].islower() and piece[0].isupper()


def _pieces(element: HtmlElement) -> list[str]:
    return cast("list[str]", _find(_TEXTS)(element))


@cache
def _find(path: str) -> Any:
    """The compiled path: lxml is imported when a tree is first asked."""
    from lxml import etree

    return etree.XPath(path, smart_strings=path == _NAMING)


def described(tree: HtmlElement) -> list[HtmlElement]:
    """The elements with a microdata property."""
    return cast("list[HtmlElement]", _find(_DESCRIBED)(tree))


def paragraphs_in(box: HtmlElement) -> list[HtmlElement]:
    """The elements of text in a box that hold no others."""
    return cast("list[HtmlElement]", _find(_PROSE)(box))


def short_lines_in(box: HtmlElement) -> list[HtmlElement]:
    """The elements in a box that may be its heading or a name."""
    return cast("list[HtmlElement]", _find(_HEADS)(box))


def texts_with(tree: HtmlElement, words: str) -> list[Any]:
    """The texts that hold ``words``, each a string that knows its element."""
    return cast("list[Any]", _find(_NAMING)(tree, words=words))


def text_lines(element: HtmlElement) -> list[str]:
    """The element's pieces of text, each on its own.

    >>> from lxml.html import fromstring
    >>> text_lines(fromstring("<p>By <b>Ann</b><i>3 May</i></p>"))
    ['By', 'Ann', '3 May']
    """
    return [line for piece in _pieces(element) if (line := " ".join(piece.split()))]


def tokens(element: HtmlElement) -> str:
    """The element's class and id, as one lower-case string.

    >>> from lxml.html import fromstring
    >>> tokens(fromstring('<p id="By" class="Author name"></p>'))
    'author name by'
    """
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()
