"""Bylines in raw text: the names in a line that says who wrote the article, and little else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from boilerstrip.fields.stamp import cut_moment, is_moment
from boilerstrip.language.dates import is_month
from boilerstrip.language.names import (
    CAPITALISED,
    clean_author,
    is_agency,
    is_person,
    is_role,
    looks_like_name,
)
from boilerstrip.language.vocabulary import any_of, choice, holds_any, lowered, unspaced, words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Of names without spaces and capitals, the ones in Chinese characters can be told by their length.
_EAST_ASIAN = regex.compile(r"(?=.{3,6}$)\p{Han}{1,3}[\s　]?\p{Han}{1,3}")
_CREDENTIAL = regex.compile(r"(?:[A-Z][A-Za-z]{0,4}\.?){1,4}(?:-[A-Z]+)?\.?")
_EDGE = " \t,.:;|•·*_-–—/&+()[]@،»›"
# Words of scripts that know no capitals, as names in them are made of.
_UNCASED = regex.compile(r"[\p{Lo}\p{M}\u200c\u200d'’׳״\"-]+\.?")
_UNCASED_WORDS = 4
# What parts a name from where the writer is, and so few words say it.
_DASHES = ("-", "–", "—")
_STROKED = regex.compile(r"\s+[|｜•·–—]\s+")
_STROKES = ("/", "／", "|", "｜", "•", "·")
_FEW = 3
# What parts a name from a town or a post in scripts without capitals.
_BESIDE = regex.compile(r"\s*،\s*|,\s+|\s+[-–—|/]\s*|[|/]")
_NAMES_IN = regex.compile(r"[\p{Hangul}\p{Han}]+")
_COLON = regex.compile(r"[:：]")
# The number of a footnote on a name in a list.
_NOTE = regex.compile(r"\s\d(?=\W*$)")
_MAIL = regex.compile(r"\S+@\S+|(?<!\w)@\w+|https?://\S+|\(.{0,60}?\)|（.{0,60}?）|\[.{0,60}?\]")
_MAIL_SIGNS = ("@", "://", "(", "（", "[")
_LINK = regex.compile(r"(?<!!)\[([^\]\[]*)\]\([^\s()]*\)")
_MARKS = "*_ "
_LONGEST = 160
_WORDS = (2, 5)
# Words of a full name, behind which the name of an outlet may stand.
_FULL = 2


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
    """The label of the names; a word for "text" is one before a colon, perhaps with a picture's."""
    joined, text = any_of("label_joined"), any_of("text_label")
    pictured = rf"(?: \s? (?: {any_of('and')} | [&/,+·] ) \s? {any_of('pictures')} \w* )?"
    return regex.compile(
        rf"""(?ix) (?: {text} {pictured} \s? [:：|｜／] \s*
        | {_by()} \s* (?: [:：|｜／＝] \s* | \s | $ ) | {joined} \s* )"""
    )


@cache
def _by_inside() -> regex.Pattern[str]:
    """What stands before the names behind a date: "3 May 2024 by Ada Moore"."""
    by = rf"(?: {_by()} | {any_of('by_behind_date')} )"
    return regex.compile(rf"(?ix) (?<=\s) {by} \s* (?: [:：|] \s* | \s )")


@cache
def _by_behind() -> regex.Pattern[str]:
    """What stands before the names behind label and date: "Written on 3 May by Ada Moore"."""
    return regex.compile(rf"(?i)(?<=\s){any_of('by', 'by_behind_date')}\s+")


@cache
def _on_day() -> regex.Pattern[str]:
    """What stands between a name and a day, in a script without capitals."""
    return regex.compile(rf"(?<=\p{{Lo}})\s{any_of('before_day')}$")


