"""What a run asks the system for while it writes: each request is a step at which something can be made to happen."""

from __future__ import annotations

import errno
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

Call = Callable[..., Any]
Act = Callable[[int, str], None]
"""Called before each step with its number, from 0, and its name; may raise, sleep or end the process."""

_BY_PATH = (
    "open", "link", "replace", "unlink", "mkdir", "rmdir", "listdir", "scandir", "stat", "lstat", "truncate",
)  # fmt: skip
_BY_FILE = ("write", "fsync", "ftruncate", "fstat", "lseek", "read", "close")
CHANGES = ("open", "link", "replace", "unlink", "mkdir", "rmdir", "write", "fsync", "ftruncate", "create", "put")
"""Steps that change the disk: those that fail on one that is read-only."""
FILLS = ("create", "put", "write", "fsync", "ftruncate", "link", "mkdir", "open")
"""Steps that need room on the disk."""


class _File:
    """A file being written, whose every step is told; a write is told twice, the second time with half of it done."""

    def __init__(self, file: Any, step: Callable[[str], None]) -> None:  # noqa: ANN401 - any binary file
        self._file, self._step = file, step

    def write(self, data: bytes) -> int:
        self._step("put")
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._step("put the rest")
        return half + int(self._file.write(data[half:]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_of: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return getattr(self._file, name)


class _Layer:
    """Counts the steps, and stands between the program and the system's calls."""

    def __init__(self, folder: Path, act: Act) -> None:
        self._folder, self._act = folder, act
        self._count = 0
        self._ours: set[int] = set()
        self._opened, self._locked = io.open, fcntl.flock

    def step(self, name: str) -> None:
        self._count += 1
        self._act(self._count - 1, name)

    def _within(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and Path(path).absolute().is_relative_to(self._folder)

    def by_path(self, name: str) -> Call:
        original = getattr(os, name)

        def wrapped(path: Any, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as the wrapped
            if not self._within(path):
                return original(path, *args, **named)
            self.step(name)
            result = original(path, *args, **named)
            if name == "open":
                self._ours.add(result)
            return result

        return wrapped

    def by_file(self, name: str) -> Call:
        original = getattr(os, name)

        def wrapped(file: Any, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as the wrapped
            if file in self._ours or name == "fsync":
                self.step(name)
            return original(file, *args, **named)

        return wrapped

    def open(self, path: Any, mode: str = "r", *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as the wrapped
        if not self._within(path):
            return self._opened(path, mode, *args, **named)
        writes = set(mode) & set("wxa+")
        self.step("create" if writes else "read from")
        file = self._opened(path, mode, *args, **named)
        return _File(file, self.step) if writes else file

    def lock(self, file: Any, operation: int) -> None:  # noqa: ANN401 - as the wrapped
        self.step("flock")
        self._locked(file, operation)


@contextmanager
def watched(folder: Path, act: Act) -> Iterator[None]:
    """Within, `act` is called before every request that concerns the folder or a file in it."""
    layer = _Layer(folder, act)
    calls: list[tuple[Any, str, Call]] = [(os, name, layer.by_path(name)) for name in _BY_PATH]
    calls += [(os, name, layer.by_file(name)) for name in _BY_FILE]
    calls += [(io, "open", layer.open), (fcntl, "flock", layer.lock)]
    before = [(module, name, getattr(module, name)) for module, name, _ in calls]
    follows = os.link in os.supports_follow_symlinks  # a set of functions
    try:
        for module, name, new in calls:
            setattr(module, name, new)
        if follows:
            os.supports_follow_symlinks.add(os.link)
        yield
    finally:
        os.supports_follow_symlinks.discard(os.link)
        for module, name, old in before:
            setattr(module, name, old)


def failing(at: int, code: int) -> Act:
    """The step of that number fails, once."""

    def act(number: int, _name: str) -> None:
        if number == at:
            raise OSError(code, os.strerror(code))

    return act


def failing_from(at: int, code: int, names: tuple[str, ...]) -> Act:
    """From that step on all steps of these names fail."""

    def act(number: int, name: str) -> None:
        if number >= at and name.removesuffix(" the rest") in names:
            raise OSError(code, os.strerror(code))

    return act


def sending(at: int, number: int) -> Act:
    """At that step the process gets a signal."""

    def act(step: int, _name: str) -> None:
        if step == at:
            os.kill(os.getpid(), number)

    return act


CODES = (errno.ENOSPC, errno.EACCES, errno.EBUSY, errno.EIO, errno.EROFS, errno.EPERM)
