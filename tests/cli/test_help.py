"""Everything that the command line itself says is Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetreport import __version__
from budgetreport.cli.locale import compile as catalogues
from budgetreport.layout.schema import KINDS
from tests.desk import EXAMPLE, run

COMMANDS = [
    [],
    ["build"],
    ["check"],
    ["explain"],
    ["extract"],
    ["trace"],
    ["verify"],
    ["schema"],
    ["fonts"],
    ["layouts"],
    ["layouts", "list"],
    ["layouts", "show"],
    ["layouts", "lint"],
    ["layouts", "preview"],
    ["layouts", "draft"],
    ["layouts", "new"],
    ["layouts", "diff"],
    ["layouts", "schema"],
]
OURS = {
    "budgetreport",
    "build",
    "trace",
    "verify",
    "schema",
    "layouts",
    "list",
    "show",
    "lint",
    "draft",
    "TODO",
    "common",
    "preview",
    "new",
    "diff",
    *KINDS,
    "json",
    "text",
    "pdf",
    "xlsx",
    "output",
    "extract",
    "none",
    "check",
    "explain",
    "fonts",
    "windows",
}
"""Words that are typed as they stand."""
WRONG = [
    ["无此命令"],
    ["layouts", "无此命令"],
    ["layouts", "show"],
    ["layouts", "new", "新"],
    ["layouts", "new", "../新", "--from", "common"],
    ["layouts", "new", "hebei/2026-department-budget", "--from", "common"],
    ["layouts", "diff", "common"],
    ["layouts", "schema"],
    ["layouts", "schema", "无此种"],
    ["layouts", "schema", "table", "-o", "甲"],
    ["verify"],
    ["verify", "a.xlsx"],
    ["build"],
    ["trace"],
    ["build", "--draft=1", "a.json"],
    ["build", "-o"],
    ["build", "a.json", "--onyl", "pdf"],
    ["build", "a.json", "--only", "doc"],
    ["build", "a.json", "--format", "xml"],
    ["check"],
    ["check", "a.json", "-o", "b.xlsx"],
    ["check", "a.json", "--rules", "无此文件"],
    ["explain", "无此规则"],
    ["build", "a.json", "--layouts", str(EXAMPLE)],
    ["trace", "a.json", "表", "行"],
    ["trace", "a.json", "表", "行", "栏", "--text", "字"],
    ["schema", "a", "b"],
]


def english(text: str) -> set[str]:
    """Latin words that nobody types and no term is."""
    text = re.sub(r"--?[A-Za-z]+|\S+\.json|\S+/\S+|JSON Schema|PDF|XLSX", " ", text)
    return set(re.findall(r"[A-Za-z]{2,}", text)) - OURS


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_chinese(command: list[str], option: str, tmp_path: Path) -> None:
    done = run(tmp_path, *command, option)
    assert done.out.startswith(" ".join(["用法：budgetreport", *command, ""]))
    assert (done.code, done.err) == (0, "")
    assert english(done.out) == set()


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_wrong_usage_is_told_in_chinese_with_exit_code_2(args: list[str], tmp_path: Path) -> None:
    done = run(tmp_path, *args)
    assert "错误：" in done.err
    assert (done.code, done.out) == (2, "")
    assert english(done.err) <= {"onyl", "doc", "xml"}


def test_a_mistyped_option_is_met_with_the_nearest(tmp_path: Path) -> None:
    assert "没有选项 --strct。 是不是 '--strict'？" in run(tmp_path, "build", "a.json", "--strct").err


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version(option: str, tmp_path: Path) -> None:
    assert run(tmp_path, option).out == f"budgetreport {__version__}\n"


def test_without_anything_the_help_is_shown(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.out + done.err).startswith("用法：budgetreport [选项] 命令")
    assert done.code == 2


def test_the_compiled_catalogue_is_the_one_of_the_texts() -> None:
    """Else: python -m budgetreport.cli.locale.compile."""
    texts = (catalogues.HERE / "messages.json").read_text("utf-8")
    assert catalogues.TARGET.read_bytes() == catalogues.catalogue(texts)