@cache
def _labelled_inside() -> regex.Pattern[str]:
    """A label with a colon, and names, in a line that says more: "3 May, author: Ada Moore"."""
    return regex.compile(
        rf"""(?ix) (?<=[\s,.|·•]) {any_of("author_label", "author_noun", "text_label")}
        \s? [:：] \s* (?P<names> [^|:：·•\t\u3000\d]{{2,60}} ) (?= [|·•\t\u3000\d] | $ )"""
    )


@cache
def _named_before() -> regex.Pattern[str]:
    """Names before the word for "by", perhaps behind a day: "3 Mayıs 2024 Ada Moore tarafından"."""
    cased = rf"{CAPITALISED}(?:\s{CAPITALISED}){{1,3}}"
    return regex.compile(
        rf"(?:.*\d.*?\s)?(?P<name>{cased}|[\p{{Lo}}\p{{M}}]+(?:\s[\p{{Lo}}\p{{M}}]+){{1,2}})"
        rf"\s{any_of('by_behind_name')}(?:\s\p{{L}}+)?[\s.:|]*"
    )


@cache
def _original() -> regex.Pattern[str]:
    """The writer before the outlet, behind what says that a text is its own: "原创 王小明 邮报"."""
    return regex.compile(rf"{any_of('original_label')}[\s:：]+(?P<name>\p{{Han}}{{2,4}})(?=\s\S)")


@cache
def _special() -> regex.Pattern[str]:
    """What a paper calls a text of its own, and perhaps for whom it is, before a label."""
    by = any_of("by", "written_by")
    return regex.compile(rf"(?i){any_of('special')}\b[\s:.,!|–-]*(?:\w.{{1,30}}?\s)?(?={by}\s)")


@cache
def _day_label() -> regex.Pattern[str]:
    """What stands before a date of publication."""
    return regex.compile(rf"(?i){any_of('published')}(?!\w)")


@cache
def _signed_inside() -> regex.Pattern[str]:
    """A label and names at the end of a line that says more: "5 hours ago | By Ada Moore"."""
    return regex.compile(
        rf"(?ix) (?: [|•·] | \d ) \s* {_by()} \s* [:：]? \s+ (?P<names> [^|•·\d]{{3,80}} ) $"
    )


@cache
def _dated() -> regex.Pattern[str]:
    """A day, a time, or a label of one."""
    ordinal = rf"(?:{any_of('ordinals')}|\.)?\s(?:{any_of('of_month')}\s)?"
    return regex.compile(
        rf"""(?x) \b(?!0:)\d{{1,2}}[:h]\d\d\b | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
        | \d{{1,2}}[-/.]\s?\d{{1,2}}[-/.]\s?\d{{2,4}} | \d{{1,2}}{ordinal}(?P<month>\p{{L}}{{2,}})
        | {any_of("month_before_number")}\s\d{{1,2}}\b
        | (?P<month>\p{{L}}{{3,}})\.?\s\d{{1,2}}\b | [年月日]
        | (?i: {any_of("published", "updated")} )\W*$"""
    )


@cache
def _writing() -> regex.Pattern[str]:
    """What a line says behind the name of who wrote: "Ada Moore writes"."""
    return regex.compile(rf"(?<=\p{{L}})\s+{any_of('bio_verbs', 'says')}\s*:?$")


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
def _pictured() -> regex.Pattern[str]:
    """From where on others are named behind the writers: "Photos: Bo Lind"."""
    pictures = any_of("pictures", "photographers")
    return regex.compile(
        rf"""(?ix) (?<=\w) (?P<end> [\s.,;|/–-]+ (?: {any_of("other_label")} | {pictures} \w* )
        (?: \s? [:：|｜／] | \s {any_of("by")} \s ) .* $ )"""
    )


@cache
def _pictured_behind() -> regex.Pattern[str]:
    """The same, and who is named before what he did: "Bo Lind (photos)"."""
    pictures = any_of("pictures", "photographers")
    return regex.compile(
        rf"{_pictured().pattern} | [^,&|()]* (?<=\p{{L}}) \s \( (?: {pictures} ) \w* \)"
    )


