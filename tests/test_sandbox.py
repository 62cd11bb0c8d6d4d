"""What an expression or a template may cost: one that never ends, or fills the memory, is refused and says why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import TemplateError

from budgetreport.deadline import deadline
from budgetreport.expressions import evaluate, mistakes, render
from budgetreport.sandbox import LONGEST, TooMuchError

LOOP = "{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}"
PRINTED = "{% for a in range(9000) %}" + "字" * 200 + "{% endfor %}"
ENDLESS = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LOOP, "没有尽头"),
        (ENDLESS, "套得太深"),
        ("{% macro m() %}字{% endmacro %}{% for a in range(3000) %}{{ m() }}{% endfor %}", "没有尽头"),
        (PRINTED, "超过1000000个字符"),
        ("{% for a in range(2) %}{{ '字' * 600000 }}{% endfor %}", "超过1000000个字符"),
        ("{{ range(10001)|length }}", "10000"),
    ],
)
def test_a_template_without_end_is_refused(text: str, why: str) -> None:
    with pytest.raises(TooMuchError, match=why):
        render(text, {})


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("'字' * 1000001", "文字或列表"),
        ("1000001 * [1]", "文字或列表"),
        ("long + long", "文字或列表"),
        ("[long, long]|join", "文字或列表"),
        ("long ~ long", "文字或列表"),
        ("long|replace('字', '字字')", "文字或列表"),
        ("big * big", "数太大"),
        ("9 ** 99 ** 9", "数太大"),
        ("2 ** 101", "乘方"),
        ("2 ** 0.5", "乘方"),
        ("big ** 9", "数太大"),
        ("'%999999999d' % 1", "%"),
    ],
)
def test_no_operator_makes_a_value_larger_than_any_honest_one(expression: str, why: str) -> None:
    with pytest.raises(TooMuchError, match=why):
        evaluate(expression, {"long": "字" * (LONGEST // 2 + 1), "big": 1 << 250})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'字' * 3", "字字字"),
        ("2 * [1]", [1, 1]),
        ("'字' * -1", ""),
        ("2 ** 10", 1024),
        ("10 ** -2", 0.01),
        ("half ** 2", Decimal("0.25")),
        ("7 % 4", 3),
        ("12345678901234567890 * 10", 123456789012345678900),
        ("long|length", LONGEST),
    ],
)
def test_honest_arithmetic_passes(expression: str, value: object) -> None:
    assert evaluate(expression, {"long": "字" * LONGEST, "half": Decimal("0.5")}) == value


@pytest.mark.parametrize(
    "text",
    [
        "{{ '{:>9999999}'.format(1) }}",
        "{{ '字'.ljust(9999999) }}",
        "{{ '字'.zfill(9999999) }}",
        "{{ [1].append(2) }}",
        "{{ (7).to_bytes(9999999) }}",
    ],
)
def test_methods_that_make_things_larger_are_not_there(text: str) -> None:
    with pytest.raises(TemplateError, match="unsafe"):
        render(text, {})


def test_what_one_run_has_used_up_the_next_one_has_again() -> None:
    with pytest.raises(TooMuchError):
        render(LOOP, {})
    assert render("{% for a in range(3) %}{{ a }}{% endfor %}", {}) == "012"


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "9" * 5000,
    ],
)
def test_brackets_and_numbers_without_end_are_a_mistake_with_its_line(source: str) -> None:
    (mistake,) = mistakes(source, (), expression=True)
    assert (mistake.line, mistake.what) == (1, "套得太深，或数太大")


def test_blocks_deeper_than_python_nests_them_are_refused() -> None:
    with pytest.raises(TooMuchError, match="套得太深"):
        render("{% for a in range(1) %}" * 30 + "{% endfor %}" * 30, {})


def test_memory_that_is_not_there_is_told_as_a_mistake_of_the_expression() -> None:
    def filling(*_of: object) -> object:
        raise MemoryError

    with pytest.raises(TooMuchError, match="太大"):
        evaluate("filling()", {"filling": filling})


def test_what_computes_too_long_is_stopped_and_says_so() -> None:
    def spinning() -> None:
        while True:
            pass

    with deadline(0.05), pytest.raises(TooMuchError, match=r"算得太久，超过了0\.05秒"):
        evaluate("spinning()", {"spinning": spinning})


@pytest.mark.parametrize("found", [-1, 0, 1])
def test_rest_of_an_expression_is_not_ignored(found: int) -> None:
    names: dict[str, Any] = {"found": found}
    with pytest.raises(TemplateError, match="after expression"):
        evaluate("found 1", names)
