"""`layouts new`: a layout that inherits all of another, whose comments are true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml

from budgetreport.layout import load, shelf, written
from budgetreport.layout.differing import differences
from budgetreport.layout.schema import schema as layout_schema
from tests.desk import run, snapshot

HEBEI = "hebei/2026-department-budget"
ID = "某市/2027-部门预算"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a new layout has just been made."""
    assert run(tmp_path, "layouts", "new", ID, "--from", HEBEI).code == 0
    return tmp_path / "layouts" / ID


def test_it_loads_and_differs_from_its_model_only_in_being_unverified(folder: Path) -> None:
    on = shelf(folder.parents[1])
    assert load(ID, on).lineage == ("common", "hebei/base", HEBEI, ID)
    assert [change.said for change in differences(written(HEBEI, on), written(ID, on))] == ["新增 no"]
    assert run(folder.parents[2], "layouts", "lint", ID).code == 0


def test_what_its_comments_propose_works(folder: Path) -> None:
    file = folder / "layout.yaml"
    text = file.read_text("utf-8")
    proposed = re.sub(r"^# (words:|parts:|  )", r"\1", text.partition("# 用语")[2], flags=re.MULTILINE)
    assert proposed.count("\nparts:\n  - {table: ") == 1
    file.write_text(text.partition("# 用语")[0] + "#" + proposed, "utf-8")
    (folder / "tables").mkdir()
    (folder / "text").mkdir()
    (folder / "tables" / "新的表.yaml").write_text("like: 支出总表\n", "utf-8")
    (folder / "text" / "新的一节.j2").write_text("一段。", "utf-8")
    done = run(folder.parents[2], "layouts", "lint", ID)
    assert (done.code, done.out) == (0, f"{ID}  没有错误\n")
    on = shelf(folder.parents[1])
    said = [f"{c.part} {c.place} {c.kind}" for c in differences(written(HEBEI, on), written(ID, on))]
    assert said == [
        "各部分 部分 新的表 added",
        "各部分 部分 新节 added",
        "各部分 部分 收支总表 removed",
        "核对  added",
        "表 新的表  added",
        "文字 新的一节.j2  added",
    ]


def test_an_editor_is_led_to_the_schema_of_the_file(folder: Path) -> None:
    first = (folder / "layout.yaml").read_text("utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((folder / path).read_text("utf-8"))
    assert schema == layout_schema("layout")
    said = yaml.load((folder / "layout.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - reads texts only
    jsonschema.validate(said, schema)


def test_its_notes_name_what_changes_can_name(folder: Path) -> None:
    notes = (folder / "说明.md").read_text("utf-8")
    layout = load(HEBEI, shelf())
    for name in (*layout.tables, *layout.forms, *layout.texts):
        assert f"`{name}`" in notes
    assert "  - 收入侧的行：一般公共预算拨款收入、" in notes
    assert "\n  - 行：小计、因公出国（境）费、" in notes


@pytest.mark.parametrize("again", [ID, HEBEI])
def test_what_is_there_is_not_written_over(again: str, folder: Path) -> None:
    desk = folder.parents[2]
    before = snapshot(desk)
    done = run(desk, "layouts", "new", again, "--from", "common")
    assert (done.code, f"已经有“{again}”了" in done.err) == (2, True)
    assert snapshot(desk) == before


@pytest.mark.parametrize("name", ["../甲", "/甲", "甲//乙", "甲/", ".", "..", "甲/..", "甲 乙", "甲:乙", "c:\\甲"])
def test_an_id_is_a_folder_below(name: str, tmp_path: Path) -> None:
    assert run(tmp_path, "layouts", "new", name, "--from", "common").code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_model_is_told_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "layouts", "new", "甲", "--from", "hebei/2026-department-buget")
    assert (done.code, f"是不是“{HEBEI}”？" in done.out) == (1, True)
    assert list(tmp_path.iterdir()) == []