def _without_pictures(text: str) -> str:
    if not holds_any(text, "other_label", "pictures", "photographers"):
        return text
    pattern = _pictured_behind() if "(" in text else _pictured()
    return pattern.sub("", text)


@cache
def _opening() -> regex.Pattern[str]:
    """A word before a whole name that means "by" in one language and begins names in others."""
    return regex.compile(rf"(?i:{any_of('by_opening')})\s(?=\p{{Lu}}\S+\s\p{{Lu}})")


@cache
def _honorific() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of('honorifics')}\.\s*)+(?=\p{{Lu}})")


@cache
def _report() -> regex.Pattern[str]:
    """Label, name and the place of the report, where no spaces part words."""
    return regex.compile(
        rf"{any_of('label_joined')}\s?(?P<name>\p{{Han}}{{2,4}}(?=[／/、\s])|\p{{Han}}{{3}})[／/、\s]*\p{{Han}}{{0,12}}?"
        rf"{any_of('reports')}"
        rf"|^(?P<name>\p{{Han}}{{2,4}})[／/]\s?\p{{Han}}{{0,8}}?{any_of('reports')}$"
    )


@cache
def _reporters() -> regex.Pattern[str]:
    """Several names before one post, in the scripts that don't part words."""
    name = r"(?:\p{Hangul}{2,4}|\p{Han}{2,4})"
    return regex.compile(rf"(?P<names>{name}(?:\s?[·ㆍ,、]\s?{name})+)\s?{unspaced('post_behind')}")


@cache
def _helpers() -> regex.Pattern[str]:
    return regex.compile(rf"(?i){any_of('helped')}\b")


@cache
def _between() -> regex.Pattern[str]:
    joint = any_of("and", "with")
    return regex.compile(
        rf"""(?x) \s* (?: ,\s(?:{joint}|&)\s | [|｜•·‧;/／、，،؛] | ,(?=\s|\p{{L}}|$)
        | \s[-–—]\s | \t | \s(?:{joint}|&)\s | & ) \s*"""
    )


@cache
def _name() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:(?:Dr|Prof|Sir|Dame)\.?\s)?{CAPITALISED}(?:\s(?:{any_of('name_particles')}|{CAPITALISED})){{0,4}}"
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
    """Where the writer is, or for whom he writes: "By Ada Moore for the Harbour Post".

    Of several writers each may be at another place: "Ada Moore in Ardal and Bo Lind in Lund".
    """
    where = rf"\s(?i:{any_of('place_of_name')})\s"
    joint = rf"(?:,|\s(?:{any_of('and')}|&)\s)"
    return regex.compile(rf"{where}(?:[^,|]+?(?={joint}[^,|]+{where})|.+)")


@cache
def _place() -> regex.Pattern[str]:
    """Where the writer is, behind a name without a label: "Ada Moore in New Ardal"."""
    return regex.compile(rf"\s{any_of('place_of_name')}(?:\s\p{{Lu}}[\p{{L}}\p{{M}}'’-]+){{1,3}}$")


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
    if len(line) > _LONGEST and "](" in line:
        line = _unlink(line)
    if not line or len(line) > _LONGEST:
        return None
    line = _undouble(_unlink(line).strip(_MARKS))
    if not line:
        return None
    return _read_beside(line) if _others().match(line) else _writer(line) or _read_line(line)


def _writer(line: str) -> Byline | None:
    """What a line says that names the writer behind a label of East Asia, or before a verb."""
    if report := _report().search(line):
        return Byline((report["name"],), True, False, True, False)
    if several := _reporters().fullmatch(line):
        return Byline(tuple(_NAMES_IN.findall(several["names"])), True, False, True, False)
    if original := _original().match(line):
        return Byline((original["name"],), True, False, True, False)
    if holds_any(line, "by_behind_name") and (before := _named_before().fullmatch(line)):
        name = before["name"]
        if is_name(name) or is_uncased_name(name):
            return Byline((name,), True, any(map(str.isdigit, line)), False, False)
    writing = _writing().search(line)
    name = line[: writing.start()] if writing else ""
    return Byline((name,), True, False, False, False) if is_name(name) else None


