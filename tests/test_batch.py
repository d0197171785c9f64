import gzip
import io
import json
import os
import socket
from pathlib import Path

import pytest

import boilerstrip
from boilerstrip.batch.columns import Fields, take
from boilerstrip.batch.containers import Record
from boilerstrip.batch.naming import name_targets, refuse_overwriting
from boilerstrip.batch.runner import Worker, read_columns, run
from boilerstrip.batch.sinks import (
    FileSink,
    FolderSink,
    OutputError,
    StreamSink,
    error_row,
    free_names,
    render,
    to_bytes,
)
from boilerstrip.batch.sources import (
    DOCUMENTS,
    Input,
    Task,
    find_inputs,
    look_into,
    problem_of,
    read_document,
    read_tasks,
)

ARTICLE = "The ferry left at noon.\nAdvertisement\nIt came back at six.\n"
CLEAN = "The ferry left at noon.\nIt came back at six."
NOTHING = io.BytesIO()


def inputs_of(*names, stdin=b"", outside=None):
    return find_inputs(map(str, names), io.BytesIO(stdin), outside)


def sources_of(*names, stdin=b"", fields=None):
    for task in read_tasks(inputs_of(*names, stdin=stdin)):
        if task.record.kind in DOCUMENTS:
            yield read_document(task.record)
        else:
            yield take(read_columns(task.record), fields or Fields()).source


def task_of(item, number=0):
    return Task(item, Record(item.name, number=number))


def write(path, content=ARTICLE):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content, encoding="utf-8")
    return path


# --- sources


def test_folder_is_searched_in_order_whatever_its_files_are_called(tmp_path):
    names = ("index", "b.txt", "a.HTML", "sub/page.php", "sub/c.md.gz", ".hidden.txt", ".git/e.txt")
    for name in names:
        write(tmp_path / name)
    found = inputs_of(tmp_path)
    assert [item.relative for item in found if not item.passed] == [
        *("a.HTML", "b.txt", "index"),
        *(str(Path("sub", "c.md.gz")), str(Path("sub", "page.php"))),
    ]
    hidden = [item.name for item in found if item.passed == "hidden"]
    assert hidden == [str(tmp_path / ".git"), str(tmp_path / ".hidden.txt")]


def test_pipes_and_sockets_in_a_folder_are_passed_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("c.txt")
    (tmp_path / "d.txt").symlink_to(os.devnull)
    (tmp_path / "e").symlink_to(tmp_path, target_is_directory=True)
    assert {Path(item.name).name: item.passed for item in inputs_of(tmp_path)} == {
        "a.txt": None,
        "b.txt": "a named pipe",
        "c.txt": "a socket",
        "d.txt": "a device",
        "e": "a link to a folder",
    }


@pytest.mark.parametrize("outside", ["out", "out.jsonl"])
def test_output_in_the_folder_is_no_input(tmp_path, outside):
    for name in ("a.txt", "out/a.txt", "out.jsonl"):
        write(tmp_path / name)
    found = inputs_of(tmp_path, outside=os.path.realpath(tmp_path / outside))
    assert [item.name for item in found if Path(item.relative).parts[0] == outside] == []
    assert len(found) == 2


