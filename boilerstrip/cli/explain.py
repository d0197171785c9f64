"""``boilerstrip explain``: a text with what was removed marked, or one rule."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from boilerstrip.batch.columns import Fields
from boilerstrip.batch.runner import clean_record, read_columns
from boilerstrip.batch.sources import find_inputs, problem_of, read_tasks
from boilerstrip.claim import Cause
from boilerstrip.cleaner import Cleaner
from boilerstrip.cli.clean import cleaning_options, make_cleaner, stdin_bytes
from boilerstrip.cli.rules import describe_rule, echo, find_rule
from boilerstrip.fields.declared import FIELDS
from boilerstrip.rules.ruleset import CATEGORIES, Rule, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boilerstrip.article import Article
    from boilerstrip.batch.containers import Record
    from boilerstrip.readers import Page
    from boilerstrip.record import Removal
    from boilerstrip.score.reasons import Listener
    from boilerstrip.settle.chooser import Chooser

# Of the 256 colours of a terminal, those that read well on black and on white.
_PALETTE = (
    *(160, 33, 34, 172, 127, 37, 205, 106, 141, 130),
    *(69, 168, 71, 137, 99, 178, 31, 203, 65, 133, 108, 74),
)
_COLOURS = dict(zip(CATEGORIES, _PALETTE, strict=True))
# A chance below this is not told exactly.
_LEAST_SHOWN = 0.01
# What the lines are that say a field's value; the cause names the source of that.
_LINES = {
    "title": "the headline",
    "byline": "the byline",
    "date": "the date line",
    "author_bio": "what the page says of the author",
}
# Control characters of a foreign text must not steer the terminal.
_SHOWN = {code: 0xFFFD if code > 0x7E else 0x2400 + code for code in (*range(32), *range(127, 160))}
del _SHOWN[ord("\n")], _SHOWN[ord("\t")]


class _Explaining(Cleaner):
    """A cleaner that can say of its last document why the scorer took a passage out."""

    listener: Listener

    def _chooser(self, page: Page) -> Chooser:
        from boilerstrip.score.reasons import Listener  # numpy is slow to import

        del page
        self.listener = Listener(self._scorer)
        return self.listener

    def why(self, removal: Removal) -> str | None:
        """The reason for a removal of the scorer's; to be asked in the removals' order."""
        if removal.chance is None:
            return None
        chance, evidence = self.listener.reason(removal.text, removal.chance)
        likely = f"{chance:.0%}" if chance >= _LEAST_SHOWN else "under 1%"
        return f"{likely} likely to be body; {'; '.join(evidence)}".rstrip("; ")


@click.command("explain")
@click.argument("what", metavar="INPUT|RULE_ID", type=click.Path(allow_dash=True))
@cleaning_options
def explain_command(
    what: str,
    keep: tuple[str, ...],
    rule_files: tuple[str, ...],
    languages: tuple[str, ...],
    html_field: str | None,
    text_field: str | None,
    url_field: str | None,
) -> None:
    """Show what is removed from INPUT, and why; or show the rule of that id.

    The text is printed whole. What is not body is marked, with its category, its cause and why:
    in colour on a terminal, elsewhere as [-...-] {category · cause: why}. For what the scorer
    takes for boilerplate that is how likely it is body, and the strongest evidence against it.
    Then follow the metadata, each value with its source in braces.

    INPUT is a file, a folder or - for standard input, as for `boilerstrip clean`.

    \b
    Examples:
      boilerstrip explain page.html
      boilerstrip explain draft.txt --rules mine.toml
      boilerstrip explain advertisement/label
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    cleaner = _Explaining(make_cleaner(keep, rule_files, languages).options)
    rules = [*(rule for rule in cleaner.options.rules if isinstance(rule, Rule)), *catalogue()]
    if what != "-" and not os.path.exists(what):  # noqa: PTH110 - a name may be too long for Path
        echo(describe_rule(find_rule(what, rules)))
        return
    fields = Fields(text_field, html_field, url_field)
    failed = 0
    notes: set[str] = set()
    for task in read_tasks(find_inputs([what], stdin_bytes()), fields):
        if task.record.passed is not None:
            click.echo(f"{task.record.name}: skipped, {task.record.passed}.", err=True)
            continue
        if task.record.name != what:
            echo(f"=== {task.record.name}\n")
        failed += not _show(task.record, cleaner, fields, rules, notes)
    if failed:
        sys.exit(1)


def _show(
    record: Record, cleaner: _Explaining, fields: Fields, rules: list[Rule], known: set[str]
) -> bool:
    """Whether the document could be explained; the notes on it that are new go to ``known``."""
    try:
        article, notes = clean_record(record, read_columns(record), cleaner, fields)
    except Exception as error:  # noqa: BLE001 - the documents after this one are still shown
        click.echo(f"{record.name}: {problem_of(error)}", err=True)
        return False
    for note in dict.fromkeys(notes):
        if note not in known:
            known.add(note)
            click.echo(note, err=True)
    causes = {str(Cause("rule", rule.id)): rule.why for rule in rules}
    colour = sys.stdout is not None and sys.stdout.isatty()
    whys = [cleaner.why(one) or _reason(one, causes) for one in article.removed]
    for part in _passages(article, whys, colour=colour):
        echo(part)
    echo("\n" if article.document.text.endswith("\n") else "\n\n")
    echo("".join(_metadata(article)))
    return True


def _reason(removal: Removal, causes: Mapping[str, str]) -> str | None:
    """Why a rule or a field takes a passage out."""
    if removal.cause.startswith("metadata:"):
        return _LINES.get(removal.category)
    return causes.get(removal.cause)


def _passages(article: Article, whys: Sequence[str | None], *, colour: bool) -> Iterator[str]:
    """The document's text, piece by piece, what was removed marked."""
    text, position = article.document.text, 0
    for removal, why in zip(article.removed, whys, strict=True):
        yield _visible(text[position : removal.start], colour=colour)
        position = removal.end
        label = f"{removal.category} · {removal.cause}"
        if why:
            label = f"{label}: {why}"
        if colour:
            shade = _COLOURS[removal.category]
            yield click.style(_visible(removal.text, colour=True), fg=shade, bold=True)
            yield click.style(f" ◂ {label}", fg=shade, italic=True)
        else:
            yield f"[-{removal.text}-] {{{label}}}"
    yield _visible(text[position:], colour=colour)


def _visible(text: str, *, colour: bool) -> str:
    return text.replace("\r\n", "\n").translate(_SHOWN) if colour else text


def _metadata(article: Article) -> Iterator[str]:
    for field in FIELDS:
        if (value := getattr(article, field.name)) and not field.part_of:
            shown = ", ".join(value) if field.many else value
            source = article.sources.get(field.name)
            yield f"{field.name}: {shown}" + (f" {{{source}}}\n" if source else "\n")
    for item in article.related:
        yield "related: " + " | ".join(filter(None, (item.title, item.summary, item.url))) + "\n"
    for comment in article.comments:
        yield f"comment: {comment}\n"
