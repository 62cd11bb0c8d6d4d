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
    ruled = [
        (y, x)
        for y, row in enumerate(sheet.iter_rows(), 1)
        for x, cell in enumerate(row, 1)
        if cell.border.left.style and cell.border.top.style
    ]
    if not ruled:
        return {}
    top, left = min(y for y, _ in ruled), min(x for _, x in ruled)
    bottom, right = max(y for y, _ in ruled), max(x for _, x in ruled)
    merged = {(m.min_row, m.min_col): (m.size["rows"], m.size["columns"]) for m in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for (top, left), (rows, columns) in merged.items()
        for row in range(top, top + rows)
        for column in range(left, left + columns)
    } - set(merged)
    return {
        (y - top, x - left): ("".join(str(sheet.cell(y, x).value or "").split()), *merged.get((y, x), (1, 1)))
        for y in range(top, bottom + 1)
        for x in range(left, right + 1)
        if (y, x) not in covered
    }
