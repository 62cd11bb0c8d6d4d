"""A style that cannot be set in is refused before anything is set: each mistake with its place and a way out."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from budgetreport.layout import load, shelf
from budgetreport.layout.styling import StyleFile
from budgetreport.problems import FilePlace, Problem, ProblemsError
from tests.making import refused, written

LAYOUT = "title: 小\ninherits: common\n"
ROLE = "font: 宋体, size: 五号"
MARGINS = "top: 30, right: 25, bottom: 25, left: 25"


def styled(folder: Path, style: str) -> list[Problem]:
    return refused(folder, {"layout.yaml": LAYOUT, "style.yaml": style})


ALONE = {
    "roles": "{body: {font: 宋体, size: 五号}}",
    "margins": f"{{text: {{{MARGINS}}}, portrait: {{{MARGINS}}}, landscape: {{{MARGINS}}}}}",
    "ruling": "{rule: 0.5}",
}


def test_a_layout_that_inherits_none_lacks_the_roles_and_margins_it_does_not_say(tmp_path: Path) -> None:
    style = "".join(f"{name}: {said}\n" for name, said in ALONE.items())
    problems = refused(tmp_path, {"layout.yaml": "title: 小\n", "style.yaml": style})
    lacking = [p.what for p in problems if p.what.startswith("缺少文字样式") or p.what.startswith("缺少页边距")]
    assert "缺少文字样式 heading1" in lacking
    assert "缺少文字样式 body" not in lacking
    assert lacking[-1] == "缺少页边距 cover"
    assert {p.where.as_json()["file"] for p in problems if p.what in lacking} == {"layouts/小/style.yaml"}


MISTAKES = {
    "a font that is not shipped": ("roles: {more: {font: 宋休, size: 五号}}", "1:15", "宋休", "“宋体”"),
    "a leading below the size": (f"roles: {{more: {{{ROLE}, leading: 10}}}}", "1:15", "行距10磅，字号10.5磅", "不小于"),
    "a leading beyond a page": (f"roles: {{more: {{{ROLE}, leading: 601}}}}", "1:15", "行距601磅", "不超过600磅"),
    "an indent wider than a line": (f"roles: {{more: {{{ROLE}, first: 21}}}}", "1:15", "缩进应在0到20字之间", "字数"),
    "an indent to the left": (f"roles: {{more: {{{ROLE}, left: -1}}}}", "1:15", "缩进应在0到20字之间", "字数"),
    "a gap without end": (f"roles: {{more: {{{ROLE}, after: 601}}}}", "1:15", "段前、段后应在0到600磅之间", "磅数"),
    "a size that is no word": ("roles: {more: {font: 宋体, size: 六号半}}", "1:32", "“六号半”应为数字", "12 或 0.5"),
    "margins wider than the paper": ("margins: {text: {left: 90}}", "1:17", "页边距", "改小页边距"),
    "a margin off the paper": ("margins: {text: {top: -1}}", "1:17", "页边距不是负数", "改小页边距"),
    "margins that fit the paper the other way only": (
        "margins: {landscape: {top: 60, bottom: 60}}", "1:22", "宽、高各100毫米以上", "改小页边距",
    ),
    "a row that no text fits": ("ruling: {row: 1}", "1:1", "ruling 的 row 应在2到50之间", "合适的数"),
    "a rule as thick as a row": ("ruling: {rule: 6}", "1:1", "ruling 的 rule 应在0到5之间", "合适的数"),
    "a heading found by a pattern that is none": (
        "recognised: [{match: '(', role: body}]", "1:22", "正则表达式有误", "改正该表达式",
    ),
    "a heading found by no pattern": ("recognised: [{role: body}]", "1:14", "{match: 正则, role: 样式}", "补写"),
    "a heading set in a style that is not there": (
        "recognised: [{match: 一, role: bodi}]", "", "bodi", "“body”",
    ),
    "one word for two around a page number": ("footer: ['— ']", "1:9", "页码前后的文字两段", "— "),
    "a word for the words around a page number": ("footer: 页", "1:9", "页码前后的文字两段", "— "),
    "a list of styles": ("roles: [body]", "1:8", "若干个“键: 值”", "参照手册"),
    "a word for a style": ("roles: {more: 宋体}", "1:15", "若干个“键: 值”", "参照手册"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_style_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    style, place, what, fix = MISTAKES[name]
    found = [p for p in styled(tmp_path, style + "\n") if what in p.what]
    assert found, [p.what for p in styled(tmp_path, style + "\n")]
    assert fix in found[0].fix
    if place:
        assert str(found[0].where) == f"layouts/小/style.yaml:{place}"


@pytest.mark.parametrize("said", ["无", "[]", "[x]", "5", "", "{a: b}"])
@pytest.mark.parametrize("name", sorted(field.name for field in fields(StyleFile) if field.name != "place"))
def test_a_key_of_another_kind_is_told_in_its_line_or_taken_as_not_said(name: str, said: str, tmp_path: Path) -> None:
    folder = written(tmp_path, {"layout.yaml": LAYOUT, "style.yaml": f"# 样式\n{name}: {said}\n"})
    try:
        load("小", shelf(folder))
    except ProblemsError as error:
        lines = {(p.where.file, p.where.line) for p in error.problems if isinstance(p.where, FilePlace)}
        assert ("layouts/小/style.yaml", 2) in lines


def test_what_lies_on_a_bound_is_right(tmp_path: Path) -> None:
    style = f"roles: {{more: {{{ROLE}, leading: 600, first: 20, before: 600}}}}\nruling: {{row: 50, rule: 0}}\n"
    files = {"layout.yaml": LAYOUT, "style.yaml": style}
    layout = load("小", shelf(written(tmp_path, files)))
    assert (layout.style.roles["more"].leading, layout.style.ruling.row) == (600, 50)
