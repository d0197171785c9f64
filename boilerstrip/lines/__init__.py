"""One line of a document: the unit that is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.language.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.rules.match import Match

# So much of a line is looked at.
_LOOK = 4000


class Line:
    """One line of the text, trimmed, with its shape and the rules' matches in it.

    ``text`` is the line, or as much of a very long one as there is need to look at. ``protected``
    says whether a rule keeps it, and no caller's rule outranks that one; ``listed`` whether it is a
    headline in a list of which the heading is known.
    """

    __slots__ = ("_source", "end", "listed", "matches", "prose", "protected", "start", "text")

    def __init__(self, source: str, start: int, end: int, matches: Sequence[Match]) -> None:
        self._source = source
        self.start = start
        self.end = end
        self.matches = matches
        self.text = source[start : min(end, start + _LOOK)]
        self.prose = end - start > _LOOK or is_prose(self.text)
        self.listed = False
        self.protected = bool(matches) and _is_protected(matches)

    def source(self, start: int, end: int) -> str:
        """A piece of the text that the line is in, by its place there."""
        return self._source[start:end]


def _is_protected(matches: Sequence[Match]) -> bool:
    keeping = [match.rule for match in matches if match.rule.category == "body"]
    if not keeping:
        return False
    removing = any(m.rule.callers and m.rule.category != "body" for m in matches)
    return any(rule.callers or not removing for rule in keeping)
