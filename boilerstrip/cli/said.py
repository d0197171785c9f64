"""What is said on standard error of documents: remarks, each once, and what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Said:
    """What was said of a run's documents, by ``say``, and how many of them failed."""

    def __init__(
        self, say: Callable[[str], None] = lambda text: click.echo(text, err=True)
    ) -> None:
        self.failed = 0
        self._say = say
        self._notes: set[str] = set()

    def note(self, notes: Iterable[str]) -> None:
        """Say the remarks that weren't said before, in their order."""
        for note in notes:
            if note not in self._notes:
                self._notes.add(note)
                self._say(note)

    def fail(self, name: str, problem: str) -> None:
        """Say what is wrong with a document, and count it."""
        self.failed += 1
        self._say(f"{name}: {problem}")
