"""Ctrl-C and SIGTERM wait while files are put in place: they are heard between two steps, never within one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_HELD = (signal.SIGINT, signal.SIGTERM)

Pause = Callable[[], None]


@contextmanager
def uninterrupted() -> Iterator[Pause]:
    """Within, the signals are only noted. Calling what this gives lets their own handlers see them, and raise.

    What is noted last is handed on at the end. Signals that end the process at once, or are ignored, stay so;
    threads but the main one get none.
    """
    noted: list[int] = []

    def note(number: int, _frame: object) -> None:
        noted.append(number)

    main = threading.current_thread() is threading.main_thread()
    before = {one: handler for one in _HELD if main and callable(handler := signal.getsignal(one))}

    def pause() -> None:
        while noted:
            number = noted.pop(0)
            before[signal.Signals(number)](number, None)

    for one in before:
        signal.signal(one, note)
    try:
        yield pause
    finally:
        for one, handler in before.items():
            if signal.getsignal(one) is note:  # a handler that was let through may have set another
                signal.signal(one, handler)
    pause()
