"""Grids that go on over pages, made one: repeated titles and heads left out, cells that a page's end cut joined.

Nothing drawn says that a merged cell goes on. The signs are its text said again (or no text, where a number is not
said twice), and lines that fill it to the page's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budgetreport.problems import PagePlace
from budgetreport.read.found import FoundCell, FoundGrid, FoundText
from budgetreport.read.pdf.cells import Filled
from budgetreport.read.pdf.sheets import GridPart
from budgetreport.wording import bare

_NEAR = 1.5
"""Column edges nearer than this (pt) are the same."""
_LINES = 3
"""A row is parted only where so many lines of it stand together."""
_LONGEST = 6
_MARK = re.compile(r"\s*([（(【\[].+[)）】\]]|.*续.*)\s*")
"""What may follow a title on later pages."""
_FIGURE = re.compile(r"[\d.,，%％-]*")


@dataclass(frozen=True, slots=True)
class Joined:
    """A grid as far as it is read: column edges, number of rows, cells; `last` is the page that it ends on."""

    xs: tuple[float, ...]
    height: int
    cells: tuple[tuple[Filled, ...], ...]
    """Cells by their parts: more than one where a page's end cut the cell. Their rows count in the whole grid."""
    page: int
    last: int


def started(part: GridPart) -> Joined:
    """A grid of one page."""
    grid = part.ruled
    return Joined(grid.xs, len(grid.ys) - 1, tuple((cell,) for cell in part.cells), grid.page, grid.page)


def repeats(texts: Sequence[FoundText], before: Sequence[FoundText]) -> bool:
    """Whether texts over a grid only say again what stood over the table before, 续表 or the like added."""
    said = {bare(text.text) for text in before}
    return all(_repeated(bare(text.text), said) for text in texts)


def marked(texts: Sequence[FoundText], before: Sequence[FoundText]) -> bool:
    """Whether such a word was added."""
    return any(bare(text.text) not in {bare(one.text) for one in before} for text in texts)


def _repeated(text: str, said: Iterable[str]) -> bool:
    for one in said:
        if text.startswith(one):
            rest = text[len(one) :]
            if not rest or (len(rest) <= _LONGEST and _MARK.fullmatch(rest)):
                return True
    return False


def same_columns(grid: Joined, part: GridPart, *, fewer: bool) -> bool:
    """Whether the column edges are the same; with `fewer`, also where one has only some of the other's."""
    mine, theirs = grid.xs, part.ruled.xs
    if len(mine) == len(theirs):
        return all(abs(a - b) <= _NEAR for a, b in zip(mine, theirs, strict=True))
    few, many = sorted((mine, theirs), key=len)
    ends = abs(few[0] - many[0]) <= _NEAR and abs(few[-1] - many[-1]) <= _NEAR
    return fewer and ends and all(any(abs(a - b) <= _NEAR for b in many) for a in few)


def joined(grid: Joined, part: GridPart) -> Joined | None:
    """The grid with its part on the next page; None where that only says again what the grid says."""
    grid, cells = _aligned(grid, part)
    head = _head(grid, cells)
    rest = [replace(cell, row=cell.row - head) for cell in cells if cell.row >= head]
    height = len(part.ruled.ys) - 1 - head
    if height <= 0 or not rest:
        return None
    if _row_parted(grid, rest):
        return _with_row(grid, rest, height, part.ruled.page)
    above = {cell[0].column: (n, cell) for n, cell in enumerate(grid.cells) if _end(cell) == grid.height}
    going = _going_on(above, rest, _merged_columns(grid, rest, head))
    kept = list(grid.cells)
    for number, cell in going:
        kept[number] = (*kept[number], replace(cell, row=grid.height))
    taken = {id(cell) for _, cell in going}
    new = [(replace(cell, row=cell.row + grid.height),) for cell in rest if id(cell) not in taken]
    return Joined(grid.xs, grid.height + height, (*kept, *new), grid.page, part.ruled.page)


def _aligned(grid: Joined, part: GridPart) -> tuple[Joined, list[Filled]]:
    """Both with the column edges of both."""
    own, other = grid.xs, part.ruled.xs
    xs = own if len(own) >= len(other) else other

    def moved(cell: Filled, edges: Sequence[float]) -> Filled:
        first, after = (
            min(range(len(xs)), key=lambda n: abs(xs[n] - edges[k])) for k in (cell.column, cell.column + cell.columns)
        )
        return replace(cell, column=first, columns=after - first)

    mine = tuple(tuple(moved(piece, own) for piece in cell) for cell in grid.cells)
    return replace(grid, xs=xs, cells=mine), [moved(cell, other) for cell in part.cells]


