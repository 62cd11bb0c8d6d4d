"""The text of a cell: its lines joined, with a line feed only where the writer of the text began a new line.

A line was broken by typesetting when what follows would not have fitted it. Lines that were set to even length
(heads, centred text, names) are judged together: they are broken by hand only if they would have taken fewer lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from budgetreport.read.pdf.lines import Line, count, need, paired
from budgetreport.read.pdf.ruled import Box
from budgetreport.read.pdf.seen import Glyph

_TOUCH = 0.3
_LEVEL = 1.5
_WHITE = 5.5
"""As much white (pt) may stand beside centred text, which does not show it."""
_MANY = 10
"""A cell of more lines is not judged by all ways of breaking it."""
_NAME = 12
"""A text of so few characters is brought to even length at the left too."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell with its lines; `pad` is the white (pt) beside text in this grid. Rows and columns count in its grid."""

    page: int
    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: tuple[Line, ...]
    pad: float

    @property
    def text(self) -> str:
        """What it says."""
        return text(self.lines, self.box, self.pad)

    @property
    def full(self) -> bool:
        """Whether no further line has room in it."""
        if not self.lines:
            return False
        first, last = self.lines[0], self.lines[-1]
        leading = (last.base - first.base) / (len(self.lines) - 1) if len(self.lines) > 1 else 1.4 * last.size
        return self.box.bottom - self.box.top - len(self.lines) * leading < leading + first.size / 2


def padding(pairs: Sequence[tuple[Box, Sequence[Line]]]) -> float:
    """The white (pt) that a grid leaves between a rule and text beside it."""
    least, most, usual = 0.5, 8.0, 3.0
    gaps = [one.x0 - box.x0 for box, lines in pairs for one in lines]
    near = [gap for gap in gaps if least <= gap <= most]
    return min(near, default=usual)


def text(lines: Sequence[Line], box: Box, pad: float) -> str:
    """The lines as one text."""
    breaks = _breaks(lines, box.x0 + pad, box.x1 - pad, pad) if len(lines) > 1 else set()
    return "".join(one.text.rstrip("\n") + ("\n" if n in breaks else "") for n, one in enumerate(lines))


def _breaks(lines: Sequence[Line], left: float, right: float, pad: float) -> set[int]:
    """After which lines the writer began a new one."""
    flush = max(one.x0 for one in lines) - min(one.x0 for one in lines) < _LEVEL
    start = min(one.x0 for one in lines) if flush else left
    slack = [(right - start) - one.width - need(after) for one, after in pairwise(lines)]
    free = {n for n, rest in enumerate(slack) if rest > _TOUCH and not _moved(lines[n], lines[n + 1], right - start)}
    items = {n for n in range(len(lines) - 1) if lines[n + 1].item and (n in free or lines[n].ended)}
    if flush:
        return items | (free if not _evened(lines, right - start) else set())
    room = right - left - 2 * max(0.0, _WHITE - pad)
    return items | _least(lines, sorted(free, key=lambda n: -slack[n]), room)


def _evened(lines: Sequence[Line], room: float) -> bool:
    """Whether the lines were brought to even length: a name's, or so that no character stands alone on the last."""
    glyphs = [glyph for one in lines for glyph in one.glyphs]
    number, alone = count(glyphs, room)
    return number == len(lines) and (alone or len(glyphs) <= _NAME)


def _moved(one: Line, last: Line, room: float) -> bool:
    """Whether a character was moved down so that the last one does not stand alone."""
    return last.pair and one.width + last.width > room - _TOUCH


def _least(lines: Sequence[Line], free: Sequence[int], room: float) -> set[int]:
    """The fewest breaks with which the text takes as many lines as it has."""
    if len(lines) > _MANY or paired([glyph for one in lines for glyph in one.glyphs], room) == len(lines):
        return set()
    for many in range(len(free) + 1):
        for chosen in combinations(free, many):
            if _taken(lines, chosen, room) >= len(lines):
                return set(chosen)
    return set()


def _taken(lines: Sequence[Line], breaks: Sequence[int], room: float) -> int:
    found, stretch = 0, list[Glyph]()
    for n, one in enumerate(lines):
        stretch += one.glyphs
        if n in breaks or n == len(lines) - 1:
            found += count(stretch, room)[0]
            stretch = []
    return found
