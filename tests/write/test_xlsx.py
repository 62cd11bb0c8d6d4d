"""The workbook says what the report says: read back by openpyxl and by calamine."""

import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from budgetreport.report import (
    Block,
    Cell,
    Column,
    Contents,
    Cover,
    Grid,
    Heading,
    Kind,
    Paragraph,
    Report,
    Row,
    Table,
)
from budgetreport.style import Role, Ruling, Style
from budgetreport.typeset.fonts import MissingGlyphError
from budgetreport.write.xlsx import sheet_names, xlsx_bytes
from budgetreport.write.xlsx.lattice import common, divide

STYLE = Style(
    roles={
        "heading1": Role("小标宋", 18, 27, "center"),
        "body": Role("仿宋", 16, 28, first=2),
        "table": Role("宋体", 10, 14),
        "caption": Role("宋体", 10.5, 14),
        "note": Role("宋体", 9, 12),
    },
    margins={},
    ruling=Ruling(rule=0.5, row=6.5, row_least=5.5, pad=1, pad_y=0.8, gap=0, widest=0),
    recognised=(),
    continued="（续表）",
    footer=("— ", " —"),
    workbook_fonts={"小标宋": "方正小标宋简体"},
)


def head(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, rows=rows, columns=columns, align="center", header="column")


def amount(text: str, kind: Kind = Kind.AMOUNT, value: str | None = None) -> Cell:
    return Cell(text, kind, Decimal(value or text.replace(",", "")) if text else None, align="right")


BUDGET = Grid(
    "预算",
    (Column("序号", Kind.NUMBER), Column("编码", Kind.CODE), Column("名称"), Column("数", Kind.AMOUNT)),
    (
        Row("1", (head("序号", 2), head("科目", 1, 2), None, head("预算数", 2)), "head"),
        Row("2", (None, head("编码"), head("名称"), None), "head"),
        Row("n", (head("栏次"), *(amount(n, Kind.NUMBER) for n in "123")), "numbering"),
        Row("a", (amount("1", Kind.NUMBER), Cell("0201", Kind.CODE), Cell("=1+1"), amount("1,317.38"))),
        Row("b", (amount("2", Kind.NUMBER), Cell("", Kind.CODE), Cell("第一行\n第二行", indent=2), amount(""))),
        Row("c", (amount("3", Kind.NUMBER), Cell(), Cell("@甲"), amount("50%", Kind.PERCENT, "50"))),
        Row("d", (amount("4", Kind.NUMBER), Cell(), Cell("≥4次", value=Decimal(4)), amount("-2.50"))),
    ),
)
FORM = (
    Grid("上", (Column("甲", width=4), Column("乙", width=20)), (Row("1", (Cell("目标"), Cell("文字" * 30))),)),
    Grid(
        "下",
        tuple(Column(c, width=8) for c in "甲乙丙"),
        (Row("1", (head("甲"), head("乙", 1, 2), None)), Row("2", (Cell("一"), Cell("二"), Cell("三")))),
    ),
)
REPORT = Report(
    (
        Cover((Paragraph("某某局预算", "title"),)),
        Contents("目录页"),
        Table(
            "t", "收支总表", "收支", (BUDGET,), 1, ("某某局", "2026年", "单位：万元"), (Paragraph("注：无。", "note"),)
        ),
        Heading(1, "一、职责", "h"),
        Paragraph("负责某事。"),
        Table("f", "绩效表", "收支", FORM, caption=("单位：万元",), page="landscape", form=True),
        Paragraph("=完"),
    ),
    title="某某局2026年预算",
    author="某某局",
    subject="预算 & 公开",
    prose_sheet="说明",
    contents_sheet="目录",
)


def read(*blocks: Block) -> Workbook:
    """The workbook of a report, read back."""
    report = Report(blocks, "题") if blocks else REPORT
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(report, STYLE)))


def sheet(name: str) -> Worksheet:
    found = read()[name]
    assert isinstance(found, Worksheet)
    return found


def values(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row if cell.value is not None] for row in page.iter_rows()]


def at(page: Worksheet, place: str) -> SheetCell:
    cell = page[place]
    assert isinstance(cell, SheetCell)
    return cell


