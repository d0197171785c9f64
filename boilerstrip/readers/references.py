"""Links whose targets are listed apart, as terminal browsers and Markdown write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boilerstrip.readers.page import Mark, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line of the list that ``lynx -dump`` appends, and the mark before a link's text.
_LISTED = re.compile(r"(?m)^[ ]*(\d{1,5})\.[ ](?:https?|file|ftp|mailto|javascript|tel):\S*[ ]*$")
_NUMBER = re.compile(r"\[(\d{1,5})\](?=\S)")
_FEWEST = 3
# A definition of Markdown, and a link that refers to one.
_DEFINED = re.compile(
    r"(?m)^[ ]{0,8}\[([^\[\]\n^]{1,60})\]:[ ]+(\S*[/.:#]\S*)(?:[ ]+[\"'(].*)?[ ]*$"
)
_REFERRING = re.compile(
    r"(?<![\\!`\]])\[(?P<text>(?:[^\[\]\\]|\\.){0,2000}?)\][ ]?\[(?P<label>[^\[\]\n]{1,60})\]"
)


def referring_marks(text: str) -> Iterator[Unseen]:
    r"""The marks of links whose targets are listed in the text; the lists themselves are seen.

    >>> text = "See [the map][1].\n\n[1]: https://example.org/map"
    >>> [text[mark.start : mark.end] for mark in referring_marks(text)]
    ['[', '][1]']
    """
    listed = {match[1] for match in _LISTED.finditer(text)}
    if len(listed) >= _FEWEST:
        for mark in _NUMBER.finditer(text):
            if mark[1] in listed:
                yield Unseen(*mark.span(), Mark.OPENS)
    targets = {match[1].casefold(): match[2] for match in _DEFINED.finditer(text)}
    if targets:
        for link in _REFERRING.finditer(text):
            if (target := targets.get(link["label"].casefold())) is not None:
                yield Unseen(link.start(), link.start("text"), Mark.OPENS)
                yield Unseen(link.end("text"), link.end(), Mark.CLOSES, target.strip("<>"))
