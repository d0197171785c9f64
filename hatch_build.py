"""What building a wheel adds: the prepared catalogue, and the compiled core where a compiler is.

See ``boilerstrip/rules/prepared.py`` and ``boilerstrip/core/__init__.py``. Both are made in the
tree that is built, whose ``.gitignore`` names them. ``python hatch_build.py`` compiles the core
alone, for a checkout.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from sysconfig import get_config_var
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MODULE = "boilerstrip.core.fast"
_SOURCE = "boilerstrip/core/fast.pyx"
_COMPILED = f"boilerstrip/core/fast{get_config_var('EXT_SUFFIX')}"
# Sums are what they are in plain Python: no product is joined with a sum into one step.
_FLAGS = [] if sys.platform == "win32" else ["-O3", "-g0", "-ffp-contract=off"]


class Made(BuildHookInterface[Any]):
    """Makes what a wheel has beside the files of the tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the files, and say that the wheel has them."""
        subprocess.run([sys.executable, "-m", "boilerstrip.rules"], cwd=self.root, check=True)
        if subprocess.run([sys.executable, __file__], cwd=self.root, check=False).returncode:
            self.app.display_warning("No compiled core: boilerstrip runs its twin, plain Python.")
            return
        build_data["artifacts"].append(_COMPILED)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_core() -> None:
    """Compile the core; any error says that it can't be done here."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    Path(_COMPILED).unlink(missing_ok=True)
    with TemporaryDirectory() as work:
        extension = Extension(_MODULE, [_SOURCE], extra_compile_args=_FLAGS)
        modules = cythonize([extension], build_dir=work, quiet=True)
        command = build_ext(Distribution({"ext_modules": modules, "packages": ["boilerstrip"]}))
        command.inplace = command.force = True
        command.build_temp = command.build_lib = work
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    with chdir(Path(__file__).parent):
        compile_core()
