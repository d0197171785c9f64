"""Soak and kill tests, which take their time: ``python -m tests.soak --minutes 10``.

Kills runs of all kinds at random moments by random signals, fills their disks, and lets long inputs
of every kind flow through them, and checks each time what is left: old files as they were, no
draft, no process, whole rows in order, flat memory. Ends with exit status 1 at the first fault, and
says how to repeat it.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from containers import CONTAINERS, to_lines  # noqa: E402 - a plain module beside this one

FORMATS = ("out.jsonl", "out.jsonl.gz", "out.txt", "folder", "-")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
# Of how many MiB more a longer input may make a process.
GROWTH = 20
# A disk that is full after so many bytes. A limit on the size of files would also hit what others
# write, as the model that tells languages does.
FULL = """
import errno, os, sys
import boilerstrip.cli.clean
from boilerstrip.cli import main

left, write = int(sys.argv.pop(1)), os.write

def limited(descriptor, data):
    global left
    if left < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    left -= len(data)
    return write(descriptor, data)

if __name__ == "__main__":
    os.write = limited
    main()
"""
FLOW = """
import re, sys
from boilerstrip.cli import main
try:
    main(sys.argv[1:])
finally:
    peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
    print("peak", peak[1], file=sys.stderr)
"""


class FaultError(Exception):
    """Something is not as promised."""


def check(holds: bool, what: str) -> None:
    if not holds:
        raise FaultError(what)


def rows_in(data: bytes, packed: bool) -> list[dict[str, object]]:
    if packed:
        data = gzip.decompress(data)
    check(not data or data.endswith(b"\n"), "the last row is cut")
    return [json.loads(line) for line in data.splitlines()]


def processes_of(group: int) -> list[str]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = status.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(process_group) == group and state not in "ZX":
            found.append(status.parent.name)
    return found


def kill_once(folder: Path, source: Path, chance: random.Random) -> str:
    """What was done: a run that is killed, and nothing to find fault with."""
    name, jobs = chance.choice(FORMATS), chance.choice((1, 2))
    sent, delay = chance.choice(SIGNALS), chance.uniform(0.3, 4)
    old, group = chance.random() < 0.5, chance.random() < 0.3
    full = name.startswith("out.") and chance.random() < 0.2
    told = (
        f"{name}, {jobs} jobs, {sent.name} after {delay:.2f} s, old {old}, group {group}, {full=}"
    )
    out = folder / "o" / name
    out.parent.mkdir(parents=True)
    arguments = ["clean", str(source), "--jobs", str(jobs), "--overwrite"]
    arguments += ["-o", "-" if name == "-" else str(out), "--name-by", "id"][
        : 4 if name == "folder" else 2
    ]
    if old and name.startswith("out."):
        out.write_bytes(b"before")
    program = ["-c", FULL, str(chance.randrange(1000, 500_000))] if full else ["-m", "boilerstrip"]

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with (folder / "stdout").open("wb") as stdout, (folder / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, *program, *arguments], cwd=ROOT, stdout=stdout,
            stderr=stderr, start_new_session=True, preexec_fn=prepare,
        )  # fmt: skip
        time.sleep(delay)
        (os.killpg if group else os.kill)(process.pid, sent)
        code = process.wait(60)
    messages = (folder / "stderr").read_text()
    check("Traceback" not in messages or code < 0, f"{told}: a traceback:\n{messages}")
    started = "Interrupted" in messages
    if sent != signal.SIGKILL and started:
        check(code == 128 + sent, f"{told}: exit status {code}:\n{messages}")
    until = time.monotonic() + 20
    while left := processes_of(process.pid):
        check(time.monotonic() < until, f"{told}: processes {left} are left")
        time.sleep(0.1)
    look_at_rest(folder, out, old=old, told=told, code=code)
    return told


def look_at_rest(folder: Path, out: Path, *, old: bool, told: str, code: int) -> None:
    files = sorted(path for path in out.parent.rglob("*") if path.is_file())
    # What a run notes of itself is for one that goes on with it, and may be cut.
    journals = [path for path in files if path.name.endswith(".resume")]
    check(len(journals) <= 1, f"{told}: {journals} are left")
    files = [path for path in files if path not in journals]
    drafts = [path.name for path in files if path.name.startswith(".boilerstrip-")]
    check(not drafts, f"{told}: {drafts} is left")
    if out.name == "folder":
        for path in files:
            check(path.read_bytes().endswith(b"\n"), f"{told}: {path.name} is cut")
        return
    if old and out.name.startswith("out."):
        check(out.read_bytes() == b"before", f"{told}: the old file is gone")
        return
    if out.name == "out.txt":
        check(not out.exists(), f"{told}: a part of a text is left")
    path = folder / "stdout" if out.name == "-" else out
    if out.name == "-" and code < 0:
        return  # what a killed process sent by halves is not to be helped
    if out.name != "out.txt" and path.exists():
        try:
            rows = rows_in(path.read_bytes(), path.suffix == ".gz")
        except (ValueError, EOFError) as error:
            raise FaultError(f"{told}: {error}") from error
        ids = [row["id"] for row in rows]
        check(ids == list(range(len(ids))), f"{told}: rows are missing")


def kill_again_and_again(until: float, chance: random.Random) -> int:
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "in.jsonl"
        text = "The ferry left at noon.\nAdvertisement\n" + "It came back in the rain at six. " * 60
        source.write_bytes(to_lines({"id": n, "text": f"Day {n}. {text}"} for n in range(60_000)))
        for number in itertools.count(1):
            folder = Path(name) / "run"
            folder.mkdir()
            print(f"  {number}: {kill_once(folder, source, chance)}", flush=True)
            shutil.rmtree(folder)
            if time.monotonic() > until:
                return number
    return 0


def peak_of(name: str, data: bytes, times: int, jobs: int) -> tuple[int, int]:
    """How large the process grew, in MiB, and how many rows it wrote."""
    process = subprocess.Popen(
        [sys.executable, "-c", FLOW, "clean", "-", "--format", "jsonl", "--jobs", str(jobs)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    feeder = os.fork()
    if feeder == 0:
        process.stdout.close()
        head, body, foot = parts_of(name, data)
        process.stdin.write(head)
        for number in range(times):
            process.stdin.write(b"," * (name == "a.json" and number > 0) + body)
        process.stdin.write(foot)
        process.stdin.close()
        os._exit(0)
    process.stdin.close()
    rows = sum(1 for _ in process.stdout)
    messages = process.stderr.read().decode()
    os.waitpid(feeder, 0)
    check(process.wait() == 0, f"{name}: exit status {process.returncode}:\n{messages[-500:]}")
    return int(messages.split()[-1]) // 1024, rows


def parts_of(name: str, data: bytes) -> tuple[bytes, bytes, bytes]:
    """What comes first, what may come again and again, what comes last."""
    if name == "a.json":
        return b"[", data.strip()[1:-1], b"]"
    if name in ("a.csv", "a.tsv"):
        head, _, body = data.partition(b"\r\n")
        return head + b"\r\n", body, b""
    return b"", data, b""


def flow(until: float) -> int:
    for number, (name, make) in enumerate(itertools.cycle(CONTAINERS.items()), 1):
        data, jobs = make(300), 1 + number % 2
        short, _ = peak_of(name, data, 1, jobs)
        long, rows = peak_of(name, data, 12, jobs)
        check(rows == 3600, f"{name}: {rows} rows of 3600")
        check(long - short < GROWTH, f"{name}: {short} MiB for 300 records, {long} MiB for 3600")
        print(
            f"  {name}, {jobs} jobs: {short} MiB for 300 records, {long} MiB for 3600", flush=True
        )
        if time.monotonic() > until and number >= len(CONTAINERS):
            return number
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=4, help="about how long (default: 4)")
    parser.add_argument("--seed", type=int, default=None, help="to repeat a run")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    start = time.monotonic()
    print(f"seed {seed}")
    try:
        print("kill:")
        kills = kill_again_and_again(start + given.minutes * 40, random.Random(seed))
        print("flow:")
        flows = flow(start + given.minutes * 60)
    except FaultError as fault:
        print(f"FAULT: {fault}\nRepeat with --seed {seed}.")
        sys.exit(1)
    print(f"{kills} runs killed, {flows} inputs flowed through, no fault.")


if __name__ == "__main__":
    main()
