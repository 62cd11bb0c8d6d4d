"""Pages as they fill: a cursor that goes down a page and on to the next, and the structure that grows with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from budgetreport.pagework.lines import Line, Setting, balanced, break_lines
from budgetreport.pagework.setting import MM, baseline, runs, start
from budgetreport.pagework.tables import Sheet, sheet
from budgetreport.style import Role, Style
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.page import ARTIFACT, Bookmark, Element, Link, Page, Rule, Run

_FOOTER_DROP = 7.0
"""The page number's top lies this far (mm) under the type area. Basis: GB/T 9704-2012, 7.5."""


@dataclass
class Open:
    """A page being filled. `kind` names its margins; `numbered` says whether it counts and shows its number."""

    kind: str
    sheet: Sheet
    numbered: bool
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass
class Flow:
    """The document so far. `y` is how far down (pt, upwards from the page's foot) the open page is filled."""

    style: Style
    fonts: FontSet
    pages: list[Open] = field(default_factory=list)
    elements: list[Element] = field(default_factory=lambda: [Element("Document", -1)])
    bookmarks: list[Bookmark] = field(default_factory=list)
    y: float = 0

    @property
    def page(self) -> Open:
        """The page being filled."""
        return self.pages[-1]

    @property
    def left(self) -> float:
        """What is left of the type area's height, in pt."""
        return self.y - self.page.sheet.bottom

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return bool(self.pages) and self.y >= self.page.sheet.top

    def sheet(self, kind: str) -> Sheet:
        """The page that margins of that name make."""
        return sheet(self.style.margins[kind], turned=kind == "landscape")

    def new_page(self, kind: str, *, numbered: bool = True) -> None:
        """Go on to a new page."""
        self.pages.append(Open(kind, self.sheet(kind), numbered))
        self.y = self.page.sheet.top

    def on(self, kind: str) -> None:
        """Be on a page of that kind."""
        if not self.pages or self.page.kind != kind or not self.page.numbered:
            self.new_page(kind)

    def element(self, tag: str, parent: int = 0, **said: object) -> int:
        """A new node of the structure tree; its index."""
        self.elements.append(Element(tag, parent, **said))  # type: ignore[arg-type]  # names of Element's fields
        return len(self.elements) - 1

    def bookmark(self, title: str, level: int) -> None:
        """An outline entry at the cursor."""
        self.bookmarks.append(Bookmark(title, level, len(self.pages) - 1, self.y))

    def role(self, name: str) -> Role:
        """A role of the style."""
        return self.style.roles[name]

    def setting(self, role: Role, room: float) -> Setting:
        """What texts of a role are broken to in this room (pt)."""
        size = role.size
        flush = role.align == "justify"
        return Setting(self.fonts.widths(role.font), size, room - role.left * size, role.first * size, flush)

    def lines(self, text: str, role: Role) -> list[Line]:
        """A text in the lines of the type area; centred texts in lines of even length."""
        setting = self.setting(role, self.page.sheet.room)
        return balanced(text, setting) if role.align == "center" else break_lines(text, setting)

    def put(self, lines: Iterable[Line], role: Role, element: int) -> None:
        """Lines at the cursor, going down; there must be room."""
        page = self.page.sheet
        indent = role.left * role.size
        drop = baseline(self.fonts, role, role.size, role.leading)
        for line in lines:
            left = page.left + indent + line.indent
            x = start(role.align, left, page.right - left, line.width)
            self.page.runs += runs(self.fonts, role, line, x, self.y - drop, role.size, element)
            self.y -= role.leading

    def paragraph(self, text: str, role: Role, element: int, *, keep: float = 0) -> None:
        """A paragraph over as many pages as it takes; no single line of it alone. `keep` (pt) must fit after it."""
        lines = self.lines(text, role)
        self.space(role.before)
        while lines:
            fitting = int(
                (self.left - (keep if len(lines) * role.leading + keep > self.left else 0) + 0.01) / role.leading
            )
            fitting = max(0, min(fitting, len(lines)))
            count = self._companied(fitting, len(lines))
            if count == 0 and not self.fresh:
                self.new_page(self.page.kind, numbered=self.page.numbered)
                continue
            count = count or max(1, fitting)
            self.put(lines[:count], role, element)
            lines = lines[count:]
            if lines:
                self.new_page(self.page.kind, numbered=self.page.numbered)
        self.space(role.after)

    @staticmethod
    def _companied(fitting: int, lines: int) -> int:
        """How many of a paragraph's lines to set here so that neither part is a single line."""
        if fitting >= lines:
            return lines
        if lines - fitting == 1:
            fitting -= 1
        return 0 if fitting == 1 and lines > 1 else max(0, fitting)

    def space(self, height: float) -> None:
        """White, but none at the top of a page."""
        if not self.fresh:
            self.y -= min(height, max(self.left, 0))

    def finished(self) -> list[Page]:
        """All pages with their numbers, odd ones right, even ones left. Basis: GB/T 9704-2012, 7.5."""
        found = []
        number = 0
        for page in self.pages:
            number += page.numbered
            footer = self._footer(page.sheet, number) if page.numbered else []
            shown = str(number) if page.numbered else ""
            size = page.sheet
            drawn = (*page.runs, *footer)
            found.append(Page(size.width, size.height, drawn, tuple(page.rules), tuple(page.links), shown))
        return found

    def _footer(self, page: Sheet, number: int) -> Sequence[Run]:
        role = self.role("page-number")
        before, after = self.style.footer
        text = f"{before}{number}{after}"
        line = Line(text, self.setting(role, page.room).width(text))
        x = page.right - role.size - line.width if number % 2 else page.left + role.size
        y = page.bottom - _FOOTER_DROP * MM - baseline(self.fonts, role, role.size, role.leading)
        return list(runs(self.fonts, role, line, x, max(y, role.size), role.size, ARTIFACT))
