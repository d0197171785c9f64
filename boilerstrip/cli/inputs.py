"""What a command is given to read, and how many processes are worth that."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import click

from boilerstrip.batch.sources import (
    Input,
    size_of,
)

# Below so many bytes of input one process is done before others have begun.
_WORTH_PROCESSES = 1 << 20


def stdin_bytes() -> BinaryIO | None:
    """Standard input, ``None`` if it is closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def given(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs; standard input if there are none, unless that is a terminal."""
    if not inputs and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("Missing INPUT. Name files or folders, or pipe text in.")
    return inputs or ("-",)


def listed(inputs: tuple[str, ...], lists: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs, and those that the lists name."""
    names = [*inputs]
    for path in lists:
        with click.open_file(path, encoding="utf-8") as file:
            names += [name for line in file if (name := line.rstrip("\r\n"))]
    if lists and not names:
        raise click.UsageError(f"{', '.join(lists)}: names no input. Write one a line.")
    return tuple(names)


def default_jobs(inputs: list[Input]) -> int:
    """How many processes are worth their start."""
    if any(item.stream is not None for item in inputs):
        return 1
    if sum(map(size_of, inputs)) < _WORTH_PROCESSES:
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
