"""What a reader must find in the PDF of a Report: its texts and grids in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from budgetreport.read.found import FoundCell, FoundDocument, FoundGrid, FoundText
from budgetreport.read.pdf import read_pdf
from budgetreport.report import Cell, Contents, Cover, Grid, Heading, Paragraph, Report, Table

Cells = tuple[tuple[tuple[str, int, int] | None, ...], ...]
"""A grid's cells as (text, rows, columns), None where a span covers."""


def folded(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True)
class Told:
    """A document's texts and grids, white space folded; `order` T or G for each of them in reading order."""

    texts: list[str]
    grids: list[Cells]
    order: str


def wanted(report: Report) -> Told:
    """What is printed, without the contents' entries."""
    return _told(list(_blocks(report)))


def _blocks(report: Report) -> Iterator[str | Cells]:
    for block in report.blocks:
        match block:
            case Cover():
                yield from (line.text for line in block.lines)
            case Contents():
                yield block.title
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield from _table(block)


def _table(table: Table) -> Iterator[str | Cells]:
    if table.title:
        yield table.title
    yield from table.caption
    yield from (_grid(grid) for grid in table.grids)
    yield from (note.text for note in table.notes)


def _grid(grid: Grid) -> Cells:
    return tuple(tuple(_cell(cell) for cell in row.cells) for row in grid.rows)


def _cell(cell: Cell | FoundCell | None) -> tuple[str, int, int] | None:
    return (folded(cell.text), cell.rows, cell.columns) if cell else None


def got(document: FoundDocument) -> Told:
    """What was found, without entries of a contents page."""
    blocks = [b for b in document.blocks if not (isinstance(b, FoundText) and re.search(r"…\s*\d+$", b.text))]
    return _told([block.text if isinstance(block, FoundText) else cells(block) for block in blocks])


def cells(grid: FoundGrid) -> Cells:
    return tuple(tuple(_cell(cell) for cell in row) for row in grid.rows)


def _told(blocks: list[str | Cells]) -> Told:
    texts = [folded(block) for block in blocks if isinstance(block, str)]
    grids = [block for block in blocks if not isinstance(block, str)]
    return Told(texts, grids, "".join("T" if isinstance(block, str) else "G" for block in blocks))


def read_bytes(data: bytes, folder: Path) -> FoundDocument:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return read_pdf(path)
