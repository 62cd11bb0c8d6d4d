"""A found document named by a layout: a Report with the layout's ids, and where each part of it stands in the file.

What the layout does not know stays in the Report under its own words; no document is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from budgetreport.layout.model import Form, Layout
from budgetreport.problems import SheetPlace
from budgetreport.read.expected import Expected, ExpectedTable, expected
from budgetreport.read.found import FoundDocument, FoundGrid, FoundText, Where
from budgetreport.read.front import Front, front
from budgetreport.read.grids import grid_of
from budgetreport.read.lattice import Rows
from budgetreport.read.pattern import numbered_level
from budgetreport.read.split import split
from budgetreport.read.stands import Stand, stands
from budgetreport.report import LINES, Block, Heading, Paragraph, Report, Table
from budgetreport.wording import bare

Address = tuple[int, ...]
"""(block,), (block, grid, row, column) or (block, LINES, line, 0): numbers from 0, rows counted with the head."""


@dataclass(frozen=True)
class Places:
    """Where a report's blocks, cells and lines stand in the file.

    Lines are those of a cover, a contents' entries, a table's captions and after them its notes; their `grid`
    is LINES, their number the row.
    """

    _of: dict[Address, Where] = field(default_factory=dict)

    def place(self, block: int, grid: int = -1, row: int = -1, column: int = -1) -> Where | None:
        """The place of a cell or line, or of its block where it is not known."""
        return self._of.get((block, grid, row, column)) or self._of.get((block,))


@dataclass(frozen=True)
class Known:
    """A table of the layout that was recognised: its id, its title as found, where it begins."""

    id: str
    title: str
    place: Where


@dataclass(frozen=True)
class Unknown:
    """A grid that the layout does not know, by its title or its first words."""

    title: str
    place: Where


@dataclass(frozen=True)
class Reading:
    """A document read under a layout. `missing`: the layout's tables and forms that were not found."""

    report: Report
    places: Places
    recognised: tuple[Known, ...]
    missing: tuple[str, ...]
    unrecognised: tuple[Unknown, ...]


def named(document: FoundDocument, layout: Layout) -> Reading:
    """The document as the layout names it."""
    return _Naming(document, expected(layout)).reading()


def which_layout(document: FoundDocument, layouts: Sequence[Layout]) -> Layout:
    """The layout that recognises most of the document, tables before headings; of equals the first."""

    def recognised(layout: Layout) -> tuple[float, int]:
        naming = _Naming(document, expected(layout))
        return round(sum(stand.score for stand in naming.stands), 6), naming.headings

    return max(layouts, key=recognised)


@dataclass
class _Made:
    """A block of the report with the places of its cells."""

    block: Block
    place: Where
    cells: dict[Address, Where] = field(default_factory=dict)


