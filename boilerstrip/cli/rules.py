"""``boilerstrip rules``: the catalogue, and files of the caller's own."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

import click

from boilerstrip.batch.sinks import to_bytes
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.errors import BoilerstripError
from boilerstrip.rules.check import broken_examples
from boilerstrip.rules.ruleset import CATEGORIES, Rule, catalogue, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHOWN = (
    *("category", "why", "languages", "where", "extent"),
    *("phrases", "line", "inline", "copy", "removes", "keeps", "was"),
)


@click.group("rules")
def rules_group() -> None:
    """List, show and check rules."""


@rules_group.command("list")
@click.option("--category", type=click.Choice(CATEGORIES), metavar="CATEGORY", help="Only it.")
@click.option("--language", metavar="CODE", help="Only rules for this language, such as en.")
def list_command(category: str | None, language: str | None) -> None:
    """List the shipped rules: id, languages and why, with tabs between.

    \b
    Examples:
      boilerstrip rules list
      boilerstrip rules list --category newsletter --language de
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    for rule in catalogue():
        if category in (None, rule.category) and (language is None or language in rule.languages):
            echo(f"{rule.id}\t{','.join(rule.languages)}\t{rule.why}\n")


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
def show_command(rule_id: str) -> None:
    """Show a shipped rule whole: patterns, why, examples, file.

    \b
    Example:
      boilerstrip rules show advertisement/label
    """  # noqa: D301
    echo(describe_rule(find_rule(rule_id, catalogue())))


@rules_group.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
def check_command(files: tuple[str, ...]) -> None:
    """Check rule files of your own: that they load, and that their examples come out.

    Each text in a rule's "removes" must be removed by that rule, and nothing may be removed from a
    text in its "keeps", both inside an article and with the shipped rules at work too. What does
    not hold is listed on standard output, and the exit status is 1.

    \b
    Example:
      boilerstrip rules check mine.toml
    """  # noqa: D301
    if not all([_check(file) for file in files]):  # noqa: C419 - each file is to be checked
        sys.exit(1)


def _check(file: str) -> bool:
    """Whether the file is sound."""
    try:
        rules = load_rules(file)
        cleaner = Cleaner(Options(rules=rules))
    except BoilerstripError as error:
        click.echo(str(error), err=True)
        return False
    broken = [line for rule in rules for line in broken_examples(rule, cleaner.clean)]
    for line in broken:
        echo(f"{file}: {line}\n")
    if not broken:
        echo(f"{file}: {len(rules)} rules, all their examples come out.\n")
    return not broken


def find_rule(name: str, rules: Sequence[Rule]) -> Rule:
    """The rule that has this id, or had it once.

    Raises:
        click.UsageError: naming the nearest id.

    """
    for rule in rules:
        if name in (rule.id, *rule.was):
            return rule
    close = difflib.get_close_matches(name, [rule.id for rule in rules], n=1, cutoff=0)
    nearest = f" Nearest rule: {close[0]}." if close else ""
    message = f"{name}: no such rule or file.{nearest} `boilerstrip rules list` lists all."
    raise click.UsageError(message)


def describe_rule(rule: Rule) -> str:
    """All that is to be said of a rule, a line for each value."""
    return "".join((f"{rule.id}\n", *_lines(rule), f"  {'file':<10} {rule.origin}\n"))


def _lines(rule: Rule) -> Iterator[str]:
    for name in _SHOWN:
        value = getattr(rule, name) or ()
        lines = value.splitlines() if isinstance(value, str) else value
        for number, line in enumerate(lines):
            yield f"  {'' if number else name:<10} {line}\n"


def echo(text: str) -> None:
    """Print the text in UTF-8, whatever the terminal says that it takes."""
    if sys.stdout is None:
        raise click.ClickException("standard output is closed. Open it.")
    click.echo(to_bytes(text), nl=False)
