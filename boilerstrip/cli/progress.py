"""How far a run is: a bar on a terminal, a line every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boilerstrip.batch.tally import Summary

# How often a line is written where there is no terminal, in seconds.
EVERY = 10.0
_MINUTE, _HOUR = 60, 3600

if TYPE_CHECKING:
    from typing import TypeAlias

    # What reports a message, and what is told of so many bytes that are done.
    Shown: TypeAlias = tuple[Callable[[str], None], Callable[[int], None]]


@contextmanager
def progress(total: int, summary: Summary, *, visible: bool) -> Iterator[Shown]:
    """How to report a message, and how to tell that so many bytes of ``total`` are done."""
    if visible and sys.stderr.isatty():
        with _bar(total, summary) as shown:
            yield shown
    else:
        yield _lines(total, summary)


def rate_line(summary: Summary, seconds: float, left: float | None) -> str:
    """How many documents are done, how fast, and with what result.

    >>> from boilerstrip.batch.tally import Summary
    >>> rate_line(Summary(), 10.0, 90.0)
    '0 documents, 0.0 a second, 0 failed, 0.0% removed, 2 min left'
    """
    count, failed = summary.documents.total(), summary.documents["failed"]
    rate = count / seconds if seconds else 0.0
    until = "" if left is None else f", {_duration(left)} left"
    return (
        f"{count} documents, {rate:.1f} a second, {failed} failed,"
        f" {summary.share:.1%} removed{until}"
    )


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"


def _lines(total: int, summary: Summary) -> Shown:
    started = said = time.monotonic()
    done = 0

    def report(message: str) -> None:
        click.echo(message, err=True)

    def advance(size: int) -> None:
        nonlocal done, said
        done += size
        now = time.monotonic()
        if now - said >= EVERY:
            said = now
            elapsed = now - started
            left = elapsed * (total - done) / done if 0 < done <= total else None
            report(f"{rate_line(summary, elapsed, left)}.")

    return report, advance


@contextmanager
def _bar(total: int, summary: Summary) -> Iterator[Shown]:
    from rich import progress as bars  # slow to import, and not needed in pipes
    from rich.console import Console

    console = Console(stderr=True)
    columns = (
        bars.TextColumn("{task.fields[said]}"),
        bars.BarColumn(),
        bars.TaskProgressColumn(),
        bars.TimeRemainingColumn(),
    )
    started = time.monotonic()
    with bars.Progress(*columns, console=console, transient=True) as bar:
        bar_id = bar.add_task("", total=total or None, said="")

        def advance(size: int) -> None:
            said = rate_line(summary, time.monotonic() - started, None)
            bar.update(bar_id, advance=size, said=said)

        yield (
            lambda message: console.print(message, markup=False, highlight=False, soft_wrap=True),
            advance,
        )
