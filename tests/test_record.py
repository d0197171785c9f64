"""The record replays: kept plus removed make the document, in Python and from what was written."""

import copy
import dataclasses
import doctest
import gzip
import json
import pickle
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from conftest import PARAGRAPHS, SAMPLES, read_raw

import boilerstrip
from boilerstrip import Article, schema
from boilerstrip.cli import main
from boilerstrip.record import merged

SAMPLE_FILES = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])
DOCS = Path(__file__).parent.parent / "docs" / "schema.md"
MENU = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("Home", "World", "Sport"))
PAGE = (
    f"<html><head><title>Bridge</title></head><body><nav><ul>{MENU}</ul></nav><article>"
    f"<h1>Bridge</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}<p>Advertisement</p>"
    "<pre>  1 bridge\n\n    2 ferries</pre></article></body></html>"
)
LINKS = PAGE.replace(MENU, "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(20)))
ROW = jsonschema.Draft202012Validator(schema.json_schema())
ARTICLE = jsonschema.Draft202012Validator(schema.json_schema(schema.ARTICLE))


@pytest.fixture(scope="module")
def articles():
    sources = [*map(read_raw, SAMPLE_FILES), PAGE, LINKS, "", " \n", "\n\nIt rained.\r\n \r\n"]
    return [boilerstrip.clean(source) for source in sources]


@pytest.fixture(scope="module")
def pages(corpora):
    """Some pages as they were fetched."""
    files = sorted((corpora / "fundus-news" / "html").glob("*.html.gz"))[::12]
    if not files:
        pytest.skip("the pages of the corpora are not here")
    return files


def causes(article):
    return {removal.cause for removal in article.removed}


def rebuilt(row):
    """The document of a row, by what docs/schema.md says alone."""
    text = row["spacing"][0]
    for line, space in zip(row["body"].split("\n"), row["spacing"][1:], strict=True):
        text += line + space
    for removal in row["removed"]:
        text = text[: removal["start"]] + removal["text"] + text[removal["start"] :]
    return text


def written(out, *arguments):
    result = CliRunner().invoke(main, ["clean", *map(str, arguments), "-o", str(out)])
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in out.read_bytes().splitlines()]


# --- in Python


def test_an_article_rebuilds_its_document(articles):
    for article in articles:
        assert article.rebuild() == article.document.text


def test_an_article_is_made_again_of_its_values(articles):
    for article in articles:
        for values in (article.to_dict(), article.to_dict(document=True)):
            again = Article.from_dict(json.loads(json.dumps(values)))
            assert again == article
            assert hash(again) == hash(article)
            assert again.document.text == article.document.text
            blocks = again.document.blocks
            assert "".join(article.document.text[b.start : b.end] for b in blocks) == (
                article.document.text
            )
            assert len(again.roles) == len(blocks)


def test_a_compact_row_rebuilds_and_says_as_much(articles):
    for article in articles:
        row = schema.to_row(article)
        again = Article.from_dict(row)
        assert rebuilt(row) == again.rebuild() == article.document.text
        assert len(again.removed) <= len(article.removed)
        removed = "".join("".join(removal.text.split()) for removal in article.removed)
        assert "".join("".join(removal.text.split()) for removal in again.removed) == removed


def removal(start, end, text, cause="scorer"):
    return boilerstrip.Removal("navigation", cause, start, end, text[start:end])


def test_only_neighbours_of_one_cause_are_one():
    text = "Home\nNews\n\nSport\nIt rained.\nLogin"
    home, news, sport, login = (0, 4), (5, 9), (11, 16), (28, 33)
    found = [removal(*home, text), removal(*news, text), removal(*sport, text, "rule:a/b")]
    found.append(removal(*login, text, "rule:a/b"))
    assert list(merged(found, text)) == [removal(0, 9, text), *found[2:]]
    assert list(merged([*found[:2], removal(*sport, text)], text)) == [removal(0, 16, text)]
    assert list(merged([], text)) == []


def test_joined_removals_have_the_highest_chance():
    text = "Home News Sport"
    home, news, sport = (removal(*span, text) for span in ((0, 4), (5, 9), (10, 15)))
    given = [
        dataclasses.replace(one, chance=chance)
        for one, chance in ((home, 0.01), (news, 0.2), (sport, 0.0))
    ]
    assert [one.chance for one in merged(given, text)] == [0.2]
    assert [one.chance for one in merged([home, news], text)] == [None]


def test_a_removal_has_a_chance_if_and_only_if_it_is_the_scorers(articles):
    removed = [removal for article in articles for removal in article.removed]
    of_scorer = {removal.cause == "scorer" for removal in removed if removal.chance is not None}
    of_others = {removal.cause == "scorer" for removal in removed if removal.chance is None}
    assert (of_scorer, of_others) == ({True}, {False})
    assert all(0 <= removal.chance < 0.5 for removal in removed if removal.cause == "scorer")
    assert len({removal.chance for removal in removed}) > 5


