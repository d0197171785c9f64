"""Cleans a stream of tasks, in this process or in several, and keeps their order."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from boilerstrip.batch.columns import Fields, find, parse_object, take, without_article
from boilerstrip.batch.naming import ROWS
from boilerstrip.batch.sinks import error_row, render, to_line
from boilerstrip.batch.sources import DOCUMENTS, problem_of, read_document
from boilerstrip.batch.tally import tally
from boilerstrip.errors import BoilerstripError, InputError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from types import FrameType

    from boilerstrip.article import Article
    from boilerstrip.batch.containers import Record
    from boilerstrip.batch.sinks import Output
    from boilerstrip.batch.sources import Task
    from boilerstrip.cleaner import Cleaner

# A process is handed several tasks at a time, and several handfuls wait for each.
_HANDFUL = 32
_HANDFUL_BYTES = 1 << 18
_HANDFULS_WAITING = 3
_DIED = "the process that cleaned it died. Give it more memory, or split the document."

_DIED_OR_LATE = (
    "the process that cleaned it died, or took far longer than {:g} seconds. Give it more memory or"
    " a longer --timeout, or split the document."
)


class LateError(BoilerstripError):
    """A document that takes too long."""


class Outcome(NamedTuple):
    """What became of a record: what is to be written, if anything, and what is to be said of it.

    ``problem`` is what went wrong, ``passed`` why it was not to be cleaned; ``empty`` is an article
    without a body. ``notes`` are remarks on the record that hold for others too. ``title`` is what
    the record calls itself, for the name of its file, ``tally`` what was taken out of it.
    """

    output: Output | None
    problem: str | None = None
    passed: str | None = None
    empty: bool = False
    notes: tuple[str, ...] = ()
    title: str | None = None
    tally: dict[str, Any] | None = None


class Cleaned(NamedTuple):
    """The article of a record, and what is to be said about where in it the article was."""

    article: Article
    notes: tuple[str, ...]


class Worker:
    """Turns records into outcomes; goes to other processes.

    ``name_by`` is the path of the column by which a record calls itself.
    """

    def __init__(
        self,
        cleaner: Cleaner,
        output_format: str,
        fields: Fields | None = None,
        name_by: str | None = None,
        record: str = "compact",
    ) -> None:
        self._cleaner = cleaner
        self._format = output_format
        self._fields = fields or Fields()
        self._name_by = name_by
        self._record = record

    def __call__(self, record: Record) -> Outcome:
        """The outcome for one document; an error of any kind is its own, never its neighbours'."""
        if record.passed is not None:
            return Outcome(None, passed=record.passed)
        columns: dict[str, Any] = {}
        title: str | None = None
        started = time.perf_counter()
        try:
            columns = read_columns(record)
            title = self._title(columns)
            article, notes = clean_record(record, columns, self._cleaner, self._fields)
            if record.typed:
                columns = {}  # they go by on the side
            output = self.render(record, article, columns)
            done = tally(article, time.perf_counter() - started)
            return Outcome(output, None, None, not article.body, notes, title, done)
        except Exception as error:  # noqa: BLE001 - one document must not end a run of millions
            return self.failure(record, problem_of(error), columns)._replace(title=title)

    def render(self, record: Record, article: Article, columns: dict[str, Any]) -> Output:
        """What is to be written of an article."""
        return render(record.name, article, columns, self._format, self._record)

    def failure(self, record: Record, problem: str, columns: dict[str, Any]) -> Outcome:
        """The outcome for a document that could not be cleaned."""
        if self._format not in ROWS:
            return Outcome(None, problem)
        others = {} if record.typed else without_article(columns, self._fields)
        row = error_row(record.name, problem, others)
        return Outcome(to_line(row) if self._format == "jsonl" else row, problem)

    def _title(self, columns: dict[str, Any]) -> str | None:
        title = find(columns, self._name_by) if self._name_by else None
        return str(title) if isinstance(title, str | int) else None


def read_columns(record: Record) -> dict[str, Any]:
    """The columns of a record; none for a document that is a file of its own.

    Raises:
        InputError: if the record can't be read.

    """
    if record.problem is not None or record.kind != "json":
        return dict(record.columns)
    return parse_object(record.payload or b"")


def clean_record(
    record: Record, columns: dict[str, Any], cleaner: Cleaner, fields: Fields
) -> Cleaned:
    """The article of the record; if a column holds it, that is taken out of ``columns``.

    Raises:
        InputError: if there is nothing in it to clean.
        OSError: if its file can't be read.

    """
    if record.problem is not None:
        raise InputError(record.problem)
    if record.kind in DOCUMENTS:
        url = columns.get("url")
        return Cleaned(cleaner.clean(read_document(record), url), ())
    taken = take(columns, fields)
    return Cleaned(cleaner.clean(taken.source, taken.url), taken.notes)


def run(
    tasks: Iterable[Task], worker: Worker, jobs: int, timeout: float | None = None
) -> Generator[tuple[Task, Outcome]]:
    """Each task with its outcome, in order; tasks are taken only a little ahead of their turn.

    What takes longer than ``timeout`` seconds fails.
    """
    if jobs == 1 and timeout is None:
        for task in tasks:
            yield task, worker(task.record)
        return
    pool = _Pool(worker, jobs, timeout)
    try:
        yield from pool.run(tasks)
    finally:
        pool.stop()


def under_way(jobs: int) -> int:
    """How many documents so many processes may have begun at most that aren't written yet."""
    return (_HANDFULS_WAITING * jobs + 1) * _HANDFUL


