"""A grid laid out: the lines of each cell, the heights of rows, and any range of rows as runs and rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from budgetreport.pagework.lines import Line, Setting, balanced, break_lines
from budgetreport.pagework.setting import MM, baseline, runs, start
from budgetreport.report import Cell, Grid, Row
from budgetreport.style import Role, Ruling
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import ARTIFACT, Rule, Run


@dataclass(frozen=True, slots=True)
class Look:
    """How a grid is set: fonts, the roles of body and head, the size both have, the ruling."""

    fonts: FontSet
    body: Role
    head: Role
    size: float
    ruling: Ruling

    def role(self, row: Row) -> Role:
        """The role of a row's cells."""
        return self.body if row.role == "body" else self.head

    def leading(self, role: Role) -> float:
        """Distance of baselines, in step with the size."""
        return role.leading * self.size / role.size


@dataclass(frozen=True, slots=True)
class Set:
    """A cell with its lines, anchored at row and column; `rows` is its span."""

    row: int
    column: int
    cell: Cell
    lines: tuple[Line, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid ready to be painted. `xs` are the column edges in pt from the grid's left, `heights` the rows' in pt."""

    grid: Grid
    look: Look
    xs: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Set, ...]

    @property
    def width(self) -> float:
        """In pt."""
        return self.xs[-1]

    def height(self, first: int, after: int) -> float:
        """Of rows first to after (exclusive), in pt."""
        return sum(self.heights[first:after])


def lay_out(grid: Grid, widths: Sequence[float], look: Look, row_height: float) -> Layout:
    """Break all cells into lines and find the rows' heights; no row is lower than `row_height` (pt)."""
    xs = (0.0, *accumulate(widths))
    cells = tuple(_set(grid, y, x, cell, xs, look) for y, row in enumerate(grid.rows) for x, cell in _anchored(row))
    return Layout(grid, look, xs, _heights(grid, cells, look, row_height), cells)


def _anchored(row: Row) -> Iterator[tuple[int, Cell]]:
    return ((x, cell) for x, cell in enumerate(row.cells) if cell is not None)


def _set(grid: Grid, y: int, x: int, cell: Cell, xs: Sequence[float], look: Look) -> Set:  # noqa: PLR0913, PLR0917 - a cell and its place
    role = look.role(grid.rows[y])
    if not cell.text:
        return Set(y, x, cell, (), cell.rows)
    room = xs[x + cell.columns] - xs[x] - 2 * look.ruling.pad * MM - look.ruling.rule - cell.indent * look.size
    setting = Setting(look.fonts.widths(role.font), look.size, max(room, look.size))
    broken = balanced(cell.text, setting) if cell.header == "column" else break_lines(cell.text, setting)
    return Set(y, x, cell, tuple(broken), cell.rows)


def _heights(grid: Grid, cells: Sequence[Set], look: Look, row_height: float) -> tuple[float, ...]:
    heights = [row_height] * len(grid.rows)
    pad = 2 * look.ruling.pad_y * MM
    tall = []
    for one in cells:
        needed = len(one.lines) * look.leading(look.role(grid.rows[one.row])) + pad
        if one.rows == 1:
            heights[one.row] = max(heights[one.row], needed)
        else:
            tall.append((one, needed))
    for one, needed in tall:
        lacking = needed - sum(heights[one.row : one.row + one.rows])
        if lacking > 0:
            for n in range(one.row, one.row + one.rows):
                heights[n] += lacking / one.rows
    return tuple(heights)


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows first to after of a layout, whose top left corner is at x, y (y upwards, pt).

    `elements` gives the structure element of a cell by (row, column); None: all of it is an artifact.
    `drawn` counts the lines of each cell that stand on earlier pages, and is brought up to date.
    """

    layout: Layout
    first: int
    after: int
    x: float
    y: float
    elements: Mapping[tuple[int, int], int] | None
    drawn: dict[tuple[int, int], int]

    def _tops(self) -> list[float]:
        return [self.y, *(self.y - h for h in accumulate(self.layout.heights[self.first : self.after]))]

    def paint(self, edges: Edges) -> list[Run]:
        """Runs in reading order; the cells' borders are added to the page's edges."""
        tops = self._tops()
        found: list[Run] = []
        for one in self.layout.cells:
            top, bottom = max(one.row, self.first), min(one.row + one.rows, self.after)
            if top >= bottom:
                continue
            left = self.x + self.layout.xs[one.column]
            right = self.x + self.layout.xs[one.column + one.cell.columns]
            y0, y1 = tops[bottom - self.first], tops[top - self.first]
            edges.add(left, y0, right, y1)
            found += self._cell(one, (left, y0, right, y1), last=bottom == one.row + one.rows)
        return found

    def _cell(self, one: Set, box: tuple[float, float, float, float], *, last: bool) -> Iterator[Run]:
        """A cell's lines in its box; what earlier pages have printed whole is repeated as an artifact."""
        look = self.layout.look
        role = look.role(self.layout.grid.rows[one.row])
        leading = look.leading(role)
        left, bottom, right, top = box
        place = (one.row, one.column)
        before = self.drawn.get(place, 0)
        repeated = self.elements is None or (one.lines and before >= len(one.lines))
        lines = one.lines if repeated else one.lines[before:]
        if not last:
            lines = lines[: max(0, int((top - bottom) / leading))]
        if not repeated:
            self.drawn[place] = before + len(lines)
        element = ARTIFACT if repeated or self.elements is None else self.elements.get(place, ARTIFACT)
        pad = look.ruling.pad * MM + look.ruling.rule / 2
        indent = one.cell.indent * look.size
        y = (top + bottom) / 2 + len(lines) * leading / 2
        drop = baseline(look.fonts, role, look.size, leading)
        for line in lines:
            x = start(one.cell.align, left + pad + indent, right - left - 2 * pad - indent, line.width)
            yield from runs(look.fonts, role, line, x, y - drop, look.size, element)
            y -= leading


class Edges:
    """Borders of cells, gathered and drawn as long lines."""

    def __init__(self, width: float) -> None:
        self._width = width
        self._across: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
        self._down: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)

    def add(self, left: float, bottom: float, right: float, top: float) -> None:
        """A cell's four borders."""
        for y in (bottom, top):
            self._across[round(y, 3)].append((left, right))
        for x in (left, right):
            self._down[round(x, 3)].append((bottom, top))

    def rules(self) -> Iterator[Rule]:
        """Each line once, as long as it goes."""
        for y, spans in sorted(self._across.items(), reverse=True):
            for a, b in _joined(spans):
                yield Rule(a, y, b, y, self._width)
        for x, spans in sorted(self._down.items()):
            for a, b in _joined(spans):
                yield Rule(x, a, x, b, self._width)