def _end(cell: Sequence[Filled]) -> int:
    return cell[-1].row + cell[-1].rows


def _head(grid: Joined, cells: Sequence[Filled]) -> int:
    """How many rows at the top say again what the grid's first rows say. Rows without text are no head."""
    mine = [_row(row, [cell[0] for cell in grid.cells]) for row in range(grid.height)]
    height = max(cell.row + cell.rows for cell in cells)
    same = 0
    while same < min(height, len(mine)) and mine[same] == _row(same, cells) and any(text for *_, text in mine[same]):
        same += 1
    while same and any(cell.row < same < cell.row + cell.rows for cell in cells):
        same -= 1
    return same


def _row(row: int, cells: Iterable[Filled]) -> list[tuple[int, int, int, str]]:
    return [(c.column, c.columns, c.rows, bare(c.text)) for c in cells if c.row == row]


def _row_parted(grid: Joined, rest: Sequence[Filled]) -> bool:
    """Whether the first row only goes on with the last one: a row higher than a page."""
    first = {cell.column: cell for cell in rest if cell.row == 0}
    last = {cell[-1].column: cell[-1] for cell in grid.cells if _end(cell) == grid.height}
    if set(first) != set(last) or any(cell.rows > 1 for cell in first.values()):
        return False
    if any(cell.columns != last[column].columns for column, cell in first.items()):
        return False
    kinds = [_goes_on(last[column], cell) for column, cell in first.items()]
    return all(kinds) and "more" in kinds


def _goes_on(above: Filled, below: Filled) -> str:
    """How a cell may be the one above: said again, silent, or with more lines; '' if it is another."""
    if not below.lines:
        return "silent"
    if bare(above.text) == bare(below.text):
        return "" if _FIGURE.fullmatch(bare(below.text)) else "again"
    return "more" if above.full and len(above.lines) >= _LINES else ""


def _with_row(grid: Joined, rest: Sequence[Filled], height: int, page: int) -> Joined:
    first = {cell.column: cell for cell in rest if cell.row == 0}
    kept = []
    for cell in grid.cells:
        below = first.get(cell[0].column) if _end(cell) == grid.height else None
        more = below is not None and _goes_on(cell[-1], below) == "more"
        kept.append((*cell, replace(below, row=cell[-1].row, rows=cell[-1].rows)) if below and more else cell)
    new = [(replace(cell, row=cell.row - 1 + grid.height),) for cell in rest if cell.row > 0]
    return Joined(grid.xs, grid.height + height - 1, (*kept, *new), grid.page, page)


def _merged_columns(grid: Joined, rest: Iterable[Filled], head: int) -> set[int]:
    """Columns in which cells are merged downwards."""
    body = [cell[0] for cell in grid.cells if cell[0].row >= head]
    return {cell.column for cell in (*body, *rest) if cell.rows > 1}


def _going_on(
    above: dict[int, tuple[int, tuple[Filled, ...]]], rest: Sequence[Filled], merged: set[int]
) -> list[tuple[int, Filled]]:
    """Which first cells go on with which of those above."""
    proven: list[tuple[int, Filled]] = []
    silent: list[tuple[int, Filled]] = []
    fresh: set[int] = set()
    for cell in (cell for cell in rest if cell.row == 0 and cell.column in above):
        number, parts = above[cell.column]
        last = parts[-1]
        kind = _goes_on(last, cell) if last.columns == cell.columns else ""
        if kind in {"again", "more"} and cell.column in merged:
            proven.append((number, cell))
        elif kind == "silent" and cell.column in merged:
            silent.append((number, cell))
        elif cell.lines:
            fresh.add(cell.rows)
    extents = {cell.rows for _, cell in proven}
    by_number = {number: parts[-1] for number, parts in above.values()}
    for number, cell in silent:
        if cell.rows in extents or (cell.rows > 1 and cell.rows not in fresh and by_number[number].lines):
            proven.append((number, cell))
    return proven


def found(grid: Joined) -> FoundGrid:
    """The grid as found."""
    rows: list[list[FoundCell | None]] = [[None] * (len(grid.xs) - 1) for _ in range(grid.height)]
    for parts in grid.cells:
        first = parts[0]
        rows_here = max(_end(parts), first.row + first.rows) - first.row
        text = _whole(parts)
        rows[first.row][first.column] = FoundCell(text, PagePlace(first.page), rows_here, first.columns)
    return FoundGrid(tuple(map(tuple, rows)), PagePlace(grid.page))


def _whole(parts: Sequence[Filled]) -> str:
    """The text of a cell's parts; what only says again what was said is left out."""
    text = parts[0].text
    for before, part in pairwise(parts):
        if _goes_on(before, part) == "more":
            text += part.text
    return text
