"""Tables and forms onto pages: every page repeats title, caption and head, and nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence

from budgetreport.report import Row
from budgetreport.typeset.flow import Flow
from budgetreport.typeset.grids import Laid, Strip, draw
from budgetreport.typeset.lines import Line
from budgetreport.typeset.page import ARTIFACT
from budgetreport.typeset.planning import NOTE_GAP, Plan, title_role


class Placer:
    """Places planned tables in a flow."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def place(self, plan: Plan) -> None:
        """The table from the sheet's y on, over as many pages as it takes."""
        flow, table = self._flow, plan.table
        flow.bookmark(table.listed)
        if table.level:
            heading = flow.structure.heading(table.level)
        else:
            heading = flow.structure.add("P", flow.structure.section) if table.title else ARTIFACT
        self._title(plan, plan.title, heading)
        section = flow.structure.section
        for number, laid in enumerate(plan.laid):
            element = flow.structure.add("Table", section, title=table.title)
            if number == 0 and plan.caption:
                self._caption(plan, flow.structure.add("Caption", element))
            self._grid(plan, laid, element)
        self._notes(plan, section)

    def _title(self, plan: Plan, lines: Sequence[Line], element: int) -> None:
        role = self._flow.style.roles[title_role(plan.table)]
        if lines:
            self._flow.sheet.space(role.before)
            self._flow.put(lines, role, element)
            self._flow.sheet.y -= role.after

    def _grid(self, plan: Plan, laid: Laid, element: int) -> None:
        """One grid, its head on every page."""
        look, joins = laid.look, laid is not plan.laid[0]
        if joins:
            self._flow.sheet.y -= look.gap
            if plan.begins(laid) > self._flow.sheet.rest:
                self._go_on(plan)
                joins = False
        heads = plan.heads(laid)
        pages = plan.pages(laid, self._flow.sheet.rest)
        writer = _Elements(self._flow, laid, element)
        for number, strips in enumerate(pages):
            if number:
                self._go_on(plan)
            if stretch := [*heads, *strips]:
                writer.rows(stretch)
                top_rule = number > 0 or not joins or look.gap > 0
                left = self._left(laid.width)
                draw(laid, stretch, self._flow.sheet, left, artifacts=len(heads) if number else 0, top_rule=top_rule)

    def _go_on(self, plan: Plan) -> None:
        """A new page with title and caption again, as artifacts."""
        self._flow.turn(plan.kind)
        self._title(plan, plan.continued, ARTIFACT)
        self._caption(plan, ARTIFACT)

    def _left(self, width: float) -> float:
        sheet = self._flow.sheet
        return (sheet.left + sheet.right - width) / 2

    def _caption(self, plan: Plan, element: int) -> None:
        """Up to three texts over the grid: one stands right, two left and right, three left, centre and right.

        A centre that the left text reaches stands in the middle of what is left.
        """
        if not plan.caption:
            return
        flow, (_, *others) = self._flow, plan.table.caption
        role, sheet = flow.style.roles["caption"], flow.sheet
        measure, size = flow.measure(role.font), role.size
        left = self._left(plan.width)
        right = left + plan.width
        align = "left" if others else "right"
        sheet.put(plan.caption, measure, size, role.leading, element, align=align, left=left, right=right)
        if not others:
            return
        base = measure.baseline(sheet.y + role.leading, role.leading, size)
        begin = left + max(line.width for line in plan.caption) * size + size
        end = right - measure.em(others[-1]) * size - size
        for text in others[:-1]:
            width = measure.em(text) * size
            x = (left + right - width) / 2
            if x < begin or x + width > end:
                x = (begin + end - width) / 2
            sheet.runs.extend(measure.runs(measure.line(text), size, x, base, element))
        sheet.runs.extend(measure.runs(measure.line(others[-1]), size, end + size, base, element))

    def _notes(self, plan: Plan, section: int) -> None:
        """The notes, as wide as the table."""
        flow = self._flow
        left = self._left(plan.width)
        for number, note in enumerate(plan.table.notes):
            role = flow.style.roles[note.role]
            lines = flow.lines(note.text, role, plan.width)
            flow.sheet.y -= role.before + (0 if number else NOTE_GAP)
            if len(lines) > flow.fitting(role):
                flow.turn(plan.kind)
            element = flow.structure.add("Note", section)
            flow.paragraph(lines, role, element, left=left, right=left + plan.width)
            flow.sheet.y -= role.after


class _Elements:
    """The structure of a grid, grown row by row in reading order."""

    def __init__(self, flow: Flow, laid: Laid, table: int) -> None:
        self._structure = flow.structure
        self._laid = laid
        self._table = table
        self._bodiless = not laid.grid.body  # a head alone: PDF/UA has no THead without a TBody
        self._groups: dict[str, int] = {}
        self._done = 0

    def rows(self, strips: Sequence[Strip]) -> None:
        """Elements of the rows that have none yet."""
        for strip in strips:
            if strip.row >= self._done:
                self._row(strip.row, self._laid.grid.rows[strip.row])
                self._done = strip.row + 1

    def _row(self, number: int, row: Row) -> None:
        add, group = self._structure.add, "TBody" if row.role == "body" or self._bodiless else "THead"
        if group not in self._groups:
            self._groups[group] = add(group, self._table)
        parent = add("TR", self._groups[group])
        for one in self._laid.rows[number]:
            cell = one.cell
            scope = {"column": "Column", "row": "Row"}.get(cell.header, "")
            tag = "TH" if cell.header else "TD"
            self._laid.elements[number, one.column] = add(tag, parent, scope=scope, rows=one.rows, columns=one.columns)