def test_sheets_follow_the_document_and_names_are_unique() -> None:
    assert read().sheetnames == ["目录", "收支", "说明", "收支（2）"]


def test_contents_and_narrative_lead_to_the_sheets() -> None:
    assert values(sheet("目录")) == [["某某局预算"], ["目录页"], ["1", "收支总表"], ["2", "说明"], ["3", "绩效表"]]
    links = {c.value: c.hyperlink.location for row in sheet("目录").iter_rows() for c in row if c.hyperlink}
    assert links == {"收支总表": "'收支'!A1", "说明": "'说明'!A1", "绩效表": "'收支（2）'!A1"}
    assert values(sheet("说明")) == [["一、职责"], ["负责某事。"], ["绩效表"], ["=完"]]
    link = at(sheet("说明"), "A3").hyperlink
    assert link is not None
    assert link.location == "'收支（2）'!A1"


def test_numbers_are_numbers_codes_and_formulas_are_text_and_blanks_are_empty() -> None:
    page = sheet("收支")
    assert values(page) == [
        ["收支总表"],
        ["某某局", "2026年", "单位：万元"],
        ["序号", "科目", "预算数"],
        ["编码", "名称"],
        ["栏次", 1, 2, 3],
        [1, "0201", "=1+1", 1317.38],
        [2, "第一行\n第二行"],
        [3, "@甲", 0.5],
        [4, "≥4次", -2.5],
        ["注：无。"],
    ]
    formats = {place: at(page, place).number_format for place in ("A6", "B6", "D6", "D8", "D9")}
    assert formats == {"A6": "0", "B6": "@", "D6": "#,##0.00", "D8": "0%", "D9": "0.00"}
    assert at(page, "C6").data_type == "s"
    assert at(page, "C6").quotePrefix
    assert at(page, "C7").alignment.indent == 2
    assert at(page, "C7").alignment.wrap_text


def test_a_number_of_more_digits_than_spreadsheets_keep_is_written_as_it_is_printed() -> None:
    exact, beyond = Decimal("9999999999999.99"), Decimal("99999999999999.99")
    row = Row("1", (Cell(f"{exact:,.2f}", Kind.AMOUNT, exact), Cell(f"{beyond:,.2f}", Kind.AMOUNT, beyond)))
    grid = Grid("", (Column("甲", Kind.AMOUNT), Column("乙", Kind.AMOUNT)), (row,))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(Report((Table("表", "表", "表", (grid,)),), "题"), STYLE)))
    (cells,) = [line for line in book["表"].iter_rows(values_only=True) if line[0] == 9999999999999.99]
    assert cells[1] == "99,999,999,999,999.99"


def test_three_captions_over_fewer_columns_stand_one_under_another() -> None:
    grid = Grid("", (Column("甲"),), (Row("1", (Cell("一"),)),))
    made = Table("表", "表", "表", (grid,), caption=("某某局", "2026年", "单位：万元"))
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(Report((made,), "题"), STYLE)))
    assert values(book["表"]) == [["表"], ["某某局"], ["2026年"], ["单位：万元"], ["一"]]


def test_a_second_reader_finds_the_same() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(REPORT, STYLE)))
    rows = book.get_sheet_by_name("收支").to_python()
    assert rows[5] == [1.0, "0201", "=1+1", 1317.38]
    assert book.get_sheet_by_name("说明").to_python() == [["一、职责"], ["负责某事。"], ["绩效表"], ["=完"]]


def test_merges_and_rules_are_as_printed() -> None:
    page = sheet("收支")
    assert {str(r) for r in page.merged_cells.ranges} >= {"A1:D1", "A3:A4", "B3:C3", "D3:D4", "A10:D10"}
    assert at(page, "A3").border.left.style == "thin"
    assert at(page, "A1").border.left.style is None
    assert at(page, "A1").font.name == "方正小标宋简体"
    with zipfile.ZipFile(BytesIO(xlsx_bytes(REPORT, STYLE))) as archive:
        text = archive.read("xl/worksheets/sheet2.xml").decode()
    ruled = text.partition('<c r="A3" s="')[2].partition('"')[0]
    assert f'<c r="A4" s="{ruled}"/>' in text


