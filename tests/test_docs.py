"""The documents are true: their code runs, their links lead somewhere, they name all there is."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import boilerstrip
from boilerstrip.rules.catalogue_page import catalogue_pages, main
from boilerstrip.rules.check import broken_examples
from boilerstrip.rules.ruleset import BOILERPLATE, METADATA, Off, catalogue, load_rules

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
# Blocks of other tests: the recipes of tests/test_integrations.py.
ELSEWHERE = {("volume.md", "python")}
# What is shown and not run: text, and what a language is that runs nothing.
SHOWN = {"text", "json"}
# Blocks whose page doesn't say why they aren't run.
UNRUN = {("rules.md", "sh"): "they use pages of the reader's; tests/test_rule_tools.py tries each"}
FENCE = re.compile(
    r"(?:<!-- not run: (?P<reason>[^\n]+?) -->\n\n?)?^```(?P<kind>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
TEXT = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
RULE = """[[rule]]
id = "related/our-series"
category = "related"
why = "Our site ends its stories with a link to the series."
languages = ["en"]
line = 'More from our series:.{1,100}'
where = "tail"
removes = ["More from our series: Bridges", "More from our series: Ferries"]
keeps = ["More from our series of talks is on the radio tonight.", "More from our series"]
"""


class Block(NamedTuple):
    page: Path
    kind: str
    code: str
    reason: str | None


def blocks_of(page):
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        yield Block(page, match["kind"], match["code"], match["reason"])


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def run_of(kind):
    """The blocks of a kind that are run here, as parameters of a test."""
    found = [
        block
        for block in BLOCKS
        if block.kind == kind
        and not block.reason
        and not block.code.startswith(">>>")
        and (block.page.name, kind) not in ELSEWHERE
        and (block.page.name, kind) not in UNRUN
    ]
    return [pytest.param(block, id=f"{block.page.name}-{n}") for n, block in enumerate(found)]


@pytest.fixture
def folder(tmp_path):
    """A folder with all that the examples name, and the command on the PATH."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text("<h1>Ferries</h1><p>The ferry left at noon.</p>")
    (tmp_path / "pages" / "b.md").write_text(TEXT)
    (tmp_path / "article.txt").write_text(TEXT)
    (tmp_path / "mine.toml").write_text(RULE)
    with gzip.open(tmp_path / "crawl.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": 7, "text": TEXT}) + "\n")
    program = tmp_path / "bin" / "boilerstrip"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m boilerstrip "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(command, folder):
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("block", run_of("sh"))
def test_the_commands_run(block, folder):
    run(["bash", "-euo", "pipefail", "-c", block.code], folder)


@pytest.mark.parametrize("block", run_of("python"))
def test_the_code_runs(block, folder):
    pytest.importorskip("pandas")
    run([sys.executable, "-W", "error", "-c", block.code], folder)


