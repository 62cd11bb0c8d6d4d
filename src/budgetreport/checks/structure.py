"""What a layout demands of a document as a whole, as rules see it: its tables and headings, in order; blank pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import TemplateError

from budgetreport.checks.coding import coded, outdated
from budgetreport.checks.document import Document
from budgetreport.checks.number import Spot
from budgetreport.checks.table import Table
from budgetreport.checks.text import Text
from budgetreport.compose.view import View
from budgetreport.expressions import render
from budgetreport.facts import Facts
from budgetreport.layout import Layout
from budgetreport.layout.model import Part, Template
from budgetreport.numerals import without_number
from budgetreport.problems import TablePlace, TextPlace
from budgetreport.report import Heading


@dataclass(frozen=True, slots=True)
class Demanded:
    """A table or heading that every document of the layout has. `known`: what its title may name."""

    id: str
    template: Template
    known: Mapping[str, Any]
    is_table: bool

    @property
    def title(self) -> str:
        """As printed, without its number; its id where the title depends on more than words and facts."""
        try:
            return without_number(render(self.template.source, self.known)) or self.id
        except (TemplateError, LookupError, TypeError, ValueError):
            return self.id

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where it should stand."""
        return (Spot(TablePlace(self.title) if self.is_table else TextPlace(self.title), None, self.title),)


def structure(document: Document, layout: Layout, facts: Facts | None) -> dict[str, Any]:
    """The names for it."""
    known = {**layout.words, **({name: View(facts.root)[name] for name in facts.root} if facts else {})}
    parts = list(_always(layout.parts))
    tables = [layout.tables[part.table] for part in parts if part.table]
    due_tables = [Demanded(table.id, table.title, known, is_table=True) for table in tables if not table.when]
    due_sections = [Demanded(p.id, p.heading, known, is_table=False) for p in parts if p.heading and p.id]
    return {
        "layout_tables": due_tables,
        "layout_sections": due_sections,
        "missing_tables": [one for one in due_tables if not _has_table(document, one)],
        "missing_sections": [one for one in due_sections if not _has_section(document, one)],
        "of_kind": lambda *kinds: [text for text in document.texts if text.kind in kinds],
        "notes_of": lambda table: _notes(document, table),
        "is_listed": lambda table: _lists(layout, table.id),
        "coded_rows": cache(lambda year: coded(document, layout, year)),
        "outdated_rows": lambda year: outdated(document, layout, year),
    }


def _always(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts that stand in every document once, in order."""
    for part in parts:
        if part.when is None and not part.each:
            yield part
            yield from _always(part.parts)


def _notes(document: Document, table: Table) -> list[Text]:
    """What is said of a table: its notes, and the paragraphs of its section."""
    beside = [p for p in document.paragraphs if table.section and p.section == table.section]
    return [*(text for text in table.texts if text.kind == "note"), *beside]


def _lists(layout: Layout, table: str) -> bool:
    """Whether a table lists what there is, and so is empty where there is nothing: not one with fixed rows alone."""
    defined = layout.tables.get(table)
    return defined is not None and any(row.tree or row.each for side in defined.each_side() for row in side.rows)


def _has_table(document: Document, due: Demanded) -> bool:
    if any(table.id == due.id for table in document.tables):
        return True
    title = due.title
    return any(without_number(table.title) == title for table in document.tables)


def _has_section(document: Document, due: Demanded) -> bool:
    headings = [block for block in document.report.blocks if isinstance(block, Heading)]
    if any(heading.id == due.id for heading in headings):
        return True
    title = due.title
    return any(without_number(heading.text) == title for heading in headings)


def out_of_order(found: Iterable[Any], ids: Iterable[str]) -> list[Any]:
    """Of what has an id, those that stand elsewhere than their ids in a list do: as few as explain it.

    Of one that is there twice only the first counts.
    """
    order = {name: n for n, name in enumerate(dict.fromkeys(ids))}
    items = list({one.id: one for one in list(found)[::-1] if one.id in order}.values())[::-1]
    best: list[tuple[int, ...]] = []
    for n, item in enumerate(items):
        runs = (run for run in best if order[items[run[-1]].id] < order[item.id])
        best.append((*_longest(runs), n))
    kept = set(_longest(best))
    return [item for n, item in enumerate(items) if n not in kept]


def _longest(runs: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return max(runs, key=len, default=())


FUNCTIONS: dict[str, Callable[..., Any]] = {"out_of_order": out_of_order}
