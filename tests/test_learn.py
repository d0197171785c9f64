"""Rules drafted from what recurs: what becomes one, and what must not."""

import json
import re
import tomllib

import pytest
from click.testing import CliRunner
from conftest import PARAGRAPHS
from hypothesis import given, settings
from hypothesis import strategies as st

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.learn.draft import LEAST, Draft, Seen
from boilerstrip.learn.rule_file import to_toml
from boilerstrip.rules.ruleset import Rule, load_rules, parse_rules

TOWNS = ["Hull", "Ardal", "Whitby", "Goole", "Selby", "Ripon", "Malton", "Filey", "Thirsk", "Yarm"]
FOOTER = "The Harbour Tales are paid for by the friends of the old lighthouse."


def invoke(*arguments, stdin=None, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exit_code == code, result.output
    return result


def story(number):
    """A story of its own: no two numbers share a line."""
    town = TOWNS[number % len(TOWNS)]
    return [f"In {town}, on day {number} of the year: {line}" for line in PARAGRAPHS]


def corpus(folder, count=10, head=(), tail=(), amid=(), site="a.example", name="in.jsonl"):
    """A file of stories; ``head``, ``tail`` and ``amid`` are given each story's number."""
    rows = []
    for number in range(count):
        lines = story(number)
        lines[2:2] = [line for make in amid if (line := make(number))]
        lines = [*(line for make in head if (line := make(number))), *lines]
        lines += [line for make in tail if (line := make(number))]
        rows.append({"url": f"https://{site}/{number}", "text": "\n".join(lines)})
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def learn(*arguments):
    """The rules that are drafted."""
    said = invoke("learn", *arguments).stdout
    return tomllib.loads(said)["rule"] if said else []


def test_line_below_the_stories_of_a_site_becomes_a_rule_that_takes_it_out(tmp_path):
    source = corpus(tmp_path, tail=[lambda n: FOOTER])
    assert FOOTER in boilerstrip.clean("\n".join([*story(0), FOOTER])).body
    out = tmp_path / "rules.toml"
    said = invoke("learn", source, "-o", out).stderr
    assert "10 documents of 1 sites (10 by their titles), 0 failed." in said
    assert "1 rules for 1 sites drafted" in said
    [rule] = load_rules(out)
    assert rule.id == "a.example/the-harbour-tales-are-paid-for"
    assert rule.why == "Stands below the story in 10 of 10 documents of a.example."
    assert (rule.phrases, rule.where, rule.languages) == ((FOOTER,), "tail", ("en",))
    assert rule.sites == ("a.example",)
    assert set(rule.removes) == {FOOTER}
    assert all(len(text.split()) > 3 and FOOTER not in text for text in rule.keeps)
    assert f"# in {source}:" in out.read_text()
    assert "all their examples come out" in invoke("rules", "check", out).stdout
    row = json.loads(invoke("clean", source, "--rules", out).stdout.splitlines()[0])
    assert row["body"] == "\n".join(story(0))
    assert row["removed"][-1]["cause"] == f"rule:{rule.id}"
    other = corpus(tmp_path, 1, tail=[lambda n: FOOTER], site="b.example", name="other.jsonl")
    assert FOOTER in json.loads(invoke("clean", other, "--rules", out).stdout)["body"]


def test_lines_that_differ_in_numbers_dates_title_or_author_are_one_pattern(tmp_path):
    months = ["January", "March", "October"]
    source = corpus(
        tmp_path,
        tail=[lambda n: f"The old lighthouse was lit on {n + 1} {months[n % 3]} 2024, at {n}:15."],
    )
    [rule] = learn(source)
    assert rule["line"] == (
        r"\W{0,9}the old lighthouse was lit on \d{1,12} \p{L}{3,14}\.? \d{1,12},"
        r" at \d{1,12}:\d{1,12}\W{0,9}"
    )
    assert len(set(rule["removes"])) == 2
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    for row, town in zip(rows, TOWNS, strict=True):
        told = f"Lamps and nets near {town} harbour"
        body = row["text"].rsplit("\n", 1)[0]
        row["html"] = (
            f"<html><head><title>{told}</title><meta name=author content='Ada {town}'></head>"
            f"<body><article><h1>{told}</h1>"
            + "".join(f"<p>{line}</p>" for line in body.split("\n"))
            + f"<p>Ask the keeper about {told} on the pier.</p>"
            f"<p>Ada {town} keeps the lamp and the books of this paper.</p></article></body></html>"
        )
        del row["text"]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = {rule["line"]: rule["category"] for rule in learn(source)}
    assert r"\W{0,9}ask the keeper about .{1,300} on the pier\W{0,9}" in found
    keeps = r"\W{0,9}.{1,80} keeps the lamp and the books of this paper\W{0,9}"
    assert found[keeps] == "author_bio"


def test_lines_behind_one_label_are_one_pattern(tmp_path):
    source = corpus(
        tmp_path, tail=[lambda n: f"Lamp of the week: {TOWNS[n]} has a new and brighter one"]
    )
    [rule] = learn(source)
    assert rule["line"] == r"\W{0,9}lamp of the week: .{1,300}\W{0,9}"
    assert len(set(rule["removes"])) == 2


AGENCY = "The Associated Press"


@pytest.mark.parametrize(
    "places",
    [
        {"amid": [lambda n: "What the town says"]},  # a heading with a text of its own below
        {"amid": [lambda n: f"{n}:{n + 10} p.m."]},  # the time of an entry in a live blog
        {"amid": [lambda n: f"Keeper: And what of lamp number {n}, and of the old one?"]},
        {"amid": [lambda n: FOOTER if n < 2 else None]},
        {"head": [lambda n: "Letters from the harbour" if n < 4 else None]},  # a series' heading
        {"head": [lambda n: AGENCY]},
        {"tail": [lambda n: AGENCY]},
        {"head": [lambda n: "HULL, England (AP) -"]},
        {"tail": [lambda n: f"{n} May 2024, {n}:10"]},
        {"tail": [lambda n: FOOTER if n < 2 else None]},
        {"tail": [lambda n: "\n".join([f"Oh the lamp, the lamp of {TOWNS[n]},"] * 5)]},  # a refrain
    ],
)
def test_what_recurs_in_stories_becomes_no_rule(tmp_path, places):
    assert learn(corpus(tmp_path, **places)) == []


def test_one_word_is_a_site_s_only_if_most_documents_end_in_it(tmp_path):
    assert learn(corpus(tmp_path, tail=[lambda n: "Lamplighters" if n < 4 else None])) == []
    assert len(learn(corpus(tmp_path, tail=[lambda n: "Lamplighters"]))) == 1


def test_sentence_amid_most_stories_is_the_site_s(tmp_path):
    [rule] = learn(corpus(tmp_path, amid=[lambda n: FOOTER]))
    assert rule["where"] == "anywhere"
    assert rule["why"].startswith("Stands amid the story in 10 of 10")


def test_page_that_was_fetched_again_proves_nothing(tmp_path):
    source = corpus(tmp_path, LEAST - 1, tail=[lambda n: FOOTER])
    source.write_text(source.read_text() * 5)
    result = invoke("learn", source)
    assert f"({LEAST - 1} by their titles)" in result.stderr
    assert "Nothing recurs enough" in result.stderr
    assert result.stdout == ""


def test_sites_are_told_by_host_outlet_or_folder(tmp_path):
    for site in ("a.example", "www.b.example"):
        (tmp_path / "in" / site).mkdir(parents=True)
        source = corpus(tmp_path / "in" / site, 4, tail=[lambda n: FOOTER], site=site)
        for number, line in enumerate(source.read_text().splitlines()):
            page = source.with_name(f"{number}.txt")
            page.write_text(json.loads(line)["text"])
    hosts = [rule["id"].partition("/")[0] for rule in learn(tmp_path / "in")]
    assert hosts == ["a.example", "b.example"]
    for page in (tmp_path / "in").rglob("*.jsonl"):
        page.unlink()
    found = learn(tmp_path / "in", "--by", "folder")
    assert [rule["id"].partition("/")[0] for rule in found] == ["a.example", "www.b.example"]
    assert not any("sites" in rule or "outlets" in rule for rule in found)
    told = invoke("learn", tmp_path / "in").stderr
    assert "8 documents without host were left out." in told
    assert "--url-field" in told
    page = "<html><head><meta property='og:site_name' content='The Lamp Post'></head><body>{}"
    for number in range(4):
        text = "".join(f"<p>{line}</p>" for line in [*story(number), FOOTER])
        (tmp_path / f"{number}.html").write_text(page.format(text))
    found = learn(*tmp_path.glob("*.html"), "--by", "outlet")
    assert [rule["outlets"] for rule in found] == [["The Lamp Post"]]


def test_same_corpus_gives_the_same_file(tmp_path):
    source = corpus(
        tmp_path, tail=[lambda n: FOOTER, lambda n: f"Lamp {n} of many was lit by {TOWNS[n]}"]
    )
    alone = invoke("learn", source, "-j", 1).stdout
    assert FOOTER in alone
    assert invoke("learn", source, "-j", 2).stdout == alone


def test_own_rules_are_at_work_while_it_learns(tmp_path):
    source = corpus(tmp_path, tail=[lambda n: FOOTER])
    invoke("learn", source, "-o", tmp_path / "rules.toml")
    assert "Nothing recurs" in invoke("learn", source, "--rules", tmp_path / "rules.toml").stderr


def test_what_fails_is_told_and_the_rest_is_learnt(tmp_path):
    source = corpus(tmp_path, tail=[lambda n: FOOTER])
    with source.open("a") as file:
        file.write('{"text": null}\n')
    result = invoke("learn", source, code=1)
    assert "in.jsonl:11: " in result.stderr
    assert FOOTER in result.stdout
    assert "is there already" in invoke("learn", source, "-o", source, code=2).stderr
    again = invoke("learn", source, "-o", source, "--overwrite", code=2)
    assert "is an input and would be overwritten" in again.stderr
    assert source.read_text().endswith('{"text": null}\n')


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_makes_a_file_that_can_be_read(text):
    record = {"id": text, "category": "other", "why": text, "languages": ("en",), "where": "tail",
              "removes": (text, text), "keeps": (text, text)}  # fmt: skip
    for matched in ({"line": re.escape(text)}, {"phrases": (f"a{text}",)}):
        rule = Rule(**record, **matched, callers=True)
        file = to_toml([Draft(rule, "a.example", (Seen(text, text, ()),))])
        assert parse_rules(file, "", callers=True) == [rule]


def test_nothing_drafted_is_only_the_head():
    assert all(line.startswith("#") for line in to_toml([]).splitlines())