@pytest.mark.parametrize("block", run_of("toml"))
def test_the_rules_load_and_their_examples_come_out(block, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(block.code, encoding="utf-8")
    rules = load_rules(file)
    cleaner = boilerstrip.Cleaner(boilerstrip.Options(rules=rules))
    tried = [rule for rule in rules if not isinstance(rule, Off)]
    assert [line for rule in tried for line in broken_examples(rule, cleaner.clean)] == []


def test_every_block_is_run_or_says_why_not():
    assert {block.kind for block in BLOCKS} - SHOWN <= {"sh", "python", "toml"}
    fences = sum(len(re.findall(r"^```", page.read_text(), re.MULTILINE)) for page in PAGES)
    assert fences == 2 * len(BLOCKS)
    assert all(block.code.startswith(">>>") or ">>>" not in block.code for block in BLOCKS)


def test_the_command_can_be_completed(folder):
    words = {"COMP_WORDS": "boilerstrip ru", "COMP_CWORD": "1"}
    asked = " ".join(f"{name}='{value}'" for name, value in words.items())
    command = f"{asked} _BOILERSTRIP_COMPLETE=bash_complete boilerstrip"
    assert run(["bash", "-c", command], folder) == "plain,rules\n"


def slugs(text):
    """The anchors of a page's headings."""
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", head).strip().lower()) for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for match in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"\w+:", target):
            continue
        file = (page.parent / target) if target else page
        assert file.exists(), match[0]
        if anchor:
            assert anchor in slugs(file.read_text(encoding="utf-8")), match[0]


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


CATEGORY = re.compile(r"^\| `(?P<name>\w+)` \| [^|]+ \| (?P<example>[^|]+) \|$", re.MULTILINE)


def test_every_category_has_an_example_that_a_rule_removes():
    rows = dict(CATEGORY.findall((DOCS / "categories.md").read_text(encoding="utf-8")))
    assert tuple(rows) == (*METADATA, *BOILERPLATE)
    without_a_rule_of_words = {"title", "duplicate"}
    for category, example in rows.items():
        if category not in without_a_rule_of_words:
            removed = {text for r in catalogue() if r.category == category for text in r.removes}
            assert example in removed, category
    text = f"{rows['title']} – The Ardal Post\nBy Ines Calder | 3 May 2024\n{TEXT}"
    assert boilerstrip.clean(text).title == rows["title"]


def public_names():
    """What a caller may use, by its full name."""
    yield from (f"boilerstrip.{name}" for name in boilerstrip.__all__ if name != "__version__")
    bridges = sorted((ROOT / "boilerstrip" / "integrations").glob("[!_]*.py"))
    for file in (ROOT / "boilerstrip" / "schema.py", *bridges):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
                yield f"{module}.{node.name}"


def test_the_reference_has_every_public_name():
    shown = re.findall(r"^::: (\S+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) == len({*shown})
    assert {*public_names()} <= {*shown}


def test_the_catalogues_pages_hold_every_rule(tmp_path):
    result = CliRunner().invoke(main, ["-o", str(tmp_path / "pages")])
    assert result.exit_code == 0, result.output
    pages = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.glob("pages/*")}
    assert pages == catalogue_pages(catalogue())
    for rule in catalogue():
        page = pages[f"{rule.category}.md"]
        assert page.count(f"<code>{rule.id}</code>") == len(rule.languages)
        assert escape(rule.why, quote=False) in page
        assert f"[{rule.category}]({rule.category}.md)" in pages["index.md"]


def test_a_rules_example_cannot_break_out_of_its_page():
    rule = catalogue()[0]
    kept = rule.removes[1:]
    odd = type(rule)(
        **{n: getattr(rule, n) for n in rule.__slots__ if n != "removes"},
        removes=("</dl>\n\n# <b>Share</b>", *kept),
    )
    page = catalogue_pages([odd])[f"{rule.category}.md"]
    assert "&lt;/dl&gt;<br># &lt;b&gt;Share" in page
    assert page.count("</dl>") == 1


def test_a_page_cannot_name_a_file_that_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("The password is swordfish.")
    page = (
        f'<!DOCTYPE html [<!ENTITY own SYSTEM "{secret.as_uri()}">]><html><body>'
        f'<p>It rained. &own;</p><xi:include href="{secret.as_uri()}" parse="text"/>'
        f'<iframe src="{secret.as_uri()}"></iframe></body></html>'
    )
    text = boilerstrip.clean(page).document.text
    assert "It rained." in text
    assert "swordfish" not in text


REMOTE = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)="?(?:https?:)?//""")


def test_the_site_is_built_whole_and_fetches_nothing(tmp_path):
    pytest.importorskip("mkdocs", reason="the site needs the extra docs")
    pytest.importorskip("mkdocstrings", reason="the site needs the extra docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    command += ["-f", "docs/mkdocs/mkdocs.yml", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > len(PAGES)
    assert [page for page in pages if REMOTE.search(page.read_text(encoding="utf-8"))] == []
    assert "catalogue/share.html" in {str(page.relative_to(tmp_path)) for page in pages}
