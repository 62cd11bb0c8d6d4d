"""A bureau's own rules: picked up by an option and by a folder, laid over the layout's, their mistakes told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.desk import PROJECT, TEXT, run

PAGE = (PROJECT / "docs" / "rules-authoring.md").read_text("utf-8")
OWN = next(block for block in re.findall(r"```yaml rules\n(.*?)```", PAGE, re.DOTALL) if "JZ-01" in block)
"""The rules of docs/rules-authoring.md."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example, which says 我办 once."""
    (tmp_path / "输入.json").write_text(TEXT.replace("1、网络宣传经费5万元", "1、我办网络宣传经费5万元", 1), "utf-8")
    return tmp_path


def checked(desk: Path, *args: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(desk, "check", "输入.json", "--format", "json", *args).out)
    return made


def written(desk: Path, name: str, text: str) -> str:
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_text(text, "utf-8")
    return name


def own(made: dict[str, Any]) -> list[tuple[str, str, str]]:
    return sorted((p["rule"], p["level"], p["what"]) for p in made["problems"] if p["rule"].startswith("JZ"))


FOUND = [
    ("JZ-01", "警告", "文中自称“我办”"),
    ("JZ-02", "错误", "“三公”经费2.91万元，超过上限2.00万元，多0.91万元"),
]


@pytest.mark.parametrize(
    ("name", "args"),
    [("晋州市.yaml", ["--rules", "晋州市.yaml"]), ("市里/甲.yaml", ["--rules", "市里"]), ("rules/甲.yaml", [])],
    ids=["a file", "a folder", "the folder beside the input"],
)
def test_three_rules_of_a_bureau_are_picked_up(name: str, args: list[str], desk: Path) -> None:
    assert own(checked(desk)) == []
    written(desk, name, OWN)
    made = checked(desk, *args)
    found = own(made)
    assert [one for one in found if one[0] != "JZ-03"] == FOUND
    assert ("JZ-03", "提示", "“一般行政管理事务”的项目支出19.00万元，超过合计的一半") in found


def test_a_rule_is_quiet_where_its_condition_holds(desk: Path) -> None:
    written(desk, "rules/甲.yaml", OWN.replace("2000000", "3000000").replace("'我办|我单位'", "'本单位的大名'"))
    assert {rule for rule, _, _ in own(checked(desk))} == {"JZ-03"}


def test_a_rule_over_rows_names_each_row_and_column(desk: Path) -> None:
    written(desk, "rules/甲.yaml", OWN)
    places = [p["where"] for p in checked(desk)["problems"] if p["rule"] == "JZ-03"]
    assert len(places) == len({place["row"] for place in places}) > 1
    assert {(place["table"], place["column"]) for place in places} == {("部门预算支出总表", "项目支出")}


def test_an_error_of_a_bureaus_rule_stops_a_build(desk: Path) -> None:
    written(desk, "本地.yaml", OWN)
    assert run(desk, "build", "输入.json", "--only", "xlsx").code == 0
    done = run(desk, "build", "输入.json", "--only", "xlsx", "--rules", "本地.yaml")
    assert done.code == 1
    assert "错误 JZ-02\n" in done.out


def test_a_rule_is_switched_off_and_another_relevelled_with_all_its_cases(desk: Path) -> None:
    before = {p["rule"] for p in checked(desk)["problems"]}
    assert {"W-12", "PF-09"} <= before
    written(desk, "rules/甲.yaml", "rules:\n  PF-09: {level: 不查}\n  W-12: {level: 提示}\n")
    problems = checked(desk)["problems"]
    assert before - {p["rule"] for p in problems} == {"PF-09"}
    assert {p["level"] for p in problems if p["rule"] == "W-12"} == {"提示"}


def test_one_case_of_a_rule_is_switched_off(desk: Path) -> None:
    written(desk, "rules/甲.yaml", "rules:\n  W-12:\n    cases:\n      指标: {level: 不查}\n")
    assert {p["level"] for p in checked(desk)["problems"] if p["rule"] == "W-12"} == {"警告"}


def test_the_last_of_several_files_has_the_last_word(desk: Path) -> None:
    first = written(desk, "一.yaml", "rules:\n  W-12: {level: 不查}\n")
    second = written(desk, "二.yaml", "rules:\n  W-12: {level: 错误}\n")
    levels = {p["level"] for p in checked(desk, "--rules", first, "--rules", second)["problems"] if p["rule"] == "W-12"}
    assert levels == {"错误"}


def test_a_code_list_is_replaced(desk: Path) -> None:
    """The bureau's list lacks 30101 and calls 30102 otherwise."""
    lines = (PROJECT / "layouts" / "common" / "codes" / "economic.csv").read_text("utf-8").splitlines()
    ours = [line.replace("津贴补贴", "津贴和补贴") for line in lines if not line.startswith("30101,")]
    written(desk, "rules/codes/economic.csv", "\n".join(ours))
    problems = checked(desk)["problems"]
    assert [p["text"] for p in problems if p["rule"] == "C-01"][:1] == ["30101"]
    out = run(desk, "trace", "输入.json", "一般公共预算财政拨款基本支出表", "30102", "合计").out
    assert "津贴和补贴" in out


