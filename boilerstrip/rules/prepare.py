"""Works out of the catalogue what a wheel holds of it."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import regex

from boilerstrip.language.vocabulary import read_tables, read_texts, texts_key
from boilerstrip.rules.index import index_key, work_out
from boilerstrip.rules.literals import needs
from boilerstrip.rules.match import patterns_of
from boilerstrip.rules.prepared import Prepared, to_bytes
from boilerstrip.rules.ruleset import compile_pattern, parse_catalogue, phrase_key

if TYPE_CHECKING:
    from pathlib import Path


def prepare() -> Prepared:
    """The catalogue as it is now, with all that matching needs worked out."""
    rules = parse_catalogue()
    patterns = [(pattern, whole) for _, pattern, whole in patterns_of(rules)]
    literals = {each: needs(each[0], whole=each[1]).literals for each in sorted(set(patterns))}
    texts = read_texts()
    index = work_out([(literals[each], each[1]) for each in patterns])
    return Prepared(
        rules=rules,
        keys={phrase: phrase_key(phrase) for rule in rules for phrase in rule.phrases},
        literals=pickle.dumps(literals, protocol=5),
        indexed={index_key(patterns): pickle.dumps(index, protocol=5)},
        compiled={text: pickle.dumps(compile_pattern(text)) for text, _ in literals},
        regex_version=regex.__version__,
        words={texts_key(texts): pickle.dumps(read_tables(texts), protocol=5)},
    )


def write_prepared(file: Path) -> None:
    """Nothing; the file is whole or as it was, whoever reads it meanwhile."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(to_bytes(prepare()))
    part.replace(file)
