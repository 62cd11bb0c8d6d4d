"""The document as it flows from page to page: the sheet being filled, the structure, the bookmarks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from budgetreport.report import Entry
from budgetreport.style import Role, Style
from budgetreport.typeset.even import even_lines
from budgetreport.typeset.fonts import FontSet
from budgetreport.typeset.lines import Line, break_lines
from budgetreport.typeset.measure import Measure
from budgetreport.typeset.page import ARTIFACT, Bookmark
from budgetreport.typeset.sheet import Sheet
from budgetreport.typeset.structure import Structure

_TOLERANCE = 0.02
"""Characters are set closer by so much (em) at most, to bring one more onto a line."""
_TEXT_SIZE = 14.0
"""From this size (pt) on a text is a narrative's, set by the number of characters in a line."""
_TOUCH = 0.01
_UNPARTED = 3
"""A paragraph of so many lines stands on one page: one line of it would be alone."""
PAGES = 2_000
"""Pages of the longest document: ten times the longest that was ever published."""


class TooManyPagesError(Exception):
    """A document is longer than PAGES."""


class Flow:
    """Where the next block goes, and what all blocks share."""

    def __init__(self, style: Style, fonts: FontSet) -> None:
        self.style = style
        self.structure = Structure()
        self.sheets: list[Sheet] = []
        self.bookmarks: list[Bookmark] = []
        self.measure = cache(lambda font: Measure(fonts, font))

    @property
    def sheet(self) -> Sheet:
        """The page being filled."""
        return self.sheets[-1]

    def blank(self, kind: str, *, numbered: bool = True) -> Sheet:
        """A page of that kind, not yet part of the document."""
        return Sheet(kind, self.style.margins[kind], numbered=numbered)

    def turn(self, kind: str, *, numbered: bool = True) -> Sheet:
        """Go on to a new page of that kind. TooManyPagesError: there were enough."""
        if len(self.sheets) >= PAGES:
            raise TooManyPagesError
        self.sheets.append(self.blank(kind, numbered=numbered))
        return self.sheet

    def bookmark(self, entries: Sequence[Entry]) -> None:
        """Outline entries at the place where the next thing goes."""
        at = len(self.sheets) - 1
        self.bookmarks += [Bookmark(entry.text, entry.level, at, self.sheet.y) for entry in entries]

    def lines(self, text: str, role: Role, room: float) -> list[Line]:
        """A text in lines of that room (pt); centred ones of even length."""
        measure = self.measure(role.font)
        width = room / role.size - role.left
        if role.align == "center":
            return even_lines(text, measure.widths, width)
        flush = role.align == "justify"
        return break_lines(text, measure.widths, width, first=role.first, flush=flush, pitch=_pitch(role, width))

    def put(  # noqa: PLR0913 - lines, their role and their place
        self,
        lines: Sequence[Line],
        role: Role,
        element: int = ARTIFACT,
        *,
        first: bool = True,
        left: float = 0,
        right: float = 0,
    ) -> None:
        """Lines of a role onto the sheet, between its edges or those given (pt); there must be room.

        `first`: they begin a paragraph.
        """
        sheet, measure = self.sheet, self.measure(role.font)
        left, right = (left or sheet.left) + role.left * role.size, right or sheet.right
        indent = 0.0
        if first and role.align != "center":
            indent = role.first * role.size * (1 + _pitch(role, (right - left) / role.size))
        sheet.put(
            lines, measure, role.size, role.leading, element, align=role.align, left=left, right=right, first=indent
        )

    def fitting(self, role: Role) -> int:
        """How many lines of a role fit the sheet; of the last one only its characters must."""
        spare = (role.leading - role.size) / 2
        return max(0, int((self.sheet.rest + spare + _TOUCH) / role.leading))

    def paragraph(self, lines: Sequence[Line], role: Role, element: int, *, left: float = 0, right: float = 0) -> None:
        """A paragraph's lines over as many pages as they take, no single line of it alone where that can be."""
        first = True
        while lines:
            count = _companied(self.fitting(role), len(lines))
            if count == 0 and not self.sheet.fresh:
                self.turn(self.sheet.kind, numbered=self.sheet.numbered)
                continue
            count = count or max(1, self.fitting(role))
            self.put(lines[:count], role, element, first=first, left=left, right=right)
            lines, first = lines[count:], False
            if lines:
                self.turn(self.sheet.kind, numbered=self.sheet.numbered)


def first_lines(lines: int) -> int:
    """How many of a paragraph's lines stand under a heading at least: two, or all three of three."""
    return lines if lines <= _UNPARTED else 2


def _companied(fitting: int, lines: int) -> int:
    """How many of a paragraph's lines to set here, so that neither part is a single line."""
    if fitting >= lines:
        return lines
    if lines - fitting == 1:
        fitting -= 1
    return 0 if fitting == 1 else max(0, fitting)


def _pitch(role: Role, width: float) -> float:
    """Extra space (em) between the characters of a narrative, to bring one more onto a line: 28 where 27.6 would fit.

    Basis: GB/T 9704-2012, 5.2.3 (28 characters a line), whose 三号 is 5.6 mm of a line of 156 mm.
    """
    if role.align != "justify" or role.size < _TEXT_SIZE:
        return 0.0
    gaps = int(width)
    pitch = (width - gaps - 1) / gaps if gaps else 0.0
    return pitch if pitch >= -_TOLERANCE else 0.0
