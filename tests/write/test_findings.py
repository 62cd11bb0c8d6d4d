"""检查表: a row a finding, safe to open, with links that lead to what the report's workbook shows."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from budgetreport.problems import FilePlace, Level, PagePlace, Place, Problem, SheetPlace, TablePlace, TextPlace
from budgetreport.style import Style
from budgetreport.write.xlsx.findings import findings_bytes
from tests.desk import TEXT, run, slipped
from tests.making import hebei


@pytest.fixture(scope="module")
def style() -> Style:
    return hebei().style


def problem(where: Place, what: str = "不对", **more: str) -> Problem:
    return Problem(Level.WARNING, "W-01", where, what, "改", **more)  # type: ignore[arg-type]  # text and waived only


def opened(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_finding_is_a_row(style: Style) -> None:
    where, stated = TablePlace("收支表", "合计", "预算数"), FilePlace("甲.json", 3, 7)
    found = Problem(Level.ERROR, "T1-01", where, "差1.00", "更正", "5.00", stated=stated)
    assert rows(opened(findings_bytes("检查", [found], {}, style))) == [
        ["序号", "级别", "规则", "表/节", "行", "栏", "内容", "哪里不对", "改法", "填报处", "放行理由"],
        ["1", "错误", "T1-01", "收支表", "合计", "预算数", "5.00", "差1.00", "更正", "甲.json:3:7", None],
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (TextPlace("一、职责", 2), ["一、职责", "第2段", None]),
        (TextPlace("一、职责"), ["一、职责", None, None]),
        (SheetPlace("甲.xlsx", "表一", "B5"), ["表一", "B5", None]),
        (PagePlace(3), ["第3页", None, None]),
        (FilePlace("甲.json", 3, 7), [None, "第3行", None]),
    ],
    ids=str,
)
def test_each_kind_of_place_is_told(place: Place, told: list[str | None], style: Style) -> None:
    assert rows(opened(findings_bytes("检查", [problem(place)], {}, style)))[1][3:6] == told


def test_what_is_waived_says_so_with_its_reason(style: Style) -> None:
    row = rows(opened(findings_bytes("检查", [problem(PagePlace(1), waived="已核对")], {}, style)))[1]
    assert (row[1], row[10]) == ("放行（警告）", "已核对")


def test_the_head_is_frozen_filtered_and_repeated_in_print(style: Style) -> None:
    sheet = opened(findings_bytes("检查", [problem(PagePlace(n)) for n in range(1, 9)], {}, style))
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:K10"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@甲", "\t=1"])
def test_no_text_is_a_formula(text: str, style: Style) -> None:
    sheet = opened(findings_bytes("检查", [problem(PagePlace(1), text, text=text)], {}, style))
    for column in (7, 8):
        cell = sheet.cell(3, column)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_control_character_or_a_text_without_end_is_no_reason_to_fail(style: Style) -> None:
    row = rows(opened(findings_bytes("检\x00查", [problem(PagePlace(1), "甲\x0b乙", text="长" * 40_000)], {}, style)))[
        1
    ]
    assert row[7] == "甲□乙"
    assert len(str(row[6])) == 32_767


def test_nothing_found_is_a_sheet_with_a_head(style: Style) -> None:
    assert len(rows(opened(findings_bytes("没有查出问题", [], {}, style)))) == 1


def test_the_same_findings_give_the_same_bytes(style: Style) -> None:
    found = [problem(PagePlace(n)) for n in range(1, 4)]
    targets = {1: ("甲 乙.xlsx", "'表'!B2")}
    assert findings_bytes("检查", found, targets, style) == findings_bytes("检查", found, targets, style)


def test_a_link_leads_to_a_file_whatever_it_is_called(style: Style) -> None:
    data = findings_bytes("检查", [problem(PagePlace(1))], {0: ("../甲 #1%.xlsx", "'表'!B2")}, style)
    link = opened(data).cell(3, 4).hyperlink
    assert link is not None
    assert (link.target, link.location) == ("../甲%20%231%25.xlsx", "'表'!B2")
    assert (
        'TargetMode="External"' in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "输入.json").write_text(TEXT, "utf-8")
    return tmp_path


def test_each_link_leads_to_the_cell_that_has_the_words(desk: Path) -> None:
    assert run(desk, "build", "输入.json", "--only", "xlsx").code == 0
    assert run(desk, "check", "输入.json", "--format", "xlsx").code == 0
    report = openpyxl.load_workbook(desk / "output" / "输入.xlsx")
    sheet = opened((desk / "output" / "输入-检查表.xlsx").read_bytes())
    followed = 0
    for row in sheet.iter_rows(min_row=3):
        link = row[3].hyperlink
        if link is None:
            continue
        assert link.target == "输入.xlsx"
        name, _, cell = str(link.location).rpartition("!")
        shown = report[name.strip("'")][cell].value
        if str(row[2].value) in ("W-12", "PF-09"):
            assert str(row[6].value) in str(shown)
            followed += 1
    assert followed >= 10


def test_without_a_workbook_there_are_no_links_and_with_another_folder_they_lead_there(desk: Path) -> None:
    run(desk, "check", "输入.json", "--format", "xlsx", "-o", "甲.xlsx")
    assert all(row[3].hyperlink is None for row in opened((desk / "甲.xlsx").read_bytes()).iter_rows())
    run(desk, "build", "输入.json", "--only", "xlsx")
    run(desk, "check", "输入.json", "--format", "xlsx", "-o", "表/甲.xlsx")
    targets = {
        str(row[3].hyperlink.target)
        for row in opened((desk / "表" / "甲.xlsx").read_bytes()).iter_rows(min_row=3)
        if row[3].hyperlink
    }
    assert targets == {"../output/输入.xlsx"}


def test_a_checked_workbook_is_linked_itself(desk: Path) -> None:
    run(desk, "build", "输入.json", "--only", "xlsx", "-o", ".")
    run(desk, "check", "输入.xlsx", "--format", "xlsx")
    sheet = opened((desk / "output" / "输入-检查表.xlsx").read_bytes())
    targets = {str(row[3].hyperlink.target) for row in sheet.iter_rows(min_row=3) if row[3].hyperlink}
    assert targets == {"../输入.xlsx"}


def test_an_input_that_cannot_be_composed_gives_a_sheet_too(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", '"八"')), "utf-8")
    done = run(desk, "check", "输入.json", "--format", "xlsx")
    assert done.code == 1
    assert done.out == "已写出  output/输入-检查表.xlsx\n1个错误\n"
    assert rows(opened((desk / "output" / "输入-检查表.xlsx").read_bytes()))[1][2] == "IN-02"


def test_two_files_of_one_name_do_not_share_a_sheet(desk: Path) -> None:
    run(desk, "build", "输入.json", "--only", "xlsx")
    assert run(desk, "check", "输入.json", "output/输入.xlsx", "--format", "xlsx").code == 2


def test_beside_a_workbook_of_an_earlier_state_what_cannot_be_set_any_more_gets_a_sheet_too(desk: Path) -> None:
    """Typesetting tells which pages are turned, which links need: it cannot where a character has no glyph."""
    run(desk, "build", "输入.json", "--only", "xlsx")
    for slip in (("85.21", '"八"'), ("网信办网络宣传经费", "网信办\U0001f600网络宣传经费")):
        (desk / "输入.json").write_text(slipped(slip), "utf-8")
        done = run(desk, "check", "输入.json", "--format", "xlsx")
        assert (done.code, done.out.startswith("已写出  output/输入-检查表.xlsx\n")) == (1, True)
        assert len(rows(opened((desk / "output" / "输入-检查表.xlsx").read_bytes()))) > 1


def test_a_sheet_that_cannot_be_written_is_the_machines_matter(desk: Path) -> None:
    (desk / "甲.xlsx").mkdir()
    done = run(desk, "check", "输入.json", "--format", "xlsx", "-o", "甲.xlsx")
    assert done.code == 4
    assert "错误 OS-01\n" in done.out
