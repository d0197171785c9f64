"""Where the head of an article is cut in a text whose lines were put together with spaces.

A capital behind a small letter begins a new line if the text writes that word in lower case, too,
as it does no name; and of words in capitals in a row, as menus are, each begins one, until one is
followed by a small letter. So headlines that write all words with capitals are not found, and
nothing is in scripts without capitals.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.headline import UNSPACED
from boilerstrip.language.names import is_agency
from boilerstrip.language.vocabulary import any_of, lowered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# So far into a text its head reaches, and so much of the text tells of it.
HEAD = 2500
TELLING = 50_000
_LONGEST = 200
# Words put together without white space in the head of a text whose lines are.
_GLUED = 3
_PLAIN = regex.compile(r"[^\W\d_]+|\d+")
# What stands behind a whole headline in a title element, or was put right behind it.
_ENDED = regex.compile(r"\s*(?:[|｜•·»]|\s[-–—:]\s)|(?=[\p{Lu}\d])")
_WORD = regex.compile(r"\S+")
_BARE = regex.compile(r"^[\p{P}\p{S}]+|[\p{P}\p{S}]+$")
_SMALL = regex.compile(r"(?<![\p{L}\p{M}\d'’.@/_-])\p{Ll}[\p{L}\p{M}]*")
# Words with a capital, and whether one without follows.
_NAMES = regex.compile(r"(?:\p{Lu}\S*\s+)+(\p{Ll})?")
# What ties a word to the next; what parts lines.
_TIES = regex.compile(r"[,:;(\[–—/&„“«'‘\"-]$")
_STROKES = ("|", "•", "·", "»", "›", "/", "/", "←", "→", "[ad_1]")
_MOST_NAMED = 20
# Words of a headline of which that can be told.
_FEWEST = 3
_MOST = 16
# Among so many words of a line a capital is likelier a name's than that of another line.
_AMID = 8


@cache
def _date() -> regex.Pattern[str]:
    """A day, perhaps behind a weekday or a label, and no small letter behind it."""
    label = any_of("published", "updated", "updated_on_pages", "published_on_pages")
    weekday = any_of("weekdays")
    return regex.compile(
        rf"""(?ix) (?<!\S) (?: {label} \s?:? \s+ (?:\p{{L}}{{1,3}}\s+)? )?
        (?: {weekday} [.,]* \s+ )?
        (?: \d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}} | \d{{4}}-\d\d-\d\d
        | \d{{1,2}}\.?\s (?:{any_of("of_month")}\s)? \p{{L}}{{3,12}}\.? \s
          (?:{any_of("of_year")}\s)? \d{{4}}
        | \p{{L}}{{3,12}}\.? \s \d{{1,2}}(?:st|nd|rd|th)?, \s \d{{4}} )
        (?: ,? \s+ (?:\p{{L}}{{1,3}}\s)? \d{{1,2}}[:.h]\d\d )? (?: \s {any_of("oclock")} )? """
    )


@cache
def _by() -> regex.Pattern[str]:
    """A label of the authors, and the capital of a full name."""
    label = any_of("by", "written_by", "posted_by", "author_label")
    return regex.compile(rf"(?<!\S)(?i:{label})\s?:?\s+(?=\p{{Lu}}[\p{{L}}'’-]+\s\p{{Lu}}\p{{Ll}})")


@cache
def _glue() -> regex.Pattern[str]:
    by = any_of("by")
    name = r"\s\p{Lu}[\p{L}'’-]+\s\p{Lu}\p{Ll}"
    return regex.compile(rf"(?<=\p{{Ll}}{{2}})(?:(?=\p{{Lu}}{{2}})|(?=(?i:{by}){name}))")


def small_words(text: str) -> frozenset[str]:
    """The words that a text writes in lower case.

    >>> sorted(small_words("The crew of the Ferry"))
    ['crew', 'of', 'the']
    """
    return frozenset(_SMALL.findall(text))


def head_cuts(text: str, first: int, last: int, sure: Collection[int]) -> set[int]:
    """Where lines began in the head of a text that lost its breaks, besides the ``sure`` places.

    ``first`` and ``last`` are where it starts and ends.
    """
    text = text[:TELLING]
    last = min(last, HEAD)
    places = [first, *sorted(at for at in sure if first < at < last), last]
    together = (text[at - 1].islower() and text[at].isupper() for at in places[1:-1])
    if sum(together) >= _GLUED:
        return {at for start, end in pairwise(places) for at in glued(text, start, end)}
    small = small_words(text)
    return {at for start, end in pairwise(places) for at in cuts(text, start, end, small)}


def cuts(text: str, start: int, end: int, small: Collection[str]) -> set[int]:
    """Where the lines in a part of a text began, as far as its capitals, dates and labels tell.

    ``small`` are the words that the text writes in lower case.

    >>> text = "Home Sport Harbour ferry runs aground The crew was saved By Ada Moore 3 May 2024"
    >>> places = [0, *sorted(cuts(text, 0, len(text), {"the", "crew"})), len(text)]
    >>> [text[one:other].strip() for one, other in zip(places, places[1:])][1:5]
    ['Sport', 'Harbour ferry runs aground', 'The crew was saved', 'By Ada Moore']
    """
    held = stamps(text, start, end, small)
    found = {place for span in held for place in span}
    found.update(_capitals(text, start, end, small))
    found = {at for at in found if not any(first < at < last for first, last in held)}
    return {at for at in found if start < at < end}


def stamps(text: str, start: int, end: int, small: Collection[str]) -> list[tuple[int, int]]:
    """The spans of dates, bylines and the names before dates in a part of a text."""
    held = [*_dates(text, start, end)]
    held += [
        (match.start(), _names_end(text, match.end(), end, small))
        for match in _by().finditer(text, start, end)
        if not _is_amid(text, start, match)
    ]
    for first, _ in tuple(held):
        name = _name_before(text, start, first, small)
        if name and not any(one <= name < other for one, other in held):
            held.append((name, first))
    return held


def _dates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of dates that no sentence goes on behind: a byline may."""
    for match in _date().finditer(text, start, end):
        goes_on = text[match.end() : match.end() + 9].lstrip(" ,.")[:1].islower()
        if not goes_on or _by().match(text, match.end()):
            yield match.span()


