"""What stands behind printed numbers: the right cell by every name, lines as stated, sums that add up."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgetreport.disclosure import Disclosure, read
from budgetreport.trace import Finding, Tracer, UntraceableError
from tests.desk import EXAMPLE, TEXT, run
from tests.making import FIXTURES, stated, written
from tests.making import line as fact

FORM = "项目绩效目标表/4"


@pytest.fixture(scope="module")
def disclosure() -> Disclosure:
    return read(EXAMPLE)


@pytest.fixture(scope="module")
def tracer(disclosure: Disclosure) -> Tracer:
    return disclosure.tracer()


def told(finding: Finding) -> list[str]:
    """A finding's lines as a clerk reads them: line of the file, sign, value."""
    return [f"{t.where.line} {'减' if t.sign < 0 else ''}{t.value}" for t in finding.lines]


@pytest.mark.parametrize("table", ["支出总表", "部门预算支出总表", " 支出 总表 "])
@pytest.mark.parametrize("row", ["5", "2013702", "一般行政管理事务"])
@pytest.mark.parametrize("column", ["3", "合计"])
def test_a_table_a_row_and_a_column_go_by_all_their_names(tracer: Tracer, table: str, row: str, column: str) -> None:
    found = tracer.cell(table, row, column)
    assert found.text == "19.00"
    assert found.conditions == ("功能分类科目为2013702一般行政管理事务，支出用途为本年支出",)
    assert told(found) == ["25 14.00万元", "27 5.00万元"]
    assert found.total == "19.00万元"


@pytest.mark.parametrize("name", ["政府性基金预算支出表", "部门预算政府性基金预算财政拨款支出表"])
def test_a_sheet_names_its_table(tracer: Tracer, name: str) -> None:
    with pytest.raises(UntraceableError, match="《部门预算政府性基金预算财政拨款支出表》中没有“合计”行"):
        tracer.cell(name, "合计", "合计")


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        ("1", "收入/预算数", "317.38"),
        ("一、一般公共预算拨款收入", "收入/预算数", "317.38"),
        ("一般公共预算拨款收入", "2", "317.38"),
        ("一般公共预算拨款收入", "预算数", "317.38"),
        ("201", "支出/预算数", "317.38"),
        ("一般公共服务支出", "4", "317.38"),
        ("教育支出", "预算数", ""),
        ("收入总计", "收入/预算数", "317.38"),
        ("支出总计", "支出/预算数", "317.38"),
    ],
)
def test_on_a_two_sided_table_the_heading_says_the_side(tracer: Tracer, row: str, column: str, text: str) -> None:
    assert tracer.cell("收支总表", row, column).text == text


@pytest.mark.parametrize("row", ["公务接待费", "三、公务接待费", "8"])
def test_a_row_goes_by_its_label_with_and_without_number(tracer: Tracer, row: str) -> None:
    found = tracer.cell("三公经费支出表", row, "合计")
    assert (found.text, found.lines, found.total) == ("", (), "")
    assert found.conditions == ("部门经济分类科目为30217公务接待费，资金来源为财政拨款，支出用途为本年支出",)


@pytest.mark.parametrize("table", [FORM, "4、网信办舆情监测经费绩效目标表", "绩效4 网信办舆情监测经费", "舆情监测"])
def test_a_drawn_cell_goes_by_the_labels_before_it(tracer: Tracer, table: str) -> None:
    found = tracer.cell(table, "预算规模及资金用途", "预算数")
    assert (found.text, told(found)) == ("16.50", ["28 16.50万元"])
    assert found.conditions == ("项目为网信办舆情监测经费",)
    assert tracer.cell(table, "预算规模及资金用途", "其他资金").text == ""


def test_a_value_below_its_label_is_found(tracer: Tracer) -> None:
    assert tracer.cell(FORM, "资金支出计划（%）", "3月底").text == "70%"


def test_a_cell_of_the_indicators_goes_by_the_indicators_name(tracer: Tracer) -> None:
    found = tracer.cell(FORM, "舆情监测时长", "指标值")
    assert found.text == "≥16小时/天"
    assert [(t.value, t.what) for t in found.lines] == [("≥16小时/天", "指标值，直接填报")]
    assert tracer.cell(FORM, "时效指标", "绩效指标描述").text == "各项工作完成及时率"


