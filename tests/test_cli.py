import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.cli.explain import _COLOURS, Look, _passages
from boilerstrip.rules.ruleset import CATEGORIES, catalogue

ROOT = Path(__file__).parents[1]
ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
CLEAN = "The ferry left at noon.\nIt came back at six.\n"
RULES = """
[[rule]]
id = "own/goat-notice"
category = "other"
why = "The paper's standing notice about its goat."
languages = ["en"]
phrases = ["Please do not feed the goat"]
removes = ["Please do not feed the goat", "PLEASE DO NOT FEED THE GOAT!"]
keeps = ["A sign said: please do not feed the goat.", "The goat was fed at noon."]
"""


def invoke(*arguments, stdin=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def command(*arguments):
    return [sys.executable, "-m", "boilerstrip", *map(str, arguments)]


def execute(*arguments, **options):
    return subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, check=False, **options
    )


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(ARTICLE)
    (folder / "sub" / "b.md").write_text("Rain.\n")
    return folder


@pytest.fixture
def own_rules(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(RULES)
    return path


# --- the group


def test_help_is_there_for_all_commands():
    for arguments in ("", "clean", "explain", "eval", "report", "rules", "rules check"):
        result = invoke(*arguments.split(), "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


def test_help_loads_nothing_heavy():
    heavy = "{'trafilatura', 'rich', 'lxml', 'bs4', 'dateparser', 'py3langid', 'numpy'}"
    code = f"import sys, boilerstrip.cli; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_version_is_printed():
    result = invoke("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("boilerstrip ")
    assert result.stdout.endswith((", compiled core\n", ", plain Python core\n"))


# --- clean


def test_file_to_standard_output(news):
    result = invoke("clean", news / "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, CLEAN, "1 cleaned.\n")


def test_standard_input_is_read_without_input_and_for_a_dash():
    for arguments in (["clean"], ["clean", "-"]):
        assert invoke(*arguments, stdin=ARTICLE).stdout == CLEAN


def test_markdown():
    result = invoke("clean", "--format", "markdown", stdin=ARTICLE)
    assert result.stdout == boilerstrip.clean(ARTICLE).to_markdown()


def test_html_file_is_cleaned_as_html(tmp_path):
    page = tmp_path / "a.html"
    page.write_bytes(
        "<!DOCTYPE html><html><head><meta charset=iso-8859-1><title>x</title></head><body><p>"
        "Zürich opened its new bridge on Monday, after two years of work.</p></body></html>".encode(
            "latin-1"
        )
    )
    result = invoke("clean", page)
    assert "Zürich opened its new bridge on Monday" in result.stdout
    assert "<p>" not in result.stdout


def test_several_inputs_on_standard_output_are_rows(news):
    result = invoke("clean", news)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["input"] for row in rows] == [str(news / "a.txt"), str(news / "sub" / "b.md")]
    assert rows[0]["body"] == CLEAN.rstrip("\n")
    assert rows[0]["removed"][0]["text"] == "Advertisement"


def test_folder_to_folder(news, tmp_path):
    out = tmp_path / "out"
    result = invoke("clean", news, "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 cleaned.\n")
    assert (out / "a.txt").read_text() == CLEAN
    assert (out / "sub" / "b.txt").read_text() == "Rain.\n"


def test_folder_inside_the_input_is_not_read_again(news):
    for _ in range(2):
        assert invoke("clean", news, "-o", news / "out", "--overwrite").exit_code == 0
    assert sorted(path.name for path in (news / "out").rglob("*")) == ["a.txt", "b.txt", "sub"]
    for _ in range(2):
        out = news / "sub" / "all.jsonl"
        assert invoke("clean", news / "sub", "-o", out, "--overwrite").exit_code == 0
    assert len((news / "sub" / "all.jsonl").read_text().splitlines()) == 1


def test_format_follows_the_suffix_of_out(news, tmp_path):
    for name, start in (("o.txt", "The"), ("o.md", "The"), ("o.jsonl", '{"input"')):
        assert invoke("clean", news / "a.txt", "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text().startswith(start)
    assert invoke("clean", news / "a.txt", "-o", tmp_path / "o.jsonl.gz").exit_code == 0
    assert json.loads(gzip.decompress((tmp_path / "o.jsonl.gz").read_bytes()))["body"]


def test_records_keep_their_other_fields(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"html": ARTICLE, "id": 7, "title": "T"}) + "\n")
    row = json.loads(invoke("clean", path).stdout)
    assert (row["input"], row["id"], row["input_title"]) == (f"{path}:1", 7, "T")
    assert row["body"] == CLEAN.rstrip("\n")
    assert "html" not in row


def test_bad_inputs_are_reported_and_the_rest_go_on(news, tmp_path):
    (news / "b.txt").write_bytes(bytes(range(256)) * 20)
    out = tmp_path / "o.jsonl"
    result = invoke("clean", news, tmp_path / "none.txt", "-o", out)
    assert result.exit_code == 1
    first, second, last = result.stderr.splitlines()
    refused = "binary data, which can't be read. Give text, HTML or records of them."
    assert first == f"{news / 'b.txt'}: {refused}"
    assert second == f"{tmp_path / 'none.txt'}: no such file. Check the path."
    assert last == "2 cleaned, 2 failed."
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["error"] is not None for row in rows] == [False, True, False, True]
    assert rows[1].keys() == rows[0].keys()


def test_jobs_change_nothing(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": day, "text": f"Day {day}.\nAdvertisement\nRain."} for day in range(150)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "oops\n")
    one, two = (execute("clean", path, "--jobs", jobs) for jobs in (1, 2))
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    said = [
        [line for line in each.stderr.splitlines() if b" a second, " not in line]  # how far it is
        for each in (one, two)
    ]
    assert said[0] == said[1]
    assert [json.loads(row).get("id") for row in one.stdout.splitlines()] == [*range(150), None]


def test_keep_and_own_rules(own_rules):
    text = "The ferry left at noon.\nAdvertisement\nPlease do not feed the goat\nIt came back.\n"
    kept = invoke("clean", "--keep", "advertisement", stdin=text).stdout
    assert kept.splitlines()[1] == "Advertisement"
    ruled = invoke("clean", "--rules", own_rules, stdin=text).stdout
    assert ruled == "The ferry left at noon.\nIt came back.\n"


def test_language_limits_the_shipped_rules():
    other = next(code for rule in catalogue() for code in rule.languages if code != "en")
    assert invoke("clean", "--language", "en", stdin=ARTICLE).stdout == CLEAN
    assert "Advertisement" in invoke("clean", "--language", other, stdin=ARTICLE).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep", "goats"], "'goats' is not one of"),
        (["--language", "xx"], "no rules for 'xx'. Choose from: "),
        (["--jobs", "0"], "0 is not in the range"),
        (["-o", "out.csv"], "the format can't be told from '.csv'"),
        (["--rules", "none.toml"], "'none.toml' does not exist"),
        (["-o", "{news}/a.txt"], "would be overwritten"),
        (["{news}", "-o", "{news}"], "is an INPUT too"),
        (["--colour"], "No such option"),
    ],
)
def test_wrong_usage_is_exit_2_and_touches_nothing(news, arguments, message):
    result = invoke("clean", news / "a.txt", *(one.format(news=news) for one in arguments))
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert (news / "a.txt").read_text() == ARTICLE


