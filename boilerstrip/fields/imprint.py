"""Where a text names the outlet that it stands in: in notices, invitations, its head and foot.

One line alone rarely tells: a notice may name a company, a source that of the facts, an invitation
another site. So each line that names somebody counts for that name, as much as its wording is
worth, and a name is given where the lines together are worth enough. It fails where an outlet is
named once, in passing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import ahocorasick
import regex

from boilerstrip.fields.head import HeadLine
from boilerstrip.language.fold import fold_case, fold_variants, squash
from boilerstrip.language.names import is_agency, split_authors
from boilerstrip.language.prose import is_prose
from boilerstrip.language.vocabulary import any_of, lowered, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.fields.text import Text

    Span = tuple[int, int]

# What a line is worth by how it names somebody, and the least that a name must be worth in all.
# Guesses, set by how often each mixture of lines was right on raw texts and page dumps.
_ENOUGH = 2.5
# Of a page with menus, whose lines name many; there another line must hold the name, too.
_ENOUGH_ON_PAGES = 3.5
# By so much a name must be worth more than the next.
_AHEAD = 0.5
_WORTH = {"origin": 2.5, "copyright": 2.0, "own": 1.5, "source": 1.5, "near": 1.0, "title": 1.0}
# The notice names a company and not an outlet.
_COMPANY = 1.0
# The line that names it stands first; or among the first.
_FIRST, _HEAD = 1.0, 0.5
# The line with the wording was taken for boilerplate of a kind in which outlets name themselves.
_SURER = 0.5
# Each further line with the name, and so many of them; outlets have such words in their names.
_ECHO, _ECHOES, _OUTLET_WORD = 0.5, 2, 1.0
# What together says nothing: a menu's word stands above the headline, and in other lines, too.
_NO_PROOF = frozenset({"head", "echo", "word", "title"})
_SELF = frozenset(
    {"app_promo", "newsletter", "share", "disclaimer", "paywall", "copyright", "source_footer"}
)
_OF_STORY = frozenset({None, "title", "byline", "date", "author_bio"})
_NO_HEAD = frozenset({"byline", "date", "media"})

_LONGEST_LINE = 400
_LONGEST_NAME = 40
_HEAD_LINES = 6
# So many letters that are part of a longer name may be so by chance.
_SHORTEST_PIECE = 3
# So far from a wording's words the name ends.
_REACH = 60

_WORD = r"(?:\p{Ll}{1,4}')?[\p{Lu}\p{Lt}\d][\p{L}\p{M}\d]*+(?:['&!+./-]++[\p{L}\p{M}\d]++)*+[!+]?"
# A word of a script that has no capitals.
_PLAIN = r"[\p{Lo}\p{Lm}\p{N}][\p{Lo}\p{Lm}\p{M}\p{N}\p{Latin}\u200c\u200d'・-]*"
_EDGE = r"[|.,:;!?()\[\]<>{}/·•。、，؛،۔।「」『』《》〈〉«»\"*_#&©ⓒ-]"
_YEARS = r"(?<!\d)\d{4}(?!\d)(?:\s?[-/,]\s?\d{2,4}(?!\d)|\s?-\s?(?-i:\p{Ll}){3,8}(?!\w))*+"
_QUOTED = r"[\"«「『《‹](?P<name>[^\"»」』》›\n]{2,40})[\"»」』》›]"
_ADDRESS = regex.compile(r"(?:https?://)?(?:www\.)?(?P<label>[\w-]+)(?:\.\p{L}{2,7}){1,2}/?")
_SENTENCE = re.compile(r"\s(?:(?<=[.!?…]\s)|(?<=[.!?…]['\"”»)]\s))\s*|(?<=[。！？])")
_WORDS = regex.compile(r"[\w'’-]+")
_TOKEN = regex.compile(r"\w+")
_UNSPACED = regex.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_TAIL = regex.compile(r"['’]\p{Ll}{1,3}$")
_EDGES = " \t\"'«».,:;|-–—()[]*_#<>"


class Mention(NamedTuple):
    """One line that names somebody: how, whom, which line of the text, and what it is worth."""

    kind: str
    name: str
    line: int
    worth: float


@dataclass(slots=True)
class Named:
    """What the lines say of one name: its forms, and of each kind the best worth."""

    forms: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    kinds: dict[str, float] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    @property
    def worth(self) -> float:
        """Of all kinds together."""
        return sum(self.kinds.values())

    @property
    def kind(self) -> str:
        """The kind that is worth most."""
        return max((kind for kind in self.kinds if kind in _WORTH), key=self.kinds.__getitem__)

    @property
    def form(self) -> str:
        """The form to give: neither an address nor initials, if there is another."""
        return max(self.forms, key=lambda form: (not _is_mark(form), self.forms[form], len(form)))


def named_outlet(found: Text, *, of_page: bool) -> tuple[str, str] | None:
    """The name that the text gives its outlet, and the kind of line that says so; or ``None``."""
    lines = list(_lines(found))
    mentions = [*_mentions(lines), *_titles(found)]
    if not mentions:
        return None
    authors = _authors(found)
    names = _merged(mention for mention in mentions if squash(mention.name) not in authors)
    for name in names:
        _add_echoes(name, lines)
    return _best(names, of_page=of_page)


def _best(names: Sequence[Named], *, of_page: bool) -> tuple[str, str] | None:
    """The name that is worth enough, and more than the others; one that is of an origin first."""
    enough = _ENOUGH_ON_PAGES if of_page else _ENOUGH
    ordered = sorted(names, key=lambda name: -name.worth)
    ordered.sort(key=lambda name: "origin" not in name.kinds or name.worth < enough)
    if not ordered:
        return None
    best = ordered[0]
    rival = max((name.worth for name in ordered[1:]), default=0.0)
    alone = "origin" in best.kinds or best.worth >= rival + _AHEAD
    proof = "echo" in best.kinds if of_page else not _NO_PROOF.issuperset(best.kinds)
    return (best.form, best.kind) if best.worth >= enough and alone and proof else None


# The lines


def _lines(found: Text) -> Iterator[HeadLine]:
    """The lines of the text, those that were cut cut, each with what it was claimed to be."""
    end = 0
    for claim in found.claims:
        yield from _cut(found.whole[end : claim.start], None)
        yield from _cut(found.whole[claim.start : claim.end], claim.category)
        end = claim.end
    yield from _cut(found.whole[end:], None)


def _cut(text: str, role: str | None) -> Iterator[HeadLine]:
    for line in text.splitlines():
        pieces = [line] if len(line) <= _LONGEST_LINE else _SENTENCE.split(line)
        for piece in filter(None, map(str.strip, pieces)):
            yield HeadLine(piece, is_prose(piece), role is None, role)


def _authors(found: Text) -> set[str]:
    """The squashed names of those whom bylines name."""
    named = {name for value, _ in found.named("authors") for name in split_authors(value)}
    if found.shape:
        named |= {name for _, names in found.shape.bylines for name in names}
    return set(map(squash, named))


def _titles(found: Text) -> Iterator[Mention]:
    """What stands behind the headline in a line that says it."""
    for number, spans in found.shape.titles if found.shape else ():
        if "outlet" in spans:
            name = found.lines[number].text[slice(*spans["outlet"])]
            yield from _mention("title", name, -1, _WORTH["title"])


def _mentions(lines: Sequence[HeadLine]) -> Iterator[Mention]:
    text = fold_variants("\n".join(line.text for line in lines))  # no line holds a line's end
    folded, lower = text.split("\n"), fold_case(text).split("\n")
    short = [number for number, line in enumerate(lines) if len(line.text) <= _LONGEST_LINE]
    noted = (number for number in short if lines[number].role != "media")
    telling = [number for number in short if not _is_of_story(lines[number])]
    notices = _within("notice", lower, noted)
    signs = [*notices, *_SIGNS]
    wordings = [one for words in _within("outlet", lower, telling) for one in _wordings()[words]]
    for number in short:
        line = lines[number]
        if line.role != "media" and any(sign in lower[number] for sign in signs):
            masked = _mask(folded[number], lower[number], notices)
            for start, end, worth in _owners(masked):
                yield from _mention("copyright", line.text[start:end], number, worth)
        if _is_of_story(line):
            continue
        for one in wordings:
            for start, end in one.spans(folded[number], lower[number]):
                worth = _WORTH[one.kind] + _SURER * (line.role in _SELF)
                name = _TAIL.sub("", line.text[start:end])
                yield from _mention(one.kind, name, number, worth)
    yield from _heads(lines, folded)


def _is_of_story(line: HeadLine) -> bool:
    return line.prose and line.role in _OF_STORY


def _within(of: str, lower: Sequence[str], numbers: Iterable[int]) -> list[str]:
    """The phrases of a kind that some of the lines hold."""
    return _index(of).within("\n".join(lower[number] for number in numbers))


def _heads(lines: Sequence[HeadLine], folded: Sequence[str]) -> Iterator[Mention]:
    """The first lines that are nothing but a name."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if line.prose:
            return
        short = len(line.text) <= _LONGEST_NAME and line.role not in _NO_HEAD
        if short and _whole_name().fullmatch(folded[number]):
            yield from _mention("head", line.text, number, _HEAD if number else _FIRST)


