"""Damaging a Report: what was damaged and where, and hands that change one cell, one text, one block."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from budgetreport.checks.text import Position
from budgetreport.report import Block, Cell, Heading, Paragraph, Report, Row, Table

T = TypeVar("T")
AMOUNT = re.compile(r"-?[0-9][0-9,]*\.[0-9]{2}")


@dataclass(frozen=True)
class Chance:
    """Picks that look random and are the same in every run: by the digest of a seed and the number of the pick."""

    seed: str
    _made: list[int] = field(default_factory=list)

    def pick(self, among: Sequence[T]) -> T:
        self._made.append(0)
        digest = hashlib.sha256(f"{self.seed}/{len(self._made)}".encode()).digest()
        return among[int.from_bytes(digest[:8], "big") % len(among)]


@dataclass(frozen=True)
class Damage:
    """A report with a defect: `was` and `now` for the list of survivors.

    `at`: where it stands in the damaged report, any one will do; a table's block stands for all of the table.
    `names`: words by which a problem tells of what is no longer there.
    """

    report: Report
    was: str
    now: str
    at: tuple[Position, ...] = ()
    names: tuple[str, ...] = ()


Make = Callable[[Report, Chance], Damage | None]


@dataclass(frozen=True)
class Defect:
    """A kind of defect. `groups`: those whose rule a reviewer would quote; the first is the one it is counted for."""

    name: str
    groups: tuple[str, ...]
    make: Make


DEFECTS: list[Defect] = []


def defect(*groups: str) -> Callable[[Make], Make]:
    """Registers an operator under its docstring. It gives None where a report has nothing of the kind."""

    def register(make: Make) -> Make:
        DEFECTS.append(Defect((make.__doc__ or make.__name__).strip().partition("\n")[0].rstrip("."), groups, make))
        return make

    return register


def with_block(report: Report, at: int, *blocks: Block) -> Report:
    """The report with a block replaced by others, or by none."""
    return replace(report, blocks=(*report.blocks[:at], *blocks, *report.blocks[at + 1 :]))


def text_of(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def reworded(report: Report, at: int, text: str) -> Damage:
    """The damage of a paragraph or heading that says something else."""
    block = report.blocks[at]
    assert isinstance(block, Heading | Paragraph)
    made = replace(block, text=text, figures=()) if isinstance(block, Paragraph) else replace(block, text=text)
    return Damage(with_block(report, at, made), block.text, text, (Position(at),))


def paragraphs(report: Report, *sections: str) -> list[int]:
    """The blocks that are paragraphs; of some sections where these are named by their headings' ids."""
    found, section = [], ""
    for n, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            section = block.id
        elif isinstance(block, Paragraph) and (not sections or section in sections):
            found.append(n)
    return found


def spoiled(report: Report, chance: Chance, pattern: str, by: str | Callable[[re.Match[str]], str],
            *sections: str) -> Damage | None:  # fmt: skip
    """The damage of one match of a pattern, or of its group `at`, in the paragraphs of some sections."""
    found = [
        (n, match) for n in paragraphs(report, *sections) for match in re.finditer(pattern, text_of(report.blocks[n]))
    ]
    if not found:
        return None
    at, match = chance.pick(found)
    text = text_of(report.blocks[at])
    said = match.expand(by) if isinstance(by, str) else by(match)
    start, end = match.span("at" if "at" in match.groupdict() else 0)
    return reworded(report, at, text[:start] + said + text[end:])


@dataclass(frozen=True)
class Spot:
    """A cell of a table in a report."""

    block: int
    grid: int
    row: int
    column: int

    @property
    def position(self) -> Position:
        return Position(self.block, self.grid, self.row, self.column)


def tables(report: Report, wanted: Callable[[Table], bool]) -> list[int]:
    return [n for n, block in enumerate(report.blocks) if isinstance(block, Table) and wanted(block)]


def table_at(report: Report, at: int) -> Table:
    block = report.blocks[at]
    assert isinstance(block, Table)
    return block


def spots(report: Report, at: int, *, head: bool = False) -> Iterator[tuple[Spot, Cell]]:
    """The cells of a table's body, or of its head."""
    for g, grid in enumerate(table_at(report, at).grids):
        for y, row in enumerate(grid.rows):
            if (row.role == "head") == head and (row.role == "body") != head:
                for x, cell in enumerate(row.cells):
                    if cell is not None:
                        yield Spot(at, g, y, x), cell


def row_at(report: Report, spot: Spot) -> Row:
    return table_at(report, spot.block).grids[spot.grid].rows[spot.row]


def column_id(report: Report, spot: Spot) -> str:
    return table_at(report, spot.block).grids[spot.grid].columns[spot.column].id


def with_cell(report: Report, spot: Spot, text: str) -> Report:
    """The report with another text in a cell; what it was made of and its value go."""
    row = row_at(report, spot)
    cell = row.cells[spot.column]
    assert cell is not None
    made = replace(cell, text=text, value=None, origin=())
    return with_row(report, spot, replace(row, cells=(*row.cells[: spot.column], made, *row.cells[spot.column + 1 :])))


def with_row(report: Report, spot: Spot, *rows: Row) -> Report:
    """The report with a row replaced by others, or by none."""
    table = table_at(report, spot.block)
    grid = table.grids[spot.grid]
    made = replace(grid, rows=(*grid.rows[: spot.row], *rows, *grid.rows[spot.row + 1 :]))
    grids = (*table.grids[: spot.grid], made, *table.grids[spot.grid + 1 :])
    return with_block(report, spot.block, replace(table, grids=grids))


def altered(report: Report, spot: Spot, text: str) -> Damage:
    """The damage of a cell that says something else."""
    cell = row_at(report, spot).cells[spot.column]
    assert cell is not None
    return Damage(with_cell(report, spot, text), cell.text, text, (spot.position,))


def off(amount: str, chance: Chance) -> str:
    """The amount with one digit changed."""
    at = chance.pick([n for n, char in enumerate(amount) if char.isdigit()])
    return amount[:at] + chance.pick([d for d in "123456789" if d != amount[at]]) + amount[at + 1 :]
