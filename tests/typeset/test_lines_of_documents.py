"""Lines of real documents' texts at many widths, judged by rules of their own: none prohibited, cut, lost, too wide.

Each text is set as a narrative, in lines that are not flush, as a title, and as a cell, with the widths of real
fonts and with plain ones, at 30 widths from its longest run that must not be parted up to a page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetreport.report import Cell, Column, Grid, Row
from budgetreport.typeset.even import even_lines
from budgetreport.typeset.fonts import shipped
from budgetreport.typeset.grids import lay_out
from budgetreport.typeset.lines import Line, Widths, break_lines, least_width
from budgetreport.typeset.look import Look, Type
from budgetreport.typeset.measure import Measure
from budgetreport.typeset.parting import allowed_breaks
from tests.typeset.forbidden import DASH, END, KINDS, LOST, NUMBER, START, UNITS, WIDE, WORD, Fault, Judge, longest_run
from tests.typeset.material import CASES, case, reference

NAMES = (
    "sh-commerce-2025-department",
    "sh-commerce-2025-unit",
    "sh-department-budget-official-template",
    "sh-final-accounts-official-template",
    "sh-govoffice-2025-department",
    "sh-socialwork-2024-final-accounts",
)
PAGE = 42.2
"""The widest line (em): 156 mm of 五号, the text area of an upright page."""
COUNT = 30
INDENT = 2
PITCH = (27.64 - 28) / 27
"""As a narrative is set: 28 characters where 27.64 fit."""


class Plain(dict[str, float]):
    """Half an em for each character of ASCII, one for every other."""

    def __missing__(self, char: str) -> float:
        return 0.5 if char.isascii() else 1.0


Way = Callable[[str, float], Iterator[tuple[list[Line], float]]]


def cell(text: str, width: float, align: str, measure: Measure) -> list[Line]:
    """Lines of a cell that is so wide inside."""
    kind = Type(measure, 1, 1)
    look = Look(kind, kind, 0, 0, 0, 1, 1, 0, 0)
    laid = lay_out(Grid("", (Column(""),), (Row("", (Cell(text, align=align),)),)), [width], look)
    return list(laid.rows[0][0].lines)


def narrative(text: str, width: float, widths: Widths) -> Iterator[tuple[list[Line], float]]:
    """Every way in which a paragraph is set at a width, and the first line's indent."""
    first = INDENT * (1 + PITCH)
    yield break_lines(text, widths, width + first, first=INDENT, flush=True, pitch=PITCH), first
    yield break_lines(text, widths, width, flush=True), 0
    yield break_lines(text, widths, width), 0


def table(text: str, width: float, measure: Measure) -> Iterator[tuple[list[Line], float]]:
    """Every way in which a cell or a head is set at a width."""
    for align in ("left", "center"):
        yield cell(text, width, align, measure), 0
    yield even_lines(text, measure.widths, width, forward=True), 0


def titles(text: str, width: float, widths: Widths) -> Iterator[tuple[list[Line], float]]:
    """Every way in which a title is set at a width."""
    for forward in (False, True):
        yield even_lines(text, widths, width, forward=forward), 0


def spread(least: float) -> list[float]:
    """30 widths from the least up to a page's."""
    most = max(PAGE, 2 * least)
    return [least + (most - least) * step / (COUNT - 1) for step in range(COUNT)]


BODY, TABLE, PLAIN = Measure(shipped(), "仿宋"), Measure(shipped(), "宋体"), Plain()
WAYS: Sequence[tuple[Widths, Way]] = (
    (BODY.widths, lambda text, width: narrative(text, width, BODY.widths)),
    (TABLE.widths, lambda text, width: table(text, width, TABLE)),
    (PLAIN, lambda text, width: chain(narrative(text, width, PLAIN), titles(text, width, PLAIN))),
)


