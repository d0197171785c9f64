"""The evaluation: its measures by hand, its errors, its runs and what they print."""

from __future__ import annotations

import gzip
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from boilerstrip.cli.eval import eval_command
from boilerstrip.errors import InputError
from boilerstrip.evaluation import (
    PEERS,
    Extraction,
    GoldPage,
    System,
    command_system,
    evaluate,
    explain_harm,
    explain_worst,
    find_peers,
    function_system,
    held_out_systems,
    load_corpus,
    peers,
    renderers,
    summarise,
    systems,
)
from boilerstrip.evaluation.fields import compare_fields, names, same_day, same_outlet
from boilerstrip.evaluation.gold import fold_of
from boilerstrip.evaluation.harm import measure_loss
from boilerstrip.evaluation.measures import Overlap, bootstrap, overlap, score, units
from boilerstrip.evaluation.report import build_tables, summarise_run, to_plain
from boilerstrip.evaluation.run import Source, attempt
from boilerstrip.evaluation.snippets import count_dropped, count_kept
from boilerstrip.record import Removal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boilerstrip import Options

FERRY = "The ferry left the island at noon. Nobody waved."
STORM = "The storm came in the evening. All boats stayed in port."


@pytest.fixture
def gold_file(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes rows as a gold file."""

    def write(*rows: dict[str, Any] | str, name: str = "gold.jsonl") -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def page(text: str, body: str, id_: str = "1", **fields: Any) -> GoldPage:
    return GoldPage(id_, body, text=text, **fields)


def text_system(name: str, function: Callable[[str], Any], **options: Any) -> System:
    return function_system(function, name, {"text"}, **options)


# Measures


def test_shingle_overlap_agrees_with_a_count_by_hand() -> None:
    gold = "one two three four five six"  # 1234 2345 3456
    found = "zero one two three four five"  # 0123 1234 2345
    assert overlap(units(found), units(gold)) == Overlap(common=2, found=3, gold=3)


def test_repeated_shingles_count_as_often_as_they_stand_there() -> None:
    gold = units("a b c d")
    assert overlap(units("a b c d a b c d"), gold) == Overlap(common=1, found=5, gold=1)


def test_f1_is_taken_of_the_means_not_the_mean_of_f1s() -> None:
    # Precisions 1 and 0.5, recalls 0.5 and 0.25: means 0.75 and 0.375.
    result = score([Overlap(2, 2, 4), Overlap(1, 2, 4)])
    assert (result.precision, result.recall) == (0.75, 0.375)
    assert result.f1.value == pytest.approx(2 * 0.75 * 0.375 / 1.125)


def test_an_empty_body_has_no_precision_and_no_recall_either() -> None:
    result = score([Overlap(4, 4, 4), Overlap(0, 0, 6)])
    assert (result.precision, result.recall) == (1.0, 0.5)


def test_nothing_found_anywhere_scores_zero() -> None:
    assert score([Overlap(0, 0, 6)]).f1.value == 0.0


def test_no_pages_have_no_score() -> None:
    result = score([])
    assert (result.precision, result.recall, result.f1.value) == (None, None, None)


def test_short_texts_are_one_shingle() -> None:
    assert overlap(["a"], ["a"]) == Overlap(1, 1, 1)
    assert overlap([], ["a"]) == Overlap(0, 0, 1)


def test_the_interval_is_the_same_each_time_and_holds_the_value() -> None:
    pages = [Overlap(at, 10, 10) for at in range(1, 11)]
    first, second = score(pages), score(pages)
    assert first == second
    f1 = first.f1
    assert f1.low is not None
    assert f1.high is not None
    assert f1.value is not None
    assert f1.low < f1.value < f1.high


def test_one_page_has_an_interval_of_no_width() -> None:
    figure = bootstrap([(0.5,)], lambda sums: sums[..., 0])
    assert (figure.low, figure.high) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("gold", "found"), [("東京で雨が降った。", "東京で雨が降る。"), ("ฝนตกหนัก", "ฝนตกหนาว")]
)
def test_text_without_spaces_is_measured_by_characters(gold: str, found: str) -> None:
    run = evaluate([page(found, gold)], [text_system("keep", str)], "text", "bs4")
    body = run.outcomes["keep"][0].body
    # All but the last characters agree: some runs of four are shared, and not all.
    assert 0 < body.common < body.gold == len(units(gold)) - 3


# Snippets, harm, metadata


def test_snippets_are_found_across_line_breaks_and_quotes() -> None:
    assert count_kept(["Nobody waved “again”"], "Nobody\nwaved 'again'.") == (1, 1)
    assert count_kept(["wave"], "Nobody waved.") == (0, 1)


def test_a_snippet_that_the_article_has_too_may_stay_as_often() -> None:
    assert count_dropped(["Home"], "He went home.", "He went home.") == (1, 1)
    assert count_dropped(["Home"], "Home\nHe went home.", "He went home.") == (0, 1)


def test_harm_counts_words_and_names_sentences() -> None:
    loss = measure_loss("The ferry left the island at noon.", FERRY)
    assert (loss.words, loss.lost, loss.sentences) == (9, 2, ("Nobody waved.",))


def test_no_harm_where_all_words_are_kept() -> None:
    assert measure_loss(FERRY.replace(" ", "\n"), FERRY).lost == 0


def test_a_repeated_word_lost_once_is_a_loss() -> None:
    assert measure_loss("the end", "the the end").lost == 1


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("2025-11-03", "2025-11-03 09:10:00+01:00", True),
        ("2025-11-03T23:30:00+00:00", "2025-11-04 00:30:00+01:00", True),
        ("2025-11", "2025-11-03", False),
        ("2025-11-03", "2025", True),
        ("3 November 2025", "2025-11-03", False),
        (None, "2025-11-03", False),
    ],
)
def test_dates_agree_by_day(found: str | None, gold: str, same: bool) -> None:
    assert same_day(found, gold) is same


def test_names_are_parted_however_they_are_written() -> None:
    apart = names(["Ada Moss", "Bo Lind", "Cy Ode"])
    assert names(["Ada Moss, Bo Lind & Cy Ode"]) == apart
    assert names(["ada moss; BO LIND and Cy Ode"]) == apart
    assert names(["Alexander Sandberg"]) == {"alexander sandberg"}


def test_outlets_agree_when_one_holds_the_other() -> None:
    assert same_outlet("The Island Post", "IslandPost")
    assert not same_outlet("Harbour News", "IslandPost")
    assert not same_outlet("…", "IslandPost")


def test_only_fields_that_the_gold_gives_are_compared() -> None:
    found = Extraction("", title="Rain, at last", authors=("Ada Moss",), date="2025-11-03")
    gold = page("", "", title="Rain at last!", authors=("Ada Moss", "Bo Lind"))
    verdicts = {"title": True, "authors": False}
    assert compare_fields(found, gold) == (verdicts, verdicts)


def test_a_value_that_the_gold_knows_not_to_be_there_is_wrong_where_given() -> None:
    gold = page("", "", known=frozenset({"title", "date", "outlet"}), outlet="The Island Post")
    found = Extraction("", date="2025-11-03")
    assert compare_fields(found, gold) == ({"outlet": False}, {"date": False})


# Gold files


def test_gold_is_read_with_all_its_fields(gold_file: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>It rained."))
    path = gold_file(
        {
            "id": "a",
            "html": "a.html.gz",
            "body": "It rained.",
            "authors": "Ada Moss and Bo Lind",
            "publisher": "IslandPost",
            "with_": ["rained"],
            "without": None,
            "topics": {"ignored": 1},
        },
        "",
        {"text": "It rained.", "body": "", "authors": []},
    )
    first, second = load_corpus(path).pages
    assert first.read() == b"<p>It rained."
    assert (first.authors, first.outlet) == (("Ada Moss and Bo Lind",), "IslandPost")
    assert (first.with_, first.without) == (("rained",), ())
    assert (second.id, second.authors, second.title) == ("line 3", (), None)


def test_gold_can_be_gzipped(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a", "body": "a"}\n'))
    assert len(load_corpus(path).pages) == 1


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "expected an object"),
        ({"text": "a"}, '"body" is missing'),
        ({"body": "a"}, 'neither "html"'),
        ({"body": 1, "text": "a"}, '"body" is int'),
        ({"body": "a", "text": "a", "authors": [1]}, '"authors" is no string'),
        ({"body": "a", "html": "gone.html"}, "gone.html, which is no file"),
        ({"id": "1", "body": "a", "text": "a"}, "id '1' stands on an earlier line"),
    ],
)
def test_a_bad_line_is_named(
    gold_file: Callable[..., Path], row: dict[str, Any] | str, complaint: str
) -> None:
    path = gold_file({"id": "1", "body": "a", "text": "a"}, row)
    with pytest.raises(InputError) as caught:
        load_corpus(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert complaint in str(caught.value)


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    missing, latin, empty = tmp_path / "none.jsonl", tmp_path / "latin.jsonl", tmp_path / "e.jsonl"
    broken = tmp_path / "broken.jsonl.gz"
    latin.write_bytes(b'{"body": "caf\xe9"}')
    empty.write_bytes(b"\n")
    broken.write_bytes(b"no gzip")
    for path, complaint in (
        (missing, "no such file"),
        (latin, "not UTF-8 at byte 13"),
        (empty, "holds no page"),
        (broken, "can't be read"),
    ):
        with pytest.raises(InputError, match=complaint) as caught:
            load_corpus(path)
        assert str(path) in str(caught.value)


# Runs


def test_systems_take_turns_and_each_goes_first_in_its_turn() -> None:
    calls: list[str] = []

    def logged(name: str) -> System:
        return text_system(name, lambda text: calls.append(f"{name}:{text}"))

    pages = [page(name, "", name) for name in ("p", "q", "r")]
    evaluate(pages, [logged("A"), logged("B")], "text", "bs4")
    seen = [call for call in calls if not call.endswith(":")]  # without the gold bodies
    assert seen[:2] == ["A:p", "B:p"]  # the warm-up
    assert seen[2:] == ["A:p", "B:p", "B:q", "A:q", "A:r", "B:r"]


def test_a_system_that_raises_scores_zero_and_is_reported() -> None:
    def fail(text: str) -> str:
        raise ValueError("no " + text[:9])

    systems = [text_system("bad", fail, gives_metadata=True), text_system("keep", str)]
    run = evaluate([page(FERRY, FERRY, title="Ferry")], systems, "text", "bs4")
    bad = summarise(run.outcomes["bad"])
    assert (bad.failures, bad.empty, bad.body.f1.value) == (1, 1, 0.0)
    assert bad.right["title"].value == 0.0
    assert run.outcomes["bad"][0].failure == "ValueError: no The ferry"
    assert summarise(run.outcomes["keep"]).body.f1.value == 1.0


def test_a_page_that_the_renderer_fails_on_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def render(source: bytes) -> str:
        if b"bad" in source:
            raise ValueError("null byte")
        return source.decode()

    monkeypatch.setitem(renderers._WHOLE, "bs4", render)
    pages = []
    for name in ("good", "bad"):
        (tmp_path / name).write_text(name)
        pages.append(GoldPage(name, name, html=tmp_path / name))
    run = evaluate(pages, [text_system("keep", str)], "text", "bs4")
    assert [one.page.id for one in run.outcomes["keep"]] == ["good"]
    assert run.unread == {"bad": "ValueError: null byte"}


def test_an_answer_of_a_wrong_type_is_an_error() -> None:
    with pytest.raises(InputError, match="returned int"):
        evaluate([page(FERRY, FERRY)], [text_system("count", len)], "text", "bs4")


def test_text_as_it_is_is_scored_beside_so_that_the_gain_shows() -> None:
    gold = page(f"{FERRY}\nShare this story with your friends now", FERRY)
    system = text_system("first line", lambda text: text.split("\n")[0])
    run = evaluate([gold], [system], "text", "bs4")
    table = build_tables("ferry", run, summarise_run(run))[0]
    assert list(run.outcomes) == ["first line", "as it is"]
    gain = table.rows[0][table.columns.index("gain")]
    # 6 shingles of the gold in 13: F1 = 2 * 6 / (6 + 13).
    assert gain == f"{1 - 12 / 19:+.4f}"


def test_html_is_rendered_and_handed_over_in_the_form_a_system_takes(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_bytes('<meta charset="latin-1"><p>Café</p>'.encode("latin-1"))
    gold = GoldPage("a", "Café", html=file)
    seen: dict[str, object] = {}
    systems = [
        function_system(
            lambda source, form=form: seen.setdefault(form, source) and "", form, {form}
        )
        for form in ("bytes", "html", "text")
    ]
    run = evaluate([gold], systems)
    assert isinstance(seen["bytes"], bytes)
    assert "Café" in str(seen["html"])
    assert run.skipped == {"text": "does not take pages as html"}
    seen.clear()
    run = evaluate([gold], systems, "text", "bs4")
    assert seen["text"] == "Café"
    assert set(run.skipped) == {"bytes", "html"}


def test_runs_that_make_no_sense_are_refused() -> None:
    gold = [page(FERRY, FERRY)]
    with pytest.raises(InputError, match="same name"):
        evaluate(gold, [text_system("a", str), text_system("a", str)], "text", "bs4")
    with pytest.raises(InputError, match="none of a takes pages as html"):
        evaluate(gold, [text_system("a", str)])
    with pytest.raises(InputError, match="gives only text"):
        evaluate(gold, [function_system(str, "a")])
    with pytest.raises(InputError, match="no renderer 'lnyx'; choose from: html_text"):
        evaluate(gold, [text_system("a", str)], "text", "lnyx")


def test_a_command_is_a_system_and_its_time_counts(tmp_path: Path) -> None:
    script = tmp_path / "work.py"
    script.write_text("import sys\nsum(range(3_000_000))\nprint(sys.stdin.read().upper())\n")
    system = command_system(f'"{sys.executable}" "{script}"', ["text"])
    run = evaluate([page("rain", "RAIN")], [system], "text", "bs4")
    outcome = run.outcomes[system.name][0]
    assert outcome.body.f1 == 1.0
    assert outcome.seconds > 0.0


def test_a_command_that_fails_says_why() -> None:
    system = command_system("echo too wet >&2; exit 3", ["text"])
    run = evaluate([page("rain", "rain")], [system], "text", "bs4")
    assert "exit code 3: too wet" in str(run.outcomes[system.name][0].failure)


def test_a_field_that_is_not_given_is_no_wrong_value() -> None:
    titles = {"a": "Ferry", "b": None, "c": "Another"}
    system = System(
        "titles",
        lambda text, _: str(text),
        frozenset({"text"}),
        gives_metadata=True,
        describe=lambda _, url: Extraction("unused", title=titles[url or ""]),
    )
    pages = [page(FERRY, FERRY, url=url, title="Ferry") for url in titles]
    found = summarise(evaluate(pages, [system], "text", "bs4").outcomes["titles"])
    assert found.right["title"].value == pytest.approx(1 / 3)
    assert found.given["title"].value == 0.5
    assert found.given["date"].value is None


def test_metadata_can_come_from_a_second_call() -> None:
    system = System(
        "two calls",
        lambda text, _: str(text),
        frozenset({"text"}),
        gives_metadata=True,
        describe=lambda _, url: Extraction("unused", title=url),
    )
    gold = page(FERRY, FERRY, url="ferry", title="Ferry", authors=("Ada Moss",))
    outcome = evaluate([gold], [system], "text", "bs4").outcomes["two calls"][0]
    assert outcome.body.f1 == 1.0
    assert outcome.right == {"title": True, "authors": False}
    assert outcome.names == Overlap(0, 0, 1)


def test_held_out_weights_are_those_of_the_pages_site_and_corpus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Stub:
        """Says which weights it was made with."""

        def __init__(self, options: Options | None = None) -> None:
            self.name = options.weights.stem if options and options.weights else "shipped"

        def clean(self, source: object, url: str | None = None) -> str:
            return f"{self.name} {source}"

    def seen(system: System, id_: str, corpus: str) -> str:
        done = attempt(system, Source(page("", "", id_, corpus=corpus), "rain"))
        return done.extraction.body

    monkeypatch.setattr(systems, "Cleaner", Stub)
    folds = {
        "corpora": {"news-2023": "digest"},
        "site": {"news-2023/a": "site-0", "news-2023/b": "site-1"},
        "corpus": {"news": "without-news"},
    }
    (tmp_path / "folds.json").write_text(json.dumps(folds))
    by_site, by_corpus = held_out_systems(tmp_path)
    assert [seen(by_site, id_, "news-2023") for id_ in "ab"] == ["site-0 rain", "site-1 rain"]
    assert seen(by_corpus, "a", "news-2023") == "without-news rain"
    # A sister of the corpus was not trained on, but it is of the same source.
    assert seen(by_corpus, "a", "news-2024") == "without-news rain"
    # What no weights saw, the shipped ones did not see either.
    assert seen(by_site, "a", "blogs") == seen(by_corpus, "a", "blogs") == "shipped rain"
    # ... but they may have seen its site in another corpus.
    url = next(
        u for u in (f"https://{n}.example" for n in map(str, range(99))) if fold_of(u[8:]) == 1
    )
    elsewhere = GoldPage("d", "", corpus="blogs", url=url)
    done = attempt(by_site, Source(elsewhere, "rain"))
    assert done.extraction.body == "site-1 rain"
    with pytest.raises(InputError, match="page c of news-2023 is in no fold"):
        attempt(by_site, Source(page("", "", "c", corpus="news-2023"), "rain"))
    with pytest.raises(InputError, match="no folds can be read"):
        held_out_systems(tmp_path / "nowhere")


# Peers


def test_a_peer_that_is_not_installed_is_named_and_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "goose3", None)
    found, skipped = find_peers(["goose3", "trafilatura", "goose3"])
    assert [system.name for system in found] == ["trafilatura"]
    assert "boilerstrip[peers]" in skipped["goose3"]


def test_an_unknown_peer_is_refused() -> None:
    with pytest.raises(InputError, match="no peer 'readablity'; choose from: trafilatura"):
        find_peers(["readablity"])


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", PEERS)
def test_each_peer_finds_a_plain_article(name: str, tmp_path: Path) -> None:
    found, skipped = find_peers([name])
    if skipped:
        pytest.skip(f"{name} {skipped[name]}")
    paragraphs = [
        f"Paragraph {at} tells at some length, and without a link, what the ferry did on day {at}, "
        "who was on board, and why the island waited for it in vain until the evening came and "
        "all the lights were lit along the harbour wall, where nobody had thought of the tide."
        for at in range(8)
    ]
    inner = "".join(f"<p>{text}</p>" for text in paragraphs)
    file = tmp_path / "a.html"
    file.write_text(
        f"<html lang=en><head><title>Ferry</title></head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Ferry</h1>{inner}</article></body></html>"
    )
    gold = GoldPage("a", "\n".join(paragraphs), html=file, url="https://example.org/ferry")
    as_ = "text" if peers.PEERS[name].takes == "text" else "html"
    outcome = evaluate([gold], found, as_, "bs4").outcomes[name][0]
    assert outcome.failure is None
    assert outcome.body.f1 > 0.95


# The worst pages


def cutting_system() -> System:
    """Keeps the first line, and says why it removed the others."""

    def cut(text: str) -> Extraction:
        body, _, rest = text.partition("\n")
        start = len(body) + 1
        removal = Removal("other", "rule:other/not-first", start, len(text), rest)
        return Extraction(body, removed=(removal,) if rest else ())

    return text_system("cutting", cut)


def test_the_worst_pages_come_with_what_was_wrongly_removed_and_why() -> None:
    pages = [
        page(FERRY, FERRY, "good"),
        page(f"Read also: Ferries of the world\n{STORM}", STORM, "bad", url="https://example.org"),
    ]
    run = evaluate(pages, [cutting_system()], "text", "bs4")
    (report,) = explain_worst(run, run.systems[0], 1)
    assert report.page.id == "bad"
    assert [(one.words, one.cause) for one in report.removed] == [(11, "rule:other/not-first")]
    assert [one.text for one in report.kept] == ["Read also: Ferries of the world"]
    assert str(report).split("\n") == [
        "bad: F1 0.0000",
        "  https://example.org",
        "  11 words wrongly removed, 6 wrongly kept",
        f"  - [rule:other/not-first] {STORM[:-1]}",
        "  + Read also: Ferries of the world",
    ]


def test_a_passage_that_the_page_never_had_is_in_no_removal() -> None:
    pages = [page(FERRY, f"{FERRY}\n{STORM}")]
    run = evaluate(pages, [cutting_system()], "text", "bs4")
    (report,) = explain_worst(run, run.systems[0], 5)
    assert [(one.words, one.cause) for one in report.removed] == [(11, None)]
    assert "[in no removal] The storm" in str(report)


def test_text_kept_twice_is_wrongly_kept_once() -> None:
    pages = [page(f"{FERRY} {FERRY}", FERRY)]
    run = evaluate(pages, [text_system("keep", str)], "text", "bs4")
    (report,) = explain_worst(run, run.systems[0], 1)
    assert [one.text for one in report.kept] == [FERRY[:-1]]


def test_many_and_long_passages_are_counted_not_hidden() -> None:
    noise = "\n".join(f"Link {at}" + " more" * (at % 2) for at in range(40))
    pages = [page(f"{FERRY}\n{noise}\n{'word ' * 100}", FERRY)]
    run = evaluate(pages, [text_system("keep", str)], "text", "bs4")
    (report,) = explain_worst(run, run.systems[0], 1)
    lines = str(report).split("\n")
    assert lines[-1] == "    … and 21 shorter passages, 43 words"
    assert lines[-2].endswith("… (259 more characters)")


def test_harmed_gold_bodies_are_explained() -> None:
    pages = [page(FERRY, FERRY, "whole"), page(STORM, f"{FERRY}\n{STORM}", "cut")]
    run = evaluate(pages, [cutting_system()], "text", "bs4")
    (report,) = explain_harm(run, run.systems[0], 5)
    assert (report.page.id, report.removed[0].cause) == ("cut", "rule:other/not-first")
    losses = [one.loss for one in run.outcomes["cutting"]]
    assert [loss and (loss.lost, loss.words) for loss in losses] == [(0, 9), (11, 20)]


# Reports


def test_tables_leave_out_what_nobody_has() -> None:
    run = evaluate([page(FERRY, FERRY)], [text_system("keep", str)], "text", "bs4")
    summaries = summarise_run(run)
    body, harm = build_tables("ferry", run, summaries)
    assert "snippets kept" not in body.columns
    assert harm.rows == (("keep", "0.00 %", "0.00–0.00 %", "0", "1.0000"),)
    assert str(body).split("\n")[2].startswith("keep      ")
    plain = json.loads(json.dumps(to_plain(run, summaries)))
    assert plain["systems"]["keep"]["body"]["f1"]["value"] == 1.0
    assert plain["systems"]["keep"]["by_page"][0]["page"] == "1"


def test_a_bar_in_a_name_does_not_break_the_markdown_table() -> None:
    run = evaluate([page("rain", "rain")], [command_system("cat | cat", ["text"])], "text", "bs4")
    markdown = build_tables("rain", run, summarise_run(run))[0].to_markdown()
    assert "| cat &#124; cat |" in markdown


# The command


def run_command(*arguments: object) -> Any:
    return CliRunner().invoke(eval_command, [str(one) for one in arguments])


def test_the_command_prints_tables_and_writes_files(
    gold_file: Callable[..., Path], tmp_path: Path
) -> None:
    gold = gold_file(
        {"id": "a", "text": f"{FERRY}\nAdvertisement\n{STORM}", "body": f"{FERRY}\n{STORM}"},
        {"id": "b", "text": STORM, "body": FERRY},
    )
    json_file, markdown_file = tmp_path / "out.json", tmp_path / "out.md"
    result = run_command(
        gold, "--worst", 1, "--json", json_file, "--markdown", markdown_file, "--peer", "justext"
    )
    assert result.exit_code == 0, result.output
    assert "boilerstrip" in result.stdout
    assert "as it is" in result.stdout
    assert "Worst pages of boilerstrip" in result.stdout
    assert "justext skipped" in result.stderr
    (run,) = json.loads(json_file.read_text())["runs"]
    assert run["systems"]["boilerstrip"]["pages"] == 2
    assert "| boilerstrip |" in markdown_file.read_text()


def test_the_command_scores_another_command_instead(gold_file: Callable[..., Path]) -> None:
    result = run_command(gold_file({"text": FERRY, "body": FERRY}), "--command", "cat")
    assert result.exit_code == 0, result.output
    assert "cat" in result.stdout
    assert "boilerstrip" not in result.stdout


def test_the_command_scores_html_where_each_page_has_it(
    gold_file: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text(f"<p>{FERRY}</p>")
    gold = gold_file({"html": "a.html", "body": FERRY})
    assert "1 pages as HTML" in run_command(gold, "--command", "cat").stdout
    assert f"SHA-256 {load_corpus(gold).digest}" in run_command(gold, "--command", "cat").stdout
    as_text = run_command(gold, "--command", "cat", "--as", "text", "--renderer", "bs4")
    assert "1 pages as text (bs4)" in as_text.stdout


def test_the_command_limits_pages_evenly(gold_file: Callable[..., Path], tmp_path: Path) -> None:
    gold = gold_file(*({"id": str(at), "text": FERRY, "body": FERRY} for at in range(9)))
    out = tmp_path / "out.json"
    run_command(gold, "--command", "cat", "--limit", 3, "--json", out)
    by_page = json.loads(out.read_text())["runs"][0]["systems"]["cat"]["by_page"]
    assert [row["page"] for row in by_page] == ["0", "3", "6"]


def test_the_command_says_what_failed(gold_file: Callable[..., Path]) -> None:
    gold = gold_file({"id": "a", "text": FERRY, "body": FERRY})
    result = run_command(gold, "--command", "exit 4")
    assert result.exit_code == 0
    assert "exit 4 failed on 1 of 1 pages, first on a: InputError: exit 4: exit" in result.stderr


def test_the_command_reports_bad_input(gold_file: Callable[..., Path], tmp_path: Path) -> None:
    result = run_command(gold_file("{"))
    assert result.exit_code == 1
    assert "gold.jsonl:1: not JSON" in result.stderr
    nowhere = tmp_path / "no" / "out.json"
    result = run_command(gold_file({"text": "a", "body": "a"}), "--json", nowhere)
    assert result.exit_code == 1
    assert "can't be written" in result.stderr
