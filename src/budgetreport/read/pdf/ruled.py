"""Ruled grids from strokes: which rules hang together, where one grid ends and another begins, what a cell spans.

Two grids may be stacked without a gap, their common edge drawn once. The sign is that every upright rule ends
there and the columns differ; a file that draws its rules cell by cell shows no such sign and gives one grid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetreport.read.pdf.seen import SeenPage, Stroke

_NEAR = 2.0
"""Rules nearer than this (pt) are one, and ends nearer than this meet."""
_PAGE = 0.6
"""A single frame higher than this part of the page is a border of the page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's place in its grid and on the page."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A grid's column and row edges, and its cells in reading order."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def left(self) -> float:
        """Of the page's."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Of the page's."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Of the page's."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Of the page's."""
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class _Net:
    """Strokes that hang together: merged ones, and the upright ones as drawn."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]
    drawn: tuple[Stroke, ...]


def ruled(page: SeenPage) -> list[Ruled]:
    """The page's grids from top to bottom."""
    found = [
        grid
        for net in _nets(_snapped(page.across), _snapped(page.down))
        for part in _stacked(net)
        if (grid := _grid(page.number, part)) is not None
    ]
    kept = [one for one in found if len(one.boxes) > 1 or one.bottom - one.top < _PAGE * page.height]
    return sorted(kept, key=lambda one: (one.top, one.left))


def _snapped(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that nearly lie on one line brought onto it, as drawn otherwise."""
    levels = _levels(stroke.at for stroke in strokes)
    return sorted({Stroke(levels[stroke.at], stroke.start, stroke.end) for stroke in strokes})


def _levels(values: Iterable[float]) -> dict[float, float]:
    """The common place of values that are near each other."""
    groups: list[list[float]] = []
    for value in sorted(set(values)):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return {value: (group[0] + group[-1]) / 2 for group in groups for value in group}


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on one line that meet or overlap, as one."""
    found: list[Stroke] = []
    for stroke in sorted(strokes):
        last = found[-1] if found else None
        if last and last.at == stroke.at and stroke.start <= last.end + _NEAR:
            found[-1] = Stroke(last.at, last.start, max(last.end, stroke.end))
        else:
            found.append(stroke)
    return found


def _nets(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[_Net]:
    lines, uprights = _merged(across), _merged(down)
    parents = list(range(len(lines) + len(uprights)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for i, line in enumerate(lines):
        for j, upright in enumerate(uprights, len(lines)):
            if _meets(line, upright):
                parents[root(i)] = root(j)
    nets: defaultdict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for n in range(len(parents)):
        upright = n >= len(lines)
        nets[root(n)][upright].append(uprights[n - len(lines)] if upright else lines[n])
    found = []
    for flat, tall in nets.values():
        if flat and tall:
            drawn = [s for s in down if any(s.at == one.at and one.start <= s.start <= one.end for one in tall)]
            found.append(_Net(tuple(flat), tuple(tall), tuple(drawn)))
    return found


def _meets(line: Stroke, upright: Stroke) -> bool:
    return (
        line.start - _NEAR <= upright.at <= line.end + _NEAR and upright.start - _NEAR <= line.at <= upright.end + _NEAR
    )


def _stacked(net: _Net) -> list[_Net]:
    """The grids of a net from top to bottom."""
    ys = sorted({stroke.at for stroke in net.across})
    inner = [y for y in ys[1:-1] if not _crossing(net.drawn, y)]
    whole_rules = any(_crossing(net.drawn, y) for y in ys[1:-1])
    cuts = [y for y in inner if _columns(net.down, y - _NEAR) != _columns(net.down, y + _NEAR)] if whole_rules else []
    if not cuts:
        return [net]
    return [_band(net, top, bottom) for top, bottom in pairwise([float("-inf"), *cuts, float("inf")])]


def _crossing(drawn: Iterable[Stroke], y: float) -> bool:
    """Whether an upright rule is drawn through this height."""
    return any(stroke.start < y - _NEAR and stroke.end > y + _NEAR for stroke in drawn)


def _columns(uprights: Iterable[Stroke], y: float) -> set[float]:
    return {stroke.at for stroke in uprights if stroke.start <= y <= stroke.end}


def _band(net: _Net, top: float, bottom: float) -> _Net:
    down = tuple(
        Stroke(s.at, max(s.start, top), min(s.end, bottom))
        for s in net.down
        if min(s.end, bottom) - max(s.start, top) > _NEAR
    )
    left, right = min(s.at for s in down), max(s.at for s in down)
    across = tuple(
        Stroke(s.at, max(s.start, left), min(s.end, right))
        for s in net.across
        if top <= s.at <= bottom and s.end > left and s.start < right
    )
    return _Net(across, down, ())


def _grid(page: int, net: _Net) -> Ruled | None:
    """The cells of a net. An open side (no rule at the outer edge) is closed."""
    xs = _edges(net.down, net.across)
    ys = _edges(net.across, net.down)
    if min(len(xs), len(ys)) <= 1:
        return None
    walls = {(i, j) for j, x in enumerate(xs) for i in _passed(net.down, x, ys)}
    floors = {(i, j) for i, y in enumerate(ys) for j in _passed(net.across, y, xs)}
    areas = _areas(len(ys) - 1, len(xs) - 1, walls, floors)
    used_x = sorted({edge for _, left, _, right in areas for edge in (left, right)})
    used_y = sorted({edge for top, _, bottom, _ in areas for edge in (top, bottom)})
    at_x, at_y = {n: k for k, n in enumerate(used_x)}, {n: k for k, n in enumerate(used_y)}
    boxes = tuple(
        Box(
            at_y[top], at_x[left], at_y[bottom] - at_y[top], at_x[right] - at_x[left],
            xs[left], ys[top], xs[right], ys[bottom],
        )
        for top, left, bottom, right in sorted(areas)
    )  # fmt: skip
    return Ruled(page, tuple(xs[n] for n in used_x), tuple(ys[n] for n in used_y), boxes)


def _edges(own: Iterable[Stroke], others: Iterable[Stroke]) -> list[float]:
    """Where rules of one direction lie, and how far the others go beyond them."""
    found = sorted({stroke.at for stroke in own})
    first, last = min(s.start for s in others), max(s.end for s in others)
    if first < found[0] - 2 * _NEAR:
        found.insert(0, first)
    if last > found[-1] + 2 * _NEAR:
        found.append(last)
    return found


def _passed(strokes: Iterable[Stroke], at: float, edges: Sequence[float]) -> list[int]:
    """Between which edges a rule at this place passes."""
    here = [stroke for stroke in strokes if stroke.at == at]
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    return [n for n, middle in enumerate(middles) if any(s.start <= middle <= s.end for s in here)]


def _areas(
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
