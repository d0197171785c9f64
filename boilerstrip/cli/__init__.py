"""The ``boilerstrip`` command: a thin layer over the library."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Any

import click

from boilerstrip.cli.clean import clean_command
from boilerstrip.cli.explain import explain_command
from boilerstrip.cli.report import report_command
from boilerstrip.cli.rules import rules_group
from boilerstrip.cli.signals import Interruption, silence_stdout

_CLOSED_PIPE = 128 + getattr(signal, "SIGPIPE", 13)
# The commands that are slow to import.
_SLOW = ("eval", "learn")
_INTERRUPTED = 128 + signal.SIGINT


class _Group(click.Group):
    """Commands that end with one line and the right exit status, whatever happens to them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in order."""
        return sorted([*super().list_commands(ctx), *_SLOW])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; one that is slow to import when asked for."""
        if cmd_name not in _SLOW:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"boilerstrip.cli.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """What click's does."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            where = error.filename or "standard output"
            click.echo(f"Error: {where}: {error.strerror or error}.", err=True)
            silence_stdout()
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        """What click's does."""
        try:
            return super().invoke(ctx)
        except Interruption as interruption:
            sys.exit(interruption.code)
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)
        except BrokenPipeError:
            silence_stdout()
            sys.exit(_CLOSED_PIPE)


def _print_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:  # noqa: ARG001
    if wanted and not context.resilient_parsing:
        from importlib import metadata  # slow to import, and seldom needed

        try:
            version = metadata.version("boilerstrip")
        except metadata.PackageNotFoundError:
            version = "(not installed, run from its source)"
        from boilerstrip.core import KIND  # as numpy is

        click.echo(f"boilerstrip {version}, {KIND} core")
        context.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Take the boilerplate out of scraped articles, and say what was removed and why.

    Exit status: 0 all well, 1 some inputs failed, 2 wrong usage, 130 interrupted; 141 if the
    output's reader left before its end.
    """
    # Arrow's own choice, mimalloc, copies a large buffer to make it smaller; the system's keeps
    # much of what is given back.
    if sys.platform == "linux":
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "jemalloc")


for _command in (clean_command, explain_command, report_command, rules_group):
    main.add_command(_command)
