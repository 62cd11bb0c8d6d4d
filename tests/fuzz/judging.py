"""What must hold of every run, whatever it was given."""

from __future__ import annotations

import io
import json
import signal
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from budgetreport.read.package import faults
from tests.desk import Done, run
from tests.fuzz.inputs import Made

LIMIT = 120.0
"""Seconds of the processor that a case may take; the program's own limits are lower."""
_CODES = (0, 1, 4)


class HangError(BaseException):
    """A case takes longer than LIMIT."""


@contextmanager
def limited(seconds: float = LIMIT) -> Iterator[None]:
    """HangError after so many seconds of computing, where the system can tell them."""
    if sys.platform == "win32":
        yield
        return

    def ring(*_of: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True)
class Verdict:
    """`wrong`: what must not be, empty for a sound run. `built`: files were written."""

    wrong: tuple[str, ...]
    built: bool
    code: int


def judged(folder: Path, arguments: Sequence[str], made: Made | None = None) -> Verdict:
    """Run the program in the folder and judge what came of it."""
    before = {path for path in folder.rglob("*") if path.is_file()}
    try:
        with limited():
            done = run(folder, *arguments, "--format", "json")
    except HangError:
        return Verdict((f"took more than {LIMIT:g} s",), built=False, code=-1)
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        return Verdict((f"raised {error!r}",), built=False, code=-1)
    wrong = list(_told(done))
    new = sorted(path for path in folder.rglob("*") if path.is_file() and path not in before)
    for path in new:
        wrong += _file(path)
    if done.code and new and arguments[0] in ("build", "extract"):
        wrong.append(f"files were written all the same: {new}")
    if made and done.code == 1 and made.lines[0] and not wrong:
        wrong += _placed(done, made)
    return Verdict(tuple(wrong), built=bool(new), code=done.code)


def _told(done: Done) -> Iterator[str]:
    """The exit code, and the envelope: every problem with a place."""
    if done.code not in _CODES or "Traceback" in done.err or "Traceback" in done.out:
        yield f"exit code {done.code}: {done.err[-300:]} {done.out[:200]}"
        return
    problems = json.loads(done.out)["problems"]
    if done.code and not any(p["level"] == "错误" for p in problems):
        yield f"exit code {done.code} without an error"
    for p in problems:
        if not _has_place(p["where"]) or not p["what"]:
            yield f"no place or no words: {p}"


def _has_place(where: dict[str, Any]) -> bool:
    return bool(where.get("file") or where.get("table") or where.get("page") or "section" in where)


def _placed(done: Done, made: Made) -> Iterator[str]:
    """The refusal names the changed line, or lies in the record around it, or names what was changed there."""
    problems = [p for p in json.loads(done.out)["problems"] if p["level"] == "错误" and not p.get("waived")]
    first, last = made.lines
    for p in problems:
        places = [p["where"], p.get("stated") or {}, *p.get("also", [])]
        if any(first <= place.get("line", 0) <= last for place in places):
            return
        said = f"{p['text']} {p['what']} {p['fix']}"
        if any(word in said for word in made.words):
            return
        if "line" not in p["where"]:  # a rule's finding in what is printed: a table, a sentence
            return
    yield f"not told at lines {first}–{last}: {[(p['where'], p['what']) for p in problems][:3]}"


def _file(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        yield from (f"{path.name}: {fault}" for fault in faults(data))
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if bad := packed.testzip():
                yield f"{path.name}: damaged {bad}"
    if path.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from (f"{path.name}: {trouble}" for trouble in pdf.check_pdf_syntax())
            if not pdf.pages:
                yield f"{path.name}: no pages"
