"""Names of authors: cleaned of all that is no name, split, without doubles."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from boilerstrip.language.dates import is_month
from boilerstrip.language.fold import without_unseen
from boilerstrip.language.vocabulary import (
    any_of,
    choice,
    lowered,
    unspaced,
    without_accents,
    words_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEGREE = r"""(?: Ph\.?\ ?D | M\.?D | Ed\.?D | Psy\.?D | Pharm\.?D | D\.?O | J\.?D | B\.?A
      | B\.?Sc | M\.?Sc
      | M\.?A | M\.?S | B\.?S | R\.?D\.?N? | MBA | CPA | CFP | Esq | R\.?N | LCSW | FACP | DPhil
      | LL\.?[BM]
      | Dipl | Dr\.?\ ?med | Mag | Prof ) \.? [®™]?"""
_CREDENTIAL = re.compile(
    rf"""(?x) ^ (?: {_DEGREE}
      | [A-Z][A-Za-z®™./+-]*[A-Z®™][A-Za-z®™./+-]{{0,6}} (?: [ -] [A-Z\d®]{{1,6}} )* ) $"""
)
# The town where a Korean reporter is, before the name: one of two syllables before three.
_PLACED = re.compile(r"^[가-힣]{2}\s(?=[가-힣]{3}$)")
# A word of a name, as patterns of the module regex have it.
CAPITALISED = r"\p{Lu}[\p{L}\p{M}.'’-]*"
_CREDENTIAL_WORD = re.compile(rf"(?x) {_DEGREE} $")
_VOWEL = re.compile(r"(?i)[aeiouy]|[^\x00-\x7f]")
_SUFFIX = re.compile(r"(?i)^(?:jr|sr|jun|sen|ii|iii|iv)\.?$")
_CREDENTIAL_TAIL = re.compile(
    r"(?:\s+(?:Ph\.?D|M\.D|MD|DDS|DMD|MBA|CPA|RDN?|LCSW|MSc?|FACLM|CFP|Esq|CPP|PSP|RN)\.?[®™]?)+$"
)
_STROKE = re.compile(r"\s*(?:\||｜|•|·(?=\s))\s*")
_HARD = re.compile(r"\s*(?:;|；|、|，|\n|\t|\s/\s|/(?=\w{2}))\s*")
_DATE_TAIL = re.compile(
    r"""(?x) [\s,.|·•–-]* (?: \b \d{1,2} [./\s] \s? [\w.]+ [./\s] \s? \d{2,4} .*
      | \b (?:19|20) \d\d \b .* | \b \d{1,2} : \d\d .* ) $"""
)
_COMMA = re.compile(r"\s*,\s+|,(?=[^\W\d])")
_GROUP_WORDS = 5
_FULL = 2  # words of a full name
_BRACKETS = re.compile(r"[()\[\]（）［］【】]")
_FEW = 4  # words from which a name isn't plain any more
_LONGEST = 2000  # characters of an author string that are read
_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")


# Before the names of those who wrote.
_BY = ("by", "written_by", "posted_by", "posts_by", "author_label", "author_noun", "text_label")


@cache
def _label() -> re.Pattern[str]:
    """What stands before the names of those who wrote; what also begins names is none."""
    plain = choice(word for word in words_for(*_BY) if word not in words_for("by_particle"))
    return re.compile(rf"(?i)^{plain}(?!\w)(?:\s*[:：]?\s+|\s*[:：])")


@cache
def _particle_label() -> re.Pattern[str]:
    return re.compile(rf"^{any_of('by_particle')}\s+(?=\S+\s+\S)")


@cache
def _not_author() -> re.Pattern[str]:
    """What stands before the names of those who did something else."""
    deeds, pictures = any_of("other_deeds"), any_of("pictures")
    return re.compile(
        rf"""(?ix) ^ (?: (?: {any_of("other_deeds_how")} [-\s]? )? (?: {deeds} | {pictures} \w* )
        \s? (?: {any_of("by")} | : ) | {any_of("photographers")} )"""
    )


@cache
def _junk() -> re.Pattern[str]:
    """What stands among names and is no part of them."""
    return re.compile(
        rf"""(?xi)
          \S+@\S+\.\S+                                  # e-mail
        | (?: https?:// | www\. ) \S+                   # address
        | (?<![\w.]) @\w+                               # handle
        | [(\[（［【] [^()\[\]（）］】]* [)\]）］】]          # in brackets
        | \b {any_of("and")} \s+ (?: \d+ \s+ )? {any_of("others")} \b .* $
        | (?<!\w) {any_of("and_others")} (?!\w)
        | {any_of("others_before_number")} \s* \d+ \s* \w?"""
    )


@cache
def _tail() -> re.Pattern[str]:
    """What stands behind a name: after a stroke, where the writer is, a post."""
    return re.compile(
        rf"""(?x) \s+ (?: \| | ｜ | [-–—•·»] ) \s+ .* $
        | \s* [,;]? \s+ {any_of("name_ends")} \s .* $ | \s+ {any_of("place_of_name")} $
        | \s* (?<=[가-힣]) \s* {unspaced("post_behind")} .* $ | {unspaced("post_behind")} \s* $"""
    )


@cache
def _month_tail() -> re.Pattern[str]:
    on = rf"(?i:{any_of('on_day')}\s+)?"
    return re.compile(rf"[\s,.|·•–-]*\b{on}(?P<month>[^\W\d_]{{3,}})\.?\s+\d")


@cache
def _role() -> re.Pattern[str]:
    roles, opening = any_of("roles"), any_of("role_openings")
    return re.compile(rf"(?i)(?<!\w)(?:(?:\w+-)?{roles}|{opening}\s\w+)(?!\w)")


@cache
def _and() -> re.Pattern[str]:
    """What joins names and stands in none."""
    joints = (word for word in words_for("and", "with") if word not in words_for("and_in_names"))
    return re.compile(rf"\s*(?:,\s*)?(?:\s(?:{choice(joints)}|&|\+)\s|\s?&\s?|(?<=\w)\s?＆\s?)\s*")


@cache
def _short_and() -> re.Pattern[str]:
    """What joins names in some languages and stands inside a name in others."""
    return re.compile(rf"\s*(?:,\s*)?\s{any_of('and_in_names')}\s\s*")


@cache
def _loud_and() -> re.Pattern[str]:
    """What joins names that are all in capitals."""
    joints = (word.upper() for word in words_for("and", "with"))
    return re.compile(rf"\s*(?:,\s*)?\s{choice(joints)}\s\s*")


@cache
def _button() -> re.Pattern[str]:
    """The button beside a name, and before one."""
    follow = any_of("follow")
    return re.compile(rf"(?i:\s+\+?{follow}$|^{follow}\s+)(?:(?<=\s)(?=[^\W\d_]+\s\S)|$)")


@cache
def _post_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that posts are made of, and those among them that end one."""
    ends = frozenset(word for post in lowered("roles") for word in post.split())
    return ends | lowered("desks", "role_openings"), ends


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{any_of('groups')}$")


@cache
def _team_part() -> re.Pattern[str]:
    return re.compile(rf"(?i){any_of('team_parts')}|\.(?:com|org|net|de|tv|be|co)\b")


@cache
def _taken() -> tuple[frozenset[str], tuple[str, ...]]:
    """All words that stand in the patterns of what isn't part of a name, and the stems of words."""
    keys = (*_BY, "name_ends", "place_of_name", "roles", "role_openings", "post_behind", "follow")
    found = [word.casefold() for word in words_for(*keys)]
    parts = (part for word in found for part in re.findall(r"[^\W\d_]{2,}", word))
    whole = frozenset(word for part in parts for word in (part, part.removesuffix("s")))
    return whole, tuple(word.removesuffix("*") for word in found if word.endswith("*"))


@cache
def _joints() -> frozenset[str]:
    return frozenset(word.title() for word in words_for("and", "with"))


def split_authors(text: str) -> tuple[str, ...]:
    """The names in an author string, in order, each once; empty where there are none.

    >>> split_authors("By Ann Lee, Bo Díaz and Cy van den Berg")
    ('Ann Lee', 'Bo Díaz', 'Cy van den Berg')
    >>> split_authors("Von ANN LEE, Chefreporterin | The Daily Sketch")
    ('ANN LEE',)
    >>> split_authors("Lee, Ann; Díaz, Bo T.")
    ('Ann Lee', 'Bo T. Díaz')
    >>> split_authors("Ann Lee, MD, PhD"), split_authors("Bo King, Jr.")
    (('Ann Lee',), ('Bo King Jr.',))
    >>> split_authors("ann@example.com"), split_authors("@annlee"), split_authors("admin")
    ((), (), ())
    """
    if _is_plain(text):
        return (text,)
    return split_slowly(text)


def _is_plain(text: str) -> bool:
    """Whether ``text`` is a name that nothing has to be taken from: "Ann Lee"."""
    words = text.split(" ")
    if not (1 < len(words) < _FEW and all(map(_is_capitalised, words))):
        return False
    if text.casefold() in lowered("no_names"):
        return False
    return not _is_labelled(words) and not _not_author().match(text)


def _is_capitalised(word: str) -> bool:
    """Whether ``word`` is one capital letter and at least two small ones, and no "And"."""
    return len(word) > 2 and word.isalpha() and word.istitle() and word not in _joints()


def _is_labelled(words: Iterable[str]) -> bool:
    """Whether one of ``words`` may belong to what is taken from names."""
    whole, stems = _taken()
    folded = [word.casefold() for word in words]
    return any(
        word in whole or word.removesuffix("s") in whole or word.startswith(stems)
        for word in folded
    )


def split_slowly(text: str) -> tuple[str, ...]:
    """What ``split_authors`` returns, without its fast path for plain names."""
    names: list[str] = []
    for line in _lines(text):
        for part in _STROKE.split(_without_junk(line)):
            found = [name for piece in _HARD.split(part) for name in _split_piece(piece)]
            # Behind a stroke stands the outlet, or another person.
            names.extend(name for name in found if not names or looks_like_name(name))
    return merge_names(names)


def merge_names(names: Iterable[str]) -> tuple[str, ...]:
    """``names`` without doubles: of one name's variants the one with small letters and accents.

    >>> merge_names(["STEVE PEOPLES", "Inès Lee", "Steve Peoples", "Lee Ines"])
    ('Steve Peoples', 'Inès Lee')
    """
    found: dict[str, str] = {}
    for name in names:
        key = _identity(name)
        if key and (key not in found or _care(name) > _care(found[key])):
            found[key] = name
    return tuple(found.values())


def _identity(name: str) -> str:
    """What the variants of one name have in common, in whatever order its words stand."""
    words = (_NO_WORD.sub("", word) for word in without_accents(name.casefold()).split())
    return "".join(sorted(words))


def _care(name: str) -> tuple[bool, int, int]:
    """How carefully a name is written: in mixed case, with accents, without loud words."""
    loud = sum(len(word) > 1 and word.isupper() for word in name.split())
    accents = sum(one != other for one, other in zip(name, without_accents(name), strict=False))
    return not (name.isupper() or name.islower()), accents, -loud


def _without_junk(line: str) -> str:
    """``line`` without what is no part of names; what is left in brackets alone is one.

    >>> _without_junk("ann@example.org (Ann Lee)").strip(), _without_junk("Ann Lee (left)").strip()
    ('Ann Lee', 'Ann Lee')
    """
    bare = _junk().sub(" ", line)
    if "@" not in line or any(map(str.isalpha, bare)):
        return bare
    return _junk().sub(" ", _BRACKETS.sub(" ", line))


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news agency's.

    >>> is_agency("The Associated Press"), is_agency("dpa-AFX"), is_agency("Ann Lee")
    (True, True, False)
    """
    return _key(name) in lowered("agencies")


def is_person(name: str) -> bool:
    """Whether ``name`` reads as a person's and not as an agency's, a team's or a company's.

    >>> is_person("Ann Lee"), is_person("Editorial Team"), is_person("AFP")
    (True, False, False)
    """
    if is_agency(name) or not lowered("team_words").isdisjoint(_WORD.findall(name.casefold())):
        return False
    return not _team_part().search(name)


def is_team(name: str) -> bool:
    """Whether ``name`` is that of a group that writes under one name.

    >>> is_team("The Sketch Team"), is_team("the lake"), is_team("Ann Lee")
    (True, False, False)
    """
    return bool(_group().search(name)) and name[:1].isalpha() and len(name.split()) <= _GROUP_WORDS


def places_of(name: str, text: str) -> Iterator[int]:
    """Where in a text a name begins, each time.

    >>> list(places_of("Ada", "Ada and Ada"))
    [0, 8]
    """
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def looks_like_name(name: str) -> bool:
    """Whether ``name`` has the shape of a person's full name, for where no source says that it is.

    >>> looks_like_name("Ann van den Berg"), looks_like_name("Read More"), looks_like_name("amw")
    (True, False, False)
    >>> looks_like_name("松岡大地"), looks_like_name("J. R. Lee"), looks_like_name("and it rained")
    (True, True, False)
    """
    words = name.split()
    if not is_person(name) or len(name) > 45 or any(char.isdigit() for char in name):
        return False
    if any(word.casefold().strip(".,") in lowered("no_name_words") for word in words):
        return False
    if all(map(_role().fullmatch, words)):
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 2 <= len(name) <= 20 and len(words) <= 3
    capitals = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return (
        2 <= len(words) <= 6
        and len(capitals) >= 2
        and all(
            word.lower() in lowered("name_particles") or "'" in word or "’" in word
            for word in small
        )
    )


def is_role(text: str) -> bool:
    """Whether ``text`` is a short line that names a post: "Senior Writer".

    >>> is_role("Senior Writer"), is_role("Chefredakteur"), is_role("Ann Lee")
    (True, True, False)
    """
    return len(text) <= 60 and len(text.split()) <= 7 and bool(_role().search(text))


def clean_body(text: str) -> str | None:
    """The name of an agency, a team or a company as printed; ``None`` where it is an address.

    >>> clean_body(" Centre for Rain and Sun "), clean_body("https://example.com")
    ('Centre for Rain and Sun', None)
    """
    name = _settle(html.unescape(text)).strip(" ,;:|")
    return name if _plausible(name) and "//" not in name else None


def clean_author(text: str) -> str | None:
    """One author's name without label, role, address or date; ``None`` if no name is left.

    >>> clean_author("  by Ann Lee (Reuters) "), clean_author("Ann Lee in Berlin")
    ('Ann Lee', 'Ann Lee')
    >>> clean_author("박준석 기자 외 1명"), clean_author("https://example.com/ann")
    ('박준석', None)
    """
    if _is_plain(text):
        return text
    if _not_author().match(text):
        return None
    name = _junk().sub(" ", text)
    name = _label().sub("", _button().sub("", _settle(name)))
    name = _particle_label().sub("", name)
    name = _cut_month(_DATE_TAIL.sub("", _tail().sub("", name)))
    if not is_agency(name):
        name = _without_post(_CREDENTIAL_TAIL.sub("", name))
    name = _PLACED.sub("", _settle(name).strip(" ,;:|/–—-•·*\"“”'‘’«»<>_#+=~."))
    name = _restore_initial(name, text)
    return name if _plausible(name) else None


def _without_post(name: str) -> str:
    """``name`` without a post of several words behind a full name: "Ann Lee Staff Writer".

    One word alone also ends the names of teams and companies: "Luxury Travel Expert".
    """
    words = name.split()
    parts, ends = _post_words()
    is_part = [word.casefold() in parts for word in words]
    size = next((n for n in range(_FULL, len(words)) if all(is_part[n:])), len(words))
    posted = len(words) - size > 1 and not any(is_part[:size]) and words[-1].casefold() in ends
    return " ".join(words[:size]) if posted else name


def _cut_month(name: str) -> str:
    """``name`` without a date that begins with its month."""
    found = _month_tail().finditer(name)
    return next((name[: match.start()] for match in found if is_month(match["month"])), name)


def _restore_initial(name: str, text: str) -> str:
    """``name`` with the full stop of a final initial or suffix that stripping took."""
    word = name.rsplit(" ", 1)[-1]
    dotted = len(word) == 1 or _SUFFIX.match(word)
    return name + "." if dotted and f"{word}." in text else name


def _lines(text: str) -> list[str]:
    text = text[:_LONGEST]
    text = html.unescape(html.unescape(text)) if "&" in text else text
    return [line for line in re.split(r"[\r\n]+", text) if line.strip()]


def _settle(text: str) -> str:
    return " ".join(without_unseen(text).split())


def _split_piece(piece: str) -> list[str]:
    """The names in a piece without hard separators."""
    if _not_author().match(piece.strip()):
        return []
    piece = _label().sub("", _settle(_junk().sub(" ", piece)))
    parts = [part for half in _and().split(piece) for part in _halves(half) if part.strip()]
    if parts and all(_is_reversed(part) for part in parts):
        return [name for part in parts if (name := clean_author(_turn(part)))]
    names: list[str] = []
    for part in parts:
        names.extend(_split_commas(part))
    return names


def _halves(piece: str) -> list[str]:
    """The names that a short "and" joins; none is cut where a part would be a lone surname."""
    loud = piece.isupper()
    halves = (_loud_and() if loud else _short_and()).split(piece)
    words = [len(half.split()) for half in halves]
    return halves if min(words) > 1 or (max(words) == 1 and not loud) else [piece]


def _is_reversed(part: str) -> bool:
    """Whether ``part`` is of the form "Last, First"."""
    halves = [half.strip() for half in _COMMA.split(part)]
    if len(halves) != 2 or not all(halves):
        return False
    last = halves[0].split()
    last = [word for word in last if word.lower() not in lowered("name_particles")] or last
    first = halves[1]
    return (
        len(last) == 1
        and len(first.split()) <= 3
        and not is_agency(halves[0])
        and not _drops(first)
        and not _SUFFIX.match(first)
        and not first.isupper()
        and not first[:1].islower()
    )


def _turn(part: str) -> str:
    last, first = (half.strip() for half in _COMMA.split(part))
    return f"{first} {last}"


def _split_commas(part: str) -> list[str]:
    """The names among the comma-separated pieces of ``part``; roles and places go."""
    names: list[str] = []
    for piece in _COMMA.split(part):
        if names and _SUFFIX.match(piece.strip()):
            names[-1] = f"{names[-1]} {piece.strip()}"
        elif not (names and _drops(piece) and not _is_loud_name(piece, names[0])):
            name = clean_author(piece)
            if name and not (names and _is_place(name, names[0])):
                names.append(name)
    return names


def _drops(piece: str) -> bool:
    """Whether a piece behind a name is a role or a degree."""
    piece = piece.strip()
    return not is_agency(piece) and bool(_role().search(piece) or _CREDENTIAL.match(piece))


def _is_loud_name(piece: str, first: str) -> bool:
    """Whether a piece is a full name in capitals behind another, and no list of degrees.

    Each of its words has a vowel.
    """
    words = piece.strip().split()
    return (
        first.isupper()
        and len(words) >= _FULL
        and all(_VOWEL.search(without_accents(word)) for word in words if len(word) > _FULL)
        and not any(map(_CREDENTIAL_WORD.match, words))
        and not all(map(_role().fullmatch, words))
        and looks_like_name(piece.strip())
    )


def _is_place(name: str, first: str) -> bool:
    """Whether a one-word piece stands behind a full name, as places do; agencies are none."""
    spaced = " " in first or is_agency(first)
    return spaced and " " not in name and name.isascii() and not is_agency(name)


def _plausible(name: str) -> bool:
    words = name.split()
    return (
        bool(_label().sub("", f"{name} ").strip())
        and 1 < len(name) <= 70
        and len(words) <= 9
        and any(char.isalpha() for char in name)
        and name.lower() not in lowered("no_names")
        and not re.search(r"[{}<>=\\:]|\.{3}|…|[!?]$", name)
        and not _role().fullmatch(name)
    )


def _key(name: str) -> str:
    return _NO_WORD.sub("", name.casefold())
