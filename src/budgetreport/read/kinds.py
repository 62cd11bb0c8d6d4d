"""What the columns of a found grid hold, by the layout's definitions; numbers parsed as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from budgetreport.compose.cells import KINDS
from budgetreport.facts import Field
from budgetreport.layout.model import Column, Form, Grid, Layout
from budgetreport.layout.paths import Paths
from budgetreport.layout.vocabulary import Listed
from budgetreport.read.expected import Leaf
from budgetreport.read.found import FoundCell
from budgetreport.report import Kind, mostly
from budgetreport.wording import bare


def number(text: str) -> Decimal | None:
    """The number that a text is; None where it is none, or a blank."""
    said = bare(text).replace(",", "").replace("，", "").removesuffix("%").replace("－", "-")
    if not said.isascii() or not any(char.isdigit() for char in said):
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def declared(layout: Layout, grid: Grid, form: Form | None) -> Field | None:
    """The declaration of the records that a grid's rows are of."""
    paths = Paths(layout)
    if sources := layout.books.get(grid.from_):
        return paths.find(".".join(sources[0].path))
    if form is not None and form.each:
        paths = paths.inside(form.as_, paths.find(form.each))
    return paths.find(grid.from_)


@dataclass(frozen=True)
class Kinds:
    """The kinds of a grid's cells. `records`: what its rows are of, as far as the layout says."""

    layout: Layout
    records: Field | None

    def kind(self, leaf: Leaf | None) -> Kind | None:
        """What a column's cells hold; None where the layout does not know the column."""
        if leaf is None:
            return None
        column = leaf.column
        if column is None:
            return Kind.NUMBER
        if column.show:
            return self._shown(column.show)
        if column.ratio or column.growth:
            return Kind.PERCENT
        measure = self.records.field(column.of) if self.records and column.sum is not None else None
        return Kind.NUMBER if measure and measure.type == "number" else Kind.AMOUNT

    def _shown(self, show: str) -> Kind:
        if show == "label":
            return Kind.TEXT
        if show == "code" or show.startswith("code."):
            return Kind.CODE
        name, _, inner = show.partition(".")
        field = self.records.field(name) if self.records else None
        if inner and field and field.dimension:
            dimension = self.layout.vocabulary.dimensions.get(field.dimension)
            entries = self.layout.facts.field(dimension.facts) if isinstance(dimension, Listed) else None
            field = entries.field(inner) if entries else None
        return KINDS.get(field.type, Kind.TEXT) if field else Kind.TEXT

    def key_column(self, leaves: Sequence[Leaf | None]) -> int | None:
        """The column that prints what identifies a record."""
        key = self.records.key if self.records else ""
        shows = [leaf.column.show if leaf and leaf.column else "" for leaf in leaves]
        return shows.index(key) if key and key in shows else None


def by_look(cell: FoundCell) -> Kind:
    """What a cell of a column that no layout knows holds: money where it is printed like money."""
    if cell.text.strip().endswith("%") and number(cell.text) is not None:
        return Kind.PERCENT
    if number(cell.text) is None:
        return Kind.TEXT
    return Kind.AMOUNT if cell.number or "." in cell.text or "," in cell.text else Kind.TEXT


def column_kind(column: Column | None, kinds: Sequence[Kind]) -> Kind:
    """What a column mostly holds, by its filled cells."""
    if column is not None and not column.show:
        return Kind.AMOUNT
    return mostly(kinds)
