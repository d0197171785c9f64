"""The pages that other sites, templates and scrapers could have made of one page.

A scorer that was shown whole pages of large sites alone takes a page of three paragraphs for a
menu. So it is shown each page with little of its body and little of its furniture, the gold body as
plain as a page can be, a page whose class names say nothing, and one with more articles below.
"""

from __future__ import annotations

import math
import re
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

from boilerstrip.evaluation.alignment import share_in_gold, tokens
from boilerstrip.readers.html import parse, to_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.evaluation.gold import GoldPage

    Node = etree._Element

# What is judged as one line, where nothing of the kind is in it: fewer than the reader breaks lines
# at (``readers/walk.py``), as the weights were trained with these.
_LINE_TAGS = """
p li h1 h2 h3 h4 h5 h6 blockquote pre td th dt dd figcaption div section article header footer aside
nav main address figure ul ol table tr tbody form fieldset details summary
"""
_LINES = frozenset(_LINE_TAGS.split())
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "head", "object")
_SECTIONS = ("article", "main", "section", "header", "footer", "aside", "nav")
# How many lines of the body a small page has, and what share of the others.
_SIZES = (1, 1, 2, 2, 3, 5, 8)
_LEVELS = (0.0, 0.0, 0.03, 0.1, 0.3, 1.0)
# Shares of pages: shown small a second time, with names that say nothing, with articles below; of
# the small ones: from their first line on, without a head, without their headline.
_AGAIN, _UNNAMED, _GRAFTED = 0.5, 0.25, 0.3
_FROM_START, _HEADLESS, _UNTITLED = 0.6, 0.4, 0.3
# How near to the body lines stand that stay, in lines; and the least that any may stay.
_REACH, _FAR = 10.0, 0.01
_MOST_OTHERS = 60
_HALF = 0.5
_MOST = 0.85
_MOST_GRAFTS = 3
_FEWEST_LINES = 3
_HEADING = 60
# A short line of a body, in characters, and how such lines are marked up.
_SHORTEST, _TERSE = 8, 60
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+|$)", re.MULTILINE)
_TERSE_FORMS = (
    ("<p>{}</p>",),
    ("<p><strong>{}</strong></p>", "<p>{}</p>"),
    ("<li>{}</li>",),
    ("<p>{}</p>", "<pre><code>{}</code></pre>"),
    ("<div>{}</div>",),
    ("<tr><td>{}</td></tr>",),
    ("<h3>{}</h3>", "<p>{}</p>", "<p>{}</p>"),
)
_FURNITURE = ("<p>{}</p>", "<div>{}</div>", "<span>{}</span><br>", '<p><a href="/a">{}</a></p>')


@dataclass(frozen=True, slots=True)
class PageVariant:
    """A page as HTML, and of what kind it is; ``gold`` is the text that holds its body."""

    kind: str
    html: bytes
    gold: str


def page_variants(page: GoldPage, other: GoldPage | None) -> Iterator[PageVariant]:
    """What another template could have made of the page; the same page gives the same variants.

    ``other`` is a page whose body may stand below the page's own.
    """
    draw = Random("html" + page.key)  # noqa: S311 - nothing secret
    gold = tokens(page.body or "")
    root = parse(to_utf8(page.read()))
    if root is None or not gold:
        return
    lines, body = _lines(root, gold)
    others = [text for n, text in enumerate(map(_text, lines)) if n not in body]
    own = page.body or ""
    yield PageVariant("html-gold", _plain(page, others, draw, whole=True), own)
    yield PageVariant("html-brief", _plain(page, others, draw, whole=False), own)
    if terse := _terse_lines(own, draw):
        yield PageVariant("html-terse", _terse(terse, page, others, draw), "\n".join(terse))
    if len(body) < _FEWEST_LINES:
        return
    for _ in range(1 + (draw.random() < _AGAIN)):
        yield PageVariant("html-small", _small(root, gold, draw), own)
    if draw.random() < _UNNAMED:
        renamed = deepcopy(root)
        _rename(renamed, draw)
        yield PageVariant("html-unnamed", _written(renamed), own)
    if other is None:
        return
    if draw.random() < _GRAFTED:
        yield PageVariant("html-grafted", _grafted(root, gold, other, draw), own)
    if draw.random() < _GRAFTED:
        longer = _lengthened(root, gold, other, draw)
        yield PageVariant("html-long", longer, f"{own}\n{other.body or ''}")