def _match_label(line: str) -> regex.Match[str] | None:
    """The label of the names with which a line begins; none if the label is that of a day."""
    label = _label().match(line)
    day = _day_label().match(line) if label else None
    return None if label and day and day.end() > len(label[0].rstrip()) else label


def _without_special(line: str) -> str:
    """A line without what calls its text the paper's own, before the label."""
    special = _special().match(line) if holds_any(line, "special") else None
    return line[special.end() :] if special else line


def _read_line(line: str) -> Byline | None:
    line = _without_special(line)
    label = _match_label(line)
    rest = line[label.end() :] if label else line
    cut = cut_moment(rest)
    if cut is not None and not is_moment(rest[cut:]) and not _is_dated(rest[cut:]):
        cut = None
    dated = cut is not None
    if label and dated and (inside := _by_behind().search(rest, cut)):
        # "Written on 3 May 2024 by Ada Moore"
        rest, cut, label = rest[inside.end() :], None, inside
    before = _NOTE.sub("", _without_mail(_without_pictures(rest[:cut])).strip(_EDGE))
    before = before.strip(_EDGE)
    if not before and label is None and dated:
        label = _by_inside().search(rest)
        after = label or (None if is_moment(rest) else _after().search(rest))
        before = rest[after.end() :] if after else ""
        before = before[: cut_moment(before)].strip(_EDGE) if label else before.strip(_EDGE)
    before = _on_day().sub("", before) if dated and before else before
    rest = (_where() if label else _place()).sub("", before)
    rest = _opening().sub("", rest, 1) if _opening().match(rest) else rest
    if not rest:
        alone = label is not None and not any(map(str.isalpha, line[label.end() :]))
        return Byline((), True, False, False, False) if alone else None
    found = _read_names(rest, label=label is not None, dated=dated)
    if found is None and label is None:
        found = _read_inside(line, dated=dated)
    if found and label and label[0].strip().casefold() in lowered("author_noun"):
        name = found.names[0]
        return found if " " in name or is_agency(name) else None
    return found


def _read_inside(line: str, *, dated: bool) -> Byline | None:
    """What a line says behind a label within it: "5 hours ago | By Ada Moore"."""
    if dated and (inside := _signed_inside().search(line)):
        return _read_names(inside["names"], label=True, dated=True)
    inside = _labelled_inside().search(line)
    if inside and (dated or _COLON.search(line, 0, inside.start())):
        return _read_names(inside["names"].strip(_EDGE), label=True, dated=dated)
    return None


def _read_beside(line: str) -> Byline | None:
    """What a line says of who wrote, behind a stroke and others: "Edited by Bo | By Ada"."""
    parts = _STROKED.split(line)[1:]
    found = (read_byline(part) for part in parts if _label().match(part))
    return next((byline for byline in found if byline and byline.names), None)


def names_others(line: str) -> bool:
    """Whether a line calls those below it by another deed than writing.

    >>> names_others("Edited by"), names_others("Photos by Bo Lind"), names_others("Written by")
    (True, False, False)
    """
    label = _others().match(line) or _helpers().match(line)
    return label is not None and not any(map(str.isalpha, line[label.end() :]))


def _unlink(line: str) -> str:
    """A line without the addresses that Markdown gives its links."""
    return _LINK.sub(r"\1", line) if "](" in line else line


def _without_mail(text: str) -> str:
    """The text without addresses and what stands in brackets."""
    return _MAIL.sub(" ", text) if any(sign in text for sign in _MAIL_SIGNS) else text


