"""Tables and forms onto pages: which way the page stands, how large the text is, and what each page repeats.

A table that is too wide for an upright page turns the page, then its text shrinks to the role's smaller sizes, then
cells wrap. One that is little too high for a page gets lower rows, then smaller text. Basis: practice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgetreport.report import Row, Table
from budgetreport.style import Role
from budgetreport.typeset.breaks import COMPANY, Need, paginate
from budgetreport.typeset.flow import Flow
from budgetreport.typeset.grids import Laid, Strip, draw, lay_out
from budgetreport.typeset.lines import Line
from budgetreport.typeset.look import Look, looks
from budgetreport.typeset.page import ARTIFACT
from budgetreport.typeset.widths import Fit, fit

_TALL = 1.6
"""A table higher than so many pages is not brought onto one."""
_READABLE = 9.0
"""Text is not made smaller than this (pt) only to spare a page."""
_FEW_PAGES = 2
"""Rows are made lower to spare a page where so many or fewer are left."""
_NOTE_GAP = 3.0
"""White (pt) between a table and its notes."""
_ROUNDS = 12
_TOUCH = 0.01


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: its pages' kind, its grids, the row height (pt)."""

    table: Table
    kind: str
    laid: tuple[Laid, ...]
    row: float

    @property
    def width(self) -> float:
        """Of the widest grid, in pt."""
        return max((laid.width for laid in self.laid), default=0.0)

    def height(self, row: float) -> float:
        """Of all grids on one page, in pt."""
        gaps = sum(laid.look.gap for laid in self.laid[1:])
        return sum(sum(laid.heights(row)) for laid in self.laid) + gaps


