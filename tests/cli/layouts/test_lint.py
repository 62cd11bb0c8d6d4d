"""`layouts lint`: every mistake of a layout at the place where its author's editor opens it."""

from __future__ import annotations

from pathlib import Path

from tests.desk import run, slipped
from tests.making import written

ROOT = "title: 小\ninherits: common\nparts: [{table: 表}]\n"
WRONG = "title: 表\nrows: [{label: 合计, where: {functon: 201}}]\ncolumns: [{head: 金额, sum: {}}]\n"
RULE = """\
groups: {本: 本地}
rules:
  本-1:
    name: 例
    each: texts
    find: 甲
    mend: "{{ text }}乙"
    what: 应写{{ mend }}
    fix: 改为{{ mendd }}
"""


def test_all_shipped_layouts_are_without_a_mistake_those_that_are_only_inherited_too(tmp_path: Path) -> None:
    done = run(tmp_path, "layouts", "lint")
    assert done.code == 0
    assert "common  没有错误\n" in done.out
    assert "hebei/2026-department-budget  没有错误\n" in done.out


def test_a_mistake_is_told_at_the_path_that_was_given(tmp_path: Path) -> None:
    written(tmp_path / "我的", {"layout.yaml": ROOT, "tables/表.yaml": WRONG})
    for args in (["我的/小"], ["小", "--layouts", "我的"]):
        done = run(tmp_path, "layouts", "lint", *args)
        assert done.code == 1
        assert "\n我的/小/tables/表.yaml:2:28 错误 LY-02\n" in done.out
        assert "是不是“function”？" in done.out


def test_the_rules_of_a_layout_are_looked_at_too(tmp_path: Path) -> None:
    right = WRONG.replace("functon", "function")
    written(tmp_path / "layouts", {"layout.yaml": ROOT, "tables/表.yaml": right, "checks.yaml": RULE})
    done = run(tmp_path, "layouts", "lint", "小")
    assert done.out.count("LY-") == 1
    assert "layouts/小/checks.yaml:9:10 错误 LY-02" in done.out
    assert "没有叫“mendd”的名称" in done.out


def test_layout_files_that_cannot_be_read_are_told_and_keep_no_other_from_being_found(tmp_path: Path) -> None:
    """Also where an input misspells its layout: the nearest one is named, not the files beside it."""
    written(tmp_path / "layouts", {"layout.yaml": "inherits: common\ntitle: 小\n"})
    broken = {"坏": b"title: [", "列": b"- title", "码": "title: 坏的编码".encode("gb18030")}
    for name, data in broken.items():
        (tmp_path / "layouts" / name).mkdir()
        (tmp_path / "layouts" / name / "layout.yaml").write_bytes(data)
    (tmp_path / "输入.json").write_text(slipped(("2026-department-budget", "2026-department-budgt")), "utf-8")
    linted, listed = run(tmp_path, "layouts", "lint"), run(tmp_path, "layouts", "list")
    for done in (linted, listed):
        told = {name for name in (*broken, "小") if f"layouts/{name}/layout.yaml:" in done.out}
        assert (done.code, told) == (1, set(broken))
    assert "小  没有错误\n" in linted.out
    assert "\n小  小\n" in listed.out
    assert "是不是“hebei/2026-department-budget”？" in run(tmp_path, "build", "输入.json").out


def test_marks_of_what_is_left_to_do_are_told_where_they_stand_and_words_of_that_name_are_none(tmp_path: Path) -> None:
    root = f"{ROOT.replace('[{table: 表}]', '[{table: 表}, {text: 文.j2}]')}basis: 甲  # TODO\n"
    table = "title: TODO表\nrows: [{label: 合计, where: {}}]  # TODO 看这一行的条件\ncolumns: [{head: 数, sum: {}}]\n"
    files = {"layout.yaml": root, "tables/表.yaml": table, "text/文.j2": "文{# TODO 填上名称 #}\n"}
    written(tmp_path / "我的", files)
    done = run(tmp_path, "layouts", "lint", "我的/小")
    assert done.code == 0
    assert "小  没有错误，3处提示\n" in done.out
    for place, what in (
        ("layout.yaml:4:13", "这里还没有改好"),
        ("tables/表.yaml:2:35", "看这一行的条件"),
        ("text/文.j2:1:5", "填上名称"),
    ):
        assert f"我的/小/{place} 提示 LY-20\n  {what}\n  改法：改好后删去这一行的 TODO\n" in done.out
    written(tmp_path / "我的", {"layout.yaml": "title: 大\ninherits: 小\n"}, "大")
    assert "大  没有错误\n" in run(tmp_path, "layouts", "lint", "我的/大").out
