"""What a killed run left in a folder: files that belong together are made to, and what was only for the way goes.

Before a run replaces its first file it notes, for each, the digests of old and new content. Files of which some are
old and some new are brought to one side: forward with the new content still lying there, else back. A file that is
neither was changed since by somebody; then nothing is touched.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from budgetreport.problems import FilePlace, Level, Problem
from budgetreport.write.holding import PREFIX, Hold, insist

ABSENT = ""
"""The digest of a file that is not there."""
_LITTER = re.compile(rf"{re.escape(PREFIX)}(?P<kind>new|old)-(?P<run>\d+)-(?P<name>.+)", re.DOTALL)
_DO_NOTHING = "不必处理"


@dataclass(frozen=True, slots=True)
class Change:
    """What a run does to a file: digests of its content before (ABSENT: there was none) and after."""

    before: str
    after: str


def aside(path: Path, kind: str, run: int) -> Path:
    """The temporary file of a run beside a file: `new` content, or the `old` under a second name."""
    return path.with_name(f"{PREFIX}{kind}-{run}-{path.name}")


def digest(path: Path) -> str:
    """The digest of a file's content, ABSENT where there is none; what cannot be read is like nothing else."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ABSENT
    except OSError:
        return "?"


def as_note(run: int, changes: Mapping[str, Change]) -> bytes:
    """What a run notes before its first replacement; `changes` by the file's name."""
    files = {name: [change.before, change.after] for name, change in changes.items()}
    return json.dumps({"run": run, "files": files}).encode()


def mend(hold: Hold) -> list[Problem]:
    """Bring the folder in order; a notice of what was found."""
    folder = hold.path.parent
    if not hold.alone:  # what lies here may be in use
        return []
    litter = [path for path in sorted(folder.iterdir()) if _LITTER.fullmatch(path.name)]
    run, changes = _read(hold.noted())
    names = [*changes] or list(dict.fromkeys(_LITTER.fullmatch(path.name)["name"] for path in litter))  # type: ignore[index]  # matched above
    if not names:
        return []
    what, fix = _settled(folder, run, changes)
    for path in litter:
        insist(path.unlink)
    said = f"上一次写{'、'.join(names)}时被中断：{what}"
    return [Problem(Level.NOTICE, "OS-05", FilePlace(folder.as_posix()), said, fix, "、".join(names))]


def _read(note: bytes) -> tuple[int, dict[str, Change]]:
    """What was noted, nothing where it was not noted to the end: then nothing was replaced either."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        found = json.loads(note)
        files = {str(name): Change(str(old), str(new)) for name, (old, new) in found["files"].items()}
        if all(name == Path(name).name for name in files):
            return int(found["run"]), files
    return 0, {}


def _settled(folder: Path, run: int, changes: Mapping[str, Change]) -> tuple[str, str]:
    """All files on one side; what was done, and what a clerk is to do."""
    now = {folder / name: (digest(folder / name), change) for name, change in changes.items()}
    if all(found == change.before for found, change in now.values()):
        return "原来的文件都没有动，留下的临时文件已清除", f"{_DO_NOTHING}；要新的文件就重新生成"
    if all(found == change.after for found, change in now.values()):
        return "文件都已写好，留下的临时文件已清除", _DO_NOTHING
    if all(found in (change.before, change.after) for found, change in now.values()):
        if _forward(now, run):
            return "只换了其中几个，已接着换完，留下的临时文件已清除", _DO_NOTHING
        if _back(now, run):
            return "只换了其中几个，已恢复成原来的，留下的临时文件已清除", f"{_DO_NOTHING}；要新的文件就重新生成"
    return "它们不是同一次写的，或后来又改动过，没有动它们", "把它们重新生成一遍"


def _forward(now: Mapping[Path, tuple[str, Change]], run: int) -> bool:
    """Put in place what is not yet; whether all are."""
    left = [(path, change) for path, (found, change) in now.items() if found != change.after]
    if any(digest(aside(path, "new", run)) != change.after for path, change in left):
        return False
    return all(insist(partial(aside(path, "new", run).replace, path)) for path, _ in left)


def _back(now: Mapping[Path, tuple[str, Change]], run: int) -> bool:
    """Put back what is no longer; whether all are."""
    left = [(path, change) for path, (found, change) in now.items() if found != change.before]
    if any(change.before and digest(aside(path, "old", run)) != change.before for path, change in left):
        return False
    return all(insist(partial(restore, path, run, there=bool(change.before))) for path, change in left)


def restore(path: Path, run: int, *, there: bool) -> None:
    """A file as it was before the run; `there`: there was one."""
    if there:
        aside(path, "old", run).replace(path)
    else:
        path.unlink()
