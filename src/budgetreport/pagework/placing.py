"""One table or form onto pages: title, caption, grids and notes, each page with what a reader needs."""

from __future__ import annotations

from budgetreport.pagework.flow import Flow
from budgetreport.pagework.grids import Edges, Layout, Slice
from budgetreport.pagework.lines import Line, Setting, balanced, break_lines
from budgetreport.pagework.setting import MM, baseline, runs
from budgetreport.pagework.tables import Plan, Sheet, breaks
from budgetreport.report import Table
from budgetreport.style import Role
from budgetreport.typeset.page import ARTIFACT

_BODY_ROWS = 3


class Placing:
    """Places a planned table at the flow's cursor."""

    def __init__(self, flow: Flow, table: Table, plan: Plan) -> None:
        self._flow = flow
        self._table = table
        self._plan = plan
        self._gap = flow.style.ruling.gap * MM
        self._edges = Edges(flow.style.ruling.rule)
        self._title_role = flow.role(f"heading{table.level}" if table.level else "label")

    @staticmethod
    def around(flow: Flow, table: Table, page: Sheet) -> tuple[float, float]:
        """Heights (pt) of title and caption, and of the notes, on a page of that width."""
        role = flow.role(f"heading{table.level}" if table.level else "label")
        title = balanced(table.title, flow.setting(role, page.room)) if table.title else []
        caption, note = flow.role("caption"), flow.role("note")
        above = len(title) * role.leading + (role.before + role.after if title else 0)
        above += caption.leading * bool(table.caption) * (1 + _overlong(flow, table, page, caption))
        lines = sum(len(break_lines(n.text, flow.setting(note, page.room))) for n in table.notes)
        return above, lines * note.leading + (note.before + note.leading / 3 if lines else 0)

    def least(self) -> float:
        """The least height (pt) that must stand together: title, caption, head and some rows; a whole form if it fits."""
        above, below = self.around(self._flow, self._table, self._flow.page.sheet)
        whole = above + below + self._plan.depth(self._gap)
        if self._table.form:
            return whole if whole <= self._flow.page.sheet.depth else above + self._first_rows()
        return min(whole, above + self._first_rows())

    def _first_rows(self) -> float:
        layout = self._plan.layouts[0]
        return layout.height(0, min(len(layout.grid.head) + _BODY_ROWS, len(layout.heights)))

    def place(self, section: int, *, under_heading: bool = False) -> None:
        """The whole table, over as many pages as it takes; under a heading it begins on the heading's page."""
        flow, table = self._flow, self._table
        if self.least() > flow.left and not flow.fresh and not under_heading:
            flow.new_page(flow.page.kind)
        if table.level:
            flow.bookmark(table.title, table.level)
        _, below = self.around(flow, table, flow.page.sheet)
        self._title(section)
        table_element = flow.element("Table", section, title=table.title)
        if table.caption:
            self._caption(flow.element("Caption", table_element))
        layouts = self._plan.layouts
        for number, layout in enumerate(layouts):
            last = number == len(layouts) - 1
            self._grid(layout, table_element, below if last else 0)
            if not last:
                flow.y -= self._gap
        self._ruled()
        note = flow.role("note")
        for number, paragraph in enumerate(table.notes):
            if number == 0:
                flow.space(note.leading / 3)
            flow.paragraph(paragraph.text, note, flow.element("Note", section))
        if not table.level:
            flow.space(flow.role("body").leading / 2)

    def _title(self, section: int) -> None:
        if not self._table.title:
            return
        flow, role = self._flow, self._title_role
        flow.space(role.before)
        tag = f"H{self._table.level}" if self._table.level else "P"
        element = flow.element(tag, section)
        flow.put(balanced(self._table.title, flow.setting(role, flow.page.sheet.room)), role, element)
        flow.space(role.after)

    def _caption(self, element: int) -> None:
        """The texts over the grid: one stands right, two left and right, three left, centre and right."""
        flow = self._flow
        role = flow.role("caption")
        left = self._left()
        width = self._plan.width
        setting = Setting(flow.fonts.widths(role.font), role.size, width)
        texts = self._table.caption
        aligned = {1: ("right",), 2: ("left", "right")}.get(len(texts), ("left", "center", "right"))
        if _overlong(flow, self._table, flow.page.sheet, role):
            self._caption_line([(texts[0], "left")], left, width, setting, element)
            self._caption_line(list(zip(texts[1:], aligned[1:], strict=True)), left, width, setting, element)
        else:
            self._caption_line(list(zip(texts, aligned, strict=True)), left, width, setting, element)

    def _caption_line(
        self, texts: list[tuple[str, str]], left: float, width: float, setting: Setting, element: int
    ) -> None:
        flow = self._flow
        role = flow.role("caption")
        drop = baseline(flow.fonts, role, role.size, role.leading)
        sides = {align: setting.width(text) for text, align in texts}
        for text, align in texts:
            line = Line(text, setting.width(text))
            spare = width - line.width
            centre = spare / 2
            if max(sides.get("left", 0), sides.get("right", 0)) > centre - role.size:  # between the others then
                centre = (sides.get("left", 0) + width - sides.get("right", 0) - line.width) / 2
            x = left + {"left": 0.0, "center": centre, "right": spare}[align]
            flow.page.runs += runs(flow.fonts, role, line, x, flow.y - drop, role.size, element)
        flow.y -= role.leading

    def _left(self) -> float:
        """The grids' left edge: centred in the type area."""
        page = self._flow.page.sheet
        return page.left + (page.room - self._plan.width) / 2

    def _continue(self) -> None:
        """A later page: title, caption and all heads again, as artifacts."""
        flow, role = self._flow, self._title_role
        self._ruled()
        flow.new_page(flow.page.kind)
        if self._table.title:
            title = self._table.title + flow.style.continued
            flow.put(balanced(title, flow.setting(role, flow.page.sheet.room)), role, ARTIFACT)
            flow.space(role.after)
        if self._table.caption:
            self._caption(ARTIFACT)

    def _grid(self, layout: Layout, parent: int, below: float) -> None:
        flow = self._flow
        head = len(layout.grid.head)
        head_height = layout.height(0, head)
        above, _ = self.around(flow, self._table, flow.page.sheet)
        later = flow.page.sheet.depth - above - head_height
        ranges = breaks(layout, flow.left - head_height, later, below)
        if not ranges:
            ranges = [(head, head)]
        elements = self._elements(layout, parent)
        drawn: dict[tuple[int, int], int] = {}
        for number, (first, after) in enumerate(ranges):
            if number:
                self._continue()
            elif first == after and len(ranges) > 1:
                continue
            fresh = number == 0 or (number == 1 and ranges[0][0] == ranges[0][1])
            if head:
                shown = elements if fresh else None
                self._slice(Slice(layout, 0, head, self._left(), flow.y, shown, {}))
            self._slice(Slice(layout, first, after, self._left(), flow.y, elements, drawn))

    def _ruled(self) -> None:
        """Draw the page's lines: stacked grids share theirs."""
        self._flow.page.rules += self._edges.rules()
        self._edges = Edges(self._flow.style.ruling.rule)

    def _slice(self, piece: Slice) -> None:
        self._flow.page.runs += piece.paint(self._edges)
        self._flow.y -= piece.layout.height(piece.first, piece.after)

    def _elements(self, layout: Layout, parent: int) -> dict[tuple[int, int], int]:
        """THead and TBody with a row each and its cells; the structure of what is printed once."""
        flow = self._flow
        found: dict[tuple[int, int], int] = {}
        cells = iter(sorted(layout.cells, key=lambda one: (one.row, one.column)))
        rows = layout.grid.rows
        group = {False: -1, True: -1}
        pending = next(cells, None)
        for y, row in enumerate(rows):
            body = row.role == "body"
            if group[body] < 0:
                group[body] = flow.element("TBody" if body else "THead", parent)
            tr = flow.element("TR", group[body])
            while pending is not None and pending.row == y:
                cell = pending.cell
                scope = {"column": "Column", "row": "Row"}.get(cell.header, "")
                found[y, pending.column] = flow.element(
                    "TH" if scope else "TD", tr, scope=scope, rows=pending.rows, columns=cell.columns
                )
                pending = next(cells, None)
        return found


def _overlong(flow: Flow, table: Table, page: Sheet, role: Role) -> bool:
    """Whether the caption's texts would touch on one line, so that the first takes a line of its own."""
    setting = flow.setting(role, page.room)
    widths = [setting.width(text) for text in table.caption]
    if len(widths) < 2:  # noqa: PLR2004 - one text touches none
        return False
    return sum(widths) + (len(widths) - 1) * role.size > page.room