class TableSetter:
    """Plans and places tables in a flow."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def plan(self, table: Table) -> Plan:
        """The way that suits its content."""
        choices = self._looks(table)
        kind, number, fits = self._chosen(table, choices)
        plan = self._laid(table, kind, choices[number], fits)
        room = self._room(plan)
        if plan.height(plan.row) <= room:
            return plan
        return self._one_page(plan, choices[number:]) or self._upright(plan, choices) or self._fewer_pages(plan)

    def _room(self, plan: Plan) -> float:
        """The height (pt) of a page of its own for the grids."""
        return self._flow.blank(plan.kind).depth - self._above(plan) - self._below(plan)

    def _one_page(self, plan: Plan, choices: Sequence[Look]) -> Plan | None:
        """Lower rows, then smaller text, where that brings the table onto one page."""
        if plan.height(choices[0].least_row) > _TALL * self._room(plan):
            return None
        for look in choices:
            if look is not choices[0] and look.body.size < _READABLE:
                break
            fits = self._fits(plan.table, look, plan.kind)
            tried = self._laid(plan.table, plan.kind, look, fits) if look is not choices[0] else plan
            room = self._room(tried)
            if all(one.whole for one in fits) and tried.height(look.least_row) <= room:
                return Plan(plan.table, plan.kind, tried.laid, _highest(look, lambda row: tried.height(row) <= room))  # noqa: B023 - called at once
        return None

    def _upright(self, plan: Plan, choices: Sequence[Look]) -> Plan | None:
        """One upright page rather than several turned ones."""
        if plan.kind != "landscape" or plan.table.page == "landscape":
            return None
        kind = _upright(plan.table)
        fits = self._fits(plan.table, choices[0], kind)
        tried = self._laid(plan.table, kind, choices[0], fits)
        return self._one_page(tried, choices)

    def _fewer_pages(self, plan: Plan) -> Plan:
        """Rows a little lower where that spares a page of a short table."""
        look, room = plan.laid[0].look, self._room(plan)
        heads = sum(plan.laid[0].heights(plan.row)[: plan.laid[0].head])

        def pages(row: float) -> int:
            return math.ceil((plan.height(row) - heads) / max(room - heads, 1.0))

        least = pages(look.least_row)
        if least == pages(plan.row) or least > _FEW_PAGES:
            return plan
        return Plan(plan.table, plan.kind, plan.laid, _highest(look, lambda row: pages(row) <= least))

    def _looks(self, table: Table) -> list[Look]:
        roles, measure = self._flow.style.roles, self._flow.measure
        body = roles[table.font]
        head = roles.get(f"{table.font}-head", body)
        return list(looks(body, head, (measure(body.font), measure(head.font)), self._flow.style.ruling))

    def _chosen(self, table: Table, choices: Sequence[Look]) -> tuple[str, int, list[Fit]]:
        """Page kind, index of the size, column widths."""
        upright = _upright(table)
        kinds = {"portrait": [upright], "landscape": ["landscape"]}.get(table.page, [upright, "landscape"])
        tries = [(kind, 0) for kind in kinds] + [(kinds[-1], n) for n in range(1, len(choices))]
        tried = [(kind, number, self._fits(table, choices[number], kind)) for kind, number in tries]
        for good in ("comfortable", "whole"):
            if good == "comfortable" and table.form:
                continue
            for kind, number, fits in tried if good == "comfortable" or table.form else tried[len(kinds) - 1 :]:
                if all(getattr(one, good) for one in fits):
                    return kind, number, fits
        return tried[-1]

    def _fits(self, table: Table, look: Look, kind: str) -> list[Fit]:
        room = self._flow.blank(kind).room - look.rule
        form = table.form or len(table.grids) > 1
        return [fit(grid, look, room, form=form) for grid in table.grids]

    @staticmethod
    def _laid(table: Table, kind: str, look: Look, fits: Sequence[Fit]) -> Plan:
        pairs = zip(table.grids, fits, strict=True)
        return Plan(table, kind, tuple(lay_out(grid, one.widths, look) for grid, one in pairs), look.row)

    def _title_role(self, table: Table) -> Role:
        return self._flow.style.roles[f"heading{table.level}" if table.level else "label"]

    def _title(self, plan: Plan, text: str) -> list[Line]:
        room = self._flow.blank(plan.kind).room
        return self._flow.lines(text, self._title_role(plan.table), room) if text else []

    def _above(self, plan: Plan) -> float:
        """Height of title and caption."""
        role, caption = self._title_role(plan.table), self._flow.style.roles["caption"]
        title = self._title(plan, plan.table.title)
        height = role.before + len(title) * role.leading + role.after if title else 0.0
        return height + len(self._caption_left(plan)) * caption.leading

    def _below(self, plan: Plan) -> float:
        """Height of the notes."""
        roles = self._flow.style.roles
        notes = [(roles[note.role], note.text) for note in plan.table.notes]
        return (_NOTE_GAP if notes else 0) + sum(
            role.before + role.after + len(self._flow.lines(text, role, plan.width)) * role.leading
            for role, text in notes
        )

    def start(self, plan: Plan) -> float:
        """The height (pt) that must be left on a page for the table to begin there."""
        whole = self._above(plan) + self._below(plan) + plan.height(plan.row)
        depth = self._flow.blank(plan.kind).depth
        if whole <= depth * (1 if plan.table.form else 0.6):
            return whole
        rows = 0.0
        for laid in plan.laid[:1]:
            heights = laid.heights(plan.row)
            rows = sum(heights[: min(len(heights), laid.head + COMPANY)])
        return min(self._above(plan) + rows, depth)

    def place(self, plan: Plan) -> None:
        """The table from the sheet's y on, over as many pages as it takes."""
        flow, table = self._flow, plan.table
        if table.level:
            flow.bookmark(table.title, table.level)
            heading = flow.structure.heading(table.level)
        else:
            heading = flow.structure.add("P", flow.structure.section) if table.title else ARTIFACT
        self._head_line(plan, table.title, heading)
        section = flow.structure.section
        for number, laid in enumerate(plan.laid):
            element = flow.structure.add("Table", section, title=table.title)
            if number == 0:
                if any(table.caption):
                    self._caption(plan, flow.structure.add("Caption", element))
            else:
                flow.sheet.y -= laid.look.gap
            self._grid(
                plan, laid, element, after=self._below(plan) if number == len(plan.laid) - 1 else 0.0, number=number
            )
        self._notes(plan, section)

    def _head_line(self, plan: Plan, title: str, element: int) -> None:
        role = self._title_role(plan.table)
        if lines := self._title(plan, title):
            self._flow.sheet.space(role.before)
            self._flow.put(lines, role, element)
            self._flow.sheet.y -= role.after

    def _grid(self, plan: Plan, laid: Laid, element: int, *, after: float, number: int) -> None:
        """One grid, its head on every page."""
        heights = laid.heights(plan.row)
        depth = self._flow.blank(plan.kind).depth - self._above(plan)
        head = laid.head if sum(heights[: laid.head]) <= depth / 2 else 0
        heads = [Strip(row, heights[row]) for row in range(head)]
        over = sum(strip.height for strip in heads)
        rows = [Need(n, heights[n], laid.grid.rows[n].total) for n in range(head, len(heights))]
        leading, pad = laid.look.body.leading, 2 * laid.look.pad_y
        first = self._flow.sheet.rest - over
        if number and sum(need.height for need in rows[:COMPANY]) > first:
            self._go_on(plan)
            number, first = 0, depth - over
        tops = number == 0 or laid.look.gap > 0
        writer = _Elements(self._flow, laid, element)
        for page, strips in enumerate(
            paginate(rows, first, depth - over, after=after, leading=leading, pad=pad) if rows else [[]]
        ):
            if page:
                self._go_on(plan)
            writer.rows([*heads, *strips])
            left = self._left(laid.width)
            draw(
                laid,
                [*heads, *strips],
                self._flow.sheet,
                left,
                artifacts=head if page else 0,
                top_rule=tops or page > 0,
            )

    def _go_on(self, plan: Plan) -> None:
        """A new page with title and caption again, as artifacts."""
        self._flow.turn(plan.kind)
        if plan.table.title:
            self._head_line(plan, plan.table.title + self._flow.style.continued, ARTIFACT)
        self._caption(plan, ARTIFACT)

    def _left(self, width: float) -> float:
        sheet = self._flow.sheet
        return (sheet.left + sheet.right - width) / 2

    def _caption_left(self, plan: Plan) -> list[Line]:
        """The lines of the caption's left text; a lone text stands right, on one line."""
        texts, role = plan.table.caption, self._flow.style.roles["caption"]
        measure = self._flow.measure(role.font)
        if not texts:
            return []
        if len(texts) == 1:
            return self._flow.lines(texts[0], role, plan.width)
        room = plan.width - sum(measure.em(text) + 1 for text in texts[1:]) * role.size
        return self._flow.lines(texts[0], role, max(room, plan.width / 3))

    def _caption(self, plan: Plan, element: int) -> None:
        """Up to three texts over the grid: one stands right, two left and right, three left, centre and right."""
        role, sheet, texts = self._flow.style.roles["caption"], self._flow.sheet, plan.table.caption
        measure = self._flow.measure(role.font)
        lines = self._caption_left(plan)
        if not lines:
            return
        left = self._left(plan.width)
        right = left + plan.width
        align = "right" if len(texts) == 1 else "left"
        sheet.put(lines, measure, role.size, role.leading, element, align=align, left=left, right=right)
        base = measure.baseline(sheet.y + role.leading, role.leading, role.size)
        end = right - measure.em(texts[-1]) * role.size
        middle_texts = texts[1:-1]
        if len(texts) > 1:
            middle_left = left + max(line.width for line in lines) * role.size
            for text in middle_texts:
                width = measure.em(text) * role.size
                x = (left + right - width) / 2
                if x < middle_left + role.size or x + width > end - role.size:
                    x = (middle_left + end - width) / 2
                sheet.runs.extend(measure.runs(measure.line(text), role.size, x, base, element))
            sheet.runs.extend(measure.runs(measure.line(texts[-1]), role.size, end, base, element))

    def _notes(self, plan: Plan, section: int) -> None:
        flow = self._flow
        for note in plan.table.notes:
            role = flow.style.roles[note.role]
            lines = flow.lines(note.text, role, plan.width)
            element = flow.structure.add("Note", section)
            flow.sheet.y -= role.before + (_NOTE_GAP if note is plan.table.notes[0] else 0)
            if len(lines) > flow.fitting(role):
                flow.turn(plan.kind)
            flow.paragraph(lines, role, element, left=self._left(plan.width), right=self._left(plan.width) + plan.width)
            flow.sheet.y -= role.after


