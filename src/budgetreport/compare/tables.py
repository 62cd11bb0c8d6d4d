"""Two tables compared: title, captions, notes, and grids cell by cell, rows and columns set side by side first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from budgetreport.compare.aligned import aligned
from budgetreport.compare.difference import Locate, altered, extra, joined, missing
from budgetreport.problems import Problem, TablePlace
from budgetreport.report import LINES, Cell, Grid, Row, Table
from budgetreport.wording import bare

_HEAD = "表头"


def table_differences(expected: Table, found: Table, block: int, stated: Locate) -> Iterator[Problem]:
    """What differs in two tables that are the same one; `block`: the number of the found one."""
    name = TablePlace(expected.title or expected.id)
    if bare(expected.title) != bare(found.title):
        yield altered(name, expected.title, found.title, stated(block))
    notes = [note.text for note in found.notes]
    yield from _lines(name, expected.caption, found.caption, lambda n: stated(block, LINES, n, 0))
    below = len(found.caption)
    yield from _lines(name, [n.text for n in expected.notes], notes, lambda n: stated(block, LINES, below + n, 0))
    for number, (one, other) in enumerate(zip(expected.grids, found.grids, strict=False)):
        yield from _Grids(name.table, one, other, (block, number), stated).differences()
    for grid in expected.grids[len(found.grids) :]:
        yield missing(name, _first(grid), stated(block), "这一部分：")
    for number, grid in enumerate(found.grids[len(expected.grids) :], len(expected.grids)):
        yield extra(name, _first(grid), stated(block, number, 0, 0), "一部分：")


def _first(grid: Grid) -> str:
    return next((cell.text for row in grid.rows for cell in row.cells if cell and bare(cell.text)), "")


def _lines(name: TablePlace, expected: Sequence[str], found: Sequence[str], stated: Locate) -> Iterator[Problem]:
    """Captions or notes; blank ones are not seen. `stated`: the place of the n-th found one."""
    ours = [text for text in expected if bare(text)]
    theirs = [(n, text) for n, text in enumerate(found) if bare(text)]
    if "".join(map(bare, ours)) == "".join(bare(text) for _, text in theirs):
        return
    for i, j in aligned([bare(t) for t in ours], [bare(t) for _, t in theirs]):
        if i is None and j is not None:
            yield extra(name, theirs[j][1], stated(theirs[j][0]))
        elif j is None and i is not None:
            yield missing(name, ours[i], stated(0))
        elif i is not None and j is not None and bare(ours[i]) != bare(theirs[j][1]):
            yield altered(name, ours[i], theirs[j][1], stated(theirs[j][0]))


@dataclass
class _Grids:
    table: str
    expected: Grid
    found: Grid
    at: tuple[int, int]
    stated: Locate

    def differences(self) -> Iterator[Problem]:
        """Rows and columns that only one has, then the cells of those that both have."""
        rows = aligned(*([_said(row) for row in grid.rows] for grid in (self.expected, self.found)))
        columns = self._column_pairs()
        whole = all(None not in pair for pair in [*rows, *columns])
        for i, j in rows:
            if i is None and j is not None:
                yield self._only(extra, self.found, j, j)
            elif j is None and i is not None:
                yield self._only(missing, self.expected, i, None)
        for x, u in columns:
            if x is None or u is None:
                name = self._theirs[u or 0] if x is None else self._ours[x]
                tell = extra if x is None else missing
                yield tell(TablePlace(self.table, "", name), name, self.stated(*self.at, 0, u or 0), "这一栏：")
        for i, j in rows:
            for x, u in columns:
                if i is not None and j is not None and x is not None and u is not None:
                    yield from self._cell((i, x), (j, u), spans=whole)

    def _only(self, tell: object, grid: Grid, number: int, at: int | None) -> Problem:
        label = _label(grid, number, 0)
        place = TablePlace(self.table, label)
        text = " ".join(cell.text for cell in grid.rows[number].cells if cell and bare(cell.text))
        where = self.stated(*self.at, at, 0) if at is not None else self.stated(self.at[0])
        return tell(place, text, where, "这一行：")  # type: ignore[operator,no-any-return]

    def _column_pairs(self) -> list[tuple[int | None, int | None]]:
        ours, theirs = len(self.expected.columns), len(self.found.columns)
        if ours == theirs:
            return [(x, x) for x in range(ours)]
        return aligned(self._ours, self._theirs)

    def _cell(self, ours: tuple[int, int], theirs: tuple[int, int], *, spans: bool) -> Iterator[Problem]:
        one, other = _at(self.expected, ours), _at(self.found, theirs)
        text, said = one.text if one else "", other.text if other else ""
        if bare(text) != bare(said):
            yield altered(self._place(ours), text, said, self.stated(*self.at, *theirs))
        elif spans and one and (other is None or (one.rows, one.columns) != (other.rows, other.columns)):
            extents = (one.rows, one.columns), (other.rows, other.columns) if other else (0, 0)
            yield joined(self._place(ours), text, *extents, self.stated(*self.at, *theirs))

    def _place(self, at: tuple[int, int]) -> TablePlace:
        y, x = at
        row = self.expected.rows[y]
        label = _HEAD if row.role != "body" else _label(self.expected, y, x)
        return TablePlace(self.table, label, self._ours[x])

    @cached_property
    def _ours(self) -> list[str]:
        return _called(self.expected)

    @cached_property
    def _theirs(self) -> list[str]:
        return _called(self.found)


def _at(grid: Grid, at: tuple[int, int]) -> Cell | None:
    row = grid.rows[at[0]].cells
    return row[at[1]] if at[1] < len(row) else None


def _said(row: Row) -> str:
    return "|".join(bare(cell.text) for cell in row.cells if cell) + "|" + row.role


def _label(grid: Grid, y: int, x: int) -> str:
    """What a row is called on the side of a column: its printed label, or its number in the grid."""
    row = grid.rows[y]
    side = grid.columns[x].side if x < len(grid.columns) else 0
    own = [n for n, column in enumerate(grid.columns) if column.side == side]
    heads = [c.text for n in own if (c := row.cells[n]) and c.header == "row" and c.kind != "code" and bare(c.text)]
    texts = [c.text for n in own if (c := row.cells[n]) and c.value is None and bare(c.text)]
    label = next(iter([*heads, *texts]), "")
    return bare(label) if label else f"第{y + 1}行"


def _called(grid: Grid) -> list[str]:
    """Each column's printed heads from the top, or its number."""
    over = grid.covering()
    heads = [y for y, row in enumerate(grid.rows) if row.role == "head"]
    texts = ([bare(over[y, x][2].text) for y in heads if (y, x) in over] for x in range(len(grid.columns)))
    said = ("/".join(text for text, _ in groupby(filter(None, column))) for column in texts)
    return [name or f"第{x}列" for x, name in enumerate(said, 1)]
