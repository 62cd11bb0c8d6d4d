"""The fonts that `--fonts` asks for: a folder of files, or those of Windows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from budgetreport.problems import FilePlace, Level, Problem, ProblemsError
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.installed import installed


def chosen(wanted: str) -> FontSet:
    """The fonts of `windows` or of a folder, before the shipped ones; ProblemsError where they cannot be used."""
    return installed(_windows() if wanted == "windows" else (Path(wanted),))


def _windows() -> tuple[Path, ...]:
    """Where Windows keeps fonts: those of the machine, and those that the user installed."""
    if sys.platform != "win32":
        what, fix = "这台电脑不是Windows，没有Windows的字体", "写出字体所在的文件夹：--fonts 文件夹"
        raise ProblemsError([Problem(Level.ERROR, "OS-04", FilePlace("windows"), what, fix)])
    own = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
    machine = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    return (machine, own) if own.is_dir() else (machine,)
