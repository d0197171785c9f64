"""What a run leaves behind that is killed, or whose disk is full, or whose reader leaves."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from containers import to_lines

from boilerstrip.batch.columns import Fields
from boilerstrip.batch.sinks import FileSink
from boilerstrip.cli import main

ROOT = Path(__file__).parents[1]
LIMIT = 50_000
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")


def command(*arguments):
    return [sys.executable, "-m", "boilerstrip", *map(str, arguments)]


# No file may grow beyond the limit, as on a disk that is full. What loads a model once by way of a
# temporary file has done so before.
SMALL_DISK = f"""
import resource, boilerstrip, boilerstrip.cli
boilerstrip.clean("The ferry left the harbour in the rain and came back late in the day.")
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
boilerstrip.cli.main()
"""


def execute_on_a_small_disk(*arguments):
    return subprocess.run(
        [sys.executable, "-c", SMALL_DISK, *map(str, arguments)], cwd=ROOT, capture_output=True,
        check=False, text=True,
    )  # fmt: skip


def execute(*arguments, **options):
    return subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, check=False, text=True, **options
    )


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.jsonl"
    chance = random.Random(7)
    names = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(5000)]

    def text(day):
        return f"On day {day} the ferry brought {', '.join(chance.choices(names, k=40))} and salt."

    path.write_bytes(to_lines({"id": n, "text": text(n)} for n in range(1000)))
    return path


def rows_of(path):
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    assert data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# --- full disks


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.txt", "out.md", "out.txt.gz"])
def test_full_disk_leaves_the_old_file(tmp_path, many, name):
    folder = tmp_path / "o"
    folder.mkdir()
    (folder / name).write_text("before")
    done = execute_on_a_small_disk("clean", many, "-o", folder / name, "--overwrite")
    assert done.returncode == 1
    assert "can't be written: File too large" in done.stderr.splitlines()[-1]
    assert (folder / name).read_text() == "before"
    assert files_in(folder) == [name]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_full_disk_leaves_whole_rows_of_new_json_lines(tmp_path, many, name):
    folder = tmp_path / "o"
    done = execute_on_a_small_disk("clean", many, many, many, "-o", folder / name, "-j", 1)
    assert done.returncode == 1
    rows = rows_of(folder / name)
    assert [row["id"] for row in rows] == [n % 1000 for n in range(len(rows))]
    assert len(rows) > 10
    assert (folder / name).stat().st_size <= LIMIT
    assert files_in(folder) == [f".{name}.resume", name]


def test_full_disk_leaves_nothing_of_a_new_text(tmp_path, many):
    done = execute_on_a_small_disk("clean", many, "-o", tmp_path / "o" / "out.txt")
    assert done.returncode == 1
    assert files_in(tmp_path / "o") == []


def test_full_disk_costs_a_folder_only_what_does_not_fit(tmp_path):
    news, out = tmp_path / "news", tmp_path / "out"
    for folder in (news, out):
        folder.mkdir()
    long = "\n".join(f"The ferry left on day {n}, as it did before." for n in range(3000))
    (news / "a.txt").write_text(long)
    (news / "b.txt").write_text("Rain.")
    (out / "a.txt").write_text("before")
    done = execute_on_a_small_disk("clean", news, "-o", out, "--overwrite")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "1 cleaned, 1 failed."
    assert {name: (out / name).read_text() for name in files_in(out)} == {
        "a.txt": "before",
        "b.txt": "Rain.\n",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments", [["clean", "-"], ["explain", "-"], ["rules", "list"], ["--help"], ["--version"]]
)
def test_full_standard_output_is_one_line_and_exit_1(arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(*arguments), cwd=ROOT, input=b"Rain.", stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines[-1].startswith("Error: standard output: ")
    assert "No space left on device" in lines[-1]
    assert len(lines) == 1 + (arguments[0] == "clean")


# --- what is there already


@pytest.mark.parametrize("name", ["out.jsonl", "out.txt", "out.jsonl.gz"])
def test_output_that_is_there_is_replaced_only_when_told(tmp_path, name):
    out = tmp_path / name
    out.write_text("before")
    refused = CliRunner().invoke(main, ["clean", "-o", str(out)], input="Rain.")
    assert refused.exit_code == 2
    assert f"{out}: is there already. Add --overwrite to replace it," in refused.stderr
    assert out.read_text() == "before"
    done = CliRunner().invoke(main, ["clean", "-o", str(out), "--overwrite"], input="Rain.")
    assert done.exit_code == 0
    assert out.read_bytes() != b"before"


def test_folder_is_added_to_but_no_file_in_it_replaced(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Rain.")
    out = tmp_path / "out"

    def clean(*arguments):
        return CliRunner().invoke(main, ["clean", *map(str, arguments), "-o", str(out)])

    assert clean(tmp_path / "a.txt").exit_code == 0
    assert clean(tmp_path / "b.txt").exit_code == 0
    (out / "a.txt").write_text("before")
    refused = clean(tmp_path / "a.txt", tmp_path / "b.txt")
    assert refused.exit_code == 2
    assert f"{out / 'a.txt'}: is there already." in refused.stderr
    assert (out / "a.txt").read_text() == "before"
    assert clean(tmp_path / "a.txt", "--overwrite").exit_code == 0
    assert (out / "a.txt").read_text() == "Rain.\n"


def test_record_s_file_that_is_there_is_not_replaced(tmp_path):
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_bytes(to_lines({"id": n, "text": f"Rain {n}."} for n in range(3)))
    out.mkdir()
    (out / "1.txt").write_text("before")
    arguments = ["clean", str(path), "-o", str(out), "--name-by", "id"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert f"{out / '1.txt'}: is there already." in done.stderr
    assert [(out / f"{n}.txt").read_text() for n in range(3)] == [
        "Rain 0.\n",
        "before",
        "Rain 2.\n",
    ]
    assert CliRunner().invoke(main, [*arguments, "--overwrite"]).exit_code == 0
    assert (out / "1.txt").read_text() == "Rain 1.\n"


def test_first_command_of_the_readme_works_and_a_second_run_touches_nothing(tmp_path):
    arguments = ["clean", str(ROOT / "samples"), "-o", str(tmp_path / "cleaned")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "cleaned").iterdir()}
    assert len(before) == len(list((ROOT / "samples").glob("[!.]*")))
    assert CliRunner().invoke(main, arguments).exit_code == 2
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cleaned").iterdir()} == before


# --- signals


@contextmanager
def endless(path, many):
    """A pipe at the path into which the records are written again and again."""
    os.mkfifo(path)
    source = subprocess.Popen(
        [sys.executable, "-c", "import sys; d = open(sys.argv[1], 'rb').read()\n"
         "with open(sys.argv[2], 'wb', 0) as pipe:\n while True: pipe.write(d)",
         many, path],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield source
    finally:
        source.kill()
        source.wait()


STARTED = []


@pytest.fixture(autouse=True)
def _nothing_goes_on():
    """Whatever a test that failed has started ends with it."""
    yield
    while STARTED:
        process = STARTED.pop()
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def heed_signals():
    """In a new process: a test run behind nohup or & ignores signals, and so would its children."""
    for sent in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(sent, signal.SIG_DFL)


def start(*arguments):
    process = subprocess.Popen(
        command("clean", *arguments), cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=heed_signals,
    )  # fmt: skip
    STARTED.append(process)
    return process


def processes_of(group):
    """The processes of the group that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = status.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(process_group) == group and state not in "ZX":
            found.append(status.parent.name)
    return found


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@needs_proc
@pytest.mark.parametrize("whole_group", [False, True])
@pytest.mark.parametrize(
    ("sent", "jobs", "code"),
    [
        (signal.SIGTERM, 1, 143),
        (signal.SIGTERM, 2, 143),
        (signal.SIGHUP, 1, 129),
        (signal.SIGINT, 2, 130),
    ],
)
def test_signal_leaves_whole_rows_and_no_process(tmp_path, many, sent, jobs, code, whole_group):
    folder = tmp_path / "o"
    out = folder / "out.jsonl"
    with endless(tmp_path / "in", many):
        process = start(tmp_path / "in", "-o", out, "--jobs", jobs)
        wait_until(lambda: out.exists() and out.stat().st_size > 30_000)
        if whole_group:
            os.killpg(process.pid, sent)
        else:
            process.send_signal(sent)
        messages = process.communicate(timeout=60)[1].decode()
    assert process.returncode == code
    assert "Traceback" not in messages
    assert messages.splitlines()[-2].startswith("Interrupted. ")
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [n % 1000 for n in range(len(rows))]
    assert files_in(folder) == [".out.jsonl.resume", "out.jsonl"]
    wait_until(lambda: not processes_of(process.pid))


