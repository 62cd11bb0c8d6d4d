"""Published final accounts and ours read alike: grids cell by cell, prose without white space, what may differ."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
NAME = "sh-socialwork-2024-final-accounts"
INPUT = ROOT / "inputs" / f"{NAME}.json"
FACTS = Path(__file__).parent / NAME
CASES = next(
    (folder for up in Path(__file__).resolve().parents if (folder := up / "shared" / "cases").is_dir()), Path("cases")
)

UNPRINTED = "无{}预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明："
NEW = "上年为零，比例无从算起（YY-04）"

DEVIATIONS = (
    ("社会工作部决算包括", "社会工作部部门决算包括", 1, "样张作“部门决算包括”，原件漏“部门”"),
    ("中心中共上海市", "中心第二部分中共上海市", 1, "原件目录有“第二部分”，正文标题漏写"),
    (UNPRINTED.format("政府性基金"), "", 1, "样张给填报人的说明，原件没有删去"),
    (UNPRINTED.format("国有资本经营"), "", 1, "样张给填报人的说明，原件没有删去"),
    ("307.82万元，增长100.00%。主要原因：", "307.82万元。主要原因：", 3, NEW),
    ("10.23万元，增长100.00%。主要原因是", "10.23万元。主要原因是", 1, NEW),
    ("29.42万元，占9.55%", "29.42万元，占9.56%", 1, "29.42÷307.82为9.557%，原件为凑足100%少写0.01"),
    ("完成年初预算的95.89%", "完成全年预算的95.89%", 1, "年初预算为0，95.89%是全年预算的完成比例"),
    ("决算数小于预算数的主要原因：单位", "决算数小于全年预算数的主要原因：单位", 1, "其余各项都作“全年预算数”"),
    ("“财政拨款收入”、“事业收入”、“经营收入”", "“财政拨款收入”“事业收入”“经营收入”", 1, "引号之间不用顿号（W-13）"),
    ("公务接待费。其中:因公", "公务接待费。其中：因公", 1, "半角冒号（W-10）"),
)
"""(what stands in the original, what we print, how often, why). None of them is an amount."""

Rows = list[list[str | None]]
_HEADS = ("收入", "项目", "序号", "经济分类科目编码", "财政拨款“三公”经费")
_NUMBER = re.compile(r"^—\d+—|—\d+—$")


def original(name: str = NAME) -> Path:
    """The published file; the test is skipped, and says why, where it is not beside the project."""
    path = CASES / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"没有 {path}：这些公开件不随项目分发")
    return path


def bare(text: str | None) -> str:
    """Without white space."""
    return re.sub(r"\s+", "", text or "")


def grids(path: Path) -> list[Rows]:
    """All ruled grids of a PDF by pdfplumber, what a span covers None; parts on following pages joined."""
    found: list[Rows] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                rows: Rows = [[None if cell is None else bare(cell) for cell in row] for row in table.extract()]
                goes_on = found and len(found[-1][0]) == len(rows[0])
                if goes_on and rows[0][0] not in _HEADS:
                    found[-1] += rows
                elif goes_on and "（续表）" in page.extract_text():  # its head is repeated
                    same = next(n for n, row in enumerate(rows) if row != found[-1][n])
                    found[-1] += rows[same:]
                else:
                    found.append(rows)
    return found


def prose(path: Path) -> str:
    """All that a PDF says from its first part on, in the order of its characters, without page numbers."""
    with pdfplumber.open(path) as pdf:
        pages = [_NUMBER.sub("", bare("".join(char["text"] for char in page.chars))) for page in pdf.pages]
    first = next(n for n, page in enumerate(pages) if page.startswith("第一部分") and "主要职能" in page)
    return "".join(pages[first:])


def deviated(text: str) -> str:
    """The original's text as we print it."""
    for theirs, ours, times, _ in DEVIATIONS:
        assert text.count(theirs) == times, f"{theirs}: {text.count(theirs)}"
        text = text.replace(theirs, ours)
    return text


def sentences(text: str) -> list[str]:
    """The sentences with figures of the third part, where the prose is."""
    told = text[text.rindex("第三部分") : text.rindex("第四部分")]
    return [said for said in re.findall(r"[^。]+。", told) if re.search(r"\d", said)]


def drawn(rows: Rows) -> list[str]:
    """Rows as a person draws them, `<` where a span covers."""
    return ["|".join("<" if cell is None else cell for cell in row) for row in rows]


def sheet_rows(sheet: Worksheet) -> Rows:
    """A sheet's cells as shown, what a span covers None."""
    covered = {
        (y, x)
        for merged in sheet.merged_cells.ranges
        for y in range(merged.min_row, merged.max_row + 1)
        for x in range(merged.min_col, merged.max_col + 1)
    } - {(merged.min_row, merged.min_col) for merged in sheet.merged_cells.ranges}
    return [
        [None if (cell.row, cell.column) in covered else _shown(cell.value, cell.number_format) for cell in row]
        for row in sheet.iter_rows()
    ]


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, int | float):
        return f"{value:.2f}" if "0.00" in number_format else f"{value}"
    return bare(str(value)) if value is not None else ""


def book(path: Path) -> dict[str, Rows]:
    """All sheets of a workbook."""
    return {sheet.title: sheet_rows(sheet) for sheet in openpyxl.load_workbook(path).worksheets}


def sorted_like(sheets: list[Rows]) -> list[Rows]:
    """The table inside the text first, as it stands in the document."""
    return sorted(sheets, key=lambda rows: not any(cell == "备注" for row in rows for cell in row))
