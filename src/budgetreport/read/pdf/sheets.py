"""A page as lines and grids in reading order, without what every page carries: its number, heads, a draft's mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from budgetreport.read.pdf.cells import Filled, padding
from budgetreport.read.pdf.lines import Line, lines
from budgetreport.read.pdf.ruled import Box, Ruled, ruled
from budgetreport.read.pdf.seen import Glyph, SeenPage

_NUMBER = re.compile(r"[-—–－~～·•.\s/／第页共,，]*\d{1,4}[-—–－~～·•.\s/／第页共,，\d]*")
_HEAD, _FOOT = 0.08, 0.90
"""A page's number stands above or below these parts of its height."""
_BAND = 0.07
"""What repeats so near the edge is never a table's title."""
_OFTEN = 0.6
"""What stands at one place of so many pages is furniture."""
_PAGES = 3
_OUTER = 2
"""So many lines at head and foot may be furniture."""
_OVER = 60.0
"""A line no farther (pt) over a grid may be its title."""


@dataclass(frozen=True, slots=True)
class GridPart:
    """A grid as it stands on one page."""

    ruled: Ruled
    cells: tuple[Filled, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: the lines outside grids from top to bottom, and its grids. `drawn`: it has pictures or strokes."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[GridPart, ...]
    drawn: bool

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it but what every page carries."""
        return not self.lines and not self.grids and not self.drawn

    @property
    def shape(self) -> tuple[int, int]:
        """Its size, to compare it with other pages."""
        return round(self.width), round(self.height)


def sheet(page: SeenPage) -> Sheet:
    """The page with its characters in lines and cells. A grid without any text is a drawing."""
    found = ruled(page)
    inside: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        home = next((n for n, one in enumerate(found) if one.holds(*glyph.middle)), None)
        (outside if home is None else inside[home]).append(glyph)
    grids = tuple(_filled(one, glyphs) for one, glyphs in zip(found, inside, strict=True) if glyphs)
    return Sheet(page.number, page.width, page.height, tuple(lines(page.number, outside)), grids, page.drawn)


def _filled(grid: Ruled, glyphs: Sequence[Glyph]) -> GridPart:
    slots = {
        (i, j): n
        for n, box in enumerate(grid.boxes)
        for i in range(box.row, box.row + box.rows)
        for j in range(box.column, box.column + box.columns)
    }
    held: list[list[Glyph]] = [[] for _ in grid.boxes]
    for glyph in glyphs:
        x, y = glyph.middle
        i = max(n for n, edge in enumerate(grid.ys[:-1]) if edge <= y)
        j = max(n for n, edge in enumerate(grid.xs[:-1]) if edge <= x)
        held[slots[i, j]].append(glyph)
    pairs = [(box, tuple(lines(grid.page, own))) for box, own in zip(grid.boxes, held, strict=True)]
    pad = padding(pairs)
    return GridPart(grid, tuple(_cell(grid.page, box, own, pad) for box, own in pairs))


def _cell(page: int, box: Box, own: tuple[Line, ...], pad: float) -> Filled:
    return Filled(page, box.row, box.column, box.rows, box.columns, box, own, pad)


def cleared(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without their furniture."""
    repeated = _repeated(sheets)
    found = []
    for one in sheets:
        kept = [line for line in one.lines if not repeated & set(_places(one, line))]
        found.append(replace(one, lines=tuple(_unnumbered(one, kept))))
    return found


_Key = tuple[str, float, str, int]


def _repeated(sheets: Sequence[Sheet]) -> set[_Key]:
    """What stands at the same place of most pages, at their head or foot."""
    seen: Counter[_Key] = Counter()
    over_grids: Counter[_Key] = Counter()
    for one in sheets:
        for line in _outer(one):
            keys = set(_places(one, line))
            seen.update(keys)
            if any(0 <= part.ruled.top - line.bottom < _OVER for part in one.grids) and not _banded(one, line):
                over_grids.update(keys)
    pages = sum(not one.blank for one in sheets)
    return {
        key
        for key, number in seen.items()
        if (number >= max(_PAGES, _OFTEN * pages) and over_grids[key] < number)
        or (number == pages > 1 and key[2].startswith("edge"))
    }


def _outer(one: Sheet) -> list[Line]:
    """The lines at head and foot."""
    return list({id(line): line for line in (*one.lines[:_OUTER], *one.lines[-_OUTER:])}.values())


def _places(one: Sheet, line: Line) -> Iterator[_Key]:
    """A line's place, counted from the page's head and from its foot: pages may lie or stand."""
    text = line.text.strip()
    edge = "edge-" if _banded(one, line) else ""
    yield text, line.size, f"{edge}head", round(line.base)
    yield text, line.size, f"{edge}foot", round(one.height - line.base)


def _banded(one: Sheet, line: Line) -> bool:
    return line.bottom < _BAND * one.height or line.top > (1 - _BAND) * one.height


def _unnumbered(one: Sheet, kept: Sequence[Line]) -> Iterator[Line]:
    """The lines but the page's number at its head or foot."""
    for n, line in enumerate(kept):
        outer = n == 0 and line.bottom < _HEAD * one.height
        outer = outer or (n == len(kept) - 1 and line.top > _FOOT * one.height)
        if not (outer and _NUMBER.fullmatch(line.text.strip())):
            yield line
