"""Codes on both sides of a table: each side's are judged as those of a table that has one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from budgetreport.checking import check
from budgetreport.checks import Document, Judge
from budgetreport.layout import load, shelf
from budgetreport.layout.model import Layout
from budgetreport.report import Report
from tests.checks.altered import with_cells
from tests.making import report, small, stated

LAYOUT = "national/2024-final-accounts"
BASIC = "一般公共预算财政拨款基本支出决算表"
RULES = ("C-01", "C-02", "C-03", "C-04", "IN-08", "CP-03")
CODE, NAME = "经济分类科目编码", "科目名称"


@cache
def original() -> Report:
    document = check(Path(__file__).parents[2] / "inputs/qinghe-commerce-2024-final-accounts.json").document
    assert document is not None
    return document.report


def told(made: Report, layout: Layout) -> set[tuple[str, str, str]]:
    """Of the rules that look at codes: the rule, the words that the finding is about, what is wrong."""
    document = Document(made, lambda _position, _words: None)
    found = Judge(document, layout, exact=False).check().problems
    return {(p.rule, p.text, p.what) for p in found if p.rule in RULES}


def test_a_table_of_two_sides_as_it_should_be_is_left_alone() -> None:
    assert told(original(), load(LAYOUT, shelf())) == set()


@pytest.mark.parametrize(
    ("row", "column", "text", "finding"),
    [
        ("30102", f"人员/{CODE}", "30198", ("C-01", "30198", "部门经济分类科目“30198”不在2024年的科目表里")),
        ("30202", f"公用/{CODE}", "30298", ("C-01", "30298", "部门经济分类科目“30298”不在2024年的科目表里")),
        ("30202", f"公用/{NAME}", "印刷品费", ("C-02", "印刷品费", "30202写作“印刷品费”，2024年科目表为“印刷费”")),
        ("30202", f"公用/{CODE}", "3020", ("C-03", "3020", "部门经济分类科目“3020”有4位，应为3、5位")),
        ("302", f"公用/{CODE}", "", ("C-03", "30201", "有30201（办公费），缺上级科目302")),
        ("30202", f"公用/{CODE}", "30201", ("IN-08", "30201", "科目30201（办公费）在同一张表中重复")),
    ],
)
def test_a_wrong_entry_on_either_side_is_told(row: str, column: str, text: str, finding: tuple[str, str, str]) -> None:
    assert finding in told(with_cells({(BASIC, row, column): text}, original()), load(LAYOUT, shelf()))


def test_a_code_without_the_codes_below_it_is_told_on_the_right_too() -> None:
    below = ("31001", "31002", "31003", "31007", "31013", "31019", "31021", "31022", "31099")
    made = with_cells({(BASIC, row, f"公用/{CODE}"): "" for row in below}, original())
    assert ("C-04", "310", "310（资本性支出）没有细化到款级") in told(made, load(LAYOUT, shelf()))


def test_a_list_that_goes_on_on_the_other_side_is_one_list() -> None:
    last_left = {f"人员/{CODE}": "302", f"人员/{NAME}": "商品和服务支出"}
    first_right = {f"公用/{CODE}": "", f"公用/{NAME}": ""}
    cells = {(BASIC, "30399", column): text for column, text in last_left.items()}
    cells |= {(BASIC, "302", column): text for column, text in first_right.items()}
    assert told(with_cells(cells, original()), load(LAYOUT, shelf())) == set()


def empty(folder: Path, right: str) -> set[tuple[str, str, str]]:
    """What is told of a table of two sides that counts no line."""
    table = (
        "title: 表\ncaption: [单位：万元]\nwhere: {source: 一般公共预算拨款}\n"
        "columns: [{head: 项目, show: label}, {head: 数, sum: {}}]\n"
        f"sides: [{{id: 左, rows: [{{label: 工资, where: {{}}}}]}}, {{id: 右, rows: [{right}]}}]\n"
    )
    all_of_it = "title: 全部\ncaption: [单位：万元]\ncolumns: [{head: 数, sum: {}}]\nrows: [{label: 合计, where: {}}]"
    layout = small(folder, {"tables/甲.yaml": table, "tables/乙.yaml": all_of_it})
    return told(report(stated("2013701 30101 人员经费 其他收入 1.00"), layout), layout)


def test_an_empty_table_with_a_list_on_one_side_is_to_say_that_it_is_empty(tmp_path: Path) -> None:
    listing = "{each: function, level: 类}, {label: 合计, where: {}}"
    assert empty(tmp_path / "一", listing) == {("CP-03", "表", "《表》是空表，没有说明")}
    assert empty(tmp_path / "二", "{label: 合计, where: {}}") == set()
