"""Disclosures that others published, read as they lie in the folder of cases beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.read.found import FoundDocument, FoundGrid, FoundText
from budgetreport.read.pdf import read_pdf

CASES = next(
    (folder for up in Path(__file__).resolve().parents if (folder := up / "shared" / "cases").is_dir()), Path("cases")
)

SIZES = {
    "sh-commerce-2025-department": "16×4 34×9 34×7 16×7 34×7 11×7 11×7 34×6 4×7",
    "sh-commerce-2025-unit": "16×7 34×9 34×7 15×7 34×7 12×7 11×7 34×6 4×7",
    "sh-final-accounts-official-template": "9×3 30×4 10×9 10×8 32×7 10×5 40×6 5×12 6×8 6×8",
    "sh-govoffice-2025-department": "16×4 24×9 24×7 16×7 24×7 12×7 12×7 33×6 4×7",
    "sh-socialwork-2024-final-accounts": "3×3 32×4 20×9 20×8 34×7 20×5 40×6 5×12 6×8 6×8",
}
"""Rows × columns of each grid in reading order, parts on following pages joined."""


def found(name: str) -> FoundDocument:
    path = CASES / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"没有 {path}：这些公开件不随项目分发")
    return read_pdf(path)


def grids(document: FoundDocument) -> list[FoundGrid]:
    return [block for block in document.blocks if isinstance(block, FoundGrid)]


def row(grid: FoundGrid, number: int) -> str:
    """A row as a person draws it: cells between bars, `<` where a span covers."""
    return "|".join("<" if cell is None else cell.text for cell in grid.rows[number])


def texts(document: FoundDocument) -> list[str]:
    return [block.text.strip() for block in document.blocks if isinstance(block, FoundText)]


@pytest.mark.parametrize("name", SIZES)
def test_all_grids_are_found_whole(name: str) -> None:
    assert " ".join(f"{len(one.rows)}×{len(one.rows[0])}" for one in grids(found(name))) == SIZES[name]


def test_a_table_over_two_pages_has_its_head_once_and_its_total_last() -> None:
    income = grids(found("sh-commerce-2025-department"))[1]
    assert row(income, 0) == "项目|<|<|<|收入预算|<|<|<|<"
    assert row(income, 5) == "201|13|01|行政运行|9,389,913.00|9,389,913.00|||"
    assert row(income, -1) == "合计|<|<|<|371,514,655.00|371,514,655.00|||"


def test_rules_drawn_as_thin_rectangles_and_white_fills_make_the_same_cells() -> None:
    paid = grids(found("sh-commerce-2025-department"))[8]
    assert row(paid, 3) == "1.00 ||1.00 ||||171.01"
    assert [cell and (cell.rows, cell.columns) for cell in paid.rows[0]][::6] == [(1, 6), (3, 1)]


def test_what_a_spreadsheet_clips_at_a_page_end_is_said_once() -> None:
    said = texts(found("sh-commerce-2025-department"))
    assert sum("商品交易市场规划" in text for text in said) == 1
    assert next(text for text in said if text.startswith("9、组织协调")).endswith("规范流通秩序。")


def test_lines_of_final_accounts_are_joined_into_paragraphs_without_invented_spaces() -> None:
    said = texts(found("sh-socialwork-2024-final-accounts"))
    assert "中共上海市普陀区委社会工作部2024年度无“三公”经费财政拨款支出。" in said
    assert "第三部分中共上海市普陀区委社会工作部2024年度部门决算情况说明" in said


def test_a_two_up_table_of_final_accounts_keeps_both_sides() -> None:
    basic = grids(found("sh-socialwork-2024-final-accounts"))[6]
    assert row(basic, 1) == "301|工资福利支出|95.36|302|商品和服务支出|10.23"
    assert row(basic, -1) == "人员经费合计|<|95.36|公用经费合计|<|10.23"
