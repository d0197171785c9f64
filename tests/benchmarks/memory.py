"""Peak memory of cleaning a text of 100 MB on one line: python memory.py"""

from __future__ import annotations

import resource
import sys
import time

import boilerstrip

PARAGRAPH = (
    "The council met on Monday evening to vote on the new bridge across the river, after two years "
    "of debate about its cost – and its effect on the old harbour. "
)
MARKER = "Advertisement – Scroll to Continue "


def peak() -> float:
    """The most memory that this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    boilerstrip.clean(PARAGRAPH + MARKER)
    text = (PARAGRAPH * 20 + MARKER) * (100_000_000 // (len(PARAGRAPH.encode()) * 20 + len(MARKER)))
    size = len(text.encode()) / 1e6
    before = peak()
    start = time.process_time()
    article = boilerstrip.clean(text)
    spent = time.process_time() - start
    print(f"{size:.0f} MB on one line, {len(article.removed)} removals, {spent:.0f} s of CPU")
    print(f"peak {peak():.0f} MB, {peak() / size:.1f} times the size ({before:.0f} MB before)")


if __name__ == "__main__":
    main()
