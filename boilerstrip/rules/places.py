"""Where the keys of a rule file stand: TOML's reader doesn't say."""

from __future__ import annotations

import re
from functools import cached_property

# Strings and comments of TOML, in which no key stands; and lines that begin a rule, or have a key.
_TOML_STRING = re.compile(
    r"\"\"\"(?:\\.|[^\\])*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*", re.DOTALL
)
_TOML_RULE = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_TOML_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


class Places:
    """In which line of a rule file a rule or a key stands; looked for when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of_key(self, number: int | None, key: str | None) -> int | None:
        """The line, from 1, of a key of the rule of that number, or of the file.

        Where a rule has no such key it is the line in which the rule begins.
        """
        keys, rules = self._found
        if number is None:
            return keys.get(key)
        rule = rules[number] if number < len(rules) else {}
        return rule.get(key) or rule.get(None)

    @cached_property
    def _found(self) -> tuple[dict[str | None, int], list[dict[str | None, int]]]:
        bare = _TOML_STRING.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self._text)
        keys: dict[str | None, int] = {}
        rules: list[dict[str | None, int]] = []
        for number, line in enumerate(bare.splitlines(), 1):
            if _TOML_RULE.match(line):
                rules.append({None: number})
            elif found := _TOML_KEY.match(line):
                (rules[-1] if rules else keys).setdefault(found[1], number)
        return keys, rules
