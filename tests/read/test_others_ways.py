"""What others' documents do that ours don't: tables without titles, forgotten numbers, long contents, loose notes."""

from __future__ import annotations

from budgetreport.layout import load, shelf
from budgetreport.problems import PagePlace
from budgetreport.read.found import FoundCell, FoundDocument, FoundGrid, FoundText
from budgetreport.read.naming import Reading, named
from budgetreport.report import Contents, Heading, Paragraph

ACCOUNTS = load("shanghai/2024-final-accounts", shelf())
FUND = "政府性基金预算财政拨款收入支出决算表"


def text(said: str, page: int = 1, align: str = "left") -> FoundText:
    return FoundText(said, PagePlace(page), align=align)


def grid(*rows: str, page: int = 1) -> FoundGrid:
    cells = (tuple(FoundCell(cell, PagePlace(page)) for cell in row.split("|")) for row in rows)
    return FoundGrid(tuple(cells), PagePlace(page))


def read(*blocks: FoundText | FoundGrid) -> Reading:
    return named(FoundDocument("别处.pdf", blocks, pages=4), ACCOUNTS)


def headings(reading: Reading) -> list[tuple[int, str]]:
    return [(block.level, block.id) for block in reading.report.blocks if isinstance(block, Heading)]


def test_a_table_without_a_title_is_told_by_its_heads_and_takes_no_heading_for_one() -> None:
    reading = read(
        text("第一部分 某局概况", align="center"), grid("序号|单位名称|备注", "1|某局（本级）|", "2|某中心|公益一类")
    )
    (found,) = reading.report.tables()
    assert (found.id, found.title) == ("决算编制单位", "")
    assert headings(reading) == [(1, "概况")]


def test_other_heads_are_another_table() -> None:
    assert [found.title for found in read(grid("序号|车牌|备注", "1|甲|")).unrecognised] == ["序号"]


def test_contents_go_on_over_a_page_of_headings_without_page_numbers_but_not_over_sentences() -> None:
    entries = ("第一部分 某局概况", "一、主要职能", "第三部分 某局2024年度部门决算情况", "说明")
    later = ("十、预算绩效管理情况", "第四部分 名词解释")
    reading = read(
        text("某局"),
        text("目  录", 2),
        *(text(entry, 2) for entry in entries),
        *(text(entry, 3) for entry in later),
        text("第一部分 某局概况", 4),
        text("一、主要职能", 4),
        text("拟订商贸流通发展规划并组织实施。", 4),
    )
    (contents,) = (block for block in reading.report.blocks if isinstance(block, Contents))
    assert contents.entries == (*entries, *later)
    assert headings(reading) == [(1, "概况"), (2, "主要职能")]


def test_a_heading_that_lacks_its_number_is_known_by_its_words() -> None:
    reading = read(text("某局2024年度部门决算表"), text("2024年度部门决算表如下。"))
    assert headings(reading) == [(1, "决算表")]


def test_what_stands_between_two_notes_is_a_note_and_what_follows_the_last_is_not() -> None:
    heads = "功能分类科目编码|科目名称|年初结转和结余|本年收入|合计|基本支出|项目支出|年末结转和结余"
    reading = read(
        text(FUND, align="center"),
        grid(heads, "|||||||"),
        text("注：本表反映部门本年度政府性基金预算财政拨款收入支出及结转和结余情况。"),
        text("无收入支出的，仍保留该表格式："),
        text("说明：某局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"),
        text("以上为全部基金。"),
        text("又一段。"),
    )
    (found,) = reading.report.tables()
    assert [note.text[:3] for note in found.notes] == ["注：本", "无收入", "说明："]
    assert [b.text for b in reading.report.blocks if isinstance(b, Paragraph)] == ["以上为全部基金。", "又一段。"]
