"""Write output files all or none: each named file is always whole, old or new.

A temporary file in the same folder, fsync, then os.replace. One run at a time writes into a folder; what a killed
run left there (only files with PREFIX beside the named ones) the next one mends.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.write.holding import PATIENCE, Hold, held, insist
from budgetreport.write.interrupts import Pause, uninterrupted
from budgetreport.write.mending import ABSENT, Change, as_note, aside, digest, mend, restore

_LONGEST = 180
"""Bytes of a stem: 255 is the common limit, less an ending, a date and the temporary files' prefix."""
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)", re.IGNORECASE)
_NO_ENDING = re.compile(r"[^0-9A-Za-z]|.{20,}")
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
    errno.EIO: ("磁盘读写出错", f"请检查磁盘，或{_ELSEWHERE}"),
    errno.EROFS: ("所在磁盘是只读的", f"请{_ELSEWHERE}"),
    errno.ENOTDIR: ("要放文件的位置不是文件夹：路径中有一个同名的文件", f"请移走那个文件，或{_ELSEWHERE}"),
    errno.EISDIR: ("已有一个同名的文件夹", f"请移走那个文件夹，或{_ELSEWHERE}"),
    errno.ENAMETOOLONG: ("文件名或路径太长", f"请把输入文件的名称改短，或{_ELSEWHERE}"),
    errno.EWOULDBLOCK: (f"另一个生成正在往这个文件夹写，等了{PATIENCE:g}秒还没有写完", f"等它写完再试，或{_ELSEWHERE}"),
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


def write_all(outputs: Mapping[Path, bytes]) -> tuple[Problem, ...]:
    """Write every file, or leave every file as it was; folders are made as needed.

    Gives notices of what a killed run had left in the folders, which is mended first. UnwritableError where the
    system refuses. Ctrl-C and SIGTERM are heard between two steps, and no more once the first file is replaced.
    Two files on one disk are replaced one after the other: only a kill between the two can leave a new one beside
    an old one, until the next run.
    """
    told: list[Problem] = []
    try:
        with uninterrupted() as pause:
            _write([_Step(path, data) for path, data in outputs.items()], told, pause)
    except UnwritableError as error:
        error.problems = (*told, *error.problems)
        raise
    return tuple(told)


def _write(steps: list[_Step], told: list[Problem], pause: Pause) -> None:
    made: list[Path] = []
    done = False
    try:
        with ExitStack() as holds:
            folders = sorted({step.path.parent for step in steps})
            held = {folder: holds.enter_context(_held(folder, steps, made, pause)) for folder in folders}
            for hold in held.values():
                told += _mended(hold)
            try:
                for step in steps:
                    pause()
                    step.prepare()
                for folder, hold in held.items():
                    _note(hold, [step for step in steps if step.path.parent == folder])
                pause()
                for step in steps:
                    step.replace()
                done = True
            finally:
                try:
                    told += _finish(steps, held, done=done)
                except BaseException:  # whatever else may end a run just here: once more from the start
                    _finish(steps, held, done=done)
                    raise
    finally:
        for folder in () if done else reversed(made):
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def _held(folder: Path, steps: list[_Step], made: list[Path], pause: Pause) -> Iterator[Hold]:
    """Hold a folder, which is made if need be."""
    first = next(step.path for step in steps if step.path.parent == folder)
    _make_folder(folder, made)
    with ExitStack() as stack:
        try:
            hold = stack.enter_context(held(folder, pause))
        except OSError as error:
            raise UnwritableError(first, error, folder=True) from error
        yield hold


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; `made` tells which were made, the outermost first."""
    try:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        made += reversed(missing)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(folder, error, folder=True) from error


def _mended(hold: Hold) -> list[Problem]:
    try:
        return mend(hold)
    except OSError as error:
        raise UnwritableError(hold.path.parent, error, folder=True) from error


def _note(hold: Hold, steps: list[_Step]) -> None:
    try:
        hold.note(as_note(os.getpid(), {step.path.name: step.change() for step in steps}))
    except OSError as error:
        raise UnwritableError(steps[0].path, error, folder=True) from error


def _finish(steps: list[_Step], held: Mapping[Path, Hold], *, done: bool) -> list[Problem]:
    """Remove what was only for the way; put back what was there before, unless all is done.

    What cannot be put back stays noted, and its forerunner at hand, for the next run.
    """
    stuck = [] if done else [step.path for step in reversed(steps) if not step.undo()]
    for path in stuck:
        held[path.parent].unfinished = True
    for step in steps:
        if not held[step.path.parent].unfinished:
            step.tidy()
    return [_stuck(path) for path in stuck]


def _stuck(path: Path) -> Problem:
    fix = "关闭正在打开它的程序，再生成一次，就会接着恢复"
    return Problem(Level.ERROR, "OS-01", FilePlace(str(path)), f"没能恢复{path.name}，它现在是新的", fix)


@dataclass(slots=True)
class _Step:
    """One file on its way: written aside, then put in place; its forerunner is kept until all are done."""

    path: Path
    data: bytes
    kept: bool = False
    ready: bool = False

    @property
    def _new(self) -> Path:
        return aside(self.path, "new", os.getpid())

    @property
    def _old(self) -> Path:
        return aside(self.path, "old", os.getpid())

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
            self.kept = _keep(self.path, self._old)
            self.ready = True
        except OSError as error:
            raise UnwritableError(self.path, error) from error

    def change(self) -> Change:
        """The file's content before and after."""
        before = digest(self._old) if self.kept else ABSENT
        return Change(before, hashlib.sha256(self.data).hexdigest())

    def replace(self) -> None:
        """Put the new file in place."""
        try:
            self._new.replace(self.path)
        except OSError as error:
            raise UnwritableError(self.path, error) from error

    def undo(self) -> bool:
        """Leave the file as it was before this step; whether it is."""
        if not self.ready or os.path.lexists(self._new):  # it was not put in place
            return True
        return insist(lambda: restore(self.path, os.getpid(), there=self.kept))

    def tidy(self) -> None:
        """Remove the temporary files."""
        for path in (self._new, self._old):
            insist(path.unlink)


def _keep(path: Path, second: Path) -> bool:
    """Give a file a second name, if it is there; a copy where the disk knows no hard links (FAT, network drives)."""
    if not os.path.lexists(path):
        return False
    try:
        if os.link in os.supports_follow_symlinks:
            os.link(path, second, follow_symlinks=False)
        else:
            os.link(path, second)
    except OSError:
        second.write_bytes(path.read_bytes())
    return True


def safe_name(name: str) -> str:
    """A file name with its ending that every system accepts, and that is none of our temporary files'."""
    path = PurePath(name)
    return f"{safe_stem(path.stem)}.{ending}" if (ending := _NO_ENDING.sub("", path.suffix)) else safe_stem(name)


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
