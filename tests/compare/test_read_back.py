"""Whatever the ledger: a file as it was built, read back, has no difference from the report it was built of."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from budgetreport.compare import differences
from budgetreport.disclosure import make, read
from budgetreport.read.files import found_document
from budgetreport.read.naming import named
from tests.end_to_end.ledgers import ledgers
from tests.making import composed, example, grid_text, read_back, small, stated
from tests.making import table as table_of


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ledgers(60))
def test_a_file_as_it_was_built_has_no_difference(ledger: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "输入.json"
        data = example(lambda facts: facts.update(ledger=ledger, projects=[]))
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        disclosure = read(path)
        for kind, made in make(disclosure, ("pdf", "xlsx"), lambda _step: None).files.items():
            file = path.with_suffix(f".{kind}")
            file.write_bytes(made.data)
            reading = named(found_document(file), disclosure.layout)
            assert differences(disclosure.report, reading.report, reading.places.place) == (), kind


UNDIVIDED = """
title: 申报表
grids:
  - widths: [6, 8, 4, 6, 8, 4]
    cells:
      - [项目名称, "{{ unit.name }}", <, 年度资金, "{{ sum()|amount }}", <]
      - [^, 财政资金, <, ^, "{{ sum(source='财政拨款')|amount }}", <]
"""


def test_columns_of_a_form_that_no_cell_divides_are_one_so_that_a_file_has_no_difference(tmp_path: Path) -> None:
    layout = small(
        tmp_path, {"layout.yaml": "title: 小\ninherits: base\nparts: [{form: 单}]\n", "forms/单.yaml": UNDIVIDED}
    )
    data = stated("2013701 人员经费 一般公共预算拨款 12.00")
    made, _ = composed(data, layout)
    (grid,) = table_of(made, "单").grids
    assert grid_text(grid) == "项目名称|某单位|年度资金|12.00\n^|财政资金|^|12.00"
    assert [column.width for column in grid.columns] == [6, 12, 6, 12]
    for kind in ("pdf", "xlsx"):
        assert differences(made, read_back(data, layout, tmp_path, kind), lambda *_: None) == (), kind