def test_figures_of_a_printed_line_are_stated_ones(tracer: Tracer) -> None:
    price = tracer.cell("政府采购预算", "纸及纸板", "单价")
    assert [(t.value, t.what) for t in price.lines] == [("0.02万元", "单价，直接填报")]
    assert told(tracer.cell("政府采购预算", "合计", "中小微")) == ["121 0.50万元", "122 0.30万元", "123 0.19万元"]
    assert tracer.cell("政府采购预算", "合计", "中小微").total == "0.99万元"


def test_quantities_are_no_money(tracer: Tracer) -> None:
    found = tracer.cell("固定资产占用情况", "车辆（台、辆）", "数量")
    assert (found.text, told(found)) == ("1", ["127 1"])
    assert tracer.cell("固定资产占用情况", "资产总额", "价值").total == "57.70万元"


def test_every_cell_is_found_by_number_and_path_and_its_lines_add_up(disclosure: Disclosure, tracer: Tracer) -> None:
    several = 0
    for table in disclosure.report.tables():
        (grid, *_) = table.grids
        if not grid.head or not grid.body[0].cells[0] or grid.body[0].cells[0].value is None:
            continue
        for row in grid.body:
            for column, cell in list(zip(grid.columns, row.cells, strict=True))[1:]:
                if cell is None or not cell.text:
                    continue
                found = tracer.cell(table.id, row.cells[0].text if row.cells[0] else "", column.id)
                assert found.text == cell.text
                numbers = [t.sign * t.number for t in found.lines if t.number is not None]
                assert not cell.origin or sum(numbers) == Decimal(cell.text)
                assert bool(found.total) is (len(numbers) > 1)
                several += bool(found.total)
    assert several > 50


def test_the_words_of_one_figure(tracer: Tracer) -> None:
    (found,) = tracer.text("机关运行经费共计安排23.53万元")
    assert found.text == "23.53"
    assert found.conditions == ("资金来源为一般公共预算拨款，支出用途为公用经费",)
    assert told(found) == [
        "18 5.75万元", "19 4.09万元", "20 1.00万元", "21 1.77万元", "22 2.91万元", "23 4.32万元", "24 3.69万元",
    ]  # fmt: skip
    assert found.total == "23.53万元"
    assert "机关运行经费共计安排23.53万元" in found.around


def test_words_without_a_figure_mean_those_of_their_sentence(tracer: Tracer) -> None:
    assert [f.text for f in tracer.text("机关运行经费共计安排")] == ["23.53"]
    assert [f.text for f in tracer.text("与2025年相比减少")] == ["0.09"]


def test_a_sentence_with_several_figures(tracer: Tracer) -> None:
    words = "公务用车购置及运维费2.91万元（其中：公务用车购置费为0.00万元，公务用车运维费2.91万元）"
    found = tracer.text(words)
    assert [f.text for f in found] == ["2.91", "0.00", "2.91"]
    assert [told(f) for f in found] == [["22 2.91万元"], [], ["22 2.91万元"]]


def test_a_difference_shows_last_years_lines_taken_away(tracer: Tracer) -> None:
    found = next(f for f in tracer.text("增加") if f.text == "0.00" and f.lines)
    assert told(found) == [
        "25 14.00万元", "26 29.50万元", "27 5.00万元", "28 16.50万元", "34 减65.00万元",
    ]  # fmt: skip
    assert found.conditions == ("支出用途为项目支出", "减：支出用途为项目支出，年度为上年")
    assert found.total == "0.00万元"


def test_a_decrease_takes_this_years_lines_away(tracer: Tracer) -> None:
    (found,) = tracer.text("与2025年相比减少0.09")
    assert told(found) == ["22 减2.91万元", "32 3.00万元"]
    assert found.total == "0.09万元"


def test_every_figure_of_the_text_adds_up(tracer: Tracer) -> None:
    found = tracer.text("万元")
    assert len(found) > 25
    for figure in found:
        numbers = [t.sign * t.number for t in figure.lines if t.number is not None]
        assert abs(sum(numbers)) == Decimal(figure.text)


