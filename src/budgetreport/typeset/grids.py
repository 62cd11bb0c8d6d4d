"""A grid laid out at given column widths: every cell's lines, every row's height, and stretches of rows on a page.

A stretch of rows is made of strips: whole rows, or parts of a row that is higher than a page. A cell that
several stretches share is printed on the first and, where its text is whole there, repeated on the others
as an artifact; else its lines go on from page to page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from budgetreport.report import Cell, Grid, Kind
from budgetreport.typeset.even import even_lines
from budgetreport.typeset.lines import TINY, Line, break_lines, lone
from budgetreport.typeset.look import Look, Type
from budgetreport.typeset.page import ARTIFACT, Rule
from budgetreport.typeset.sheet import Sheet, aligned
from budgetreport.typeset.widths import fraction

_TOUCH = 0.01
_NAME = 12
"""A text of so few characters is a name or a label: it is broken evenly, as heads are."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its row and column with its lines; `shift` (pt) brings its number onto the decimal point."""

    row: int
    column: int
    rows: int
    columns: int
    cell: Cell
    lines: tuple[Line, ...]
    type: Type
    shift: float = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """A row, or `lines` lines of a row that is split (0: the whole row), and its height in pt."""

    row: int
    height: float
    lines: int = 0


@dataclass(slots=True)
class Laid:
    """A grid ready to be drawn, and how far it has been.

    `xs`: column edges in pt from its left; `rows`: cells by the row they begin in; `covering`: by row, the cells
    that began above it; `open_right` and `open_below`: by row, the column edges and the columns where a merged
    cell has no rule; `least`: row heights that hold the lines; `head`: how many rows repeat. While pages are
    drawn, `elements` are the cells', `drawn` counts lines of cells that several pages share and `parted` are
    those whose lines go on from page to page.
    """

    grid: Grid
    look: Look
    xs: tuple[float, ...]
    rows: list[list[Placed]]
    covering: dict[int, list[Placed]]
    open_right: list[frozenset[int]]
    open_below: list[frozenset[int]]
    least: list[float]
    head: int
    drawn: dict[tuple[int, int], int] = field(default_factory=dict)
    parted: set[tuple[int, int]] = field(default_factory=set)
    elements: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """In pt."""
        return self.xs[-1]

    def heights(self, row: float) -> list[float]:
        """Every row's height (pt) where none is less than `row`."""
        return [max(row, least) for least in self.least]


def lay_out(grid: Grid, widths: Sequence[float], look: Look) -> Laid:
    """Break every cell into lines."""
    xs = (0.0, *accumulate(widths))
    points = _points(grid, look)
    rows: list[list[Placed]] = []
    count = len(grid.rows)
    right: list[set[int]] = [set() for _ in grid.rows]
    below: list[set[int]] = [set() for _ in grid.rows]
    for y, row in enumerate(grid.rows):
        kind = look.body if row.role == "body" else look.head
        placed = []
        for x, cell in enumerate(row.cells):
            if cell is None:
                continue
            one = _placed(y, x, cell, kind, xs, look, min(cell.rows, count - y), points)
            placed.append(one)
            if one.rows > 1 or one.columns > 1:
                for n in range(y, y + one.rows):
                    right[n].update(range(x + 1, x + one.columns))
                    if n < y + one.rows - 1:
                        below[n].update(range(x, x + one.columns))
        rows.append(placed)
    tall = [one for placed in rows for one in placed if one.rows > 1]
    head = next((y for y, row in enumerate(grid.rows) if row.role == "body"), count)
    least = _least(rows, tall, look)
    covering: dict[int, list[Placed]] = {}
    for one in tall:
        for n in range(one.row + 1, one.row + one.rows):
            covering.setdefault(n, []).append(one)
    return Laid(grid, look, xs, rows, covering, list(map(frozenset, right)), list(map(frozenset, below)), least, head)


