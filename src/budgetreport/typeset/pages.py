"""A report's blocks onto pages, in reading order. Basis: GB/T 9704-2012 for text and page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import fsum

from budgetreport.report import Block, Contents, Cover, Entry, Heading, Paragraph, Report, Table
from budgetreport.style import POINTS, Role, Style
from budgetreport.typeset.contents import Reserved, contents_sheets, reserve
from budgetreport.typeset.flow import Flow, first_lines
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.lines import Line
from budgetreport.typeset.page import Document, Page, Run
from budgetreport.typeset.planning import Plan, Planner
from budgetreport.typeset.sheet import Sheet
from budgetreport.typeset.tables import Placer

_DROP = 7.0
"""The page number stands so far (mm) under the type area. Basis: GB/T 9704-2012, 7.5."""
_INTRODUCES = ("：", ":")
"""A line that ends so stands over what it introduces."""
_LOWEST = 12.0
"""No page number stands nearer (pt) to the paper's edge."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A heading that waits for what it stands over; `level` 0: a paragraph set as a sub-heading."""

    text: str
    role: Role
    level: int
    entries: tuple[Entry, ...] = ()


class Typesetter:
    """Sets one report."""

    def __init__(self, report: Report, style: Style, fonts: FontSet) -> None:
        self._report = report
        self._style = style
        self._flow = Flow(style, fonts)
        self._planner = Planner(self._flow)
        self._placer = Placer(self._flow)
        self._recognised = [(re.compile(pattern), style.roles[role]) for pattern, role in style.recognised]
        self._waiting: list[_Waiting] = []
        self._contents: Reserved | None = None
        self._plans: dict[int, Plan] = {}

    def document(self) -> Document:
        """All pages."""
        for block in self._report.blocks:
            self._block(block)
        if self._waiting:
            self._begin("text", 0)
        if not self._flow.sheets and self._contents is None:
            self._flow.turn("text")
        self._insert_contents()
        report, flow = self._report, self._flow
        pages = tuple(self._pages())
        elements, bookmarks = tuple(flow.structure.elements), tuple(flow.bookmarks)
        return Document(pages, elements, bookmarks, report.title, report.author, report.subject, report.language)

    def turned(self) -> dict[str, bool]:
        """Which tables stand on turned pages, by id."""
        return {table.id: self._plan(table).kind == "landscape" for table in self._report.tables()}

    def crowded(self) -> tuple[str, ...]:
        """The tables that are wider than any page they may stand on, by id: what stands in them may be cut."""
        return tuple(table.id for table in self._report.tables() if self._plan(table).crowded)

    def _plan(self, table: Table) -> Plan:
        if id(table) not in self._plans:
            self._plans[id(table)] = self._planner.plan(table)
        return self._plans[id(table)]

    def _block(self, block: Block) -> None:
        match block:
            case Cover():
                self._cover(block)
            case Contents():
                entries = sum(len(b.listed) for b in self._report.blocks if isinstance(b, Heading | Table))
                self._contents = reserve(self._flow, block, entries)
            case Heading():
                if block.level == 1 and self._waiting:
                    self._begin("text", 0)
                role = self._style.roles[f"heading{block.level}"]
                self._waiting.append(_Waiting(block.text, role, block.level, block.listed))
            case Paragraph():
                self._paragraph(block)
            case Table():
                self._table(block)

    def _cover(self, cover: Cover) -> None:
        """A page of its own without a number."""
        flow = self._flow
        sheet = flow.turn("cover", numbered=False)
        part = flow.structure.add("Part", flow.structure.section)
        for paragraph in cover.lines:
            role = self._style.roles[paragraph.role]
            sheet.y -= role.before
            flow.put(flow.lines(paragraph.text, role, sheet.room), role, flow.structure.add("P", part))
            sheet.y -= role.after

    def _paragraph(self, block: Paragraph) -> None:
        role = self._style.roles[block.role]
        if block.role == "body":
            found = next((role for pattern, role in self._recognised if pattern.search(block.text)), None)
            if found:
                self._waiting.append(_Waiting(block.text, found, 0))
                return
        flow = self._flow
        lines = flow.lines(block.text, role, flow.blank("text").room)
        if block.role == "label" or (len(lines) == 1 and block.text.endswith(_INTRODUCES)):
            self._waiting.append(_Waiting(block.text, role, 0))
            return
        self._begin("text", first_lines(len(lines)) * role.leading)
        flow.sheet.space(role.before)
        flow.paragraph(lines, role, flow.structure.add("P", flow.structure.section))
        flow.sheet.y -= role.after

    def _table(self, table: Table) -> None:
        plan, flow = self._plan(table), self._flow
        reserved = self._headings(plan.kind) if table.form or table.level > 1 else 0.0
        needed = plan.start() if table.form else plan.depth - plan.room + plan.height(plan.row)
        if reserved and reserved + needed > plan.depth:
            lower = self._planner.plan(table, reserved=reserved)
            plan = lower if lower.whole and lower.kind == plan.kind else plan
        own = bool(table.listed) or plan.kind == "landscape"
        self._begin(plan.kind, plan.start(), own=own)
        self._placer.place(plan)
        if not own:
            flow.sheet.space(self._style.roles["body"].leading / 2)

    def _begin(self, kind: str, need: float, *, own: bool = False) -> None:
        """Be on a page of that kind with room for the headings that wait and for `need` (pt); set the headings."""
        flow = self._flow
        here = flow.sheets[-1] if flow.sheets else None
        blank = flow.blank(kind)
        above = self._headings(kind)
        headed = [(one, flow.lines(one.text, one.role, blank.room)) for one in self._waiting]
        self._waiting = []
        fresh = own or any(one.level == 1 for one, _ in headed)
        slack = self._slack(kind)
        if here is None or fresh or here.kind != kind or not here.numbered or above + need > here.rest + slack:
            flow.turn(kind)
        for one, lines in headed:
            self._set_heading(one, lines)

    def _headings(self, kind: str) -> float:
        """Height (pt) of the headings that wait, on a page of that kind."""
        room = self._flow.blank(kind).room
        return fsum(
            one.role.before + len(self._flow.lines(one.text, one.role, room)) * one.role.leading + one.role.after
            for one in self._waiting
        )

    def _slack(self, kind: str) -> float:
        """Of the last line only the characters must fit."""
        role = self._style.roles["body"]
        return (role.leading - role.size) / 2 if kind == "text" else 0.0

    def _set_heading(self, one: _Waiting, lines: list[Line]) -> None:
        flow = self._flow
        flow.sheet.space(one.role.before)
        if one.level:
            flow.bookmark(one.entries)
            element = flow.structure.heading(one.level)
        else:
            element = flow.structure.add("P", flow.structure.section)
        flow.paragraph(lines, one.role, element)
        flow.sheet.y -= one.role.after

    def _insert_contents(self) -> None:
        """The contents pages at their place, now that all page numbers are known."""
        if self._contents is None:
            return
        flow, at = self._flow, self._contents.page
        numbers = self._numbers()
        sheets = contents_sheets(flow, self._contents, [numbers[mark.page] for mark in flow.bookmarks])
        flow.sheets[at:at] = sheets
        flow.bookmarks[:] = [
            replace(mark, page=mark.page + len(sheets)) if mark.page >= at else mark for mark in flow.bookmarks
        ]

    def _numbers(self) -> list[str]:
        """The number printed on each page: from 1, '' on cover and contents."""
        found, number = [], 0
        for sheet in self._flow.sheets:
            number += sheet.numbered
            found.append(str(number) if sheet.numbered else "")
        return found

    def _pages(self) -> Iterator[Page]:
        for sheet, number in zip(self._flow.sheets, self._numbers(), strict=True):
            runs = (*sheet.runs, *self._footer(sheet, number))
            yield Page(sheet.width, sheet.height, runs, tuple(sheet.rules), tuple(sheet.links), number)

    def _footer(self, sheet: Sheet, number: str) -> Iterator[Run]:
        """The page number: odd ones right, even ones left, one character in. Basis: GB/T 9704-2012, 7.5."""
        if not number:
            return
        role = self._style.roles["page-number"]
        measure = self._flow.measure(role.font)
        line = measure.line(number.join(self._style.footer))
        width = line.width * role.size
        x = sheet.right - role.size - width if int(number) % 2 else sheet.left + role.size
        top = max(sheet.bottom - _DROP * POINTS + (role.leading - role.size) / 2, _LOWEST + role.leading)
        yield from measure.runs(line, role.size, x, measure.baseline(top, role.leading, role.size))
