"""The frame that each line was set in: the type area, or the width of the grid that it is caption or note of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from budgetreport.read.pdf.lines import Line, pieces
from budgetreport.read.pdf.sheets import GridPart, Sheet

_ENTRY = re.compile(r"(…|\.{3,}|．{2,}|·{3,}|(\. ?){4,}|-{4,}|—{4,})[…．.·\s—-]*\d*\s*$")
"""The end of an entry of a contents page: leaders, and the page's number where one is given."""
_TYPED = re.compile(r"[ \u3000]{2,8}\S")
_FAR = 0.6
"""What begins so far to the right was set right."""
_TOUCH = 1.0
_CENTRED = 4.0
"""Centres nearer than this (pt) are one."""
INDENT = 0.8
"""A line so much (em) further in is indented."""
SIZE = 0.6
"""Sizes (pt) that differ by less are one: files state 10.45 and 10.56."""
_CLOSE = 1.5
"""Captions and notes stand no farther (em) from their grid, or from each other."""
_NOTE = 10.5
"""A note may be so large (pt, 五号) though the table's text was made smaller."""
_DEEP = 4.0
"""A note or an entry of the contents is indented by less (em)."""
_MARGIN = 57.0
"""A margin (pt) at least so wide is likely. Basis: practice (20 mm)."""
_WIDE_GAP, _CAPTION_GAP = 3.0, 0.9
"""White (em) between texts that stand side by side, in the text and over a grid."""


@dataclass(frozen=True, slots=True)
class Set:
    """A line as it was set: its frame's edges (pt), and what it is: text, caption, note or entry (of the contents).

    `paper` is the middle of the page.
    """

    line: Line
    left: float
    right: float
    paper: float
    zone: str = "text"
    placed: str = ""
    """How it stands where that is known: texts side by side over a grid."""

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle, clear of both edges."""
        clear = self.line.x0 - self.left > INDENT * self.line.size
        return self.zone != "entry" and clear and not self.typed and self.symmetric()

    @property
    def typed(self) -> bool:
        """Whether it is indented by spaces."""
        return bool(_TYPED.match(self.line.text))

    @property
    def led(self) -> bool:
        """Whether it ends as an entry of the contents does: leaders, and mostly a page's number."""
        return bool(_ENTRY.search(self.line.text))

    def symmetric(self, near: float = _CENTRED) -> bool:
        """Whether its middle is the frame's or the page's, but for `near` (pt)."""
        middle = (self.line.x0 + self.line.x1) / 2
        return min(abs(middle - (self.left + self.right) / 2), abs(middle - self.paper)) < near

    @property
    def indent(self) -> float:
        """How far in it begins, in em."""
        return (self.line.x0 - self.left) / self.line.size

    @property
    def align(self) -> str:
        """Left, center or right in its frame."""
        if self.placed:
            return self.placed
        if self.centred:
            return "center"
        line, width = self.line, self.right - self.left
        far = line.x0 - self.left > _FAR * width
        near = line.x0 - self.left > width / 4 and self.right - line.x1 < line.size
        return "right" if far or near else "left"


Item = Set | GridPart


def items(sheets: Sequence[Sheet]) -> Iterator[Item]:
    """All lines and grids in reading order, lines with their frames."""
    zoned = [_Zoned(one, _zones(one)) for one in sheets]
    areas = {one.shape: _area([z for z in zoned if z.sheet.shape == one.shape]) for one in sheets}
    for one in zoned:
        yield from one.items(_widened(one, areas[one.sheet.shape]))


@dataclass(frozen=True, slots=True)
class _Zoned:
    """A sheet and, by a line's index, what zone of which grid it is in."""

    sheet: Sheet
    zones: Mapping[int, tuple[str, GridPart]]

    @property
    def plain(self) -> list[Line]:
        """The lines in no grid's zone."""
        return [line for n, line in enumerate(self.sheet.lines) if n not in self.zones]

    def items(self, area: tuple[float, float]) -> Iterator[Item]:
        """Its lines and grids in reading order; `area` is the type area."""
        sheet, waiting = self.sheet, list(self.sheet.grids)
        contents = sum(bool(_ENTRY.search(line.text)) for line in sheet.lines) > 1
        for n, line in enumerate(sheet.lines):
            while waiting and waiting[0].ruled.top < line.base:
                yield waiting.pop(0)
            zone, grid = self.zones.get(n, ("text", None))
            left, right = (grid.ruled.left, grid.ruled.right) if grid else area
            if contents and zone == "text" and (_ENTRY.search(line.text) or line.x0 - left < _DEEP * line.size):
                zone = "entry"
            yield from _side_by_side(Set(line, left, right, sheet.width / 2, zone))
        yield from waiting


