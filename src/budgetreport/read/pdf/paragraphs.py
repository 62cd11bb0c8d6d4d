"""Lines into paragraphs, by geometry: a paragraph goes on where its line is full and the next one not indented.

Each line knows the frame that it was set in: the type area, or the width of the grid that it is caption or note of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.problems import PagePlace
from budgetreport.read.found import FoundText
from budgetreport.read.pdf.lines import Line, need, pieces
from budgetreport.read.pdf.sheets import GridPart, Sheet

_ENTRY = re.compile(r"(…|\.{3,}|．{2,}|·{3,}|(\. ?){4,}|-{4,}|—{4,})[…．.·\s—-]*\d*\s*$")
"""The end of an entry of a contents page: leaders, and the page's number where one is given."""
_TYPED = re.compile(r"[ \u3000]{2,8}\S")
"""A first line indented by spaces."""
_FAR = 0.6
"""What begins so far to the right was set right."""
_TOUCH = 1.0
_CENTRED = 4.0
"""Centres nearer than this (pt) are one."""
_LEAST = 0.7
"""A line that fills the measure stands so far (pt) from both edges only if it was centred."""
_INDENT = 0.8
"""A line so much (em) further in is indented."""
_SIZE = 0.6
_FARTHEST = 2.2
"""Lines of a paragraph are no farther apart than this (em)."""
_WIDER = 1.25
"""Nor by more than this part of the distance that its first lines have."""
_CLOSE = 1.5
"""Captions and notes stand no farther (em) from their grid, or from each other."""
_DEEP = 4.0
"""A note or an entry of the contents is indented by less (em)."""
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
        clear = self.line.x0 - self.left > _INDENT * self.line.size
        typed = _TYPED.match(self.line.text)
        return self.zone != "entry" and clear and not typed and _symmetric(self)

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
    areas = {one.shape: _area([s for s in sheets if s.shape == one.shape]) for one in sheets}
    for one in sheets:
        yield from _page(one, _widened(one, areas[one.shape]))


def _widened(one: Sheet, area: tuple[float, float]) -> tuple[float, float]:
    """The type area of a page that holds little but a wide grid."""
    left, right = area
    size = max((line.size for line in one.lines), default=0.0)
    if any(line.x0 < left + 3 * size and line.edge > right - size for line in one.lines if id(line) not in _zones(one)):
        return area
    edges = [(part.ruled.left, part.ruled.right) for part in one.grids]
    return min([left, *(a for a, _ in edges)]), max([right, *(b for _, b in edges)])


def _page(one: Sheet, area: tuple[float, float]) -> Iterator[Item]:
    zones = _zones(one)
    entries = sum(bool(_ENTRY.search(line.text)) for line in one.lines) > 1
    waiting = list(one.grids)
    for line in one.lines:
        while waiting and waiting[0].ruled.top < line.base:
            yield waiting.pop(0)
        zone, grid = zones.get(id(line), ("text", None))
        left, right = (grid.ruled.left, grid.ruled.right) if grid else area
        if entries and zone == "text":
            zone = "entry" if _ENTRY.search(line.text) or line.x0 - left < _DEEP * line.size else "text"
        yield from _side_by_side(Set(line, left, right, one.width / 2, zone))
    yield from waiting


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
    """Which lines are captions over a grid or notes under it, by identity of the line."""
    found: dict[int, tuple[str, GridPart]] = {}
    for part in one.grids:
        found.update((id(line), ("caption", part)) for line in _caption(one, part))
        edge, size = part.ruled.bottom, 0.0
        for line in (line for line in one.lines if line.top >= part.ruled.bottom - _TOUCH):
            if not _is_note(line, part, edge, size):
                break
            found[id(line)] = "note", part
            edge, size = line.bottom, line.size
    return found


def _caption(one: Sheet, part: GridPart) -> list[Line]:
    """The lines over a grid: texts side by side or one at the right, over them the first lines of the left text."""
    above = [line for line in one.lines if line.base <= part.ruled.top + _TOUCH]
    if not above or not _is_caption(above[-1], part):
        return []
    found = [above.pop()]
    beside = pieces(found[0], _CAPTION_GAP * found[0].size)
    while above and len(beside) > 1 and _wraps(above[-1], found[-1], part):
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
    alike = abs(line.size - below.size) < _SIZE and line.font == below.font
    close = below.top - line.bottom < _CLOSE * line.size
    return alike and close and abs(line.x0 - part.ruled.left) < _TOUCH and abs(below.x0 - line.x0) < _TOUCH


