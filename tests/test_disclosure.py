"""The way from an input to its documents: what stops it is told with a place and a remedy, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.typeset import flow
from tests.desk import run, slipped, snapshot


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example."""
    (tmp_path / "输入.json").write_text(slipped(), "utf-8")
    return tmp_path


def refused(desk: Path, *args: str, code: int = 1) -> str:
    """What a build says that writes nothing."""
    before = snapshot(desk)
    done = run(desk, "build", "输入.json", *args)
    assert (done.code, snapshot(desk)) == (code, before), done.out
    return done.out


def test_an_input_that_names_no_layout_is_told_how_to(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(('"layout":', '"of": ')), "utf-8")
    fix = '改法：在文件开头写 "layout"，如 "hebei/2026-department-budget"（有哪些：budgetreport layouts list）'
    assert f"错误 IN-01\n  没有说明用哪个版式（layout）\n  {fix}" in refused(desk)


def test_a_layout_of_another_year_is_told_at_the_year(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(('"year": 2026', '"year": 2027')), "utf-8")
    told = "输入.json:4:11 警告 IN-04\n  year（年度）写的是2027年，版式“hebei/2026-department-budget”是2026年的\n"
    assert told in run(desk, "check", "输入.json").out
    (desk / "输入.json").write_text(slipped(), "utf-8")
    assert "是2026年的" not in run(desk, "check", "输入.json").out


def test_a_slip_in_the_word_layout_is_recognised(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(('"layout":', '"layuot":')), "utf-8")
    assert "没有说明用哪个版式（layout）；“layuot”是不是写错了？\n" in refused(desk)


@pytest.mark.parametrize("said", ["null", '""', "224", '["hebei/2026-department-budget"]'])
def test_what_is_no_name_names_no_layout_and_is_told_where_it_stands(desk: Path, said: str) -> None:
    (desk / "输入.json").write_text(slipped(('"hebei/2026-department-budget"', said)), "utf-8")
    out = refused(desk)
    assert out.startswith("输入.json:3:13 错误 IN-01\n  没有说明用哪个版式（layout）\n")
    assert "写错" not in out


def test_a_document_of_more_pages_than_any_has_is_not_written(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "PAGES", 12)
    assert "错误 IN-20\n  印出来超过12页\n  改法：核对明细有没有重复写入" in refused(desk)


def test_characters_that_the_layout_itself_prints_are_told_as_the_layouts(desk: Path) -> None:
    folder = desk / "layouts" / "本地"
    folder.mkdir(parents=True)
    local = "title: 本地\ninherits: hebei/2026-department-budget\nwords: {部门: 部门\U0001f600}\n"
    (folder / "layout.yaml").write_text(local, "utf-8")
    (desk / "输入.json").write_text(slipped(('"hebei/2026-department-budget"', '"本地"')), "utf-8")
    out = refused(desk)
    assert "错误 IN-17\n  版式要印的字没有字体可印：" in out
    assert "请版式的作者换成规范的字符" in out
    assert out.startswith("输入.json:")


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_control_character_that_the_layout_prints_is_told_whatever_is_written(desk: Path, kind: str) -> None:
    folder = desk / "layouts" / "本地"
    folder.mkdir(parents=True)
    local = 'title: 本地\ninherits: hebei/2026-department-budget\nwords: {部门: "部门\\x1C"}\n'
    (folder / "layout.yaml").write_text(local, "utf-8")
    (desk / "输入.json").write_text(slipped(('"hebei/2026-department-budget"', '"本地"')), "utf-8")
    assert "错误 IN-17\n  版式要印的字没有字体可印：U+001C\n" in refused(desk, "--draft", "--only", kind)


def test_a_draft_does_not_print_what_has_no_glyph_and_tells_where_it_is_stated(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("网信办网络宣传经费", "网信办网络\U0001f600宣传经费")), "utf-8")
    out = refused(desk, "--draft")
    assert "这些字符没有字体可印：“\U0001f600”（U+1F600）" in out


def test_a_name_that_no_file_can_have_is_the_machines_matter(desk: Path) -> None:
    for command, kind in (("build", "json"), ("check", "json"), ("check", "pdf"), ("extract", "pdf")):
        done = run(desk, command, f"{'长' * 300}.{kind}")
        assert done.code == 4
        assert "错误 OS-02\n  文件读不出来，系统报告：" in done.out
        assert "检查路径和磁盘" in done.out


def test_each_command_that_reads_an_input_tells_its_mistakes_and_leaves_with_1(desk: Path) -> None:
    (desk / "输入.json").write_text(slipped(("85.21", '"八"')), "utf-8")
    for args in (["trace", "输入.json", "--text", "1"], ["check", "输入.json", "--fix"]):
        done = run(desk, *args)
        assert (done.code, "“八”不是数字" in done.out) == (1, True), args


def test_each_command_that_reads_an_input_tells_a_missing_one_and_leaves_with_4(desk: Path) -> None:
    for args in (["trace", "无.json", "--text", "1"], ["check", "无.json", "--fix"]):
        done = run(desk, *args)
        assert (done.code, "没有这个文件" in done.out) == (4, True), args


def test_a_wrong_rule_of_a_bureau_is_told_by_explain_too(desk: Path) -> None:
    (desk / "甲.yaml").write_text("rules: {JZ-01: 不查}\n", "utf-8")
    done = run(desk, "explain", "W-12", "--rules", "甲.yaml")
    assert (done.code, "甲.yaml:1:16 错误 LY-01" in done.out) == (1, True), done.out
