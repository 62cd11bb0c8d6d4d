"""A table or form on a sheet of its own: title, caption, grids one above the other, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from math import fsum
from typing import NamedTuple

from budgetreport.report import Grid, Kind, Table
from budgetreport.style import POINTS, SMALLEST, Role
from budgetreport.write.xlsx import lattice, measure
from budgetreport.write.xlsx.numbers import stored
from budgetreport.write.xlsx.pages import RESERVE
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.sheet import Look, Sheet

_HIGHEST_HEAD = 280.0
"""pt of rows that are repeated or frozen at most: about half of a landscape page, of a screen."""
_SCREEN = 110.0
"""Units that a screen shows; wider tables keep their label columns in sight."""
_LABELS = 60.0
"""Units of frozen label columns at most."""
_TALL = 1.6
"""A table higher than so many pages is not brought onto one."""
_PARTS = (0.25, 0.5, 0.75, 1.0)
"""Steps in which rows are made lower to bring a table onto one page."""
_COMPANY = 2
"""So many rows stand over a table's notes."""
_SHRINKS = 1.25
"""How much wider than its room a caption text may be to be made smaller; beyond that it wraps."""


_Fitting = tuple[Role, list[lattice.Widths]]
"""A role at one of its sizes, and each grid's widths at that size."""


class _Rows(NamedTuple):
    """The least height of a row, and the air in it beside its lines (pt)."""

    least: float
    air: float


def table_sheet(table: Table, name: str, setting: Setting, *, landscape: bool | None = None) -> Sheet:
    """The sheet of a table; `landscape` None: as the table says or its content needs."""
    role = setting.role(table.font, "table")
    grids = [grid for grid in table.grids if grid.columns]
    if landscape is None:
        landscape = _turned(table, [lattice.widths(grid, role.size) for grid in grids], setting.room("portrait"))
    page = setting.page(landscape=landscape)
    above = measure.width(table.caption[-1], setting.role("caption", "table").size) if table.caption else 0
    sizes = [size for size in (role.size, *role.smaller) if size >= SMALLEST]
    each = [(replace(role, size=size), [lattice.widths(grid, size, above) for grid in grids]) for size in sizes]
    fits = [n for n, (_, needs) in enumerate(each) if all(fsum(one.whole) <= setting.room(page) for one in needs)]
    each = each[fits[0] if fits else -1 :]
    blank = Sheet(name, (), landscape)
    usual = _Rows(setting.style.ruling.row * POINTS, measure.AIR)
    made = _made(table, blank, setting, each[0], usual)
    depth = setting.depth(page) * RESERVE
    if depth < fsum(made.heights) <= _TALL * depth:
        lower = (_made(table, blank, setting, one, rows) for one in each for rows in _lower(usual, setting, one, role))
        made = next((sheet for sheet in lower if fsum(sheet.heights) <= depth), made)
    return made


def _lower(usual: _Rows, setting: Setting, fitting: _Fitting, role: Role) -> Iterator[_Rows]:
    """Lower and lower rows, down to the least."""
    least = setting.style.ruling.row_least * POINTS * fitting[0].size / role.size
    for part in _PARTS:
        low = usual.least - (usual.least - least) * part
        yield _Rows(low, usual.air - (usual.air - measure.LEAST_AIR) * part)


def _made(table: Table, blank: Sheet, setting: Setting, fitting: _Fitting, low: _Rows) -> Sheet:
    """The table on a sheet like the blank one, in this role and these widths."""
    role, needs = fitting
    grids = [grid for grid in table.grids if grid.columns]
    page = setting.page(landscape=blank.landscape)
    columns, bounds = lattice.common(_aligned(table, needs, setting, page))
    sheet = Sheet(blank.name, columns or (setting.room("portrait"),), blank.landscape)
    _add_title(sheet, table, setting)
    _add_caption(sheet, table.caption, setting)
    sheet.repeated = len(sheet.heights)
    rows: list[int] = []
    for number, (grid, ours) in enumerate(zip(grids, bounds, strict=True)):
        if number and setting.style.ruling.gap:
            sheet.add_rows([setting.style.ruling.gap * POINTS])
        rows = _add_grid(sheet, grid, ours, role, setting, low)
        sheet.corners[table.grids.index(grid)] = (rows, [bound + 1 for bound in ours])
        if len(grids) == 1:
            _hold(sheet, grid, rows[len(grid.head)])
        elif grid.head and grid.body:
            sheet.together.append((rows[0], rows[len(grid.head) + 1] - 1))
    _add_notes(sheet, table, setting)
    if table.notes and len(rows) > _COMPANY:
        sheet.together.append((rows[-1 - _COMPANY], len(sheet.heights)))
    return sheet


def _turned(table: Table, needs: Sequence[lattice.Widths], room: float) -> bool:
    """Whether the page is turned: as the table says, else where its content needs more than an upright page."""
    if table.page != "auto":
        return table.page == "landscape"
    return any(fsum(widths.natural) > room for widths in needs)


