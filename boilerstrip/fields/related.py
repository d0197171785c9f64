"""The items of related-news lists and the comments of readers, out of the passages removed."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

import regex

from boilerstrip.article import Related
from boilerstrip.language.prose import ends_sentence, glue_point, is_prose
from boilerstrip.language.vocabulary import any_of, spaced, words_for
from boilerstrip.rules.ruleset import phrase_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BULLET = regex.compile(r"^(?:[-*•·‣▪►»>]|\d{1,2}[.)])\s+")
# "Read more: Title", "Lesen Sie auch | Title".
_LABEL = regex.compile(r"^[^:|]{3,40}[:|：]\s*")
_FEWEST_WORDS = 3


@cache
def _markers() -> frozenset[str]:
    """The links to the whole story, by the keys of phrases."""
    return frozenset(map(phrase_key, words_for("read_more", "read_on")))


@cache
def _marker_tail() -> regex.Pattern[str]:
    return regex.compile(rf"(?i)\s*{any_of('read_more')}\s*[»›>.…]*$")


@cache
def _signature() -> regex.Pattern[str]:
    """Who wrote a comment and when: "Jo Bell says:", "May 3, 2024 at 9:12", "2 days ago"."""
    return regex.compile(
        rf"""(?x) (?: .{{2,60}}? \s+ {any_of("wrote")}\s*:?
      | (?:(?i:{any_of("on_day")})\s+)? .{{0,30}}\b(?:19|20)\d\d\b .{{0,20}}
      | .{{0,40}}\b\d+ \s+ (?i:{spaced("time_units")}) \s+ {spaced("ago")} .{{0,20}}
      | \p{{Lu}}[\p{{L}}\p{{M}}\d'’_-]*\.? (?:\s+ \p{{Lu}}[\p{{L}}\p{{M}}\d.'’_-]*){{0,3}} )"""
    )


def related_items(passage: str) -> Iterator[Related]:
    r"""The items that one related-news passage lists, its heading and its markers left out.

    >>> list(related_items("Similar News:\nStorm Reaches the CoastThe storm hit land on Monday."))
    [Related(title='Storm Reaches the Coast', summary='The storm hit land on Monday.', url=None)]
    """
    title: str | None = None
    for line in _item_lines(passage):
        glue = glue_point(line)
        if glue is not None:
            if title:
                yield Related(title)
            yield Related(line[:glue].strip(), line[glue:].strip())
            title = None
        elif title and is_prose(line):
            yield Related(title, line)
            title = None
        else:
            if title:
                yield Related(title)
            title = line
    if title:
        yield Related(title)


def _item_lines(passage: str) -> Iterator[str]:
    first, *rest = [line.strip() for line in passage.splitlines()]
    label = _LABEL.match(first)
    linked = first[label.end() :].strip("[](){} ") if label else ""
    for line in [linked, *rest] if linked and not ends_sentence(linked) else rest:
        if _is_short(line):
            continue
        line = _marker_tail().sub("", _BULLET.sub("", line))
        if not _is_short(line) and phrase_key(line) not in _markers():
            yield line


def _is_short(line: str) -> bool:
    return len(line.split(maxsplit=_FEWEST_WORDS - 1)) < _FEWEST_WORDS


def comment_texts(passages: Sequence[str]) -> Iterator[str]:
    r"""The comments in the passages that hold some, without their writers' names and dates.

    >>> list(comment_texts(["Jo Bell says:\nMay 3, 2024 at 9:12\nWell put.\nThanks for this."]))
    ['Well put.\nThanks for this.']
    """
    for passage in passages:
        comment: list[str] = []
        lines = [line.strip() for line in passage.splitlines() if line.strip()]
        for line, after in zip_longest(lines, lines[1:], fillvalue=""):
            nick = " " not in line and _signature().fullmatch(after)
            if not (nick or _signature().fullmatch(line)):
                comment.append(line)
            elif comment:
                yield "\n".join(comment)
                comment = []
        if comment:
            yield "\n".join(comment)