def test_a_text_that_the_clerk_worded_has_no_figures(tracer: Tracer) -> None:
    assert tracer.text("网络宣传经费5万元") == []


@pytest.mark.parametrize(
    ("place", "what", "fix"),
    [
        (("支出中表", "1", "1"), "没有表“支出中表”", "是不是“支出总表”？"),
        (("支出表", "1", "1"), "不止一张表叫“支出表”", "写明是哪一张：一般公共预算财政拨款支出表、"),
        (("支出总表", "行政运动", "合计"), "《部门预算支出总表》中没有“行政运动”行", "是不是“行政运行”？"),
        (("支出总表", "99", "合计"), "《部门预算支出总表》中没有“99”行", "可用的是：合计、201、"),
        (("支出总表", "合计", "项目支"), "《部门预算支出总表》中没有“项目支”栏", "是不是“项目支出”？"),
        (("收支总表", "1", "预算数"), "不止一栏叫“预算数”", "写明是哪一栏：收入/预算数、支出/预算数"),
        (("收支总表", "教育支出", "收入/预算数"), "《部门预算收支总表》的“教育支出”行中没有“收入/预算数”栏", "看看"),
        ((FORM, "预算规模", "预算数"), "中没有“预算规模”行", "是不是“预算规模及资金用途”？"),
        ((FORM, "质量指标", "指标直"), "中没有“指标直”栏", "是不是“指标值”？"),
        (("机构设置", "甲", "单位性质"), "中没有“甲”行", "可用的是：中共晋州市委网络安全和信息化委员会办公室本级"),
        (("支出总表", " ", "1"), "行和栏不能空着", "行写序号、编码或名称"),
    ],
)
def test_a_place_that_is_not_there_is_met_with_what_is(
    tracer: Tracer, place: tuple[str, str, str], what: str, fix: str
) -> None:
    with pytest.raises(UntraceableError) as caught:
        tracer.cell(*place)
    assert what in caught.value.what
    assert caught.value.fix.startswith(fix)


def test_a_label_that_several_rows_bear_is_ambiguous(tmp_path: Path) -> None:
    line = '{"function": "2010101", "economic": "30101", "use": "人员经费", "source": "一般公共预算拨款", "amount": 1}'
    (tmp_path / "输入.json").write_text(TEXT.replace('"ledger": [', f'"ledger": [{line},', 1), "utf-8")
    done = run(tmp_path, "trace", "输入.json", "支出总表", "行政运行", "合计")
    assert "错误：有2行叫“行政运行”。写明是哪一行：4、6\n" in done.err
    assert done.code == 2


def test_what_a_clerk_sees(tmp_path: Path) -> None:
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    assert run(tmp_path, "trace", "输入.json", "支出总表", "2013702", "项目支出").out == (
        "19.00\n"
        "  条件：功能分类科目为2013702一般行政管理事务，支出用途为项目支出\n"
        "  输入.json:25:112  14.00万元  一般行政管理事务，项目支出，一般公共预算拨款，网络综合治理平台系统\n"
        "  输入.json:27:112  5.00万元  一般行政管理事务，项目支出，一般公共预算拨款，网信办网络宣传经费\n"
        "  合计  19.00万元\n"
    )
    assert run(tmp_path, "trace", "输入.json", "支出总表", "2013702", "基本支出").out == (
        "（空）\n  条件：功能分类科目为2013702一般行政管理事务，支出用途为基本支出\n  没有明细计入\n"
    )
    assert run(tmp_path, "trace", "输入.json", "--text", "职责").out == (
        "这段文字中没有由程序算出的数，是照填报的原文印的\n"
    )
    assert "  减 " in run(tmp_path, "trace", "输入.json", "--text", "增加").out


