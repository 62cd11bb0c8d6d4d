"""The sheets beside the tables: the contents, whose lines lead to the sheets, and the narrative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from budgetreport.report import Contents, Cover, Heading, Paragraph, Report, Table
from budgetreport.style import Role
from budgetreport.write.xlsx import measure
from budgetreport.write.xlsx.setting import Setting
from budgetreport.write.xlsx.sheet import Sheet

_SIZE = 12.0
"""pt of the narrative's body: on a screen 3号 is too much; headings shrink with it."""
_NUMBER = 6.0
"""Units of the contents' column of numbers."""


def contents_sheet(report: Report, name: str, entries: Sequence[tuple[str, str]], setting: Setting) -> Sheet:
    """The cover's lines, then a numbered line for each entry (its text, its sheet)."""
    turned = setting.margins("text").turned
    room = setting.room(setting.page(landscape=turned))
    sheet = Sheet(name, (_NUMBER, room - _NUMBER), turned, gridlines=False)
    for text, role in _opening(report, setting):
        look = setting.look(role, "center")
        count = measure.lines(text, role.size, room)
        sheet.add_line([((1, 3), text, look)], measure.height(count, role.size) + 8)
    role = setting.role("contents2", "caption", "table")
    size = max(role.size, 11.0)
    for number, (text, target) in enumerate(entries, 1):
        line = (((1, 2), str(number), setting.look(role, "center", size=size)),)
        height = measure.height(measure.lines(text, size, room - _NUMBER), size) + 3
        top, below = sheet.add_rows([height])
        sheet.put((top, below), *line[0])
        sheet.put((top, below), (2, 3), text, setting.look(role, size=size, link=True), target)
    return sheet


def _opening(report: Report, setting: Setting) -> list[tuple[str, Role]]:
    """The lines over the entries: the cover's (the report's title where there is none) and the contents' title."""
    covers = [line for block in report.blocks if isinstance(block, Cover) for line in block.lines if line.text]
    lines = [(line.text, setting.role(line.role, "title", "heading1")) for line in covers]
    if not lines:
        lines = [(report.title, setting.role("title", "heading1"))]
    titles = [block.title for block in report.blocks if isinstance(block, Contents) and block.title]
    return lines + [(title, setting.role("contents-title", "heading1")) for title in titles]


def prose_sheet(report: Report, name: str, sheets: Mapping[str, str], setting: Setting) -> Sheet:
    """Headings, paragraphs and, where tables stand among them, their titles.

    `sheets`: the sheet of each table, by the table's id.
    """
    room = setting.room("text")
    sheet = Sheet(name, (room,), setting.margins("text").turned, gridlines=False)
    shrunk = min(1.0, _SIZE / setting.role("body").size)
    for number, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            role, text, link = setting.role(f"heading{block.level}", "heading1", "body"), block.text, ""
        elif isinstance(block, Paragraph):
            role, text, link = setting.role(setting.recognised(block), "body"), block.text, ""
        elif isinstance(block, Table) and sheet.heights:
            role, text, link = setting.title(block), block.title or sheets[block.id], sheets[block.id]
        else:
            continue
        size = max(8.0, round(2 * role.size * shrunk) / 2)
        align = role.align if role.align in ("center", "right") else "left"
        height = measure.height(measure.lines(text, size, room), size, size * 1.45)
        look = replace(setting.look(role, align, size=size, link=bool(link)), top=True)
        sheet.lines[number] = len(sheet.heights) + 1
        sheet.add_line([((1, 2), text, look)], height, link)
    return sheet
