"""A page while it fills from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from budgetreport.style import POINTS, Margins
from budgetreport.typeset.lines import Line
from budgetreport.typeset.measure import Measure
from budgetreport.typeset.page import Link, Rule, Run

_TOUCH = 0.01


class Sheet:
    """An A4 page of a kind (text, portrait, landscape, cover): its type area in pt, and what stands on it.

    `y` is where the next thing goes, upwards from the foot; `numbered`: the page counts and shows its number.
    """

    def __init__(self, kind: str, margins: Margins, *, numbered: bool = True) -> None:
        self.kind = kind
        self.numbered = numbered
        self.width, self.height = (side * POINTS for side in margins.paper)
        self.left, self.right = margins.left * POINTS, self.width - margins.right * POINTS
        self.bottom, self.top = margins.bottom * POINTS, self.height - margins.top * POINTS
        self.y = self.top
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.links: list[Link] = []

    @property
    def room(self) -> float:
        """Width of the type area."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height of the type area."""
        return self.top - self.bottom

    @property
    def rest(self) -> float:
        """Height that is left."""
        return self.y - self.bottom

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on it yet."""
        return self.y > self.top - _TOUCH

    def space(self, height: float) -> None:
        """White, but none at the head of the page."""
        if not self.fresh:
            self.y -= height

    def put(  # noqa: PLR0913 - lines, their type and their place
        self,
        lines: Sequence[Line],
        measure: Measure,
        size: float,
        leading: float,
        element: int,
        *,
        align: str = "left",
        left: float = 0,
        right: float = 0,
        first: float = 0,
    ) -> None:
        """Lines from y downwards, between the edges left and right (0: the type area's); `first` indents one line."""
        left, right = left or self.left, right or self.right
        for number, line in enumerate(lines):
            start = left + (0 if number else first)
            x = aligned(align, start, right, line.width * size)
            self.runs.extend(measure.runs(line, size, x, measure.baseline(self.y, leading, size), element))
            self.y -= leading


def aligned(align: str, left: float, right: float, width: float) -> float:
    """Where something of that width begins between two edges."""
    if align == "center":
        return (left + right - width) / 2
    return right - width if align == "right" else left