def _mention(kind: str, name: str, number: int, worth: float) -> Iterator[Mention]:
    name = _without_call(name.strip(_EDGES))
    if is_outlet_name(name, owner=kind == "copyright"):
        yield Mention(kind, name, number, worth)


def _without_call(name: str) -> str:
    """The name without a call before it: "Get the Fell & Fjord" without "Get the"."""
    first, _, rest = name.partition(" ")
    small, _, bare = rest.partition(" ")
    is_call = bare and small in lowered("articles") and first.casefold() in _common()
    return bare if is_call else name


# The names


def is_outlet_name(name: str, *, owner: bool = False) -> bool:
    """Whether an outlet can be called so: no agency, no platform, no menu's word.

    The ``owner`` of rights may be called by words that elsewhere are a menu's.

    >>> is_outlet_name("The Ardal Post"), is_outlet_name("Facebook"), is_outlet_name("Sign In")
    (True, False, False)
    """
    key = squash(name)
    words = _words(name)
    if len(name) > _LONGEST_NAME or len(key) < 2 or key.isdigit():
        return False
    if key in _platforms() or is_agency(name):
        return False
    if owner and len(words) > 1 and has_outlet_word(name):
        return True
    return not all(word in _common() or word.isdigit() for word in words)


@cache
def _platforms() -> frozenset[str]:
    return frozenset(map(squash, words_for("platforms")))


