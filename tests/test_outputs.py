"""Outputs of two versions are written down and compared."""

from __future__ import annotations

import json

import pytest

from boilerstrip.evaluation.gold import GoldPage
from boilerstrip.evaluation.outputs import differences, main, outputs_of

STORY = "The ferry left the island at noon.\nNobody waved from the quay.\nAdvertisement"


@pytest.fixture
def corpora(tmp_path):
    folder = tmp_path / "corpora" / "tiny"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text(f"<article><p>{STORY}</p></article>", encoding="utf-8")
    row = json.dumps({"id": "a", "html": "a.html", "body": STORY})
    (folder / "gold.jsonl").write_text(row, encoding="utf-8")
    return folder.parent


def test_every_form_of_a_page_has_its_record():
    page = GoldPage("a", "", corpus="tiny", markup=f"<p>{STORY}</p>")
    rows = list(outputs_of(page, ("html", "bs4")))
    assert [(row["page"], row["form"]) for row in rows] == [("tiny/a", "html"), ("tiny/a", "bs4")]
    assert all("Nobody waved" in row["body"] for row in rows)
    (row,) = outputs_of(GoldPage("b", "", corpus="tiny", text=STORY))
    assert (row["form"], row["removed"][-1]["category"]) == ("text", "advertisement")


def test_a_difference_names_page_form_and_key():
    one = {"page": "tiny/a", "form": "html", "body": "It rained all day.", "title": None}
    two = {**one, "body": "It rained all night.", "title": "Rain"}
    gone, new = {**one, "page": "tiny/b"}, {**one, "page": "tiny/c"}
    assert list(differences([one], [one])) == []
    body, title, lost, found = differences([one, gone], [two, new])
    assert body.startswith("tiny/a html: body\n  - ")
    assert "night" in body
    assert title.startswith("tiny/a html: title\n")
    assert (lost, found) == ("tiny/b html: is gone", "tiny/c html: is new")


def test_the_command_writes_and_compares(corpora, tmp_path, capsys):
    files = [tmp_path / name for name in ("one.jsonl", "two.jsonl")]
    for file in files:
        assert main(["write", str(corpora), "-o", str(file), "--forms", "html", "bs4"]) == 0
    assert main(["compare", *map(str, files)]) == 0
    assert capsys.readouterr().out.endswith("0 differences in 2 outputs\n")
    files[1].write_text(files[1].read_text("utf-8").replace("Nobody", "Somebody"), "utf-8")
    assert main(["compare", *map(str, files)]) == 1
    assert "tiny/a html: body" in capsys.readouterr().out
