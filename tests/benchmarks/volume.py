"""Many documents through the command and the engines: python volume.py CORPORA --documents 20000

Documents are texts of the corpora, drawn again and again under new ids. Each step says how long it
took, how much CPU all its processes used together, and how large the largest of them grew; -o FILE
gets that as a table, row by row. All is made in a folder of its own, which takes about 30 KB a
document, or twice the largest of --megabytes, and is gone at the end.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from boilerstrip.batch.parquet_sink import ROW_GROUP
from boilerstrip.batch.runner import under_way
from boilerstrip.evaluation.gold import load_corpus

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COUNTED = Path(__file__).parents[1] / "counted.py"
sys.path.append(str(COUNTED.parent))

from counted import begun_again, count_of  # noqa: E402 - a plain module of the tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXTS = ("raw-texts", "fundus-news", "naeb-news")
PAGES = "naeb-news"
COMMAND = [sys.executable, "-m", "boilerstrip", "clean"]
# What two processes may have begun that is not written yet.
UNDER_WAY = under_way(2)
# How many MB more a larger input may make a process.
GROWTH = 40
SPARK = """
import sys
from pyspark.sql import SparkSession
from boilerstrip.integrations.spark import clean_frame
master, source, out = sys.argv[1:]
spark = SparkSession.builder.master(master).config("spark.ui.enabled", False).getOrCreate()
pages = spark.read.parquet(source).repartition(4)
clean_frame(pages, text="text").write.parquet(out)
spark.stop()
"""
DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import C4QualityFilter
from datatrove.pipeline.readers import ParquetReader
from datatrove.pipeline.writers import JsonlWriter
from boilerstrip.integrations.datatrove import Boilerstrip
step, source, out = sys.argv[1:]
if __name__ == "__main__":
    made = {"C4": C4QualityFilter, "boilerstrip": Boilerstrip}[step]()
    steps = [ParquetReader(".", glob_pattern=source), made, JsonlWriter(out)]
    LocalPipelineExecutor(steps, logging_dir=out + ".logs").run()
"""


class Watch:
    """The most memory that one process of a tree has held, in MB, by its command."""

    def __init__(self, root: int) -> None:
        self.peak = 0.0
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self.peak

    def _look(self) -> None:
        while not self._over.wait(0.2):
            for pid in self._tree(self._root):
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                if "Name:\tjava" not in status and "VmHWM:" in status:
                    held = int(status.partition("VmHWM:")[2].split()[0]) / 1024
                    self.peak = max(self.peak, held)

    def _tree(self, pid: int) -> list[int]:
        found = [pid]
        for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                for child in tasks.read_text().split():
                    found += self._tree(int(child))
            except OSError:
                continue
        return found


class Measured(NamedTuple):
    """What running something took: seconds, seconds of CPU, the MB of the largest process."""

    seconds: float
    cpu: float
    peak: float


