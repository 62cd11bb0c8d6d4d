"""What a clerk types more than once, or in more than one way: sums among lines, number formats, near spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from budgetreport.checks.document import Cell, Row, Table
from budgetreport.checks.finding import Match, texts_of
from budgetreport.checks.number import Spot, is_number, value
from budgetreport.compose.view import View, record_of

_LEAST = 6
"""Names shorter than this are like too many others."""
_MOST_CHANGES = 2


def subtotals(lines: Iterable[View], dimension: str, amount: str) -> list[View]:
    """Lines whose amount is the sum of all lines with finer codes, of which there are several: a sum typed in."""
    said = [(str(record_of(line)[dimension] or ""), _whole(record_of(line)[amount]), line) for line in lines]
    below: Counter[str] = Counter()
    many: Counter[str] = Counter()
    for code, stated, _ in said:
        for digits in range(1, len(code)):
            below[code[:digits]] += stated
            many[code[:digits]] += 1
    return [line for code, stated, line in said if many[code] > 1 and stated and stated == below[code]]


def twins(lines: Iterable[View]) -> list[list[View]]:
    """Lines that state nothing else than an earlier one, each behind that one."""
    first: dict[tuple[object, ...], View] = {}
    found = []
    for line in lines:
        record = record_of(line)
        earlier = first.setdefault(tuple(record[name] for name in record), line)
        if earlier is not line:
            found.append([earlier, line])
    return found


def sums_by(lines: Iterable[View], dimension: str, amount: str, **stated: object) -> dict[str, int]:
    """The sums of lines by their code; only of those that state these coordinates (true: any)."""
    found: Counter[str] = Counter()
    for line in lines:
        record = record_of(line)
        if all(record[name] if wanted is True else record[name] == wanted for name, wanted in stated.items()):
            found[str(record[dimension] or "")] += _whole(record[amount])
    return dict(found)


def _whole(stated: object) -> int:
    return int(stated) if isinstance(stated, int) else 0


@dataclass(frozen=True, slots=True)
class OddFormat:
    """A cell whose number is not written as most of its column are; `example` is one of those."""

    cell: Cell
    example: str

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its place."""
        return self.cell.spots


def odd_formats(tables: Iterable[Table]) -> list[OddFormat]:
    """The cells in columns of amounts that have other decimals than most, or commas where others have none."""
    columns: dict[tuple[Table, int, int], list[tuple[Row, int, str]]] = {}
    for row, at in _amounts(tables):
        text = row.table.printed_at(row, at).text.strip()
        if is_number(text):
            columns.setdefault((row.table, row.grid, at), []).append((row, at, text))
    return [odd for found in columns.values() for odd in _odd(found)]


def _odd(found: list[tuple[Row, int, str]]) -> Iterator[OddFormat]:
    places = Counter(_places(text) for _, _, text in found).most_common(1)[0][0]
    large = [text for _, _, text in found if _is_large(text)]
    commas = Counter(_has_comma(text) for text in large).most_common(1)[0][0] if large else False
    usual = [text for _, _, text in found if _places(text) == places and _has_comma(text) in (commas, _is_large(text))]
    for row, at, text in found:
        if _places(text) != places or (_is_large(text) and _has_comma(text) != commas):
            yield OddFormat(row.table.cell_at(row, at), usual[0] if usual else "")


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def _has_comma(text: str) -> bool:
    return "," in text or "，" in text


def _is_large(text: str) -> bool:
    found = value(text)
    return found is not None and abs(found) >= 1000  # noqa: PLR2004 - where thousands begin


def not_numbers(tables: Iterable[Table]) -> list[Cell]:
    """The cells in columns of amounts that hold neither a number nor what stands for none."""
    return [row.table.cell_at(row, at) for row, at in _amounts(tables) if row.table.value(row, at) is None]


def negatives(tables: Iterable[Table]) -> list[Cell]:
    """The cells in columns of amounts that print less than zero."""
    return [row.table.cell_at(row, at) for row, at in _amounts(tables) if (row.table.value(row, at) or 0) < 0]


def _amounts(tables: Iterable[Table]) -> Iterator[tuple[Row, int]]:
    """The rows of tables with the positions of their columns of amounts."""
    return ((row, at) for table in tables for row in table.rows for at in table.amounts_on(row))


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
        if 0 < changes <= _MOST_CHANGES and not _another(piece[0][start:end], name):
            yield Match(text, piece.start() + start, piece.start() + end, {})


def _another(text: str, name: str) -> bool:
    """Whether it is another body's name: no slip of the keyboard puts in a word of two characters, or exchanges one."""
    more = len(text) - len(name)
    if more == _MOST_CHANGES:
        return any(text[:n] + text[n + more :] == name for n in range(1, len(name)))
    wrong = [n for n, (one, other) in enumerate(zip(text, name, strict=False)) if one != other]
    neighbours = len(wrong) == _MOST_CHANGES and wrong[1] - wrong[0] == 1
    return more == 0 and neighbours and not set(text) & {name[n] for n in wrong}


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
    "sums_by": sums_by,
    "twins": twins,
    "odd_formats": odd_formats,
    "not_numbers": not_numbers,
    "negatives": negatives,
    "near_misses": near_misses,
}
