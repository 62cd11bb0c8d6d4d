"""The books of an input: its lists of lines, with the coordinates that each list adds to its lines."""

from __future__ import annotations

from collections.abc import Iterator

from budgetreport.facts import Facts, Field, Record
from budgetreport.filters import Dimensions
from budgetreport.layout.model import Layout, Source
from budgetreport.ledger import SCALE, Book, Line


def books(facts: Facts, layout: Layout) -> dict[str, Book]:
    """Each book that the layout declares."""
    dimensions = layout.vocabulary.dimensions
    return {name: _book(name, sources, facts, dimensions) for name, sources in layout.books.items()}


def _book(name: str, sources: tuple[Source, ...], facts: Facts, dimensions: Dimensions) -> Book:
    lines: list[Line] = []
    kinds: dict[str, str] = {}
    defaults = {d.key: d.default or d.assume for d in dimensions if d.default or d.assume}
    for source in sources:
        entries = list(_entries(facts.root, source.path))
        if entries:
            kinds.update(_measures(entries[0].declared))
        lines += [_line(record, {**defaults, **source.added}) for record in entries]
    return Book(name, dimensions, lines, kinds)


def _entries(root: Record, path: tuple[str, ...]) -> Iterator[Record]:
    found: object = root
    for key in path:
        found = found[key] if isinstance(found, Record) else ()
    return (entry for entry in found if isinstance(entry, Record)) if isinstance(found, tuple) else iter(())


def _measures(declared: Field) -> dict[str, str]:
    return {f.name: f.type for f in declared.fields if f.type in ("amount", "number")}


def _line(record: Record, given: dict[str, str]) -> Line:
    coordinates = dict(given)
    measures: dict[str, int] = {}
    for field in record.declared.fields:
        value = record[field.name]
        if value is None:
            continue
        if field.dimension:
            coordinates[field.dimension] = str(value)
        elif field.type == "amount":
            measures[field.name] = int(value)  # type: ignore[call-overload]  # intake types amounts
        elif field.type == "number":
            measures[field.name] = int(value * SCALE)  # type: ignore[operator]  # intake types numbers
    return Line(coordinates, measures, record.path, record)