@cache
def _common() -> frozenset[str]:
    """The words that alone are no name: those of menus, and of what outlets say of themselves."""
    keys = ("outlet_origin", "outlet_source", "outlet_own", "outlet_near")
    own = (part for text in words_for(*keys) for part in _words(text))
    words = lowered(
        *("no_name_words", "stopwords", "sections", "site_words", "articles", "outlet_particles"),
        *("roles", "weekdays", "kinds", "platforms", "desks", "groups", "menu_words"),
        *("rights_words", "pictures", "months"),
    )
    return words.union(own)


def has_outlet_word(name: str) -> bool:
    """Whether a word of the name is one that outlets are called by, or ends with one.

    >>> has_outlet_word("The Ardal Post"), has_outlet_word("港新聞"), has_outlet_word("Ada Moore")
    (True, True, False)
    """
    words = _words(name)
    known, ends = _outlet_words()
    return any(word in known or word.endswith(ends) for word in words)


@cache
def _outlet_words() -> tuple[frozenset[str], tuple[str, ...]]:
    words = lowered("outlet_words")
    ends = [word for word in words if len(word) > 4 or _UNSPACED.search(word)]
    return words, tuple(ends)


def _words(name: str) -> list[str]:
    found: list[str] = _WORDS.findall(name.casefold())
    return found


