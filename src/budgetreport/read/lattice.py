"""Rows of found cells: what covers a place, and a few rows cut out as a grid of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetreport.read.found import FoundCell

FoundRow = tuple[FoundCell | None, ...]
Rows = tuple[FoundRow, ...]


def even(rows: Sequence[FoundRow]) -> Rows:
    """The rows all as long as the longest, spans kept inside."""
    width = max((len(row) for row in rows), default=0)
    filled = [(*row, *[None] * (width - len(row))) for row in rows]
    return tuple(
        tuple(_inside(cell, len(filled) - y, width - x) if cell else None for x, cell in enumerate(row))
        for y, row in enumerate(filled)
    )


def _inside(cell: FoundCell, rows: int, columns: int) -> FoundCell:
    """The cell with at least one and at most so many rows and columns."""
    return replace(cell, rows=max(1, min(cell.rows, rows)), columns=max(1, min(cell.columns, columns)))


def covering(rows: Rows) -> list[list[tuple[int, int] | None]]:
    """For each place the upper left corner of the cell that covers it; None where none does."""
    found: list[list[tuple[int, int] | None]] = [[None] * len(row) for row in rows]
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell is not None:
                for below in range(y, y + cell.rows):
                    for beside in range(x, x + cell.columns):
                        found[below][beside] = (y, x)
    return found


def cut(rows: Rows, start: int, end: int) -> Rows:
    """Rows `start` to before `end`, without the columns at which none of their cells begins."""
    part = rows[start:end]
    width = len(part[0]) if part else 0
    begins = [x for x in range(width) if any(row[x] is not None for row in part)]
    kept = []
    for y, row in enumerate(part):
        cells = []
        for x in begins:
            cell = row[x]
            if cell is not None:
                across = sum(x <= other < x + cell.columns for other in begins)
                cell = replace(cell, columns=across, rows=min(cell.rows, len(part) - y))
            cells.append(cell)
        kept.append(tuple(cells))
    return tuple(kept)


def at(rows: Rows, place: tuple[int, int] | None) -> FoundCell | None:
    """The cell that begins at a place."""
    return rows[place[0]][place[1]] if place else None
