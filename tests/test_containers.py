import gzip
import io
import json
import random
import zipfile

import pytest
from click.testing import CliRunner
from containers import CONTAINERS, PACKERS, PAGE, pages, records, text_of, to_csv, to_lines, to_warc

from boilerstrip.batch.columns import Fields, Number, parse_object, take, to_json, without_article
from boilerstrip.batch.containers import split_values
from boilerstrip.batch.look import look
from boilerstrip.batch.unpack import opened
from boilerstrip.cleaner import Cleaner
from boilerstrip.cli import main
from boilerstrip.errors import InputError
from boilerstrip.readers import read
from boilerstrip.schema import NAMES

RANDOM = random.Random(5).randbytes(3000)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + RANDOM[:300]


@pytest.fixture(autouse=True, scope="module")
def one_cleaner():
    """All runs share a cleaner: to make one takes as long as the rest of a run."""
    cleaner = Cleaner()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("boilerstrip.cli.clean.make_cleaner", lambda *_: cleaner)
        yield


def clean(*arguments, stdin=None):
    return CliRunner().invoke(main, ["clean", *map(str, arguments)], input=stdin)


def rows_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def last_line(result):
    return result.stderr.splitlines()[-1]


# --- what is read


@pytest.mark.parametrize("packer", ["", *PACKERS])
@pytest.mark.parametrize("name", CONTAINERS)
def test_each_record_is_one_document(tmp_path, name, packer):
    data = CONTAINERS[name](5)
    path = tmp_path / (name + packer)
    path.write_bytes(PACKERS[packer](data) if packer else data)
    for result in (clean(path), clean("-", stdin=path.read_bytes())):
        rows = rows_of(result)
        assert result.exit_code == 0
        assert last_line(result) == "5 cleaned."
        assert [row["url"] for row in rows] == [f"https://e.org/{n}" for n in range(5)]
        assert all(f"The ferry {n} left at noon" in row["body"] for n, row in enumerate(rows))
        assert not any("Advertisement" in row["body"] for row in rows)


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("name", ["page.html", "page", "page.txt"])
def test_packed_page_is_one_document(tmp_path, name, packer):
    path = tmp_path / f"{name}{packer}"
    path.write_bytes(PACKERS[packer](PAGE.format(1).encode()))
    for result in (clean(path), clean("-", stdin=path.read_bytes()), clean(tmp_path)):
        assert result.exit_code == 0
        assert "The ferry 1 left" in result.stdout
        assert "<p>" not in result.stdout
        assert last_line(result) == "1 cleaned."


def test_what_is_packed_twice_is_unpacked_twice_but_not_for_ever(tmp_path):
    data = b"Rain."
    for _ in range(2):
        data = gzip.compress(data)
    assert clean("-", stdin=data).stdout == "Rain.\n"
    for _ in range(3):
        data = gzip.compress(data)
    result = clean("-", stdin=data)
    assert result.exit_code == 1
    assert "packed within packed" in result.stderr


def test_members_of_gzip_after_each_other_are_all_read():
    lines = to_lines(records(4)).splitlines(keepends=True)
    result = clean("-", stdin=b"".join(map(gzip.compress, lines)))
    assert [row["id"] for row in rows_of(result)] == [0, 1, 2, 3]


