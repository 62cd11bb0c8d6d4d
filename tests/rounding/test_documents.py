"""Balanced documents: tables, forms and sentences print one and the same, and say what was adjusted."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetreport.problems import Level, TablePlace
from budgetreport.report import Report
from tests.desk import run, unruled
from tests.making import cells, composed, example, hebei, paragraphs, report, small, stated

BALANCED = "numbers: {rounding: balanced}\n"
BY_SOURCE = """title: 表
rows: [{label: 合计, where: {}}, {each: source}]
columns: [{head: 项目, show: label}, {head: 合计, sum: {}}, {head: 基本, sum: {use: 基本支出}},
  {head: 项目支出, sum: {use: 项目支出}}]
"""
THIRDS = """
人员经费 一般公共预算拨款 0.0034
人员经费 政府性基金预算拨款 0.0034
人员经费 其他收入 0.0034
"""


def texts(made: Report, table: str) -> dict[tuple[str, str], str]:
    return {at: cell.text for at, cell in cells(made, table).items() if cell.text}


def test_printed_parts_add_up_to_the_printed_total(tmp_path: Path) -> None:
    made = report(stated(THIRDS), small(tmp_path, {"tables/表.yaml": BY_SOURCE + BALANCED}))
    printed = texts(made, "表")
    assert printed["合计", "合计"] == "0.01"
    assert [printed[row, "合计"] for row in ("一般公共预算拨款", "政府性基金预算拨款", "其他收入")] == [
        "0.01", "0.00", "0.00"
    ]  # fmt: skip


def test_without_it_each_is_rounded_by_itself(tmp_path: Path) -> None:
    made = report(stated(THIRDS), small(tmp_path, {"tables/表.yaml": BY_SOURCE}))
    assert texts(made, "表")["一般公共预算拨款", "合计"] == "0.00"
    assert made.adjusted == ()


def test_an_adjusted_cell_is_listed_with_its_exact_and_its_nearest_value(tmp_path: Path) -> None:
    made = report(stated(THIRDS), small(tmp_path, {"tables/表.yaml": BY_SOURCE + BALANCED}))
    first = made.adjusted[0]
    assert first.where == TablePlace("表", "一般公共预算拨款", "合计")
    assert (first.exact, first.nearest, first.printed) == ("0.003400", "0.00", "0.01")


SOURCES = ("一般公共预算拨款", "政府性基金预算拨款", "事业收入", "其他收入")
CODES = ("2010101", "2010201", "2020101", "2020201")
HALVES = ((0, 1, 0, 1), (0, 0, 1, 0), (1, 1, 0, 0), (1, 1, 0, 1))
"""By code and source, in halves of the last printed place. No rounding within a unit adds up."""
BOTH_WAYS = f"""title: 表
rows: [{{label: 合计, where: {{}}}}, {{tree: function, levels: [类, 款]}}]
columns:
  - {{head: 项目, show: label}}
  - {{head: 总计, sum: {{}}}}
  - {{head: 甲计, sum: {{source: [{SOURCES[0]}, {SOURCES[1]}]}}}}
  - {{head: 甲一, sum: {{source: {SOURCES[0]}}}}}
  - {{head: 甲二, sum: {{source: {SOURCES[1]}}}}}
  - {{head: 乙计, sum: {{source: [{SOURCES[2]}, {SOURCES[3]}]}}}}
  - {{head: 乙一, sum: {{source: {SOURCES[2]}}}}}
  - {{head: 乙二, sum: {{source: {SOURCES[3]}}}}}
"""


def test_a_table_that_no_rounding_within_a_unit_adds_up_says_which_number_is_further_off(tmp_path: Path) -> None:
    lines = [
        f"{code} 项目支出 {source} 0.0050"
        for code, halves in zip(CODES, HALVES, strict=True)
        for source, half in zip(SOURCES, halves, strict=True)
        if half
    ]
    layout = small(tmp_path, {"tables/表.yaml": BOTH_WAYS + BALANCED})
    made, problems = composed(stated("\n".join(lines)), layout)
    (problem,) = [p for p in problems if p.rule.startswith("RD")]
    assert (problem.rule, problem.level) == ("RD-01", Level.NOTICE)
    assert "相差一个末位单位以上：没有各处都不到一个末位单位的取舍" in problem.what
    printed = {at: Decimal(text or "0") for at, text in texts(made, "表").items() if at[1] != "项目"}
    assert printed["合计", "总计"] == printed["合计", "甲计"] + printed["合计", "乙计"]
    assert printed["合计", "甲计"] == printed["201", "甲计"] + printed["202", "甲计"]
    assert isinstance(problem.where, TablePlace)
    assert problem.text in problem.what


DIFFERENCE = """title: 表
rows: [{label: 合计, where: {}}, {each: source}]
columns: [{head: 项目, show: label}, {id: 甲, head: 甲, sum: {use: 人员经费}}, {id: 乙, head: 乙, sum: {use: 公用经费}},
  {head: 差, subtract: [甲, 乙]}, {head: 占比, ratio: [乙, 甲]}]
