"""A layout's empty forms: all it prints before anything is stated, as an official template shows it.

Heads, fixed rows, listed values and numbers stand; where amounts and texts of an input go, cells are blank; what
an input would unfold (codes, lines, groups) has one blank row; of forms and parts that are made for each item
there is one. All that an input may state is taken to be there, so of alternatives the one that says more stands; a
condition that compares what is stated is taken to hold. Sentences name what is to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import nodes

from budgetreport.compose.context import Composition
from budgetreport.compose.document import Composer
from budgetreport.compose.printed import Printing
from budgetreport.compose.unfilled import AnyCode, held, helds, nothing, to_fill
from budgetreport.compose.view import View
from budgetreport.expressions import parsed
from budgetreport.facts import YEAR, Facts
from budgetreport.figures import Figure, Unfilled
from budgetreport.filters import Choice, Filter
from budgetreport.layout import Layout
from budgetreport.layout.model import Template
from budgetreport.money import NumberFormat
from budgetreport.problems import FilePlace, Problem, in_order
from budgetreport.report import Block, Cell, Grid, Kind, Report, Table
from budgetreport.report import Figure as PrintedFigure
from budgetreport.sandbox import TooMuchError, UnwordedError

UNFILLED = "unfilled"
"""The layout's word for a figure that is to be filled in."""
_FUNCTIONS = frozenset(("sum", "cell", "present", "ratio", "growth"))
"""Functions of the input's figures."""
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def blank(layout: Layout, year: int | None) -> tuple[Report, tuple[Problem, ...]]:
    """The empty forms, and what is wrong with texts that no input could mend."""
    return _Blank(Facts(nothing(layout.facts, year), "", lambda _path: FilePlace("")), layout).report()


class _Composition(Composition):
    """One without an input: what depends on one is taken to hold, and to print what is to be filled in."""

    blank = True

    def __init__(self, *of: Any, **more: Any) -> None:  # noqa: ANN401 - Composition's own
        super().__init__(*of, **more)
        self._word = self.layout.words_of(UNFILLED)
        self.text_format = replace(self.text_format, zero=self._word, balanced=False)
        self.table_format = replace(self.table_format, balanced=False)
        facts = View(to_fill(self.layout.facts, self._word))
        known = {YEAR} if self.facts.year else set()
        self._names |= {name: facts[name] for name in facts if name not in known}
        self._names |= {"ratio": partial(self._open, Decimal(0)), "growth": partial(self._open, Decimal(0))}
        self._asking = {f.name for f in self.layout.facts.fields} - known | _FUNCTIONS
        self._failed: tuple[FilePlace, Exception] | None = None

    def _open(self, zero: int | Decimal, *of: object) -> Figure:
        """What is made of these, whatever they are."""
        return Unfilled(self._word, zero, *(origin for one in of if isinstance(one, Figure) for origin in one.origin))

    def figure(self, book: str, where: Filter, of: str, fmt: NumberFormat) -> Figure:
        """A sum that is some amount."""
        found = super().figure(book, where, of, fmt)
        return self._open(found.value * 0, found)

    def sum_of(self, origin: Iterable[object], fmt: NumberFormat) -> Figure:
        """Of a cell that counts nothing too."""
        found = super().sum_of(origin, fmt)
        return found or self._open(0)

    def present(self, dimension: str, level: str = "", *terms: str, book: str = "ledger", **where: object) -> list[str]:
        """One code, whichever it is."""
        super().present(dimension, level, *terms, book=book, **where)
        return [AnyCode(held(self.dimensions[dimension].title))]

    def name(self, dimension: str, value: str) -> str:
        return str(value) if isinstance(value, AnyCode) else super().name(dimension, value)

    def _choice(self, key: str, said: object) -> Choice:
        return Choice() if isinstance(said, AnyCode) else super()._choice(key, said)

    def holds(self, condition: Template | None, local: Mapping[str, Any]) -> bool:
        if condition is None:
            return True
        found = super().holds(condition, local)
        source = condition.source
        if not self._asks(source, local, expression=True):
            self._tell()
            return found
        unknown = self._failed is not None or parsed(source, expression=True).find(nodes.Compare) is not None
        self._tell(asks=True)
        return found or unknown

    def marked(
        self, template: Template, local: Mapping[str, Any], fmt: NumberFormat | None = None
    ) -> tuple[str, tuple[PrintedFigure, ...]]:
        found = super().marked(template, local, fmt)
        if self._failed is None:
            return found
        self._tell(asks=self._asks(template.source, local))
        words = _EXPRESSION.sub(self._word, _STATEMENT.sub("", template.source))
        return "\n".join(line for line in words.splitlines() if line.strip()), ()

    def _asks(self, source: str, local: Mapping[str, Any], *, expression: bool = False) -> bool:
        """Whether a template or an expression may depend on an input."""
        items = {name for name, value in local.items() if isinstance(value, View)}
        named = parsed(source, expression=expression).find_all(nodes.Name)
        return any(name.name in self._asking | items for name in named)

    def _mistake(self, place: FilePlace, error: Exception) -> None:
        self._failed = place, error

    def _tell(self, *, asks: bool = False) -> None:
        """Note a failure that no input would mend: of a text that asks none, without end, of what is no text."""
        failed, self._failed = self._failed, None
        if failed is not None and (not asks or isinstance(failed[1], TooMuchError | UnwordedError)):
            super()._mistake(*failed)


class _Blank(Composer):
    """Composes the empty forms."""

    def _composition_of(self, printing: Printing | None) -> Composition:
        return _Composition(self._facts, self._layout, self._grid, printing)

    def report(self) -> tuple[Report, tuple[Problem, ...]]:
        report = self._document()
        for name in self._layout.tables:  # those that only sentences look at too
            self._grid(name)
        stood = (*dict.fromkeys(helds(self._layout.facts)), self._layout.words_of(UNFILLED))
        blocks = tuple(_emptied(block, stood) for block in report.blocks)
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
