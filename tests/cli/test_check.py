"""`check`: what is found, where, how it is told, and what the exit code says."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.desk import LAYOUT, TEXT, run, slipped, snapshot, started

UNKNOWN_CODE = ('"economic": "30101"', '"economic": "30100"')
HALF = ('"description": "监测排查的网络覆盖范围类别"', '"description": "××的网络覆盖范围类别"')
"""A placeholder left in."""


def waived(*waivers: dict[str, str]) -> tuple[str, str]:
    """The change that adds waivers."""
    return '"year": 2026,', f'"year": 2026, "waivers": {json.dumps(waivers, ensure_ascii=False)},'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example."""
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    return tmp_path


def envelope(desk: Path, *args: str, code: int = 0) -> dict[str, Any]:
    done = run(desk, "check", *args, "--format", "json")
    assert done.code == code, done.out + done.err
    made: dict[str, Any] = json.loads(done.out)
    return made


def test_the_example_has_warnings_and_no_errors_and_nothing_is_written(desk: Path) -> None:
    before = snapshot(desk)
    done = run(desk, "check", "输入.json")
    assert (done.code, done.err) == (0, "")
    assert " 警告 " in done.out
    assert " 错误 " not in done.out
    assert snapshot(desk) == before


def test_a_finding_stands_under_its_part_with_place_remedy_and_line(desk: Path) -> None:
    """Also where else a reader looks is told."""
    out = run(desk, "check", "输入.json").out
    part = out[out.index("“二、部门预算安排的总体情况”\n") :]
    assert (
        "  第5段 警告 W-12\n"
        "    金额“29.5万元”没有写到两位小数\n"
        "    改法：写作“29.50万元”\n"
        "    填报处：输入.json:149:22\n"
    ) in part
    assert "\n    对照：" in out


def test_parts_stand_in_the_order_of_the_document_each_once(desk: Path) -> None:
    out = run(desk, "check", "输入.json").out
    parts = [line for line in out.splitlines() if line.startswith(("《", "“")) and " " not in line.rstrip()[-8:]]
    assert len(parts) == len(set(parts))
    told = [out.index(part) for part in ("《部门预算一般公共预算财政拨款基本支出表》\n", "“二、", "《4、", "“十、")]
    assert told == sorted(told)


def test_the_last_lines_count_findings_and_rules_and_name_what_could_not_run(desk: Path) -> None:
    made = envelope(desk, "输入.json")
    levels = [p["level"] for p in made["problems"]]
    out = run(desk, "check", "输入.json").out
    counted = f"{levels.count('警告')}个警告，{levels.count('提示')}个提示"
    rules = made["rules"]
    assert f"{counted}（查了{len(rules['ran'])}条规则，{len(rules['skipped'])}条没有条件查）\n" in out
    for one in rules["skipped"]:
        assert one["rule"] in out
        assert f"：{one['why']}\n" in out


def test_an_error_is_exit_code_1(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(HALF), "utf-8")
    done = run(desk, "check", "输入.json")
    assert done.code == 1
    assert "错误 W-01\n" in done.out