def test_a_row_without_chances_is_read():
    article = next(a for a in map(boilerstrip.clean, [PAGE, LINKS]) if "scorer" in causes(a))
    row = article.to_dict()
    chances = [item.pop("chance") for item in row["removed"]]
    assert any(chances)
    assert [one.chance for one in Article.from_dict(row).removed] == [None] * len(chances)
    assert Article.from_dict(row).rebuild() == article.document.text


def test_the_levels_of_the_record():
    article = boilerstrip.clean(PAGE)
    full, compact, none = (schema.to_row(article, name) for name in ("full", "compact", "none"))
    assert full == article.to_dict(document=True)
    assert full["document"] == article.document.text
    assert len(compact["removed"]) < len(full["removed"]) == len(article.removed)
    assert compact["document"] is None
    assert none["removed"] is none["spacing"] is none["document"] is None
    assert none["body"] == article.body


AD = {"category": "advertisement", "cause": "rule:advertisement/label", "text": "Advertisement"}
AD |= {"start": 11, "end": 24}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"body": "It snowed."}, "spacing: 3 items for a body of 1 lines, which needs 2"),
        ({"spacing": []}, "spacing: 0 items for a body of 2 lines, which needs 3"),
        ({"spacing": ["Then ", "\n\n", ""]}, "line 1 of it stands elsewhere"),
        ({"removed": [AD, AD]}, r"removed\[1\]: start 11, end 24 don't fit"),
        ({"removed": [{**AD, "end": 25}]}, r"removed\[0\]: start 11, end 25 don't fit"),
        ({"removed": [{**AD, "start": 99, "end": 112}]}, r"removed\[0\]: start 99"),
        ({"removed": None}, "holds no record"),
        ({"body": None, "error": "broken"}, "holds an error and no article"),
        ({"document": "It rained.\nAdvertisement\nIt froze."}, "the body is not what"),
        ({"removed": [{"category": "other"}]}, "from_dict: .* Pass what to_dict"),
        ({"authors": None}, "from_dict: .* Pass what to_dict"),
    ],
)
def test_values_that_do_not_belong_together_are_refused(change, problem):
    values = boilerstrip.clean("It rained.\nAdvertisement\nIt stopped.").to_dict()
    with pytest.raises(boilerstrip.InputError, match=problem):
        Article.from_dict({**values, **change})


@pytest.mark.parametrize("missing", schema.json_schema(schema.ARTICLE)["required"])
def test_values_without_a_column_are_refused(missing):
    values = boilerstrip.clean("It rained.").to_dict()
    del values[missing]
    if missing == "spacing":
        values["document"] = "It rained."
        assert Article.from_dict(values).body == "It rained."
        return
    with pytest.raises(boilerstrip.InputError, match=f"no column '{missing}'"):
        Article.from_dict(values)


def test_a_removal_of_another_text_is_found_out():
    values = boilerstrip.clean("It rained.\nAdvertisement").to_dict(document=True)
    values["removed"][0]["text"] = "advertisement"
    with pytest.raises(boilerstrip.InputError, match="a removal holds another text"):
        Article.from_dict(values)


def test_an_article_whose_body_was_changed_says_so_and_is_still_written():
    article = boilerstrip.clean("It rained.\nAdvertisement")
    changed = dataclasses.replace(article, body="It snowed.")
    with pytest.raises(boilerstrip.InputError, match="line 1 of it stands elsewhere"):
        changed.rebuild()
    assert changed.to_dict()["spacing"] is None
    cut = dataclasses.replace(article, body="It")
    with pytest.raises(boilerstrip.InputError, match="it ends too early"):
        cut.rebuild()


# --- the value


def test_an_article_can_be_hashed_copied_sent_and_compared(articles):
    for article in articles:
        for again in (copy.deepcopy(article), pickle.loads(pickle.dumps(article))):
            assert again == article
            assert hash(again) == hash(article)
            assert again.document == article.document
            assert again.roles == article.roles
    assert len(set(articles)) == len(articles)
    article = articles[0]
    assert article != dataclasses.replace(article, title="Another")
    assert article != dataclasses.replace(article, document=articles[1].document)
    assert article != "another"


