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

import regex

from boilerstrip.fields.head import HeadLine
from boilerstrip.fields.outlet_name import (
    ADDRESS,
    EDGES,
    LONGEST_NAME,
    common_words,
    has_outlet_word,
    is_mark,
    is_outlet_name,
    is_short_for,
    stands_in,
    whole_name,
)
from boilerstrip.fields.rights import SIGNS, mask, owners, rights_marks
from boilerstrip.fields.wording import Phrases, wordings
from boilerstrip.language.fold import fold_case, fold_variants, squash
from boilerstrip.language.names import split_authors
from boilerstrip.language.prose import is_prose
from boilerstrip.language.vocabulary import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.fields.text import Text

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
_HEAD_LINES = 6
_SENTENCE = re.compile(r"\s(?:(?<=[.!?…]\s)|(?<=[.!?…]['\"”»)]\s))\s*|(?<=[。！？])")
_TAIL = regex.compile(r"['’]\p{Ll}{1,3}$")


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
        return max(self.forms, key=lambda form: (not is_mark(form), self.forms[form], len(form)))


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
    signs = [*notices, *SIGNS]
    known = [one for words in _within("outlet", lower, telling) for one in wordings()[words]]
    for number in short:
        line = lines[number]
        if line.role != "media" and any(sign in lower[number] for sign in signs):
            masked = mask(folded[number], lower[number], notices)
            for start, end, company in owners(masked):
                worth = _COMPANY if company else _WORTH["copyright"]
                yield from _mention("copyright", line.text[start:end], number, worth)
        if _is_of_story(line):
            continue
        for one in known:
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
        short = len(line.text) <= LONGEST_NAME and line.role not in _NO_HEAD
        if short and whole_name().fullmatch(folded[number]):
            yield from _mention("head", line.text, number, _HEAD if number else _FIRST)


def _mention(kind: str, name: str, number: int, worth: float) -> Iterator[Mention]:
    name = _without_call(name.strip(EDGES))
    if is_outlet_name(name, owner=kind == "copyright"):
        yield Mention(kind, name, number, worth)


def _without_call(name: str) -> str:
    """The name without a call before it: "Get the Fell & Fjord" without "Get the"."""
    first, _, rest = name.partition(" ")
    small, _, bare = rest.partition(" ")
    is_call = bare and small in lowered("articles") and first.casefold() in common_words()
    return bare if is_call else name


def _merged(mentions: Iterable[Mention]) -> list[Named]:
    """The mentions by name: also what is a piece of it, its address or its initials."""
    named: dict[str, Named] = {}
    for mention in sorted(mentions, key=_length):
        whole = next((key for key in named if is_short_for(mention.name, key)), mention.name)
        one = named.setdefault(whole, Named())
        one.forms[mention.name] += mention.worth
        one.lines.add(mention.line)
        one.kinds[mention.kind] = max(one.kinds.get(mention.kind, 0.0), mention.worth)
    return list(named.values())


def _length(mention: Mention) -> tuple[bool, int]:
    """By which longer names come first, and addresses last."""
    return bool(ADDRESS.fullmatch(mention.name)), -len(mention.name)


def _add_echoes(name: Named, lines: Sequence[HeadLine]) -> None:
    """Count the other lines that hold the name, and the words that it is made of."""
    if name.kinds.keys() != {"near"}:
        shortest = min(name.forms, key=len)
        others = sum(
            n not in name.lines and shortest in line.text and stands_in(shortest, line.text)
            for n, line in enumerate(lines)
        )
        if others:
            name.kinds["echo"] = _ECHO * min(_ECHOES, others)
    if any(map(has_outlet_word, name.forms)):
        name.kinds["word"] = _OUTLET_WORD


@cache
def _index(of: str) -> Phrases:
    return Phrases(wordings() if of == "outlet" else rights_marks())