def _written(root: Node) -> bytes:
    return etree.tostring(root, method="html", encoding="utf-8")


def _lines(root: Node, gold: Sequence[str]) -> tuple[list[Node], set[int]]:
    """The elements that are lines of their own, and which of these are body."""
    found = [node for node in _seen(root) if node.tag in _LINES and _is_line(node)]
    shares = share_in_gold([tokens(_text(node)) for node in found], gold)
    return found, {number for number, share in enumerate(shares) if share >= _HALF}


def _seen(node: Node) -> Iterator[Node]:
    """The element and all in it whose text shows, in document order."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node.tag, str) and node.tag not in _UNSEEN:
            yield node
            stack += reversed(node)


def _is_line(node: Node) -> bool:
    if any(child.tag in _LINES for child in node.iterdescendants(etree.Element)):
        return False
    return bool(_text(node))


def _text(node: Node) -> str:
    """The element's text that shows, on one line."""
    parts = [
        text
        for each in _seen(node)
        for text in (each.text, *(child.tail for child in each))
        if text
    ]
    return " ".join(" ".join(parts).split())


def _plain(page: GoldPage, others: Sequence[str], draw: Random, *, whole: bool) -> bytes:
    """The gold body as bare elements, whole or a few lines of it, maybe with furniture around."""
    lines = [line for line in (page.body or "").split("\n") if line.strip()]
    if not whole:
        size = draw.choice(_SIZES)
        first = 0 if draw.random() < _FROM_START else draw.randrange(max(1, len(lines) - size))
        lines = lines[first : first + size]
    marked = [f"<p>{escape(line, quote=False)}</p>" for line in lines]
    return _framed(marked, page, others, draw)


def _terse_lines(body: str, draw: Random) -> list[str]:
    """Short sentences of the body, as an interview, a recipe or a manual has them."""
    found = [
        sentence
        for sentence in map(str.strip, _SENTENCE.findall(body))
        if _SHORTEST <= len(sentence) <= _TERSE
    ]
    size = draw.randint(3, 14)
    first = draw.randrange(max(1, len(found) - size))
    return found[first : first + size] if len(found) >= _FEWEST_LINES else []


def _terse(lines: Sequence[str], page: GoldPage, others: Sequence[str], draw: Random) -> bytes:
    """A page of short lines: paragraphs, questions in bold, lists, code."""
    forms = draw.choice(_TERSE_FORMS)
    marked = [
        forms[number % len(forms)].format(escape(line, quote=False))
        for number, line in enumerate(lines)
    ]
    if forms[0].startswith("<li"):
        marked = ["<ul>", *marked, "</ul>"]
    if forms[0].startswith("<tr"):
        rows = (row.replace(" ", "</td><td>") for row in marked)
        marked = ["<table>", *rows, "</table>"]
    return _framed(marked, page, others, draw)


def _framed(marked: Sequence[str], page: GoldPage, others: Sequence[str], draw: Random) -> bytes:
    """Elements under the headline as a page, maybe with furniture around."""
    count = draw.choice((0, 0, 1, 2, 4, 8))
    title = escape(page.title or "", quote=False)
    parts = [f"<h1>{title}</h1>"] if title and draw.random() >= _UNTITLED else []
    parts += marked
    for text in draw.sample(list(others), min(count, len(others))):
        furniture = draw.choice(_FURNITURE).format(escape(text, quote=False))
        parts.insert(draw.choice((0, len(parts), len(parts))), furniture)
    inside = "\n".join(parts)
    if draw.random() < _HALF:
        inside = f"<article>{inside}</article>"
    head = f"<head><title>{title}</title></head>" if draw.random() >= _HEADLESS else ""
    return f"<html>{head}<body>{inside}</body></html>".encode("utf-8", "replace")


def _small(root: Node, gold: Sequence[str], draw: Random) -> bytes:
    """The page with some lines of its body, and with some of the lines around them."""
    root = deepcopy(root)
    lines, body = _lines(root, gold)
    own = sorted(body)
    size = draw.choice(_SIZES)
    first = 0 if draw.random() < _FROM_START else draw.randrange(max(1, len(own) - size))
    stay = set(own[first : first + size])
    middle = own[first]
    level = draw.choice(_LEVELS)
    left = min(_MOST_OTHERS, math.ceil(level * (len(lines) - len(own)))) if level < 1 else 10**6
    others = [number for number in range(len(lines)) if number not in body]
    if left >= len(others):
        stay.update(others)
    else:
        # The weighted sample of Efraimidis and Spirakis (2006).
        odds = {n: math.exp(-abs(n - middle) / _REACH) + _FAR for n in others}
        stay.update(sorted(others, key=lambda n: draw.random() ** (1 / odds[n]))[-left:][:left])
    if draw.random() >= _UNTITLED:
        stay.update(n for n, node in enumerate(lines) if node.tag == "h1")
    _drop((node for n, node in enumerate(lines) if n not in stay), root)
    if draw.random() < _HEADLESS:
        for head in root.findall("head"):
            root.remove(head)
    if draw.random() < _UNNAMED:
        _rename(root, draw)
    return _written(root)


