"""What a clerk types more than once, or in more than one way: sums among lines, number formats, near spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from budgetreport.checks.document import Cell, Table
from budgetreport.checks.finding import Match, texts_of
from budgetreport.checks.number import Spot, is_number, value
from budgetreport.compose.view import View, record_of

_LEAST = 6
"""Names shorter than this are like too many others."""
_MOST_CHANGES = 2


def subtotals(lines: Iterable[View], dimension: str, amount: str) -> list[View]:
    """Lines whose amount is the sum of all lines with finer codes, of which there are several: a sum typed in.

    A line that says nothing on the dimension sums all others.
    """
    said = [(str(record_of(line)[dimension] or ""), record_of(line)[amount], line) for line in lines]
    below: Counter[str] = Counter()
    many: Counter[str] = Counter()
    for code, stated, _ in said:
        for digits in range(len(code)):
            below[code[:digits]] += stated  # type: ignore[assignment, operator] # an amount is an int
            many[code[:digits]] += 1
    return [line for code, stated, line in said if many[code] > 1 and stated == below[code]]


@dataclass(frozen=True, slots=True)
class OddFormat:
    """A cell whose number is not written as most of its column are; `example` is one of those."""

    cell: Cell
    example: str

    @property
    def text(self) -> str:
        """What the cell prints."""
        return self.cell.text.strip()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its place."""
        return self.cell.spots


def odd_formats(table: Table) -> list[OddFormat]:
    """The cells in columns of amounts that have other decimals than most, or commas where others have none."""
    columns: dict[tuple[int, int], list[tuple[Any, int, str]]] = {}
    for row in table.rows:
        for at in table.amounts_on(row):
            text = table.printed_at(row, at).text.strip()
            if is_number(text):
                columns.setdefault((row.grid, at), []).append((row, at, text))
    return [odd for found in columns.values() for odd in _odd(table, found)]


def _odd(table: Table, found: list[tuple[Any, int, str]]) -> Iterator[OddFormat]:
    places = Counter(_places(text) for _, _, text in found).most_common(1)[0][0]
    large = [text for _, _, text in found if _is_large(text)]
    commas = Counter(_has_comma(text) for text in large).most_common(1)[0][0] if large else False
    usual = [text for _, _, text in found if _places(text) == places and _has_comma(text) in (commas, _is_large(text))]
    for row, at, text in found:
        if _places(text) != places or (_is_large(text) and _has_comma(text) != commas):
            yield OddFormat(table.cell_at(row, at), usual[0] if usual else "")


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def _has_comma(text: str) -> bool:
    return "," in text or "，" in text


def _is_large(text: str) -> bool:
    found = value(text)
    return found is not None and abs(found) >= 1000  # noqa: PLR2004 - where thousands begin


def not_numbers(table: Table) -> list[Cell]:
    """The cells in columns of amounts that hold neither a number nor what stands for none."""
    found = ((row, at) for row in table.rows for at in table.amounts_on(row) if table.value(row, at) is None)
    return [table.cell_at(row, at) for row, at in found]


def negatives(table: Table) -> list[Cell]:
    """The cells in columns of amounts that print less than zero."""
    found = ((row, at) for row in table.rows for at in table.amounts_on(row) if (table.value(row, at) or 0) < 0)
    return [table.cell_at(row, at) for row, at in found]


def near_misses(where: object, name: str) -> list[Match]:
    """Where texts spell a long name with one or two characters wrong, missing or too many."""
    if len(name) < _LEAST:
        return []
    return [match for text in texts_of(where) for match in _missed(text, name)]


def _missed(text: Any, name: str) -> Iterator[Match]:  # noqa: ANN401 - a Text
    rest = text.text.replace(name, "\0" * len(name))
    grams = {a + b for a, b in pairwise(name)}
    if sum(gram in rest for gram in grams) < len(grams) - 2 * _MOST_CHANGES:
        return
    for piece in re.finditer(r"[^\0\s，。；：、“”《》]+", rest):
        start, end, changes = _closest(piece[0], name)
        if 0 < changes <= _MOST_CHANGES:
            yield Match(text, piece.start() + start, piece.start() + end, {})


def _closest(text: str, name: str) -> tuple[int, int, int]:
    """The part of a text nearest to a name: from, to, and how many characters must change (Sellers' algorithm)."""
    before = [(n, 0) for n in range(len(name) + 1)]
    best = (0, 0, len(name))
    for end, char in enumerate(text, 1):
        now = [(0, end)]
        for n, wanted in enumerate(name, 1):
            swapped = (before[n - 1][0] + (char != wanted), before[n - 1][1])
            now.append(min(swapped, (before[n][0] + 1, before[n][1]), (now[n - 1][0] + 1, now[n - 1][1])))
        if now[-1][0] < best[2]:
            best = (now[-1][1], end, now[-1][0])
        before = now
    return best


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "subtotals": subtotals,
    "odd_formats": odd_formats,
    "not_numbers": not_numbers,
    "negatives": negatives,
    "near_misses": near_misses,
}