def test_empty_folder_is_a_problem(tmp_path):
    [found] = inputs_of(tmp_path)
    assert found.problem.startswith("no file to clean in it.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_is_a_problem(tmp_path):
    write(tmp_path / "a.txt")
    (tmp_path / "locked").mkdir(mode=0)
    assert [bool(item.problem) for item in inputs_of(tmp_path)] == [False, True]


@pytest.mark.parametrize(
    "content",
    [
        "Zürich – 5 °C".encode(),
        b"\xef\xbb\xbf" + "Zürich – 5 °C".encode(),
        b"\xff\xfe" + "Zürich – 5 °C".encode("utf-16-le"),
        b"\xfe\xff" + "Zürich – 5 °C".encode("utf-16-be"),
        gzip.compress("Zürich – 5 °C".encode()),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 le", "utf-16 be", "gzip"],
)
def test_text_is_decoded(tmp_path, content):
    path = write(tmp_path / ("a.txt.gz" if content[:2] == b"\x1f\x8b" else "a.txt"), content)
    assert list(sources_of(path)) == ["Zürich – 5 °C"]


def test_text_in_a_legacy_encoding_is_detected(tmp_path):
    text = "Die Brücke über die Straße wurde im März für den Verkehr geöffnet. " * 20
    assert list(sources_of(write(tmp_path / "a.txt", text.encode("cp1252")))) == [text]


def test_html_stays_bytes(tmp_path):
    page = "<!DOCTYPE html><meta charset=iso-8859-1><p>Zürich</p>".encode("latin-1")
    assert list(sources_of(write(tmp_path / "a.htm", page))) == [page]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Rain.", "text"),
        (b"{curly} text", "text"),
        (b"\n <!DOCTYPE html><p>Rain.", "html"),
        (b'{"text": "Rain."}\n', "jsonl"),
        (b"\xff\xfe" + '{"text": "Rain."}\n'.encode("utf-16-le"), "jsonl"),
    ],
)
def test_kind_is_told_by_content_where_no_name_tells_it(tmp_path, content, kind):
    for item in (*inputs_of("-", stdin=content), *inputs_of(write(tmp_path / "page", content))):
        assert look_into(item).kind == kind


def test_records_are_read_line_by_line(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"text": "One."}\n\n{"text": "Two."}\r\n{"text": "Three."}')
    tasks = list(read_tasks(inputs_of(path)))
    assert [task.record.name for task in tasks] == [f"{path}:{line}" for line in (1, 3, 4)]
    assert sum(task.size for task in tasks) <= path.stat().st_size
    assert list(sources_of(path)) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_records_with_a_byte_order_mark(tmp_path, encoding):
    path = write(tmp_path / "a.jsonl", '{"text": "Ĺubľana ਁ"}\n{"text": "Two."}\n'.encode(encoding))
    assert list(sources_of(path)) == ["Ĺubľana ਁ", "Two."]


def test_records_are_not_read_before_they_are_asked_for():
    class Lines(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            line = b'{"text": "' + b"x" * 1000 + b'"}\n'
            self.given += 1
            size = min(len(line), len(buffer))
            buffer[:size] = line[:size] if size == len(line) else b" " * size
            return size

    endless = Lines()
    tasks = read_tasks(find_inputs(["-"], io.BufferedReader(endless)))
    for _ in range(100):
        next(tasks)
    assert endless.given < 130


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"oops", "not valid JSON"),
        (b'"only a string"', "not a JSON object"),
        (b'{"text": "\xff"}', "not UTF-8 at byte 11"),
        (b'{"story": "Rain.", "id": 3}', "no field html, raw_html, content, text, body, raw_conte"),
        (b'{"text": null}', "the field 'text' is no text but null"),
        (b'{"text": ["a"]}', "the field 'text' is no text but list"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_record_is_said(line, problem):
    outcome = Worker(boilerstrip.Cleaner(), "jsonl")(Record("a.jsonl:1", "json", line))
    assert outcome.problem.startswith(problem)
    assert json.loads(outcome.output)["error"] == outcome.problem


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", bytes(range(256)) * 20, "binary data, which can't be read."),
        ("a.txt.gz", gzip.compress(ARTICLE.encode())[:-12], "the packed data end too early"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "Rain."}\n')[:-9], "the packed data end too early"),
        ("page.gz", gzip.compress(b"Rain.")[:-8] + bytes(8), "the packed data are broken: CRC"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path, name, content, problem):
    path = write(tmp_path / name, content)
    worker = Worker(boilerstrip.Cleaner(), "text")
    outcomes = [worker(task.record) for task in read_tasks(inputs_of(path))]
    assert outcomes[-1].output is None
    assert outcomes[-1].problem.startswith(problem)


def test_file_that_only_calls_itself_packed_is_read(tmp_path):
    assert list(sources_of(write(tmp_path / "page.gz", b"Rain."))) == ["Rain."]


def test_a_few_stray_control_characters_are_still_text(tmp_path):
    text = "Rain\x00 fell.\n" * 3
    assert list(sources_of(write(tmp_path / "a.txt", text))) == [text]


def test_every_problem_says_what_to_do_next():
    errors = (
        *(FileNotFoundError(2, "no"), PermissionError(13, "Permission denied"), EOFError()),
        *(MemoryError(), RecursionError(), KeyError("x"), gzip.BadGzipFile("bad")),
    )
    for error in errors:
        assert problem_of(error).count(". ") >= 1
        assert problem_of(error).endswith(".")


# --- sinks


@pytest.mark.parametrize(
    ("output_format", "content"),
    [
        ("text", "One.\n\nTwo.\n"),
        ("markdown", "One.\n\n---\n\nTwo.\n"),
        ("jsonl", "One.\nTwo.\n"),
    ],
)
def test_documents_in_one_file_stand_apart(tmp_path, output_format, content):
    sink = FileSink(tmp_path / "new" / "out", output_format)
    for output in ("One.\n", "Two.\n"):
        sink.write(task_of(Input("a", "a")), output)
    sink.close(complete=True)
    assert (tmp_path / "new" / "out").read_text() == content
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "out"]


