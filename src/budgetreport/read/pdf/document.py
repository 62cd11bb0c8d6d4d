"""A whole PDF: its pages' lines and grids put together in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetreport.read.found import FoundGrid, FoundText
from budgetreport.read.pdf.continued import Joined, found, joined, marked, repeats, same_columns, started
from budgetreport.read.pdf.frames import Set, items
from budgetreport.read.pdf.paragraphs import texts
from budgetreport.read.pdf.sheets import GridPart, Sheet

_TITLES = 8
"""So many texts over a grid may be its title and caption."""


def blocks(sheets: Sequence[Sheet]) -> tuple[FoundText | FoundGrid, ...]:
    """Texts and grids of sheets without furniture."""
    gatherer = _Gatherer()
    for item in items(sheets):
        if isinstance(item, GridPart):
            gatherer.grid(item)
        else:
            gatherer.run.append(item)
    gatherer.flush()
    return tuple(found(one) if isinstance(one, Joined) else one for one in gatherer.blocks)


@dataclass(slots=True)
class _Gatherer:
    """Blocks as far as they are read; `run` are the lines since the last grid."""

    blocks: list[FoundText | Joined] = field(default_factory=list)
    run: list[Set] = field(default_factory=list)

    def flush(self) -> None:
        """The lines as paragraphs."""
        self.blocks.extend(texts(self.run))
        self.run = []

    def grid(self, part: GridPart) -> None:
        """A grid, or the part of one that goes on."""
        page = part.ruled.page
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, Joined) or last.last != page - 1 or any(one.line.page != page for one in self.run):
            self.flush()
            self.blocks.append(started(part))
            return
        between, over = list(texts(self.run)), self._over()
        again = repeats(between, over)
        named = again and marked(between, over)
        whole = joined(last, part) if again and same_columns(last, part, fewer=named) else None
        if whole is not None:
            self.blocks[-1] = whole
            self.run = []
            return
        if named:
            self.run = []
        self.flush()
        self.blocks.append(started(part))

    def _over(self) -> list[FoundText]:
        """The texts over the table that was read last, grids stacked in it passed over."""
        at = len(self.blocks)
        while at and isinstance(self.blocks[at - 1], Joined):
            at -= 1
        above = self.blocks[max(0, at - _TITLES) : at]
        return [one for one in above if isinstance(one, FoundText)]