class _Pool:
    """Processes that each have the worker; one that dies is replaced.

    The tasks that were at hand when a process died are done again, each alone in a process, so
    that only the one of which it dies fails.
    """

    def __init__(self, worker: Worker, jobs: int, timeout: float | None) -> None:
        self._worker = worker
        self._timeout = timeout
        self._jobs = jobs
        # Not forked: the progress bar runs in a thread, which a fork does not survive.
        self._context = multiprocessing.get_context("spawn")
        # The processes stop when no more can come from here, be it closed or this process gone.
        self._stopped, self._going = self._context.Pipe(duplex=False)
        self._executor = self._start(jobs)
        self._careful: ProcessPoolExecutor | None = None

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        waiting: deque[tuple[list[Task], Future[list[Outcome]]]] = deque()
        for handful in _handfuls(tasks):
            waiting.append((handful, self._submit(handful)))
            if len(waiting) > _HANDFULS_WAITING * self._jobs:
                yield from self._outcomes(*waiting.popleft())
        while waiting:
            yield from self._outcomes(*waiting.popleft())

    def stop(self) -> None:
        """End the processes, amid the document at hand."""
        self._going.close()
        self._executor.shutdown(cancel_futures=True)
        if self._careful is not None:
            self._careful.shutdown(cancel_futures=True)
        self._stopped.close()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        arguments = (self._worker, self._stopped, self._timeout)
        with _signals_held():
            return ProcessPoolExecutor(jobs, self._context, _set_up, arguments)

    def _submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        try:
            return _send(self._executor, tasks)
        except BrokenProcessPool:
            self._executor.shutdown(cancel_futures=True)
            self._executor = self._start(self._jobs)
            return _send(self._executor, tasks)

    def _outcomes(
        self, tasks: Sequence[Task], future: Future[list[Outcome]]
    ) -> Iterator[tuple[Task, Outcome]]:
        try:
            outcomes: Iterable[Outcome] = future.result()
        except BrokenProcessPool:
            outcomes = map(self._alone, tasks)
        yield from zip(tasks, outcomes, strict=True)

    def _alone(self, task: Task) -> Outcome:
        if self._careful is None:
            self._careful = self._start(1)
        try:
            return _send(self._careful, [task]).result()[0]
        except BrokenProcessPool:
            self._careful.shutdown()
            self._careful = None
            died = _DIED if self._timeout is None else _DIED_OR_LATE.format(self._timeout)
            return self._worker.failure(task.record, died, {})


def _send(executor: ProcessPoolExecutor, tasks: Sequence[Task]) -> Future[list[Outcome]]:
    with _signals_held():  # a process may be started here
        return executor.submit(_work, [task.record for task in tasks])


@contextmanager
def _signals_held() -> Iterator[None]:
    """A Ctrl-C or hang-up meanwhile counts afterwards; where that can't be had, at once.

    Processes that are started meanwhile don't get them at all. Not so SIGTERM: by that the pool
    ends what is left of it when one of its processes dies.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Worker
_timeout: float | None
_working = False
_stopping = threading.Event()


def _set_up(worker: Worker, stopped: Connection, timeout: float | None) -> None:
    """Make a new process ready; Ctrl-C is for the one that started it."""
    global _worker, _timeout  # a process of a pool has nowhere else to keep them
    _timeout = timeout
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _be_late)
    threading.Thread(target=_watch, args=(stopped,), daemon=True).start()
    _worker = worker


def _watch(stopped: Connection) -> None:
    """Stop the work when the process that gave it says so, and end when that one does."""
    connection.wait([stopped])
    _stopping.set()
    if hasattr(signal, "SIGALRM"):
        os.kill(os.getpid(), signal.SIGALRM)
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
    os._exit(1)


def _work(records: Sequence[Record]) -> list[Outcome]:
    global _working  # for the signal, which finds nothing else
    outcomes: list[Outcome] = []
    _working = True
    try:
        for record in records:
            if _stopping.is_set():
                break  # nobody waits for them
            outcomes.append(_worker(record) if _timeout is None else _in_time(record, _timeout))
    finally:
        _working = False
    return outcomes


def _in_time(record: Record, timeout: float) -> Outcome:
    """The outcome for one document, a failure if it takes longer.

    A signal ends it wherever Python looks for one. Code that never does ends with its process,
    after a while more.
    """
    faulthandler.dump_traceback_later(2 * timeout + 1, exit=True, file=_nowhere())
    try:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, timeout)
        try:
            return _worker(record)
        finally:
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)
    except LateError as error:
        return _worker.failure(record, str(error), {})
    finally:
        faulthandler.cancel_dump_traceback_later()


def _be_late(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """End the document at hand: it takes too long, or nobody waits for it any more."""
    if _stopping.is_set():
        if _working:
            raise LateError("the run is stopped.")
        return
    raise LateError(
        f"takes longer than {_timeout:g} seconds. Give a longer --timeout, or split the document."
    )


@lru_cache(1)
def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _handfuls(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    handful: list[Task] = []
    size = 0
    for task in tasks:
        handful.append(task)
        size += _size(task)
        if len(handful) == _HANDFUL or size >= _HANDFUL_BYTES:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def _size(task: Task) -> int:
    """About how many bytes the task holds, and what is still to be read for it."""
    record = task.record
    if record.payload is not None:
        size = len(record.payload)
    else:
        size = sum(len(value) for value in record.columns.values() if isinstance(value, str))
    return (size or task.size) + (task.rest.size if task.rest is not None else 0)
