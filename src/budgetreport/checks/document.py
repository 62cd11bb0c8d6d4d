"""A Report as rules see it: its texts, tables and sections, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from budgetreport.checks.number import AbsentError, Spot
from budgetreport.checks.table import Cell, Table
from budgetreport.checks.text import Locate, Position, Text
from budgetreport.problems import TextPlace
from budgetreport.report import Block, Contents, Cover, Heading, Paragraph, Report
from budgetreport.report import Table as PrintedTable


@dataclass(frozen=True, slots=True)
class Carrier:
    """The file that a document was read from: its properties by name, its blank pages from 1."""

    file: str
    properties: tuple[tuple[str, str], ...] = ()
    blank_pages: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands under it."""

    heading: Text
    texts: tuple[Text, ...]
    tables: tuple[Table, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its heading's place."""
        return self.heading.spots

    @property
    def text(self) -> str:
        """Its heading."""
        return self.heading.text


def _is_head(text: Text) -> bool:
    return text.kind == "head" or (isinstance(text, Cell) and text.row.table.is_form and text.printed.header != "")


_FLOW = ("heading", "paragraph", "title")


class Document:
    """A whole report as rules see it. `unit_of_amounts`: what a table without 单位 prints in.

    `carrier`: the file it was read from, None for what was composed. `entries`: its contents as printed, not among
    its `texts`, which say the same.
    """

    def __init__(
        self, report: Report, stated: Locate, unit_of_amounts: str = "万元", carrier: Carrier | None = None
    ) -> None:
        self.report = report
        self.stated = stated
        self.carrier = carrier
        self.unit_of_amounts = unit_of_amounts
        self.tables: list[Table] = []
        self.headings: list[Text] = []
        self.paragraphs: list[Text] = []
        self.texts: list[Text] = []
        self.entries: list[Text] = []
        self._sections: dict[str, int] = {}
        self._blocks: list[tuple[Text, ...]] = []
        for n, block, place in report.places():
            self._add(n, block, place)

    def _add(self, n: int, block: Block, place: TextPlace) -> None:
        found: tuple[Text, ...] = ()
        at, section = Position(n), place.section
        if isinstance(block, Heading):
            self._sections.setdefault(block.id, n)
            found = (Text(block.text, "heading", place, at, self, section, level=block.level),)
            self.headings += found
        elif isinstance(block, Paragraph):
            found = (Text(block.text, "paragraph", place, at, self, section, block.role),)
            self.paragraphs += found
        elif isinstance(block, PrintedTable):
            table = Table(block, n, self, section)
            self.tables.append(table)
            found = table.texts
        elif isinstance(block, Cover):
            found = tuple(Text(line.text, "cover", TextPlace(""), at, self) for line in block.lines)
        elif isinstance(block, Contents):
            found = (Text(block.title, "cover", TextPlace(""), at, self),)
            self.entries += [Text(said, "entry", TextPlace(""), at, self) for said in block.entries]
        self.texts += found
        self._blocks.append(found)

    @cached_property
    def flow(self) -> list[Text]:
        """What a reader reads one after another: headings, paragraphs, titles of tables."""
        return [text for text in self.texts if text.kind in _FLOW]

    def after(self, text: Text) -> Text | None:
        """The text that follows one in the flow."""
        at = self._order.get(id(text), len(self.flow)) + 1
        return self.flow[at] if at < len(self.flow) else None

    @cached_property
    def _order(self) -> dict[int, int]:
        return {id(text): n for n, text in enumerate(self.flow)}

    def block(self, number: int) -> tuple[Text, ...]:
        """The texts of a block of the report."""
        return self._blocks[number]

    @cached_property
    def prose(self) -> list[Text]:
        """Paragraphs and notes."""
        return [text for text in self.texts if text.kind in ("paragraph", "note")]

    @cached_property
    def heads(self) -> list[Text]:
        """The heads of tables and the labels of forms."""
        return [text for text in self.texts if _is_head(text)]

    @cached_property
    def body(self) -> list[Text]:
        """Paragraphs, notes and cells that are no labels."""
        return [text for text in self.texts if text.kind in ("paragraph", "note", "cell") and not _is_head(text)]

    def table(self, name: str) -> Table:
        """The table that the layout calls so. AbsentError: none."""
        found = next((t for t in self.tables if t.id == name), None)
        if found is None:
            raise AbsentError(f"没有《{name}》")
        return found

    def forms(self, name: str) -> tuple[Table, ...]:
        """All forms of a kind, none too."""
        return tuple(t for t in self.tables if t.id == name or t.id.startswith(f"{name}/"))

    def section(self, name: str) -> Section:
        """What stands under the heading of that id, sub-headings included. AbsentError: none."""
        if name not in self._sections:
            raise AbsentError(f"没有“{name}”一节")
        start = self._sections[name]
        blocks: Sequence[Block] = self.report.blocks
        head = blocks[start]
        level = head.level if isinstance(head, Heading) else 0
        end = next(
            (n for n in range(start + 1, len(blocks)) if isinstance(b := blocks[n], Heading) and b.level <= level),
            len(blocks),
        )
        inside = [text for n in range(start + 1, end) for text in self._blocks[n]]
        tables = tuple(t for t in self.tables if start < t.block < end)
        return Section(self._blocks[start][0], tuple(t for t in inside if t.kind == "paragraph"), tables)