MISTAKES = {
    "an unknown key": (
        "rules:\n  JZ-01: {name: 甲, fnd: 乙, what: 丙, fix: 丁}\n",
        ":2:20 错误 LY-02", "没有叫“fnd”的键", "是不是“find”？",
    ),
    "an unknown name": (
        "rules:\n  JZ-01: {name: 甲, require: tabel('收支总表'), what: 丙, fix: 丁}\n",
        ":2:29 错误 LY-02", "没有叫“tabel”的名称", "是不是“table”？",
    ),
    "an unknown table": (
        "rules:\n  JZ-01: {name: 甲, require: table('收支总裱'), what: 丙, fix: 丁}\n",
        ":2:29 错误 LY-02", "没有叫“收支总裱”的表", "是不是“收支总表”？",
    ),
    "an unknown filter": (
        "rules:\n  JZ-01: {name: 甲, find: 乙, what: '{{ text|amont }}', fix: 丁}\n",
        ":2:35 错误 LY-02", "没有叫“amont”的过滤器", "是不是“amount”？",
    ),
    "a name that no message sees": (
        "rules:\n  JZ-01: {name: 甲, find: 乙, what: '{{ txt }}', fix: 丁}\n",
        ":2:35 错误 LY-02", "没有叫“txt”的名称", "是不是“text”？",
    ),
    "an expression not closed": (
        "rules:\n  JZ-01: {name: 甲, require: (1, what: 丙, fix: 丁}\n",
        ":2:29 错误 LY-08", "模板写法有误", "检查成对的",
    ),
    "a pattern that is none": (
        "rules:\n  JZ-01: {name: 甲, find: (乙, what: 丙, fix: 丁}\n",
        ":2:10 错误 LY-08", "正则式有误", "检查成对的括号",
    ),
    "an unknown name in what all rules share": (
        "let: {甲: tabel('收支总表')}\n", ":1:10 错误 LY-02", "没有叫“tabel”的名称", "是不是“table”？",
    ),
    "a shared message not closed": (
        "messages: {甲: {what: '{{ text', fix: 丁}}\n", ":1:22 错误 LY-08", "模板写法有误", "检查成对的",
    ),
    "an unknown table in a shared message": (
        "messages: {甲: {what: \"{{ table('收支总裱').title }}\", fix: 丁}}\n",
        ":1:22 错误 LY-02", "没有叫“收支总裱”的表", "是不是“收支总表”？",
    ),
    "a shared message that is not there": (
        "rules:\n  JZ-01: {name: 甲, find: 乙, message: 丙丁}\n",
        ":2:10 错误 LY-02", "没有叫“丙丁”的现成的话", "可用的是",
    ),
    "one side of two that must be equal": (
        "rules:\n  JZ-01: {name: 甲, equal: ['1'], what: 丙, fix: 丁}\n",
        ":2:27 错误 LY-01", "equal 应有两项", "[所填的数, 应有的数]",
    ),
    "a rule that is a word": (
        "rules:\n  JZ-01: 不查\n", ":2:10 错误 LY-01", "规则应是若干个“键: 值”", "参照手册",
    ),
    "a level that is none": (
        "rules:\n  JZ-01: {name: 甲, level: 警示, find: 乙, what: 丙, fix: 丁}\n",
        ":2:27 错误 LY-02", "没有叫“警示”的取值", "是不是“警告”？",
    ),
    "a rule to change that is not there": (
        "rules:\n  W-012: {level: 不查}\n", ":2:3 错误 LY-02", "没有规则“W-012”", "是不是“W-12”？",
    ),
    "a rule that says nothing": (
        "rules:\n  JZ-01: {name: 甲, find: 乙}\n", ":2:10 错误 LY-01", "没有说哪里不对、怎样改", "补写 what 和 fix",
    ),
    "no YAML": ("rules: [\n", ":2:1 错误 LY-01", "YAML写法有误", "检查缩进"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_place_and_nearest_word_and_nothing_is_checked(name: str, desk: Path) -> None:
    text, place, what, fix = MISTAKES[name]
    written(desk, "rules/甲.yaml", text)
    done = run(desk, "check", "输入.json")
    assert done.code == 1
    assert re.match(rf"rules/甲\.yaml{place}\n", done.out)
    assert what in done.out
    assert fix in done.out
    assert "W-12" not in done.out.replace(fix, "")


def test_a_list_of_codes_that_nothing_uses_is_told_of(desk: Path) -> None:
    written(desk, "rules/codes/econmic.csv", "code,name\n30101,甲\n")
    out = run(desk, "check", "输入.json").out
    assert "没有叫“econmic”的科目表" in out
    assert "是不是“economic.csv”？" in out


def test_an_empty_folder_of_rules_is_told_of(desk: Path) -> None:
    (desk / "空").mkdir()
    done = run(desk, "check", "输入.json", "--rules", "空")
    assert done.code == 1
    assert "这个文件夹里没有规则文件" in done.out
