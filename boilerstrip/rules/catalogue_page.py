"""The catalogue as pages of Markdown: one a category, each rule under its language.

``python -m boilerstrip.rules.catalogue_page -o FOLDER`` writes them. The documentation site makes
them whenever it is built, so none is kept beside the rules.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerstrip.rules.ruleset import CATEGORIES, catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boilerstrip.rules.ruleset import Rule

_INDEX = """# The rules

{count} rules come with boilerstrip, in {languages} languages. There is a page for each category; on
it the rules stand under their languages, each with its id, its reason and one text that it removes.
A rule of several languages stands under each.

`boilerstrip rules show ID` prints all of a rule: patterns, place, and every example on both sides.

| category | rules | languages |
|:--|--:|--:|
"""
_PAGE = """# Rules: {category}

{count} rules. Press a language to see its rules; `mul` is any language.
[All categories](index.md).
"""
_RULE = "<dt><code>{id}</code></dt>\n<dd>{why}<br><q>{example}</q></dd>\n"


def catalogue_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The text of each page, by the name of its file; ``index.md`` leads to the others.

    >>> pages = catalogue_pages(catalogue())
    >>> pages["share.md"].startswith("# Rules: share")
    True
    """
    grouped = {
        category: found
        for category in CATEGORIES
        if (found := [rule for rule in rules if rule.category == category])
    }
    pages = {f"{category}.md": _page(category, found) for category, found in grouped.items()}
    rows = "".join(
        f"| [{category}]({category}.md) | {len(found)} | {len(_languages(found))} |\n"
        for category, found in grouped.items()
    )
    count = len(_languages(rules) - {"mul"})
    return {"index.md": _INDEX.format(count=len(rules), languages=count) + rows, **pages}


def _page(category: str, rules: Sequence[Rule]) -> str:
    parts = [_PAGE.format(category=category, count=len(rules))]
    for code in sorted(_languages(rules), key=lambda code: (code != "en", code != "mul", code)):
        found = [rule for rule in rules if code in rule.languages]
        lines = "".join(map(_rule, found))
        head = f"<details>\n<summary>{escape(code)} ({len(found)})</summary>\n"
        parts.append(f"{head}<dl>\n{lines}</dl>\n</details>\n")
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    lines = (line.strip() for line in rule.removes[0].splitlines())
    example = "<br>".join(escape(line, quote=False) for line in lines if line)
    return _RULE.format(id=escape(rule.id), why=escape(rule.why, quote=False), example=example)


def _languages(rules: Sequence[Rule]) -> set[str]:
    return {code for rule in rules for code in rule.languages}


@click.command()
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=Path)
)
def main(folder: Path) -> None:
    """Write the pages of the shipped rules to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in catalogue_pages(catalogue()).items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
