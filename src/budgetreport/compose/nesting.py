"""Which rows, columns and sums make up which: candidates by their filters, for the lines' marks to confirm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetreport.compose.rows import Shown
from budgetreport.filters import EVERYTHING, Dimensions, Filter
from budgetreport.ledger import Line

Groups = dict[int, list[tuple[int, ...]]]
"""By number of a whole: the groups of numbers that may make it up, likeliest first."""


def nested(d: Dimensions, filters: Sequence[Filter]) -> Groups:
    """Among these filters: the widest inside each one, all together or those that narrow it on the same dimensions."""
    first = {f: number for number, f in reversed(list(enumerate(filters)))}
    kept = sorted(first.values())
    inside = {
        whole: [
            part
            for part in kept
            if part != whole
            and d.contains(filters[whole], filters[part])
            and not d.contains(filters[part], filters[whole])
        ]
        for whole in kept
    }
    return {whole: groups for whole in kept if (groups := list(_groups(whole, inside, filters)))}


def _groups(whole: int, inside: dict[int, list[int]], filters: Sequence[Filter]) -> Iterator[tuple[int, ...]]:
    if inside[whole]:
        yield _widest(inside[whole], inside)
    ways: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for part in inside[whole]:
        ways[_narrowed(filters[whole], filters[part])].append(part)
    if len(ways) > 1:
        yield from (_widest(parts, inside) for parts in ways.values())


def _widest(parts: Sequence[int], inside: dict[int, list[int]]) -> tuple[int, ...]:
    """Those inside no other one."""
    below = {n for part in parts for n in inside[part]}
    return tuple(part for part in parts if part not in below)


def _narrowed(outer: Filter, inner: Filter) -> tuple[str, ...]:
    """The dimensions on which one filter says something else than the other."""
    keys = {*outer.dimensions, *inner.dimensions}
    return tuple(sorted(key for key in keys if outer.choice(key) != inner.choice(key)))


def nested_rows(d: Dimensions, rows: Sequence[Shown]) -> Groups:
    """The same for a side's rows. Rows along one dimension follow its hierarchy, lines stand below all others."""
    found = _along(d, [(n, row) for n, row in enumerate(rows) if row.axis])
    below = {n for groups in found.values() for group in groups for n in group}
    heads: list[tuple[int, ...]] = []
    filters: list[Filter] = []
    lines: defaultdict[Filter, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if isinstance(row.item, Line):
            lines[row.where].append(n)
        elif not row.blank and n not in below:
            heads.append((n,))
            filters.append(row.where)
    for whole, groups in nested(d, filters).items():
        found.setdefault(heads[whole][0], []).extend(tuple(heads[part][0] for part in group) for group in groups)
    for where, members in lines.items():
        holders = [n for (n,), f in zip(heads, filters, strict=True) if d.contains(f, where)]
        for n in holders:
            found.setdefault(n, []).append(tuple(members))
    return found


def _along(d: Dimensions, rows: Sequence[tuple[int, Shown]]) -> Groups:
    """Rows of one dimension under the next row above them."""
    number = {row.axis: n for n, row in rows}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for n, row in rows:
        key, value, besides = row.axis or ("", "", EVERYTHING)
        above = (number.get((key, one, besides)) for one in d[key].above(value)[1:])
        holder = next((one for one in above if one is not None), None)
        if holder is not None:
            found[holder].append(n)
    return {holder: [tuple(parts)] for holder, parts in found.items()}
