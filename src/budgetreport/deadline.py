"""Limits on computing and memory: a runaway expression, search or file raises instead of hanging.

Seconds of the processor, not of the clock: what is refused does not depend on how busy the machine is. A search
with a regular expression can be stopped too, since it lets signals through. Where the system has no such timer
(Windows), and outside the main thread, nothing is limited here; the sandbox's counts hold everywhere.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def within_memory(more: int) -> Iterator[None]:
    """Raise MemoryError where more bytes than that are asked for; nothing on systems that cannot limit it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows

        held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = held + more
    if soft not in (-1, resource.RLIM_INFINITY) and soft < bound:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
