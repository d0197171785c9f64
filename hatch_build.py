"""Puts the prepared catalogue into the wheel: see ``boilerstrip/rules/prepared.py``."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparedCatalogue(BuildHookInterface[Any]):
    """Prepares the catalogue in the tree that is built, whose ``.gitignore`` names the file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the file; ``artifacts`` in ``pyproject.toml`` says that the wheel has it."""
        subprocess.run([sys.executable, "-m", "boilerstrip.rules"], cwd=self.root, check=True)
