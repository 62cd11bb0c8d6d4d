"""The cells that rules leave between them: slots that no rule divides, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def areas(
    rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Cells as (top, left, bottom, right) edges: slots that no rule divides, in rectangles."""
    owner: dict[tuple[int, int], int] = {}
    for i in range(rows):
        for j in range(columns):
            if (i, j) not in owner:
                _flood((i, j), len(owner), owner, (rows, columns), (walls, floors))
    groups: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for slot, number in owner.items():
        groups[number].append(slot)
    return [area for slots in groups.values() for area in _rectangles(slots)]


def _flood(
    start: tuple[int, int],
    number: int,
    owner: dict[tuple[int, int], int],
    size: tuple[int, int],
    rules: tuple[set[tuple[int, int]], set[tuple[int, int]]],
) -> None:
    """Give a slot's number to all slots that it is open to."""
    walls, floors = rules
    waiting = [start]
    owner[start] = number
    while waiting:
        i, j = waiting.pop()
        ways = (
            (i, j + 1, (i, j + 1) in walls), (i, j - 1, (i, j) in walls),
            (i + 1, j, (i + 1, j) in floors), (i - 1, j, (i, j) in floors),
        )  # fmt: skip
        for y, x, closed in ways:
            if not closed and 0 <= y < size[0] and 0 <= x < size[1] and (y, x) not in owner:
                owner[y, x] = number
                waiting.append((y, x))


def _rectangles(slots: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """One rectangle, or where the slots make none (a rule is missing) as few as rows allow."""
    top, bottom = min(i for i, _ in slots), max(i for i, _ in slots) + 1
    left, right = min(j for _, j in slots), max(j for _, j in slots) + 1
    if (bottom - top) * (right - left) == len(slots):
        return [(top, left, bottom, right)]
    found: list[tuple[int, int, int, int]] = []
    for i in range(top, bottom):
        columns = sorted(j for y, j in slots if y == i)
        starts = [j for j in columns if j - 1 not in columns]
        ends = [j + 1 for j in columns if j + 1 not in columns]
        for start, end in zip(starts, ends, strict=True):
            above = next((a for a in found if a[1:] == (start, i, end)), None)
            if above:
                found[found.index(above)] = (above[0], start, i + 1, end)
            else:
                found.append((i, start, i + 1, end))
    return found
