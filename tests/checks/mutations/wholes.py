"""What a document must have, once and in order; who it is of, and which year."""

from __future__ import annotations

import re
from dataclasses import replace

from budgetreport.checks.text import Position
from budgetreport.report import Cover, Heading, Paragraph, Report
from tests.checks.mutations.amounts import amounts, main_tables
from tests.checks.mutations.damage import (
    Chance,
    Damage,
    Spot,
    defect,
    paragraphs,
    spoiled,
    table_at,
    tables,
    text_of,
    with_block,
    with_cell,
    with_row,
)


def _captioned(report: Report, words: str) -> list[tuple[int, int]]:
    """(block, number of the caption) of the captions that a pattern is found in."""
    return [
        (at, n)
        for at in tables(report, lambda t: bool(t.caption))
        for n, caption in enumerate(table_at(report, at).caption)
        if re.search(words, caption)
    ]


def _recaptioned(report: Report, chance: Chance, words: str, by: str) -> Damage | None:
    found = _captioned(report, words)
    if not found:
        return None
    at, n = chance.pick(found)
    table = table_at(report, at)
    was = table.caption[n]
    now = re.sub(words, by, was, count=1)
    caption = tuple(c for c in (*table.caption[:n], now, *table.caption[n + 1 :]) if c)
    return Damage(with_block(report, at, replace(table, caption=caption)), was, now, (Position(at),))


@defect("IN")
def caption_year(report: Report, chance: Chance) -> Damage | None:
    """Another year over a table."""
    return _recaptioned(report, chance, "(?<=预算年度：)20[0-9]{2}", chance.pick(["2025", "2024", "2027"]))


@defect("IN")
def caption_name(report: Report, chance: Chance) -> Damage | None:
    """The unit's name over a table with a character altered."""
    return _recaptioned(
        report, chance, "(?<=[0-9])([一-龥])([一-龥])(?=[一-龥]{3})", chance.pick([r"\1", r"\2\1", r"\1某"])
    )


@defect("IN")
def caption_code(report: Report, chance: Chance) -> Damage | None:
    """Another code of the unit over a table."""
    return _recaptioned(report, chance, "^[0-9]{3}(?=[一-龥])", "".join(chance.pick(["225", "431", "902"])))


@defect("IN")
def caption_unit(report: Report, chance: Chance) -> Damage | None:
    """单位：元 over amounts in 万元."""
    return _recaptioned(report, chance, "单位：万元", "单位：元")


@defect("IN")
def caption_without_unit(report: Report, chance: Chance) -> Damage | None:
    """A table that does not say its unit."""
    return _recaptioned(report, chance, "^单位：万元$", "")


def _cover(report: Report, chance: Chance, pattern: str, by: str) -> Damage | None:
    for n, block in enumerate(report.blocks):
        if isinstance(block, Cover):
            found = [k for k, line in enumerate(block.lines) if re.search(pattern, line.text)]
            if not found:
                return None
            k = chance.pick(found)
            was = block.lines[k].text
            now = re.sub(pattern, by, was, count=1)
            lines = (*block.lines[:k], replace(block.lines[k], text=now, figures=()), *block.lines[k + 1 :])
            return Damage(with_block(report, n, Cover(lines)), was, now, (Position(n),))
    return None


@defect("IN")
def cover_year(report: Report, chance: Chance) -> Damage | None:
    """Another year on the cover."""
    return _cover(report, chance, "20[0-9]{2}", chance.pick(["2025", "2024"]))


@defect("IN")
def cover_name(report: Report, chance: Chance) -> Damage | None:
    """Another name on the cover."""
    return _cover(report, chance, "^(.)(.)(?=[一-龥]{3}[^年]*$)", chance.pick([r"\2\1", r"\1"]))


@defect("IN", "YY")
def year_in_text(report: Report, chance: Chance) -> Damage | None:
    """Another year where a section begins."""
    return spoiled(
        report,
        chance,
        "^20[0-9]{2}(?=年)",
        lambda m: str(int(m[0]) - 1),
        "总体情况",
        "机关运行经费",
        "三公经费",
        "专项资金",
    )


@defect("IN")
def name_in_text(report: Report, chance: Chance) -> Damage | None:
    """The unit's name in the text with a character altered."""
    name = next((b.lines[0].text for b in report.blocks if isinstance(b, Cover)), "")
    if not name:
        return None
    return spoiled(report, chance, re.escape(name), lambda _: name[:-2] + name[-1] + name[-2], "总体情况", "国有资产")


@defect("CP")
def table_dropped(report: Report, chance: Chance) -> Damage:
    """A table left out."""
    at = chance.pick(main_tables(report))
    table = table_at(report, at)
    return Damage(
        with_block(report, at), table.title, "-", (), (table.title, table.id, table.title.removeprefix("部门预算"))
    )


@defect("CP")
def table_doubled(report: Report, chance: Chance) -> Damage:
    """A table printed twice."""
    at = chance.pick(main_tables(report))
    table = table_at(report, at)
    return Damage(with_block(report, at, table, table), table.title, "twice", (Position(at), Position(at + 1)))


@defect("CP")
def table_moved(report: Report, chance: Chance) -> Damage:
    """A table in another's place."""
    order = main_tables(report)
    at = chance.pick(order[:-2])
    last = order[-1]
    table = table_at(report, at)
    blocks = [b for n, b in enumerate(report.blocks) if n != at]
    blocks.insert(last, table)
    at_all = tuple(Position(n) for n in range(at, last + 1))
    return Damage(replace(report, blocks=tuple(blocks)), table.title, "after all others", at_all)


