"""Write output files all or none: each named file is always whole, old or new.

A temporary file in the same folder, fsync, then os.replace. What a killed run leaves behind (only
files with PREFIX) the next run removes.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError

PREFIX = ".~budgetreport-"
"""Every temporary file's name begins with this."""
_OLD = PREFIX + "old-"
_NEW = PREFIX + "new-"
_LONGEST = 180
"""Bytes of a stem: 255 is the common limit, less an ending, a date and the temporary files' prefix."""
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)", re.IGNORECASE)
_FORBIDDEN = str.maketrans(
    {'"': "＂", "*": "＊", "/": "／", ":": "：", "<": "＜", ">": "＞", "?": "？", "\\": "＼", "|": "｜"}
)

_ELSEWHERE = "换一个文件夹，用 -o 指定"
_ADVICE: dict[int, tuple[str, str]] = {
    errno.EACCES: (
        "文件正被其他程序使用，或没有写入权限",
        f"请先在WPS或Excel中关闭该文件，再试一次；仍不行就{_ELSEWHERE}",
    ),
    errno.ENOSPC: ("磁盘已满", f"请先清理磁盘空间，或{_ELSEWHERE}"),
    errno.EROFS: ("所在磁盘是只读的", f"请{_ELSEWHERE}"),
    errno.ENOTDIR: ("要放文件的位置不是文件夹：路径中有一个同名的文件", f"请移走那个文件，或{_ELSEWHERE}"),
    errno.EISDIR: ("已有一个同名的文件夹", f"请移走那个文件夹，或{_ELSEWHERE}"),
    errno.ENAMETOOLONG: ("文件名或路径太长", f"请把输入文件的名称改短，或{_ELSEWHERE}"),
    errno.ENOENT: ("文件夹不存在，也无法建立", f"请检查 -o 指定的位置，或{_ELSEWHERE}"),
}
_SAME = {errno.EPERM: errno.EACCES, errno.EBUSY: errno.EACCES, errno.ETXTBSY: errno.EACCES, errno.EEXIST: errno.ENOTDIR}
if hasattr(errno, "EDQUOT"):  # Windows has no disk quotas by this name
    _SAME[errno.EDQUOT] = errno.ENOSPC
_FOLDER_CLOSED = ("没有在这个文件夹中写入的权限", f"请{_ELSEWHERE}")


class UnwritableError(ProblemsError):
    """A file or folder that cannot be written; `path` is what was to be written, `problem` is for the clerk."""

    def __init__(self, path: Path, reason: OSError, *, folder: bool = False) -> None:
        self.path = path
        self.reason = reason
        self.problem = _problem(path, reason, folder=folder)
        super().__init__([self.problem])


def _problem(path: Path, reason: OSError, *, folder: bool) -> Problem:
    code = _SAME.get(reason.errno or 0, reason.errno or 0)
    unknown = (f"系统报告：{reason.strerror or reason}", f"请{_ELSEWHERE}")
    why, fix = _FOLDER_CLOSED if folder and code == errno.EACCES else _ADVICE.get(code, unknown)
    return Problem(Level.ERROR, "OS-01", FilePlace(str(path)), f"不能写入{path.name}：{why}", fix)


def write_all(outputs: Mapping[Path, bytes]) -> None:
    """Write every file, or leave every file as it was; folders are made as needed.

    UnwritableError where the system refuses. Whatever else ends the run (KeyboardInterrupt too) also
    removes the temporary files and puts earlier outputs back. Two files on one disk are replaced one
    after the other: only a kill between the two can leave a new one beside an old one.
    """
    made: list[Path] = []
    steps = [_Step(path, data) for path, data in outputs.items()]
    done = False
    try:
        for folder in dict.fromkeys(path.parent for path in outputs):
            _make_folder(folder, made)
            _sweep(folder, frozenset(path.name for path in outputs if path.parent == folder))
        for step in steps:
            step.prepare()
        for step in steps:
            step.replace()
        done = True
    finally:
        try:
            _finish(steps, made, done=done)
        except BaseException:  # Ctrl-C or SIGTERM just here; a second one leaves it to the next run
            _finish(steps, made, done=done)
            raise


