"""Which of what recurs on a site is the site's own, and the rules that say so."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from boilerstrip.language.prose import ends_sentence, is_prose
from boilerstrip.learn.wording import (
    AUTHOR,
    has,
    is_credit,
    pattern,
    varies,
    words_in,
    words_of,
)
from boilerstrip.rules.check import broken_examples
from boilerstrip.rules.ruleset import Rule, phrase_key
from boilerstrip.score.category import BODY, Piece
from boilerstrip.score.scorer import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from boilerstrip.article import Article
    from boilerstrip.learn.store import Document, Store

# In how many documents of a site a line must stand, and in what share of them: below the story,
# above it, where series have their headings, and amid it. The numbers here are guesses: with
# them the 11 drafts for 724 sites of three corpora were the sites' own; of 12 for a corpus that was
# crawled in some days, 6 were headlines of those days. A person is to read them.
LEAST = 3
_SHARE = {"tail": 0.2, "head": 0.5, "anywhere": 0.25}
# Of the documents that have a line, this share has it at the same edge.
_STEADY = 0.8
# Amid a story a shorter line may be a heading.
_WORDS_AMID = 6
# A single word below stories is the site's only if most of them have it.
_ONE_WORD_SHARE = 0.5
_LEAST_LETTERS = 8
# Lines that begin with one label are one rule if they are so many times what any one of them is.
_MORE_THAN_ONE = 1.5
_EXAMPLES = 4
_NEAR_MISSES = 8
_LONGEST_NEAR_MISS = 300
_CONTEXT = 4
# Safely less than what rules look up as a phrase; longer ones are patterns.
_LONGEST_PHRASE = 120
_WORDS_IN_ID = 6
_NEEDED = 2


class Seen(NamedTuple):
    """A line where it was seen: its text, the record's name, what stands around it.

    Of what stands around, ``None`` says that it recurs at the same edge.
    """

    text: str
    name: str
    around: tuple[Piece, ...]


@dataclass(slots=True)
class Evidence:
    """Where lines of one wording stand in the documents of a site."""

    places: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)

    def note(self, place: str, language: str | None, seen: Seen) -> None:
        """Count the line of one document."""
        self.places[place] += 1
        self.languages[language or "mul"] += 1
        key = phrase_key(seen.text)
        if len(self.seen) < _EXAMPLES and (key not in self.texts or len(self.seen) < _NEEDED):
            self.seen.append(seen)
        if len(self.texts) < _EXAMPLES:
            self.texts.add(key)


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule that was drafted, for which site, and where what it removes was seen."""

    rule: Rule
    site: str
    seen: tuple[Seen, ...]


def draft_rules(store: Store) -> Iterator[Draft]:
    """The drafts for all sites of a store; their examples have not been tried."""
    store.count()
    for site, stories in store.sites():
        evidence = _evidence(store, site)
        found = dict(_of_site(site, stories, evidence))
        near = _near_misses(store, site, found)
        for key, draft in found.items():
            yield replace(draft, rule=replace(draft.rule, keeps=near[key]))


def sound(drafts: Iterable[Draft], clean: Callable[[str], Article]) -> Iterator[Draft]:
    """The drafts with those of their examples that come out, and without those that have too few.

    ``clean`` uses the rules of all drafts.
    """
    for draft in drafts:
        rule = draft.rule
        seen = [one for one in draft.seen if not _broken(rule, clean, removes=(one.text,))]
        keeps = [one for one in rule.keeps if not _broken(rule, clean, keeps=(one,))]
        if min(len(seen), len(keeps)) >= _NEEDED:
            seen, removes = seen[:_NEEDED], tuple(one.text for one in seen[:_NEEDED])
            rule = replace(rule, removes=removes, keeps=tuple(keeps[:_NEEDED]))
            yield replace(draft, rule=rule, seen=tuple(seen))


def scoped(draft: Draft, by: str) -> Draft:
    """The draft as a rule for its site alone, where that is a host or an outlet."""
    rule = draft.rule
    if by == "host":
        rule = replace(rule, sites=(draft.site,))
    elif by == "outlet":
        rule = replace(rule, outlets=(draft.site,))
    return replace(draft, rule=rule)


def _broken(
    rule: Rule,
    clean: Callable[[str], Article],
    removes: tuple[str, ...] = (),
    keeps: tuple[str, ...] = (),
) -> bool:
    return any(broken_examples(replace(rule, removes=removes, keeps=keeps), clean))


def _evidence(store: Store, site: str) -> dict[str, Evidence]:
    """Where what recurs on a site stands."""
    recurring = store.recurring(site, LEAST)
    evidence: dict[str, Evidence] = {}
    for document in store.of_site(site):
        places = _places(document, recurring)
        noted: set[str] = set()
        # From the end: of a line that comes again in a document the last counts.
        for at in range(len(places) - 1, -1, -1):
            line = document.lines[at]
            for said in (line.wording, line.label):
                if said in recurring and said not in noted:
                    noted.add(said)
                    seen = Seen(line.text, document.name, _around(document, places, at))
                    evidence.setdefault(said, Evidence()).note(places[at], document.language, seen)
    return evidence


def _places(document: Document, recurring: set[str]) -> list[str]:
    """Where each line of a document stands; nowhere if there is no line of its own."""
    again = [
        not line.wording or line.wording in recurring or line.label in recurring
        for line in document.lines
    ]
    own = [at for at, recurs in enumerate(again) if not recurs]
    if not own:
        return []
    return [
        "head" if at < own[0] else "tail" if at > own[-1] else "anywhere"
        for at in range(len(again))
    ]


