"""``boilerstrip rules``: the catalogue, and files of the caller's own."""

from __future__ import annotations

import difflib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.batch.sinks import to_bytes
from boilerstrip.cleaner import Cleaner, Options
from boilerstrip.cli.options import Asked, cleaning_options, draft_option, is_draft
from boilerstrip.errors import BoilerstripError
from boilerstrip.readers.siterules import SUFFIX, Site
from boilerstrip.rules.ruleset import (
    BOILERPLATE,
    CATEGORIES,
    Fault,
    Rule,
    catalogue,
    load_rules,
    pattern_fault,
    read_rules,
    rule_files,
    taken_ids,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from boilerstrip.cli.corpus import Sightings
    from boilerstrip.rules.ruleset import Own, RuleFile

_SHOWN = (
    *("category", "why", "languages", "where", "extent", "sites", "outlets", "against"),
    *("phrases", "line", "inline", "copy", "removes", "keeps", "was"),
)
_SAMPLES = 10
_SAMPLE = 160


@click.group("rules")
def rules_group() -> None:
    """Find, write, try and check rules.

    \b
    From a line on a page to a rule:
      boilerstrip explain page.html            is it there, and what takes its neighbours?
      boilerstrip rules list --search WORDS    is there such a rule?
      boilerstrip rules try 'PATTERN' pages/   what would a new one hit?
      boilerstrip rules new -o mine.toml       a file to fill in
      boilerstrip rules check mine.toml        is it sound?
      boilerstrip clean --rules mine.toml pages/ -o out/
    """  # noqa: D301 - \b is click's mark for lines that stay as they are


_rules_option = click.option(
    "--rules",
    "rule_files",
    multiple=True,
    type=click.Path(exists=True),
    metavar="FILE",
    help="A file of your own rules, which stand before the shipped ones; may be repeated.",
)


@rules_group.command("new")
@click.option(
    "-o",
    "--output",
    "out",
    default="-",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="The file to write; default: standard output. A file that is there stays as it is.",
)
def new_command(out: str) -> None:
    """Write a rule file to start from, with comments on all that may be in it.

    \b
    Example:
      boilerstrip rules new -o mine.toml
    """  # noqa: D301
    from boilerstrip.rules.template import TEMPLATE

    text = TEMPLATE.replace("{categories}", _wrapped(BOILERPLATE))
    if out == "-":
        echo(text)
        return
    try:
        with Path(out).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise click.UsageError(f"{out}: is there already. Choose another name.") from error
    click.echo(f"{out}: written. Fill it in, then: boilerstrip rules check {out}", err=True)


def _wrapped(words: Sequence[str]) -> str:
    """The words with commas between, in lines of comments."""
    half = len(words) // 2
    return ",\n# ".join((", ".join(words[:half]), ", ".join(words[half:])))


@rules_group.command("list")
@click.option("--category", type=click.Choice(CATEGORIES), metavar="CATEGORY", help="Only it.")
@click.option("--language", metavar="CODE", help="Only rules for this language, such as en.")
@click.option(
    "--search",
    metavar="WORDS",
    help="Only rules that hold all of these words, in whatever key: id, why, patterns, examples.",
)
@click.option("--json", "as_json", is_flag=True, help="A JSON array of whole rules.")
@_rules_option
@draft_option
def list_command(
    category: str | None,
    language: str | None,
    search: str | None,
    as_json: bool,
    rule_files: tuple[str, ...],
) -> None:
    """List rules: id, languages and why; on a terminal as a table, elsewhere with tabs between.

    \b
    Examples:
      boilerstrip rules list
      boilerstrip rules list --category newsletter --language de
      boilerstrip rules list --search 'read also' --rules mine.toml
    """  # noqa: D301
    words = (search or "").casefold().split()
    found = [
        rule
        for rule in (*_own_rules(rule_files), *catalogue())
        if category in (None, rule.category)
        and (language is None or language in rule.languages)
        and (not words or _holds(rule, words))
    ]
    if as_json:
        echo(json.dumps([_values(rule) for rule in found], ensure_ascii=False, indent=1) + "\n")
    elif sys.stdout is not None and sys.stdout.isatty():
        _print_table(found)
    else:
        echo("".join(f"{r.id}\t{','.join(r.languages)}\t{r.why}\n" for r in found))


def _own_rules(files: Sequence[str]) -> list[Rule]:
    """The rules in files of the caller's own."""
    return [item for file in files for item in _load(file) if isinstance(item, Rule)]


def _load(file: str) -> Sequence[Own]:
    try:
        return load_rules(file, draft=is_draft())
    except BoilerstripError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from error


def _holds(rule: Rule, words: Sequence[str]) -> bool:
    said = "\n".join(line for name in ("id", *_SHOWN) for line in _value_lines(rule, name))
    said = said.casefold()
    return all(word in said for word in words)


def _values(rule: Rule) -> dict[str, object]:
    """What the rule says, under the names that a rule file has for it, and its file."""
    found = {name: value for name, value in asdict(rule).items() if value not in ((), None, "")}
    found["own"] = found.pop("callers")
    found["file"] = found.pop("origin", "")
    return found


def _print_table(rules: Sequence[Rule]) -> None:
    from rich import box  # slow to import, and for terminals only
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("rule", overflow="fold", ratio=2)
    table.add_column("languages", overflow="fold", max_width=14)
    table.add_column("why", overflow="fold", ratio=3)
    for rule in rules:
        table.add_row(*map(Text, (rule.id, ", ".join(rule.languages), rule.why)))
    console = Console()
    console.print(table)
    console.print(f"{len(rules)} rules. `boilerstrip rules show ID` shows one whole.")


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
@click.option(
    "--in",
    "corpora",
    metavar="CORPUS",
    multiple=True,
    type=click.Path(allow_dash=True),
    help="Clean a file or a folder, as for `boilerstrip clean`, and show what the rule took; may "
    "be repeated.",
)
@cleaning_options
def show_command(
    rule_id: str,
    corpora: tuple[str, ...],
    asked: Asked,
) -> None:
    """Show a rule whole: patterns, why, examples, file; with --in also what it takes.

    \b
    Examples:
      boilerstrip rules show advertisement/label
      boilerstrip rules show advertisement/label --in pages/
    """  # noqa: D301
    rule = find_rule(rule_id, [*_own_rules(asked.rule_files), *catalogue()])
    echo(describe_rule(rule))
    if not corpora:
        return
    from boilerstrip.cli.corpus import Sightings, read_articles
    from boilerstrip.cli.options import make_cleaner

    cleaner = make_cleaner(asked)
    fields = asked.fields
    seen = Sightings()
    cause = f"rule:{rule.id}"
    for document in read_articles(corpora, cleaner, fields):
        seen.documents += 1
        for removal in document.article.removed:
            if removal.cause == cause:
                seen.add(document, removal.text)
    echo(f"\n{rule.id} took {_counted(seen)} of {seen.documents} documents.\n")
    echo("".join(_sample_lines(seen)))


@rules_group.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@draft_option
def check_command(files: tuple[str, ...]) -> None:
    """Check rule files of your own: that they are sound, and that their examples come out.

    All faults are listed, each with its line: unknown keys and categories, patterns that are not
    valid or that take too long on some line, ids that are taken. Each text in a rule's "removes"
    must be removed by that rule, and nothing may be removed from a text in its "keeps", both inside
    an article and with the shipped rules at work too. If something does not hold the exit status
    is 1. Notes say what other rules match, too.

    \b
    Examples:
      boilerstrip rules check mine.toml
      boilerstrip rules check --draft learned.toml
    """  # noqa: D301
    paths = [path for file in files for path in _files_of(file)]
    if not all([_check(path) for path in paths]):  # noqa: C419 - each file is to be checked
        sys.exit(1)


def _files_of(name: str) -> list[str]:
    return list(map(str, rule_files(Path(name)))) if Path(name).is_dir() else [name]


def _check_site(file: str) -> bool:
    """Whether the file of site rules is understood, and its XPaths are valid."""
    from boilerstrip.readers.site import check_site  # lxml is slow to import

    try:
        (site,) = load_rules(file)
    except BoilerstripError as error:
        click.echo(str(error), err=True)
        return False
    notes = [*site.notes, *check_site(site)] if isinstance(site, Site) else []
    for note in notes:
        echo(f"{file}: {note}\n")
    if not notes:
        echo(f"{file}: all lines are understood.\n")
    return not notes


def _check(file: str) -> bool:
    """Whether the file is sound."""
    if Path(file).suffix == SUFFIX:
        return _check_site(file)
    try:
        read = read_rules(text_of(Path(file), file), file, callers=True, draft=is_draft())
    except BoilerstripError as error:
        click.echo(str(error), err=True)
        return False
    faults = sorted((*read.faults, *_faults(read)), key=lambda fault: fault.line or 0)
    for fault in faults:
        echo(f"{file}:{fault.line or ''}{': ' if fault.line else ' '}{fault.message}\n")
    for note in _notes(read):
        echo(f"{file}: note: {note}\n")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        echo(f"{file}: {count}.\n")
    else:
        off = (
            f" {sum(len(item.ids) for item in read.off)} shipped ones are off." if read.off else ""
        )
        echo(f"{file}: {len(read.rules)} rules, all their examples come out.{off}\n")
    return not faults


def _faults(read: RuleFile) -> Iterator[Fault]:
    """What is wrong with the sound rules of a file: taken ids, slow patterns, examples."""
    from boilerstrip.rules.check import broken_examples, slow_patterns

    numbers = dict(zip((id(rule) for rule in read.rules), read.numbers, strict=True))
    usable = list(read.rules)
    for rule, problem in taken_ids([*catalogue(), *read.rules]):
        usable = [other for other in usable if other is not rule]
        yield Fault(read.places.of_key(numbers[id(rule)], "id"), problem)
    for rule in list(usable):
        for key, problem in slow_patterns(rule):
            usable.remove(rule)
            yield Fault(read.places.of_key(numbers[id(rule)], key), problem)
            break
    cleaner = Cleaner(Options(rules=[*map(_everywhere, usable), *read.off]))
    for rule in usable:
        for key, problem in broken_examples(_everywhere(rule), cleaner.clean):
            yield Fault(read.places.of_key(numbers[id(rule)], key), problem)


def _everywhere(rule: Rule) -> Rule:
    """The rule as if all examples were of its outlet, which a text need not name."""
    return replace(rule, outlets=())


def _notes(read: RuleFile) -> Iterator[str]:
    from boilerstrip.rules.check import overlaps

    off = {name for item in read.off for name in item.ids}
    yield from overlaps(read.rules, [rule for rule in catalogue() if rule.id not in off])


@rules_group.command("try")
@click.argument("pattern", metavar="PATTERN")
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path())
@click.option("--inline", is_flag=True, help="Look for it in pieces of lines, not in whole lines.")
@cleaning_options
def try_command(
    pattern: str,
    corpora: tuple[str, ...],
    inline: bool,
    asked: Asked,
) -> None:
    """Try a pattern on documents: what it hits in bodies, and what in what is removed anyway.

    The documents are cleaned as they would be now. A line of a body that the pattern hits is one
    that a rule with it would take: boilerplate that is missed so far, or prose that must stay. Hits
    are counted by site, and some are shown, the most frequent first.

    \b
    Examples:
      boilerstrip rules try 'More from our series:.{1,100}' pages/
      boilerstrip rules try --inline 'click here to subscribe' crawl.jsonl
    """  # noqa: D301
    key = "inline" if inline else "line"
    if problem := pattern_fault(pattern, key):
        raise click.UsageError(problem)
    from boilerstrip.cli.corpus import Sightings, hits, read_articles
    from boilerstrip.cli.options import make_cleaner

    cleaner = make_cleaner(asked)
    fields = asked.fields
    kept, gone = Sightings(), Sightings()
    find = hits(pattern, key)
    for document in read_articles(corpora, cleaner, fields):
        kept.documents += 1
        for line, removal in find(document.article):
            if removal is None:
                kept.add(document, line)
            else:
                gone.add(document, f"{line}  {{{removal.category} · {removal.cause}}}")
    echo(f"{kept.documents} documents.\n\nHits in bodies: {_counted(kept)}.\n")
    echo("".join((*_site_lines(kept), *_sample_lines(kept))))
    echo(f"\nHits in what is removed now: {_counted(gone)}.\n")
    echo("".join((*_site_lines(gone), *_sample_lines(gone))))


