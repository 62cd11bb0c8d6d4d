"""Real disks that refuse: one that is full after so many bytes, a read-only one, files that may not grow, no rights."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.torture.scene import STARTS, Scene, wrong
from tests.torture.steps import Found

_PAGE = 4096
_NOBODY = 65534


class LackError(Exception):
    """What the machine at hand cannot do; the message says why."""


@contextmanager
def _mounted(folder: Path, size: int) -> Iterator[None]:
    """A disk of so many bytes at the folder. LackError: only root may, and not in every container."""
    folder.mkdir(exist_ok=True)
    tool = shutil.which("mount")
    if sys.platform != "linux" or os.geteuid() or not tool:
        raise LackError("only root can mount a small disk")
    command = [tool, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed tool
    if done.returncode:
        raise LackError(f"mount: {done.stderr.decode(errors='replace').strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - undoes the above


def _again(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)  # noqa: S603, S607 - root, see above


def full(scene: Scene, every: int = 1) -> Found:
    """A disk on which 0, 1, 2 … pages are free, up to one more than a build needs. LackError as above."""
    needed = sum(len(data) // _PAGE + 1 for data in scene.new["a"].values()) + 2
    disk = scene.desk / "disk"
    for start in STARTS:
        for pages in range(0, needed + 1, every):
            with _mounted(disk, (needed + 40) * _PAGE):
                there = Scene(scene.desk, scene.new, disk / "out")
                there.begin(start)
                _fill(disk, pages)
                ended = there.build()
                yield "a full disk", [f"{pages} pages free, from {start}: {o}" for o in wrong(there, start, ended)]


def _fill(disk: Path, pages: int) -> None:
    """Leave so many pages free."""
    free = os.statvfs(disk).f_bfree - pages
    (disk / "full").write_bytes(b"\0" * (free * _PAGE))


def read_only(scene: Scene) -> Found:
    """A disk that is mounted read-only. LackError as above."""
    disk = scene.desk / "disk"
    for start in STARTS:
        with _mounted(disk, 1 << 20):
            there = Scene(scene.desk, scene.new, disk / "out")
            there.begin(start)
            _again(disk, "ro")
            ended = there.build()
            found = [*([] if ended.code == 4 else [f"exit code {ended.code}"]), *wrong(there, start, ended)]
            yield "a read-only disk", [f"read-only, from {start}: {one}" for one in found]


def no_rights(scene: Scene) -> Found:
    """A folder in which the user may not write, though he may read it."""
    for start in ("old", "empty"):
        scene.begin(start)
        scene.output.chmod(0o555)
        ended = scene.build(layer=_as_nobody) if os.geteuid() == 0 else scene.build()
        scene.output.chmod(0o755)
        found = [*([] if ended.code == 4 else [f"exit code {ended.code}"]), *wrong(scene, start, ended)]
        yield "a folder without rights", [f"no rights, from {start}: {one}" for one in found]


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without root's rights: nothing is forbidden to root."""
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    yield


def limited(scene: Scene, every: int = 1) -> Found:
    """No file may have more than so many bytes: the system's own refusal in the middle of a write."""
    largest = max(len(data) for data in scene.new["a"].values())
    sizes = sorted({0, 1, 100, *range(0, largest, 512), largest - 1, largest})[::every]
    for number, size in enumerate(sizes):
        start = STARTS[number % len(STARTS)]
        scene.begin(start)
        ended = scene.build(layer=lambda: _no_larger(size))  # noqa: B023 - runs within the turn
        yield "a limit of size", [f"at most {size} bytes, from {start}: {o}" for o in wrong(scene, start, ended)]


@contextmanager
def _no_larger(size: int) -> Iterator[None]:
    """Files grow to so many bytes; no longer when the result is told."""
    from budgetreport.write import files  # noqa: PLC0415 - patched here

    write_all = files.write_all
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def within(*args: object, **named: object) -> object:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            return write_all(*args, **named)  # type: ignore[arg-type]  # handed on
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    files.write_all = within  # type: ignore[assignment]  # handed on
    try:
        yield
    finally:
        files.write_all = write_all


def every_disk(scene: Scene, every: int = 1) -> tuple[Found, list[str]]:
    """All of the above, and why some could not be had."""
    lacking: list[str] = []

    def found() -> Found:
        yield from no_rights(scene)
        yield from limited(scene, every)
        for one in (full(scene, every), read_only(scene)):
            try:
                yield from one
            except LackError as error:
                if str(error) not in lacking:
                    lacking.append(str(error))
        with suppress(OSError):
            (scene.desk / "disk").rmdir()

    return found(), lacking
