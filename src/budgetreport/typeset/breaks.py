"""Where a table goes on to the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from budgetreport.typeset.grids import Strip

COMPANY = 3
"""So many rows stand together at a table's beginning and end. Basis: practice; a 合计 alone is sent back."""
_OTHERS = 2
"""So many of them are no total."""
_TOUCH = 0.01


@dataclass(frozen=True, slots=True)
class Need:
    """A row by its number, its height (pt), and whether it is a total."""

    row: int
    height: float
    total: bool = False


def paginate(  # noqa: PLR0913 - rows and the rooms that they go into, in pt
    rows: Sequence[Need], first: float, full: float, *, after: float, leading: float, pad: float
) -> list[list[Strip]]:
    """The rows page by page.

    `first` is the height left on this page, `full` that of later ones; `after` must stand under the last row.
    A row higher than `full` is split by lines; nothing else is.
    """
    pages: list[list[Strip]] = [[]]
    room = first
    for need in rows:
        if need.height > room + _TOUCH and need.height <= full + _TOUCH:
            pages.append([])
            room = full
        if need.height <= room + _TOUCH:
            pages[-1].append(Strip(need.row, need.height))
            room -= need.height
        else:
            room = _split(need, pages, room, full, leading, pad)
    _keep(pages, rows, full - after if len(pages) > 1 else first - after, full - after)
    return pages


def _split(  # noqa: PLR0913, PLR0917 - a row and the rooms that it goes into
    need: Need, pages: list[list[Strip]], room: float, full: float, leading: float, pad: float
) -> float:
    """Add a row higher than a page in parts; returns the room left on the last page."""
    left = max(1, int((need.height - pad + _TOUCH) / leading))
    while left:
        count = min(left, int((room - pad + _TOUCH) / leading))
        if count < min(COMPANY, left) and room < full:
            pages.append([])
            room = full
            continue
        count = max(1, count)
        height = count * leading + pad
        pages[-1].append(Strip(need.row, height, count))
        left -= count
        room -= height
    return room


def _keep(pages: list[list[Strip]], rows: Sequence[Need], last_room: float, full: float) -> None:
    """Keep company at the end: what follows the table with rows before it, the last rows with others."""
    last = pages[-1]
    if _height(last) > last_room + _TOUCH and len(last) > 1:
        count = min(COMPANY, len(last) - 1)
        if not any(strip.lines for strip in last[-count:]):
            pages.append(last[-count:])
            del last[-count:]
    if len(pages) == 1:
        return
    total = {need.row: need.total for need in rows}
    before, last = pages[-2], pages[-1]
    while not _accompanied(last, total) and len(before) > COMPANY and not before[-1].lines:
        if _height(last) + before[-1].height > full:
            return
        last.insert(0, before.pop())


def _accompanied(strips: Sequence[Strip], total: dict[int, bool]) -> bool:
    return len(strips) >= COMPANY and sum(not total[strip.row] for strip in strips) >= _OTHERS


def _height(strips: Sequence[Strip]) -> float:
    return fsum(strip.height for strip in strips)
