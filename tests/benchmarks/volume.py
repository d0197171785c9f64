"""Many documents through the command and the engines: python volume.py CORPORA --documents 20000

Documents are texts of the corpora, drawn again and again under new ids. Each step says how long it
took, how much CPU all its processes used together, and how large the largest of them grew.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from boilerstrip.batch.parquet_sink import ROW_GROUP
from boilerstrip.batch.runner import under_way
from boilerstrip.evaluation.gold import load_corpus

COUNTED = Path(__file__).parents[1] / "counted.py"
sys.path.append(str(COUNTED.parent))

from counted import begun_again, count_of  # noqa: E402 - a plain module of the tests

TEXTS = ("raw-texts", "fundus-news", "naeb-news")
PAGES = "naeb-news"
COMMAND = [sys.executable, "-m", "boilerstrip", "clean"]
# What two processes may have begun that is not written yet.
UNDER_WAY = under_way(2)
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


def measured(name: str, arguments: list[str], folder: Path, count: int) -> float:
    """The seconds that it took, after telling them."""
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
    print(
        f"{name:34} {count:7,} documents {seconds:7.1f} s {cpu:7.1f} s CPU"
        f" {1000 * cpu / count:6.2f} ms CPU each, peak {peak:5.0f} MB",
        flush=True,
    )
    return seconds


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
    rows = [{"id": str(number), "text": chance.choice(texts)} for number in range(count)]
    with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
    pq.write_table(pa.Table.from_pylist(rows), folder / "in.parquet")
    size = (folder / "in.jsonl").stat().st_size
    print(f"{count:,} documents, {size / 1e6:.0f} MB", flush=True)


def command(folder: Path, count: int) -> None:
    """JSON Lines to Parquet in one process and in two, with the same outcome."""
    for jobs in ("1", "2"):
        arguments = [*COMMAND, "in.jsonl", "-o", f"out{jobs}.parquet", "-j", jobs]
        measured(f"command, -j {jobs}", arguments, folder, count)
    check_equal(folder, "out1.parquet", "out2.parquet")


def kill(folder: Path, count: int) -> None:
    """Killed three times at random and gone on with: the same outcome as undisturbed."""
    for kind, held in (("jsonl", 0), ("parquet", ROW_GROUP)):
        whole, resumed = f"whole.{kind}", f"resumed.{kind}"
        arguments = [*COMMAND, "in.jsonl", "-o", whole, "-j", "2"]
        measured(f"command, -j 2, to {kind}", arguments, folder, count)
        killed(folder, resumed, count, held)
        if kind == "parquet":
            check_equal(folder, whole, resumed)
        check_same_bytes(folder, whole, resumed)


def killed(folder: Path, out: str, count: int, held: int) -> None:
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
        print(f"killed after {count_of(notes)} documents were begun", flush=True)
    measured(f"command, -j 2, the rest to {out}", arguments, folder, count)
    again, most = begun_again(notes), 3 * (UNDER_WAY + held)
    print(f"all four together {time.monotonic() - start:.1f} s; {again} documents were cleaned"
          f" again, {most} at the most")  # fmt: skip
    if again > most:
        raise SystemExit(f"{out}: {again} documents were cleaned again")


def check_same_bytes(folder: Path, one: str, other: str) -> None:
    if (folder / one).read_bytes() != (folder / other).read_bytes():
        raise SystemExit(f"{one} and {other} differ")
    print(f"{one} and {other} have the same bytes", flush=True)


def check_equal(folder: Path, one: str, other: str) -> None:
    """Rows and schema are; so no row is missing, half or doubled."""
    mine, theirs = pq.read_table(folder / one), pq.read_table(folder / other)
    if not mine.schema.equals(theirs.schema, check_metadata=True) or not mine.equals(theirs):
        raise SystemExit(f"{one} and {other} differ")
    print(f"{one} and {other} have the same schema and {mine.num_rows:,} equal rows", flush=True)


def size(folder: Path, count: int) -> None:
    """1 GB of each format in, most of it in a column that passes through."""
    rows = pq.read_table(folder / "in.parquet").to_pylist() * (1000 // count + 1)
    rows = [dict(row) for row in rows[:1000]]
    filler = "Rain on the pier. " * 64
    for row in rows:
        row["text"] = row["text"][:200]
        row["rest"] = filler * (1_000_000_000 // len(rows) // len(filler))
    for kind in ("jsonl", "csv", "parquet"):
        path = folder / f"large.{kind}"
        write(path, rows)
        arguments = [*COMMAND, path.name, "-o", f"{kind}.parquet", "-j", "2"]
        arguments += ["--text-field", "text"]
        measured(f"1 GB of {kind} to Parquet, -j 2", arguments, folder, len(rows))
        path.unlink()


def write(path: Path, rows: list[dict[str, str]]) -> None:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, compression="none", use_dictionary=False)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            file.writelines(json.dumps(row) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(file, [*rows[0]])
            writer.writeheader()
            writer.writerows(rows)


def spark(folder: Path, count: int) -> None:
    (folder / "spark.py").write_text(SPARK)
    for cores in ("local[1]", "local[2]"):
        out = f"spark-{cores[6]}"
        arguments = [sys.executable, "spark.py", cores, "in.parquet", out]
        measured(f"Spark, {cores}", arguments, folder, count)
        rows = pq.read_table(folder / out).num_rows
        if rows != count:
            raise SystemExit(f"Spark made {rows} rows")


def datatrove(folder: Path, count: int) -> None:
    (folder / "trove.py").write_text(DATATROVE)
    for step in ("C4", "boilerstrip"):
        arguments = [sys.executable, "trove.py", step, "in.parquet", f"trove-{step}"]
        measured(f"datatrove, {step}", arguments, folder, count)


def html(corpora: Path, folder: Path, count: int) -> None:
    """A folder of pages, by this command and by trafilatura's."""
    pages = [page for page in load_corpus(corpora / PAGES).pages if page.html is not None][:count]
    (folder / "pages").mkdir()
    for number, page in enumerate(pages):
        data = Path(page.html).read_bytes()
        data = gzip.decompress(data) if str(page.html).endswith(".gz") else data
        (folder / "pages" / f"{number}.html").write_bytes(data)
    program = str(Path(sys.executable).with_name("trafilatura"))
    theirs = [program, "--parallel", "1", "--input-dir", "pages", "--output-dir", "theirs"]
    measured("trafilatura, a folder of HTML", theirs, folder, len(pages))
    ours = [*COMMAND, "pages", "-o", "ours/", "-j", "1"]
    measured("command, a folder of HTML", ours, folder, len(pages))


STEPS = {"command": command, "kill": kill, "size": size, "spark": spark, "datatrove": datatrove}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--steps", nargs="+", default=[*STEPS, "html"], choices=[*STEPS, "html"])
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="volume-"))
    try:
        make(given.corpora, folder, given.documents)
        for step in given.steps:
            if step == "html":
                html(given.corpora, folder, given.documents)
            else:
                STEPS[step](folder, given.documents)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
