"""A report as its readers need it: names, texts, spans and values of every table, and the text around them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from budgetreport.layout import Layout
from budgetreport.read.found import FoundDocument
from budgetreport.read.naming import Reading, named
from budgetreport.read.xlsx import read_xlsx
from budgetreport.report import Contents, Cover, Grid, Heading, Paragraph, Report, Row, Table
from budgetreport.write.xlsx import xlsx_bytes
from tests.read.reports import folded


def shape(report: Report) -> list[str]:
    """A line for everything that reading back must find again."""
    return list(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for block in report.blocks:
        match block:
            case Cover():
                yield from (f"cover {line.role} {folded(line.text)}" for line in block.lines)
            case Contents():
                yield f"contents {folded(block.title)}"
            case Heading():
                yield f"heading {block.level} {block.id} {folded(block.text)}"
            case Paragraph():
                yield f"paragraph {block.role} {folded(block.text)}"
            case Table():
                yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"table {table.id} {table.level} {table.form} {folded(table.title)}"
    yield "captions " + " ".join(map(folded, table.caption))
    for grid in table.grids:
        yield f"grid {table.id} {grid.id}"
        yield from (f"column {table.id} {c.id} {c.kind} {c.number} {c.side}" for c in grid.columns)
        yield from (f"row {table.id} {_row(grid, row)}" for row in grid.rows)
    yield from (f"note {folded(note.text)}" for note in table.notes)


def _row(grid: Grid, row: Row) -> str:
    cells = []
    for cell in row.cells:
        if cell is None:
            cells.append("<")
            continue
        kind = cell.kind if cell.text else ""
        cells.append(f"{folded(cell.text)}[{cell.rows}x{cell.columns} {kind} {cell.value} {cell.header}]")
    ids = [row.id_on(side) for side in {column.side: None for column in grid.columns}]
    return f"{row.role} {row.id} {ids} {'total ' if row.total else ''}" + "|".join(cells)


def workbook(report: Report, layout: Layout, folder: Path) -> Path:
    """The report's XLSX in a folder."""
    path = folder / "book.xlsx"
    path.write_bytes(xlsx_bytes(report, layout.style))
    return path


def reread(report: Report, layout: Layout, folder: Path) -> Reading:
    """The report written as XLSX, read and named."""
    return named(found(workbook(report, layout, folder)), layout)


def found(path: Path) -> FoundDocument:
    return read_xlsx(path)
