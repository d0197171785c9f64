"""Whether a rule does what its examples say: removes these, keeps those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.rules.match import FoldedText, Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
_NEIGHBOUR = "Advertisement"
_COMMENT = "Thanks for this article, I have learnt a lot from it!"


def broken_examples(rule: Rule, clean: Callable[[str], Article]) -> Iterator[str]:
    """A sentence for each example of the rule that doesn't come out as it says.

    Where another rule matches as well and goes first, as one of the text's language does, that
    counts.
    """
    alone = Matcher([rule])
    for example in rule.removes:
        removed = clean(_embed(example, rule.where)).removed
        causes = {removal.cause for removal in removed}
        if f"rule:{rule.id}" not in causes and not (causes and _matches(alone, example)):
            yield f"{rule.id} does not remove {example!r} (what fired: {sorted(causes) or 'none'})"
    for example in rule.keeps:
        for removal in clean(_embed(example, _milder(rule.where))).removed:
            if removal.chance is not None and removal.text not in example:
                continue  # the scorer's, of what the example was put among
            yield f"{removal.cause} removes {removal.text!r}, which {rule.id} keeps"


def _matches(matcher: Matcher, example: str) -> bool:
    lines = (line.strip() for line in example.splitlines())
    return any(any(matcher.matches(FoldedText(line), [(0, len(line))])) for line in lines if line)


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
