"""Rules CP and C: tables and sections all there, empty ones explained; codes known, named, with those above them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetreport.problems import Level
from budgetreport.report import Block, Heading, Paragraph, Report, Row, Table
from tests.checks.altered import (
    Cells,
    judged,
    judged_input,
    of,
    original,
    said,
    with_blocks,
    with_cells,
    with_rows,
    with_table,
)

EXPENDITURE, BASIC, FUND = "支出总表", "一般公共预算财政拨款基本支出表", "政府性基金预算财政拨款支出表"


def without(heading: str, *, heading_too: bool = True) -> Report:
    """The report without a section, or without what stands under its heading."""

    def cut(blocks: list[Block]) -> list[Block]:
        start = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.id == heading)
        rest = [n for n in range(start + 1, len(blocks)) if isinstance(blocks[n], Heading)]
        end = rest[0] if rest else len(blocks)
        return [*blocks[: start + (not heading_too)], *blocks[end:]]

    return with_blocks(cut)


def test_the_reference_gives_exactly_the_findings_that_people_made() -> None:
    """R01, R20 and R21 of the labelled findings."""
    expected = [
        ("CP-05", Level.WARNING, "“三十一、人行科目”行"),
        ("C-05", Level.NOTICE, "“30108 机关事业单位基本养老保险缴费”行"),
        ("C-05", Level.NOTICE, "“30110 职工基本医疗保险缴费”行"),
        ("C-05", Level.NOTICE, "“30113 住房公积金”行"),
        ("C-06", Level.NOTICE, "“30107 绩效工资”行"),
    ]
    for problems in (judged(original()), judged_input()):
        ours = [p for p in problems if p.rule.startswith(("CP-0", "C-0")) and p.rule not in ("CP-06", "CP-08")]
        assert sorted((p.rule, p.level, str(p.where).split("，")[1]) for p in ours) == sorted(expected)
    (rows,) = of("CP-05", judged(original()))
    assert [str(place) for place in rows.also] == ["《部门预算收支总表》，“三十、抗疫特别国债安排的支出”行"]
    pension = of("C-05", judged(original()))[0]
    assert "《部门预算收入总表》，“201 一般公共服务支出”行" in map(str, pension.also)
    (merit,) = of("C-06", judged(original()))
    assert [str(place).split("，")[-1] for place in merit.also] == ["“单位性质”栏"]


def test_social_insurance_with_its_function_is_quiet() -> None:
    named: Cells = {("一般公共预算财政拨款支出表", "2013799", "科目编码"): "2080505"}
    texts = [text for _, text in said("C-05", judged(with_cells(named)))]
    assert texts == ["职工基本医疗保险缴费", "住房公积金"]


def test_merit_pay_in_an_institution_is_quiet() -> None:
    assert of("C-06", judged(with_cells({("机构设置", "本级", "单位性质"): "财政补助事业单位"}))) == []


def test_a_missing_table_is_named() -> None:
    (found,) = of("CP-01", judged(with_table(FUND, lambda _table: None)))
    assert (str(found.where), found.what) == (
        "《部门预算政府性基金预算财政拨款支出表》",
        "缺《部门预算政府性基金预算财政拨款支出表》",
    )


def test_a_table_twice_is_told_at_the_second() -> None:
    def twice(blocks: list[Block]) -> list[Block]:
        return [copy for b in blocks for copy in ([b, b] if isinstance(b, Table) and b.id == FUND else [b])]

    assert [p.what[-6:] for p in of("CP-01", judged(with_blocks(twice)))] == ["》出现了2次"]


def test_a_table_under_anothers_title_is_told_of() -> None:
    misnamed = with_table(BASIC, lambda t: replace(t, title="部门预算财政拨款收支总表"))
    assert [p.what for p in of("CP-01", judged(misnamed))] == ["两张不同的表都叫《部门预算财政拨款收支总表》"]


def test_one_moved_table_is_one_finding() -> None:
    def moved(blocks: list[Block]) -> list[Block]:
        first = next(b for b in blocks if isinstance(b, Table))
        others = [b for b in blocks if b is not first]
        at = next(n for n, b in enumerate(others) if isinstance(b, Table) and b.id == BASIC)
        return [*others[:at], first, *others[at:]]

    assert [place for place, _ in said("CP-01", judged(with_blocks(moved)))] == ["《部门预算收支总表》"]


@pytest.mark.parametrize("heading", ["机关运行经费", "名词解释", "政府采购"])
def test_a_missing_section_is_named(heading: str) -> None:
    found = of("CP-02", judged(without(heading)))
    assert [p.what.startswith("缺“") and p.level is Level.ERROR for p in found] == [True]


def test_an_empty_table_is_explained() -> None:
    assert of("CP-03", judged(original())) == []
    (found,) = of("CP-03", judged(with_table(FUND, lambda table: replace(table, notes=()))))
    assert found.what.endswith("是空表，没有说明")


def test_a_table_with_figures_is_not_called_empty() -> None:
    noted = with_table(EXPENDITURE, lambda t: replace(t, notes=(Paragraph("注：无支出，空表列示。", "note"),)))
    (found,) = of("CP-03", judged(noted))
    assert found.what.endswith("有数，却注为空表")


@pytest.mark.parametrize("heading", ["专项资金", "其他事项", "机关运行经费"])
def test_a_heading_with_nothing_under_it_is_told_of(heading: str) -> None:
    assert [p.level for p in of("CP-04", judged(without(heading, heading_too=False)))] == [Level.ERROR]


@pytest.mark.parametrize("heading", ["职责机构", "总体情况", "名词解释"])
def test_a_section_that_must_say_something_is_not_a_bare_heading(heading: str) -> None:
    found = of("CP-02", judged(without(heading, heading_too=False)))
    assert [p.what.endswith("只有标题，没有内容") for p in found] == [True]


def test_nothing_to_report_is_said_with_a_word() -> None:
    assert of("CP-04", judged(original())) == of("CP-04", judged_input()) == []


def test_a_row_fewer_is_told_at_the_row_that_the_other_table_has() -> None:
    fewer = with_rows("财政拨款收支总表", lambda rows: [row for row in rows if "209" not in row.ids])
    found = [place.split("，")[1] for place, _ in said("CP-05", judged(fewer))]
    assert found == ["“三十一、人行科目”行", "“九、社会保险基金支出”行"]


OLD = "医疗卫生与计划生育支出"


def renamed(row: str, name: str) -> Report:
    return with_cells({(EXPENDITURE, row, "科目名称"): name})


def recoded(row: str, code: str, report: Report | None = None) -> Report:
    return with_cells({(EXPENDITURE, row, "科目编码"): code}, report)


def test_an_unknown_code_is_a_warning_with_the_nearest() -> None:
    (found,) = of("C-01", judged(recoded("2013799", "2013798")))
    assert (found.level, found.text, "2013799" in found.fix) == (Level.WARNING, "2013798", True)


@pytest.mark.parametrize(
    ("report", "level", "what"),
    [
        (renamed("2013704", "网络安全事务"), Level.ERROR, "科目表为“信息安全事务”"),
        (renamed("2013704", "信息 安全事务"), None, ""),
        (recoded("2013704", "210", report=renamed("2013704", OLD)), Level.ERROR, "（所写的是旧名）"),
        (with_cells({("收支总表", "210", "支出/项目"): f"十、{OLD}"}), Level.ERROR, "210为“卫生健康支出”"),
    ],
)  # fmt: skip
def test_a_code_bears_the_name_of_the_years_list(report: Report, level: Level | None, what: str) -> None:
    found = of("C-02", judged(report))
    assert [(p.level, what in p.what) for p in found] == ([(level, True)] if level else [])


def test_half_and_full_width_brackets_are_one() -> None:
    cells: Cells = {(BASIC, "30201", "科目编码"): "30213", (BASIC, "30201", "科目名称"): "维修(护)费"}
    assert of("C-02", judged(with_cells(cells))) == []


def test_a_name_that_the_list_is_unsure_of_is_only_a_warning() -> None:
    unsure = "2010709"
    cells: Cells = {(EXPENDITURE, "2013799", "科目编码"): unsure, (EXPENDITURE, "2013799", "科目名称"): "别的名称"}
    found = of("C-02", judged(with_cells(cells)))
    assert [(p.level, "未经核实" in p.fix) for p in found] == [(Level.WARNING, True)]


def test_a_code_has_one_of_the_lengths_and_its_parents() -> None:
    assert [p.text for p in of("C-03", judged(recoded("2013799", "201379")))] == ["201379"]

    def orphaned(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row.id != "20137"]

    (found,) = of("C-03", judged(with_rows(EXPENDITURE, orphaned)))
    assert (found.text, found.what) == ("2013701", "有2013701（行政运行），缺上级科目20137")


def test_a_code_goes_down_to_the_level_that_the_table_lists() -> None:
    def coarse(rows: list[Row]) -> list[Row]:
        return [row for row in rows if len(row.id) < 7]

    (found,) = of("C-04", judged(with_rows(EXPENDITURE, coarse)))
    assert (found.level, found.text, found.what[-5:]) == (Level.WARNING, "20137", "细化到项级")
    secret = with_table(EXPENDITURE, lambda t: replace(t, notes=(Paragraph("注：涉密内容未公开到项级。", "note"),)))
    assert of("C-04", judged(with_rows(EXPENDITURE, coarse, secret))) == []
