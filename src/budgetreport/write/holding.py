"""A folder is written into by one run at a time; others wait.

What holds it is the system's lock on a file: it ends with the process, however that ends. So who holds the folder
knows that all temporary files in it are of runs that are gone.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from budgetreport.write.interrupts import Pause

PREFIX = ".~budgetreport-"
"""Every temporary file's name begins with this."""
NAME = PREFIX + "run"
"""The locked file; in it stands what its run is putting in place."""
PATIENCE = 30.0
"""Seconds that a run waits for another."""
_LONGEST = 1_000_000
"""Bytes of a note that is read."""
_BETWEEN = 0.02
"""Seconds between two attempts."""
_PAUSES = (0.0, 0.05, 0.25)
"""Seconds before each attempt to clear up: scanners for viruses hold a new file for a moment."""
_OPENED = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

if sys.platform == "win32":
    import msvcrt

    _TAKEN = (errno.EACCES, errno.EDEADLK)
    _FAR = 1 << 30

    def _lock(file: int) -> None:
        """Lock a byte far behind the content: what is locked there nobody can read."""
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN)

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(slots=True)
class Hold:
    """A folder that is ours. `alone`: the disk knows locks, so nobody else is at work in it."""

    path: Path
    alone: bool
    _file: int
    unfinished: bool = False
    """Leave the file for the next run, which is to go on from what is noted in it."""

    def noted(self) -> bytes:
        """What an earlier run left here."""
        os.lseek(self._file, 0, os.SEEK_SET)
        return os.read(self._file, _LONGEST)

    def note(self, data: bytes) -> None:
        """Write down, to last beyond the process, what is about to be done."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        while data:
            data = data[os.write(self._file, data) :]
        os.fsync(self._file)

    def release(self) -> None:
        """Others may go on. The file goes while it is locked, but Windows removes none that is open."""
        if sys.platform == "win32":
            os.close(self._file)
        if not self.unfinished:
            insist(self.path.unlink)
        if sys.platform != "win32":
            with suppress(OSError):
                os.close(self._file)


@contextmanager
def held(folder: Path, pause: Pause) -> Iterator[Hold]:
    """Hold the folder. OSError: it cannot be written into, or (EWOULDBLOCK) another run does not end."""
    hold = _taken(folder / NAME, pause)
    try:
        yield hold
    finally:
        hold.release()


def _taken(path: Path, pause: Pause) -> Hold:
    until = time.monotonic() + PATIENCE
    while True:
        pause()
        file = os.open(path, _OPENED, 0o666)
        if hold := _locked(path, file):
            return hold
        if time.monotonic() > until:
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(path))
        time.sleep(_BETWEEN)


def _locked(path: Path, file: int) -> Hold | None:
    """The hold; None, and the file closed, where another run has it or has just removed it."""
    hold = Hold(path, alone=True, _file=file)
    try:
        _lock(file)
    except OSError as error:
        if error.errno in _TAKEN:
            os.close(file)
            return None
        hold.alone = False
    try:
        if os.path.samestat(os.fstat(file), path.stat()):
            return hold
    except FileNotFoundError:
        pass
    except OSError:
        hold.release()
        raise
    os.close(file)
    return None


def insist(act: Callable[[], object]) -> bool:
    """Try a few times to clear something up; whether it worked, or there was nothing to clear up."""
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            act()
        except FileNotFoundError:
            return True
        except OSError:
            continue
        return True
    return False
