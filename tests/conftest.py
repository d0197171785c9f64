import os
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
_SHARED = Path(__file__).parent.parent.parent / "shared"


def read_raw(path: Path) -> str:
    """The file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def seeds() -> Path:
    folder = Path(os.environ.get("BOILERSTRIP_SEEDS", _SHARED / "seeds"))
    if not folder.is_dir():
        pytest.skip("the seed texts are not here; BOILERSTRIP_SEEDS may name their folder")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = Path(os.environ.get("BOILERSTRIP_CORPORA", _SHARED / "corpora"))
    if not folder.is_dir():
        pytest.skip("the corpora are not here; BOILERSTRIP_CORPORA may name their folder")
    return folder
