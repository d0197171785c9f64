"""The command, which notes each document that is cleaned: python counted.py NOTES clean ...

NOTES gets the name of each, a line, as soon as it is begun, whichever process cleans it and however
that ends.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import boilerstrip.cli.clean
from boilerstrip.batch.runner import Worker
from boilerstrip.cli import main

if TYPE_CHECKING:
    from boilerstrip.batch.containers import Record
    from boilerstrip.batch.runner import Outcome

NOTES = "CLEANED_NOTES"


class CountedWorker(Worker):
    """Cleans as any other."""

    def __call__(self, record: Record) -> Outcome:
        with Path(os.environ[NOTES]).open("a", encoding="utf-8") as notes:
            notes.write(record.name + "\n")
        return super().__call__(record)


def count_of(notes: Path) -> int:
    """How many times a document was begun."""
    return notes.read_bytes().count(b"\n") if notes.exists() else 0


def begun_again(notes: Path) -> int:
    """How many times one was begun that had been before."""
    return sum(count - 1 for count in Counter(notes.read_text().splitlines()).values())


if __name__ == "__main__":
    os.environ[NOTES] = sys.argv.pop(1)
    boilerstrip.cli.clean.Worker = CountedWorker
    main()
