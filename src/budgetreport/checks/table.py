"""Tables, rows and cells as rules see them, asked by ids, labels and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from budgetreport.checks.number import AbsentError, Number, Spot, is_number, money, plain, value
from budgetreport.checks.text import Position, Text
from budgetreport.numerals import without_number
from budgetreport.problems import Place, TablePlace
from budgetreport.report import At, Grid, Kind, columns_called
from budgetreport.report import Cell as Printed
from budgetreport.report import Table as PrintedTable

if TYPE_CHECKING:  # a table knows the document that it stands in
    from budgetreport.checks.document import Document

_UNIT = re.compile(r"单位[：:]\s*(万元|元)")


@dataclass(frozen=True, eq=False)
class Cell(Text):
    """A cell of a table's body, with its row and column; a merged one stands in each row that it covers."""

    row: Row = field(kw_only=True)
    column: str = field(kw_only=True)
    printed: Printed = field(kw_only=True)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed."""
        return not self.text.strip()

    @property
    def number(self) -> Number:
        """Its amount. AbsentError: no number."""
        return money(self.text, self.row.table.unit, *self.spots)

    @property
    def plain(self) -> Number:
        """Its number where it is no money: a quantity, a percentage."""
        return plain(self.text, *self.spots)


@dataclass(frozen=True, eq=False)
class Row:
    """A body row. `id`: a label without number and spaces, a code, or what the layout calls it; `side` from 0."""

    id: str
    table: Table
    grid: int
    number: int
    side: int

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, left to right, on its side."""
        return tuple(self.table.cell_at(self, at) for at in self.table.columns_of(self.grid, self.side))

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """The report's cells that its cells are of."""
        return tuple(self.table.printed_at(self, at) for at in self.table.columns_of(self.grid, self.side))

    @cached_property
    def label(self) -> str:
        """The row's header as printed; a code's name where it has one."""
        headers = (c for c in self.printed if c.header == "row" and c.kind is not Kind.CODE)
        return next(headers, self.printed[0]).text.strip()

    @cached_property
    def name(self) -> str:
        """The label without its number and spaces: what tables that number their rows differently share."""
        return without_number(self.label)

    @cached_property
    def code(self) -> str:
        """The code it prints, '' without one; several columns may share it, each with the digits of a level."""
        shared = [self.table.printed_at(self, at) for at in self.table.sharing(self.grid, self.side)]
        if shared:
            return "".join(c.text for c in shared if c.kind is Kind.CODE)
        return next((c.text for c in self.printed if c.kind is Kind.CODE and c.text), "")

    @property
    def coded(self) -> Cell:
        """The cell with the last digits of its code."""
        return next(c for c, p in zip(self.cells[::-1], self.printed[::-1], strict=True) if _ends(self.code, p))

    @property
    def place(self) -> TablePlace:
        """The row as a reader names it, and as its cells do."""
        is_drawn = self.table.is_drawn(self.grid)
        return TablePlace(self.table.title, (self.label or self.id) if is_drawn else self.table.named(self))

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its place."""
        return (Spot(self.place, lambda: self.cells[0].spot("").stated, self.label),)

    def cell(self, column: str) -> Cell:
        """The cell under a column: its id, or a unique end of it. AbsentError: no such column."""
        return self.table.cell_at(self, self.table.column_at(self.grid, column, self.side))

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return self.table.finds_column(self.grid, column, self.side) is not None

    def __getitem__(self, column: str) -> Number:
        """The amount under a column."""
        return self.cell(column).number

    def text(self, column: str) -> str:
        """What is printed under a column."""
        return self.cell(column).text.strip()

    @cached_property
    def is_blank(self) -> bool:
        """Whether no number stands in it."""
        return not any(is_number(c.text) and c.printed.header != "row" for c in self.cells)


class Table:
    """A table or form. `id`: what the layout calls it, '' where no layout knows it."""

    def __init__(self, printed: PrintedTable, block: int, document: Document, section: str) -> None:
        self.printed = printed
        self.id = printed.id
        self.title = printed.called
        self.section = section
        self.is_form = printed.form
        self.document = document
        self.block = block
        said = _UNIT.search(" ".join([*printed.caption, printed.title]))
        self.states_unit = said is not None
        self.unit = said[1] if said else document.unit_of_amounts
        self._made: dict[tuple[int, int, int, int], Cell] = {}
        self._sides: dict[tuple[int, int], tuple[int, ...]] = {}

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Its title's place."""
        place = TablePlace(self.title)
        return (Spot(place, lambda: self.document.stated(Position(self.block), self.title), self.title),)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The body rows of all its grids, those of a two-sided table once a side."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        for g, grid in enumerate(self.printed.grids):
            for side in sorted({column.side for column in grid.columns}):
                for n, row in enumerate(grid.rows):
                    if row.role == "body":
                        yield Row(row.id_on(side), self, g, n, side)

    def part(self, name: str) -> tuple[Row, ...]:
        """The body rows of one of a form's grids. AbsentError: no such grid."""
        found = next((g for g, grid in enumerate(self.printed.grids) if grid.id == name), None)
        if found is None:
            raise AbsentError(f"《{self.title}》没有“{name}”部分")
        return tuple(row for row in self.rows if row.grid == found)

    def row(self, name: str, column: str = "") -> Row:
        """The row of that id, on the side that has the column. AbsentError: none."""
        found = [row for row in self.rows if row.id == name and (not column or row.has(column))]
        if not found:
            raise AbsentError(f"《{self.title}》没有“{name}”行" + (f"“{column}”栏" if column else ""))
        return found[0]

    def has_row(self, name: str) -> bool:
        """Whether a row of that id, label or code is there."""
        return any(name in (row.id, row.code) for row in self.rows)

    @cached_property
    def coded(self) -> tuple[Row, ...]:
        """The rows that print a code."""
        return tuple(row for row in self.rows if row.code)

    def below(self, row: Row) -> tuple[Row, ...]:
        """The rows whose codes stand directly under a row's: the next level that is there."""
        return self._lower.get(row, ())

    @cached_property
    def top(self) -> tuple[Row, ...]:
        """The coded rows that no other stands above."""
        return self._lower.get(None, ())

    @cached_property
    def _lower(self) -> dict[Row | None, tuple[Row, ...]]:
        """Of each coded row those directly under it; of None those under nothing. One look-up a digit."""
        known: dict[tuple[int, str], Row] = {}
        for row in self.coded:
            known.setdefault((row.side, row.code), row)
        found: dict[Row | None, list[Row]] = {}
        for row in self.coded:
            above = (known.get((row.side, row.code[:digits])) for digits in range(len(row.code) - 1, 0, -1))
            found.setdefault(next(filter(None, above), None), []).append(row)
        return {row: tuple(rows) for row, rows in found.items()}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The ids of all its columns."""
        return tuple(column.id for grid in self.printed.grids for column in grid.columns)

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """The ids of its columns of amounts."""
        return tuple(c.id for grid in self.printed.grids for c in grid.columns if c.kind is Kind.AMOUNT)

    @cached_property
    def amounts_at(self) -> tuple[int, ...]:
        """The positions of columns of amounts, in whichever grid."""
        return tuple(sorted({n for g in self.printed.grids for n, c in enumerate(g.columns) if c.kind is Kind.AMOUNT}))

    def amounts_on(self, row: Row) -> tuple[int, ...]:
        """The positions of columns of amounts in a row, on its side."""
        columns = self.printed.grids[row.grid].columns
        return tuple(n for n in self.columns_of(row.grid, row.side) if columns[n].kind is Kind.AMOUNT)

    @cached_property
    def is_empty(self) -> bool:
        """Whether no cell of its columns of amounts holds anything but zero."""
        return not any(self.value(row, at) != 0 for row in self.rows for at in self.amounts_on(row))

    def value(self, row: Row, at: int) -> Decimal | None:
        """The number printed there, in the table's unit; None where something else is."""
        return value(self.printed_at(row, at).text)

    def printed_at(self, row: Row, at: int) -> Printed:
        """The report's cell that stands there or covers the place."""
        return self._covering[row.grid][row.number, at][2]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Title, captions, heads, cells that hold words, notes, in reading order."""
        return tuple(self._texts())

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of its body, each once."""
        return tuple(self._cells())

    def beside(self, label: str) -> Cell:
        """In a form: the cell on the right of the one that says `label`. AbsentError: none."""
        return self._next_to(label, 0)

    def under(self, label: str) -> Cell:
        """In a form: the cell below the one that says `label`. AbsentError: none."""
        return self._next_to(label, 1)

    def _next_to(self, label: str, down: int) -> Cell:
        for cell in self.cells:
            if without_number(cell.text) == label:
                row, column = cell.row, cell.position.column
                body = self.printed.grids[row.grid].rows
                at = column + (0 if down else cell.printed.columns)
                number = row.number + (cell.printed.rows if down else 0)
                if number < len(body) and at < len(body[number].cells):
                    return self.cell_at(Row(body[number].id_on(row.side), self, row.grid, number, row.side), at)
        raise AbsentError(f"《{self.title}》没有“{label}”一格")

    def columns_of(self, grid: int, side: int) -> tuple[int, ...]:
        """The positions of a side's columns."""
        found = self._sides.get((grid, side))
        if found is None:
            found = tuple(n for n, c in enumerate(self.printed.grids[grid].columns) if c.side == side)
            self._sides[grid, side] = found
        return found

    def sharing(self, grid: int, side: int) -> tuple[int, ...]:
        """The positions of the columns that together hold a row's code."""
        columns = self.printed.grids[grid].columns
        return tuple(n for n in self.columns_of(grid, side) if columns[n].level)

    def finds_column(self, grid: int, name: str, side: int) -> int | None:
        """The position of the column of that id, or the only one that ends so."""
        own, columns = self.columns_of(grid, side), self.printed.grids[grid].columns
        found = columns_called([columns[n].id for n in own], name)
        return own[found[0]] if len(found) == 1 else None

    def column_at(self, grid: int, name: str, side: int) -> int:
        """The same, or AbsentError."""
        found = self.finds_column(grid, name, side)
        if found is None:
            raise AbsentError(f"《{self.title}》没有“{name}”栏，或不止一栏")
        return found

    def cell_at(self, row: Row, at: int) -> Cell:
        """The cell that stands there or covers the place."""
        key = row.grid, row.number, row.side, at
        made = self._made.get(key)
        if made is None:
            number, column, printed = self._covering[row.grid][row.number, at]
            made = self._made[key] = Cell(
                printed.text,
                "cell",
                partial(self._place, row, at),
                Position(self.block, row.grid, number, column),
                self.document,
                self.section,
                row=row,
                column=self.printed.grids[row.grid].columns[at].id,
                printed=printed,
            )
        return made

    def _place(self, row: Row, at: int) -> TablePlace:
        if self.is_drawn(row.grid):
            return self._form_place(row, at)
        return TablePlace(self.title, self.named(row), self.printed.grids[row.grid].columns[at].id)

    def named(self, row: Row) -> str:
        """What a reader calls a row: its header's text, else the first text that no other row has, else its number."""
        cells = self.printed.grids[row.grid].rows[row.number].cells
        own = [at for at in self.columns_of(row.grid, row.side) if cells[at] is not None]
        headers = [c.text.strip() for at in own if (c := cells[at]) and c.header == "row" and c.text.strip()]
        if headers:
            return " ".join(headers)
        telling = (
            c.text.strip() for at in own if (c := cells[at]) and at in self._telling[row.grid] and c.text.strip()
        )
        return next(telling, row.id)

    @cached_property
    def _telling(self) -> tuple[frozenset[int], ...]:
        """Of each grid the columns whose texts are all different, none merged: what a row of a list is known by."""
        return tuple(frozenset(_distinct(grid)) for grid in self.printed.grids)

    @cached_property
    def _drawn(self) -> tuple[bool, ...]:
        return tuple(not grid.head for grid in self.printed.grids)

    def is_drawn(self, grid: int) -> bool:
        """Whether a grid has no head: labels stand among its cells."""
        return self._drawn[grid]

    def _form_place(self, row: Row, at: int) -> TablePlace:
        """In a drawn form: the label at the row's start, and beside it the nearest label on the left or above."""
        covering = self._covering[row.grid]
        start = covering[row.number, 0][2]
        left = [covering[row.number, x][2] for x in range(at - 1, 0, -1)]
        above = [covering[y, at][2] for y in range(row.number - 1, -1, -1) if covering[y, 0][2] is start]
        label = next((c for c in (*left, *above) if c.header and c.text and c is not start), None)
        return TablePlace(self.title, start.text, label.text if label else "")

    @cached_property
    def _covering(self) -> tuple[dict[At, tuple[int, int, Printed]], ...]:
        return tuple(grid.covering() for grid in self.printed.grids)

    def _cells(self) -> Iterator[Cell]:
        for row in self.rows:
            for at in self.columns_of(row.grid, row.side):
                if self.printed.grids[row.grid].rows[row.number].cells[at] is not None:
                    yield self.cell_at(row, at)

    def _texts(self) -> Iterator[Text]:
        title, block = self.title, self.block
        yield self._said(self.printed.title, "title", TablePlace(title))
        for caption in self.printed.caption:
            yield self._said(caption, "caption", TablePlace(title))
        for g, grid in enumerate(self.printed.grids):
            for n, row in enumerate(grid.head):
                for at, cell in enumerate(row.cells):
                    if cell is not None and cell.text and row.role == "head":
                        place = TablePlace(title, column=grid.columns[at].id)
                        yield self._said(cell.text, "head", place, Position(block, g, n, at))
        yield from (cell for cell in self.cells if cell.text and not is_number(cell.text))
        for note in self.printed.notes:
            yield self._said(note.text, "note", TablePlace(title))

    def _said(self, text: str, kind: str, place: Place, position: Position | None = None) -> Text:
        return Text(text, kind, place, position or Position(self.block), self.document, self.section)


def _distinct(grid: Grid) -> Iterator[int]:
    for at in range(len(grid.columns)):
        cells = [row.cells[at] for row in grid.body]
        texts = [c.text.strip() for c in cells if c and c.text.strip()]
        if texts and None not in cells and len(texts) == len(set(texts)) and not any(map(is_number, texts)):
            yield at


def _ends(code: str, cell: Printed) -> bool:
    return cell.kind is Kind.CODE and bool(cell.text) and code.endswith(cell.text)
