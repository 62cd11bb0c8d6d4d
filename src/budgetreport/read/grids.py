"""A found grid becomes a Grid of the Report: rows and columns named, cells with kinds and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetreport.compose.rows import Shown
from budgetreport.filters import EVERYTHING
from budgetreport.layout.model import Form, Layout
from budgetreport.read.expected import ExpectedGrid, Leaf
from budgetreport.read.found import FoundCell
from budgetreport.read.heads import Head, head_of
from budgetreport.read.kinds import Kinds, by_look, column_kind, declared, number
from budgetreport.read.labels import Label, Many, Matcher, matchers
from budgetreport.read.lattice import Rows, at, covering
from budgetreport.read.rows import FoundRow, Naming
from budgetreport.report import Cell, Column, Grid, Kind, Row
from budgetreport.wording import bare

_CODE = 7
"""Digits of a code at most."""


def grid_of(rows: Rows, expected: ExpectedGrid | None, layout: Layout, form: Form | None = None) -> Grid:
    """The grid of these rows, as the layout names it."""
    if expected is not None and expected.drawn:
        return _drawn(rows, expected)
    head = head_of(rows, expected)
    return _Naming(
        rows, expected, layout, head, Kinds(layout, declared(layout, expected.definition, form) if expected else None)
    ).grid()


def _drawn(rows: Rows, expected: ExpectedGrid) -> Grid:
    """A form's cells, row by row as they are drawn."""
    made = [
        Row(str(y + 1), tuple(_drawn_cell(cell, expected, (y, x)) if cell else None for x, cell in enumerate(row)))
        for y, row in enumerate(rows)
    ]
    width = len(rows[0]) if rows else 0
    said = expected.definition.widths
    hints = said if len(said) == width else ("0",) * width
    return Grid(
        expected.definition.id,
        tuple(Column(str(x + 1), width=float(hint)) for x, hint in zip(range(width), hints, strict=False)),
        tuple(made),
    )


def _drawn_cell(cell: FoundCell, expected: ExpectedGrid, place: tuple[int, int]) -> Cell:
    known = expected.drawn.get(place)
    source = known.source if known else ""
    kind, value = Kind.TEXT, None
    if known is not None and "{" not in source:
        return Cell(cell.text, rows=cell.rows, columns=cell.columns, align="center", header="row" if cell.text else "")
    if cell.text.strip().endswith("%") or "amount" in source or (known is None and by_look(cell) is Kind.AMOUNT):
        value = number(cell.text)
    if value is not None:
        kind = Kind.PERCENT if cell.text.strip().endswith("%") else Kind.AMOUNT
    return Cell(cell.text, kind, value, cell.rows, cell.columns)