def _is_mark(name: str) -> bool:
    """Whether a name is an address, or initials."""
    return bool(_ADDRESS.fullmatch(name)) or (name.isupper() and " " not in name)


def _merged(mentions: Iterable[Mention]) -> list[Named]:
    """The mentions by name: also what is a piece of it, its address or its initials."""
    named: dict[str, Named] = {}
    for mention in sorted(mentions, key=_length):
        whole = next((key for key in named if _is_short_for(mention.name, key)), mention.name)
        one = named.setdefault(whole, Named())
        one.forms[mention.name] += mention.worth
        one.lines.add(mention.line)
        one.kinds[mention.kind] = max(one.kinds.get(mention.kind, 0.0), mention.worth)
    return list(named.values())


def _length(mention: Mention) -> tuple[bool, int]:
    """By which longer names come first, and addresses last."""
    return bool(_ADDRESS.fullmatch(mention.name)), -len(mention.name)


def _is_short_for(name: str, whole: str) -> bool:
    """Whether a name is another, or a shorter form of it."""
    key, full = _bare(_ADDRESS.sub(r"\g<label>", name)), _bare(whole)
    words = _words(whole)
    small = lowered("articles", "outlet_particles", "outlet_openings")
    initials = ("".join(word[0] for word in some) for some in (words, _without(words, small)))
    pieces = _without(_words(name), small)
    return (
        key == full
        or (len(key) > _SHORTEST_PIECE and key in full)
        or (name.isupper() and len(key) > 1 and key in initials)
        or (len(pieces) > 1 and set(pieces) <= set(words))
    )


def _without(words: Sequence[str], those: frozenset[str]) -> list[str]:
    """The words without ``those``."""
    return [word for word in words if word not in those]


def _bare(name: str) -> str:
    """The letters of the name as an address has them."""
    return "".join(filter(str.isalnum, normalize("NFKD", squash(name))))


def _add_echoes(name: Named, lines: Sequence[HeadLine]) -> None:
    """Count the other lines that hold the name, and the words that it is made of."""
    if name.kinds.keys() != {"near"}:
        shortest = min(name.forms, key=len)
        others = sum(
            n not in name.lines and shortest in line.text and _stands(shortest, line.text)
            for n, line in enumerate(lines)
        )
        if others:
            name.kinds["echo"] = _ECHO * min(_ECHOES, others)
    if any(map(has_outlet_word, name.forms)):
        name.kinds["word"] = _OUTLET_WORD


def _stands(name: str, text: str) -> bool:
    """Whether the name stands in the text as a word; in some scripts it may begin one."""
    at = text.find(name)
    return not (at and text[at - 1].isalpha()) or bool(_UNSPACED.search(name))


# The wordings


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
            if _is_apart(lower, at, end, words):
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
        if stop < 0 or not _is_apart(lower, stop, stop + len(self.behind), self.behind):
            return None
        match = _name_between().fullmatch(folded[end:stop])
        return (match.start("name") + end, match.end("name") + end) if match else None


def _is_apart(text: str, start: int, end: int, words: str) -> bool:
    """Whether no letter joins the words at their own letters; some scripts don't part words."""
    if _UNSPACED.search(words):
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
            word = "" if _UNSPACED.search(phrase) else max(_TOKEN.findall(phrase), key=len)
            self._automaton.add_word(phrase, (phrase, word))
        self._automaton.make_automaton()

    def within(self, text: str) -> list[str]:
        """Those that stand in the text, which has the longest word of each whole."""
        found = dict(item for _, item in self._automaton.iter(text))
        words = set(_TOKEN.findall(text)) if any(found.values()) else ()
        return [phrase for phrase, word in found.items() if not word or word in words]


@cache
def _wordings() -> dict[str, list[Wording]]:
    """The wordings by the words that a line with one holds."""
    found = defaultdict(list)
    for kind in ("origin", "source", "own", "near"):
        for text in words_for(f"outlet_{kind}"):
            before, _, behind = text.partition("{}")
            found[before or behind].append(Wording(kind, before, behind))
    return found