class _Naming:
    def __init__(self, document: FoundDocument, known: Expected) -> None:
        self.document, self.known = document, known
        self.front: Front = front(document, known)
        self.stands = stands(document, known, self.front.taken)
        self._counts: Counter[str] = Counter()
        texts = [block.text for block in document.blocks if isinstance(block, FoundText)]
        self.headings = sum(self._heading(text) is not None for text in texts)

    def reading(self) -> Reading:
        """The report and what was recognised."""
        made = _in_the_text(list(self._made()), self.known)
        places: dict[Address, Where] = {}
        for number, one in enumerate(made):
            places[(number,)] = one.place
            places |= {(number, *address): where for address, where in one.cells.items()}
        properties = dict(self.document.properties)
        report = Report(
            tuple(one.block for one in made),
            title=properties.get("title", ""),
            author=properties.get("author", ""),
            subject=properties.get("subject", ""),
            prose_sheet=self.known.layout.workbook.get("prose", ""),
            contents_sheet=self.known.layout.workbook.get("contents", ""),
        )
        tables = [(one.block, one.place) for one in made if isinstance(one.block, Table)]
        found = {stand.table.id for stand in self.stands if stand.table}
        return Reading(
            report,
            Places(places),
            tuple(Known(table.id, table.title, place) for table, place in tables if table.id),
            tuple(table.id for table in self.known.tables if table.id not in found),
            tuple(Unknown(table.called, place) for table, place in tables if not table.id),
        )

    def _made(self) -> Iterator[_Made]:
        """The blocks in the file's order."""
        used = {n for stand in self.stands for n in (*stand.texts, *stand.grids)}
        begins = {stand.first: stand for stand in self.stands}
        for number, block in enumerate(self.document.blocks):
            if number == self.front.cover_at and self.front.cover:
                yield _Made(self.front.cover, block.place, _lines(self.front.cover_places))
            if number == self.front.contents_at and self.front.contents:
                yield _Made(self.front.contents, block.place, _lines(self.front.entry_places))
            if number in begins:
                yield self._table(begins[number])
            elif isinstance(block, FoundText) and number not in used and number not in self.front.taken:
                yield _Made(self._text(block), block.place)

    def _text(self, text: FoundText) -> Block:
        """A heading where the layout has one like it, else a paragraph; without any of the layout's, by its number."""
        heading = self._heading(text.text)
        if heading is not None:
            return heading
        if not self.headings and (level := numbered_level(text.text)):
            return Heading(level, text.text, text.text)
        role = next((r for p, r in self.known.said if p.says_much and p.matches(text.text)), "body")
        return Paragraph(text.text, role)

    def _heading(self, text: str) -> Heading | None:
        headings = self.known.headings
        known = next((h for h in headings if h.matches(text)), None)
        known = known or next((h for h in headings if h.lacks_its_number(text)), None)
        return Heading(known.level, text, known.id or text) if known else None

    def _table(self, stand: Stand) -> _Made:
        known = stand.table
        said = {n: text.text for n in stand.texts if isinstance(text := self.document.blocks[n], FoundText)}
        form = known.definition if known and isinstance(known.definition, Form) else None
        found = [grid for n in stand.grids if isinstance(grid := self.document.blocks[n], FoundGrid)]
        pieces = split([grid.rows for grid in found], known.grids if known else ())
        grids = [grid_of(rows, one, self.known.layout, form) for rows, one in pieces]
        place = self.document.blocks[stand.grids[0]].place
        name = self._id(known)
        table = Table(
            id=name,
            title=said.get(stand.title, ""),
            sheet=place.sheet if isinstance(place, SheetPlace) else name,
            grids=tuple(grids),
            level=known.level if known else 0,
            caption=tuple(said[n] for n in stand.captions),
            notes=tuple(Paragraph(said[n], "note") for n in stand.notes),
            page=known.definition.page if known else "auto",
            form=form is not None,
            font=known.definition.font if known else "table",
        )
        lines = _lines(self.document.blocks[n].place for n in (*stand.captions, *stand.notes))
        return _Made(table, self.document.blocks[stand.first].place, lines | _cells([rows for rows, _ in pieces]))

    def _id(self, known: ExpectedTable | None) -> str:
        if known is None:
            return ""
        self._counts[known.id] += 1
        return f"{known.id}/{self._counts[known.id]}" if known.many else known.id


def _lines(places: Iterable[Where]) -> dict[Address, Where]:
    return {(LINES, n, 0): place for n, place in enumerate(places)}


def _cells(grids: Sequence[Rows]) -> dict[Address, Where]:
    return {
        (g, y, x): cell.place
        for g, rows in enumerate(grids)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell is not None
    }


def _in_the_text(made: list[_Made], known: Expected) -> list[_Made]:
    """Tables that have sheets of their own put where the text names them: a workbook's prose has their titles."""
    own = [n for n, one in enumerate(made) if isinstance(one.block, Table) and isinstance(one.place, SheetPlace)]
    moved: dict[int, int] = {}
    for exact in (True, False):
        for at, one in enumerate(made):
            if isinstance(one.block, Paragraph) and at not in moved:
                free = (n for n in own if n not in moved.values() and _names(one, made[n], known, exact=exact))
                table = next(free, None)
                if table is not None:
                    moved[at] = table
    gone = set(moved.values())
    return [made[moved[n]] if n in moved else one for n, one in enumerate(made) if n not in gone]


def _names(text: _Made, table: _Made, known: Expected, *, exact: bool) -> bool:
    """Whether a paragraph on another sheet is a table's title, or could be."""
    if not isinstance(table.block, Table) or not isinstance(text.block, Paragraph):
        return False
    if (
        not isinstance(text.place, SheetPlace)
        or not isinstance(table.place, SheetPlace)
        or text.place.sheet == table.place.sheet
    ):
        return False
    if exact:
        return bare(text.block.text) in (bare(table.block.title), bare(table.block.sheet))
    base = table.block.id.partition("/")[0]
    titles = (t.title for t in known.tables if t.id == base)
    return any(title.says_much and title.matches(text.block.text) for title in titles)
