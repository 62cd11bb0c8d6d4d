"""What a layout makes of a file: our own comes back as it was composed, another's as far as it is recognised."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Side
from openpyxl.worksheet.cell_range import CellRange

from budgetreport.layout import Layout
from budgetreport.problems import PagePlace, SheetPlace
from budgetreport.read.found import FoundCell, FoundDocument, FoundGrid, FoundText
from budgetreport.read.naming import Reading, named, which_layout
from budgetreport.read.xlsx import read_xlsx
from budgetreport.report import LINES, Heading, Kind, Paragraph, Report, Table
from tests import making
from tests.end_to_end.ledgers import ledgers
from tests.making import small, stated, table
from tests.read.shapes import reread, shape, workbook

HEBEI = making.hebei()
ORGANISATION = making.example()["organisations"][0]
P = PagePlace(1)


def printed(report: Report, *organisations: dict[str, Any]) -> list[str]:
    """The report's shape, rows of organisations by their names: their ids are printed nowhere."""
    lines = shape(report)
    for one in organisations or (ORGANISATION,):
        lines = [_by_name(line, one["id"], one["name"]) for line in lines]
    return lines


def _by_name(line: str, key: str, name: str) -> str:
    return line.replace(f"{key}/", f"{name}/").replace(f" {key} ['{key}']", f" {name} ['{name}']")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Reading]:
    made = making.report(making.example(), HEBEI)
    return made, reread(made, HEBEI, tmp_path_factory.mktemp("reference"))


def test_the_reference_read_back_is_the_reference_composed(reference: tuple[Report, Reading]) -> None:
    made, reading = reference
    assert shape(reading.report) == printed(made)
    assert not reading.missing
    assert not reading.unrecognised


def test_every_recognised_table_is_told_with_its_title_and_place(reference: tuple[Report, Reading]) -> None:
    made, reading = reference
    assert [(known.id, known.title) for known in reading.recognised] == [(t.id, t.title) for t in made.tables()]
    assert {known.place.sheet for known in reading.recognised if isinstance(known.place, SheetPlace)} == {
        table.sheet for table in made.tables()
    }


def test_a_cell_a_caption_and_a_paragraph_know_where_they_stand(reference: tuple[Report, Reading]) -> None:
    _, reading = reference
    report, places = reading.report, reading.places
    number = next(n for n, block in enumerate(report.blocks) if isinstance(block, Table) and block.id == "收入总表")

    def cell(*address: int) -> str:
        place = places.place(*address)
        assert isinstance(place, SheetPlace)
        return f"{place.sheet} {place.cell}"

    assert cell(number) == "收入总表 A1"
    assert cell(number, 0, 3, 3) == "收入总表 D6"
    assert cell(number, LINES, 2, 0) == "收入总表 I2"
    assert cell(number, LINES, 3, 0) == "收入总表 A13"
    heading = next(n for n, block in enumerate(report.blocks) if isinstance(block, Heading))
    assert cell(heading) == "情况说明 A1"
    assert places.place(10_000) is None


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ledgers(30))
def test_whatever_the_ledger_the_workbook_read_back_is_the_report_composed(ledger: list[dict[str, Any]]) -> None:
    made, _ = making.composed(making.example(lambda data: data.update(ledger=ledger, projects=[])), HEBEI)
    with tempfile.TemporaryDirectory() as folder:
        assert shape(reread(made, HEBEI, Path(folder)).report) == printed(made)


def test_several_organisations_are_groups_by_their_names(tmp_path: Path) -> None:
    other = {"id": "中心", "name": "网络中心", "nature": "事业"}

    def change(data: dict[str, Any]) -> None:
        data["organisations"].append(other)
        data["procurement"][0]["organisation"] = "中心"

    made, _ = making.composed(making.example(change), HEBEI)
    assert shape(reread(made, HEBEI, tmp_path).report) == printed(made, ORGANISATION, other)


SIDES = """
title: "{{ year }}年收支表"
numbering: {rows: 行次, columns: 栏次}
columns: [{head: 项目, show: label}, {head: 预算数, sum: {}}]
sides:
  - head: 收入
    rows:
      - label: 一、财政拨款
        where: {source: 财政拨款}
        of_which: [{label: 一般公共预算, where: {source: 一般公共预算拨款}}]
      - {id: 另一处, label: 一、财政拨款, where: {source: 财政拨款, carried_over: 是}}
      - {label: 收入总计, where: {}, beside: 支出总计}
  - head: 支出
    rows:
      - {each: function, level: 类, number: 一、}
      - {fill_to: 4}
      - {label: 支出总计, where: {}}
"""
LEDGER = "2013701 30101 人员经费 一般公共预算拨款 10.00\n2080505 30108 人员经费 一般公共预算拨款 2.50"


