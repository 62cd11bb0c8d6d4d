"""What the rules find in published final accounts, each finding true, and in copies of them with a defect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from budgetreport.checking import Judged, check
from budgetreport.checks import Document, Judge
from budgetreport.layout import load, shelf
from budgetreport.problems import Problem
from budgetreport.report import Block, Heading, Paragraph, Report, Row, Table
from tests.checks.altered import with_blocks, with_cells, with_rows, with_table
from tests.golden.final_accounts import INPUT, original

LAYOUT = "shanghai/2024-district-final-accounts"
GROUPS = {"表内", "表间", "表与文字", "与上年比较", "文字与标点"}

FINDINGS = {
    ("PB-06", "“user”"): "文件属性里的作者是机器名",
    ("PB-06", "“WPS 文字”"): "文件属性里的制作软件",
    ("CP-06", "目录有“十一、其他重要事项说明”"): "正文的标题是“十一、其他重要事项的情况说明”",
    ("X-06", "为105.58"): "95.36加10.23是105.59，尾差",
    ("T6-02", "为10.23"): "302各款印出的数相加为10.22，尾差",
    ("CP-09", "“无政府性基金预算财政拨款收入支出的"): "样张给填报人的话印了出来",
    ("CP-09", "“无国有资本经营预算财政拨款收入支出的"): "样张给填报人的话印了出来",
    ("W-07", "之前缺“第二部分”"): "目录有第二部分，正文的标题没有写",
    ("YY-04", "“与2023年度相比，收入支出总计增加307.82万元，增长100.00%”"): "2023年度没有这个单位",
    ("YY-04", "“与2023年度相比，财政拨款收入支出总计增加307.82万元，增长100.00%”"): "同上",
    ("YY-04", "“与2023年度相比，一般公共预算财政拨款支出增加307.82万元，增长100.00%”"): "同上",
    ("YY-04", "上年为0，不计比例，文中为100.00%"): "机关运行经费，同上",
    ("TN-14", "“29.42万元，占9.55%”"): "29.42÷307.82为9.557%",
    ("TN-14", "“完成年初预算的95.89%”"): "年初预算为0，95.89%是307.82÷321.02",
    ("TN-05", "“事业运行”等6个科目的原因相同"): "六个科目都写“单位2024年新成立，人员变动，按实际支出”",
    ("TN-05", "“住房公积金”的用途与“事业单位医疗”的相同"): "住房公积金写成了“事业单位医疗保险支出”",
    ("TN-15", "“机关事业单位职业年金缴费支出”比较的是全年预算"): "其余各项都写“全年预算数”",
    ("TN-08", "文字列举“邮电费”，表中为0.00"): "邮电费不足50元",
    ("TN-06", "预留项目中小企业成交21.07万元，其他项目又成交21.07万元"): "采购总额只有21.07万元，预留的已占全部",
    ("W-13", "“除“财政拨款收入”、"): "引号之间不用顿号",
    ("W-13", "“入”、“事业收入”、"): "引号之间不用顿号",
    ("W-10", "“接待费。其中:因公出国（境”"): "半角冒号",
}
"""(rule, words of what is told) → why it is true of the original."""


@cache
def published() -> Judged:
    return check(original())


def test_of_all_layouts_the_districts_is_recognised_and_all_its_ten_tables() -> None:
    found = published()
    assert found.layout is not None
    assert found.layout.id == LAYOUT
    assert found.tables is not None
    assert len(found.tables.recognised) == 10
    assert (found.tables.unrecognised, found.tables.missing) == ((), ())


def test_rules_of_every_group_run_on_the_original() -> None:
    found = published()
    assert found.layout is not None
    assert {found.layout.rules.group(rule) for rule in found.ran} >= GROUPS
    assert found.skipped == tuple((rule, "只有检查输入文件时才有填报的事实") for rule in ("IN-09", "IN-21"))
    own = {rule.rule for rule in found.layout.rules.rules if rule.rule[:2] in ("T1", "T2", "T3", "T4", "T5", "T6")}
    assert own <= set(found.ran)


def test_each_finding_in_the_original_is_a_true_one_and_none_is_lost() -> None:
    told = Counter(
        next(((rule, words) for rule, words in FINDINGS if p.rule == rule and words in p.what), (p.rule, p.what))
        for p in published().problems
    )
    assert told == Counter(FINDINGS.keys())


@dataclass(frozen=True)
class Defect:
    """A slip in a copy of the document, and the rules that must tell of it."""

    name: str
    rules: frozenset[str]
    made: Callable[[Report], Report]


def cell(rules: str, *at: str) -> Defect:
    """A cell (table, row, column) that prints something else."""
    table, row, column, text = at
    return Defect(
        f"{table} {row} {column} {text}",
        frozenset(rules.split()),
        lambda report: with_cells({(table, row, column): text}, report),
    )


def text(rules: str, was: str, now: str) -> Defect:
    """The first text that says `was` says `now`."""

    def changed(blocks: list[Block]) -> list[Block]:
        at = next(n for n, b in enumerate(blocks) if isinstance(b, Heading | Paragraph) and was in b.text)
        block = blocks[at]
        assert isinstance(block, Heading | Paragraph)
        blocks[at] = replace(block, text=block.text.replace(was, now, 1))
        return blocks

    return Defect(f"{was} → {now}", frozenset(rules.split()), lambda report: with_blocks(changed, report))


def _without_explanation(table: Table) -> Table:
    return replace(
        table, notes=tuple(note for note in table.notes if "没有" not in note.text and "无" not in note.text)
    )


def _with_another_code(rows: list[Row]) -> list[Row]:
    at = next(n for n, row in enumerate(rows) if row.cells[0] and row.cells[0].text == "2080505")
    first = rows[at].cells[0]
    assert first is not None
    rows[at] = replace(rows[at], id="2080515", cells=(replace(first, text="2080515"), *rows[at].cells[1:]))
    return rows


ALL, INCOME, PAID, GRANTS = "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表"
GENERAL, BASIC = "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表"
FUND, STATE = "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款收入支出决算表"
DEFECTS = (
    cell("T1-01", ALL, "一般公共预算财政拨款收入", "收入/决算数", "317.82"),
    cell("T1-01 X-02", ALL, "208", "支出/决算数", "18.02"),
    cell("T1-02 T1-03", ALL, "支出总计", "支出/决算数", "307.28"),
    cell("T2-01", INCOME, "2013901", "本年收入合计", "53.12"),
    cell("T2-02", INCOME, "201", "财政拨款收入", "246.87"),
    cell("T3-01 X-08", PAID, "2013999", "项目支出", "220.24"),
    cell("T3-02", PAID, "合计", "基本支出", "150.58"),
    cell("T4-01 X-04", GRANTS, "221", "支出/一般公共预算财政拨款", "24.92"),
    cell("T4-03", GRANTS, "收入总计", "收入/决算数", "370.82"),
    cell("T5-02", GENERAL, "20805", "合计", "10.28"),
    cell("T6-02", BASIC, "30102", "人员/决算数", "37.92"),
    cell("T6-01 X-06 TN-01", BASIC, "人员经费合计", "人员/决算数", "93.56"),
    cell("IN-02", INCOME, "22102", "财政拨款收入", "29.4.2"),
    text("TN-01", "年度收入支出总计307.82万元", "年度收入支出总计307.28万元"),
    text("TN-14", "占65.70%", "占67.50%"),
    text("TN-01", "卫生健康支出（类）2.71万元", "卫生健康支出（类）2.17万元"),
    text("TN-01", "支出决算为17.70万元", "支出决算为17.07万元"),
    text("TN-15", "决算数小于全年预算数的主要原因：人员变动引起", "决算数大于全年预算数的主要原因：人员变动引起"),
    text("TN-16", "全年预算为52.00万元", "全年预算为25.00万元"),
    text("TN-14", "完成全年预算数的98.69%", "完成全年预算数的96.89%"),
    text("TN-01", "公用经费10.23万元", "公用经费10.32万元"),
    text("TN-08", "主要包括：基本工资、", "主要包括："),
    text("YY-01", "与2023年度相比，收入支出总计", "与2022年度相比，收入支出总计"),
    text("YY-08", "主要原因：单位于2024年成立。", ""),
    text("TN-06", "货物采购金额21.07万元", "货物采购金额12.07万元"),
    text("TN-06", "评级为“优”的项目1个", "评级为“优”的项目2个"),
    text("TN-06", "共有车辆0辆", "共有车辆1辆"),
    text("IN-04", "2024年度部门决算情况说明", "2023年度部门决算情况说明"),
    text(
        "IN-05", "中共上海市普陀区委社会工作部2024年度政府采购金额", "中共上海市普陀区委社会工作布2024年度政府采购金额"
    ),
    text("CP-09", "主要用于：行政单位人员支出、公用支出。", "主要用于：。"),
    text("W-07", "2、一般公共服务支出", "3、一般公共服务支出"),
    Defect("没有最后一张表", frozenset({"CP-01"}), lambda report: with_table(STATE, lambda _: None, report)),
    Defect("空表没有说明", frozenset({"CP-03"}), lambda report: with_table(FUND, _without_explanation, report)),
    Defect("没有这个科目", frozenset({"C-01"}), lambda report: with_rows(PAID, _with_another_code, report)),
)


def _problems(report: Report) -> Counter[Problem]:
    document = Document(report, lambda _position, _words: None)
    return Counter(Judge(document, load(LAYOUT, shelf()), exact=False).check().problems)


def _missed(report: Report) -> list[str]:
    """The defects of which a rule that should tell does not."""
    before = _problems(report)
    missed = []
    for defect in DEFECTS:
        new = {problem.rule for problem in _problems(defect.made(report)) - before}
        if not defect.rules <= new:
            missed.append(f"{defect.name}: {', '.join(sorted(defect.rules - new))}; {', '.join(sorted(new))}")
    return missed


def test_every_defect_seeded_into_the_original_is_found() -> None:
    document = published().document
    assert document is not None
    assert len(DEFECTS) >= 20
    assert _missed(document.report) == []


def test_every_defect_seeded_into_our_own_document_is_found() -> None:
    document = check(INPUT).document
    assert document is not None
    assert _missed(document.report) == []
