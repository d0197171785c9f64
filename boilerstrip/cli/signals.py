"""What a signal does to a command."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
# How long a command may take to put its things in order, in seconds.
_PATIENCE = 15.0


class Interruption(KeyboardInterrupt):
    """A command is to end; ``code`` is its exit status."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Meanwhile Ctrl-C, SIGTERM and a hang-up raise an ``Interruption``; a second one ends at once.

    What is ignored, as by nohup, stays so. In another thread than the first nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.getsignal(one) for one in _ENDING}
    ours = {one: old for one, old in before.items() if old != signal.SIG_IGN}
    for one in ours:
        signal.signal(one, _interrupt)
    try:
        yield
    finally:
        for one, old in ours.items():
            signal.signal(one, old)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    code = 128 + number
    for one in _ENDING:
        if signal.getsignal(one) is _interrupt:
            signal.signal(one, lambda *_: os._exit(code))
    # Processes that were killed amid their work may leave us waiting for the rest of it.
    last = threading.Timer(_PATIENCE, os._exit, (code,))
    last.daemon = True
    last.start()
    raise Interruption(code)


def silence_stdout() -> None:
    """Let what is still to be written go nowhere: nobody reads it any more."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
