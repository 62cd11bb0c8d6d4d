"""Findings in the order in which a reader of the document meets their places."""

from __future__ import annotations

from collections.abc import Iterable

from budgetreport.checks.document import Document
from budgetreport.problems import FilePlace, Place, Problem, TablePlace, TextPlace

_NOWHERE = FilePlace("")


def in_reading_order(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    """Places in files first, by line; then from cover to end, at one place as the rules found them; each once."""
    ranks = _ranks(document)
    end = len(ranks)

    def rank(problem: Problem) -> tuple[bool, FilePlace, int]:
        where = problem.where
        if isinstance(where, FilePlace):
            return False, where, 0
        return True, _NOWHERE, next((ranks[near] for near in _nearer(where) if near in ranks), end)

    return tuple(sorted(dict.fromkeys(problems), key=rank))


def _nearer(place: Place) -> Iterable[Place]:
    """The place, then what it is in."""
    yield place
    if isinstance(place, TablePlace):
        yield TablePlace(place.table, place.row)
        yield TablePlace(place.table)
    elif isinstance(place, TextPlace):
        yield TextPlace(place.section)


def _ranks(document: Document) -> dict[Place, int]:
    """The position of every place that a problem may name: of a text, of a cell, of a row, of a table."""
    ranks: dict[Place, int] = {}
    blocks = sorted([*document.headings, *document.paragraphs], key=lambda text: text.position.block)
    spots = [(text.position.block, -1, -1, text.place) for text in blocks]
    for table in document.tables:
        spots.append((table.block, -1, -1, TablePlace(table.title)))
        spots += [
            (table.block, cell.position.grid, cell.position.row, place)
            for cell in table.cells
            for place in (_row(cell.place), cell.place)
        ]
    for _, _, _, place in sorted(spots, key=lambda spot: spot[:3]):
        ranks.setdefault(place, len(ranks))
    return ranks


def _row(place: Place) -> Place:
    return TablePlace(place.table, place.row) if isinstance(place, TablePlace) else place
