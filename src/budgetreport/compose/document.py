"""Parts in order: tables, forms, headings and texts become the blocks of a Report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetreport.compose.balance import settled
from budgetreport.compose.context import Composition, format_of
from budgetreport.compose.coverage import check_reached, told_once
from budgetreport.compose.drawn import drawn_grid
from budgetreport.compose.known_codes import unknown_codes
from budgetreport.compose.printed import Printing
from budgetreport.compose.prints import PrintedSum
from budgetreport.compose.tables import compose_grid, is_empty
from budgetreport.compose.view import View
from budgetreport.facts import Facts
from budgetreport.layout.model import Form, Grid, Layout, Numbers, Part, Template
from budgetreport.ledger import Book, Sum
from budgetreport.money import NumberFormat
from budgetreport.numerals import numbered
from budgetreport.problems import Problem, TablePlace, in_order
from budgetreport.report import Block, Contents, Cover, Entry, Figure, Heading, Kind, Paragraph, Report, Table
from budgetreport.report import Grid as Composed
from budgetreport.trace import Tracer

_NAMED_HEADING = 3
"""Headings are structured down to this level."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: heading level of what is inside, and what its texts can name.

    `depth`: the level of its entries in the contents; `numbers`: how its texts print amounts, the nearest last.
    """

    level: int
    local: dict[str, Any]
    depth: int = 1
    numbers: tuple[Numbers, ...] = ()

    def inside(self, part: Part) -> _Place:
        """The place of what stands under a part."""
        entry, heading = part.entry is not None, part.heading is not None
        return replace(self, level=self.level + heading, depth=self.depth + (entry or heading))


class Composer:
    """Composes one input; tables are made once, when a part or a sentence first asks for them."""

    def __init__(self, facts: Facts, layout: Layout) -> None:
        self._facts = facts
        self._layout = layout
        self._start()

    def _start(self, printing: Printing | None = None) -> None:
        self._grids: dict[str, Composed] = {}
        self._composition = self._composition_of(printing)

    def _composition_of(self, printing: Printing | None) -> Composition:
        return Composition(self._facts, self._layout, self._grid, printing)

    def report(self) -> tuple[Report, tuple[Problem, ...]]:
        """The whole document and what is wrong with it; where its sums must be balanced, composed once more."""
        report, problems = self._composed_once()
        c = self._composition
        if not c.printing.uneven:
            return report, problems
        found = settled(c.prints, report, c.text_format, c.books, c.dimensions)
        self._start(Printing(c.books, found.values))
        report, problems = self._composed_once()
        return replace(report, adjusted=found.adjusted), in_order([*problems, *found.problems])

    def _composed_once(self) -> tuple[Report, tuple[Problem, ...]]:
        report = self._document()
        check_reached(self._composition)
        self._composition.problems += unknown_codes(self._composition)
        return report, told_once(self._composition.problems)

    def _document(self) -> Report:
        layout, say = self._layout, self._composition.text
        blocks = tuple(self._parts(layout.parts, _Place(1, {})))
        properties = {name: say(template, {}).strip() for name, template in layout.properties.items()}
        return Report(
            blocks,
            title=properties.get("title", ""),
            author=properties.get("author", ""),
            subject=properties.get("subject", ""),
            prose_sheet=layout.workbook.get("prose", ""),
            contents_sheet=layout.workbook.get("contents", ""),
        )

    @property
    def books(self) -> Mapping[str, Book]:
        """The books that the document is composed of."""
        return self._composition.books

    def tracer(self, report: Report) -> Tracer:
        """Follows the report's numbers back to the facts."""
        c = self._composition
        return Tracer(report, c.facts, c.books, c.dimensions)

    def _grid(self, name: str) -> Composed:
        """A table's grid, the same one in the document and in sentences."""
        if name not in self._grids:
            table = self._layout.tables[name]
            title = self._composition.text(table.title, {})
            self._grids[name] = self._composed(table, {}, title)
        return self._grids[name]

    def _composed(self, grid: Grid, local: dict[str, Any], title: str, form: Form | None = None) -> Composed:
        fmt = format_of(self._composition.table_format, form.numbers if form else None, grid.numbers)
        if grid.cells:
            drawn = drawn_grid(grid, self._composition, local, fmt)
            slot = f"{form.id}/{grid.id}" if form and form.each else ""
            self._composition.prints.groups.append(list(_printed(drawn, title, fmt, slot)))
            return drawn
        return compose_grid(grid, self._composition, local, title, fmt)

    def _parts(self, parts: Sequence[Part], place: _Place) -> Iterator[Block]:
        """Numbers run per pattern and close up where `when` is false."""
        counts: Counter[str] = Counter()
        for part in parts:
            for local in self._locals(part, place):
                if not self._composition.holds(part.when, local):
                    continue
                counts[part.number] += 1
                number = numbered(part.number, counts[part.number]) if part.number else ""
                said = (*place.numbers, part.numbers) if part.numbers else place.numbers
                here = replace(place, local=local, numbers=said)
                yield from self._listed(part, here, number, self._part(part, here, number))

    def _locals(self, part: Part, place: _Place) -> Iterator[dict[str, Any]]:
        if not part.each:
            yield place.local
            return
        for n, item in enumerate(self._composition.items(part.each, place.local, part.place), 1):
            yield {**place.local, part.as_: item, "n": n}

    def _part(self, part: Part, place: _Place, number: str) -> Iterator[Block]:
        say = self._composition.text
        if part.cover:
            yield Cover(tuple(Paragraph(say(line.text, place.local), line.role) for line in part.cover))
        elif part.contents:
            yield Contents(part.contents)
        elif part.table:
            yield from self._table(part, place)
        elif part.form:
            yield from self._form(self._layout.forms[part.form], place)
        elif part.text is not None:
            yield from self._text(part, place)
        else:
            if part.heading is not None:
                text = say(part.heading, place.local)
                text = text if part.entry else number + text
                yield Heading(min(place.level, _NAMED_HEADING), text, part.id or text, self._own_entry(place, text))
            yield from self._parts(part.parts, place.inside(part))

    @staticmethod
    def _own_entry(place: _Place, text: str) -> tuple[Entry, ...]:
        """A heading's entry where the contents are deeper than the headings; nothing where both are the same."""
        return () if place.depth == place.level else (Entry(text, place.depth),)

    def _listed(self, part: Part, place: _Place, number: str, blocks: Iterator[Block]) -> Iterator[Block]:
        """The part's blocks, what the contents call the part put to the first heading, table or form of them."""
        waiting = part.entry
        for block in blocks:
            if waiting is None or not isinstance(block, Heading | Table):
                yield block
                continue
            title = block.title if isinstance(block, Table) else block.text
            entry = Entry(number + self._composition.text(waiting, {**place.local, "title": title}), place.depth)
            over = part.heading is None and not part.table
            yield replace(block, entries=(entry, *(block.listed if over else ())))
            waiting = None

    def _text(self, part: Part, place: _Place) -> Iterator[Block]:
        """Each line of the text is a paragraph; empty ones are left out."""
        template = part.text or Template("")
        if template.source.endswith(".j2"):
            template = self._layout.texts[template.source]
        fmt = format_of(self._composition.text_format, *place.numbers)
        text, figures = self._composition.marked(template, place.local, fmt)
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            inside = tuple(
                Figure(f.start - start, f.end - start, f.origin) for f in figures if start <= f.start and f.end <= end
            )
            if line.strip():
                yield Paragraph(line.rstrip(), part.role, inside)
            start = end + 1

    def _table(self, part: Part, place: _Place) -> Iterator[Block]:
        name = part.table
        table = self._layout.tables[name]
        if not self._composition.holds(table.when, place.local):
            return
        say = self._composition.text
        notes = [say(note, place.local) for note in table.notes]
        if is_empty(table, self._composition) and table.empty and table.empty.note:
            notes.append(say(table.empty.note, place.local))
        title = say(table.title, place.local)
        level = min(place.level, _NAMED_HEADING) if place.level == 1 or part.listed else 0
        yield Table(
            id=name,
            title=title,
            sheet=say(table.sheet, place.local) if table.sheet else name,
            grids=(self._grid(name),),
            level=level,
            entries=self._own_entry(place, title) if level else (),
            caption=tuple(say(text, place.local) for text in table.caption),
            notes=tuple(Paragraph(note, "note") for note in notes if note),
            page=table.page,
            font=table.font,
        )

    def _form(self, form: Form, place: _Place) -> Iterator[Block]:
        if not self._composition.holds(form.when, place.local):
            return
        items = list(self._composition.items(form.each, place.local, form.place)) if form.each else [None]
        if form.sort:
            items.sort(key=lambda item: str(item[form.sort]) if isinstance(item, View) else "")
        say = self._composition.text
        for n, item in enumerate(items, 1):
            local = {**place.local, form.as_: item, "n": n}
            title = say(form.title, local)
            yield Table(
                id=f"{form.id}/{n}" if form.each else form.id,
                title=title,
                sheet=say(form.sheet, local) if form.sheet else f"{form.id}{n}",
                grids=tuple(self._composed(grid, local, title, form) for grid in form.grids),
                caption=tuple(say(text, local) for text in form.caption),
                notes=tuple(Paragraph(text, "note") for note in form.notes if (text := say(note, local))),
                page=form.page,
                form=True,
                font=form.font,
            )


def _printed(grid: Composed, title: str, fmt: NumberFormat, slot: str) -> Iterator[PrintedSum]:
    """The plain sums that a drawn grid prints, each named by the text on its left."""
    for row in grid.rows:
        said = ""
        for at, cell in enumerate(row.cells):
            if cell is None:
                continue
            origin = cell.origin[0] if len(cell.origin) == 1 else None
            if cell.kind is Kind.AMOUNT and isinstance(origin, Sum) and origin.sign > 0:
                place = TablePlace(title, row.id, said)
                yield PrintedSum(place, origin, fmt, f"{slot}/{row.id}/{at}" if slot else "")
            said = cell.text
