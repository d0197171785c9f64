"""The head of an article in raw text: headline, byline and date line, by the evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log1p
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.judge.byline import read_byline
from boilerstrip.judge.headline import is_headline, split_suffix
from boilerstrip.judge.shape import ends_sentence, fold_words
from boilerstrip.judge.stamp import Stamp, find_stamp, is_moment
from boilerstrip.metadata.names import is_agency, is_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.judge.byline import Byline

Span = tuple[int, int]

# What a line adds to, and takes from, the run of lines that is the article's prose: characters.
_MOST_GAIN = 400
_LOSS = 20
_MOST_LINES = 4000
# So far above the prose a headline is looked for, and so far around it the byline and the date.
_REACH = 45
_BELOW = 4
_NEAR = 8
_ABOVE_PROSE = 12
_ABOVE_HEADLINE = 4
_UNDER_HEADLINE = 40
_PROSE_LINES = 4
# How much each piece of evidence counts for a line to be the headline. The weights were fitted to
# both corpora (a softmax over the lines of a page), and rounded.
_WEIGHTS = {
    "begins_title": 5.0,
    "shares_title": 1.3,
    "words_in_title": 2.4,
    "distance": -0.3,
    "below_prose": -3.0,
    "moment_after": 1.8,
    "moment_before": 0.9,
    "short": -2.0,
    "first": 3.2,
    "crumbs": -1.0,
    "words_in_prose": 3.2,
    "length": 1.7,
    "capitals": -0.4,
}
# So much of the title element is the headline at least, if the line is short.
_SHARE = 0.35
# Lines that share this much of their words (Jaccard index) are one headline in two forms.
_ECHO = 0.5
_STROKE = regex.compile(r"\s*[|»·•]\s*|\s+[-–—:]+\s+")
_MENU_WORDS = 3
_FEWEST = 8
_LONGEST_HEADLINE = 250
_LONGEST_QUESTION = 140
_BREAK = regex.compile(r"[.!?]\s+\p{Lu}|。.")
_CRUMBS = regex.compile(r" [>/»›|] ")
_WORD = regex.compile(r"\w+")
_SMALL = regex.compile(r"(?<![\p{L}\p{M}\d'’.@/_-])\p{Ll}[\p{L}\p{M}]+(?![@/_-]|\.\p{L})")
_CREDIT = regex.compile(r"(?i)(?:foto|photo|bild|image|picture|credit|©|\(c\)|getty|reuters|imago)")
_ABOUT = r"(?:is|covers|writes|ist|schreibt|es|est|är|er|jest|è|é)\b"


class HeadLine(NamedTuple):
    """A line as the search sees it.

    ``free`` where no rule says that it is something else, ``role`` what a rule says of it.
    """

    text: str
    prose: bool
    free: bool
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What was found: numbers of lines, and spans in their texts.

    ``titles`` are the lines that say the headline, as printed first, with the spans of the title
    and of the outlet's name in them; ``proof`` says that more than its shape speaks for it.
    ``bylines`` are the lines that name the authors, with the names; ``stamps`` the lines with the
    date, the best first.
    """

    titles: tuple[tuple[int, dict[str, Span]], ...]
    proof: bool
    bylines: tuple[tuple[int, tuple[str, ...]], ...]
    stamps: tuple[tuple[int, Stamp], ...]


def find_head(
    lines: Sequence[HeadLine], language: str | None, *, proven: bool = False
) -> Head | None:
    """The head of the article in a text's lines; ``None`` where nothing has a headline's shape.

    With ``proven``, also ``None`` where there is no proof of the headline.
    """
    lines = lines[:_MOST_LINES]
    start = prose_start(lines)
    return None if start is None else _Search(lines, start, language).head(proven=proven)