@pytest.mark.parametrize(
    "args", [["支出中表", "1", "1"], ["支出总表", "合计", "项目支"], ["--text", "没有这样的话"]], ids=" ".join
)
def test_a_place_that_is_not_there_is_wrong_usage(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    done = run(tmp_path, "trace", "输入.json", *args)
    assert "错误：" in done.err
    assert (done.code, done.out) == (2, "")


def in_yuan(data: dict[str, Any]) -> None:
    """The example stated in 元, one amount to the last 分."""
    for line in [*data["ledger"], *data["prior_year"]["ledger"], *data["procurement"], *data["assets"]["holdings"]]:
        for key in ("amount", "price", "reserved"):
            if key in line:
                line[key] = str(Decimal(str(line[key])) * 10000)
    for line in data["procurement_budgets"]:
        line["funds"] = str(Decimal(str(line["funds"])) * 10000)
    data["narrative"]["entrusted_services"] = "520000"
    data["ledger"][17]["amount"] = "140000.37"
    data["amount_unit"] = "元"


def test_values_are_shown_in_the_unit_of_the_input_to_the_last_cent(tmp_path: Path) -> None:
    data = json.loads(TEXT)
    in_yuan(data)
    path = tmp_path / "输入.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    found = read(path).tracer().cell("支出总表", "2013702", "合计")
    assert (found.text, found.total) == ("19.00", "190000.37元")
    assert [t.value for t in found.lines] == ["140000.37元", "50000.00元"]


def test_what_a_line_seldom_states_says_what_it_is_of(tmp_path: Path) -> None:
    text = TEXT.replace('"amount": 85.21', '"amount": 85.21, "carried_over": "是"', 1)
    (tmp_path / "输入.json").write_text(text, "utf-8")
    found = read(tmp_path / "输入.json").tracer().cell("基本支出表", "30101", "合计")
    assert ["上年结转：是" in line.what.split("，") for line in found.lines] == [True]


def test_json_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    done = run(tmp_path, "trace", "输入.json", "支出总表", "2013799", "项目支出", "--format", "json")
    assert json.loads(done.out)["findings"] == [
        {
            "text": "16.50",
            "conditions": ["功能分类科目为2013799其他网信事务支出，支出用途为项目支出"],
            "lines": [
                {
                    "where": {"file": "输入.json", "line": 28, "column": 112},
                    "value": "16.50万元",
                    "what": "其他网信事务支出，项目支出，一般公共预算拨款，网信办舆情监测经费",
                    "sign": 1,
                }
            ],
            "around": "",
            "total": "",
        }
    ]


def test_conditions_are_words_never_keys(tracer: Tracer) -> None:
    conditions = {c for f in [*tracer.text("万元"), tracer.cell("支出总表", "合计", "合计")] for c in f.conditions}
    assert conditions
    assert [c for c in conditions if re.search(r"[a-z]", c)] == []


COMPARED = """title: 表
rows: [{label: 合计, where: {}}]
columns:
  - {head: 项目, show: label}
  - {head: 非项目, sum: {use: {not: 项目支出}}}
  - {head: 上年, sum: {year: 上年}}
  - {head: 增减, subtract: [非项目, 上年]}
  - {head: 占比, ratio: [非项目, 上年]}
numbers: {zero: —}
"""


@pytest.fixture
def compared(tmp_path: Path) -> Tracer:
    """A table of what is spent beside projects, in two years that are equal."""
    root = "title: 小\ninherits: base\nparts: [{table: 表}]\n"
    written(tmp_path / "layouts", {"layout.yaml": root, "tables/表.yaml": COMPARED})
    line = "2013701 30101 {} 一般公共预算拨款 {}".format
    this = f"{line('人员经费', '2.00')}\n{line('公用经费', '3.00')}"
    data = stated(this, prior_year={"ledger": [fact(line("人员经费", "4.00")), fact(line("公用经费", "1.00"))]})
    (tmp_path / "输入.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return read(tmp_path / "输入.json", (FIXTURES,)).tracer()


def test_what_a_filter_leaves_out_is_said(compared: Tracer) -> None:
    assert compared.cell("表", "合计", "非项目").conditions[0].startswith("支出用途不为项目支出")


def test_lines_that_cancel_out_add_up_to_the_dash_that_is_printed(compared: Tracer) -> None:
    found = compared.cell("表", "合计", "增减")
    assert (found.text, [f"{line.sign * (line.number or 0)}" for line in found.lines], found.total) == (
        "—",
        ["2.00", "3.00", "-4.00", "-1.00"],
        "0.00万元",
    )


def test_a_percentage_is_no_sum_of_its_lines(compared: Tracer) -> None:
    found = compared.cell("表", "合计", "占比")
    assert (found.text, len(found.lines), found.total) == ("100.00", 4, "")