def _joined(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Overlapping and touching intervals as one."""
    spans.sort()
    low, high = spans[0]
    for a, b in spans[1:]:
        if a > high + 0.01:
            yield low, high
            low, high = a, b
        else:
            high = max(high, b)
    yield low, high


_TALL = 0.3
"""A row that takes more than this share of a page may be broken between lines."""


def open_tall_rows(layout: Layout, room: float) -> Layout:
    """Rows that fill much of a page (room in pt) opened to breaks between their lines: nothing is ever cut off.

    Such a row becomes as many rows as it has lines, and its cells span them all.
    """
    if max(layout.heights, default=0) <= _TALL * room:
        return layout
    rows: list[Row] = []
    heights: list[float] = []
    starts: list[int] = []
    for row, height in zip(layout.grid.rows, layout.heights, strict=True):
        starts.append(len(rows))
        leading = layout.look.leading(layout.look.role(row))
        parts = max(1, int(height / leading)) if height > _TALL * room and row.role == "body" else 1
        rows += [row, *[replace(row, cells=(None,) * len(row.cells))] * (parts - 1)]
        heights += [height / parts] * parts
    starts.append(len(rows))
    cells = tuple(
        replace(one, row=starts[one.row], rows=starts[one.row + one.rows] - starts[one.row]) for one in layout.cells
    )
    grid = replace(layout.grid, rows=tuple(rows))
    return replace(layout, grid=grid, heights=tuple(heights), cells=cells)
