"""What a PDF carries as its source: the same document builds from it, and no more is in it than that takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from budgetreport import intake
from budgetreport.compose.document import Composer
from budgetreport.layout import Layout
from budgetreport.publishing import published
from tests.making import facts, report, small, stated

LINES = """
2013701 30101 人员经费 一般公共预算拨款 10.00
2013702 项目支出 其他收入 0.50
"""
TABLE = "title: 表\nrows: [{label: 合计, where: {}}]\ncolumns: [{head: 项目, show: label}, {head: 数, sum: {}}]\n"


def carried(data: dict[str, Any], layout: Layout) -> Any:  # noqa: ANN401 - JSON
    composer = Composer(facts(data, layout), layout)
    composer.report()
    source = intake.parse(json.dumps(data, ensure_ascii=False).encode(), "输入.json")
    return json.loads(published(source, layout, composer.books))


def test_a_coordinate_that_nothing_printed_asks_for_is_left_out_unless_each_line_must_say_it(tmp_path: Path) -> None:
    found = carried(stated(LINES), small(tmp_path, {"tables/表.yaml": TABLE}))
    assert set(found["ledger"][0]) == {"use", "source", "amount"}


SHOWN = {
    "a form": {
        "forms/单.yaml": "title: 单\ngrids: [{rows: [{each: line}], columns: [{head: 科目, show: function}]}]\n"
    },
    "what stands under each head": {
        "tables/单.yaml": "title: 单\nrows: [{each: line}]\ncolumns: [{head: 科目}]\n"
        "under_each: [{head: 编码, show: function}]\n"
    },
}


@pytest.mark.parametrize("where", SHOWN)
def test_a_coordinate_that_is_shown_is_carried_and_the_document_builds_again(tmp_path: Path, where: str) -> None:
    (file,) = SHOWN[where]
    kind = file.partition("s/")[0]
    root = f"title: 小\ninherits: base\nparts: [{{table: 表}}, {{{kind}: 单}}]\n"
    layout = small(tmp_path, {"layout.yaml": root, "tables/表.yaml": TABLE, **SHOWN[where]})
    found = carried(stated(LINES), layout)
    assert [line["function"] for line in found["ledger"]] == ["2013701", "2013702"]
    assert report(found, layout) == report(stated(LINES), layout)
