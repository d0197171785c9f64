"""What the shipped patterns need, worked out beforehand: half a second less at every start.

``python -m boilerstrip.rules`` writes the file after a change of the catalogue. A pattern
that isn't in it, such as a caller's, is worked out when it is asked for.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from boilerstrip.rules.literals import needs
from boilerstrip.rules.ruleset import catalogue

if TYPE_CHECKING:
    from boilerstrip.rules.literals import Literals

    # The literals at each place: [characters before, characters after, literals].
    Row = list[tuple[int, int, list[str]]] | None

FILE = "digest.json"


def known_literals(pattern: str, *, whole: bool) -> Literals | None:
    """``needs(pattern, whole=whole).literals``, from the file if the pattern is a shipped one.

    >>> known_literals("via [a-z]{2,30}", whole=True)
    {'via ': (0, 30)}
    """
    key = _key(pattern, whole=whole)
    if key not in _rows():
        return needs(pattern, whole=whole).literals
    row = _rows()[key]
    if row is None:
        return None
    return {text: (before, after) for before, after, texts in row for text in texts}


def digest() -> str:
    """The file's text for the catalogue as it is now."""
    lines = [(rule.line, True) for rule in catalogue()]
    pieces = [(rule.inline, False) for rule in catalogue()]
    rows = {
        _key(pattern, whole=whole): _row(needs(pattern, whole=whole).literals)
        for pattern, whole in (*lines, *pieces)
        if pattern
    }
    text = [f"{json.dumps(key)}: {json.dumps(row)}" for key, row in sorted(rows.items())]
    return "{\n" + ",\n".join(text) + "\n}\n"


def _row(literals: Literals | None) -> Row:
    if literals is None:
        return None
    ordered = sorted(literals, key=lambda text: (literals[text], text))
    return [(*place, list(texts)) for place, texts in groupby(ordered, key=literals.__getitem__)]


@cache
def _rows() -> dict[str, Row]:
    file = resources.files("boilerstrip.rules") / FILE
    rows: dict[str, Row] = json.loads(file.read_text("utf-8"))
    return rows


def _key(pattern: str, *, whole: bool) -> str:
    return blake2b(pattern.encode(), digest_size=8, person=b"line" * whole).hexdigest()
