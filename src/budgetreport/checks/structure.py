"""What a layout demands of a document as a whole, as rules see it: its tables and headings, in order; blank pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError

from budgetreport.checks.coding import Coded, coded
from budgetreport.checks.document import Document
from budgetreport.checks.number import Spot
from budgetreport.compose.view import View
from budgetreport.expressions import render
from budgetreport.facts import Facts
from budgetreport.layout import Layout
from budgetreport.layout.model import Part, Template
from budgetreport.numerals import without_number
from budgetreport.problems import PagePlace, Place, TablePlace, TextPlace
from budgetreport.report import Heading


@dataclass(frozen=True, slots=True)
class Demanded:
    """A table or heading that every document of the layout has. `title` as printed, as far as the layout tells."""

    id: str
    title: str
    place: Place

    @property
    def text(self) -> str:
        """What it is called."""
        return self.title

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where it should stand."""
        return (Spot(self.place, None, self.title),)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file, counted from 1."""

    number: int

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its place."""
        return (Spot(PagePlace(self.number), PagePlace(self.number)),)


def structure(document: Document, layout: Layout, facts: Facts | None) -> dict[str, Any]:
    """The names for it."""
    known = {**layout.words, **({name: View(facts.root)[name] for name in facts.root} if facts else {})}
    parts = [part for part in _always(layout.parts) if part.table or part.heading]
    tables = [part for part in parts if part.table and not layout.tables[part.table].when]
    return {
        "layout_tables": [_table(layout, part, known) for part in tables],
        "layout_sections": [_section(part, known) for part in parts if part.heading and part.id],
        "section_ids": [block.id for block in document.report.blocks if isinstance(block, Heading) and block.id],
        "blank_pages": [Page(number) for number in document.blank_pages],
        "is_listed": lambda table: _lists(layout, table.id),
        "coded_rows": _Once(lambda year: coded(document, layout, year)),
    }


class _Once:
    """A function whose answer for each year is computed once."""

    def __init__(self, compute: Callable[[int], list[Coded]]) -> None:
        self._compute = compute
        self._known: dict[int, list[Coded]] = {}

    def __call__(self, year: int) -> list[Coded]:
        if year not in self._known:
            self._known[year] = self._compute(year)
        return self._known[year]


def _always(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts that stand in every document once, in order."""
    for part in parts:
        if part.when is None and not part.each:
            yield part
            yield from _always(part.parts)


def _table(layout: Layout, part: Part, known: dict[str, Any]) -> Demanded:
    title = _printed(layout.tables[part.table].title, known, part.table)
    return Demanded(part.table, title, TablePlace(title))


def _section(part: Part, known: dict[str, Any]) -> Demanded:
    title = _printed(part.heading, known, part.id)
    return Demanded(part.id, title, TextPlace(title))


def _printed(template: Template | None, known: dict[str, Any], otherwise: str) -> str:
    """A title as far as it depends on nothing but the layout's words and the facts."""
    if template is None:
        return otherwise
    try:
        return without_number(render(template.source, known)) or otherwise
    except (TemplateError, LookupError, TypeError, ValueError):
        return otherwise


def _lists(layout: Layout, table: str) -> bool:
    """Whether a table lists what there is, and so is empty where there is nothing: not one with fixed rows alone."""
    defined = layout.tables.get(table)
    return defined is not None and any(row.tree or row.each for row in defined.rows)


def out_of_order(found: Iterable[Any], ids: Iterable[str]) -> list[Any]:
    """Of what has an id, those that stand elsewhere than their ids in a list do: as few as explain it."""
    order = {name: n for n, name in enumerate(dict.fromkeys(ids))}
    items = [one for one in found if one.id in order]
    best: list[list[int]] = []
    for n, item in enumerate(items):
        runs = [run for run in best if order[items[run[-1]].id] < order[item.id]]
        best.append([*max(runs, key=len, default=[]), n])
    kept = set(max(best, key=len, default=[]))
    return [item for n, item in enumerate(items) if n not in kept]


FUNCTIONS: dict[str, Callable[..., Any]] = {"out_of_order": out_of_order}
