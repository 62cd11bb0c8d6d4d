"""The files that a PDF carries, whole, under names that lead nowhere else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.read.bounds import bounded
from budgetreport.read.pdf import opened
from budgetreport.read.unreadable import ReadingError, at_hand


def attached(path: Path) -> dict[str, bytes]:
    """Each attachment under its bare file name. ReadingError: the file cannot be read, is no PDF, or is damaged."""
    at_hand(path, ".pdf")
    with bounded(path), opened(path) as file:
        from budgetreport.read.pdf.carried import carried  # noqa: PLC0415 - heavy: only who reads a PDF pays for it

        found = {_bare(name): data for name, data in carried(file)}
    damaged = [name for name, data in found.items() if data is None]
    if damaged:
        what = f"随附的“{'”、“'.join(damaged)}”已经损坏，与放入时不同"
        fix = "向制作单位另要一份PDF，或用填报数据重新生成"
        raise ReadingError(Problem(Level.ERROR, "OS-03", FilePlace(path.as_posix()), what, fix))
    return {name: data for name, data in found.items() if data is not None}


def _bare(name: str) -> str:
    """A name from a file is no path to write to."""
    return PurePosixPath(PureWindowsPath(name).name).name or "附件"