def _is_dated(text: str) -> bool:
    matches = _dated().finditer(text, overlapped=True)
    return any(not match["month"] or is_month(match["month"]) for match in matches)


def _read_names(text: str, *, label: bool, dated: bool) -> Byline | None:
    if not label and ";" in text and (turned := _reversed_names(text)):
        return Byline(turned, label, dated, True, False)
    names: list[str] = []
    posted = alien = False
    strange = 0
    for joint, piece in _pieces(text):
        if strange and not label:
            return None
        name, post = _split_post(_undouble(_bare(piece)))
        posted |= bool(post)
        joined = any(map(str.isalpha, joint)) or "&" in joint
        if not name:
            continue
        if names and ((is_agency(name) and not joined) or _is_placing(name)):
            posted = True
        elif names and joint.strip() in _DASHES and not is_role(name):
            # Behind a dash stands where or for whom the writer is.
            strange += not (label or dated or len(name.split()) <= _FEW)
        elif names and joined and alien:
            # The rest of a body's name: "Ada Moore, Institute of Tides and Northern Rivers".
            strange += 1
        elif (
            _is_writer(name, first=not names, label=label, more=joined or bool(post))
            or (post and posted and is_uncased_name(name))
        ) or (is_agency(name) and (label or names or dated)):
            names.append(name)
        elif is_role(name) or (names and _CREDENTIAL.fullmatch(name)):
            posted = True
        else:
            alien = True
            town = names and (_is_town(name, joint) or _is_after_names(name, joint, names))
            strange += not town
    known = names and label and (is_name(names[0]) or is_uncased_name(names[0]))
    return _gathered(names, label, dated, posted) if names and (known or not strange) else None


def _is_placing(piece: str) -> bool:
    """Whether a piece says where a writer is: "de Madrid"."""
    return piece.partition(" ")[0] in lowered("place_of_name", "by_particle")


def _gathered(names: Sequence[str], label: bool, dated: bool, posted: bool) -> Byline | None:
    cleaned = tuple(dict.fromkeys(n for name in names if (n := clean_author(name))))
    if not (label or posted):
        cleaned = tuple(name for name in cleaned if is_name(name) or is_agency(name))
    bare = not (label or dated or posted)
    return Byline(cleaned, label, dated, posted, bare) if cleaned else None


def _is_writer(name: str, *, first: bool, label: bool, more: bool) -> bool:
    """Whether a piece of a byline is a name, for what stands around it.

    Behind a label a word alone may be one, a name in a script without capitals, as those that
    follow it are (``more``), and one that ends in a letter: "By Ada M".
    """
    if is_name(name) or (more and (label or first) and is_uncased_name(name)):
        return True
    if not label:
        return False
    initial = len(name) > 1 and name[-2] == " " and name[-1].isupper()
    return (first and (_is_word(name) or is_uncased_name(name))) or (
        initial and is_name(f"{name}oore")
    )


def _bare(piece: str) -> str:
    """A piece without what stands around it, the button beside it, and a title before it."""
    piece = _button().sub("", piece.strip(_EDGE))
    opening = _honorific().match(piece)
    return piece[opening.end() :] if opening else piece


def _reversed_names(text: str) -> tuple[str, ...]:
    """The names of a list that turns them: "Moore, Ada; Lind, Bo"; none if it is no such."""
    halves = [part.split(",") for part in text.split(";")]
    if any(len(half) != len(("last", "first")) for half in halves):
        return ()
    names = tuple(f"{first.strip()} {last.strip()}" for last, first in halves)
    return names if all(map(is_name, names)) else ()


def _is_town(piece: str, joint: str) -> bool:
    """Whether a piece behind a name is one capitalised word behind a stroke: "Bo Lind / Madrid"."""
    return joint.strip() in _STROKES and _is_word(piece) and not piece.isupper()


