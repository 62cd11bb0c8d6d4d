"""The other Pythons of this machine, each with a virtual environment of its own (.venv-3.12).

`python -m tests.end_to_end.pythons` (`make pythons`) makes them, with the very versions of the packages that the
Python which runs it has, so that a build by them differs in the Python alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
_NEWEST = 20
_ASKED = "BUDGETREPORT_PYTHONS"
"""Further interpreters that can run the program, with the system's sign between paths."""
_VERSION = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"
_BIN = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")


def interpreters() -> dict[str, Path]:
    """Other versions that the machine has, on the path or by pyenv: version → interpreter."""
    found: dict[str, Path] = {}
    for path in _candidates():
        done = subprocess.run([path, "-c", _VERSION], capture_output=True, check=False)  # noqa: S603 - a Python
        version = done.stdout.decode().strip()
        if done.returncode == 0 and version != _own():
            found.setdefault(version, path)
    return found


def ready() -> dict[str, Path]:
    """Other versions that can run the program: version → interpreter."""
    asked = [path for path in os.environ.get(_ASKED, "").split(os.pathsep) if path]
    made = {path.name.partition("-")[2]: path.joinpath(*_BIN) for path in sorted(PROJECT.glob(".venv-3.*"))}
    return {**{v: path for v, path in made.items() if _stamp(v).is_file()}, **{path: Path(path) for path in asked}}


def _own() -> str:
    return "{}.{}".format(*sys.version_info[:2])


def _candidates() -> Iterator[Path]:
    for minor in range(11, _NEWEST):
        if path := shutil.which(f"python3.{minor}"):
            yield Path(path)
        yield from sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))


def _stamp(version: str) -> Path:
    return PROJECT / f".venv-{version}" / ".installed"


def _make(version: str, interpreter: Path) -> None:
    """The environment of a version, unless it is newer than what the project needs."""
    stamp, needs = _stamp(version), PROJECT / "pyproject.toml"
    if stamp.is_file() and stamp.stat().st_mtime >= needs.stat().st_mtime:
        return
    subprocess.run([interpreter, "-m", "venv", "--clear", stamp.parent], check=True)  # noqa: S603 - a Python
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    frozen = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *pip, "freeze", "--exclude-editable"], check=True, capture_output=True
    )
    same = stamp.parent / "constraints.txt"
    same.write_bytes(frozen.stdout)
    python = stamp.parent.joinpath(*_BIN)
    subprocess.run(  # noqa: S603 - as above
        [python, *pip, "install", "--prefer-binary", "--constraint", same, "--editable", PROJECT], check=True
    )
    stamp.touch()


if __name__ == "__main__":
    for one, where in interpreters().items():
        _make(one, where)
