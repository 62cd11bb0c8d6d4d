"""Cells of a table: what stands where a row and a column meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from budgetreport.compose.context import Composition, format_of
from budgetreport.compose.heads import Leaf
from budgetreport.compose.rows import Shown
from budgetreport.compose.view import record_of
from budgetreport.dimensions import Codes
from budgetreport.facts import Field, Record
from budgetreport.figures import Figure
from budgetreport.filters import Filter
from budgetreport.layout.model import Column, Grid
from budgetreport.layout.vocabulary import Listed
from budgetreport.ledger import SCALE, Book, Line, Origin, Stated, Sum
from budgetreport.money import NumberFormat
from budgetreport.report import Cell, Kind, columns_called

_ALIGN = {Kind.AMOUNT: "right", Kind.NUMBER: "right", Kind.PERCENT: "center", Kind.CODE: "center", Kind.DATE: "center"}
KINDS = {"amount": Kind.AMOUNT, "number": Kind.NUMBER, "percent": Kind.PERCENT, "code": Kind.CODE, "date": Kind.DATE}
"""What fields of a type print as; of other types words."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Makes the cells of one grid; `where` is what the whole table narrows, `sides` what each side does.

    `columns` keeps what was found out about a column whose rows go along one dimension, `only` which ones rows mean.
    """

    composition: Composition
    grid: Grid
    book: Book | None
    where: Filter
    sides: tuple[Filter, ...]
    leaves: Sequence[Leaf]
    format: NumberFormat
    columns: dict[tuple[str, str, Filter], tuple[Filter, Callable[[str], int]] | None] = field(default_factory=dict)
    only: dict[tuple[tuple[str, ...], int], set[str]] = field(default_factory=dict)

    def cells(self, row: Shown, side: int) -> list[Cell]:
        """The row's cells in the columns of its side."""
        found: dict[str, Cell] = {}
        own = [leaf for leaf in self.leaves if leaf.side == side]
        label_at = next((leaf.id for leaf in own if leaf.column.show == "label"), own[0].id if own else "")
        for leaf in own:
            found[leaf.id] = self._cell(row, leaf, leaf.id == label_at, found)
        cells = list(found.values())
        return self._stretched(cells, own, row) if self.grid.across and row.fixed else cells

    def _stretched(self, cells: list[Cell], own: Sequence[Leaf], row: Shown) -> list[Cell]:
        """A fixed row's label over all leading columns that only show something."""
        width = next((n for n, leaf in enumerate(own) if not leaf.column.show), len(own))
        label = Cell(row.label, columns=width, align="center", header="row")
        return [label, *cells[width:]] if width > 1 else cells

    def _cell(self, row: Shown, leaf: Leaf, at_label: bool, left: dict[str, Cell]) -> Cell:  # noqa: FBT001 - one of two columns
        column = leaf.column
        if row.blank and not row.label:
            return Cell(align=column.align or "left")
        if at_label and (row.label or column.show) and (row.fixed or column.show in ("label", "")):
            return Cell(row.label, indent=row.indent, align=column.align or "left", header="row")
        if column.show:
            return self._shown(row, column)
        if row.only is not None and leaf.id not in self._held(row.only, leaf.side):
            return Cell(self._none(row, leaf), Kind.AMOUNT, align="right")
        if column.sum is not None:
            return self._sum(row, leaf)
        return self._function(row, leaf, left)

    def _held(self, names: tuple[str, ...], side: int) -> set[str]:
        """The columns of a side that hold something in a row of `only` these; found once."""
        if (names, side) not in self.only:
            ids = [leaf.id for leaf in self.leaves if leaf.side == side]
            self.only[names, side] = {ids[n] for name in names for n in columns_called(ids, name)}
        return self.only[names, side]

    def _none(self, row: Shown, leaf: Leaf) -> str:
        said = (leaf.column.numbers, *row.numbers, self.grid.numbers, self.composition.layout.numbers.get("tables"))
        return next((n.none for n in said if n is not None and n.none is not None), "")

    def format_at(self, row: Shown, leaf: Leaf) -> NumberFormat:
        """How the row's cell in a column prints amounts."""
        return (
            format_of(self.format, *row.numbers, leaf.column.numbers)
            if row.numbers or leaf.column.numbers
            else self.format
        )

    def _sum(self, row: Shown, leaf: Leaf) -> Cell:
        if self.book is None:
            return Cell()
        of = leaf.column.of
        d = self.composition.dimensions
        if row.axis and (column := self._along(row.axis, leaf)):
            key, value, _ = row.axis
            base, total_at = column
            return self._summed(total_at(value), row, leaf, (Sum(self.book.name, base.at(key, value), of),))
        where = d.both(d.both(d.both(self.where, self.sides[leaf.side]), row.where), leaf.where)
        origin: tuple[Origin, ...] = (Sum(self.book.name, where, of),)
        if isinstance(row.item, Line):
            here = self.book.matches(row.item, self.book.settled(where))
            total = row.item.measures.get(of, 0) if here else 0
            origin = (Stated((*row.item.path, of)),) if here else ()
        else:
            total = 0 if d.never(where) else self.book.total(where, of)
        return self._summed(total, row, leaf, origin)

    def _along(self, axis: tuple[str, str, Filter], leaf: Leaf) -> tuple[Filter, Callable[[str], int]] | None:
        """A column's filter beside the rows' dimension, and its sums by value; made once a column."""
        key, _, besides = axis
        place = (leaf.id, key, besides)
        if place not in self.columns:
            d = self.composition.dimensions
            base = d.both(d.both(d.both(self.where, self.sides[leaf.side]), besides), leaf.where)
            never = d.never(base) or self.book is None
            sums = None if never or self.book is None else self.book.index(leaf.column.of).along(key, base)
            self.columns[place] = (base, sums) if sums else None
        return self.columns[place]

    def _summed(self, total: int, row: Shown, leaf: Leaf, origin: tuple[Origin, ...]) -> Cell:
        if self.book is not None and self.book.kind.get(leaf.column.of) == "number":
            return _number(Decimal(total) / SCALE if total else None, origin)
        fmt = self.format_at(row, leaf)
        if not origin or self.book is None or not fmt.balanced:
            return _amount(Figure(total, origin), fmt)
        first, value = origin[0], total
        if isinstance(first, Sum):
            value = self.composition.printing.sum(first.book, first.where, first.of, total, fmt)
        elif isinstance(row.item, Line):
            value = self.composition.printing.line(self.book.name, row.item, leaf.column.of, fmt)
        return _amount(Figure(value, origin, faint=bool(total and not value)), fmt)

    def _function(self, row: Shown, leaf: Leaf, left: dict[str, Cell]) -> Cell:
        """A column made of columns on its left: of exact sums, in a balanced table of printed ones."""
        column = leaf.column
        fmt = self.format_at(row, leaf)
        names = column.add or column.subtract or column.ratio or column.growth
        figures = [self._figure(name, left, row, fmt) for name in names]
        if column.add or column.subtract:
            total = figures[0]
            for other in figures[1:]:
                total = total + other if column.add else total - other
            return _amount(total, fmt)
        part, whole = figures[0], figures[1]
        change = part - whole if column.growth else part
        if not whole.value:
            return Cell(self._none(row, leaf), Kind.PERCENT, align="right")
        places = Decimal(1).scaleb(-fmt.places)
        percent = (Decimal(int(change.value)) * 100 / int(whole.value)).quantize(places, ROUND_HALF_UP)
        percent = percent or abs(percent)  # no -0.00
        return Cell(f"{percent}", Kind.PERCENT, percent, align="right", origin=change.origin + whole.origin)

    def _figure(self, name: str, left: dict[str, Cell], row: Shown, fmt: NumberFormat) -> Figure:
        """The value of a column on the left; a row of one line has what the line states."""
        ids = list(left)
        found = next((left[ids[n]] for n in columns_called(ids, name)), Cell())
        total = self.composition.sum_of(found.origin, fmt)
        if isinstance(row.item, Line) and self.book is not None:
            stated = [str(o.path[-1]) for o in found.origin if isinstance(o, Stated)]
            printing, line = self.composition.printing, row.item
            total += sum(printing.line(self.book.name, line, of, fmt) for of in stated)
        return Figure(total.value, found.origin, total.faint)

    def _shown(self, row: Shown, column: Column) -> Cell:
        """A label, a code, the digits a level adds, or a field of the row's item."""
        show, align = column.show, column.align
        if show == "label":
            return Cell(row.label, indent=row.indent, align=align or "left", header="row")
        if show == "code":
            return Cell(row.code, Kind.CODE, align=align or "center", header="row" if row.code else "")
        if level := column.level:
            return Cell(self._digits(row, level), Kind.CODE, align=align or "center")
        record = row.item.record if isinstance(row.item, Line) else record_of(row.item) if row.item else None
        if not isinstance(record, Record):
            return Cell(align=align or "left")
        name, _, inner = show.partition(".")
        if inner:
            entry = self._referred(record, name)
            return self._field(entry, inner, align) if entry else Cell(align=align or "left")
        return self._field(record, name, align)

    def _referred(self, record: Record, name: str) -> Record | None:
        """The entry of another list that a field refers to."""
        field = record.declared.field(name)
        value = record[name] if field else None
        return self.composition.entry(field.dimension, str(value)) if field and field.dimension and value else None

    def _digits(self, row: Shown, level: str) -> str:
        codes = [d for d in self.composition.dimensions if isinstance(d, Codes) and level in d.tree.levels]
        named = [d for d in codes if any(key == d.key for key, _ in row.where.choices)]
        return named[0].tree.added(row.code, level) if named and row.code else ""

    def _field(self, record: Record, name: str, align: str) -> Cell:
        field = record.declared.field(name)
        value = record[name] if field else None
        if field is None or value is None:
            return Cell(kind=KINDS.get(field.type, Kind.TEXT) if field else Kind.TEXT, align=align or "left")
        origin = (Stated((*record.path, name)),)
        if field.type == "amount":
            return _amount(Figure(int(str(value)), origin), self.format)
        if field.type in ("number", "percent"):
            number = Decimal(str(value))
            if field.type == "number":
                return _number(number, origin)
            return Cell(f"{number.normalize():f}%", Kind.PERCENT, number, align=align or "center", origin=origin)
        kind, words = KINDS.get(field.type, Kind.TEXT), self._words(field, value)
        if not self.composition.is_short_enough(words, origin[0].path, "删短，或少写几条"):
            words = ""
        return Cell(words, kind, align=align or _ALIGN.get(kind, "left"), origin=origin)

    def _words(self, field: Field, value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return "\n".join(str(v) for v in value)
        d = self.composition.dimensions[field.dimension] if field.dimension else None
        return self.composition.name(field.dimension, str(value)) if isinstance(d, Listed) else str(value)


def _amount(total: Figure, fmt: NumberFormat) -> Cell:
    amount = int(total.value)
    text = fmt.text(amount, faint=total.faint)
    value = fmt.rounded(amount) if any(map(str.isdigit, text)) else None  # not where zero is told in a word
    return Cell(text, Kind.AMOUNT, value, align="right", origin=total.origin)


def _number(number: Decimal | None, origin: tuple[Origin, ...]) -> Cell:
    """A number that is no money, without needless zeros."""
    if number is None:
        return Cell(kind=Kind.NUMBER, align="right", origin=origin)
    return Cell(f"{number.normalize():f}", Kind.NUMBER, number, align="right", origin=origin)
