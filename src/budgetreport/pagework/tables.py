"""Tables and forms planned: upright or turned, in which size, and where their rows break over pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from budgetreport.pagework.columns import Fit, fit, needs, sizes
from budgetreport.pagework.grids import Layout, Look, lay_out, open_tall_rows
from budgetreport.pagework.setting import MM
from budgetreport.report import Table
from budgetreport.style import Margins, Role, Style
from budgetreport.typeset.fonts import FontSet

A4 = (210.0, 297.0)
"""mm."""
_TOGETHER = 3
"""So many body rows keep a table's head or its last rows company. Basis: practice: no 合计 alone on a page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size and type area in pt: left, right, top, bottom edges, y upwards."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """Width of the type area."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height of the type area."""
        return self.top - self.bottom


def sheet(margins: Margins, *, turned: bool = False) -> Sheet:
    """An A4 page with these margins."""
    width, height = (A4[1], A4[0]) if turned else A4
    return Sheet(
        width * MM,
        height * MM,
        margins.left * MM,
        (width - margins.right) * MM,
        (height - margins.top) * MM,
        margins.bottom * MM,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: turned or not, and its grids laid out."""

    turned: bool
    layouts: tuple[Layout, ...]
    size: float

    @property
    def width(self) -> float:
        """Of the widest grid, in pt."""
        return max(layout.width for layout in self.layouts)

    def depth(self, gap: float) -> float:
        """Height of all grids and the gaps (pt) between them."""
        whole = sum(layout.height(0, len(layout.heights)) for layout in self.layouts)
        return whole + gap * (len(self.layouts) - 1)


@dataclass(frozen=True, slots=True)
class Way:
    """A page and a size that a table could be set in, and how its columns fit."""

    turned: bool
    size: float
    fits: tuple[Fit, ...]

    @property
    def comfortable(self) -> bool:
        """Whether no column is cramped."""
        return all(fit.comfortable for fit in self.fits)


@dataclass(frozen=True, slots=True)
class Planner:
    """Chooses page and size. `above` and `below` are the heights (pt) of what stands over and under the grids."""

    style: Style
    fonts: FontSet
    upright: Sheet
    turned: Sheet

    def plan(self, table: Table, above: float, below: float) -> Plan:
        """The first comfortable way that needs one page only, else the first comfortable one, else with cells wrapped."""
        ways = self._ways(table)
        good = [way for way in ways if way.comfortable] or [way for way in ways if way.fits[0].wraps] or ways[-1:]
        if table.form:
            good = [way for way in good if way.turned == good[0].turned]
        tried: list[Plan] = []
        for way in good:
            plan = self._set(table, way, above, below)
            if self._fits(plan, above + below):
                return plan
            tried.append(plan)
            if self._hopeless(table):
                break
        return tried[0]

    def _ways(self, table: Table) -> list[Way]:
        """Upright before turned, large before small; a form is rather made smaller than turned."""
        body, head = self.style.roles[table.font], head_role(self.style, table.font)
        pages = {"portrait": (False,), "landscape": (True,)}.get(table.page, (False, True))
        wanted = [needs(grid, body, head, self.fonts) for grid in table.grids]
        order = (
            [(t, s) for t in pages for s in sizes(body)] if table.form else [(t, s) for s in sizes(body) for t in pages]
        )
        ruling = self.style.ruling
        ways = [
            Way(t, s, tuple(fit(w, s, (self.turned if t else self.upright).room, ruling) for w in wanted))
            for t, s in order
        ]
        if table.form:
            return [Way(w.turned, w.size, tuple(replace(f, comfortable=f.wraps) for f in w.fits)) for w in ways]
        return ways

    def _hopeless(self, table: Table) -> bool:
        """Whether no way could bring all rows onto one page."""
        rows = sum(len(grid.rows) for grid in table.grids)
        return rows * self.style.ruling.row_least * MM > max(self.upright.depth, self.turned.depth)

    def _fits(self, plan: Plan, around: float) -> bool:
        page = self.turned if plan.turned else self.upright
        return plan.depth(self.style.ruling.gap * MM) + around <= page.depth

    def _set(self, table: Table, way: Way, above: float, below: float) -> Plan:
        """The table set that way; rows are a little lower where that saves a page."""
        roles, ruling = self.style.roles, self.style.ruling
        look = Look(self.fonts, roles[table.font], head_role(self.style, table.font), way.size, ruling)
        page = self.turned if way.turned else self.upright
        usual = self._laid_out(table, way, look, page.depth - above, ruling.row)
        if self._fits(usual, above + below):
            return usual
        low = self._laid_out(table, way, look, page.depth - above, ruling.row_least)
        return low if self._pages(low, above, below) < self._pages(usual, above, below) else usual

    def _laid_out(self, table: Table, way: Way, look: Look, room: float, row: float) -> Plan:
        layouts = []
        for grid, columns in zip(table.grids, way.fits, strict=True):
            layout = lay_out(grid, columns.widths, look, row * MM)
            layouts.append(open_tall_rows(layout, room - layout.height(0, len(grid.head))))
        return Plan(way.turned, tuple(layouts), way.size)

    def _pages(self, plan: Plan, above: float, below: float) -> int:
        """How many pages the grids take, each grid by itself."""
        room = (self.turned if plan.turned else self.upright).depth - above
        rooms = [room - layout.height(0, len(layout.grid.head)) for layout in plan.layouts]
        return sum(len(breaks(x, r, r, below)) for x, r in zip(plan.layouts, rooms, strict=True))


def head_role(style: Style, font: str) -> Role:
    """The role of head cells: `<font>-head`, or the body's."""
    return style.roles.get(f"{font}-head", style.roles[font])


def breaks(layout: Layout, first_room: float, later_room: float, last_extra: float) -> list[tuple[int, int]]:
    """Row ranges (first, after) of the body, page by page; rooms in pt without the head.

    `last_extra` (pt) must fit under the last rows: notes. Total rows and last rows keep company; a
    range is empty where nothing fits on the first page. Blocks that cells span are kept whole where that can be.
    """
    start = len(layout.grid.head)
    end = len(layout.heights)
    found: list[tuple[int, int]] = []
    room = first_room
    while start < end:
        after, used = start, 0.0
        while after < end and used + layout.heights[after] <= room + 0.01:
            used += layout.heights[after]
            after += 1
        if after == end and used + last_extra > room and end - start > _TOGETHER:
            after = end - _TOGETHER
        if after < end:
            after = _better(layout, start, after, end)
        if not found and after - start < min(_TOGETHER, end - start) and first_room < later_room:
            after = start
        if after == start and (found or first_room >= later_room):
            after = start + 1
        found.append((start, after))
        start = after
        room = later_room
    return found


def _better(layout: Layout, start: int, after: int, end: int) -> int:
    """An earlier break that leaves company for the last rows and cuts no spanned block, where there is one."""
    wanted = min(after, max(start + 1, end - _TOGETHER)) if end - after < _TOGETHER else after
    while wanted > start + 1 and all(row.total for row in layout.grid.rows[wanted:end]):
        wanted -= 1
    across = {n for one in layout.cells for n in range(one.row + 1, one.row + one.rows)}
    whole = next((n for n in range(wanted, start + (wanted - start) // 2, -1) if n not in across), wanted)
    return max(whole, start + 1) if after > start else after
