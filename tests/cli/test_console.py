"""What reaches consoles and pipes: GBK survives, escape codes stay away, JSON is one documented envelope."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.desk import EXAMPLE, PROJECT, TEXT, run, slipped, started, unruled

RARE = "㛃𠮷"
"""Two characters that GBK lacks; the fonts have them or not, the console must survive them."""
UNIT = "中共晋州市委网络安全和信息化委员会办公室"
COMMANDS = [
    ["build", f"{RARE}.json"],
    ["build", f"{RARE}.json", "--format", "json"],
    ["build", f"无{RARE}.json"],
    ["check", f"{RARE}.json"],
    ["check", f"{RARE}.json", "--format", "json"],
    ["check", f"{RARE}.json", "--format", "xlsx"],
    ["check", f"{RARE}.json", "--fix"],
    ["check", f"无{RARE}.pdf"],
    ["check", f"{RARE}.json", "--rules", "."],
    ["explain"],
    ["explain", "W-12"],
    ["explain", RARE],
    ["trace", f"{RARE}.json", "政府采购预算", "合计", "中小微"],
    ["trace", f"{RARE}.json", f"无{RARE}表", "1", "1"],
    ["trace", f"{RARE}.json", "--text", RARE],
    ["trace", f"{RARE}.json", "--text", "2.91", "--format", "json"],
    ["schema"],
    ["schema", RARE],
    ["layouts", "list"],
    ["layouts", "show", "common"],
    ["layouts", "lint"],
    ["layouts", "lint", RARE],
    ["layouts", "preview", "common"],
    ["layouts", "new", RARE, "--from", "common"],
    ["layouts", "diff", "common", "hebei/2026-department-budget"],
    ["layouts", "schema", "table"],
    ["layouts", RARE],
    [RARE],
    ["build", f"--{RARE}"],
    ["--help"],
    ["build", "--help"],
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example, its unit's name rare."""
    (tmp_path / f"{RARE}.json").write_text(TEXT.replace(UNIT, UNIT + RARE), "utf-8")
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    return unruled(tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_gbk_console_survives_every_command(command: list[str], desk: Path) -> None:
    done = started(desk, *command, env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    assert done.returncode in (0, 1, 2, 4), done.stderr
    said = (done.stdout + done.stderr).decode("gbk")
    assert "Traceback" not in said
    assert said.strip()
    assert RARE[0] not in said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_pipe_gets_no_escape_codes(command: list[str], desk: Path) -> None:
    done = run(desk, *command)
    assert "\x1b" not in done.out + done.err
    assert "\r" not in done.out + done.err


def test_a_schema_in_a_gbk_pipe_is_the_same_json(desk: Path) -> None:
    gbk = started(desk, "schema", env={"PYTHONIOENCODING": "gbk"})
    assert json.loads(gbk.stdout.decode("utf-8")) == json.loads(run(desk, "schema", "--format", "json").out)["schema"]


def on_terminal(folder: Path, *args: str, **env: str) -> tuple[str, str]:
    """What a run prints on terminals: stdout's and stderr's."""
    ends = [pty.openpty(), pty.openpty()]
    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "budgetreport", *args],
        cwd=folder, stdout=ends[0][1], stderr=ends[1][1], stdin=subprocess.DEVNULL,
        env={**plain, "PYTHONUTF8": "1", "TERM": "xterm", **env},
    )  # fmt: skip
    assert process.wait(60) in (0, 1)
    said = []
    for ours, theirs in ends:
        os.set_blocking(ours, False)  # what was printed is short enough for the terminal's buffer
        said.append(os.read(ours, 60_000).decode() if _readable(ours) else "")
        os.close(ours)
        os.close(theirs)
    return said[0], said[1]


def _readable(end: int) -> bool:
    import select  # noqa: PLC0415 - POSIX, as terminals are

    return bool(select.select([end], [], [], 0)[0])


def test_progress_is_shown_on_a_terminal_on_stderr_and_cleared(desk: Path) -> None:
    out, err = on_terminal(desk, "build", "输入.json")
    for step in ("检查 输入.json …", "排版 …", "写PDF …", "写工作簿 …"):
        assert step in err
        assert step not in out
    assert err.endswith(" \r")
    assert "\x1b" not in err
    assert "已写出  output/输入.pdf" in out


