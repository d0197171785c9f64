"""What a wheel holds worked out: the catalogue's rules, their literals, their compiled patterns.

Reading, analysing and compiling the catalogue takes two seconds, and few processes need all of it.
So the file is made when a wheel is built, and in a checkout by ``python -m boilerstrip.rules``. It
counts as long as the sources it was made of are as they were; otherwise, and where there is none,
the same is worked out as it is needed. Compiled patterns count for the release of ``regex`` alone
that compiled them.
"""

from __future__ import annotations

import pickle
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from boilerstrip.rules.literals import Literals
    from boilerstrip.rules.ruleset import Rule

FILE = "prepared.pickle"
# The code that what is prepared depends on, beside the catalogue.
_CODE = (
    *("rules/index.py", "rules/literals.py", "rules/prepare.py"),
    *("rules/ruleset.py", "language/fold.py", "language/vocabulary.py"),
)
_KEY_SIZE = 32


class Prepared(NamedTuple):
    """The file's content.

    ``keys`` has the form in which each phrase is compared; ``literals`` is the pickle of those of
    each pattern, by whether it is to match whole lines; ``indexed`` has the pickle of the parts of
    the index over all patterns under its key; ``compiled`` the pickle of each pattern that the
    release ``regex_version`` compiled; ``words`` that of the vocabulary under its own key.
    """

    rules: tuple[Rule, ...]
    keys: Mapping[str, str]
    literals: bytes
    indexed: Mapping[bytes, bytes]
    compiled: Mapping[str, bytes]
    regex_version: str
    words: Mapping[bytes, bytes]


_NOTHING = Prepared((), {}, b"", {}, {}, "", {})


@cache
def prepared() -> Prepared:
    """What has been prepared; nothing, where it isn't of the sources as they are."""
    file = _package() / "rules" / FILE
    if not file.is_file():
        return _NOTHING
    content = file.read_bytes()
    if content[:_KEY_SIZE] != _sources_key():
        return _NOTHING
    found: Prepared = pickle.loads(content[_KEY_SIZE:])  # noqa: S301 (of this package, as its code)
    return found


@cache
def prepared_literals() -> Mapping[tuple[str, bool], Literals | None]:
    """The literals of each pattern, by whether it is to match whole lines, as prepared."""
    packed = prepared().literals
    found: Mapping[tuple[str, bool], Literals | None]
    found = pickle.loads(packed) if packed else {}  # noqa: S301
    return found


def to_bytes(made: Prepared) -> bytes:
    """The file that ``prepared`` reads."""
    return _sources_key() + pickle.dumps(made, protocol=5)


def compiled_pattern(pattern: str) -> regex.Pattern[str] | None:
    """The pattern as it was compiled beforehand; ``None`` if it wasn't, or by another ``regex``."""
    known = prepared()
    code = known.compiled.get(pattern) if known.regex_version == regex.__version__ else None
    return None if code is None else pickle.loads(code)  # noqa: S301


def catalogue_files() -> Iterator[tuple[str, Traversable]]:
    """The files of the shipped rules with their names, in order."""
    root = _package() / "rules" / "catalog"
    for folder in sorted(root.iterdir(), key=lambda item: item.name):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda item: item.name):
                if file.name.endswith(".toml"):
                    yield f"catalog/{folder.name}/{file.name}", file


def _sources_key() -> bytes:
    """A digest of the catalogue and of the code that works it out."""
    total = blake2b(digest_size=_KEY_SIZE)
    code = [(name, _package() / name) for name in _CODE]
    for name, file in [*catalogue_files(), *code]:
        content = file.read_bytes()
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.digest()


def _package() -> Traversable:
    return resources.files("boilerstrip")