def judged(texts: Sequence[str]) -> tuple[Counter[str], list[Fault]]:
    """What was set, and every fault found."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    for (widths, way), text in product(WAYS, texts):
        judge = Judge(text, widths)
        for width in spread(longest_run(text, widths)):
            for lines, first in way(text, width):
                faults += judge.faults(lines, (width, width + first))
                counts["lines"] += len(lines)
    return counts, faults


def told(name: str, texts: Sequence[str], counts: Counter[str], faults: Sequence[Fault]) -> str:
    found = Counter(fault.kind for fault in faults)
    zeros = ", ".join(f"{found[kind]} {kind}" for kind in KINDS)
    return f"lines of {name}: {len(texts)} texts at {COUNT} widths, {counts['lines']:,} lines; {zeros}"


def test_the_lines_of_the_reference_break_no_rule(record_property: Callable[[str, object], None]) -> None:
    texts = reference()
    counts, faults = judged(texts)
    record_property("summary", told("the reference", texts, counts, faults))
    assert not faults, faults[:20]
    assert counts["lines"] > 250_000


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_a_public_document_break_no_rule(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    paths = sorted(CASES.glob(f"{name}.*"))
    if not paths:
        pytest.skip(f"没有 {CASES / name}：这些公开件不随项目分发")
    texts = list(dict.fromkeys(chain.from_iterable(map(case, paths))))
    counts, faults = judged(texts)
    record_property("summary", told(name, texts, counts, faults))
    assert not faults, faults[:20]
    assert len(texts) > 50


words = st.lists(
    st.text("预算公开人员经费", min_size=1, max_size=6)
    | st.sampled_from(
        [*"，。、；：？！）》】」』〉〕”’％·～（《【「『〈〔“‘￥/／-— ", "——", "……", "\u3000\u3000", "\n"]
    )
    | st.sampled_from(
        ["52.00万元", "2026年", "≥4次", "3 个", "２０２６年", "1,234.50元", "第3季度", "-5.00", "二〇二六年"]
    )
    | st.sampled_from(["PC", "e-mail", "V3.0", "甲/乙", '"党建"', "支出-行政"]),
    max_size=30,
).map(lambda parts: "".join(parts).strip(" \u3000"))


@settings(max_examples=300)
@given(words, st.floats(1, 4))
def test_the_lines_of_any_text_break_no_rule(text: str, times: float) -> None:
    for widths, way in WAYS:
        width = times * max(longest_run(text, widths), least_width(text, widths))
        for lines, first in way(text, width):
            assert not Judge(text, widths).faults(lines, (width, width + first)), lines


@pytest.mark.parametrize("unit", UNITS.split("|"))
def test_a_number_stays_with_each_unit(unit: str) -> None:
    for number in ("2", "1,234.50", "３", "≥4 "):
        text = f"预算{number}{unit}公开"
        assert set(allowed_breaks(text)) <= {1, 2, len(text) - 2, len(text) - 1}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["预算", "，公开"], START),
        (["预算", "”公开"], START),
        (["预算（", "公开）"], END),
        (["预算《 ", "公开》"], END),
        (["预算", "  公开"], START),
        (["支出", "-行政"], START),
        (["甲/", "乙"], END),
        (["金额5", "2.00万元"], NUMBER),
        (["金额52.00", "万元"], NUMBER),
        (["金额52.00万", "元"], NUMBER),
        (["金额52.00 ", "万元"], NUMBER),
        (["２０２６", "年"], NUMBER),
        (["次数≥", "4次"], NUMBER),
        (["Off", "ice"], WORD),
        (["预算—", "—公开"], DASH),
        (["预算…", "…"], DASH),
        (["预算公开人员经费"], WIDE),
        (["预算"], LOST),
        (["预算公开", "公开"], LOST),
    ],
)
def test_the_judge_sees_every_fault(lines: list[str], kind: str) -> None:
    text = "预算公开" if kind == LOST else "".join(lines)
    (fault,) = Judge(text, PLAIN).faults([Line(line, 0) for line in lines], [7.0])
    assert fault.kind == kind


def test_the_judge_lets_pass_what_is_right() -> None:
    text = "预算公开，共52.00万元。——（网信办）……"
    lines = [Line(line, 0) for line in ("预算公开，", "共", "52.00万元。", "——", "（网信办）", "……")]
    assert not Judge(text, PLAIN).faults(lines, [8.0])
