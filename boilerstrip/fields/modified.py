"""The day or moment of the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.date import (
    described,
    in_metas,
    is_update,
    linked,
    moment_of,
    near_lines,
    own_articles,
    parsed,
    publication,
    update,
    year_lines,
)
from boilerstrip.fields.nearby import is_elsewhere
from boilerstrip.fields.stamp import find_stamp, may_say_change, read_day
from boilerstrip.fields.text import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boilerstrip.fields.text import Text
    from boilerstrip.readers.statements import Statements

_METAS = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:updated_time",
    "og:modified_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "cxenseparse:recs:articlelastmodified", "lastmod", "modified",
)  # fmt: skip


def stated(page: Statements) -> Iterator[Candidate[str]]:
    """What JSON-LD, the metas and microdata give for machines."""
    yield from parsed(linked(own_articles(page), "dateModified"), page.locale)
    yield from parsed(in_metas(page, _METAS), page.locale)
    yield from parsed(described(page, "datemodified"), page.locale)
    yield from parsed(linked(page.linked.works, "dateModified"), page.locale)


def timed(page: Statements) -> Iterator[Candidate[str]]:
    """The ``time`` elements of the article that are labelled as those of a change."""
    own = (item for item in page.times if not is_elsewhere(page, item) and is_update(page, item))
    return parsed(((moment_of(item), "html:time") for item in own), page.locale)


def visible(page: Statements) -> Iterator[Candidate[str]]:
    """The dates near the headline that are labelled as those of a change."""
    return parsed(((line, "html:updated") for line in _labelled(page)), page.locale)


def in_head(text: Text) -> Iterator[Candidate[str]]:
    """The dates in the head of the article that are labelled as those of a change."""
    if not any(may_say_change(line.text) for line in text.lines):
        return  # without a search for the head of the article
    for number, stamp in text.shape.stamps if text.shape else ():
        line = text.lines[number].text
        for start, end in stamp.changes:
            if day := read_day(line[start:end], text.language):
                yield Candidate(day, "text:date-line")


def by_rule(text: Text) -> Iterator[Candidate[str]]:
    """The dates that are labelled as those of a change in what rules call a date line."""
    for claim in text.claims:
        if "date" not in claim.groups:
            continue
        line = text.whole[claim.start : claim.end]
        stamp = find_stamp(line, text.language)
        if not (stamp and stamp.changes) or claim.start < text.first:
            continue
        for start, end in stamp.changes:
            if day := read_day(line[start:end], text.language):
                yield Candidate(day, source_of(claim))


# Where the day of the last change is read from, most trusted first.
STATED = (stated, timed, visible)
SAID = (in_head, by_rule)


def _labelled(page: Statements) -> Iterator[str]:
    """What stands behind the label of a change, in a line or in that below the label."""
    for _, line, label in year_lines(page, near_lines(page)):
        if match := update().search(line):
            behind = line[match.start() :]
            yield behind if any(map(str.isdigit, behind)) else line
        elif not publication().search(line) and _is_label(label()):
            yield line


def _is_label(before: str) -> bool:
    """Whether a text says that what follows is the day of a change, and is no date itself."""
    return bool(update().search(before)) and not any(map(str.isdigit, before))
