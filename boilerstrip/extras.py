"""Packages that an extra brings."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from boilerstrip.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType


def needed(module: str, extra: str, purpose: str) -> ModuleType:
    """The module, for a purpose that needs it.

    Raises:
        InputError: naming the extra that brings it, if it isn't installed.

    >>> needed("json", "arrow", "Parquet").loads("[1]")
    [1]
    >>> needed("no_such_module", "arrow", "Parquet")
    Traceback (most recent call last):
    boilerstrip.errors.InputError: Parquet needs the package no_such_module, which isn't \
installed. Run: pip install 'boilerstrip[arrow]'

    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not module.startswith(str(error.name)):
            raise
        raise InputError(
            f"{purpose} needs the package {module.partition('.')[0]}, which isn't installed."
            f" Run: pip install 'boilerstrip[{extra}]'"
        ) from error