def test_file_without_a_result_stays_as_it_was(tmp_path):
    path = write(tmp_path / "out.txt", "before")
    FileSink(path, "text").close(complete=True)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_replaced_only_when_it_is_whole(tmp_path):
    path = write(tmp_path / "out.txt", "before")
    path.chmod(0o600)
    sink = FileSink(path, "text")
    sink.write(task_of(Input("a", "a")), "after\n")
    assert path.read_text() == "before"
    sink.close(complete=True)
    assert path.read_text() == "after\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_rows_are_there_as_soon_as_they_are_written(tmp_path):
    sink = FileSink(tmp_path / "out.jsonl", "jsonl")
    sink.write(task_of(Input("a", "a")), "{}\n")
    assert (tmp_path / "out.jsonl").read_text() == "{}\n"
    sink.close(complete=True)


def test_file_may_be_packed(tmp_path):
    sink = FileSink(tmp_path / "out.jsonl.gz", "jsonl")
    sink.write(task_of(Input("a", "a")), "{}\n")
    sink.close(complete=True)
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b"{}\n"


def test_device_is_not_replaced():
    sink = FileSink(Path(os.devnull), "text")
    sink.write(task_of(Input("a", "a")), "Rain.\n")
    sink.close(complete=True)
    assert not Path(os.devnull).is_file()


def test_folder_gets_one_file_for_each_document(tmp_path):
    inputs = [Input("in/a.txt", "a.txt"), Input("in/sub/b.jsonl.gz", "sub/b.jsonl.gz")]
    targets, notes = name_targets(inputs, tmp_path, "text")
    sink = FolderSink(tmp_path, targets, "text")
    sink.write(task_of(inputs[0]), "A.\n")
    sink.write(task_of(inputs[1], 1), "B1.\n")
    sink.write(task_of(inputs[1], 3), "B3.\n")
    sink.close(complete=True)
    assert not notes
    assert (tmp_path / "a.txt").read_text() == "A.\n"
    assert (tmp_path / "sub" / "b-000001.txt").read_text() == "B1.\n"
    assert (tmp_path / "sub" / "b-000003.txt").read_text() == "B3.\n"


def test_inputs_that_would_share_a_file_each_get_their_own(tmp_path):
    inputs = [
        *(Input("x/a.html", "a.html"), Input("x/a.txt", "a.txt"), Input("y/a.txt", "a.txt")),
        *(Input("z/a.txt", "a.txt"), Input("x/a.html", "a.html")),
    ]
    targets, notes = name_targets(inputs, tmp_path, "text")
    names = [path.name for path in targets.values()]
    assert names == ["a.txt", "a.txt.txt", "a-2.txt", "a-3.txt"]
    assert len(notes) == 3
    assert notes[0].startswith("x/a.txt: goes to ")


def test_result_that_cannot_be_written_does_not_stop_the_next(tmp_path):
    inputs = [Input("a.txt", "taken/a.txt"), Input("b.txt", "b.txt")]
    write(tmp_path / "taken", "a file where a folder should be")
    sink = FolderSink(tmp_path, name_targets(inputs, tmp_path, "text")[0], "text")
    with pytest.raises(OutputError, match="can't be written"):
        sink.write(task_of(inputs[0]), "A.\n")
    sink.write(task_of(inputs[1]), "B.\n")
    sink.close(complete=True)
    assert (tmp_path / "b.txt").read_text() == "B.\n"


