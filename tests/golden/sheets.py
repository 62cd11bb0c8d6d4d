"""Sheets of a workbook as Excel shows them, read by openpyxl."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.golden.blocks import Rows, bare


def _text(value: object, number_format: str) -> str:
    """A cell as Excel shows it, for the few formats that a disclosure has."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return bare(str(value))
    first = number_format.partition(";")[0]
    decimals = len(first.partition(".")[2].rstrip("%")) if "." in first else 0
    if first.endswith("%"):
        return f"{value:.{decimals}%}"
    return f"{value:,.{decimals}f}" if "," in first else f"{value:.{decimals}f}"


def rows_of(sheet: Worksheet) -> Rows:
    """A cell merged across stands once; one merged down leaves an empty cell in each row below."""
    spans: dict[tuple[int | None, int | None], tuple[int | None, int | None]] = {}
    for merged in sheet.merged_cells.ranges:
        for y in range(merged.min_row, merged.max_row + 1):
            for x in range(merged.min_col, merged.max_col + 1):
                spans[y, x] = (merged.min_row, merged.min_col)
    rows = []
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            top, left = spans.get((cell.row, cell.column), (cell.row, cell.column))
            if left == cell.column:
                cells.append(_text(cell.value, cell.number_format) if top == cell.row else "")
        rows.append(cells)
    return rows
