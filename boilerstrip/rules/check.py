"""Whether a rule does what its examples say: removes these, keeps those."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boilerstrip.rules.hostile import find_slow
from boilerstrip.rules.match import FoldedText, Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from boilerstrip.article import Article
    from boilerstrip.rules.ruleset import Rule

_BEFORE = (
    "The council met on Monday evening to vote on the new bridge across the river, after two years "
    "of debate about its cost and its effect on the old harbour.",
    "Engineers had warned that the old one would not carry heavy traffic for another winter. They "
    "asked for a decision before the first frost, and they got it.",
    "Shopkeepers on both banks said that they could live with the noise for a while. Some of them "
    "had lost a third of their customers since the road was closed.",
)
_AFTER = (
    "Work will start in March, the mayor told reporters, and will take about three years. Until "
    "then a ferry carries people and bicycles across the water.",
    "The last time that the town built a bridge was in 1931. It was opened by a brass band and a "
    "goat, as an old photograph in the town hall still shows.",
    "The vote was nine to four, with one member away. The four who said no want a tunnel, which "
    "would cost twice as much and would save the row of lime trees.",
)
# So much of a text on which a pattern is slow is shown.
_SHOWN = 60
_NEIGHBOUR = "Advertisement"
_COMMENT = "Thanks for this article, I have learnt a lot from it!"


def broken_examples(rule: Rule, clean: Callable[..., Article]) -> Iterator[tuple[str, str]]:
    """For each example of the rule that doesn't come out as it says its key, and a sentence.

    Where another rule matches as well and goes first, as one of the text's language does, that
    counts. What a rule for some sites says is tried on the first of them.
    """
    alone = Matcher([replace(rule, against=())])
    url = f"https://{rule.sites[0]}/" if rule.sites else None
    keeping = rule.category == "body"
    for example in rule.removes:
        removed = clean(
            _embed(example, _milder(rule.where) if keeping else rule.where), url
        ).removed
        causes = {removal.cause for removal in removed}
        went = bool(causes) if keeping else f"rule:{rule.id}" in causes
        if not went and not (causes and _matches(alone, example)):
            fired = sorted(causes) or "none"
            yield "removes", f"{rule.id} does not remove {example!r} (what fired: {fired})"
    for example in rule.keeps:
        if keeping and not _matches(alone, example):
            yield "keeps", f"{rule.id} does not match {example!r}, which it is to keep"
        for removal in clean(_embed(example, _milder(rule.where)), url).removed:
            if removal.chance is not None and removal.text not in example:
                continue  # the scorer's, of what the example was put among
            yield "keeps", f"{removal.cause} removes {removal.text!r}, which {rule.id} keeps"


def slow_patterns(rule: Rule) -> Iterator[tuple[str, str]]:
    """For each pattern of the rule that takes too long on some text its key, and a sentence."""
    for key in ("line", "inline"):
        pattern = getattr(rule, key)
        slow = find_slow(pattern, whole=key == "line") if pattern else None
        if slow:
            text = slow.text if len(slow.text) <= _SHOWN else f"{slow.text[:_SHOWN]}..."
            message = f"rule {rule.id!r}: {key!r} took {slow.seconds:.1f} seconds on a line of"
            message += f" {len(slow.text)} characters: {text!r}. Don't repeat what repeats itself,"
            yield key, f"{message} as in (?:a{{1,9}}){{1,9}}."


def overlaps(rules: Sequence[Rule], shipped: Sequence[Rule]) -> Iterator[str]:
    """For each of some rules the others that match an example which it removes: a sentence."""
    matcher = Matcher([*rules, *shipped])
    for rule in rules:
        if rule.category == "body":
            continue
        found = [_rules_in(matcher, example) - {rule.id} for example in rule.removes]
        for other in sorted(set().union(*found)):
            count = sum(other in each for each in found)
            share = "all" if count == len(found) else f"{count} of {len(found)}"
            yield f"{rule.id}: {share} of what it removes is matched by {other}, too."


def _rules_in(matcher: Matcher, example: str) -> set[str]:
    """The rules that match in a line of an example."""
    lines = [line for line in map(str.strip, example.splitlines()) if line]
    found = [matcher.matches(FoldedText(line), [(0, len(line))])[0] for line in lines]
    return {match.rule.id for matches in found for match in matches}


def _matches(matcher: Matcher, example: str) -> bool:
    return bool(_rules_in(matcher, example))


def _milder(where: str) -> str:
    """An example that stays has no boilerplate beside it."""
    return "anywhere" if where == "beside" else where


def _embed(example: str, where: str) -> str:
    """The example among prose, at a place where the rule looks for it."""
    lines = {
        "head": (example, *_BEFORE, *_AFTER),
        "anywhere": (*_BEFORE, example, *_AFTER),
        "tail": (*_BEFORE, *_AFTER[:2], example, _AFTER[2]),
        "beside": (*_BEFORE, _NEIGHBOUR, example, *_AFTER),
        "foot": (*_BEFORE, *_AFTER, example),
        "thread": (*_BEFORE, *_AFTER, example, _COMMENT),
    }
    return "\n".join(lines[where])
