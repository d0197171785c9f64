"""The names of the files that results go to, and whether they may be written."""

from __future__ import annotations

import os
import re
import stat
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from boilerstrip.batch.look import RECORDS, unpacked_name
from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from boilerstrip.batch.sources import Input

SUFFIXES = {"text": ".txt", "markdown": ".md", "jsonl": ".jsonl", "parquet": ".parquet"}
# Those in which a document is a row.
ROWS = ("jsonl", "parquet")
REPLACE_IT = "Add --overwrite to replace it, or choose another OUT."
_LONGEST_NAME = 120
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def name_targets(
    inputs: Iterable[Input], folder: Path, output_format: str
) -> tuple[dict[Input, Path], list[str]]:
    """The file in ``folder`` for each input, and a note for each that had to give way to another.

    ``a/b.html`` goes to ``a/b.txt``; a second input that would go there goes to ``a/b.html.txt``
    or, if that is taken too, to ``a/b-2.txt``.
    """
    suffix = SUFFIXES[output_format]
    targets: dict[Input, Path] = {}
    owners: dict[str, Input] = {}
    notes: list[str] = []
    for item in inputs:
        if item in targets or item.problem or item.passed:
            continue
        if output_format not in ROWS and _suffix(item.relative) in RECORDS:
            continue  # each record gets a file of its own
        path = next(p for p in candidates(item, suffix) if os.path.normcase(p) not in owners)
        wanted = next(candidates(item, suffix))
        if path != wanted:
            owner = owners[os.path.normcase(wanted)].name
            notes.append(f"{item.name}: goes to {folder / path}, as {owner} has {folder / wanted}.")
        targets[item] = folder / path
        owners[os.path.normcase(path)] = item
    return targets, notes


def safe_name(title: str) -> str:
    """The title as the name of a file on any system; empty if nothing of it can be.

    >>> safe_name("https://example.org/a?id=7"), safe_name("../.."), safe_name("nul")
    ('https-example.org-a-id-7', '', '_nul')
    """
    name = re.sub(r"[^\w.-]+|\.{2,}", "-", title).strip("-.")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f"_{name}" if _RESERVED.match(name) else name


def numbered(item: Input, number: int, title: str | None, suffix: str) -> Iterator[Path]:
    """The paths that a record's file may have, below the folder; the best one first."""
    given = Path(unpacked_name(item.relative))
    name = safe_name(title or "")
    numbered = f"{given.stem}-{number:06}"
    names = chain([name or numbered], (f"{name or numbered}-{n}" for n in count(2)))
    return (given.with_name(one + suffix) for one in names)


def candidates(item: Input, suffix: str) -> Iterator[Path]:
    """The paths that an input's file may have, below the folder; the best one first."""
    given = Path(unpacked_name(item.relative))
    yield given.with_suffix(suffix)
    yield given.with_name(given.name + suffix)
    for number in count(2):
        yield given.with_name(f"{given.stem}-{number}{suffix}")


def _suffix(name: str) -> str:
    return Path(unpacked_name(name)).suffix.lower()


def refuse_overwriting(
    targets: Iterable[Path], inputs: Iterable[Input], *, overwrite: bool = False
) -> None:
    """Nothing, if no target is one of the inputs, nor a file unless that is to be replaced.

    Raises:
        InputError: naming the first target that is.

    """
    read = {identity for item in inputs if (identity := _identity(Path(item.name)))}
    for target in targets:
        if (identity := _identity(target)) is None:
            continue
        if identity in read:
            raise InputError(f"{target}: is an input and would be overwritten. Choose another OUT.")
        if not overwrite:
            raise InputError(f"{target}: is there already. {REPLACE_IT}")


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a regular file from all others; ``None`` if there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
