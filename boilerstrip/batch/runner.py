"""Cleans a stream of tasks, in this process or in several, and keeps their order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from boilerstrip.batch.sinks import error_row, render
from boilerstrip.batch.sources import problem_of, read_fields, take_source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from boilerstrip.article import Article
    from boilerstrip.batch.sources import Payload, Task
    from boilerstrip.cleaner import Cleaner

# A process is handed several tasks at a time, and several handfuls wait for each.
_HANDFUL = 32
_HANDFUL_BYTES = 1 << 18
_HANDFULS_WAITING = 3
_DIED = "the process that cleaned it died. Give it more memory, or split the document."


class Outcome(NamedTuple):
    """What became of a payload: what is to be written, if anything, and what went wrong."""

    output: str | None
    problem: str | None = None


class Worker:
    """Turns payloads into outcomes; goes to other processes."""

    def __init__(
        self,
        cleaner: Cleaner,
        output_format: str,
        text_field: str = "text",
        record: str = "compact",
    ) -> None:
        self._cleaner = cleaner
        self._format = output_format
        self._field = text_field
        self._record = record

    def __call__(self, payload: Payload) -> Outcome:
        """The outcome for one document; an error of any kind is its own, never its neighbours'."""
        given: dict[str, Any] = {}
        try:
            given = read_fields(payload)
            article = clean_payload(payload, given, self._cleaner, self._field)
            return Outcome(render(payload.name, article, given, self._format, self._record))
        except Exception as error:  # noqa: BLE001 - one document must not end a run of millions
            return self.failure(payload, problem_of(error), given)

    def failure(self, payload: Payload, problem: str, given: dict[str, Any]) -> Outcome:
        """The outcome for a document that could not be cleaned."""
        row = error_row(payload.name, problem, given) if self._format == "jsonl" else None
        return Outcome(row, problem)


def clean_payload(
    payload: Payload, fields: dict[str, Any], cleaner: Cleaner, text_field: str
) -> Article:
    """The article of the payload, whose text is taken out of ``fields`` if it is a record."""
    source = take_source(payload, fields, text_field)
    url = fields.get("url")
    return cleaner.clean(source, url if isinstance(url, str) else None)


def run(tasks: Iterable[Task], worker: Worker, jobs: int) -> Generator[tuple[Task, Outcome]]:
    """Each task with its outcome, in order; tasks are taken only a little ahead of their turn."""
    if jobs == 1:
        for task in tasks:
            yield task, worker(task.payload)
        return
    pool = _Pool(worker, jobs)
    try:
        yield from pool.run(tasks)
    finally:
        pool.stop()


class _Pool:
    """Processes that each have the worker; one that dies is replaced.

    The tasks that were at hand when a process died are done again, each alone in a process, so
    that only the one of which it dies fails.
    """

    def __init__(self, worker: Worker, jobs: int) -> None:
        self._worker = worker
        self._jobs = jobs
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
        self._executor.shutdown(cancel_futures=True)
        if self._careful is not None:
            self._careful.shutdown(cancel_futures=True)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        # Not forked: the progress bar runs in a thread, which a fork does not survive.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, context, _set_up, (self._worker,))

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
            return self._worker.failure(task.payload, _DIED, {})


def _send(executor: ProcessPoolExecutor, tasks: Sequence[Task]) -> Future[list[Outcome]]:
    with _interrupts_held():  # a process that is started here has them held for good
        return executor.submit(_work, [task.payload for task in tasks])


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A Ctrl-C meanwhile counts afterwards; where that can't be had, at once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Worker


def _set_up(worker: Worker) -> None:
    """Make a new process ready; Ctrl-C is for the one that started it."""
    global _worker  # a process of a pool has nowhere else to keep it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = worker


def _work(payloads: Sequence[Payload]) -> list[Outcome]:
    return [_worker(payload) for payload in payloads]


def _handfuls(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    handful: list[Task] = []
    size = 0
    for task in tasks:
        handful.append(task)
        size += len(task.payload.data or "") or task.size
        if len(handful) == _HANDFUL or size >= _HANDFUL_BYTES:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful
