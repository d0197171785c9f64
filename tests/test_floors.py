"""boilerstrip's figures on the corpora stay above their pinned floors.

Floors are raised with ``python -m boilerstrip.evaluation.floors CORPORA --update``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerstrip.evaluation.floors import check_corpus, read_floors

FLOORS = Path(__file__).with_name("floors.json")


@pytest.mark.filterwarnings("default")  # other libraries' warnings are not what is tested
@pytest.mark.parametrize("name", read_floors(FLOORS)[1])
def test_no_figure_is_below_its_floor(name: str, corpora: Path) -> None:
    pytest.importorskip("html_text", reason="html_text is not installed: pip install html-text")
    gold = corpora / name / "gold.jsonl"
    if not gold.is_file():
        pytest.skip(f"{gold} is not there: get the corpus {name}, or remove its floors")
    assert check_corpus(name, gold, FLOORS) == []
