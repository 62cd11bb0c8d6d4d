"""LibreOffice opens the workbooks, saves the same values after recalculating, and prints every cell's text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from budgetreport.disclosure import make, read
from budgetreport.report import Report, Table
from budgetreport.write.xlsx.order import named_sheets
from tests.generated.cells import expected_rows
from tests.generated.inputs import COUNT, generated
from tests.generated.office import Print, converted
from tests.golden.blocks import bare
from tests.tools import need

FEW, TOGETHER = 4, 10
"""Workbooks in a short run; workbooks that one LibreOffice converts."""
LONG = 700
"""A text of so many characters may be higher than a page: then it goes on over the page's end."""
HIGH = 680.0
"""So high (pt) is what a page holds: LibreOffice leaves a cell merged over more rows open at the page's end."""
NUMBERS = range(COUNT) if COUNT > FEW * 3 else [0, 3, 8, 9]


@dataclass(frozen=True)
class Trial:
    report: Report
    ours: Path
    again: Path
    printed: Path


@pytest.fixture(
    scope="module", params=[NUMBERS[at : at + TOGETHER] for at in range(0, len(NUMBERS), TOGETHER)], ids=str
)
def trials(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    need("soffice")
    folder = tmp_path_factory.mktemp("office")
    reports, files = [], []
    for number in request.param:
        path = folder / f"{number}.json"
        path.write_text(json.dumps(generated(number).data, ensure_ascii=False), "utf-8")
        disclosure = read(path)
        reports.append(disclosure.report)
        files.append(folder / f"{number}.xlsx")
        files[-1].write_bytes(make(disclosure, ("xlsx",), lambda _step: None).files["xlsx"].data)
    again, printed = converted(files, "xlsx", folder), converted(files, "pdf", folder)
    return [Trial(*one) for one in zip(reports, files, again, printed, strict=True)]


def test_what_libreoffice_saves_is_what_it_opened(trials: list[Trial]) -> None:
    for trial in trials:
        ours, again = (CalamineWorkbook.from_path(str(path)) for path in (trial.ours, trial.again))
        assert ours.sheet_names == again.sheet_names
        for name in ours.sheet_names:
            mine, theirs = (book.get_sheet_by_name(name).to_python() for book in (ours, again))
            assert mine == theirs, (trial.ours.name, name)


def test_what_libreoffice_prints_has_every_cells_text(trials: list[Trial]) -> None:
    """Rows of the grids cell by cell, each text within its cell's rules; what stands outside, by its characters.

    Of what is higher than a page the parts are not judged, only that none of its characters lacks.
    """
    wrong = [f"{trial.ours.name} {said}" for trial in trials for said in _lost(trial)]
    assert wrong == []


def _lost(trial: Trial) -> Iterator[str]:
    tables = {name: table for table, name in named_sheets(trial.report)[1] if table is not None}
    book = openpyxl.load_workbook(trial.ours)
    with Print(trial.printed) as printed:
        if list(printed.sheets) != book.sheetnames:
            yield f"sheets: {list(printed.sheets)}"
            return
        for sheet in book.worksheets:
            table = tables.get(sheet.title)
            texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
            if any(len(text) > LONG for text in texts) or _highest(sheet) > HIGH:
                lacking = Counter(bare("".join(_told(table) if table else texts))) - printed.characters(sheet.title)
                if lacking:
                    yield f"{sheet.title}: {''.join(lacking)}"
                continue
            head = len(table.grids[0].head) if table and len(table.grids) == 1 and sheet.print_title_rows else 0
            rows, text = printed.read(sheet.title, head, titled=bool(sheet.print_title_rows))
            if table is None:
                if (rows, text) != ([], bare("".join(texts))):
                    yield sheet.title
                continue
            if rows != [row for grid in table.grids for row in expected_rows(grid)]:
                yield f"{sheet.title}: rows"
            outside = [table.title, *table.caption, *(note.text for note in table.notes)]
            if Counter(text) != Counter(bare("".join(outside))):
                yield f"{sheet.title}: {text}"


def _highest(sheet: Worksheet) -> float:
    """The height in pt of the highest merged cell, under the rows that each page repeats."""
    repeated = int(str(sheet.print_title_rows or "$1:$0").rpartition("$")[2])
    merges = [(m.min_row, m.max_row) for m in sheet.merged_cells.ranges if m.max_row > m.min_row]
    return _height(sheet, 1, repeated) + max((_height(sheet, *rows) for rows in merges), default=0.0)


def _height(sheet: Worksheet, first: int, last: int) -> float:
    return sum(sheet.row_dimensions[row].height or 0.0 for row in range(first, last + 1))


def _told(table: Table) -> Iterator[str]:
    yield table.title
    yield from table.caption
    yield from (cell.text for grid in table.grids for row in grid.rows for cell in row.cells if cell)
    yield from (note.text for note in table.notes)
