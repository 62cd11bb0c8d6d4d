"""Two reports compared: each difference once, at its place; what a page shows too poorly is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport.checks import Document
from budgetreport.compare import differences, extent
from budgetreport.problems import TablePlace, TextPlace
from budgetreport.report import Block, Cell, Column, Contents, Cover, Grid, Heading, Paragraph, Report, Row, Table


def row(*texts: str, role: str = "body") -> Row:
    header = "column" if role == "head" else "row"
    first = Cell(texts[0], header=header)
    rest = [Cell(text, header=header if role == "head" else "") for text in texts[1:]]
    return Row(texts[0], (first, *rest), role)


def table(*rows: Row, title: str = "支出表", **more: object) -> Table:
    columns = tuple(Column(str(n)) for n in range(len(rows[0].cells)))
    return replace(Table(title, title, title, (Grid(title, columns, rows),)), **more)  # type: ignore[arg-type]


HEAD = row("项目", "合计", "基本支出", role="head")
ROWS = (row("教育支出", "3.00", "1.00"), row("科学支出", "2.00", ""), row("合计", "5.00", "1.00"))
TABLE = table(HEAD, *ROWS, caption=("某单位", "单位：万元"), notes=(Paragraph("注：空表列示。", "note"),))
BLOCKS: tuple[Block, ...] = (
    Cover((Paragraph("某单位"), Paragraph("2026年预算公开"))),
    Contents("目录"),
    TABLE,
    Heading(1, "一、职责", "职责"),
    Paragraph("负责甲事。负责乙事；负责丙事。"),
    Paragraph("机构设置："),
    Heading(1, "二、收支", "收支"),
    Paragraph("支出5.00万元，增加0.50万元。主要是人员经费。"),
)
REPORT = Report(BLOCKS, "题")


def changed(at: int, block: Block | None, *more: Block) -> Report:
    """The report with another block, without it, or with more after it."""
    return replace(REPORT, blocks=(*BLOCKS[:at], *([block] if block else []), *more, *BLOCKS[at + 1 :]))


def with_rows(*rows: Row, **more: object) -> Report:
    return changed(2, replace(table(*rows, caption=TABLE.caption, notes=TABLE.notes), **more))  # type: ignore[arg-type]


def told(found: Report) -> list[tuple[str, object, str]]:
    return [(p.rule, p.where, p.what) for p in differences(REPORT, found)]


def test_a_paragraph_before_all_headings_is_counted_as_check_counts_it_without_cover_and_contents() -> None:
    texts = (Paragraph("填报说明。"), Paragraph("本年无变动。"))
    one = changed(2, TABLE, *texts)
    other = changed(2, TABLE, texts[0], Paragraph("本年有变动。"))
    assert [p.where for p in differences(one, other)] == [TextPlace("", 2)]
    judged = Document(one, lambda _position, _words: None)
    assert [text.place for text in judged.paragraphs[:2]] == [TextPlace("", 1), TextPlace("", 2)]


def test_equal_reports_have_no_difference_and_white_space_is_none() -> None:
    assert differences(REPORT, REPORT) == ()
    spaced = row("教 育\n支出", "3.00", "1.00")
    assert told(with_rows(HEAD, spaced, *ROWS[1:])) == []
    assert told(changed(4, Paragraph("负责甲事。 负责乙事；负责丙事。"))) == []


def test_paragraphs_divided_elsewhere_are_no_difference() -> None:
    assert told(changed(4, Paragraph("负责甲事。"), Paragraph("负责乙事；负责丙事。"))) == []
    joined = replace(REPORT, blocks=(*BLOCKS[:4], Paragraph("负责甲事。负责乙事；负责丙事。机构设置："), *BLOCKS[6:]))
    assert told(joined) == []


ONE: list[tuple[str, Report, tuple[str, object, str]]] = [
    (
        "an amount",
        with_rows(HEAD, row("教育支出", "3.01", "1.00"), *ROWS[1:]),
        ("VF-01", TablePlace("支出表", "教育支出", "合计"), "应为“3.00”，文件中是“3.01”"),
    ),
    (
        "an amount where none should be",
        with_rows(HEAD, ROWS[0], row("科学支出", "2.00", "2.00"), ROWS[2]),
        ("VF-01", TablePlace("支出表", "科学支出", "基本支出"), "应为空白，文件中是“2.00”"),
    ),
    (
        "a label",
        with_rows(HEAD, row("教肓支出", "3.00", "1.00"), *ROWS[1:]),
        ("VF-01", TablePlace("支出表", "教育支出", "项目"), "应为“教育支出”，文件中是“教肓支出”"),
    ),
    (
        "a head",
        with_rows(row("项目", "合计", "项目支出", role="head"), *ROWS),
        ("VF-01", TablePlace("支出表", "表头", "基本支出"), "应为“基本支出”，文件中是“项目支出”"),
    ),
    (
        "a row left out",
        with_rows(HEAD, ROWS[0], ROWS[2]),
        ("VF-02", TablePlace("支出表", "科学支出"), "文件中没有这一行：“科学支出 2.00”"),
    ),
    (
        "a row too many",
        with_rows(HEAD, *ROWS[:2], row("其他支出", "1.00", ""), ROWS[2]),
        ("VF-03", TablePlace("支出表", "其他支出"), "文件中多出这一行：“其他支出 1.00”"),
    ),
    (
        "a column left out",
        with_rows(*(Row(r.id, r.cells[:2], r.role) for r in (HEAD, *ROWS))),
        ("VF-02", TablePlace("支出表", "", "基本支出"), "文件中没有这一栏：“基本支出”"),
    ),
    (
        "a title",
        with_rows(HEAD, *ROWS, title="支出总表"),
        ("VF-01", TablePlace("支出表"), "应为“支出表”，文件中是“支出总表”"),
    ),
    (
        "a caption",
        with_rows(HEAD, *ROWS, caption=("某单位", "单位：元")),
        ("VF-01", TablePlace("支出表"), "应为“单位：万元”，文件中是“单位：元”"),
    ),
    (
        "a note left out",
        with_rows(HEAD, *ROWS, notes=()),
        ("VF-02", TablePlace("支出表"), "文件中没有“注：空表列示。”"),
    ),
    ("a table left out", changed(2, None), ("VF-02", TablePlace("支出表"), "文件中没有这张表：“支出表”")),
    (
        "a table too many",
        changed(2, TABLE, table(HEAD, *ROWS, title="另一张完全不同的登记簿")),
        ("VF-03", TablePlace("另一张完全不同的登记簿"), "文件中多出一张表：“另一张完全不同的登记簿”"),
    ),
    (
        "a sentence",
        changed(4, Paragraph("负责甲事。负责丁事；负责丙事。")),
        ("VF-01", TextPlace("一、职责", 1), "应为“负责乙事；”，文件中是“负责丁事；”"),
    ),
    (
        "a sentence left out",
        changed(4, Paragraph("负责甲事。负责丙事。")),
        ("VF-02", TextPlace("一、职责", 1), "文件中没有“负责乙事；”"),
    ),
    (
        "a paragraph left out",
        changed(4, None),
        ("VF-02", TextPlace("一、职责", 1), "文件中没有“负责甲事。负责乙事；负责丙事。”"),
    ),
    (
        "a paragraph too many",
        changed(7, BLOCKS[7], Paragraph("此处另有说明，与上文无关。又一句。")),
        ("VF-03", TextPlace("二、收支", 2), "文件中多出“此处另有说明，与上文无关。又一句。”"),
    ),
    (
        "a heading",
        changed(3, Heading(1, "一、职能", "职责")),
        ("VF-01", TextPlace("一、职责"), "应为“一、职责”，文件中是“一、职能”"),
    ),
    (
        "a line of the cover",
        changed(0, Cover((Paragraph("某单位"), Paragraph("2025年预算公开")))),
        ("VF-01", TextPlace("", 2), "应为“2026年预算公开”，文件中是“2025年预算公开”"),
    ),
    (
        "an entry of the contents",
        changed(1, Contents("目录", ("一、职责", "二、收友"))),
        ("VF-01", TextPlace("目录"), "应为“二、收支”，文件中是“二、收友”"),
    ),
]


@pytest.mark.parametrize(("found", "problem"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_difference_is_told_once(found: Report, problem: tuple[str, object, str]) -> None:
    assert told(found) == [problem]


def test_cells_joined_otherwise_are_told_once_though_the_texts_are_equal() -> None:
    wide = Row("项目", (Cell("项目", columns=2, header="column"), None, HEAD.cells[2]), "head")
    apart = Row("项目", (Cell("项目", header="column"), Cell(header="column"), HEAD.cells[2]), "head")
    expected = replace(REPORT, blocks=(table(wide, *ROWS),))
    (problem,) = differences(expected, replace(REPORT, blocks=(table(apart, *ROWS),)))
    assert (problem.rule, problem.what) == ("VF-04", "这一格应占1行2列，文件中占1行1列")


def test_a_long_sentence_shows_what_differs_and_a_little_around_it() -> None:
    long = "甲" * 80 + "乙" + "丙" * 80
    expected = replace(REPORT, blocks=(Paragraph(long),))
    (problem,) = differences(expected, replace(REPORT, blocks=(Paragraph(long.replace("乙", "丁")),)))
    assert problem.what == f"应为“…{'甲' * 12}乙{'丙' * 12}…”，文件中是“…{'甲' * 12}丁{'丙' * 12}…”"
    assert problem.text == long


def test_a_difference_knows_where_it_stands_in_the_file() -> None:
    asked: list[tuple[int, ...]] = []

    def stated(*address: int) -> None:
        asked.append(address)

    differences(REPORT, with_rows(HEAD, row("教育支出", "3.01", "1.00"), *ROWS[1:]), stated)
    assert asked == [(2, 0, 1, 1)]


def test_how_much_is_compared_is_counted() -> None:
    whole = extent(REPORT)
    assert (whole.tables, whole.cells, whole.sentences) == (1, 12, 11)


texts = st.text(alphabet="甲乙丙丁一二三。；，0123456789.", min_size=4, max_size=30).map("甲".__add__)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=2, max_size=12), st.data())
def test_one_character_altered_anywhere_is_one_difference(paragraphs: list[str], data: st.DataObject) -> None:
    report = replace(REPORT, blocks=tuple(Paragraph(text) for text in paragraphs))
    n = data.draw(st.integers(0, len(paragraphs) - 1))
    at = data.draw(st.integers(0, len(paragraphs[n]) - 1).filter(lambda at: paragraphs[n][at] not in "。；"))
    other = [*paragraphs[:n], paragraphs[n][:at] + "变" + paragraphs[n][at + 1 :], *paragraphs[n + 1 :]]
    assert len(differences(report, replace(report, blocks=tuple(Paragraph(text) for text in other)))) == 1


def test_a_comma_that_became_a_full_stop_is_one_difference() -> None:
    whole = "负责全市网络安全和信息化工作的统筹协调，负责督促落实市委市政府交办的其他各项事项。"
    expected = replace(REPORT, blocks=(Paragraph(whole),))
    (problem,) = differences(expected, replace(REPORT, blocks=(Paragraph(whole.replace("，", "。")),)))
    assert (problem.rule, problem.text) == ("VF-01", whole)


# What is long, and what is there several times over.


def test_a_line_put_in_the_middle_of_a_table_with_a_wrong_cell_before_and_after_is_told_as_one_line() -> None:
    lines = [row(f"{n}支出", f"{n}.00", "") for n in range(1, 8)]
    mine = changed(2, table(HEAD, *lines))
    first, new, last = row("甲支出", "1.00", ""), row("新增", "9.99", "9.99"), row("末支出", "7.00", "")
    theirs = changed(2, table(HEAD, first, *lines[1:4], new, *lines[4:6], last))
    found = [(p.rule, p.text) for p in differences(mine, theirs)]
    assert found == [("VF-01", "1支出"), ("VF-01", "7支出"), ("VF-03", "新增 9.99 9.99")]


def test_a_table_of_more_lines_than_are_compared_pair_by_pair_is_compared_in_order() -> None:
    """A hundred lines of which every name was changed: each is compared with the one in its place."""
    mine = changed(2, table(HEAD, *(row(f"{n}号支出", "1.00", "") for n in range(100))))
    theirs = changed(2, table(HEAD, *(row(f"{n}号收入", "1.00", "") for n in range(99))))
    found = [p.what for p in differences(mine, theirs)]
    assert "应为“7号支出”，文件中是“7号收入”" in found
    assert len(found) == 100


def test_parts_of_a_form_that_only_one_has_are_told_by_their_first_words() -> None:
    more = Grid("指标", (Column("0"), Column("1")), (row("", "数量", role="head"), row("次数", "4")))
    two = replace(TABLE, grids=(*TABLE.grids, more))
    lost = [(p.rule, p.where, p.text) for p in differences(changed(2, two), REPORT)]
    assert lost == [("VF-02", TablePlace("支出表"), "数量")]
    added = [(p.rule, p.where, p.text) for p in differences(REPORT, changed(2, two))]
    assert added == [("VF-03", TablePlace("支出表"), "数量")]


def test_a_table_without_title_that_only_the_file_has_is_told_by_its_first_words() -> None:
    untitled = table(row("", "金额", role="head"), row("甲", "1.00"), title="")
    (problem,) = differences(REPORT, changed(7, BLOCKS[7], untitled))
    assert (problem.rule, problem.where) == ("VF-03", TablePlace("金额"))


CONTENTS = Contents("目录", ("一、职责", "二、收支"))


def test_entries_of_a_contents_page_are_compared_with_what_it_should_list() -> None:
    assert told(changed(1, CONTENTS)) == []
    lost = changed(1, replace(CONTENTS, entries=("二、收支",)))
    assert [(p.rule, p.where, p.text) for p in differences(REPORT, lost)] == [("VF-02", TextPlace("目录"), "一、职责")]
    added = changed(1, replace(CONTENTS, entries=(*CONTENTS.entries, "三、其他")))
    assert [(p.rule, p.where, p.text) for p in differences(REPORT, added)] == [("VF-03", TextPlace("目录"), "三、其他")]
    other = changed(1, replace(CONTENTS, entries=("一、职能", "二、收支")))
    assert [p.what for p in differences(REPORT, other)] == ["应为“一、职责”，文件中是“一、职能”"]
