"""What the pages tell a reader to type works, and prints what they say it prints."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.pages import INPUT, PROJECT, Block, blocks

_OTHERS = ("make ", "python3 -m venv")
"""Commands that are the house's own: CI runs them, and they would run these tests again."""


def _commands() -> Iterator[str]:
    for block in blocks("sh"):
        for line in block.text.splitlines():
            if line.strip() and not line.startswith(_OTHERS):
                yield line.partition("    #")[0].strip()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A clerk's folder: the example, and a copy with a slip."""
    (tmp_path / "inputs").mkdir()
    shutil.copy(INPUT, tmp_path / "inputs")
    wrong = INPUT.read_text("utf-8").splitlines(keepends=True)
    wrong[8] = wrong[8].replace('"source"', '"sourse"')
    (tmp_path / "错例.json").write_text("".join(wrong), "utf-8")
    return tmp_path


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "budgetreport", f"a command that no test knows to run: {command}"
    env = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "budgetreport", *words[1:]], cwd=folder, env=env, capture_output=True, text=True,
        encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("command", sorted(set(_commands())))
def test_a_command_of_the_pages_works(command: str, desk: Path) -> None:
    command, _, target = command.partition(" > ")
    if " output/" in command:
        assert _run("budgetreport build inputs/jinzhou-224-2026.json", desk).returncode == 0
    done = _run(command, desk)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    if target:
        (desk / target).write_text(done.stdout, "utf-8")


@pytest.mark.parametrize("block", blocks("console"), ids=str)
def test_a_session_of_the_pages_prints_what_they_show(block: Block, desk: Path) -> None:
    """A line of … stands for any lines."""
    first, _, shown = block.text.partition("\n")
    done = _run(first.removeprefix("$ "), desk)
    expected = ".*".join(re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE))
    assert re.fullmatch(expected, done.stdout, re.DOTALL), done.stdout + done.stderr


def test_every_make_target_of_the_pages_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    named = {m for block in blocks("sh") for m in re.findall(r"^make ([a-z]+)", block.text, re.MULTILINE)}
    named |= {m for page in PROJECT.glob("*.md") for m in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))}
    assert named >= {"demo", "test", "lint", "bench"}
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()
