"""Why a passage was taken out, in words: what its rule says, or who else is its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.claim import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from boilerstrip.record import Removal
    from boilerstrip.rules.ruleset import Rule

# What the lines are that say a field's value.
_LINES = {
    "title": "The line that says the headline.",
    "byline": "The line that says who wrote it.",
    "date": "The line that says when it appeared.",
    "author_bio": "What the page says of the author.",
    "related": "Another article on the page.",
}
_OTHERS = {
    "scorer": "The trained scorer, where no rule speaks.",
    "metadata": "Lines that say a field of the metadata: they are returned there.",
    "extractor": "The extractor left it out.",
}
# A chance below this is not told exactly.
_LEAST_SHOWN = 0.01


def reasons_of(rules: Iterable[Rule]) -> dict[str, str]:
    """The reason behind each cause that is a rule."""
    return {str(Cause("rule", rule.id)): rule.why for rule in rules}


def about_cause(cause: str, whys: Mapping[str, str]) -> str:
    """What is said of a cause as such: the rule's reason, or who else it is.

    >>> about_cause("metadata:json-ld", {})
    'Lines that say a field of the metadata: they are returned there.'
    """
    return whys.get(cause, _OTHERS.get(cause.partition(":")[0], ""))


def reason(removal: Removal, whys: Mapping[str, str]) -> str:
    """Why a passage was taken out: the rule's reason, or what the scorer says.

    >>> from boilerstrip.record import Removal
    >>> reason(Removal("navigation", "scorer", 0, 4, "Home", 0.021), {})
    'To the scorer 2% likely to be body.'
    """
    if removal.chance is not None:
        chance = removal.chance
        likely = f"{chance:.0%}" if chance >= _LEAST_SHOWN else "less than 1%"
        return f"To the scorer {likely} likely to be body."
    if removal.cause.startswith("metadata:"):
        return _LINES.get(removal.category, "The line that says a field's value.")
    return about_cause(removal.cause, whys)
