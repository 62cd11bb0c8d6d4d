"""Column widths by content.

Every column has four widths, in em of the body's size without the white around its text: the least (numbers
and codes whole, heads in four lines), the tight (labels unwrapped too), the comfortable (heads in two lines)
and the wanted (longer texts in few lines). Basis: practice of published budgets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from budgetreport.report import Cell, Column, Grid, Kind
from budgetreport.style import NARROWEST
from budgetreport.typeset.even import even_width
from budgetreport.typeset.lines import least_width
from budgetreport.typeset.look import Look
from budgetreport.typeset.wrapping import Texts, evenly, lowest

_HEAD_LINES, _MOST_HEAD_LINES = 2, 4
_EMPTY_AMOUNT, _TEXT, _LABEL, _WORD, _WIDE = 4.0, 5.0, 18.0, 12.0, 30.0
"""In characters: an amount column without amounts; a text column that wraps; an unwrapped label;
the longest word that is not cut; the column of a long text."""
_SHORT_HEAD, _EMPTY_TEXT, _TIGHT = 4.0, 8.0, 9.0
"""In characters: a head that is better not wrapped; a text column without texts; one whose labels wrap anyway."""
_NAMES = ("least", "tight", "comfortable", "wanted")
_FRACTION = re.compile(r"(?:\.\d+)?\D*$")


@dataclass(frozen=True, slots=True)
class Fit:
    """Column widths in pt; `comfortable`: none is less than that, `whole`: none is less than the least.

    `lines`: about how many lines the rows take together, where they are not comfortable.
    """

    widths: tuple[float, ...]
    comfortable: bool
    whole: bool = True
    lines: int = 0


@dataclass(slots=True)
class Needs:
    """The four widths of a column; none is less than the one before. `head`: its heads on one line."""

    least: float = NARROWEST
    tight: float = NARROWEST
    comfortable: float = NARROWEST
    wanted: float = NARROWEST
    head: float = 0

    def raise_to(self, least: float, tight: float, comfortable: float, wanted: float) -> None:
        self.least = max(self.least, least)
        self.tight = max(self.tight, tight, self.least)
        self.comfortable = max(self.comfortable, comfortable, self.tight)
        self.wanted = max(self.wanted, wanted, self.comfortable)


@dataclass(frozen=True, slots=True)
class Wanting:
    """What a grid's columns need, and by row its texts that may wrap, with their width on one line in em."""

    needs: tuple[Needs, ...]
    texts: Texts


def fraction(text: str) -> str:
    """What stands after a number's units: decimals and a sign such as %."""
    found = _FRACTION.search(text)
    return found[0] if found else ""


def fit(columns: Sequence[Column], wanting: Wanting, look: Look, room: float, *, form: bool) -> Fit:
    """Widths of columns with these needs in this room (pt). A form fills the room."""
    white, size, needs = look.white, look.body.size, wanting.needs
    least, tight, comfortable, wanted = ([getattr(need, name) * size + white for need in needs] for name in _NAMES)
    if form and any(column.width for column in columns):
        wanted = comfortable
    for even in (_alike_sides, _alike_amounts):
        alike = even(columns, comfortable)
        if fsum(alike) <= room:
            comfortable, wanted = alike, _higher(alike, wanted)
    unwrapped = _higher(comfortable, [need.head * size + white for need in needs])
    unwrapped = _higher(wanted, _alike_amounts(columns, unwrapped))
    if fsum(unwrapped) <= room:
        comfortable = wanted = unwrapped
    if fsum(comfortable) <= room:
        widest = room if form or not look.widest else max(min(room, look.widest), fsum(comfortable))
        return Fit(_stretched(_between(comfortable, wanted, widest), widest), comfortable=True)
    if fsum(least) > room:
        return Fit(_stretched(least, room), comfortable=False, whole=False)
    low, high = (tight, comfortable) if fsum(tight) <= room else (least, tight)
    first = _filled(columns, low, high, room)
    evened = ([em * size + white for em in ems] for ems in evenly(wanting.texts, [need.least for need in needs]))
    others = [_filled(columns, widths, _higher(widths, comfortable), room) for widths in evened if fsum(widths) <= room]
    widths, height = lowest(wanting.texts, first, others, lambda width: (width - white) / size)
    return Fit(widths, comfortable=False, lines=height)


def _filled(columns: Sequence[Column], low: Sequence[float], high: Sequence[float], room: float) -> tuple[float, ...]:
    """The room filled from low towards high, amount columns equally wide where that fits."""
    alike = _alike_amounts(columns, low)
    start = alike if fsum(alike) <= room else low
    return _stretched(_between(start, _higher(start, high), room), room)


