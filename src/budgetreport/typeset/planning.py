"""How a table is set: which way its page stands, how large its text is, how high its rows are.

A table that is too wide for an upright page turns the page, then its text shrinks to the role's smaller sizes,
then cells wrap; inside a text it shrinks before it turns the page. One that is a little too high for a page gets
lower rows, then smaller text; one upright page is better than several turned ones. Basis: practice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from budgetreport.report import Grid, Table
from budgetreport.style import Role
from budgetreport.typeset.breaks import COMPANY, Need, paginate
from budgetreport.typeset.flow import Flow
from budgetreport.typeset.grids import Laid, Strip, lay_out
from budgetreport.typeset.lines import Line
from budgetreport.typeset.look import Look, looks
from budgetreport.typeset.widths import Fit, Wanting, fit, wanting

NOTE_GAP = 3.0
"""White (pt) between a table and its notes."""
_TALL = 1.6
"""A table higher than so many pages is not brought onto one."""
_READABLE = 9.0
"""Text is not made smaller than this (pt) only to spare a page."""
_FEW_PAGES = 2
"""Rows are made lower to spare a page where so many or fewer are left."""
_WHOLE = 0.6
"""A table that takes no more of a page than this is not broken."""
_MUCH_LOWER = 0.7
"""Text is made smaller where that leaves no more than this share of a table's height, of a form's pages."""
_BEGINNING = 0.25
"""The rows that stand together at a grid's beginning take no more of a page than this, or are a single one."""
_ROUNDS = 12
_TOUCH = 0.01


_Try = tuple[str, int, list[Fit]]
"""Page kind, index of the size, column widths."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: its pages' kind, its grids, the least row height.

    `title`, `continued` and `caption` are the lines of its title, of that on later pages, and of the left text over
    it; `above`, `again` and `below` the heights of what stands over the grids, over them on later pages, and under
    them; `depth` that of the type area. All lengths in pt. `crowded`: some column is narrower than what stands in it.
    """

    table: Table
    kind: str
    laid: tuple[Laid, ...]
    row: float
    title: tuple[Line, ...]
    continued: tuple[Line, ...]
    caption: tuple[Line, ...]
    above: float
    again: float
    below: float
    depth: float
    crowded: bool = False

    @property
    def look(self) -> Look:
        """Of all its grids."""
        return self.laid[0].look

    @property
    def width(self) -> float:
        """Of the grids, in pt."""
        return max(laid.width for laid in self.laid)

    @property
    def room(self) -> float:
        """The height (pt) that a page of its own has for the grids."""
        return self.depth - self.above - self.below

    @property
    def whole(self) -> bool:
        """Whether it stands on one page."""
        return self.height(self.row) <= self.room + _TOUCH

    def height(self, row: float) -> float:
        """Of all grids on one page, in pt, where no row is less than `row`."""
        gaps = self.look.gap * (len(self.laid) - 1)
        return fsum(fsum(laid.heights(row)) for laid in self.laid) + gaps

    def heads(self, laid: Laid) -> list[Strip]:
        """The head's rows, repeated on every page; a head that takes half a page is none."""
        heights = laid.heights(self.row)
        head = laid.head if fsum(heights[: laid.head]) <= (self.depth - self.again) / 2 else 0
        return [Strip(row, heights[row]) for row in range(head)]

    def pages(self, laid: Laid, rest: float) -> list[list[Strip]]:
        """A grid's rows under its heads, page by page, where `rest` (pt) is left on the first one."""
        heights, heads, look = laid.heights(self.row), self.heads(laid), self.look
        over = fsum(strip.height for strip in heads)
        rows = [Need(n, heights[n], laid.grid.rows[n].total) for n in range(len(heads), len(heights))]
        after = self.below if laid is self.laid[-1] else 0.0
        full = self.depth - self.again - over
        return paginate(rows, rest - over, full, after=after, leading=look.body.leading, pad=2 * look.pad_y)

    def begins(self, laid: Laid) -> float:
        """The height (pt) of a grid's first rows, which stand together: not all three where rows are very high."""
        heights = laid.heights(self.row)
        head = fsum(heights[: laid.head])
        rows = heights[laid.head : laid.head + COMPANY]
        return head + min(fsum(rows), max([*rows[:1], self.depth * _BEGINNING]))

    def count(self) -> int:
        """How many pages it takes, from the head of one on."""
        count, rest = 0, self.depth - self.above
        for laid in self.laid:
            if count and self.begins(laid) > rest - self.look.gap:
                count, rest = count + 1, self.depth - self.again
            pages = self.pages(laid, rest)
            rest = (rest if len(pages) == 1 else self.depth - self.again) - fsum(
                strip.height for strip in (*self.heads(laid), *pages[-1])
            )
            count += len(pages) - bool(count)
        return count

    def start(self) -> float:
        """The height (pt) that must be left on a page for the table to begin there."""
        whole = self.above + self.below + self.height(self.row)
        if whole <= self.depth * (1 if self.table.form else _WHOLE):
            return whole
        return min(self.above + self.begins(self.laid[0]), self.depth)