@pytest.mark.parametrize("packer", PACKERS)
def test_what_comes_before_a_cut_is_kept_and_the_cut_is_told(packer):
    data = to_lines(records(3000))
    packed = PACKERS[packer](data)
    result = clean("-", stdin=packed[: len(packed) * 3 // 4])
    assert result.exit_code == 1
    good = [row for row in rows_of(result) if row["error"] is None]
    assert [row["id"] for row in good] == list(range(len(good)))
    assert good or packer == ".bz2"  # its blocks are larger than these data
    assert "the packed data end too early. Fetch the file again." in result.stderr
    assert last_line(result).endswith(" failed.")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl"])
def test_byte_order_mark(tmp_path, name, encoding):
    path = tmp_path / name
    path.write_text(CONTAINERS[name](3).decode().replace("noon", "nööń ਁ"), encoding)
    for result in (clean(path), clean("-", stdin=path.read_bytes())):
        assert ["nööń ਁ" in row["body"] for row in rows_of(result)] == [True] * 3


# --- CSV


def test_csv_cells_may_hold_quotes_commas_and_line_ends(tmp_path):
    path = tmp_path / "a.csv"
    rows = records(3)
    rows[1]["note"] = 'He said: "a, b;\r\nand c".'
    rows = [{"note": "", **row} for row in rows]
    path.write_bytes(to_csv(rows))
    found = rows_of(clean(path))
    assert [row["note"] for row in found] == ["", rows[1]["note"], ""]
    assert [row["input"] for row in found] == [f"{path}:{line}" for line in (2, 5, 9)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_bytes(to_csv(records(3), delimiter))
    assert [row["id"] for row in rows_of(clean(path))] == ["0", "1", "2"]
    assert [row["id"] for row in rows_of(clean("-", stdin=path.read_bytes()))] == ["0", "1", "2"]


def test_cells_may_be_larger_than_what_is_looked_at():
    long = [{"id": n, "html": PAGE.format("x" * 300_000)} for n in range(3)]
    for data in (to_csv(long), to_csv(long, quoting=1), to_csv([row | {"z": 1} for row in long])):
        result = clean("-", stdin=data)
        assert [row["id"] for row in rows_of(result)] == ["0", "1", "2"]
        assert result.exit_code == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"7,too,many,cells", "4 cells where the header has 3."),
        (b"7,few", "2 cells where the header has 3."),
        (b'7,u,"quoted" and not', "not valid CSV"),
        (b"7,u,\xff", "not UTF-8."),
    ],
)
def test_bad_row_of_a_csv_costs_only_itself(line, problem):
    good = to_csv(records(2))
    result = clean("-", stdin=good + line + b"\r\n8,u,Rain.\r\n")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert [row.get("id") for row in rows_of(result)] == ["0", "1", None, "8"]
    assert last_line(result) == "3 cleaned, 1 failed."


def test_quote_that_is_never_closed_is_no_silent_end():
    result = clean("-", stdin=to_csv(records(3)) + b'3,u,"Rain\n' + b"4,u,Snow\n" * 9)
    assert result.exit_code == 1
    assert "not valid CSV: unexpected end of data" in result.stderr


def test_columns_of_one_name_and_of_none_are_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(",text,tag,tag\n0,Rain.,a,b\n")
    [row] = rows_of(clean(path))
    assert (row["column_1"], row["tag"], row["tag_4"]) == ("0", "a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "Rain, rain and more rain fell.\nIt fell, as it does, on the town.\n",
        "Rain, snow\nIce, wind\nSun, fog\n",
        "Text, body and soul\nA, B and C\n",
        "text,more text,\nshort\n",
        "He came; he saw; he won.\nThen he left; nobody knows why.\n",
        "a|b|c is how a table is drawn.\n| x | y |\n",
        "rain,wind\n",
        "[Editor's note: this is old.] Rain fell.\n",
        "[1] The first note.\n[2] The second note.\n",
        "{{ a template }} was left in.\n",
        '{"a": 1} is how JSON begins, she said.\n',
        "WARC/1.0 is a format.\n",
        "PK and MZ are initials. BM, too. GIF89a is a format. ORCs are not.\n",
        "RIFF raff; OTTO and ID3 sat down.\n",
        "<p> is a tag, and <rss> another.\n",
        "From: the mayor\nTo: all\nRain fell.\n",
    ],
)
def test_text_that_only_looks_like_something_is_text(tmp_path, text):
    names = ["a.txt", "a.md"] if text.startswith('{"') else ["-", "a.txt", "a.md", "a"]
    for name in names:
        assert look(text.encode(), name).kind == "text", name
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert clean(path).exit_code == 0


def test_prose_in_a_csv_is_text_and_a_csv_without_header_is_refused(tmp_path):
    prose, headless = tmp_path / "prose.csv", tmp_path / "headless.csv"
    prose.write_text("The ferry left at noon, and it was late.\nIt came back.\n")
    headless.write_text('1,"The ferry left at noon. It was late.",x\n2,"It came back.",y\n')
    assert "It came back." in clean(prose).stdout
    result = clean(headless)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a CSV whose first line is no header" in result.stderr


def test_header_may_be_long_where_it_names_the_article(tmp_path):
    path = tmp_path / "a.csv"
    question = "What do you think of the ferry that goes to the island every day?"
    path.write_bytes(to_csv([{question: "Well.", "text": text_of(1)}]))
    [row] = rows_of(clean(path))
    assert row[question] == "Well."


