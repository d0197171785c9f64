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
from typing import TYPE_CHECKING

import regex

from boilerstrip.fields.addresses import domain_label
from boilerstrip.fields.outlet_lines import (
    COMPANY,
    FIRST,
    SKIPPED,
    WORTH,
    Mention,
    labels,
    mention,
    mentions,
    spelt,
)
from boilerstrip.fields.outlet_name import (
    ADDRESS,
    bare,
    has_outlet_word,
    is_mark,
    is_short_for,
    loose_name,
    stands_in,
    words_of,
)
from boilerstrip.language.fold import fold_variants, squash
from boilerstrip.language.names import split_authors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.fields.head import HeadLine
    from boilerstrip.fields.text import Text

# The least that a name must be worth in all; a guess, as those of the lines are.
_ENOUGH = 2.5
# Of a page with menus, whose lines name many.
_ENOUGH_ON_PAGES = 3.0
# By so much a name must be worth more than the next.
_AHEAD = 0.5
# Each further line with the name, and so many of them; outlets have such words in their names.
_ECHO, _ECHOES, _OUTLET_WORD = 0.5, 2, 1.0
# What together says nothing: a menu's word stands above the headline, and in other lines, too.
_NO_PROOF = frozenset({"echo", "word"})
# What is no other kind of the same line.
_BESIDE = _NO_PROOF | {"url", "address"}
# What also names people, places and sections.
_WEAK = frozenset({"near", "foot", "credit", "byline"})
# A name that the caller's address leads to; one that is worth so much beats that in the title.
_OF_URL, _STRONG = 2.0, 4.0
_OF_SITE = frozenset({"address", "url"})
_ACRONYM = 3  # letters up to which an address is a chance part of other words
_MOST_NAMES = 100
# A title has more words than these before the stroke.
_TITLE_WORDS = 3
_STROKE = re.compile(r"\s+[|–—-]\s+")
_SMALL = regex.compile(r"(?<![\w'’.@/-])\p{Ll}[\p{Ll}'’-]*(?![\w@/])")


@dataclass(slots=True)
class Named:
    """What the lines say of one name: its forms, and of each kind the best worth."""

    forms: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[str, float] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    @property
    def worth(self) -> float:
        """Of all kinds together; of those of one line alone the best."""
        if len(self.lines) > 1 or "copyright" not in self.kinds:
            return sum(self.kinds.values())
        beside = sum(self.kinds[kind] for kind in self.kinds.keys() & _BESIDE)
        return beside + max((self.kinds[kind] for kind in self.kinds.keys() - _BESIDE), default=0.0)

    @property
    def telling(self) -> frozenset[str]:
        """The kinds of lines that name it, and don't only hold the name."""
        return frozenset(self.kinds) - _NO_PROOF

    def beats(self, title: str) -> bool:
        """Whether the name is to be given in place of another that the title of the page says."""
        if _is_one(title, self.form):
            return is_mark(title) and not is_mark(self.form)
        return self.worth >= _STRONG and not _OF_SITE.isdisjoint(self.kinds)

    @property
    def kind(self) -> str:
        """The kind that is worth most."""
        return max((kind for kind in self.kinds if kind in WORTH), key=self.kinds.__getitem__)

    @property
    def form(self) -> str:
        """The form to give: most lines have it, and it is no address or initials, if one isn't."""
        return max(
            self.forms, key=lambda form: (not is_mark(form), len(self.forms[form]), len(form))
        )


def named_outlet(found: Text, *, of_page: bool) -> Named | None:
    """The name that the text gives its outlet, with what the lines say of it; or ``None``."""
    lines = found.pieces
    site = bare(domain_label(found.url) or "")
    told = [*mentions(lines), *_titles(found, lines)]
    sites = labels(lines)
    sites += [site] if site and site not in sites else []
    keys = [bare(line.text) for line in lines] if sites else []
    told += [one for label in sites for one in spelt(lines, keys, label)]
    if not told:
        return None
    authors = _authors(found)
    names = _merged(one for one in told if squash(one.name) not in authors)
    names = [name for name in names if not (_is_word(name) and _is_small(name, found.whole))]
    for name in names:
        _add_echoes(name, lines)
        if site and any(_fits(form, site) for form in name.forms):
            name.kinds["url"] = _OF_URL
    return _best(names, of_page=of_page)


def _is_word(name: Named) -> bool:
    """Whether a name is one word that is no owner's and no address'."""
    sure = {"copyright", "address", "title"}
    return sure.isdisjoint(name.kinds) and not any(" " in form for form in name.forms)


def _is_small(name: Named, text: str) -> bool:
    """Whether a word of the text says the name in lower case: what one says is no name."""
    small = {form.lower() for form in name.forms}
    lines = (line for line in text.splitlines() if any(form in line for form in small))
    return any(not small.isdisjoint(_SMALL.findall(line)) for line in lines)


