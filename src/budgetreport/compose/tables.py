"""A table definition and the ledger make a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgetreport.compose.cells import Meeting
from budgetreport.compose.context import Composition, format_of
from budgetreport.compose.coverage import Coverage
from budgetreport.compose.heads import Leaf, head_rows, leaves, numbering_rows
from budgetreport.compose.prints import PrintedSide
from budgetreport.compose.rows import BLANK, Shown, Unfolding, level_with, with_finest
from budgetreport.filters import EVERYTHING, Filter
from budgetreport.layout.model import Grid as Definition
from budgetreport.layout.model import Side
from budgetreport.money import NumberFormat
from budgetreport.report import Cell, Column, Grid, Kind, Row, mostly


def is_empty(definition: Definition, composition: Composition) -> bool:
    """Whether the table says what it shows when nothing counts, and nothing does."""
    book = composition.books.get(definition.from_)
    return (
        not composition.blank
        and definition.empty is not None
        and book is not None
        and not book.index().witness(definition.where)
    )


def compose_grid(
    definition: Definition, composition: Composition, local: dict[str, Any], title: str, fmt: NumberFormat
) -> Grid:
    """The grid of a table that has rows and columns. Lines that it loses become problems."""
    book = composition.books.get(definition.from_)
    items = () if book or composition.blank else composition.items(definition.from_, local, definition.place)
    sides = definition.each_side()
    fmt = format_of(fmt, definition.numbers)
    found = leaves(definition, composition, local)
    meeting = Meeting(composition, definition, book, definition.where, tuple(side.where for side in sides), found, fmt)
    if definition.empty and definition.empty.rows and is_empty(definition, composition):
        shown = [[BLANK] * definition.empty.rows for _ in sides]
    else:
        unfolding = Unfolding(composition, book, EVERYTHING, items, local)
        shown = [_side(unfolding, definition.where, side) for side in sides]
        if book is not None:
            for number, (side, rows) in enumerate(zip(sides, shown, strict=True)):
                where = composition.dimensions.both(definition.where, side.where)
                Coverage(composition, book, where, title).check(rows, [leaf for leaf in found if leaf.side == number])
        shown = level_with(shown)
    body = [_row(meeting, number, rows) for number, rows in enumerate(zip(*shown, strict=True), 1)]
    if fmt.balanced and book is not None:
        composition.prints.sides += _printed(meeting, title, shown, body)
    body = _merged(_numbered(body, definition), found, definition)
    head = numbering_rows(head_rows(found, definition, composition, local), definition, len(found))
    return Grid(definition.id, _columns(found, definition, body), tuple(head + body))


def _side(unfolding: Unfolding, where: Filter, side: Side) -> list[Shown]:
    """The rows of one side."""
    composition = unfolding.composition
    whole = composition.dimensions.both(where, side.where)
    return with_finest(replace(unfolding, where=whole).rows(side.rows), composition.dimensions, whole)


def _row(meeting: Meeting, number: int, rows: tuple[Shown, ...]) -> Row:
    cells: list[Cell | None] = []
    for side, shown in enumerate(rows):
        for cell in meeting.cells(shown, side):
            cells += [cell, *([None] * (cell.columns - 1))]
    named = next((r for r in rows if r.id), None)
    total = any(row.is_total for row in rows)
    return Row(named.id if named else str(number), tuple(cells), total=total, ids=tuple(r.id for r in rows))


def _printed(meeting: Meeting, title: str, shown: Sequence[Sequence[Shown]], body: Sequence[Row]) -> list[PrintedSide]:
    """The sides as `balance` looks at them."""
    d, book, found = meeting.composition.dimensions, meeting.book, []
    for side, rows in enumerate(shown if book else ()):
        own = [at for at, leaf in enumerate(meeting.leaves) if leaf.side == side]
        cells = [[row.cells[at] for at in own] for row in body]
        where = d.both(meeting.where, meeting.sides[side])
        columns = [meeting.leaves[at] for at in own]
        if book:
            found.append(PrintedSide(title, book, where, rows, columns, cells, meeting.format_at))
    return found


def _numbered(body: list[Row], definition: Definition) -> list[Row]:
    """序号 in front of each row that holds something."""
    if not definition.numbering or not definition.numbering.rows:
        return body
    found = []
    for number, row in enumerate(body, 1):
        blank = all(cell is None or not cell.text for cell in row.cells)
        empty = blank and len(body) == 1
        first = Cell(align="center") if empty else Cell(str(number), Kind.NUMBER, Decimal(number), align="center")
        found.append(replace(row, cells=(first, *row.cells)))
    return found


def _merged(body: list[Row], found: Sequence[Leaf], definition: Definition) -> list[Row]:
    """Equal neighbours joined downwards where the column says so, never past a border further left."""
    shift = 1 if definition.numbering and definition.numbering.rows else 0
    grid = [list(row.cells) for row in body]
    joined_left = [True] * len(body)
    for at, leaf in enumerate(found):
        if leaf.column.merge != "equal":
            continue
        column = at + shift
        texts = [row[column].text if row[column] else "" for row in grid]  # type: ignore[union-attr]  # tested just before
        joined = [n > 0 and bool(texts[n]) and texts[n] == texts[n - 1] and joined_left[n] for n in range(len(grid))]
        start = 0
        for n, row in enumerate(grid):
            cell = grid[start][column]
            if joined[n] and cell:
                grid[start][column] = replace(cell, rows=cell.rows + 1)
                row[column] = None
            else:
                start = n
        joined_left = joined
    return [replace(row, cells=tuple(cells)) for row, cells in zip(body, grid, strict=True)]


def _columns(found: Sequence[Leaf], definition: Definition, body: Sequence[Row]) -> tuple[Column, ...]:
    said = definition.numbering
    columns = [
        Column(
            leaf.id,
            _kind(leaf, at, said, body),
            str(at + 1) if said and said.columns else "",
            leaf.column.width,
            leaf.side,
            leaf.column.level,
        )
        for at, leaf in enumerate(found)
    ]
    return (Column(said.rows, Kind.NUMBER), *columns) if said and said.rows else tuple(columns)


def _kind(leaf: Leaf, at: int, said: object, body: Sequence[Row]) -> Kind:
    """What the column's cells mostly hold."""
    if not leaf.column.show:
        return Kind.AMOUNT
    shift = 1 if getattr(said, "rows", "") else 0
    kinds = [cell.kind for row in body if (cell := row.cells[at + shift]) and cell.text]
    return mostly(kinds)
