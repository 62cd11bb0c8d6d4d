"""Rules IN: years, units, names, formats and codes that must be the same everywhere; sums typed in as lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from budgetreport.checks import Document
from budgetreport.checks.entering import near_misses
from budgetreport.checks.finding import Match
from budgetreport.problems import Level
from budgetreport.report import Block, Cover, Heading, Paragraph, Report
from tests.checks.altered import (
    Cells,
    judged,
    judged_input,
    of,
    original,
    said,
    stated,
    with_blocks,
    with_cells,
    with_rows,
    with_table,
)
from tests.making import example, facts, hebei

UNIT = "中共晋州市委网络安全和信息化委员会办公室"
SLIP = "中共晋州市委网络安全和信息委员会办公室"
EXPENDITURE, INCOME, WHOLE = "支出总表", "收入总表", "收支总表"
ALL = ("IN-02", "IN-03", "IN-04", "IN-05", "IN-06", "IN-07", "IN-08", "IN-09", "IN-10", "IN-21")


def retold(old: str, new: str, kind: type[Block], report: Report | None = None) -> Report:
    """The report with words replaced in the first heading or paragraph that has them."""

    def changed(blocks: list[Block]) -> list[Block]:
        for n, block in enumerate(blocks):
            if isinstance(block, kind) and isinstance(block, Heading | Paragraph) and old in block.text:
                blocks[n] = replace(block, text=block.text.replace(old, new))
                return blocks
        raise KeyError(old)

    return with_blocks(changed, report)


def captioned(name: str, *caption: str) -> Report:
    return with_table(name, lambda table: replace(table, caption=caption))


def test_the_reference_is_quiet_read_back_and_as_input() -> None:
    assert [p for p in (*judged(original()), *judged_input()) if p.rule in ALL] == []


@pytest.mark.parametrize(("text", "found"), [("3l7.38", True), ("31.7.38", True), ("—", False), ("1,317.38", False)])
def test_a_cell_of_amounts_holds_a_number(text: str, found: bool) -> None:  # noqa: FBT001
    problems = judged(with_cells({(EXPENDITURE, "2013799", "经营支出"): text}))
    assert [p.text for p in of("IN-02", problems)] == ([text] if found else [])


def test_a_negative_amount_is_told_but_not_in_a_row_of_adjustments() -> None:
    found = of("IN-03", judged(with_cells({(EXPENDITURE, "2013799", "项目支出"): "-16.50"})))
    assert [(p.level, p.text) for p in found] == [(Level.WARNING, "-16.50")]
    cells: Cells = {
        (EXPENDITURE, "2013799", "项目支出"): "-16.50",
        (EXPENDITURE, "2013799", "科目名称"): "调减支出",
    }
    assert of("IN-03", judged(with_cells(cells))) == []


@pytest.mark.parametrize(
    ("report", "place"),
    [
        (captioned(INCOME, "224" + UNIT, "预算年度：2025", "单位：万元"), "《部门预算收入总表》"),
        (retold("2026年部门预算信息", "2025年部门预算信息", Heading), "第一部分"),
        (retold("2026年，我部门机关", "2025年，我部门机关", Paragraph), "“三、机关运行经费安排情况”第1段"),
        (retold("2026年部门预算公开如下", "2025年部门预算公开如下", Paragraph), "第2段"),
        (
            with_blocks(
                lambda blocks: [
                    Cover(tuple(replace(line, text=line.text.replace("2026", "2025")) for line in b.lines))
                    if isinstance(b, Cover)
                    else b
                    for b in blocks
                ]
            ),
            "正文开头",
        ),
    ],
)
def test_last_years_year_is_found(report: Report, place: str) -> None:
    (found,) = of("IN-04", judged(report))
    assert (found.what, place in str(found.where)) == ("年度写成2025年，应为2026年", True)


def test_the_year_that_a_figure_is_compared_with_is_no_slip() -> None:
    assert "较2025年预算" in "".join(b.text for b in original().blocks if isinstance(b, Paragraph))
    assert of("IN-04", judged(original())) == []


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (captioned(INCOME, "225" + UNIT, "预算年度：2026", "单位：万元"), "225" + UNIT),
        (captioned(INCOME, "224中共晋州市委宣传部", "预算年度：2026", "单位：万元"), "224中共晋州市委宣传部"),
        (retold(f"{UNIT}年度", f"{SLIP}年度", Paragraph), SLIP),
        (retold(f"现将{UNIT}", "现将中共晋州市委宣传部", Paragraph), "2026年部门预算公开"),
    ],
)  # fmt: skip
def test_a_units_name_or_code_that_differs_is_found(report: Report, text: str) -> None:
    assert [t for _, t in said("IN-05", judged(report))] == [text]


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        (f"现将{UNIT}公开如下", []),
        ("现将中共晋州市委网络安全和信息化委员办公室公开", ["中共晋州市委网络安全和信息化委员办公室"]),
        ("中共晋州市委网络安全与信息化委员会办公室。", ["中共晋州市委网络安全与信息化委员会办公室"]),
        ("完成石家庄市委网络安全和信息化委员会办公室交办的事项", []),
        ("晋州市委网信办", []),
        (f"{UNIT}本级", []),
        ("中共晋州市委网络安全和信息化委员会外事办公室", []),
        ("中共晋州市委统战工作和信息化委员会办公室", []),
        ("中共晋州市委财政安全和信息化委员会办公室", []),
        ("中共晋州市委络网安全和信息化委员会办公室", ["中共晋州市委络网安全和信息化委员会办公室"]),
        ("中共晋州市网络安全和信息化委员会公室", ["中共晋州市网络安全和信息化委员会公室"]),
    ],
)
def test_a_near_miss_is_one_or_two_characters_from_the_name(text: str, missed: list[str]) -> None:
    (paragraph,) = [t for t in _document(text).paragraphs if t.text == text]
    assert [m.text for m in near_misses(paragraph, UNIT)] == missed
    assert all(isinstance(m, Match) for m in near_misses(paragraph, UNIT))


def _document(text: str) -> Document:
    return Document(Report((Paragraph(text),), "题"), lambda _position, _words: None)


def test_a_zero_among_blank_cells_and_decimals_is_an_odd_format() -> None:
    found = of("IN-06", judged(with_cells({(EXPENDITURE, "2013704", "基本支出"): "0"})))
    assert [(p.text, p.level) for p in found] == [("0", Level.NOTICE)]
    assert of("IN-06", judged(with_cells({(EXPENDITURE, "2013704", "基本支出"): "0.00"}))) == []


def test_commas_in_one_large_number_only_are_an_odd_format() -> None:
    cells = {(EXPENDITURE, row, "合计"): "1317.38" for row in ("合计", "201")}
    assert of("IN-06", judged(with_cells(cells))) == []
    found = of("IN-06", judged(with_cells({**cells, (EXPENDITURE, "20137", "合计"): "1,317.38"})))
    assert [p.text for p in found] == ["1,317.38"]


def test_a_table_of_money_states_its_unit() -> None:
    found = of("IN-07", judged(captioned(INCOME, "224" + UNIT, "预算年度：2026")))
    assert [str(p.where) for p in found] == ["《部门预算收入总表》"]


def test_a_code_twice_in_a_table_is_told_at_its_second_row() -> None:
    twice = with_rows(EXPENDITURE, lambda rows: [*rows, rows[-1]])
    (found,) = of("IN-08", judged(twice))
    assert (found.level, found.text, "2013799" in str(found.where)) == (Level.WARNING, "2013799", True)


def test_two_forms_with_one_project_code_are_told_of() -> None:
    code = "13018326P000328104136"
    found = of("IN-08", judged(with_cells({("项目绩效目标表/3", "1", "2"): code})))
    assert [(p.text, "网信办网络宣传经费" in str(p.where)) for p in found] == [(code, True)]


def test_a_subtotal_typed_in_as_a_line_is_told_at_that_line() -> None:
    def sums(data: dict[str, Any]) -> None:
        line = {"function": "20137", "use": "项目支出", "source": "一般公共预算拨款", "amount": 317.38}
        data["ledger"].insert(0, line)

    (found,) = of("IN-09", judged_input(sums))
    first_of_ledger = stated().locate(("ledger", 0))
    assert (found.level, "317.38" in found.what, found.where) == (Level.ERROR, True, first_of_ledger)


def test_a_line_that_stands_twice_is_told_at_the_second() -> None:
    def twice(data: dict[str, Any]) -> None:
        data["ledger"].insert(2, dict(data["ledger"][0]))
        data["prior_year"]["ledger"].append(dict(data["prior_year"]["ledger"][0]))

    found = of("IN-21", judged_input(twice))
    last = len(example()["prior_year"]["ledger"])
    said_twice = facts(example(twice), hebei())
    places = [said_twice.locate(path) for path in (("ledger", 2), ("prior_year", "ledger", last))]
    assert [(p.level, p.where) for p in found] == [(Level.WARNING, place) for place in places]


def test_lines_that_differ_in_their_amount_are_no_twins() -> None:
    assert of("IN-21", judged_input(lambda data: data["ledger"].insert(2, data["ledger"][0] | {"amount": 0.01}))) == []


def test_a_coarse_line_that_is_no_sum_is_not_called_one() -> None:
    def coarse(data: dict[str, Any]) -> None:
        line = {"function": "20137", "use": "项目支出", "source": "一般公共预算拨款", "amount": 317.39}
        data["ledger"].insert(0, line)

    assert of("IN-09", judged_input(coarse)) == []


def test_a_table_without_money_states_no_unit() -> None:
    assert [t.caption for t in original().tables() if t.id == "机构设置"] == [()]
    assert of("IN-07", judged(original())) == []
