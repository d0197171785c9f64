"""What is measured on labelled texts, fragments and cases, on renderings and in groups, by hand."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from boilerstrip.cli.eval import eval_command
from boilerstrip.errors import InputError
from boilerstrip.evaluation import (
    Extraction,
    GoldPage,
    check_case,
    evaluate,
    evaluate_fragments,
    find_corpora,
    function_system,
    load_corpus,
    summarise,
)
from boilerstrip.evaluation.alignment import share_in_gold, tokens
from boilerstrip.evaluation.fragments import cut_fragments
from boilerstrip.evaluation.gold import Segment
from boilerstrip.evaluation.groups import build_fragment_tables, build_group_tables
from boilerstrip.evaluation.labelled import locate, mark
from boilerstrip.evaluation.renderers import find_renderer, shown
from boilerstrip.record import Removal

if TYPE_CHECKING:
    from pathlib import Path

FERRY = "The ferry left the island at noon, and nobody waved."
STORM = "The storm came in the evening. Share prices fell."


def labelled(text: str, body: str, *removed: tuple[str, str], **fields: Any) -> GoldPage:
    return GoldPage("1", body, text=text, removed=tuple(Segment(*one) for one in removed), **fields)


# Boilerplate left


def test_a_passage_that_stands_whole_is_left_and_white_space_is_folded() -> None:
    gold = labelled(
        f"{FERRY}\nRead  more:\nSun", FERRY, ("Read  more:", "related"), ("Sun", "other")
    )
    assert mark(Extraction(f"{FERRY}\nRead\nmore:"), gold).left == (9, 12)


def test_what_the_story_says_itself_is_not_left() -> None:
    gold = labelled(f"Share\n{STORM}", STORM, ("Share", "share"))
    assert mark(Extraction(STORM), gold).left == (0, 5)
    assert mark(Extraction(f"Share\n{STORM}"), gold).left == (5, 5)


def test_each_of_several_like_passages_counts() -> None:
    ad = ("Advertisement", "advertisement")
    gold = labelled(f"{FERRY}\nAdvertisement\nAdvertisement", FERRY, ad, ad)
    assert mark(Extraction(f"{FERRY}\nAdvertisement"), gold).left == (13, 26)
    assert mark(Extraction(FERRY), gold).left == (0, 26)


def test_a_passage_within_another_is_not_left_with_it_twice() -> None:
    gold = labelled("", FERRY, ("Share", "share"), ("Share this article", "share"))
    assert mark(Extraction(f"{FERRY} Share this article"), gold).left == (16, 21)


def test_a_part_of_a_passage_is_not_the_passage() -> None:
    gold = labelled("", FERRY, ("Share this article", "share"))
    assert mark(Extraction(f"{FERRY} Share this"), gold).left == (0, 16)


# Traps and categories


def test_a_trap_is_kept_if_it_stands_in_the_body() -> None:
    gold = labelled("", STORM, traps=("Share prices", "the evening. Share"))
    assert mark(Extraction("The storm came in the evening.\nShare it"), gold).traps == (1, 2)


def test_the_category_of_a_passage_is_the_one_that_covers_most_of_it() -> None:
    text = f"{FERRY}\nShare this\nPowered by Rain\nSun"
    removed = (("Share this", "share"), ("Powered by Rain", "copyright"), ("Sun", "media"))
    gold = labelled(text, FERRY, *removed)
    share, powered = text.index("Share"), text.index("Powered")
    removals = (
        Removal("other", "scorer", share, share + 2, "Sh"),
        Removal("share", "scorer", share + 2, share + 10, "are this"),
        Removal("navigation", "scorer", powered, powered + 15, "Powered by Rain"),
    )
    found = mark(Extraction(f"{FERRY}\nSun", removed=removals), gold)
    assert (found.categories, found.near) == ((1, 2), (2, 2))


@pytest.mark.parametrize(
    ("label", "own", "right"),
    [
        ("byline", "date", 1),
        ("comment_widget", "comment", 1),
        ("date", "date", 1),
        ("date", "byline", 0),
        ("comment_widget", "related", 0),
    ],
)
def test_labels_call_dates_bylines_and_comments_their_widget(label, own, right) -> None:
    gold = labelled(f"{FERRY}\nSun", FERRY, ("Sun", label))
    start = len(FERRY) + 1
    found = mark(
        Extraction(FERRY, removed=(Removal(own, "scorer", start, start + 3, "Sun"),)), gold
    )
    assert found.categories == (right, 1)


def test_a_passage_removed_for_less_than_half_has_no_category() -> None:
    gold = labelled(f"{FERRY} Share this", FERRY, ("Share this", "share"))
    start = len(FERRY) + 1
    removals = (Removal("share", "scorer", start, start + 3, "Sha"),)
    assert mark(Extraction(f"{FERRY} re this", removed=removals), gold).categories == (0, 0)


def test_passages_are_found_in_order_and_across_line_breaks() -> None:
    text = "Share\nIt rained.\nShare\nRead\nmore"
    found = list(locate([Segment(one, "x") for one in ("Share", "Share", "Read more", "No")], text))
    assert [text[start:end] for start, end in found] == ["Share", "Share", "Read\nmore", ""]
    assert found[0][0] < found[1][0]


def test_labels_are_summed_up_in_the_run() -> None:
    gold = labelled(f"{FERRY}\nSun", FERRY, ("Sun", "other"), title="Ferry")
    keep = function_system(str, "keep", {"text"}, gives_metadata=True)
    run = evaluate([gold], [keep], "text", "bs4")
    found = summarise(run.outcomes["keep"])
    assert (run.source, found.left.value, found.missed.value) == ("as given", 1.0, 0.0)
    assert (found.right["title"].value, found.given["title"].value) == (0.0, None)


# Fragments


def test_a_cut_that_is_the_whole_body_is_no_fragment() -> None:
    page = GoldPage("1", "One.\n\nTwo.", title="A < B")
    found = [(one.form, one.cut) for one in cut_fragments(page)]
    assert ("p", "first") in found
    assert ("p", "first two") not in found
    sources = [one.source for one in cut_fragments(page) if one.form == "article"]
    assert sources[1] == "<article><h1>A &lt; B</h1><p>One.</p></article>"
    assert next(cut_fragments(page)).source == "One.\nTwo."


def test_fragments_count_words_lost_and_empty_results_by_form() -> None:
    pages = [GoldPage(str(number), f"{FERRY}\n{STORM}", language="en") for number in range(3)]
    pages += [GoldPage(f"{number}+", f"{FERRY}\n{STORM}", language="de") for number in range(3)]
    text_only = function_system(
        lambda source: source if isinstance(source, str) else "", "text only", {"bytes", "text"}
    )
    outcomes = evaluate_fragments(pages, [text_only])
    table, by_language = build_fragment_tables("ferry", outcomes)
    rows = {(row[0], row[1]): row for row in table.rows}
    assert rows["text", "whole"][2:] == ("6", "0.00 % (0.00–0.00 %)", "0.00 % (0.00–0.00 %)")
    assert rows["`<p>`", "first"][3].startswith("100.00 %")
    assert rows["`<article>`", "first three"][2:] == ("0", "–", "–")
    assert [row[:2] for row in by_language.rows] == [("de", "3"), ("en", "3")]


def test_systems_that_take_only_one_form_get_no_fragments() -> None:
    assert evaluate_fragments([GoldPage("1", FERRY)], [function_system(str, "a", {"text"})]) == {}


# Cases


def test_a_case_says_all_that_is_wrong() -> None:
    case = GoldPage(
        "1",
        None,
        markup="<p>Rain</p>",
        with_=("Rain", "Sun  today"),
        without=("Menu",),
        authors=(),
        known=frozenset({"authors", "date"}),
    )
    answer = Extraction("Rain Menu", authors=("Prep Time",), date="2024-05-03")
    system = function_system(lambda _: answer, "a", {"bytes", "text"}, gives_metadata=True)
    assert check_case(system, case).wrong == (
        "missing: 'Sun  today'",
        "left: 'Menu'",
        "authors: ('Prep Time',), expected ()",
        "date: '2024-05-03', expected None",
    )


def test_the_command_takes_cases_and_shows_what_failed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    rows = [
        {
            "id": f"ferry-{kind}",
            "kind": kind,
            "input": f"<article><p>{FERRY}</p></article>" if kind == "html" else FERRY,
            "expected_body_contains": [FERRY if kind == "text" else "No such words"],
            "expected_body_excludes": [],
            "expected_fields": {"date": None},
            "note": "the ferry",
        }
        for kind in ("html", "text")
    ]
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert find_corpora(tmp_path) == {"reports": folder}
    out = tmp_path / "out.json"
    result = CliRunner().invoke(eval_command, [str(folder), "--json", str(out)])
    assert result.exit_code == 0, result.output
    assert "boilerstrip  0 of 1  1 of 1" in result.stdout
    assert "ferry-html: the ferry\n  missing: 'No such words'" in result.stdout
    cases = json.loads(out.read_text())["runs"][0]["cases"]["boilerstrip"]
    assert cases["ferry-text"] == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"input": "a", "kind": "pdf"}, '"kind" of a case'),
        ({"text": "a", "body": "a", "removed": ["Share"]}, '"removed" is no list'),
    ],
)
def test_a_bad_label_or_case_is_named(tmp_path: Path, row: dict[str, Any], complaint: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(row))
    with pytest.raises(InputError, match=complaint):
        load_corpus(path)


def test_a_folder_without_a_gold_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none of gold\.jsonl"):
        load_corpus(tmp_path)


def test_a_labelled_text_knows_which_fields_it_lacks(tmp_path: Path) -> None:
    row = {"text": "a", "body": "a", "removed": [], "authors": [], "shape": ["blank", "blog"]}
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps(row))
    (page,) = load_corpus(path).pages
    assert (page.authors, page.layout, page.removed) == (None, "blank", ())
    assert page.knows("authors")


# Renderings

PAGE = "<title>Sun</title><nav>{menu}</nav><p>{ferry}</p><p>Read more</p><p>{storm}</p>{foot}"


def news_page() -> GoldPage:
    menu = "".join(f"<div>Menu {number}</div>" for number in range(10))
    foot = "".join(f"<p>Foot {number}</p>" for number in range(9))
    markup = PAGE.format(menu=menu, ferry=FERRY, storm=STORM, foot=foot)
    return GoldPage("1", f"{FERRY}\n{STORM}", markup=markup)


def test_a_partial_rendering_leaves_the_nearest_boilerplate_in() -> None:
    pytest.importorskip("html_text")
    page = news_page()
    whole = [line for line in find_renderer("html_text")(page).split("\n") if line]
    lines = {
        share: [line for line in find_renderer(f"partial-{share}")(page).split("\n") if line]
        for share in (0, 5, 15, 40)
    }
    assert lines[0] == [FERRY, STORM]
    # 5 % of 21 lines are two: of those beside the body, three are equally near.
    assert len(lines[5]) == 4
    assert set(lines[15]) >= {"Read more", "Menu 9", "Foot 0"}
    assert lines[5] == [line for line in lines[15] if line in lines[5]]
    assert len(lines[40]) == 2 + 9
    assert lines[40] == [line for line in whole if line in lines[40]]
    assert find_renderer("partial-40")(page).split() == " ".join(lines[40]).split()


def test_a_page_without_its_gold_body_has_no_partial_rendering() -> None:
    pytest.importorskip("html_text")
    page = GoldPage("1", "Not a word of it stands there.", markup=f"<p>{FERRY}</p>")
    run = evaluate([page], [function_system(str, "a", {"text"})], "text", "partial-0")
    assert "no line of the page is in its gold body" in run.unread["1"]


def test_a_page_on_one_line_and_glued() -> None:
    page = GoldPage("1", "", markup="<p>Share\n this</p><p>The <b>council</b>\nvoted</p>")
    assert find_renderer("oneline")(page) == "Share this The council voted"
    assert find_renderer("glued")(page) == "Share thisThe council voted"


@pytest.mark.parametrize("name", ["lynx", "w3m"])
def test_terminal_browsers_render_where_they_are_installed(name: str) -> None:
    if shutil.which(name) is None:
        with pytest.raises(InputError, match=f"needs the program {name}"):
            find_renderer(name)
        return
    page = GoldPage("1", "", markup="<meta charset=utf-8><p>Café: it rained.</p>")
    assert find_renderer(name)(page).strip() == "Café: it rained."


def test_a_body_in_markdown_is_scored_by_what_it_shows() -> None:
    pytest.importorskip("markdownify")
    page = GoldPage("1", f"Ferry\n{FERRY}", markup=f"<h2>Ferry</h2><p>{FERRY}</p>")
    run = evaluate([page], [function_system(str, "keep", {"text"})], "text", "markdownify")
    assert run.outcomes["keep"][0].body.f1 == 1.0
    assert shown('1. [a](b "c")\n> **d**', "markdownify") == "a\nd"


# Alignment


def test_words_are_found_in_gold_order_and_a_repeated_menu_word_is_not_the_story() -> None:
    rows = [tokens(line) for line in ("Ferry", FERRY, "Noon news", STORM, FERRY)]
    shares = share_in_gold(rows, tokens(f"{FERRY} {STORM}"))
    assert shares.tolist() == [0, 1, 0, 1, 0]


def test_chinese_is_aligned_by_the_character() -> None:
    rows = [tokens(line) for line in ("首页 新闻", "东京下了一整天的雨。", "相关新闻")]
    assert share_in_gold(rows, tokens("东京下了一整天的大雨。")).round(1).tolist() == [0, 1, 0]


# Groups


def test_figures_by_group_are_a_table_of_their_own() -> None:
    pages = [
        GoldPage(str(number), FERRY, text=FERRY if number % 2 else STORM, language=language)
        for number, language in enumerate(["en"] * 4 + ["de"] * 3 + ["fr", "it"])
    ]
    run = evaluate(pages, [function_system(str, "keep", {"text"})], "text", "bs4")
    (table,) = build_group_tables("ferry", run)
    assert [row[:2] for row in table.rows] == [("en", "4"), ("de", "3"), ("others", "2")]
    assert table.rows[0][2].startswith("0.5000 (")


def test_one_group_is_no_table() -> None:
    pages = [GoldPage(str(number), FERRY, text=FERRY, language="en") for number in range(4)]
    run = evaluate(pages, [function_system(str, "keep", {"text"})], "text", "bs4")
    assert build_group_tables("ferry", run) == []
