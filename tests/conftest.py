import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time, so that a run says something of the change and not of luck; new ones
# are looked for by `pytest tests/test_properties.py --hypothesis-profile=explore`.
settings.register_profile("fixed", max_examples=300, deadline=None, derandomize=True)
settings.register_profile("explore", max_examples=10_000, deadline=None)
settings.load_profile("fixed")

SAMPLES = Path(__file__).parent.parent / "samples"
SHARED = Path(__file__).parent.parent.parent / "shared"
# Prose that no rule has anything against.
PARAGRAPHS = [
    "The council met on Monday evening to vote on the new bridge across the river, after two years "
    "of debate about its cost and its effect on the old harbour.",
    "Engineers had warned that the old one would not carry heavy traffic for another winter. They "
    "asked for a decision before the first frost, and they got it.",
    "Shopkeepers on both banks said that they could live with the noise for a while. Some of them "
    "had lost a third of their customers since the road was closed.",
    "Work will start in March, the mayor told reporters, and will take about three years. Until "
    "then a ferry carries people and bicycles across the water.",
    "The vote was nine to four, with one member away. The four who said no want a tunnel, which "
    "would cost twice as much and would save the row of lime trees.",
]


def read_raw(path: Path) -> str:
    """The file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def seeds() -> Path:
    folder = Path(os.environ.get("BOILERSTRIP_SEEDS", SHARED / "seeds"))
    if not folder.is_dir():
        pytest.skip("the seed texts are not here; BOILERSTRIP_SEEDS may name their folder")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = Path(os.environ.get("BOILERSTRIP_CORPORA", SHARED / "corpora"))
    if not folder.is_dir():
        pytest.skip("the corpora are not here; BOILERSTRIP_CORPORA may name their folder")
    return folder


_NOT_HERE = "not here"


def pytest_terminal_summary(terminalreporter):
    """Say in one line what was not tested for want of the corpora."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple) and _NOT_HERE in report.longrepr[2]
    ]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests need corpora, seeds or cases that are not here: floors, harm "
            "and idempotence on real pages were NOT tested. BOILERSTRIP_CORPORA names their folder."
        )
