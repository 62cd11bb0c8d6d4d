"""Report: the one exchange model. Writers print it, readers read it back, checks judge it.

A report is a sequence of blocks in reading order. Everything printed is settled here: texts,
numbers, spans, alignment. Positions and fonts are not: they belong to typesetting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgetreport.ledger import Origin
from budgetreport.problems import TablePlace, TextPlace


class Kind(StrEnum):
    """What a cell holds; decides alignment, and the cell type in a workbook."""

    TEXT = "text"
    CODE = "code"
    AMOUNT = "amount"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"

    @property
    def is_firm(self) -> bool:
        """Whether it never wraps: all but words."""
        return self is not Kind.TEXT

    @property
    def is_counted(self) -> bool:
        """Whether it stands on the decimal point where it is set right."""
        return self is Kind.AMOUNT or self is Kind.NUMBER or self is Kind.PERCENT


def mostly(kinds: Sequence[Kind]) -> Kind:
    """What a column mostly holds, by its filled cells; words where none is."""
    return max(set(kinds), key=lambda kind: (kinds.count(kind), kind)) if kinds else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, standing at the upper left of its span.

    `text` is exactly what is printed (a line feed breaks the line); `value` the printed number where the cell
    is one, None where it is text or blank; `rows` and `columns` the span; `indent` in characters;
    `header` '' for data, 'column' or 'row' for a header of that scope; `origin` what it was made of.
    """

    text: str = ""
    kind: Kind = Kind.TEXT
    value: Decimal | None = None
    rows: int = 1
    columns: int = 1
    indent: int = 0
    align: str = "left"  # left, center, right
    header: str = ""
    origin: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: one entry a column, None where a span from the left or from above covers it.

    `id` names the row for `trace` and checks; `role` is head, numbering (the 栏次 row) or body;
    `total` marks 合计 rows, which never stand alone on a page; `ids` names it on each side of a table
    that has several.
    """

    id: str
    cells: tuple[Cell | None, ...]
    role: str = "body"
    total: bool = False
    ids: tuple[str, ...] = ()

    def id_on(self, side: int) -> str:
        """The row's name on a side."""
        return self.ids[side] if side < len(self.ids) else self.id


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column. `id` is its path of heads (收入/预算数); `number` its 栏次, '' without one.

    `width`: a hint in characters (0: by content); `kind`: what its body cells mostly hold; `side`: which
    side of a table with several it is on; `level`: of columns that share a code, the level whose digits this one adds.
    """

    id: str
    kind: Kind = Kind.TEXT
    number: str = ""
    width: float = 0
    side: int = 0
    level: str = ""


def columns_called(ids: Sequence[str], name: str) -> list[int]:
    """The positions of the columns of that id; where none bears it, of those whose path ends so (收入/预算数)."""
    exact = [n for n, one in enumerate(ids) if one == name]
    return exact or [n for n, one in enumerate(ids) if one.endswith(f"/{name}")]


At = tuple[int, int]
"""A place in a grid: row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table body. Rows of role head and numbering come first and repeat on each page."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def head(self) -> tuple[Row, ...]:
        """The rows repeated on each page: heads and the 栏次 row."""
        return tuple(row for row in self.rows if row.role != "body")

    @property
    def body(self) -> tuple[Row, ...]:
        """The rows below the head."""
        return tuple(row for row in self.rows if row.role == "body")

    def covering(self) -> dict[At, tuple[int, int, Cell]]:
        """Of each place the cell that stands there or spans it, with where that begins; a blank one where none does."""
        found: dict[At, tuple[int, int, Cell]] = {}
        for y, row in enumerate(self.rows):
            for x, cell in enumerate(row.cells):
                if cell is None:
                    found.setdefault((y, x), (y, x, Cell()))
                    continue
                for dy in range(cell.rows):
                    found.update({(y + dy, x + dx): (y, x, cell) for dx in range(cell.columns)})
        return found


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number inside a text: characters start to end (exclusive) and what it was made of."""

    start: int
    end: int
    origin: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, and a bookmark; level 1 is the highest."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document's structure; level 1 is the highest.

    `entries`: what the contents call it, after what they say over it; nothing: its own text.
    """

    level: int
    text: str
    id: str
    entries: tuple[Entry, ...] = ()

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Its lines of the contents."""
        return self.entries or (Entry(self.text, self.level),)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `role` names its style (body, title, note, label, …) in the layout's style.yaml."""

    text: str
    role: str = "body"
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table or form, with the line above it and the notes below it.

    `level` is the title's heading level, 0 where the title is no heading; `entries` as of a heading;
    `caption` up to three texts over the grid, set left, centre, right (one alone: right; two: left
    and right); `grids`: one for a table, several stacked for a form; `page`: portrait, landscape or
    auto; `sheet`: its workbook sheet's name, unique in the report; `font`: a role of style.yaml.
    """

    id: str
    title: str
    sheet: str
    grids: tuple[Grid, ...]
    level: int = 0
    caption: tuple[str, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    page: str = "auto"
    form: bool = False
    font: str = "table"
    entries: tuple[Entry, ...] = ()

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Its lines of the contents, none where its title is no heading."""
        return self.entries or ((Entry(self.title, self.level),) if self.level else ())

    @property
    def called(self) -> str:
        """What a reader calls it: its title; of a table that was read and has none the first words in it."""
        cells = (cell for grid in self.grids for row in grid.rows for cell in row.cells)
        return self.title or next((cell.text.strip() for cell in cells if cell and cell.text.strip()), "")


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page's lines, from top to bottom."""

    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page stands here and lists headings and tables; `entries` are those read in a file."""

    title: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A printed sum that balanced rounding took off its nearest value, all three as the place prints amounts."""

    where: TablePlace | TextPlace
    exact: str
    nearest: str
    printed: str

    def as_json(self) -> dict[str, object]:
        """One entry of `rounding` in the JSON envelope."""
        said = {"exact": self.exact, "nearest": self.nearest, "printed": self.printed}
        return {"where": self.where.as_json(), **said}


Block = Heading | Paragraph | Table | Cover | Contents
LINES = -2
"""Where a number of a grid is asked for: the block's lines that stand in none (captions and notes, a cover's lines)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document. `properties`: 题名 title, 单位 author, 主题 subject for both files; `language` BCP 47.

    `adjusted`: sums that balanced rounding took off their nearest value.
    """

    blocks: tuple[Block, ...]
    title: str
    author: str = ""
    subject: str = ""
    prose_sheet: str = ""
    contents_sheet: str = ""
    language: str = "zh-CN"
    adjusted: tuple[Adjusted, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Tables and forms in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def places(self) -> Iterator[tuple[int, Block, TextPlace]]:
        """Each block by its number, with its place in the text; what is no paragraph stands at its section."""
        section, paragraphs = "", 0
        for number, block in enumerate(self.blocks):
            if isinstance(block, Heading):
                section, paragraphs = block.text, 0
            is_paragraph = isinstance(block, Paragraph)
            paragraphs += is_paragraph
            yield number, block, TextPlace(section, paragraphs if is_paragraph else 0)
