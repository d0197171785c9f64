"""How the sites of a language word what surrounds a story: a file a page in data/wording.

Each line is one of the page. What must go has its category before a bar; a headline has ``title``,
of which nothing is said here. All other lines are the story's, and stay. A page is tried with its
lines one below the other, and apart by blank ones.
"""

from pathlib import Path

import pytest

import boilerstrip
from boilerstrip.rules.ruleset import CATEGORIES

FOLDER = Path(__file__).with_name("data") / "wording"
PAGES = {file.stem: file.read_text("utf-8").splitlines() for file in FOLDER.glob("*.txt")}


def split(line: str) -> tuple[str, str]:
    """The category of a line, and what it says."""
    category, bar, words = line.partition("| ")
    return (category, words) if bar and category in CATEGORIES else ("body", line)


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("page", sorted(PAGES))
def test_what_surrounds_a_story_goes_by_its_category_and_the_story_stays(page, gap):
    lines = [split(line) for line in PAGES[page]]
    article = boilerstrip.clean(gap.join(words for _, words in lines))
    start = 0
    for category, words in lines:
        end = start + len(words)
        found = [cut for cut in article.removed if cut.start < end and cut.end > start]
        if category == "body":
            assert not found, words
        elif category != "title":
            assert [cut.category for cut in found] == [category], words
            assert found[0].start <= start, words
            assert found[0].end >= end, words
        start = end + len(gap)


def test_every_page_has_a_story_and_what_surrounds_it():
    for lines in PAGES.values():
        categories = [split(line)[0] for line in lines]
        assert categories.count("body") > 2
        assert len(set(categories)) > 3
