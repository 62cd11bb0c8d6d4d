"""A clerk's desk: the example with slips, the program run in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from budgetreport.cli import main
from budgetreport.layout import load, shelf

PROJECT = Path(__file__).parents[1]
EXAMPLE = PROJECT / "inputs" / "jinzhou-224-2026.json"
TEXT = EXAMPLE.read_text("utf-8")
LAYOUT = "hebei/2026-department-budget"
"""The example's."""


def unruled(folder: Path) -> Path:
    """The folder with a bureau's file that switches every rule off: for what is no rule's business."""
    ids = load(LAYOUT, shelf()).rules.ids()
    (folder / "rules").mkdir()
    lines = [f"  {rule}: {{level: 不查}}" for rule in ids]
    (folder / "rules" / "都不查.yaml").write_text("\n".join(["rules:", *lines, ""]), "utf-8")
    return folder


@dataclass(frozen=True)
class Done:
    """What a run left: its exit code, what it printed."""

    code: int
    out: str
    err: str


def slipped(*changes: tuple[str, str]) -> str:
    """The example's text, each first occurrence replaced."""
    text = TEXT
    for old, new in changes:
        assert old in text, f"the example changed: {old}"
        text = text.replace(old, new, 1)
    return text


def run(folder: Path, *args: str) -> Done:
    """The program in this process, standing in the folder. Quick, but sees no real console."""
    code: object = 0
    with chdir(folder), redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            main(args)
        except SystemExit as leaving:
            code = leaving.code
    assert isinstance(code, int)
    return Done(code, out.getvalue(), err.getvalue())


def started(
    folder: Path, *args: str, env: Mapping[str, str] | None = None, python: Sequence[str] = ("-m", "budgetreport")
) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, standing in the folder; what it prints as bytes."""
    whole = {**os.environ, **(env or {})}
    command = [sys.executable, *python, *args]
    return subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=folder, env=whole, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and the time of its last change."""
    return {
        p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
