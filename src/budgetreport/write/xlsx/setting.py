"""What the layout's style says, in the terms of a workbook: fonts by their names, page room in units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from budgetreport.report import Paragraph, Table
from budgetreport.style import POINTS, Margins, Role, Style
from budgetreport.write.xlsx import measure
from budgetreport.write.xlsx.sheet import Look

_MARGINS = Margins(20, 15, 20, 15)
_ROLE = Role("宋体", 11, 15)


@dataclass(frozen=True, slots=True)
class Setting:
    """A style, asked by role and page."""

    style: Style

    def role(self, *names: str) -> Role:
        """The first of these roles that the style has."""
        return next((self.style.roles[name] for name in names if name in self.style.roles), _ROLE)

    def title(self, table: Table) -> Role:
        """The role of a table's title: a heading's, or a label's."""
        return self.role("heading1" if table.level == 1 else "label", "heading1", "body")

    def recognised(self, paragraph: Paragraph) -> str:
        """The name of a paragraph's role: a sub-heading's where the style knows a body paragraph for one."""
        if paragraph.role == "body":
            for pattern, role in self.style.recognised:
                if re.search(pattern, paragraph.text):
                    return role
        return paragraph.role

    def font(self, role: str) -> str:
        """A font role's name on a clerk's computer."""
        return self.style.workbook_fonts.get(role, role)

    def look(self, role: Role, align: str = "left", *, size: float = 0, link: bool = False) -> Look:
        """Text in this role, not ruled."""
        return Look(self.font(role.font), size or role.size, align, link=link)

    def margins(self, page: str) -> Margins:
        """The white around a page, in mm: text, portrait or landscape."""
        return self.style.margins.get(page) or replace(_MARGINS, turned=page == "landscape")

    def room(self, page: str) -> float:
        """Units between the margins of a page."""
        margins = self.margins(page)
        return (margins.paper[0] - margins.left - margins.right) / measure.UNIT

    def depth(self, page: str) -> float:
        """Height between the margins of a page, in pt."""
        margins = self.margins(page)
        return (margins.paper[1] - margins.top - margins.bottom) * POINTS

    def page(self, *, landscape: bool) -> str:
        """The name of a table's page."""
        return "landscape" if landscape else "portrait"