def _finish(steps: list[_Step], made: list[Path], *, done: bool) -> None:
    """Remove what was only for the way; put back what was there before, unless all is done."""
    for step in reversed(steps):
        if done:
            step.tidy()
        else:
            step.undo()
    for folder in () if done else reversed(made):
        with suppress(OSError):
            folder.rmdir()


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; `made` tells which were made, the outermost first."""
    try:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        made += reversed(missing)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(folder, error, folder=True) from error


def _sweep(folder: Path, names: frozenset[str]) -> None:
    """Remove what killed runs left; a file still in use by another run on Windows stays."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if _stale(path.name, names):
                with suppress(OSError):
                    path.unlink()


def _stale(name: str, names: frozenset[str]) -> bool:
    """Whether it is a temporary file nobody needs: for a file we write ourselves, or of a run that has ended."""
    match = re.fullmatch(rf"{re.escape(PREFIX)}(?:new|old)-(\d+)-(.*)", name, re.DOTALL)
    return match is not None and (match[2] in names or not _alive(int(match[1])))


def _alive(process: int) -> bool:
    """Whether another run with this process id may still go on."""
    if os.name == "nt":  # os.kill(pid, 0) would end the process there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()


@dataclass(slots=True)
class _Step:
    """One file on its way: written aside, then put in place; its forerunner is kept until all are done."""

    path: Path
    data: bytes
    replaced: bool = False

    @property
    def _new(self) -> Path:
        return self._aside(_NEW)

    @property
    def _old(self) -> Path:
        return self._aside(_OLD)

    def _aside(self, prefix: str) -> Path:
        return self.path.with_name(f"{prefix}{os.getpid()}-{self.path.name}")

    def prepare(self) -> None:
        """Write the new content aside, and keep the old file under a second name."""
        try:
            with self._new.open("xb") as file:
                file.write(self.data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise UnwritableError(self.path, error, folder=True) from error
        try:
            if self.path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path))
            _keep(self.path, self._old)
        except OSError as error:
            raise UnwritableError(self.path, error) from error

    def replace(self) -> None:
        """Put the new file in place. `replaced` is set first: an interrupt may come right after the system call."""
        self.replaced = True
        try:
            self._new.replace(self.path)
        except OSError as error:
            self.replaced = False
            raise UnwritableError(self.path, error) from error

    def undo(self) -> None:
        """Leave things as they were before this step."""
        if self.replaced and not self._new.exists():
            with suppress(OSError):
                if self._old.exists():
                    self._old.replace(self.path)
                else:
                    self.path.unlink()
        self.tidy()

    def tidy(self) -> None:
        """Remove the temporary files."""
        for path in (self._new, self._old):
            with suppress(OSError):
                path.unlink()


def _keep(path: Path, second: Path) -> None:
    """Give an existing file a second name; a copy where the disk knows no hard links (FAT, network drives)."""
    if not path.exists():
        return
    try:
        second.hardlink_to(path)
    except OSError:
        second.write_bytes(path.read_bytes())


def safe_stem(name: str) -> str:
    """A file name without ending that Windows, Linux and macOS all accept, as like `name` as can be.

    Forbidden signs become their full-width forms; control characters go; reserved Windows names, and
    names that would be hidden or empty, get a `_` in front.
    """
    stem = unicodedata.normalize("NFC", name).translate(_FORBIDDEN)
    stem = "".join(c for c in stem if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip().rstrip(". ")
    if not stem or stem.startswith((".", "~$")) or _RESERVED.fullmatch(stem.partition(".")[0].rstrip()):
        return f"_{stem}"
    return stem
