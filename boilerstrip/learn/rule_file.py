"""Drafted rules as a rule file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boilerstrip.learn.draft import Draft

_HEAD = """\
# Drafted by `boilerstrip learn` from what recurs. Read each rule before you use it: is it the
# site's own on every page, or a story's? The categories are guesses. Then:
#   boilerstrip rules check FILE; boilerstrip clean INPUT --rules FILE
"""


def to_toml(drafts: Iterable[Draft]) -> str:
    """The rule file with these drafts."""
    return _HEAD + "".join(f"\n[[rule]]\n{''.join(_lines(draft))}" for draft in drafts)


def _lines(draft: Draft) -> Iterator[str]:
    rule = draft.rule
    yield f"id = {_string(rule.id)}\n"
    yield f"category = {_string(rule.category)}\n"
    yield f"why = {_string(rule.why)}\n"
    yield f"languages = {_array(rule.languages)}\n"
    for name, values in (("sites", rule.sites), ("outlets", rule.outlets)):
        if values:
            yield f"{name} = {_array(values)}\n"
    if rule.line:
        yield f"line = {_pattern(rule.line)}\n"
    else:
        yield f"phrases = {_array(rule.phrases)}\n"
    yield f"where = {_string(rule.where)}\n"
    for name in dict.fromkeys(seen.name for seen in draft.seen):
        yield f"# in {_one_line(name)}\n"
    yield f"removes = {_array(rule.removes)}\n"
    yield f"keeps = {_array(rule.keeps)}\n"


def _array(values: Iterable[str]) -> str:
    strings = [_string(value) for value in values]
    line = f"[{', '.join(strings)}]"
    return line if len(line) <= 80 else "[\n" + "".join(f"  {one},\n" for one in strings) + "]"


def _string(value: str) -> str:
    # JSON's strings are TOML's, but for one control character that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _pattern(value: str) -> str:
    return _string(value) if "'" in value or not value.isprintable() else f"'{value}'"


def _one_line(name: str) -> str:
    return "".join(char if char.isprintable() else " " for char in name)