def test_a_table_is_ready_to_print() -> None:
    page = sheet("收支")
    assert page.print_title_rows == "$1:$5"
    assert page.print_area == "'收支'!$A$1:$D$10"
    assert page.freeze_panes == "A6"
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.page_setup.paperSize) == (1, 0, 9)
    assert page.page_setup.orientation == "portrait"
    assert page.print_options.horizontalCentered
    assert page.HeaderFooter.differentOddEven
    assert page.oddFooter is not None
    assert page.evenFooter is not None
    assert page.oddFooter.right.text == "— &P —"
    assert page.evenFooter.left.text == "— &P —"
    assert all(page.row_dimensions[n].height for n in range(1, 11))
    assert sheet("收支（2）").page_setup.orientation == "landscape"


def long_table(count: int) -> Table:
    rows = tuple(Row(str(n), (Cell("项目"), amount(f"{n}.00", value=str(n)))) for n in range(count))
    grid = Grid("g", (Column("甲"), Column("乙", Kind.AMOUNT)), (Row("h", (head("甲"), head("乙")), "head"), *rows))
    return Table("t", "支出表", "支出", (grid,), 1, ("单位：万元",), (Paragraph("注：" + "说明。" * 60, "note"),))


@pytest.mark.parametrize("count", range(66, 110, 4))
def test_notes_are_printed_with_two_rows_at_least(count: int) -> None:
    page = read(long_table(count)).worksheets[-1]
    assert page.row_breaks.brk
    last_row = page.max_row - 1  # the notes are the last
    assert page.row_breaks.brk[-1].id <= last_row - 2


def test_rows_are_lower_where_that_brings_a_table_onto_one_page() -> None:
    few, more = (read(long_table(count)).worksheets[-1] for count in (20, 36))
    usual, lower = few.row_dimensions[10].height, more.row_dimensions[10].height
    assert usual > lower
    assert sum(row.height or 0 for row in more.row_dimensions.values()) <= (297 - 40) / 25.4 * 72


def test_the_page_is_turned_where_the_pdf_turns_it() -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(REPORT, STYLE, {"t": True})))
    page = book["收支"]
    assert isinstance(page, Worksheet)
    assert page.page_setup.orientation == "landscape"


def test_stacked_grids_share_their_columns_and_lose_no_cell() -> None:
    page = sheet("收支（2）")
    assert values(page) == [["绩效表"], ["单位：万元"], ["目标", "文字" * 30], ["甲", "乙"], ["一", "二", "三"]]
    assert {str(r) for r in page.merged_cells.ranges if r.min_row > 2} == {"B3:D3", "A4:B4", "C4:D4", "A5:B5"}


def test_a_row_taller_than_excel_shows_is_merged_from_several() -> None:
    long = "长" * 20_000
    page = read(Heading(1, "甲", "h"), Paragraph(long), Paragraph("乙")).worksheets[1]
    merged = next(iter(page.merged_cells.ranges))
    assert merged.size["rows"] > 10
    assert values(page)[1] == [long]
    assert page.cell(merged.max_row + 1, 1).value == "乙"
    assert max(float(d.height or 0) for d in page.row_dimensions.values()) <= 409


def test_text_that_no_workbook_can_hold_is_refused() -> None:
    for text, char in (("a\x00b", "0000"), ("\x1f", "001F")):
        with pytest.raises(MissingGlyphError, match=rf"U\+{char}"):
            xlsx_bytes(Report((Paragraph(text),), "题"), STYLE)
    with pytest.raises(ValueError, match="工作表"):
        xlsx_bytes(Report((Paragraph("长" * 32_768),), "题"), STYLE)


def test_properties_tell_title_author_and_a_fixed_date() -> None:
    properties = read().properties
    assert (properties.title, properties.creator, properties.subject) == ("某某局2026年预算", "某某局", "预算 & 公开")
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 2000


