"""A caller's code passes mypy --strict: what the README and the documents show, and mistakes."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CALLER = """
from pathlib import Path

import boilerstrip
from boilerstrip import Article, BoilerstripError, Source

options = boilerstrip.Options(
    rules=["mine.toml", Path("ours.toml")], languages=("en",), keep=iter(["media"])
)
cleaner = boilerstrip.Cleaner(options)
many: list[Article] = list(cleaner.clean_many([Path("a.txt"), b"b"], urls=[None, "c"]))
mixed: list[Article | BoilerstripError] = list(cleaner.clean_many(["a"], on_error="return"))


def body(source: Source) -> str:
    return boilerstrip.clean(source, None, keep={"media"}, rules=options.rules).body


class Response:
    url = "https://a.example/"
    headers: dict[str, str] = {}
    content = b""


body(Response())
body(bytearray())
known: dict[Article, str] = {Article.from_dict({}): boilerstrip.__version__}
"""
MISTAKES = [
    "boilerstrip.clean(5)",
    "boilerstrip.clean(None)",
    "boilerstrip.clean([''])",
    "boilerstrip.clean('', url=5)",
    "boilerstrip.Options(keep=5)",
    "boilerstrip.Options(keep={5})",
    "boilerstrip.Cleaner().clean_many([''], on_error='ignore')",
    "boilerstrip.clean('').sources['title'] = ''",
    "boilerstrip.clean('').title.upper()",
]


def code_of(path):
    """The lines of Python that a document shows after its prompts."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith((">>> ", "... ")))


@pytest.fixture(scope="module")
def mypy(tmp_path_factory):
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    folder = tmp_path_factory.mktemp("caller")

    def run(*codes):
        files = [folder / f"caller_{number}.py" for number in range(len(codes))]
        for file, code in zip(files, codes, strict=True):
            file.write_text(code, encoding="utf-8")
        (folder / "mypy.ini").write_text("[mypy]\nfollow_imports = silent\n")
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", *(file.name for file in files)],
            cwd=folder,
            env={**os.environ, "MYPYPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    return run


def test_the_code_of_the_documents_passes_in_strict_mode(mypy):
    names = ("docs/python.md", "docs/record.md", "docs/schema.md", "README.md")
    codes = [code_of(ROOT / name) for name in names]
    assert "Options(keep={" in codes[0]
    assert "Success" in (said := mypy(*codes, CALLER)), said


def test_a_callers_mistakes_are_found(mypy):
    said = mypy("import boilerstrip\n\n" + "\n".join(MISTAKES))
    found = {int(line.split(":")[1]) for line in said.splitlines() if ": error: " in line}
    assert found == set(range(3, 3 + len(MISTAKES))), said
