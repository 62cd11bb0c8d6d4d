"""The sheet model: what stands in each cell of a workbook, and how it looks; nothing of openpyxl.

Rows and columns count from 1. Widths in Excel's units (half a Chinese character of the Normal font,
宋体 11), heights in pt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from budgetreport.typeset.fonts import MissingGlyphError

TALLEST = 409.0
"""Excel shows no row taller than this (pt); what needs more is merged from several rows."""
LONGEST = 32_767
"""Characters that a cell can hold."""
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no cell can hold."""

Content = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. Equal looks are one style in the workbook.

    `top`: set at the top of the cell, not in its middle; `literal`: text that a spreadsheet would take
    for a formula when somebody edits it; `shrunk`: made small enough for its line instead of wrapped.
    """

    font: str
    size: float
    align: str = "left"
    top: bool = False
    indent: int = 0
    format: str = "General"
    ruled: bool = False
    link: bool = False
    literal: bool = False
    shrunk: bool = False


class Outward(NamedTuple):
    """A cell that leads to a place in another workbook: its row and column, the file as a relative path, the place."""

    row: int
    column: int
    file: str
    place: str


class Entry(NamedTuple):
    """A cell, or the merge of `rows` × `columns` cells from it on. `link` names a sheet."""

    row: int
    column: int
    rows: int
    columns: int
    content: Content
    look: Look
    link: str = ""


@dataclass(slots=True)
class Sheet:
    """A sheet that grows from top to bottom.

    `name` as in the workbook; `widths` of its columns; `heights` of the rows so far; `repeated`: how many of the
    first rows stand on each printed page; `together`: first and last row of what one printed page holds; `frozen`:
    rows and columns that stay in sight; `filtered`: the row with the filter's buttons, 0 without; `outward`: links to
    other workbooks. `corners` and `lines` tell where things ended up: of each grid the first sheet row of each row
    and column of each column, of each block of the narrative its row.
    """

    name: str
    widths: tuple[float, ...]
    landscape: bool = False
    gridlines: bool = True
    entries: list[Entry] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    repeated: int = 0
    frozen: tuple[int, int] = (0, 0)
    filtered: int = 0
    outward: list[Outward] = field(default_factory=list)
    corners: dict[int, tuple[Sequence[int], Sequence[int]]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    together: list[tuple[int, int]] = field(default_factory=list)

    def add_rows(self, heights: Iterable[float]) -> list[int]:
        """Append rows and return their bounds: row i of `heights` has the sheet rows bounds[i] to bounds[i+1] - 1."""
        bounds = [len(self.heights) + 1]
        for height in heights:
            pieces = max(1, -int(-height // TALLEST))
            self.heights.extend([round(height / pieces, 2)] * pieces)
            bounds.append(bounds[-1] + pieces)
        return bounds

    def put(
        self, rows: tuple[int, int], columns: tuple[int, int], content: Content, look: Look, link: str = ""
    ) -> None:
        """Put content into the cells from the first to before the second row and column.

        MissingGlyphError: a control character, which no workbook can hold. ValueError: more text than a cell holds.
        """
        if isinstance(content, str):
            _refuse(content, self.name)
            if content.startswith(("=", "+", "-", "@", "\t")):
                look = replace(look, literal=True)
        (top, below), (left, right) = rows, columns
        self.entries.append(Entry(top, left, below - top, right - left, content, look, link))

    def add_line(self, texts: Sequence[tuple[tuple[int, int], str, Look]], height: float, link: str = "") -> None:
        """Append one row of texts, each over a range of columns."""
        top, below = self.add_rows([height])
        for columns, text, look in texts:
            self.put((top, below), columns, text, look, link)


def _refuse(text: str, sheet: str) -> None:
    if len(text) > LONGEST:
        raise ValueError(f"工作表“{sheet}”：一个单元格最多{LONGEST}个字符，“{text[:20]}…”有{len(text)}个")
    if found := ILLEGAL.search(text):
        raise MissingGlyphError(found[0])
