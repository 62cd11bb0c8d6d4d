"""Widths of a table's columns, its size and whether the page is turned for it.

In that order: the page is turned, columns are widened by content, then cells wrap; no size below the
role's smallest. A table that would go over pages turned, but fits one upright in a smaller size, stays upright.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgetreport.pagework.lines import clusters
from budgetreport.pagework.setting import MM
from budgetreport.report import Grid, Kind
from budgetreport.style import Role, Ruling
from budgetreport.typeset.fonts import FontSet

_NEVER_WRAPS = (Kind.AMOUNT, Kind.NUMBER, Kind.CODE, Kind.PERCENT, Kind.DATE)
_HEAD_LINES = 3
"""A head may wrap into so many lines before its column is widened. Basis: practice."""
_PAIR = 2.0
"""Two characters of a head stay on one line."""
_LABEL = 16.0
"""A text column is comfortable at so many characters. Basis: practice."""
_AMOUNT = 6.0
"""A column of amounts would like to have so many characters: 12,345.67 with white around."""
_TEXT = 5.0
"""No text column is narrower than this many characters while there is a choice."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a column needs, in em of the table's size without white: at least, comfortably, without any wrapping."""

    least: float
    comfortable: float
    natural: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Column widths in pt that suit a size; `comfortable`: nothing is cramped; `wraps`: no word need be cut."""

    widths: tuple[float, ...]
    size: float
    comfortable: bool
    wraps: bool = True


def needs(grid: Grid, role: Role, head: Role, fonts: FontSet) -> list[Needs]:
    """What each column of a grid needs."""
    body_widths, head_widths = fonts.widths(role.font), fonts.widths(head.font)
    found = []
    for at, column in enumerate(grid.columns):
        if column.width:
            found.append(Needs(min(column.width, _TEXT), column.width, column.width))
            continue
        heads = [c for row in grid.head if (c := row.cells[at]) and c.columns == 1]
        cells = [c for row in grid.body if (c := row.cells[at]) and c.columns == 1 and c.text]
        head_natural = max((_em(line, head_widths) for c in heads for line in c.text.split("\n")), default=0)
        words = [_longest(c.text, head_widths) for c in heads]
        head_least = max([*words, head_natural / _HEAD_LINES, min(head_natural, _PAIR)])
        firm = max((_em(c.text, body_widths) for c in cells if c.kind in _NEVER_WRAPS), default=0)
        texts = [c for c in cells if c.kind not in _NEVER_WRAPS]
        soft = max((_em(x, body_widths) + c.indent for c in texts for x in c.text.split("\n")), default=0)
        word = max((min(_longest(c.text, body_widths) + c.indent, _LABEL) for c in texts), default=0)
        least = max(head_least, firm, min(soft, max(word, _TEXT)))
        comfortable = max(head_natural / 2, head_least, firm, min(soft, _LABEL))
        found.append(Needs(least, max(comfortable, least), max(firm, soft, head_natural, least)))
    return _over_spans(grid, _alike(grid, found), head_widths)


def _alike(grid: Grid, found: list[Needs]) -> list[Needs]:
    """Columns of amounts want to be equally wide, and as wide as usual amounts."""
    return [
        Needs(n.least, n.comfortable, max(n.natural, _AMOUNT)) if column.kind is Kind.AMOUNT else n
        for n, column in zip(found, grid.columns, strict=True)
    ]


def _em(text: str, widths: object) -> float:
    return sum([widths[char] for char in text if char != "\n"])  # type: ignore[index]  # a mapping of characters


def _longest(text: str, widths: object) -> float:
    """The widest piece that lines are not broken within."""
    return max((_em(piece.rstrip(), widths) for piece in clusters(text)), default=0)


def _over_spans(grid: Grid, found: list[Needs], widths: object) -> list[Needs]:
    """Heads over several columns ask for room too: half their length, so that they wrap once at most."""
    wider = list(found)
    for row in grid.head:
        for at, cell in enumerate(row.cells):
            if cell and cell.columns > 1:
                span = range(at, at + cell.columns)
                lacking = _em(cell.text, widths) / 2 - sum(wider[n].comfortable for n in span)
                if lacking > 0:
                    for n in span:
                        more = lacking / cell.columns
                        w = wider[n]
                        wider[n] = Needs(w.least, w.comfortable + more, max(w.natural, w.comfortable + more))
    return wider


def fit(wanted: Sequence[Needs], size: float, room: float, ruling: Ruling) -> Fit:
    """Widths for these needs in this room (pt)."""
    white = 2 * ruling.pad * MM + ruling.rule
    least, comfortable, natural = (
        [getattr(n, name) * size + white for n in wanted] for name in ("least", "comfortable", "natural")
    )
    widest = min(room, ruling.widest * MM) if ruling.widest else room
    if sum(natural) <= widest:
        return Fit(_stretched(natural, widest), size, comfortable=True)
    if sum(comfortable) <= room:
        return Fit(_between(comfortable, natural, room), size, comfortable=True)
    if sum(least) <= room:
        return Fit(_between(least, comfortable, room), size, comfortable=False)
    factor = room / sum(least)
    return Fit(tuple(w * factor for w in least), size, comfortable=False, wraps=False)


def _between(low: Sequence[float], high: Sequence[float], room: float) -> tuple[float, ...]:
    """From low towards high, each by its share of what is left."""
    spare = room - sum(low)
    wish = sum(h - w for w, h in zip(low, high, strict=True))
    share = min(1.0, spare / wish) if wish > 0 else 0.0
    found = [w + (h - w) * share for w, h in zip(low, high, strict=True)]
    return _stretched(found, room)


def _stretched(widths: Sequence[float], room: float) -> tuple[float, ...]:
    """All the room, half shared alike and half by width, so that narrow columns gain too."""
    spare = room - sum(widths)
    total = sum(widths) or 1
    return tuple(w + spare / 2 / len(widths) + spare / 2 * w / total for w in widths)


def sizes(role: Role) -> Iterable[float]:
    """The sizes a table may be set in, largest first."""
    return (role.size, *role.smaller)
