"""`explain`: a rule's page, and the list of all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.desk import LAYOUT, PROJECT, run
from tests.making import hebei, written


def test_a_rule_is_explained(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "W-12")
    assert done.code == 0
    assert done.out.startswith("W-12  金额没有写到两位小数\n  级别：警告、提示\n  组：文字与标点\n")
    assert "  文字（警告）\n    报：金额“…”没有写到两位小数\n    改法：写作“…”\n" in done.out


def test_small_letters_will_do(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "w-12").out == run(tmp_path, "explain", "W-12").out


def test_what_the_program_itself_checks_is_explained_too(tmp_path: Path) -> None:
    assert "（程序自己查的，不能关闭）" in run(tmp_path, "explain", "IN-18").out


def test_an_unknown_rule_is_wrong_usage_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "PB-044")
    assert (done.code, done.out) == (2, "")
    assert "没有规则“PB-044”。是不是“PB-04”？" in done.err


def test_without_a_rule_all_are_listed_under_their_groups(tmp_path: Path) -> None:
    out = run(tmp_path, "explain").out
    assert re.findall(r"^  (\S+)", out, re.MULTILINE) == sorted(
        re.findall(r"^  (\S+)", out, re.MULTILINE), key=lambda rule: out.index(f"  {rule} ")
    )
    assert set(re.findall(r"^  (\S+)  ", out, re.MULTILINE)) == set(hebei().rules.known())
    assert "\n表内\n  T1-01  错误  " in out


def test_json_has_the_page(tmp_path: Path) -> None:
    made = json.loads(run(tmp_path, "explain", "W-12", "--format", "json").out)
    (rule,) = made["rules"]
    assert (rule["rule"], rule["levels"], [case["name"] for case in rule["cases"]]) == (
        "W-12", ["警告", "提示"], ["文字", "过细", "指标"],
    )  # fmt: skip


def test_every_rule_can_be_explained(tmp_path: Path) -> None:
    made = json.loads(run(tmp_path, "explain", "--format", "json").out)["rules"]
    lacking = [page["rule"] for page in made if not page["name"] or any(not case["fix"] for case in page["cases"])]
    assert lacking == []


def test_every_id_that_the_program_tells_has_a_page() -> None:
    told = {
        found
        for file in (PROJECT / "src" / "budgetreport").rglob("*.py")
        for found in re.findall(r'"((?:IN|C|LY|OS)-[0-9]{2})"', file.read_text("utf-8"))
    }
    assert told
    assert told - set(hebei().rules.known()) == set()


@pytest.mark.parametrize("args", [["--rules", "本地.yaml"], ["--layout", "hebei/2026-department-budget"]], ids=" ".join)
def test_own_rules_and_layouts_are_explained(args: list[str], tmp_path: Path) -> None:
    text = "rules:\n  W-12: {level: 不查}\n"
    (tmp_path / "本地.yaml").write_text(text, "utf-8")
    out = run(tmp_path, "explain", "W-12", *args).out
    assert ("级别：不查\n" in out) is ("--rules" in args)


def test_a_layout_beside_the_command_is_explained_where_it_is_asked_for_or_alone_knows_the_rule(tmp_path: Path) -> None:
    """It sorts before the shipped ones, and one that cannot be read lies there too: neither speaks for the others."""
    own = "groups: {本: 本地}\nrules:\n  W-12: {level: 不查}\n  本-1: {name: 例, require: 'yes', what: 甲, fix: 乙}\n"
    root = f"inherits: {LAYOUT}\ntitle: 我的\n"
    written(tmp_path / "layouts", {"layout.yaml": root, "checks.yaml": own}, "a")
    written(tmp_path / "layouts", {"layout.yaml": "title: ["}, "b")
    assert run(tmp_path, "explain", "本-1").out.startswith("本-1  例\n")
    assert "级别：警告、提示\n" in run(tmp_path, "explain", "W-12").out
    assert "级别：不查\n" in run(tmp_path, "explain", "W-12", "--layout", "a").out
