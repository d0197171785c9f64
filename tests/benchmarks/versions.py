"""Two versions of the package in turns: python versions.py OLD_TREE NEW_TREE CORPUS ...

The trees are checkouts. CPU time, least of three, and the new version's by the old one's:
of ``boilerstrip clean`` on a short text, of the first ``clean()`` of a process, with and without
imports; then, warm, of 200 bodies of articles as text and of 100 pages, document by document in
turns, with the share of documents whose body and fields are the same. What a version has prepared
of its rules is used: run ``python -m boilerstrip.rules`` in both.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 3
TEXTS, PAGES = 200, 100
SHORT = """\
The council met on Monday evening to vote on the new bridge across the river, after two years of \
debate about its cost and its effect on the old harbour.
Advertisement
Engineers had warned that the old one would not carry heavy traffic for another winter. They asked \
for a decision before the first frost, and they got it.
"""
FIRST = """
import sys, time
text = open(sys.argv[1]).read()
start = time.process_time()
import boilerstrip
imported = time.process_time()
boilerstrip.clean(text)
print(imported - start, time.process_time() - imported)
"""
# Reads names of files, cleans each, and answers with the time and a digest of what came out.
WORKER = """
import hashlib, json, sys, time
from pathlib import Path
import boilerstrip
cleaner = boilerstrip.Cleaner()
for line in sys.stdin:
    file = Path(line.strip())
    source = file.read_text("utf-8") if file.suffix == ".txt" else file.read_bytes()
    start = time.thread_time()
    article = cleaner.clean(source)
    spent = time.thread_time() - start
    made = [article.body, article.title, article.authors, str(article.date), article.language]
    print(json.dumps([spent, hashlib.sha256(repr(made).encode()).hexdigest()]), flush=True)
"""


def environment(tree: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(tree).resolve())}


def command_seconds(tree: str, file: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "boilerstrip", "clean", str(file)]
    subprocess.run(command, cwd=tree, env=environment(tree), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_seconds(tree: str, file: Path) -> list[float]:
    """The seconds of importing the package, and of the first text."""
    command = [sys.executable, "-c", FIRST, str(file)]
    run = subprocess.run(command, env=environment(tree), capture_output=True, text=True, check=True)
    return [float(word) for word in run.stdout.split()]


def show(name: str, old: float, new: float, note: str = "") -> None:
    print(
        f"{name:34} {1000 * old:9.2f} ms {1000 * new:9.2f} ms {new / old:6.2f} x {note}", flush=True
    )


def compare_cold(trees: list[str], folder: Path) -> None:
    short = folder / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    spent: list[list[tuple[float, ...]]] = [[], []]
    for _ in range(ROUNDS):
        for each, tree in zip(spent, trees, strict=True):
            imported, first = first_seconds(tree, short)
            each.append((command_seconds(tree, short), imported + first, first))
    for number, name in enumerate(("the command", "import and first text", "first text")):
        show(name, *(min(row[number] for row in each) for each in spent))


def compare_warm(name: str, trees: list[str], files: list[Path]) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER],
            cwd=tree,  # comes before PYTHONPATH
            env=environment(tree),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for tree in trees
    ]

    def ask(worker: subprocess.Popen[str], file: Path) -> tuple[float, str]:
        worker.stdin.write(f"{file}\n")
        worker.stdin.flush()
        return tuple(json.loads(worker.stdout.readline()))

    for worker in workers:
        for file in files[:20]:  # warm up
            ask(worker, file)
    least, same = [], 0
    for file in files:
        rounds = [[ask(worker, file) for worker in workers] for _ in range(ROUNDS)]
        least.append([min(one[n][0] for one in rounds) for n in range(2)])
        same += rounds[0][0][1] == rounds[0][1][1]
    for worker in workers:
        worker.stdin.close()
        worker.wait()
    old, new = (statistics.fmean(column) for column in zip(*least, strict=True))
    show(name, old, new, f"same {same} of {len(files)}")


def main(old: str, new: str, *corpora: str) -> None:
    from boilerstrip.evaluation.gold import load_corpus
    from boilerstrip.evaluation.run import read_source

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare_cold([old, new], folder)
        texts, pages = [], []
        for page in (page for corpus in corpora for page in load_corpus(corpus).pages):
            if page.body and 1000 <= len(page.body) <= 8000 and len(texts) < TEXTS:
                texts.append(folder / f"{len(texts)}.txt")
                texts[-1].write_text(page.body, encoding="utf-8")
            raw = read_source(page, None).raw
            if isinstance(raw, bytes) and len(pages) < PAGES:
                pages.append(folder / f"{len(pages)}.html")
                pages[-1].write_bytes(raw)
        compare_warm("bodies as text", [old, new], texts)
        compare_warm("pages", [old, new], pages)


if __name__ == "__main__":
    main(*sys.argv[1:])
