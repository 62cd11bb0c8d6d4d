"""What a reader sees in a file before any layout names it: texts and ruled grids in reading order.

PDF and XLSX readers both give this; `naming` makes a Report of it. Nothing here comes from tags,
attachments or document structure: only drawn lines, positioned text, cells.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetreport.problems import PagePlace, SheetPlace

Where = PagePlace | SheetPlace


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text that stands by itself: a title, a heading, a paragraph (lines joined), a caption, a note.

    `size` in pt and `font` as the file names it (without subset prefix), 0 and '' where unknown; `align`:
    left, center, right of the text area; `indented`: the first line stands further in than the others would.
    """

    text: str
    place: Where
    size: float = 0
    font: str = ""
    align: str = "left"
    indented: bool = False


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell at the upper left of its span. `number`: a workbook's cell holds a number, not a text."""

    text: str
    place: Where
    rows: int = 1
    columns: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A ruled grid, parts on following pages joined, repeated heads left out; None where a span covers."""

    rows: tuple[tuple[FoundCell | None, ...], ...]
    place: Where


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A file as read. `properties`: its document properties by name (title, author, …), as they stand.

    `unseen`: what is written on its visible sheets and yet cannot be seen, in words, and where it begins.
    """

    file: str
    blocks: tuple[FoundText | FoundGrid, ...]
    pages: int = 0
    properties: tuple[tuple[str, str], ...] = ()
    blank_pages: tuple[int, ...] = ()
    unseen: tuple[tuple[Where, str], ...] = ()
