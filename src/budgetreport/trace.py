"""What stands behind a printed number: the ledger lines of a cell, or of the figures of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgetreport.facts import Facts, Record
from budgetreport.ledger import SCALE, Book, Dimensions, Filter, Line, Origin, Stated, Sum
from budgetreport.money import Amount, NumberFormat
from budgetreport.numerals import without_number
from budgetreport.problems import FilePlace, nearest
from budgetreport.report import Cell, Grid, Paragraph, Report, Row, Table


@dataclass(frozen=True, slots=True)
class Traced:
    """One line or fact behind a number: where it was stated, its value as stated, and what it is.

    `sign` is -1 for what was taken away (last year's lines behind a change).
    """

    where: FilePlace
    value: str
    what: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed number or text with everything that stands behind it, and the filters it sums over."""

    text: str
    conditions: tuple[str, ...]
    lines: tuple[Traced, ...]


class UntraceableError(Exception):
    """There is no such table, row, column or sentence; `fix` proposes the nearest."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Tracer:
    """Follows origins of a report back to the facts."""

    report: Report
    facts: Facts
    books: Mapping[str, Book]
    dimensions: Dimensions
    format: NumberFormat

    def cell(self, table: str, row: str, column: str) -> Finding:
        """What stands behind a cell. TABLE: id, sheet or title; ROW: 序号, code or label; COLUMN: 栏次 or heading."""
        found = _named_table(self.report, table)
        cell = _cell(found, row, column)
        return self._finding(cell.text, cell.origin)

    def text(self, wanted: str) -> list[Finding]:
        """What stands behind each figure of the sentences that contain the words."""
        bare = _bare(wanted)
        paragraphs = [p for p in _paragraphs(self.report) if bare and bare in _bare(p.text)]
        if not paragraphs:
            raise UntraceableError(f"文件中没有“{wanted}”这段文字", "照打印的原样抄一段，不必是整句")
        return [
            self._finding(p.text[f.start : f.end], f.origin)
            for p in paragraphs
            for f in p.figures
            if _overlaps(p.text, f.start, f.end, bare)
        ]

    def _finding(self, text: str, origin: tuple[Origin, ...]) -> Finding:
        sums = [o for o in origin if isinstance(o, Sum)]
        conditions = tuple(("减：" if o.sign < 0 else "") + described(o.where, self.dimensions) for o in sums)
        lines = [traced for o in origin for traced in self._lines(o)]
        return Finding(text, conditions, tuple(lines))

    def _lines(self, origin: Origin) -> Iterator[Traced]:
        if isinstance(origin, Stated):
            yield Traced(self.facts.locate(origin.path), self._stated(origin), "直接填报")
            return
        book = self.books[origin.book]
        for line in book.matching(origin.where):
            if origin.of in line.measures:
                place = self.facts.locate((*line.path, origin.of))
                yield Traced(place, self._measure(book, line, origin.of), self._said(line), origin.sign)

    def _measure(self, book: Book, line: Line, of: str) -> str:
        if book.kind.get(of) == "number":
            return f"{Decimal(line.measures[of]) / SCALE:f}"
        return self.format.text(line.measures[of]) + self.format.unit

    def _stated(self, origin: Stated) -> str:
        value: object = self.facts.root
        for key in origin.path:
            value = value[key] if isinstance(value, Record | tuple) else None  # type: ignore[index]  # keys fit what intake built
        return self.format.text(value) + self.format.unit if isinstance(value, Amount) else str(value)

    def _said(self, line: Line) -> str:
        names = [
            self.dimensions[key].name(value)
            for key, value in line.coordinates.items()
            if key in self.dimensions
            and value
            and value not in (self.dimensions[key].default, self.dimensions[key].assume)
        ]
        return "，".join(names)


def described(where: Filter, dimensions: Dimensions) -> str:
    """A filter in a clerk's words."""
    said = []
    for key, choice in where.choices:
        d = dimensions[key]
        if choice.include is not None:
            said.append(f"{d.title}为{'、'.join(d.name(v) if v else '未填' for v in choice.include) or '（无）'}")
        if choice.exclude:
            said.append(f"{d.title}不为{'、'.join(d.name(v) for v in choice.exclude)}")
    said += [f"不含（{described(less, dimensions)}）" for less in where.less]
    return "，".join(said) or "全部"


def _bare(text: str) -> str:
    return "".join(text.split())


def _overlaps(text: str, start: int, end: int, bare: str) -> bool:
    """Whether the figure at start to end lies in the words that were asked for."""
    at = len(_bare(text[:start]))
    until = at + len(_bare(text[start:end]))
    whole = _bare(text)
    found = whole.find(bare)
    while found >= 0:
        if at < found + len(bare) and until > found:
            return True
        found = whole.find(bare, found + 1)
    return False


def _paragraphs(report: Report) -> Iterator[Paragraph]:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            yield from block.notes


def _named_table(report: Report, name: str) -> Table:
    tables = list(report.tables())
    wanted = _bare(name)
    for names in ([t.id for t in tables], [t.sheet for t in tables], [t.title for t in tables]):
        found = [t for t, n in zip(tables, names, strict=True) if _bare(n) == wanted]
        if len(found) == 1:
            return found[0]
    ends = [t for t in tables if wanted and wanted in _bare(t.title)]
    if len(ends) == 1:
        return ends[0]
    raise UntraceableError(
        f"没有表“{name}”" if not ends else f"不止一张表叫“{name}”", _proposal(name, [t.id for t in tables])
    )


def _proposal(word: str, known: Iterable[str]) -> str:
    names = list(dict.fromkeys(k for k in known if k))
    near = nearest(word, names)
    return f"是不是“{near}”？" if near else f"可用的是：{'、'.join(names[:40])}"


def _cell(table: Table, row: str, column: str) -> Cell:
    rows: list[str] = []
    columns: list[str] = []
    for grid in table.grids:
        found = _drawn(grid, row, column) if not grid.head else _ruled(grid, row, column)
        if found is not None:
            return found
        rows += [_bare(c.text) for r in grid.body for c in r.cells if c and c.header == "row"] if grid.head else []
        columns += [c.id for c in grid.columns if grid.head]
    known_row = _bare(row) in {_bare(r) for r in rows} or row.isdecimal()
    what = f"《{table.title}》中没有“{column}”栏" if known_row else f"《{table.title}》中没有“{row}”行"
    raise UntraceableError(what, _proposal(column, columns) if known_row else _proposal(row, rows))


def _ruled(grid: Grid, row: str, column: str) -> Cell | None:
    """A cell by row name and column name; on a two-sided table the column says the side."""
    wanted = _bare(column)
    at = [n for n, c in enumerate(grid.columns) if wanted in (c.id, c.number)]
    at = at or [n for n, c in enumerate(grid.columns) if c.id.endswith(f"/{wanted}")]
    at = at or [n for n, c in enumerate(grid.columns) if _bare(_head_text(grid, n)) == wanted]
    for n in at:
        for candidate in grid.body:
            if row and _is_row(grid, candidate, n, row):
                return _at(grid, candidate, n)
    return None


def _head_text(grid: Grid, at: int) -> str:
    """The lowest head over a column."""
    texts = [cell.text for row in grid.head if row.role == "head" and (cell := row.cells[at])]
    return texts[-1] if texts else ""


def _is_row(grid: Grid, row: Row, at: int, wanted: str) -> bool:
    side = grid.columns[at].side
    names = {row.id_on(side), _bare(row.id_on(side))}
    for n, cell in enumerate(row.cells):
        if cell and cell.text and (grid.columns[n].side == side or n == 0) and not cell.value:
            names |= {_bare(cell.text), without_number(cell.text)}
        if n == 0 and cell and cell.value is not None:
            names.add(cell.text)
    return _bare(wanted) in names


def _at(grid: Grid, row: Row, at: int) -> Cell:
    """The cell at a column, or the one above that spans down to it."""
    number = grid.rows.index(row)
    for up in range(number, -1, -1):
        cell = grid.rows[up].cells[at]
        if cell is not None:
            return cell
    return Cell()


def _drawn(grid: Grid, row: str, column: str) -> Cell | None:
    """In a drawn form a value stands right of its label, or below it."""
    wanted = _bare(column)
    for number, candidate in enumerate(grid.rows):
        texts = [(n, _bare(_at(grid, candidate, n).text)) for n in range(len(candidate.cells))]
        if _bare(row) not in {t for _, t in texts}:
            continue
        label = next((n for n, t in texts if t == wanted), None)
        if label is None:
            continue
        cells = [(n, c) for n, c in enumerate(candidate.cells) if c and n > label]
        if cells and cells[0][1].origin:
            return cells[0][1]
        below = grid.rows[number + 1].cells[label] if number + 1 < len(grid.rows) else None
        return below or (cells[0][1] if cells else None)
    return None
