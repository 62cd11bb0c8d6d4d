"""The reference disclosure in our workbook, read by openpyxl and by python-calamine."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import python_calamine

from tests.golden.blocks import Rows, bare, expected, grids
from tests.golden.sheets import rows_of

if TYPE_CHECKING:
    from tests.golden.conftest import Built

AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
NARRATIVE = "情况说明"
CONTENTS = "目录"


def _tables(built: Built) -> list[tuple[str, Rows]]:
    book = openpyxl.load_workbook(built.xlsx)
    return [(s.title, rows_of(s)) for s in book.worksheets if s.title not in (CONTENTS, NARRATIVE)]


def test_every_table_equals_the_reference_cell_by_cell(built: Built) -> None:
    theirs = grids()
    sheets = iter(_tables(built))
    ours = [row for _, rows in sheets for row in rows]
    at = 0
    for number, rows in theirs:
        for row in rows:
            padded = next((n for n in range(at, min(at + 8, len(ours))) if ours[n][: len(row)] == row), None)
            assert padded is not None, f"block {number}: {row} is not among the next rows {ours[at : at + 3]}"
            assert not any(ours[padded][len(row) :]), f"block {number}: more cells than {row}"
            at = padded + 1


def test_captions_and_titles_stand_over_the_tables(built: Built) -> None:
    blocks = list(expected())
    sheets = _tables(built)
    captions = [
        block[0] for _, block in blocks if not isinstance(block, str) and block[0][-1].startswith(("单位：", "截止"))
    ]
    ours = [[cell for cell in row if cell] for _, rows in sheets for row in rows[:3]]
    assert [c for c in captions if c not in ours] == []


def test_amounts_are_numbers_and_codes_are_text(built: Built) -> None:
    book = openpyxl.load_workbook(built.xlsx)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.data_type == "s"
                    assert not AMOUNT.fullmatch(cell.value), f"{sheet.title}!{cell.coordinate} {cell.value!r} is text"
    codes = [c.value for row in book["支出总表"].iter_rows(min_col=2, max_col=2) for c in row if c.value]
    assert "2013701" in codes


def test_calamine_reads_the_same_amounts(built: Built) -> None:
    read = python_calamine.CalamineWorkbook.from_path(str(built.xlsx))
    book = openpyxl.load_workbook(built.xlsx)
    amounts = 0
    for name in read.sheet_names:
        rows = read.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row, 1):
                theirs = book[name].cell(y, x).value
                if isinstance(value, float):
                    assert isinstance(theirs, int | float)
                    assert Decimal(str(value)) == Decimal(str(theirs))
                    amounts += 1
                else:
                    assert bare(str(value)) == bare(str(theirs or ""))
    assert amounts > 200


def test_the_narrative_stands_in_order_on_its_sheet(built: Built) -> None:
    book = openpyxl.load_workbook(built.xlsx)
    text = "\n".join(bare(str(c.value)) for row in book[NARRATIVE].iter_rows() for c in row if c.value)
    at = 0
    for number, block in expected():
        if number < 24 or not isinstance(block, str) or block.startswith("注："):
            continue
        found = text.find(block, at)
        assert found >= 0, f"block {number}: {block[:50]}"
        at = found + len(block)


def test_every_table_prints_on_one_page(built: Built) -> None:
    book = openpyxl.load_workbook(built.xlsx)
    for sheet in book.worksheets:
        if sheet.title == NARRATIVE:
            continue
        long, short = 297 / 25.4, 210 / 25.4
        upright = sheet.page_setup.orientation == "portrait"
        depth = (long if upright else short) - sheet.page_margins.top - sheet.page_margins.bottom
        assert sum(row.height or 0 for row in sheet.row_dimensions.values()) <= depth * 72, sheet.title
        assert not sheet.row_breaks.brk, sheet.title
        assert min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value) >= 8, sheet.title
