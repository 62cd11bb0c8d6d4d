"""What must hold of every run, whatever it was given."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.desk import Done, run
from tests.fuzz.inputs import Made
from tests.fuzz.outputs import broken
from tests.fuzz.places import placeless, where_told

LIMIT = 120.0
"""Seconds of the processor that a case may take; the program's own limits are lower."""


class HangError(BaseException):
    """A case takes longer than LIMIT."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wrong`: what must not be, empty for a sound run. `written`: the kinds of files that were ('pdf', 'xlsx').

    `told`: how a refusal tells of the field that was changed (places.where_told).
    """

    wrong: tuple[str, ...]
    code: int = -1
    written: tuple[str, ...] = ()
    told: str = ""


def judged(folder: Path, arguments: Sequence[str], made: Made | None = None, limit: float = LIMIT) -> Verdict:
    """Run the program in the folder and judge what came of it. `made`: the input; without, it reads what is printed."""
    before = set(folder.rglob("*"))
    try:
        with limited(limit):
            done = run(folder, *arguments, "--format", "json")
    except HangError:
        return Verdict((f"took more than {limit:g} s",))
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        return Verdict((f"raised {error!r}",))
    new = sorted(path for path in folder.rglob("*") if path.is_file() and path not in before)
    wrong = [*_ended(done, made), *_files(new, arguments, done)]
    told = ""
    if made and made.lines and done.code == 1 and not wrong:
        problems = json.loads(done.out)["problems"]
        told = where_told(problems, made)
        if not told:
            wrong.append(f"not told at lines {made.lines}: {[(p['where'], p['what']) for p in problems][:3]}")
    return Verdict(tuple(wrong), done.code, tuple(path.suffix[1:] for path in new), told)


def _ended(done: Done, made: Made | None) -> Iterator[str]:
    """The exit code, and the envelope: a refusal is an error, every problem has its place."""
    codes = (0, 1) if made else (0, 1, 4)
    if done.code not in codes or "Traceback" in done.err or "Traceback" in done.out:
        yield f"exit code {done.code}: {done.err[-300:]} {done.out[:200]}"
        return
    problems = json.loads(done.out)["problems"]
    if done.code and not any(p["level"] == "错误" for p in problems):
        yield f"exit code {done.code} without an error"
    yield from placeless(problems, lines=made is not None)


def _files(new: Sequence[Path], arguments: Sequence[str], done: Done) -> Iterator[str]:
    """What was written, if anything should have been."""
    due = arguments[0] in ("build", "extract") and not done.code
    if bool(new) != due:
        yield f"exit code {done.code}, but these files were written: {[path.name for path in new]}"
    archive = arguments[arguments.index("--archive") + 1] if "--archive" in arguments else "3a"
    for path in new:
        yield from broken(path, archive)
