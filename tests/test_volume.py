"""Runs of the command on many documents: Parquet, going on after a kill, and what is told of it."""

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner
from counted import begun_again, count_of

import boilerstrip
from boilerstrip.article import Article
from boilerstrip.batch.containers import Record
from boilerstrip.batch.journal import Journal
from boilerstrip.batch.parquet_sink import ROW_GROUP, ParquetSink
from boilerstrip.batch.runner import Worker, run, under_way
from boilerstrip.batch.sources import Input, Task
from boilerstrip.batch.unpack import opened
from boilerstrip.cli import main
from boilerstrip.cli import progress as shown
from boilerstrip.schema import COLUMNS, arrow

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[1]
ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
CLEAN = "The ferry left at noon.\nIt came back at six."


def invoke(*arguments, stdin=None, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exit_code == code, result.output
    return result


def rows_of(path):
    return pq.read_table(path).to_pylist()


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


# --- Parquet in


def test_rows_of_parquet_are_documents_with_their_other_columns(tmp_path):
    table = pa.table(
        {
            "id": pa.array([1, None], pa.int16()),
            "text": [ARTICLE, "Rain."],
            "url": ["https://a.example/", None],
            "when": pa.array([1_000_000_001, 2], pa.timestamp("ns", "UTC")),
            "tags": [["a"], []],
            "price": pa.array([None, 1], pa.decimal128(5, 2)),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    result = invoke("clean", tmp_path / "in.parquet")
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["body"], second["body"]) == (CLEAN, "Rain.")
    assert first["input"] == f"{tmp_path / 'in.parquet'}:1"
    assert (first["id"], first["tags"], second["price"]) == (1, ["a"], 1)
    assert first["url"] == first["input_url"] == "https://a.example/"
    assert first["when"].startswith("1970-01-01 00:00:01.000000001")
    assert "text" not in first


def test_parquet_from_a_pipe_or_packed_is_refused_with_a_cure(tmp_path):
    pq.write_table(pa.table({"text": ["Rain."]}), tmp_path / "in.parquet")
    data = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "in.parquet.gz").write_bytes(gzip.compress(data))
    assert "Save it to a file" in invoke("clean", stdin=data, code=1).stderr
    assert "Unpack it" in invoke("clean", tmp_path / "in.parquet.gz", code=1).stderr


def test_parquet_that_is_cut_is_a_failure(tmp_path):
    pq.write_table(pa.table({"text": ["Rain."] * 99}), tmp_path / "in.parquet")
    path = tmp_path / "cut.parquet"
    path.write_bytes((tmp_path / "in.parquet").read_bytes()[:-20])
    assert "not valid Parquet" in invoke("clean", path, code=1).stderr


def test_text_that_is_not_utf_8_costs_no_other_row(tmp_path):
    sound = pa.array(["One.", "xx", "Two."]).buffers()
    broken = pa.Array.from_buffers(
        pa.string(), 3, [*sound[:2], pa.py_buffer(b"One." + b"\xe9\xe9Two.")]
    )
    pq.write_table(pa.table({"text": broken}), tmp_path / "in.parquet")
    invoke("clean", tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    assert [row["body"] for row in rows_of(tmp_path / "out.parquet")][::2] == ["One.", "Two."]


# What getrusage() tells of a process may be that of the one that started it.
READ = """
import re, sys
from boilerstrip.batch.sources import find_inputs, read_tasks
rows = sum(1 for _ in read_tasks(find_inputs(sys.argv[1:], None), typed=True))
held = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(rows, int(held[1]) * 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no telling what it held")
def test_reading_wide_rows_of_parquet_takes_little_more_memory_than_a_page_of_theirs(tmp_path):
    peaks = {}
    for name, width, group in (("narrow", 1, 80), ("page", 10**6, 80), ("groups", 10**6, 4)):
        rest = [f"{n} " * (width // 4 or 1) for n in range(100, 180)]
        source = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table({"text": ["Rain."] * 80, "rest": rest}), source,
                       compression="none", use_dictionary=False, row_group_size=group)  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", READ, source], check=True, capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ARROW_DEFAULT_MEMORY_POOL": "jemalloc"},
        )  # fmt: skip
        rows, peaks[name] = map(int, done.stdout.split())
        assert rows == 80
    assert peaks["page"] - peaks["narrow"] < 145e6
    assert peaks["groups"] - peaks["narrow"] < 60e6


# --- Parquet out


def test_columns_of_parquet_keep_their_types_and_values(tmp_path):
    others = {
        "title": pa.array(["own", None, "x"]),
        "id": pa.array([1, None, 3], pa.uint8()),
        "when": pa.array([1_000_000_001, 2, None], pa.timestamp("ns", "UTC")),
        "tags": pa.array([["a"], [], None]),
        "page": pa.array([{"n": 1}, None, {"n": None}]),
        "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
        "data": pa.array([b"\xff", None, b""]),
    }
    pq.write_table(
        pa.table({"html": ["<p>Rain.</p>", None, "Sun."], **others}), tmp_path / "in.parquet"
    )
    out = tmp_path / "out.parquet"
    result = invoke("clean", tmp_path / "in.parquet", "-o", out, code=1)
    assert "2 cleaned, 1 failed." in result.stderr
    found = pq.read_table(out)
    assert found.schema.names == [*arrow().names, "input_title", *[*others][1:]]
    assert found.select(arrow().names).schema.equals(arrow())
    for name, column in others.items():
        new = found["input_title" if name == "title" else name].combine_chunks()
        plain = column.dictionary_decode() if name == "kind" else column
        assert new.to_pylist() == plain.to_pylist() if name != "when" else new.equals(plain)
        assert new.type == plain.type
    assert found["body"].to_pylist() == ["Rain.", None, "Sun."]
    assert "is no text but null" in found["error"][1].as_py()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_field_of_an_object_that_was_cleaned_is_left_out_of_it(tmp_path):
    pages = [
        {"raw": {"html": "<p>Rain.</p>", "size": 3}, "n": 1},
        None,
        {"raw": {"html": "<p>Sun.</p>", "size": None}, "n": 2},
    ]
    alone = [{"html": "<p>Snow.</p>"}] * 3
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.table({"page": pages, "alone": alone, "id": [1, 2, 3]}), source)
    invoke("clean", source, "-o", out, "--html-field", "page.raw.html", code=1)
    found = rows_of(out)
    assert [row["body"] for row in found] == ["Rain.", None, "Sun."]
    assert [row["page"] for row in found] == [
        {"raw": {"size": 3}, "n": 1}, None, {"raw": {"size": None}, "n": 2},
    ]  # fmt: skip
    assert [row["alone"] for row in found] == alone
    invoke("clean", source, "-o", out, "--html-field", "alone.html", "--overwrite")
    assert [row["alone"] for row in rows_of(out)] == [None] * 3
    assert [row["page"] for row in rows_of(out)] == pages


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_other_columns_count_for_the_size_of_a_row_group(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("boilerstrip.batch.parquet_sink._CHARACTERS", 100_000)
    rows = [{"text": "Rain.", "rest": "x" * 20_000}] * 50
    source = tmp_path / f"in.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), source, use_dictionary=False)
    else:
        write_lines(source, rows)
    invoke("clean", source, "-o", tmp_path / "out.parquet")
    assert pq.read_metadata(tmp_path / "out.parquet").num_row_groups >= 8


def test_schema_is_the_same_whatever_the_rows_hold(tmp_path):
    schemas = []
    for number, texts in enumerate((["Rain."], [None], [], [ARTICLE] * 3)):
        source = tmp_path / f"in{number}.parquet"
        kinds = pa.schema([("text", pa.string()), ("id", pa.int64())])
        pq.write_table(pa.table([texts, [7] * len(texts)], schema=kinds), source)
        CliRunner().invoke(
            main, ["clean", str(source), "-o", str(source.with_suffix(".out.parquet"))]
        )
        schemas.append(pq.read_schema(source.with_suffix(".out.parquet")))
    assert all(schema.equals(schemas[0]) for schema in schemas)
    assert schemas[0].names == [*arrow().names, "id"]


def test_row_of_parquet_gives_the_document_again(tmp_path):
    invoke("clean", "-o", tmp_path / "out.parquet", stdin=ARTICLE)
    [row] = rows_of(tmp_path / "out.parquet")
    assert Article.from_dict(row).rebuild() == ARTICLE


def test_fields_of_json_get_columns_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr("boilerstrip.batch.parquet_sink.ROW_GROUP", 2)
    rows = [
        {"text": "One.", "id": 1, "x": 1, "name": "a", "ok": True, "list": [1], "title": "t"},
        {"text": "Two.", "id": None, "x": 0.5, "name": "b"},
        {
            "text": "Three.",
            "id": "three",
            "x": 2,
            "name": None,
            "ok": 0,
            "late": 1,
            "other_fields": 5,
        },
        {"text": "Four.", "id": 1 << 70, "x": (1 << 60) + 1, "list": {"a": "é"}},
        {"text": None, "id": 5},
    ]
    out = tmp_path / "out.parquet"
    invoke("clean", write_lines(tmp_path / "in.jsonl", rows), "-o", out, code=1)
    found = pq.read_table(out)
    assert found.schema.names[len(COLUMNS) :] == [
        "id",
        "x",
        "name",
        "ok",
        "input_title",
        "other_fields",
    ]
    names = {"title": "input_title"}
    for given, row in zip(rows, found.to_pylist(), strict=True):
        loose = {**row, **json.loads(row["other_fields"] or "{}")}
        for name, value in given.items():
            if name == "text" or value is None:
                continue
            got = loose[names.get(name, name)]
            assert got == value
            assert isinstance(got, bool) == isinstance(value, bool)
    assert pq.read_metadata(out).num_row_groups == 3


def test_two_inputs_of_parquet_share_one_schema_or_are_refused(tmp_path):
    for name, values in (("a", [1]), ("b", [2.5]), ("c", ["x"])):
        pq.write_table(pa.table({"text": ["Rain."], "v": values}), tmp_path / f"{name}.parquet")
    pq.write_table(pa.table({"text": ["Sun."], "w": [True]}), tmp_path / "d.parquet")
    paths = [tmp_path / f"{name}.parquet" for name in "abd"]
    invoke("clean", *paths, "-o", tmp_path / "out.parquet")
    found = [(row["v"], row["w"]) for row in rows_of(tmp_path / "out.parquet")]
    assert found == [(1.0, None), (2.5, None), (None, True)]
    result = invoke(
        "clean", paths[0], tmp_path / "c.parquet", "-o", tmp_path / "no.parquet", code=1
    )
    assert "c.parquet: its columns don't go with those before it" in result.stderr
    assert not (tmp_path / "no.parquet").exists()


def test_parquet_and_other_inputs_may_be_mixed(tmp_path):
    pq.write_table(pa.table({"text": ["Rain."], "id": [1]}), tmp_path / "a.parquet")
    lines = write_lines(tmp_path / "b.jsonl", [{"text": "Sun.", "id": 2, "note": "n"}])
    (tmp_path / "c.txt").write_text("Snow.")
    invoke("clean", tmp_path / "a.parquet", lines, tmp_path / "c.txt", "-o", tmp_path / "o.parquet")
    rows = rows_of(tmp_path / "o.parquet")
    assert [row["body"] for row in rows] == ["Rain.", "Sun.", "Snow."]
    assert [row["id"] for row in rows] == [1, None, None]
    assert json.loads(rows[1]["other_fields"]) == {"id": 2} | (
        {} if "note" in rows[1] else {"note": "n"}
    )


def test_folder_gets_one_parquet_for_each_input(tmp_path):
    lines = write_lines(tmp_path / "a.jsonl", [{"text": "One."}, {"text": "Two."}])
    (tmp_path / "b.txt").write_text("Three.")
    out = tmp_path / "out"
    invoke("clean", lines, tmp_path / "b.txt", "-o", out, "--format", "parquet")
    assert sorted(path.name for path in out.iterdir()) == ["a.parquet", "b.parquet"]
    assert [row["body"] for row in rows_of(out / "a.parquet")] == ["One.", "Two."]


def test_parquet_is_replaced_only_when_the_new_one_is_whole(tmp_path):
    out = tmp_path / "out.parquet"
    invoke("clean", "-o", out, stdin="One.")
    assert "is there already" in invoke("clean", "-o", out, stdin="Two.", code=2).stderr
    sink = ParquetSink(out)
    row = json.loads(Worker(boilerstrip.Cleaner(), "jsonl")(Record("a", "text", "Two.")).output)
    sink.write(Task(Input("a", "a"), Record("a")), row)
    sink.close(complete=False)
    assert [row["body"] for row in rows_of(out)] == ["One."]
    invoke("clean", "-o", out, "--overwrite", stdin="Two.")
    assert [row["body"] for row in rows_of(out)] == ["Two."]
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "parquet"], "Give -o OUT.parquet"),
        (["-o", "out/", "--format", "parquet", "--name-by", "id"], "--name-by gives each record"),
    ],
)
def test_parquet_goes_only_to_files_of_many_rows(arguments, message):
    assert message in invoke("clean", *arguments, stdin="Rain.", code=2).stderr


def test_parquet_without_pyarrow_names_the_extra(tmp_path):
    pq.write_table(pa.table({"text": ["Rain."]}), tmp_path / "in.parquet")
    code = "import sys; sys.modules['pyarrow'] = None; from boilerstrip.cli import main; main()"
    for arguments in (["in.parquet"], ["in.txt", "-o", "out.parquet"]):
        done = subprocess.run(
            [sys.executable, "-c", code, "clean", *arguments], cwd=tmp_path, check=False,
            capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode in (1, 2)
        assert "pip install 'boilerstrip[arrow]'" in done.stderr


# --- going on


def begin(arguments, tmp_path, program=("-m", "boilerstrip")):
    return subprocess.Popen(
        [sys.executable, *map(str, program), *map(str, arguments)], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def contents(out):
    """What a run wrote, by the name of its file."""
    files = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    found = {}
    for path in files:
        if path.suffix == ".parquet":
            found[path.name] = (pq.read_metadata(path).metadata, rows_of(path))
        elif path.suffix in (".gz", ".zst"):
            with opened(str(path)) as content:
                found[path.name] = content.stream.read()
        else:
            found[path.name] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawl")
    rows = [
        {"text": None if n % 7 == 3 else f"Rain on day {n % 5}.\nAdvertisement\nSun.", "id": n}
        for n in range(200)
    ]
    write_lines(folder / "a.jsonl", rows[:100])
    (folder / "b.txt").write_text(ARTICLE)
    pq.write_table(pa.table({"text": [row["text"] for row in rows[100:]]}), folder / "c.parquet")
    return folder


@pytest.fixture(scope="module")
def cleaned():
    """The sources that are cleaned meanwhile, each of the few only once in earnest."""
    sources, known, real = [], {}, boilerstrip.Cleaner.clean

    def clean(self, source, url=None):
        sources.append(source)
        if source not in known:
            known[source] = real(self, source, url)
        return known[source]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boilerstrip.Cleaner, "clean", clean)
        yield sources


KINDS = [
    "out.jsonl",
    "out.jsonl.gz",
    "out.jsonl.zst",
    "out.parquet",
    "out.txt",
    "texts",
    "rows",
    "tables",
]


def arguments_for(kind, crawl, out):
    formats = {"rows": ["--format", "jsonl"], "tables": ["--format", "parquet"]}.get(kind, [])
    errors = [
        "--errors",
        out.with_name("errors.jsonl"),
        "--summary-json",
        out.with_name("sum.json"),
    ]
    return ["clean", crawl, "-o", out, *formats, *errors]


def comparable(out):
    summary = json.loads(out.with_name("sum.json").read_text())
    del summary["slowest"]
    return contents(out), out.with_name("errors.jsonl").read_text(), summary


@pytest.fixture(scope="module")
def undisturbed(crawl, cleaned, tmp_path_factory):
    found = {}
    for kind in KINDS:
        out = tmp_path_factory.mktemp("whole") / kind
        invoke(*arguments_for(kind, crawl, out), code=1)
        found[kind] = comparable(out)
    return found


def killed_at(arguments, fuse):
    """Run the command in a process of its own, and kill it at its so-manieth call that writes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which are idle here
        pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    signal.alarm(120)
    left = fuse
    real_write, real_replace = os.write, Path.replace

    def write(descriptor, data):
        nonlocal left
        left -= 1
        if left <= 0:
            real_write(descriptor, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return real_write(descriptor, data)

    def replace(path, target):
        nonlocal left
        left -= 1
        if left % 2:
            real_replace(path, target)
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return target if left % 2 else real_replace(path, target)

    os.write, Path.replace = write, replace
    try:
        CliRunner().invoke(main, arguments)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can't be forked here")
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_run_that_was_killed_goes_on_to_the_same_end(
    tmp_path, monkeypatch, crawl, cleaned, undisturbed, kind, seed
):
    chance = random.Random(f"{kind} {seed}")
    monkeypatch.setattr("boilerstrip.batch.parquet_sink.ROW_GROUP", 40)
    monkeypatch.setattr("boilerstrip.batch.sinks._PACKED_AT_ONCE", 4000)
    out = tmp_path / kind
    arguments = [*map(str, arguments_for(kind, crawl, out)), "--resume"]
    packs = kind.endswith(("gz", "zst", "parquet")) or kind == "tables"
    writes = 8 if packs else 200
    killed = [killed_at(arguments, chance.randrange(2, writes)) for _ in range(3)]
    assert signal.SIGKILL in killed
    cleaned.clear()
    result = CliRunner().invoke(main, arguments)
    if "Nothing to do." not in result.stderr:
        done = re.search(r"(\d+) documents are done already", result.stderr)
        assert len(cleaned) <= 201 - (int(done[1]) if done else 0)
    found = comparable(out)
    for mine, whole in zip(found, undisturbed[kind], strict=True):
        assert mine == whole
    assert not list(tmp_path.rglob(".*"))
    again = invoke(*arguments)
    assert "Nothing to do." in again.stderr
    assert comparable(out) == found


def test_run_that_was_begun_without_resume_goes_on_too(tmp_path):
    lines = write_lines(tmp_path / "in.jsonl", [{"text": f"Day {n}."} for n in range(3_000)])
    for name in ("out.jsonl", "out.parquet", "out"):
        out = tmp_path / name
        with begin(["clean", lines, "-o", out, "-j", 1], tmp_path) as process:
            journal = out / ".resume" if name == "out" else tmp_path / f".{name}.resume"
            while not (journal.exists() and journal.read_bytes().count(b"\n") > 20):
                assert process.poll() is None
                time.sleep(0.02)
            os.kill(process.pid, signal.SIGKILL)
        count = Journal(journal, json.loads(journal.read_text().partition("\n")[0])).count
        assert 0 < count < 3_000
        assert "a run to it was cut short" in invoke("clean", lines, "-o", out, code=2).stderr


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a group of processes can't be killed here")
@pytest.mark.parametrize(("name", "held"), [("out.jsonl", 0), ("out.parquet", ROW_GROUP)])
def test_processes_that_were_killed_go_on_and_clean_only_what_was_under_way_again(
    tmp_path, name, held
):
    texts = [f"Rain on day {n}, wind at {n * 7}.\nAdvertisement" for n in range(1_500)]
    source, whole, out = tmp_path / "in.parquet", tmp_path / f"whole-{name}", tmp_path / name
    pq.write_table(pa.table({"text": texts, "id": [*range(len(texts))]}), source)
    invoke("clean", source, "-o", whole, "-j", 1)
    notes, arguments = tmp_path / "notes", ["clean", source, "-o", out, "-j", 2, "--resume"]
    counted = [ROOT / "tests" / "counted.py", notes]
    for until in (1_300, 1_500):
        with begin(arguments, tmp_path, counted) as process:
            while count_of(notes) < until:
                assert process.poll() is None
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
    with begin(arguments, tmp_path, counted) as process:
        assert b"documents are done already" in process.stderr.read()
    assert process.returncode == 0
    assert out.read_bytes() == whole.read_bytes()
    assert 0 < begun_again(notes) <= 2 * (under_way(2) + held)


def test_interrupt_says_how_to_go_on(tmp_path):
    lines = write_lines(tmp_path / "in.jsonl", [{"text": f"Day {n}."} for n in range(3_000)])
    with begin(["clean", lines, "-o", "out.parquet", "-j", 1], tmp_path) as process:
        time.sleep(0.1)
        while not (tmp_path / ".out.parquet.parts").exists():
            time.sleep(0.02)
        time.sleep(0.3)
        os.kill(process.pid, signal.SIGINT)
        assert b"with --resume goes on" in process.stderr.read()
    assert not (tmp_path / "out.parquet").exists()


@pytest.fixture
def cut_short(tmp_path, monkeypatch):
    """A run to out.jsonl that was stopped by the third of its five documents."""
    lines = write_lines(
        tmp_path / "in.jsonl", [{"text": "Rain." if n != 2 else None, "id": n} for n in range(5)]
    )
    invoke("clean", lines, "-o", tmp_path / "out.jsonl", "--strict", code=1)
    return lines


def test_other_inputs_or_options_are_no_run_to_go_on_with(tmp_path, cut_short):
    out = tmp_path / "out.jsonl"
    before = out.read_bytes()
    result = invoke("clean", cut_short, "-o", out, "--resume", "--keep", "media", code=1)
    assert "the run to be continued had other keep." in result.stderr
    write_lines(cut_short, [{"text": "Other."}])
    result = invoke("clean", cut_short, "-o", out, "--resume", code=1)
    assert "the run to be continued had other inputs." in result.stderr
    assert out.read_bytes() == before
    invoke("clean", cut_short, "-o", out, "--overwrite")
    assert json.loads(out.read_text())["body"] == "Other."
    assert not (tmp_path / ".out.jsonl.resume").exists()


def test_output_that_lost_what_was_written_is_told(tmp_path, cut_short):
    (tmp_path / "out.jsonl").write_text("")
    result = invoke("clean", cut_short, "-o", tmp_path / "out.jsonl", "--resume", code=1)
    assert "is shorter than what the run to be continued had written" in result.stderr


def test_two_runs_do_not_write_to_one_output(tmp_path):
    journal = Journal(tmp_path / ".out.resume", {"a": 1})
    with pytest.raises(boilerstrip.InputError, match="another run is writing to it"):
        Journal(tmp_path / ".out.resume", {"a": 1})
    journal.close(complete=True)


@pytest.mark.parametrize("out", ["-", os.devnull])
def test_resume_needs_a_file_or_folder(out):
    assert (
        "can't be gone on with" in invoke("clean", "-o", out, "--resume", stdin="x", code=2).stderr
    )


# --- what is told


def test_failures_are_listed_with_their_place(tmp_path):
    lines = write_lines(tmp_path / "in.jsonl", [{"text": "Rain."}, {"text": None}])
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 20)
    errors = tmp_path / "errors.jsonl"
    arguments = ["clean", lines, tmp_path / "a.bin", "--errors", errors]
    result = invoke(*arguments, code=1)
    first, second = map(json.loads, errors.read_text().splitlines())
    assert (first["input"], first["place"]) == (str(lines), 2)
    assert (second["input"], second["place"]) == (str(tmp_path / "a.bin"), None)
    assert f"{lines}:2: {first['error']}" in result.stderr
    assert "is there already" in invoke(*arguments, code=2).stderr
    invoke(*arguments, "--overwrite", code=1)


def test_records_that_all_fail_from_the_start_are_listed_too(tmp_path):
    lines = write_lines(tmp_path / "in.jsonl", [{"text": None}] * 30)
    errors = tmp_path / "errors.jsonl"
    result = invoke("clean", lines, "--errors", errors, code=1)
    assert "The first 20 records all failed" in result.stderr
    assert result.stderr.splitlines()[-1] == "0 cleaned, 20 failed."
    assert [json.loads(line)["place"] for line in errors.read_text().splitlines()] == [
        *range(1, 21)
    ]


def test_strict_stops_at_the_first_failure_and_may_go_on(tmp_path, cut_short):
    out = tmp_path / "out.jsonl"
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == [0, 1]
    result = invoke("clean", cut_short, "-o", out, "--resume", code=1)
    assert "2 documents are done already." in result.stderr
    assert "4 cleaned, 1 failed." in result.stderr
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == [0, 1, 2, 3, 4]


def test_dry_run_writes_nothing(tmp_path):
    (tmp_path / "a.html").write_text("<html><p>Rain.")
    write_lines(tmp_path / "b.jsonl", [{"text": "Rain."}])
    out = tmp_path / "out"
    result = invoke(
        "clean", tmp_path / "a.html", tmp_path / "b.jsonl", "none.txt", "-o", out, "--dry-run"
    )
    assert result.stdout.splitlines() == [
        f"{tmp_path / 'a.html'}: html -> {out / 'a.txt'}",
        f"{tmp_path / 'b.jsonl'}: jsonl -> {out}",
        "none.txt: no such file. Check the path.",
    ]
    assert not out.exists()


def test_summary_counts_what_was_removed(tmp_path):
    lines = write_lines(
        tmp_path / "in.jsonl", [{"text": ARTICLE}, {"text": ARTICLE}, {"text": ""}, {}]
    )
    result = invoke("clean", lines, "--summary", "--summary-json", tmp_path / "s.json", code=1)
    found = json.loads((tmp_path / "s.json").read_text())
    assert found["documents"] == {"all": 4, "cleaned": 2, "empty": 1, "skipped": 0, "failed": 1}
    assert found["characters"] == 2 * len(ARTICLE)
    label = {"documents": 2, "passages": 2, "characters": 26, "share": round(13 / len(ARTICLE), 6)}
    assert found["categories"] == {"advertisement": label}
    assert found["causes"] == {"rule:advertisement/label": label}
    assert {slow["input"] for slow in found["slowest"]} == {f"{lines}:{n}" for n in (1, 2, 3)}
    assert f"26 of {2 * len(ARTICLE)} characters removed" in result.stderr
    assert "rule:advertisement/label" in result.stderr


def test_line_is_written_now_and_then_where_there_is_no_terminal(tmp_path, monkeypatch):
    lines = write_lines(tmp_path / "in.jsonl", [{"text": "Rain."}] * 3)
    assert "a second" not in invoke("clean", lines).stderr
    monkeypatch.setattr(shown, "EVERY", 0.0)
    said = [line for line in invoke("clean", lines).stderr.splitlines() if "a second" in line]
    assert len(said) == 3
    assert said[-1].startswith("3 documents, ")
    assert "0 failed" in said[-1]
    assert said[-1].endswith("0 s left.")


def test_inputs_may_be_listed_in_a_file(tmp_path):
    for name in ("a b.txt", "c.txt"):
        (tmp_path / name).write_text("Rain.")
    (tmp_path / "list").write_text(f"{tmp_path / 'a b.txt'}\n\n{tmp_path / 'c.txt'}\r\n")
    rows = map(json.loads, invoke("clean", "--from-file", tmp_path / "list").stdout.splitlines())
    assert [Path(row["input"]).name for row in rows] == ["a b.txt", "c.txt"]
    (tmp_path / "none").write_text("\n")
    result = invoke("clean", "--from-file", tmp_path / "none", stdin="x", code=2)
    assert "names no input" in result.stderr


# --- patterns and addresses


def test_pattern_stands_for_the_files_that_fit_it(tmp_path):
    for name in ("in/a.txt", "in/sub/b.txt", "in/sub/c.html", "in/[d].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Rain.")
    invoke("clean", tmp_path / "in" / "**" / "[ab].txt", "-o", tmp_path / "out")
    found = [path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.txt")]
    assert sorted(map(str, found)) == ["a.txt", str(Path("sub", "b.txt"))]
    assert invoke("clean", tmp_path / "in" / "[d].txt").stdout == "Rain.\n"
    assert "no file fits the pattern" in invoke("clean", "none*.txt", code=1).stderr


@pytest.fixture
def elsewhere():
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_files_elsewhere_are_read_by_their_address(tmp_path, elsewhere):
    pq.write_table(pa.table({"text": ["Snow."]}), tmp_path / "c.parquet")
    elsewhere.pipe("/bucket/a.txt", b"Rain.")
    elsewhere.pipe("/bucket/sub/b.jsonl.gz", gzip.compress(b'{"text": "Sun."}\n'))
    elsewhere.pipe("/bucket/sub/c.parquet", (tmp_path / "c.parquet").read_bytes())
    for names in (
        ["memory://bucket"],
        ["memory://bucket/**"],
        ["memory://bucket/a.txt", "memory://bucket/sub/*"],
    ):
        out = tmp_path / "out.parquet"
        invoke("clean", *names, "-o", out, "--overwrite")
        rows = rows_of(out)
        assert [row["body"] for row in rows] == ["Rain.", "Sun.", "Snow."]
        assert rows[2]["input"] == "memory:///bucket/sub/c.parquet:1"
    assert "no such file" in invoke("clean", "memory://bucket/none.txt", code=1).stderr
    assert "no file is there" in invoke("clean", "memory://bucket/none*", code=1).stderr


def test_address_that_nothing_here_can_read_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert "boilerstrip[s3]" in invoke("clean", "s3://bucket/a.txt", code=1).stderr
    assert "no such file" in invoke("clean", "https://a.example/x.html", code=1).stderr


@pytest.mark.parametrize("option", ["-o", "--errors", "--summary-json"])
def test_results_that_should_go_elsewhere_are_refused_with_a_cure(tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    for address in ("s3://bucket/out.jsonl", "https://a.example/out/"):
        result = invoke("clean", option, address, stdin="Rain.", code=2)
        assert f"{address}: results are written on this machine alone." in result.stderr
        assert "aws s3 cp" in result.stderr
    assert not list(tmp_path.iterdir())


# --- time


class SlowWorker(Worker):
    """Sleeps over a document that says so; where Python can't be woken, if it says that."""

    def __call__(self, record):
        if record.payload == b"sleep":
            try:
                time.sleep(300)
            except boilerstrip.BoilerstripError as error:
                return self.failure(record, str(error), {})
        if record.payload == b"deaf":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(300)
        return super().__call__(record)


def test_document_that_takes_too_long_fails_alone():
    texts = [b"Rain.", b"sleep", b"Rain.", b"deaf", b"Rain."]
    tasks = [Task(Input("a", "a"), Record(f"a:{n}", "text", text)) for n, text in enumerate(texts)]
    started = time.monotonic()
    worker = SlowWorker(boilerstrip.Cleaner(), "text")
    outcomes = [outcome for _, outcome in run(tasks, worker, 1, 1.0)]
    assert time.monotonic() - started < 250
    assert [outcome.output for outcome in outcomes][::2] == ["Rain.\n"] * 3
    assert outcomes[1].problem.startswith("takes longer than 1 seconds.")
    assert "took far longer than 1 seconds" in outcomes[3].problem


def test_run_that_is_stopped_waits_for_no_document():
    texts = [b"Rain."] * 32 + [b"sleep"] * 64  # handfuls
    tasks = [Task(Input("a", "a"), Record(f"a:{n}", "text", text)) for n, text in enumerate(texts)]
    outcomes = run(tasks, SlowWorker(boilerstrip.Cleaner(), "text"), 2)
    assert next(outcomes)[1].output == "Rain.\n"
    time.sleep(1)  # the other process sleeps now
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < 100


def test_timeout_of_the_command(tmp_path):
    result = invoke("clean", "--timeout", "60", "-o", tmp_path / "o.txt", stdin="Rain.")
    assert "1 cleaned." in result.stderr