def sides(tmp_path: Path, altered: dict[str, str | float] | None = None) -> Reading:
    layout = small(tmp_path, {"tables/收支.yaml": SIDES})
    path = workbook(making.composed(stated(LEDGER), layout)[0], layout, tmp_path)
    book = openpyxl.load_workbook(path)
    for cell, value in (altered or {}).items():
        book.worksheets[1][cell] = value
    book.save(path)
    return named(read_xlsx(path), layout)


def test_rows_of_two_sides_have_a_name_on_each_and_equal_labels_are_told_apart_by_their_order(tmp_path: Path) -> None:
    (grid,) = table(sides(tmp_path).report, "收支").grids
    assert [column.id for column in grid.columns] == ["行次", "收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]
    assert [row.ids for row in grid.body] == [
        ("财政拨款", "201"), ("一般公共预算", "208"), ("另一处", ""), ("", ""), ("收入总计", "支出总计"),
    ]  # fmt: skip
    assert [row.total for row in grid.body] == [True, False, False, False, True]


def test_a_misspelt_label_head_or_title_keeps_the_name_that_the_layout_gives_it(tmp_path: Path) -> None:
    slips: dict[str, str | float] = {"A1": "2026年收枝表", "C3": "预祘数", "B5": "一、财攻拨款"}
    reading = sides(tmp_path, slips)
    (grid,) = table(reading.report, "收支").grids
    assert [row.ids[0] for row in grid.body] == ["财政拨款", "一般公共预算", "另一处", "", "收入总计"]
    assert [column.id for column in grid.columns][1:3] == ["收入/项目", "收入/预算数"]
    assert table(reading.report, "收支").title == "2026年收枝表"


def test_amounts_have_values_and_what_is_no_number_has_none(tmp_path: Path) -> None:
    (grid,) = table(sides(tmp_path, {"C5": "12,50"}).report, "收支").grids
    amounts = [(cell.text, cell.value, cell.kind) for row in grid.body if (cell := row.cells[2])]
    assert [str(value) for _, value, _ in amounts] == ["1250", "12.50", "None", "None", "12.50"]
    assert {kind for _, _, kind in amounts} == {Kind.AMOUNT}
    (grid,) = table(sides(tmp_path, {"C5": "约12万"}).report, "收支").grids
    cell = grid.body[0].cells[2]
    assert cell is not None
    assert (cell.text, cell.value) == ("约12万", None)


OF_WORDS = """
title: "{{ year }}年来源表"
rows: [{label: 合计, where: {}}, {each: source}]
columns:
  - {head: 来源, show: label}
  - {head: 预算数, sum: {}}
  - {head: 上年数, sum: {year: 上年}}
  - {head: 占比, ratio: [预算数, 上年数]}
"""
DRAWN = """
title: "{{ year }}年用途表"
rows: [{label: 合计, where: {}}, {each: use, values: [人员经费, 公用经费]}]
columns: [{head: 项目, show: label}, {head: 预算数, sum: {}}, {head: 上年数, sum: {year: 上年}}]
head:
  - [用途, 金额, <]
  - [^, 今年, 去年]
"""


def test_rows_of_words_percentages_and_heads_that_are_drawn_come_back_as_composed(tmp_path: Path) -> None:
    layout = small(tmp_path, {"tables/来源表.yaml": OF_WORDS, "tables/用途表.yaml": DRAWN})
    lines = "2013701 30101 人员经费 一般公共预算拨款 30.00\n2013701 30201 公用经费 事业收入 10.00"
    prior = {"ledger": [making.line(one) for one in lines.replace("10.00", "30.00").splitlines()]}
    made = making.report(stated(lines, prior_year=prior), layout)
    assert "66.67" in making.printed(made, "来源表")
    assert shape(reread(made, layout, tmp_path).report) == shape(made)


def text(said: str, align: str = "left") -> FoundText:
    return FoundText(said, P, align=align)


def grid(*rows: str) -> FoundGrid:
    cells = [tuple(FoundCell(said, P) if said != "<" else None for said in row.split("|")) for row in rows]
    return FoundGrid(tuple(cells), P)


def read(*blocks: FoundText | FoundGrid, layout: Layout = HEBEI) -> Reading:
    return named(FoundDocument("别处.pdf", blocks, pages=3), layout)


def test_a_table_made_elsewhere_is_recognised_by_title_and_heads_and_keeps_what_the_layout_does_not_know() -> None:
    reading = read(
        text("2025年区级单位收入预算总表", "center"),
        text("单位：元"),
        grid(
            "科目编码|科目名称|合计|财政拨款收入|捐赠收入",
            "|合计|3,000.00|2,000.00|1,000.00",
            "201|一般公共服务支出|3,000.00|2,000.00|1,000.00",
            "|临时项目|0.00|0.00|0.00",
        ),
        text("注：金额含结转。"),
        text("以上为全部收入。"),
    )
    (found,) = reading.report.tables()
    assert (found.id, found.caption, [n.text for n in found.notes]) == ("收入总表", ("单位：元",), ["注：金额含结转。"])
    (only,) = found.grids
    assert [c.id for c in only.columns] == [
        "功能分类科目/科目编码", "功能分类科目/科目名称", "合计", "本年收入/财政拨款收入", "捐赠收入",
    ]  # fmt: skip
    assert [row.id for row in only.body] == ["合计", "201", "临时项目"]
    assert [str(cell.value) for row in only.body if (cell := row.cells[4])] == ["1000.00", "1000.00", "0.00"]
    assert [block.text for block in reading.report.blocks if isinstance(block, Paragraph)] == ["以上为全部收入。"]
    assert "收支总表" in reading.missing


def test_a_code_in_several_columns_is_one_code() -> None:
    reading = read(
        text("部门预算支出总表", "center"),
        grid(
            "类|款|项|科目名称|合计|基本支出|项目支出",
            "205||||1.00|1.00|",
            "205|02|||1.00|1.00|",
            "205|02|05|高等教育|1.00|1.00|",
        ),
    )
    (only,) = next(reading.report.tables()).grids
    assert [row.id for row in only.body] == ["205", "20502", "2050205"]


def test_a_grid_that_the_layout_does_not_know_is_told_by_its_title_or_its_first_words() -> None:
    reading = read(
        text("车辆登记簿", "center"), grid("车牌|里程", "冀A00001|100"), text("正文。"), grid("姓名|职务", "某|某")
    )
    assert [(found.title, found.place) for found in reading.unrecognised] == [("车辆登记簿", P), ("姓名", P)]
    assert [t.id for t in reading.report.tables()] == ["", ""]
    assert [row.id for t in reading.report.tables() for g in t.grids for row in g.body] == ["冀A00001", "某"]


def test_headings_of_a_document_made_elsewhere_are_told_by_their_numbers() -> None:
    reading = read(text("第一部分 概况"), text("一、主要职能"), text("一、认真落实；"), text("本部门负责某事。"))
    levels = [(b.level, b.text) for b in reading.report.blocks if isinstance(b, Heading)]
    assert levels == [(1, "第一部分 概况"), (2, "一、主要职能")]


def test_of_several_layouts_the_one_that_recognises_most_is_chosen(tmp_path: Path) -> None:
    layout = small(tmp_path, {"tables/收支.yaml": SIDES})
    document = read_xlsx(workbook(making.report(making.example(), HEBEI), HEBEI, tmp_path))
    assert which_layout(document, [layout, HEBEI]) is HEBEI
    document = read_xlsx(workbook(making.composed(stated(LEDGER), layout)[0], layout, tmp_path))
    assert which_layout(document, [HEBEI, layout]) is layout


THIN = Side("thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
values = st.one_of(
    st.sampled_from(
        ["部门预算收支总表", "项目", "合计", "目  录", "单位：万元", "201", "一、甲\n二、乙", "=1+1", "#REF!"]
    ),
    st.integers(-3, 10**17),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.times(),
    st.text(alphabet="甲 ", max_size=3),
)
forms = st.sampled_from(["General", "0.00", "@", "0%", "yyyy/m/d", '#,##0.00_ ;[Red]-#,##0.00" "', ";;;"])
corners = st.tuples(st.integers(1, 8), st.integers(1, 6))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(corners, values, forms, st.booleans()), max_size=30),
    st.lists(st.tuples(corners, st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_no_workbook_breaks_the_reader_or_the_naming(
    filled: list[tuple[tuple[int, int], Any, str, bool]], merges: list[tuple[tuple[int, int], int, int]]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (y, x), value, form, ruled in filled:
        cell = sheet.cell(y, x, value)
        cell.number_format = form
        cell.border = RULED if ruled else Border()
    for (y, x), down, across in merges:  # overlapping ones too, as broken programs write them
        sheet.merged_cells.add(CellRange(min_col=x, min_row=y, max_col=x + across, max_row=y + down).coord)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "乱.xlsx"
        book.save(path)
        reading = named(read_xlsx(path), HEBEI)
    assert isinstance(reading.report, Report)


words = st.text(alphabet="部门预算收入支出总表合计小计一二、（）.0123456789目录 |注：\n", max_size=12)
cells = st.one_of(
    st.none(), st.builds(FoundCell, words, st.just(P), st.integers(1, 4), st.integers(1, 4), st.booleans())
)
rows = st.lists(cells, max_size=5).map(tuple)
blocks = st.one_of(
    st.builds(FoundText, words, st.just(P)),
    st.builds(FoundGrid, st.lists(rows, max_size=6).map(tuple), st.just(P)),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(blocks, max_size=12))
@example([FoundGrid((), P)])
@example([FoundText("部门预算收入总表", P), FoundGrid(((),), P)])
def test_no_document_breaks_the_naming(found: list[FoundText | FoundGrid]) -> None:
    reading = named(FoundDocument("乱.pdf", tuple(found), pages=2), HEBEI)
    assert len(list(reading.report.tables())) <= sum(isinstance(block, FoundGrid) for block in found)
