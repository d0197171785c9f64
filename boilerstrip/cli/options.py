"""Flags that say how to clean, which several commands have, and the cleaner that they ask for."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from boilerstrip.batch.columns import Fields
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.errors import BoilerstripError
from boilerstrip.readers.siterules import Site, notes_of
from boilerstrip.rules.ruleset import BOILERPLATE, catalogue, load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_DRAFT = "boilerstrip.draft"
# So many lines that aren't understood are named.
_NOTES = 5


def _note_draft(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    del parameter
    context.meta[_DRAFT] = value


def is_draft() -> bool:
    """Whether the command at work was called with ``--draft``."""
    return bool(click.get_current_context().meta.get(_DRAFT))


draft_option = click.option(
    "--draft",
    is_flag=True,
    expose_value=False,
    callback=_note_draft,
    help="Take rules of your own that have no near misses yet.",
)


def cleaning_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with ``--keep``, ``--rules``, ``--language`` and what names fields.

    It gets them as one value, ``asked``.
    """

    @wraps(command)
    def found(
        *values: Any,
        keep: tuple[str, ...],
        rule_files: tuple[str, ...],
        languages: tuple[str, ...],
        html_field: str | None,
        text_field: str | None,
        url_field: str | None,
        **others: Any,
    ) -> None:
        fields = Fields(text_field, html_field, url_field)
        command(*values, asked=Asked(keep, rule_files, languages, fields), **others)

    for option in reversed(
        (
            click.option(
                "--keep",
                multiple=True,
                type=click.Choice(BOILERPLATE),
                metavar="CATEGORY",
                help="Leave this category in the body; may be repeated. "
                f"One of: {', '.join(BOILERPLATE)}.",
            ),
            click.option(
                "--rules",
                "rule_files",
                multiple=True,
                type=click.Path(exists=True),
                metavar="FILE",
                help="Your own rules, which beat the shipped ones: a TOML file, a file of site "
                "rules such as example.org.txt, or a folder of them; may be repeated.",
            ),
            draft_option,
            click.option(
                "--language",
                "languages",
                multiple=True,
                metavar="CODE",
                callback=known_languages,
                help="Use the shipped rules of this language (en, de, ...) only; may be repeated. "
                "Default: all.",
            ),
            click.option(
                "--html-field",
                metavar="PATH",
                help="The field of a record that holds HTML; page.html is the html of a page. "
                "Default: the first of html, raw_html, content, text, body, raw_content.",
            ),
            click.option(
                "--text-field",
                metavar="PATH",
                help="The field that holds text, or HTML if it looks like it; where both are "
                "given, for records without HTML.",
            ),
            click.option(
                "--url-field",
                metavar="PATH",
                help="The field that holds the address. Default: the first of url, link, "
                "source_url.",
            ),
        )
    ):
        found = option(found)
    return found


class Asked(NamedTuple):
    """What the flags of ``cleaning_options`` ask for: of cleaning, and which fields to read."""

    keep: tuple[str, ...]
    rule_files: tuple[str, ...]
    languages: tuple[str, ...]
    fields: Fields


def known_languages(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """The language codes, if there are rules for each.

    Raises:
        click.BadParameter: naming the codes that there are.

    """
    if not value:
        return value
    known = {code for rule in catalogue() for code in rule.languages}
    for code in value:
        if code not in known:
            message = f"no rules for {code!r}. Choose from: {', '.join(sorted(known))}."
            raise click.BadParameter(message, context, parameter)
    return value


def make_cleaner(asked: Asked) -> Cleaner:
    """The cleaner that the flags ask for.

    Raises:
        click.BadParameter: if a rule file can't be used.

    """
    options = asked_options(asked)
    try:
        return Cleaner(options)
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


def asked_options(asked: Asked) -> Options:
    """The options that the flags ask for, with the rules of the files in them.

    Raises:
        click.BadParameter: if a rule file can't be used.

    """
    try:
        rules = [rule for file in asked.rule_files for rule in load_rules(file, draft=is_draft())]
        _say_notes(notes_of([rule for rule in rules if isinstance(rule, Site)]))
        return Options(tuple(rules), frozenset(asked.languages) or None, frozenset(asked.keep))
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


def _say_notes(notes: Sequence[str]) -> None:
    """Say which lines of site rules aren't understood, or the first of many."""
    for note in notes[:_NOTES]:
        click.echo(note, err=True)
    if len(notes) > _NOTES:
        more = len(notes) - _NOTES
        click.echo(f"and {more} more lines: boilerstrip rules check names all.", err=True)