def test_explain_reads_records_too(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(to_csv(records(3))))
    result = CliRunner().invoke(main, ["explain", str(path)])
    assert result.exit_code == 0
    assert result.stdout.count("[-Advertisement-]") == 3
    assert result.stderr.count("The article is read from 'text'.") == 1


# --- JSON


def test_object_over_several_lines_is_one_record(tmp_path):
    one = json.dumps({"text": text_of(1), "tags": [{"a": "}"}]}, indent=2)
    (tmp_path / "one.json").write_text(one)
    (tmp_path / "two.json").write_text(f"{one}\n{one}\n")
    assert [len(rows_of(clean(tmp_path / name))) for name in ("one.json", "two.json")] == [1, 2]
    assert rows_of(clean("-", stdin=one))[0]["tags"] == [{"a": "}"}]


def test_element_of_an_array_that_is_no_object_costs_only_itself():
    result = clean("-", stdin=b'[{"text": "A."}, 7, {"text": "B."}, {"text": bad}, {"text": "C."}]')
    assert [row["error"] is not None for row in rows_of(result)] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert last_line(result) == "3 cleaned, 2 failed."


@pytest.mark.parametrize("end", [b"", b',{"text": "cut', b',{"text": "cut"}'])
def test_array_that_does_not_end_is_told(end):
    result = clean("-", stdin=b'[{"text": "A."}' + end)
    assert result.exit_code == 1
    assert rows_of(result)[0].get("body") == "A." or end == b""
    assert "the JSON ends before its array does" in result.stderr


def test_values_are_split_wherever_what_is_read_ends():
    data = rb'[{"a": "x\\\"]}", "b": [1, {"c": "\\"}]}, "d,e" , [[]],{}, -1.5e3]' + b" " * 9
    values = [rb'{"a": "x\\\"]}", "b": [1, {"c": "\\"}]}', b'"d,e"', b"[[]]", b"{}", b"-1.5e3"]
    for step in (1, 2, 3, 7, 1000):
        stream = io.BytesIO(data)
        assert list(split_values(lambda size, s=stream, n=step: s.read(min(size, n)))) == values


def test_array_is_read_as_it_is_asked_for():
    given = 0

    def endless(size):
        nonlocal given
        given += 1
        return b"[" if given == 1 else b'{"text": "' + b"x" * 1000 + b'"},'

    values = split_values(endless)
    for _ in range(100):
        next(values)
    assert given < 105


# --- WARC


def test_what_is_no_page_in_a_warc_is_passed_over_with_its_reason(tmp_path):
    path = tmp_path / "a.warc.gz"
    page = PAGE.format(1).encode()
    path.write_bytes(
        gzip.compress(
            to_warc(
                ("https://e.org/1", "text/html; charset=utf-8", page),
                ("https://e.org/2", "image/png", PNG),
                ("https://e.org/3", "text/html", page, "404 Not Found"),
                ("https://e.org/4", "text/plain", text_of(4).encode()),
                ("https://e.org/5", "text/html", RANDOM),
            )
        )
    )
    result = clean(path)
    rows = rows_of(result)
    assert [row["input_url"] for row in rows] == [f"https://e.org/{n}" for n in (1, 4, 5)]
    assert [row["input"] for row in rows] == [f"{path}:{n}" for n in (2, 5, 6)]
    assert "binary data" in rows[2]["error"]
    assert result.exit_code == 1
    summary = "2 cleaned, 2 skipped (1 neither HTML nor text, 1 HTTP status 404), 1 failed."
    assert last_line(result) == summary


def test_page_in_a_warc_is_decoded_as_its_header_says():
    page = PAGE.format("Ťuhýk źdźbło").encode("iso-8859-2")
    packed = "Content-Encoding: gzip"
    for body, *headers in ((page,), (gzip.compress(page), packed)):
        warc = to_warc(("https://e.org/1", "text/html; charset=ISO-8859-2", body, *headers))
        assert "Ťuhýk źdźbło" in rows_of(clean("-", stdin=warc))[0]["body"]


def test_text_of_a_crawl_is_read():
    wet = to_warc(("https://e.org/1", "text/plain", text_of(1).encode()), kind="conversion")
    [row] = rows_of(clean("-", stdin=wet))
    assert row["body"].startswith("The ferry 1 left at noon.")
    assert row["url"] == "https://e.org/1"


