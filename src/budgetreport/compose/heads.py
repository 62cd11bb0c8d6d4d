"""Columns of a table: the tree of heads flattened into leaves, and drawn as head rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.compose.context import Composition
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.model import Column, Grid, Template
from budgetreport.layout.spans import spans
from budgetreport.report import Cell, Row


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column with content. `heads` are the heads over it, from the top, each with what tells it apart."""

    column: Column
    heads: tuple[tuple[int, Template], ...]
    where: Filter
    side: int
    id: str


def leaves(grid: Grid, composition: Composition, local: dict[str, object]) -> list[Leaf]:
    """The columns from left to right, side after side."""
    found: list[Leaf] = []
    for number, side in enumerate(grid.each_side()):
        heads = ((-1 - number, side.head),) if side.head else ()
        walk = _Walk(grid, composition, local, number)
        found += walk.below(side.columns, heads, EVERYTHING, side.name)
    return found


@dataclass(frozen=True, slots=True)
class _Walk:
    grid: Grid
    composition: Composition
    local: dict[str, object]
    side: int

    def below(
        self, columns: Sequence[Column], heads: tuple[tuple[int, Template], ...], where: Filter, path: str
    ) -> Iterator[Leaf]:
        for column in columns:
            if not self.composition.holds(column.when, self.local):
                continue
            full = f"{path}/{column.name}" if path else column.name
            narrowed = self.composition.dimensions.both(where, column.where)
            if inner := self.grid.below(column):
                yield from self.below(inner, (*heads, (id(column), column.head)), narrowed, full)
            else:
                whole = self.composition.dimensions.both(narrowed, column.sum) if column.sum else narrowed
                yield Leaf(column, heads, whole, self.side, full)


def head_rows(found: Sequence[Leaf], grid: Grid, composition: Composition, local: dict[str, object]) -> list[Row]:
    """The head as rows: a head spans the columns below it, a leaf the rows that are left; or as the layout draws it."""
    if grid.head:
        return _drawn(grid.head, composition, local)
    depth = max(len(leaf.heads) for leaf in found) + 1
    rows: list[list[Cell | None]] = [[None] * len(found) for _ in range(depth)]
    for at, leaf in enumerate(found):
        for level, (key, text) in enumerate(leaf.heads):
            if at and level < len(found[at - 1].heads) and found[at - 1].heads[: level + 1] == leaf.heads[: level + 1]:
                continue
            span = next(
                (n for n, other in enumerate(found[at:]) if len(other.heads) <= level or other.heads[level][0] != key),
                len(found) - at,
            )
            tall = depth - len(leaf.heads) if grid.stretch == "groups" and level == len(leaf.heads) - 1 else 1
            rows[level][at] = _head(composition.text(text, local), tall, span)
        start = depth - 1 if grid.stretch == "groups" and leaf.heads else len(leaf.heads)
        rows[start][at] = _head(composition.text(leaf.column.head, local), depth - start, 1)
    return [Row(f"head{n}", tuple(row), "head") for n, row in enumerate(rows, 1)]


def _drawn(head: Sequence[Sequence[Template]], composition: Composition, local: dict[str, object]) -> list[Row]:
    spanned = spans([[cell.source for cell in row] for row in head])
    return [
        Row(
            f"head{y + 1}",
            tuple(
                _head(composition.text(cell, local), *spanned[y, x]) if (y, x) in spanned else None
                for x, cell in enumerate(row)
            ),
            "head",
        )
        for y, row in enumerate(head)
    ]


def numbering_rows(rows: Sequence[Row], grid: Grid, columns: int) -> list[Row]:
    """The head with the column of row numbers in front and the 栏次 row below, as the table wants them."""
    found = list(rows)
    said = grid.numbering
    if said and said.columns:
        numbers = tuple(Cell(str(n), align="center", header="column") for n in range(1, columns + 1))
        found.append(Row("numbering", numbers, "numbering"))
    if said and said.rows:
        height = len(rows)
        first = [_head(said.rows, height, 1), *([None] * (height - 1))]
        first += [Cell(said.columns, align="center", header="column")] * (len(found) - height)
        found = [replace(row, cells=(cell, *row.cells)) for cell, row in zip(first, found, strict=True)]
    return found


def _head(text: str, rows: int, columns: int) -> Cell:
    return Cell(text, rows=rows, columns=columns, align="center", header="column")
