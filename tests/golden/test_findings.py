"""The labelled findings on the reference: found by the rule and at the places they name, and little else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetreport.checks import Checked, Document, Judge, Stating
from budgetreport.problems import Problem
from budgetreport.report import Report
from tests.golden.printed import report_of_disclosure
from tests.golden.standing import LABELLED, Standing
from tests.making import composed, example, facts, hebei, read_back

FINDINGS = {finding["id"]: finding for finding in LABELLED["findings"]}

JUDGED = {
    "R11": "哪个效益指标切合哪个项目的目标，要读懂目标才知道",
    "R16": "批示能否公开由批示人和保密审查决定，字面上与一般依据无异",
    "R17": "产品、媒体的名称无法穷举；是既有合作还是指定供应商，要看合同",
}
"""What a reader must judge: why no rule can."""

ONLY_PRINTED = {
    "R36": "标题的序号由版式编排",
    "R40": "“三公”经费一句由版式生成，括号写对",
    "R43": "录入时没有制表符",
    "R44": "录入时没有首尾空格",
    "R45": "页码由排版生成",
    "R47": "表头由版式给出，没有空格",
    "R54": "没有编辑书签",
}
"""What our layout prints right: why it is looked for only in the original's own print."""
PLACES_ONLY_PRINTED = {("R46", 87): "标题由版式编号，序号后没有空格"}

TRUE_AS_WELL: dict[tuple[str, int, str], str] = {
    ("C-05", 15, "职工基本医疗保险缴费"): "R20说的三项缴费之一，只是没有单列位置",
}
"""(rule, block, words) of problems that nobody labelled and are true all the same: why."""


@dataclass(frozen=True)
class Judged:
    """A document of the reference with what the checks find in it."""

    standing: Standing
    checked: Checked

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.checked.problems


def _input() -> Judged:
    layout = hebei()
    stated = facts(example(), layout)
    report, _ = composed(example(), layout)
    document = Document(report, Stating(report, stated))
    return Judged(Standing(document), Judge(document, layout, stated).check())


def _found(report: Report) -> Judged:
    document = Document(report, lambda _position, _words: None)
    return Judged(Standing(document), Judge(document, hebei()).check())


def _read_back(kind: str) -> Judged:
    with tempfile.TemporaryDirectory() as folder:
        return _found(read_back(example(), hebei(), Path(folder), kind))


DOCUMENTS: dict[str, Callable[[], Judged]] = {
    "input": _input,
    "pdf": lambda: _read_back("pdf"),
    "xlsx": lambda: _read_back("xlsx"),
    "original": lambda: _found(report_of_disclosure()),
}


@cache
def judged(document: str) -> Judged:
    return DOCUMENTS[document]()


def required(document: str, finding: dict[str, Any]) -> dict[str, Any]:
    """The finding with the places that the document prints."""
    if document == "original":
        return finding
    where = [place for place in finding["where"] if (finding["id"], place["block"]) not in PLACES_ONLY_PRINTED]
    return {**finding, "where": where}


def demanded(document: str) -> list[str]:
    """The findings that the document must show."""
    return [i for i in FINDINGS if i not in JUDGED and (document == "original" or i not in ONLY_PRINTED)]


@pytest.mark.parametrize(("document", "finding"), [(d, f) for d in DOCUMENTS for f in demanded(d)])
def test_a_labelled_finding_is_found_where_it_is(document: str, finding: str) -> None:
    found = judged(document)
    label = required(document, FINDINGS[finding])
    assert all(found.standing.anchors(where) for where in label["where"]), "the document does not print the place"
    same = [
        f"{p.level} {p.where} {p.text} {[str(a) for a in p.also]}" for p in found.problems if p.rule == label["rule"]
    ]
    assert found.standing.finds(label, found.problems), (label, same)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("quiet", LABELLED["must_not_fire"], ids=lambda q: f"{q['rule']}-{q['block']}-{q['anchor']}")
def test_what_is_right_is_left_alone(document: str, quiet: dict[str, Any]) -> None:
    found = judged(document)
    told = [p for p in found.problems if p.rule == quiet["rule"] and found.standing.is_at(p, [quiet])]
    assert told == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_problem_is_a_labelled_finding_or_true_as_well(
    document: str, record_property: Callable[[str, object], None]
) -> None:
    found = judged(document)
    unexplained = [p for p in found.problems if not _is_labelled(found, p) and not _is_true(found, p)]
    hits = [i for i in FINDINGS if found.standing.finds(required(document, FINDINGS[i]), found.problems)]
    precision = 1 - len(unexplained) / max(len(found.problems), 1)
    of = [i for i in FINDINGS if document == "original" or i not in ONLY_PRINTED]
    missing = [i for i in of if i not in hits]
    record_property(
        "summary",
        f"{document}: precision {precision:.1%} ({len(found.problems) - len(unexplained)}/{len(found.problems)}), "
        f"recall {1 - len(missing) / len(of):.1%} ({len(of) - len(missing)}/{len(of)}), not found: {missing}",
    )
    assert [f"{p.rule} {p.where} “{p.text}” {p.what}" for p in unexplained] == []


def _is_labelled(found: Judged, problem: Problem) -> bool:
    return any(
        label["rule"] == problem.rule and found.standing.is_at(problem, label["where"]) for label in FINDINGS.values()
    )


def _is_true(found: Judged, problem: Problem) -> bool:
    return any(
        rule == problem.rule and found.standing.is_at(problem, [{"block": block, "anchor": words}])
        for rule, block, words in TRUE_AS_WELL
    )


def test_the_judged_are_only_those_that_the_issue_leaves_to_readers() -> None:
    assert {i for i, f in FINDINGS.items() if f["group"] != "substance"} & set(JUDGED) == set()
    assert set(JUDGED) <= {"R11", "R16", "R17"}
