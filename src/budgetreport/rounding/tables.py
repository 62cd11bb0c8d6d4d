"""The sums of a table whose rows and columns contain one another, each said once.

A sum across the columns of a row follows from those of the rows below it, where all of its columns are
sums of those rows; leaving it out makes a table with flat columns a network (see `network`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from budgetreport.rounding.task import Cell, Total

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A table by row and column numbers.

    `down[row, column]`: the groups of rows that make up the row in that column; `across[row, column]`: the
    groups of columns that make up the column in that row; `cell`: the name of the cell there.
    """

    down: Mapping[tuple[int, int], tuple[Parts, ...]]
    across: Mapping[tuple[int, int], tuple[Parts, ...]]
    cell: Callable[[int, int], Cell]


def sums_of(table: Crossing) -> Iterator[Total]:
    """The sums that hold between the table's cells; none that follows from others, as far as rows tell."""
    if _depth(table.across, of_rows=False) > 1 >= _depth(table.down, of_rows=True):
        turned = Crossing(_swapped(table.across), _swapped(table.down), lambda row, column: table.cell(column, row))
        yield from _sums(turned)
    else:
        yield from _sums(table)


def _sums(table: Crossing) -> Iterator[Total]:
    cell = table.cell
    for (row, column), groups in table.down.items():
        for rows in groups:
            yield Total(cell(row, column), tuple(cell(r, column) for r in rows))
    for (row, column), groups in table.across.items():
        for columns in groups:
            if not _follows(table, row, (column, *columns)):
                yield Total(cell(row, column), tuple(cell(row, c) for c in columns))


def _follows(table: Crossing, row: int, columns: Parts) -> bool:
    """Whether the rows below have the same sum and make up this row in each of the columns."""
    first, *others = (set(table.down.get((row, column), ())) for column in columns)
    whole, parts = columns[0], columns[1:]
    return any(all(parts in table.across.get((r, whole), ()) for r in rows) for rows in first.intersection(*others))


def _depth(sums: Mapping[tuple[int, int], tuple[Parts, ...]], *, of_rows: bool) -> int:
    """How many totals stand over one another."""
    below: dict[int, set[int]] = {}
    for (row, column), groups in sums.items():
        below.setdefault(row if of_rows else column, set()).update(n for group in groups for n in group)
    depth = 0
    level = set(below)
    while level:
        depth += 1
        level = {n for one in level for n in below[one] if n in below}
    return depth


def _swapped(sums: Mapping[tuple[int, int], tuple[Parts, ...]]) -> dict[tuple[int, int], tuple[Parts, ...]]:
    return {(column, row): groups for (row, column), groups in sums.items()}