def prose_start(lines: Sequence[HeadLine]) -> int | None:
    """The number of the line where the longest run of prose begins.

    >>> texts = ["We use cookies.", *["Home"] * 9, *["It rained all day."] * 9]
    >>> prose_start([HeadLine(text, text.endswith("."), True) for text in texts])
    10
    """
    best, run, start = 0, 0, 0
    found = next(
        (n for n, line in enumerate(lines) if line.free and ends_sentence(line.text)), None
    )
    for number, line in enumerate(lines):
        if run <= 0:
            run, start = 0, number
        run += min(len(line.text), _MOST_GAIN) if line.prose and line.free else -_LOSS
        if run > best:
            best, found = run, start
    return found


@dataclass
class _Search:
    lines: Sequence[HeadLine]
    start: int
    language: str | None

    def head(self, *, proven: bool) -> Head | None:
        headline = self._headline()
        if headline is None:
            return None
        proof = self._is_proven(headline)
        if proven and not proof:
            return None
        around = range(max(0, headline - _ABOVE_HEADLINE), self._end(headline))
        return Head(
            tuple(self._titles(headline)),
            proof,
            tuple(self._bylines(headline, around)),
            tuple(self._dates(headline, around)),
        )

    # The headline

    def _headline(self) -> int | None:
        start, count = self.start, len(self.lines)
        numbers = range(max(0, start - _REACH), min(count, start + _BELOW))
        reach = min(count, start + _REACH)
        echoes = (n for n in range(reach) if self._begins_title(n))
        candidates = [n for n in {0, *echoes, *numbers} if self._may_be_headline(n)]
        if not candidates:
            return None
        scores = {number: self._score(number) for number in sorted(candidates)}
        best: int = max(scores, key=lambda number: scores[number])
        return best

    def _may_be_headline(self, number: int) -> bool:
        line = self.lines[number]
        text = line.text.strip("# ")
        if not line.free or len(text) > _LONGEST_HEADLINE:
            return False
        if text.endswith((".", "。")) and not text.endswith(".."):
            return False
        if line.prose and not (_asks(text) and number and self._is_echo(number)):
            return False
        return self._begins_title(number) or (is_headline(text) and not self._names_authors(number))

    def _names_authors(self, number: int) -> bool:
        byline = read_byline(self.lines[number].text)
        if byline is None or not (byline.bare and byline.names):
            return byline is not None
        return not self._are_words(byline.names)

    def _score(self, number: int) -> float:
        evidence = self._evidence(number)
        return sum(_WEIGHTS[name] * value for name, value in evidence.items())

    def _evidence(self, number: int) -> dict[str, float]:
        text = self.lines[number].text
        words = _words(text)
        shared = words & self._title_words if number else frozenset()
        begins = self._begins_title(number)
        return {
            "begins_title": begins,
            "shares_title": 0 if begins else len(shared) / max(1, len(words | self._title_words)),
            "words_in_title": 0 if begins else len(shared) / max(1, len(words)),
            "distance": log1p(max(self.start - number, 0)),
            "below_prose": number >= self.start,
            "moment_after": any(map(self._signs, range(number + 1, number + 4))),
            "moment_before": any(map(self._is_moment, (number - 1, number - 2))),
            "short": len(words) < 4 and text.isascii(),
            "first": number == 0 and self._is_titled(),
            "crumbs": bool(_CRUMBS.search(text)),
            "words_in_prose": len(words & self._prose_words) / max(1, len(words)),
            "length": min(len(text), 120) / 100,
            "capitals": text.isupper(),
        }

    def _begins_title(self, number: int) -> bool:
        """Whether the first line, a page's title element, begins with what the line says."""
        first = self.lines[0]
        if not number or first.prose or first.text.endswith((".", "。")):
            return False
        if len(self.lines[number].text) > _LONGEST_HEADLINE:
            return False
        own, title = fold_words(self.lines[number].text), self._page_title
        if not own or not title.startswith(own):
            return False
        whole = own in (title, self._title_piece)
        return whole or len(own) >= _SHARE * len(title) or own.count(" ") > 1

    def _is_titled(self) -> bool:
        """Whether the first line is a title element: it has an outlet's name, or is said again."""
        if split_suffix(self.lines[0].text) or self._counts[self._page_title] > 1:
            return True
        words = self._title_words
        return len(words & self._prose_words) >= _ECHO * len(words)

    @cached_property
    def _page_title(self) -> str:
        return fold_words(self.lines[0].text)

    @cached_property
    def _title_piece(self) -> str:
        return fold_words(_STROKE.split(self.lines[0].text)[0])

    @cached_property
    def _title_words(self) -> frozenset[str]:
        return _words(self.lines[0].text)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(fold_words(line.text) for line in self.lines if len(line.text) < 300)

    @cached_property
    def _prose_words(self) -> frozenset[str]:
        near = self.lines[self.start : self.start + _NEAR]
        return frozenset().union(*(_words(line.text) for line in near))

    def _signs(self, number: int) -> bool:
        """Whether a line says when the article was written, or by whom."""
        return self._is_moment(number) or self._says_by(number)

    def _is_moment(self, number: int) -> bool:
        if not 0 <= number < len(self.lines):
            return False
        line = self.lines[number]
        return line.role == "date" or is_moment(line.text) or self._stamp(number) is not None

    def _stamp(self, number: int) -> Stamp | None:
        line = self.lines[number]
        if line.prose:
            return None
        byline = read_byline(line.text)
        spare = sum(name.count(" ") + 1 for name in byline.names) + 2 if byline else 0
        return find_stamp(line.text, self.language, spare)

    def _title(self, headline: int) -> Span:
        text = self.lines[headline].text
        start = len(text) - len(text.lstrip("# "))
        suffixed = split_suffix(text)
        if suffixed and (headline == 0 or self._counts[fold_words(text[slice(*suffixed[0])])]):
            return suffixed[0]
        return (start, len(text))

    def _is_proven(self, headline: int) -> bool:
        text = self.lines[headline].text
        if text.startswith("# "):
            return True
        if headline == 0 and split_suffix(text):
            return True
        if headline and self._is_echo(headline):
            return self._begins_title(headline) or headline <= self.start
        if any(line.prose and line.free for line in self.lines[:headline]) or not _says_enough(
            text
        ):
            return False
        own = fold_words(text)
        if headline == 0 and any(
            fold_words(line.text) == own for line in self.lines[1 : self.start]
        ):
            return True
        return any(map(self._signs, range(headline + 1, headline + 5)))

    def _is_echo(self, number: int) -> bool:
        """Whether a line and the title element are one headline in two forms."""
        words = _words(self.lines[number].text)
        shared = 0 if self.lines[0].prose else len(words & self._title_words)
        return self._begins_title(number) or shared >= _ECHO * len(words | self._title_words)

    def _says_by(self, number: int) -> bool:
        line = self.lines[min(number, len(self.lines) - 1)]
        if line.prose or line.role == "byline":
            return not line.prose
        byline = read_byline(line.text)
        return byline is not None and (byline.labelled or byline.dated)

    def _titles(self, headline: int) -> Iterator[tuple[int, dict[str, Span]]]:
        title = self._title(headline)
        suffixed = split_suffix(self.lines[0].text) if headline == 0 else None
        yield headline, {"title": title} | ({"outlet": suffixed[1]} if suffixed else {})
        text = self.lines[headline].text
        wanted = {fold_words(text), fold_words(text[slice(*title)])}
        for number, line in enumerate(self.lines):
            if number == headline or not line.free or len(line.text) > _LONGEST_HEADLINE:
                continue
            if fold_words(line.text) in wanted or (number == 0 and self._is_echo(headline)):
                yield number, {}

    # The byline and the date line

    def _end(self, first: int) -> int:
        """The number of the line after those that still belong to the head."""
        prose = 0
        for number in range(first, min(len(self.lines), first + _UNDER_HEADLINE)):
            prose += self.lines[number].prose and number > first
            if prose == _PROSE_LINES:
                return number
        return min(len(self.lines), first + _UNDER_HEADLINE)

    def _bylines(self, headline: int, around: range) -> Iterator[tuple[int, tuple[str, ...]]]:
        read = {n: b for n in around if (b := self._byline(n, headline)) is not None}
        below = {number: byline for number, byline in read.items() if number > headline}
        above = {number: byline for number, byline in read.items() if number < headline}
        near = range(max(0, self.start - _ABOVE_PROSE), self._end(self.start))
        prose = {n: b for n in near if n > headline and (b := self._byline(n, headline))}
        for part in (below, above, prose):
            found = self._labelled(part) or self._plain(part, headline)
            if found:
                yield from ((number, self._people(names)) for number, names in found)
                return

    def _people(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names without the posts, places and outlets among them."""
        first, *others = names or ("",)
        titled = self.lines[0].text.casefold()
        people = (n for n in others if not self._has_small_word(n) and n.casefold() not in titled)
        return tuple(filter(None, (first, *people)))

    def _byline(self, number: int, headline: int) -> Byline | None:
        line = self.lines[number]
        if line.prose or not line.free or number in {0, headline} or self._begins_title(number):
            return None
        return read_byline(line.text)

    def _labelled(self, read: dict[int, Byline]) -> list[tuple[int, tuple[str, ...]]]:
        """The first line with a label, or the names under a label that stands alone."""
        for number, byline in read.items():
            if byline.labelled and byline.names:
                if self._are_words(byline.names):
                    continue
                return [(number, byline.names), *self._more(read, number + 1, strict=True)]
            if byline.labelled and (found := list(self._more(read, number + 1, strict=False))):
                return [(number, ()), *found]
        return []

    def _more(
        self, read: dict[int, Byline], first: int, *, strict: bool
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The lines of names that follow each other from ``first`` on."""
        number = first
        while number < len(self.lines):
            text = self.lines[number].text
            byline = read.get(number)
            if byline and byline.names and not byline.labelled:
                if strict and not (byline.bare and self._lists(number - 1)):
                    return
                yield number, byline.names
                strict = True
            elif not strict and number == first and _is_single(text):
                yield number, (text.strip(" ,|•·"),)
                strict = True
            elif any(map(str.isalpha, text)) and text.strip(" ,").casefold() not in _JOINTS:
                return
            number += 1

    def _lists(self, number: int) -> bool:
        """Whether a line ends in the middle of a list of names."""
        text = self.lines[number].text.rstrip("0123456789 ")
        return text.endswith((",", "&", "•", "|")) or text.strip(" ,").casefold() in _JOINTS

    def _plain(self, read: dict[int, Byline], headline: int) -> list[tuple[int, tuple[str, ...]]]:
        """The lines of names without a label that have a date, a post or the like at hand."""
        found: list[tuple[int, tuple[str, ...]]] = []
        for number, byline in read.items():
            if byline.labelled or not byline.names or not self._is_author(number, byline, headline):
                continue
            if found and number - found[-1][0] > 3:
                break
            found.append((number, byline.names))
        return found

    def _is_author(self, number: int, byline: Byline, headline: int) -> bool:
        first = byline.names[0]
        if self._are_words(byline.names) or any(map(self._is_subject, byline.names)):
            return False
        if self._is_credit(number + 1) or self._is_menu(number):
            return False
        cased = first != first.upper()
        if not byline.dated and (self._has_small_word(first) or not cased):
            return byline.bare and not self._has_small_word(first) and self._is_by_stamp(number)
        if byline.dated or (byline.posted and number > headline):
            return True
        if self._is_beside_moment(number):
            return True
        under = headline < number <= self.start + 1
        return under and any(map(self._is_told, byline.names))

    def _is_beside_moment(self, number: int) -> bool:
        below = next(
            (
                n
                for n in range(number + 1, len(self.lines))
                if not _is_name_line(self.lines[n].text)
            ),
            number,
        )
        if below - number < 4 and (self._is_moment(below) or self._is_post(below)):
            return True
        return self._is_moment(number - 1)

    def _is_by_stamp(self, number: int) -> bool:
        near = (n for n in (number - 1, number + 1) if 0 <= n < len(self.lines))
        return any(self._stamp(n) is not None for n in near)

    def _is_post(self, number: int) -> bool:
        return (
            number < len(self.lines)
            and not self.lines[number].prose
            and is_role(self.lines[number].text)
        )

    def _is_credit(self, number: int) -> bool:
        return number < len(self.lines) and bool(_CREDIT.match(self.lines[number].text))

    def _is_menu(self, number: int) -> bool:
        """Whether the page's menus hold the same line."""
        own = fold_words(self.lines[number].text)
        above = range(max(0, number - _REACH))
        return any(fold_words(self.lines[n].text) == own for n in above)

    def _are_words(self, names: Sequence[str]) -> bool:
        """Whether the text writes the last word of the first name in lower case elsewhere."""
        words = [word.casefold() for word in names[0].split() if len(word) > 2]
        small = [word in self._small_words for word in words]
        return bool(small) and small[-1]

    def _has_small_word(self, name: str) -> bool:
        """Whether the text writes a word of the name in lower case elsewhere."""
        return any(
            w.casefold() in self._small_words for w in name.split() if len(w) > 2 and w[0].isupper()
        )

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset().union(*(_small(line.text) for line in self.lines))

    def _is_subject(self, name: str) -> bool:
        """Whether the article speaks of the person."""
        return not is_agency(name) and name in self._told

    @cached_property
    def _told(self) -> str:
        return "\n".join(
            line.text for line in self.lines if line.prose and not _starts_bio(line.text)
        )

    def _is_told(self, name: str) -> bool:
        """Whether the page says who the person is, or lists what else he wrote."""
        again = [line.text for line in self.lines if name in line.text and line.text != name]
        about = _TOLD.format(name=regex.escape(name))
        return any(regex.search(about, text) for text in again)

    def _dates(self, headline: int, around: range) -> Iterator[tuple[int, Stamp]]:
        stamps = [
            (number, stamp)
            for number in around
            if self.lines[number].free and number != 0 and (stamp := self._stamp(number))
        ]

        def rank(item: tuple[int, Stamp]) -> tuple[bool, bool, bool, int]:
            number, stamp = item
            return stamp.updated, not stamp.labelled, number < headline, abs(number - headline)

        yield from sorted(stamps, key=rank)


_JOINTS = frozenset(("and", "und", "y", "e", "et", "og", "och", "&", ", and", "i", "и", "та", "ve"))


def _says_enough(text: str) -> bool:
    """Whether a line has more words than a menu entry."""
    return text.count(" ") >= _MENU_WORDS if " " in text or text.isascii() else len(text) > _FEWEST


def _asks(text: str) -> bool:
    """Whether a line that reads as prose can be a headline: one question, or one call."""
    if len(text) > _LONGEST_QUESTION or _BREAK.search(text):
        return False
    return text.rstrip("\"'”’»)]")[-1:] not in (".", "。")


def _is_single(text: str) -> bool:
    """Whether a line is one capitalised word or two, as a first name under a label is."""
    words = text.strip(" ,|•·").split()
    return 0 < len(words) <= 3 and all(word[0].isupper() or not word[0].isascii() for word in words)


def _is_name_line(text: str) -> bool:
    byline = read_byline(text)
    return byline is not None and bool(byline.names) and byline.bare


def _starts_bio(text: str) -> bool:
    return bool(_BIO.match(text))


# "Ada Moore is a reporter", "More by Ada Moore", "About Ada Moore".
_TOLD = (
    rf"{{name}}(?:,.{{{{2,60}}}},)?\s+{_ABOUT}"
    r"|(?i:\b(?:by|from|about|meet|follow|author|von|über|de|par|av|af|door)\s){name}"
)
_BIO = regex.compile(rf"(?:\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*\s+){{2,4}}(?:,.{{2,60}},\s)?{_ABOUT}")


@lru_cache(maxsize=10_000)
def _small(text: str) -> frozenset[str]:
    """The words in lower case."""
    return frozenset(_SMALL.findall(text))


@lru_cache(maxsize=2_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