def test_a_terminal_has_colours_unless_it_wants_none(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", "-85.21")), "utf-8")
    assert "\x1b[31m\x1b[1m错误\x1b[0m" in on_terminal(desk, "build", "输入.json")[0]
    out, err = on_terminal(desk, "build", "输入.json", NO_COLOR="1")
    assert "输入.json:8:97 错误 IN-03" in out
    assert "\x1b" not in out + err


def envelope(desk: Path, *args: str, code: int = 0) -> dict[str, Any]:
    done = run(desk, *args, "--format", "json")
    assert (done.code, done.err) == (code, "")
    assert done.out.isascii()
    made: dict[str, Any] = json.loads(done.out)
    return made


def test_the_envelope_of_a_build(desk: Path) -> None:
    made = envelope(desk, "build", "输入.json")
    pdf, xlsx = (desk / "output" / f"输入.{kind}" for kind in ("pdf", "xlsx"))
    with pypdfium2.PdfDocument(pdf) as document:
        count = len(document)
    assert made == {
        "version": 1,
        "command": "build",
        "outputs": [
            {"path": "output/输入.pdf", "pages": count, "sha256": hashlib.sha256(pdf.read_bytes()).hexdigest()},
            {"path": "output/输入.xlsx", "sha256": hashlib.sha256(xlsx.read_bytes()).hexdigest()},
        ],
        "problems": [],
    }
    assert list(made) == ["version", "command", "outputs", "problems"]


def test_the_envelope_of_problems(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", "-85.21")), "utf-8")
    assert envelope(desk, "build", "输入.json", code=1) == {
        "version": 1,
        "command": "build",
        "outputs": [],
        "problems": [
            {
                "rule": "IN-03",
                "level": "错误",
                "where": {"file": "输入.json", "line": 8, "column": 97},
                "text": "-85.21",
                "what": "ledger 第1条 amount（金额）-85.21是负数",
                "fix": "核实；冲减的数从原来那一笔中减去",
            }
        ],
    }


def test_json_has_all_problems_where_text_stops_at_a_hundred(desk: Path) -> None:
    line = '{"function": "2013701", "use": "无"}'
    (desk / "输入.json").write_text(slipped(('"ledger": [', '"ledger": [' + f"{line}, " * 60)), "utf-8")
    told = len(envelope(desk, "build", "输入.json", code=1)["problems"])
    assert told >= 120
    assert f"……另有{told - 100}处，用 budgetreport check --format xlsx 看全部\n" in run(desk, "build", "输入.json").out


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["build", "无.json"], 4),
        (["trace", "无.json", "1", "1", "1"], 4),
        (["trace", "输入.json", "支出总表", "合计", "合计"], 0),
        (["trace", "输入.json", "--text", "2.91"], 0),
        (["check", "输入.json"], 0),
        (["check", "无.json"], 4),
        (["explain", "W-12"], 0),
        (["layouts", "list"], 0),
        (["layouts", "show", "common"], 0),
        (["layouts", "lint"], 0),
        (["layouts", "lint", "无此版式"], 1),
        (["layouts", "diff", "common", "common"], 0),
        (["layouts", "schema", "table", "--for", "common"], 0),
        (["schema"], 0),
        (["schema", "无此版式"], 1),
    ],
    ids=str,
)
def test_every_command_answers_in_the_envelope(args: list[str], code: int, desk: Path) -> None:
    made = envelope(desk, *args, code=code)
    assert made["version"] == 1
    assert made["command"] == " ".join(args[:2] if args[0] == "layouts" else args[:1])
    assert made["outputs"] == []
    assert bool(made["problems"]) is bool(code)
    known = {
        "version", "command", "outputs", "problems", "findings", "layouts", "schema", "rules", "files", "changes",
    }  # fmt: skip
    assert set(made) <= known
    assert {key for problem in made["problems"] for key in problem} <= {"rule", "level", "where", "text", "what", "fix"}


def test_the_page_on_json_names_every_key() -> None:
    page = (PROJECT / "docs" / "json.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE)) >= {
        "version", "command", "outputs", "problems", "findings", "layouts", "schema", "rules", "files", "changes",
    }  # fmt: skip


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["layouts", "list"], ["schema"]], ids=" ".join)
def test_help_and_lists_load_no_heavy_library(args: list[str], tmp_path: Path) -> None:
    code = f"""
import sys
from budgetreport.cli import main
try:
    main({args!r})
finally:
    heavy = {{"reportlab", "openpyxl", "pypdfium2", "pdfminer", "pdfplumber", "PIL"}} & set(sys.modules)
    print("loaded:", *sorted(heavy))
"""
    done = started(tmp_path, python=("-c", code), env={"PYTHONUTF8": "1"})
    assert done.stdout.decode().endswith("loaded:\n"), done.stderr.decode()


def test_a_reader_that_goes_away_meets_no_traceback() -> None:
    command = f'"{sys.executable}" -m budgetreport trace "{EXAMPLE}" --text 2.91 --format json | head -1'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)  # noqa: S603 - our own command
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize(
    "args", [["explain", "W-12"], ["layouts", "list", "--format", "json"], ["--help"]], ids=" ".join
)
def test_where_nobody_reads_it_ends_quietly_as_shells_count_it(args: list[str], tmp_path: Path) -> None:
    theirs, ours = os.pipe()
    os.close(theirs)
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "budgetreport", *args],
            stdout=ours,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            check=False,
        )
    finally:
        os.close(ours)
    assert (done.returncode, done.stderr) == (141, b"")