class Table:
    """What was measured, in Markdown, also in a file as soon as it is there."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lines = ["| what | documents | CPU a document | largest process | seconds |",
                       "|:--|--:|--:|--:|--:|"]  # fmt: skip

    def add(self, what: str, count: int, found: Measured) -> None:
        each = f"{1000 * found.cpu / count:.1f} ms"
        self._lines.append(
            f"| {what} | {count:,} | {each} | {found.peak:.0f} MB | {found.seconds:.0f} |"
        )
        print("  " + self._lines[-1].strip("| ").replace(" | ", ", ") + " s", flush=True)
        if self._path is not None:
            self._path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")


def measured(table: Table, name: str, arguments: list[str], folder: Path, count: int) -> Measured:
    """What it took, after telling that."""
    print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(arguments, cwd=folder, stdout=log, stderr=log, env=environment())
        watch = Watch(process.pid)
        code = process.wait()
        peak = watch.stop()
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if code not in (0, 1):
        print((folder / "log").read_text()[-2000:])
        raise SystemExit(f"{name}: exit status {code}")
    found = Measured(seconds, cpu, peak)
    table.add(name, count, found)
    return found


def environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": root, "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": "127.0.0.1"}  # fmt: skip


def texts_of(corpora: Path) -> list[str]:
    """The texts, of raw texts as they are, of pages the body."""
    pages = [page for name in TEXTS for page in load_corpus(corpora / name).pages]
    return [text for page in pages if (text := page.text or page.body)]


def make(corpora: Path, folder: Path, count: int) -> None:
    chance, texts = random.Random(0), texts_of(corpora)
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    with (
        (folder / "in.jsonl").open("w", encoding="utf-8") as lines,
        pq.ParquetWriter(folder / "in.parquet", schema) as table,
    ):
        for first in range(0, count, ROW_GROUP):
            rows = [{"id": str(number), "text": chance.choice(texts)}
                    for number in range(first, min(first + ROW_GROUP, count))]  # fmt: skip
            lines.writelines(json.dumps(row) + "\n" for row in rows)
            table.write_table(pa.Table.from_pylist(rows, schema))
    size = (folder / "in.jsonl").stat().st_size
    print(f"{count:,} documents, {size / 1e6:.0f} MB, in {folder}", flush=True)


def command(table: Table, folder: Path, count: int) -> None:
    """JSON Lines to Parquet in one process and in two, with the same outcome.

    Two commands side by side, each with half of the documents, show what the two cores have.
    """
    for jobs in ("1", "2"):
        arguments = [*COMMAND, "in.jsonl", "-o", f"out{jobs}.parquet", "-j", jobs]
        measured(table, f"command, JSON Lines to Parquet, `-j {jobs}`", arguments, folder, count)
    check_equal(folder, "out1.parquet", "out2.parquet")
    halves = (folder / "in.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "half1.jsonl").write_bytes(b"".join(halves[: count // 2]))
    (folder / "half2.jsonl").write_bytes(b"".join(halves[count // 2 :]))
    each = f"{shlex.join(COMMAND)} half%d.jsonl -o half%d.parquet -j 1"
    both = f"{each % (1, 1)} & {each % (2, 2)} & wait"
    measured(table, "two commands side by side, `-j 1`", ["sh", "-c", both], folder, count)
    remove(folder, "out*", "half*")


def kill(table: Table, folder: Path, count: int) -> None:
    """Killed three times at random and gone on with: the same outcome as undisturbed."""
    for kind, held in (("jsonl", 0), ("parquet", ROW_GROUP)):
        whole, resumed = f"whole.{kind}", f"resumed.{kind}"
        arguments = [*COMMAND, "in.jsonl", "-o", whole, "-j", "2"]
        measured(table, f"command, JSON Lines to {kind}, `-j 2`", arguments, folder, count)
        killed(table, folder, resumed, count, held)
        if kind == "parquet":
            check_equal(folder, whole, resumed)
        check_same_bytes(folder, whole, resumed)
        remove(folder, "whole*", "resumed*")


def killed(table: Table, folder: Path, out: str, count: int, held: int) -> None:
    """A run to ``out`` that is killed three times, with ``held`` rows in memory at the most."""
    notes = folder / f"{out}.notes"
    arguments = [sys.executable, str(COUNTED), str(notes), "clean", "in.jsonl", "-o", out,
                 "-j", "2", "--resume"]  # fmt: skip
    chance, start = random.Random(1), time.monotonic()
    for number in range(3):
        # Somewhere within the next third of the documents.
        until = (number + chance.random()) * count / 3
        process = subprocess.Popen(arguments, cwd=folder, stderr=subprocess.DEVNULL,
                                   env=environment(), start_new_session=True)  # fmt: skip
        while count_of(notes) < until and process.poll() is None:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        print(f"  killed after {count_of(notes)} documents were begun", flush=True)
    measured(table, f"the rest to {out}, after three kills", arguments, folder, count)
    again, most = begun_again(notes), 3 * (UNDER_WAY + held)
    print(f"  all four together {time.monotonic() - start:.1f} s; {again} documents were cleaned"
          f" again, {most} at the most")  # fmt: skip
    if again > most:
        raise SystemExit(f"{out}: {again} documents were cleaned again")


def check_same_bytes(folder: Path, one: str, other: str) -> None:
    if (folder / one).read_bytes() != (folder / other).read_bytes():
        raise SystemExit(f"{one} and {other} differ")
    print(f"  {one} and {other} have the same bytes", flush=True)


def check_equal(folder: Path, one: str, other: str) -> None:
    """Rows and schema are; so no row is missing, half or doubled."""
    mine, theirs = pq.read_table(folder / one), pq.read_table(folder / other)
    if not mine.schema.equals(theirs.schema, check_metadata=True) or not mine.equals(theirs):
        raise SystemExit(f"{one} and {other} differ")
    print(f"  {one} and {other} have the same schema and {mine.num_rows:,} equal rows", flush=True)


def size(table: Table, folder: Path, megabytes: list[int]) -> None:
    """Inputs of some sizes in every format: the larger one makes no process larger."""
    for kind, write in INPUTS.items():
        peaks = []
        for number in sorted(megabytes):
            (folder / "large").mkdir()
            write(folder / "large", number)
            size = sum(path.stat().st_size for path in (folder / "large").iterdir())
            name = f"{number:,} MB of {kind} to Parquet, `-j 2`"
            print(f"  {size / 1e6:,.0f} MB on the disk", flush=True)
            arguments = [*COMMAND, "large", "-o", "large.parquet", "-j", "2", "--overwrite"]
            arguments += ["--text-field", "text"]
            peaks.append(measured(table, name, arguments, folder, number).peak)
            remove(folder, "large*")
        if peaks[-1] > peaks[0] + GROWTH:
            raise SystemExit(f"{kind}: {peaks[0]:.0f} MB grow to {peaks[-1]:.0f} MB")


def wide_rows(megabytes: int) -> Iterator[dict[str, str]]:
    """Rows of a MB, nearly all of it in a column that passes through."""
    words = [str(number) for number in range(100_000)]
    chance = random.Random(0)
    for number in range(megabytes):
        rest = " ".join(chance.choices(words, k=1_000)) + " "
        yield {"text": f"Rain on day {number}.", "rest": rest * (1_000_000 // len(rest))}


def write_lines(folder: Path, megabytes: int, opened: Callable[..., IO[str]], name: str) -> None:
    with opened(folder / name, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in wide_rows(megabytes))


def write_csv(folder: Path, megabytes: int) -> None:
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "rest"])
        writer.writeheader()
        writer.writerows(wide_rows(megabytes))


def write_parquet(folder: Path, megabytes: int) -> None:
    """In row groups of 20 MB; a page of a column is read whole, whoever reads it."""
    schema = pa.schema([("text", pa.string()), ("rest", pa.string())])
    rows = wide_rows(megabytes)
    options = {"compression": "none", "use_dictionary": False}
    with pq.ParquetWriter(folder / "in.parquet", schema, **options) as file:
        while group := [*itertools.islice(rows, 20)]:
            file.write_table(pa.Table.from_pylist(group, schema))


def write_warc(folder: Path, megabytes: int) -> None:
    script = b"x = 1;\n" * (1_000_000 // 7)
    with (folder / "in.warc").open("wb") as file:
        for number in range(megabytes):
            page = b"<html><body><p>Rain on day %d.</p><script>%s</script>" % (number, script)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(http)
            file.write(head + http + b"\r\n\r\n")


def write_texts(folder: Path, megabytes: int) -> None:
    for number in range(10 * megabytes):
        text = f"Rain on day {number}.\n{' ' * 100_000}\nSun."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def spark(table: Table, folder: Path, count: int) -> None:
    (folder / "spark.py").write_text(SPARK)
    for cores in ("local[1]", "local[2]"):
        out = f"spark-{cores[6]}"
        arguments = [sys.executable, "spark.py", cores, "in.parquet", out]
        measured(table, f"Spark, {cores}", arguments, folder, count)
        rows = pq.read_table(folder / out).num_rows
        if rows != count:
            raise SystemExit(f"Spark made {rows} rows")


def datatrove(table: Table, folder: Path, count: int) -> None:
    (folder / "trove.py").write_text(DATATROVE)
    for step in ("C4", "boilerstrip"):
        arguments = [sys.executable, "trove.py", step, "in.parquet", f"trove-{step}"]
        measured(table, f"datatrove, {step}", arguments, folder, count)


def html(table: Table, corpora: Path, folder: Path, count: int) -> None:
    """A folder of pages, by this command and by trafilatura's."""
    pages = [page for page in load_corpus(corpora / PAGES).pages if page.html is not None][:count]
    (folder / "pages").mkdir()
    for number, page in enumerate(pages):
        data = Path(page.html).read_bytes()
        data = gzip.decompress(data) if str(page.html).endswith(".gz") else data
        (folder / "pages" / f"{number}.html").write_bytes(data)
    program = str(Path(sys.executable).with_name("trafilatura"))
    theirs = [program, "--parallel", "1", "--input-dir", "pages", "--output-dir", "theirs"]
    measured(table, "trafilatura, a folder of HTML", theirs, folder, len(pages))
    ours = [*COMMAND, "pages", "-o", "ours/", "-j", "1"]
    measured(table, "command, a folder of HTML", ours, folder, len(pages))


