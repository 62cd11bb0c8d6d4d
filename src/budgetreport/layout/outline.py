"""What a layout is made of and asks for: its parts, tables and forms, its dimensions, the facts it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetreport.dimensions import Codes, Values
from budgetreport.filters import Filter
from budgetreport.layout.model import Form, Grid, Layout, Part, Row, Table
from budgetreport.layout.rules import mentioned
from budgetreport.layout.vocabulary import Listed
from budgetreport.layout.walking import all_of, leaves, printed_templates


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part: how deep it stands, its kind (a key of Part), its name or its words."""

    depth: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class GridLine:
    """A table or form: its id and title, the book or list it is of, its columns and rows as written, what it asks."""

    id: str
    title: str
    of: str
    columns: int
    rows: int
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension: what values it has, whether each line must say it, the tables that ask for it."""

    key: str
    title: str
    values: str
    required: bool
    asked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact at the top of an input: must it be stated, and does anything that is printed ask for it."""

    name: str
    title: str
    required: bool
    asked: bool


def parts(layout: Layout) -> Iterator[PartLine]:
    """The parts in order, those inside others below them."""
    yield from _parts(layout.parts, 0)


def _parts(found: tuple[Part, ...], depth: int) -> Iterator[PartLine]:
    for part in found:
        kind = part.kinds[0]
        said = {"heading": part.heading, "text": part.text}.get(kind)
        name = said.source if said else part.table or part.form or part.contents
        yield PartLine(depth, kind, f"{part.number}{name}" if kind == "heading" else name)
        yield from _parts(part.parts, depth + 1)


def tables(layout: Layout) -> Iterator[GridLine]:
    """The tables, then the forms."""
    yield from map(_grid_line, _blocks(layout))


def _blocks(layout: Layout) -> tuple[Table | Form, ...]:
    return *layout.tables.values(), *layout.forms.values()


def _grid_line(block: Table | Form) -> GridLine:
    grids = block.grids if isinstance(block, Form) else (block,)
    of = block.each if isinstance(block, Form) else block.from_
    columns, rows = sum(map(_columns, grids)), sum(map(_rows, grids))
    return GridLine(block.id, block.title.source, of, columns, rows, tuple(sorted(_asked(block))))


def _columns(grid: Grid) -> int:
    drawn = len(grid.cells[0]) if grid.cells else 0
    return drawn + sum(1 for side in grid.each_side() for _ in leaves(grid, side.columns))


def _rows(grid: Grid) -> int:
    """Rows as the layout writes them: a tree of codes is one."""
    return len(grid.cells) + max(sum(1 for _ in all_of(Row, side.rows)) for side in grid.each_side())


def _asked(block: Table | Form) -> set[str]:
    """The dimensions that its filters name and its rows go along."""
    filters = {key for where in all_of(Filter, block) for key in where.named}
    return filters | {name for row in all_of(Row, block) for name in (row.tree, row.each) if name not in ("", "line")}


def dimensions(layout: Layout) -> Iterator[DimensionLine]:
    """The dimensions as declared."""
    asked = {block.id: _asked(block) for block in _blocks(layout)}
    for d in layout.vocabulary.dimensions:
        values = ""
        if isinstance(d, Codes):
            values = "、".join(f"{level}{digits}位" for level, digits in d.tree.levels.items())
        elif isinstance(d, Values):
            values = "、".join(d.parents)
        elif isinstance(d, Listed):
            values = f"{d.facts} 中各项的 {d.entry_key}"
        by = tuple(name for name, keys in asked.items() if d.key in keys)
        yield DimensionLine(d.key, d.title, values, d.key in layout.vocabulary.required, by)


def facts(layout: Layout) -> Iterator[FactLine]:
    """The facts at the top of an input."""
    asked = _mentioned(layout)
    for field in layout.facts.fields:
        yield FactLine(field.name, field.title, field.required, field.name in asked)


def _mentioned(layout: Layout) -> set[str]:
    """Facts that texts and conditions may name, or that books, forms and dimensions are of."""
    words = {word for template in printed_templates(layout) for word in mentioned(template)}
    lists = {source.path[0] for sources in layout.books.values() for source in sources}
    each = [*(form.each for form in layout.forms.values()), *(part.each for part in all_of(Part, layout.parts))]
    listed = [d.facts for d in layout.vocabulary.dimensions if isinstance(d, Listed)]
    books = [table.from_ for table in layout.tables.values()]
    return words | lists | {path.partition(".")[0] for path in (*each, *listed, *books)}
