"""Bylines in raw text: the names in a line that says who wrote the article, and little else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.fields.stamp import cut_moment, is_moment
from boilerstrip.language.dates import is_month
from boilerstrip.language.names import clean_author, is_agency, is_role, looks_like_name
from boilerstrip.language.vocabulary import any_of, choice, lowered, unspaced, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of names without spaces and capitals, the ones in Chinese characters can be told by their length.
_EAST_ASIAN = regex.compile(r"(?=.{3,6}$)\p{Han}{1,3}[\s　]?\p{Han}{1,3}")
_CREDENTIAL = regex.compile(r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:-[A-Z]+)?\.?")
_EDGE = " \t,.:;|•·*_-–—/&+()[]@"
# The number of a footnote on a name in a list.
_NOTE = regex.compile(r"\s\d(?=\W*$)")
_MAIL = regex.compile(r"\S+@\S+|https?://\S+|\(.{0,60}?\)|\[.{0,60}?\]")
_LONGEST = 160
_WORDS = (2, 5)


@cache
def _by() -> str:
    """The pattern of what stands before the names of who wrote a text.

    "Written by" and the like may tell of two deeds: "written and photographed by".
    """
    deeds = [word.rpartition(" ") for word in words_for("written_by", "posted_by")]
    done, by = choice(deed for deed, _, _ in deeds), choice(by for _, _, by in deeds)
    twice = rf"{done} (?: \s (?: {any_of('and')} | & ) \s \p{{L}}+ )? \s {by}"
    return rf"(?: {twice} | {any_of('by', 'author_label', 'author_noun')} )"


@cache
def _label() -> regex.Pattern[str]:
    joined = any_of("label_joined")
    return regex.compile(rf"(?ix) (?: {_by()} \s* (?: [:：|] \s* | \s | $ ) | {joined} \s* )")


@cache
def _by_inside() -> regex.Pattern[str]:
    """What stands before the names behind a date: "3 May 2024 by Ada Moore"."""
    return regex.compile(rf"(?ix) (?<=\s) {_by()} \s* (?: [:：|] \s* | \s )")


@cache
def _dated() -> regex.Pattern[str]:
    """A day, a time, or a label of one."""
    ordinal = rf"(?:{any_of('ordinals')}|\.)?\s(?:{any_of('of_month')}\s)?"
    return regex.compile(
        rf"""(?x) \b(?!0:)\d{{1,2}}[:h]\d\d\b | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
        | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}} | \d{{1,2}}{ordinal}(?P<month>\p{{L}}{{3,}})
        | (?P<month>\p{{L}}{{3,}})\.?\s\d{{1,2}}\b | [年月日]
        | (?i: {any_of("published", "updated")} )\W*$"""
    )


@cache
def _after() -> regex.Pattern[str]:
    """What stands before the names behind a date: all up to the date's end."""
    clock = rf"(?:\s?(?:[ap]\.?m\.?|{any_of('oclock')}\b))?(?:\s?\(?[A-Z]{{3,4}}\b\)?)?"
    return regex.compile(rf"(?i)^.*\d{clock}")


@cache
def _others() -> regex.Pattern[str]:
    """Who did something else than write: the names that follow are not the authors'."""
    how, by = any_of("other_deeds_how"), any_of("by")
    return regex.compile(
        rf"""(?ix) (?: {how}? [-\s]* {any_of("other_deeds")} \s (?: & \s \w+ \s )? {by}
        | {any_of("pictures")} \w* \s* (?: : | {any_of("picture_by")} | {by} \b )
        | {any_of("other_label")} ) \b"""
    )


@cache
def _between() -> regex.Pattern[str]:
    joint = any_of("and", "with")
    return regex.compile(
        rf"""(?x) \s* (?: ,\s(?:{joint}|&)\s | [|•·‧;/、，] | ,(?=\s|\p{{L}}|$)
        | \s[-–—]\s | \t | \s(?:{joint}|&)\s | & ) \s*"""
    )


@cache
def _name() -> regex.Pattern[str]:
    word = r"\p{Lu}[\p{L}\p{M}.'’-]*"
    return regex.compile(
        rf"(?:(?:Dr|Prof|Sir|Dame)\.?\s)?{word}(?:\s(?:{any_of('name_particles')}|{word})){{0,4}}"
    )


@cache
def _reporter() -> regex.Pattern[str]:
    """A name with the post behind it, in the scripts that don't part words."""
    post, others = unspaced("post_behind"), any_of("others_before_number")
    return regex.compile(
        rf"(?<name>[\p{{Han}}\p{{Hangul}}\s　]{{2,9}}?)\s?{post}(?:\s?{others}.{{1,4}})?"
    )


@cache
def _where() -> regex.Pattern[str]:
    """Where the writer is, or for whom he writes: "By Ada Moore for the Harbour Post"."""
    return regex.compile(rf"\s(?i:{any_of('place_of_name')})\s.+")


