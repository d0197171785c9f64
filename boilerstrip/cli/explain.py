"""``boilerstrip explain``: a text with what was removed marked, or one rule."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import click

from boilerstrip.batch.runner import clean_record, read_columns
from boilerstrip.batch.sources import find_inputs, problem_of, read_tasks
from boilerstrip.cleaner import Cleaner
from boilerstrip.cli.inputs import stdin_bytes
from boilerstrip.cli.options import Asked, asked_options, cleaning_options
from boilerstrip.cli.rules import describe_rule, echo, find_rule
from boilerstrip.cli.said import Said
from boilerstrip.fields.declared import told
from boilerstrip.reason import reason, reasons_of
from boilerstrip.record import merged
from boilerstrip.rules.ruleset import CATEGORIES, Rule, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boilerstrip.article import Article
    from boilerstrip.batch.columns import Fields
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
# Of a removal with more characters so many are shown at either end.
_LONG, _END = 300, 120
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
@click.argument("other", metavar="[INPUT]", required=False, type=click.Path(exists=True))
@click.option("--full", is_flag=True, help="Fold nothing: show each removal by itself, and whole.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(CATEGORIES[1:]),
    metavar="CATEGORY",
    help="Show what was removed as this, and nothing else; may be repeated.",
)
@click.option(
    "--compare",
    is_flag=True,
    help="Show INPUT without --rules, --keep and --language, and beside it with them.",
)
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Mark by colours; auto does on a terminal, unless NO_COLOR is set.",
)
@cleaning_options
def explain_command(
    what: str,
    other: str | None,
    full: bool,
    only: tuple[str, ...],
    compare: bool,
    color: str,
    asked: Asked,
) -> None:
    """Show what is removed from INPUT, and why; or show the rule of that id.

    The text is printed whole. What is not body is marked, with its category, its cause and why:
    in colour on a terminal, elsewhere as [-...-] {category · cause: why}. For what the scorer
    takes for boilerplate that is how likely it is body, and the strongest evidence against it.
    Neighbours that go for one cause are shown as one, and of what is long the first and the last
    words. Then follow the metadata, each value with its source in braces, and what was removed in
    figures.

    With a second INPUT the two are shown side by side: the lines that one alone has, and those that
    are not taken for the same.

    INPUT is a file, a folder or - for standard input, as for `boilerstrip clean`.

    \b
    Examples:
      boilerstrip explain page.html
      boilerstrip explain page.html --only related --only navigation
      boilerstrip explain draft.txt --rules mine.toml --compare
      boilerstrip explain old.html new.html
      boilerstrip explain advertisement/label
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    cleaner = _Explaining(asked_options(asked))
    rules = [*(rule for rule in cleaner.options.rules if isinstance(rule, Rule)), *catalogue()]
    fields = asked.fields
    if other is not None or compare:
        _compare(what, other, cleaner, fields)
        return
    if what != "-" and not os.path.exists(what):  # noqa: PTH110 - a name may be too long for Path
        echo(describe_rule(find_rule(what, rules)))
        return
    look = Look(_is_coloured(color), full, only)
    whys = reasons_of(rules)
    said = Said()
    for task in read_tasks(find_inputs([what], stdin_bytes()), fields):
        if task.record.passed is not None:
            click.echo(f"{task.record.name}: skipped, {task.record.passed}.", err=True)
            continue
        if task.record.name != what:
            echo(f"=== {task.record.name}\n")
        _show(task.record, cleaner, fields, whys, said, look)
    if said.failed:
        sys.exit(1)


class Look(NamedTuple):
    """How a document is shown: in colours, nothing folded, what was removed as ``only`` alone."""

    colour: bool = False
    full: bool = False
    only: tuple[str, ...] = ()


def _is_coloured(choice: str) -> bool:
    if choice == "auto":
        return not os.environ.get("NO_COLOR") and sys.stdout is not None and sys.stdout.isatty()
    return choice == "always"


