"""How the grids of a table are set at one size: fonts, leading, ruling, all in pt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetreport.style import POINTS, SMALLEST, Role, Ruling
from budgetreport.typeset.measure import Measure


@dataclass(frozen=True, slots=True)
class Type:
    """Text of a role at a size (pt) with its leading (pt)."""

    measure: Measure
    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Look:
    """Types of body and head, and the ruling.

    `pad` and `pad_y` the white inside a cell, `row` and `least_row` row heights,
    `gap` between stacked grids, `widest` what a table is stretched to (0: all the room).
    """

    body: Type
    head: Type
    rule: float
    pad: float
    pad_y: float
    row: float
    least_row: float
    gap: float
    widest: float

    @property
    def white(self) -> float:
        """What a column needs beside its text."""
        return 2 * self.pad + self.rule


def looks(body: Role, head: Role, measures: tuple[Measure, Measure], ruling: Ruling) -> Iterator[Look]:
    """The role's own size and its smaller ones, largest first; a shorter list of sizes repeats its last."""
    sizes = [size for size in (body.size, *body.smaller) if size >= SMALLEST]
    heads = [size for size in (head.size, *head.smaller) if size >= SMALLEST]
    for number, size in enumerate(sizes):
        head_size = heads[min(number, len(heads) - 1)]
        yield Look(
            Type(measures[0], size, body.leading * size / body.size),
            Type(measures[1], head_size, head.leading * head_size / head.size),
            ruling.rule,
            ruling.pad * POINTS,
            ruling.pad_y * POINTS,
            ruling.row * POINTS,
            min(ruling.row, ruling.row_least * size / body.size) * POINTS,
            ruling.gap * POINTS,
            ruling.widest * POINTS,
        )
