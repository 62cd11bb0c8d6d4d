"""Where the printed pages of a sheet end.

No page ends inside a cell that stands over several rows, between a later grid's head and its first row, between
a table's last rows and its notes.

Spreadsheet programs end a page after the last row that fits; a merged cell that reaches beyond is cut there,
a line of its text through the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from budgetreport.write.xlsx.sheet import Sheet

RESERVE = 0.97
"""Programs differ by so much in what they fit on a page; a page that ends a little early does no harm."""


def page_ends(sheet: Sheet, depth: float) -> tuple[int, ...]:
    """The last row of each page but the last, where pages are `depth` pt high; none where no cell needs it."""
    depth *= RESERVE
    if (not sheet.together and all(one.rows == 1 for one in sheet.entries)) or fsum(sheet.heights) <= depth:
        return ()
    return tuple(_ends(sheet, depth))


def _ends(sheet: Sheet, depth: float) -> Iterator[int]:
    over = fsum(sheet.heights[: sheet.repeated])
    used = 0.0
    for first, last in _groups(sheet):
        height = fsum(sheet.heights[first - 1 : last])
        if used and used + height > depth and first > sheet.repeated + 1:
            yield first - 1
            used = over
        used += height
        used = min(used, depth)  # of what is higher than a page nobody knows where it ends: a new page comes after


def _groups(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """First and last row of the stretches that stand together."""
    reach = list(range(len(sheet.heights) + 1))
    for first, last in sheet.together:
        reach[first] = max(reach[first], last)
    for one in sheet.entries:
        reach[one.row] = max(reach[one.row], one.row + one.rows - 1)
    first = last = 1
    for row in range(1, len(sheet.heights) + 1):
        if row > last:
            yield first, last
            first = row
        last = max(last, reach[row])
    if sheet.heights:
        yield first, last
