"""What sites of a language put around a story goes, and the story stays.

A file a language in data/pages. Above the first page stand paragraphs, which its pages name ``@1``,
``@2`` ...; a page has lines of its own after ``|``. Any other line begins with what it is: after
``>`` a rule takes it, and it alone, as that; after ``=`` it goes as that, be it with lines beside
it; after ``~`` it is there for the others' sake, and may fare as it will. A page is tried with its
lines one below the other, and apart by blank ones.
"""

from pathlib import Path

import pytest

import boilerstrip

FOLDER = Path(__file__).with_name("data") / "pages"


def read_pages(file):
    """The name of each page with its lines: what each is, who is to say so, its text."""
    story, *pages = file.read_text("utf-8").split("\n## ")
    paragraphs = story.splitlines()
    for page in pages:
        name, *lines = page.splitlines()
        yield name, [read_line(line, paragraphs) for line in lines if line]


def read_line(line, paragraphs):
    if line.startswith("@"):
        return "body", "|", paragraphs[int(line[1:]) - 1]
    label, text = line.split(" ", 1)
    return label[:-1] or "body", label[-1], text


CASES = [
    pytest.param(lines, id=f"{file.stem}-{name}")
    for file in sorted(FOLDER.glob("*.txt"))
    for name, lines in read_pages(file)
]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("lines", CASES)
def test_the_story_stays_and_what_stands_around_it_goes(lines, between):
    article = boilerstrip.clean(between.join(text for _, _, text in lines))
    start = 0
    for kind, by, text in lines:
        end = start + len(text)
        found = [cut for cut in article.removed if cut.start < end and cut.end > start]
        if by == "|":
            assert not found, text
        elif by != "~":
            assert [cut.category for cut in found] == [kind], text
            assert found[0].start <= start, text
            assert found[0].end >= end, text
        if by == ">":
            assert (found[0].text.strip(), found[0].chance) == (text, None), text
        start = end + len(between)


def test_every_page_has_a_story_and_what_surrounds_it():
    for lines in (case.values[0] for case in CASES):
        kinds = [kind for kind, _, _ in lines]
        assert kinds.count("body") > 1
        assert len(set(kinds)) > 1