@needs_proc
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("name", ["out.txt", "out.jsonl"])
def test_signal_leaves_the_old_file_and_no_draft(tmp_path, many, sent, name):
    folder = tmp_path / "o"
    folder.mkdir()
    (folder / name).write_text("before")
    with endless(tmp_path / "in", many):
        process = start(tmp_path / "in", "-o", folder / name, "--overwrite", "--format", "jsonl")
        time.sleep(3)
        assert process.poll() is None
        process.send_signal(sent)
        process.communicate(timeout=60)
    assert (folder / name).read_text() == "before"
    assert files_in(folder) == [name] or not has_nameless_files(tmp_path)


def has_nameless_files(folder):
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR))
    except (OSError, AttributeError):
        return False
    return True


@needs_proc
def test_workers_end_with_the_process_that_started_them(tmp_path, many):
    out = tmp_path / "out.jsonl"
    with endless(tmp_path / "in", many):
        process = start(tmp_path / "in", "-o", out, "--jobs", "2")
        wait_until(lambda: out.exists() and out.stat().st_size > 30_000)
        assert len(processes_of(process.pid)) >= 3
        process.kill()
        wait_until(lambda: not processes_of(process.pid), 20)
        process.communicate()
    assert out.exists()


# --- readers that leave


def test_pipe_that_is_closed_is_told_by_the_exit_status(tmp_path, many):
    os.mkfifo(tmp_path / "pipe.jsonl")
    process = start(many, "-o", tmp_path / "pipe.jsonl", "--overwrite", "--format", "jsonl")
    with (tmp_path / "pipe.jsonl").open("rb") as pipe:
        assert json.loads(pipe.readline())["id"] == 0
    messages = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 128 + signal.SIGPIPE
    assert "Traceback" not in messages
    assert messages.splitlines()[-1].endswith(" cleaned.")


