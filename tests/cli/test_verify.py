"""`verify` tells exactly what somebody altered in a published file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from budgetreport.disclosure import Disclosure, make, read
from budgetreport.report import Block, Cell, Paragraph, Report, Table
from tests.desk import EXAMPLE, Done, run

Books = Callable[[openpyxl.Workbook], object]


@pytest.fixture(scope="module")
def disclosure() -> Disclosure:
    return read(EXAMPLE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, disclosure: Disclosure) -> Path:
    """A folder with the example and what is made of it."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copy(EXAMPLE, folder / "输入.json")
    for kind, made in make(disclosure, ("pdf", "xlsx"), lambda _step: None).files.items():
        (folder / f"输入.{kind}").write_bytes(made.data)
    return folder


def verified(folder: Path, file: str, *more: str) -> Done:
    return run(folder, "verify", file, "--against", "输入.json", *more)


def altered(built: Path, folder: Path, change: Books) -> Path:
    """A folder with the built workbook, after somebody worked on it."""
    shutil.copy(built / "输入.json", folder)
    book = openpyxl.load_workbook(built / "输入.xlsx")
    change(book)
    book.save(folder / "输入.xlsx")
    return folder


def put(sheet: str, cell: str, value: str | float) -> Books:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return change


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True


def hide_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("C", "D", hidden=True)


