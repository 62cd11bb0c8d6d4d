"""Report → XLSX: a contents sheet, the narrative, and a sheet for each table, ready to print."""

from __future__ import annotations

from collections.abc import Mapping

from budgetreport.report import Report
from budgetreport.style import Style
from budgetreport.write.xlsx.book import book_bytes
from budgetreport.write.xlsx.names import sheet_names
from budgetreport.write.xlsx.order import named_sheets
from budgetreport.write.xlsx.prose import contents_sheet, prose_sheet
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.tables import table_sheet

__all__ = ["sheet_names", "xlsx_bytes"]


def xlsx_bytes(report: Report, style: Style, landscape: Mapping[str, bool] | None = None) -> bytes:
    """The workbook of a report: same report and style, same bytes.

    `landscape`: by table id whether its page is turned, so that it is turned where the PDF's is; a table
    that is not named goes by its own `page`, and by what its columns need.
    ValueError: a text with control characters, or longer than a cell holds.
    """
    setting = Setting(style)
    contents, sheets = named_sheets(report)
    by_table = {table.id: name for table, name in sheets if table}
    pages = []
    for table, name in sheets:
        if table is not None:
            pages.append(table_sheet(table, name, setting, landscape=(landscape or {}).get(table.id)))
        else:
            pages.append(prose_sheet(report, name, by_table, setting))
    entries = [(table.title or name if table else name, name) for table, name in sheets]
    return book_bytes(report, [contents_sheet(report, contents, entries, setting), *pages], setting)