def remove(folder: Path, *patterns: str) -> None:
    for path in [path for pattern in patterns for path in folder.glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


INPUTS: dict[str, Callable[[Path, int], None]] = {
    "JSON Lines": lambda folder, number: write_lines(folder, number, open, "in.jsonl"),
    "JSON Lines in gzip": lambda folder, number: write_lines(
        folder, number, gzip.open, "in.jsonl.gz"
    ),
    "JSON Lines in zstd": lambda folder, number: write_lines(
        folder, number, zstd.open, "in.jsonl.zst"
    ),
    "CSV": write_csv,
    "Parquet": write_parquet,
    "WARC": write_warc,
    "text": write_texts,
}
STEPS = {"command": command, "kill": kill, "spark": spark, "datatrove": datatrove}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [*STEPS, "size", "html"]
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[200, 400])
    parser.add_argument("--steps", nargs="+", default=names, choices=names)
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    table, folder = Table(given.output), Path(tempfile.mkdtemp(prefix="volume-"))
    try:
        if {*given.steps} & {*STEPS}:
            make(given.corpora, folder, given.documents)
        for step in given.steps:
            if step == "html":
                html(table, given.corpora, folder, given.documents)
            elif step == "size":
                size(table, folder, given.megabytes)
            else:
                STEPS[step](table, folder, given.documents)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