numbers: {rounding: balanced}
"""


def test_differences_and_percentages_are_of_what_is_printed(tmp_path: Path) -> None:
    lines = "人员经费 其他收入 0.0249\n公用经费 其他收入 0.0051"
    made = texts(report(stated(lines), small(tmp_path, {"tables/表.yaml": DIFFERENCE})), "表")
    assert [made["合计", column] for column in ("甲", "乙", "差", "占比")] == ["0.02", "0.01", "0.01", "50.00"]


ADDED = """title: 表
rows: [{label: 合计, where: {}}]
columns: [{head: 项目, show: label}, {head: 又甲, sum: {use: 项目支出}}, {head: 甲, sum: {use: 人员经费}},
  {head: 乙, sum: {use: 公用经费}}, {head: 计, add: [甲, 乙]}]
"""


def test_columns_that_are_added_make_what_is_printed_elsewhere_though_another_ends_with_the_same_words(
    tmp_path: Path,
) -> None:
    root = "title: 小\ninherits: base\nnumbers: {tables: {rounding: balanced}}\n"
    parts = "parts: [{table: 表}, {text: '{{ sum()|amount }}', id: 话}]\n"
    layout = small(tmp_path, {"layout.yaml": root + parts, "tables/表.yaml": ADDED})
    made = report(stated("人员经费 其他收入 0.0134\n公用经费 其他收入 0.0034"), layout)
    assert [texts(made, "表")["合计", "计"]] == paragraphs(made)


TEXT = (
    "{{ sum()|amount }}，其中{{ sum(use='人员经费')|amount }}和{{ sum(use='公用经费')|amount }}，"
    "相差{{ (sum() - sum(use='公用经费'))|amount }}{% if sum(use='公用经费') %}，有公用{% endif %}"
)


def test_sums_that_only_a_sentence_prints_add_up_in_it(tmp_path: Path) -> None:
    layout = "title: 小\ninherits: base\nnumbers: {tables: {rounding: balanced}}\nparts: [{text: %s, id: 话}]\n"
    lines = "人员经费 其他收入 0.0134\n公用经费 其他收入 0.0034"
    made = report(stated(lines), small(tmp_path, {"layout.yaml": layout % json.dumps(TEXT, ensure_ascii=False)}))
    assert paragraphs(made) == ["0.02，其中0.02和0.00，相差0.02，有公用"] or paragraphs(made) == [
        "0.02，其中0.01和0.01，相差0.01，有公用"
    ]


def to_the_last_yuan(data: dict[str, Any]) -> None:
    """The example with some 元 more in each of its lines."""
    for n, line in enumerate(data["ledger"]):
        line["amount"] = f"{float(line['amount']):.2f}{(n * 37 + 11) % 100:02}"


def test_forms_add_up_to_what_the_tables_print_for_all_projects() -> None:
    made = report(example(to_the_last_yuan), hebei())
    assert made.adjusted
    forms = [table for table in made.tables() if table.form]
    budget = [row.cells[2] for form in forms for row in form.grids[0].rows[1:2]]
    total = cells(made, "支出总表")["合计", "项目支出"].value
    assert total == sum(cell.value for cell in budget if cell and cell.value is not None)


def test_an_input_as_fine_as_the_print_stays_as_it_is() -> None:
    assert report(example(), hebei()).adjusted == ()


def test_build_lists_what_was_adjusted_as_text_and_as_json(tmp_path: Path) -> None:
    unruled(tmp_path)  # the texts of the example say what the example's amounts are
    (tmp_path / "输入.json").write_text(json.dumps(example(to_the_last_yuan), ensure_ascii=False), "utf-8")
    done = run(tmp_path, "build", "--only", "xlsx", "--show-rounding", "输入.json")
    assert "处没有印四舍五入的数" in done.out
    assert "：准确数" in done.out
    told = json.loads(run(tmp_path, "build", "--only", "xlsx", "--show-rounding", "--format", "json", "输入.json").out)
    assert set(told["rounding"][0]) == {"file", "where", "exact", "nearest", "printed"}
    assert len(told["rounding"]) == done.out.count("：准确数")


def test_without_the_option_nothing_is_listed(tmp_path: Path) -> None:
    unruled(tmp_path)
    (tmp_path / "输入.json").write_text(json.dumps(example(to_the_last_yuan), ensure_ascii=False), "utf-8")
    assert "准确数" not in run(tmp_path, "build", "--only", "xlsx", "输入.json").out
