"""Which cell a clerk means by the names of a table, a row and a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetreport.numerals import without_number
from budgetreport.problems import nearest
from budgetreport.report import Cell, Grid, Report, Row, Table, columns_called
from budgetreport.wording import bare

_LISTED = 40
"""So many names a message lists."""


class UntraceableError(Exception):
    """There is no such table, row, column or sentence, or several; `fix` proposes the nearest."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def cell_of(report: Report, table: str, row: str, column: str) -> Cell:
    """The cell. TABLE: id, sheet or title; ROW: 序号, code or label; COLUMN: 栏次, heading or path of headings.

    UntraceableError: there is none, or the names fit several.
    """
    found = _table(report, table)
    wanted = bare(row), bare(column)
    if not all(wanted):
        raise UntraceableError("行和栏不能空着", "行写序号、编码或名称，栏写栏次或栏目名称")
    for grid in found.grids:
        cell = _ruled(grid, *wanted) if grid.head else _drawn(grid, *wanted)
        if cell is not None:
            return cell
    raise _unknown(found, row, column)


def _table(report: Report, name: str) -> Table:
    tables = list(report.tables())
    wanted = bare(name)
    found = [t for t in tables if wanted in (bare(t.id), bare(t.sheet), bare(t.title))]
    found = found or [t for t in tables if wanted and (wanted in bare(t.title) or wanted in bare(t.sheet))]
    if len(found) == 1:
        return found[0]
    if found:
        raise UntraceableError(f"不止一张表叫“{name}”", f"写明是哪一张：{_listed(t.id for t in found)}")
    raise UntraceableError(f"没有表“{name}”", _proposal(name, [t.id for t in tables]))


def _unknown(table: Table, row: str, column: str) -> UntraceableError:
    """What to say of a row or column that no grid of the table has."""
    rows: list[str] = []
    columns: list[str] = []
    row_is_known = column_is_known = False
    for grid in table.grids:
        if grid.head:
            rows += [n for r in grid.body for n in _labels(grid, r) or [c.text for c in r.cells if c and c.text][:1]]
            columns += [c.id for c in grid.columns]
            row_is_known |= any(_rows(grid, side, bare(row)) for side in {c.side for c in grid.columns})
            column_is_known |= bool(_columns(grid, bare(column)))
        else:
            texts = [[bare(c.text) for c in cells] for cells in _across(grid)]
            columns += [t for r in grid.rows for t in _labels(grid, r)]
            rows += [t for r in grid.rows for t in _labels(grid, r)[:1]]
            row_is_known |= any(bare(row) in line for line in texts)
            column_is_known |= any(bare(column) in line for line in texts)
    if not column_is_known:
        return UntraceableError(f"《{table.title}》中没有“{column}”栏", _proposal(column, columns))
    if not row_is_known:
        return UntraceableError(f"《{table.title}》中没有“{row}”行", _proposal(row, rows))
    return UntraceableError(
        f"《{table.title}》的“{row}”行中没有“{column}”栏", "看看这一行是不是在表的另一侧，或另一部分"
    )


def _ruled(grid: Grid, row: str, column: str) -> Cell | None:
    """A cell by row name and column name; on a two-sided table the column says the side."""
    found: dict[str, tuple[Row, int]] = {}
    for at in _columns(grid, column):
        side = grid.columns[at].side
        rows = _rows(grid, side, row)
        if len(rows) > 1:
            names = _listed(_name(grid, r, side) for r in rows)
            raise UntraceableError(f"有{len(rows)}行叫“{row}”", f"写明是哪一行：{names}")
        if rows:
            found[grid.columns[at].id] = rows[0], at
    if len(found) > 1:
        raise UntraceableError(f"不止一栏叫“{column}”", f"写明是哪一栏：{_listed(found)}")
    return next((_across(grid)[grid.rows.index(there)][at] for there, at in found.values()), None)


def _columns(grid: Grid, wanted: str) -> list[int]:
    """Columns of that path or 栏次; else those whose path ends so; else those whose lowest heading reads so."""
    ids = [bare(column.id) for column in grid.columns]
    return (
        [n for n, column in enumerate(grid.columns) if wanted in (ids[n], column.number)]
        or columns_called(ids, wanted)
        or [n for n in range(len(ids)) if bare(_head_text(grid, n)) == wanted]
    )


def _head_text(grid: Grid, at: int) -> str:
    """The lowest heading over a column."""
    texts = [cell.text for row in grid.head if row.role == "head" and (cell := row.cells[at])]
    return texts[-1] if texts else ""


def _rows(grid: Grid, side: int, wanted: str) -> list[Row]:
    """Rows of that id (a code, a label without its number); else 序号; else of that label; else with that text."""
    body = [row for row in grid.body if any(c and c.text for c in row.cells)]
    return (
        [r for r in body if bare(r.id_on(side)) == wanted and _is_named(grid, r)]
        or [r for r in body if _ordinal(r) == wanted]
        or [r for r in body if wanted in {bare(t) for t in _labels(grid, r, side)}]
        or [r for r in body if wanted in {without_number(t) for t in _labels(grid, r, side)}]
        or [r for r in body if wanted in {bare(c.text) for c in _on(grid, r, side) if c.value is None}]
    )


def _is_named(grid: Grid, row: Row) -> bool:
    """Whether the row's id is more than its number, or the number is all that it has."""
    return not row.id.isdecimal() or bool(_labels(grid, row)) or _ordinal(row) == ""


def _ordinal(row: Row) -> str:
    """序号, '' in a table without."""
    first = row.cells[0]
    return first.text if first and first.value is not None and not first.origin else ""


def _labels(grid: Grid, row: Row, side: int | None = None) -> list[str]:
    """The row's labels and codes on a side, or on all."""
    if not grid.head:
        return [c.text for c in row.cells if c and c.text and not c.origin]
    sides = [side] if side is not None else sorted({c.side for c in grid.columns})
    return [c.text for s in sides for c in _on(grid, row, s) if c.header == "row" and c.text]


def _on(grid: Grid, row: Row, side: int) -> Iterator[Cell]:
    return (c for c, column in zip(row.cells, grid.columns, strict=True) if c and column.side == side)


def _name(grid: Grid, row: Row, side: int) -> str:
    """How to call a row so that no other is meant."""
    return _ordinal(row) or row.id_on(side) or next(iter(_labels(grid, row, side)), "")


def _across(grid: Grid) -> list[list[Cell]]:
    """What a reader sees in each row, spans from the left and from above included."""
    over = grid.covering()
    return [[over[y, x][2] for x in range(len(row.cells))] for y, row in enumerate(grid.rows)]


def _drawn(grid: Grid, row: str, column: str) -> Cell | None:
    """In a drawn form a value stands right of its label, or below it."""
    for number, (candidate, cells) in enumerate(zip(grid.rows, _across(grid), strict=True)):
        texts = [bare(cell.text) for cell in cells]
        if row not in texts or column not in texts:
            continue
        label = texts.index(column)
        right = next((c for c in candidate.cells[label + 1 :] if c), None)
        if right is not None and right.origin:
            return right
        below = grid.rows[number + 1].cells[label] if number + 1 < len(grid.rows) else None
        return below or right
    return None


def _proposal(word: str, known: Iterable[str]) -> str:
    names = list(dict.fromkeys(k for k in known if k))
    near = nearest(word, names)
    return f"是不是“{near}”？" if near else f"可用的是：{_listed(names)}"


def _listed(names: Iterable[str]) -> str:
    return "、".join(list(names)[:_LISTED])
