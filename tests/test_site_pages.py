"""What sites of a language put around a story goes by rules, and the story stays.

A file a language in data/pages. Above the first page stand four paragraphs; a page names them
``@1`` to ``@4``, and has lines of its own after ``|``. Any other line begins with what it is:
after ``>`` a rule takes it as that, after ``~`` it is there for the others' sake, and may fare as
it will.
"""

from pathlib import Path

import pytest

import boilerstrip

FOLDER = Path(__file__).with_name("data") / "pages"


def read_pages(file):
    """The name of each page with its lines: what each is, whether a rule takes it, its text."""
    story, *pages = file.read_text("utf-8").split("\n## ")
    paragraphs = story.splitlines()
    for page in pages:
        name, *lines = page.splitlines()
        yield name, [read_line(line, paragraphs) for line in lines if line]


def read_line(line, paragraphs):
    if line.startswith("@"):
        return "body", False, paragraphs[int(line[1:]) - 1]
    label, text = line.split(" ", 1)
    return label[:-1] or "body", label.endswith(">"), text


CASES = [
    pytest.param(lines, id=f"{file.stem}-{name}")
    for file in sorted(FOLDER.glob("*.txt"))
    for name, lines in read_pages(file)
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("lines", CASES)
def test_the_story_stays_and_what_stands_around_it_goes(lines, between):
    article = boilerstrip.clean(between.join(text for _, _, text in lines))
    taken = {
        removal.text.strip(): removal.category for removal in article.removed if not removal.chance
    }
    body = set(article.body.split("\n"))
    assert [text for kind, _, text in lines if kind == "body" and text not in body] == []
    asked = {text: kind for kind, by_rule, text in lines if by_rule}
    assert {text: taken.get(text) for text in asked} == asked
