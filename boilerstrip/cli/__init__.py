"""The ``boilerstrip`` command: a thin layer over the library."""

import click

from boilerstrip.cli.clean import clean_command
from boilerstrip.cli.eval import eval_command
from boilerstrip.cli.explain import explain_command
from boilerstrip.cli.rules import rules_group


def _print_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:  # noqa: ARG001
    if wanted and not context.resilient_parsing:
        from importlib import metadata  # slow to import, and seldom needed

        try:
            version = metadata.version("boilerstrip")
        except metadata.PackageNotFoundError:
            version = "(not installed, run from its source)"
        click.echo(f"boilerstrip {version}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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

    Exit status: 0 all well, 1 some inputs failed, 2 wrong usage.
    """


for _command in (clean_command, explain_command, rules_group, eval_command):
    main.add_command(_command)