@pytest.mark.parametrize("cut", [0.5, 0.75, 0.9])
def test_warc_that_is_cut_gives_what_comes_before(cut):
    warc = pages(6)
    result = clean("-", stdin=warc[: int(len(warc) * cut)])
    rows = rows_of(result)
    assert result.exit_code == 1
    assert [row["url"] for row in rows if row["body"] is not None] == [
        f"https://e.org/{n}" for n in range(len(rows) - 1)
    ]
    assert "the WARC ends within a record. Fetch the file again." in result.stderr


def test_bytes_that_are_no_record_cost_only_themselves():
    warc = pages(1)
    broken = warc.replace(b"Content-Length: ", b"Content-Length: x")
    result = clean("-", stdin=warc + b"garbage\r\n\r\nmore\r\n" + warc + broken + warc)
    rows = rows_of(result)
    assert result.exit_code == 1
    assert sum(row["body"] is not None for row in rows) == 3
    assert "bytes between two records that are none." in result.stderr
    assert "its Content-Length is 'x" in result.stderr


def test_chunks_of_a_response_are_put_together():
    page = PAGE.format(1).encode()
    chunks = (
        b"".join(b"%x;a=b\r\n%s\r\n" % (len(p), p) for p in (page[:9], page[9:])) + b"0\r\n\r\n"
    )
    for body in (chunks, page):  # some archives put them together and keep the header
        warc = to_warc(("https://e.org/", "text/html", body, "Transfer-Encoding: chunked"))
        assert "The ferry 1 left at noon" in rows_of(clean("-", stdin=warc))[0]["body"]


def test_packed_response_that_is_cut_is_a_failure():
    body = gzip.compress(PAGE.format(1).encode())[:-20]
    warc = to_warc(("https://e.org/", "text/html", body, "Content-Encoding: gzip"))
    result = clean("-", stdin=warc + pages(1))
    assert [row["error"] is not None for row in rows_of(result)] == [True, False]
    assert "its packed content ends too early." in result.stderr


# --- what is refused


def zipped():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", text_of(1))
    return stream.getvalue()


