"""Bugs of ours and Ctrl-C: no traceback, no litter."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

import budgetreport.disclosure
from budgetreport.compose.document import Composer
from tests.desk import TEXT, run, snapshot


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example and outputs of an earlier run."""
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "输入.pdf").write_bytes(b"%PDF earlier")
    (tmp_path / "output" / "输入.xlsx").write_bytes(b"PK earlier")
    return tmp_path


def broken(*_args: object, **_named: object) -> None:
    message = "a bug that a test made"
    raise RuntimeError(message)


def test_a_bug_leaves_a_log_and_no_traceback(
    desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("logs")
    monkeypatch.setattr(tempfile, "tempdir", str(logs))
    monkeypatch.setattr(Composer, "report", broken)
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    assert done.code == 70
    found = re.fullmatch(r"程序出错，这不是您的问题。详情在 (.*)，请把它发给开发者\n", done.err)
    assert found
    assert done.out == ""
    log = Path(found[1])
    assert log.parent == logs
    assert "Traceback" in log.read_text("utf-8")
    assert "RuntimeError: a bug that a test made" in log.read_text("utf-8")
    assert snapshot(desk) == before


def test_a_bug_where_no_log_can_be_written_is_told_without_one(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "无此文件夹"))
    monkeypatch.setattr(Composer, "report", broken)
    done = run(desk, "build", "输入.json")
    assert (done.code, done.out) == (70, "")
    assert done.err == ("程序出错，这不是您的问题。详情没有地方可写：加 --debug 再运行一次，把显示的内容发给开发者\n")


@pytest.mark.parametrize("args", [["--debug", "build", "输入.json"], ["build", "输入.json", "--debug"]], ids=" ".join)
def test_debug_shows_the_traceback(args: list[str], desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Composer, "report", broken)
    done = run(desk, *args)
    assert done.code == 70
    assert "Traceback" in done.err
    assert "a bug that a test made" in done.err


@pytest.mark.parametrize("at", ["compose", "make", "fsync"])
def test_an_interrupt_anywhere_leaves_everything_as_it_was(
    at: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    places = {"compose": (Composer, "report"), "make": (budgetreport.disclosure, "_named"), "fsync": (os, "fsync")}
    monkeypatch.setattr(*places[at], interrupt)
    before = snapshot(desk)
    done = run(desk, "build", "输入.json")
    assert (done.code, done.out) == (130, "")
    assert done.err.strip() == "已中止"
    assert snapshot(desk) == before


@pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of POSIX")
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_asked_to_end_while_it_works_it_leaves_everything_as_it_was(desk: Path, asked: signal.Signals) -> None:
    before = snapshot(desk)
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from budgetreport.cli import main; main(['build', '输入.json'])"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], cwd=desk, stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    said = b""
    while "排版".encode() not in said:
        said += os.read(ours, 1000)
    process.send_signal(asked)
    out, _ = process.communicate(timeout=60)
    os.close(theirs)
    os.set_blocking(ours, False)
    said += os.read(ours, 10_000)
    os.close(ours)
    assert process.returncode == 128 + asked
    assert out == b""
    assert said.decode().rstrip().endswith("已中止")
    assert "Traceback" not in said.decode()
    assert snapshot(desk) == before


def test_in_a_thread_of_another_program_it_works_the_same(desk: Path) -> None:
    """Signals belong to the main thread: there is nothing to set up for them."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(run(desk, "explain", "W-12").code))
    thread.start()
    thread.join()
    assert found == [0]
