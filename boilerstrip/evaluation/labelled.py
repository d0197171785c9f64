"""What is measured on labelled texts: boilerplate left in, traps kept, categories right.

All is compared after white space is folded. Shares are of characters, white space aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from boilerstrip.evaluation.gold import GoldPage, Segment
    from boilerstrip.evaluation.systems import Extraction
    from boilerstrip.record import Removal

# Two categories between which such a passage can be a matter of judgement: "Follow us on ..." is
# share or app_promo, a switch of the text size share or navigation, "Powered by ..." copyright or
# navigation, a call for donations advertisement or paywall; a date line stands beside a byline.
NEIGHBOURS = frozenset(
    map(
        frozenset,
        (
            ("share", "app_promo"),
            ("share", "navigation"),
            ("copyright", "navigation"),
            ("advertisement", "paywall"),
            ("byline", "date"),
        ),
    )
)
"""Pairs of categories of which either is right in places."""

# What has a category of its own here, and none in the labels: these call a date line byline, and
# readers' comments comment_widget.
_LABELS = {"date": "byline", "comment": "comment_widget"}

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marks:
    """How a system did on one labelled text; pairs are hits and tries.

    ``left`` are the characters of boilerplate passages that stand whole in the body, of all such
    characters. ``traps`` are those of the body that are kept. ``categories`` are the removed
    passages that stand under their category, ``near`` under it or a neighbour, of those removed.
    """

    left: tuple[int, int]
    traps: tuple[int, int]
    categories: tuple[int, int]
    near: tuple[int, int]


def mark(found: Extraction, page: GoldPage) -> Marks:
    """How well the extraction agrees with the labels of a labelled text.

    >>> from boilerstrip.evaluation import Extraction, GoldPage
    >>> from boilerstrip.evaluation.gold import Segment
    >>> page = GoldPage("1", "It rained.", text="It rained. Share! Home",
    ...                 removed=(Segment("Share!", "share"), Segment("Home", "navigation")))
    >>> mark(Extraction("It rained. Home"), page).left
    (4, 10)
    """
    removed = page.removed or ()
    body = fold_space(found.body)
    traps = [fold_space(trap) in body for trap in page.traps]
    named = list(_named(removed, found.removed, page.text or ""))
    return Marks(
        left=(_left(removed, body, fold_space(page.body or "")), sum(map(_size, removed))),
        traps=(sum(traps), len(traps)),
        categories=(sum(gold == own for gold, own in named), len(named)),
        near=(sum(is_near(gold, own) for gold, own in named), len(named)),
    )


def fold_space(text: str) -> str:
    """The text with each run of white space as one space, and none at the ends."""
    return _SPACE.sub(" ", text).strip()


def _size(segment: Segment) -> int:
    return len(_SPACE.sub("", segment.text))


def _left(removed: Sequence[Segment], body: str, gold: str) -> int:
    """The characters of the passages that the body holds more often than the gold body does.

    Longest first, and each once: "Share" in "Share this article" is counted with it alone.
    """
    left = 0
    for segment in sorted(removed, key=_size, reverse=True):
        text = fold_space(segment.text)
        if text and body.count(text) > gold.count(text):
            left += _size(segment)
            at = _surplus(body, text, gold.count(text))
            body = f"{body[:at]}\0{body[at + len(text) :]}"
    return left


def _surplus(body: str, text: str, fair: int) -> int:
    """Where the text stands in the body beyond the ``fair`` times that it may."""
    at = body.find(text)
    for _ in range(fair):
        at = body.find(text, at + len(text))
    return at


def is_near(gold: str, own: str) -> bool:
    """Whether a category is the labelled one, or may stand for it."""
    return gold == own or frozenset((gold, own)) in NEIGHBOURS


def _named(
    removed: Sequence[Segment], removals: Sequence[Removal], text: str
) -> Iterator[tuple[str, str]]:
    """For each passage that is removed for more than half, its category and the one it got."""
    ends = [removal.end for removal in removals]
    for segment, (start, end) in zip(removed, locate(removed, text), strict=True):
        sizes: dict[str, int] = {}
        for removal in removals[bisect_left(ends, start + 1) :]:
            if removal.start >= end:
                break
            shared = min(end, removal.end) - max(start, removal.start)
            sizes[removal.category] = sizes.get(removal.category, 0) + shared
        if end > start and 2 * sum(sizes.values()) > end - start:
            own = max(sizes, key=lambda category: sizes[category])
            known = own == segment.category
            yield segment.category, own if known else _LABELS.get(own, own)


def locate(removed: Iterable[Segment], text: str) -> Iterator[tuple[int, int]]:
    """Where each passage stands in the text: after the one before it, or else anywhere.

    A passage that isn't there has an empty span.
    """
    position = 0
    for segment in removed:
        pattern = re.compile(r"\s+".join(map(re.escape, segment.text.split())) or r"(?!)")
        match = pattern.search(text, position) or pattern.search(text)
        if match is None:
            yield position, position
        else:
            position = match.end()
            yield match.span()
