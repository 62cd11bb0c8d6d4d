"""A file that cannot be read: the one exception of whoever reads files, carrying what a clerk is told."""

from __future__ import annotations

from pathlib import Path

from budgetreport.problems import FilePlace, Level, Problem, nearest


class ReadingError(Exception):
    """A file that cannot be read; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def at_hand(path: Path, kind: str) -> None:
    """ReadingError: no such file, or one that the system does not give. `kind`: how names of such files end."""
    try:
        there = path.is_file()
        if there or path.is_dir():  # a pipe would wait for ever to be opened
            path.open("rb").close()
    except OSError as error:
        raise withheld(path, error, kind) from error
    if not there:
        raise withheld(path, FileNotFoundError(), kind)


def withheld(path: Path, error: OSError, kind: str) -> ReadingError:
    """What to raise where the system does not give a file."""
    name = path.as_posix()
    what, fix = _said(path, error, kind)
    return ReadingError(Problem(Level.ERROR, "OS-02", FilePlace(name), what, fix, name))


def _said(path: Path, error: OSError, kind: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if isinstance(error, FileNotFoundError):
        folder = path.parent if path.parent.is_dir() else Path()
        near = nearest(path.name, [p.name for p in folder.glob(f"*{kind}")])
        return "没有这个文件", f"是不是“{near}”？" if near else "检查文件名和所在的文件夹"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，不是文件", f"给出其中的一个 {kind} 文件"
    if isinstance(error, PermissionError):
        return "文件读不出来：没有读取权限", "检查文件的权限；正被别的程序打开的，先关闭"
    what = f"文件读不出来，系统报告：{error.strerror or error}"
    return what, "检查路径和磁盘，或把文件复制到别处再试"