REFUSED = {
    "a.zip": (zipped(), "a zip archive"),
    "a.docx": (zipped(), "a zip archive"),
    "a.arrow": (b"ARROW1\0\0" + bytes(100), "an Arrow file"),
    "a.sqlite": (b"SQLite format 3\0" + bytes(100), "an SQLite database"),
    "a.7z": (b"7z\xbc\xaf\x27\x1c\0\4" + RANDOM, "a 7z archive"),
    "a.tar": (b"a.txt".ljust(257, b"\0") + b"ustar\0" + bytes(500), "a tar archive"),
    "a.tgz": (
        gzip.compress(b"a.txt".ljust(257, b"\0") + b"ustar\0" + bytes(500)),
        "a tar archive",
    ),
    "a.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + RANDOM, "a PDF"),
    "a.rtf": (b"{\\rtf1\\ansi Rain fell.}", "a Rich Text document"),
    "a.mhtml": (
        b"From: <Saved by Blink>\r\nSubject: Rain\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n--x\r\n',
        "an MHTML archive",
    ),
    "feed.xml": (b'<?xml version="1.0"?>\n<rss version="2.0"><channel>', "a feed or site map"),
    "random.html": (RANDOM, "binary data"),
    "random.txt": (RANDOM, "binary data"),
    "random": (RANDOM, "binary data"),
    "nul.html": (bytes(5000), "binary data"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_cure(tmp_path, name):
    data, what = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    for result in (clean(tmp_path / name), clean("-", stdin=data), clean(tmp_path)):
        assert result.exit_code == 1
        [row] = [json.loads(line) for line in result.stdout.splitlines()] or [{}]
        assert "body" not in row
        assert f": {what}" in result.stderr
        message = result.stderr.splitlines()[0]
        assert message.endswith(".")
        assert ", which can't be read. " in message
        assert last_line(result) == "0 cleaned, 1 failed."


MEDIA = {
    "a.png": PNG,
    "a.html": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + RANDOM,
    "a.webp": b"RIFF\0\0\1\0WEBP" + RANDOM,
    "a.mp4": b"\0\0\0\x20ftypisom" + RANDOM,
    "a.woff2": b"wOF2\0\1\0\0" + RANDOM,
    "a.exe": b"MZ\x90\0" + RANDOM,
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text>Rain</text></svg>',
    "a.css": b"body { color: red }\n",
    "a.js": b"function a() { return 1; }\n",
}


@pytest.mark.parametrize("name", MEDIA)
def test_what_holds_no_article_is_passed_over_in_a_folder_and_refused_alone(tmp_path, name):
    (tmp_path / name).write_bytes(MEDIA[name])
    (tmp_path / "b.txt").write_text(text_of(1))
    result = clean(tmp_path)
    assert result.exit_code == 0
    assert len(rows_of(result)) == 1
    assert result.stderr.startswith(f"{tmp_path / name}: skipped, ")
    assert last_line(result).startswith("1 cleaned, 1 skipped (1 ")
    alone = clean(tmp_path / name)
    assert (alone.exit_code, alone.stdout) == (1, "")
    assert "which can't be read" in alone.stderr


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1251", "koi8-r", "gb18030"])
def test_text_in_no_encoding_is_taken_for_binary(name, encoding):
    text = {"cp1251": "Паром ушёл в полдень. ", "koi8-r": "Паром ушёл в полдень. "}
    data = (text.get(encoding, "渡船中午出发了。") * 300).encode(encoding)
    assert look(data[:20_000], name).kind == ("html" if name == "a.html" else "text")


# --- folders


def test_every_page_of_a_folder_is_read_whatever_it_is_called(tmp_path):
    names = ("index", "story", "page.php", "page.aspx", "a.xhtml", "a.shtml", "keep.html", "p?id=3")
    for name in names:
        (tmp_path / name).write_text(PAGE.format(name))
    (tmp_path / "r.json").write_bytes(to_lines(records(1)))
    (tmp_path / "d.csv").write_bytes(to_csv(records(2)))
    result = clean(tmp_path)
    assert result.exit_code == 0
    assert last_line(result) == f"{len(names) + 3} cleaned."


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.warc", "a.jsonl.gz"])
def test_each_record_gets_a_file_in_a_folder(tmp_path, name):
    data = CONTAINERS[name.removesuffix(".gz")](3)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    result = clean(tmp_path / name, "-o", tmp_path / "out")
    assert result.exit_code == 0
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 3
    assert all(file.name.startswith("a-00000") and file.suffix == ".txt" for file in files)
    assert [f"The ferry {n} " in file.read_text() for n, file in enumerate(files)] == [True] * 3


def test_files_of_records_are_named_by_a_field_made_safe(tmp_path):
    names = ["a/b", "../../etc/passwd", "a/b", "", None, "x" * 300, "Zürich 5°", 7, "nul", "A/B"]
    rows = [{"text": f"Rain {n}.", "meta": {"id": name}} for n, name in enumerate(names)]
    (tmp_path / "a.jsonl").write_bytes(to_lines(rows))
    out = tmp_path / "out"
    result = clean(tmp_path / "a.jsonl", "-o", out, "--name-by", "meta.id")
    assert result.exit_code == 0
    assert {file.stem: file.read_text() for file in out.iterdir()} == {
        "a-b": "Rain 0.\n",
        "etc-passwd": "Rain 1.\n",
        "a-b-2": "Rain 2.\n",
        "a-000004": "Rain 3.\n",
        "a-000005": "Rain 4.\n",
        "x" * 120: "Rain 5.\n",
        "Zürich-5": "Rain 6.\n",
        "7": "Rain 7.\n",
        "_nul": "Rain 8.\n",
        "A-B": "Rain 9.\n",
    }
    assert (
        list(tmp_path.iterdir()) == [tmp_path / "a.jsonl", out]
        or len(list(tmp_path.iterdir())) == 2
    )


def test_rows_of_one_input_stay_together_in_json_lines_unless_named(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(to_lines(records(3)))
    assert clean(tmp_path / "a.jsonl", "-o", tmp_path / "o", "--format", "jsonl").exit_code == 0
    assert [file.name for file in (tmp_path / "o").iterdir()] == ["a.jsonl"]
    assert len((tmp_path / "o" / "a.jsonl").read_text().splitlines()) == 3
    arguments = ("-o", tmp_path / "p", "--format", "jsonl", "--name-by", "id")
    assert clean(tmp_path / "a.jsonl", *arguments).exit_code == 0
    names = sorted(file.name for file in (tmp_path / "p").iterdir())
    assert names == ["0.jsonl", "1.jsonl", "2.jsonl"]


def test_name_by_needs_a_folder(tmp_path):
    result = clean("-o", tmp_path / "a.txt", "--name-by", "id", stdin="Rain.")
    assert result.exit_code == 2
    assert "--name-by names the files of a folder." in result.stderr


# --- fields


@pytest.mark.parametrize("name", ["html", "raw_html", "content", "text", "body", "raw_content"])
@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
def test_article_is_found_and_its_field_named_once(name, case):
    column = case(name)
    data = to_lines({"id": n, column: text_of(n), "LINK": "https://e.org/"} for n in range(5))
    result = clean("-", stdin=data)
    assert [row["url"] for row in rows_of(result)] == ["https://e.org/"] * 5
    assert not any(column in row for row in rows_of(result) if column != "body")
    assert result.stderr.splitlines() == [
        f"The article is read from {column!r}. --text-field or --html-field names another.",
        "The address is read from 'LINK'. --url-field names another.",
        "5 cleaned.",
    ]


def test_html_comes_before_text_where_a_record_has_both_and_none_is_passed_through():
    columns = {"text": "Rain.", "html": "<p>Snow.</p>", "id": 1}
    assert take(columns, Fields()).source == "<p>Snow.</p>"
    assert columns == {"text": "Rain.", "id": 1}
    assert take({"text": "Rain.", "html": None}, Fields()).source == "Rain."
    assert take({"text": "Rain.", "html": " "}, Fields(text="text", html="html")).source == "Rain."
    assert take({"text": "Rain.", "html": "<p>Snow."}, Fields(text="text")).source == "Rain."


def test_field_may_lie_within_another_or_have_a_dot_in_its_name():
    columns = {"page": {"html": "<p>Snow.</p>", "at": {"u": "https://e.org/"}}, "a.b": "Rain."}
    taken = take(columns, Fields(html="page.html", url="page.at.u"))
    assert (taken.source, taken.url, taken.notes) == ("<p>Snow.</p>", "https://e.org/", ())
    assert columns == {"page": {"at": {"u": "https://e.org/"}}, "a.b": "Rain."}
    assert take(columns, Fields(text="a.b")).source == "Rain."


def test_html_field_is_html_though_it_has_no_tag_and_a_text_field_is_not():
    line = {"h": "Tom &amp; Jerry left."}
    assert read(take(dict(line), Fields(html="h")).source).document.text == "Tom & Jerry left."
    assert read(take(dict(line), Fields(text="h")).source).document.text == line["h"]


@pytest.mark.parametrize(
    ("line", "arguments", "message"),
    [
        ('{"page": {"html": "x"}, "id": 1}', (), "there are: 'page', 'id'."),
        ('{"page": {"html": "x"}}', ("--html-field", "page.htm"), "no field 'page.htm'; there are"),
        ('{"text": null}', (), "the field 'text' is no text but null."),
        ('{"text": ["a"]}', ("--text-field", "text"), "the field 'text' is no text but list."),
    ],
)
def test_what_is_wrong_with_a_field_is_said(line, arguments, message):
    result = clean("-", *arguments, stdin=line + "\n")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Name the article's field with --text-field or --html-field." in result.stderr


def test_twenty_records_that_fail_alike_at_the_start_stop_the_run(tmp_path):
    out = tmp_path / "out.jsonl"
    data = to_lines({"id": n, "page": "x" * 2000} for n in range(500))
    result = clean("-", "-o", out, stdin=data)
    assert result.exit_code == 1
    assert not out.exists()
    assert result.stderr.splitlines()[0].startswith("The first 20 records all failed: no field ")
    assert last_line(result) == "0 cleaned, 20 failed."


def test_what_is_passed_over_is_no_start(tmp_path):
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "a.css").write_text("a { color: red }\n")
    (tmp_path / "b.jsonl").write_bytes(to_lines({"id": n} for n in range(500)))
    result = clean(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    skipped = "2 skipped (1 hidden, 1 a stylesheet or program)"
    assert last_line(result) == f"0 cleaned, {skipped}, 20 failed."


def test_nineteen_that_fail_alike_do_not_stop_the_run():
    bad = to_lines({"id": n, "page": "x" * 2000} for n in range(19))
    result = clean("-", stdin=bad + to_lines(records(2)) + bad * 2)
    assert result.exit_code == 1
    rows = rows_of(result)
    assert [row["id"] for row in rows] == [*range(19), 0, 1, *range(19), *range(19)]
    assert last_line(result) == "2 cleaned, 57 failed."


def test_twenty_files_that_fail_alike_do_not_stop_the_run(tmp_path):
    for number in range(25):
        (tmp_path / f"a{number}.zip").write_bytes(zipped())
    (tmp_path / "b.txt").write_text("Rain.")
    assert last_line(clean(tmp_path)) == "1 cleaned, 25 failed."


def test_row_of_an_error_does_not_carry_what_may_be_the_article():
    long = "x" * 2000
    rows = [
        {"id": 1, "html": None, "note": "kept"},
        {"id": 2, "story": long, "page": {"raw": long}, "url": "https://e.org/"},
    ]
    found = rows_of(clean("-", stdin=to_lines([*rows, *records(1)])))
    columns = {"input", "error", *NAMES}
    assert set(found[0]) - columns == {"id", "note"}
    assert set(found[1]) - columns == {"id", "input_url"}
    assert long not in json.dumps(found)
    assert without_article({"p": {"h": "x"}, "id": 1}, Fields(html="p.h")) == {"id": 1}


# --- rows that pass through


def test_numbers_keep_their_value():
    big = "9" * 5000
    line = (
        f'{{"z": 1e400, "text": "Rain.", "a": {big}, "f": 0.1000000000000000055511151231257827, '
        f'"n": {{"y": [-1e400, {big}, 1.10, 7], "x": null}}, "t": 1e-400, "e": 1E5}}\n'
    )
    [row] = clean("-", stdin=line).stdout.splitlines()
    given = row[row.index('"z": 1e400') : -1]
    assert given == (
        f'"z": 1e400, "a": {big}, "f": 0.1000000000000000055511151231257827, '
        f'"n": {{"y": [-1e400, {big}, 1.1, 7], "x": null}}, "t": 1e-400, "e": 100000.0'
    )


def strict(line):
    """The line read by a parser that takes only JSON."""

    def refuse(constant):
        raise ValueError(constant)

    return json.loads(line, parse_constant=refuse, parse_int=str)


def test_what_is_written_is_json_whatever_came_in():
    line = '{"text": "Rain.", "a": NaN, "b": [Infinity, {"c": -Infinity}], "d": "\\ud800"}\n'
    row = strict(clean("-", stdin=line).stdout)
    assert (row["a"], row["b"], row["d"]) == (None, [None, {"c": None}], "\ud800")
    assert to_json({"a": float("inf"), "b": [float("nan"), Number("1e400")]}) == (
        '{"a": null, "b": [null, 1e400]}'
    )


@pytest.mark.parametrize(
    "text", ["0", "-0", "0.1", "1e3", "123456789012345678901234567890", "1e23"]
)
def test_plain_numbers_are_numbers(text):
    value = parse_object(f'{{"n": {text}}}')["n"]
    assert isinstance(value, int | float)
    assert value == json.loads(text)


def test_order_of_the_fields_stays():
    names = ["z", "text", "a", "M", "0", "b"]
    [row] = rows_of(clean("-", stdin=json.dumps(dict.fromkeys(names, "Rain."))))
    assert [name for name in row if name in names and name != "text"] == ["z", "a", "M", "0", "b"]


# --- what is looked at


def test_long_name_of_a_packed_file_is_told_by_what_is_in_it(tmp_path):
    path = tmp_path / "crawl.csv.gz"
    path.write_bytes(gzip.compress(to_csv(records(2))))
    with opened(str(path)) as content:
        assert look(content.head, path.name).kind == "csv"
        assert content.stream.read() == to_csv(records(2))


def test_summary_counts_what_is_empty(tmp_path):
    (tmp_path / "a.txt").write_text("Advertisement\n")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("Rain.")
    (tmp_path / ".d").write_text("")
    assert last_line(clean(tmp_path)) == "1 cleaned, 2 empty, 1 skipped (1 hidden)."


def test_error_class_is_one():
    with pytest.raises(InputError, match="not a JSON object"):
        parse_object("[1]")
