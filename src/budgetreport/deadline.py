"""A limit on computing: a runaway expression, search or file becomes an exception instead of a hang.

Seconds of the processor, not of the clock: what is refused does not depend on how busy the machine is. A search
with a regular expression can be stopped too, since it lets signals through. Where the system has no such timer
(Windows), and outside the main thread, nothing is limited here; the sandbox's counts hold everywhere.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN = 1.0
"""Seconds after which it is raised again, should a library have swallowed it."""


class OverdueError(BaseException):
    """The time is up. No Exception: libraries that try everything must not swallow it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"超过了{seconds:g}秒")


_running = False


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OverdueError after so many seconds of computing. Within another deadline that one holds alone."""
    global _running  # noqa: PLW0603 - the process has one such timer
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if _running or not able:
        yield
        return

    def ring(*_of: object) -> None:
        raise OverdueError(seconds)

    before = signal.signal(signal.SIGVTALRM, ring)
    _running = True
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        _running = False