@pytest.mark.parametrize("arguments", [["clean", "-"], ["explain", "-"], ["rules", "list"]])
def test_closed_standard_output_is_one_line_and_exit_1(arguments):
    done = execute(*arguments, input="Rain.", preexec_fn=lambda: os.close(1))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Error: standard output is closed.")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["clean"], ["clean", "-"], ["explain", "-"]])
def test_closed_standard_input_is_told(arguments):
    done = execute(*arguments, preexec_fn=lambda: os.close(0))
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "-: standard input is closed. Name a file, or pipe it in."
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clean", "{long}"], 1),
        (["explain", "{long}"], 2),
        (["clean", "{file}", "-o", "{long}"], 1),
        (["clean", "{file}", "-o", "{long}.jsonl"], 1),
        (["clean", "{file}", "-o", "{long}/"], 1),
        (["clean", "{long}/a", "-o", "{folder}/o"], 1),
    ],
)
def test_name_that_is_too_long_is_one_line(tmp_path, arguments, code):
    (tmp_path / "a.txt").write_text("Rain.")
    known = {"long": "x" * 300, "file": tmp_path / "a.txt", "folder": tmp_path}
    done = execute(*(argument.format(**known) for argument in arguments))
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    if code == 1:
        assert "File name too long" in done.stderr


# --- drafts


def test_draft_has_no_name_until_it_is_whole_where_that_can_be(tmp_path, monkeypatch):
    for nameless in (True, False):
        if not nameless:
            monkeypatch.delattr(os, "O_TMPFILE", raising=False)
        folder = tmp_path / str(nameless)
        sink = FileSink(folder / "out.txt", "text")
        sink.write(None, "Rain.\n")
        expected = [] if nameless and has_nameless_files(tmp_path) else [".boilerstrip-"]
        assert [name[:13] for name in files_in(folder)] == expected
        sink.close(complete=True)
        assert files_in(folder) == ["out.txt"]
        assert (folder / "out.txt").read_text() == "Rain.\n"


def test_draft_that_cannot_be_named_is_copied(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    sink = FileSink(tmp_path / "out.txt", "text")
    sink.write(None, "Rain.\n")
    sink.close(complete=True)
    assert files_in(tmp_path) == ["out.txt"]
    assert (tmp_path / "out.txt").read_text() == "Rain.\n"


def test_rows_in_gzip_are_whole_after_each_piece(tmp_path):
    sink = FileSink(tmp_path / "out.jsonl.gz", "jsonl")
    for number in range(3000):
        sink.write(None, json.dumps({"id": number, "text": "x" * 300}) + "\n")
    rows = rows_of(tmp_path / "out.jsonl.gz")  # not closed yet
    assert [row["id"] for row in rows] == list(range(len(rows)))
    assert len(rows) > 2000
    sink.close(complete=False)
    assert len(rows_of(tmp_path / "out.jsonl.gz")) == 3000


def test_wanted_columns_are_those_that_are_named():
    assert Fields(html="Page.raw").wanted == {"page"}