class Planner:
    """Plans tables for a flow."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._wanting: dict[tuple[int, float], Wanting] = {}

    def plan(self, table: Table, *, reserved: float = 0) -> Plan:
        """The way that suits its content; `reserved` (pt) is kept free of its page, for headings over it."""
        choices = self._looks(table)
        kind, number, fits = self._chosen(table, choices)
        plan = self._laid(table, kind, choices[number], fits)
        plan = replace(plan, depth=plan.depth - reserved)
        if plan.whole:
            return plan
        one_page = self._one_page(plan, choices[number:]) or self._upright(plan, choices)
        return one_page or self._fewer_pages(self._denser(plan, choices[number + 1 :]))

    def _looks(self, table: Table) -> list[Look]:
        roles, measure = self._flow.style.roles, self._flow.measure
        body = roles[table.font]
        head = roles.get(f"{table.font}-head", body)
        return list(looks(body, head, (measure(body.font), measure(head.font)), self._flow.style.ruling))

    def _chosen(self, table: Table, choices: Sequence[Look]) -> _Try:
        """Page kind, index of the size, column widths: the first that is comfortable, or else that cuts nothing."""
        upright = _upright(table)
        kinds = {"portrait": [upright], "landscape": ["landscape"]}.get(table.page, [upright, "landscape"])
        smaller = range(1, len(choices))
        tries = [(kind, 0) for kind in kinds] + [(kinds[-1], number) for number in smaller]
        if not table.level:
            tries[1:1] = [(upright, n) for n in smaller if upright in kinds and choices[n].body.size >= _READABLE]
        tried = [(kind, number, self._fits(table, choices[number], kind)) for kind, number in tries]
        if not table.form:
            for one in tried:
                if all(fitted.comfortable for fitted in one[2]):
                    return one
            tried = [one for one in tried if one[0] == kinds[-1]]
        whole = [one for one in tried if all(fitted.whole for fitted in one[2])]
        if table.form or not whole:
            return whole[0] if whole else tried[-1]
        return _lowest(whole, choices)

    def _fits(self, table: Table, look: Look, kind: str) -> list[Fit]:
        room = self._flow.blank(kind).room - look.rule
        form = table.form or len(table.grids) > 1
        return [fit(grid.columns, self._wants(grid, look), look, room, form=form) for grid in table.grids]

    def _wants(self, grid: Grid, look: Look) -> Wanting:
        key = id(grid), look.head.size / look.body.size
        if key not in self._wanting:
            self._wanting[key] = wanting(grid, look)
        return self._wanting[key]

    def _laid(self, table: Table, kind: str, look: Look, fits: Sequence[Fit]) -> Plan:
        """The table laid out at these widths, rows at their usual height."""
        pairs = zip(table.grids, fits, strict=True)
        laid = tuple(lay_out(grid, one.widths, look) for grid, one in pairs)
        flow, roles, blank = self._flow, self._flow.style.roles, self._flow.blank(kind)
        width = max(one.width for one in laid)
        role = roles[title_role(table)]
        title = flow.lines(table.title, role, blank.room) if table.title else []
        continued = flow.lines(table.title + flow.style.continued, role, blank.room) if table.title else []
        caption = self._caption(table, width)
        above = (role.before + len(title) * role.leading + role.after) if title else 0.0
        above += len(caption) * roles["caption"].leading
        again = above + (len(continued) - len(title)) * role.leading
        below = fsum(self._note(roles[note.role], note.text, width) for note in table.notes)
        below += NOTE_GAP if table.notes else 0
        lines = tuple(title), tuple(continued), tuple(caption)
        crowded = not all(one.whole for one in fits)
        return Plan(table, kind, laid, look.row, *lines, above, again, below, blank.depth, crowded)

    def _note(self, role: Role, text: str, width: float) -> float:
        return role.before + len(self._flow.lines(text, role, width)) * role.leading + role.after

    def _caption(self, table: Table, width: float) -> list[Line]:
        """The lines of the left text over the grid, or of the only one."""
        texts, role = table.caption, self._flow.style.roles["caption"]
        if not texts:
            return []
        em = self._flow.measure(role.font).em
        room = width - fsum(em(text) + 1 for text in texts[1:]) * role.size
        return self._flow.lines(texts[0], role, max(room, width / 3))

    def _one_page(self, plan: Plan, choices: Sequence[Look]) -> Plan | None:
        """Lower rows, then smaller text, where that brings the table onto one page."""
        if plan.height(choices[0].least_row) > _TALL * plan.room:
            return None
        for look in choices:
            if look is not choices[0] and look.body.size < _READABLE:
                break
            fits = self._fits(plan.table, look, plan.kind)
            tried = plan if look is plan.look else self._laid(plan.table, plan.kind, look, fits)
            tried = replace(tried, depth=min(tried.depth, plan.depth))
            if all(one.whole for one in fits) and tried.height(look.least_row) <= tried.room:
                return replace(tried, row=_highest(look, lambda row, of=tried: of.height(row) <= of.room))  # type: ignore[misc]  # a default that binds the loop's value
        return None

    def _upright(self, plan: Plan, choices: Sequence[Look]) -> Plan | None:
        """One upright page rather than several turned ones."""
        kind = _upright(plan.table)
        rows = sum(len(grid.rows) for grid in plan.table.grids)
        too_tall = rows * choices[-1].least_row > self._flow.blank(kind).depth
        if plan.kind != "landscape" or plan.table.page == "landscape" or too_tall:
            return None
        tried = self._laid(plan.table, kind, choices[0], self._fits(plan.table, choices[0], kind))
        return self._one_page(tried, choices)

    def _denser(self, plan: Plan, smaller: Sequence[Look]) -> Plan:
        """A form over several pages in smaller text, where that leaves much fewer of them."""
        for look in smaller if plan.table.form else ():
            fits = self._fits(plan.table, look, plan.kind)
            if look.body.size >= _READABLE and all(one.whole for one in fits):
                tried = replace(self._laid(plan.table, plan.kind, look, fits), depth=plan.depth)
                if tried.count() <= _MUCH_LOWER * plan.count():
                    return tried
        return plan

    @staticmethod
    def _fewer_pages(plan: Plan) -> Plan:
        """Rows a little lower where that spares a page of a short table."""
        least = replace(plan, row=plan.look.least_row).count()
        if least > _FEW_PAGES or least == plan.count():
            return plan
        return replace(plan, row=_highest(plan.look, lambda row: replace(plan, row=row).count() <= least))


def title_role(table: Table) -> str:
    """The role of a table's title: of one that stands under a heading, the label's."""
    return "heading1" if table.level == 1 else "label"


def _lowest(tried: Sequence[_Try], choices: Sequence[Look]) -> _Try:
    """Of sizes at which texts wrap, the largest but where a smaller readable one makes the table much lower."""

    def height(one: _Try) -> float:
        return sum(fitted.lines for fitted in one[2]) * choices[one[1]].body.leading

    best = tried[0]
    for one in tried[1:]:
        if one[0] == best[0] and choices[one[1]].body.size >= _READABLE and height(one) <= _MUCH_LOWER * height(best):
            best = one
    return best


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
