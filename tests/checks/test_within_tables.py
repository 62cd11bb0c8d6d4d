"""Rules T: sums within a table. Each slip in one cell is found at its row, and nothing is found where all is right."""

from __future__ import annotations

import pytest

from budgetreport.problems import Level
from tests.checks.altered import Cells, judged, judged_input, of, original, said, title, with_cells, with_rows

EXPENDITURE, INCOME, WHOLE, ALLOCATED = "支出总表", "收入总表", "收支总表", "财政拨款收支总表"
GENERAL, BASIC, SANGONG = "一般公共预算财政拨款支出表", "一般公共预算财政拨款基本支出表", "三公经费支出表"
FUND = "支出/政府性基金预算财政拨款"
SUMS = tuple(f"T{n}-" for n in range(1, 10))

SLIPS: list[tuple[str, Cells, str]] = [
    ("T1-01", {(WHOLE, "单位资金", "收入/预算数"): "1.00"}, "“本年收入合计”行，“收入/预算数”栏"),
    ("T1-02", {(WHOLE, "205", "支出/预算数"): "1.00"}, "“本年支出合计”行，“支出/预算数”栏"),
    ("T1-03", {(WHOLE, "上年结转结余", "收入/预算数"): "2.00"}, "“收入总计”行，“收入/预算数”栏"),
    ("T1-04", {(WHOLE, "年终结转结余", "支出/预算数"): "2.00"}, "“支出总计”行，“支出/预算数”栏"),
    ("T1-05", {(WHOLE, "支出总计", "支出/预算数"): "317.83"}, "“收入总计”行，“收入/预算数”栏"),
    ("T2-01", {(INCOME, "2013702", "财政拨款收入"): "19.10"}, "“2013702 一般行政管理事务”行，“本年收入/小计”栏"),
    ("T2-01", {(INCOME, "2013702", "合计"): "91.00"}, "“2013702 一般行政管理事务”行，“合计”栏"),
    ("T2-02", {(INCOME, "合计", "合计"): "371.38"}, "“合计”行，“合计”栏"),
    ("T3-01", {(EXPENDITURE, "2013704", "项目支出"): "29.05"}, "“2013704 信息安全事务”行，“合计”栏"),
    ("T3-02", {(EXPENDITURE, "2013704", "项目支出"): "29.05"}, "“20137 网信事务”行，“项目支出”栏"),
    ("T3-02", {(EXPENDITURE, "20137", "合计"): "371.38"}, "“20137 网信事务”行，“合计”栏"),
    ("T3-02", {(EXPENDITURE, "201", "合计"): "371.38"}, "“201 一般公共服务支出”行，“合计”栏"),
    ("T4-01", {(ALLOCATED, "201", "支出/合计"): "317.88"}, "“一、一般公共服务支出”行，“支出/合计”栏"),
    ("T4-02", {(ALLOCATED, "政府性基金预算拨款", "收入/金额"): "1.00"}, "“本年收入合计”行，“收入/金额”栏"),
    ("T4-02", {(ALLOCATED, "205", FUND): "1.00"}, f"“本年支出合计”行，“{FUND}”栏"),
    ("T4-02", {(ALLOCATED, "年初政府性基金预算拨款", "金额"): "1.00"}, "“年初财政拨款结转和结余”行，“收入/金额”栏"),
    ("T4-03", {(ALLOCATED, "年末财政拨款结转和结余", "支出/合计"): "3.00"}, "“支出总计”行，“支出/合计”栏"),
    ("T5-01", {(GENERAL, "2013701", "基本支出"): "252.83"}, "“2013701 行政运行”行，“合计”栏"),
    ("T5-02", {(GENERAL, "2013701", "基本支出"): "252.83"}, "“20137 网信事务”行，“基本支出”栏"),
    ("T6-01", {(BASIC, "30201", "合计"): "7.55"}, "“30201 办公费”行，“一般公共预算基本支出/合计”栏"),
    ("T6-02", {(BASIC, "30201", "公用经费"): "7.55"}, "“302 商品和服务支出”行，“一般公共预算基本支出/公用经费”栏"),
    ("T6-03", {(BASIC, "30201", "人员经费"): "5.75"}, "“30201 办公费”行，“一般公共预算基本支出/人员经费”栏"),
    ("T9-01", {(SANGONG, "公务接待费", "合计"): "1.00"}, "““三公”经费小计”行，“资金性质/合计”栏"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "cells", "place"), SLIPS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_slip_in_a_cell_is_found_where_the_sum_is_stated(rule: str, cells: Cells, place: str) -> None:
    found = of(rule, judged(with_cells(cells)))
    assert found, rule
    assert any(str(p.where).endswith(place) for p in found), [str(p.where) for p in found]
    ((table, _, _),) = cells
    assert all(title(table) in str(p.where) for p in found)


def test_the_reference_adds_up_everywhere() -> None:
    assert [p for p in judged(original()) if p.rule.startswith((*SUMS, "X-"))] == []
    assert [p for p in judged_input() if p.rule.startswith((*SUMS, "X-", "IN-"))] == []


def test_only_the_deepest_wrong_code_is_told() -> None:
    found = said("T3-02", judged(with_cells({(EXPENDITURE, "20137", "合计"): "300.00"})))
    assert found == [("《部门预算支出总表》，“20137 网信事务”行，“合计”栏", "300.00")]


def test_two_slips_that_do_not_explain_each_other_are_both_told() -> None:
    cells = {(EXPENDITURE, "20137", "合计"): "300.00", (EXPENDITURE, "201", "合计"): "1.00"}
    assert [text for _, text in said("T3-02", judged(with_cells(cells)))] == ["1.00", "300.00"]


def test_a_wrong_part_is_named_beside_the_sum() -> None:
    (found,) = of("T3-02", judged(with_cells({(EXPENDITURE, "2013799", "项目支出"): "16.60"})))
    assert any("2013799" in str(place) for place in found.also)
    assert found.what == (
        "《部门预算支出总表》，“20137 网信事务”行，“项目支出”栏为65.00，按下级科目之和应为65.10，差-0.10"
    )


def test_a_difference_that_rounding_explains_is_a_notice_in_documents_made_elsewhere() -> None:
    cells = {(EXPENDITURE, "2013704", "合计"): "29.51"}
    levels = [p.level for p in of("T3-01", judged(with_cells(cells), exact=False))]
    assert levels == [Level.NOTICE]
    assert [p.level for p in of("T3-01", judged(with_cells(cells)))] == [Level.ERROR]


def test_a_dash_stands_for_nothing() -> None:
    cells = {(EXPENDITURE, "2013704", "基本支出"): "—", (WHOLE, "单位资金", "收入/预算数"): "无"}
    assert [p for p in judged(with_cells(cells)) if p.rule.startswith(SUMS)] == []


def test_an_empty_table_lacks_no_total() -> None:
    assert of("T7-01", judged(original())) + of("T7-02", judged(original())) == []


def test_a_table_without_its_total_row_is_still_checked_below() -> None:
    without = with_rows(EXPENDITURE, lambda rows: [row for row in rows if row.id != "合计"])
    wrong = with_cells({(EXPENDITURE, "2013799", "合计"): "16.60"}, without)
    assert [place for place, _ in said("T3-02", judged(wrong))] == [
        "《部门预算支出总表》，“20137 网信事务”行，“合计”栏"
    ]
