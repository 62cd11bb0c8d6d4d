"""Rules X: the same figure in two tables; control totals; performance forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from budgetreport.problems import Level
from budgetreport.report import Table
from tests.checks.altered import Cells, judged, judged_input, of, original, title, with_blocks, with_cells, with_table

EXPENDITURE, INCOME, WHOLE, ALLOCATED = "支出总表", "收入总表", "收支总表", "财政拨款收支总表"
GENERAL, BASIC, SANGONG = "一般公共预算财政拨款支出表", "一般公共预算财政拨款基本支出表", "三公经费支出表"
FUND = "政府性基金预算财政拨款支出表"

SLIPS: list[tuple[str, Cells, str]] = [
    ("X-01", {(INCOME, "合计", "合计"): "317.83"}, INCOME),
    ("X-01", {(EXPENDITURE, "合计", "合计"): "317.83"}, EXPENDITURE),
    ("X-02", {(WHOLE, "201", "支出/预算数"): "317.83"}, WHOLE),
    ("X-02", {(WHOLE, "205", "支出/预算数"): "1.00"}, WHOLE),
    ("X-03", {(WHOLE, "一般公共预算拨款收入", "收入/预算数"): "317.83"}, WHOLE),
    ("X-03", {(INCOME, "合计", "财政拨款收入"): "317.83"}, INCOME),
    ("X-03", {(ALLOCATED, "年初财政拨款结转和结余", "收入/金额"): "1.00"}, ALLOCATED),
    ("X-04", {(ALLOCATED, "201", "支出/一般公共预算财政拨款"): "317.83"}, ALLOCATED),
    ("X-04", {(ALLOCATED, "本年支出合计", "支出/一般公共预算财政拨款"): "317.83"}, ALLOCATED),
    ("X-05", {(ALLOCATED, "本年支出合计", "支出/政府性基金预算财政拨款"): "5.00"}, ALLOCATED),
    ("X-05", {(ALLOCATED, "212", "支出/政府性基金预算财政拨款"): "5.00"}, ALLOCATED),
    ("X-06", {(GENERAL, "合计", "基本支出"): "252.83"}, GENERAL),
    ("X-08", {(GENERAL, "2013704", "项目支出"): "29.05"}, EXPENDITURE),
    ("X-08", {(INCOME, "2013704", "合计"): "29.05"}, INCOME),
    ("X-09", {(SANGONG, "公务用车运行维护费", "一般公共预算财政拨款"): "2.19"}, SANGONG),
    ("X-10", {("项目绩效目标表/1", "2", "3"): "41.00"}, "项目绩效目标表/1"),
]


@pytest.mark.parametrize(("rule", "cells", "table"), SLIPS)
def test_a_figure_that_differs_from_another_tables_is_told_with_both_places(
    rule: str, cells: Cells, table: str
) -> None:
    found = of(rule, judged(with_cells(cells)))
    assert found, rule
    (slip,) = cells.values()
    assert any(slip in p.what for p in found) or rule == "X-10", [p.what for p in found]
    assert all(p.also for p in found)
    assert any(title(table) in str(place) for p in found for place in (p.where, *p.also))


def test_both_places_and_figures_stand_in_the_message() -> None:
    (found,) = of("X-06", judged(with_cells({(GENERAL, "合计", "基本支出"): "252.83"})))
    assert found.what == (
        "《部门预算一般公共预算财政拨款支出表》，“合计”行，“基本支出”栏为252.83，"
        "《部门预算一般公共预算财政拨款基本支出表》，“合计”行，“一般公共预算基本支出/合计”栏为252.38，应一致"
    )


def test_income_without_the_money_kept_for_next_year_agrees_with_the_note_that_says_so() -> None:
    def keeps(data: dict[str, Any]) -> None:
        line = {"function": "2013701", "economic": "30201", "source": "其他收入", "amount": 8}
        data["ledger"] += [{**line, "use": "公用经费", "amount": 2}, {**line, "use": "结转下年", "economic": "30299"}]

    found = judged_input(keeps)
    assert [p for p in found if p.rule.startswith(("X-", "T")) and not p.rule.startswith("TN")] == []


def test_other_funds_may_exceed_the_three_tables_but_not_fall_short_of_them() -> None:
    def earns(data: dict[str, Any]) -> None:
        line = {"function": "2013701", "economic": "30201", "use": "公用经费", "source": "其他收入", "amount": 8}
        data["ledger"].append(line)

    assert of("X-08", judged_input(earns)) == []


def test_without_projects_the_sangong_table_equals_the_basic_table() -> None:
    cells: Cells = {(SANGONG, "公务接待费", "一般公共预算财政拨款"): "1.00"}
    assert of("X-09", judged(with_cells(cells))) == []  # a project may hold it
    (found,) = of("X-09", judged(with_cells({**cells, (GENERAL, "合计", "项目支出"): "0.00"})))
    assert (found.level, found.text) == (Level.WARNING, "1.00")


def test_forms_that_add_up_to_the_project_expenditure_are_quiet() -> None:
    assert of("X-10", judged(original())) == of("X-10", judged_input()) == []


def test_project_expenditure_without_a_single_form_is_told_at_the_section() -> None:
    none = with_blocks(lambda blocks: [b for b in blocks if not (isinstance(b, Table) and b.form)])
    assert [str(p.where) for p in of("X-10", judged(none))] == ["“七、部门项目预算安排情况及绩效目标”"]


def test_a_project_line_without_a_project_is_missed_among_the_forms() -> None:
    def forgets(data: dict[str, Any]) -> None:
        line = {"function": "2013799", "use": "项目支出", "source": "一般公共预算拨款", "amount": 3}
        data["ledger"].append(line)

    assert {str(p.where)[-7:] for p in of("X-10", judged_input(forgets))} >= {"“项目支出”栏"}


def test_a_table_without_a_row_for_a_fund_that_has_money_is_told_of() -> None:
    gone = with_table(FUND, lambda table: replace(table, notes=()))
    found = of("X-05", judged(with_cells({(ALLOCATED, "本年支出合计", "支出/政府性基金预算财政拨款"): "5.00"}, gone)))
    assert [p.what[-13:] for p in found] == ["支出表》为0.00，应一致"]


@pytest.mark.parametrize(
    ("approved", "places"),
    [
        ({"total": 317.38, "basic": 252.38, "project": 65, "sangong": 2.91}, []),
        ({}, []),
        ({"total": 317.83}, ["“收入总计”", "“支出总计”"]),
        ({"basic": 252.83}, ["“合计”"]),
        ({"project": 0}, ["“合计”"]),
        ({"sangong": 3}, ["““三公”经费小计”"]),
    ],
)
def test_what_the_bureau_approved_is_compared_with_the_sums(approved: dict[str, float], places: list[str]) -> None:
    found = of("IN-10", judged_input(lambda data: data.update(control_totals=approved)))
    assert [str(p.where).split("，")[1].removesuffix("行") for p in found] == places
    assert all(p.also and p.level is Level.ERROR for p in found)


def test_a_table_that_states_another_unit_than_the_rest_is_told_of_once() -> None:
    def wrong(table: Table) -> Table:
        return replace(table, caption=(*table.caption[:2], "单位：元"))

    (found,) = of("IN-07", judged(with_table(BASIC, wrong)))
    assert (found.level, found.text, title(BASIC) in str(found.where)) == (Level.WARNING, "单位：元", True)


def test_figures_in_yuan_under_a_head_in_ten_thousands_are_told_by_the_factor() -> None:
    found = of("IN-07", judged(with_cells({(BASIC, "合计", "合计"): "2523800.00"})))
    assert [(p.text, "一万倍" in p.what, p.level) for p in found] == [("2523800.00", True, Level.ERROR)]
