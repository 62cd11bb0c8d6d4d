"""The contents page: one entry a bookmark, dots, and the true page number, each a link."""

from __future__ import annotations

from dataclasses import replace

from budgetreport.pagework.flow import Flow, Open
from budgetreport.pagework.lines import Line, break_lines
from budgetreport.pagework.setting import baseline, runs
from budgetreport.style import Role
from budgetreport.typeset.page import Bookmark, Link

_DOT = "…"
_GAP = 0.5
"""Em between title, dots and number."""


def contents_pages(flow: Flow, title: str, at: int, toc: int) -> None:
    """Set the contents and insert its pages before page `at`; bookmarks move along."""
    number, numbers = 0, []
    for page in flow.pages:
        number += page.numbered
        numbers.append(number)
    body, flow.pages = flow.pages, []
    bookmarks = flow.bookmarks
    flow.new_page("text", numbered=False)
    role = flow.role("contents-title")
    flow.put(flow.lines(title, role), role, flow.element("P", toc))
    flow.y -= role.after
    for index, bookmark in enumerate(bookmarks):
        _entry(flow, bookmark, str(numbers[bookmark.page]), index, flow.element("TOCI", toc))
    pages: list[Open] = flow.pages
    flow.pages = [*body[:at], *pages, *body[at:]]
    moved = [replace(b, page=b.page + len(pages)) if b.page >= at else b for b in bookmarks]
    flow.bookmarks = moved


def _entry(flow: Flow, bookmark: Bookmark, number: str, index: int, element: int) -> None:
    role = flow.role("contents1" if bookmark.level == 1 else "contents2")
    page = flow.page.sheet
    setting = flow.setting(role, page.room)
    tail = setting.width(number) + 3 * role.size
    lines = break_lines(bookmark.title, replace(setting, room=setting.room - tail, flush=False))
    if len(lines) * role.leading > flow.left:
        flow.new_page("text", numbered=False)
        page = flow.page.sheet
    top = flow.y
    left_role = replace(role, align="left")
    flow.put(lines[:-1], left_role, element)
    _last(flow, left_role, lines[-1], number, element)
    link = Link(page.left, flow.y, page.right, top, index, element)
    flow.page.links.append(link)


def _last(flow: Flow, role: Role, line: Line, number: str, element: int) -> None:
    """The entry's last line with dots up to the number at the right edge."""
    page = flow.page.sheet
    setting = flow.setting(role, page.room)
    y = flow.y - baseline(flow.fonts, role, role.size, role.leading)
    x = page.left + role.left * role.size
    flow.page.runs += runs(flow.fonts, role, line, x, y, role.size, element)
    number_x = page.right - setting.width(number)
    dot = setting.width(_DOT)
    room = number_x - (x + line.width) - 2 * _GAP * role.size
    count = max(0, int(room / dot))
    dots = Line(_DOT * count, dot * count)
    flow.page.runs += runs(flow.fonts, role, dots, number_x - _GAP * role.size - dots.width, y, role.size, element)
    flow.page.runs += runs(flow.fonts, role, Line(number, setting.width(number)), number_x, y, role.size, element)
    flow.y -= role.leading