def _is_note(line: Line, part: GridPart, edge: float, size: float) -> bool:
    """It stands close under the grid or another note, at the grid's left, and is no larger than the grid's text."""
    if line.top - edge > _CLOSE * line.size or (size and abs(line.size - size) > _SIZE):
        return False
    largest = max((one.size for cell in part.cells for one in cell.lines), default=0.0)
    indent = line.x0 - part.ruled.left
    return line.size <= largest + _SIZE and -2 * _TOUCH < indent < _DEEP * line.size


def _area(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """Left and right edge of the text on pages of one size: where lines begin and where the longest end."""
    plain = [line for one in sheets for line in one.lines if id(line) not in _zones(one)]
    if not plain:
        return 0.0, sheets[0].width
    left = min(line.x0 for line in plain)
    right = max(line.edge for line in plain)
    for edge in sorted({line.x0 for line in plain}):
        if _backed(edge, [line.x0 for line in plain], plain[0].size):
            left = edge
            break
    for edge in sorted({line.edge for line in plain}, reverse=True):
        if _backed(edge, [line.edge for line in plain], plain[0].size):
            right = edge
            break
    return left, max(right, sheets[0].width - left - 20 if left < sheets[0].width / 3 else right)


def _backed(edge: float, edges: Sequence[float], size: float) -> bool:
    """Whether enough other lines have nearly this edge."""
    near = sum(abs(other - edge) <= size for other in edges)
    return near >= min(len(edges), max(2, len(edges) / 50))


def texts(run: Sequence[Set]) -> Iterator[FoundText]:
    """The paragraphs of lines that no grid parts."""
    ordered = _captions_gathered(run)
    parts: list[Set] = []
    for one in ordered:
        if parts and not _goes_on(parts, one):
            yield _text(parts)
            parts = []
        parts.append(one)
    if parts:
        yield _text(parts)


def _captions_gathered(run: Sequence[Set]) -> list[Set]:
    """A caption's left text line after line, then what stands beside it."""
    captions = [one for one in run if one.zone == "caption"]
    if not captions:
        return list(run)
    last = [one for one in captions if one.line.base == captions[-1].line.base]
    beside = [one for one in last[1:] if len(captions) > len(last)]
    room = min((one.right for one in captions), default=0.0)
    kept = [replace(one, right=room) if one.zone == "caption" and one not in beside else one for one in run]
    return [one for one in kept if one not in beside] + beside if beside else list(run)


def _goes_on(parts: Sequence[Set], new: Set) -> bool:
    """Whether a line continues a paragraph."""
    last, line = parts[-1], new.line
    before = last.line
    if new.zone != last.zone or abs(line.size - before.size) > _SIZE or line.font != before.font:
        return False
    if line.page == before.page and not _near(parts, line):
        return False
    if new.zone == "entry":
        return not _ENTRY.search(before.text) and bool(_ENTRY.search(line.text)) and line.x0 > before.x0 + _TOUCH
    if new.centred:
        return line.page == before.page and _symmetric(last) and before.width + line.width > last.right - last.left
    if last.centred or new.indent > _INDENT or new.align == "right":
        return False
    if line.item and before.ended and parts[0].indent < _INDENT:
        return False
    ragged = 0.0 if before.ended else line.size
    return last.right - before.edge < need(line) + _TOUCH + ragged


def _near(parts: Sequence[Set], line: Line) -> bool:
    before = parts[-1].line
    gap = line.base - before.base
    usual = next((b.line.base - a.line.base for a, b in zip(parts, parts[1:], strict=False)), 0.0)
    return 0 < gap <= _FARTHEST * line.size and (usual <= 0 or gap <= _WIDER * usual)


def _symmetric(one: Set, near: float = _CENTRED) -> bool:
    middle = (one.line.x0 + one.line.x1) / 2
    return min(abs(middle - (one.left + one.right) / 2), abs(middle - one.paper)) < near


def _text(parts: Sequence[Set]) -> FoundText:
    first = parts[0]
    text = "".join(one.line.text for one in parts)
    align = "center" if _middle(parts) else first.align
    indented = align == "left" and first.indent > _INDENT
    return FoundText(text, PagePlace(first.line.page), first.line.size, first.line.font, align, indented)


def _middle(parts: Sequence[Set]) -> bool:
    """Whether all lines stand in the middle, though the longest reach the edges."""
    if parts[0].zone != "text" or _TYPED.match(parts[0].line.text) or not all(_symmetric(one) for one in parts):
        return False
    alone = parts[0].line.x0 - parts[0].left
    return any(one.centred for one in parts) or (len(parts) == 1 and alone > _LEAST and _symmetric(parts[0], _LEAST))