def test_input_is_never_overwritten(tmp_path):
    path = write(tmp_path / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    (tmp_path / "hard.txt").hardlink_to(path)
    inputs = inputs_of(path)
    for name in ("a.txt", "link.txt", "hard.txt", "../" + tmp_path.name + "/a.txt"):
        with pytest.raises(boilerstrip.InputError, match="would be overwritten"):
            refuse_overwriting([tmp_path / name], inputs)
    refuse_overwriting([tmp_path / "new.txt"], inputs)


def test_other_fields_of_a_record_are_never_lost():
    given = {"id": 1, "title": 2, "input": 3, "error": 4, "input_title": 5, "input_input_title": 6}
    free = free_names(given)
    assert sorted(free.values()) == [1, 2, 3, 4, 5, 6]
    assert free["id"] == 1
    row = json.loads(render("a", boilerstrip.clean("Rain."), given, "jsonl"))
    assert {name: row[name] for name in free} == free
    assert row["input"] == "a"
    assert row["error"] is None
    row = error_row("a", "broken", given)
    assert {name: row[name] for name in free} == free
    assert row["error"] == "broken"


def test_lone_surrogate_is_escaped_in_json_and_replaced_in_text():
    article = boilerstrip.clean("Rain \ud800 fell 😀.")
    row = render("a", article, {}, "jsonl")
    assert json.loads(row.encode())["body"] == "Rain \ud800 fell 😀."
    assert to_bytes(render("a", article, {}, "text")).decode() == "Rain \ufffd fell 😀.\n"


def test_stream_is_left_open():
    stream = io.BytesIO()
    sink = StreamSink(stream, "text")
    sink.write(task_of(Input("a", "a")), "Rain.\n")
    sink.close(complete=True)
    assert stream.getvalue() == b"Rain.\n"


# --- runner


class FragileWorker(Worker):
    """Dies, process and all, of a document that says so."""

    def __call__(self, record):
        if record.payload == b"die":
            os._exit(1)
        return super().__call__(record)


def tasks_of(*texts):
    return [Task(Input("a", "a"), Record(f"a:{i}", "text", t)) for i, t in enumerate(texts)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_order(jobs):
    texts = [f"Day {day}.\nAdvertisement\nRain.".encode() for day in range(300)]
    outcomes = list(run(tasks_of(*texts), Worker(boilerstrip.Cleaner(), "text"), jobs))
    assert [task.record.payload for task, _ in outcomes] == texts
    assert [out.output for _, out in outcomes] == [f"Day {day}.\nRain.\n" for day in range(300)]


def test_tasks_are_taken_only_a_little_ahead():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield from tasks_of(b"Rain.")

    outcomes = run(endless(), Worker(boilerstrip.Cleaner(), "text"), 2)
    for _ in range(10):
        next(outcomes)
    outcomes.close()
    assert taken < 1000


def test_process_that_dies_takes_no_other_document_with_it():
    texts = [b"die" if number in (3, 40) else b"Rain." for number in range(50)]
    outcomes = [
        out for _, out in run(tasks_of(*texts), FragileWorker(boilerstrip.Cleaner(), "text"), 2)
    ]
    assert [number for number, out in enumerate(outcomes) if out.problem] == [3, 40]
    assert all("process" in out.problem for out in outcomes if out.problem)
    assert sum(out.output == "Rain.\n" for out in outcomes) == 48


def test_error_of_any_kind_is_one_document_s(monkeypatch):
    article = boilerstrip.clean("Rain.")

    def clean(self, source, url=None):
        if source == "bad":
            raise ZeroDivisionError("oh")
        return article

    monkeypatch.setattr(boilerstrip.Cleaner, "clean", clean)
    worker = Worker(boilerstrip.Cleaner(), "jsonl")
    good, bad, after = (worker(task.record) for task in tasks_of("good", "bad", "good"))
    assert good.problem is after.problem is None
    assert bad.problem.startswith("unexpected ZeroDivisionError: oh.")


def test_url_of_a_record_is_the_article_s():
    line = b'{"text": "Rain.", "url": "https://example.org/a"}'
    row = json.loads(Worker(boilerstrip.Cleaner(), "jsonl")(Record("a:1", "json", line)).output)
    assert row["url"] == row["input_url"] == "https://example.org/a"
