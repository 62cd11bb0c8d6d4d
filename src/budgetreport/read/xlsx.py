"""XLSX → FoundDocument: texts and ruled grids of each visible sheet, as a person sees them on the screen.

Only values, formats, borders and merges count: no defined names, no formulas, no hidden sheets.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetreport.problems import FilePlace, Level, Problem, SheetPlace
from budgetreport.read.bounds import TooLargeError, weigh
from budgetreport.read.found import FoundCell, FoundDocument, FoundGrid, FoundText
from budgetreport.read.printed import date_text, printed
from budgetreport.read.ruled import At, Merge, Region, regions
from budgetreport.read.unreadable import ReadingError
from budgetreport.read.unseen import unseen

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ALIGN = {"center": "center", "centerContinuous": "center", "distributed": "center", "right": "right"}


def read_xlsx(path: Path) -> FoundDocument:
    """A workbook as found, sheet after sheet. ReadingError: no workbook, or a damaged one."""
    import openpyxl  # noqa: PLC0415 - heavy: only who reads a workbook pays for it

    name = path.as_posix()
    try:
        weigh(path)
        with path.open("rb") as file, warnings.catch_warnings():  # openpyxl leaves a damaged file open
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; nothing of it is shown in cells
            book = openpyxl.load_workbook(file, data_only=True)
    except (MemoryError, RecursionError, TooLargeError):
        raise  # told of by who set the bounds
    except OSError as error:
        raise ReadingError(_problem(name, f"文件读不出来，系统报告：{error.strerror or error}")) from error
    except Exception as error:  # openpyxl raises whatever its parsers do: KeyError, ParseError, BadZipFile …
        raise ReadingError(_problem(name, "这个文件不是工作簿（XLSX），或者已经损坏")) from error
    blocks: list[FoundText | FoundGrid] = []
    hidden: list[tuple[SheetPlace, str]] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            seen = _Seen(sheet, name)
            blocks += seen.blocks()
            hidden += seen.unseen()
    said = book.properties
    properties = (("title", said.title), ("author", said.creator), ("subject", said.subject))
    stated = tuple((key, text) for key, text in properties if text)
    return FoundDocument(name, tuple(blocks), properties=stated, unseen=tuple(hidden))


def _problem(name: str, what: str) -> Problem:
    fix = "换一份完好的文件；老格式（.xls）的，先在WPS或Excel中另存为 .xlsx"
    return Problem(Level.ERROR, "OS-03", FilePlace(name), what, fix, name)


@dataclass
class _Seen:
    """One sheet on the way to blocks."""

    sheet: Worksheet
    file: str

    def blocks(self) -> Iterator[FoundText | FoundGrid]:
        """Texts row by row, a grid where its first row stands."""
        cells: dict[At, Any] = self.sheet._cells  # noqa: SLF001 - its only sparse view: a sheet may reach to row 1048576
        merges = {
            (m.min_row, m.min_col): Merge(m.min_row, m.min_col, m.max_row, m.max_col)
            for m in self.sheet.merged_cells.ranges
        }
        found = regions(cells, merges)
        covered = {at for region in found for at in region.places(cells)}
        starts = sorted([(region.top, region.left, region) for region in found], key=lambda s: s[:2])
        for at in sorted(at for at, cell in cells.items() if cell.value is not None and at not in covered):
            while starts and starts[0][:2] < at:
                yield self._grid(starts.pop(0)[2], cells)
            yield from self._texts(cells[at])
        for _, _, region in starts:
            yield self._grid(region, cells)

    def unseen(self) -> Iterator[tuple[SheetPlace, str]]:
        """What is written and cannot be seen, and where it begins."""
        for at, said in unseen(self.sheet, self.sheet._cells):  # noqa: SLF001 - as above
            yield self._place(at), said

    def _grid(self, region: Region, cells: dict[At, Any]) -> FoundGrid:
        rows = tuple(
            tuple(None if span is None else self._cell(at, span, cells) for at, span in row) for row in region.rows()
        )
        return FoundGrid(rows, self._place((region.top, region.left)))

    def _cell(self, at: At, span: tuple[int, int], cells: dict[At, Any]) -> FoundCell:
        text, number = _text(cells[at]) if at in cells else ("", False)
        return FoundCell(text, self._place(at), *span, number=number)

    def _texts(self, cell: Any) -> Iterator[FoundText]:  # noqa: ANN401 - openpyxl's cells have no common type
        """Each line of a cell outside grids is a text of its own."""
        align = _ALIGN.get(cell.alignment.horizontal or "", "left")
        for line in _text(cell)[0].split("\n"):
            if text := line.strip():
                yield FoundText(
                    text,
                    self._place((cell.row, cell.column)),
                    float(cell.font.sz or 0),
                    cell.font.name or "",
                    align,
                    indented=line[:1].isspace() or bool(cell.alignment.indent),
                )

    def _place(self, at: At) -> SheetPlace:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy

        return SheetPlace(self.file, self.sheet.title, f"{get_column_letter(at[1])}{at[0]}")


def _text(cell: Any) -> tuple[str, bool]:  # noqa: ANN401 - as above
    """What a cell shows, and whether it holds a number."""
    value = cell.value
    if value is None:
        return "", False
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return (printed(number, cell.number_format), True) if number.is_finite() else (str(value), False)
    if isinstance(value, dt.date):
        return date_text(value, cell.number_format), False
    return str(value).replace("\r\n", "\n").replace("_x000D_", ""), False
