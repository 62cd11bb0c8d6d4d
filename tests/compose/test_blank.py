"""A layout's empty forms: what stands, what is blank, and what of texts that ask an input."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from budgetreport.compose.blank import blank
from budgetreport.report import Report
from tests.making import grid_text, headings, hebei, paragraphs, printed, small, table

TABLE = """\
title: "{{ year }}年{{ 部门 }}表"
caption: ["编制单位：{{ unit.name }}", 单位：万元]
rows:
"""
COLUMNS = "columns: [{head: 编码, show: code}, {head: 名称, show: label}, {head: 金额, sum: {}}]\n"


def made(folder: Path, files: Mapping[str, str], year: int | None = 2026) -> Report:
    report, problems = blank(small(folder, files), year)
    assert problems == ()
    return report


def rows(folder: Path, *said: str, more: str = "") -> list[str]:
    """The body of a table with these rows."""
    text = TABLE + "".join(f"  - {row}\n" for row in said) + COLUMNS + more
    return printed(made(folder, {"tables/表.yaml": text}), "表").splitlines()[1:]


def test_fixed_rows_listed_values_and_their_numbers_stand_amounts_are_blank(tmp_path: Path) -> None:
    said = rows(tmp_path, "{each: function, values: short, number: 一、}", "{label: 合计, where: {}}")
    assert said[-1] == "|合计|"
    assert all(row.endswith("|") for row in said)
    assert said[0].split("|")[1].startswith("一、")


@pytest.mark.parametrize(
    "row", ["{tree: function}", "{each: source}", "{each: line}", "{tree: economic, levels: [类]}"]
)
def test_what_an_input_unfolds_has_one_blank_row(row: str, tmp_path: Path) -> None:
    assert rows(tmp_path, row, "{label: 合计, where: {}}") == ["||", "|合计|"]


def test_blank_rows_fill_up_to_the_number_of_the_form(tmp_path: Path) -> None:
    assert rows(tmp_path, "{tree: function}", "{fill_to: 3}", "{label: 合计, where: {}}") == [
        "||",
        "||",
        "||",
        "|合计|",
    ]


def test_a_group_stands_once(tmp_path: Path) -> None:
    group = '{each: source, rows: [{id: 小计, label: "{{ name }}小计", where: {}}, {each: line}]}'
    assert rows(tmp_path, group) == ["|小计|", "||"]


def test_a_table_that_counts_nothing_stands_as_a_form_not_as_an_empty_one(tmp_path: Path) -> None:
    text = TABLE + "  - {label: 合计, where: {}}\n" + COLUMNS + "empty: {rows: 5, note: 空表列示}\n"
    report = made(tmp_path, {"tables/表.yaml": text})
    assert printed(report, "表").splitlines()[1:] == ["|合计|"]
    assert table(report, "表").notes == ()


def test_zeros_are_blank_what_does_not_apply_is_printed(tmp_path: Path) -> None:
    text = """\
title: 表
numbers: {zero: '0.00', none: —}
rows: [{label: 甲, where: {}, only: [金额]}, {label: 乙, where: {}}]
columns:
  - {head: 项目, show: label}
  - {head: 金额, sum: {}}
  - {head: 上年, sum: {year: 上年}}
  - {head: 增长, growth: [金额, 上年]}
"""
    assert printed(made(tmp_path, {"tables/表.yaml": text}), "表").splitlines()[1:] == ["甲||—|—", "乙|||"]


def test_titles_have_the_year_captions_leave_the_unit_blank(tmp_path: Path) -> None:
    text = TABLE + "  - {label: 合计, where: {}}\n" + COLUMNS
    shown = table(made(tmp_path, {"tables/表.yaml": text}), "表")
    assert shown.title == "2026年单位表"
    assert shown.caption == ("编制单位：", "单位：万元")


def test_without_a_year_its_place_is_named(tmp_path: Path) -> None:
    files = {"tables/表.yaml": TABLE + "  - {label: 合计, where: {}}\n" + COLUMNS}
    assert table(made(tmp_path, files, None), "表").title == "〔预算年度〕年单位表"


CONDITIONS = {
    "asks a fact": ("unit.level == '县级'", True),
    "asks a list": ("projects", True),
    "asks whether a list is empty": ("not projects", False),
    "asks whether nothing is counted": ("not sum(source='事业收入')", False),
    "compares what is counted": ("sum() > 5", True),
    "asks a sum": ("sum(source='事业收入')", True),
    "asks the year, which is known": ("year < 2020", False),
    "asks nothing": ("1 == 2", False),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_that_asks_the_input_is_taken_to_hold(name: str, tmp_path: Path) -> None:
    condition, shown = CONDITIONS[name]
    row = f'{{label: 乙, where: {{}}, when: "{condition}"}}'
    assert rows(tmp_path, "{label: 甲, where: {}}", row) == ["|甲|", *(["|乙|"] if shown else [])]


FORM = """\
title: "{{ n }}、{{ project.name }}表"
each: projects
as: project
grids:
  - cells:
      - [编码, "{{ project.code }}", 预算, "{{ sum(project=project.code)|amount }}"]
      - [用途, "{{ project.purpose }}", <, <]
  - from: project.indicators
    rows: [{each: line}]
    columns: [{head: 指标, show: name}, {head: 值, show: value}]