@cache
def _index(of: str) -> Phrases:
    return Phrases(_wordings() if of == "outlet" else _marks())


@cache
def _cased() -> str:
    """The pattern of a name in capitals: "The Ardal Post", "Het Nieuws van de Dag"."""
    small = rf"(?:(?:{any_of('outlet_particles')}|[&+])\s)"
    return rf"{_WORD}(?:\s{small}{{0,2}}{_WORD}){{0,5}}"


_NAME_PLAIN = rf"(?=[^|.,]{{2}}){_PLAIN}(?:\s(?:&\s)?{_PLAIN}){{0,3}}"


@cache
def _lead() -> str:
    return rf"(?:{any_of('articles', 'outlet_particles')}\s)?"


@cache
def _whole_name() -> regex.Pattern[str]:
    return regex.compile(rf"{_cased()}|{_NAME_PLAIN}")


@cache
def _name_ahead() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{_QUOTED}|(?<![\p{{L}}\d])(?P<name>{_cased()})"
        rf"|(?<=^|{_EDGE}|{_EDGE}\s)(?P<name>{_NAME_PLAIN}))$"
    )


@cache
def _name_behind() -> regex.Pattern[str]:
    return regex.compile(
        rf"\s?{_lead()}(?:{_QUOTED}|(?P<name>{_cased()})|(?P<name>{_NAME_PLAIN}?)"
        rf"(?=\s*(?:$|{_EDGE}|\p{{Latin}})))"
    )


@cache
def _name_between() -> regex.Pattern[str]:
    return regex.compile(rf"\s?{_lead()}(?:{_QUOTED}|(?P<name>{_cased()}|{_NAME_PLAIN}))\s?")


# The notices of rights: what is said in words is masked with a letter for each kind, so that the
# patterns stay small.

_FORMULA, _RIGHT, _MADE = "\ue000", "\ue001", "\ue002"


@cache
def _marks() -> dict[str, str]:
    keys = {"rights_words": _RIGHT, "made_by": _MADE, "rights_reserved": _FORMULA}
    return {word: mark for key, mark in keys.items() for word in words_for(key)}


def _mask(folded: str, lower: str, phrases: Iterable[str]) -> str:
    """The line with each of the phrases in it masked by as many marks."""
    for phrase in sorted(phrases, key=len, reverse=True):
        at = lower.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if _is_apart(lower, at, end, phrase):
                mark = _marks()[phrase] * len(phrase)
                folded = folded[:at] + mark + folded[end:]
                lower = lower[:at] + mark + lower[end:]
            at = lower.find(phrase, end)
    return folded


# A line in which ``_SIGN`` matches holds one of these in lower case, or a word that is masked.
_SIGNS = ("©", "(c)", "ⓒ", "℗", "copyr", "@")
_SIGN = regex.compile(
    rf"(?i)(?<!\p{{Latin}})©|\(c\)|ⓒ|℗|copyrights?(?=\W|ⓒ|$)|^@(?=\s?(?:19|20)\d\d)"
    rf"|^\W*{_RIGHT}+(?=[\s:]*(?:[©ⓒ@]|\(c\)|{_YEARS}))|(?<!\p{{Latin}}){_RIGHT}+(?=\s*[©ⓒ(])"
)
# What stands before the sign in the credit of a picture, and not of a page.
_CREDIT = regex.compile(r"\S.*[(\[/:]\s*$|^.{60,}[^.!?|\s]\s*$")
_YEAR_ENDS = regex.compile(rf"(?:{_YEARS}\s)?(?P<name>.*?)(?:\s{_YEARS})?")
_STOP = rf"(?=\s*(?:$|[|.,:;()\[\]<>&©•·。、，،{_FORMULA}{_MADE}]|-\s|{_YEARS}))"
_PIECE = r"(?:[^\s|.,:;()\[\]<>©•·\"«»/\ue000-\ue002-]|(?<=\S)[./-](?=\S))++"


