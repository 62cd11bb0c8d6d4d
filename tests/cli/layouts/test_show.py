"""`layouts show`: a layout's parts, dimensions and the inputs it needs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desk import run
from tests.making import written

HEBEI = "hebei/2026-department-budget"


def test_it_names_parts_tables_dimensions_and_facts(tmp_path: Path) -> None:
    said = run(tmp_path, "layouts", "show", HEBEI).out
    assert "\n  表  收支总表\n" in said
    assert "\n    标题  一、机关运行经费安排情况\n      文字  机关运行经费.j2\n" in said
    assert "function  功能分类科目：类3位、款5位、项7位" in said
    assert "source  资金来源（每笔必填）：财政拨款、" in said
    assert "\n  ledger  预算明细  必填\n" in said
    assert "\n  control_totals  批复数  没有用到\n" in said


def test_programs_are_told_what_each_table_is_of(tmp_path: Path) -> None:
    (layout,) = json.loads(run(tmp_path, "layouts", "show", HEBEI, "--format", "json").out)["layouts"]
    tables = {one["id"]: one for one in layout["tables"]}
    assert tables["政府采购预算"]["of"] == "procurement"
    assert tables["收入总表"]["columns"] == 12
    assert tables["收入总表"]["dimensions"] == ["carried_over", "function", "source", "use"]
    assert layout["lineage"] == ["common", "hebei/base", HEBEI]


def test_a_layout_in_a_folder_is_shown_by_its_folder(tmp_path: Path) -> None:
    written(tmp_path / "别处", {"layout.yaml": f"inherits: {HEBEI}\ntitle: 我的\n"}, "某市/我的")
    assert run(tmp_path, "layouts", "show", "别处/某市/我的").out.startswith("我的  我的\n")
    assert run(tmp_path, "layouts", "show", "某市/我的", "--layouts", "别处").out.startswith("某市/我的  我的\n")


def test_layouts_beside_are_found_without_being_named(tmp_path: Path) -> None:
    written(tmp_path / "layouts", {"layout.yaml": f"inherits: {HEBEI}\ntitle: 我的\n"}, "某市/2026")
    assert "\n某市/2026  我的\n" in "\n" + run(tmp_path, "layouts", "list").out
    assert run(tmp_path, "layouts", "show", "layouts/某市/2026").out.startswith("某市/2026  我的\n")