"""


def test_a_form_for_each_item_stands_once(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nparts: [{form: 表}, {each: projects, as: p, id: 项, heading: '{{ p.name }}'}]\n"
    report = made(tmp_path, {"layout.yaml": root, "forms/表.yaml": FORM})
    (form,) = report.tables()
    assert form.title == "1、〔项目名称〕表"
    assert [grid_text(grid) for grid in form.grids] == ["编码||预算|\n用途||<|<", "指标|值\n|"]
    assert headings(report) == ["〔项目名称〕"]


def said(folder: Path, text: str) -> list[str]:
    root = "title: 小\ninherits: base\nparts: [{text: 文.j2}]\n"
    return paragraphs(made(folder, {"layout.yaml": root, "text/文.j2": text}))


def test_sentences_name_what_is_to_be_filled_in(tmp_path: Path) -> None:
    change = "比{{ year - 1 }}年增加{{ (sum() - sum(year='上年'))|amount }}万元。"
    text = "{{ unit.name }}{{ year }}年预算{{ sum()|amount }}万元，" + change
    assert said(tmp_path, text) == ["〔单位名称〕2026年预算××万元，比2025年增加××万元。"]


ALTERNATIVES = {
    "have none, or a list": (
        "{% if not projects %}无{% else %}{% for p in projects %}{{ loop.index }}、{{ p.name }}{% endfor %}{% endif %}",
        "1、〔项目名称〕",
    ),
    "have none, or a sum": ("{% if sum() %}共{{ sum()|amount }}元{% else %}无{% endif %}", "共××元"),
    "equal, or changed": (
        "{% set d = sum() - sum(year='上年') %}{% if d == 0 %}{% else %}{{ d|direction }}{{ d|abs|amount }}{% endif %}",
        "增加（减少）××",
    ),
    "other words for a change": ("{{ (sum() - 5)|direction(['大于', '小于', '等于']) }}", "大于（小于）"),
    "a share, where there is a whole": (
        "{% if sum() %}占{{ ratio(sum(use='基本支出'), sum())|percent(2) }}{% endif %}",
        "占××%",
    ),
    "a number that is no money": ("{{ sum(book='assets', of='quantity')|quantity }}辆", "××辆"),
    "each code": (
        "{% for c in present('function', '项') %}{{ name('function', c[:3]) }}{{ sum(function=c)|amount }}{% endfor %}",
        "〔功能分类科目〕××",
    ),
    "what is said of a code, whichever": ("{{ narrative.reasons['2010101'] }}", "〔原因〕"),
    "a way of writing, where the layout has its own": ("{{ narrative.style or '横线' }}", "横线"),
}  # fmt: skip
STATED = """\
narrative:
  fields:
    reasons: {title: 各原因, map: {title: 原因}}
    style: {title: 写法, values: [横线, 括号]}
"""


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_of_alternatives_the_one_for_what_is_there_stands(name: str, tmp_path: Path) -> None:
    text, expected = ALTERNATIVES[name]
    root = "title: 小\ninherits: base\nparts: [{text: 文.j2}]\n"
    report = made(tmp_path, {"layout.yaml": root, "text/文.j2": text, "facts/说明.yaml": STATED})
    assert paragraphs(report) == [expected]


def test_figures_that_are_drawn_in_a_form_are_blank_with_what_is_written_beside_them(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nparts: [{form: 表}]\n"
    cells = "[['{{ sum()|amount }}', '{{ ratio(sum(), sum())|percent }}', '{{ unit.name }}']]"
    report = made(tmp_path, {"layout.yaml": root, "forms/表.yaml": f"title: 甲\ngrids: [{{cells: {cells}}}]\n"})
    (form,) = report.tables()
    assert [grid_text(grid) for grid in form.grids] == ["||"]


def test_a_sentence_that_cannot_be_computed_without_an_input_keeps_its_words(tmp_path: Path) -> None:
    text = "{% if projects %}略{% endif %}共{{ projects[1].name }}项，{{ unit.name }}。\n\n完。"
    assert said(tmp_path, text) == ["略共××项，××。", "完。"]


def test_a_text_that_no_input_could_mend_is_told(tmp_path: Path) -> None:
    root = "title: 小\ninherits: base\nparts: [{text: 文.j2}, {text: 又.j2}]\n"
    endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ unit.name }}{% endfor %}{% endfor %}"
    files = {"layout.yaml": root, "text/文.j2": "一\n{{ 1 // 0 }}", "text/又.j2": endless}
    _, problems = blank(small(tmp_path, files), 2026)
    assert [str(p.where) for p in problems] == ["layouts/小/text/又.j2:1", "layouts/小/text/文.j2:2"]
    assert all("算不出来" in p.what for p in problems)


@pytest.mark.parametrize("value", ["sum()", "projects", "unit"])
def test_a_value_that_is_no_text_is_told_before_there_is_an_input(value: str, tmp_path: Path) -> None:
    text = "title: 小\ninherits: base\nparts: [{text: 文.j2}]\n"
    _, problems = blank(small(tmp_path, {"layout.yaml": text, "text/文.j2": f"共{{{{ {value} }}}}万元"}), 2026)
    assert [p.rule for p in problems] == ["LY-09"]


def test_every_form_of_the_reference_layout_stands_without_an_amount() -> None:
    report, problems = blank(hebei(), 2026)
    assert problems == ()
    assert len(list(report.tables())) == 13
    body = [cell for t in report.tables() for grid in t.grids for row in grid.body for cell in row.cells if cell]
    assert [cell for cell in body if cell.origin] == []
    assert [cell.text for cell in body if "〔" in cell.text] == []