def _compare(what: str, other: str | None, cleaner: Cleaner, fields: Fields) -> None:
    """Show two inputs side by side, or one without the caller's options and with them."""
    from boilerstrip.cli.compare import differences
    from boilerstrip.cli.corpus import read_articles

    if what == "-" or not os.path.exists(what):  # noqa: PTH110
        raise click.UsageError(f"{what}: no such file. Compare files, or folders.")
    before = cleaner if other is not None else Cleaner()
    ones = list(read_articles([what], before, fields))
    others = list(read_articles([other or what], cleaner, fields))
    if not ones or len(ones) != len(others):
        message = f"{what} has {len(ones)} documents that can be read, and {other or what}"
        raise click.UsageError(f"{message} {len(others)}. Compare as many with as many.")
    width = shutil.get_terminal_size().columns
    for one, two in zip(ones, others, strict=True):
        echo(f"=== {one.name} | {two.name}{'' if other is not None else ', with the options'}\n")
        echo("".join(map(_safe, differences(one.article, two.article, width))))


def _show(
    record: Record,
    cleaner: _Explaining,
    fields: Fields,
    whys: Mapping[str, str],
    said: Said,
    look: Look,
) -> None:
    """Show one document, or say why it can't be."""
    try:
        article, notes = clean_record(record, read_columns(record), cleaner, fields)
    except Exception as error:  # noqa: BLE001 - the documents after this one are still shown
        said.fail(record.name, problem_of(error))
        return
    said.note(notes)
    reasons = {one.start: cleaner.why(one) or reason(one, whys) for one in article.removed}
    shown = article.removed if look.full else tuple(merged(article.removed, article.document.text))
    if look.only:
        for one in shown:
            if one.category in look.only:
                echo(f"{_marked(one, reasons[one.start], look)}\n")
        return
    for part in _passages(article, shown, reasons, look):
        echo(part)
    echo("\n" if article.document.text.endswith("\n") else "\n\n")
    echo("".join((*_metadata(article), *_figures(article))))


def _passages(
    article: Article, shown: Sequence[Removal], reasons: Mapping[int, str], look: Look
) -> Iterator[str]:
    """The document's text, piece by piece, what was removed marked; ``reasons`` by its start."""
    text, position = article.document.text, 0
    for removal in shown:
        yield _visible(text[position : removal.start], colour=look.colour)
        position = removal.end
        yield _marked(removal, reasons.get(removal.start), look)
    yield _visible(text[position:], colour=look.colour)


def _marked(removal: Removal, why: str | None, look: Look) -> str:
    """What was removed, with what it is, its cause and why."""
    text = removal.text if look.full else _folded(removal.text)
    label = f"{removal.category} · {removal.cause}"
    if why:
        label = f"{label}: {why}"
    if not look.colour:
        return f"[-{text}-] {{{label}}}"
    shade = _COLOURS[removal.category]
    shown = click.style(_safe(text), fg=shade, bold=True)
    return shown + click.style(f" ◂ {label}", fg=shade, italic=True)


def _folded(text: str) -> str:
    """The text, of a long one its ends and the count of what is between."""
    if len(text) <= _LONG:
        return text
    first, last = text[:_END].rsplit(None, 1)[0], text[-_END:].split(None, 1)[-1]
    lines = len([line for line in text.splitlines() if line.strip()])
    count = len(text) - len(first) - len(last)
    of_lines = f" in {lines} lines" if lines > 1 else ""
    return f"{first} […{count} more characters{of_lines}…] {last}"


def _safe(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_SHOWN)


def _visible(text: str, *, colour: bool) -> str:
    return _safe(text) if colour else text


def _figures(article: Article) -> Iterator[str]:
    """How much is body, and how much was removed as what."""
    yield f"\nbody: {len(article.body)} of {len(article.document.text)} characters\n"
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for removal in article.removed:
        sizes[removal.category] += removal.end - removal.start
        counts[removal.category] += 1
    for category, size in sizes.most_common():
        yield f"removed: {size} characters of {category} in {counts[category]}\n"


def _metadata(article: Article) -> Iterator[str]:
    for name, values, source in told(article, article.sources):
        if values:
            yield f"{name}: {', '.join(values)}" + (f" {{{source}}}\n" if source else "\n")
    for item in article.related:
        yield "related: " + " | ".join(filter(None, (item.title, item.summary, item.url))) + "\n"
    for comment in article.comments:
        yield f"comment: {comment}\n"
