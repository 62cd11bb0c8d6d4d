"""Style: fonts, sizes, margins and rules of a layout, as its style.yaml states them.

Sizes in pt, lengths in mm, indents in characters (em of the role's size). Basis of the defaults in
layouts/common/style.yaml: GB/T 9704-2012 for text, practice of published budgets for tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

A4 = (210.0, 297.0)
"""The paper's short and long side in mm."""

POINTS = 72 / 25.4
"""pt in a mm."""

SMALLEST = 8.0
"""No text is set smaller (pt). Basis: practice; smaller print is sent back."""

NARROWEST = 2.0
"""No column of a table is narrower, in characters without the white around them. Basis: practice."""


@dataclass(frozen=True, slots=True)
class Role:
    """How one kind of text is set.

    `font` names a font role (小标宋, 宋体, 黑体, 仿宋, 楷体); `leading` is the distance of baselines in
    pt; `before` and `after` space in pt; `first` the first line's indent and `left` that of all lines,
    in characters; `align` left, center, right or justify; `smaller` further sizes that a table may
    fall back to, largest first, before its cells wrap.
    """

    font: str
    size: float
    leading: float
    align: str = "justify"
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    smaller: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Margins:
    """The white around the type area of an A4 page, in mm; `turned`: the page lies on its long edge."""

    top: float
    right: float
    bottom: float
    left: float
    turned: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page in mm."""
        short, long = A4
        return (long, short) if self.turned else (short, long)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Geometry of tables: rule width in pt, lengths in mm.

    `row` is the usual row height, `row_least` what it may shrink to where the table then fits one page;
    `pad` the white between text and rule at the sides and `pad_y`
    above and below; `gap` lies between the stacked grids of a form; `widest` is the most that a
    table is stretched to when its content needs less (0: the type area's width).
    """

    rule: float
    row: float
    row_least: float
    pad: float
    pad_y: float
    gap: float
    widest: float


@dataclass(frozen=True, slots=True)
class Style:
    """Everything typesetting asks of a layout.

    `roles` by name; `margins` for the pages: text (the narrative), portrait and landscape (pages
    of their own for tables), cover; `recognised`: (regular expression, role) pairs that give short
    body paragraphs such as （一）… the role of a sub-heading; `continued`: put after a table's title
    on its later pages (续表); `footer`: the page number's text around it, e.g. '— ' and ' —';
    `workbook_fonts`: font role to the name of a font on a clerk's computer (a role without one: its own name).
    """

    roles: Mapping[str, Role]
    margins: Mapping[str, Margins]
    ruling: Ruling
    recognised: tuple[tuple[str, str], ...]
    continued: str
    footer: tuple[str, str]
    workbook_fonts: Mapping[str, str]
