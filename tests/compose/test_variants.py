"""The reference layout with other facts: funds, money carried over and kept, no prior year, special funds, units."""

from __future__ import annotations

from typing import Any

import pytest

from budgetreport.layout import Layout
from budgetreport.problems import FilePlace
from budgetreport.report import Report
from tests.making import cells, composed, example, grid_text, headings, hebei, paragraphs, printed, report, table


@pytest.fixture(scope="module")
def layout() -> Layout:
    return hebei()


def with_lines(*lines: dict[str, Any], prior: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    def change(data: dict[str, Any]) -> None:
        data["ledger"] += lines
        data["prior_year"]["ledger"] += prior

    return example(change)


def line(amount: str, **said: str) -> dict[str, Any]:
    return {
        "function": "2013701",
        "use": "项目支出",
        "source": "一般公共预算拨款",
        "project": "13018326P000328104136",
        "amount": amount,
        **said,
    }


def sentence(made: Report, start: str) -> str:
    (found,) = [text for text in paragraphs(made) if text.startswith(start)]
    return found


def notes(made: Report, name: str) -> list[str]:
    return [note.text for note in table(made, name).notes]


FUNDS = {
    "政府性基金预算拨款": ("政府性基金预算财政拨款支出表", "2120801", "212", "政府性基金预算财政拨款", "基金预算收入"),
    "国有资本经营预算拨款": (
        "国有资本经营预算财政拨款支出表",
        "2239999",
        "223",
        "国有资本经营预算财政拨款",
        "国有资本经营预算收入",
    ),
}


@pytest.mark.parametrize("source", FUNDS)
def test_a_fund_without_lines_has_an_empty_table_that_says_so(source: str, layout: Layout) -> None:
    name, *_ = FUNDS[source]
    made = report(example(), layout)
    assert printed(made, name).split("\n")[3:] == ["|||||"]
    assert [note.endswith("空表列示。") for note in notes(made, name)] == [True]


@pytest.mark.parametrize("source", FUNDS)
def test_a_fund_with_lines_fills_its_table_and_the_note_goes(source: str, layout: Layout) -> None:
    name, code, top, column, words = FUNDS[source]
    made = report(with_lines(line("7.00", source=source, function=code)), layout)
    body = [row.split("|") for row in printed(made, name).split("\n")[3:]]
    assert [[row[1], *row[3:]] for row in body] == [
        ["", "7.00", "", "7.00"],
        [top, "7.00", "", "7.00"],
        [code[:5], "7.00", "", "7.00"],
        [code, "7.00", "", "7.00"],
    ]
    assert notes(made, name) == []
    assert cells(made, "财政拨款收支总表")[top, f"支出/{column}"].text == "7.00"
    assert f"{words}7.00万元" in sentence(made, "反映本部门当年全部收入")


def test_money_carried_over_stands_in_its_rows_columns_and_sentence(layout: Layout) -> None:
    made = report(with_lines(line("3.30", carried_over="是")), layout)
    both = cells(made, "收支总表")
    assert both["上年结转结余", "收入/预算数"].text == "3.30"
    assert both["本年收入合计", "收入/预算数"].text == "317.38"
    assert both["收入总计", "收入/预算数"].text == both["支出总计", "支出/预算数"].text == "320.68"
    assert cells(made, "收入总表")["合计", "上年结转"].text == "3.30"
    assert cells(made, "收入总表")["合计", "本年收入/小计"].text == "317.38"
    appropriated = cells(made, "财政拨款收支总表")
    assert appropriated["年初财政拨款结转和结余", "收入/金额"].text == "3.30"
    assert appropriated["年初一般公共预算拨款", "收入/金额"].text == "3.30"
    assert "上年结转结余3.30万元" in sentence(made, "反映本部门当年全部收入")


def test_money_kept_for_the_next_year_is_income_without_expenditure(layout: Layout) -> None:
    kept = {"use": "结转下年", "source": "其他收入", "amount": "8.00"}
    before = {"use": "结转下年", "source": "其他收入", "amount": "6.50"}
    made = report(with_lines(kept, prior=(before,)), layout)
    both = cells(made, "收支总表")
    assert both["年终结转结余", "支出/预算数"].text == "8.00"
    assert both["本年支出合计", "支出/预算数"].text == "317.38"
    assert both["收入总计", "收入/预算数"].text == both["支出总计", "支出/预算数"].text == "325.38"
    assert cells(made, "收入总表")["合计", "合计"].text == "317.38"
    assert "预计下年使用的单位资金结余8.00万元" in sentence(made, "收支预算总表支出栏")
    assert "预计下年使用的单位资金结余增加1.50万元" in sentence(made, "2026年预算收支安排")


def test_appropriations_kept_for_the_next_year_stand_at_the_years_end(layout: Layout) -> None:
    kept = {"use": "结转下年", "source": "一般公共预算拨款", "function": "2013701", "amount": "8.00"}
    made = report(with_lines(kept), layout)
    assert cells(made, "财政拨款收支总表")["年末财政拨款结转和结余", "支出/合计"].text == "8.00"
    assert "其他年终结转结余8.00万元" in sentence(made, "收支预算总表支出栏")


def test_without_a_prior_year_nothing_is_compared(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["prior_year"] = {"absent": True}

    made = report(example(change), layout)
    assert not [
        text for text in paragraphs(made) if "比上年增减情况" in text or "与2025年相比" in text or "较2025年" in text
    ]
    assert sentence(made, "2026年，我部门财政拨款“三公”经费").endswith("公务接待费0.00万元。")


def test_special_funds_are_told_with_their_goals(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["special_funds"] = [
            {"name": "网络安全专项", "amount": "100.00", "goals": ["目标甲", "目标乙"]},
            {"name": "宣传专项", "amount": "50.50", "goals": ["目标丙"]},
        ]

    texts = paragraphs(report(example(change), layout))
    at = texts.index("2026年，我部门主管专项资金2项，预算安排150.50万元。")
    assert texts[at + 1 : at + 8] == [
        "1、网络安全专项，预算安排100.00万元。",
        "绩效目标：",
        "（1）目标甲",
        "（2）目标乙",
        "2、宣传专项，预算安排50.50万元。",
        "绩效目标：",
        "（1）目标丙",
    ]
    assert "2026年，我部门无专项资金预算。" in paragraphs(report(example(), layout))


def test_other_matters_are_printed_as_worded(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["narrative"]["other_matters"] = ["第一件事。", "第二件事。"]

    texts = paragraphs(report(example(change), layout))
    assert texts[texts.index("第一件事。") + 1] == "第二件事。"
    assert "我部门无其他需要说明的事项。" not in texts


def test_several_organisations_have_rows_and_subtotals_of_their_own(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["organisations"].append({"id": "中心", "name": "网络中心", "nature": "事业"})
        data["procurement"].append(
            {**data["procurement"][0], "organisation": "中心", "amount": "0.40", "reserved": None}
        )

    made = report(example(change), layout)
    assert [row.split("|")[0] for row in printed(made, "机构设置").split("\n")[1:]] == [
        "中共晋州市委网络安全和信息化委员会办公室本级",
        "网络中心",
    ]
    rows = [row.split("|") for row in printed(made, "政府采购预算").split("\n")[2:]]
    assert [(row[0], row[2], row[7], row[-1]) for row in rows] == [
        ("合  计", "", "1.39", "0.99"),
        ("中共晋州市委网络安全和信息化委员会办公室本级小计", "", "0.99", "0.99"),
        ("公用经费一", "终端机", "0.50", "0.50"),
        ("公用经费一", "调湿调温机", "0.30", "0.30"),
        ("公用经费一", "纸及纸板", "0.19", "0.19"),
        ("网络中心小计", "", "0.40", ""),
        ("公用经费一", "终端机", "0.40", ""),
    ]


def test_without_procurement_the_table_is_empty_and_said_to_be(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["procurement"] = []
        data["procurement_budgets"] = []

    made = report(example(change), layout)
    assert grid_text(table(made, "政府采购预算").grids[0]).split("\n")[2:] == ["|" * 15]
    assert "2026年，我部门无政府采购预算，空表列示。" in paragraphs(made)


def test_without_projects_no_form_is_printed_and_headings_keep_their_numbers(layout: Layout) -> None:
    def change(data: dict[str, Any]) -> None:
        data["projects"] = []
        data["ledger"] = data["ledger"][:17]
        data["narrative"]["main_projects"] = None

    made = report(example(change), layout)
    assert not [t.id for t in made.tables() if t.form]
    assert "2026年，我部门无项目预算。" in paragraphs(made)
    numbers = [text.partition("、")[0] for text in headings(made) if "、" in text]
    assert numbers == [*"一二三四五六七八九十", "十一"]


LOST = {
    "a class that the table of classes lacks": (
        line("1.00", function="2350101"),
        ["《部门预算收支总表》", "没有对应的行", "功能分类科目"],
    ),
    "no economic code where a table lists by it": (
        {"function": "2013701", "use": "公用经费", "source": "一般公共预算拨款", "amount": "1.00"},
        ["《部门预算一般公共预算财政拨款基本支出表》", "没有对应的行", "补填部门经济分类科目"],
    ),
    "no function code": (
        {"economic": "30201", "use": "公用经费", "source": "一般公共预算拨款", "amount": "1.00"},
        ["《部门预算收支总表》", "没有对应的行", "补填功能分类科目", "处也是"],
    ),
    "a function code above the finest level": (
        line("1.00", function="20137"),
        ["《部门预算收入总表》", "没有对应的行", "最细一级", "另有2处也是"],
    ),
    "a use that the table has no column for": (
        {"function": "2013701", "use": "经营支出", "source": "一般公共预算拨款", "amount": "1.00"},
        ["《部门预算一般公共预算财政拨款支出表》的“合计”栏", "没有对应的栏", "经营支出"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOST)
def test_a_line_that_a_table_would_lose_is_a_problem(name: str, layout: Layout) -> None:
    stated, words = LOST[name]
    _, problems = composed(with_lines(stated), layout)
    told = [p for p in problems if p.rule == "IN-18"]
    assert told
    assert {p.where.file for p in told if isinstance(p.where, FilePlace)} == {"输入.json"}
    assert len({p.where for p in told}) == 1
    assert [p for p in told if all(word in p.what + p.fix for word in words)], [(p.what, p.fix) for p in told]
    assert all("第22条" in p.what for p in told)


def test_a_fund_line_without_an_economic_code_is_complete(layout: Layout) -> None:
    made, problems = composed(with_lines(line("1.00", source="政府性基金预算拨款", function="2120801")), layout)
    assert not problems
    assert made
