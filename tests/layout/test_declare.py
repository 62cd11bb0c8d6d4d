"""What a clerk can state, as a layout declares it: wrong declarations are refused; named things are stated freely."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetreport.intake import schema
from budgetreport.problems import ProblemsError
from tests.making import facts, paragraphs, refused, report, small, stated

LAYOUT = "title: 小\ninherits: common\n"

MISTAKES = {
    "a list for the facts": ("- name\n", "1:1", "若干个“名称: {…}”", "name: {title: 名称"),
    "a word for a fact": ("甲: 文字\n", "1:4", "事实“甲”的写法有误", "{title: …, type: text}"),
    "an unknown key": ("甲: {titel: 甲}\n", "1:5", "titel", "“title”"),
    "an unknown type": ("甲: {type: amuont}\n", "1:4", "amuont", "“amount”"),
    "an unknown dimension": ("甲: {dimension: functon}\n", "1:16", "functon", "“function”"),
    "an alternative that is not there": (
        "甲: {any_of: [乙, 丁], fields: {乙: {title: 乙}, 丙: {title: 丙}}}\n", "1:17", "丁", "可用的是：乙、丙",
    ),
    "a list for the fields of a record": ("甲: {fields: [乙]}\n", "1:13", "若干个“名称: {…}”", "每个事实写一行"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_wrong_declaration_is_told_with_place_and_remedy(name: str, tmp_path: Path) -> None:
    text, place, what, fix = MISTAKES[name]
    problems = refused(tmp_path, {"layout.yaml": LAYOUT, "facts/更多.yaml": text})
    told = [p for p in problems if str(p.where) == f"layouts/小/facts/更多.yaml:{place}"]
    assert [(what in p.what, fix in p.fix) for p in told] == [(True, True)], [(str(p.where), p.what) for p in problems]


LEDGER = "2013701 30101 人员经费 一般公共预算拨款 7.00"
REASONS = {
    "facts/更多.yaml": "reasons: {title: 原因, map: {title: 原因, type: text}}\n",
    "tables/表.yaml": "title: 表\nrows: [{label: 合计, where: {}}]\n"
    "columns: [{head: 项, show: label}, {head: 额, sum: {}}]\n",
    "text/原因.j2": "{{ reasons['302'] }}[{{ reasons['309'] }}]{% for code in reasons %}<{{ code }}>{% endfor %}",
    "layout.yaml": "title: 小\ninherits: base\nparts: [{table: 表}, {text: 原因.j2}]\n",
}


def test_things_are_named_freely_where_a_map_is_declared_and_one_that_is_not_stated_is_blank(tmp_path: Path) -> None:
    layout = small(tmp_path, REASONS)
    made = report(stated(LEDGER, reasons={"302": "会议增加", "303": "人员减少"}), layout)
    assert paragraphs(made) == ["会议增加[]<302><303>"]


def test_the_values_of_a_map_have_the_declared_type(tmp_path: Path) -> None:
    layout = small(tmp_path, REASONS)
    with pytest.raises(ProblemsError) as caught:
        facts(stated(LEDGER, reasons={"302": 1}), layout)
    assert "应是文字" in caught.value.problems[0].what
    said = schema(layout.facts, title="小")["properties"]["reasons"]
    assert said["additionalProperties"] == {"title": "原因", "type": ["string", "null"]}
