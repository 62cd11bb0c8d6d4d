"""`layouts preview`: the empty forms of a layout, without an input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import python_calamine

from tests.desk import run
from tests.making import written

HEBEI = "hebei/2026-department-budget"
WIDE = "title: 表\nrows: [{label: 合计, where: {}}]\ncolumns:\n"


def test_it_writes_a_pdf_and_a_workbook_named_after_the_layout(tmp_path: Path) -> None:
    made = json.loads(run(tmp_path, "layouts", "preview", HEBEI, "-o", "表样", "--format", "json").out)
    assert [one["path"] for one in made["outputs"]] == [
        "表样/hebei-2026-department-budget.pdf",
        "表样/hebei-2026-department-budget.xlsx",
    ]
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / made["outputs"][1]["path"]))
    rows = book.get_sheet_by_name("三公经费支出表").to_python()
    assert "“三公”经费小计" in [row[1] for row in rows]


@pytest.mark.parametrize(("name", "args", "year"), [("2031-例", [], "2031"), ("例", ["--year", "2030"], "2030")])
def test_the_year_is_the_folders_or_the_one_that_is_asked(
    name: str, args: list[str], year: str, tmp_path: Path
) -> None:
    written(tmp_path / "layouts", {"layout.yaml": f"inherits: {HEBEI}\ntitle: 我的\n"}, name)
    assert run(tmp_path, "layouts", "preview", f"layouts/{name}", "-o", ".", "--only", "xlsx", *args).code == 0
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / f"{name}.xlsx"))
    rows = book.get_sheet_by_name("收支总表").to_python()
    assert f"预算年度：{year}" in [cell for row in rows for cell in row]


def test_a_layout_with_mistakes_is_not_previewed(tmp_path: Path) -> None:
    written(tmp_path / "layouts", {"layout.yaml": "inherits: common\ntitle: 小\nparts: [{table: 无}]\n"})
    done = run(tmp_path, "layouts", "preview", "小", "-o", ".")
    assert (done.code, "layouts/小/layout.yaml:3:17 错误 LY-02" in done.out) == (1, True)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_table_whose_words_no_page_has_room_for_is_told(tmp_path: Path) -> None:
    heads = "".join(f"  - {{head: 第{n}个很长很长很长很长很长很长很长很长的栏目, sum: {{}}}}\n" for n in range(20))
    files = {"layout.yaml": "inherits: common\ntitle: 小\nparts: [{table: 表}]\n", "tables/表.yaml": WIDE + heads}
    written(tmp_path / "layouts", files)
    for command in ("lint", "preview"):
        done = run(tmp_path, "layouts", command, "小")
        assert (done.code, "layouts/小/tables/表.yaml:1:1 错误 LY-10" in done.out) == (1, True)
        assert "比任何一页都宽" in done.out