def test_broken_rule_file_is_exit_2(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(RULES.replace("phrases", "phrasse"))
    result = invoke("clean", "--rules", path, stdin=ARTICLE)
    assert result.exit_code == 2
    assert "unknown key 'phrasse'. Nearest: 'phrases'." in result.stderr


def test_output_that_cannot_be_written_is_exit_1(news):
    result = invoke("clean", news / "a.txt", "-o", news / "a.txt" / "o.txt")
    assert result.exit_code == 1
    assert "can't be written" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk_is_exit_1(news):
    result = invoke("clean", news / "a.txt", "-o", "/dev/full")
    assert result.exit_code == 1
    message = (
        "Error: /dev/full: can't be written: No space left on device. Check the path and space."
    )
    assert result.stderr == f"0 cleaned.\n{message}\n"


def test_closed_pipe_is_no_error_of_the_input(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Rain."}\n' * 5000)
    for arguments in (["clean", path], ["clean", path, "--jobs", "2"], ["explain", path]):
        with subprocess.Popen(
            command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            process.stdout.close()
            messages = process.stderr.read().decode()
        assert process.returncode == 128 + signal.SIGPIPE
        assert "Traceback" not in messages
        assert "failed" not in messages
        if arguments[0] == "clean":
            assert messages.splitlines()[-2] == "The output was closed before its end."


@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupt_leaves_whole_rows(tmp_path, jobs):
    path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    with path.open("w") as file:
        file.writelines(
            f'{{"text": "Rain on day {day}.", "id": {day}}}\n' for day in range(300_000)
        )
    with subprocess.Popen(
        command("clean", path, "-o", out, "--jobs", jobs), cwd=ROOT, stderr=subprocess.PIPE,
        start_new_session=True,
        # A test run in the background of a shell ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        while not (out.exists() and out.stat().st_size > 10_000):
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        messages = process.stderr.read().decode()
    assert process.returncode == 130
    assert "Interrupted. " in messages
    assert messages.splitlines()[-1].endswith(" cleaned.")
    assert "Traceback" not in messages
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in rows] == list(range(len(rows)))
    assert 0 < len(rows) < 300_000


def test_output_is_utf_8_whatever_the_locale(tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for arguments in (["clean"], ["explain", "-"]):
        done = execute(*arguments, input="Zürich – 5 °C\n".encode(), env=environment)
        assert done.returncode == 0
        assert done.stdout.decode().startswith("Zürich – 5 °C\n")


# --- explain


def test_explain_marks_what_is_removed(news):
    result = invoke("explain", news / "a.txt")
    rule = next(rule for rule in catalogue() if rule.id == "advertisement/label")
    mark = f"[-Advertisement-] {{advertisement · rule:advertisement/label: {rule.why}}}"
    assert result.exit_code == 0
    assert result.stdout.startswith(ARTICLE.replace("Advertisement", mark))


def test_explain_gives_metadata_with_their_sources():
    text = "Rain, rain and more rain fell on the town, writes Ada Moore.\n" + ARTICLE
    article = boilerstrip.clean(text)
    result = invoke("explain", "-", stdin=text)
    assert article.authors == ("Ada Moore",)
    assert f"authors: Ada Moore {{{article.sources['authors']}}}\n" in result.stdout


def test_explain_uses_own_rules(own_rules):
    result = invoke(
        "explain", "-", "--rules", own_rules, stdin="Please do not feed the goat\nRain.\n"
    )
    assert "{other · rule:own/goat-notice: The paper's standing notice about its goat.}" in (
        result.stdout
    )


def test_explain_shows_a_rule(own_rules):
    shipped = invoke("explain", "advertisement/label")
    assert shipped.stdout == invoke("rules", "show", "advertisement/label").stdout
    own = invoke("explain", "own/goat-notice", "--rules", own_rules)
    for word in ("own/goat-notice", "other", "standing notice", "phrases", "removes", "keeps"):
        assert word in own.stdout
    assert str(own_rules) in own.stdout


def test_explain_of_nothing_known_names_the_nearest_rule():
    result = invoke("explain", "advertisment/labl")
    assert result.exit_code == 2
    assert "Nearest rule: advertisement/label." in result.stderr


def test_explain_of_a_bad_file_is_exit_1(news):
    (news / "b.txt").write_bytes(bytes(range(256)) * 20)
    result = invoke("explain", news)
    assert result.exit_code == 1
    assert f"{news / 'b.txt'}: binary data" in result.stderr
    assert f"=== {news / 'a.txt'}\n" in result.stdout


def test_colours_differ_and_control_characters_do_not_reach_the_terminal():
    assert len(set(_COLOURS.values())) == len(CATEGORIES)
    article = boilerstrip.clean("Rain \x1b[2J fell.\r\nAdvertisement\r\nIt \x9b1m stopped.")
    shown = "".join(_passages(article, article.removed, {}, Look(colour=True)))
    assert "\x1b[2J" not in shown
    assert "\x9b" not in shown
    assert "\x1b[38;5;" in shown
    assert "␛[2J" in shown


# --- rules


def test_rules_list():
    everything = invoke("rules", "list").stdout.splitlines()
    assert len(everything) == len(catalogue())
    some = invoke("rules", "list", "--category", "advertisement", "--language", "en").stdout
    assert "advertisement/label\ten\t" in some
    assert all(line.split("\t")[0].startswith("advertisement/") for line in some.splitlines())


def test_rules_show_of_an_unknown_id_is_exit_2():
    assert invoke("rules", "show", "nothing/such").exit_code == 2


def test_rules_check_of_a_sound_file(own_rules):
    result = invoke("rules", "check", own_rules)
    assert result.exit_code == 0
    assert result.stdout == f"{own_rules}: 1 rules, all their examples come out.\n"


def test_rules_check_reports_everything(own_rules, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text(
        RULES.replace('"PLEASE DO', '"Kindly do').replace(
            '"The goat was', '"Advertisement", "The goat was'
        )
    )
    unloadable = tmp_path / "unloadable.toml"
    unloadable.write_text(RULES.replace("category", "kategory"))
    result = invoke("rules", "check", bad, unloadable, own_rules, tmp_path / "none.toml")
    assert result.exit_code == 1
    assert f"{bad}:8: own/goat-notice does not remove 'Kindly do NOT FEED" in result.stdout
    assert f"{bad}:9: rule:advertisement/label removes 'Advertisement'" in result.stdout
    assert f"{unloadable}:4: rule 'own/goat-notice': unknown key 'kategory'" in result.stdout
    assert "none.toml: can't be read" in result.stderr
    assert f"{own_rules}: 1 rules" in result.stdout


# --- terminals


def on_a_terminal(*arguments, stream):
    """What the command writes to this stream when it is a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    environment = {**os.environ, "TERM": "xterm"}
    process = subprocess.Popen(command(*arguments), cwd=ROOT, env=environment, **streams)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    process.wait()
    return shown.decode()


def test_terminal_shows_progress(news, tmp_path):
    shown = on_a_terminal("clean", news, "none.txt", "-o", tmp_path / "out", stream="stderr")
    assert "3 documents" in shown
    assert "none.txt: no such file. Check the path." in shown


def test_terminal_shows_colours(news):
    shown = on_a_terminal("explain", news / "a.txt", stream="stdout")
    assert "\x1b[38;5;" in shown
    assert "[-" not in shown