def _aligned(
    table: Table, needs: Sequence[lattice.Widths], setting: Setting, page: str
) -> tuple[tuple[float, ...], ...]:
    """Column widths of each grid, all with the same sum: the page's width, or what the widest needs."""
    room = setting.room(page)
    widest = setting.style.ruling.widest / measure.UNIT
    stretched = min(room, widest) if widest and not table.form else room
    each = [widths.filling(stretched, room) for widths in needs]
    total = max(map(fsum, each), default=0.0)
    return tuple(tuple(width * total / fsum(columns) for width in columns) for columns in each)


def _add_title(sheet: Sheet, table: Table, setting: Setting) -> None:
    if table.title:
        _add_band(sheet, table.title, setting.look(setting.title(table), "center"), air=6)


def _add_band(sheet: Sheet, text: str, look: Look, air: float = 0) -> None:
    """A line of text over the whole width."""
    count = measure.lines(text, look.size, fsum(sheet.widths))
    sheet.add_line([((1, len(sheet.widths) + 1), text, look)], measure.height(count, look.size) + air)


def _add_caption(sheet: Sheet, texts: tuple[str, ...], setting: Setting) -> None:
    """Up to three texts on a line; each on its own line where the columns are fewer than the texts."""
    if not any(texts):
        return
    sides = {1: ("right",), 2: ("left", "right"), 3: ("left", "center", "right")}[len(texts)]
    role = setting.role("caption", "table")
    looks = [setting.look(role, side) for side in sides]
    cuts = lattice.divide(sheet.widths, [measure.width(text, role.size) if text else 0 for text in texts])
    if cuts is None:
        for text, look in zip(texts, looks, strict=True):
            _add_band(sheet, text, look)
        return
    count, line = 1, []
    for text, look, (left, right) in zip(texts, looks, pairwise(cuts), strict=True):
        room = fsum(sheet.widths[left:right])
        shrunk = room < measure.width(text, role.size) <= room * _SHRINKS
        count = max(count, 1 if shrunk else measure.lines(text, role.size, room))
        line.append(((left + 1, right + 1), text, replace(look, shrunk=shrunk)))
    sheet.add_line(line, measure.height(count, role.size))


def _add_grid(  # noqa: PLR0913, PLR0917 - a grid, its place and how it is set
    sheet: Sheet, grid: Grid, bounds: Sequence[int], role: Role, setting: Setting, low: _Rows
) -> list[int]:
    """Append the grid's rows; returns the first sheet row of each, and after them of what follows."""
    edges = [0.0, *accumulate(sheet.widths)]
    heights = _heights(grid, role, [edges[bound] for bound in bounds], low)
    rows = sheet.add_rows(heights)
    plain = Look(setting.font(role.font), role.size, ruled=True)
    looks: dict[tuple[str, int, str], Look] = {}
    for number, row in enumerate(grid.rows):
        for index, cell in enumerate(row.cells):
            if cell is None:
                continue
            content, form = stored(cell)
            key = (cell.align, cell.indent, form)
            look = looks.get(key) or looks.setdefault(
                key, replace(plain, align=cell.align, indent=cell.indent, format=form)
            )
            across = (bounds[index] + 1, bounds[index + cell.columns] + 1)
            sheet.put((rows[number], rows[number + cell.rows]), across, content, look)
    return rows


def _heights(grid: Grid, role: Role, edges: Sequence[float], low: _Rows) -> list[float]:
    """Heights by the lines of text; what a cell over several rows lacks is shared by them."""
    heights = [low.least] * len(grid.rows)
    tall: list[tuple[int, int, float]] = []
    for number, row in enumerate(grid.rows):
        for index, cell in enumerate(row.cells):
            if cell is None or not cell.text:
                continue
            units = edges[index + cell.columns] - edges[index]
            count = measure.lines(cell.text, role.size, units, cell.indent)
            if count > 1 or cell.rows == 1:
                needed = measure.height(count, role.size, air=low.air)
                if cell.rows == 1:
                    heights[number] = max(heights[number], needed)
                else:
                    tall.append((number, cell.rows, needed))
    for number, rows, needed in tall:
        lacking = (needed - fsum(heights[number : number + rows])) / rows
        if lacking > 0:
            heights[number : number + rows] = [height + lacking for height in heights[number : number + rows]]
    return heights


def _hold(sheet: Sheet, grid: Grid, below: int) -> None:
    """Repeat the head on each printed page and keep it in sight, with the label columns of a wide table."""
    if not grid.head or fsum(sheet.heights[: below - 1]) > _HIGHEST_HEAD:
        return
    sheet.repeated = below - 1
    labels = 0
    for column in grid.columns:
        if column.kind in (Kind.AMOUNT, Kind.PERCENT):
            break
        labels += 1
    wide = fsum(sheet.widths) > _SCREEN and labels < len(grid.columns)
    sheet.frozen = (below - 1, labels if wide and fsum(sheet.widths[:labels]) <= _LABELS else 0)


def _add_notes(sheet: Sheet, table: Table, setting: Setting) -> None:
    for note in table.notes:
        _add_band(sheet, note.text, setting.look(setting.role(note.role, "note", "table")))
