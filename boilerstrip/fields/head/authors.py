"""Who wrote the article: the lines near a headline that name the authors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.byline import is_name, names_others, read_byline, uncased_writer
from boilerstrip.fields.head.lines import about
from boilerstrip.language.names import is_agency, is_role, places_of
from boilerstrip.language.prose import fold_words
from boilerstrip.language.vocabulary import any_of, choice, lowered, spaced, words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boilerstrip.fields.byline import Byline
    from boilerstrip.fields.head.lines import Lines

    Named = tuple[int, tuple[str, ...]]

# So far above the prose a byline is looked for, and the same line among the menus.
_ABOVE_PROSE = 12
_REACH = 45
# So close under the headline a name needs no more.
_UNDER = 6
# Words and characters of a full name in a script without capitals, at most.
_FULLEST = 4
# Scripts in which names have other shapes and stand beside posts.
_OWN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Khmer}\p{Lao}]")
_LONGEST = 30
# Such a share of the prose, at most, stands behind a signature: it is none of the story.
_REST = 0.25
# A line that begins with a name is no bio among so many lines of the story.
_FIRST = 3
_EDGES = " \t,.:;|•·-–—/"
# How a name is set off at a story's end.
_SEAL = regex.compile(r"\s*[—–―-]{1,2}\s*(?=\p{Lu})")
_NOTE = regex.compile(r"(?<!\d)\d{1,2}\s*$")


@cache
def _signed() -> regex.Pattern[str]:
    """Labels that say more than "by", which stands before the names in lists of articles, too."""
    label = spaced("written_by", "author_label", "author_noun")
    whole = choice(word for word in words_for("author_label") if len(word) > 1)
    return regex.compile(rf"(?i)(?:(?:{label}|{any_of('about_author')})\b|{whole}(?!\p{{Latin}}))")


@cache
def _credit() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?:{any_of('credits')}|©|\(c\)|{any_of('picture_agencies')})")


@cache
def _joining() -> regex.Pattern[str]:
    """What joins a line of names to the one above."""
    return regex.compile(rf"(?i:{any_of('and')}|&)\s+(?=\p{{Lu}})")


@cache
def _told_behind() -> regex.Pattern[str]:
    """What a page says of somebody behind the name: "Ada Moore is a reporter"."""
    return regex.compile(rf"(?:,.{{2,60}},)?\s+{about()}")


@cache
def _told_before() -> regex.Pattern[str]:
    """What it says before the name: "More by Ada Moore", "About Ada Moore"."""
    return regex.compile(rf"(?i)\b{any_of('told_of')}\s\Z")


def names_nobody(lines: Lines) -> bool:
    """Whether a text begins with its story, and no line of it can name the authors.

    Where it does, ``AuthorSearch`` finds none, whatever the headline is.
    """
    if lines.start:
        return False
    return not any(
        _SEAL.match(lines[number].text) or (not lines[number].prose and lines.byline(number))
        for number in range(len(lines))
    )


class AuthorSearch:
    """Looks for the authors of the article under a headline.

    ``is_title`` says of a line's number whether the line is the headline or says it again.
    """

    def __init__(self, lines: Lines, headline: int, is_title: Callable[[int], bool]) -> None:
        self._lines = lines
        self._headline = headline
        self._is_title = is_title

    def find(self, around: range, prose: range) -> tuple[str, tuple[Named, ...]]:
        """What the authors are known by, and the lines that name them, with the names.

        They are looked for below the headline, then above it, then where the prose starts; last,
        a name alone under the headline counts, and a line that says who wrote the article.
        """
        # Under a title element that is printed nowhere come the page's menus.
        read = self._read(around if self._headline else range(0))
        below = {number: byline for number, byline in read.items() if number > self._headline}
        above = {number: byline for number, byline in read.items() if number < self._headline}
        near = range(max(self._headline + 1, prose.start - _ABOVE_PROSE), prose.stop)
        source = "text:byline"
        found = self._said(below) or self._said(above) or self._said(self._read(near))
        if not found:
            source, found = "text:name", self._alone(below)
        if not found:
            found = self._echoed(below) or self._uncased()
        if not found:
            source, found = "text:signature", self._signed() or self._sealed()
        return source, tuple((number, self._people(names)) for number, names in found)

    def _read(self, numbers: range) -> dict[int, Byline]:
        return {n: byline for n in numbers if (byline := self._byline(n)) is not None}

    def _said(self, read: dict[int, Byline]) -> list[Named]:
        return self._labelled(read) or self._plain(read)

    def _alone(self, read: dict[int, Byline]) -> list[Named]:
        """The one line close under the headline that is a name, and of nobody in the article."""
        found = [
            (number, byline.names)
            for number, byline in read.items()
            if byline.bare and self._is_under(number) and not self._has_small_words(byline)
        ]
        if len(found) != 1:
            return []
        number, names = found[0]
        told = self._lines.told + self._lines[self._headline].text
        parts = [word for name in names for word in name.split() if len(word) > 2]
        mentioned = names[0].isupper() or any(word in told for word in parts)
        return [] if mentioned or self._is_menu(number) else found

    def _echoed(self, read: dict[int, Byline]) -> list[Named]:
        """The line of a name under the headline that ends the story once more, as a signature."""
        for number, byline in read.items():
            if not byline.names or not number < self._lines.start or byline.labelled:
                continue
            spoken = any(map(self._is_subject, byline.names))
            if self._signs_off(number) and not spoken:
                return [(number, byline.names)]
        return []

    def _uncased(self) -> list[Named]:
        """The line between headline and prose that may be a name in a script without capitals.

        It stands beside the date, or ends the story once more, and is of nobody in the article.
        """
        lines = self._lines
        for number in range(self._headline + 1, min(self._headline + _UNDER, lines.start)):
            name = _uncased_name(lines[number].text.strip(_EDGES))
            if name is None or not lines.is_own(number, self._headline):
                continue
            dated = lines.is_moment(number + 1) or lines.is_moment(number - 1)
            signed = self._signs_off(number)
            other = name in lines[self._headline].text or self._is_spoken_of(name, number)
            once = lines.counts[lines.folded[number]] == 1
            if ((dated and once) or signed) and not other:
                return [(number, (name,))]
        return []

    def _is_spoken_of(self, name: str, number: int) -> bool:
        """Whether another line has the name amid its words, and is no bio below the story."""
        near = self._lines.start + _FIRST
        return any(
            name in text and text.strip(_EDGES) != name and other != number
            for other, text in enumerate(self._lines.texts())
            if not (text.startswith(name) and other >= near)
        )

    def _signs_off(self, number: int) -> bool:
        """Whether one line below the start of the prose is the same, as a signature is."""
        lines = self._lines
        same = [n for n, folded in enumerate(lines.folded) if folded == lines.folded[number]]
        if len(same) != len(("above", "below")) or same[0] != number or same[1] <= lines.start:
            return False
        story = [n for n in range(lines.start, len(lines)) if lines[n].prose and lines[n].free]
        after = sum(n > same[1] for n in story)
        # A heading has the prose that it heads right below.
        alone = same[1] - 1 in story and same[1] + 1 not in story
        return alone and after < _FIRST and after < _REST * len(story)

    def _sealed(self) -> list[Named]:
        """The one line behind a dash that ends the story with a name: "— Ada Moore, Editor"."""
        lines = self._lines
        found = [n for n in range(lines.start, len(lines)) if _SEAL.match(lines[n].text)]
        if len(found) != 1 or not lines[found[0]].free or not lines[found[0] - 1].prose:
            return []
        number = found[0]
        later = any(lines[n].prose and lines[n].free for n in range(number + 1, len(lines)))
        byline = read_byline(_SEAL.sub("", lines[number].text))
        if later or byline is None or not byline.posted or not is_name(byline.names[0]):
            return []
        return [(number, byline.names)]

    def _is_under(self, number: int) -> bool:
        """Whether a line close under the headline, or under a picture there, is no caption."""
        lines = self._lines
        once = lines.counts[lines.folded[number]] == 1
        close = number <= lines.start + 1 or (once and self._is_credit(number - 1))
        if not close or number > self._headline + _UNDER or self._is_credit(number + 1):
            return False
        return not names_others(lines[number - 1].text)

    def _has_small_words(self, byline: Byline) -> bool:
        return any(map(self._has_small_word, byline.names))

    def _signed(self) -> list[Named]:
        """The line below the start of the prose that says who wrote this, if none says other."""
        found = {
            byline.names: number
            for number in range(self._lines.start, len(self._lines))
            if (byline := self._signature(number)) is not None
        }
        return [(number, names) for names, number in found.items()] if len(found) == 1 else []

    def _signature(self, number: int) -> Byline | None:
        line = self._lines[number]
        if line.prose or line.role == "comment":
            return None
        byline = self._lines.byline(number) if self._may_sign(number) else None
        if byline is None or not byline.names or self._lines.are_all_words(byline.names[0]):
            return None
        return byline

    def _may_sign(self, number: int) -> bool:
        """Whether a line says that it is of the authors, or has a post and a date."""
        if _signed().match(self._lines[number].text):
            return True
        byline = self._lines.byline(number) if self._lines.is_own(number, self._headline) else None
        return byline is not None and byline.posted and byline.dated and not byline.labelled

    def _people(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names without the posts, places and outlets among them."""
        first, *others = names or ("",)
        titled = self._lines[0].text.casefold()
        people = (n for n in others if not self._has_small_word(n) and n.casefold() not in titled)
        return tuple(filter(None, (first, *people)))

    def _byline(self, number: int) -> Byline | None:
        line = self._lines[number]
        if (
            line.prose
            or not self._lines.is_own(number, self._headline)
            or number == 0
            or self._is_title(number)
        ):
            return None
        return self._lines.byline(number)

    def _labelled(self, read: dict[int, Byline]) -> list[Named]:
        """The first line with a label, or the names under a label that stands alone."""
        for number, byline in read.items():
            if byline.labelled and byline.names:
                if self._lines.are_all_words(byline.names[0]):
                    continue
                return [(number, byline.names), *self._more(read, number + 1, strict=True)]
            if byline.labelled and (found := list(self._more(read, number + 1, strict=False))):
                return [(number, ()), *found]
        return []

    def _more(self, read: dict[int, Byline], first: int, *, strict: bool) -> Iterator[Named]:
        """The lines of names that follow each other from ``first`` on.

        With ``strict``, only where the line before ends in the middle of a list.
        """
        number = first
        posted = False
        while number < len(self._lines):
            text = self._lines[number].text
            byline = read.get(number) or self._read_on(number)
            listed = self._lists(number - 1) or bool(_joining().match(text))
            if byline and byline.names and byline.labelled and not strict and number == first:
                yield number, byline.names
                strict = True
            elif byline and byline.names and not byline.labelled:
                following = posted and not self._lines.are_words(byline.names)
                if strict and not (byline.bare and listed) and not following:
                    return
                yield number, byline.names
                posted, strict = posted or byline.posted, True
            elif is_agency(text.strip(" ,")) and (listed or not strict):
                yield number, (text.strip(" ,"),)
                strict = True
            elif not strict and number == first and _is_single(text):
                yield number, (text.strip(" ,|•·"),)
                strict = True
            elif any(map(str.isalpha, text)) and not _is_joint(text.strip(" ,")):
                return
            number += 1

    def _read_on(self, number: int) -> Byline | None:
        """What a line says that goes on with a list of names: "AND BO LIND"."""
        joint = _joining().match(self._lines[number].text)
        return read_byline(self._lines[number].text[joint.end() :]) if joint else None

    def _lists(self, number: int) -> bool:
        """Whether a line ends in the middle of a list of names."""
        text = _NOTE.sub("", self._lines[number].text)
        return text.endswith((",", "&", "•", "|")) or _is_joint(text.strip(" ,"))

    def _plain(self, read: dict[int, Byline]) -> list[Named]:
        """The lines of names without a label that have a date, a post or the like at hand."""
        found: list[Named] = []
        for number, byline in read.items():
            if byline.labelled or not byline.names or not self._is_author(number, byline):
                continue
            if found and (
                number - found[-1][0] > 3 or self._is_dated_between(found[-1][0], number)
            ):
                break
            found.append((number, byline.names))
            if byline.dated:
                break
        return found

    def _is_dated_between(self, first: int, last: int) -> bool:
        """Whether a line says when between two lines of names: none lists authors any more."""
        return any(map(self._lines.is_moment, range(first + 1, last)))

    def _is_author(self, number: int, byline: Byline) -> bool:
        first = byline.names[0]
        if self._lines.are_words(byline.names) or self._is_credit(number + 1):
            return False
        if self._is_menu(number) or names_others(self._lines[number - 1].text):
            return False
        if not self._is_post(number + 1) and any(map(self._is_subject, byline.names)):
            return False
        cased = first != first.upper() or (byline.posted and first == first.lower())
        if not byline.dated and (self._has_small_word(first) or not cased):
            return byline.bare and not self._has_small_word(first) and self._is_by_stamp(number)
        if byline.dated or (byline.posted and number > self._headline):
            return cased or self._lines.stamp(number) is not None
        if self._is_beside_moment(number):
            return True
        under = self._headline < number <= self._lines.start + 1
        return under and any(map(self._is_told, byline.names))

    def _is_beside_moment(self, number: int) -> bool:
        below = next(
            (n for n in range(number + 1, len(self._lines)) if not self._is_name_line(n)),
            number,
        )
        if below - number < 4 and (self._lines.is_moment(below) or self._is_post(below)):
            return True
        return self._lines.is_moment(number - 1)

    def _is_name_line(self, number: int) -> bool:
        byline = self._lines.byline(number)
        return byline is not None and bool(byline.names) and byline.bare

    def _is_by_stamp(self, number: int) -> bool:
        near = (n for n in (number - 1, number + 1) if 0 <= n < len(self._lines))
        return any(self._lines.stamp(n) is not None for n in near)

    def _is_post(self, number: int) -> bool:
        return (
            number < len(self._lines)
            and not self._lines[number].prose
            and is_role(self._lines[number].text)
        )

    def _is_credit(self, number: int) -> bool:
        return number < len(self._lines) and bool(_credit().match(self._lines[number].text))

    def _is_menu(self, number: int) -> bool:
        """Whether the page's menus hold the same line."""
        own = fold_words(self._lines[number].text)
        above = range(max(0, number - _REACH))
        return any(fold_words(self._lines[n].text) == own for n in above)

    def _has_small_word(self, name: str) -> bool:
        """Whether the text writes a word of the name in lower case elsewhere.

        A given name may be a word, too.
        """
        first, *others = name.casefold().split()
        words = others if others and first in lowered("given_names") else [first, *others]
        return any(
            self._lines.says_small(folded)
            for folded, word in zip(reversed(words), reversed(name.split()), strict=False)
            if len(word) > 2 and word[0].isupper()
        )

    def _is_subject(self, name: str) -> bool:
        """Whether the article speaks of the person."""
        return not is_agency(name) and name in self._lines.told

    def _is_told(self, name: str) -> bool:
        """Whether the page says who the person is, or lists what else he wrote."""
        again = [text for text in self._lines.texts() if name in text and text != name]
        return any(
            _told_behind().match(text, at + len(name)) or _told_before().search(text, 0, at)
            for text in again
            for at in places_of(name, text)
        )


def _uncased_name(text: str) -> str | None:
    """The full name that a line in a script without capitals may be.

    >>> _uncased_name("سلمى العبادي"), _uncased_name("Ada Moore"), _uncased_name("رياضة")
    ('سلمى العبادي', None, None)
    """
    if len(text) > _LONGEST or _OWN.search(text) or text in lowered("no_names"):
        return None
    name = uncased_writer(text)
    return name if name and 1 < len(name.split()) <= _FULLEST else None


def _is_joint(text: str) -> bool:
    return text == "&" or text.casefold() in lowered("and")


def _is_single(text: str) -> bool:
    """Whether a line is one capitalised word or two, as a first name under a label is."""
    words = text.strip(" ,|•·").split()
    return 0 < len(words) <= 3 and all(word[0].isupper() or not word[0].isascii() for word in words)
