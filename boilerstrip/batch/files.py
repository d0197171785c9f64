"""Files that are there whole or not at all, however their writing ends."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_BINARY: int = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY


class File:
    """A file of which only what was appended whole counts."""

    def __init__(self, path: Path, descriptor: int, size: int = 0) -> None:
        self._path = path
        self._descriptor = descriptor
        self.whole = size

    def append(self, data: bytes) -> None:
        """Write more; where that fails, what was whole stays so."""
        done = 0
        while done < len(data):
            done += os.write(self._descriptor, data[done:] if done else data)
        self.whole += done

    def close(self, *, complete: bool) -> None:
        """Finish the file, or leave of it what its kind promises."""
        raise NotImplementedError


class GrowingFile(File):
    """A new file, or what is there and is no regular one, such as a device."""

    def __init__(self, path: Path, *, new: bool, size: int | None = None) -> None:
        self._new = new
        flags = os.O_WRONLY | (os.O_CREAT | os.O_EXCL if new and size is None else 0)
        super().__init__(path, os.open(path, flags | _BINARY, 0o666), size or 0)
        if size is not None:
            _cut(path, self._descriptor, size)

    def close(self, *, complete: bool) -> None:
        """Leave what is whole; nothing, if that is nothing and not all."""
        try:
            if self._new:
                os.ftruncate(self._descriptor, self.whole)
        finally:
            os.close(self._descriptor)
            if self._new and not (self.whole or complete):
                self._path.unlink(missing_ok=True)


class Part(File):
    """What takes the place of a file at the end, and until then stays beside it, hidden."""

    def __init__(self, path: Path, size: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._target = path
        part = path.with_name(f".{path.name}.part")
        super().__init__(part, os.open(part, os.O_WRONLY | os.O_CREAT | _BINARY, 0o666), size)
        _cut(part, self._descriptor, size)

    def close(self, *, complete: bool) -> None:
        """Take the file's place, or leave what is whole to be gone on with."""
        try:
            os.ftruncate(self._descriptor, self.whole)
        finally:
            os.close(self._descriptor)
        if complete:
            self._path.replace(self._target)
        elif not self.whole:
            self._path.unlink(missing_ok=True)


def _cut(path: Path, descriptor: int, size: int) -> None:
    """Cut off what stands behind ``size`` bytes, and go on there.

    Raises:
        InputError: if the file is shorter.

    """
    if os.fstat(descriptor).st_size < size:
        os.close(descriptor)
        message = f"{path}: is shorter than what the run to be continued had written"
        raise InputError(f"{message}. Add --overwrite instead of --resume to start anew.")
    os.ftruncate(descriptor, size)
    os.lseek(descriptor, size, os.SEEK_SET)


class Draft(File):
    """What takes the place of a file at the end; without a name until then, where that can be.

    ``mode`` is that of the file, ``None`` if there is none yet.
    """

    def __init__(self, path: Path, mode: int | None) -> None:
        self._name: Path | None = None
        self._mode = mode
        super().__init__(path, self._open(path))

    def _open(self, path: Path) -> int:
        if hasattr(os, "O_TMPFILE"):
            with suppress(OSError):  # not every file system can
                return os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
        self._name = _draft_name(path)
        return os.open(self._name, _NEW, 0o666)

    def close(self, *, complete: bool) -> None:
        """Take the file's place, or be gone."""
        try:
            if complete:
                self._name_it()
        finally:
            os.close(self._descriptor)
        try:
            if complete and self._name:
                self._name.replace(self._path)
        finally:
            if self._name:
                self._name.unlink(missing_ok=True)

    def _name_it(self) -> None:
        if self._mode is not None:
            with suppress(OSError, AttributeError):
                os.fchmod(self._descriptor, stat.S_IMODE(self._mode))
        if self._name is not None:
            return
        draft = _draft_name(self._path)
        draft.unlink(missing_ok=True)
        target = self._path if self._mode is None else draft
        try:
            # With a folder's descriptor links are followed; for a whole path it is not used.
            source = f"/proc/self/fd/{self._descriptor}"
            os.link(source, target, src_dir_fd=self._descriptor)
        except FileExistsError:
            raise  # it was not there when this one was begun
        except OSError:
            self._copy(draft)
            target = draft
        if target == draft:
            self._name = draft

    def _copy(self, name: Path) -> None:
        """Give the content a name where the file itself can't have one."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with open(self._descriptor, "rb", closefd=False) as draft, name.open("wb") as copy:
            shutil.copyfileobj(draft, copy)


def open_output(path: Path, *, grows: bool) -> File:
    """The file at the path, to be written; its folder is made if there is none."""
    try:
        mode: int | None = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    try:
        return _create(path, mode, grows=grows)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _create(path, mode, grows=grows)


def _create(path: Path, mode: int | None, *, grows: bool) -> File:
    if mode is None and grows:
        return GrowingFile(path, new=True)
    if mode is not None and not stat.S_ISREG(mode):
        return GrowingFile(path, new=False)
    return Draft(path, mode)


def _draft_name(path: Path) -> Path:
    return path.with_name(f".boilerstrip-{os.getpid()}.part")
