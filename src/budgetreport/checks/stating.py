"""Where what a report prints was stated in the input: cells by their origin, words by the fact that has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from budgetreport.checks.text import Position
from budgetreport.facts import Facts, Path, Record
from budgetreport.ledger import Stated
from budgetreport.problems import Place
from budgetreport.report import Block, Cell, Heading, Paragraph, Report, Table


class Stating:
    """Tells the place in the input of a position in the report that was composed of it."""

    def __init__(self, report: Report, facts: Facts) -> None:
        self._report = report
        self._facts = facts

    def __call__(self, position: Position, words: str) -> Place | None:
        """The place of the fact, None for what the layout or a sum of several lines says."""
        block = self._report.blocks[position.block]
        cell = _cell(block, position)
        if cell is not None:
            origin = next((o for o in cell.origin if isinstance(o, Stated)), None)
            if origin is not None:
                return self._facts.locate(origin.path)
        return self._with_words(cell.text if cell else _text(block), words)

    def _with_words(self, text: str, words: str) -> Place | None:
        """The longest fact that the text holds, and that holds the words."""
        held = [(said, path) for said, path in self._said if words and words in said and said in text]
        return self._facts.locate(max(held, key=lambda one: len(one[0]))[1]) if held else None

    @cached_property
    def _said(self) -> list[tuple[str, Path]]:
        return [(said.strip(), path) for said, path in _texts(self._facts.root, ()) if said.strip()]


def _cell(block: Block, position: Position) -> Cell | None:
    if not isinstance(block, Table) or position.row < 0:
        return None
    return block.grids[position.grid].rows[position.row].cells[position.column]


def _text(block: Block) -> str:
    if isinstance(block, Paragraph | Heading):
        return block.text
    return "\n".join([block.title, *block.caption, *(n.text for n in block.notes)]) if isinstance(block, Table) else ""


def _texts(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, Record):
        for name in value:
            yield from _texts(value[name], (*path, name))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from _texts(one, (*path, n))