@cache
def _filler() -> regex.Pattern[str]:
    """What stands between the sign and the owner's name; no sentence ends in it."""
    by, forms = any_of("rights_by"), any_of("company_forms")
    formula = rf"{_FORMULA}+(?:(?=\s*(?:$|[,:|©-]))|\s(?!\s*[.])(?:[לل]ـ?(?=\p{{Lo}}))?)"
    return regex.compile(
        rf"(?i)(?:\(c\)|[\s,.:;|©ⓒ℗@<\[({_RIGHT}-]|copyright|{_YEARS}|{formula}"
        rf"|(?<!\w)(?:{by}(?!\w)|{forms}(?=\s)))*+"
    )


@cache
def _owner_behind() -> regex.Pattern[str]:
    """The owner behind the sign: all up to a mark where that is short, else what is in capitals."""
    whole = rf"(?P<name>(?=[\p{{Lu}}\p{{Lo}}\d]){_PIECE}(?:\s{_PIECE}){{0,3}}?){_STOP}"
    brand = rf"(?P<name>\p{{Ll}}[\p{{L}}\d.]+(?:\s{_WORD}){{0,3}}){_STOP}"
    end = rf"(?=\s*(?:$|{_EDGE}|\p{{Latin}}))"
    return regex.compile(
        rf"(?![{_FORMULA}{_MADE}])(?:{_QUOTED}|{whole}|(?P<name>{_cased()})|{brand}"
        rf"|(?P<name>{_NAME_PLAIN}?){end})"
    )


@cache
def _owner_ahead() -> regex.Pattern[str]:
    name = (
        rf"(?<![\p{{L}}\d])(?P<name>{_cased()}(?:\s\p{{Ll}}+)?)"
        rf"|(?<=^|{_EDGE}|{_EDGE}\s)(?P<name>{_NAME_PLAIN})"
    )
    return regex.compile(rf"(?:{_QUOTED}|{name})[\s,.:;|-]*(?:{_YEARS}[\s,.:;|-]*)?$")


@cache
def _company() -> regex.Pattern[str]:
    """What makes a name a company's, and all behind it."""
    forms = any_of("company_forms", "company_words")
    return regex.compile(rf"(?i)[\s,]*(?<![\w.]){forms}(?!\w).*")


def _owners(masked: str) -> Iterator[tuple[int, int, float]]:
    """The span of the owner's name in a notice of rights, and what it is worth."""
    sign = _SIGN.search(masked)
    formula = masked.find(_FORMULA)
    if (sign is None and formula < 0) or (sign and _CREDIT.search(masked[: sign.start()])):
        return
    match = _owner(masked, sign.span() if sign else None, formula)
    if match is None or "/" in match["name"] or masked[match.end() :].lstrip().startswith("/"):
        return
    start, end = match.span("name")
    years = _YEAR_ENDS.fullmatch(masked[start:end])
    start, end = (start + years.start("name"), start + years.end("name")) if years else (start, end)
    company = _company().search(masked[start:end])
    worth = _WORTH["copyright"]
    if company:
        end = start + company.start()
        worth = worth if has_outlet_word(masked[start:end]) else _COMPANY
    if end > start:
        yield start, end, worth


def _owner(masked: str, sign: Span | None, formula: int) -> regex.Match[str] | None:
    """The match of the owner's name, before or behind the sign or the formula."""
    first, last = sign or (formula, formula)
    if 0 <= formula < first:
        between = masked[formula:first].lstrip(_FORMULA)
        if any(map(str.isalpha, between)):
            last = formula
        first = formula
    ahead = _owner_ahead().search(masked[:first])
    filler = _filler().match(masked, last)
    behind = _owner_behind().match(masked, filler.end() if filler else last)
    alone = ahead and not masked[: ahead.start()].strip(" <[(")
    return ahead if ahead and (alone or not sign or behind is None) else behind
