"""What the shipped patterns need, worked out beforehand: half a second less at every start.

``python -m boilerstrip.rules`` writes the file after a change of the catalogue. A pattern
that isn't in it, such as a caller's, is worked out when it is asked for.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib import resources

from boilerstrip.rules.literals import Needs, needs
from boilerstrip.rules.ruleset import catalogue

FILE = "digest.json"


def known_needs(pattern: str) -> Needs:
    """``needs(pattern)``, from the file if the pattern is a shipped one.

    >>> known_needs("via [a-z]{2,30}").width
    34
    """
    row = _rows().get(_key(pattern))
    if row is None:
        return needs(pattern)
    literals, width = row
    return Needs(None if literals is None else frozenset(literals), width)


def digest() -> str:
    """The file's text for the catalogue as it is now."""
    patterns = {p for rule in catalogue() for p in (rule.line, rule.inline) if p}
    rows = {}
    for pattern in patterns:
        literals, width = needs(pattern)
        rows[_key(pattern)] = [None if literals is None else sorted(literals), width]
    lines = [f"{json.dumps(key)}: {json.dumps(row)}" for key, row in sorted(rows.items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


@cache
def _rows() -> dict[str, tuple[list[str] | None, int | None]]:
    file = resources.files("boilerstrip.rules") / FILE
    rows: dict[str, tuple[list[str] | None, int | None]] = json.loads(file.read_text("utf-8"))
    return rows


def _key(pattern: str) -> str:
    return blake2b(pattern.encode(), digest_size=8).hexdigest()