def _widened(one: _Zoned, area: tuple[float, float]) -> tuple[float, float]:
    """The type area of a page that holds little but a wide grid."""
    left, right = area
    size = max((line.size for line in one.plain), default=0.0)
    full = (line for line in one.plain if line.width > one.sheet.width / 2)
    if any(line.x0 < left + 3 * size and line.edge > right - size for line in full):
        return area
    edges = [(part.ruled.left, part.ruled.right) for part in one.sheet.grids]
    return min([left, *(a for a, _ in edges)]), max([right, *(b for _, b in edges)])


def _side_by_side(whole: Set) -> Iterator[Set]:
    """Texts that stand on one baseline far from each other, each by itself."""
    if whole.zone == "entry" or (whole.zone == "text" and whole.centred):
        yield whole
        return
    gap = _CAPTION_GAP if whole.zone == "caption" else _WIDE_GAP
    parts = pieces(whole.line, gap * whole.line.size)
    room = whole.right - whole.left - sum(part.width + part.size for part in parts[1:])
    for n, part in enumerate(parts):
        if whole.zone != "caption" or len(parts) == 1:
            yield replace(whole, line=part)
        elif n == 0:
            yield replace(whole, line=part, right=whole.left + room, placed="left")
        else:
            yield replace(whole, line=part, placed="right" if n == len(parts) - 1 else "center")


def _zones(one: Sheet) -> dict[int, tuple[str, GridPart]]:
    """Which lines are captions over a grid or notes under it, by the line's index."""
    found: dict[int, tuple[str, GridPart]] = {}
    for part in one.grids:
        found.update((n, ("caption", part)) for n in _caption(one, part))
        edge, size = part.ruled.bottom, 0.0
        for n, line in enumerate(one.lines):
            if line.top >= part.ruled.bottom - _TOUCH:
                if not _is_note(line, part, edge, size):
                    break
                found[n] = "note", part
                edge, size = line.bottom, line.size
    return found


def _caption(one: Sheet, part: GridPart) -> list[int]:
    """The lines over a grid: texts side by side or one at the right, over them the first lines of the left text."""
    above = [n for n, line in enumerate(one.lines) if line.base <= part.ruled.top + _TOUCH]
    if not above or not _is_caption(one.lines[above[-1]], part):
        return []
    found = [above.pop()]
    lowest = one.lines[found[0]]
    beside = pieces(lowest, _CAPTION_GAP * lowest.size)
    while above and len(beside) > 1 and _wraps(one.lines[above[-1]], one.lines[found[-1]], part):
        found.append(above.pop())
    return found


def _is_caption(line: Line, part: GridPart) -> bool:
    grid = part.ruled
    if grid.top - line.bottom > _CLOSE * line.size:
        return False
    parts = pieces(line, _CAPTION_GAP * line.size)
    left, right = abs(line.x0 - grid.left) < line.size, abs(line.x1 - grid.right) < line.size
    return (left or right) if len(parts) > 1 else right and not left


def _wraps(line: Line, below: Line, part: GridPart) -> bool:
    """Whether a line is the one before `below` in the left text over a grid."""
    alike = abs(line.size - below.size) < SIZE and line.font == below.font
    close = below.top - line.bottom < _CLOSE * line.size
    return alike and close and abs(line.x0 - part.ruled.left) < _TOUCH and abs(below.x0 - line.x0) < _TOUCH


def _is_note(line: Line, part: GridPart, edge: float, size: float) -> bool:
    """It stands close under the grid or another note, at the grid's left, and is small as the grid's text."""
    if line.top - edge > _CLOSE * line.size or (size and abs(line.size - size) > SIZE):
        return False
    largest = max((_NOTE, *(one.size for cell in part.cells for one in cell.lines)))
    indent = line.x0 - part.ruled.left
    return line.size <= largest + SIZE and -2 * _TOUCH < indent < _DEEP * line.size


def _area(sheets: Sequence[_Zoned]) -> tuple[float, float]:
    """Left and right edge of the text on pages of one size: where lines begin and where the longest end."""
    plain, width = [line for one in sheets for line in one.plain], sheets[0].sheet.width
    if not plain:
        return 0.0, width
    size = max(line.size for line in plain)
    left = _edge(sorted(line.x0 for line in plain), size)
    right = _edge(sorted((line.edge for line in plain), reverse=True), size)
    far = left > width / 6 or left - (width - right) > 1.5 * size
    if far and not any(size < line.x0 - left < 3 * size for line in plain):  # each is the first of its paragraph
        left -= 2 * size
    if sum(abs(line.edge - right) < size for line in plain) == 1:  # one long line does not tell
        right = max(right, width - _MARGIN)
    return left, max(right, min(width - left, width - _MARGIN))


def _edge(edges: Sequence[float], size: float) -> float:
    """The outermost edge that is no exception."""
    enough = max(1, min(3, len(edges) // 10))
    return next(edge for edge in edges if sum(abs(other - edge) <= size for other in edges) >= enough)
