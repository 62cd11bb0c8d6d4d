"""The example's report as rules judge it, with cells, notes and blocks altered as somebody's slip would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from budgetreport.checks import Document, Judge, Stating
from budgetreport.facts import Facts
from budgetreport.layout import Layout
from budgetreport.problems import Problem
from budgetreport.report import Block, Cell, Grid, Report, Row, Table
from tests.making import Change, composed, example, facts, hebei

Cells = Mapping[tuple[str, str, str], str]
"""New texts by table, row's id (or code) and column (or a unique end of its id)."""


@cache
def layout() -> Layout:
    return hebei()


@cache
def original() -> Report:
    return composed(example(), layout())[0]


@cache
def stated() -> Facts:
    return facts(example(), layout())


def with_cells(cells: Cells, report: Report | None = None) -> Report:
    """The report with cells printing something else."""
    blocks = list((report or original()).blocks)
    for (name, row, column), text in cells.items():
        at = next(n for n, b in enumerate(blocks) if isinstance(b, Table) and b.id == name)
        blocks[at] = _with_cell(blocks[at], row, column, text)
    return replace(report or original(), blocks=tuple(blocks))


def _with_cell(table: Block, row: str, column: str, text: str) -> Table:
    assert isinstance(table, Table)
    for g, grid in enumerate(table.grids):
        for y, x in _found(grid, row, column):
            cells = list(grid.rows[y].cells)
            cells[x] = replace(cells[x] or Cell(), text=text)
            rows = (*grid.rows[:y], replace(grid.rows[y], cells=tuple(cells)), *grid.rows[y + 1 :])
            return replace(table, grids=(*table.grids[:g], replace(grid, rows=rows), *table.grids[g + 1 :]))
    raise KeyError((table.id, row, column))


def _found(grid: Grid, row: str, column: str) -> list[tuple[int, int]]:
    at = [n for n, c in enumerate(grid.columns) if f"/{c.id}".endswith(f"/{column}")]
    return [
        (y, x) for y, r in enumerate(grid.rows) for x in at if r.role == "body" and r.id_on(grid.columns[x].side) == row
    ]


def with_table(name: str, change: Callable[[Table], Table | None], report: Report | None = None) -> Report:
    """The report with a table changed, or gone."""
    blocks: list[Block] = []
    for block in (report or original()).blocks:
        new = change(block) if isinstance(block, Table) and block.id == name else block
        blocks += [new] if new is not None else []
    return replace(report or original(), blocks=tuple(blocks))


def with_rows(name: str, change: Callable[[list[Row]], list[Row]], report: Report | None = None) -> Report:
    """The report with the rows of a table's grid changed."""

    def changed(table: Table) -> Table:
        (grid,) = table.grids
        return replace(table, grids=(replace(grid, rows=tuple(change(list(grid.rows)))),))

    return with_table(name, changed, report)


def with_blocks(change: Callable[[list[Block]], list[Block]], report: Report | None = None) -> Report:
    """The report with its blocks changed."""
    made = report or original()
    return replace(made, blocks=tuple(change(list(made.blocks))))


def judged(report: Report, *, exact: bool = True) -> tuple[Problem, ...]:
    """What is found in a report that somebody else made: no facts are known."""
    document = Document(report, lambda _position, _words: None)
    return Judge(document, layout(), exact=exact).check().problems


def judged_input(change: Change | None = None) -> tuple[Problem, ...]:
    """What is found in the report of the example input, changed."""
    said = facts(example(change), layout())
    report, _ = composed(example(change), layout())
    return Judge(Document(report, Stating(report, said)), layout(), said).check().problems


def title(table: str) -> str:
    """A table's title as printed."""
    return next(t.title for t in original().tables() if t.id == table)


def of(rule: str, problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems of a rule."""
    return [problem for problem in problems if problem.rule == rule]


def said(rule: str, problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Where a rule found something, and what it is about."""
    return [(str(problem.where), problem.text) for problem in of(rule, problems)]
