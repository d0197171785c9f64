"""The page of all scores, on a corpus made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boilerstrip.evaluation import Extraction, System, scores
from boilerstrip.evaluation.scores import Job, perform, plan, write_page
from boilerstrip.evaluation.systems import CORPUS_HELD_OUT, SITE_HELD_OUT

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "The ferry left the island at noon. Nobody waved."
STORM = "The storm came in the evening. All boats stayed in port."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    pages, texts = tmp_path / "tiny-pages", tmp_path / "tiny-texts"
    pages.mkdir()
    texts.mkdir()
    rows = []
    for name, body in (("a", FERRY), ("b", STORM)):
        (pages / f"{name}.html").write_text(f"<h1>Sea</h1><p>{body}</p><p>Share</p>")
        rows.append({"id": name, "html": f"{name}.html", "body": body, "title": "Sea"})
    (pages / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)))
    labelled = {
        "text": f"{FERRY} Share",
        "body": FERRY,
        "removed": [{"text": "Share", "category": "share"}],
        "shape": ["oneline"],
    }
    (texts / "texts.jsonl").write_text(json.dumps(labelled))
    return tmp_path


def keep_all(source: bytes | str, _url: str | None) -> Extraction:
    text = source if isinstance(source, str) else source.decode()
    return Extraction(text.replace("<p>", " ").replace("</p>", " "), title="Sea")


@pytest.fixture(autouse=True)
def held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    takes = frozenset({"bytes", "text"})
    both = tuple(
        System(name, keep_all, takes, gives_metadata=True)
        for name in (SITE_HELD_OUT, CORPUS_HELD_OUT)
    )
    monkeypatch.setattr(scores, "_systems", lambda _folds: both)


def test_every_way_of_handing_over_is_planned(corpora: Path) -> None:
    jobs = plan([corpora / "tiny-pages", corpora / "tiny-texts"])
    ways = {(job.corpus.name, job.how, job.renderer) for job in jobs}
    assert {("tiny-pages", "html", "html_text"), ("tiny-pages", "text", "partial-5")} <= ways
    assert {one for one in ways if one[0] == "tiny-texts"} == {
        ("tiny-texts", "text", "html_text"),
        ("tiny-texts", "fragments", "html_text"),
    }


def test_a_limit_holds_for_pages_and_raw_texts_are_all_scored(corpora: Path) -> None:
    texts = corpora / "tiny-texts"
    with (texts / "texts.jsonl").open("a") as rows:
        rows.write("\n" + json.dumps({"text": STORM, "body": STORM, "removed": []}))
    whole, limited = (perform(Job(texts, "text"), corpora, limit) for limit in (None, 1))
    assert whole.figures == limited.figures
    pages = corpora / "tiny-pages"
    assert len({str(perform(Job(pages, "html"), corpora, n).tables) for n in (None, 1)}) == 2


@pytest.mark.filterwarnings("default")
def test_the_page_has_an_overview_and_a_part_for_each_corpus(corpora: Path) -> None:
    pytest.importorskip("html_text")
    pages, texts = corpora / "tiny-pages", corpora / "tiny-texts"
    jobs = [
        Job(pages, "html"),
        Job(pages, "text", "bs4"),
        Job(pages, "text"),
        Job(pages, "fragments"),
        Job(texts, "text"),
    ]
    page = write_page([perform(job, corpora, None) for job in jobs], "the command")
    overview = page.split("## Bodies")[0]
    assert "| measure | tiny-pages | tiny-texts |" in overview
    assert "left in raw text on one line (datatrove-c4) | – | 1.000" in overview
    assert "| F1 from HTML (trafilatura) | 0." in overview
    assert "**F1 by rendering: tiny-pages**" in page
    assert "## tiny-texts" in page
    assert "`the command`" in page