def whiten(sheet: Worksheet) -> None:
    sheet["B7"].font = Font(color="FFFFFFFF")
    sheet["C7"].font = Font(color=Color(theme=0))
    sheet["D7"].font, sheet["D7"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF000000")


HIDDEN = {
    "row": (hide_row, "A7", "隐藏的行里有内容，看的人看不到：第7行"),
    "columns": (hide_columns, "D2", "隐藏的栏里有内容，看的人看不到：C、D栏"),
    "white": (whiten, "B7", "有白色的字，看的人看不到：B7、C7格"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_sheet_has_and_does_not_show_is_told(name: str, built: Path, tmp_path: Path) -> None:
    change, at, what = HIDDEN[name]
    folder = altered(built, tmp_path, lambda book: change(book["支出总表"]))
    done = verified(folder, "输入.xlsx", "--format", "json")
    problems = json.loads(done.out)["problems"]
    where = {"file": "输入.xlsx", "sheet": "支出总表", "cell": at}
    assert done.code == 1
    assert [(p["rule"], p["where"], p["what"]) for p in problems] == [("VF-05", where, what)]


@pytest.mark.parametrize("file", ["输入.xlsx", "输入.pdf"])
def test_a_file_as_it_was_built_has_no_difference(built: Path, file: str) -> None:
    done = verified(built, file)
    assert (done.code, done.err) == (0, "")
    assert done.out == "核对了16张表，1355格，131句：没有不一致\n"


def test_one_altered_cell_is_told_with_its_table_row_column_and_address(built: Path, tmp_path: Path) -> None:
    done = verified(altered(built, tmp_path, put("收支总表", "C6", 317.39)), "输入.xlsx")
    assert done.code == 1
    assert done.out.splitlines() == [
        "《部门预算收支总表》",
        "  “一、一般公共预算拨款收入”行，“收入/预算数”栏 错误 VF-01",
        "    应为“317.38”，文件中是“317.39”",
        "    改法：核对这一处；以输入为准的，重新生成文件，不要手改",
        "    所在：输入.xlsx，工作表“收支总表”C6格",
        "核对了16张表，1355格，131句：1处不一致",
    ]


def problems(folder: Path, file: str) -> list[dict[str, Any]]:
    done = verified(folder, file, "--format", "json")
    found: list[dict[str, Any]] = json.loads(done.out)["problems"]
    assert done.code == (1 if found else 0)
    return found


ALTERED: list[tuple[Books, dict[str, str | int], str]] = [
    (
        put("情况说明", "A24", "1、收人说明"),
        {"section": "二、部门预算安排的总体情况", "paragraph": 2},
        "应为“1、收入说明”，文件中是“1、收人说明”",
    ),
    (
        put("三公经费支出表", "B8", "其中：教学科研人员因公出国（境）赀"),
        {"table": "部门预算财政拨款“三公”经费支出表", "row": "其中：教学科研人员因公出国（境）费", "column": "项目"},
        "应为“其中：教学科研人员因公出国（境）费”，文件中是“其中：教学科研人员因公出国（境）赀”",
    ),
    (
        put("目录", "B5", "部门预算收入总裱"),
        {"section": "目  录", "paragraph": 0},
        "应为“部门预算收入总表”，文件中是“部门预算收入总裱”",
    ),
    (
        lambda book: book["三公经费支出表"].delete_rows(9),
        {"table": "部门预算财政拨款“三公”经费支出表", "row": "其他因公出国（境）费", "column": ""},
        "文件中没有这一行：“4 其他因公出国（境）费”",
    ),
    (
        lambda book: book.remove(book["机构设置"]),
        {"table": "部门机构设置情况", "row": "", "column": ""},
        "文件中没有这张表：“部门机构设置情况”",
    ),
    (
        lambda book: setattr(book["收支总表"]["C6"], "number_format", "0.0"),
        {"table": "部门预算收支总表", "row": "一、一般公共预算拨款收入", "column": "收入/预算数"},
        "应为“317.38”，文件中是“317.4”",
    ),
]


@pytest.mark.parametrize(("change", "where", "what"), ALTERED, ids=[what for _, _, what in ALTERED])
def test_one_slip_in_the_workbook_is_one_problem(
    built: Path, tmp_path: Path, change: Books, where: dict[str, str | int], what: str
) -> None:
    found = problems(altered(built, tmp_path, change), "输入.xlsx")
    assert [(p["where"], p["what"]) for p in found] == [(where, what)]


def slipped(report: Report, old: str, new: str) -> Report:
    """The report with the first text that has `old` printed with `new` in its place."""
    blocks: list[Block] = []
    done = False
    for block in report.blocks:
        changed: Block = block
        if not done and isinstance(block, Paragraph) and old in block.text:
            changed = replace(block, text=block.text.replace(old, new, 1))
        elif not done and isinstance(block, Table):
            changed = _slipped_table(block, old, new)
        done = done or changed != block
        blocks.append(changed)
    assert done
    return replace(report, blocks=tuple(blocks))


def _slipped_table(table: Table, old: str, new: str) -> Table:
    for g, grid in enumerate(table.grids):
        for y, row in enumerate(grid.rows):
            for x, cell in enumerate(row.cells):
                if cell is not None and cell.text == old:
                    cells: list[Cell | None] = [*row.cells]
                    cells[x] = replace(cell, text=new)
                    rows = [*grid.rows]
                    rows[y] = replace(row, cells=tuple(cells))
                    grids = [*table.grids]
                    grids[g] = replace(grid, rows=tuple(rows))
                    return replace(table, grids=tuple(grids))
    return table


@pytest.mark.parametrize(
    ("old", "new", "what", "page"),
    [
        ("252.38", "252.33", "应为“252.38”，文件中是“252.33”", 4),
        ("津贴补贴", "津贴衬贴", "应为“津贴补贴”，文件中是“津贴衬贴”", 8),
        ("一般公共预算收入317.38万元", "一般公共预算收入317.88万元", "", 0),
    ],
)
def test_one_glyph_altered_in_the_pdf_is_one_problem(  # noqa: PLR0913, PLR0917 - fixtures and a row of the table
    disclosure: Disclosure, built: Path, tmp_path: Path, old: str, new: str, what: str, page: int
) -> None:
    """A PDF in which one text differs by one glyph, as if somebody had edited the page."""
    shutil.copy(built / "输入.json", tmp_path)
    other = replace(disclosure, report=slipped(disclosure.report, old, new))
    (tmp_path / "输入.pdf").write_bytes(make(other, ("pdf",), lambda _step: None).files["pdf"].data)
    (problem,) = problems(tmp_path, "输入.pdf")
    assert problem["rule"] == "VF-01"
    assert new in problem["what"]
    assert not what or problem["what"] == what
    assert not page or problem["stated"] == {"page": page}


@pytest.mark.parametrize(
    ("file", "rule", "what"),
    [
        ("没有.xlsx", "OS-02", "没有这个文件"),
        ("输入.docx", "OS-03", "读不了这种文件（.docx）"),
        ("坏.xlsx", "OS-03", "这个文件不是工作簿（XLSX），或者已经损坏"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_leaves_with_4(built: Path, file: str, rule: str, what: str) -> None:
    (built / "坏.xlsx").write_bytes(b"PK broken")
    done = verified(built, file)
    assert done.code == 4
    assert f"{file} 错误 {rule}\n  {what}\n" in done.out


def test_a_wrong_input_is_told_and_leaves_with_1(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "输入.xlsx", tmp_path)
    (tmp_path / "输入.json").write_text(EXAMPLE.read_text("utf-8").replace('"source"', '"sourse"', 1), "utf-8")
    done = verified(tmp_path, "输入.xlsx")
    assert done.code == 1
    assert "sourse" in done.out


def test_an_input_that_cannot_be_composed_is_told_and_not_compared(built: Path, tmp_path: Path) -> None:
    shutil.copy(built / "输入.xlsx", tmp_path)
    text = EXAMPLE.read_text("utf-8").replace('"economic": "30101", ', "", 1)
    (tmp_path / "输入.json").write_text(text, "utf-8")
    done = verified(tmp_path, "输入.xlsx")
    assert done.code == 1
    assert "错误 IN-18\n" in done.out
    assert "VF-" not in done.out


def test_json_says_how_much_was_compared(built: Path) -> None:
    said = json.loads(verified(built, "输入.xlsx", "--format", "json").out)
    assert (said["command"], said["problems"]) == ("verify", [])
    assert said["compared"] == {"tables": 16, "cells": 1355, "sentences": 131}


@pytest.mark.parametrize(("page", "number"), [(2, 40), (4, 30), (7, 25), (20, 60)])
def test_one_glyph_exchanged_in_the_bytes_of_the_pdf_is_one_problem(
    built: Path, tmp_path: Path, page: int, number: int
) -> None:
    shutil.copy(built / "输入.json", tmp_path)
    with pikepdf.open(built / "输入.pdf") as pdf:
        exchange(pdf.pages[page], number)
        pdf.save(tmp_path / "输入.pdf")
    told = json.loads(verified(tmp_path, "输入.pdf", "--format", "json").out)["problems"]
    assert [problem["rule"] for problem in told] == ["VF-01"], told


def exchange(page: pikepdf.Page, number: int) -> None:
    """Put another glyph of the same font for the first of the n-th shown text in marked content."""
    instructions: list[Any] = list(pikepdf.parse_content_stream(page))
    marked, seen = False, 0
    for at, (operands, operator) in enumerate(instructions):
        name = str(operator)
        marked = name == "BDC" or (marked and name != "EMC")
        if name != "Tj" or not marked:
            continue
        seen += 1
        codes = bytes(operands[0])
        if seen >= number and codes[:2] not in (b"\0\1", b"\0\2"):
            changed = pikepdf.String(b"\0\1" + codes[2:])
            instructions[at] = pikepdf.ContentStreamInstruction([changed], operator)
            break
    else:
        pytest.fail("the page shows fewer texts")
    contents: Any = page.obj.Contents
    contents.write(pikepdf.unparse_content_stream(instructions))