def _around(document: Document, places: Sequence[str], at: int) -> tuple[Piece, ...]:
    """The line among its neighbours; those that stand at its edge are of unknown role, as it is."""
    first = max(at - _CONTEXT, 0)
    return tuple(
        Piece(line.text, None if n == at or places[n] == places[at] != "anywhere" else BODY)
        for n, line in enumerate(document.lines[first : at + _CONTEXT + 1], first)
    )


def _of_site(site: str, stories: int, evidence: dict[str, Evidence]) -> Iterator[tuple[str, Draft]]:
    """The drafts for a site, the most frequent first."""
    chosen = {
        key: where
        for key, found in evidence.items()
        if (where := _where(key, found, stories)) is not None
    }
    labels = _telling_labels(chosen, evidence)
    taken: set[str] = set()
    for key in sorted(chosen, key=lambda one: (-evidence[one].places.total(), one)):
        if not any(key != label and key.startswith(label[:-1]) for label in labels):
            yield key, _draft(site, stories, key, chosen[key], evidence[key], taken)


def _where(key: str, found: Evidence, stories: int) -> str | None:
    """Where a rule for lines of this wording looks for them, ``None`` if they may be a story's."""
    place, count = min(found.places.items(), key=lambda one: (-one[1], one[0]))
    documents = found.places.total()
    if place != "anywhere" and count < _STEADY * documents:
        place = "anywhere"
    words, share = words_in(key), documents / stories
    if documents < max(LEAST, ceil(_SHARE[place] * stories)):
        return None
    if any(is_credit(seen.text) for seen in found.seen):
        return None
    if place == "anywhere":
        worded = len(words) >= _WORDS_AMID and ends_sentence(found.seen[0].text)
        return place if worded and not varies(key) else None
    if place == "head" and is_label(key):
        return None
    if len(words) == 1 and (varies(key) or share < _ONE_WORD_SHARE):
        return None
    return place if len(words) == 1 or sum(map(len, words)) >= _LEAST_LETTERS else None


def is_label(key: str) -> bool:
    """Whether this is the wording of a label, with anything behind it."""
    return key.endswith(": \x05")


def _telling_labels(chosen: Iterable[str], evidence: dict[str, Evidence]) -> list[str]:
    """The labels of which no single line makes up the most."""
    labels = []
    for key in filter(is_label, chosen):
        whole = evidence[key].places.total()
        below = [one for one in evidence if one != key and one.startswith(key[:-1])]
        most = max((evidence[one].places.total() for one in below), default=0)
        if whole >= _MORE_THAN_ONE * most:
            labels.append(key)
    return labels


def _draft(
    site: str, stories: int, key: str, where: str, found: Evidence, taken: set[str]
) -> Draft:
    documents = found.places.total()
    language, _ = min(found.languages.items(), key=lambda one: (-one[1], one[0]))
    is_phrase = len(found.texts) == 1 and len(key) <= _LONGEST_PHRASE
    place = {"tail": "below", "head": "above", "anywhere": "amid"}[where]
    rule = Rule(
        id=_new_id(site, key, taken),
        category=_category(key, where, found.seen[0]),
        why=f"Stands {place} the story in {documents} of {stories} documents of {site}.",
        languages=(language,),
        removes=tuple(seen.text for seen in found.seen),
        keeps=(),
        phrases=(found.seen[0].text,) if is_phrase else (),
        line=None if is_phrase else pattern(key),
        where=where,
        callers=True,
    )
    return Draft(rule, site, tuple(found.seen))


def _new_id(site: str, key: str, taken: set[str]) -> str:
    base = f"{site}/{'-'.join(words_in(key)[:_WORDS_IN_ID])}"
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _category(key: str, where: str, seen: Seen) -> str:
    """What the model of categories calls the line where it was first seen."""
    if has(key, AUTHOR) and where == "tail":
        return "author_bio"
    model = shipped().category
    if model is None:
        return "other"
    names = iter(model.name(seen.around))
    for piece in seen.around:
        name = next(names) if piece.role is None else BODY
        if piece.text == seen.text and piece.role is None:
            return name
    return "other"


def _near_misses(store: Store, site: str, drafts: dict[str, Draft]) -> dict[str, tuple[str, ...]]:
    """For each draft the lines of the site that stand in one story alone and are most like it."""
    recurring = store.recurring(site) if drafts else set()
    best: dict[str, list[tuple[float, bool, str]]] = {key: [] for key in drafts}
    words = {key: frozenset(words_in(key)) for key in drafts}
    for document in store.of_site(site) if drafts else ():
        for line in document.lines:
            if not line.wording or line.wording in recurring or line.label in recurring:
                continue
            if len(line.text) > _LONGEST_NEAR_MISS:
                continue
            said, prose = words_of(line.text), is_prose(line.text)
            for key, wanted in words.items():
                share = len(wanted & said) / len(wanted)
                entry = (round(share, 3), prose, line.text)
                if len(best[key]) < _NEAR_MISSES:
                    heapq.heappush(best[key], entry)
                elif entry > best[key][0]:
                    heapq.heapreplace(best[key], entry)
    return {
        key: tuple(text for _, _, text in sorted(found, reverse=True))
        for key, found in best.items()
    }
