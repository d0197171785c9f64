"""What building a wheel adds: the prepared catalogue, and compiled modules where a compiler is.

See ``boilerstrip/rules/prepared.py``, ``boilerstrip/core/__init__.py`` and
``boilerstrip/readers/walk.py``. All are made in the tree that is built, whose ``.gitignore`` names
them. ``python boilerstrip/core/build.py`` compiles alone, for a checkout.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from sysconfig import get_config_var
from tempfile import TemporaryDirectory
from typing import Any

_MODULES = ("boilerstrip.core.fast", "boilerstrip.readers.nodes")
# Sums are what they are in plain Python: no product is joined with a sum into one step.
_FLAGS = [] if sys.platform == "win32" else ["-O3", "-g0", "-ffp-contract=off"]


def get_build_hook() -> type:
    """What hatchling asks, which alone has it at hand: what makes the files beside the tree's."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class Made(BuildHookInterface[Any]):
        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
            """Make the files, and say that the wheel has them."""
            subprocess.run([sys.executable, "-m", "boilerstrip.rules"], cwd=self.root, check=True)
            for module in _MODULES:
                command = [sys.executable, __file__, module]
                if subprocess.run(command, cwd=self.root, check=False).returncode:
                    problem = f"{module} isn't compiled: its twin runs, plain Python."
                    self.app.display_warning(problem)
                    continue
                build_data["artifacts"].append(_place(module, get_config_var("EXT_SUFFIX")))
                build_data["pure_python"] = False
                build_data["infer_tag"] = True

    return Made


def _place(module: str, suffix: str) -> str:
    return module.replace(".", "/") + suffix


def compile_module(name: str) -> None:
    """Compile a module; any error says that it can't be done here."""
    import lxml
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    Path(_place(name, get_config_var("EXT_SUFFIX"))).unlink(missing_ok=True)
    with TemporaryDirectory() as work:
        extension = Extension(
            name,
            [_place(name, ".pyx")],
            extra_compile_args=_FLAGS,
            include_dirs=lxml.get_include(),
        )
        modules = cythonize([extension], build_dir=work, quiet=True)
        command = build_ext(Distribution({"ext_modules": modules, "packages": ["boilerstrip"]}))
        command.inplace = command.force = True
        command.build_temp = command.build_lib = work
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    with chdir(Path(__file__).parents[2]):
        for each in sys.argv[1:] or _MODULES:
            compile_module(each)