def _sections(report: Report) -> list[tuple[int, int]]:
    heads = [n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.level > 1]
    return list(zip(heads, [*heads[1:], len(report.blocks)], strict=True))


@defect("CP")
def section_dropped(report: Report, chance: Chance) -> Damage:
    """A section left out."""
    start, end = chance.pick([s for s in _sections(report) if _id(report, s[0]) not in ("其他事项", "专项资金")])
    heading = report.blocks[start]
    assert isinstance(heading, Heading)
    made = replace(report, blocks=report.blocks[:start] + report.blocks[end:])
    return Damage(made, heading.text, "-", (), (heading.text.partition("、")[2], heading.id))


@defect("CP")
def section_emptied(report: Report, chance: Chance) -> Damage:
    """A section with nothing under its heading."""
    start, end = chance.pick([s for s in _sections(report) if _id(report, s[0]) != "职责机构"])
    made = replace(report, blocks=report.blocks[: start + 1] + report.blocks[end:])
    return Damage(made, text_of(report.blocks[start]), "nothing under it", (Position(start),), (_id(report, start),))


def _id(report: Report, at: int) -> str:
    block = report.blocks[at]
    return block.id if isinstance(block, Heading) else ""


@defect("CP")
def note_removed(report: Report, chance: Chance) -> Damage | None:
    """An empty table without its note."""
    empty = [n for n in main_tables(report) if not amounts(report, n) and table_at(report, n).notes]
    if not empty:
        return None
    at = chance.pick(empty)
    table = table_at(report, at)
    return Damage(with_block(report, at, replace(table, notes=())), table.notes[0].text, "-", (Position(at),))


@defect("CP")
def note_wrong(report: Report, chance: Chance) -> Damage:
    """A note that a table is empty, under one that is not."""
    at = chance.pick([n for n in main_tables(report) if amounts(report, n)])
    table = table_at(report, at)
    said = f"注：无{table.title.removeprefix('部门预算').removesuffix('表')}预算，空表列示。"
    return Damage(
        with_block(report, at, replace(table, notes=(Paragraph(said, "note"),))), table.title, said, (Position(at),)
    )


@defect("CP")
def nothing_said(report: Report, chance: Chance) -> Damage | None:
    """No word that there is nothing of the kind."""
    found = [
        n
        for n in paragraphs(report, "专项资金", "其他事项", "政府采购", "项目绩效")
        if re.search("我部门无", text_of(report.blocks[n]))
    ]
    if not found:
        return None
    at = chance.pick(found)
    heading = max(n for n in range(at) if isinstance(report.blocks[n], Heading))
    return Damage(
        with_block(report, at), text_of(report.blocks[at]), "-", (Position(heading),), (_id(report, heading),)
    )


@defect("CP")
def title_doubled(report: Report, chance: Chance) -> Damage:
    """A heading twice."""
    at = chance.pick([start for start, _ in _sections(report)])
    block = report.blocks[at]
    return Damage(with_block(report, at, block, block), text_of(block), "twice", (Position(at), Position(at + 1)))


@defect("CP")
def paragraph_doubled(report: Report, chance: Chance) -> Damage:
    """A paragraph twice."""
    at = chance.pick([n for n in paragraphs(report) if len(text_of(report.blocks[n])) > 20])
    block = report.blocks[at]
    return Damage(with_block(report, at, block, block), text_of(block), "twice", (Position(at), Position(at + 1)))


@defect("CP", "W")
def variant_row(report: Report, chance: Chance) -> Damage | None:
    """A class of expenditure that one table has not and the other has."""
    del chance
    at = next((n for n in main_tables(report) if table_at(report, n).id == "收支总表"), None)
    if at is None:
        return None
    grid = table_at(report, at).grids[0]
    y = next(y for y, row in enumerate(grid.rows) if "229" in row.ids)
    label = grid.rows[y].cells[3]
    made = with_cell(report, Spot(at, 0, y, 3), "二十五、另外的支出")
    return Damage(made, label.text if label else "", "二十五、另外的支出", (Position(at),))


@defect("CP", "T", "X")
def class_dropped(report: Report, chance: Chance) -> Damage | None:
    """A class of expenditure without its row."""
    ids = ("收支总表", "财政拨款收支总表")
    at = chance.pick([n for n in main_tables(report) if table_at(report, n).id in ids])
    grid = table_at(report, at).grids[0]
    found = [
        y
        for y, row in enumerate(grid.rows)
        if len(row.ids) > 1 and not row.ids[0] and row.ids[1].isdecimal() and not _has_amount(report, at, y)
    ]
    y = chance.pick(found)
    return Damage(
        with_row(report, Spot(at, 0, y, 0)), grid.rows[y].ids[1], "-", (Position(at),), (grid.rows[y].ids[1],)
    )


def _has_amount(report: Report, at: int, y: int) -> bool:
    return any(s.row == y for s, _ in amounts(report, at))


@defect("CP")
def title_of_table(report: Report, chance: Chance) -> Damage:
    """A table under a title that is another's."""
    order = main_tables(report)
    at = chance.pick(order)
    other = chance.pick([n for n in order if n != at])
    table, title = table_at(report, at), table_at(report, other).title
    made = with_block(report, at, replace(table, title=title))
    return Damage(
        made, table.title, title, (Position(at), Position(other)), (table.title, table.title.removeprefix("部门预算"))
    )


@defect("CP", "W")
def heading_lost(report: Report, chance: Chance) -> Damage:
    """A heading left out, its text run on to the section before."""
    at = chance.pick([start for start, _ in _sections(report)[1:]])
    block = report.blocks[at]
    assert isinstance(block, Heading)
    return Damage(with_block(report, at), block.text, "-", (), (block.text.partition("、")[2], block.id))