def _counted(seen: Sightings) -> str:
    count = seen.texts.total()
    return f"{count} passage{'' if count == 1 else 's'} in {len(seen.names)}"


def _site_lines(seen: Sightings) -> Iterator[str]:
    for site, count in seen.sites.most_common(_SAMPLES):
        yield f"  {count:>6}  {site}\n"
    if len(seen.sites) > _SAMPLES:
        yield f"          and {len(seen.sites) - _SAMPLES} more sites\n"


def _sample_lines(seen: Sightings) -> Iterator[str]:
    for text, count in seen.texts.most_common(_SAMPLES):
        line = " ⏎ ".join(filter(None, map(str.strip, text.splitlines())))
        shown = line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}…"
        yield f"  {f'{count} ×' if count > 1 else '':>8} {shown}  [{seen.first[text]}]\n"


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
        for number, line in enumerate(_value_lines(rule, name)):
            yield f"  {'' if number else name:<10} {line}\n"


def _value_lines(rule: Rule, name: str) -> Sequence[str]:
    value = getattr(rule, name) or ()
    return value.splitlines() if isinstance(value, str) else value


def echo(text: str) -> None:
    """Print the text in UTF-8, whatever the terminal says that it takes."""
    if sys.stdout is None:
        raise click.ClickException("standard output is closed. Open it.")
    click.echo(to_bytes(text), nl=False)
