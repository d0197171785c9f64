"""What is compiled has a twin in plain Python, which is used where there was no compiler."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


def find_compiled(name: str, agrees: Callable[[ModuleType], bool]) -> ModuleType | None:
    """The compiled module, where there is one that answers as its twin does.

    ``BOILERSTRIP_CORE=python`` in the environment asks for the twins. A module that was built for
    another version of what it reads can't be imported, in one of several ways.
    """
    if os.environ.get("BOILERSTRIP_CORE") == "python":
        return None
    try:
        module = import_module(name)
    except (ImportError, TypeError, ValueError):
        return None
    return module if agrees(module) else None
