"""The ruled part of a sheet as openpyxl reads it: texts and spans by place, counted from its upper left cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Grid = dict[tuple[int, int], tuple[str, int, int]]
"""(row, column) from 0 → text without white space, rows and columns that the cell covers."""


def grids(path: Path) -> dict[str, Grid]:
    """By sheet; sheets without rules are left out."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: grid for sheet in book.worksheets if (grid := _grid(sheet))}


def _grid(sheet: Worksheet) -> Grid:
    ruled = [c for row in sheet.iter_rows() for c in row if c.border.left.style and c.border.top.style]
    if not ruled:
        return {}
    top, left = min(cell.row for cell in ruled), min(cell.column for cell in ruled)
    bottom, right = max(cell.row for cell in ruled), max(cell.column for cell in ruled)
    merged = {(m.min_row, m.min_col): (m.size["rows"], m.size["columns"]) for m in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for (top, left), (rows, columns) in merged.items()
        for row in range(top, top + rows)
        for column in range(left, left + columns)
    } - set(merged)
    return {
        (cell.row - top, cell.column - left): (
            "".join(str(cell.value or "").split()),
            *merged.get((cell.row, cell.column), (1, 1)),
        )
        for row in sheet.iter_rows(top, bottom, left, right)
        for cell in row
        if (cell.row, cell.column) not in covered
    }
