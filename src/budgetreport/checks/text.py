"""A text as rules see it: its words, and where it stands in the report and in the file at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from budgetreport.checks.number import Spot
from budgetreport.numerals import without_number
from budgetreport.problems import Place

if TYPE_CHECKING:  # a text knows the document that it stands in
    from budgetreport.checks.document import Document


@dataclass(frozen=True, slots=True)
class Position:
    """A block of the report, and the cell in it where it is a table: grid, row and column from 0."""

    block: int
    grid: int = 0
    row: int = -1
    column: int = -1


Locate = Callable[[Position, str], Place | None]
"""Where something stands in the file at hand: its position, and the words there that a finding is about."""


@dataclass(frozen=True, eq=False)
class Text:
    """A text of the document. `kind`: cover, heading, paragraph, title, caption, note, head or cell.

    `section` is the heading it stands under; `role` a paragraph's; `level` a heading's.
    """

    text: str
    kind: str
    standing: Place | Callable[[], Place]
    position: Position
    document: Document
    section: str = ""
    role: str = ""
    level: int = 0

    @cached_property
    def place(self) -> Place:
        """Where it stands, as a reader names it."""
        return self.standing() if callable(self.standing) else self.standing

    @property
    def bare(self) -> str:
        """Its words without number and spaces."""
        return without_number(self.text)

    @property
    def following(self) -> Text | None:
        """In a heading, paragraph or title: the next of these, None at the end."""
        return self.document.after(self)

    @property
    def together(self) -> list[Text]:
        """The texts of its block: of the whole table that it stands in."""
        return [*self.document.block(self.position.block)]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its place."""
        return (self.spot(self.text),)

    def spot(self, words: str) -> Spot:
        """Its place, about some of its words."""
        return Spot(lambda: self.place, lambda: self.document.stated(self.position, words), words)

    def __str__(self) -> str:
        return self.text
