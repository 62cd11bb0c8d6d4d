"""The ruled grids of a PDF cell by cell (pdfplumber), each cell once: artifacts aside, what goes on put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
from pdfplumber.page import Page

from budgetreport.report import Grid, Report
from tests.golden.blocks import Rows, bare
from tests.golden.ruled import Box, distinct, inside

Mark = tuple[int, int]
"""Page from 1 and number of a marked content: which element of the tag tree a character belongs to."""
Marked = tuple[Mark | None, str]
"""A character, and what it belongs to; None for an artifact."""
_NEAR = 1.0
"""Lines nearer than this (pt) are one."""


@dataclass
class _Cell:
    text: str = ""
    again: str = ""


@dataclass
class _Grids:
    """Rows as they are read; `elements`: the place where each element's text began."""

    owners: dict[Mark, int]
    tall: set[int]
    rows: list[list[_Cell]] = field(default_factory=list)
    elements: dict[int, _Cell] = field(default_factory=dict)

    def add(self, row: list[list[Marked]]) -> None:
        """A row of a page: each cell's characters with their marks. What goes on from the page before joins it."""
        cells, new, goes_on = [], False, False
        for characters in row:
            cell = _Cell()
            for mark, text in characters:
                if mark is None:
                    cell.again += text
                    continue
                owner = self.owners[mark]
                new |= owner not in self.elements
                held = self.elements.setdefault(owner, cell)
                goes_on |= held is not cell and owner not in self.tall
                held.text += text
            cells.append(cell)
        repeated = any(cell.again for cell in cells) and not new
        if not repeated and (new or not goes_on):
            self.rows.append(cells)


def read(path: Path) -> Rows:
    """All rows of all ruled grids; a cell merged across stands once, one merged down leaves '' in each row below."""
    owners, tall = _owners(path)
    grids = _Grids(owners, tall)
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                for row in _rows(page, [cell for cell in table.cells if cell]):
                    grids.add(row)
            page.close()
    return [[bare(cell.text) for cell in row] for row in grids.rows]


Node = Any
"""pikepdf's objects change their type with what they hold."""


def _owners(path: Path) -> tuple[dict[Mark, int], set[int]]:
    """The structure element of each marked content of a page, and those that are cells over several rows."""
    found: dict[Mark, int] = {}
    tall: set[int] = set()
    with pikepdf.open(path) as pdf:
        by_key: Node = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(by_key[n]): by_key[n + 1] for n in range(0, len(by_key), 2)}
        for number, page in enumerate(pdf.pages, 1):
            for mark, element in enumerate(parents[int(page.StructParents)]):
                found[number, mark] = element.objgen[0]
                if int(element.get("/A", {}).get("/RowSpan", 1)) > 1:
                    tall.add(element.objgen[0])
    return found, tall


def _rows(page: Page, cells: list[Box]) -> Iterator[list[list[Marked]]]:
    for top in distinct(cell[1] for cell in cells):
        middle = top + _NEAR
        across = sorted((cell for cell in cells if cell[1] <= middle < cell[3]), key=lambda cell: cell[0])
        yield [_marked(page, cell) if abs(cell[1] - top) < _NEAR else [] for cell in across]


def _marked(page: Page, box: Box) -> list[Marked]:
    return [
        (None if char["tag"] == "Artifact" else (page.page_number, char["mcid"]), char["text"])
        for char in inside(page, box)
    ]


def expected(report: Report) -> Rows:
    """The same of the report."""
    return [row for table in report.tables() for grid in table.grids for row in expected_rows(grid)]


def expected_rows(grid: Grid) -> Iterator[list[str]]:
    """A grid's rows in the same way."""
    below: dict[tuple[int, int], int] = {}
    for y, row in enumerate(grid.rows):
        told, x = [], 0
        while x < len(row.cells):
            cell = row.cells[x]
            told.append(bare(cell.text) if cell else "")
            width = cell.columns if cell else below[y, x]
            for down in range(1, cell.rows if cell else 1):
                below[y + down, x] = width
            x += width
        yield told