def _is_after_names(piece: str, joint: str, names: Sequence[str]) -> bool:
    """Whether a piece is one capitalised word behind several names: "Ada Moore, Bo Lind, Rome"."""
    return len(names) > 1 and joint.strip() == "," and _is_word(piece)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a byline, each with what joins it to the one before."""
    end, joint = 0, ""
    for match in _between().finditer(text):
        yield joint, text[end : match.start()]
        end, joint = match.end(), match[0]
    yield joint, text[end:]


def _is_word(text: str) -> bool:
    """Whether a text is one capitalised word, as a first name under a label is."""
    return " " not in text and _name().fullmatch(text) is not None


def is_uncased_name(text: str) -> bool:
    """Whether a text may be a name in a script without capitals; only a label says that it is.

    >>> is_uncased_name("حازم الطوخي"), is_uncased_name("문소윤"), is_uncased_name("Ada Moore")
    (True, True, False)
    """
    words = text.split()
    return (
        0 < len(words) <= _UNCASED_WORDS
        and len(text) > 1
        and all(map(_UNCASED.fullmatch, words))
        and lowered("team_words", "no_name_words", "roles", "stopwords").isdisjoint(words)
        and is_person(text)
    )


def uncased_writer(text: str) -> str | None:
    """The name in a line that may say who wrote in a script without capitals, and where or as what.

    >>> uncased_writer("سلمى العبادي، كاتبة صحفية"), uncased_writer("عمان – سلمى العبادي")
    ('سلمى العبادي', 'سلمى العبادي')
    >>> uncased_writer("سلمى العبادي"), uncased_writer("رياضة - ثقافة")
    ('سلمى العبادي', None)
    """
    parts = [part.strip(_EDGE) for part in _BESIDE.split(text)]
    names = [part for part in parts if " " in part and is_uncased_name(part) and not is_role(part)]
    others = [part for part in parts if part not in names]
    fits = all(is_role(part) or (" " not in part and len(parts) == 2) for part in others)
    return names[0] if len(names) == 1 and fits else None


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's full name.

    >>> is_name("Ada van den Berg"), is_name("Ada"), is_name("松岡大地"), is_name("and Ada Moore")
    (True, False, True, False)
    """
    if _EAST_ASIAN.fullmatch(text):
        return is_person(text) and text not in lowered("no_names")
    words = text.split()
    if not (_WORDS[0] <= len(words) <= _WORDS[1] and _name().fullmatch(text)):
        return False
    if words[0].casefold() in lowered("stopwords") or len(words[-1]) == 1:
        return False
    return looks_like_name(text) and not is_role(text) and any(len(word) > 2 for word in words)


def _split_post(piece: str) -> tuple[str, str]:
    """A name and the post behind it: "Ada Moore Reporter"."""
    if not piece.isascii() and (match := _reporter().fullmatch(piece)):
        return match["name"].split()[-1], "reporter"
    words = piece.split()
    for size in range(min(len(words) - 1, _WORDS[1]), 1, -1):
        name, post = " ".join(words[:size]), " ".join(words[size:])
        if not is_name(name):
            continue
        if is_agency(post) or (size == _FULL and _is_outlet(words[size:])):
            return name, post
        plain = not is_role(words[size - 1]) and words[size - 1].casefold() not in lowered("desks")
        if plain and is_role(post):
            return name, post
    return piece, ""


def _is_outlet(words: Sequence[str]) -> bool:
    """Whether the words behind a name are several with capitals, and no person's: "BBC News"."""
    few = 1 < len(words) <= _FEW
    return few and all(word[0].isupper() for word in words) and not is_person(" ".join(words))


def _undouble(text: str) -> str:
    """A name that is printed twice, once.

    >>> _undouble("Ada Moore Ada Moore"), _undouble("Ada Moore")
    ('Ada Moore', 'Ada Moore')
    """
    words = text.split()
    half = len(words) // 2
    doubled = len(words) % 2 == 0 and half > 1 and words[:half] == words[half:]
    return " ".join(words[:half]) if doubled else text
