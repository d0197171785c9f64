"""Files that lie elsewhere: addresses such as ``s3://bucket/pages.parquet``, by way of fsspec."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from boilerstrip.errors import InputError
from boilerstrip.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://")
# Pages are not fetched.
_PAGES = ("http", "https")
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs"}
_MAGIC = re.compile(r"[*?\[]")


class Found(NamedTuple):
    """A file elsewhere: its address, its path below what was given, and its size in bytes."""

    address: str
    relative: str
    size: int


def is_remote(name: str) -> bool:
    """Whether a name is an address of such a file.

    >>> is_remote("s3://bucket/a.jsonl"), is_remote("https://a.example/"), is_remote("a.jsonl")
    (True, False, False)
    """
    address = _ADDRESS.match(name)
    return address is not None and address[1] not in _PAGES


def refuse_elsewhere(name: str | None) -> None:
    """Nothing, if the name is none of an address: results are written on this machine alone.

    Raises:
        InputError: if it is one.

    """
    if name is not None and _ADDRESS.match(name):
        message = f"{name}: results are written on this machine alone. Write to a file or folder,"
        raise InputError(
            f"{message} and copy that there, as by `aws s3 cp` or `gcloud storage cp`."
        )


def find_remote(name: str) -> list[Found]:
    """The files at an address, which may be a pattern or a folder, in order.

    Raises:
        InputError: if what reads such addresses isn't installed, or nothing is there.
        OSError: if the address can't be read.

    """
    system, path = _system(name)
    if _MAGIC.search(path):
        root = path[: _MAGIC.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]
        paths = [one for one in system.glob(path) if not system.isdir(one)]
    elif system.isdir(path):
        root, paths = path, system.find(path)
    else:
        root, paths = path.rpartition("/")[0], [path]
    if not paths:
        raise InputError("no file is there. Check the address.")
    return [
        Found(
            system.unstrip_protocol(one),
            os.path.relpath(one, root) if root else one,
            int(system.info(one).get("size") or 0),
        )
        for one in sorted(paths)
    ]


@contextmanager
def open_file(name: str) -> Iterator[BinaryIO]:
    """A file of this machine or of elsewhere, open to be read.

    Raises:
        OSError: if it can't be read.

    """
    if is_remote(name):
        system, path = _system(name)
        with system.open(path, "rb") as file:
            yield cast("BinaryIO", file)
    else:
        with Path(name).open("rb", buffering=0) as raw:
            yield cast("BinaryIO", raw)


def _system(name: str) -> tuple[Any, str]:
    """What reads the address, and the path that it has there."""
    protocol = name.partition("://")[0]
    extra = _EXTRAS.get(protocol, "remote")
    core = needed("fsspec.core", extra, f"{protocol}://")
    try:
        system, path = core.url_to_fs(name)
    except (ImportError, ValueError) as error:
        cure = f"Run: pip install 'boilerstrip[{extra}]'"
        raise InputError(f"{protocol}:// can't be read: {error}. {cure}") from error
    return system, str(path)