def test_an_article_can_only_be_read():
    article = boilerstrip.clean(PAGE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.body = ""
    with pytest.raises(TypeError):
        article.sources["title"] = "me"
    with pytest.raises(AttributeError):
        article.sources.clear()
    assert article.sources["title"]
    given = {"title": "mine"}
    changed = dataclasses.replace(article, sources=given)
    given["title"] = "yours"
    assert changed.sources == {"title": "mine"}
    assert dataclasses.asdict(changed)["sources"] == {"title": "mine"}


def test_an_article_is_shown_on_one_short_line(articles):
    for article in articles:
        for shown in (str(article), repr(article)):
            assert len(shown) < 140
            assert "\n" not in shown
    assert "Bridge" in str(boilerstrip.clean(PAGE))


@pytest.mark.parametrize(
    ("stated", "day", "moment"),
    [
        ("2024-05-03T07:15:00+01:00", "2024-05-03", "2024-05-03T07:15:00+01:00"),
        ("2024-05-03T07:15:00Z", "2024-05-03", "2024-05-03T07:15:00+00:00"),
        ("2024-05-03T07:15", "2024-05-03", "2024-05-03T07:15"),
        ("2024-05-03", "2024-05-03", None),
        ("2024-05", "2024-05", None),
        ("", None, None),
    ],
)
def test_the_day_and_the_moment_are_told_apart(stated, day, moment):
    meta = f'<meta property="article:published_time" content="{stated}">'
    article = boilerstrip.clean(PAGE.replace("<title>", meta + "<title>"))
    assert (article.date, article.published) == (day, moment)
    assert article.sources.get("published") == (article.sources["date"] if moment else None)
    ARTICLE.validate(article.to_dict())


# --- the schema


def test_every_article_has_the_columns_of_the_schema(articles):
    names = [column.name for column in schema.ARTICLE]
    for article in articles:
        for record in schema.RECORDS:
            row = schema.to_row(article, record)
            assert list(row) == names
            ARTICLE.validate(row)
        ARTICLE.validate(article.to_dict())
    assert list(schema.empty_row()) == names


def test_the_schema_is_one_and_refuses_what_is_not_in_it():
    jsonschema.Draft202012Validator.check_schema(schema.json_schema())
    assert tuple(schema.json_schema()["required"]) == schema.NAMES
    row = {"input": "a", "error": None, **schema.to_row(boilerstrip.clean(PAGE))}
    ROW.validate({**row, "id": 7})
    for change in (
        {"date": "3 May 2024"},
        {"published": "2024-05-03"},
        {"sources": {"title": "h1"}},
        {"authors": None},
        {"removed": [{"category": "ads"}]},
        {"removed": [{**row["removed"][0], "start": "0"}]},
        {"removed": [{**row["removed"][0], "cause": "magic"}]},
        {"removed": [{**row["removed"][0], "chance": 1.5}]},
        {"input": None},
    ):
        with pytest.raises(jsonschema.ValidationError):
            ROW.validate({**row, **change})
    with pytest.raises(jsonschema.ValidationError):
        ROW.validate({name: value for name, value in row.items() if name != "spacing"})


def test_the_schema_can_be_printed():
    command = [sys.executable, "-W", "error", "-m", "boilerstrip.schema"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(printed) == schema.json_schema()


def test_the_types_are_told_as_well():
    types = {column.name: column.type for column in schema.COLUMNS}
    assert types["body"] == "string"
    assert types["sources"] == "list<struct<field: string, source: string>>"
    assert "start: int64, end: int64, text: string, chance: float64" in types["removed"]


def test_docs_name_every_column_and_their_code_runs():
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| `")]
    named = [("", column) for column in schema.COLUMNS]
    named += [(f"{one.name}.", field) for one in schema.COLUMNS for field in one.fields]
    for prefix, column in named:
        kind = "list<struct>" if column.fields else column.type
        null = "yes" if column.null else "no"
        row = f"| `{prefix}{column.name}` | `{kind}` | {null} | {column.about} |"
        assert table.count(row) == 1, row
    assert len(table) == len(named) + len(schema.RECORDS)
    assert f"Version {schema.VERSION} of the schema" in "\n".join(lines)
    failed, tried = doctest.testfile(str(DOCS), module_relative=False)
    assert tried > 5
    assert not failed


# --- what the command wrote


@pytest.mark.parametrize("record", ["compact", "full"])
def test_the_input_can_be_made_of_the_output_alone(tmp_path, record):
    rows = written(tmp_path / "out.jsonl", *SAMPLE_FILES, "--record", record)
    assert [row["input"] for row in rows] == list(map(str, SAMPLE_FILES))
    for path, row in zip(SAMPLE_FILES, rows, strict=True):
        ROW.validate(row)
        assert rebuilt(row) == Article.from_dict(row).rebuild() == read_raw(path)
        assert row["document"] == (read_raw(path) if record == "full" else None)


def test_the_text_of_pages_can_be_made_of_the_output_alone(pages, tmp_path):
    for page, row in zip(pages, written(tmp_path / "out.jsonl", *pages), strict=True):
        ROW.validate(row)
        document = boilerstrip.clean(gzip.decompress(page.read_bytes())).document
        assert rebuilt(row) == document.text


def test_the_record_is_compact_unless_more_or_less_is_asked_for(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(PAGE, encoding="utf-8")
    (unsaid,) = written(tmp_path / "out.jsonl", page)
    for name in schema.RECORDS:
        (row,) = written(tmp_path / f"{name}.jsonl", page, "--record", name)
        said = schema.to_row(boilerstrip.clean(PAGE), name)
        assert {key: row[key] for key in said} == said
        assert (row == unsaid) is (name == "compact")


def test_a_row_of_an_error_has_the_same_columns(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "text": "It rained."}\n{"id": 2, "text": 3}\n', encoding="utf-8")
    out = tmp_path / "out.jsonl"
    CliRunner().invoke(main, ["clean", str(path), "-o", str(out)])
    good, bad = map(json.loads, out.read_bytes().splitlines())
    assert (good["error"], bad["body"]) == (None, None)
    assert bad["error"]
    assert good.keys() - {"id"} == bad.keys() - {"id", "input_text", "text"} == set(schema.NAMES)
    for row in (good, bad):
        ROW.validate(row)
