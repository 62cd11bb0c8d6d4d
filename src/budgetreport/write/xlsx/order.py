"""Which sheets a report's workbook has, in which order, under which names."""

from __future__ import annotations

from budgetreport.report import Contents, Cover, Report, Table
from budgetreport.write.xlsx.names import sheet_names


def named_sheets(report: Report) -> tuple[str, list[tuple[Table | None, str]]]:
    """The name of the contents' sheet; then each table with its sheet's name, None standing for the narrative."""
    order = _order(report)
    contents, *names = sheet_names(
        [report.contents_sheet or report.title, *(_wanted(report, table) for table in order)]
    )
    return contents, list(zip(order, names, strict=True))


def _order(report: Report) -> list[Table | None]:
    """The tables in order, and None where the narrative begins."""
    order: list[Table | None] = []
    for block in report.blocks:
        if isinstance(block, Table):
            order.append(block)
        elif not isinstance(block, Cover | Contents) and None not in order:
            order.append(None)
    return order


def _wanted(report: Report, table: Table | None) -> str:
    """The name that a table's sheet, or the narrative's, should have."""
    if table is None:
        return report.prose_sheet or report.title
    return table.sheet or table.title or table.id