def test_the_same_report_gives_the_same_bytes_with_lxml_and_without() -> None:
    code = (
        "import hashlib; from budgetreport.report import *; from budgetreport.style import *;"
        "from budgetreport.write.xlsx import xlsx_bytes;"
        "table = Table('t', '题 & 名', '表', (Grid('g', (Column('c'),), (Row('r', (Cell('文'),)),)),));"
        "report = Report((Heading(1, '甲', 'h'), table), '题', '局');"
        "style = Style({}, {}, Ruling(0.5, 6.5, 5.5, 1, 0.8, 0, 0), (), '', ('', ''), {});"
        "print(hashlib.sha256(xlsx_bytes(report, style)).hexdigest())"
    )
    digests = {
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", code],
            env=os.environ | {"OPENPYXL_LXML": lxml, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for lxml, seed in (("True", "1"), ("False", "2"))
    }
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["表", "表", "表"], ["表", "表（2）", "表（3）"]),
        (["a", "A"], ["a", "A（2）"]),
        (["收入/支出[1]:*?\\"], ["收入／支出［1］：＊？＼"]),
        (["'引号'", "", "History"], ["引号", "_", "History（2）"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "（2）"]),
    ],
)
def test_sheet_names_are_made_safe_and_unique(wanted: list[str], names: list[str]) -> None:
    assert list(sheet_names(wanted)) == names


def test_caption_texts_get_the_room_they_need_and_the_middle_one_the_middle() -> None:
    assert divide([10] * 9, [20, 10, 10]) == (0, 2, 7, 9)
    assert divide([10] * 9, [50, 10, 10])[1] >= 5  # type: ignore[index]  # nine columns are enough
    assert divide([10], [1, 1]) is None


column_widths = st.lists(st.floats(4, 60), min_size=1, max_size=8)


@given(st.lists(column_widths, min_size=1, max_size=4))
def test_bounds_of_stacked_grids_rise_and_stay_where_they_were(grids: list[list[float]]) -> None:
    total = max(map(sum, grids))
    scaled = [[w * total / sum(grid) for w in grid] for grid in grids]
    columns, bounds = common(scaled)
    assert sum(columns) == pytest.approx(total)
    for grid, ours in zip(scaled, bounds, strict=True):
        assert len(ours) == len(grid) + 1
        assert list(ours) == sorted(set(ours))
        assert (ours[0], ours[-1]) == (0, len(columns))
        for width, left, right in zip(grid, ours, ours[1:], strict=False):
            assert sum(columns[left:right]) == pytest.approx(width, abs=4.1)


printable = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
numbers = st.decimals(-(10**9), 10**9, places=2).map(lambda d: Cell(f"{d:,.2f}", Kind.AMOUNT, d))
cells = printable.map(Cell) | printable.map(lambda t: Cell(t, Kind.CODE)) | numbers


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A grid of bands: in each, cells span all rows of the band and one or more columns."""
    count = draw(st.integers(1, 6))
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 4))):
        high = draw(st.integers(1, 3))
        line: list[Cell | None] = []
        while len(line) < count:
            wide = draw(st.integers(1, count - len(line)))
            cell = draw(cells)
            line += [Cell(cell.text, cell.kind, cell.value, high, wide), *[None] * (wide - 1)]
        rows.append(Row(str(len(rows)), tuple(line)))
        rows += [Row(str(len(rows) + n), (None,) * count) for n in range(high - 1)]
    return Grid("g", tuple(Column(str(n)) for n in range(count)), tuple(rows))


@settings(deadline=None, max_examples=40)
@given(st.lists(grids(), min_size=1, max_size=3))
def test_every_cell_of_random_grids_is_read_back_as_it_was(stacked: list[Grid]) -> None:
    page = read(Table("t", "", "表", tuple(stacked))).worksheets[1]
    found = [value for row in values(page) for value in row]
    expected = [cell for grid in stacked for row in grid.rows for cell in row.cells if cell and cell.text]
    assert len(found) == len(expected)
    for value, cell in zip(found, expected, strict=True):
        if cell.value is None:
            assert value == cell.text
        else:
            assert isinstance(value, int | float)
            assert f"{Decimal(str(value)):,.2f}" == f"{cell.value:,.2f}"
