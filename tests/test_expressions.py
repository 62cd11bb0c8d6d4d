"""One expression language: sandboxed and strict; figures keep what they were made of and where they are printed."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import TemplateError

from budgetreport.deadline import deadline
from budgetreport.expressions import FORMAT, MARKS, WORDS, evaluate, line_of, mistakes, render
from budgetreport.figures import Figure, Marks
from budgetreport.filters import Choice, Filter
from budgetreport.ledger import Sum
from budgetreport.money import NumberFormat
from budgetreport.sandbox import TooMuchError, UnwordedError

ONE = Sum("ledger", Filter((("use", Choice(("项目支出",))),)))
OTHER = Sum("ledger", Filter((("use", Choice(("公用经费",))),)))


def said(text: str, **names: Any) -> str:  # noqa: ANN401 - facts of any type
    return render(text, {FORMAT: NumberFormat(zero="0.00"), WORDS: ("增加", "减少", "持平"), **names})


def test_printed_figures_are_found_again_in_the_text() -> None:
    marks = Marks()
    names = {"a": Figure(12_340_000, (ONE,)), "b": Figure(0, (OTHER,))}
    text, spans = marks.resolve(
        said("共{{ a|amount }}万元（{{ b|amount }}），{{ a|amount|trim0 }}", **names, **{MARKS: marks})
    )
    assert text == "共12.34万元（0.00），12.34"
    assert [(text[start:end], origin) for start, end, origin in spans] == [
        ("12.34", (ONE,)),
        ("0.00", (OTHER,)),
        ("12.34", (ONE,)),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 29500000|amount|trim0 }}", "29.5"),
        ("{{ ''|amount }}[{{ none|amount }}]", "[]"),
        ("{{ 0|amount }}{{ 0|amount('无') }}", "0.00无"),
        ("{{ 50|percent }} {{ 比|percent(2) }} {{ ''|percent }}", "50% 33.34% "),
        ("{{ 1|direction }}{{ -1|direction }}{{ 0|direction }}", "增加减少持平"),
        ("{{ ['甲', '乙']|lines('（一）') }}", "（一）甲\n（二）乙"),
        ("{{ none|lines('1、') }}", ""),
        ("{% for n in range(3) %}{{ n }}{% endfor %}", "012"),
        ("{% if 年 == 2026 %}是{% else %}否{% endif %}", "是"),
    ],
)
def test_filters_print(text: str, printed: str) -> None:
    assert said(text, 年=2026, 比=Decimal("33.335")) == printed


@pytest.mark.parametrize(
    "text",
    [
        "{{ 年.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ range(100000000)|length }}",
        "{{ 未知 }}",
        "{{ 列.append(1) }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ ''|amount|attr('__class__') }}",
    ],
)
def test_the_sandbox_lets_nothing_out_and_nothing_unknown_pass(text: str) -> None:
    with pytest.raises((TemplateError, OverflowError)):
        said(text, 年=2026, 列=[])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ 列 }}", "这是列表"),
        ("共{{ 列|join('、') }}", "这是列表"),
        ("{{ {'a': 1} }}", "这是列表"),
        ("{{ 列 ~ '项' }}", "这是列表"),
        ("{% for a in 列 %}{{ a|lines }}{% endfor %}", "这是列表"),
        ("{{ 额 }}", "金额要写"),
        ("{{ 额 + 额 }}万元", "金额要写"),
        ("{{ [额]|join }}", "金额要写"),
        ("{{ range }}", "不能直接印出"),
        ("{{ 1 == 1 }}", "不能直接印出"),
        ("{{ none }}", "不能直接印出"),
    ],
)
def test_what_is_no_text_is_not_printed(text: str, what: str) -> None:
    with pytest.raises(UnwordedError, match=what):
        said(text, 列=[[["甲"]]], 额=Figure(100))


def test_a_condition_is_an_expression() -> None:
    assert evaluate("not 项目 and 年 > 2025", {"项目": (), "年": 2026}) is True
    assert evaluate("甲 - 乙", {"甲": Figure(7, (ONE,)), "乙": Figure(5)}) == Figure(2)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("一\n{{ yaer }}", 2, "yaer"),
        ("{{ year|amonut }}", 1, "amonut"),
        ("一\n二\n{% if year %}", 3, ""),
        ("{{ year|amount|foo }}\n{{ bar }}", 1, "foo"),
        ("{% set a = 1 %}{{ a }}{{ b }}", 1, "b"),
        ("{% for x in year %}{{ x }}{{ loop.index }}{% endfor %}{{ y }}", 1, "y"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, line: int, what: str) -> None:
    first = min(mistakes(text, ["year", "loop"]), key=lambda mistake: mistake.line)
    assert (first.line, first.name) == (line, what)


def test_a_template_without_mistakes_has_none() -> None:
    text = "{% set 甲 = year %}{% for n in range(2) %}{{ 甲|amount }}{{ loop.last }}{% endfor %}"
    assert mistakes(text, ["year", "loop"]) == []
    assert mistakes("not year", ["year"], expression=True) == []


def test_an_exact_figure_is_printed_in_the_places_format() -> None:
    names: dict[str, Any] = {FORMAT: NumberFormat("元", 2, thousands=True), "a": Figure(123_456_789)}
    assert render("{{ a|amount }}", names) == "1,234,567.89"
    assert Decimal("1234567.89") == NumberFormat("元").rounded(123_456_789)


FAILING = {
    "an expression among plain lines": ("甲\n{{ 1 }}\n乙{{ 1 // 0 }}\n{{ 2 }}", 3),
    "an expression that goes over lines": ("甲\n{{ 1 //\n0 }}", 2),
    "inside a block": ("甲\n{% if 1 %}\n{{ 1 }}\n{{ 1 // 0 }}\n{% endif %}", 4),
    "a block's own condition": ("甲\n\n{% if 1 // 0 %}{% endif %}", 3),
    "a loop over what is no list": ("甲\n{% for one in 5 %}\n{{ one }}\n{% endfor %}", 2),
    "a loop without end": ("甲\n{% for a in range(9999) %}\n{% for b in range(9999) %}{% endfor %}{% endfor %}", 3),
    "what a macro prints": ("{% macro m() %}\n甲{{ 1 // 0 }}{% endmacro %}\n\n{{ m() }}", 2),
    "macros within one another without end": ("{% macro m() %}\n{{ m() }}{% endmacro %}\n\n{{ m() }}", 2),
    "an unknown attribute": ("甲\n{{ 'a'.b }}", 2),
    "no template at all": ("甲\n{{", 2),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_error_tells_the_line_of_its_expression_interpreted_or_compiled(name: str) -> None:
    source, line = FAILING[name]
    for _ in range(40):  # the first runs are interpreted, the others compiled
        with pytest.raises((TemplateError, ArithmeticError, TypeError)) as raised:
            render(source, {})
        assert line_of(raised.value) == line


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of computing time")
def test_a_text_that_computes_too_long_tells_the_line_where_it_was_stopped() -> None:
    source = "甲\n{% for a in range(1000) %}\n{% for b in range(1000) %}{% set c = a ** 9 %}{% endfor %}\n{% endfor %}"
    with deadline(0.2), pytest.raises(TooMuchError, match="算得太久") as raised:
        render(source, {})
    assert line_of(raised.value) == 3
