"""Small documents of texts and tables, and what the rules of the Hebei layout say about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from budgetreport.checks import Carrier, Document, Judge
from budgetreport.layout import Layout
from budgetreport.problems import Problem
from budgetreport.report import Block, Cell, Column, Grid, Heading, Paragraph, Report, Row, Table
from tests.making import hebei


@cache
def layout() -> Layout:
    return hebei()


def document(*blocks: Block | str, carrier: Carrier | None = None) -> Document:
    """Texts are paragraphs; `# …` is a heading."""
    return Document(Report(tuple(map(_block, blocks)), title=""), lambda _position, _words: None, carrier=carrier)


def _block(said: Block | str) -> Block:
    if not isinstance(said, str):
        return said
    return Heading(1, said.removeprefix("# "), said) if said.startswith("# ") else Paragraph(said)


def problems(rule: str, *blocks: Block | str, carrier: Carrier | None = None) -> list[Problem]:
    """What a rule, or a case of it (W-07/缺号), says; nothing may go wrong with any rule."""
    found = Judge(document(*blocks, carrier=carrier), layout()).check()
    assert not [p.what for p in found.problems if p.rule.startswith("LY-")]
    wanted, _, name = rule.partition("/")
    named = {r.id: r for r in layout().rules.of(wanted)}
    assert named, rule
    level = named[rule].level if name else ""
    return [p for p in found.problems if p.rule == wanted and (not level or p.level.value == level)]


def texts(rule: str, *blocks: Block | str) -> list[str]:
    """The words that a rule's problems are about."""
    return [problem.text for problem in problems(rule, *blocks)]


def table(head: Sequence[str], *rows: Sequence[str], title: str = "某表", form: bool = False) -> Table:
    """A table of one head row."""
    columns = tuple(Column(text) for text in head)
    heads = Row("", tuple(Cell(text, header="column") for text in head), role="head")
    body = tuple(Row(str(n), tuple(map(Cell, row))) for n, row in enumerate(rows, 1))
    return Table("", title, title, (Grid("", columns, (heads, *body)),), form=form)
