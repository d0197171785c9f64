"""Works out of the catalogue what a wheel holds of it."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import regex

from boilerstrip.rules.literals import needs
from boilerstrip.rules.prepared import Prepared, to_bytes
from boilerstrip.rules.ruleset import compile_pattern, parse_catalogue, phrase_key

if TYPE_CHECKING:
    from pathlib import Path


def prepare() -> Prepared:
    """The catalogue as it is now, with all that matching needs worked out."""
    rules = parse_catalogue()
    lines = {(rule.line, True) for rule in rules if rule.line}
    pieces = {(rule.inline, False) for rule in rules if rule.inline}
    patterns = sorted(lines | pieces)
    return Prepared(
        rules=rules,
        keys={phrase: phrase_key(phrase) for rule in rules for phrase in rule.phrases},
        literals={(text, whole): needs(text, whole=whole).literals for text, whole in patterns},
        compiled={text: pickle.dumps(compile_pattern(text)) for text, _ in patterns},
        regex_version=regex.__version__,
    )


def write_prepared(file: Path) -> None:
    """Nothing; the file is whole or as it was, whoever reads it meanwhile."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(to_bytes(prepare()))
    part.replace(file)
