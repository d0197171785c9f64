"""Where labels that rules know stand in a line that lost its breaks, beside other text.

"… the bridge. Advertisement The mayor …": a rule knows the label as a line of its own. So the line
is cut around it, where something says that it is no part of a sentence: that it stands behind a
sure cut, that a sentence begins behind it, that it is too long to be there by chance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.language.detect import is_function_word
from boilerstrip.language.prose import ends_sentence
from boilerstrip.settle.context import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.lines import Line
    from boilerstrip.rules.match import FoldedText, Matcher
    from boilerstrip.rules.ruleset import Rule

# A label has no more pieces and characters.
_MOST_PIECES = 12
_LONGEST = 160
# A label of so many words, or characters where no spaces part them, is none of a sentence's words.
_TELLING_WORDS = 3
_TELLING_WIDE = 6
# So many labels in a row are a menu, so many whatever stands around them.
_MENU, _LONG_MENU = 3, 6
# What follows a label is a sentence if it has so many words without a capital.
_SENTENCE_WORDS = 3
# A label of so many is none in which each word has a capital.
_FEW_WORDS = 2
# The languages in which capitals begin nouns, too.
_CAPITAL_NOUNS = ("de", "lb")
_OPENING = tuple("\"“„«‘'(¿¡「『（《【")
_QUOTES = "\"'“”„«»‘’「」『』"
_INNER = (",", ";", "،", "、", "-", "–", "—")
_ENCLOSED = regex.compile(
    r"([-–—*=_~|•·]{1,5})\s?[^-–—*=_~|•·?!]+?\s?\1|\[[^\[\]]+\]|\{[^{}]+\}|<[^<>]+>"
)
_IN_BRACKETS = regex.compile(r"\([^()]+\)")
# A word, and whether the next one is in lower case.
_WORD = regex.compile(r"([\p{L}\p{M}\p{N}'’-]+)(?:\s+(\p{Ll}))?")
_SMALL = regex.compile(r"\b[\p{Ll}\p{Lo}]\p{L}+")
_UPPER = regex.compile(r"\p{Lu}")
# What somebody says, behind a dash; the end of a headline's words, none of which is parted off.
_SPEECH = regex.compile(r"[–—]\s(?=\p{Lu})")
_UNPARTED = regex.compile(r"[\p{L}\p{M}\p{N}%€$£!?\"”’'»)]")
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")
# What a label in the midst of a text has that its words are known by as a pattern, not as such.
_SAYS = regex.compile(r"\p{Lu}.*[:|](?=\s*\p{L})|\p{Lu}.*\p{N}|©")


class _Label(NamedTuple):
    """A label of the pieces from the first to the last.

    ``telling`` is whether its words are hardly those of a sentence, ``marked`` whether it can be
    none, ``known`` whether it is one of a rule's phrases, ``heads`` whether a list stands under it.
    """

    first: int
    last: int
    telling: bool
    marked: bool
    known: bool
    heads: bool


class _Pieces:
    """The pieces of a line: where each starts and ends, and what stands there."""

    def __init__(self, text: str, line: Line, starts: Sequence[int], language: str | None) -> None:
        first, last = bisect_right(starts, line.start), bisect_left(starts, line.end)
        self.text = text
        self.starts = [line.start, *starts[first:last]]
        self.ends = [*(_end(text, at) for at in self.starts[1:]), line.end]
        self._language = language
        self._nouns = language in _CAPITAL_NOUNS

    def __len__(self) -> int:
        return len(self.starts)

    def said(self, first: int, last: int) -> str:
        """What some pieces say."""
        return self.text[self.starts[first] : self.ends[last]]

    def may_be(self, first: int, last: int) -> bool:
        """Whether some pieces may be a label: no quoted words, and not the first of more."""
        start, end = self.starts[first], self.ends[last]
        if end - start > _LONGEST:
            return False
        if self.text.endswith(_INNER, start, end):
            return bool(_ENCLOSED.fullmatch(self.text, start, end))
        return self.text[start] not in _QUOTES and self.text[end - 1] not in _QUOTES

    def begins(self, number: int, *, surely: bool = False) -> bool:
        """Whether a sentence begins with a piece: a quotation, or a word of no name.

        Surely, if it isn't all capitals. Where letters have no case it can't be seen.
        """
        if number == len(self.starts):
            return True
        at = self.starts[number]
        if self.text.startswith(_OPENING, at):
            return True
        word = _WORD.match(self.text, at)
        if not word or not _UPPER.match(word[1]) or (surely and not (word[2] or self._nouns)):
            return False
        return is_function_word(word[1].lower(), self._language)

    def speaks(self, number: int) -> bool:
        """Whether somebody speaks with a piece, behind a dash."""
        return number < len(self) and bool(_SPEECH.match(self.text, self.starts[number]))

    def has_capital(self, number: int) -> bool:
        """Whether a piece begins with a capital that tells something."""
        if number == len(self.starts):
            return False
        return not self._nouns and bool(_UPPER.match(self.text, self.starts[number]))

    def goes_on(self, number: int) -> bool:
        """Whether what follows a piece reads as a sentence, or the rest of one."""
        rest = self.text[self.ends[number] : self.ends[-1]]
        return ends_sentence(rest) and len(_SMALL.findall(rest)) >= _SENTENCE_WORDS

    def headlines(self, first: int) -> Iterator[int]:
        """From a piece on, those with which headlines in a row, or what follows them, may begin.

        Not the rest of a name, nor one that the text says amid its sentences, nor the word behind
        one that none ends with.
        """
        for number in range(first, len(self)):
            if not _UPPER.match(self.text, self.starts[number]):
                continue
            last = self.said(number - 1, number - 1).rsplit(None, 1)[-1]
            named = _UPPER.match(last) or is_function_word(last.lower(), self._language)
            if number == first or (
                _UNPARTED.match(last[-1]) and not named and not self._is_name(number)
            ):
                yield number

    def _is_name(self, number: int) -> bool:
        """Whether the word with which a piece begins stands amid a sentence elsewhere."""
        at = self.starts[number]
        word = _WORD.match(self.text, at)
        if not word or is_function_word(word[1].lower(), self._language):
            return False
        amid = regex.compile(rf"(?<=\p{{Ll}}[,;:]?\s){regex.escape(word[1])}(?![\p{{L}}\p{{M}}])")
        return any(match.start() != at for match in amid.finditer(self.text))

    def label(self, first: int, last: int, rule: Rule | None = None) -> _Label:
        """The label that some pieces are; those of ads stand in the midst of the story."""
        said = self.said(first, last)
        capitals = said.isupper()
        if _WIDE.search(said):
            telling = len(said) >= _TELLING_WIDE
        else:
            telling = said.count(" ") + 1 + capitals >= _TELLING_WORDS
        ads = rule is not None and rule.category == "advertisement"
        marked = bool(_ENCLOSED.fullmatch(said)) or (capitals and ads)
        heads = rule is not None and rule.extent in SECTIONS and " " in said
        return _Label(first, last, telling, marked, rule is not None, heads)


class Borders(NamedTuple):
    """Where labels start and end in a line; ``doubted`` is whether its first may be none.

    That is one which goes on with any words, and with a sentence of the story: who can say where?
    Where its first heads a list of headlines there are borders between these, too; ``listed`` is up
    to where these surely reach, behind the list's heading.
    """

    places: list[int]
    doubted: bool
    listed: tuple[int, int] | None = None


def label_borders(
    line: Line,
    starts: Sequence[int],
    folded: FoldedText,
    matcher: Matcher,
    language: str | None,
    *,
    outer: bool,
    above: bool = False,
) -> Borders:
    """The borders of labels in a line, whose pieces start at some of ``starts``.

    In an ``outer`` line, before the story or behind it, labels are likelier than within, and
    ``above`` it menus are, of which not each item is a label.
    """
    pieces = _Pieces(folded.plain, line, starts, language)
    if len(pieces) == 1:
        return Borders([], doubted=False)
    patterns, doubted = _by_patterns(pieces, matcher, folded, outer=outer)
    places: set[int] = set()
    listed = None
    labels = list(_labels(pieces, matcher, folded, patterns))
    menu = above and len(labels) >= _MENU and not labels[0].first
    for run in _runs(labels):
        if menu or (outer and len(run) >= _MENU) or _counts(run, pieces):
            for label in run:
                places.update(pieces.starts[label.first : label.first + 1])
                places.update(pieces.starts[label.last + 1 : label.last + 2])
            if run[0].first == 0 and run[-1].heads:
                heads = [pieces.starts[n] for n in pieces.headlines(run[-1].last + 1)]
                places.update(heads)
                known = pieces.ends[patterns[0]] if 0 in patterns else 0
                sure = max([at for at in heads if at <= known + 1] + heads[-2:-1], default=0)
                listed = pieces.ends[run[-1].last], sure
    return Borders(sorted(places - {line.start}), doubted, listed)


def _end(text: str, at: int) -> int:
    while text[at - 1].isspace():
        at -= 1
    return at


def _by_patterns(
    pieces: _Pieces, matcher: Matcher, folded: FoldedText, *, outer: bool
) -> tuple[dict[int, int], bool]:
    """The last piece of what a pattern for a whole line matches from some pieces on.

    And whether one that is open at its end matches from the first one on, and where can't be said.
    """
    found: dict[int, int] = {}
    doubted = False
    matched = matcher.parts(folded, pieces.starts, pieces.ends, _MOST_PIECES, _LONGEST)
    for first, lasts, is_open in matched:
        good = [last for last in lasts if pieces.may_be(first, last)]
        if is_open:
            good = list(_closed(pieces, first, good))[:1]
            doubted |= not first and pieces.goes_on(lasts[0]) and good in ([], [len(pieces) - 1])
        if good and (not first or outer or _SAYS.match(pieces.said(first, good[-1]))):
            found[first] = max(found.get(first, 0), good[-1])
    return found, doubted


def _closed(pieces: _Pieces, first: int, lasts: Sequence[int]) -> Iterator[int]:
    """With which of some pieces a label may end that could go on with any words."""
    yield from (n for n in lasts if pieces.begins(n + 1, surely=True))
    for last in lasts:
        said = pieces.said(first, last)
        small = len(_SMALL.findall(said)) >= _FEW_WORDS
        if (small and pieces.begins(last + 1)) or _IN_BRACKETS.fullmatch(said):
            yield last


def _labels(
    pieces: _Pieces, matcher: Matcher, folded: FoldedText, patterns: dict[int, int]
) -> Iterator[_Label]:
    """The labels in a line, the longest from the first on."""
    number = 0
    while number < len(pieces):
        label = pieces.label(number, patterns[number]) if number in patterns else None
        for last in range(number, min(number + _MOST_PIECES, len(pieces))):
            start, end = pieces.starts[number], pieces.ends[last]
            if end - start > _LONGEST:
                break
            rule = matcher.phrase_at(folded, start, end)
            if rule and pieces.may_be(number, last):
                found = pieces.label(number, last, rule)
                heads = found.heads and not number and pieces.has_capital(last + 1)
                if heads or not label or last >= label.last:
                    label = found
        if label:
            yield label
        number = label.last + 1 if label else number + 1


def _runs(labels: Iterable[_Label]) -> Iterator[list[_Label]]:
    """The labels, those in one list between which nothing stands."""
    run: list[_Label] = []
    for label in labels:
        if run and run[-1].last + 1 != label.first:
            yield run
            run = []
        run.append(label)
    if run:
        yield run


def _counts(run: Sequence[_Label], pieces: _Pieces) -> bool:
    """Whether labels in a row are what they seem, by what stands around them."""
    if len(run) >= _LONG_MENU or any(label.marked for label in run):
        return True
    after = run[-1].last + 1
    left = run[0].first == 0
    if left and run[-1].heads and pieces.has_capital(after):
        return True
    if any(label.telling for label in run) or len(run) >= _MENU:
        answers = pieces.speaks(run[0].first)
        spoken = run[-1].known and pieces.speaks(after) and not answers
        return spoken or pieces.begins(after) or (left and pieces.has_capital(after))
    return left and pieces.begins(after, surely=True)
