"""The wordings of the vocabulary by which lines name an outlet: "download the {} app"."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick
import regex

from boilerstrip.fields.outlet_name import EDGE, NAME_PLAIN, QUOTED, UNSPACED, cased
from boilerstrip.language.names import places_of
from boilerstrip.language.vocabulary import any_of, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Span = tuple[int, int]

# So far from a wording's words the name ends.
_REACH = 60
_TOKEN = regex.compile(r"\w+")
_LETTER = regex.compile(r"\w")


class Wording(NamedTuple):
    """A wording of the vocabulary: the kind of line, and what stands before and behind the name."""

    kind: str
    before: str
    behind: str

    def spans(self, folded: str, lower: str) -> Iterator[Span]:
        """Where a line has a name in this wording."""
        words = self.before or self.behind
        at = lower.find(words)
        while at >= 0:
            end = at + len(words)
            if is_apart(lower, at, end, words):
                span = self._name(folded, lower, at, end)
                if span:
                    yield span
                    return
            at = lower.find(words, end)

    def _name(self, folded: str, lower: str, at: int, end: int) -> Span | None:
        if not self.before:
            match = _name_ahead().search(folded[max(0, at - _REACH) : at])
            shift = max(0, at - _REACH)
            return (match.start("name") + shift, match.end("name") + shift) if match else None
        if not self.behind:
            match = _name_behind().match(folded, end)
            return match.span("name") if match else None
        stop = lower.find(self.behind, end, end + _REACH)
        if stop < 0 or not is_apart(lower, stop, stop + len(self.behind), self.behind):
            return None
        match = _name_between().fullmatch(folded[end:stop])
        return (match.start("name") + end, match.end("name") + end) if match else None


def is_apart(text: str, start: int, end: int, words: str) -> bool:
    """Whether no letter joins the words at their own letters; some scripts don't part words."""
    if UNSPACED.search(words):
        return True
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (
        (words[0].isalnum() and before.isalnum()) or (words[-1].isalnum() and behind.isalnum())
    )


class Phrases:
    """Phrases, to tell which a text may hold."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for phrase in phrases:
            word = "" if UNSPACED.search(phrase) else max(_TOKEN.findall(phrase), key=len)
            self._automaton.add_word(phrase, (phrase, word))
        self._automaton.make_automaton()

    def within(self, text: str) -> list[str]:
        """Those that stand in the text, which has the longest word of each whole."""
        found = dict(item for _, item in self._automaton.iter(text))
        return [phrase for phrase, word in found.items() if not word or _is_whole(word, text)]


def _is_whole(word: str, text: str) -> bool:
    """Whether a word stands somewhere in a text with no letter or digit beside it."""
    return any(
        not _LETTER.match(text, at + len(word)) and not (at and _LETTER.match(text, at - 1))
        for at in places_of(word, text)
    )


@cache
def wordings() -> dict[str, list[Wording]]:
    """The wordings by the words that a line with one holds."""
    found = defaultdict(list)
    for kind in ("origin", "source", "own", "near"):
        for text in words_for(f"outlet_{kind}"):
            before, _, behind = text.partition("{}")
            found[before or behind].append(Wording(kind, before, behind))
    return found


@cache
def _lead() -> str:
    return rf"(?:{any_of('articles', 'outlet_particles')}\s)?"


@cache
def _name_ahead() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{QUOTED}|(?<![\p{{L}}\d])(?P<name>{cased()})"
        rf"|(?<=^|{EDGE}|{EDGE}\s)(?P<name>{NAME_PLAIN}))$"
    )


@cache
def _name_behind() -> regex.Pattern[str]:
    return regex.compile(
        rf"\s?{_lead()}(?:{QUOTED}|(?P<name>{cased()})|(?P<name>{NAME_PLAIN}?)"
        rf"(?=\s*(?:$|{EDGE}|\p{{Latin}})))"
    )


@cache
def _name_between() -> regex.Pattern[str]:
    return regex.compile(rf"\s?{_lead()}(?:{QUOTED}|(?P<name>{cased()}|{NAME_PLAIN}))\s?")
