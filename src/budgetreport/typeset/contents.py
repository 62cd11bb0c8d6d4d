"""The contents pages: an entry for every bookmark, with a link and the number of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetreport.report import Contents
from budgetreport.style import Role
from budgetreport.typeset.flow import Flow
from budgetreport.typeset.lines import Line, break_lines
from budgetreport.typeset.page import Bookmark, Link
from budgetreport.typeset.sheet import Sheet

_LEADER = "…"
_NUMBER = 2.0
"""Width (em) of the column of page numbers."""
_LEAST_LEADER = 2
"""So many leaders at least stand before a number."""
_KIND = "text"


@dataclass(frozen=True, slots=True)
class Reserved:
    """A place for the contents: their page index, and the elements that wait in reading order."""

    block: Contents
    page: int
    title: int
    entries: tuple[int, ...]


def reserve(flow: Flow, block: Contents, entries: int) -> Reserved:
    """Elements for a title and so many entries, before those of what follows."""
    add = flow.structure.add
    title = add("P", flow.structure.section)
    parent = add("TOC", flow.structure.section)
    links = (add("Link", add("Reference", add("TOCI", parent))) for _ in range(entries))
    return Reserved(block, len(flow.sheets), title, tuple(links))


def contents_sheets(flow: Flow, reserved: Reserved, numbers: Sequence[str]) -> list[Sheet]:
    """The pages; `numbers` are printed page numbers by bookmark."""
    writer = _Writer(flow)
    writer.title(reserved)
    for index, (bookmark, number) in enumerate(zip(flow.bookmarks, numbers, strict=True)):
        writer.entry(index, bookmark, number, reserved.entries[index])
    return writer.sheets


class _Writer:
    """Fills the pages entry by entry."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.sheets = [flow.blank(_KIND, numbered=False)]

    def title(self, reserved: Reserved) -> None:
        """The title, centred."""
        flow, sheet, role = self._flow, self.sheets[-1], self._flow.style.roles["contents-title"]
        lines = flow.lines(reserved.block.title, role, sheet.room)
        sheet.put(lines, flow.measure(role.font), role.size, role.leading, reserved.title, align=role.align)
        sheet.y -= role.after

    def entry(self, index: int, bookmark: Bookmark, number: str, element: int) -> None:
        """A title, leaders and the number; a long title goes on one character further in."""
        roles = self._flow.style.roles
        role = roles.get(f"contents{bookmark.level}", roles["contents2"])
        lines = self._lines(bookmark.title, role)
        if len(lines) * role.leading > self.sheets[-1].rest and not self.sheets[-1].fresh:
            self.sheets.append(self._flow.blank(_KIND, numbered=False))
        sheet = self.sheets[-1]
        measure = self._flow.measure(role.font)
        left, top = sheet.left + role.left * role.size, sheet.y
        for count, line in enumerate(lines):
            start = left + (role.size if count else 0)
            sheet.put([line], measure, role.size, role.leading, element, left=start)
        base = measure.baseline(sheet.y + role.leading, role.leading, role.size)
        self._leaders(role, start + lines[-1].width * role.size, base)
        width = measure.em(number) * role.size
        sheet.runs.extend(measure.runs(measure.line(number), role.size, sheet.right - width, base, element))
        sheet.links.append(Link(left, sheet.y, sheet.right, top, index, element))

    def _lines(self, text: str, role: Role) -> list[Line]:
        widths = self._flow.measure(role.font).widths
        room = self.sheets[-1].room / role.size - role.left - _NUMBER - _LEAST_LEADER
        lines = break_lines(text, widths, room)
        if len(lines) == 1:
            return lines
        rest = "".join(line.text for line in lines[1:])
        return [lines[0], *break_lines(rest, widths, room - 1)]

    def _leaders(self, role: Role, left: float, base: float) -> None:
        """Leaders from a title to the number, in step with those of the other entries; an artifact."""
        sheet, measure = self.sheets[-1], self._flow.measure(role.font)
        step = measure.em(_LEADER) * role.size
        right = sheet.right - _NUMBER * role.size
        count = int((right - left - role.size / 4) / step)
        if count > 0:
            line = measure.line(_LEADER * count)
            sheet.runs.extend(measure.runs(line, role.size, right - count * step, base))
