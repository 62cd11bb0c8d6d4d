"""What one rule tells of the example, and what it tells besides when a word, a cell or the input is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from budgetreport.checks import Document, Judge, Stating
from budgetreport.checks.table import Cell
from budgetreport.facts import Facts
from budgetreport.layout import Layout
from budgetreport.report import Block, Heading, Paragraph, Report, Table
from tests.making import Change, composed, example, facts, hebei

Told = tuple[str, str, str]
"""A problem in short: its level, its place, the words it is about."""


@dataclass(frozen=True)
class Words:
    """Words of a paragraph, or of a table's caption, that read otherwise."""

    old: str
    new: str


@dataclass(frozen=True)
class At:
    """A cell that reads otherwise."""

    cell: Callable[[Document], Cell]
    new: str


@dataclass(frozen=True)
class Sentence:
    """A paragraph more, right behind a heading."""

    heading: str
    new: str


Edit = Words | At | Sentence


def at(table: str, row: str, column: str, new: str) -> At:
    """A table's cell, by its row and column."""
    return At(lambda document: document.table(table).row(row, column).cell(column), new)


def beside(form: int, label: str, new: str) -> At:
    """In the n-th form (from 0) what stands beside a label."""
    return At(lambda document: document.forms("项目绩效目标表")[form].beside(label), new)


def under(form: int, label: str, new: str) -> At:
    """In the n-th form (from 0) what stands below a label."""
    return At(lambda document: document.forms("项目绩效目标表")[form].under(label), new)


def indicator(form: int, row: int, column: str, new: str) -> At:
    """A cell of the n-th form's indicators (both from 0)."""
    return At(lambda document: document.forms("项目绩效目标表")[form].part("指标")[row].cell(column), new)


@cache
def layout() -> Layout:
    return hebei()


@cache
def original() -> tuple[Report, Facts]:
    return composed(example(), layout())[0], facts(example(), layout())


def told(
    rule: str, edits: Iterable[Edit] = (), change: Change | None = None, *, knows_facts: bool = True
) -> list[Told]:
    """What the rule tells of the example: composed of a changed input, then edited as a slip of the hand would."""
    report, stated = original()
    if change is not None:
        data = example(change)
        report, stated = composed(data, layout())[0], facts(data, layout())
    for edit in edits:
        report = _edited(report, edit)
    document = Document(report, Stating(report, stated) if knows_facts else lambda _position, _words: None)
    rules = replace(layout().rules, rules=layout().rules.of(rule))
    checked = Judge(document, replace(layout(), rules=rules), stated if knows_facts else None).check()
    assert all(p.rule == rule for p in checked.problems), [p.what for p in checked.problems]
    return [(p.level.value, str(p.where), p.text) for p in checked.problems]


def news(
    rule: str, edits: Iterable[Edit] = (), change: Change | None = None, *, knows_facts: bool = True
) -> list[Told]:
    """What the rule tells only after the change."""
    known = told(rule, knows_facts=knows_facts)
    return [one for one in told(rule, edits, change, knows_facts=knows_facts) if one not in known]


def _edited(report: Report, edit: Edit) -> Report:
    if isinstance(edit, Words):
        blocks = [_reworded(block, edit) for block in report.blocks]
        assert blocks != list(report.blocks), edit
    elif isinstance(edit, Sentence):
        blocks = list(report.blocks)
        (behind,) = [n for n, block in enumerate(blocks, 1) if isinstance(block, Heading) and block.id == edit.heading]
        blocks.insert(behind, Paragraph(edit.new))
    else:
        cell = edit.cell(Document(report, lambda _position, _words: None))
        blocks = list(report.blocks)
        blocks[cell.position.block] = _retyped(blocks[cell.position.block], cell, edit.new)
    return replace(report, blocks=tuple(blocks))


def _reworded(block: Block, edit: Words) -> Block:
    if isinstance(block, Paragraph) and edit.old in block.text:
        return replace(block, text=block.text.replace(edit.old, edit.new), figures=())
    if isinstance(block, Table) and any(edit.old in text for text in block.caption):
        return replace(block, caption=tuple(text.replace(edit.old, edit.new) for text in block.caption))
    return block


def _retyped(block: Block, cell: Cell, new: str) -> Block:
    assert isinstance(block, Table)
    p = cell.position
    grids = list(block.grids)
    rows = list(grids[p.grid].rows)
    cells = list(rows[p.row].cells)
    old = cells[p.column]
    assert old is not None
    cells[p.column] = replace(old, text=new, origin=())
    rows[p.row] = replace(rows[p.row], cells=tuple(cells))
    grids[p.grid] = replace(grids[p.grid], rows=tuple(rows))
    return replace(block, grids=tuple(grids))


@dataclass(frozen=True)
class Slip:
    """A slip that one rule tells: what is changed, and each new problem's place (a part of it) and words."""

    name: str
    rule: str
    tells: tuple[tuple[str, str], ...]
    edits: tuple[Edit, ...] = ()
    change: Change | None = None
    knows_facts: bool = True

    def check(self) -> None:
        """Exactly these are told, no others."""
        found = news(self.rule, self.edits, self.change, knows_facts=self.knows_facts)
        assert len(found) == len(self.tells), found
        for (_, place, text), (part, words) in zip(found, self.tells, strict=True):
            assert part in place, found
            assert words == text, found


def slip(
    name: str,
    rule: str,
    *edits: Edit,
    tells: Iterable[tuple[str, str]] = (),
    change: Change | None = None,
    knows_facts: bool = True,
) -> Slip:
    """One line of a table of slips; one that tells nothing is a false alarm avoided."""
    return Slip(name, rule, tuple(tells), edits, change, knows_facts)