def _points(grid: Grid, look: Look) -> list[float]:
    """By column, the widest fraction (em) of the numbers that are set right."""
    found = [0.0] * len(grid.columns)
    for row in grid.rows:
        if row.role == "body":
            for x, cell in enumerate(row.cells):
                if cell and _counted(cell) and cell.text:
                    found[x] = max(found[x], look.body.measure.em(fraction(cell.text)))
    return found


def _counted(cell: Cell) -> bool:
    return cell.kind.is_counted and cell.align == "right" and cell.columns == 1


def _placed(  # noqa: PLR0913, PLR0917 - a cell and its place
    y: int, x: int, cell: Cell, kind: Type, xs: Sequence[float], look: Look, rows: int, points: Sequence[float]
) -> Placed:
    columns = min(cell.columns, len(xs) - 1 - x)
    if not cell.text:
        return Placed(y, x, rows, columns, cell, (), kind)
    room = max((xs[x + columns] - xs[x] - look.white) / kind.size - cell.indent, 1.0)
    measure = kind.measure
    shift = 0.0
    if "\n" not in cell.text and measure.em(cell.text) <= room + TINY:
        lines = [measure.line(cell.text)]
        if kind is look.body and _counted(cell):
            shift = points[x] - measure.em(fraction(cell.text))
            shift = min(shift, room - lines[0].width) * kind.size
    elif cell.align == "center":
        lines = even_lines(cell.text, measure.widths, room)
    else:
        lines = break_lines(cell.text, measure.widths, room)
        if "\n" not in cell.text and (lone(lines) or len(cell.text) <= _NAME):
            lines = even_lines(cell.text, measure.widths, room, forward=True)
    return Placed(y, x, rows, columns, cell, tuple(lines), kind, shift)