def _drop(nodes: Iterable[Node], root: Node) -> None:
    """Take elements out, and those above that hold nothing then."""
    for node in nodes:
        gone: Node | None = node
        while gone is not None and gone is not root:
            above = gone.getparent()
            if above is None:
                break
            if gone.tail and gone.tail.strip():
                gone.text = None
                for child in list(gone):
                    gone.remove(child)
                break
            above.remove(gone)
            gone = None if len(above) or (above.text and above.text.strip()) else above


def _rename(root: Node, draw: Random) -> None:
    """Take the sense out of class names, and maybe out of the elements' own."""
    flat, dropped = draw.random() < _HALF, draw.random() < _HALF
    names: dict[str, str] = {}
    for node in root.iter(etree.Element):
        if flat and node.tag in _SECTIONS:
            node.tag = "div"
        for key in ("class", "id"):
            value = str(node.attrib.pop(key, ""))
            if value and not dropped:
                new = names.setdefault(value, f"css-{draw.randrange(36**4):x}")
                node.set(key, new)
        for key in ("role", "itemprop", "data-testid", "aria-label"):
            node.attrib.pop(key, "")


def _grafted(root: Node, gold: Sequence[str], other: GoldPage, draw: Random) -> bytes:
    """The page with articles below its own that look like it, as where a site scrolls on."""
    root = deepcopy(root)
    lines, body = _lines(root, gold)
    main = _holder([lines[n] for n in sorted(body)])
    above = None if main is None else main.getparent()
    if main is None or above is None or main.tag == "body":
        return _written(root)
    texts = [line for line in (other.body or "").split("\n") if line.strip()] or ["More"]
    place = above.index(main) + 1
    for number in range(draw.randint(1, _MOST_GRAFTS)):
        copy = deepcopy(main)
        copy.tail = None
        own, held = _lines(copy, gold)
        part = texts[number::_MOST_GRAFTS] or texts
        spare, heading = [], part[0]
        for at, node in enumerate(own):
            if at not in held:
                if node.tag in ("h1", "h2"):
                    _say(node, (number == 0 and other.title) or heading[:80])
            elif part:
                _say(node, part[0])
                part = part[1:]
            else:
                spare.append(node)
        _drop(spare, copy)
        above.insert(place + number, copy)
    return _written(root)


def _lengthened(root: Node, gold: Sequence[str], other: GoldPage, draw: Random) -> bytes:
    """The page with more sections of its own: what is not another article, though it looks so."""
    root = deepcopy(root)
    lines, body = _lines(root, gold)
    last = lines[max(body)]
    tag = last.tag if last.tag in ("p", "div") else "p"
    place, section = last, None
    wrapped, heading = draw.random() < _HALF, draw.choice(("h2", "h2", "h3", "h4"))
    texts = [line for line in (other.body or "").split("\n") if line.strip()]
    for number, text in enumerate(texts):
        node = etree.Element(heading if number and len(text) <= _HEADING else tag)
        node.text = text
        if wrapped and (section is None or node.tag == heading):
            section = etree.Element("section")
            place.addnext(section)
            place = section
        if section is not None:
            section.append(node)
        else:
            if node.tag == last.tag and last.get("class"):
                node.set("class", last.get("class", ""))
            place.addnext(node)
            place = node
    return _written(root)


def _holder(nodes: Sequence[Node]) -> Node | None:
    """The innermost element that holds most of the text of some elements."""
    masses: dict[Node, int] = {}
    whole = 0
    for node in nodes:
        size = len(_text(node))
        whole += size
        for above in node.iterancestors():
            masses[above] = masses.get(above, 0) + size
    holders = [node for node, mass in masses.items() if mass >= _MOST * whole]
    return max(holders, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)


def _say(node: Node, text: str) -> None:
    for child in list(node):
        node.remove(child)
    node.text = text
