"""Ruled grids from strokes: which rules hang together, where one grid ends and another begins, what a cell spans.

Two grids may be stacked without a gap, their common edge drawn once. The sign is that every upright rule ends
there and the columns differ; a file that draws its rules cell by cell shows no such sign and gives one grid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetreport.read.pdf.areas import areas
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
    flats: defaultdict[int, list[Stroke]] = defaultdict(list)
    talls: defaultdict[int, list[Stroke]] = defaultdict(list)
    for i, line in enumerate(lines):
        flats[root(i)].append(line)
    for j, upright in enumerate(uprights, len(lines)):
        talls[root(j)].append(upright)
    found = []
    for number, flat in flats.items():
        if tall := talls.get(number):
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
    found = areas(len(ys) - 1, len(xs) - 1, walls, floors)
    used_x = sorted({edge for _, left, _, right in found for edge in (left, right)})
    used_y = sorted({edge for top, _, bottom, _ in found for edge in (top, bottom)})
    at_x, at_y = {n: k for k, n in enumerate(used_x)}, {n: k for k, n in enumerate(used_y)}
    boxes = tuple(
        Box(
            at_y[top], at_x[left], at_y[bottom] - at_y[top], at_x[right] - at_x[left],
            xs[left], ys[top], xs[right], ys[bottom],
        )
        for top, left, bottom, right in sorted(found)
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