@cache
def _button() -> regex.Pattern[str]:
    """The button beside a name."""
    return regex.compile(rf"(?i)\s\+?\s?{any_of('follow')}$")


class Byline(NamedTuple):
    """The names in a line, and what speaks for them: a label, a date or a post on the line.

    ``bare`` says that the line holds nothing but names. Without names it is a label alone.
    """

    names: tuple[str, ...]
    labelled: bool
    dated: bool
    posted: bool
    bare: bool


def read_byline(line: str) -> Byline | None:
    """What a line says about who wrote the article; ``None`` if it says other things.

    >>> read_byline("By Ada Moore and Bo Lind | 3 May 2024").names
    ('Ada Moore', 'Bo Lind')
    >>> read_byline("Ada Moore, Reporter").posted, read_byline("Written by").names
    (True, ())
    >>> read_byline("Reviewed by Ada Moore"), read_byline("By the sea in winter")
    (None, None)
    """
    if not line or len(line) > _LONGEST or _others().match(line):
        return None
    label = _label().match(line)
    rest = line[label.end() :] if label else line
    cut = cut_moment(rest)
    if cut is not None and not is_moment(rest[cut:]) and not _is_dated(rest[cut:]):
        cut = None
    dated = cut is not None
    before = _NOTE.sub("", _MAIL.sub(" ", rest[:cut]).strip(_EDGE)).strip(_EDGE)
    if not before and label is None and dated:
        label = _by_inside().search(rest)
        after = label or (None if is_moment(rest) else _after().search(rest))
        before = rest[after.end() :] if after else ""
        before = before[: cut_moment(before)].strip(_EDGE) if label else before.strip(_EDGE)
    rest = _where().sub("", before) if label else before
    if not rest:
        return Byline((), True, dated, False, False) if label and not dated else None
    found = _read_names(rest, label=label is not None, dated=dated)
    if found and label and label[0].strip().casefold() in lowered("author_noun"):
        name = found.names[0]
        return found if " " in name or is_agency(name) else None
    return found


def _is_dated(text: str) -> bool:
    matches = _dated().finditer(text)
    return any(not match["month"] or is_month(match["month"]) for match in matches)


def _read_names(text: str, *, label: bool, dated: bool) -> Byline | None:
    names: list[str] = []
    posted = False
    strange = 0
    for joint, piece in _pieces(text):
        name, post = _split_post(_undouble(_button().sub("", piece.strip(_EDGE))))
        posted |= bool(post)
        if not name:
            continue
        first = label and not names and " " not in name and _name().fullmatch(name)
        if is_agency(name) and names and not joint:
            posted = True
        elif is_name(name) or first or (is_agency(name) and (label or names or dated)):
            names.append(name)
        elif is_role(name) or (names and _CREDENTIAL.fullmatch(name)):
            posted = True
        else:
            strange += 1
    if not names or (strange and not (label and is_name(names[0]))):
        return None
    cleaned = tuple(dict.fromkeys(n for name in names if (n := clean_author(name))))
    if not label:
        cleaned = tuple(name for name in cleaned if is_name(name) or is_agency(name))
    bare = not (label or dated or posted)
    return Byline(cleaned, label, dated, posted, bare) if cleaned else None


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a byline, and whether a word like "and" joins each to the one before."""
    end, joint = 0, False
    for match in _between().finditer(text):
        yield joint, text[end : match.start()]
        end, joint = match.end(), any(map(str.isalpha, match[0])) or "&" in match[0]
    yield joint, text[end:]


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's full name.

    >>> is_name("Ada van den Berg"), is_name("Ada"), is_name("松岡大地"), is_name("and Ada Moore")
    (True, False, True, False)
    """
    if _EAST_ASIAN.fullmatch(text):
        return True
    words = text.split()
    if not (_WORDS[0] <= len(words) <= _WORDS[1] and _name().fullmatch(text)):
        return False
    if words[0].casefold() in lowered("stopwords") or len(words[-1]) == 1:
        return False
    return looks_like_name(text) and not is_role(text) and any(len(word) > 2 for word in words)


def _split_post(piece: str) -> tuple[str, str]:
    """A name and the post behind it: "Ada Moore Reporter"."""
    if match := _reporter().fullmatch(piece):
        return match["name"].split()[-1], "reporter"
    words = piece.split()
    for size in range(len(words) - 1, 1, -1):
        name, post = " ".join(words[:size]), " ".join(words[size:])
        if is_agency(post) and is_name(name):
            return name, post
        plain = not is_role(words[size - 1]) and words[size - 1].casefold() not in lowered("desks")
        if plain and is_role(post) and is_name(name):
            return name, post
    return piece, ""


def _undouble(text: str) -> str:
    """A name that is printed twice, once.

    >>> _undouble("Ada Moore Ada Moore"), _undouble("Ada Moore")
    ('Ada Moore', 'Ada Moore')
    """
    words = text.split()
    half = len(words) // 2
    doubled = len(words) % 2 == 0 and half > 1 and words[:half] == words[half:]
    return " ".join(words[:half]) if doubled else text