def test_an_input_that_cannot_be_composed_is_told_of_without_rules(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", '"八"')), "utf-8")
    done = run(desk, "check", "输入.json")
    assert done.code == 1
    assert done.out.startswith("输入.json:8:97 错误 IN-02\n")
    assert done.out.endswith("1个错误\n")


def test_a_missing_file_is_exit_code_4(desk: Path) -> None:
    done = run(desk, "check", "输入.json", "无.json")
    assert done.code == 4
    assert done.out.startswith("无.json 错误 OS-02\n")
    assert run(desk, "check", "无.pdf").code == 4


def test_strict_makes_a_warning_exit_code_3_and_an_error_stays_1(desk: Path) -> None:
    assert run(desk, "check", "输入.json", "--strict").code == 3
    (desk / "输入.json").write_text(slipped(HALF), "utf-8")
    assert run(desk, "check", "输入.json", "--strict").code == 1


def test_several_files_are_told_apart(desk: Path) -> None:
    (desk / "乙.json").write_text(slipped(HALF), "utf-8")
    made = envelope(desk, "输入.json", "乙.json", code=1)
    assert {p["file"] for p in made["problems"] if p["rule"] == "W-01"} == {"乙.json"}
    assert [f["path"] for f in made["files"]] == ["输入.json", "乙.json"]
    out = run(desk, "check", "输入.json", "乙.json").out
    assert out.startswith("输入.json\n")
    assert "\n乙.json\n" in out


def test_the_envelope(desk: Path) -> None:
    made = envelope(desk, "输入.json")
    assert list(made) == ["version", "command", "outputs", "problems", "rules", "files"]
    assert (made["version"], made["command"], made["outputs"]) == (1, "check", [])
    problem = next(p for p in made["problems"] if p["text"] == "29.5万元")
    assert problem == {
        "rule": "W-12",
        "level": "警告",
        "where": {"section": "二、部门预算安排的总体情况", "paragraph": 5},
        "stated": {"file": "输入.json", "line": 149, "column": 22},
        "text": "29.5万元",
        "what": "金额“29.5万元”没有写到两位小数",
        "fix": "写作“29.50万元”",
        "file": "输入.json",
    }
    assert made["files"] == [{"path": "输入.json", "layout": "hebei/2026-department-budget", "rules": made["rules"]}]


def test_another_layout_than_the_inputs_can_be_asked_for(desk: Path) -> None:
    (desk / "layouts" / "本地").mkdir(parents=True)
    text = "inherits: hebei/2026-department-budget\ntitle: 例\n"
    (desk / "layouts" / "本地" / "layout.yaml").write_text(text, "utf-8")
    assert envelope(desk, "输入.json", "--layout", "本地")["files"][0]["layout"] == "本地"
    assert envelope(desk, "输入.json", "--layout", "无", code=1)["problems"][0]["rule"] == "IN-14"


def test_build_lists_warnings_in_short_counts_notices_and_writes(desk: Path) -> None:
    done = run(desk, "build", "输入.json", "--only", "xlsx")
    lines = done.out.splitlines()
    assert done.code == 0
    assert "“二、部门预算安排的总体情况”第5段 警告 W-12 金额“29.5万元”没有写到两位小数" in lines
    assert not any(" 提示 " in line for line in lines)
    assert lines[-2] == "已写出  output/输入.xlsx"
    assert lines[-1].endswith("个提示（逐条的改法：budgetreport check）")


def test_an_error_of_a_rule_stops_a_build_but_not_a_draft(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(HALF), "utf-8")
    done = run(desk, "build", "输入.json", "--only", "xlsx")
    assert done.code == 1
    assert "错误 W-01\n" in done.out
    assert " 警告 " not in done.out
    assert not (desk / "output").exists()
    draft = run(desk, "build", "输入.json", "--only", "xlsx", "--draft")
    assert draft.code == 0
    assert "错误 W-01\n" in draft.out
    assert (desk / "output" / "输入.xlsx").exists()


def test_a_warning_of_a_rule_stops_a_strict_build(desk: Path) -> None:
    done = run(desk, "build", "输入.json", "--strict")
    assert done.code == 3
    assert " 警告 W-12 " in done.out
    assert done.out.endswith("没有写出文件（退出码3）\n")
    assert not (desk / "output").exists()


def test_what_is_waived_is_shown_with_its_reason_and_counts_as_neither(desk: Path) -> None:
    plain = envelope(desk, "输入.json")["problems"]
    (desk / "输入.json").write_text(slipped(waived({"rule": "W-12", "where": "第5段", "reason": "批复原文"})), "utf-8")
    out = run(desk, "check", "输入.json").out
    assert "  第5段 放行（警告） W-12\n    金额“29.5万元”没有写到两位小数\n    理由：批复原文\n" in out
    assert "4处放行" in out
    problems = envelope(desk, "输入.json")["problems"]
    assert len(problems) == len(plain)
    assert {p["rule"] for p in problems if p.get("waived") == "批复原文"} == {"W-12"}


def test_a_build_with_everything_waived_is_strict_enough(desk: Path) -> None:
    warned = {p["rule"] for p in envelope(desk, "输入.json")["problems"] if p["level"] == "警告"}
    change = waived(*({"rule": rule, "reason": "已核对"} for rule in sorted(warned)))
    (desk / "输入.json").write_text(slipped(change), "utf-8")
    done = run(desk, "build", "输入.json", "--strict", "--only", "xlsx")
    assert done.code == 0
    assert " 放行（警告） W-12 " in done.out
    assert "处放行" in done.out


def test_an_error_that_is_waived_lets_a_build_pass(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(HALF, waived({"rule": "W-01", "reason": "项目名称如此"})), "utf-8")
    assert run(desk, "build", "输入.json", "--only", "xlsx").code == 0


@pytest.mark.parametrize(
    ("waiver", "level", "what"),
    [
        ({"rule": "W-012", "reason": "甲"}, "警告", "没有规则“W-012”，这条放行不起作用"),
        ({"rule": "W-01", "reason": "甲"}, "提示", "没有什么要放行：“W-01”没有查出问题"),
        ({"rule": "W-12", "where": "无此处", "reason": "甲"}, "提示", "没有什么要放行：“W-12”在“无此处”没有查出问题"),
    ],
    ids=["unknown rule", "nothing found", "another place"],
)
def test_a_waiver_that_does_nothing_is_told_of(waiver: dict[str, str], level: str, what: str, desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(waived(waiver)), "utf-8")
    problem = next(p for p in envelope(desk, "输入.json")["problems"] if p["rule"] == "IN-19")
    assert (problem["level"], problem["what"]) == (level, what)
    assert problem["where"] == {"file": "输入.json", "line": 4, "column": 38}


def test_an_unknown_rule_in_a_waiver_is_met_with_the_nearest(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(waived({"rule": "W-012", "reason": "甲"})), "utf-8")
    problem = next(p for p in envelope(desk, "输入.json")["problems"] if p["rule"] == "IN-19")
    assert problem["fix"] == "是不是“W-12”？"


def test_an_error_that_the_program_found_cannot_be_waived(desk: Path) -> None:
    slip = ('"economic": "30101", ', "")
    (desk / "输入.json").write_text(slipped(slip, waived({"rule": "IN-18", "reason": "甲"})), "utf-8")
    made = envelope(desk, "输入.json", code=1)
    assert any(p["rule"] == "IN-18" and "waived" not in p for p in made["problems"])
    assert any("是程序自己查的错误，不能放行" in p["what"] for p in made["problems"])


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_waiver_needs_a_reason(reason: str, desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(waived({"rule": "W-12", "reason": reason})), "utf-8")
    done = run(desk, "check", "输入.json")
    assert done.code == 1
    assert "waivers 第1条" in done.out


def test_a_built_pdf_and_workbook_are_judged_alike(desk: Path) -> None:
    assert run(desk, "build", "输入.json").code == 0
    of_input = {(p["rule"], p["text"]) for p in envelope(desk, "输入.json")["problems"] if p["level"] == "警告"}
    for kind in ("pdf", "xlsx"):
        made = envelope(desk, f"output/输入.{kind}")
        tables = made["files"][0]["tables"]
        assert (len(tables["recognised"]), tables["unrecognised"], tables["missing"]) == (16, [], [])
        assert {(p["rule"], p["text"]) for p in made["problems"] if p["level"] == "警告"} == of_input
        stated = next(p for p in made["problems"] if p["text"] == "29.5万元")["stated"]
        assert set(stated) == ({"page"} if kind == "pdf" else {"file", "sheet", "cell"})
        assert "IN-10" in {one["rule"] for one in made["rules"]["skipped"]}


def test_a_file_of_others_is_told_of_by_its_tables(desk: Path) -> None:
    run(desk, "build", "输入.json", "--only", "xlsx")
    out = run(desk, "check", "output/输入.xlsx").out
    assert "\n认出的表（16张）：部门预算收支总表、" in out
    assert "\n  没有查 " in out


def test_a_pdf_whose_layout_is_not_at_hand_is_checked_by_another_and_that_is_said(desk: Path) -> None:
    name = "某市/2026-部门预算"
    folder = desk / "我的" / name
    folder.mkdir(parents=True)
    (folder / "layout.yaml").write_text(f"title: 某市\ninherits: {LAYOUT}\n", "utf-8")
    (desk / "输入.json").write_text(slipped((f'"layout": "{LAYOUT}"', f'"layout": "{name}"')), "utf-8")
    assert run(desk, "build", "输入.json", "--layouts", "我的").code == 0
    out = run(desk, "check", "output/输入.pdf").out
    told = re.search(r"文件注明的版式是“某市/2026-部门预算”，这里没有，改按最相近的“(.+)”检查\n", out)
    assert told is not None
    assert "output/输入.pdf 警告 LY-12\n" in out
    assert f"\n按版式“{told[1]}”检查\n认出的表" in out
    for more in (("--layouts", "我的"), ("--layout", LAYOUT)):
        assert "LY-12" not in run(desk, "check", "output/输入.pdf", *more).out
    assert f"\n按版式“{name}”检查\n" in run(desk, "check", "output/输入.pdf", "--layouts", "我的").out


@pytest.mark.parametrize("name", ["坏.pdf", "坏.xlsx"])
def test_a_damaged_file_is_exit_code_4(name: str, desk: Path) -> None:
    (desk / name).write_bytes(b"not at all")
    done = run(desk, "check", name)
    assert done.code == 4
    assert f"{name} 错误 OS-03\n" in done.out


def test_fix_writes_a_new_input_and_shows_the_changes(desk: Path) -> None:
    done = run(desk, "check", "输入.json", "--fix", "-o", "改好.json")
    assert done.code == 0
    assert "\n+" in done.out
    assert (desk / "输入.json").read_text("utf-8") == TEXT
    assert "29.50万元" in (desk / "改好.json").read_text("utf-8")


def test_fix_overwrites_the_input_only_where_that_is_asked_for(desk: Path) -> None:
    done = run(desk, "check", "输入.json", "--fix", "-o", "./输入.json")
    assert (done.code, "就是输入文件；要就地改写，用 --in-place" in done.err) == (2, True)
    assert (desk / "输入.json").read_text("utf-8") == TEXT
    assert run(desk, "check", "输入.json", "--fix", "--in-place").code == 0
    assert "29.50万元" in (desk / "输入.json").read_text("utf-8")


def test_json_has_the_file_that_fix_wrote(desk: Path) -> None:
    made = envelope(desk, "输入.json", "--fix", "-o", "改好.json")
    digest = hashlib.sha256((desk / "改好.json").read_bytes()).hexdigest()
    assert made["outputs"] == [{"path": "改好.json", "sha256": digest, "changes": len(made["changes"])}]


def test_fix_mends_by_the_rules_and_the_layout_that_a_check_is_given(desk: Path) -> None:
    """A rule that is switched off mends nothing; a layout that is not there is told."""
    (desk / "本地.yaml").write_text("rules:\n  W-12: {level: 不查}\n", "utf-8")
    (desk / "layouts" / "本地").mkdir(parents=True)
    layout = "inherits: hebei/2026-department-budget\ntitle: 例\n"
    (desk / "layouts" / "本地" / "layout.yaml").write_text(layout, "utf-8")
    (desk / "layouts" / "本地" / "checks.yaml").write_text("rules:\n  W-12: {level: 不查}\n", "utf-8")
    for args in (["--rules", "本地.yaml"], ["--layout", "本地"]):
        done = run(desk, "check", "输入.json", "--fix", *args)
        assert (done.code, "29.50万元" in done.out) == (0, False), done
    done = run(desk, "check", "输入.json", "--fix", "--layout", "无")
    assert (done.code, "错误 IN-14" in done.out) == (1, True)


def test_what_fix_cannot_write_is_the_machines_matter(desk: Path) -> None:
    (desk / "改好.json").mkdir()
    done = run(desk, "check", "输入.json", "--fix", "-o", "改好.json")
    assert done.code == 4
    assert "改好.json 错误 OS-01\n" in done.out
    assert "同名的文件夹" in done.out


def test_of_more_findings_than_anybody_reads_the_rest_is_counted(desk: Path) -> None:
    lines = ", ".join(['{"function": "2013701", "amount": "八"}'] * 120)
    (desk / "输入.json").write_text(slipped(('"ledger": [', f'"ledger": [{lines}, ')), "utf-8")
    out = run(desk, "check", "输入.json").out
    assert "处，用 --format xlsx 看全部\n" in out
    assert len(envelope(desk, "输入.json", code=1)["problems"]) >= 360


@pytest.mark.parametrize(
    "args",
    [
        ["a.json", "b.json", "--fix"],
        ["a.pdf", "--fix"],
        ["a.json", "--fix", "--format", "xlsx"],
        ["a.json", "--fix", "--strict"],
        ["a.json", "--in-place"],
        ["a.json", "--fix", "--in-place", "-o", "b.json"],
        ["a.json", "-o", "b"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_wrong_usage(args: list[str], desk: Path) -> None:
    assert run(desk, "check", *args).code == 2


def test_a_check_loads_neither_typesetter_nor_writers(desk: Path) -> None:
    code = """
import sys
from budgetreport.cli import main
try:
    main(["check", "输入.json"])
finally:
    heavy = {"reportlab", "openpyxl", "pdfminer", "pdfplumber", "pypdfium2", "PIL"} & set(sys.modules)
    ours = ("typeset.pages", "write.pdf", "write.xlsx", "read.naming")
    print("loaded:", *sorted(heavy), *(name for name in ours if f"budgetreport.{name}" in sys.modules))
"""
    done = started(desk, python=("-c", code), env={"PYTHONUTF8": "1"})
    assert done.stdout.decode().endswith("loaded:\n"), done.stderr.decode()


def test_a_lock_file_of_an_open_workbook_is_passed_over_with_a_word(desk: Path) -> None:
    (desk / "~$输入.xlsx").write_bytes(b"\x07clerk" + bytes(158))
    told = (
        "~$输入.xlsx 提示 OS-06\n"
        "  这是WPS或Excel打开文件时留下的锁文件，没有检查\n"
        "  改法：“输入.xlsx”正开着：存盘、关闭后再检查，以免漏掉没存的改动\n"
    )
    done = run(desk, "check", "~$输入.xlsx", "输入.json")
    assert done.code == 0
    assert done.out.startswith(told)
    assert "条规则" in done.out
    made = envelope(desk, "~$输入.xlsx", "输入.json")
    assert [one["path"] for one in made["files"]] == ["输入.json"]
    assert "OS-06" in {p["rule"] for p in made["problems"]}
    assert told in run(desk, "check", "~$输入.xlsx", "输入.json", "--format", "xlsx").out
    alone = run(desk, "check", "~$输入.xlsx")
    assert (alone.code, alone.out) == (4, told)
