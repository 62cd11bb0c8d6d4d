"""A wheel, installed outside the source tree, has everything a build needs."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.pages import INPUT, PROJECT

_SOURCE = PROJECT / "src" / "budgetreport"
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, from a copy of what git knows (and is new), without build isolation's downloads twice."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run([*_PIP, "wheel", "--no-deps", "--wheel-dir", str(target), str(PROJECT)], check=True)  # noqa: S603 - our own interpreter
    return next(target.glob("*.whl"))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_whatever_the_program_imports_comes_with_a_plain_install() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~!;\[ ]", said)[0].lower() for said in project["dependencies"]}
    modules = {name for path in _SOURCE.rglob("*.py") for name in _imported(path)}
    others = modules - sys.stdlib_module_names - {"budgetreport"}
    origins = packages_distributions()
    assert {name for name in others if not declared & {origin.lower() for origin in origins[name]}} == set()


def test_the_wheel_holds_fonts_layouts_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("fonts", "layouts"):
        files = {p.relative_to(PROJECT).as_posix() for p in (PROJECT / folder).rglob("*") if p.is_file()}
        shipped = {f for f in files if "__pycache__" not in f}
        assert {f for f in shipped if f"budgetreport/_data/{f}" not in names} == set()
    for licence in ("LICENSE", "fonts/licenses/HANAZONO.txt"):
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_an_installed_wheel_builds_the_example(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from the environment that runs the tests, the project from the wheel alone."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = tmp_path / "site"
    subprocess.run([*_PIP, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True)  # noqa: S603 - our own interpreter
    others = [p for p in sys.path if p.endswith("site-packages")]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= {"PYTHONPATH": os.pathsep.join([str(site), *others]), "PYTHONUTF8": "1"}
    (tmp_path / "desk").mkdir()
    shutil.copy(INPUT, tmp_path / "desk")
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [str(python), "-c", "import budgetreport; print(budgetreport.__file__)"],
        cwd=tmp_path / "desk", env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(told.stdout.strip()).is_relative_to(site)
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [str(python), "-m", "budgetreport", "build", INPUT.name],
        cwd=tmp_path / "desk", env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    written = sorted(p.name for p in (tmp_path / "desk" / "output").iterdir())
    assert written == [f"{INPUT.stem}.pdf", f"{INPUT.stem}.xlsx"]
