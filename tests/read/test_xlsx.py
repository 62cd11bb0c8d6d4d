"""Workbooks, ours and others', are read as a person sees them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from budgetreport.problems import SheetPlace
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText
from budgetreport.read.unreadable import ReadingError
from budgetreport.read.xlsx import read_xlsx
from tests.making import example, hebei, report
from tests.read.reports import Cells, cells, folded, wanted
from tests.read.shapes import workbook

THIN = Side("thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def book(folder: Path) -> tuple[openpyxl.Workbook, Worksheet, Path]:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "表"
    return made, sheet, folder / "book.xlsx"


def rule(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = RULED


def texts(document: FoundDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, FoundText)]


def grids(document: FoundDocument) -> list[Cells]:
    return [cells(block) for block in document.blocks if isinstance(block, FoundGrid)]


def stacked(tall: list[Cells]) -> list[list[str]]:
    """The texts of grids row by row."""
    return [[cell[0] for cell in row if cell] for grid in tall for row in grid]


def test_every_cell_of_the_reference_is_found_as_it_is_printed(tmp_path: Path) -> None:
    made = report(example(), hebei())
    found = grids(read_xlsx(workbook(made, hebei(), tmp_path)))
    assert stacked(found) == stacked(wanted(made).grids)


def test_every_text_of_the_reference_is_found(tmp_path: Path) -> None:
    made = report(example(), hebei())
    found = {folded(text) for text in texts(read_xlsx(workbook(made, hebei(), tmp_path)))}
    assert set(wanted(made).texts) <= found


def test_a_cell_knows_its_sheet_and_address_and_whether_it_is_a_number(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    sheet["B3"], sheet["C3"] = "合计", 12.5
    sheet["C3"].number_format = "0.00"
    rule(sheet, "B3:C3")
    made.save(path)
    (grid,) = read_xlsx(path).blocks
    assert isinstance(grid, FoundGrid)
    label, amount = grid.rows[0]
    assert label is not None
    assert amount is not None
    assert (label.text, label.number, label.place) == ("合计", False, SheetPlace(path.as_posix(), "表", "B3"))
    assert (amount.text, amount.number, amount.place) == ("12.50", True, SheetPlace(path.as_posix(), "表", "C3"))


def test_merged_cells_span_and_rows_that_show_nothing_are_no_rows(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    sheet["A1"], sheet["C1"], sheet["A3"], sheet["B3"], sheet["C3"] = "左", "右", "甲", "乙", "丙"
    rule(sheet, "A1:C3")
    sheet.merge_cells("A1:B2")  # a tall row in two pieces, as Excel needs them
    sheet.merge_cells("C1:C2")
    made.save(path)
    assert grids(read_xlsx(path)) == [((("左", 1, 2), None, ("右", 1, 1)), (("甲", 1, 1), ("乙", 1, 1), ("丙", 1, 1)))]


def test_a_cell_ruled_by_its_neighbours_belongs_to_the_grid_and_a_caption_above_does_not(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    sheet["A1"], sheet["A2"], sheet["B2"], sheet["A3"] = "单位：万元", "项目", "金额", "甲"
    sheet["A1"].border = Border(bottom=THIN)
    for name in ("A2", "A3"):
        sheet[name].border = RULED
    sheet["B2"].border = Border(right=THIN, top=THIN)
    sheet["B3"].border = Border(right=THIN, bottom=THIN)
    made.save(path)
    found = read_xlsx(path)
    assert texts(found) == ["单位：万元"]
    assert grids(found) == [((("项目", 1, 1), ("金额", 1, 1)), (("甲", 1, 1), ("", 1, 1)))]


def test_a_sheet_without_borders_has_a_grid_where_cells_stand_side_by_side(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    for row in (["某表"], [], ["项目", "金额", "备注"], ["甲", "1", "一"]):
        sheet.append(row)
    made.save(path)
    found = read_xlsx(path)
    assert texts(found) == ["某表"]
    assert [len(rows) for rows in grids(found)] == [2]


def test_lines_of_a_text_cell_are_texts_and_hidden_sheets_are_not_seen(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    sheet["A1"] = "  第一段。\n\n第二段。"
    made.create_sheet("底稿").sheet_state = "hidden"
    made["底稿"]["A1"] = "不公开"
    made.save(path)
    found = read_xlsx(path)
    assert texts(found) == ["第一段。", "第二段。"]
    assert [block.indented for block in found.blocks if isinstance(block, FoundText)] == [True, False]


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.integers(200, 2000)))
def test_what_is_no_workbook_is_told_in_plain_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes | int
) -> None:
    """Any bytes, or a workbook cut off after so many."""
    path = tmp_path_factory.mktemp("bad") / "坏.xlsx"
    openpyxl.Workbook().save(path)
    path.write_bytes(data if isinstance(data, bytes) else path.read_bytes()[:data])
    with pytest.raises(ReadingError) as raised:
        read_xlsx(path)
    problem = raised.value.problem
    assert (problem.rule, problem.what) == ("OS-03", "这个文件不是工作簿（XLSX），或者已经损坏")


def test_a_sheet_that_reaches_to_the_last_row_and_column_costs_nothing(tmp_path: Path) -> None:
    made, sheet, path = book(tmp_path)
    sheet["A1"] = "表"
    for name in ("A1", "XFD1048576"):
        sheet[name].border = RULED
    made.save(path)
    assert len(read_xlsx(path).blocks) >= 1
