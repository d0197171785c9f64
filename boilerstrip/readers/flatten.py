"""Pages nested deeper than libxml2 can hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from lxml import etree

# Elements deeper than this join the one above them: far beyond what a page needs to say.
_DEPTH = 500
# What lxml takes in a name; html.parser takes nearly all, as of "<o:p>", which Word writes.
_ODD = re.compile(r"[^a-z0-9_.-]")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


def flattened(text: str) -> etree._Element:
    """The root of a page's tree in which elements deeper than 500 are dropped, their text kept."""
    builder = _Flattener()
    builder.feed(text)
    return builder.root()


class _Flattener(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = etree.TreeBuilder()
        self.builder.start("html", {})
        self.open: list[str] = []
        self.beyond = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _ODD.sub("-", tag)
        if tag == "html":
            return
        if tag in _VOID:
            self.builder.start(tag, {})
            self.builder.end(tag)
        elif len(self.open) >= _DEPTH:
            self.beyond += 1
        else:
            self.builder.start(tag, _sound(attrs))
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = _ODD.sub("-", tag)
        if self.beyond:
            self.beyond -= 1
        elif tag in self.open[-50:]:
            while self.open:
                last = self.open.pop()
                self.builder.end(last)
                if last == tag:
                    break

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Where ``<![foo[`` ends: as in browsers, at the next ``>``."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_data(self, data: str) -> None:
        self.builder.data(_xml(data))

    def root(self) -> etree._Element:
        """The finished tree."""
        self.close()
        while self.open:
            self.builder.end(self.open.pop())
        self.builder.end("html")
        return self.builder.close()


def _sound(attrs: list[tuple[str, str | None]]) -> dict[str | bytes, str | bytes]:
    wanted = ("class", "id", "href", "hidden", "aria-hidden", "style", "type", "open")
    return {name: _xml(value or "") for name, value in attrs if name in wanted}


def _xml(text: str) -> str:
    """The text without what lxml refuses: control characters and lone surrogates."""
    return "".join(
        character
        if character >= " " and not "\ud800" <= character <= "\udfff" and character < "\ufffe"
        else " "
        for character in text
    )
