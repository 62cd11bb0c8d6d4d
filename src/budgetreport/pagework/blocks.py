"""Blocks of a report onto pages, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from budgetreport.pagework.contents import contents_pages
from budgetreport.pagework.flow import Flow
from budgetreport.pagework.lines import Line, Setting
from budgetreport.pagework.placing import Placing
from budgetreport.pagework.setting import baseline, runs
from budgetreport.pagework.tables import Plan, Planner
from budgetreport.report import Block, Contents, Cover, Heading, Paragraph, Report, Table
from budgetreport.style import Role, Style
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import ARTIFACT, Document, Run

_SHORT = 20
"""A paragraph of fewer characters over a table introduces it."""
_FOLLOWING = 2
"""So many lines of what follows keep a heading company."""


class Typesetter:
    """Sets one report."""

    def __init__(self, report: Report, style: Style, fonts: FontSet) -> None:
        self._report = report
        self._flow = Flow(style, fonts)
        self._recognised = [(re.compile(pattern), role) for pattern, role in style.recognised]
        self._sections = [0]
        self._contents: tuple[int, int, Contents] | None = None
        self._plans: dict[int, Plan] = {}

    def document(self) -> Document:
        """All pages, the contents page with true page numbers among them."""
        for number, block in enumerate(self._report.blocks):
            self._block(number, block)
        if self._contents:
            at, element, block = self._contents
            contents_pages(self._flow, block.title, at, element)
        report, flow = self._report, self._flow
        return Document(
            tuple(flow.finished()),
            tuple(flow.elements),
            tuple(flow.bookmarks),
            report.title,
            report.author,
            report.subject,
            report.language,
        )

    def turned(self) -> dict[str, bool]:
        """Which tables stand on turned pages, by id."""
        blocks = self._report.blocks
        return {b.id: self._plan(n).turned for n, b in enumerate(blocks) if isinstance(b, Table)}

    def _block(self, number: int, block: Block) -> None:
        if isinstance(block, Cover):
            self._cover(block)
        elif isinstance(block, Contents):
            self._contents = (len(self._flow.pages), self._flow.element("TOC"), block)
        elif isinstance(block, Heading):
            self._heading(number, block)
        elif isinstance(block, Paragraph):
            self._paragraph(number, block)
        else:
            self._table(number, block)

    def _cover(self, cover: Cover) -> None:
        flow = self._flow
        flow.new_page("cover", numbered=False)
        part = flow.element("Sect")
        for line in cover.lines:
            role = flow.role(line.role)
            flow.y -= role.before
            flow.put(flow.lines(line.text, role), role, flow.element("P", part))
            flow.y -= role.after

    def _heading(self, number: int, block: Heading) -> None:
        flow = self._flow
        role = flow.role(f"heading{block.level}")
        following = self._report.blocks[number + 1] if number + 1 < len(self._report.blocks) else None
        if isinstance(following, Table) and not following.level and self._plan(number + 1).turned:
            flow.new_page("landscape")
        elif block.level == 1:
            flow.new_page("text")
        else:
            flow.on("text")
        lines = flow.lines(block.text, role)
        needed = len(lines) * role.leading + self._first_need(number + 1)
        if needed > flow.left and not flow.fresh:
            flow.new_page("text")
        flow.space(role.before)
        flow.bookmark(block.text, block.level)
        section = self._section(block.level)
        flow.put(lines, role, flow.element(f"H{block.level}", section))
        flow.space(role.after)

    def _section(self, level: int) -> int:
        """A new section of that level, inside the last one of the level above."""
        del self._sections[level:]
        while len(self._sections) < level:
            self._sections.append(self._sections[-1])
        self._sections.append(self._flow.element("Sect", self._sections[-1]))
        return self._sections[-1]

    def _first_need(self, number: int) -> float:
        """The height (pt) that must stand under a heading: the beginning of the next block."""
        flow = self._flow
        if number >= len(self._report.blocks):
            return 0
        block = self._report.blocks[number]
        if isinstance(block, Paragraph):
            role = self._role(block)
            lines = min(len(flow.lines(block.text, role)), _FOLLOWING)
            return lines * role.leading + (self._first_need(number + 1) if self._leads(number) else 0)
        if isinstance(block, Heading):
            return flow.role(f"heading{block.level}").leading + self._first_need(number + 1)
        if isinstance(block, Table) and not block.level:
            plan = self._plan(number)
            return 0 if plan.turned else Placing(flow, block, plan).least()
        return 0

    def _role(self, block: Paragraph) -> Role:
        name = block.role
        if name == "body":
            name = next((role for pattern, role in self._recognised if pattern.search(block.text)), name)
        return self._flow.role(name)

    def _leads(self, number: int) -> bool:
        """Whether a paragraph belongs with the beginning of the next block: a sub-heading, or a line over a table."""
        block = self._report.blocks[number]
        if not isinstance(block, Paragraph):
            return False
        following = self._report.blocks[number + 1] if number + 1 < len(self._report.blocks) else None
        over_table = isinstance(following, Table) and not following.level and len(block.text) < _SHORT
        return over_table or (block.role == "body" and self._role(block) is not self._flow.role("body"))

    def _paragraph(self, number: int, block: Paragraph) -> None:
        flow = self._flow
        flow.on("text")
        keep = self._first_need(number + 1) if self._leads(number) else 0
        flow.paragraph(block.text, self._role(block), flow.element("P", self._sections[-1]), keep=keep)

    def _plan(self, number: int) -> Plan:
        """How a table is set; made once, asked for by the heading before it too."""
        if number not in self._plans:
            flow = self._flow
            block = self._report.blocks[number]
            if not isinstance(block, Table):
                raise TypeError(block)
            upright = flow.sheet("portrait" if block.level else "text")
            planner = Planner(flow.style, flow.fonts, upright, flow.sheet("landscape"))
            above, below = Placing.around(flow, block, upright)
            self._plans[number] = planner.plan(block, above, below)
        return self._plans[number]

    def _table(self, number: int, block: Table) -> None:
        plan = self._plan(number)
        flow = self._flow
        if block.level:
            flow.new_page("landscape" if plan.turned else "portrait")
            section = self._section(block.level)
        else:
            kind = "landscape" if plan.turned else "text"
            flow.on(kind)
            section = self._sections[-1]
        before = self._report.blocks[number - 1] if number else None
        Placing(flow, block, plan).place(section, under_heading=isinstance(before, Heading) and not block.level)


def draft(document: Document, style: Style, fonts: FontSet, text: str) -> Document:
    """The document with a mark at the head of each page, an artifact."""
    role = style.roles["page-number"]
    setting = Setting(fonts.widths(role.font), role.size, 10**6)
    line = Line(text, setting.width(text))

    def mark(width: float, height: float) -> Sequence[Run]:
        x, y = width - line.width - 2 * role.size, height - role.size - baseline(fonts, role, role.size, role.leading)
        return list(runs(fonts, role, line, x, y, role.size, ARTIFACT))

    pages = tuple(replace(page, runs=(*page.runs, *mark(page.width, page.height))) for page in document.pages)
    return replace(document, pages=pages)