def _least(rows: Sequence[Sequence[Placed]], tall: Sequence[Placed], look: Look) -> list[float]:
    """The least height (pt) of every row.

    It holds its own cells' lines; and those of a cell over several rows fit them even where a page ends between
    any two of them, so that nothing is ever cut.
    """
    pad = 2 * look.pad_y
    least = [
        max((len(one.lines) * one.type.leading for one in placed if one.rows == 1), default=0.0) + pad
        for placed in rows
    ]
    for one in tall:
        leading = one.type.leading
        span = range(one.row, one.row + one.rows)
        held = {n: _held(max(least[n], look.least_row), leading, look) for n in span}
        lacking = len(one.lines) - sum(held.values())
        for n in span if lacking > 0 else ():
            more = -(-lacking // (span.stop - n))
            least[n] = max(least[n], (held[n] + more) * leading + pad)
            lacking -= more
    return least


def _held(height: float, leading: float, look: Look) -> int:
    """How many lines a height holds."""
    return max(0, int((height - 2 * look.pad_y + _TOUCH) / leading))


def draw(  # noqa: PLR0913 - rows, their place, and what of them repeats
    laid: Laid, strips: Sequence[Strip], sheet: Sheet, left: float, *, artifacts: int = 0, top_rule: bool = True
) -> None:
    """A stretch of rows from the sheet's y downwards. Cells of the first `artifacts` rows repeat earlier ones."""
    tops = [sheet.y, *(sheet.y - down for down in accumulate(strip.height for strip in strips))]
    _Stretch(laid, strips, sheet, left, tops, artifacts).draw()
    sheet.rules.extend(_rules(laid, strips, tops, left, top_rule=top_rule))
    sheet.y = tops[-1]


class _Stretch:
    """The texts of a stretch of rows."""

    def __init__(  # noqa: PLR0913, PLR0917 - rows and their place
        self, laid: Laid, strips: Sequence[Strip], sheet: Sheet, left: float, tops: Sequence[float], artifacts: int
    ) -> None:
        self.laid, self.strips, self.sheet, self.left, self.tops = laid, strips, sheet, left, tops
        self.artifacts = artifacts

    def draw(self) -> None:
        """Cell by cell in reading order; cells that began on an earlier page stand in the first row here."""
        before = -1
        for number, strip in enumerate(self.strips):
            cells = self.laid.rows[strip.row]
            if strip.row != before + 1 and (going_on := self.laid.covering.get(strip.row)):
                cells = sorted([*cells, *going_on], key=lambda one: one.column)
            before = strip.row
            for one in cells:
                if one.lines:
                    self._cell(one, number)

    def _cell(self, one: Placed, number: int) -> None:
        """A cell's lines in the middle of the height that it has here."""
        end = number
        while end + 1 < len(self.strips) and self.strips[end + 1].row < one.row + one.rows:
            end += 1
        top, bottom = self.tops[number], self.tops[end + 1]
        whole = end - number + 1 == one.rows and not any(strip.lines for strip in self.strips[number : end + 1])
        lines, element = (one.lines, self._element(one)) if whole else self._part(one, top - bottom)
        self._put(one, lines, (top, bottom), element)

    def _element(self, one: Placed) -> int:
        return ARTIFACT if one.row < self.artifacts else self.laid.elements.get((one.row, one.column), ARTIFACT)

    def _part(self, one: Placed, height: float) -> tuple[Sequence[Line], int]:
        """The lines that a cell has here, and their element."""
        place = (one.row, one.column)
        drawn = self.laid.drawn.get(place, 0)
        held = max(1, _held(height, one.type.leading, self.laid.look))
        if drawn >= len(one.lines):  # printed on earlier pages: say it again, but no number twice
            again = one.cell.kind is Kind.TEXT and len(one.lines) <= held and place not in self.laid.parted
            return (one.lines if again else ()), ARTIFACT
        lines = one.lines[drawn : drawn + held]
        self.laid.drawn[place] = drawn + len(lines)
        if len(lines) < len(one.lines):
            self.laid.parted.add(place)
        return lines, self._element(one)

    def _put(self, one: Placed, lines: Sequence[Line], edges: tuple[float, float], element: int) -> None:
        laid, kind, sheet = self.laid, one.type, self.sheet
        top, bottom = edges
        inset = laid.look.pad + laid.look.rule / 2
        left = self.left + laid.xs[one.column] + inset + one.cell.indent * kind.size
        right = self.left + laid.xs[one.column + one.columns] - inset - one.shift
        y = (top + bottom + len(lines) * kind.leading) / 2
        for line in lines:
            x = aligned(one.cell.align, left, right, line.width * kind.size)
            sheet.runs.extend(
                kind.measure.runs(line, kind.size, x, kind.measure.baseline(y, kind.leading, kind.size), element)
            )
            y -= kind.leading


def _rules(
    laid: Laid, strips: Sequence[Strip], tops: Sequence[float], left: float, *, top_rule: bool
) -> Iterator[Rule]:
    """The rules of a stretch of rows, each as long as it goes; none inside a merged cell."""
    width, columns = laid.look.rule, len(laid.xs) - 1
    xs = [left + x for x in laid.xs]
    for number in range(0 if top_rule else 1, len(strips) + 1):
        y = tops[number]
        hidden: frozenset[int] = frozenset()
        if 0 < number < len(strips) and strips[number].row == strips[number - 1].row + 1:
            hidden = laid.open_below[strips[number - 1].row]
        for first, after in _stretches(columns, hidden):
            yield Rule(xs[first], y, xs[after], y, width)
    for edge in range(columns + 1):
        hidden = frozenset(n for n, strip in enumerate(strips) if edge in laid.open_right[strip.row])
        for first, after in _stretches(len(strips), hidden):
            yield Rule(xs[edge], tops[after], xs[edge], tops[first], width)


def _stretches(count: int, hidden: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Runs of 0 … count - 1 without the hidden ones, as (first, after)."""
    if not hidden:
        yield 0, count
        return
    first = -1
    for n in range(count + 1):
        if n == count or n in hidden:
            if first >= 0:
                yield first, n
            first = -1
        elif first < 0:
            first = n
