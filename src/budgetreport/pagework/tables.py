"""Tables and forms planned: upright or turned, in which size, and where their rows break over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetreport.report import Table
from budgetreport.style import Margins, Role, Style
from budgetreport.pagework.columns import fit, needs, sizes
from budgetreport.typeset.fonts import FontSet
from budgetreport.pagework.grids import Layout, Look, lay_out, split_tall_rows
from budgetreport.pagework.setting import MM

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
class Planner:
    """Chooses page and size. `above` and `below` are the heights (pt) of what stands over and under the grids."""

    style: Style
    fonts: FontSet
    upright: Sheet
    turned: Sheet

    def plan(self, table: Table, above: float, below: float) -> Plan:
        """The first comfortable way that needs one page only, else the first comfortable one, else with cells wrapped."""
        body = self.style.roles[table.font]
        pages = {"portrait": (False,), "landscape": (True,)}.get(table.page, (False, True))
        ways = [(turned, body.size) for turned in pages]
        if table.form:
            ways = [(turned, size) for turned in pages for size in sizes(body)]
        else:
            ways += [(turned, size) for size in body.smaller for turned in pages]
        tried = [self._set(table, size, turned=turned, above=above, below=below) for turned, size in ways]
        good = [plan for plan, comfortable in tried if comfortable]
        one_page = [plan for plan in good if self._fits(plan, above + below)]
        if one_page or good:
            return (one_page or good)[0]
        return self._cramped(table, ways, above, below) or tried[-1][0]

    def _cramped(self, table: Table, ways: Sequence[tuple[bool, float]], above: float, below: float) -> Plan | None:
        """Where nothing is comfortable: the largest size in which cells can wrap without cutting words."""
        for turned, size in sorted(ways, key=lambda way: (-way[1], way[0])):
            if self._wraps(table, size, turned=turned):
                return self._set(table, size, turned=turned, above=above, below=below)[0]
        return None

    def _fits(self, plan: Plan, around: float) -> bool:
        page = self.turned if plan.turned else self.upright
        return plan.depth(self.style.ruling.gap * MM) + around <= page.depth

    def _look(self, table: Table, size: float) -> Look:
        roles = self.style.roles
        return Look(self.fonts, roles[table.font], head_role(self.style, table.font), size, self.style.ruling)

    def _wraps(self, table: Table, size: float, *, turned: bool) -> bool:
        look = self._look(table, size)
        white = 2 * look.ruling.pad * MM + look.ruling.rule
        room = (self.turned if turned else self.upright).room
        return all(
            sum(n.least * size + white for n in needs(grid, look.body, look.head, self.fonts)) <= room
            for grid in table.grids
        )

    def _set(self, table: Table, size: float, *, turned: bool, above: float, below: float) -> tuple[Plan, bool]:
        """The table in that size; rows are made a little lower where all then stands on one page."""
        look = self._look(table, size)
        page = self.turned if turned else self.upright
        fits = [fit(needs(g, look.body, look.head, self.fonts), size, page.room, look.ruling) for g in table.grids]
        comfortable = all(f.comfortable for f in fits) or (table.form and self._wraps(table, size, turned=turned))
        usual, low = (
            Plan(
                turned,
                tuple(lay_out(g, f.widths, look, row * MM) for g, f in zip(table.grids, fits, strict=True)),
                size,
            )
            for row in (look.ruling.row, look.ruling.row_least)
        )
        plan = low if self._fits(low, above + below) and not self._fits(usual, above + below) else usual
        tall = page.depth - above - max(layout.height(0, len(layout.grid.head)) for layout in plan.layouts)
        return Plan(turned, tuple(split_tall_rows(layout, tall) for layout in plan.layouts), size), comfortable


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
