"""Two reports compared whole: tables paired, then their cells; the text sentence by sentence; the contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetreport.compare.aligned import aligned, likeness
from budgetreport.compare.difference import EXTRA, Locate, altered, extra, missing
from budgetreport.compare.tables import table_differences
from budgetreport.compare.texts import sentences, text_differences
from budgetreport.problems import Place, Problem, TablePlace, TextPlace, in_order
from budgetreport.report import LINES, Contents, Heading, Paragraph, Report, Table
from budgetreport.wording import bare

_ENOUGH = 0.5
"""Likeness of titles from which two tables of different names are the same one."""


@dataclass(frozen=True)
class Extent:
    """How much a report holds: tables, cells in them that a span does not cover, sentences outside them."""

    tables: int
    cells: int
    sentences: int


def extent(report: Report) -> Extent:
    """How much a comparison with this report compares."""
    tables = list(report.tables())
    rows = [row for table in tables for grid in table.grids for row in grid.rows]
    cells = sum(cell is not None for row in rows for cell in row.cells)
    return Extent(len(tables), cells, len(sentences(report)))


def differences(expected: Report, found: Report, stated: Locate | None = None) -> tuple[Problem, ...]:
    """What differs, each difference once, in order; white space is not compared.

    `stated`: where a block of `found`, or a cell (block, grid, row, column), stands in its file.
    """
    place: Locate = stated or _nowhere
    lost = _lost(expected, found)
    texts = [p for p in text_differences(expected, found, place) if not (p.rule == EXTRA and bare(p.text) in lost)]
    return in_order([*_tables(expected, found, place), *texts, *_contents(expected, found, place)])


def _lost(expected: Report, found: Report) -> set[str]:
    """Titles of tables that the found report lacks: where its text names them still, that is no second difference."""
    ours = list(expected.tables())
    pairs = _paired(ours, list(found.tables()))
    return {bare(table.title) for number, table in enumerate(ours) if number not in pairs}


def _nowhere(*_address: int) -> Place | None:
    return None


def _tables(expected: Report, found: Report, stated: Locate) -> Iterator[Problem]:
    ours = list(expected.tables())
    theirs = [(n, block) for n, block in enumerate(found.blocks) if isinstance(block, Table)]
    pairs = _paired(ours, [table for _, table in theirs])
    for number, table in enumerate(ours):
        if number in pairs:
            block, other = theirs[pairs[number]]
            yield from table_differences(table, other, block, stated)
        else:
            yield missing(TablePlace(table.title or table.id), table.title or table.id, None, "这张表：")
    for number, (block, table) in enumerate(theirs):
        if number not in pairs.values():
            title = table.title or _first_text(table)
            yield extra(TablePlace(title), title, stated(block), "一张表：")


def _first_text(table: Table) -> str:
    texts = (cell.text for grid in table.grids for row in grid.rows for cell in row.cells if cell and bare(cell.text))
    return next(texts, "")


def _paired(ours: Sequence[Table], theirs: Sequence[Table]) -> dict[int, int]:
    """Tables that are the same one: by title and id, by title, by id, by a title nearly the same."""
    pairs: dict[int, int] = {}

    def pair(same: object) -> None:
        for i, one in enumerate(ours):
            if i not in pairs:
                free = (j for j, other in enumerate(theirs) if j not in pairs.values() and same(one, other))  # type: ignore[operator]
                if (j := next(free, None)) is not None:
                    pairs[i] = j

    pair(lambda one, other: bare(one.title) == bare(other.title) and one.id == other.id)
    pair(lambda one, other: bare(one.title) == bare(other.title))
    pair(lambda one, other: bool(other.id) and one.id == other.id)
    pair(lambda one, other: likeness(bare(one.title), bare(other.title)) >= _ENOUGH)
    return pairs


def _contents(expected: Report, found: Report, stated: Locate) -> Iterator[Problem]:
    """The entries of a contents page that was read, against the headings, or the sheets, that it should list."""
    for block, contents in enumerate(found.blocks):
        if not isinstance(contents, Contents) or not contents.entries:
            continue
        theirs = [bare(entry) for entry in contents.entries]
        ours = max((_outline(expected), _sheets(expected)), key=lambda lines: len({*map(bare, lines)} & {*theirs}))
        for i, j in aligned([bare(line) for line in ours], theirs):
            place = TextPlace(contents.title)
            if i is not None and j is not None:
                if bare(ours[i]) != theirs[j]:
                    yield altered(place, ours[i], contents.entries[j], stated(block, LINES, j, 0))
            elif i is not None:
                yield missing(place, ours[i], stated(block))
            elif j is not None:
                yield extra(place, contents.entries[j], stated(block, LINES, j, 0))


def _outline(report: Report) -> list[str]:
    """Headings, and tables whose titles are headings."""
    lines = []
    for block in report.blocks:
        if isinstance(block, Heading | Table):
            lines += [entry.text for entry in block.listed]
    return lines


def _sheets(report: Report) -> list[str]:
    """The tables, and the text where it begins."""
    lines: list[str] = []
    text = False
    for block in report.blocks:
        if isinstance(block, Table):
            lines.append(block.title or block.sheet)
        elif isinstance(block, Heading | Paragraph) and not text:
            lines.append(report.prose_sheet or report.title)
            text = True
    return lines
