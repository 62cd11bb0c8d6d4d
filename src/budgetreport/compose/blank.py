"""A layout's empty forms: all it prints before anything is stated, as an official template shows it.

Heads, fixed rows, listed values and numbers stand; where amounts and texts of an input go, cells are blank; what
an input would unfold (codes, lines, groups) has one blank row; of forms and parts that are made for each item
there is one. A condition that asks the input is taken to hold. Sentences name what is to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from budgetreport.compose.context import Composition
from budgetreport.compose.document import Composer
from budgetreport.compose.printed import Printing
from budgetreport.compose.view import View, record_of
from budgetreport.expressions import parsed
from budgetreport.facts import Facts, Field, Record
from budgetreport.layout import Layout
from budgetreport.layout.model import Template
from budgetreport.money import Amount, NumberFormat
from budgetreport.problems import FilePlace, Problem, in_order
from budgetreport.report import Block, Cell, Grid, Kind, Report, Table
from budgetreport.report import Figure as PrintedFigure
from budgetreport.sandbox import TooMuchError

UNFILLED = "unfilled"
"""The layout's word for a figure that is to be filled in."""
_FUNCTIONS = frozenset(("sum", "cell", "present", "ratio", "growth"))
"""Functions of the input's figures."""
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def blank(layout: Layout, year: int | None) -> tuple[Report, tuple[Problem, ...]]:
    """The empty forms, and what is wrong with texts that no input could mend."""
    return _Blank(Facts(_empty(layout.facts, year), "", lambda _path: FilePlace("")), layout).report()


def _held(field: Field) -> str:
    """What stands for a text that is to be stated: its name in brackets."""
    return f"〔{field.title or field.name}〕"


def _empty(field: Field, year: int | None = None) -> Record:
    """A record in which nothing is stated but the year."""
    values = {one.name: _nothing(one) for one in field.fields} if field.type != "map" else {}
    return Record({**values, "year": Decimal(year)} if year and "year" in values else values, field)


def _nothing(field: Field) -> object:
    if field.type in ("record", "map"):
        return _empty(field)
    if field.many or field.type == "each":
        return ()
    if field.type == "amount":
        return Amount(0)
    return _held(field) if field.type in ("text", "code", "year") else None


def _helds(field: Field) -> Iterator[str]:
    """All that may stand for texts below a declaration."""
    yield _held(field)
    for one in field.fields:
        yield from _helds(one)


class _Composition(Composition):
    """One without an input: what depends on one is taken to hold, and to print what is to be filled in."""

    blank = True

    def __init__(self, *of: Any, **more: Any) -> None:  # noqa: ANN401 - Composition's own
        super().__init__(*of, **more)
        self._word = self.layout.words_of(UNFILLED)
        self.text_format = replace(self.text_format, zero=self._word, balanced=False)
        self.table_format = replace(self.table_format, balanced=False)
        known = {"year"} if isinstance(self.facts.root["year"], Decimal) else set()
        self._asking = {f.name for f in self.layout.facts.fields} - known | _FUNCTIONS
        self._failed: Exception | None = None

    def holds(self, condition: Template | None, local: Mapping[str, Any]) -> bool:
        if condition is None or self._asks("{{ " + condition.source + " }}", local):
            return True
        held = super().holds(condition, local)
        self._tell(condition)
        return held

    def items(self, expression: str, local: Mapping[str, Any], place: FilePlace) -> tuple[View, ...]:
        """One item of which nothing is stated."""
        del place
        first, *rest = expression.split(".")
        item = local.get(first)
        declared = record_of(item).declared if isinstance(item, View) else self.layout.facts.field(first)
        for name in rest:
            declared = declared.field(name) if declared else None
        return (View(_empty(declared)),) if declared else ()

    def marked(
        self, template: Template, local: Mapping[str, Any], fmt: NumberFormat | None = None
    ) -> tuple[str, tuple[PrintedFigure, ...]]:
        found = super().marked(template, local, fmt)
        if self._failed is None:
            return found
        self._tell(template, asks=self._asks(template.source, local))
        words = _EXPRESSION.sub(self._word, _STATEMENT.sub("", template.source))
        return "\n".join(line for line in words.splitlines() if line.strip()), ()

    def _asks(self, source: str, local: Mapping[str, Any]) -> bool:
        """Whether a template may depend on an input."""
        items = {name for name, value in local.items() if isinstance(value, View)}
        return any(name.name in self._asking | items for name in parsed(source).find_all(nodes.Name))

    def _mistake(self, place: FilePlace, error: Exception) -> None:
        del place
        self._failed = error

    def _tell(self, template: Template, *, asks: bool = False) -> None:
        """Note a failure that no input would mend: one that asks none, or one that goes on without end."""
        error, self._failed = self._failed, None
        if error is not None and (not asks or isinstance(error, TooMuchError)):
            super()._mistake(template.place, error)


class _Blank(Composer):
    """Composes the empty forms."""

    def _composition_of(self, printing: Printing | None) -> Composition:
        return _Composition(self._facts, self._layout, self._grid, printing)

    def report(self) -> tuple[Report, tuple[Problem, ...]]:
        report = self._document()
        for name in self._layout.tables:  # those that only sentences look at too
            self._grid(name)
        held = tuple(dict.fromkeys(_helds(self._layout.facts)))
        blocks = tuple(_emptied(block, held) for block in report.blocks)
        return replace(report, blocks=blocks), in_order(self._composition.problems)


def _emptied(block: Block, held: tuple[str, ...]) -> Block:
    """A table without what an input would fill in."""
    if not isinstance(block, Table):
        return block
    grids = tuple(_emptied_grid(grid, held) for grid in block.grids)
    return replace(block, grids=grids, caption=tuple(_without(text, held) for text in block.caption))


def _emptied_grid(grid: Grid, held: tuple[str, ...]) -> Grid:
    rows = tuple(
        replace(row, cells=tuple(cell and _emptied_cell(cell, held) for cell in row.cells))
        if row.role == "body"
        else row
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def _emptied_cell(cell: Cell, held: tuple[str, ...]) -> Cell:
    if cell.origin or cell.kind is Kind.PERCENT:
        return replace(cell, text="", value=None, origin=())
    return replace(cell, text=_without(cell.text, held))


def _without(text: str, held: tuple[str, ...]) -> str:
    for one in held:
        text = text.replace(one, "")
    return text