def _higher(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """Column by column the greater width."""
    return [max(pair) for pair in zip(first, second, strict=True)]


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """From low towards high, all by the same share of their wish, as far as the room goes."""
    wish = fsum(high) - fsum(low)
    share = min(1.0, (room - fsum(low)) / wish) if wish > 0 else 0.0
    return [a + (b - a) * share for a, b in zip(low, high, strict=True)]


def _stretched(widths: Sequence[float], room: float) -> tuple[float, ...]:
    """All in proportion, so that they fill the room."""
    factor = room / fsum(widths) if widths else 1
    return tuple(width * factor for width in widths)


def _alike_amounts(columns: Sequence[Column], widths: Sequence[float]) -> list[float]:
    """Amount columns equally wide."""
    most = max((w for w, column in zip(widths, columns, strict=True) if column.kind is Kind.AMOUNT), default=0)
    return [most if column.kind is Kind.AMOUNT else w for w, column in zip(widths, columns, strict=True)]


def _alike_sides(columns: Sequence[Column], widths: Sequence[float]) -> list[float]:
    """The label columns of a table with several sides equally wide."""
    if not any(column.side for column in columns):
        return list(widths)
    most = max((w for w, column in zip(widths, columns, strict=True) if column.kind is Kind.TEXT), default=0)
    return [most if column.kind is Kind.TEXT else w for w, column in zip(widths, columns, strict=True)]


def wanting(grid: Grid, look: Look) -> Wanting:
    """What each column needs. Alike for all looks whose head and body are in the same proportion."""
    needs = [Needs() for _ in grid.columns]
    spanned: list[tuple[int, Cell, bool]] = []
    singles: list[dict[tuple[str, Kind, int], Cell]] = [{} for _ in grid.columns]
    scale = look.head.size / look.body.size
    for row in grid.rows:
        head = row.role != "body"
        for at, cell in enumerate(row.cells):
            if cell is None or not cell.text:
                continue
            if cell.columns > 1:
                spanned.append((at, cell, head))
            elif head:
                needs[at].raise_to(*_head_needs(cell.text, look, scale))
                needs[at].head = max(needs[at].head, even_width(cell.text, look.head.measure.widths, 1) * scale)
            else:
                singles[at].setdefault((cell.text, cell.kind, cell.indent), cell)
    for need, column, cells in zip(needs, grid.columns, singles, strict=True):
        _body_needs(need, column, list(cells.values()), look)
        if column.width:
            need.least = min(need.least, column.width)
            need.tight = need.comfortable = need.wanted = column.width
            need.head = 0
    for at, cell, head in spanned:
        _over_span(needs[at : at + cell.columns], cell, look, scale, head=head)
    return Wanting(tuple(needs), _texts(grid, look, scale))


def _texts(grid: Grid, look: Look, scale: float) -> Texts:
    """By row, the texts that may wrap, those of the head among them."""
    found = []
    for row in grid.rows:
        measure, factor = (look.body.measure, 1.0) if row.role == "body" else (look.head.measure, scale)
        found.append(
            [
                (at, measure.em(cell.text) * factor + cell.indent)
                for at, cell in enumerate(row.cells)
                if cell and cell.columns == 1 and not cell.kind.is_firm and "\n" not in cell.text
            ]
        )
    return found


def _head_needs(text: str, look: Look, scale: float) -> tuple[float, float, float, float]:
    widths = look.head.measure.widths
    least = even_width(text, widths, _MOST_HEAD_LINES) * scale
    natural = even_width(text, widths, 1)
    comfortable = (natural if natural <= _SHORT_HEAD else even_width(text, widths, _HEAD_LINES)) * scale
    return least, least, comfortable, comfortable


def _body_needs(need: Needs, column: Column, cells: list[Cell], look: Look) -> None:
    em = look.body.measure.em
    firm = [cell for cell in cells if cell.kind.is_firm]
    counted = {cell.text for cell in firm if cell.kind.is_counted and cell.align == "right"}
    fractions = {text: em(fraction(text)) for text in counted}
    most = max(fractions.values(), default=0.0)
    width = max((em(text) - own + most for text, own in fractions.items()), default=0.0)
    others = "\n".join(cell.text for cell in firm if cell.text not in counted)  # a code may be stated on two lines
    width = max(width, *map(em, others.split("\n")))
    need.raise_to(width, width, _EMPTY_AMOUNT if column.kind is Kind.AMOUNT else 0, width)
    if not cells and column.kind is Kind.TEXT:
        need.raise_to(0, 0, _EMPTY_TEXT, 0)
    for cell in cells:
        if not cell.kind.is_firm:
            need.raise_to(*_text_needs(cell, look))


def _text_needs(cell: Cell, look: Look) -> tuple[float, float, float, float]:
    measure = look.body.measure
    natural = max(map(measure.em, cell.text.split("\n"))) + cell.indent
    if natural <= _TEXT:
        return natural, natural, natural, natural
    word = min(least_width(cell.text, measure.widths) + cell.indent, _WORD)
    wanted = natural if natural <= _WIDE else min(_WIDE + (natural - _WIDE) / 6, 1.5 * _WIDE)
    tight = natural if natural <= _LABEL else _TIGHT
    return max(word, _TEXT), tight, min(natural, _LABEL), wanted


def _over_span(needs: Sequence[Needs], cell: Cell, look: Look, scale: float, *, head: bool) -> None:
    """Room for a cell over several columns, shared alike by those that lack it."""
    if head:
        least, _, comfortable, _ = _head_needs(cell.text, look, scale)
    elif cell.kind.is_firm:
        least = comfortable = look.body.measure.em(cell.text)
    else:
        least = comfortable = min(least_width(cell.text, look.body.measure.widths), _WORD)
    for name, asked in zip(_NAMES, (least, least, comfortable, comfortable), strict=True):
        lacking = asked - fsum(getattr(need, name) for need in needs)
        if lacking > 0:
            for need in needs:
                setattr(need, name, getattr(need, name) + lacking / len(needs))
    for need in needs:
        need.raise_to(0, 0, 0, 0)
