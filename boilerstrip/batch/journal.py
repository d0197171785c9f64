"""What a run has done so far, beside what it writes, so that one that was killed can go on.

A journal is a hidden file of JSON Lines beside the output. Its first line says of what run it is.
Then comes an entry for each document, in order; an entry with a ``mark`` says that all until there
is on the disk, and where in the output that ends. What stands behind the last mark doesn't count:
those documents are done again, and what was written of them is cut off. A journal is gone when its
run is complete.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

_ANEW = "Add --overwrite instead of --resume to start anew."


class Journal:
    """The journal at a path, open for a run that ``head`` describes.

    One that is there already is gone on with: ``mark`` is its last one, ``None`` if there is none,
    and ``count`` the number of its documents until there; ``begun`` says that there was one.

    Raises:
        InputError: if it is of another run, or if that still goes on.
        OSError: if it can't be read or written.

    """

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self._path = path
        self._waiting: list[dict[str, Any]] = []
        self.mark: dict[str, Any] | None = None
        self.count = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            self._lock()
            end = self._find_end(json.loads(json.dumps(head)))
            os.ftruncate(self._descriptor, end)
            self.begun = end > 0
            if not end:
                self._write([dict(head)])
        except BaseException:
            os.close(self._descriptor)
            raise

    def done(self) -> Iterator[dict[str, Any]]:
        """The entries of the documents that are done, in order."""
        with self._path.open("rb") as file:
            file.readline()
            for _, line in zip(range(self.count), file, strict=False):
                yield json.loads(line)

    def note(self, entry: Mapping[str, Any]) -> None:
        """Take an entry, which doesn't count before the next mark."""
        self._waiting.append(dict(entry))

    def commit(self, mark: Mapping[str, Any] | None) -> None:
        """Let what was noted count, if there is a mark of it."""
        if mark is None or not self._waiting:
            return
        entries, self._waiting = self._waiting, []
        entries[-1]["mark"] = mark
        self._write(entries)
        self.count += len(entries)

    def close(self, *, complete: bool) -> None:
        """End it; what is complete, or hasn't begun, leaves none."""
        if complete or not self.count:
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError("another run is writing to it. Wait for its end.") from error

    def _find_end(self, head: dict[str, Any]) -> int:
        """Where the last mark's line ends; 0 if there is nothing to go on with."""
        end = count = 0
        with self._path.open("rb") as file:
            for number, line in enumerate(file):
                entry = _entry(line)
                if entry is None:
                    break
                if number == 0:
                    _refuse_other(entry, head)
                    end = len(line)
                    position = end
                    continue
                position += len(line)
                count += 1
                if "mark" in entry:
                    end, self.count, self.mark = position, count, entry["mark"]
        return end

    def _write(self, entries: list[dict[str, Any]]) -> None:
        data = "".join(json.dumps(entry) + "\n" for entry in entries).encode()
        done = 0
        while done < len(data):
            done += os.write(self._descriptor, data[done:])


def _entry(line: bytes) -> dict[str, Any] | None:
    """The entry of a line, ``None`` if it is cut."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _refuse_other(entry: Mapping[str, Any], head: Mapping[str, Any]) -> None:
    differ = [name for name in head if entry.get(name) != head[name]]
    if differ:
        what = ", ".join(differ)
        raise InputError(f"the run to be continued had other {what}. Use the same, or: {_ANEW}")
