"""Where a problem's places stand among the blocks of the reference, by which its findings are labelled."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from budgetreport.checks import Document
from budgetreport.problems import Level, Place, Problem, TablePlace
from budgetreport.report import Block, Grid, Heading, Paragraph
from budgetreport.report import Table as Printed
from tests.golden.blocks import BLOCKS, DEVIATIONS, bare

LABELLED = json.loads(BLOCKS.with_name("findings.json").read_text("utf-8"))
MARK = r"\[bookmark:[^\]]*\]"
LEVELS = {"error": Level.ERROR, "warning": Level.WARNING, "notice": Level.NOTICE}


@dataclass(frozen=True, slots=True)
class Region:
    """Characters of a block's text, white space left out: start to end (exclusive)."""

    block: int
    start: int
    end: int

    def meets(self, other: Region) -> bool:
        return self.block == other.block and self.start < other.end and other.start < self.end


class Standing:
    """A document that prints the reference's blocks, and what its places cover of them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._free = _numbers()
        self._flat: dict[int, str] = {}
        self._cells: dict[tuple[int, int, int, int], Region] = {}
        self._texts: dict[tuple[int, str], Region] = {}
        for n, block in enumerate(document.report.blocks):
            self._lay(n, block)

    def finds(self, finding: Mapping[str, Any], problems: Iterable[Problem]) -> bool:
        """Whether problems of the finding's rule and level stand at, or name, each place it lists."""
        theirs = [p for p in problems if p.rule == finding["rule"] and p.level is LEVELS[finding["severity"]]]
        covered = [region for problem in theirs for region in self.covered(problem)]
        return all(
            any(region.meets(anchor) for region in covered for anchor in self.anchors(where))
            for where in finding["where"]
        )

    def is_at(self, problem: Problem, places: Iterable[Mapping[str, Any]]) -> bool:
        """Whether the problem itself stands at one of the places."""
        own = self.narrowed(problem)
        return any(region.meets(anchor) for where in places for region in own for anchor in self.anchors(where))

    def covered(self, problem: Problem) -> list[Region]:
        """What the problem is about: its words where it stands, and whatever it names besides."""
        return [*self.narrowed(problem), *(region for place in problem.also for region in self.regions(place))]

    def narrowed(self, problem: Problem) -> list[Region]:
        """The problem's words where it stands; all that stands there, where its words are not found or it is a row."""
        whole, words = self.regions(problem.where), bare(problem.text)
        if isinstance(problem.where, TablePlace) and problem.where.row and not problem.where.column:
            return whole
        said = [Region(r.block, r.start + at, r.start + at + len(words)) for r in whole for at in self._at(r, words)]
        return said or whole

    def anchors(self, where: Mapping[str, Any]) -> list[Region]:
        """Where a labelled place's words stand in its block."""
        block, words = where["block"], bare(where["anchor"])
        whole = Region(block, 0, len(self._flat.get(block, "")))
        return [Region(block, at, at + len(words)) for at in self._at(whole, words)]

    def regions(self, place: Place) -> list[Region]:
        """All that a place names: a paragraph, a heading, a table, its row, its cell."""
        return self._places.get(place, [])

    def _at(self, region: Region, words: str) -> Iterator[int]:
        flat = self._flat.get(region.block, "")[region.start : region.end]
        at = flat.find(words) if words else -1
        while at >= 0:
            yield at
            at = flat.find(words, at + 1)

    @cached_property
    def _places(self) -> dict[Place, list[Region]]:
        found: dict[Place, dict[Region, None]] = defaultdict(dict)
        for text in self._document.texts:
            at = text.position
            region = self._cells.get((at.block, at.grid, at.row, at.column)) or self._texts.get((at.block, text.text))
            if region is not None:
                found[text.place][region] = None
                if isinstance(text.place, TablePlace):
                    found[TablePlace(text.place.table)][region] = None
        for place, region in self._of_cells():
            for wider in (place, TablePlace(place.table, place.row), TablePlace(place.table)):
                found[wider][region] = None
        return {place: list(regions) for place, regions in found.items()}

    def _of_cells(self) -> Iterator[tuple[TablePlace, Region]]:
        """Each place of a table's body, those that a merged cell covers too."""
        for table in self._document.tables:
            for row in table.rows:
                for at in table.columns_of(row.grid, row.side):
                    cell = table.cell_at(row, at)
                    p = cell.position
                    region = self._cells.get((p.block, p.grid, p.row, p.column))
                    if region is not None and isinstance(cell.place, TablePlace):
                        yield cell.place, region
                        yield TablePlace(table.title, row.place.row, cell.place.column), region

    def _lay(self, n: int, block: Block) -> None:
        if isinstance(block, Heading | Paragraph):
            self._say(n, block.text)
        elif isinstance(block, Printed):
            number = self._say(n, block.title)
            for g, grid in enumerate(block.grids):
                if number is not None:
                    self._draw(n, g, grid, number + 1 + g, block.caption if g == 0 else ())
            for note in block.notes:
                self._say(n, note.text)

    def _say(self, n: int, text: str) -> int | None:
        """A text of its own: the first block of the reference that says the same."""
        numbers = self._free.get(re.sub(MARK, "", bare(text)))
        if not numbers:
            return None
        number = numbers.pop(0)
        self._flat[number] = bare(text)
        self._texts.setdefault((n, text), Region(number, 0, len(bare(text))))
        return number

    def _draw(self, n: int, g: int, grid: Grid, number: int, caption: tuple[str, ...]) -> None:
        """A grid as the labels see it: cells of a row joined by ｜, the caption's texts first."""
        flat = ""
        for text in caption:
            self._texts[n, text] = Region(number, len(flat), len(flat) + len(bare(text)))
            flat += bare(text) + "｜"
        for y, row in enumerate(grid.rows):
            covered = 0
            for x, cell in enumerate(row.cells):
                if cell is not None:
                    self._cells[n, g, y, x] = Region(number, len(flat), len(flat) + len(bare(cell.text)))
                    covered = x + cell.columns
                    flat += bare(cell.text) + "｜"
                elif x >= covered:
                    flat += "｜"
        self._flat[number] = flat


def _numbers() -> dict[str, list[int]]:
    """The blocks of the reference by what they say, as it does and as we do."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(json.loads(BLOCKS.read_text("utf-8"))):
        if block["kind"] != "table":
            text = bare(block["text"])
            theirs, ours, _ = DEVIATIONS.get(number, ("", "", ""))
            for said in dict.fromkeys([text, text.replace(theirs, ours) if theirs else text]):
                found[said].append(number)
    return found