class _Elements:
    """The structure of a grid, grown row by row in reading order."""

    def __init__(self, flow: Flow, laid: Laid, table: int) -> None:
        self._structure = flow.structure
        self._laid = laid
        self._table = table
        self._groups: dict[str, int] = {}
        self._done = 0

    def rows(self, strips: Sequence[Strip]) -> None:
        """Elements of the rows that have none yet."""
        for strip in strips:
            if strip.row >= self._done:
                self._row(strip.row, self._laid.grid.rows[strip.row])
                self._done = strip.row + 1

    def _row(self, number: int, row: Row) -> None:
        add, group = self._structure.add, "TBody" if row.role == "body" else "THead"
        if group not in self._groups:
            self._groups[group] = add(group, self._table)
        parent = add("TR", self._groups[group])
        for one in self._laid.rows[number]:
            cell = one.cell
            scope = {"column": "Column", "row": "Row"}.get(cell.header, "")
            tag = "TH" if cell.header else "TD"
            self._laid.elements[number, one.column] = add(tag, parent, scope=scope, rows=one.rows, columns=one.columns)


def _upright(table: Table) -> str:
    """The kind of upright page that a table stands on."""
    return "portrait" if table.level else "text"


def _highest(look: Look, fits: Callable[[float], bool]) -> float:
    """The greatest row height (pt), up to the usual one, with which the table still fits."""
    low, high = look.least_row, look.row
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low