def glued(text: str, start: int, end: int) -> set[int]:
    """The same, of a text whose lines were put together without spaces, besides small letters.

    >>> text = "Ferry runs aground in the fogby Ada MooreSHARE"
    >>> sorted(glued(text, 0, len(text)))
    [29, 41]
    """
    found = {match.start() for match in _glue().finditer(text, start, end)}
    found.update(place for span in _dates(text, start, end) for place in span)
    return {at for at in found if start < at < end}


def _is_amid(text: str, start: int, by: regex.Match[str]) -> bool:
    """Whether a label in lower case stands amid a sentence: behind such a word, or before one."""
    before = text[max(start, by.start() - _LONGEST) : by.start()].split()[-1:]
    names = _NAMES.match(text, by.end())
    small = bool(before) and before[0][0].islower()
    return by[0][0].islower() and (small or bool(names and names[1]))


def _names_end(text: str, start: int, end: int, small: Collection[str]) -> int:
    """Where the names end that stand behind a label, of two words as a rule.

    A third one is part of a name if the text says all three again, or behind an initial.
    """
    words = list(islice(_WORD.finditer(text, start, end), _MOST_NAMED))
    last, number = start, 0
    while number + 1 < len(words) and _may_name(_BARE.sub("", words[number + 1][0]), small):
        size = 2
        if number + size < len(words) and words[number + 1][0][-1] not in ",;|":
            third = words[number + size]
            said = text.count(text[words[number].start() : third.end()].rstrip(" ,;|")) > 1
            initial = len(_BARE.sub("", words[number + 1][0])) == 1
            size += third[0][:1].isupper() and (said or initial)
        last = words[number + size - 1].end()
        number += size
        if number < len(words) and words[number][0].casefold() in lowered("and"):
            number += 1
        elif words[number - 1][0][-1] != ",":
            break
        if number >= len(words) or not _may_name(_BARE.sub("", words[number][0]), small):
            break
    return last


def _name_before(text: str, start: int, place: int, small: Collection[str]) -> int | None:
    """Where a name of two words begins that stands right before a date; ``None`` without one."""
    words = list(_WORD.finditer(text, max(start, place - 60), place))
    if words and words[-1][0] in lowered("on_day"):
        words.pop()
    if len(words) <= 2:
        return None
    before, *pair = words[-3:]
    if not all(_may_name(_BARE.sub("", word[0]), small) for word in pair):
        return None
    # Of three capitals in a row which begins the name can't be told.
    loose = _may_name(before[0], small) or pair[0][0][-1] in ",;|"
    return None if loose else pair[0].start()


def _may_name(word: str, small: Collection[str]) -> bool:
    letters = word.replace("-", "").replace("’", "").replace("'", "").replace(".", "")
    return word[:1].isupper() and letters.isalpha() and not _is_word(word, small)