def _fits(name: str, site: str) -> bool:
    """Whether a name is that of a site, or holds it, or has its initials."""
    key = bare(name)
    initials = "".join(word[0] for word in words_of(name))
    return (
        site in {key, initials}
        or (len(site) > _ACRONYM and site in key)
        or (len(key) > _ACRONYM and key in site)
    )


def _best(names: Sequence[Named], *, of_page: bool) -> Named | None:
    """The name that is worth enough, and more than the others; one that is of an origin first."""
    for name in names:
        if name.kinds.get("copyright") == COMPANY and len(name.telling) > 1:
            name.kinds["copyright"] = WORTH["copyright"]  # the company is called as the outlet is
    enough = _ENOUGH_ON_PAGES if of_page else _ENOUGH
    ordered = sorted(names, key=lambda name: -name.worth)
    ordered.sort(key=lambda name: "origin" not in name.kinds or name.worth < enough)
    if not ordered:
        return None
    best = ordered[0]
    rivals = (name for name in ordered[1:] if not _is_one(name.form, best.form))
    rival = max((name.worth for name in rivals), default=0.0)
    alone = "origin" in best.kinds or best.worth >= rival + _AHEAD
    if best.kinds.get("copyright") == WORTH["copyright"] or best.telling >= {"head", "own"}:
        enough = _ENOUGH
    # A notice alone is enough in a text without menus for a name of several words: each of six such
    # on raw texts was right. One word may be the company's.
    several = any(" " in form for form in best.forms)
    if several and best.kinds.get("copyright") == WORTH["copyright"] and not of_page:
        enough = WORTH["copyright"]
    return best if best.worth >= enough and alone and _is_proven(best, of_page=of_page) else None


def _is_one(name: str, other: str) -> bool:
    """Whether one of two names is the other or short for it."""
    return is_short_for(name, other) or is_short_for(other, name)


def _is_proven(name: Named, *, of_page: bool) -> bool:
    """Whether lines of two kinds name it, not all weak ones, or one of a kind that is enough."""
    telling = name.telling
    head = name.kinds.get("head", 0.0)
    if not telling.isdisjoint({"origin", "copyright"}) or head > SKIPPED:
        return True
    if head < FIRST and telling == {"near", "head"} and "word" not in name.kinds:
        return False  # a section, which menus name above and links below the story
    if len(telling) > 1 and (
        len(name.lines) > 1 or "copyright" not in telling or "address" in telling
    ):
        return not telling <= _WEAK or "word" in name.kinds
    if head >= FIRST:
        return "word" in name.kinds and "echo" in name.kinds
    echoed = "echo" in name.kinds and " " in name.form
    sure = "word" in name.kinds or echoed or len(name.lines) > 1
    return sure and not of_page and not telling.isdisjoint({"own", "source"})


# The lines


def _authors(found: Text) -> set[str]:
    """The squashed names of those whom bylines name."""
    named = {name for value, _ in found.named("authors") for name in split_authors(value)}
    if found.shape:
        named |= {name for _, names in found.shape.bylines for name in names}
    return set(map(squash, named))


def _titles(found: Text, lines: Sequence[HeadLine]) -> Iterator[Mention]:
    """What stands behind the headline in a line that says it, or behind a stroke in the first."""
    # A name behind the headline is proof of that.
    for number, spans in found.shape.titles if found.shape and found.shape.is_provable else ():
        if "outlet" in spans:
            name = found.lines[number].text[slice(*spans["outlet"])]
            yield from mention("title", name, -1, WORTH["title"])
            return
    parts = _STROKE.split(lines[0].text) if lines else ()
    if len(parts) < 2 or len(parts[0].split()) <= _TITLE_WORDS:
        return
    if loose_name().fullmatch(fold_variants(parts[-1])):
        yield from mention("title", parts[-1], -1, WORTH["title"])


def _merged(mentions: Iterable[Mention]) -> list[Named]:
    """The mentions by name: also what is a piece of it, its address or its initials."""
    named: dict[str, Named] = {}
    for told in sorted(_foremost(list(mentions)), key=_length):
        whole = next((key for key in named if is_short_for(told.name, key)), told.name)
        one = named.setdefault(whole, Named())
        one.forms[told.name].add(told.line)
        one.lines.add(told.line)
        one.kinds[told.kind] = max(one.kinds.get(told.kind, 0.0), told.worth)
    return list(named.values())


def _foremost(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions of so many names as are compared with each other, those of most worth first."""
    worth: dict[str, float] = defaultdict(float)
    for one in mentions:
        worth[one.name] += one.worth
    if len(worth) <= _MOST_NAMES:
        return mentions
    best = set(sorted(worth, key=lambda name: -worth[name])[:_MOST_NAMES])
    return [one for one in mentions if one.name in best]


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
