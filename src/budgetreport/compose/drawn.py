"""Drawn grids: a form's cells as the layout draws them, `<` continuing the left cell and `^` the upper one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from budgetreport.compose.context import Composition
from budgetreport.layout.model import Grid as Definition
from budgetreport.layout.model import Template
from budgetreport.layout.spans import spans
from budgetreport.money import NumberFormat
from budgetreport.report import Cell, Column, Grid, Kind, Row

_LONG = 12
"""Texts of more characters are set left, shorter ones centred. Basis: practice."""


def drawn_grid(definition: Definition, composition: Composition, local: dict[str, Any], fmt: NumberFormat) -> Grid:
    """The grid of drawn cells."""
    cells = definition.cells
    spanned = spans([[cell.source for cell in row] for row in cells])
    rows = [
        Row(
            str(y + 1),
            tuple(
                _filled(cell, composition, local, fmt, spanned[y, x]) if (y, x) in spanned else None
                for x, cell in enumerate(row)
            ),
        )
        for y, row in enumerate(cells)
    ]
    widths = [float(w) for w in definition.widths] or [0.0] * len(cells[0])
    columns = tuple(Column(str(x + 1), width=width) for x, width in enumerate(widths))
    return Grid(definition.id, columns, tuple(rows))


def _filled(
    template: Template, composition: Composition, local: dict[str, Any], fmt: NumberFormat, span: tuple[int, int]
) -> Cell:
    rows, columns = span
    if template.is_plain:
        return Cell(
            template.source, rows=rows, columns=columns, align="center", header="row" if template.source else ""
        )
    text, figures = composition.marked(template, local, fmt)
    text = text.strip("\n")
    origin = tuple(o for figure in figures for o in figure.origin)
    number = _number(text) if len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(text)) else None
    if number is not None:
        return Cell(text, Kind.AMOUNT, number, rows, columns, align="right", origin=origin)
    percent = _number(text.removesuffix("%")) if text.endswith("%") else None
    if percent is not None:
        return Cell(text, Kind.PERCENT, percent, rows, columns, align="center", origin=origin)
    align = "left" if len(text) > _LONG and columns > 1 else "center"
    return Cell(text, rows=rows, columns=columns, align=align, origin=origin)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
