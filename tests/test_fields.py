"""The fields as they are declared and found: what names them, where their values come from."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import pytest

import boilerstrip
from boilerstrip.claim import Cause, Claim
from boilerstrip.fields.candidate import Candidate
from boilerstrip.fields.declared import FIELDS
from boilerstrip.fields.text import Text
from boilerstrip.fields.title import above_body
from boilerstrip.readers.text import read_text

PROSE = "\n".join(
    f"The ferry left the harbour at {hour} and came back with nobody on board, said the crew."
    for hour in ("six", "seven", "eight", "nine")
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in PROSE.split("\n"))
TITLE = "Ferry comes home without a single passenger"


def page(head: str = "", above: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{above}{PARAGRAPHS}</body></html>"


def linked(**values: object) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, **values}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_each_field_that_is_no_part_of_another_has_a_module_with_sources() -> None:
    for field in FIELDS:
        if field.part_of is None:
            module = import_module(f"boilerstrip.fields.{field.name}")
            assert module.STATED or module.SAID, field.name


def test_the_article_has_every_declared_field_and_its_record_too() -> None:
    article = boilerstrip.clean(PROSE)
    names = [field.name for field in FIELDS]
    assert list(article.to_dict())[: len(names)] == names
    assert all(hasattr(article, name) for name in names)


@pytest.mark.parametrize(
    ("head", "above", "modified", "source"),
    [
        (linked(dateModified="2024-05-04T10:00Z"), "", "2024-05-04T10:00+00:00", "json-ld"),
        (
            "<meta property='article:modified_time' content='2024-05-04'>",
            "",
            "2024-05-04",
            "meta:article:modified_time",
        ),
        (
            "",
            "<p><span itemprop=dateModified>4 May 2024</span></p>",
            "2024-05-04",
            "html:microdata",
        ),
        ("", "<time class=updated datetime=2024-05-04>4 May</time>", "2024-05-04", "html:time"),
        ("", "<p>Published 3 May 2024, updated 4 May 2024</p>", "2024-05-04", "html:updated"),
        ("", "<p>Last updated:</p><p>4 May 2024</p>", "2024-05-04", "html:updated"),
        # A line that is not labelled, or is labelled as the publication below a labelled one.
        ("", "<p>4 May 2024</p>", None, None),
        ("", "<p>Published 3 May 2024</p>", None, None),
        (linked(datePublished="2024-05-03"), "", None, None),
    ],
)
def test_markup_gives_the_day_of_the_last_change(
    head: str, above: str, modified: str | None, source: str | None
) -> None:
    article = boilerstrip.clean(page(head, above))
    assert (article.modified, article.sources.get("modified")) == (modified, source)


@pytest.mark.parametrize(
    ("line", "date", "modified"),
    [
        ("Published: 3 May 2024 | Updated: 4 May 2024", "2024-05-03", "2024-05-04"),
        ("Updated: 3 May 2024", None, "2024-05-03"),
        # News says the time, and changes on its first day.
        ("Updated: 3 May 2024, 14:30", "2024-05-03", "2024-05-03T14:30"),
        ("3 May 2024", "2024-05-03", None),
        ("Published 3 May 2024", "2024-05-03", None),
    ],
)
def test_text_gives_the_day_of_the_last_change(
    line: str, date: str | None, modified: str | None
) -> None:
    article = boilerstrip.clean(f"{TITLE}\nBy Ada Moore\n{line}\n{PROSE}")
    assert (article.date, article.modified) == (date, modified)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        # A date line that says more, or that stands where menus do.
        ("Dec. 19, 2023 · Niko Moss on behalf of the harbour's vision group", "2023-12-19"),
        ("Posted on December 20, 2023 by Jo Bell (HP) - 5 Comments on Ferry", "2023-12-20"),
        # The order is told by another date of the text.
        ("By Jo Bell • 12/11/23 4:23pm\nIt sailed again on Monday (Dec. 11).", "2023-12-11"),
        ("By Jo Bell • 12/11/23 4:23pm\nIt sailed again on Monday (12 Nov).", "2023-11-12"),
        ("By Jo Bell • 12/11/23 4:23pm", None),
    ],
)
def test_the_date_line_of_a_text_may_say_more(lines: str, date: str | None) -> None:
    assert boilerstrip.clean(f"{TITLE}\n{lines}\n{PROSE}").date == date


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("HULL, May 3, 2024 /PRLine/ -- The ferry", "2024-05-03"),
        ("3.5.2024 - The ferry", "2024-05-03"),
        ("Port Baskar (May 3, 2024) – The ferry", "2024-05-03"),
        # A story that tells of a day.
        ("On May 3, 2024 the ferry", None),
        ("The storm of May 3, 2024 - the worst in years - came as the ferry", None),
    ],
)
def test_a_dateline_tells_the_day(opening: str, date: str | None) -> None:
    assert boilerstrip.clean(PROSE.replace("The ferry", opening, 1)).date == date


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("di Ottavia Brusa3 ottobre 2023 alle 17:45Tempo di lettura: 2 min", "2023-10-03"),
        ("Jorrit Hofstee 18 aug. 2023 Leestijd: 3 minuten", "2023-08-18"),
        ("Julkaistu 17.7.2021 Kirjoittanut Hidas polkija", "2021-07-17"),
        ("By Tuttonews On Feb 21, 2023 0 Share", "2023-02-21"),
        ("Modified: Mar 9, 2024 · Published: Jan 16, 2022 by Ada Moore", "2022-01-16"),
        # What the story tells, what a reader wrote, and what machines read.
        ('{"time":"2008-02-03T00:00:00"}', None),
        ("The harbour was opened on 3 May 2024 by the king", None),
        ("2 comments Jo-Ann says: February 2, 2024 at 6:15 pm", None),
    ],
)
def test_a_text_on_one_line_gives_the_date_that_stands_as_a_date_line(
    head: str, date: str | None
) -> None:
    text = " ".join(f"Home News {TITLE} {head} {PROSE} {PROSE}".split())
    assert boilerstrip.clean(text).date == date


@pytest.mark.parametrize(
    ("foot", "date"),
    [
        ("Posted on the 15/12/2025 at 19:00 by @jobell", "2025-12-15"),
        ("Created 3 May 2024\nCreated 3 May 2024", "2024-05-03"),
        ("Created 3 May 2024\nCreated 5 May 2024", None),
        ("3 May 2024", None),
        # A moment on a line of its own, if no other is there.
        ("Dec 13, 2023 11:11am", "2023-12-13"),
        ("Dec 13, 2023 11:11am\nDec 14, 2023 11:11am", None),
    ],
)
def test_a_label_gives_the_date_anywhere_if_there_is_one(foot: str, date: str | None) -> None:
    assert boilerstrip.clean(f"{TITLE}\n{PROSE}\n{PROSE}\n{foot}").date == date


def test_a_change_told_in_the_story_is_no_change_of_the_article() -> None:
    text = f"{TITLE}\nBy Ada Moore\n{PROSE}\nThe timetable was updated on 4 May 2024, they said."
    assert boilerstrip.clean(text).modified is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{TITLE} | Harbour Post\n{TITLE}\nBy Ada Moore\n{PROSE}", "text:echo"),
        (f"{TITLE}\nBy Ada Moore\n3 May 2024\n{PROSE}", "text:above-byline"),
        (f"# {TITLE}\nBy Ada Moore\n{PROSE}", "text:heading"),
        (f"{TITLE} | Harbour Post\n{PROSE}", "text:suffix"),
    ],
)
def test_the_source_of_a_title_in_text_is_what_proves_it(text: str, source: str) -> None:
    article = boilerstrip.clean(text)
    assert (article.title, article.sources["title"]) == (TITLE, source)
    causes = [removal.cause for removal in article.removed if removal.category == "title"]
    assert set(causes) == {f"metadata:{source}"}


def test_the_cause_of_a_removed_headline_names_what_states_it_in_markup() -> None:
    article = boilerstrip.clean(page(linked(description="Nobody sailed, and nobody knows why.")))
    title = next(removal for removal in article.removed if removal.text == TITLE)
    assert (title.category, title.cause) == ("title", "metadata:html:h1")
    assert article.sources["title"] == "html:h1"


@pytest.mark.parametrize("label", ["About the writer", "Zur Person", "AUTHOR BIO"])
def test_every_label_of_a_bio_leads_to_it_in_markup(label: str) -> None:
    bio = "She has covered boats, tides and harbours for the Harbour Post since she left school."
    html = page(linked(author={"@type": "Person", "name": "Ada Moore"}))
    told = f"<div>{label}</div><div>Ada Moore</div><div>Ada {bio[4:]}</div></body>"
    assert boilerstrip.clean(html.replace("</body>", told)).author_bio == f"Ada {bio[4:]}"


def test_a_first_block_of_several_lines_is_no_title() -> None:
    story = "<p>Brook Street will be closed from 7 to 11 March while the old main is replaced.</p>"
    assert boilerstrip.clean(f"<div>{TITLE}</div>{story}").title == TITLE
    assert boilerstrip.clean(f"<div>{TITLE}<br>Home<br>Contact</div>{story}").title is None


def test_a_first_line_taken_out_as_the_headline_is_given_as_the_title() -> None:
    cause, span = Cause("metadata", "text:above-body"), (0, len(TITLE))
    claim = Claim("title", cause, *span, {"title": span})
    text = Text(read_text(f"{TITLE}\n{PROSE}"), [claim], "en")
    assert list(above_body(text)) == [Candidate(TITLE, "text:above-body")]
    menus = "\n".join(f"Menu {number}" for number in range(15))
    below = Text(read_text(f"{TITLE}\n{menus}\n{PROSE}"), [claim], "en")
    assert list(above_body(below)) == []


def test_text_is_cleaned_without_the_parser_of_pages() -> None:
    code = f"import sys, boilerstrip; boilerstrip.clean({PROSE!r}); print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
