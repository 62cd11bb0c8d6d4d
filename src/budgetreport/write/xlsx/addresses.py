"""Where the workbook of a report has what the report's blocks and cells say, by the code that writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from budgetreport.report import Report, Table
from budgetreport.style import Style
from budgetreport.write.xlsx.book import letters
from budgetreport.write.xlsx.order import named_sheets
from budgetreport.write.xlsx.prose import prose_sheet
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.sheet import Sheet
from budgetreport.write.xlsx.tables import table_sheet


class Spot(NamedTuple):
    """A place in a report: a block; of a table grid, row and column from 0 (-1: the table as a whole)."""

    block: int
    grid: int = -1
    row: int = -1
    column: int = -1


class Address(NamedTuple):
    """A cell of a workbook."""

    sheet: str
    cell: str


def addresses(
    report: Report, style: Style, wanted: Iterable[Spot], landscape: Mapping[str, bool] | None = None
) -> dict[Spot, Address]:
    """The addresses of these places in what `xlsx_bytes` writes of the same report; what no sheet shows is left out."""
    setting = Setting(style)
    _, sheets = named_sheets(report)
    prose = next((name for table, name in sheets if table is None), "")
    by_table = {table.id: name for table, name in sheets if table}
    made: dict[int, Sheet] = {}
    told: Sheet | None = None
    found: dict[Spot, Address] = {}
    for spot in wanted:
        block = report.blocks[spot.block]
        if isinstance(block, Table):
            if spot.block not in made:
                turned = (landscape or {}).get(block.id)
                made[spot.block] = table_sheet(block, by_table[block.id], setting, landscape=turned)
            found[spot] = Address(by_table[block.id], _cell(made[spot.block], spot))
        elif prose:
            told = told or prose_sheet(report, prose, by_table, setting)
            if spot.block in told.lines:
                found[spot] = Address(prose, f"A{told.lines[spot.block]}")
    return found


def _cell(sheet: Sheet, spot: Spot) -> str:
    if spot.row < 0 or spot.grid not in sheet.corners:
        return "A1"
    rows, columns = sheet.corners[spot.grid]
    return f"{letters(columns[max(0, spot.column)])}{rows[spot.row]}"
