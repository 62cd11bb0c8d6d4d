"""Which column widths make a grid lowest where its texts have to wrap. Lengths in em of the body's size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

Texts = Sequence[Sequence[tuple[int, float]]]
"""By row, the column and the width on one line of each of its texts that may wrap."""
_LOST = 0.5
"""So much of a line is lost on average to what must not be cut."""
_MOST = 12
_WORTH = 0.9
"""Labels are wrapped only where that leaves no more than this share of the lines."""


def lines(texts: Texts, rooms: Sequence[float]) -> int:
    """About how many lines the rows take together where columns have this room."""
    return sum(
        max((math.ceil(width / max(rooms[at] - _LOST, 1.0)) for at, width in row if width > rooms[at]), default=1)
        for row in texts
    )


def evenly(texts: Texts, least: Sequence[float]) -> Iterator[list[float]]:
    """Widths at which no text takes more than one line, two, three …; none is less than the least."""
    longest = [0.0] * len(least)
    for row in texts:
        for at, width in row:
            longest[at] = max(longest[at], width)
    for count in range(1, _MOST + 1):
        yield [max(low, width / count + _LOST) for low, width in zip(least, longest, strict=True)]


def lowest(
    texts: Texts, first: tuple[float, ...], others: Iterable[tuple[float, ...]], room: Callable[[float], float]
) -> tuple[tuple[float, ...], int]:
    """The first widths, or those of the others that are clearly lower; and their lines.

    `room` tells how much text a width holds.
    """

    def height(widths: Sequence[float]) -> int:
        return lines(texts, [room(width) for width in widths])

    best, least = first, height(first)
    for widths in others:
        found = height(widths)
        if found <= _WORTH * height(first) and found < least:
            best, least = widths, found
    return best, least