@dataclass
class _Naming:
    rows: Rows
    expected: ExpectedGrid | None
    layout: Layout
    head: Head
    kinds: Kinds

    def grid(self) -> Grid:
        """Head rows, the 栏次 row, body rows."""
        ids, sides = self.head.ids(), self.head.sides()
        numbers = (
            [cell.text if cell else "" for cell in self.rows[self.head.height]]
            if self.head.numbered
            else [""] * len(ids)
        )
        shown = [self._side(side, sides) for side in range(max(sides, default=0) + 1)]
        body = [self._row(y, names) for y, names in enumerate(zip(*shown, strict=True), 1)] if shown else []
        above = [
            Row(
                "numbering" if y == self.head.height else f"head{y + 1}",
                self._head(y),
                "numbering" if y == self.head.height else "head",
            )
            for y in range(self.head.body)
        ]
        columns = tuple(
            Column(
                ids[x],
                self._column_kind(x, body),
                "" if leaf is not None and leaf.column is None else bare(numbers[x]),
                leaf.column.width if leaf and leaf.column else 0,
                sides[x],
                leaf.column.level if leaf and leaf.column else "",
            )
            for x, leaf in enumerate(self.head.leaves)
        )
        return Grid(self.expected.definition.id if self.expected else "", columns, (*above, *body))

    def _column_kind(self, x: int, body: Sequence[Row]) -> Kind:
        leaf = self.head.leaves[x]
        if _counts_rows(leaf):
            return Kind.NUMBER
        return column_kind(leaf.column if leaf else None, [c.kind for row in body if (c := row.cells[x]) and c.text])

    def _head(self, y: int) -> tuple[Cell | None, ...]:
        return tuple(
            Cell(cell.text, rows=cell.rows, columns=cell.columns, align="center", header="column") if cell else None
            for cell in self.rows[y]
        )

    def _row(self, y: int, names: Sequence[Shown]) -> Row:
        """The y-th body row, from 1."""
        ids = tuple(shown.id for shown in names)
        found = self.rows[self.head.body + y - 1]
        cells = tuple(self._cell(cell, x, names) if cell else None for x, cell in enumerate(found))
        return Row(next(filter(None, ids), str(y)), cells, total=any(shown.is_total for shown in names), ids=ids)

    def _cell(self, cell: FoundCell, x: int, names: Sequence[Shown]) -> Cell:
        leaf = self.head.leaves[x]
        kind = self.kinds.kind(leaf) or by_look(cell)
        labels = bool(leaf and leaf.column and leaf.column.show in ("label", "code"))
        shown = names[self.head.sides()[x]]
        if shown.fixed and bare(cell.text) == bare(shown.label):
            kind, labels = Kind.TEXT, True
        return Cell(
            cell.text,
            kind,
            number(cell.text) if kind.is_counted else None,
            cell.rows,
            cell.columns,
            header="row" if labels and cell.text else "",
            align="right" if kind.is_counted else "left",
        )

    def _side(self, side: int, sides: Sequence[int]) -> list[Shown]:
        """The body rows of one side, named."""
        own = [
            x
            for x, (leaf, s) in enumerate(zip(self.head.leaves, sides, strict=True))
            if s == side and not _counts_rows(leaf)
        ]
        known: tuple[Matcher, ...] = ()
        where = EVERYTHING
        if self.expected is not None:
            definition = self.expected.definition
            all_sides = definition.each_side()
            if side < len(all_sides):
                known = matchers(all_sides[side].rows, self.layout)
                where = self.layout.vocabulary.dimensions.both(definition.where, all_sides[side].where)
        nameless = bool(known) and all(isinstance(m, Label) and not m.text.source for m in known)
        label = None if nameless else self._label(own)
        codes = self._codes(
            own, label, trees=any(isinstance(m, Many) and m.row.tree for m in known) or self.expected is None
        )
        key = self.kinds.key_column(self.head.leaves)
        has_key = bool(self.kinds.records and self.kinds.records.key)
        over = covering(self.rows)
        printed = []
        for y in range(self.head.body, len(self.rows)):
            texts = {x: cell.text.strip() if (cell := at(self.rows, over[y][x])) else "" for x in own}
            code = "".join(text for _, text in dict.fromkeys((over[y][x], bare(texts[x])) for x in codes))
            named = texts.get(label, "") if label is not None else ""
            keyed = texts.get(key, "") if key is not None else named if has_key else ""
            here = any(cell is not None and cell.text.strip() for x in own if (cell := self.rows[y][x]))
            printed.append(
                FoundRow(named, code if code.isascii() and code.isdecimal() else "", bare(keyed), blank=not here)
            )
        return Naming(self.layout, known, where).named(printed)

    def _label(self, own: Sequence[int]) -> int | None:
        """The column of the rows' names: the layout's, else the first that mostly holds words."""
        leaves = self.head.leaves
        for x in own:
            leaf = leaves[x]
            if leaf and leaf.column and leaf.column.show == "label":
                return x
        if self.expected and any(leaves[x] for x in own):
            shows_label = any(leaf.column and leaf.column.show == "label" for leaf in self.expected.leaves)
            if not shows_label:
                return own[0]
        return next((x for x in own if self._words(x)), own[0] if own else None)

    def _words(self, x: int) -> bool:
        texts = [cell.text for row in self.rows[self.head.body :] if (cell := row[x]) and cell.text.strip()]
        return bool(texts) and sum(number(text) is None for text in texts) * 2 > len(texts)

    def _codes(self, own: Sequence[int], label: int | None, *, trees: bool) -> list[int]:
        """The columns that together hold a row's code."""
        known = [
            x for x in own if (leaf := self.head.leaves[x]) and leaf.column and leaf.column.show.split(".")[0] == "code"
        ]
        if known or not trees or label is None:
            return known
        found = []
        for x in own[: own.index(label)]:
            texts = [bare(cell.text) for row in self.rows[self.head.body :] if (cell := row[x]) and cell.text.strip()]
            digits = [t for t in texts if t.isascii() and t.isdecimal() and len(t) <= _CODE]
            if digits and 2 * len(digits) >= len(texts):
                found.append(x)
        return found


def _counts_rows(leaf: Leaf | None) -> bool:
    return leaf is not None and leaf.column is None
