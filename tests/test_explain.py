"""`boilerstrip explain`: folded, filtered, summed up, and two articles side by side."""

import pytest
from test_cli import on_a_terminal
from test_rule_tools import GOAT, STORY, invoke

import boilerstrip
from boilerstrip.cli.compare import differences

RELATED = "\n".join(f"Ferry line number {n} gets a new ship this year" for n in range(40))
LONG = f"{STORY}\nIt came back at six.\nRelated articles:\n{RELATED}\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LONG)
    return path


def test_a_long_removal_shows_its_ends_and_is_whole_with_full(story):
    removal = max(boilerstrip.clean(LONG).removed, key=lambda one: len(one.text))
    assert len(removal.text) > 1000
    short, full = (invoke("explain", story, *flags).stdout for flags in ((), ("--full",)))
    assert "more characters in" in short
    marked = next(part for part in short.split("-]") if "more characters" in part)
    assert "Ferry line number 20" not in marked
    assert marked.endswith("Ferry line number 39 gets a new ship this year")
    assert removal.text in full
    assert "more characters" not in full


def test_neighbours_of_one_cause_are_one_and_others_are_not(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"{STORY}\nAdvertisement\nAdvertisement\nIt came back at six.\n")
    short, full = (invoke("explain", path, *flags).stdout for flags in ((), ("--full",)))
    assert "[-Advertisement\nAdvertisement-] {advertisement" in short
    assert full.count("[-Advertisement-] {advertisement") == 2
    path.write_text(f"{STORY}\nAdvertisement\nIt rained.\nAdvertisement\n{STORY[:60]} again.\n")
    assert invoke("explain", path).stdout.count("[-Advertisement-] {advertisement") == 2


def test_a_short_text_is_shown_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    assert invoke("explain", path).stdout.startswith(STORY)


def test_only_shows_what_was_removed_as_this(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"By Ada Moore | 3 May 2024\n{STORY}\nAdvertisement\nIt came back at six.\n")
    shown = invoke("explain", path, "--only", "advertisement").stdout
    assert shown.startswith("[-Advertisement-] {advertisement · rule:advertisement/label: ")
    assert len(shown.splitlines()) == 1
    both = invoke("explain", path, "--only", "advertisement", "--only", "byline").stdout
    assert len(both.splitlines()) == 2
    assert invoke("explain", path, "--only", "share").stdout == ""
    assert invoke("explain", path, "--only", "body").exit_code == 2


def test_the_end_says_what_was_removed_in_figures(story):
    article = boilerstrip.clean(LONG)
    lines = invoke("explain", story).stdout.splitlines()
    start = lines.index(f"body: {len(article.body)} of {len(LONG)} characters")
    total = sum(int(line.split()[1]) for line in lines[start + 1 :])
    assert total == sum(len(removal.text) for removal in article.removed)
    assert all(line.startswith("removed: ") for line in lines[start + 1 :])


def test_colours_are_as_asked_for(story, monkeypatch):
    assert "\x1b[" in invoke("explain", story, "--color", "always").stdout
    assert "\x1b[" not in invoke("explain", story).stdout
    assert "\x1b[38;5;" in on_a_terminal("explain", story, stream="stdout")
    assert "\x1b[" not in on_a_terminal("explain", story, "--color", "never", stream="stdout")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in on_a_terminal("explain", story, stream="stdout")
    assert "\x1b[" in invoke("explain", story, "--color", "always").stdout
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b[38;5;" in on_a_terminal("explain", story, stream="stdout")


def test_two_inputs_are_shown_side_by_side(tmp_path):
    one, two = tmp_path / "1.txt", tmp_path / "2.txt"
    one.write_text(f"{STORY}\nAdvertisement\nIt came back at six, and all was well.\n")
    two.write_text(f"{STORY}\nIt came back at six, and all was well.\nNobody had missed it.\n")
    shown = invoke("explain", one, two).stdout.splitlines()
    assert shown[0] == f"=== {one} | {two}"
    assert shown[1] == "  1 line alike"
    assert shown[2].startswith("advertisement · rule:advertisement/lab")
    assert shown[2].endswith("|")
    assert shown[4] == "  1 line alike"
    assert shown[5].split("|")[1].strip() == "body"
    same = invoke("explain", one, one).stdout.splitlines()
    assert same[1:] == ["  3 lines alike"]


def test_one_input_is_shown_without_the_options_and_with_them(tmp_path):
    rules, text = tmp_path / "mine.toml", tmp_path / "a.txt"
    rules.write_text(GOAT)
    text.write_text(f"{STORY}\nPlease do not feed the goat\nAdvertisement\n{STORY[:50]} again.\n")
    shown = invoke("explain", text, "--rules", rules, "--compare").stdout.splitlines()
    assert [line.split("|")[0].strip() for line in shown[2:4]] == [
        "body",
        "Please do not feed the goat",
    ]
    assert "other · rule:own/goat" in shown[2].split("|")[1]
    assert not any("Advertisement" in line for line in shown)


def test_what_can_not_be_compared_is_refused(tmp_path, story):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.txt").write_text("It rained.")
    (tmp_path / "b" / "2.txt").write_text("It stopped.")
    result = invoke("explain", story, tmp_path / "b")
    assert result.exit_code == 2
    assert "Compare as many with as many." in result.stderr
    assert invoke("explain", "advertisement/label", "--compare").exit_code == 2


def test_fields_that_differ_are_shown():
    text = "By {} | 3 May 2024\n" + STORY
    one, two = (boilerstrip.clean(text.format(name)) for name in ("Ada Moore", "Ines Calder"))
    shown = "".join(differences(one, two, 80))
    assert f"{'authors: Ada Moore':<38} | authors: Ines Calder\n" in shown
    assert "date:" not in shown
    assert "language:" not in shown
