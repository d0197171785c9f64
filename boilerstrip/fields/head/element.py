"""The page's title element, the first line of a text as a rule, and what other lines say of it.

It says the headline, perhaps in other words than those printed, and the outlet's name.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.head.lines import says_sentence
from boilerstrip.fields.headline import split_suffix
from boilerstrip.language.prose import fold_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boilerstrip.fields.head.lines import Lines

    Span = tuple[int, int]

# Lines that share this much of their words (Jaccard index) are one headline in two forms.
_ECHO = 0.5
# What parts a title element: "Headline | Outlet", "Topic: Headline - Section - Outlet".
_STROKE = regex.compile(r"\s*[|｜ㅣ»·•›]\s*|[:：]+\s+|\s+[-–—:]+\s+|\s*：\s*|,\s+")
# The places in the title element that a headline takes as a whole.
WHOLE = ("whole", "start", "pair")
# An entry of a menu has fewer words.
MENU_WORDS = 3


class TitleElement:
    """The first line, if it ``stands`` for a page's title, and where in it other lines stand.

    ``words`` and ``folded`` are its words, ``suffixed`` the spans of headline and outlet in it.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        first = lines[0]
        self.stands = not (says_sentence(first) or first.text.endswith((".", "。")))
        self.folded = fold_words(first.text)
        self.words = lines.words(0) if self.stands else frozenset()
        self.suffixed = split_suffix(first.text)

    def place(self, number: int) -> str | None:
        """What of the title element a line says: the whole, a piece of it, or its first words.

        It is a "pair" with the line below if both together say a piece.
        """
        return self.places.get(number)

    @cached_property
    def places(self) -> Mapping[int, str]:
        """The places in the title element of the lines that say something of it."""
        if not self.stands:
            return {}
        title, pieces = self.folded, self._pieces
        return {
            number: kind
            for number, own in enumerate(self._lines.folded)
            if own and number and (title.startswith(own) or own in pieces)
            if (kind := self._kind(number, own))
        }

    def _kind(self, number: int, own: str) -> str | None:
        if self.pair(number):
            return "pair"
        kind = self._pieces.get(own)
        words = own.count(" ") + 1 if own.isascii() or " " in own else MENU_WORDS
        if kind == "end":
            return kind if words > MENU_WORDS or not own.isascii() else None
        if words < MENU_WORDS and 2 * len(own) <= len(self.folded):
            return None
        return kind or "part"

    @cached_property
    def _pieces(self) -> Mapping[str, str]:
        """The folded pieces of the title element at its strokes, with the place of each."""
        ends = {fold_words(self._lines[0].text[cut:]): "end" for _, cut in self._cuts}
        return ends | dict.fromkeys(self._starts, "start") | {self.folded: "whole"}

    @cached_property
    def _starts(self) -> Mapping[str, Span]:
        """What the title element begins with, up to each stroke and as a whole."""
        text = self._lines[0].text
        ends = [*(cut for cut, _ in self._cuts), len(text)]
        return {fold_words(text[:end]): (0, end) for end in ends}

    @cached_property
    def _cuts(self) -> list[Span]:
        return [match.span() for match in _STROKE.finditer(self._lines[0].text)]

    def pair(self, number: int) -> Span | None:
        """The span of the title element that a line and the one below it say together.

        "Topic" over "Headline" is one headline; "Headline" over "Outlet" is none.
        """
        if not (self.stands and 0 < number < len(self._lines) - 1):
            return None
        first, second = self._lines.folded[number], self._lines.folded[number + 1]
        if not (first and second and self.folded.startswith(first)) or first == self._headed:
            return None
        return self._starts.get(f"{first} {second}")

    @cached_property
    def _headed(self) -> str | None:
        """What stands before the outlet's name in the title element, folded."""
        if self.suffixed is None:
            return None
        return fold_words(self._lines[0].text[slice(*self.suffixed[0])])

    def is_echo(self, number: int) -> bool:
        """Whether a line and the title element are one headline in two forms."""
        if not self.stands:
            return False
        if self.place(number) is not None:
            return True
        words = self._lines.words(number)
        return len(words & self.words) >= _ECHO * len(words | self.words)
