"""Text that a tool wrapped at a width is judged by its paragraphs, and stays wrapped."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import boilerstrip
from boilerstrip.readers.plain import read_plain

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))

STORY = [
    "The ferry to Ardal was late again on Monday, and the passengers who had waited for it since"
    " dawn were told nothing at all by the two clerks at the harbour office.",
    "Nobody at the company would say when the second boat, which has lain in the yard since March,"
    " is to be back on the water, or who is going to pay for its new engine.",
    "The council means to look into it at its next meeting. Until then the school bus goes the long"
    " way round the bay, an hour and ten minutes each way on a good day.",
]


def wrapped(lines: list[str], width: int = 72, indent: str = "") -> str:
    return "\n\n".join(
        textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent)
        for line in lines
    )


def seen(text: str) -> list[str]:
    return [line for line in read_plain(text).document.text.splitlines() if line]


@pytest.mark.parametrize("width", [50, 60, 72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_paragraph_is_one_line(width: int, indent: str, end: str) -> None:
    text = wrapped(STORY, width, indent).replace("\n", end)
    assert [line.strip() for line in seen(text)] == STORY


def test_paragraphs_without_a_blank_line_between_stay_apart() -> None:
    text = wrapped(STORY).replace("\n\n", "\n")
    assert seen(text) == STORY


def test_a_word_broken_behind_its_hyphen_is_one_word() -> None:
    line = "The well-known captain of the ferry said so. " * 8
    text = textwrap.fill(line, 57)
    assert "well-\nknown" in text
    assert seen(text) == [line.strip()]


def test_a_quotation_is_one_line() -> None:
    quoted = textwrap.fill(STORY[0], 60, initial_indent="> ", subsequent_indent="> ")
    text = "\n\n".join([wrapped(STORY, 60), quoted])
    assert seen(text) == [*STORY, "> " + STORY[0]]


def test_a_link_of_markdown_may_be_wrapped() -> None:
    address = "https://example.org/timetable/of-the-ferry-that-goes-to-ardal-and-to-holm"
    line = STORY[0].replace("harbour office", f"[harbour office]({address})")
    text = wrapped([line, *STORY[1:]], 78)
    assert address not in text
    assert seen(text) == STORY


VERSE = """The ferry was late, and the sea was grey,
And nobody knew what the master would say;
The gulls on the pier had eaten the bread,
The boy on the mooring had gone to his bed.
The bell on the buoy was ringing alone,
The captain had left with the only phone,
And all of the people who stood in the rain
Went home to their houses and waited again."""
HEADLINES = """Ferry late again, passengers told nothing
Council to look into the harbour office
School bus goes the long way round the bay
Who pays for the new engine of the second boat?
Storm expected on Thursday
A bakery opens where the bank has been
Old lighthouse to be sold, and its keeper with it
Two clerks, four windows and no answer"""
CODE = """def late(ferry, hours):
    if ferry.arrival > ferry.timetable + hours:
        return ferry.name
    for passenger in ferry.passengers:
        passenger.wait(hours)
        passenger.complain(to=ferry.company)
    return None"""


REPEATED = "\n".join(
    ["Similar news: you can also read more stories like this one that we have."] * 6
)


@pytest.mark.parametrize("text", ["\n".join(STORY), VERSE, HEADLINES, CODE, REPEATED])
def test_other_lines_stay_lines(text: str) -> None:
    assert read_plain(text).document.text == text


def test_a_menu_above_stays_a_menu() -> None:
    menu = "Home\nNews\nSport\nTimetables and fares for the summer\nContact"
    assert seen(f"{menu}\n\n{wrapped(STORY)}") == [*menu.splitlines(), *STORY]


def test_a_hard_break_of_markdown_stays() -> None:
    first = textwrap.wrap(STORY[0], 72)[0]
    text = wrapped(STORY).replace(first, first + "  ")
    assert seen(text)[0] == first + "  "


def test_the_body_keeps_its_lines() -> None:
    text = wrapped([STORY[0], "Advertisement – Scroll to Continue", *STORY[1:]])
    article = boilerstrip.clean(text)
    assert article.document.text == text
    assert article.body == wrapped(STORY).replace("\n\n", "\n")
    assert [removal.text for removal in article.removed] == ["Advertisement – Scroll to Continue"]
    assert boilerstrip.clean(article.body).body == article.body


def test_the_body_has_no_indentation() -> None:
    article = boilerstrip.clean(wrapped(STORY, 72, "   "))
    assert article.body.splitlines() == [line for text in STORY for line in textwrap.wrap(text, 69)]
    assert boilerstrip.clean(article.body).body == article.body


def test_a_marker_that_was_wrapped_is_found() -> None:
    marker = (
        "Sign up for our free newsletter and get the latest ferry news delivered straight to your"
        " inbox every morning."
    )
    article = boilerstrip.clean(wrapped([*STORY, marker], 60))
    assert [removal.category for removal in article.removed] == ["newsletter"]
    assert article.removed[0].text == textwrap.fill(marker, 60)


@pytest.mark.parametrize("width", [72, 80])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda file: file.stem)
def test_a_sample_loses_the_same_when_wrapped(sample: Path, width: int) -> None:
    text = sample.read_text(encoding="utf-8")
    lines = [
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    ]
    whole, broken = (
        boilerstrip.clean("\n\n".join(text.splitlines())),
        boilerstrip.clean("\n\n".join(lines)),
    )
    assert broken.body.split() == whole.body.split()
    assert (broken.title, broken.authors, broken.date) == (whole.title, whole.authors, whole.date)


LYNX = """   [1]Home
   [2]Sign in

{}

References

   Visible links:
   1. file:///tmp/page.html
   2. https://example.org/news
   3. https://example.org/holm
   4. mailto:desk@example.org"""


def test_numbers_of_links_are_not_seen_and_their_list_goes() -> None:
    story = [STORY[0], STORY[1].replace("yard", "[3]yard at Holm"), STORY[2]]
    text = LYNX.format(wrapped(story, 79, "   "))
    article = boilerstrip.clean(text)
    assert article.body.split() == " ".join(story).split()
    lines = {line.strip() for line in seen(text)}
    assert {"Home", "Sign in", *STORY[::2]} <= lines
    assert [removal.text for removal in article.removed][:1] == ["[1]Home"]


def test_numbers_without_a_list_of_addresses_stay() -> None:
    text = "The ferry is old.[1] It was built in 1961.[2]\n1. Ardal Museum\n2. Holm Yard\n3. Log"
    assert read_plain(text).document.text == text


def test_links_of_markdown_may_refer_to_addresses_below() -> None:
    text = (
        "Take [the ferry][1] or [the bus][Timetable]; see [note][3].\n\n"
        '[1]: https://example.org/ferry\n[timetable]: <https://example.org/bus> "Bus"'
    )
    page = read_plain(text)
    assert page.document.text.startswith("Take the ferry or the bus; see [note][3].\n")
    assert page.origin is not None
    assert [href for *_, href in page.origin.links] == [
        "https://example.org/ferry",
        "https://example.org/bus",
    ]
    assert boilerstrip.clean(text).body == text.splitlines()[0]
