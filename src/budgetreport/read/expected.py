"""What a layout expects to be printed: titles, heads and labels of its tables as patterns, headings with their levels.

Nothing here knows an input: what depends on one (a unit's name, a `when`) is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.layout.model import Column, Form, Grid, Layout, Part, Side, Table, Template
from budgetreport.layout.spans import spans
from budgetreport.read.pattern import Pattern, is_heading, number_regex, pattern

DEEPEST = 3
"""Headings are structured down to this level."""
_TELLING = 6
"""So many characters of its own tell a heading that lacks its number."""


@dataclass(frozen=True)
class Leaf:
    """A column that the layout knows; `heads` from the top down to its own; `column` None: the rows' numbers."""

    id: str
    heads: tuple[Pattern, ...]
    column: Column | None = None
    side: int = 0


@dataclass(frozen=True)
class ExpectedGrid:
    """A grid's definition with its columns; `drawn`: the patterns of its cells by place, where it is drawn."""

    definition: Grid
    leaves: tuple[Leaf, ...]
    drawn: dict[tuple[int, int], Pattern]

    @property
    def labels(self) -> frozenset[str]:
        """The words by which it is known: heads, or the plain texts of drawn cells."""
        heads = {head.literal for leaf in self.leaves for head in leaf.heads}
        return frozenset(filter(None, heads | {p.literal for p in self.drawn.values() if "{" not in p.source}))


@dataclass(frozen=True)
class ExpectedTable:
    """A table or form of the layout. `level`: its title's heading level; `many`: one for each of a list."""

    definition: Table | Form
    title: Pattern
    grids: tuple[ExpectedGrid, ...]
    captions: tuple[Pattern, ...]
    notes: tuple[Pattern, ...]
    level: int
    many: bool

    @property
    def id(self) -> str:
        """The layout's name for it."""
        return self.definition.id


@dataclass(frozen=True)
class ExpectedHeading:
    """A heading of the layout; `id` '' where its text is its id; `numbered`: a number stands before its `words`."""

    text: Pattern
    level: int
    id: str
    numbered: bool
    words: Pattern

    def matches(self, text: str) -> bool:
        """Whether the text can be this heading; where only the number tells, it is no sentence."""
        if not self.text.matches(text):
            return False
        return self.text.says_much or (self.numbered and (bool(self.text.literal) or is_heading(text)))

    def lacks_its_number(self, text: str) -> bool:
        """Whether the text is this heading but for the number that was forgotten."""
        return self.numbered and len(self.words.literal) >= _TELLING and is_heading(text) and self.words.matches(text)


@dataclass(frozen=True)
class Expected:
    """Everything that a layout expects. `said`: texts with a role of their own; `cover`: the roles of its lines."""

    layout: Layout
    tables: tuple[ExpectedTable, ...]
    headings: tuple[ExpectedHeading, ...]
    said: tuple[tuple[Pattern, str], ...]
    cover: tuple[str, ...]
    contents: str


def expected(layout: Layout) -> Expected:
    """What the layout expects, in the order of its parts."""
    parts = list(_walk(layout.parts, 1))
    tables = [_table(layout, part, level) for part, level in parts if part.table]
    forms = [_form(layout, layout.forms[part.form]) for part, _ in parts if part.form]
    headings = [
        ExpectedHeading(
            pattern(part.heading, layout, number_regex(number)),
            min(level, DEEPEST),
            part.id,
            bool(number),
            pattern(part.heading, layout),
        )
        for part, level in parts
        if part.heading is not None
        for number in ["" if part.entry else part.number]
    ]
    said = [(pattern(part.text, layout), part.role) for part, _ in parts if part.text and part.role != "body"]
    cover = tuple(line.role for part, _ in parts for line in part.cover)
    contents = next((part.contents for part, _ in parts if part.contents), "")
    return Expected(layout, (*tables, *forms), tuple(headings), tuple(said), cover, contents)


def _walk(parts: Sequence[Part], level: int) -> Iterator[tuple[Part, int]]:
    """All parts with the level at which they stand."""
    for part in parts:
        yield part, level
        yield from _walk(part.parts, level + (part.heading is not None))


def _table(layout: Layout, part: Part, level: int) -> ExpectedTable:
    table = layout.tables[part.table]
    notes = [*table.notes, *([table.empty.note] if table.empty and table.empty.note else [])]
    return ExpectedTable(
        table,
        pattern(table.title, layout),
        (_grid(layout, table),),
        tuple(pattern(text, layout) for text in table.caption),
        tuple(pattern(text, layout) for text in notes),
        min(level, DEEPEST) if level == 1 or part.listed else 0,
        many=False,
    )


def _form(layout: Layout, form: Form) -> ExpectedTable:
    return ExpectedTable(
        form,
        pattern(form.title, layout),
        tuple(_grid(layout, grid) for grid in form.grids),
        tuple(pattern(text, layout) for text in form.caption),
        tuple(pattern(text, layout) for text in form.notes),
        0,
        many=bool(form.each),
    )


def _grid(layout: Layout, grid: Grid) -> ExpectedGrid:
    if grid.cells:
        starts = spans([[cell.source for cell in row] for row in grid.cells])
        return ExpectedGrid(grid, (), {(y, x): pattern(grid.cells[y][x], layout) for y, x in starts})
    leaves = [leaf for number, side in enumerate(grid.each_side()) for leaf in _leaves(layout, grid, side, number)]
    if grid.head:
        paths = _drawn_heads(layout, grid.head)
        if len(paths) == len(leaves):
            leaves = [replace(leaf, heads=path) for leaf, path in zip(leaves, paths, strict=True)]
    if grid.numbering and grid.numbering.rows:
        leaves = [Leaf(grid.numbering.rows, (pattern(grid.numbering.rows, layout),)), *leaves]
    return ExpectedGrid(grid, tuple(leaves), {})


def _leaves(layout: Layout, grid: Grid, side: Side, number: int) -> Iterator[Leaf]:
    heads = (pattern(side.head, layout),) if side.head else ()
    for leaf in _below(layout, grid, side.columns, Leaf(side.name, heads)):
        yield replace(leaf, side=number)


def _below(layout: Layout, grid: Grid, columns: Sequence[Column], above: Leaf) -> Iterator[Leaf]:
    """The columns that print cells, below what stands `above`."""
    for column in columns:
        name = f"{above.id}/{column.name}" if above.id else column.name
        here = Leaf(name, (*above.heads, pattern(column.head, layout)), column)
        if inner := grid.below(column):
            yield from _below(layout, grid, inner, here)
        else:
            yield here


def _drawn_heads(layout: Layout, head: Sequence[Sequence[Template]]) -> list[tuple[Pattern, ...]]:
    """The drawn heads over each column."""
    extents = spans([[cell.source for cell in row] for row in head])
    return [
        tuple(pattern(head[y][x], layout) for (y, x), (_, columns) in sorted(extents.items()) if x <= at < x + columns)
        for at in range(len(head[0]))
    ]
