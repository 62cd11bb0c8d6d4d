"""What a layout declares in vain is told at its place; what anything in its line asks for is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.layout import load, shelf, unused
from budgetreport.problems import Level
from tests.desk import run
from tests.making import FIXTURES, written

ROOT = "title: 小\ninherits: base\nparts: [{table: 表}, {text: 文.j2}]\n"
TABLE = "title: 表\nrows: [{label: 合计, where: {}}]\ncolumns: [{head: 项目, show: label}, {head: 数, sum: {}}]\n"
FILES = {"layout.yaml": ROOT, "tables/表.yaml": TABLE, "text/文.j2": "一段。\n"}
CSV = "code,label\n201,甲\n"
TERM = "terms: {人头: {use: 基本支出}}\n"


def told(folder: Path, name: str = "小") -> list[str]:
    on = shelf(folder, FIXTURES)
    found = unused(load(name, on), on)
    assert all((p.level, p.rule) == (Level.NOTICE, "LY-11") for p in found)
    return [f"{p.where} {p.what.partition('写在')[0]}" for p in found]


VAIN = {
    "a word": ({"layout.yaml": ROOT + "words:\n  别称: 甲\n"}, "layout.yaml:5:3 用语“别称”"),
    "a term": ({"layout.yaml": ROOT + TERM}, "layout.yaml:4:9 术语“人头”"),
    "a book": ({"layout.yaml": ROOT + "books: {别账: {procurement: {}}}\n"}, "layout.yaml:4:9 账本“别账”"),
    "a list": ({"lists/各类.csv": CSV}, "lists/各类.csv:1:1 清单“各类”"),
    "a list of codes": ({"codes/某科目.csv": CSV}, "codes/某科目.csv:1:1 科目表“某科目”"),
    "a text": ({"text/又.j2": "一段。\n"}, "text/又.j2:1:1 文字“又.j2”"),
    "a table": ({"tables/又.yaml": TABLE}, "tables/又.yaml:1:1 表“又”"),
    "a form": ({"forms/单.yaml": "title: 单\ngrids: [{cells: [[乙]]}]\n"}, "forms/单.yaml:1:1 表单“单”"),
    "a word that only a plain text has": (
        {"layout.yaml": ROOT + "words: {项目: 甲}\n", "text/文.j2": "项目\n"},
        "layout.yaml:4:9 用语“项目”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VAIN)
def test_what_nothing_asks_for_is_told_where_it_is_declared(name: str, tmp_path: Path) -> None:
    files, expected = VAIN[name]
    written(tmp_path, {**FILES, **files})
    assert told(tmp_path) == [f"layouts/小/{expected}"]


USED = {
    "a word that a text names": {"layout.yaml": ROOT + "words: {别称: 甲}\n", "text/文.j2": "{{ 别称 }}"},
    "a word that a condition names": {
        "layout.yaml": ROOT + "words: {别称: 甲}\n",
        "tables/表.yaml": TABLE + "when: 别称 == '甲'\n",
    },
    "a word that the program prints": {"layout.yaml": ROOT + "words: {draft: 初稿, 增减: [增, 减, 平]}\n"},
    "a term that a row filters by": {
        "layout.yaml": ROOT + TERM,
        "tables/表.yaml": TABLE.replace("where: {}", "where: 人头"),
    },
    "a term that a text sums by": {"layout.yaml": ROOT + TERM, "text/文.j2": "{{ sum('人头')|amount }}"},
    "a term that a text computes with": {
        "layout.yaml": ROOT + TERM,
        "text/文.j2": "{% for t in ['人头'] %}{{ sum(t)|amount }}{% endfor %}",
    },
    "a term that a rule sums by": {
        "layout.yaml": ROOT + TERM,
        "checks.yaml": "rules: {甲-1: {name: 例, require: sum('人头') > 0, what: 甲, fix: 乙}}\n",
    },
    "a list that a row has": {
        "lists/各类.csv": CSV,
        "tables/表.yaml": TABLE.replace("{label: 合计, where: {}}", "{each: function, level: 类, values: 各类}"),
    },
    "a table that another is like": {"tables/表.yaml": "like: 模子\ntitle: 甲\n", "tables/模子.yaml": TABLE},
    "a table that a text looks at": {
        "tables/又.yaml": TABLE,
        "text/文.j2": "{{ cell('又', '合计', '数')|amount }}",
    },
    "what is taken out of what is inherited": {"layout.yaml": ROOT + "words: {部门: ''}\nterms: {三公经费: ''}\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", USED)
def test_what_anything_asks_for_is_not_told(name: str, tmp_path: Path) -> None:
    written(tmp_path, {**FILES, **USED[name]})
    assert told(tmp_path) == []


ABSTRACT = "title: 祖\ninherits: base\nabstract: yes\nwords: {甲词: 甲, 乙词: 乙}\n"
HEIR = "title: 小\ninherits: 祖\nparts: [{text: '{{ 甲词 }}', id: 文}]\n"


def test_what_an_heir_asks_for_is_not_told_of_its_ancestor_and_no_heir_answers_for_what_it_inherits(
    tmp_path: Path,
) -> None:
    written(tmp_path, {"layout.yaml": ABSTRACT}, "祖")
    written(tmp_path, {"layout.yaml": HEIR})
    assert told(tmp_path, "祖") == ["layouts/祖/layout.yaml:4:16 用语“乙词”"]
    assert told(tmp_path) == []


def test_what_is_only_inherited_is_not_judged_without_an_heir_nor_with_one_that_cannot_be_read(tmp_path: Path) -> None:
    written(tmp_path, {"layout.yaml": ABSTRACT}, "祖")
    assert told(tmp_path, "祖") == []
    written(tmp_path, {"layout.yaml": HEIR + "nonsense: 1\n"})
    assert told(tmp_path, "祖") == []


def test_lint_tells_it_at_the_path_that_an_editor_opens_and_does_not_fail(tmp_path: Path) -> None:
    root = "title: 小\ninherits: common\nparts: [{table: 表}, {text: 文.j2}]\nwords: {别称: 甲}\n"
    written(tmp_path / "我的", {**FILES, "layout.yaml": root})
    done = run(tmp_path, "layouts", "lint", "我的/小")
    assert done.code == 0
    assert "小  没有错误，1处提示\n我的/小/layout.yaml:4:9 提示 LY-11\n" in done.out
