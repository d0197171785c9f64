"""Whether an article stands on a page of several: siblings that look alike, each with a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from boilerstrip.core.slow import totals

if TYPE_CHECKING:
    from boilerstrip.document import Element
    from boilerstrip.score.features.columns import Columns, Counts, Mass, Numbers
    from boilerstrip.score.features.tree import Elements

# A part of a page has a heading and so many words of prose.
_PROSE = 25
_DIGITS = re.compile(r"\d+")
_NAMES = ("part_number", "part_count", "part_title_lag", "part_share")


def add_siblings(
    columns: Columns, elements: Elements, nodes: tuple[Element, ...], mass: Mass
) -> None:
    """Add for each block which of several like parts it is in, how many there are, and how alike.

    Parts are siblings that look the same, with a heading and prose each: the articles of a page
    that goes on with the next one, and the sections of a long one. What tells them is whose heading
    is the page's title, and which has most of the prose.
    """
    own = elements.own
    heading, title = columns.rows(("in_heading", "is_title"))
    sums = totals(np.stack([mass.prose, heading > 0], dtype=np.float64))
    prose, heads = sums[:, elements.high] - sums[:, elements.low]
    is_part = (prose >= _PROSE) & (heads > 0)
    is_part[0] = False
    if np.count_nonzero(is_part) < 2:
        columns.add(_NAMES, (0.0, 0.0, 0.0, 1.0))
        return
    titles = elements.highest(np.where(heading > 0, title, 0))
    group = _groups(nodes, elements)
    count = np.bincount(group, is_part)
    earlier = _earlier(group, is_part)
    best, most = np.zeros((2, len(count)))
    np.maximum.at(best, group[is_part], titles[is_part])
    np.maximum.at(most, group[is_part], prose[is_part])
    several = is_part & (count[group] > 1)
    share = np.where(several, prose / np.maximum(most[group], 1), 1.0)
    found = (
        elements.along(np.where(count[group] > 1, earlier, 0), np.maximum),
        elements.along(np.where(several, count[group], 0), np.maximum),
        elements.along(np.where(several, best[group] - titles, 0), np.maximum),
        elements.along(share, np.minimum),
    )
    columns.add(_NAMES, [each[own] for each in found])


def _groups(nodes: tuple[Element, ...], elements: Elements) -> Counts:
    """A number for each element: siblings that look the same, ids apart, have the same."""
    looks, firsts = np.unique(elements.look, return_index=True)
    numbers: dict[tuple[str, str], int] = {}
    kinds = np.zeros(len(looks), np.intp)
    for look, first in zip(looks, firsts.tolist(), strict=True):
        kinds[look] = numbers.setdefault(_kind(nodes[first]), len(numbers))
    pairs = elements.parent * len(numbers) + kinds[elements.look]
    groups: Counts = np.unique(pairs, return_inverse=True)[1]
    return groups


def _kind(node: Element) -> tuple[str, str]:
    """What is the same of siblings that look the same."""
    return node.tag, "" if node.tag == "article" else _DIGITS.sub("", node.names)


def _earlier(group: Counts, is_part: Numbers) -> Numbers:
    """How many parts of its group stand before each element."""
    order = np.argsort(group, kind="stable")
    running = totals(is_part[order].astype(np.float64))[:-1]
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    start = np.repeat(running[first], np.diff(first, append=len(group)))
    found = np.empty(len(group))
    found[order] = running - start
    return found
