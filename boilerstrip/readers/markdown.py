"""Markdown, the form in which many crawlers save pages: what it shows a reader."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from boilerstrip.document import trim
from boilerstrip.readers.page import Mark, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# An address has one of these signs; its brackets come in pairs. It may hold spaces, as tools leave
# them in, and a title follow it.
_TARGET = r"""(?P<href>(?=[^\s()]*[/.:#])(?:[^()\n"]|\([^()\n]*\))+)(?:"[^"\n]*"\s*)?"""
# What stands in the brackets can go over lines, as the cards of teasers do, and hold images; in
# those of an image links, too, of which only the words are its text. Each is taken in one way:
# behind a bracket that nothing closes, all ways to take all links would be tried.
_INNER = r"(?>!?\[[^\[\]]*\](?:\([^()\n]*\))?)"
_PLAIN = r"!(?!\[)"
_LINK = re.compile(
    rf"(?<![\\!`])\[(?P<text>(?:[^\[\]\\!]|{_PLAIN}|\\.|{_INNER}){{0,2000}}?)\]\({_TARGET}\)",
    re.DOTALL,
)
_IMAGE = re.compile(rf"(?<![\\#`])!\[(?:[^\[\]!]|{_PLAIN}|{_INNER}){{0,2000}}?\]\({_TARGET}\)")
_TURN = "]("
_LINE = "\n"


def is_markdown(text: str) -> bool:
    """Whether a text has links or images as Markdown writes them.

    >>> is_markdown("See [the map](https://example.org/map)."), is_markdown("f[0](x) is [1].")
    (True, False)
    """
    return _TURN in text and (_LINK.search(text) or _IMAGE.search(text)) is not None


def markdown_unseen(text: str) -> list[Unseen]:
    """What Markdown doesn't show: images, and of links all but their words.

    Other marks stay, since they say something of the line: that it is a heading, or an item.

    >>> [text.href for text in markdown_unseen("Go [home](/).")]
    ['', '/']
    """
    found: list[Unseen] = []
    left = text
    while empty := list(_empty(left)):  # a link around one that shows nothing shows nothing
        found += empty
        left = _without(left, empty)
    for link in _LINK.finditer(left):
        start, end = trim(text, *link.span("text"))
        found.append(Unseen(link.start(), start, Mark.OPENS))
        found.append(Unseen(end, link.end(), Mark.CLOSES, link["href"].strip(" <>")))
    return found


def _without(text: str, pieces: Iterable[Unseen]) -> str:
    """The text with line ends in place of the pieces, of the same length."""
    kept: list[str] = []
    position = 0
    for start, end, *_ in sorted(pieces, key=attrgetter("start", "end")):
        if start >= position:
            kept += text[position:start], _LINE * (end - start)
            position = end
    return "".join([*kept, text[position:]])


def _empty(text: str) -> Iterator[Unseen]:
    """The images, and the links without text or with nothing but images."""
    for image in _IMAGE.finditer(text):
        yield Unseen(*image.span(), Mark.IMAGE)
    for link in _LINK.finditer(text):
        if not _IMAGE.sub("", link["text"]).strip():
            yield Unseen(*link.span(), Mark.IMAGE if link["text"].strip() else Mark.ANCHOR)
