"""The rules over documents that others published, as read from their PDFs: what is found is true, slips are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from budgetreport.checking import Judged, check
from budgetreport.checks import Checked, Document, Judge
from budgetreport.report import Report
from tests.golden.elsewhere.cases import CASES, Case
from tests.golden.elsewhere.findings import FINDINGS, WHY
from tests.golden.elsewhere.seeds import SEEDS

GROUPS = {"填报数据", "表内", "表间", "表与文字", "与上年比较", "绩效", "政府采购", "资产", "科目编码"} | {
    "文字与标点",
    "完整",
    "公开",
}
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cache
def _read(case: Case) -> Judged:
    if not case.original.is_file():
        pytest.skip(f"the published document {case.original.name} is not in ../shared/cases")
    return check(case.original)


@EACH
def test_all_tables_are_recognised_by_the_layout_that_the_facts_name(case: Case) -> None:
    found = _read(case)
    assert found.layout is not None
    assert f'"layout": "{found.layout.id}"' in case.input.read_text("utf-8")
    assert found.tables is not None
    assert (len(found.tables.recognised), found.tables.unrecognised, found.tables.missing) == (9, (), ())


@EACH
def test_rules_of_every_group_ran_and_only_those_for_inputs_did_not(
    case: Case, record_property: Callable[[str, object], None]
) -> None:
    found = _read(case)
    assert found.layout is not None
    assert {found.layout.rules.group(rule) for rule in found.ran} >= GROUPS
    assert [rule for rule, _ in found.skipped] == ["IN-09", "IN-21"]
    record_property("summary", f"{case.name}: {len(found.ran)} rules ran: {' '.join(sorted(found.ran))}")


@EACH
def test_what_is_found_is_listed_and_each_finding_is_true(case: Case) -> None:
    told = Counter((p.rule, p.text.strip()) for p in _read(case).problems)
    assert dict(told) == FINDINGS[case.name]
    assert {rule for rule, _ in told} <= set(WHY)


@EACH
@pytest.mark.parametrize("seed", SEEDS)
def test_a_slip_in_it_is_found(case: Case, seed: str) -> None:
    rules, slip = SEEDS[seed]
    found = _read(case)
    assert found.document is not None
    before = {(p.rule, str(p.where), p.what) for p in _judged(case, found.document.report).problems}
    after = _judged(case, slip(found.document.report)).problems
    new = [p for p in after if (p.rule, str(p.where), p.what) not in before]
    assert rules & {p.rule for p in new}, [f"{p.rule} {p.where} {p.what}" for p in new]


def _judged(case: Case, report: Report) -> Checked:
    layout = _read(case).layout
    assert layout is not None
    return Judge(Document(report, lambda _position, _words: None), layout, exact=False).check()