def _is_word(word: str, small: Collection[str]) -> bool:
    """Whether a word with a capital is no name: the text writes it in lower case, too."""
    folded = word.casefold()
    return folded in small or folded in lowered("by", "stopwords", "no_name_words", "roles")


def _capitals(text: str, start: int, end: int, small: Collection[str]) -> Iterator[int]:
    """The words with a capital that begin a line."""
    fresh, before = True, ""
    for match in _WORD.finditer(text, start, end):
        word = _BARE.sub("", match[0])
        if match[0] in _STROKES:
            yield from (match.start(), match.end())
            fresh, before = True, ""
            continue
        enclosed = match[0].startswith("(") and match[0].endswith(")")
        begins = (word[:1].isupper() and not enclosed) or (word[:1].isdigit() and fresh)
        tied = (
            not before or _TIES.search(before) or (word == "I" and "I" not in small and not fresh)
        )
        named = fresh or (_is_word(word, small) and word[:1].isupper())
        if begins and not tied and named and text.count(f"{before} {match[0]}") == 1:
            yield match.start()
            fresh = True
        fresh &= not word[:1].islower()
        before = match[0]


def said_again(text: str) -> str | None:
    """The words with which a text begins, as many as it says again; ``None`` if they are few.

    So a page's title element and its headline tell of each other where no breaks part them.

    >>> said_again("Ferry runs aground at night | Post Home Sport Ferry runs aground at night It")
    'Ferry runs aground at night'
    """
    text = text.lstrip()
    end, count = 0, 0
    for match in _PLAIN.finditer(text, 0, _LONGEST):
        if text.find(text[: match.end()], match.end()) < 0:
            break
        end, count = match.end(), count + 1
    # A question mark or a bracket is part of it, if it is said again, too.
    if text[end : end + 1] in "?!)\"'’”»" and text.find(text[: end + 1], end + 1) >= 0:
        end += 1
    whole = count > _FEWEST and end < _LONGEST - 1 and _ENDED.match(text, end)
    return text[:end] if whole else None


def is_line(text: str, start: int, end: int, small: Collection[str]) -> bool:
    """Whether a part of a text that lost its breaks is surely one line of it.

    It is set off without white space on both sides, or it begins behind a capital or a stroke, ends
    before a capital or a date, and holds no capital but of names that the text says again.

    >>> text = "Home Sport Ferry from the isle of Ardal runs aground The crew was in Ardal."
    >>> [is_line(text, *span, {"the"}) for span in ((11, 52), (5, 52), (11, 56))]
    [True, False, False]
    """
    before, behind = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if len(before) == start and len(text) - len(behind) == end:
        return True
    words = [(match[0], _BARE.sub("", match[0])) for match in _WORD.finditer(text, start, end)]
    if not _FEWEST <= len(words) <= _MOST or UNSPACED.search(text, start, end):
        return False
    if behind[:1].islower() or (before and len(before) < start and _goes_on(before, small)):
        return False
    for number, ((last, _), (word, bare)) in enumerate(pairwise(words), 1):
        loose = bare[:1].isupper() and not _TIES.search(last) and bare != "I"
        amid = _FEWEST <= number <= _AMID or not last[:1].islower()
        if word in _STROKES or (loose and (_is_word(bare, small) or text.count(bare) == 1)):
            return False
        if loose and not amid:
            return False
    return True


def is_whole_name(text: str, name: str, small: Collection[str]) -> bool:
    """Whether no capital beside a name, in a text that lost its breaks, may be part of it.

    >>> text = "Photos By Ada Moore The crew was saved"
    >>> is_whole_name(text, "Ada Moore", {"the", "by"}), is_whole_name(text, "Ada", {"the", "by"})
    (True, False)
    """
    if name.isascii() and " " not in name and not is_agency(name):
        return False
    start = text.find(name)
    before, behind = text[:start].split()[-1:], text[start + len(name) :]
    if start < 0 or (behind[:1].isspace() and _may_go_on(behind.split()[:1], small)):
        return False
    return not text[start - 1 : start].isspace() or not _may_go_on(before, small)


def _may_go_on(words: Sequence[str], small: Collection[str]) -> bool:
    """Whether a word beside a name may be part of it."""
    word = words[0].rstrip(",") if words else ""
    return word.isalpha() and word[:1].isupper() and not _is_word(word, small)


def _goes_on(before: str, small: Collection[str]) -> bool:
    """Whether the last word before a line may begin it: it is no name, and no sentence's end."""
    word = before.rsplit(None, 1)[-1]
    return (
        word[-1].isalpha()
        and not word.isupper()
        and (word[0].islower() or word.casefold() in small)
    )
