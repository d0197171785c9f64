"""The bios at the foot of a text, by the name that opens them and stands at its head, too.

A story hardly speaks of its author, least of all below its end; so a line there that begins with
the author's name and goes on is a bio in any language. One whose name opens more lines is somebody
whom the story is about. It fails where a story ends with a word on its author as a part in it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.author_box import LONGEST, bio_menu, label_start
from boilerstrip.language.dates import parse_date
from boilerstrip.language.fold import fold_case, fold_lines, fold_variants
from boilerstrip.language.names import CAPITALISED
from boilerstrip.language.vocabulary import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.fields.head import HeadLine

_FEW = 3  # authors whose bios are looked for
_EDGES = "#*_>•→- \t\"'("
_NAME_EDGES = "*_ :."
_MOST_OPENED = 2
_MOST_BELOW = 1  # lines of prose that may follow a bio: a note, a comment
_NO_BIO = frozenset({"byline", "date", "title", "media", "comment"})
_FEWEST_SPACES, _FEWEST_LETTERS = 3, 8
_SHORTEST = 25
_LONGEST_LABEL = 20
_LONGEST_HEAD, _HEAD_PIECES = 120, 12
# A page that has more lines above its story has menus, which hold all kinds of names.
_LAST_HEAD = 25
_MENU = 80  # characters in which a menu's words would stand
_END = regex.compile(r"(?<!\.\.)[.!?。！？।۔][\"'”»)_*]*$")
# What follows a name: a mark or a small letter, and no list, label or genitive.
_ON = regex.compile(r"\s?[,(，、-]|\s(?=[\p{Ll}\p{Lo}])|(?=\p{Lo})")
_APART = regex.compile(r"\s?[,(，、-]|\s(?=[\p{Ll}\p{Lo}])")
# What a bio by a name that no byline says may be taken for.
_BESIDE_BIO = frozenset({None, "author_bio", "comment_widget", "related", "other", "paywall"})
_BETWEEN = regex.compile(r"\s*[|·•,/:：，、()\[\]]\s*|\s-\s|\s{2,}")
_NO_CASE = regex.compile(r"\p{Lo}[\p{Lo}\p{M}]{1,11}(?:\s\p{Lo}[\p{Lo}\p{M}]+){0,3}")
_WRITTEN = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}\p{Thai}]")
_WRITTEN_NAME = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}\p{Hangul}]{3,8}")
_NO_NAME = frozenset({"title", "media", "navigation"})
_FEWEST_PLAIN = 6  # letters of a name of a script that has no capitals and parts its words


def bios_at_foot(
    pieces: Sequence[HeadLine],
    authors: Sequence[str],
    titles: Iterable[str] = (),
    outlet: str = "",
) -> Iterator[str]:
    """What stands below the story and begins with the name of an author, or is under it.

    >>> from boilerstrip.fields.head import HeadLine
    >>> bio = "Ada Moore, redaktør, dækker havnen og byen."
    >>> lines = [HeadLine(text, text != "Ada Moore", True) for text in ("Regnen faldt.", bio)]
    >>> list(bios_at_foot(lines, ["Ada Moore"])) == [bio], list(bios_at_foot(lines, ["Bo Lind"]))
    (True, [])
    """
    story = [number for number, piece in enumerate(pieces) if piece.prose and piece.role is None]
    if not story:
        return
    texts = [text.lstrip(_EDGES) for text in fold_lines(piece.text for piece in pieces)]
    end = story[-1 - _MOST_BELOW] if len(story) > _MOST_BELOW else 0
    below = range(max(story[0] + 1, end), len(pieces))
    foot = [number for number in below if _may_tell(pieces[number])]
    own = fold_case(fold_variants(outlet))
    names = [fold_variants(author) for author in authors[:_FEW]]
    names = [name for name in names if fold_case(name) not in own]
    found = {number for name in names if (number := _opened(texts, foot, name)) is not None}
    found |= {number for name in names if (number := _under(texts, foot, name, pieces)) is not None}
    above = [] if found or story[0] > _LAST_HEAD else list(_names_above(pieces, story[0]))
    if above:
        said = fold_case(" ".join(map(fold_variants, (*titles, outlet))))
        others = [name for name in above if fold_case(name) not in said]
        plain = [number for number in foot if pieces[number].role in _BESIDE_BIO]
        found |= {n for name in others if (n := _opened(texts, plain, name, _APART)) is not None}
    if not found:
        found |= {number for number in foot if _speaks_of_author(texts[number], pieces[number])}
    for number in sorted(found)[:_FEW]:
        yield _unmarked(_with_rest(pieces, number))


def _may_tell(piece: HeadLine) -> bool:
    return piece.role not in _NO_BIO and _SHORTEST // 2 <= len(piece.text) <= LONGEST


def _opened(
    texts: Sequence[str], foot: Sequence[int], name: str, on: regex.Pattern[str] = _ON
) -> int | None:
    """The last line of the foot that begins with the name, if few do in all the text."""
    below = [number for number in foot if _rest(texts[number], name, on)]
    opened = sum(text.startswith(name) and _END.search(text) is not None for text in texts)
    return below[-1] if below and opened <= _MOST_OPENED else None


def _rest(text: str, name: str, on: regex.Pattern[str]) -> str:
    """What a line that begins with the name goes on with about the person; else nothing."""
    text = label_start().sub("", text)
    rest = text[len(name) :] if text.startswith(name) else ""
    if _END.search(rest) is None and parse_date(rest[-_MENU:]):
        return ""  # a byline with its date
    if not on.match(rest) or name in rest or bio_menu().search(rest[:_MENU]):
        return ""
    if _story().match(rest) or (rest.isascii() and not _told_small().search(rest)):
        return ""
    letters = sum(map(str.isalpha, rest))
    long = letters >= _FEWEST_LETTERS and _WRITTEN.search(rest) is not None
    return rest if long or rest.count(" ") >= _FEWEST_SPACES else ""


@cache
def _story() -> regex.Pattern[str]:
    """What a story says of a person behind his name."""
    return regex.compile(rf"\s?{any_of('story_verbs')}(?!\p{{L}})")


@cache
def _told_small() -> regex.Pattern[str]:
    """A word in small letters, which a list of names has not."""
    return regex.compile(rf"(?<![\w'])(?!(?:{any_of('and', 'with')})\b)\p{{Ll}}{{2,}}")


def _under(
    texts: Sequence[str], foot: Sequence[int], name: str, pieces: Sequence[HeadLine]
) -> int | None:
    """The sentence of the foot right under a line that is nothing but the name."""
    for number in foot:
        above = texts[number - 1]
        before, found, behind = above.partition(name)
        only = found and not behind.strip(_NAME_EDGES) and len(before) <= _LONGEST_LABEL
        plain = pieces[number].role in _BESIDE_BIO - {"related"} | {"source_footer"}
        if only and plain and _is_sentence(pieces[number].text):
            return number
    return None


def _is_sentence(text: str) -> bool:
    return (
        len(text) >= _SHORTEST and bool(_END.search(text)) and not bio_menu().search(text[:_MENU])
    )


def _names_above(pieces: Sequence[HeadLine], prose: int) -> Iterator[str]:
    """What may be an author's name in the short lines above the story and below its first."""
    for piece in pieces[max(0, prose - _HEAD_PIECES) : prose + 3]:
        if piece.prose or piece.role in _NO_NAME or len(piece.text) > _LONGEST_HEAD:
            continue
        text = fold_variants(piece.text)
        for match in _capitals().finditer(text):
            words = match[0].split()
            yield from (" ".join(words[first:]) for first in range(len(words) - 1))
        for part in _BETWEEN.split(text):
            if _NO_CASE.fullmatch(part) and (len(part) >= _FEWEST_PLAIN or _WRITTEN.search(part)):
                yield part
            yield from (word for word in part.split() if _WRITTEN_NAME.fullmatch(word))


@cache
def _capitals() -> regex.Pattern[str]:
    small = any_of("name_particles")
    return regex.compile(rf"{CAPITALISED}(?:\s(?:(?:{small})\s)?{CAPITALISED}){{1,4}}")


def _speaks_of_author(text: str, piece: HeadLine) -> bool:
    """Whether a line of the foot begins "The writer is"."""
    return bool(_subject().match(text)) and _is_sentence(piece.text)


@cache
def _subject() -> regex.Pattern[str]:
    return regex.compile(rf"(?i){any_of('bio_subjects')}(?!\p{{Latin}})")


def _with_rest(pieces: Sequence[HeadLine], number: int) -> str:
    """The line, with the pieces behind it that go on about the same person."""
    text = pieces[number].text
    for piece in pieces[number + 1 : number + 4]:
        if piece.role != pieces[number].role or not _goes_on().match(piece.text):
            break
        text = f"{text} {piece.text}"
    return text


@cache
def _goes_on() -> regex.Pattern[str]:
    return regex.compile(rf"(?i){any_of('pronouns')}\s")


def _unmarked(text: str) -> str:
    """The text without the marks of Markdown, the brackets and the label around it."""
    return label_start().sub("", text.strip("_*> ()→"))
