"""boilerstrip's held-out figures on the corpora stay above their floors.

A floor that was clearly passed is raised with ``python -m boilerstrip.evaluation.floors CORPORA
--update``; one is lowered with ``--lower CORPUS FIGURE --reason WHY``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from boilerstrip.errors import InputError
from boilerstrip.evaluation import floors as floors_module
from boilerstrip.evaluation import function_system, held_out_systems, load_corpus
from boilerstrip.evaluation.floors import (
    Floor,
    check_corpus,
    find_regressions,
    lower_floor,
    measure,
    raise_floors,
    read_floors,
)

FLOORS = Path(__file__).with_name("floors.json")
FOLDS = Path(__file__).with_name("folds")
FERRY = "The ferry left the island at noon. Nobody waved."
STORM = "The storm came in the evening. All boats stayed in port."
F1 = "site/html/F1"


@pytest.mark.filterwarnings("default")  # other libraries' warnings are not what is tested
@pytest.mark.parametrize("name", read_floors(FLOORS)[1])
def test_no_figure_is_below_its_floor(name: str, corpora: Path) -> None:
    pytest.importorskip("html_text", reason="html_text is not installed: pip install html-text")
    if not (corpora / name).is_dir():
        pytest.skip(f"the corpus {name} is not here: get it, or remove its floors")
    assert check_corpus(load_corpus(corpora / name), held_out_systems(FOLDS), FLOORS) == []


@pytest.fixture
def tiny_corpora(tmp_path: Path) -> Path:
    """A folder with one corpus of two pages."""
    folder = tmp_path / "corpora" / "tiny"
    folder.mkdir(parents=True)
    rows = []
    for name, body in (("a", FERRY), ("b", STORM)):
        (folder / f"{name}.html").write_text(f"<article><p>{body}</p></article>")
        rows.append(json.dumps({"id": name, "html": f"{name}.html", "body": body}))
    (folder / "gold.jsonl").write_text("\n".join(rows))
    return tmp_path / "corpora"


def test_a_figure_may_lie_below_its_floor_by_the_tolerance_and_no_more() -> None:
    floors = {F1: Floor(0.9, 0.01)}
    assert find_regressions({F1: (0.89, 0.01)}, floors) == []
    assert find_regressions({F1: (0.8899, 0.01)}, floors) == [
        f"{F1}: 0.8899, floor 0.9000 less 0.0100"
    ]


def test_a_floor_rises_when_it_was_clearly_passed() -> None:
    floors = {F1: Floor(0.9, 0.01)}
    assert raise_floors({F1: (0.905, 0.01)}, floors) == floors
    assert raise_floors({F1: (0.92, 0.02)}, floors) == {F1: Floor(0.92, 0.02)}
    assert raise_floors({F1: (0.5, 0.01)}, floors) == floors


def test_one_floor_is_lowered_and_keeps_the_reason() -> None:
    floors = {F1: Floor(0.9, 0.01, ("2025-01-01: 0.9500 to 0.9000. Before.",)), "b": Floor(1, 0)}
    new = lower_floor({F1: (0.8, 0.02), "b": (0.5, 0)}, floors, F1, "Rules keep captions.")
    assert new["b"] == floors["b"]
    assert new[F1].value == 0.8
    assert new[F1].lowered[0].endswith("Before.")
    assert new[F1].lowered[1].endswith(": 0.9000 to 0.8000. Rules keep captions.")


@pytest.mark.parametrize(
    ("name", "reason", "complaint"),
    [
        ("no/such", "why", "no floor 'no/such' to lower; there are: high, site/html/F1"),
        (F1, " ", "give it with --reason"),
        ("high", "why", "not below its floor"),
    ],
)
def test_a_floor_is_not_lowered_without_need_or_reason(
    name: str, reason: str, complaint: str
) -> None:
    floors = {F1: Floor(0.9, 0.01), "high": Floor(0.5, 0.01)}
    with pytest.raises(InputError, match=complaint):
        lower_floor({F1: (0.8, 0.01), "high": (0.6, 0.01)}, floors, name, reason)


def test_floors_measure_html_text_fragments_and_harm(tiny_corpora: Path) -> None:
    pytest.importorskip("html_text")
    system = function_system(
        lambda source: FERRY if b"ferry" in _bytes(source) else "", "half site", {"bytes", "text"}
    )
    figures = measure(load_corpus(tiny_corpora / "tiny"), [system])
    # One page whole, one empty: precision 1, recall 1/2.
    assert figures["site/html/F1"][0] == figures["site/text/F1"][0] == round(2 / 3, 4)
    # 9 of 20 words of clean text; of two fragments of each form one comes back empty.
    assert figures["site/clean text/words kept"][0] == 0.45
    assert figures["site/fragments as HTML/not empty"][0] == 0.5
    assert figures["site/html/F1"][1] > 0.01  # of two such pages the bootstrap tells little


def _bytes(source: bytes | str) -> bytes:
    return source if isinstance(source, bytes) else source.encode()


def test_the_floors_command_pins_checks_and_lowers(
    tiny_corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    figures = {F1: (0.9, 0.01)}
    monkeypatch.setattr(floors_module, "measure", lambda *_: dict(figures))
    monkeypatch.setattr(floors_module, "held_out_systems", lambda _: ())

    def run(*options: str) -> Any:
        return CliRunner().invoke(
            floors_module.main, [str(tiny_corpora), "--file", str(path), *options]
        )

    corpus = load_corpus(tiny_corpora / "tiny")
    with pytest.raises(InputError, match="no floors for tiny"):
        check_corpus(corpus, (), path)
    assert run("--update").exit_code == 0
    assert run().exit_code == 0
    assert check_corpus(corpus, (), path) == []
    figures[F1] = (0.5, 0.01)
    result = run()
    assert result.exit_code == 1
    assert f"tiny {F1}: 0.5000, floor 0.9000" in result.stderr
    assert run("--update").exit_code == 1
    assert read_floors(path)[1]["tiny"][F1].value == 0.9
    assert run("--lower", "tiny", F1).exit_code == 1
    assert run("--lower", "tiny", F1, "--reason", "Half is enough.").exit_code == 0
    assert run().exit_code == 0
    assert "Half is enough." in path.read_text()
    (tiny_corpora / "tiny" / "a.html").write_text("<p>Another page</p>")
    with pytest.raises(InputError, match="not the pages"):
        check_corpus(load_corpus(tiny_corpora / "tiny"), (), path)


def test_a_broken_file_of_floors_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"digests": {}, "floors": {"tiny": {"F1": 0.9}}}')
    with pytest.raises(InputError, match=r"floors\.json: not a file of floors"):
        read_floors(path)
