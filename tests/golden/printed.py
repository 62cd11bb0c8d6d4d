"""The reference as the original prints it: tabs, edge blanks, page numbers, brackets and marks that ours has not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from budgetreport.report import Block, Cell, Contents, Cover, Grid, Heading, Paragraph, Report, Row, Table
from tests.golden.blocks import BLOCKS
from tests.making import example, hebei, report

DISCLOSURE = BLOCKS.with_name("disclosure.txt")
BOOKMARKS = r"\[bookmark: _Toc[^\]]*\]"
"""Marks of the document's structure; any other that stands in the text was left behind."""
BETWEEN = r"[\s\x00-\x1f]*"


def report_of_disclosure() -> Report:
    """The original as a Report: its own texts, with the names that the layout has for tables, rows and columns."""
    theirs = _Theirs()
    blocks: list[Block] = []
    for block in report(example(), hebei()).blocks:
        if not isinstance(block, Cover | Contents):
            blocks += theirs.printed(block)
    assert theirs.is_spent, "a block of the original has no place in ours"
    return Report(tuple(blocks), title="", prose_sheet="情况说明")


def texts() -> list[Any]:
    """Each block of the original: its text, or its rows of cells, with every blank that it prints."""
    raw = re.sub(BOOKMARKS, "", DISCLOSURE.read_text("utf-8"))
    at = 0

    def said(text: str) -> str:
        nonlocal at
        bare = re.sub(r"\s", "", text)
        if not bare:
            return ""
        found = re.compile(BETWEEN.join(map(re.escape, bare))).search(raw, at)
        assert found, text
        start, at = raw.rfind("\n", 0, found.start()) + 1, raw.find("\n", found.end())
        return raw[start:at].removeprefix("\t")  # the tab that begins a cell

    blocks = json.loads(BLOCKS.read_text("utf-8"))
    return [
        [[said(cell) for cell in row] for row in block["rows"]]
        if block["kind"] == "table"
        # A blank before the first bookmark is the extraction's, not the document's.
        else said(block["text"]).lstrip(" ")
        for block in blocks
    ]


class _Theirs:
    """The original's blocks, taken in order by ours."""

    def __init__(self) -> None:
        self._blocks = texts()
        self._at = 0

    @property
    def is_spent(self) -> bool:
        return self._at == len(self._blocks)

    def printed(self, block: Block) -> Iterator[Block]:
        """Our block with their texts, and the page numbers that follow it."""
        if isinstance(block, Heading):
            yield replace(block, text=self._take())
        elif isinstance(block, Paragraph):
            yield replace(block, text=self._take(), figures=())
        elif isinstance(block, Table):
            yield self._table(block)
        while not self.is_spent and isinstance(said := self._blocks[self._at], str) and said.isdecimal():
            yield Paragraph(self._take())

    def _take(self) -> Any:  # noqa: ANN401 - a text or rows
        self._at += 1
        return self._blocks[self._at - 1]

    def _table(self, table: Table) -> Table:
        title, caption, grids = self._take(), table.caption, []
        for n, grid in enumerate(table.grids):
            rows = self._take()
            if n == 0 and table.caption:
                caption, rows = tuple(rows[0]), rows[1:]
            grids.append(_grid(grid, rows))
        notes = tuple(replace(note, text=self._take()) for note in table.notes)
        return replace(table, title=title, caption=caption, grids=tuple(grids), notes=notes)


def _grid(grid: Grid, rows: Sequence[Sequence[str]]) -> Grid:
    assert len(grid.rows) == len(rows), grid.id
    return replace(
        grid, rows=tuple(_row(row, said, y, grid) for y, (row, said) in enumerate(zip(grid.rows, rows, strict=True)))
    )


def _row(row: Row, said: Sequence[str], y: int, grid: Grid) -> Row:
    """Their cells: one merged across stands once, one merged down leaves an empty one in each row below."""
    theirs = iter(said)
    cells: list[Cell | None] = []
    for x, cell in enumerate(row.cells):
        if cell is not None:
            cells.append(replace(cell, text=next(theirs), origin=()))
        else:
            cells.append(None)
            if not _is_covered_from_the_left(row, x):
                assert next(theirs) == "", (grid.id, y, x)
    assert not list(theirs), (grid.id, y)
    return replace(row, cells=tuple(cells))


def _is_covered_from_the_left(row: Row, x: int) -> bool:
    return any((cell := row.cells[k]) is not None and k + cell.columns > x for k in range(x))
