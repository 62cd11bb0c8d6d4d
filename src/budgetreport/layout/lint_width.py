"""A table with more columns than the widest page has room for, whatever is stated: told before anything is built."""

from __future__ import annotations

from budgetreport.layout.keys import Reader
from budgetreport.layout.model import Form, Grid, Table
from budgetreport.layout.walking import leaves
from budgetreport.style import A4, NARROWEST, POINTS, SMALLEST, Style

_PAPER = {"portrait": A4[0], "text": A4[0], "landscape": A4[1]}
"""Widths of A4 by the kind of page, in mm."""


def check_width(reader: Reader, style: Style, block: Table | Form, grid: Grid) -> None:
    """The grid's columns at their narrowest, in the smallest text that the block may be set in, fit a page."""
    role = style.roles.get(block.font)
    if role is None or not {"portrait", "text", "landscape"} <= set(style.margins):
        return  # told of already
    size = min([role.size, *(one for one in role.smaller if one >= SMALLEST)])
    white = 2 * style.ruling.pad + style.ruling.rule / POINTS
    narrowest = [min(NARROWEST, width or NARROWEST) * size / POINTS + white for width in _widths(grid)]
    room = max(_room(style, kind) for kind in _kinds(block))
    if sum(narrowest) <= room:
        return
    what = f"这张表有{len(narrowest)}栏，字小到{size:g}磅也至少宽{sum(narrowest):.0f}毫米，一页只有{room:.0f}毫米"
    fix = "减少栏数，分成几张表" + ("，或者不写 page: portrait" if block.page == "portrait" else "")
    reader.wrong(grid.place, what, fix, rule="LY-10")


def _kinds(block: Table | Form) -> tuple[str, ...]:
    return ("portrait", "text") if block.page == "portrait" else ("landscape",)


def _room(style: Style, kind: str) -> float:
    """The width between the margins of a page, in mm."""
    margins = style.margins[kind]
    return _PAPER[kind] - margins.left - margins.right


def _widths(grid: Grid) -> list[float]:
    """The columns' hints in characters, 0 where there is none; that of row numbers among them."""
    if grid.cells:
        said = [float(width) for width in grid.widths if width.replace(".", "", 1).isdecimal()]
        return said if len(said) == len(grid.cells[0]) else [0.0] * len(grid.cells[0])
    columns = (column for side in grid.each_side() for column, _ in leaves(grid, side.columns))
    found = [column.width for column in columns if column.when is None]  # of those with one, some may not be printed
    return [0.0, *found] if grid.numbering and grid.numbering.rows else found
