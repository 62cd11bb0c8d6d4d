"""Findings in the order in which a reader of the document meets their places."""

from __future__ import annotations

from collections.abc import Iterable

from budgetreport.checks.document import Document
from budgetreport.checks.text import Position
from budgetreport.problems import FilePlace, Place, Problem, TablePlace, TextPlace

_NOWHERE = FilePlace("")


def in_reading_order(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    """Places in files first, by line; then from cover to end, at one place as the rules found them; each once."""
    ranks = {place: rank for rank, place in enumerate(positions(document))}
    end = len(ranks)

    def rank(problem: Problem) -> tuple[bool, FilePlace, int]:
        where = problem.where
        if isinstance(where, FilePlace):
            return False, where, 0
        return True, _NOWHERE, next((ranks[near] for near in nearer(where) if near in ranks), end)

    return tuple(sorted(dict.fromkeys(problems), key=rank))


def nearer(place: Place) -> Iterable[Place]:
    """The place, then what it is in."""
    yield place
    if isinstance(place, TablePlace):
        yield TablePlace(place.table, place.row)
        yield TablePlace(place.table)
    elif isinstance(place, TextPlace):
        yield TextPlace(place.section)


def positions(document: Document) -> dict[Place, Position]:
    """Where every place that a problem may name begins in the report, in reading order."""
    found: list[tuple[Place, Position]] = [(t.place, t.position) for t in (*document.headings, *document.paragraphs)]
    for table in document.tables:
        found.append((TablePlace(table.title), Position(table.block)))
        found += [(place, cell.position) for cell in table.cells for place in (_row(cell.place), cell.place)]
    found.sort(key=lambda one: (one[1].block, one[1].grid, one[1].row))
    first: dict[Place, Position] = {}
    for place, position in found:
        first.setdefault(place, position)
    return first


def _row(place: Place) -> Place:
    return TablePlace(place.table, place.row) if isinstance(place, TablePlace) else place
